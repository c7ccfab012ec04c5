-- SPDX-License-Identifier: EUPL-1.2
-- For the sqlite3 shell: fills a fresh data file with some $megabytes MB of invented rows: organisations, editions,
-- sign-ups, what they seek and give, who sat with whom, and the record of who did what.
PRAGMA synchronous = OFF;
PRAGMA cache_size = -200000;
BEGIN;
CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);
INSERT INTO n WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 100000) SELECT i FROM c;
INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, created_ms, version)
VALUES (1, 'wiele', 'Wiele spotkań', '', '', '', '', 'pl', 0, 0, 1);
INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, nip, public_benefit, district, words, is_listed,
    created_ms, version)
SELECT i, 'Stowarzyszenie ' || i, CAST('stowarzyszenie ' || i AS BLOB), 'stowarzyszenie ' || i, 'association',
    CASE WHEN i % 3 THEN printf('%010d', i) END, i % 2, NULL,
    'Zażółć gęślą jaźń: co robimy, dla kogo i z kim, od ' || i || ' lat.', 1, i, 1 FROM n WHERE i <= 100 * $megabytes;
INSERT INTO edition (id, series, slug, number, title, words, state, date, zone, reported_on, reported_in, created_ms,
    version)
SELECT i, 1, 'e' || i, i, 'Spotkanie ' || i, '', 'archived', '2026-06-11', 'Europe/Warsaw', '', '', i, 1
FROM n WHERE i <= 14 * $megabytes;
INSERT INTO signup (edition, id, organisation, state, source, people, first_time, remarks, staff_notes, access_needs,
    reason, submitted_ms, version)
SELECT e.i, e.i * 1000 + o.i, (e.i * 37 + o.i) % (100 * $megabytes) + 1, 'accepted', 'form', o.i % 9, o.i % 2,
    'Przyjdziemy z rodzinami, nie wcześniej niż o 10.', '', '', '', e.i, 1
FROM n e, n o WHERE e.i <= 14 * $megabytes AND o.i <= 70;
INSERT INTO exchange (edition, id, organisation, side, kind, words, position)
SELECT e.i, e.i * 1000 + o.i, (e.i * 37 + o.i % 70) % (100 * $megabytes) + 1, CASE o.i % 2 WHEN 0 THEN 'need' ELSE 'offer' END,
    'space', 'Szukamy sali na próby, raz w tygodniu, wieczorem.', o.i
FROM n e, n o WHERE e.i <= 14 * $megabytes AND o.i <= 300;
INSERT INTO round_plan SELECT i, 1, 'held', 6, 5, 14, i, 8, 2, 100, 120, 0, 900, NULL, 3, 7, i, NULL, 1
FROM n WHERE i <= 14 * $megabytes;
INSERT INTO seat (edition, plan, round, organisation, table_number)
SELECT e.i, 1, o.i % 6 + 1, (e.i * 37 + o.i / 6) % (100 * $megabytes) + 1, o.i % 14 + 1
FROM n e, n o WHERE e.i <= 14 * $megabytes AND o.i < 420;
INSERT INTO audit (id, at_ms, person, edition, action, subject)
SELECT e.i * 1000 + o.i, e.i, NULL, e.i, 'signup.accept', e.i * 1000 + o.i
FROM n e, n o WHERE e.i <= 14 * $megabytes AND o.i <= 300;
COMMIT;
