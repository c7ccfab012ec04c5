-- SPDX-License-Identifier: EUPL-1.2
-- name: walks(edition id) many
SELECT id, name, place, words, meeting_point FROM walk WHERE edition = $edition ORDER BY id;

-- name: turns(edition id) many
-- Of all walks, in order of time.
SELECT id, walk, starts_ms, places, step_free FROM turn WHERE edition = $edition ORDER BY starts_ms, id;

-- name: add(edition id, walk id, name text, place text, words text, meeting_point text) exec
INSERT INTO walk (edition, id, name, place, words, meeting_point) VALUES ($edition, $walk, $name, $place, $words, $meeting_point);

-- name: add_turn(edition id, turn id, walk id, starts_ms int, places int, step_free bool) exec
INSERT INTO turn (edition, id, walk, starts_ms, places, step_free)
VALUES ($edition, $turn, $walk, $starts_ms, $places, $step_free);

-- name: remove_turn(edition id, turn id) exec
DELETE FROM turn WHERE edition = $edition AND id = $turn;

-- name: remove_turns_of(edition id, walk id) exec
DELETE FROM turn WHERE edition = $edition AND walk = $walk;

-- name: remove(edition id, walk id) exec
DELETE FROM walk WHERE edition = $edition AND id = $walk;
