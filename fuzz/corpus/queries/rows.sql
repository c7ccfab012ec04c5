-- SPDX-License-Identifier: EUPL-1.2
-- Rows that would be left over, or be meant by a name of something else.

-- row: idle
--!^ no query gives the row idle
turn.id;
-- row: place
turn.id, turn.title;
-- name: place() many
--!^ a row is called place already
SELECT {place} FROM turn;
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
