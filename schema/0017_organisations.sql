-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- What an organisation says of itself, the directory of a series, and organisations that turned out to be one. An older
-- program would leave in the directory what somebody took out of it.

-- ---- what it says of itself ----------------------------------------------------------------------

ALTER TABLE organisation ADD COLUMN parent_name text NOT NULL DEFAULT ''; -- the body it belongs to, as they write it

CREATE TABLE organisation_language (
    organisation id   NOT NULL REFERENCES organisation (id),
    language     text NOT NULL, -- kind language
    PRIMARY KEY (organisation, language)
) FAMILY organisation ROOM organisations;

INSERT INTO kind (list, code, position, name_pl, name_en, name_uk) VALUES
    ('language', 'pl', 1, 'polski', 'Polish', 'польська'),
    ('language', 'uk', 2, 'ukraiński', 'Ukrainian', 'українська'),
    ('language', 'en', 3, 'angielski', 'English', 'англійська'),
    ('language', 'be', 4, 'białoruski', 'Belarusian', 'білоруська'),
    ('language', 'ru', 5, 'rosyjski', 'Russian', 'російська'),
    ('language', 'de', 6, 'niemiecki', 'German', 'німецька'),
    ('language', 'pjm', 7, 'polski język migowy', 'Polish Sign Language', 'польська жестова мова'),
    ('language', 'other', 8, 'inny', 'another one', 'інша');

ALTER TABLE exchange ADD COLUMN quantity int; -- how many of what the words name; NULL: not told
ALTER TABLE exchange ADD COLUMN until_on text NOT NULL DEFAULT ''; -- the last day it holds, '2026-06-11'; '' for no end
ALTER TABLE exchange ADD COLUMN version int NOT NULL DEFAULT 1;

-- Found by any of its numbers.
CREATE INDEX organisation_by_regon ON organisation (regon);
CREATE INDEX organisation_by_krs ON organisation (krs);

-- ---- the directory of a series ---------------------------------------------------------------------

-- That an organisation stands in it, and what of it; a row stays when it was taken out, for its version.
CREATE TABLE directory_entry (
    organisation    id   NOT NULL REFERENCES organisation (id),
    series          id   NOT NULL REFERENCES series (id),
    id              id   NOT NULL, -- what the consent is about
    is_shown        bool NOT NULL,
    shows_words     bool NOT NULL,
    shows_website   bool NOT NULL,
    shows_exchanges bool NOT NULL, -- needs and offers
    shows_numbers   bool NOT NULL, -- NIP, REGON, KRS
    phone           text NOT NULL, -- for everybody to read; '' for none
    email           text NOT NULL,
    version         int  NOT NULL,
    PRIMARY KEY (organisation, series)
) FAMILY organisation ROOM directory;
CREATE UNIQUE INDEX directory_entry_by_id ON directory_entry (id);

-- Made from what is shown (src/gathering/directory/directory.h): not exported, and put back where it is missing.
CREATE TABLE directory_row (
    series       id    NOT NULL REFERENCES series (id),
    organisation id    NOT NULL REFERENCES organisation (id),
    name_sort    bytes NOT NULL,
    is_newcomer  bool  NOT NULL, -- there for the first time, in the latest edition it came to
    needs        text  NOT NULL, -- kinds, a space between them
    offers       text  NOT NULL,
    due_on       text, -- the first day on which something of it holds no longer
    PRIMARY KEY (series, organisation, name_sort) -- one of each; with its name, so that the index alone answers
) FAMILY organisation ROOM directory LOCAL;
CREATE INDEX directory_row_by_name ON directory_row (series, name_sort, organisation);
CREATE INDEX directory_row_by_due ON directory_row (due_on);

CREATE TABLE directory_term (
    series       id  NOT NULL REFERENCES series (id),
    term         int NOT NULL, -- of a stem, or of a kind
    organisation id  NOT NULL REFERENCES organisation (id),
    weight       int NOT NULL,
    PRIMARY KEY (series, term, organisation, weight) -- each term once; with its weight, so that the index alone answers
) FAMILY organisation ROOM directory LOCAL;
CREATE INDEX directory_term_of ON directory_term (organisation, series);
