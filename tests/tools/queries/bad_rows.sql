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
