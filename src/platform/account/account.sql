-- ---- sessions -----------------------------------------------------------------------------------

-- name: session(token_hash bytes, now_ms int) many
-- Who a session belongs to, one row for each right they have now; one without a right where they have none.
SELECT session.id, session.person, session.seen_ms, session.only_series, person.name, person.language,
    role_grant.role AS "role:int?", role_grant.scope AS "scope:id?", role_grant.series AS "series:id?"
FROM session
JOIN person ON person.id = session.person
LEFT JOIN role_grant ON role_grant.person = session.person
    AND (role_grant.ends_ms IS NULL OR role_grant.ends_ms > $now_ms)
    AND (session.only_series IS NULL OR (role_grant.role = 512 AND role_grant.series = session.only_series
        AND (session.only_organisation IS NULL OR role_grant.scope = session.only_organisation)))
WHERE session.token_hash = $token_hash AND session.expires_ms > $now_ms;

-- name: limits_of_session(token_hash bytes, now_ms int) one
-- Whose it is, and what it opens.
SELECT person, only_series, only_organisation FROM session WHERE token_hash = $token_hash AND expires_ms > $now_ms;

-- name: add_session(token_hash bytes, session id, person id, only_series id?, only_organisation id?, now_ms int, expires_ms int) exec
INSERT INTO session (token_hash, id, person, only_series, only_organisation, created_ms, seen_ms, expires_ms)
VALUES ($token_hash, $session, $person, $only_series, $only_organisation, $now_ms, $now_ms, $expires_ms);

-- name: touch_session(session id, person id, now_ms int, expires_ms int) exec
UPDATE session SET seen_ms = $now_ms, expires_ms = $expires_ms WHERE id = $session AND person = $person;

-- name: end_session(session id, person id) exec
DELETE FROM session WHERE id = $session AND person = $person;

-- name: end_other_sessions(session id, person id) exec
DELETE FROM session WHERE person = $person AND id <> $session;

-- name: end_sessions(person id) exec
DELETE FROM session WHERE person = $person;

-- name: expire_sessions(now_ms int) exec
DELETE FROM session WHERE expires_ms <= $now_ms;

-- ---- once-keys ----------------------------------------------------------------------------------

-- name: once(key_hash bytes, since_ms int) one
SELECT location, created_ms, session_hash FROM once_key WHERE key_hash = $key_hash AND created_ms >= $since_ms;

-- name: end_once(key_hash bytes, now_ms int, since_ms int, location text?, session_hash bytes?) exec
-- No row is changed where another transaction was faster with the same form.
INSERT INTO once_key (key_hash, created_ms, location, session_hash)
VALUES ($key_hash, $now_ms, $location, $session_hash)
ON CONFLICT (key_hash) DO UPDATE SET created_ms = $now_ms, location = $location, session_hash = $session_hash
WHERE once_key.created_ms < $since_ms;

-- name: expire_once(before_ms int) exec
DELETE FROM once_key WHERE created_ms < $before_ms;

-- ---- people -------------------------------------------------------------------------------------

-- row: person
person.id, person.name, person.email, person.phone, person.language, person.password_hash, person.version;

-- name: person_by_id(person id) one
SELECT {person} FROM person WHERE id = $person;

-- name: person_by_email(email_folded text) one
SELECT {person} FROM person WHERE email_folded = $email_folded;

-- name: add_person(person id, name text, email text?, email_folded text?, phone text?, language text, now_ms int) exec
INSERT INTO person (id, name, email, email_folded, phone, language, password_hash, created_ms, version)
VALUES ($person, $name, $email, $email_folded, $phone, $language, NULL, $now_ms, 1);

-- name: update_person(person id, version int, name text, email text?, email_folded text?, phone text?, language text) exec
UPDATE person SET name = $name, email = $email, email_folded = $email_folded, phone = $phone, language = $language,
    version = version + 1
WHERE id = $person AND version = $version;

-- name: set_password(person id, password_hash text) exec
UPDATE person SET password_hash = $password_hash, version = version + 1 WHERE id = $person;

-- name: forget_password(person id) exec
UPDATE person SET password_hash = NULL, version = version + 1 WHERE id = $person AND password_hash IS NOT NULL;

-- ---- rights -------------------------------------------------------------------------------------

-- name: give_role(person id, role int, scope id, series id, now_ms int, ends_ms int?) exec
INSERT INTO role_grant (person, role, scope, series, granted_ms, ends_ms)
VALUES ($person, $role, $scope, $series, $now_ms, $ends_ms)
ON CONFLICT (person, role, scope, series) DO UPDATE SET granted_ms = $now_ms, ends_ms = $ends_ms;

-- name: take_role(person id, role int, scope id, series id) exec
DELETE FROM role_grant WHERE person = $person AND role = $role AND scope = $scope AND series = $series;

