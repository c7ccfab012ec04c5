-- SPDX-License-Identifier: EUPL-1.2
-- ---- items ----------------------------------------------------------------------------------------

-- name: items(edition id) many
-- All of an edition, in the order of the day, then those without a time.
SELECT item.id, item.kind, item.state, item.title, item.words, item.theme, item.organisation, item.guest, item.performer,
    item.people, item.has_children, item.adult_attested, item.photo_consent, item.duration_min, item.changeover_min,
    item.needs, item.not_before_ms, item.done_by_ms, item.starts_ms, item.section, item.is_fixed, item.position, item.version,
    item.offered_by, organisation.name AS "organisation_name:text?", guest.name AS "guest_name:text?",
    COALESCE(organisation.is_listed, 0) AS "is_listed:bool",
    CASE WHEN signup.state IS NULL OR signup.state = 'accepted' THEN 0 ELSE 1 END AS "stays_away:bool"
FROM item
    LEFT JOIN organisation ON organisation.id = item.organisation
    LEFT JOIN signup ON signup.edition = item.edition AND signup.organisation = item.organisation
    LEFT JOIN guest ON guest.edition = item.edition AND guest.id = item.guest
WHERE item.edition = $edition
ORDER BY item.starts_ms NULLS LAST, item.position, item.id;

-- name: add(edition id, item id, kind text, state text, title text, words text, theme text, organisation id?, guest id?, performer text, people int?, has_children bool, adult_attested bool, photo_consent text, duration_min int, changeover_min int, needs text, not_before_ms int?, done_by_ms int?, offered_by id?) exec
INSERT INTO item (edition, id, kind, state, title, words, theme, organisation, guest, performer, people, has_children,
    adult_attested, photo_consent, duration_min, changeover_min, needs, not_before_ms, done_by_ms, starts_ms, section, is_fixed,
    position, version, offered_by)
SELECT $edition, $item, $kind, $state, $title, $words, $theme, $organisation, $guest, $performer, $people, $has_children,
    $adult_attested, $photo_consent, $duration_min, $changeover_min, $needs, $not_before_ms, $done_by_ms, NULL, NULL, 0,
    (SELECT COALESCE(MAX(position), 0) + 1 FROM item WHERE edition = $edition), 1, $offered_by
FROM edition WHERE id = $edition;

-- name: update(edition id, item id, version int, kind text, title text, words text, theme text, organisation id?, guest id?, performer text, people int?, has_children bool, adult_attested bool, photo_consent text, duration_min int, changeover_min int, needs text, not_before_ms int?, done_by_ms int?) exec
UPDATE item
SET kind = $kind, title = $title, words = $words, theme = $theme, organisation = $organisation, guest = $guest,
    performer = $performer, people = $people, has_children = $has_children, adult_attested = $adult_attested,
    photo_consent = $photo_consent, duration_min = $duration_min, changeover_min = $changeover_min, needs = $needs,
    not_before_ms = $not_before_ms, done_by_ms = $done_by_ms, version = version + 1
WHERE edition = $edition AND id = $item AND version = $version;

-- name: decide(edition id, item id, version int, state text) exec
UPDATE item SET state = $state, version = version + 1 WHERE edition = $edition AND id = $item AND version = $version;

-- name: place(edition id, item id, section id?, starts_ms int?, position int) exec
-- Where it stands. Its version is that of its words, which this leaves alone.
UPDATE item SET section = $section, starts_ms = $starts_ms, position = $position WHERE edition = $edition AND id = $item;

-- name: fix(edition id, item id, is_fixed bool) exec
UPDATE item SET is_fixed = $is_fixed WHERE edition = $edition AND id = $item;

-- name: set_offered_by(edition id, item id, organisation id) exec
UPDATE item SET offered_by = $organisation WHERE edition = $edition AND id = $item;

-- name: move_items(edition id, organisation id, target id) exec
UPDATE item SET organisation = $target, offered_by = CASE WHEN offered_by = $organisation THEN $target ELSE offered_by END,
    version = version + 1
WHERE edition = $edition AND organisation = $organisation;

-- name: move_published(edition id, organisation id, target id, performer text) exec
-- It is the same that performs, under the name by which it is known: nothing is published by that.
UPDATE published_item SET organisation = $target, performer = $performer
WHERE edition = $edition AND organisation = $organisation;

-- name: personal(person id, series id) many
-- What somebody wrote for the stage: of organisations in whose sign-up they are the contact. series 0: everywhere.
SELECT item.edition, item.id, item.organisation, item.title, item.needs
FROM signup JOIN edition ON edition.id = signup.edition
JOIN item ON item.edition = signup.edition AND item.organisation = signup.organisation
WHERE signup.contact = $person AND ($series = 0 OR edition.series = $series) AND item.needs <> ''
ORDER BY item.edition, item.id;

-- name: erase_needs(edition id, item id) exec
UPDATE item SET needs = '', version = version + 1 WHERE edition = $edition AND id = $item;

-- name: remove(edition id, item id) exec
DELETE FROM item WHERE edition = $edition AND id = $item;

-- name: organisations_without_talk(edition id) many
-- Accepted ones that no talk stands for, in the order of their sign-ups.
SELECT signup.organisation
FROM signup
WHERE signup.edition = $edition AND signup.state = 'accepted'
    AND NOT EXISTS (SELECT 1 FROM item
        WHERE item.edition = signup.edition AND item.organisation = signup.organisation AND item.kind = 'talk')
ORDER BY signup.submitted_ms, signup.id;

