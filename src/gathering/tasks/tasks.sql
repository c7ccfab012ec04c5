-- SPDX-License-Identifier: EUPL-1.2
-- row: task
task.edition, task.id, task.kind, task.words, task.due_days, task.due_on, task.person, task.is_hosts, task.whom,
task.note, task.state, task.state_by, task.state_ms, task.version;

-- name: all(edition id) many
SELECT {task} FROM task WHERE task.edition = $edition ORDER BY task.id;

-- name: get(edition id, id id) one
SELECT {task} FROM task WHERE task.edition = $edition AND task.id = $id;

-- name: count(edition id) one
SELECT COUNT(*) AS "count:int" FROM task WHERE edition = $edition;

-- name: add(edition id, id id, kind text, words text, due_days int?, due_on text, person id?, is_hosts bool, whom text, note text) exec
INSERT INTO task (edition, id, kind, words, due_days, due_on, person, is_hosts, whom, note, state, version)
VALUES ($edition, $id, $kind, $words, $due_days, $due_on, $person, $is_hosts, $whom, $note, 'todo', 1);

-- name: update(edition id, id id, version int, words text, due_days int?, due_on text, person id?, is_hosts bool, whom text, note text) exec
UPDATE task SET words = $words, due_days = $due_days, due_on = $due_on, person = $person, is_hosts = $is_hosts,
    whom = $whom, note = $note, version = version + 1
WHERE edition = $edition AND id = $id AND version = $version;

-- name: set_state(edition id, id id, version int, state text, state_by id?, now_ms int) exec
UPDATE task SET state = $state, state_by = $state_by, state_ms = $now_ms, version = version + 1
WHERE edition = $edition AND id = $id AND version = $version;

-- name: remove(edition id, id id, version int) exec
DELETE FROM task WHERE edition = $edition AND id = $id AND version = $version;

-- name: copy(edition id, id id, into_edition id, into_id id, due_days int?) exec
-- Into the next edition, to be done again: what was noted, who ticked it and a date of its own stay where they were.
INSERT INTO task (edition, id, kind, words, due_days, due_on, person, is_hosts, whom, note, state, version)
SELECT $into_edition, $into_id, kind, words, $due_days, '', person, is_hosts, whom, '', 'todo', 1
FROM task WHERE edition = $edition AND id = $id;

-- name: facts(edition id, series id, number int) one
-- What there is, as far as tasks ask.
SELECT
    (SELECT COUNT(*) FROM ask WHERE ask.edition = $edition AND ask.kind = 'host') AS "host_asks:int",
    (SELECT COUNT(*) FROM ask WHERE ask.edition = $edition AND ask.kind = 'host' AND ask.answer <> '')
        AS "host_answers:int",
    (SELECT COUNT(*) FROM frame_section WHERE frame_section.edition = $edition) AS "sections:int",
    (SELECT COUNT(*) FROM mailing WHERE mailing.edition = $edition AND mailing.sent_ms IS NOT NULL
        AND instr(mailing.audience, 'invited') > 0) AS "invitations:int",
    (SELECT COUNT(*) FROM signup WHERE signup.edition = $edition AND signup.state = 'new') AS "undecided:int",
    (SELECT COUNT(*) FROM signup WHERE signup.edition = $edition AND signup.state = 'accepted') AS "accepted:int",
    (SELECT COUNT(*) FROM signup WHERE signup.edition = $edition AND signup.confirm_asked_ms IS NOT NULL)
        AS "asked_to_confirm:int",
    (SELECT COUNT(*) FROM publication WHERE publication.edition = $edition) AS "publications:int",
    (SELECT COUNT(*) FROM notice WHERE notice.series = $series AND notice.is_suggested = 0) AS "own_notices:int",
    (SELECT COUNT(*) FROM round_plan WHERE round_plan.edition = $edition AND round_plan.state <> 'draft')
        AS "rounds:int",
    (SELECT COUNT(*) FROM round_plan WHERE round_plan.edition = $edition AND round_plan.state = 'held')
        AS "held_rounds:int",
    (SELECT COUNT(*) FROM edition WHERE edition.series = $series AND edition.number > $number) AS "later_editions:int"
FROM series WHERE series.id = $series;

-- ---- when somebody asks for their data, or to be forgotten --------------------------------------------------

-- name: personal(person id, series id) many
-- What is theirs to do; series 0: everywhere.
SELECT task.edition, task.id, task.words, task.whom, task.note FROM task JOIN edition ON edition.id = task.edition
WHERE task.person = $person AND ($series = 0 OR edition.series = $series) ORDER BY task.edition, task.id;

-- name: erase(edition id, id id) exec
UPDATE task SET person = NULL, whom = '', note = '', version = version + 1 WHERE edition = $edition AND id = $id;
