-- SPDX-License-Identifier: EUPL-1.2
-- name: of(subjects id[]) many
SELECT subject, field, language, words, original, origin, version FROM text_other WHERE subject IN ($subjects[])
ORDER BY subject, field, language;

-- name: add(subject id, field text, language text, words text, original int, origin text) exec
INSERT INTO text_other (subject, field, language, words, original, origin, version)
VALUES ($subject, $field, $language, $words, $original, $origin, 1)
ON CONFLICT (subject, field, language) DO NOTHING;

-- name: update(subject id, field text, language text, version int, words text, original int, origin text) exec
UPDATE text_other SET words = $words, original = $original, origin = $origin, version = version + 1
WHERE subject = $subject AND field = $field AND language = $language AND version = $version;

-- name: remove(subject id) exec
DELETE FROM text_other WHERE subject = $subject;
