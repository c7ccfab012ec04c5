-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- What is kept about people, who looked at it, and what went; notes and persons in charge.

-- The words the program suggests are kept too, once somebody has signed up under them: what they were told stays.
ALTER TABLE notice ADD COLUMN is_suggested bool NOT NULL DEFAULT 0;

-- What the daily job removed because its time was over: how many and of what kind, nothing of what they held. A row
-- with an empty kind says that it was done.
CREATE TABLE expired (
    id     id   NOT NULL PRIMARY KEY,
    at_ms  int  NOT NULL,
    kind   text NOT NULL, -- '' letters "audit details" people signup.access_needs, …
    amount int  NOT NULL
) FAMILY installation ROOM privacy LOCAL;

-- What coordinators write down about a sign-up, each with who and when: a history that nobody overwrites.
CREATE TABLE signup_note (
    edition id   NOT NULL,
    id      id   NOT NULL,
    signup  id   NOT NULL,
    kind    text NOT NULL, -- note rung nobody_there
    author  id,
    at_ms   int  NOT NULL,
    words   text NOT NULL PERSONAL edition_end_plus_2_years,
    PRIMARY KEY (edition, id),
    FOREIGN KEY (edition, signup) REFERENCES signup (edition, id)
) FAMILY edition ROOM signups;
CREATE INDEX signup_note_of ON signup_note (edition, signup, id);

-- Who of the team looks after it.
ALTER TABLE signup ADD COLUMN in_charge id;
