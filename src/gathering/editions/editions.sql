-- ---- series -------------------------------------------------------------------------------------

-- row: series
series.id, series.slug, series.name, series.words, series.organiser, series.phone, series.email, series.language,
series.is_demo, series.accent, series.languages, series.logo, series.logo_width, series.logo_height, series.version;

-- name: all_series() many
-- Every series, by name.
SELECT {series} FROM series ORDER BY slug;

-- name: series_from(slug text, most int) many
-- By address, from this one on.
SELECT {series} FROM series WHERE slug >= $slug ORDER BY slug LIMIT $most;

-- name: get_series(series id) one
SELECT {series} FROM series WHERE id = $series;

-- name: series_by_slug(slug text) one
SELECT {series} FROM series WHERE slug = $slug;

-- name: add_series(series id, slug text, name text, words text, organiser text, phone text, email text, language text, is_demo bool, accent text, languages text, now_ms int) exec
INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, accent, languages, created_ms, version)
VALUES ($series, $slug, $name, $words, $organiser, $phone, $email, $language, $is_demo, $accent, $languages, $now_ms, 1);

-- name: update_series(series id, version int, name text, words text, organiser text, phone text, email text, language text, accent text, languages text) exec
UPDATE series SET name = $name, words = $words, organiser = $organiser, phone = $phone, email = $email, language = $language,
    accent = $accent, languages = $languages, version = version + 1
WHERE id = $series AND version = $version;

-- name: set_logo(series id, version int, logo text, logo_width int, logo_height int) exec
UPDATE series SET logo = $logo, logo_width = $logo_width, logo_height = $logo_height, version = version + 1
WHERE id = $series AND version = $version;

-- name: keep_logo(series id, name text, content bytes) exec
INSERT INTO series_logo (series, name, content) VALUES ($series, $name, $content)
ON CONFLICT (series) DO UPDATE SET name = $name, content = $content;

-- name: drop_logo(series id) exec
DELETE FROM series_logo WHERE series = $series;

-- name: logo(name text) one
-- Two series may have the same.
SELECT content FROM series_logo WHERE name = $name ORDER BY series LIMIT 1;

-- ---- editions -----------------------------------------------------------------------------------

-- row: edition
-- With its first place and its first host; its series comes beside it: what the frame of each of its pages says.
edition.id, edition.slug, edition.number, edition.title, edition.words, edition.state, edition.date, edition.zone,
edition.starts_ms, edition.ends_ms, edition.closes_ms, edition.places, edition.reported_on, edition.reported_in,
edition.version,
(SELECT venue.name FROM venue WHERE venue.edition = edition.id ORDER BY venue.position, venue.id LIMIT 1) AS "place:text?",
(SELECT venue.address FROM venue WHERE venue.edition = edition.id ORDER BY venue.position, venue.id LIMIT 1) AS "address:text?",
(SELECT party.name FROM party WHERE party.edition = edition.id AND party.role = 'host'
    ORDER BY party.position, party.id LIMIT 1) AS "host:text?";

-- name: editions_of(series id) many
-- Of a series, the newest first.
SELECT {edition}, {series}
FROM edition JOIN series ON series.id = edition.series
WHERE edition.series = $series ORDER BY edition.number DESC, edition.id DESC;

-- name: all() many
-- Of every series, the newest first.
SELECT {edition}, {series}
FROM edition JOIN series ON series.id = edition.series
ORDER BY series.slug, edition.number DESC, edition.id DESC;

-- name: editions_of_many(list id[]) many
-- Of these series, the newest of each first.
SELECT {edition}, {series}
FROM edition JOIN series ON series.id = edition.series
WHERE edition.series IN ($list[]) ORDER BY series.slug, edition.number DESC, edition.id DESC;

-- name: these(list id[]) many
SELECT {edition}, {series}
FROM edition JOIN series ON series.id = edition.series
WHERE edition.id IN ($list[]) ORDER BY series.slug, edition.number DESC, edition.id DESC;

