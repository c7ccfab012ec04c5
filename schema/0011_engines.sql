-- compatible: 11
-- SPDX-License-Identifier: EUPL-1.2
-- What many nodes on one store need: no row that all of them write.

-- How often each part of an edition's public face has changed, counted by each writer in a row of its own: the
-- version of a part is their sum. Edition 0 is the installation's own.
DROP TABLE change;
CREATE TABLE change (
    edition id  NOT NULL,
    part    int NOT NULL,
    node    int NOT NULL,
    version int NOT NULL,
    PRIMARY KEY (edition, part, node)
) FAMILY edition ROOM store LOCAL;

-- What is asked for by more than there are places: who goes through a gate has it alone until the COMMIT.
CREATE TABLE gate (
    edition id  NOT NULL,
    gate    id  NOT NULL,
    passes  int NOT NULL,
    PRIMARY KEY (edition, gate)
) FAMILY edition ROOM store LOCAL;
