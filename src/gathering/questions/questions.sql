-- SPDX-License-Identifier: EUPL-1.2
-- ---- questions ------------------------------------------------------------------------------------

-- name: questions(edition id) many
-- In the order they are asked in.
SELECT id, kind, label_pl, label_en, label_uk, hint_pl, hint_en, hint_uk, is_required, due_ms, shown_question,
    shown_answer, version
FROM question WHERE edition = $edition ORDER BY position, id;

-- name: choices(edition id) many
-- Of all questions, with how many organisations that may still come have chosen each.
SELECT question_choice.id, question_choice.question, question_choice.label_pl, question_choice.label_en,
    question_choice.label_uk, question_choice.places, question_choice.version, COALESCE(held.taken, 0) AS "taken:int"
FROM question_choice LEFT JOIN (
    SELECT answer_pick.choice, COUNT(*) AS taken
    FROM answer_pick JOIN signup ON signup.edition = answer_pick.edition
        AND signup.organisation = answer_pick.organisation
    WHERE answer_pick.edition = $edition AND signup.state IN ('new', 'accepted', 'waiting')
    GROUP BY answer_pick.choice) AS held ON held.choice = question_choice.id
WHERE question_choice.edition = $edition
ORDER BY question_choice.question, question_choice.position, question_choice.id;

-- name: add(edition id, question id, kind text, label_pl text, label_en text, label_uk text, hint_pl text, hint_en text, hint_uk text, is_required bool, due_ms int?, shown_question id?, shown_answer text) exec
INSERT INTO question (edition, id, position, kind, label_pl, label_en, label_uk, hint_pl, hint_en, hint_uk, is_required,
    due_ms, shown_question, shown_answer, version)
SELECT $edition, $question, (SELECT COALESCE(MAX(position), 0) + 1 FROM question WHERE edition = $edition), $kind,
    $label_pl, $label_en, $label_uk, $hint_pl, $hint_en, $hint_uk, $is_required, $due_ms, $shown_question,
    $shown_answer, 1
FROM edition WHERE id = $edition;

-- name: update(edition id, question id, version int, label_pl text, label_en text, label_uk text, hint_pl text, hint_en text, hint_uk text, is_required bool, due_ms int?, shown_question id?, shown_answer text) exec
UPDATE question SET label_pl = $label_pl, label_en = $label_en, label_uk = $label_uk, hint_pl = $hint_pl,
    hint_en = $hint_en, hint_uk = $hint_uk, is_required = $is_required, due_ms = $due_ms,
    shown_question = $shown_question, shown_answer = $shown_answer, version = version + 1
WHERE edition = $edition AND id = $question AND version = $version;

-- name: set_position(edition id, question id, position int) exec
UPDATE question SET position = $position WHERE edition = $edition AND id = $question;

-- name: remove(edition id, question id, version int) exec
DELETE FROM question WHERE edition = $edition AND id = $question AND version = $version;

-- name: touch(edition id, question id, version int) exec
UPDATE question SET version = version + 1 WHERE edition = $edition AND id = $question AND version = $version;

-- name: ask_everybody(edition id, question id) exec
UPDATE question SET shown_question = NULL, shown_answer = '', version = version + 1
WHERE edition = $edition AND shown_question = $question;

-- name: ask_everybody_of_choice(edition id, question id, choice text) exec
UPDATE question SET shown_question = NULL, shown_answer = '', version = version + 1
WHERE edition = $edition AND shown_question = $question AND shown_answer = $choice;

-- name: add_choice(edition id, choice id, question id, label_pl text, label_en text, label_uk text, places int?) exec
INSERT INTO question_choice (edition, id, question, position, label_pl, label_en, label_uk, places, version)
SELECT $edition, $choice, $question, (SELECT COALESCE(MAX(position), 0) + 1 FROM question_choice
    WHERE edition = $edition AND question = $question), $label_pl, $label_en, $label_uk, $places, 1
FROM question WHERE edition = $edition AND id = $question;

-- name: update_choice(edition id, choice id, version int, label_pl text, label_en text, label_uk text, places int?) exec
UPDATE question_choice SET label_pl = $label_pl, label_en = $label_en, label_uk = $label_uk, places = $places,
    version = version + 1
WHERE edition = $edition AND id = $choice AND version = $version;

-- name: remove_choice(edition id, choice id, version int) exec
DELETE FROM question_choice WHERE edition = $edition AND id = $choice AND version = $version;

-- name: remove_choices(edition id, question id) exec
DELETE FROM question_choice WHERE edition = $edition AND question = $question;

-- ---- answers --------------------------------------------------------------------------------------

-- row: answer
answer.organisation, answer.question, answer.words, answer.file_type, answer.file_size, answer.file_hash,
answer.version;

-- row: pick
answer_pick.organisation, answer_pick.question, answer_pick.choice;

