-- name: add(message id, kind text, edition id?, person id?, to_address text, to_name text, language text, subject text, body text, now_ms int, expires_ms int?, from_name text?, reply_to text?, calendar text?, unsubscribe text?, mailing id?, state text, due_ms int?, about text?) exec
INSERT INTO outbox (id, kind, edition, person, to_address, to_name, language, subject, body, state, created_ms, expires_ms,
    tries, last_error, from_name, reply_to, calendar, unsubscribe, mailing, due_ms, about)
VALUES ($message, $kind, $edition, $person, $to_address, $to_name, $language, $subject, $body, $state, $now_ms,
    $expires_ms, 0, NULL, $from_name, $reply_to, $calendar, $unsubscribe, $mailing, $due_ms, $about);

-- name: untried_about(about text, to_address text) one
-- The letter that a later one about the same replaces.
SELECT id, created_ms, unsure_ms FROM outbox
WHERE about = $about AND to_address = $to_address AND state IN ('waiting', 'later', 'held') AND tries = 0
ORDER BY id DESC LIMIT 1;

-- name: replace_letter(message id, language text, to_name text, subject text, body text, from_name text?, reply_to text?, calendar text?, due_ms int) exec
-- One that is held for a right address goes on being held.
UPDATE outbox SET language = $language, to_name = $to_name, subject = $subject, body = $body, from_name = $from_name,
    reply_to = $reply_to, calendar = $calendar, state = CASE WHEN state = 'held' THEN 'held' ELSE 'later' END,
    due_ms = $due_ms
WHERE id = $message AND state IN ('waiting', 'later', 'held');

-- name: remove_untried(message id) exec
DELETE FROM outbox WHERE id = $message AND state IN ('waiting', 'later', 'held') AND tries = 0;

-- name: take_back(about text) exec
DELETE FROM outbox WHERE about = $about AND state IN ('waiting', 'later', 'held') AND tries = 0;

-- row: entry
-- What a list shows; a letter's words are read with the letter.
outbox.id, outbox.to_address, outbox.to_name, outbox.subject, outbox.state, outbox.created_ms, outbox.sent_ms,
outbox.tries, outbox.tried_ms, outbox.due_ms, outbox.unsure_ms, outbox.last_error, outbox.handed_by;

-- row: letter
-- What a letter is made of.
outbox.id, outbox.kind, outbox.to_address, outbox.to_name, outbox.language, outbox.subject, outbox.body,
outbox.created_ms, outbox.queued_ms, outbox.expires_ms, outbox.tries, outbox.from_name, outbox.reply_to,
outbox.calendar, outbox.unsubscribe;

-- name: about(about text) many
SELECT {entry} FROM outbox WHERE about = $about ORDER BY outbox.to_address, outbox.id DESC;

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

-- name: hand_on(message id, edition id, by id, now_ms int) exec
-- One that a worker has in hand, or that has ended, is none any more to hand on.
UPDATE outbox SET state = 'handed_on', handed_by = $by, sent_ms = $now_ms, left_ms = $now_ms, due_ms = NULL
WHERE id = $message AND edition = $edition AND kind <> 'sign_in' AND state IN ('waiting', 'later', 'held');

-- name: to_hand(edition id, most int) many
-- What a coordinator without a mail server has to hand on, the oldest first.
SELECT {letter}, outbox.mailing FROM outbox
WHERE edition = $edition AND state IN ('waiting', 'later') AND kind <> 'sign_in' ORDER BY id LIMIT $most;

-- name: forget(message id, state text, now_ms int) exec
-- A sign-in message that was shown leaves no secret behind.
UPDATE outbox SET state = $state, body = '', subject = '', sent_ms = $now_ms, left_ms = $now_ms WHERE id = $message;

-- name: give_up(before_ms int, reason text, most int) exec
-- What could not leave in all that time is not worth sending any more.
UPDATE outbox SET state = 'failed', last_error = $reason, left_ms = created_ms
WHERE id IN (SELECT late.id FROM outbox late
    WHERE late.state IN ('waiting', 'later', 'held') AND late.created_ms <= $before_ms ORDER BY late.id LIMIT $most);

