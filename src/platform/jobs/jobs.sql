-- name: add(message id, kind text, edition id?, person id?, to_address text, to_name text, language text, subject text, body text, now_ms int, expires_ms int?) exec
INSERT INTO outbox (id, kind, edition, person, to_address, to_name, language, subject, body, state, created_ms, expires_ms,
    tries, last_error)
VALUES ($message, $kind, $edition, $person, $to_address, $to_name, $language, $subject, $body, 'waiting', $now_ms,
    $expires_ms, 0, NULL);

-- row: entry
-- What a list shows; a letter's words are read with the letter.
outbox.id, outbox.to_address, outbox.to_name, outbox.subject, outbox.state, outbox.created_ms;

-- name: list(edition id, most int) many
SELECT {entry} FROM outbox
WHERE edition = $edition AND kind <> 'sign_in' ORDER BY id DESC LIMIT $most;

-- name: list_all(most int) many
SELECT {entry} FROM outbox
WHERE kind <> 'sign_in' ORDER BY id DESC LIMIT $most;

-- name: get(edition id, message id) one
SELECT {entry}, outbox.body FROM outbox
WHERE id = $message AND edition = $edition AND kind <> 'sign_in';

-- name: waiting_sign_ins(now_ms int, most int) many
-- Sign-in messages that nothing has sent: for the terminal, where it may show them.
SELECT {entry}, outbox.body FROM outbox
WHERE state = 'waiting' AND kind = 'sign_in' AND (expires_ms IS NULL OR expires_ms > $now_ms)
ORDER BY id LIMIT $most;

-- name: leave(message id, state text, now_ms int) exec
UPDATE outbox SET state = $state, sent_ms = $now_ms, left_ms = $now_ms WHERE id = $message;

-- name: forget(message id, state text, now_ms int) exec
-- A sign-in message that was shown leaves no secret behind.
UPDATE outbox SET state = $state, body = '', subject = '', sent_ms = $now_ms, left_ms = $now_ms WHERE id = $message;

-- name: give_up(before_ms int, reason text, most int) exec
-- What could not leave in all that time is not worth sending any more.
UPDATE outbox SET state = 'failed', last_error = $reason, left_ms = created_ms
WHERE id IN (SELECT late.id FROM outbox late WHERE late.state = 'waiting' AND late.created_ms <= $before_ms ORDER BY late.id LIMIT $most);

-- name: written_to(person id, since_ms int) one
SELECT COUNT(*) AS "count:int" FROM outbox WHERE person = $person AND created_ms > $since_ms AND kind = 'service';

-- name: expire(before_ms int, most int) exec
-- To whom it went and what it said; that there was a letter stays.
UPDATE outbox SET to_address = '', to_name = '', body = '', person = NULL, left_ms = NULL
WHERE id IN (SELECT old.id FROM outbox old WHERE old.left_ms <= $before_ms ORDER BY old.left_ms NULLS LAST, old.id LIMIT $most);

-- name: letters_to(person id, most int) many
-- What was written to somebody, the newest first; of a sign-in message not the secret in it.
SELECT id, edition, to_address, to_name, subject, CASE WHEN kind = 'sign_in' THEN '' ELSE body END AS "body:text",
    state, created_ms
FROM outbox
WHERE person = $person ORDER BY created_ms DESC, id DESC LIMIT $most;

-- name: remove_waiting_to(person id) exec
-- What waits is not sent any more.
DELETE FROM outbox WHERE person = $person AND state = 'waiting';

-- name: erase_to(person id) exec
UPDATE outbox SET to_address = '', to_name = '', body = '', person = NULL, left_ms = NULL WHERE person = $person;

-- name: remove_waiting_to_in(person id, editions id[]) exec
DELETE FROM outbox WHERE person = $person AND edition IN ($editions[]) AND state = 'waiting';

-- name: erase_to_in(person id, editions id[]) exec
UPDATE outbox SET to_address = '', to_name = '', body = '', person = NULL, left_ms = NULL
WHERE person = $person AND edition IN ($editions[]);

-- ---- jobs ---------------------------------------------------------------------------------------

-- name: job(name text) one
SELECT taken, lease_ms, due_ms FROM job WHERE name = $name;

-- name: take_job(name text, taken int, lease_ms int) exec
-- taken: as it was read; 0 where there was no row. Changes none where another was faster.
INSERT INTO job (name, taken, lease_ms, due_ms) VALUES ($name, 1, $lease_ms, 0)
ON CONFLICT (name) DO UPDATE SET taken = job.taken + 1, lease_ms = $lease_ms WHERE job.taken = $taken;

-- name: finish_job(name text, taken int, due_ms int) exec
UPDATE job SET lease_ms = 0, due_ms = $due_ms WHERE name = $name AND taken = $taken;