-- name: answers_of(edition id, organisation id) many
SELECT {answer} FROM answer WHERE edition = $edition AND organisation = $organisation ORDER BY organisation, question;

-- name: picks_of(edition id, organisation id) many
SELECT {pick} FROM answer_pick WHERE edition = $edition AND organisation = $organisation
ORDER BY organisation, question, choice;

-- name: answers_to(edition id, question id) many
SELECT {answer} FROM answer WHERE edition = $edition AND question = $question ORDER BY organisation, question;

-- name: picks_to(edition id, question id) many
SELECT {pick} FROM answer_pick WHERE edition = $edition AND question = $question
ORDER BY organisation, question, choice;

-- name: answers_all(edition id) many
SELECT {answer} FROM answer WHERE edition = $edition ORDER BY organisation, question;

-- name: picks_all(edition id) many
SELECT {pick} FROM answer_pick WHERE edition = $edition ORDER BY organisation, question, choice;

-- name: add_answer(edition id, organisation id, question id, words text, file_type text, file_size int, file_hash text, now_ms int) exec
INSERT INTO answer (edition, organisation, question, words, file_type, file_size, file_hash, answered_ms, version)
VALUES ($edition, $organisation, $question, $words, $file_type, $file_size, $file_hash, $now_ms, 1)
ON CONFLICT (edition, organisation, question) DO NOTHING;

-- name: update_answer(edition id, organisation id, question id, version int, words text, file_type text, file_size int, file_hash text, now_ms int) exec
UPDATE answer SET words = $words, file_type = $file_type, file_size = $file_size, file_hash = $file_hash,
    answered_ms = $now_ms, version = version + 1
WHERE edition = $edition AND organisation = $organisation AND question = $question AND version = $version;

-- name: remove_answers(edition id, question id) exec
DELETE FROM answer WHERE edition = $edition AND question = $question;

-- name: add_pick(edition id, organisation id, question id, choice id) exec
INSERT INTO answer_pick (edition, organisation, question, choice)
VALUES ($edition, $organisation, $question, $choice) ON CONFLICT (edition, organisation, question, choice) DO NOTHING;

-- name: clear_picks(edition id, organisation id, question id) exec
DELETE FROM answer_pick WHERE edition = $edition AND organisation = $organisation AND question = $question;

-- name: remove_picks(edition id, question id) exec
DELETE FROM answer_pick WHERE edition = $edition AND question = $question;

-- name: remove_picks_of_choice(edition id, question id, choice id) exec
DELETE FROM answer_pick WHERE edition = $edition AND question = $question AND choice = $choice;

-- name: free_picks(edition id, question id) exec
-- Of those who do not come, and have asked for places that others want now.
DELETE FROM answer_pick WHERE edition = $edition AND question = $question AND EXISTS (
    SELECT 1 FROM signup WHERE signup.edition = answer_pick.edition
        AND signup.organisation = answer_pick.organisation AND signup.state IN ('declined', 'withdrawn'));

-- name: dependants(edition id, question id) many
SELECT id, shown_answer FROM question WHERE edition = $edition AND shown_question = $question ORDER BY id;

-- name: free_unasked(edition id, question id, other id, words text, choice id) exec
-- Of those of whom it is not asked: they have not answered the other one so. Words empty: it is a choice that counts.
DELETE FROM answer_pick WHERE edition = $edition AND question = $question
    AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.edition = answer_pick.edition
        AND answer.organisation = answer_pick.organisation AND answer.question = $other
        AND answer.words = $words AND answer.words <> '')
    AND NOT EXISTS (SELECT 1 FROM answer_pick AS other_pick WHERE other_pick.edition = answer_pick.edition
        AND other_pick.organisation = answer_pick.organisation AND other_pick.question = $other
        AND other_pick.choice = $choice);

-- name: taken(edition id, question id) many
-- By others; whoever they are.
SELECT choice, COUNT(*) AS "count:int" FROM answer_pick
WHERE edition = $edition AND question = $question GROUP BY choice ORDER BY choice;

-- name: drop_answer(edition id, organisation id, question id) exec
DELETE FROM answer WHERE edition = $edition AND organisation = $organisation AND question = $question;

-- name: file_bytes(edition id) one
SELECT CAST(COALESCE(SUM(file_size), 0) AS BIGINT) AS "sum:int" FROM answer WHERE edition = $edition;

-- name: move_answers(edition id, organisation id, target id) exec
UPDATE answer SET organisation = $target WHERE edition = $edition AND organisation = $organisation;

-- name: move_picks(edition id, organisation id, target id) exec
UPDATE answer_pick SET organisation = $target WHERE edition = $edition AND organisation = $organisation;

