-- SPDX-License-Identifier: EUPL-1.2
-- compatible: 1
-- A small schema for the tests of tools/queries.
CREATE TABLE organisation (
    id      id   PRIMARY KEY,
    name    text NOT NULL,
    active  bool NOT NULL DEFAULT 1,
    logo    bytes,
    area_m2 real
) FAMILY organisation ROOM organisations;

CREATE TABLE edition (
    id        id   PRIMARY KEY,
    host      id   NOT NULL REFERENCES organisation (id),
    starts_ms int  NOT NULL
) FAMILY edition ROOM editions;

CREATE TABLE turn (
    edition     id   NOT NULL REFERENCES edition (id),
    id          id   NOT NULL,
    title       text NOT NULL,
    starts_ms   int  NOT NULL,
    guide       text,
    guide_phone text PERSONAL edition_end_plus_90_days,
    closed      bool NOT NULL DEFAULT 0,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM walks;

CREATE TABLE booking (
    edition id  NOT NULL REFERENCES edition (id),
    id      id  NOT NULL,
    turn    id  NOT NULL,
    people  int NOT NULL CHECK (people > 0),
    PRIMARY KEY (edition, id),
    FOREIGN KEY (edition, turn) REFERENCES turn (edition, id)
) FAMILY edition ROOM walks;
CREATE INDEX booking_turn ON booking (edition, turn);
