-- compatible: 13
-- SPDX-License-Identifier: EUPL-1.2
-- What addresses have used of a minute's changes, told between the nodes of a server (src/platform/account/rates.h).

-- used: so many in that minute of Unix time, counted by the node, a number it takes at its start. key is a keyed hash of
-- the address; rows go two minutes later.
CREATE TABLE rate_use (
    minute int NOT NULL,
    node   int NOT NULL,
    key    int NOT NULL,
    used   int NOT NULL,
    PRIMARY KEY (minute, node, key)
) FAMILY installation ROOM account LOCAL;
