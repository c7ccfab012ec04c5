-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- Letters that take the place of one that waits, answers that were read, and an index that is right on the day it is
-- read. A program of before writes and reads its own part of these rows.

-- The day that goes along tells where somebody was: it is kept as long as the letter is.
ALTER TABLE outbox MARK COLUMN calendar PERSONAL sent_plus_90_days;
-- What it tells of ("access:01abc…"): a later one about the same takes the place of one that has not been tried yet.
-- NULL: each stands for itself.
ALTER TABLE outbox ADD COLUMN about text;
CREATE INDEX outbox_by_about ON outbox (about);

ALTER TABLE ask ADD COLUMN seen_ms int; -- when a coordinator said that they have read the answer

-- The last month in which it counts as there for the first time, "2027-06"; '' where it does not.
ALTER TABLE directory_row ADD COLUMN first_until text NOT NULL DEFAULT '';
ALTER TABLE directory_row ADD COLUMN made_by int NOT NULL DEFAULT 0; -- how it was made (directory.h): another is made again

-- What the nodes of one store agree by on a key that is in none of its rows (platform/account/rates.h).
CREATE TABLE rate_node (
    node       int   NOT NULL PRIMARY KEY,
    minute     int   NOT NULL, -- when it was there last
    public_key bytes NOT NULL,
    key_number int   NOT NULL, -- of the key it has, or that is sealed for it; 0: none yet
    sealed     bytes           -- that key, for this node alone to open; NULL: it made the key itself
) FAMILY installation ROOM account LOCAL;
