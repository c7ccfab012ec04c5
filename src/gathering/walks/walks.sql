-- SPDX-License-Identifier: EUPL-1.2
-- name: walks(edition id) many
SELECT id, name, place, words, meeting_point, version FROM walk WHERE edition = $edition ORDER BY id;

-- name: turns(edition id) many
-- Of all walks, in order of time.
SELECT id, walk, starts_ms, places, step_free, version FROM turn WHERE edition = $edition ORDER BY starts_ms, id;

-- name: add(edition id, walk id, name text, place text, words text, meeting_point text) exec
INSERT INTO walk (edition, id, name, place, words, meeting_point) VALUES ($edition, $walk, $name, $place, $words, $meeting_point);

-- name: update(edition id, walk id, version int, name text, place text, words text, meeting_point text) exec
UPDATE walk SET name = $name, place = $place, words = $words, meeting_point = $meeting_point, version = version + 1
WHERE edition = $edition AND id = $walk AND version = $version;

-- name: update_turn(edition id, turn id, version int, starts_ms int, places int, step_free bool) exec
UPDATE turn SET starts_ms = $starts_ms, places = $places, step_free = $step_free, version = version + 1
WHERE edition = $edition AND id = $turn AND version = $version;

-- name: add_turn(edition id, turn id, walk id, starts_ms int, places int, step_free bool) exec
INSERT INTO turn (edition, id, walk, starts_ms, places, step_free)
VALUES ($edition, $turn, $walk, $starts_ms, $places, $step_free);

-- name: remove_turn(edition id, turn id) exec
DELETE FROM turn WHERE edition = $edition AND id = $turn;

-- name: remove_turns_of(edition id, walk id) exec
DELETE FROM turn WHERE edition = $edition AND walk = $walk;

-- name: remove(edition id, walk id) exec
DELETE FROM walk WHERE edition = $edition AND id = $walk;

-- ---- into the next edition: every column but the keys, the times and the version -------------------------

-- name: copy(edition id, walk id, into_edition id, into_walk id) exec
INSERT INTO walk (edition, id, name, place, words, meeting_point)
SELECT $into_edition, $into_walk, name, place, words, meeting_point FROM walk WHERE edition = $edition AND id = $walk;

-- name: copy_turn(edition id, turn id, into_edition id, into_turn id, into_walk id, starts_ms int) exec
INSERT INTO turn (edition, id, walk, starts_ms, places, step_free)
SELECT $into_edition, $into_turn, $into_walk, $starts_ms, places, step_free FROM turn WHERE edition = $edition AND id = $turn;
