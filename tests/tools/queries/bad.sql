-- SPDX-License-Identifier: EUPL-1.2
-- What tools/queries refuses: each faulty line ends in its message, as read by test_queries.c.

SELECT id FROM turn; --! a statement needs its line -- name: above it

-- name: many
--!^ -- name: is followed by name(parameter type, …) and many, one or exec
SELECT turn.id FROM turn;
-- name: Turns() many
--!^ not fit to name a query: Turns
SELECT turn.id FROM turn;
-- name: twice() many
SELECT turn.id FROM turn;
-- name: twice() many
--!^ two queries are called twice
SELECT turn.id FROM turn;
-- name: kindless() all
--!^ a query ends with many, one or exec, not 'all'
SELECT turn.id FROM turn;
-- name: unknown_type(edition number) many
--!^ edition: not a type: 'number'
SELECT turn.id FROM turn WHERE turn.edition = $edition;
-- name: int_list(people int[]) many
--!^ people: a list is id[]
SELECT turn.id FROM turn WHERE turn.edition IN ($people[]);
-- name: same_parameter(edition id, edition id) many
--!^ two parameters are called edition
SELECT turn.id FROM turn WHERE turn.edition = $edition;
-- name: c_word(while id) many
--!^ not fit to name a parameter: while
SELECT turn.id FROM turn WHERE turn.edition = $while;
-- name: empty() many
--!^ no statement follows
-- name: unended() many
SELECT turn.id FROM turn --! a statement ends with ;
-- name: half_variant(edition id) many
--!^ a variant needs both --@sqlite and --@postgres
--@sqlite
SELECT turn.id FROM turn WHERE turn.edition = $edition;
-- name: remark() many
-- A comment */ of C
--!^ a remark becomes a comment in C
SELECT turn.id FROM turn;
-- name: unused(edition id) many
--!^ the parameter edition is not used
SELECT turn.id FROM turn;
-- name: undeclared() many
SELECT turn.id FROM turn
WHERE turn.edition = $edition; --! $edition is not declared
-- name: list_as_one(editions id[]) many
SELECT turn.id FROM turn WHERE turn.edition = $editions; --! a list is used as IN ($editions[])
-- name: one_as_list(edition id) many
SELECT turn.id FROM turn WHERE turn.edition IN ($edition[]); --! $edition is not declared as a list, id[]
-- name: drop() exec
DROP TABLE turn; --! a query is a SELECT, INSERT, UPDATE or DELETE, maybe after WITH
-- name: rows_of_exec() exec
--!^ it gives rows: write many or one, not exec
SELECT turn.id FROM turn;
-- name: no_rows(id id) one
--!^ it gives no rows: write exec, or RETURNING
DELETE FROM turn WHERE id = $id;

-- name: no_column() many
SELECT turn.id
FROM turn
WHERE turn.edition > 0 AND
      turn.titel = 'x'; --! no such column: turn.titel
-- name: no_table() many
SELECT x.id AS "id:id" FROM turm x; --! no such table: turm
-- name: star() many
SELECT turn.id, turn.* FROM turn; --! name the columns instead of *
-- name: untyped() many
SELECT turn.id,
       COUNT(booking.id) AS people --! what is no plain column of an inner table carries its type
FROM turn JOIN booking ON booking.turn = turn.id GROUP BY turn.id;
-- name: outer_untyped() many
SELECT booking.id,
       turn.title --! what is no plain column of an inner table carries its type
FROM booking LEFT OUTER JOIN turn ON booking.turn = turn.id;
-- name: outer_alias() many
SELECT b.id, t.title --! what is no plain column of an inner table carries its type
FROM booking b LEFT JOIN turn t ON b.turn = t.id;
-- name: compound() many
SELECT id FROM turn UNION SELECT places FROM turn; --! what is no plain column of an inner table carries its type
-- name: subquery() many
SELECT x.title FROM (SELECT t.title FROM booking b LEFT JOIN turn t ON b.turn = t.id) x; --! what is no plain column of an inner table carries its type
-- name: wrong_alias() many
SELECT turn.title AS "title:word" FROM turn; --! "title:word": not a type: 'word'
-- name: contradicting_alias() many
SELECT turn.title AS "title:int" FROM turn; --! title is text in the schema
-- name: quoted_alias() many
SELECT turn.title AS "title" FROM turn; --! names are not quoted
-- name: inner_alias() many
SELECT x.n AS "n:int" FROM (SELECT COUNT(*) AS "n:int" FROM turn) x; --! names are not quoted
-- name: same_column() many
SELECT turn.id, booking.id FROM turn JOIN booking ON booking.turn = turn.id; --! two columns are called id
-- name: c_column() many
SELECT turn.id AS long FROM turn; --! not fit to name a field in C: long
-- name: brackets() many
SELECT booking.id FROM (booking JOIN turn ON booking.turn = turn.id); --! write joins without parentheses
--!^ what is no plain column of an inner table carries its type

-- name: reads_above() many
SELECT value FROM figure; --! figure belongs to the room report: walks may not read it
-- name: reads_above_inside() many
SELECT turn.id FROM turn WHERE EXISTS
    (SELECT 1 FROM figure WHERE figure.edition = turn.edition); --! figure belongs to the room report: walks may not read it
