-- SPDX-License-Identifier: EUPL-1.2
-- row: mailing
mailing.id, mailing.audience, mailing.subject_pl, mailing.words_pl, mailing.subject_en, mailing.words_en,
mailing.subject_uk, mailing.words_uk, mailing.created_ms, mailing.sent_ms, mailing.letters, mailing.version;

-- name: all(edition id) many
SELECT {mailing} FROM mailing WHERE mailing.edition = $edition ORDER BY mailing.id DESC;

-- name: get(edition id, mailing id) one
SELECT {mailing} FROM mailing WHERE mailing.edition = $edition AND mailing.id = $mailing;

-- name: add(edition id, mailing id, audience text, subject_pl text, words_pl text, subject_en text, words_en text, subject_uk text, words_uk text, now_ms int) exec
INSERT INTO mailing (edition, id, audience, subject_pl, words_pl, subject_en, words_en, subject_uk, words_uk,
    created_ms, sent_ms, letters, version)
VALUES ($edition, $mailing, $audience, $subject_pl, $words_pl, $subject_en, $words_en, $subject_uk, $words_uk,
    $now_ms, NULL, 0, 1);

-- name: update(edition id, mailing id, version int, audience text, subject_pl text, words_pl text, subject_en text, words_en text, subject_uk text, words_uk text) exec
UPDATE mailing SET audience = $audience, subject_pl = $subject_pl, words_pl = $words_pl, subject_en = $subject_en,
    words_en = $words_en, subject_uk = $subject_uk, words_uk = $words_uk, version = version + 1
WHERE edition = $edition AND id = $mailing AND version = $version AND sent_ms IS NULL;

-- name: remove(edition id, mailing id, version int) exec
DELETE FROM mailing WHERE edition = $edition AND id = $mailing AND version = $version AND sent_ms IS NULL;

-- name: sent(edition id, mailing id, version int, letters int, now_ms int) exec
UPDATE mailing SET sent_ms = $now_ms, letters = $letters, version = version + 1
WHERE edition = $edition AND id = $mailing AND version = $version AND sent_ms IS NULL;

-- ---- who gets it ----------------------------------------------------------------------------------

-- name: contacts(edition id) many
-- Whom a letter about each sign-up goes to, by the organisation's name.
SELECT signup.organisation, organisation.name AS organisation_name, signup.contact_name, signup.contact_phone,
    person.id AS "person:id?", person.name AS "person_name:text?", person.email AS "email:text?",
    person.phone AS "phone:text?", person.language AS "language:text?",
    CASE WHEN mail_refusal.address IS NULL THEN 0 ELSE 1 END AS "is_refused:bool"
FROM signup JOIN organisation ON organisation.id = signup.organisation
    LEFT JOIN person ON person.id = signup.contact
    LEFT JOIN mail_refusal ON mail_refusal.address = person.email_folded
WHERE signup.edition = $edition
ORDER BY organisation.name_sort, signup.organisation;

-- name: agreed(series id, edition id, now_ms int) many
-- Who agreed to be invited and speaks for an organisation in the series, once for each of these, and whether that one
-- has signed up already.
SELECT DISTINCT person.id, person.name, person.email, person.language, organisation.id AS organisation,
    organisation.name AS organisation_name, organisation.name_sort,
    CASE WHEN mail_refusal.address IS NULL THEN 0 ELSE 1 END AS "is_refused:bool",
    CASE WHEN signup.id IS NULL THEN 0 ELSE 1 END AS "is_signed_up:bool"
FROM edition JOIN consent ON consent.edition = edition.id AND consent.purpose = 'invitations'
        AND consent.withdrawn_ms IS NULL
    JOIN person ON person.id = consent.person
    JOIN role_grant ON role_grant.person = person.id AND role_grant.role = 512 AND role_grant.series = $series
    JOIN organisation ON organisation.id = role_grant.scope
    LEFT JOIN signup ON signup.edition = $edition AND signup.organisation = organisation.id
    LEFT JOIN mail_refusal ON mail_refusal.address = person.email_folded
WHERE edition.series = $series AND person.email IS NOT NULL
    AND (role_grant.ends_ms IS NULL OR role_grant.ends_ms > $now_ms)
ORDER BY organisation.name_sort, organisation.id, person.id;

-- ---- agreeing to invitations ----------------------------------------------------------------------

-- name: consents(person id, series id) many
-- Those that stand.
SELECT consent.id FROM consent JOIN edition ON edition.id = consent.edition
WHERE consent.person = $person AND consent.purpose = 'invitations' AND consent.withdrawn_ms IS NULL
    AND edition.series = $series;

-- name: end_of(person id, series id) one
SELECT secret FROM invitation_end WHERE person = $person AND series = $series;

-- name: add_end(person id, series id, secret text) exec
INSERT INTO invitation_end (person, series, secret) VALUES ($person, $series, $secret)
ON CONFLICT (person, series) DO NOTHING;

-- name: find_end(secret text) one
SELECT person, series FROM invitation_end WHERE secret = $secret;

-- name: remove_end(person id, series id) exec
DELETE FROM invitation_end WHERE person = $person AND series = $series;

-- name: remove_ends(people id[]) exec
DELETE FROM invitation_end WHERE person IN ($people[]);