-- name: grants_of(person id, now_ms int) many
SELECT role, scope, series FROM role_grant WHERE person = $person AND (ends_ms IS NULL OR ends_ms > $now_ms)
ORDER BY role, scope, series;

-- name: role_holders(role int, scope id, now_ms int) many
SELECT person FROM role_grant WHERE scope = $scope AND role = $role AND (ends_ms IS NULL OR ends_ms > $now_ms) ORDER BY person;

-- name: representatives(organisation id, series id) many
SELECT person FROM role_grant WHERE scope = $organisation AND role = 512 AND series = $series ORDER BY person;

-- ---- ways in ------------------------------------------------------------------------------------

-- name: add_sign_in(sign_in id, token_hash bytes, code_hash bytes, began_hash bytes, person id, goes_to text, now_ms int, expires_ms int) exec
INSERT INTO sign_in (id, token_hash, code_hash, began_hash, person, goes_to, created_ms, expires_ms, tries, used_ms)
VALUES ($sign_in, $token_hash, $code_hash, $began_hash, $person, $goes_to, $now_ms, $expires_ms, 0, NULL);

-- name: sign_in_by_token(token_hash bytes, now_ms int) one
SELECT id, began_hash, person, goes_to FROM sign_in
WHERE token_hash = $token_hash AND expires_ms > $now_ms AND used_ms IS NULL;

-- name: sign_in_by_began(began_hash bytes, now_ms int) one
-- The one asked for last in this browser: its code is the one in the newest mail.
SELECT sign_in.id, sign_in.code_hash, sign_in.person, sign_in.goes_to, sign_in.tries, person.email
FROM sign_in JOIN person ON person.id = sign_in.person
WHERE sign_in.began_hash = $began_hash AND sign_in.expires_ms > $now_ms AND sign_in.used_ms IS NULL
ORDER BY sign_in.id DESC LIMIT 1;

-- name: count_tries(sign_in id) exec
UPDATE sign_in SET tries = tries + 1 WHERE id = $sign_in;

-- name: use_sign_in(sign_in id, now_ms int) exec
UPDATE sign_in SET used_ms = $now_ms WHERE id = $sign_in AND used_ms IS NULL;

-- name: expire_sign_ins(before_ms int) exec
DELETE FROM sign_in WHERE expires_ms < $before_ms;

-- name: add_card(secret_hash bytes, card id, person id, only_series id?, only_organisation id?, goes_to text, now_ms int, ends_ms int) exec
INSERT INTO card (secret_hash, id, person, only_series, only_organisation, goes_to, made_ms, ends_ms, used_ms,
    revoked_ms)
VALUES ($secret_hash, $card, $person, $only_series, $only_organisation, $goes_to, $now_ms, $ends_ms, NULL, NULL);

-- name: card(secret_hash bytes, now_ms int) one
SELECT card.id, card.person, card.only_series, card.only_organisation, card.goes_to, person.name
FROM card JOIN person ON person.id = card.person
WHERE card.secret_hash = $secret_hash AND card.ends_ms > $now_ms AND card.revoked_ms IS NULL;

-- name: use_card(secret_hash bytes, now_ms int) exec
UPDATE card SET used_ms = $now_ms WHERE secret_hash = $secret_hash;

-- name: ways_of(person id, now_ms int) many
-- Cards and mailed links that still work, and where they lead.
SELECT card.id AS "way:id", card.goes_to AS "goes_to:text" FROM card
WHERE card.person = $person AND card.revoked_ms IS NULL AND card.ends_ms > $now_ms
UNION ALL
SELECT sign_in.id, sign_in.goes_to FROM sign_in
WHERE sign_in.person = $person AND sign_in.used_ms IS NULL AND sign_in.expires_ms > $now_ms;

-- name: move_card(card id, person id, goes_to text) exec
UPDATE card SET goes_to = $goes_to WHERE person = $person AND id = $card;

-- name: move_card_limits(person id, series id, from id, to id) exec
UPDATE card SET only_organisation = $to
WHERE person = $person AND only_series = $series AND only_organisation = $from;

-- name: move_session_limits(person id, series id, from id, to id) exec
UPDATE session SET only_organisation = $to
WHERE person = $person AND only_series = $series AND only_organisation = $from;

-- name: move_sign_in(sign_in id, goes_to text) exec
UPDATE sign_in SET goes_to = $goes_to WHERE id = $sign_in;

-- name: revoke_cards(person id, now_ms int) exec
UPDATE card SET revoked_ms = $now_ms WHERE person = $person AND revoked_ms IS NULL;

-- name: expire_cards(now_ms int) exec
DELETE FROM card WHERE ends_ms <= $now_ms;