-- row: end
-- What tells when an edition is over.
edition.id, edition.date, edition.zone, edition.starts_ms, edition.ends_ms, edition.created_ms;

-- name: ends() many
SELECT {end} FROM edition ORDER BY edition.id;

-- name: end_of(edition id) one
SELECT {end} FROM edition WHERE edition.id = $edition;

-- name: get(edition id) one
SELECT {edition}, {series}
FROM edition JOIN series ON series.id = edition.series
WHERE edition.id = $edition;

-- name: resolve(series text, edition text, organisation id?) one
-- All that the names in a path stand for.
SELECT {edition}, {series},
    (SELECT organisation.name FROM organisation WHERE organisation.id = $organisation) AS "organisation_name:text?"
FROM series JOIN edition ON edition.series = series.id
WHERE series.slug = $series AND edition.slug = $edition;

-- name: slug_taken(series id, slug text) one
SELECT id FROM edition WHERE series = $series AND slug = $slug;

-- name: add(edition id, series id, slug text, number int, title text, words text, state text, date text, zone text, starts_ms int?, ends_ms int?, closes_ms int?, places int?, now_ms int) exec
INSERT INTO edition (id, series, slug, number, title, words, state, date, zone, starts_ms, ends_ms, closes_ms, places,
    reported_on, reported_in, created_ms, version)
VALUES ($edition, $series, $slug, $number, $title, $words, $state, $date, $zone, $starts_ms, $ends_ms, $closes_ms, $places,
    '', '', $now_ms, 1);

-- name: update(edition id, version int, number int, title text, words text, date text, zone text, starts_ms int?, ends_ms int?, closes_ms int?, places int?) exec
UPDATE edition
SET number = $number, title = $title, words = $words, date = $date, zone = $zone, starts_ms = $starts_ms, ends_ms = $ends_ms,
    closes_ms = $closes_ms, places = $places, version = version + 1
WHERE id = $edition AND version = $version;

-- name: set_state(edition id, version int, state text) exec
UPDATE edition SET state = $state, version = version + 1 WHERE id = $edition AND version = $version;

-- name: set_reported(edition id, version int, reported_on text, reported_in text) exec
-- Of an edition held before the program: which report tells of it.
UPDATE edition SET reported_on = $reported_on, reported_in = $reported_in, version = version + 1
WHERE id = $edition AND version = $version;

-- ---- where, by whom -----------------------------------------------------------------------------

-- name: venues(edition id) many
SELECT id, name, address, words, load_in, keys, wifi, exits, first_aid, on_duty, version FROM venue WHERE edition = $edition ORDER BY position, id;

-- name: add_venue(edition id, venue id, name text, address text, words text, position int) exec
INSERT INTO venue (edition, id, name, address, words, position) VALUES ($edition, $venue, $name, $address, $words, $position);

-- name: update_venue(edition id, venue id, version int, name text, address text, words text) exec
UPDATE venue SET name = $name, address = $address, words = $words, version = version + 1
WHERE edition = $edition AND id = $venue AND version = $version;

-- name: update_house(edition id, venue id, version int, words text, load_in text, keys text, wifi text, exits text, first_aid text, on_duty text) exec
UPDATE venue SET words = $words, load_in = $load_in, keys = $keys, wifi = $wifi, exits = $exits, first_aid = $first_aid,
    on_duty = $on_duty, version = version + 1
WHERE edition = $edition AND id = $venue AND version = $version;

-- name: remove_venue(edition id, venue id) exec
DELETE FROM venue WHERE edition = $edition AND id = $venue;

-- name: remove_spaces_of(edition id, venue id) exec
DELETE FROM space WHERE edition = $edition AND venue = $venue;

-- name: spaces(edition id) many
SELECT id, venue, name, capacity, is_stage, step_free, words, equipment, power, uses, has_toilet, has_loop, is_quiet, takes_dogs, interpreter_until, version
FROM space WHERE edition = $edition ORDER BY position, id;