-- name: accepted_organisations(edition id) many
-- For choosing who an item is of.
SELECT organisation.id, organisation.name
FROM signup JOIN organisation ON organisation.id = signup.organisation
WHERE signup.edition = $edition AND signup.state IN ('new', 'accepted', 'waiting')
ORDER BY organisation.name_sort, organisation.id;

-- name: signup_state(edition id, organisation id) one
SELECT state FROM signup WHERE edition = $edition AND organisation = $organisation;

-- ---- the published programme ------------------------------------------------------------------------

-- name: published(edition id) many
-- Who may be named is known by the organisation as it is now: consents change between two publications.
SELECT published_item.item, published_item.is_section, published_item.is_free, published_item.section, published_item.kind,
    published_item.title, published_item.words, published_item.theme, published_item.organisation, published_item.performer,
    published_item.people, published_item.has_children, published_item.starts_ms, published_item.duration_min,
    published_item.space, published_item.position, published_item.offered_by,
    COALESCE(organisation.is_listed, 0) AS "is_listed:bool"
FROM published_item LEFT JOIN organisation ON organisation.id = published_item.organisation
WHERE published_item.edition = $edition
ORDER BY published_item.starts_ms NULLS LAST, published_item.is_section DESC, published_item.position, published_item.item;

-- name: publish_item(edition id, item id, is_section bool, is_free bool, section id?, kind text, title text, words text, theme text, organisation id?, performer text, people int?, has_children bool, starts_ms int?, duration_min int, space id?, position int, offered_by id?) exec
INSERT INTO published_item (edition, item, is_section, is_free, section, kind, title, words, theme, organisation, performer,
    people, has_children, starts_ms, duration_min, space, position, offered_by)
VALUES ($edition, $item, $is_section, $is_free, $section, $kind, $title, $words, $theme, $organisation, $performer,
    $people, $has_children, $starts_ms, $duration_min, $space, $position, $offered_by);

-- name: mine(edition id, organisation id) many
-- What an organisation has in the programme: what is published with its hour and room, among the parts of the day (is_part),
-- then what is not yet. title is as it was published; own_title as it stands now (NULL: it was taken out since), is_changed
-- whether its words differ. sign_up: its state; has_place: it stands in the order that is not published yet.
SELECT published_item.kind AS "kind:text", published_item.title AS "title:text",
    published_item.starts_ms AS "starts_ms:int?", published_item.duration_min AS "duration_min:int",
    space.name AS "place:text?", published_item.item AS "item:id", published_item.position AS "position:int",
    item.state AS "state:text?", item.title AS "own_title:text?",
    CASE WHEN item.title <> published_item.title OR item.words <> published_item.words
        OR item.theme <> published_item.theme THEN 1 ELSE 0 END AS "is_changed:bool",
    published_item.is_section AS "is_part:bool", published_item.is_free AS "is_free:bool",
    (SELECT signup.state FROM signup
        WHERE signup.edition = $edition AND signup.organisation = $organisation) AS "sign_up:text?",
    1 AS "is_published:bool", 1 AS "has_place:bool"
FROM published_item
    LEFT JOIN space ON space.edition = published_item.edition AND space.id = published_item.space
    LEFT JOIN item ON item.edition = published_item.edition AND item.id = published_item.item
WHERE published_item.edition = $edition AND published_item.starts_ms IS NOT NULL
    AND (published_item.is_section = 1 OR published_item.organisation = $organisation)
UNION ALL
SELECT item.kind, item.title, NULL, item.duration_min, NULL, item.id, item.position, item.state, item.title, 0, 0, 0,
    (SELECT signup.state FROM signup WHERE signup.edition = $edition AND signup.organisation = $organisation),
    CASE WHEN EXISTS (SELECT 1 FROM publication WHERE publication.edition = item.edition) THEN 1 ELSE 0 END,
    CASE WHEN item.section IS NULL THEN 0 ELSE 1 END
FROM item
WHERE item.edition = $edition AND item.organisation = $organisation
    AND NOT EXISTS (SELECT 1 FROM published_item WHERE published_item.edition = item.edition
        AND published_item.item = item.id AND published_item.starts_ms IS NOT NULL)
ORDER BY starts_ms NULLS LAST, is_part DESC, position, item;

-- name: clear_published(edition id) exec
DELETE FROM published_item WHERE edition = $edition;

-- name: latest_publication(edition id) one
SELECT number, published_ms FROM publication WHERE edition = $edition ORDER BY number DESC LIMIT 1;

-- name: add_publication(edition id, number int, now_ms int, published_by id?) exec
INSERT INTO publication (edition, number, published_ms, published_by) VALUES ($edition, $number, $now_ms, $published_by);

-- name: first_venue(edition id) one
SELECT name, address FROM venue WHERE edition = $edition ORDER BY position, id LIMIT 1;

-- name: guests(edition id) many
SELECT id, name FROM guest WHERE edition = $edition ORDER BY name, id;

-- ---- letters to many ------------------------------------------------------------------------------

-- name: on_stage(edition id) many
-- Organisations with an accepted item, and the room of the part it stands in.
SELECT item.id, item.title, signup.organisation, item.kind, space.id AS "space:id?", space.name AS "space_name:text?"
FROM item JOIN signup ON signup.edition = item.edition AND signup.organisation = item.organisation
    LEFT JOIN frame_section ON frame_section.edition = item.edition AND frame_section.id = item.section
    LEFT JOIN space ON space.edition = frame_section.edition AND space.id = frame_section.space
WHERE item.edition = $edition AND item.state = 'accepted' AND signup.state IN ('new', 'accepted', 'waiting')
ORDER BY item.kind, space.position NULLS FIRST, item.id;