-- name: counted(edition id) many
-- How many organisations that may still come have answered each.
SELECT answer.question, COUNT(*) AS "count:int"
FROM answer JOIN signup ON signup.edition = answer.edition AND signup.organisation = answer.organisation
WHERE answer.edition = $edition AND signup.state IN ('new', 'accepted', 'waiting')
    AND (answer.words <> '' OR EXISTS (SELECT 1 FROM answer_pick WHERE answer_pick.edition = answer.edition
        AND answer_pick.organisation = answer.organisation AND answer_pick.question = answer.question))
GROUP BY answer.question ORDER BY answer.question;

-- name: signups(edition id) many
-- Whom it is asked of.
SELECT signup.organisation, signup.id, signup.state, organisation.name
FROM signup JOIN organisation ON organisation.id = signup.organisation
WHERE signup.edition = $edition AND signup.state IN ('new', 'accepted', 'waiting')
ORDER BY organisation.name_sort, organisation.id;

-- name: mine(edition id, organisation id) many
-- For "my gathering", in one: what is asked and what was answered, a row for each choice, of who may still come.
SELECT question.id, question.kind, question.due_ms, question.shown_question, question.shown_answer,
    COALESCE(answer.words, '') AS "words:text", COALESCE(answer.file_hash, '') AS "file_hash:text",
    answer_pick.choice AS "choice:id?"
FROM question
JOIN signup ON signup.edition = question.edition AND signup.organisation = $organisation
    AND signup.state IN ('new', 'accepted', 'waiting')
LEFT JOIN answer ON answer.edition = question.edition AND answer.organisation = $organisation
    AND answer.question = question.id
LEFT JOIN answer_pick ON answer_pick.edition = question.edition AND answer_pick.organisation = $organisation
    AND answer_pick.question = question.id
WHERE question.edition = $edition
ORDER BY question.position, question.id, answer_pick.choice NULLS LAST;

-- name: signup_of(edition id, organisation id) one
SELECT id, state FROM signup WHERE edition = $edition AND organisation = $organisation;

-- ---- files ----------------------------------------------------------------------------------------

-- name: hash_is_used(edition id, hash text) one
SELECT COUNT(*) AS "count:int" FROM answer WHERE edition = $edition AND file_hash = $hash;

-- name: add_chunk(edition id, hash text, position int, content bytes) exec
INSERT INTO answer_chunk (edition, hash, position, content) VALUES ($edition, $hash, $position, $content)
ON CONFLICT (edition, hash, position) DO UPDATE SET content = $content;

-- name: chunks(edition id, hash text) many
SELECT content FROM answer_chunk WHERE edition = $edition AND hash = $hash ORDER BY position;

-- name: remove_chunks(edition id, hash text) exec
DELETE FROM answer_chunk WHERE edition = $edition AND hash = $hash;

-- name: file_hashes(edition id, question id) many
SELECT DISTINCT file_hash FROM answer WHERE edition = $edition AND question = $question AND file_hash <> ''
ORDER BY file_hash;

-- ---- what is personal -----------------------------------------------------------------------------

-- name: personal(person id, series id) many
-- Answers of the organisations whose contact somebody is; series 0: everywhere.
SELECT answer.edition, answer.organisation, answer.question, answer.words, answer.file_hash, answer.answered_ms,
    question.label_pl, question.label_en, question.label_uk
FROM signup JOIN edition ON edition.id = signup.edition
JOIN answer ON answer.edition = signup.edition AND answer.organisation = signup.organisation
JOIN question ON question.edition = answer.edition AND question.id = answer.question
WHERE signup.contact = $person AND ($series = 0 OR edition.series = $series)
ORDER BY answer.edition, answer.organisation, answer.question;

-- name: erase_answer(edition id, organisation id, question id) exec
-- What was chosen stays: it is counted.
UPDATE answer SET words = '', file_type = '', file_size = 0, file_hash = '', version = version + 1
WHERE edition = $edition AND organisation = $organisation AND question = $question;

-- ---- into the next edition ------------------------------------------------------------------------

-- name: copy_question(source id, question id, target id, made id, due_ms int?, shown_question id?, shown_answer text) exec
INSERT INTO question (edition, id, position, kind, label_pl, label_en, label_uk, hint_pl, hint_en, hint_uk, is_required,
    due_ms, shown_question, shown_answer, version)
SELECT $target, $made, position, kind, label_pl, label_en, label_uk, hint_pl, hint_en, hint_uk, is_required, $due_ms,
    $shown_question, $shown_answer, 1
FROM question WHERE edition = $source AND id = $question;

-- name: copy_choice(source id, choice id, target id, made id, question id) exec
INSERT INTO question_choice (edition, id, question, position, label_pl, label_en, label_uk, places, version)
SELECT $target, $made, $question, position, label_pl, label_en, label_uk, places, 1
FROM question_choice WHERE edition = $source AND id = $choice;