-- name: add_space(edition id, space id, venue id, name text, capacity int?, is_stage bool, step_free bool, words text, equipment text, power text, uses text, has_toilet bool, has_loop bool, is_quiet bool, takes_dogs bool, interpreter_until text, position int) exec
INSERT INTO space (edition, id, venue, name, capacity, is_stage, step_free, words, equipment, power, uses, has_toilet, has_loop, is_quiet, takes_dogs, interpreter_until, position)
VALUES ($edition, $space, $venue, $name, $capacity, $is_stage, $step_free, $words, $equipment, $power, $uses, $has_toilet,
    $has_loop, $is_quiet, $takes_dogs, $interpreter_until, $position);

-- name: update_space(edition id, space id, version int, venue id, name text, capacity int?, is_stage bool, step_free bool, words text, equipment text, power text, uses text, has_toilet bool, has_loop bool, is_quiet bool, takes_dogs bool, interpreter_until text) exec
UPDATE space SET venue = $venue, name = $name, capacity = $capacity, is_stage = $is_stage, step_free = $step_free, words = $words,
    equipment = $equipment, power = $power, uses = $uses, has_toilet = $has_toilet, has_loop = $has_loop, is_quiet = $is_quiet,
    takes_dogs = $takes_dogs, interpreter_until = $interpreter_until, version = version + 1
WHERE edition = $edition AND id = $space AND version = $version;

-- name: remove_space(edition id, space id) exec
DELETE FROM space WHERE edition = $edition AND id = $space;

-- ---- what was asked, and the answers -------------------------------------------------------------

-- row: ask
ask.id, ask.kind, ask.subject, ask.words, ask.asked_ms, ask.answer, ask.answer_words, ask.answer_name, ask.answered_ms,
ask.seen_ms, ask.version;

-- name: asks(edition id, kind text) many
-- As they were asked.
SELECT {ask} FROM ask WHERE ask.edition = $edition AND ask.kind = $kind ORDER BY ask.id;

-- name: asks_about(edition id, kind text, subject id) many
SELECT {ask} FROM ask WHERE ask.edition = $edition AND ask.subject = $subject AND ask.kind = $kind ORDER BY ask.id;

-- name: get_ask(edition id, ask id) one
SELECT {ask} FROM ask WHERE ask.edition = $edition AND ask.id = $ask;

-- name: add_ask(edition id, ask id, kind text, subject id?, words text, now_ms int) exec
INSERT INTO ask (edition, id, kind, subject, words, asked_ms, answer, answer_words, answer_name, answered_ms, version)
VALUES ($edition, $ask, $kind, $subject, $words, $now_ms, '', '', '', NULL, 1);

-- name: update_ask(edition id, ask id, version int, subject id?, words text, now_ms int) exec
-- Other words are asked anew.
UPDATE ask SET subject = $subject, words = $words, asked_ms = $now_ms, answer = '', answer_words = '', answer_name = '',
    answered_ms = NULL, seen_ms = NULL, version = version + 1
WHERE edition = $edition AND id = $ask AND version = $version;

-- name: answer_ask(edition id, ask id, version int, words text, answer text, answer_words text, answer_name text, now_ms int) exec
UPDATE ask SET words = $words, answer = $answer, answer_words = $answer_words, answer_name = $answer_name, answered_ms = $now_ms,
    seen_ms = NULL, version = version + 1
WHERE edition = $edition AND id = $ask AND version = $version;

-- name: see_answers(edition id, until_ms int, now_ms int) exec
-- What the host answered until then is read.
UPDATE ask SET seen_ms = $now_ms
WHERE edition = $edition AND kind = 'host' AND answered_ms <= $until_ms AND seen_ms IS NULL;

-- name: erase_asks(edition id, subject id) exec
-- What somebody asked for to take part, and what was said to it. That it was asked, and whether it could be done, stays.
UPDATE ask SET words = '', answer_words = '', answer_name = '', version = version + 1
WHERE edition = $edition AND subject = $subject AND kind = 'access';

