-- ---- entries --------------------------------------------------------------------------------------

-- name: entry(organisation id, series id) one
SELECT id, is_shown, shows_words, shows_website, shows_exchanges, shows_numbers, phone, email, version
FROM directory_entry WHERE organisation = $organisation AND series = $series;

-- name: place_of_entry(entry id) one
SELECT organisation, series FROM directory_entry WHERE id = $entry;

-- name: add_entry(organisation id, series id, entry id, is_shown bool, shows_words bool, shows_website bool, shows_exchanges bool, shows_numbers bool, phone text, email text) exec
INSERT INTO directory_entry (organisation, series, id, is_shown, shows_words, shows_website, shows_exchanges,
    shows_numbers, phone, email, version)
VALUES ($organisation, $series, $entry, $is_shown, $shows_words, $shows_website, $shows_exchanges, $shows_numbers,
    $phone, $email, 1)
ON CONFLICT (organisation, series) DO NOTHING;

-- name: update_entry(organisation id, series id, version int, is_shown bool, shows_words bool, shows_website bool, shows_exchanges bool, shows_numbers bool, phone text, email text) exec
UPDATE directory_entry SET is_shown = $is_shown, shows_words = $shows_words, shows_website = $shows_website,
    shows_exchanges = $shows_exchanges, shows_numbers = $shows_numbers, phone = $phone, email = $email,
    version = version + 1
WHERE organisation = $organisation AND series = $series AND version = $version;

-- name: series_of(organisation id) many
SELECT series FROM directory_entry WHERE organisation = $organisation ORDER BY series;

-- ---- the index ------------------------------------------------------------------------------------

-- name: clear_row(series id, organisation id) exec
DELETE FROM directory_row WHERE series = $series AND organisation = $organisation;

-- name: add_row(series id, organisation id, name_sort bytes, is_newcomer bool, first_until text, made_by int, needs text, offers text, due_on text?) exec
-- is_newcomer: for a program of before.
INSERT INTO directory_row (series, organisation, name_sort, is_newcomer, first_until, made_by, needs, offers, due_on)
VALUES ($series, $organisation, $name_sort, $is_newcomer, $first_until, $made_by, $needs, $offers, $due_on);

-- name: clear_terms(series id, organisation id) exec
DELETE FROM directory_term WHERE organisation = $organisation AND series = $series;

-- name: add_term(series id, term int, organisation id, weight int, forms int) exec
INSERT INTO directory_term (series, term, organisation, weight, forms)
VALUES ($series, $term, $organisation, $weight, $forms);

-- name: due(today text, most int) many
SELECT DISTINCT organisation FROM directory_row WHERE due_on <= $today ORDER BY organisation LIMIT $most;

-- ---- searching ------------------------------------------------------------------------------------

-- name: all(series id, most int, skip int) many
SELECT organisation FROM directory_row WHERE series = $series
ORDER BY name_sort, organisation LIMIT $most OFFSET $skip;

-- name: count_all(series id) one
SELECT COUNT(*) AS "count:int" FROM directory_row WHERE series = $series;

-- name: has(series id, organisation id) one
SELECT first_until FROM directory_row WHERE series = $series AND organisation = $organisation;

-- name: hits(series id, terms id[]) many
SELECT term, organisation, weight, forms FROM directory_term WHERE series = $series AND term IN ($terms[]);

-- name: in_order(series id, organisations id[]) many
SELECT organisation FROM directory_row WHERE series = $series AND organisation IN ($organisations[])
ORDER BY name_sort, organisation;

-- name: all_in_order(series id) many
SELECT organisation FROM directory_row WHERE series = $series ORDER BY name_sort, organisation;

-- name: page(series id, organisations id[]) many
SELECT organisation, first_until, needs, offers FROM directory_row
WHERE series = $series AND organisation IN ($organisations[]);

-- ---- what a page of the list shows ------------------------------------------------------------------

-- name: shown(series id, organisations id[]) many
SELECT organisation.id, organisation.name, organisation.legal_form, organisation.district, organisation.words,
    organisation.written_in, organisation.founded_year, directory_entry.shows_words, directory_entry.shows_exchanges
FROM organisation
JOIN directory_entry ON directory_entry.organisation = organisation.id AND directory_entry.series = $series
WHERE organisation.id IN ($organisations[]);

-- name: profiles(organisations id[]) many
SELECT organisation, profile FROM organisation_profile WHERE organisation IN ($organisations[])
ORDER BY organisation, profile;
