-- SPDX-License-Identifier: EUPL-1.2
-- Given to the tool as of the room src, which is none.
--!0 no such room: src
-- name: turns() many
SELECT turn.titel FROM turn; --! what is no plain column of an inner table carries its type