-- name: answered_by(person id, series id) many
-- Under which answers somebody's name stands: they gave the last one. series 0: everywhere.
SELECT ask.edition, ask.id, ask.answer_name, ask.answered_ms
FROM audit JOIN ask ON ask.edition = audit.edition AND ask.id = audit.subject
JOIN edition ON edition.id = ask.edition
WHERE audit.person = $person AND audit.action = 'ask.answer' AND ask.answer_name <> ''
    AND ($series = 0 OR edition.series = $series)
    AND NOT EXISTS (SELECT 1 FROM audit AS later
        WHERE later.subject = audit.subject AND later.action = 'ask.answer' AND later.id > audit.id)
ORDER BY ask.edition, ask.id;

-- name: erase_answerer(edition id, ask id) exec
UPDATE ask SET answer_name = '', version = version + 1 WHERE edition = $edition AND id = $ask;

-- name: remove_ask(edition id, ask id) exec
DELETE FROM ask WHERE edition = $edition AND id = $ask;

-- name: parties(edition id) many
-- Hosts, partners, organisers, places, in their order.
SELECT id, role, name, website, version FROM party WHERE edition = $edition ORDER BY position, id;

-- name: add_party(edition id, party id, role text, name text, website text, position int) exec
INSERT INTO party (edition, id, role, name, organisation, website, position)
VALUES ($edition, $party, $role, $name, NULL, $website, $position);

-- name: update_party(edition id, party id, version int, role text, name text, website text) exec
-- Its contributions are written with it and share its version.
UPDATE party SET role = $role, name = $name, website = $website, version = version + 1
WHERE edition = $edition AND id = $party AND version = $version;

-- name: remove_party(edition id, party id) exec
DELETE FROM party WHERE edition = $edition AND id = $party;

-- name: contributions(edition id) many
SELECT id, party, words FROM contribution WHERE edition = $edition ORDER BY position, id;

-- name: add_contribution(edition id, contribution id, party id, words text, position int) exec
INSERT INTO contribution (edition, id, party, words, position) VALUES ($edition, $contribution, $party, $words, $position);

-- name: clear_contributions(edition id, party id) exec
DELETE FROM contribution WHERE edition = $edition AND party = $party;

-- name: reported_figures(edition id) many
SELECT id, subject, wording, low, high, source, version FROM reported_figure WHERE edition = $edition ORDER BY position, id;

-- name: reported_kinds(edition id) many
SELECT list, code, wording FROM reported_kind WHERE edition = $edition ORDER BY list, position;

-- name: add_reported_figure(edition id, figure id, subject text, wording text, low int?, high int?, source text, position int) exec
INSERT INTO reported_figure (edition, id, subject, wording, low, high, source, position)
VALUES ($edition, $figure, $subject, $wording, $low, $high, $source, $position);

-- name: update_reported_figure(edition id, figure id, version int, subject text, wording text, low int?, high int?, source text) exec
UPDATE reported_figure SET subject = $subject, wording = $wording, low = $low, high = $high, source = $source,
    version = version + 1
WHERE edition = $edition AND id = $figure AND version = $version;

-- name: remove_reported_figure(edition id, figure id) exec
DELETE FROM reported_figure WHERE edition = $edition AND id = $figure;

-- name: add_reported_kind(edition id, list text, code text, wording text, position int) exec
INSERT INTO reported_kind (edition, list, code, wording, position) VALUES ($edition, $list, $code, $wording, $position);

-- ---- into the next edition: every column but the keys and the version ---------------------------------

-- name: copy_venue(edition id, venue id, into_edition id, into_venue id) exec
-- Who was on duty then stays there: a person's name and number, kept for that day.
INSERT INTO venue (edition, id, name, address, words, load_in, keys, wifi, exits, first_aid, on_duty, position)
SELECT $into_edition, $into_venue, name, address, words, load_in, keys, wifi, exits, first_aid, '', position FROM venue WHERE edition = $edition AND id = $venue;