-- name: card_state(person id, now_ms int) many
-- Cards that work now, the one made last first.
SELECT id, made_ms, used_ms, ends_ms FROM card
WHERE person = $person AND ends_ms > $now_ms AND revoked_ms IS NULL ORDER BY made_ms DESC, id DESC;

-- name: end_links(person id, began_hash bytes) exec
-- Those that any browser may use.
DELETE FROM sign_in WHERE person = $person AND began_hash = $began_hash AND used_ms IS NULL;

-- name: has_come_in(person id) one
-- Whether they ever signed in.
SELECT id FROM audit WHERE person = $person AND action = 'session.begin' LIMIT 1;

-- ---- wrong tries, known browsers ------------------------------------------------------------------

-- name: wrong_tries(key_hash bytes) one
SELECT tries, last_ms FROM wrong_try WHERE key_hash = $key_hash;

-- name: set_wrong_tries(key_hash bytes, tries int, now_ms int) exec
INSERT INTO wrong_try (key_hash, tries, last_ms) VALUES ($key_hash, $tries, $now_ms)
ON CONFLICT (key_hash) DO UPDATE SET tries = excluded.tries, last_ms = excluded.last_ms;

-- name: forget_wrong_tries(key_hash bytes) exec
DELETE FROM wrong_try WHERE key_hash = $key_hash;

-- name: expire_wrong_tries(before_ms int) exec
DELETE FROM wrong_try WHERE last_ms < $before_ms;

-- name: known_browser(person id, browser_hash bytes, since_ms int) one
SELECT seen_ms FROM known_browser WHERE person = $person AND browser_hash = $browser_hash AND seen_ms > $since_ms;

-- name: know_browser(person id, browser_hash bytes, now_ms int) exec
INSERT INTO known_browser (person, browser_hash, seen_ms) VALUES ($person, $browser_hash, $now_ms)
ON CONFLICT (person, browser_hash) DO UPDATE SET seen_ms = excluded.seen_ms;

-- name: forget_browsers(person id) exec
DELETE FROM known_browser WHERE person = $person;

-- name: expire_known_browsers(before_ms int) exec
DELETE FROM known_browser WHERE seen_ms < $before_ms;

-- ---- people who are no longer there -----------------------------------------------------------------

-- name: idle_people(since_ms int, now_ms int, after id, most int) many
-- Who has done nothing since, may do nothing for the house, and has no way in that is open: 512 and 1024 are
-- representatives and guests (route.h).
SELECT person.id FROM person
WHERE person.id > $after AND person.created_ms <= $since_ms
    AND (person.name <> '' OR person.email IS NOT NULL OR person.phone IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM session WHERE session.person = person.id AND session.expires_ms > $now_ms)
    AND NOT EXISTS (SELECT 1 FROM card WHERE card.person = person.id AND card.ends_ms > $now_ms
        AND card.revoked_ms IS NULL)
    AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.person = person.id AND role_grant.role NOT IN (512, 1024)
        AND (role_grant.ends_ms IS NULL OR role_grant.ends_ms > $now_ms))
    AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.person = person.id AND audit.at_ms > $since_ms)
ORDER BY person.id LIMIT $most;

-- name: forget_people(people id[]) exec
-- Who they were; the row stays, for what counts and for who did what.
UPDATE person SET name = '', email = NULL, email_folded = NULL, phone = NULL, password_hash = NULL,
    version = version + 1
WHERE id IN ($people[]);

-- name: forget_grants_of(people id[]) exec
DELETE FROM role_grant WHERE person IN ($people[]);

-- name: forget_sessions_of(people id[]) exec
DELETE FROM session WHERE person IN ($people[]);

-- name: forget_cards_of(people id[]) exec
DELETE FROM card WHERE person IN ($people[]);

-- name: forget_sign_ins_of(people id[]) exec
DELETE FROM sign_in WHERE person IN ($people[]);

-- name: forget_browsers_of(people id[]) exec
DELETE FROM known_browser WHERE person IN ($people[]);

-- name: owners() one
SELECT COUNT(*) AS "count:int" FROM role_grant WHERE role = 4 AND scope = 0;

-- name: add_setup(token_hash bytes, now_ms int) exec
INSERT INTO setup (token_hash, created_ms) VALUES ($token_hash, $now_ms);

-- name: setup(token_hash bytes) one
SELECT created_ms FROM setup WHERE token_hash = $token_hash;

-- name: expire_setup(before_ms int) exec
DELETE FROM setup WHERE created_ms < $before_ms;

-- name: clear_setup() exec
DELETE FROM setup;

-- ---- consents -----------------------------------------------------------------------------------

-- name: give_consent(consent id, person id, purpose text, wording text, edition id?, subject id?, given_ms int, channel text) exec
INSERT INTO consent (id, person, purpose, wording, edition, subject, given_ms, channel, withdrawn_ms)
VALUES ($consent, $person, $purpose, $wording, $edition, $subject, $given_ms, $channel, NULL);

