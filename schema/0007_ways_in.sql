-- compatible: 5
-- SPDX-License-Identifier: EUPL-1.2
-- Guesses that are counted across restarts and servers, browsers that are known, and when a letter left.

-- Wrong passwords and codes. What is counted (an account; an account and a network; an account and a browser) stands
-- here as a hash alone, and for a day.
CREATE TABLE wrong_try (
    key_hash bytes NOT NULL PRIMARY KEY,
    tries    int   NOT NULL, -- as of last_ms
    last_ms  int   NOT NULL
) FAMILY installation ROOM account LOCAL;
CREATE INDEX wrong_try_by_age ON wrong_try (last_ms);

-- Browsers in which somebody has signed in: strangers' guesses do not make them wait.
CREATE TABLE known_browser (
    person       id    NOT NULL REFERENCES person (id),
    browser_hash bytes NOT NULL, -- of the browser's own secret, from its cookie
    seen_ms      int   NOT NULL,
    PRIMARY KEY (person, browser_hash)
) FAMILY person ROOM account LOCAL;
CREATE INDEX known_browser_by_age ON known_browser (seen_ms);

-- From here on a letter is kept for 90 days; of earlier ones it is not known when they left.
ALTER TABLE outbox ADD COLUMN sent_ms int;

-- Who did anything lately, and who is a contact still.
CREATE INDEX audit_by_person ON audit (person, at_ms);
CREATE INDEX signup_by_contact ON signup (contact);
