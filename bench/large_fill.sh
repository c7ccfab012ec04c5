#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fills a data file with as many editions as a country's: the demo edition over and over, seven to a series, each series
# with 70 organisations of its own, who come to every edition of it.
#   bench/large_fill.sh FILE [EDITIONS]       # FILE: of `wspolnie demo`, not served meanwhile; 10,000
# Editions stand at /s1/i … /s1/vii, /s2/i and so on; the last of a series is published, with open sign-ups behind it, the others are
# finished. Rows are written by the shell of sqlite3, from the tables as they are in the file: a new column needs nothing
# here, unless it names an organisation or a person.
set -euo pipefail
file=$1 editions=${2:-10000}
each=7
series=$(((editions + each - 1) / each))
ask() { sqlite3 "$file" "$1"; }

demo=$(ask "SELECT MAX(id) FROM edition WHERE id IN (SELECT edition FROM round_plan WHERE state = 'published')")
[ -n "$demo" ] || { echo "$file holds no demo gathering" >&2; exit 1; }

# Ids from here on are free in a file of the demo: those that the program makes begin far above.
organisation=1000000000000 edition=2000000000000 serie=3000000000000 person=4000000000000

# How a column is carried over: by its name. ranked is each organisation of the demo edition with its place among them,
# by id, so that what was the smaller id of two stays it.
carried() {
    case $1 in
    edition) echo "copy.edition" ;;
    organisation | lower | higher | offered_by | worst | scope | subject)
        echo "(SELECT $organisation + copy.first + place FROM ranked WHERE ranked.id = t.$1)" ;;
    who) echo "(SELECT $organisation + copy.first + place FROM ranked WHERE ranked.id = t.who)" ;;
    contact) echo "(SELECT $person + copy.first + place FROM ranked WHERE ranked.id = t.organisation)" ;;
    decided_by | published_by) echo "NULL" ;;
    *) echo "t.$1" ;;
    esac
}

copy_table() { # TABLE [CONDITION]
    local columns values= name
    columns=$(ask "SELECT group_concat(name, ' ') FROM pragma_table_info('$1')")
    for name in $columns; do values="$values${values:+, }$(carried "$name")"; done
    echo "INSERT INTO $1 (${columns// /, }) SELECT $values FROM copy, $1 t WHERE t.edition = $demo${2:+ AND $2};"
}

{
    cat <<SQL
PRAGMA synchronous = OFF;
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -400000;
PRAGMA foreign_keys = OFF;
CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);
INSERT INTO n WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < $editions) SELECT i FROM c;
CREATE TEMP TABLE ranked (id INTEGER PRIMARY KEY, place INTEGER);
INSERT INTO ranked SELECT organisation, ROW_NUMBER() OVER (ORDER BY organisation) - 1 FROM signup WHERE edition = $demo;
CREATE TEMP TABLE copy (edition INTEGER PRIMARY KEY, k INTEGER, first INTEGER);
INSERT INTO copy SELECT $edition + i, i, (i / $each) * (SELECT COUNT(*) FROM ranked) FROM n WHERE i < $editions;
BEGIN;
INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, created_ms, version)
SELECT $serie + n.i, 's' || (n.i + 1), 'Spotkania ' || (n.i + 1), s.words, s.organiser, s.phone, s.email, s.language, 1, s.created_ms, 1
FROM n, series s JOIN edition e ON e.series = s.id WHERE e.id = $demo AND n.i < $series;
INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, public_benefit, founded_year, district, website, words,
    is_listed, created_ms, version)
SELECT $organisation + n.i * (SELECT COUNT(*) FROM ranked) + r.place, o.name || ' ' || (n.i + 1),
    CAST(o.name_sort || ' ' || (n.i + 1) AS BLOB), o.name_folded || ' ' || (n.i + 1), o.legal_form, o.public_benefit, o.founded_year,
    o.district, o.website, o.words, o.is_listed, o.created_ms, 1
