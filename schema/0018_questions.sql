-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- What an edition asks beside what every sign-up tells, and what it leaves out; confirming again; signing up late.

-- A question of a coordinator's own. Its words in up to three languages; '' where not told.
CREATE TABLE question (
    edition        id   NOT NULL REFERENCES edition (id),
    id             id   NOT NULL,
    position       int  NOT NULL,
    kind           text NOT NULL, -- line text number choice several yes_no date file
    label_pl       text NOT NULL,
    label_en       text NOT NULL,
    label_uk       text NOT NULL,
    hint_pl        text NOT NULL,
    hint_en        text NOT NULL,
    hint_uk        text NOT NULL,
    is_required    bool NOT NULL,
    due_ms         int, -- the midnight that ends the last day for an answer
    shown_question id,  -- asked only where this one was answered so
    shown_answer   text NOT NULL, -- 'yes', 'no', or the id of a choice; '' where it is always asked
    version        int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM questions;

CREATE TABLE question_choice (
    edition  id   NOT NULL,
    id       id   NOT NULL,
    question id   NOT NULL,
    position int  NOT NULL,
    label_pl text NOT NULL,
    label_en text NOT NULL,
    label_uk text NOT NULL,
    places   int, -- how many organisations may choose it; NULL: any number
    version  int  NOT NULL,
    PRIMARY KEY (edition, id),
    FOREIGN KEY (edition, question) REFERENCES question (edition, id)
) FAMILY edition ROOM questions;
CREATE INDEX question_choice_of ON question_choice (edition, question);

-- One organisation's answer. Of a file: its name, with what it is and where its bytes are.
CREATE TABLE answer (
    edition      id    NOT NULL,
    organisation id    NOT NULL REFERENCES organisation (id),
    question     id    NOT NULL,
    words        text  NOT NULL PERSONAL edition_end_plus_90_days,
    file_type    text  NOT NULL, -- '' where it is no file
    file_size    int   NOT NULL,
    file_hash    text  NOT NULL, -- 64 hexadecimal digits (BLAKE2b-256)
    answered_ms  int   NOT NULL,
    version      int   NOT NULL,
    PRIMARY KEY (edition, organisation, question),
    FOREIGN KEY (edition, question) REFERENCES question (edition, id)
) FAMILY edition ROOM questions;
CREATE INDEX answer_to ON answer (edition, question);

CREATE TABLE answer_pick (
    edition      id NOT NULL,
    organisation id NOT NULL REFERENCES organisation (id),
    question     id NOT NULL,
    choice       id NOT NULL,
    PRIMARY KEY (edition, organisation, question, choice),
    FOREIGN KEY (edition, choice) REFERENCES question_choice (edition, id)
) FAMILY edition ROOM questions;
CREATE INDEX answer_pick_to ON answer_pick (edition, question);

-- Bytes of files, by a hash of the content and of whose answer it is.
CREATE TABLE answer_chunk (
    edition  id    NOT NULL REFERENCES edition (id),
    hash     text  NOT NULL,
    position int   NOT NULL,
    content  bytes PERSONAL edition_end_plus_90_days,
    PRIMARY KEY (edition, hash, position)
) FAMILY edition ROOM questions;

-- Of what every sign-up may tell, what this edition does not ask for.
CREATE TABLE signup_unasked (
    edition id   NOT NULL REFERENCES edition (id),
    field   text NOT NULL, -- words exchange access legal_form website district numbers remarks
    PRIMARY KEY (edition, field)
) FAMILY edition ROOM signups;

-- Asked of those who are accepted when the day or the place has changed, and when they said that they still come.
ALTER TABLE signup ADD COLUMN confirm_asked_ms int;
ALTER TABLE signup ADD COLUMN confirmed_ms int;

-- Links with which one may sign up though sign-up is closed.
CREATE TABLE signup_late (
    edition     id    NOT NULL REFERENCES edition (id),
    id          id    NOT NULL,
    secret_hash bytes NOT NULL,
    is_single   bool  NOT NULL,
    made_by     id    NOT NULL,
    made_ms     int   NOT NULL,
    ends_ms     int   NOT NULL,
    used        int   NOT NULL, -- sign-ups sent by it
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups LOCAL;
CREATE UNIQUE INDEX signup_late_by_secret ON signup_late (edition, secret_hash);
CREATE INDEX signup_late_by_end ON signup_late (ends_ms);
ALTER TABLE signup_draft ADD COLUMN late id;