-- name: withdraw_consents_about(subject id, purpose text, now_ms int) exec
UPDATE consent SET withdrawn_ms = $now_ms WHERE subject = $subject AND purpose = $purpose AND withdrawn_ms IS NULL;

-- name: move_consents(subject id, target id, purpose text) exec
UPDATE consent SET subject = $target WHERE subject = $subject AND purpose = $purpose;

-- name: consent_about(subject id, purpose text) one
-- The newest, whether it stands or not.
SELECT CASE WHEN person.name <> '' THEN person.name ELSE COALESCE(person.email, person.phone, '') END AS "name:text",
    consent.wording, consent.channel, consent.given_ms, consent.withdrawn_ms
FROM consent JOIN person ON person.id = consent.person
WHERE consent.subject = $subject AND consent.purpose = $purpose
ORDER BY consent.id DESC LIMIT 1;

-- ---- rates, told between nodes ----------------------------------------------------------------------

-- name: rate_nodes(since_minute int) many
-- The nodes that are there.
SELECT node, minute, public_key, key_number, sealed FROM rate_node WHERE minute >= $since_minute ORDER BY node;

-- name: tell_rate_node(node int, minute int, public_key bytes, key_number int) exec
-- It is there, and has that key, or none; one that was sealed for it meanwhile stays.
INSERT INTO rate_node (node, minute, public_key, key_number, sealed)
VALUES ($node, $minute, $public_key, $key_number, NULL)
ON CONFLICT (node) DO UPDATE SET minute = excluded.minute,
    key_number = CASE WHEN rate_node.key_number = 0 THEN excluded.key_number ELSE rate_node.key_number END;

-- name: seal_rate_key(node int, key_number int, sealed bytes) exec
UPDATE rate_node SET key_number = $key_number, sealed = $sealed
WHERE node = $node AND (key_number = 0 OR key_number > $key_number);

-- name: drop_rate_key(node int) exec
UPDATE rate_node SET key_number = 0, sealed = NULL WHERE node = $node;

-- name: expire_rate_nodes(before_minute int) exec
DELETE FROM rate_node WHERE minute < $before_minute;

-- name: tell_rate(minute int, node int, key int, used int) exec
INSERT INTO rate_use (minute, node, key, used) VALUES ($minute, $node, $key, $used)
ON CONFLICT (minute, node, key) DO UPDATE SET used = excluded.used;

-- name: rates_elsewhere(minute int, node int, most int) many
SELECT key, CAST(SUM(used) AS BIGINT) AS "used:int" FROM rate_use
WHERE minute = $minute AND node <> $node GROUP BY key ORDER BY CAST(SUM(used) AS BIGINT) DESC LIMIT $most;

-- name: expire_rates(before_minute int) exec
DELETE FROM rate_use WHERE minute < $before_minute;

-- row: consent
consent.id, consent.purpose, consent.wording, consent.edition, consent.subject, consent.given_ms, consent.channel,
consent.withdrawn_ms;

-- name: consents_of(person id) many
-- What somebody agreed to, the newest first.
SELECT {consent} FROM consent WHERE person = $person ORDER BY id DESC;

-- name: consent_of(person id, consent id) one
SELECT {consent} FROM consent WHERE person = $person AND id = $consent;

-- name: withdraw_consent(person id, consent id, now_ms int) exec
UPDATE consent SET withdrawn_ms = $now_ms WHERE person = $person AND id = $consent AND withdrawn_ms IS NULL;

-- name: withdraw_consents_of(person id, now_ms int) exec
-- Those that speak for nobody but the giver.
UPDATE consent SET withdrawn_ms = $now_ms WHERE person = $person AND subject IS NULL AND withdrawn_ms IS NULL;

-- ---- leaving a series -----------------------------------------------------------------------------

-- name: sessions_of(person id, now_ms int) many
SELECT created_ms, seen_ms FROM session WHERE person = $person AND expires_ms > $now_ms ORDER BY created_ms, id;

-- name: end_grants_in(person id, series id) exec
DELETE FROM role_grant WHERE person = $person AND role = 512 AND series = $series;

-- name: end_past_grants(person id, scopes id[], now_ms int) exec
-- What they helped with there is over.
DELETE FROM role_grant WHERE person = $person AND role NOT IN (4, 8, 512) AND scope IN ($scopes[])
    AND ends_ms IS NOT NULL AND ends_ms <= $now_ms;

-- name: end_cards_in(person id, series id) exec
DELETE FROM card WHERE person = $person AND only_series = $series;

-- name: end_sessions_in(person id, series id) exec
DELETE FROM session WHERE person = $person AND only_series = $series;
