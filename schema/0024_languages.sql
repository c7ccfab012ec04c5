-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- Texts in several languages, the sign of a series, and how far a word of the directory's index is from what was typed.

-- What somebody wrote, in another language than it was written in (src/gathering/texts/texts.h). A text is told by what
-- it is a text of (an organisation, a need, an item, an edition: any row with an id) and which of its texts it is.
CREATE TABLE text_other (
    subject  id   NOT NULL,
    field    text NOT NULL, -- name title words
    language text NOT NULL, -- pl en uk, or uk-Latn for a name in Latin letters
    words    text NOT NULL, -- '' where there are none
    original int  NOT NULL, -- a hash of the words it was made from
    origin   text NOT NULL, -- none own volunteer refused
    version  int  NOT NULL,
    PRIMARY KEY (subject, field, language)
) FAMILY installation ROOM texts;

-- The language an organisation writes in; '' where it did not say.
ALTER TABLE organisation ADD COLUMN written_in text NOT NULL DEFAULT '';

-- Two forms stood under one word.
UPDATE kind SET name_uk = 'громадське об’єднання' WHERE list = 'legal_form' AND code = 'association' AND name_uk = 'товариство';
UPDATE kind SET name_uk = 'просте громадське об’єднання'
WHERE list = 'legal_form' AND code = 'ordinary_association' AND name_uk = 'просте товариство';
UPDATE kind SET name_uk = 'спілка громадських об’єднань'
WHERE list = 'legal_form' AND code = 'union' AND name_uk = 'спілка товариств';

-- The directory's index knows in which forms a word stands there, and is made anew. An older program writes none.
DROP TABLE directory_term;
CREATE TABLE directory_term (
    series       id  NOT NULL REFERENCES series (id),
    term         int NOT NULL, -- of a stem, of the beginning of a name's word, or of a kind
    organisation id  NOT NULL REFERENCES organisation (id),
    weight       int NOT NULL,
    forms        int NOT NULL DEFAULT 0, -- a bit for each form of the stem that stands there, by its hash
    PRIMARY KEY (series, term, organisation, weight, forms) -- each term once; with the rest, so that the index alone answers
) FAMILY organisation ROOM directory LOCAL;
CREATE INDEX directory_term_of ON directory_term (organisation, series);
DELETE FROM directory_row;

-- The logo of a series (editions/logo.h): its name is a hash of its bytes and says what they are; '' for none.
ALTER TABLE series ADD COLUMN logo text NOT NULL DEFAULT '';
ALTER TABLE series ADD COLUMN logo_width int NOT NULL DEFAULT 0; -- pixels
ALTER TABLE series ADD COLUMN logo_height int NOT NULL DEFAULT 0;
CREATE TABLE series_logo (
    series  id    NOT NULL PRIMARY KEY REFERENCES series (id),
    name    text  NOT NULL,
    content bytes NOT NULL
) FAMILY installation ROOM editions;
CREATE INDEX series_logo_by_name ON series_logo (name);