-- name: written_to(person id, since_ms int) one
SELECT COUNT(*) AS "count:int" FROM outbox WHERE person = $person AND created_ms > $since_ms AND kind = 'service';

-- name: expire(before_ms int, most int) exec
-- To whom it went and what it said; that there was a letter stays.
UPDATE outbox SET to_address = '', to_name = '', body = '', person = NULL, left_ms = NULL, unsubscribe = NULL,
    calendar = NULL, last_error = CASE WHEN state = 'failed' THEN last_error END
WHERE id IN (SELECT old.id FROM outbox old WHERE old.left_ms <= $before_ms ORDER BY old.left_ms NULLS LAST, old.id LIMIT $most);

-- ---- sending (mail_queue.h) ----------------------------------------------------------------------

-- name: next_letters(kind text, most int) many
-- Those of their kind that have waited longest.
SELECT {letter} FROM outbox WHERE state = 'waiting' AND kind = $kind ORDER BY id LIMIT $most;

-- name: waits(state text) one
-- A letter in that state, if there is any.
SELECT id FROM outbox WHERE state = $state ORDER BY created_ms LIMIT 1;

-- name: next_due() one
-- When the next of those that were tried is due.
SELECT due_ms FROM outbox WHERE state = 'later' AND due_ms IS NOT NULL ORDER BY due_ms NULLS FIRST LIMIT 1;

-- name: due_again(now_ms int, most int) exec
-- What was put off until now waits again.
UPDATE outbox SET state = 'waiting', due_ms = NULL WHERE id IN (
    SELECT late.id FROM outbox late WHERE late.state = 'later' AND late.due_ms <= $now_ms
    ORDER BY late.due_ms NULLS FIRST LIMIT $most);

-- name: give_up_old(state text, before_ms int, now_ms int, reason text, most int) exec
-- What has tried to leave since before that.
UPDATE outbox SET state = 'given_up', last_error = $reason, due_ms = NULL, left_ms = $now_ms WHERE id IN (
    SELECT late.id FROM outbox late WHERE late.state = $state AND late.created_ms <= $before_ms
    AND (late.queued_ms IS NULL OR late.queued_ms <= $before_ms) ORDER BY late.created_ms LIMIT $most);

-- name: lost_in_hand(now_ms int, due_ms int, reason text) exec
-- Nobody has a letter in hand any more: who had it is gone, and whether it left is not known.
UPDATE outbox SET state = 'later', due_ms = $due_ms, tried_ms = $now_ms, unsure_ms = $now_ms, last_error = $reason
WHERE state = 'sending';

-- name: never_in_hand() exec
-- The same where it is known that none of them was begun.
UPDATE outbox SET state = 'waiting' WHERE state = 'sending';

-- name: take_letters(messages id[]) exec
UPDATE outbox SET state = 'sending' WHERE id IN ($messages[]) AND state = 'waiting';

-- name: not_begun(messages id[]) exec
-- They were in hand, and the mail server never heard of them. Who was erased meanwhile is written to no more.
UPDATE outbox SET state = CASE WHEN to_address = '' THEN 'given_up' ELSE 'waiting' END
WHERE id IN ($messages[]) AND state = 'sending';

-- name: in_hand(message id) one
-- In hand, or taken for lost while it was.
SELECT to_address, tries FROM outbox WHERE id = $message AND (state = 'sending' OR (state = 'later' AND unsure_ms IS NOT NULL));

-- name: letter_address(message id) one
-- To whom it goes by what stands there now; '' where that was erased while it was in hand.
SELECT to_address FROM outbox WHERE id = $message;

-- name: put_back(message id, now_ms int, tries int, reply text) exec
-- The server could not be reached: nothing was wrong with the letter.
UPDATE outbox SET state = 'waiting', tried_ms = $now_ms, tries = $tries, last_error = $reply WHERE id = $message AND state = 'sending';

