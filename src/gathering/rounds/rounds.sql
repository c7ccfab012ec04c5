-- ---- what the planner is told --------------------------------------------------------------------

-- name: participants(edition id) many
-- Who takes part, in the planner's numbering: by id, so that a new name changes no plan.
SELECT signup.organisation, organisation.name, organisation.words, signup.first_time,
    CASE WHEN signup.access_needs <> '' THEN 1 ELSE 0 END AS "keeps_table:bool"
FROM signup JOIN organisation ON organisation.id = signup.organisation
WHERE signup.edition = $edition AND signup.state = 'accepted'
ORDER BY signup.organisation;

-- name: profiles(edition id) many
SELECT organisation_profile.organisation, organisation_profile.profile
FROM signup JOIN organisation_profile ON organisation_profile.organisation = signup.organisation
WHERE signup.edition = $edition AND signup.state = 'accepted'
ORDER BY organisation_profile.organisation, organisation_profile.profile;

-- name: exchanges(edition id) many
SELECT exchange.organisation, exchange.side, exchange.kind, exchange.words
FROM exchange JOIN signup ON signup.edition = exchange.edition AND signup.organisation = exchange.organisation
WHERE exchange.edition = $edition AND signup.state = 'accepted'
ORDER BY exchange.organisation, exchange.position, exchange.id;

-- name: accepted(edition id) one
-- How many would take part.
SELECT COUNT(*) AS "count:int" FROM signup WHERE edition = $edition AND state = 'accepted';

-- ---- plans -----------------------------------------------------------------------------------------

-- name: plans(edition id) many
-- A draft first, then what people see.
SELECT id, state, rounds, table_size, tables, starts_ms, talk_min, change_min, value, bound, repeats, across_permille,
    worst, worst_good, seed, created_ms, published_ms, version
FROM round_plan WHERE edition = $edition
ORDER BY CASE state WHEN 'draft' THEN 0 ELSE 1 END, id DESC;

-- name: add_plan(edition id, plan id, rounds int, table_size int, tables int, starts_ms int, talk_min int, change_min int, value int, bound int, repeats int, across_permille int, worst id?, worst_good int, seed int, now_ms int) exec
INSERT INTO round_plan (edition, id, state, rounds, table_size, tables, starts_ms, talk_min, change_min, value, bound, repeats,
    across_permille, worst, worst_good, seed, created_ms, published_ms, version)
VALUES ($edition, $plan, 'draft', $rounds, $table_size, $tables, $starts_ms, $talk_min, $change_min, $value, $bound, $repeats,
    $across_permille, $worst, $worst_good, $seed, $now_ms, NULL, 1);

-- name: add_seat(edition id, plan id, round int, organisation id, table_number int) exec
INSERT INTO seat (edition, plan, round, organisation, table_number)
VALUES ($edition, $plan, $round, $organisation, $table_number);

-- name: add_reason(edition id, plan id, lower id, higher id, position int, reason text, who id?, kind text, asked text, given text) exec
INSERT INTO pair_reason (edition, plan, lower, higher, position, reason, who, kind, asked, given)
VALUES ($edition, $plan, $lower, $higher, $position, $reason, $who, $kind, $asked, $given);

-- name: publish(edition id, plan id, version int, now_ms int) exec
UPDATE round_plan SET state = 'published', published_ms = $now_ms, version = version + 1
WHERE edition = $edition AND id = $plan AND version = $version AND state = 'draft';

-- name: take_back(edition id, plan id, version int) exec
UPDATE round_plan SET state = 'draft', published_ms = NULL, version = version + 1
WHERE edition = $edition AND id = $plan AND version = $version AND state = 'published';

-- name: hold(edition id, plan id, version int) exec
UPDATE round_plan SET state = 'held', version = version + 1
WHERE edition = $edition AND id = $plan AND version = $version AND state = 'published';

-- name: remove_reasons(edition id, plan id) exec
DELETE FROM pair_reason WHERE edition = $edition AND plan = $plan;

-- name: remove_seats(edition id, plan id) exec
DELETE FROM seat WHERE edition = $edition AND plan = $plan;

-- name: remove_plan(edition id, plan id) exec
DELETE FROM round_plan WHERE edition = $edition AND id = $plan;

-- name: move_seats(edition id, organisation id, target id) exec
-- Of these moves none happens in a plan in which both sit.
UPDATE seat SET organisation = $target WHERE edition = $edition AND organisation = $organisation
    AND NOT EXISTS (SELECT 1 FROM seat AS own WHERE own.edition = seat.edition AND own.plan = seat.plan
        AND own.organisation = $target);

-- name: move_worst(edition id, organisation id, target id) exec
UPDATE round_plan SET worst = $target WHERE edition = $edition AND worst = $organisation
    AND NOT EXISTS (SELECT 1 FROM seat AS own WHERE own.edition = round_plan.edition AND own.plan = round_plan.id
        AND own.organisation = $target);

-- name: move_reasons_who(edition id, organisation id, target id) exec
UPDATE pair_reason SET who = $target WHERE edition = $edition AND who = $organisation
    AND NOT EXISTS (SELECT 1 FROM seat AS own WHERE own.edition = pair_reason.edition AND own.plan = pair_reason.plan
        AND own.organisation = $target);

