-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- Two organisations that turned out to be one, and can be two again; those that were looked at and are two; and
-- invitations to act for one, which wait to be accepted.

ALTER TABLE organisation ADD COLUMN joined_into id; -- the one it is kept as; NULL: it stands for itself

-- Who joined which two, when, on the pages of which edition.
CREATE TABLE organisation_join (
    edition      id  NOT NULL REFERENCES edition (id),
    id           id  NOT NULL,
    organisation id  NOT NULL REFERENCES organisation (id), -- is kept as
    kept         id  NOT NULL REFERENCES organisation (id), -- this one
    joined_by    id,
    joined_ms    int NOT NULL,
    undone_by    id,
    undone_ms    int, -- NULL: it stands
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups;
CREATE INDEX organisation_join_of ON organisation_join (edition, organisation);

-- What was changed by it, value by value, in the order it was done (src/platform/store/moves.h).
CREATE TABLE organisation_join_cell (
    edition     id   NOT NULL,
    joining     id   NOT NULL,
    position    int  NOT NULL,
    table_name  text NOT NULL,
    row_key     text NOT NULL, -- as it is afterwards, a line for each column
    column_name text NOT NULL,
    before      text,
    after       text,
    PRIMARY KEY (edition, joining, position),
    FOREIGN KEY (edition, joining) REFERENCES organisation_join (edition, id)
) FAMILY edition ROOM signups;

-- Two that look alike, and somebody who knows said that they are two.
CREATE TABLE organisation_apart (
    edition id  NOT NULL REFERENCES edition (id), -- on whose pages it was said; it holds in the series
    lower   id  NOT NULL REFERENCES organisation (id), -- the smaller id of the two
    higher  id  NOT NULL REFERENCES organisation (id),
    said_by id,
    said_ms int NOT NULL,
    PRIMARY KEY (edition, lower, higher)
) FAMILY edition ROOM signups;

-- Asked to act for an organisation in the series: nothing is granted before they accept.
CREATE TABLE acting_invitation (
    edition      id    NOT NULL REFERENCES edition (id),
    id           id    NOT NULL,
    organisation id    NOT NULL REFERENCES organisation (id),
    person       id    NOT NULL REFERENCES person (id),
    invited_by   id,
    hands_over   bool  NOT NULL, -- the one who invites stops acting, and the invited is the contact, when it is accepted
    state        text  NOT NULL, -- waiting accepted declined withdrawn
    secret_hash  bytes NOT NULL, -- of the address in the letter, or behind the card
    invited_ms   int   NOT NULL,
    ends_ms      int   NOT NULL,
    answered_ms  int,
    version      int   NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups LOCAL;
CREATE UNIQUE INDEX acting_invitation_by_secret ON acting_invitation (edition, secret_hash);
CREATE INDEX acting_invitation_of ON acting_invitation (edition, organisation, id);
CREATE INDEX acting_invitation_to ON acting_invitation (person);
CREATE INDEX acting_invitation_by_end ON acting_invitation (ends_ms);