-- name: put_off(message id, now_ms int, due_ms int, unsure_ms int?, reply text) exec
UPDATE outbox SET state = 'later', tries = tries + 1, tried_ms = $now_ms, due_ms = $due_ms,
    unsure_ms = COALESCE($unsure_ms, unsure_ms),
    last_error = $reply
WHERE id = $message AND state = 'sending';

-- name: end_letter(message id, state text, now_ms int, sent_ms int?, reply text?) exec
-- It has left, or never will. Whoever declared it lost meanwhile was wrong.
UPDATE outbox SET state = $state, tries = tries + 1, tried_ms = $now_ms, sent_ms = $sent_ms, left_ms = $now_ms,
    due_ms = NULL, last_error = $reply
WHERE id = $message AND state IN ('sending', 'later', 'waiting');

-- name: forget_words(message id) exec
-- What let somebody in leaves nothing behind.
UPDATE outbox SET body = '', subject = '' WHERE id = $message AND kind = 'sign_in';

-- name: send_again(message id, edition id, now_ms int) exec
UPDATE outbox SET state = 'waiting', queued_ms = $now_ms, tries = 0, due_ms = NULL, left_ms = NULL
WHERE id = $message AND edition = $edition AND body <> '' AND kind <> 'sign_in'
    AND state IN ('later', 'refused', 'given_up', 'failed', 'held', 'came_back');

-- name: refuse_address(address text, now_ms int, reply text) exec
INSERT INTO mail_refusal (address, at_ms, reply) VALUES ($address, $now_ms, $reply)
ON CONFLICT (address) DO UPDATE SET at_ms = $now_ms, reply = $reply;

-- name: refuse_by_hand(address text, now_ms int, by id) exec
INSERT INTO mail_refusal (address, at_ms, reply, by_hand) VALUES ($address, $now_ms, '', $by)
ON CONFLICT (address) DO UPDATE SET at_ms = $now_ms, by_hand = $by;

-- name: accept_address(address text) exec
-- Its mail server took a letter. That tells nothing where letters were taken before and came back.
DELETE FROM mail_refusal WHERE address = $address AND by_hand IS NULL;

-- name: forget_address(address text) exec
DELETE FROM mail_refusal WHERE address = $address;

-- name: refusal(address text) one
SELECT at_ms, reply, by_hand FROM mail_refusal WHERE address = $address;

-- name: came_back(message id, edition id) exec
UPDATE outbox SET state = 'came_back'
WHERE id = $message AND edition = $edition AND kind <> 'sign_in' AND state IN ('sent', 'handed_on') AND to_address <> '';

-- name: addresses_waiting(most int) many
SELECT id, to_address FROM outbox WHERE state IN ('waiting', 'later') AND kind <> 'sign_in' ORDER BY id LIMIT $most;

-- name: addresses_held(most int) many
SELECT id, to_address FROM outbox WHERE state = 'held' ORDER BY id LIMIT $most;

-- name: hold(messages id[]) exec
-- There is a word that their address is none.
UPDATE outbox SET state = 'held', due_ms = NULL WHERE id IN ($messages[]) AND state IN ('waiting', 'later');

-- name: release(messages id[], now_ms int) exec
UPDATE outbox SET state = 'waiting', queued_ms = $now_ms WHERE id IN ($messages[]) AND state = 'held';

-- name: held_to(edition id, person id) many
-- What goes on to somebody else: an invitation is of who agreed to it, and so is its way out.
SELECT id, body FROM outbox
WHERE person = $person AND edition = $edition AND state = 'held' AND kind = 'service' ORDER BY id;

-- name: redirect(messages id[], person id, to_address text, to_name text, now_ms int) exec
UPDATE outbox SET person = $person, to_address = $to_address, to_name = $to_name, state = 'waiting', queued_ms = $now_ms
WHERE id IN ($messages[]) AND state = 'held';