-- name: copy_space(edition id, space id, into_edition id, into_space id, into_venue id) exec
INSERT INTO space (edition, id, venue, name, capacity, is_stage, step_free, words, equipment, power, uses, has_toilet, has_loop, is_quiet, takes_dogs, interpreter_until, position)
SELECT $into_edition, $into_space, $into_venue, name, capacity, is_stage, step_free, words, equipment, power, uses, has_toilet,
    has_loop, is_quiet, takes_dogs, interpreter_until, position
FROM space WHERE edition = $edition AND id = $space;

-- name: copy_party(edition id, party id, into_edition id, into_party id) exec
INSERT INTO party (edition, id, role, name, organisation, website, position)
SELECT $into_edition, $into_party, role, name, organisation, website, position FROM party WHERE edition = $edition AND id = $party;

-- name: copy_contribution(edition id, contribution id, into_edition id, into_contribution id, into_party id) exec
INSERT INTO contribution (edition, id, party, words, position)
SELECT $into_edition, $into_contribution, $into_party, words, position FROM contribution
WHERE edition = $edition AND id = $contribution;

-- ---- the day's frame ----------------------------------------------------------------------------

-- name: frame(edition id) many
SELECT id, kind, title, starts_ms, ends_ms, is_protected, space, version FROM frame_section
WHERE edition = $edition ORDER BY starts_ms, position, id;

-- name: add_section(edition id, section id, kind text, title text, starts_ms int, ends_ms int, is_protected bool, space id?, position int) exec
INSERT INTO frame_section (edition, id, kind, title, starts_ms, ends_ms, is_protected, space, position)
VALUES ($edition, $section, $kind, $title, $starts_ms, $ends_ms, $is_protected, $space, $position);

-- name: update_section(edition id, section id, version int, kind text, title text, starts_ms int, ends_ms int, is_protected bool, space id?) exec
UPDATE frame_section SET kind = $kind, title = $title, starts_ms = $starts_ms, ends_ms = $ends_ms,
    is_protected = $is_protected, space = $space, version = version + 1
WHERE edition = $edition AND id = $section AND version = $version;

-- name: remove_section(edition id, section id) exec
DELETE FROM frame_section WHERE edition = $edition AND id = $section;

-- ---- before inviting ------------------------------------------------------------------------------

-- name: mail_test(person id, since_ms int) one
-- What became of the last letter that somebody sent to try it.
SELECT outbox.state FROM audit JOIN outbox ON outbox.id = audit.subject
WHERE audit.person = $person AND audit.at_ms > $since_ms AND audit.action = 'mail.test'
ORDER BY audit.at_ms DESC, audit.id DESC LIMIT 1;

-- name: backup_since(since_ms int) one
-- A copy made by command line, which nobody is signed in for.
SELECT audit.at_ms FROM audit
WHERE audit.person IS NULL AND audit.at_ms > $since_ms AND audit.action = 'store.backup'
ORDER BY audit.at_ms DESC, audit.id DESC LIMIT 1;

-- ---- notices ------------------------------------------------------------------------------------

-- name: latest_notice(series id, language text) one
SELECT id, number, words, created_ms, is_suggested FROM notice
WHERE series = $series AND language = $language
ORDER BY number DESC LIMIT 1;

-- name: notice(series id, notice id) one
SELECT id, language, number, words, created_ms FROM notice WHERE series = $series AND id = $notice;

-- name: notices(series id) many
-- Every version that was ever shown, by language, the newest first.
SELECT id, language, number, created_ms, is_suggested FROM notice
WHERE series = $series ORDER BY language, number DESC;

-- name: add_notice(notice id, series id, language text, number int, words text, is_suggested bool, now_ms int) exec
INSERT INTO notice (id, series, language, number, words, is_suggested, created_ms)
VALUES ($notice, $series, $language, $number, $words, $is_suggested, $now_ms);

-- ---- looking as somebody else does ------------------------------------------------------------------------

-- name: organisation_name(organisation id) one
SELECT name FROM organisation WHERE id = $organisation;
