-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- Letters to many (src/gathering/mailing). A program of before leaves them alone.

CREATE TABLE mailing (
    edition    id   NOT NULL REFERENCES edition (id),
    id         id   NOT NULL,
    audience   text NOT NULL, -- accepted, dish, space:ID, … (room.h); invited:… of invitations
    subject_pl text NOT NULL, -- of a language not written both are ''
    words_pl   text NOT NULL,
    subject_en text NOT NULL,
    words_en   text NOT NULL,
    subject_uk text NOT NULL,
    words_uk   text NOT NULL,
    created_ms int  NOT NULL,
    sent_ms    int, -- NULL: a draft
    letters    int  NOT NULL, -- that were written when it was sent
    version    int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM mailing;

-- The address in a letter of invitation that ends them: whoever has it may do just that.
CREATE TABLE invitation_end (
    person id   NOT NULL REFERENCES person (id),
    series id   NOT NULL REFERENCES series (id),
    secret text NOT NULL,
    PRIMARY KEY (person, series)
) FAMILY person ROOM mailing;
CREATE UNIQUE INDEX invitation_end_by_secret ON invitation_end (secret);

CREATE INDEX consent_by_edition ON consent (edition, purpose);
