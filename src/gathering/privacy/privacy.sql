-- SPDX-License-Identifier: EUPL-1.2

-- ---- what is kept about somebody ----------------------------------------------------------------

-- row: deed
audit.id, audit.at_ms, audit.edition, audit.action, audit_personal.detail AS "detail:text?";

-- name: deeds(person id, most int) many
-- What somebody did, the newest first.
SELECT {deed} FROM audit LEFT JOIN audit_personal ON audit_personal.audit = audit.id
WHERE audit.person = $person ORDER BY audit.at_ms DESC, audit.id DESC LIMIT $most;

-- name: deeds_in(person id, editions id[], most int) many
-- The same of these editions alone.
SELECT {deed} FROM audit LEFT JOIN audit_personal ON audit_personal.audit = audit.id
WHERE audit.person = $person AND audit.edition IN ($editions[])
ORDER BY audit.at_ms DESC, audit.id DESC LIMIT $most;

-- name: done_to(person id) many
-- What was done to somebody's account by others, as far as it has details.
SELECT audit.id, audit.at_ms, audit.edition, audit_personal.detail
FROM audit JOIN audit_personal ON audit_personal.audit = audit.id
WHERE audit.subject = $person AND (audit.person IS NULL OR audit.person <> $person) ORDER BY audit.id DESC;

-- name: reach(person id, series id) one
-- Of how many sign-ups somebody is the contact, in a series and in others.
SELECT
    (SELECT COUNT(*) FROM signup JOIN edition ON edition.id = signup.edition
        WHERE signup.contact = $person AND edition.series = $series) AS "signups_here:int",
    (SELECT COUNT(*) FROM signup JOIN edition ON edition.id = signup.edition
        WHERE signup.contact = $person AND edition.series <> $series) AS "signups_elsewhere:int"
FROM person WHERE person.id = $person;

-- name: rights(person id, now_ms int) many
-- The series each right of somebody is of: of a representative (512) and a coordinator (8) it says so itself, else its
-- edition does; 0: of the whole program. One that has ended is still kept.
SELECT CASE WHEN role_grant.role = 512 THEN role_grant.series WHEN role_grant.role = 8 THEN role_grant.scope
    ELSE COALESCE(edition.series, 0) END AS "series:int",
    CASE WHEN role_grant.ends_ms IS NULL OR role_grant.ends_ms > $now_ms THEN 1 ELSE 0 END AS "holds:bool"
FROM role_grant LEFT JOIN edition ON edition.id = role_grant.scope
WHERE role_grant.person = $person;

-- ---- what went ----------------------------------------------------------------------------------

-- name: note_expired(id id, now_ms int, kind text, amount int) exec
INSERT INTO expired (id, at_ms, kind, amount) VALUES ($id, $now_ms, $kind, $amount);

-- name: expired_since(after id, most int) many
SELECT id, at_ms, kind, amount FROM expired WHERE id > $after ORDER BY id DESC LIMIT $most;

-- name: runs_since(after id) one
-- When the daily job was done last, and when it failed last.
SELECT MAX(CASE WHEN kind = '' THEN at_ms END) AS "done_ms:int?",
    MAX(CASE WHEN kind = 'failed' THEN at_ms END) AS "failed_ms:int?"
FROM expired WHERE id > $after;

-- name: installation() one
SELECT created_ms FROM installation;

-- name: forget_expired(before id) exec
DELETE FROM expired WHERE id < $before;

-- name: notices_told(person id, series id) many
-- Under which words somebody signed up, each once, with an edition of it to read them at. series 0: everywhere.
SELECT notice.id, notice.number, notice.created_ms, series.name, series.slug AS "series_slug:text",
    MIN(edition.slug) AS "edition_slug:text"
FROM signup JOIN notice ON notice.id = signup.notice
JOIN edition ON edition.id = signup.edition
JOIN series ON series.id = edition.series
WHERE signup.contact = $person AND ($series = 0 OR edition.series = $series)
GROUP BY notice.id, notice.number, notice.created_ms, series.name, series.slug
ORDER BY notice.id;

-- ---- who looked at it ---------------------------------------------------------------------------

-- name: read_since(person id, since_ms int, action text, edition id, subject id) one
-- Whether the same was noted already; edition, subject 0: none.
SELECT audit.id FROM audit
WHERE audit.person = $person AND audit.at_ms > $since_ms AND audit.action = $action
    AND COALESCE(audit.edition, 0) = $edition AND COALESCE(audit.subject, 0) = $subject
LIMIT 1;

-- row: read
audit.id, audit.at_ms, audit.person, audit.edition, audit.action, COALESCE(person.name, '') AS "name:text";

-- name: reads(before id, most int) many
-- What was done before, the newest first: readings among them.
SELECT {read} FROM audit LEFT JOIN person ON person.id = audit.person
WHERE audit.id < $before ORDER BY audit.id DESC LIMIT $most;

-- name: reads_of(person id, until_ms int, before id, most int) many
SELECT {read} FROM audit LEFT JOIN person ON person.id = audit.person
WHERE audit.person = $person AND audit.at_ms <= $until_ms AND audit.id < $before
ORDER BY audit.at_ms DESC, audit.id DESC LIMIT $most;
