-- compatible: 13
-- SPDX-License-Identifier: EUPL-1.2
-- Letters leave by SMTP (src/platform/jobs/mailer.h). A program of before works on: what it writes waits like the rest.

-- waiting, sending (a worker has it in hand), later (tried; again at due_ms), sent, refused (by the server, for good),
-- given_up (too old, or tried for days), shown, failed (never left in the time for which letters are kept).
ALTER TABLE outbox ADD COLUMN queued_ms int; -- since when it has tried to leave; NULL: since it was written
ALTER TABLE outbox ADD COLUMN tried_ms int;  -- when it was tried last
ALTER TABLE outbox ADD COLUMN due_ms int;    -- of later: when it is tried again
ALTER TABLE outbox ADD COLUMN unsure_ms int; -- when the server's last word was lost: it may have arrived; NULL: never
ALTER TABLE outbox ADD COLUMN from_name text; -- whose letter it is: the organiser's name
ALTER TABLE outbox ADD COLUMN reply_to text;  -- who reads the answers
ALTER TABLE outbox ADD COLUMN calendar text;  -- a calendar that goes along (RFC 5545)
ALTER TABLE outbox ADD COLUMN unsubscribe text PERSONAL sent_plus_90_days; -- of an invitation: the address that ends them
DROP INDEX outbox_by_kind;
CREATE INDEX outbox_by_turn ON outbox (state, kind, id);
CREATE INDEX outbox_by_due ON outbox (state, due_ms);

-- An address that a mail server refused for good.
CREATE TABLE mail_refusal (
    address text NOT NULL PRIMARY KEY PERSONAL sent_plus_90_days,
    at_ms   int  NOT NULL,
    reply   text NOT NULL
) FAMILY installation ROOM jobs LOCAL;
CREATE INDEX mail_refusal_by_age ON mail_refusal (at_ms);

-- How it goes with the worker that sends; one row.
CREATE TABLE mail_worker (
    name       text NOT NULL PRIMARY KEY, -- mail
    sent_ms    int, -- when a letter left last
    failing_ms int, -- since when none can leave; NULL: it goes well
    trouble    text NOT NULL, -- what is in the way (mail_reply.h), or ''
    reply      text NOT NULL  -- in the words of the server or the library
) FAMILY installation ROOM jobs LOCAL;