-- name: writes_below(id id) exec
UPDATE organisation SET active = 0 WHERE id = $id; --! organisation belongs to the room organisations: walks may not change it

-- name: casts() many
SELECT turn.id::text AS "id:text" FROM turn; --! ::: write CAST
-- name: iifs() many
SELECT iif(turn.closed = 1, 1, 0) AS "closed:int" FROM turn; --! iif: write CASE WHEN
-- name: now() many
SELECT turn.id FROM turn WHERE turn.starts_ms > unixepoch(); --! unixepoch: time comes as a parameter
-- name: json() many
SELECT json_extract(turn.title, '$.x') AS "x:text" FROM turn; --! json_extract: keep what is asked for in columns
-- name: group_concats() many
SELECT group_concat(turn.title) AS "x:text" FROM turn; --! group_concat: give the rows and join them in C
-- name: two_maxes() many
SELECT max(turn.starts_ms, turn.id) AS "x:int" FROM turn; --! max: with two arguments: write CASE WHEN
-- name: likes(word text) many
SELECT turn.id FROM turn WHERE turn.title LIKE $word; --! LIKE: search a folded column with instr
-- name: sums() one
SELECT SUM(people) AS "x:int" FROM booking; --! SUM: has another type in each engine
-- name: replaces() exec
INSERT OR REPLACE INTO turn (id, edition, title, starts_ms) VALUES (1, 2, '', 3); --! INSERT OR: write INSERT … ON CONFLICT
--!^ REPLACE: write INSERT … ON CONFLICT
-- name: nameless() exec
INSERT INTO turn VALUES (1); --! INSERT INTO a table: name the columns
-- name: incomplete(id id) exec
INSERT INTO turn (id, edition, title) VALUES ($id, $id, 'x'); --! no value for starts_ms, which is NOT NULL
-- name: hiding() many
WITH ids AS (SELECT 1 AS n),
     turn (id) AS (SELECT 2) --! turn is a table: call the WITH otherwise
SELECT turn.id FROM turn, ids;
-- name: lowers() many
SELECT turn.id FROM turn WHERE lower(turn.title) = 'x'; --! lower: fold in C
-- name: blobs() many
SELECT turn.id FROM turn WHERE turn.title = x'00'; --! x '…': bytes come as a parameter
-- name: null_or(guide text?) many
SELECT turn.id FROM turn WHERE $guide IS NULL OR turn.guide = $guide; --! guide IS NULL OR …: write two queries
-- name: is_value() many
SELECT turn.id FROM turn WHERE turn.guide IS 'x'; --! IS something: write =, or IS NOT DISTINCT FROM
-- name: flag() many
SELECT turn.id FROM turn WHERE turn.edition = 1 AND NOT turn.closed; --! closed is no condition: write = 1 or = 0
-- name: flag_inside() many
SELECT turn.id FROM turn WHERE (closed OR turn.id = 1); --! closed is no condition: write = 1 or = 0
-- name: null_order() many
SELECT turn.id FROM turn ORDER BY turn.starts_ms,
    turn.places DESC; --! places may be NULL: say NULLS FIRST or NULLS LAST
-- name: null_order_by_name() many
SELECT t.id, b.people AS "people:int?" FROM turn t LEFT JOIN booking b ON b.turn = t.id ORDER BY people; --! people may be NULL
-- name: ungrouped() many
SELECT turn.id, turn.title, COUNT(*) AS "n:int" FROM turn GROUP BY turn.id; --! title is selected but not grouped by
-- name: ungrouped_at_all() many
SELECT turn.id, COUNT(*) AS "n:int" FROM turn; --! id is selected but not grouped by
-- name: right_join() many
SELECT turn.id FROM booking RIGHT JOIN turn ON booking.turn = turn.id; --! RIGHT JOIN: turn it round
-- name: comma_limit() many
SELECT turn.id FROM turn LIMIT 1, 2; --! LIMIT with a comma: write LIMIT … OFFSET
-- name: brace() many
SELECT turn.id FROM turn WHERE turn.id = (1; --! a '(' before this ';' is not closed
--!^ incomplete input

-- ---- rows that several queries give ----------------------------------------------------------------

-- row: While
--!^ not fit to name a row: While
turn.id;
-- row: empty_row
--!^ no items follow
;
-- row: unclosed
turn.id --! the items of a row end with ;
-- row: seat
turn.id, turn.title;
-- row: seat
--!^ two rows are called seat
turn.id;
-- row: broken
turn.id, turn.titel; --! turn…: what is no plain column
-- name: gives_broken() many
SELECT {broken} FROM turn;
-- name: no_such_row() many
SELECT {seats} FROM turn; --! no row above is called seats
-- name: open_brace() many
SELECT {seat FROM turn; --! a row is meant by {name}
-- name: row_elsewhere() many
SELECT turn.id FROM turn WHERE {seat} = 1; --! {seat} stands among the items of a SELECT
-- name: twice_the_row() many
--!^ {seat} gives two columns of one name
SELECT {seat}, {seat} FROM turn;
-- name: row_comes_again() many
--!^ two columns are called seat
SELECT {seat}, turn.guide, {seat} FROM turn;
-- name: member_taken() many
--!^ two columns are called seat
SELECT {seat}, COUNT(*) OVER () AS "seat:int" FROM turn;