FROM n, ranked r JOIN organisation o ON o.id = r.id WHERE n.i < $series;
INSERT INTO organisation_profile (organisation, profile)
SELECT $organisation + n.i * (SELECT COUNT(*) FROM ranked) + r.place, p.profile
FROM n, ranked r JOIN organisation_profile p ON p.organisation = r.id WHERE n.i < $series;
INSERT INTO person (id, name, email, email_folded, phone, language, created_ms, version)
SELECT $person + n.i * (SELECT COUNT(*) FROM ranked) + r.place, 'Osoba ' || n.i || '/' || r.place,
    'osoba' || n.i || '.' || r.place || '@example.org', 'osoba' || n.i || '.' || r.place || '@example.org', NULL, 'pl', 0, 1
FROM n, ranked r WHERE n.i < $series;
INSERT INTO role_grant (person, role, scope, series, granted_ms, ends_ms)
SELECT $person + n.i * (SELECT COUNT(*) FROM ranked) + r.place, 512, $organisation + n.i * (SELECT COUNT(*) FROM ranked) + r.place,
    $serie + n.i, 0, NULL
FROM n, ranked r WHERE n.i < $series;
INSERT INTO role_grant (person, role, scope, series, granted_ms, ends_ms)
SELECT g.person, g.role, $serie + n.i, 0, g.granted_ms, NULL FROM n, role_grant g JOIN edition e ON g.scope = e.series
WHERE e.id = $demo AND n.i < $series AND n.i % 200 = 0; -- who coordinates does so for a few
SQL
    names=$(ask "SELECT group_concat(name, ', ') FROM pragma_table_info('edition') WHERE name NOT IN ('id', 'series', 'slug', 'number', 'title', 'state', 'created_ms')")
    echo "INSERT INTO edition (id, series, slug, number, title, state, created_ms, $names)
SELECT copy.edition, $serie + copy.k / $each, CASE copy.k % $each WHEN 0 THEN 'i' WHEN 1 THEN 'ii' WHEN 2 THEN 'iii' WHEN 3 THEN 'iv'
    WHEN 4 THEN 'v' WHEN 5 THEN 'vi' ELSE 'vii' END, copy.k % $each + 1, 'Spotkanie ' || (copy.k / $each + 1) || '/' || (copy.k % $each + 1),
    CASE WHEN copy.k % $each = $each - 1 THEN t.state ELSE 'finished' END, t.created_ms, $(echo "$names" | sed 's/\([a-z_]*\)/t.\1/g; s/t\.\([,]\)/\1/g; s/ t\. */ /g')
FROM copy, edition t WHERE t.id = $demo;"
    for table in venue space party contribution reported_figure reported_kind frame_section signup exchange guest item published_item \
        publication walk turn dish diet_count round_plan seat pair_reason; do
        copy_table "$table"
    done
    echo "INSERT INTO audit (id, at_ms, person, edition, action, subject)
SELECT copy.edition * 1000 + t.place, t.at_ms - (copy.k + 1) * 86400000, t.person, copy.edition, t.action, t.subject + copy.k + 1
FROM copy, (SELECT ROW_NUMBER() OVER (ORDER BY id) AS place, * FROM audit WHERE edition = $demo) t;
INSERT INTO consent (id, person, purpose, wording, edition, given_ms, channel, withdrawn_ms, subject)
SELECT copy.edition * 1000 + r.place, $person + copy.first + r.place, t.purpose, t.wording, copy.edition, t.given_ms, t.channel, t.withdrawn_ms,
    $organisation + copy.first + r.place
FROM copy, ranked r JOIN consent t ON t.subject = r.id AND t.edition = $demo WHERE copy.k % $each = 0;
COMMIT;
"
} >"$file.sql"
sqlite3 -bail "$file" ".read $file.sql" >/dev/null
rm "$file.sql"
ask "SELECT COUNT(*) || ' editions, ' || (SELECT COUNT(*) FROM organisation) || ' organisations, ' || (SELECT COUNT(*) FROM signup) || ' sign-ups, ' ||
    (SELECT COUNT(*) FROM seat) || ' seats' FROM edition"