-- name: move_reasons_lower(edition id, organisation id, target id) exec
-- The pair is named by the smaller id first, whichever of the two that is now.
UPDATE pair_reason SET lower = CASE WHEN $target < higher THEN $target ELSE higher END,
    higher = CASE WHEN $target < higher THEN higher ELSE $target END
WHERE edition = $edition AND lower = $organisation
    AND NOT EXISTS (SELECT 1 FROM seat AS own WHERE own.edition = pair_reason.edition AND own.plan = pair_reason.plan
        AND own.organisation = $target);

-- name: move_reasons_higher(edition id, organisation id, target id) exec
UPDATE pair_reason SET lower = CASE WHEN $target < lower THEN $target ELSE lower END,
    higher = CASE WHEN $target < lower THEN lower ELSE $target END
WHERE edition = $edition AND higher = $organisation
    AND NOT EXISTS (SELECT 1 FROM seat AS own WHERE own.edition = pair_reason.edition AND own.plan = pair_reason.plan
        AND own.organisation = $target);

-- ---- who sits where ----------------------------------------------------------------------------------

-- name: seats(edition id, plan id) many
SELECT seat.round, seat.table_number, seat.organisation, organisation.name
FROM seat JOIN organisation ON organisation.id = seat.organisation
WHERE seat.edition = $edition AND seat.plan = $plan
ORDER BY seat.round, seat.table_number, organisation.name_sort, seat.organisation;

-- name: seated(edition id, plan id) many
-- The organisations of a plan, A–Z.
SELECT DISTINCT seat.organisation, organisation.name, organisation.name_sort, organisation.is_listed,
    CASE WHEN EXISTS (SELECT 1 FROM signup WHERE signup.edition = seat.edition AND signup.organisation = seat.organisation
        AND signup.state = 'accepted') THEN 1 ELSE 0 END AS "is_coming:bool"
FROM seat JOIN organisation ON organisation.id = seat.organisation
WHERE seat.edition = $edition AND seat.plan = $plan
ORDER BY organisation.name_sort, seat.organisation;

-- name: public_plan(edition id) one
-- The plan that people see.
SELECT id, rounds, table_size, starts_ms, talk_min, change_min FROM round_plan
WHERE edition = $edition AND state IN ('published', 'held');

-- name: my_meetings(edition id, organisation id) many
-- One organisation's own afternoon at the tables: a row for each reason, each partner, each round. None for one that does
-- not take part (any more).
SELECT round_plan.rounds, round_plan.starts_ms, round_plan.talk_min, round_plan.change_min, mine.round, mine.table_number,
    partner.organisation AS "partner:id?", organisation.name AS "partner_name:text?", pair_reason.reason AS "reason:text?",
    pair_reason.who AS "who:id?", pair_reason.asked AS "asked:text?", pair_reason.given AS "given:text?",
    CASE WHEN partner_signup.state = 'accepted' THEN 1 ELSE 0 END AS "is_partner_coming:bool",
    kind.name_pl AS "name_pl:text?", kind.name_en AS "name_en:text?", kind.name_uk AS "name_uk:text?"
FROM round_plan
JOIN seat mine ON mine.edition = round_plan.edition AND mine.plan = round_plan.id
LEFT JOIN seat partner ON partner.edition = mine.edition AND partner.plan = mine.plan AND partner.round = mine.round
    AND partner.table_number = mine.table_number AND partner.organisation <> mine.organisation
LEFT JOIN organisation ON organisation.id = partner.organisation
LEFT JOIN signup partner_signup ON partner_signup.edition = partner.edition
    AND partner_signup.organisation = partner.organisation
LEFT JOIN pair_reason ON pair_reason.edition = mine.edition AND pair_reason.plan = mine.plan
    AND pair_reason.lower = CASE WHEN mine.organisation < partner.organisation THEN mine.organisation ELSE partner.organisation END
    AND pair_reason.higher = CASE WHEN mine.organisation < partner.organisation THEN partner.organisation ELSE mine.organisation END
LEFT JOIN kind ON kind.list = 'exchange' AND kind.code = pair_reason.kind
WHERE round_plan.edition = $edition AND round_plan.state IN ('published', 'held') AND mine.organisation = $organisation
    AND EXISTS (SELECT 1 FROM signup WHERE signup.edition = $edition AND signup.organisation = $organisation
        AND signup.state = 'accepted')
ORDER BY mine.round, organisation.name_sort NULLS FIRST, partner.organisation NULLS FIRST, pair_reason.position NULLS FIRST;

-- name: drift(edition id, plan id) one
-- What changed since the plan: accepted but without a seat, seated but no longer accepted.
SELECT
    (SELECT COUNT(*) FROM signup WHERE signup.edition = $edition AND signup.state = 'accepted' AND NOT EXISTS (
        SELECT 1 FROM seat WHERE seat.edition = signup.edition AND seat.plan = $plan
            AND seat.organisation = signup.organisation)) AS "missing:int",
    (SELECT COUNT(DISTINCT seat.organisation) FROM seat WHERE seat.edition = $edition AND seat.plan = $plan AND NOT EXISTS (
        SELECT 1 FROM signup WHERE signup.edition = seat.edition AND signup.organisation = seat.organisation
            AND signup.state = 'accepted')) AS "gone:int";
