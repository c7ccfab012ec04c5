-- SPDX-License-Identifier: EUPL-1.2
-- Queries that all compile; the generated code is run by tests/tools/test_queries_run.c.

-- name: turn_add(edition id, id id, title text, starts_ms int, guide text?, closed bool, places int?) exec
INSERT INTO turn (edition, id, title, starts_ms, guide, closed, places)
VALUES ($edition, $id, $title, $starts_ms, $guide, $closed, $places);

-- name: turns(edition id, now_ms int) many
-- Turns of an edition that still take bookings,
-- in order of time.
SELECT turn.id, turn.title, turn.guide, turn.closed, turn.places, COUNT(booking.id) AS "taken:int" -- of any size
FROM turn LEFT JOIN booking ON booking.edition = turn.edition AND booking.turn = turn.id
WHERE turn.edition = $edition AND turn.starts_ms > $now_ms
GROUP BY turn.id, turn.title, turn.guide, turn.closed, turn.places, turn.starts_ms
ORDER BY turn.starts_ms;

-- name: book(edition id, id id, turn id, people int) one
INSERT INTO booking (edition, id, turn, people) VALUES ($edition, $id, $turn, $people)
RETURNING id, people AS seats;

-- name: bookings_of(edition id, turns id[]) many
SELECT b.id, t.title AS "turn_title:text?", t.guide AS "guide:text?"
FROM booking AS b LEFT JOIN turn AS t ON t.edition = b.edition AND t.id = b.turn
WHERE b.edition = $edition AND b.turn IN ($turns[])
ORDER BY b.id;

-- name: people(edition id) one
SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) AS "people:int" FROM booking WHERE edition = $edition;

-- name: turn_like(id id, name text, logo bytes?, area_m2 real?) exec
INSERT INTO turn (edition, id, title, starts_ms)
SELECT $id, $id, $name, 1 FROM organisation WHERE logo = $logo AND area_m2 = $area_m2;

-- name: organisations(name_fold text,
--                     least_m2 real?) many
SELECT o.id, o.name, o.active, o.logo, o.area_m2
FROM organisation o
WHERE instr(o.name, $name_fold) > 0 AND (o.area_m2 >= $least_m2)
ORDER BY o.area_m2 NULLS LAST, o.id;

-- name: turn_lock(edition id, id id) one
--@sqlite
SELECT turn.places FROM turn WHERE turn.edition = $edition AND turn.id = $id;
--@postgres
SELECT turn.places FROM turn WHERE turn.edition = $edition AND turn.id = $id FOR UPDATE;

-- name: any_turn(edition id) one
SELECT id FROM turn WHERE edition = $edition;

-- row: guided
-- A turn with who guides it.
turn.id, turn.title, turn.guide,
turn.places;

-- name: guided_turns(edition id) many
SELECT {guided}, (SELECT COUNT(*) FROM booking WHERE booking.edition = turn.edition AND booking.turn = turn.id) AS "booked:int"
FROM turn WHERE turn.edition = $edition ORDER BY turn.id;

-- name: guided_turn(edition id, id id) one
SELECT {guided} FROM turn WHERE turn.edition = $edition AND turn.id = $id;