-- name: expire_refusals(before_ms int, most int) exec
DELETE FROM mail_refusal WHERE address IN (
    SELECT old.address FROM mail_refusal old WHERE old.at_ms <= $before_ms ORDER BY old.at_ms LIMIT $most);

-- name: worker() one
SELECT sent_ms, failing_ms, trouble, reply FROM mail_worker WHERE name = 'mail';

-- name: worker_sent(now_ms int) exec
INSERT INTO mail_worker (name, sent_ms, failing_ms, trouble, reply) VALUES ('mail', $now_ms, NULL, '', '')
ON CONFLICT (name) DO UPDATE SET sent_ms = $now_ms, failing_ms = NULL, trouble = '', reply = '';

-- name: worker_reached() exec
-- The server answers, whatever it said to the letter.
UPDATE mail_worker SET failing_ms = NULL, trouble = '', reply = '' WHERE name = 'mail' AND failing_ms IS NOT NULL;

-- name: worker_fails(now_ms int, trouble text, reply text) exec
INSERT INTO mail_worker (name, sent_ms, failing_ms, trouble, reply) VALUES ('mail', NULL, $now_ms, $trouble, $reply)
ON CONFLICT (name) DO UPDATE SET failing_ms = COALESCE(mail_worker.failing_ms, $now_ms), trouble = $trouble,
    reply = $reply;

-- name: oldest_waiting() one
SELECT COALESCE(queued_ms, created_ms) AS "since_ms:int" FROM outbox WHERE state = 'waiting' ORDER BY created_ms LIMIT 1;

-- row: letter_to
-- Of a sign-in message not the secret in it.
outbox.id, outbox.edition, outbox.to_address, outbox.to_name, outbox.subject,
CASE WHEN outbox.kind = 'sign_in' THEN '' ELSE outbox.body END AS "body:text",
COALESCE(outbox.unsubscribe, '') AS "unsubscribe:text", COALESCE(outbox.calendar, '') AS "calendar:text", outbox.state,
outbox.created_ms;

-- name: letters_to(person id, most int) many
-- What was written to somebody, the newest first.
SELECT {letter_to} FROM outbox
WHERE outbox.person = $person ORDER BY outbox.created_ms DESC, outbox.id DESC LIMIT $most;

-- name: letters_to_in(person id, editions id[], most int) many
-- The same of these editions alone.
SELECT {letter_to} FROM outbox
WHERE outbox.person = $person AND outbox.edition IN ($editions[])
ORDER BY outbox.created_ms DESC, outbox.id DESC LIMIT $most;

-- name: remove_waiting_to(person id) exec
-- What waits is not sent any more.
DELETE FROM outbox WHERE person = $person AND state IN ('waiting', 'later', 'held');

-- name: erase_to(person id) exec
UPDATE outbox SET to_address = '', to_name = '', subject = '', body = '', person = NULL, left_ms = NULL,
    unsubscribe = NULL, last_error = NULL, calendar = NULL
WHERE person = $person;

-- name: remove_waiting_to_in(person id, editions id[]) exec
DELETE FROM outbox WHERE person = $person AND edition IN ($editions[]) AND state IN ('waiting', 'later', 'held');

-- name: erase_to_in(person id, editions id[]) exec
UPDATE outbox SET to_address = '', to_name = '', subject = '', body = '', person = NULL, left_ms = NULL,
    unsubscribe = NULL, last_error = NULL, calendar = NULL
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

-- name: renew_job(name text, taken int, lease_ms int) exec
UPDATE job SET lease_ms = $lease_ms WHERE name = $name AND taken = $taken;

-- name: free_job(name text) exec
-- Whoever took it is gone for certain.
UPDATE job SET lease_ms = 0 WHERE name = $name;

-- name: free_job_of(name text, taken int) exec
-- Of who took it then.
UPDATE job SET lease_ms = 0 WHERE name = $name AND taken = $taken;
