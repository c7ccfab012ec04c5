-- compatible: 13
-- SPDX-License-Identifier: EUPL-1.2
-- What a space offers and how one gets about in it, what to know about a house, and what was asked of the host or asked
-- for to take part, with the answer. And the look of a series: its accent colour and its languages.

ALTER TABLE venue ADD COLUMN load_in text NOT NULL DEFAULT ''; -- house facts, for those who work there
ALTER TABLE venue ADD COLUMN keys text NOT NULL DEFAULT '';
ALTER TABLE venue ADD COLUMN wifi text NOT NULL DEFAULT '';
ALTER TABLE venue ADD COLUMN exits text NOT NULL DEFAULT '';
ALTER TABLE venue ADD COLUMN first_aid text NOT NULL DEFAULT '';
ALTER TABLE venue ADD COLUMN on_duty text NOT NULL DEFAULT '' PERSONAL edition_end_plus_90_days;

ALTER TABLE space ADD COLUMN equipment text NOT NULL DEFAULT '';
ALTER TABLE space ADD COLUMN power text NOT NULL DEFAULT '';
ALTER TABLE space ADD COLUMN uses text NOT NULL DEFAULT ''; -- what it could be used for
ALTER TABLE space ADD COLUMN has_toilet bool NOT NULL DEFAULT 0; -- one for wheelchairs
ALTER TABLE space ADD COLUMN has_loop bool NOT NULL DEFAULT 0;
ALTER TABLE space ADD COLUMN is_quiet bool NOT NULL DEFAULT 0;
ALTER TABLE space ADD COLUMN takes_dogs bool NOT NULL DEFAULT 0;
ALTER TABLE space ADD COLUMN interpreter_until text NOT NULL DEFAULT ''; -- the last day to book one (PJM), '' where there is none

-- Asked of the host by coordinators (kind host), or by who takes part for their access (kind access; written when it is
-- answered, with the words it answers).
CREATE TABLE ask (
    edition      id   NOT NULL REFERENCES edition (id),
    id           id   NOT NULL,
    kind         text NOT NULL, -- host access
    subject      id, -- what it is about: a space, an item, a walk, a sign-up; NULL: the whole gathering
    words        text NOT NULL PERSONAL edition_end_plus_90_days,
    asked_ms     int  NOT NULL,
    answer       text NOT NULL, -- '' yes no instead
    answer_words text NOT NULL PERSONAL edition_end_plus_90_days,
    answer_name  text NOT NULL PERSONAL edition_end_plus_90_days, -- who answered
    answered_ms  int,
    version      int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM editions;
CREATE INDEX ask_by_subject ON ask (edition, subject);

ALTER TABLE series ADD COLUMN accent text NOT NULL DEFAULT ''; -- "b8460e", checked for contrast; '' for the usual one
ALTER TABLE series ADD COLUMN languages text NOT NULL DEFAULT ''; -- "pl uk": in which its pages come; '' for all
