-- compatible: 1
-- Who people are, how they come in, what they may do, and the mail that waits to be sent.

CREATE TABLE person (
    id            id   NOT NULL PRIMARY KEY,
    name          text NOT NULL PERSONAL person_inactive_plus_2_years,
    email         text PERSONAL person_inactive_plus_2_years, -- as typed, domain in small letters
    email_folded  text PERSONAL person_inactive_plus_2_years, -- small letters, what is compared
    phone         text PERSONAL person_inactive_plus_2_years,
    language      text NOT NULL, -- pl en uk
    password_hash text, -- Argon2id, with its parameters
    created_ms    int  NOT NULL,
    version       int  NOT NULL
) FAMILY person ROOM account;
CREATE UNIQUE INDEX person_by_email ON person (email_folded);

-- What a person may do: a role (route.h's bit) in a scope. Scope 0 is the installation; otherwise the
-- series, edition or organisation the role is for.
CREATE TABLE role_grant (
    person     id  NOT NULL REFERENCES person (id),
    role       int NOT NULL,
    scope      id  NOT NULL,
    granted_ms int NOT NULL,
    ends_ms    int,
    PRIMARY KEY (person, role, scope)
) FAMILY person ROOM account;
CREATE INDEX role_grant_by_scope ON role_grant (scope, role);

CREATE TABLE session (
    token_hash bytes NOT NULL PRIMARY KEY, -- BLAKE2b of the cookie's secret
    id         id    NOT NULL,
    person     id    NOT NULL REFERENCES person (id),
    created_ms int   NOT NULL,
    seen_ms    int   NOT NULL,
    expires_ms int   NOT NULL
) FAMILY person ROOM account LOCAL;
CREATE INDEX session_by_person ON session (person);

-- A mailed link that waits. It takes a button press; opened in another browser than it was asked from
-- it shows the code, to be typed where one began.
CREATE TABLE sign_in (
    id          id    NOT NULL PRIMARY KEY,
    token_hash  bytes NOT NULL,
    code_hash   bytes NOT NULL,
    began_hash  bytes NOT NULL, -- of the browser's own secret, from its cookie
    person      id    NOT NULL REFERENCES person (id),
    goes_to     text  NOT NULL, -- path of ours
    created_ms  int   NOT NULL,
    expires_ms  int   NOT NULL,
    tries       int   NOT NULL,
    used_ms     int
) FAMILY person ROOM account LOCAL;
CREATE UNIQUE INDEX sign_in_by_token ON sign_in (token_hash);
CREATE INDEX sign_in_by_began ON sign_in (began_hash);

-- The one-time link with which the first coordinator sets up; gone when somebody has.
CREATE TABLE setup (
    token_hash bytes NOT NULL PRIMARY KEY,
    created_ms int   NOT NULL
) FAMILY installation ROOM account LOCAL;

-- An address to come back to that needs no e-mail: /s/SECRET, on a card with its QR, used many times.
CREATE TABLE card (
    secret_hash bytes NOT NULL PRIMARY KEY,
    id          id    NOT NULL,
    person      id    NOT NULL REFERENCES person (id),
    goes_to     text  NOT NULL,
    made_ms     int   NOT NULL,
    ends_ms     int   NOT NULL,
    used_ms     int,
    revoked_ms  int
) FAMILY person ROOM account LOCAL;
CREATE INDEX card_by_person ON card (person);

-- A consent is purpose, exact text, time and channel, and can be withdrawn.
CREATE TABLE consent (
    id           id   NOT NULL PRIMARY KEY,
    person       id   NOT NULL REFERENCES person (id),
    purpose      text NOT NULL, -- directory, invitations, photos
    wording      text NOT NULL, -- the exact words that were agreed to
    edition      id,
    given_ms     int  NOT NULL,
    channel      text NOT NULL, -- form, paper, import
    withdrawn_ms int
) FAMILY person ROOM account;
CREATE INDEX consent_by_person ON consent (person);

-- Mail that waits for a sender. Written in the same transaction as what it tells of.
CREATE TABLE outbox (
    id          id   NOT NULL PRIMARY KEY,
    kind        text NOT NULL, -- sign_in, service, invitation
    edition     id,
    person      id,
    to_address  text NOT NULL PERSONAL sent_plus_90_days,
    to_name     text NOT NULL PERSONAL sent_plus_90_days,
    language    text NOT NULL,
    subject     text NOT NULL,
    body        text NOT NULL PERSONAL sent_plus_90_days,
    state       text NOT NULL, -- waiting, shown (no SMTP set: read by a coordinator on a page), sent, failed
    created_ms  int  NOT NULL,
    expires_ms  int, -- not worth sending after this
    tries       int  NOT NULL,
    last_error  text
) FAMILY installation ROOM jobs LOCAL;
CREATE INDEX outbox_by_state ON outbox (state, created_ms);
CREATE INDEX outbox_by_edition ON outbox (edition, created_ms);
