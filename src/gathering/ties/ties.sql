-- name: met_before(series id, edition id) many
-- Pairs that met in another edition of the series.
SELECT DISTINCT meeting_held.lower, meeting_held.higher
FROM meeting_held JOIN edition ON edition.id = meeting_held.edition
WHERE edition.series = $series AND edition.id <> $edition
ORDER BY meeting_held.lower, meeting_held.higher;

-- name: met_in(edition id) many
SELECT lower, higher, round FROM meeting_held WHERE edition = $edition ORDER BY round, lower, higher;

-- name: remove(edition id, lower id, higher id) exec
DELETE FROM meeting_held WHERE edition = $edition AND lower = $lower AND higher = $higher;

-- name: add(edition id, lower id, higher id, round int, now_ms int) exec
-- A pair that met twice on one day has met: the first time stays.
INSERT INTO meeting_held (edition, lower, higher, round, at_ms) VALUES ($edition, $lower, $higher, $round, $now_ms)
ON CONFLICT (edition, lower, higher) DO NOTHING;
