-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- Letters that people hand on, that come back, or wait for a right address. A program of before sends what waits as
-- ever; it knows of no letter that is held, and leaves it.

-- More states: handed_on (by a coordinator: they say that it has left), came_back (somebody saw it come back), held
-- (there is a word that its address is none: it waits for a right one).
ALTER TABLE outbox ADD COLUMN handed_by id; -- which coordinator handed it on
ALTER TABLE outbox ADD COLUMN mailing id;   -- the letter to many that it is one of
ALTER TABLE mail_refusal ADD COLUMN by_hand id; -- which coordinator saw letters come back; NULL: a mail server said so
