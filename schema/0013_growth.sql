-- compatible: 13
-- SPDX-License-Identifier: EUPL-1.2
-- What keeps every query as quick among a country's organisations as among a city's.

-- How an organisation is found by a name that is like its own (src/gathering/organisations/name_keys.h). Made from the
-- names: not exported, and put back where they are missing.
CREATE TABLE organisation_name_key (
    key          int NOT NULL,
    organisation id  NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (key, organisation)
) FAMILY organisation ROOM organisations LOCAL;
CREATE INDEX organisation_name_key_of ON organisation_name_key (organisation);

-- Since when the time runs for which what is personal in a letter is kept; NULL while it waits, and when it is gone.
ALTER TABLE outbox ADD COLUMN left_ms int;
UPDATE outbox SET left_ms = COALESCE(sent_ms, created_ms)
WHERE state <> 'waiting' AND (to_address <> '' OR to_name <> '' OR body <> '');
CREATE INDEX outbox_by_left ON outbox (left_ms);

CREATE INDEX session_by_end ON session (expires_ms);
CREATE INDEX card_by_end ON card (ends_ms);
CREATE INDEX signup_draft_by_end ON signup_draft (expires_ms);
CREATE INDEX import_sheet_by_age ON import_sheet (created_ms);
