-- ---- reading ------------------------------------------------------------------------------------

-- row: signup
-- With its organisation and its contact.
signup.id, signup.organisation, signup.contact, signup.state, signup.source, signup.people, signup.came_people,
signup.first_time, signup.remarks, signup.staff_notes, signup.access_needs, signup.reason, signup.submitted_ms,
signup.version, signup.listing_wish, signup.in_charge, signup.contact_name, signup.contact_phone, organisation.name,
organisation.name_sort, organisation.is_listed, organisation.version AS "organisation_version:int",
person.email AS "contact_email:text?",
CASE WHEN mail_refusal.address IS NULL THEN 0 ELSE 1 END AS "is_address_bad:bool";

-- name: all(edition id) many
-- Every sign-up of an edition with its organisation and contact, by name.
SELECT {signup}
FROM signup
JOIN organisation ON organisation.id = signup.organisation
LEFT JOIN person ON person.id = signup.contact
LEFT JOIN mail_refusal ON mail_refusal.address = person.email_folded WHERE signup.edition = $edition
ORDER BY organisation.name_sort, signup.id;

-- name: get(edition id, signup id) one
SELECT {signup}
FROM signup
JOIN organisation ON organisation.id = signup.organisation
LEFT JOIN person ON person.id = signup.contact
LEFT JOIN mail_refusal ON mail_refusal.address = person.email_folded
WHERE signup.edition = $edition AND signup.id = $signup;

-- name: of_organisation(edition id, organisation id) one
SELECT id FROM signup WHERE edition = $edition AND organisation = $organisation;

-- name: mine(edition id, organisation id, series id) one
-- What "my gathering" tells of a sign-up: its state, those ahead of it in the queue, and what it does not say yet.
SELECT signup.state, signup.reason, signup.listing_wish,
    CASE WHEN signup.state = 'accepted' AND signup.confirm_asked_ms IS NOT NULL AND signup.confirmed_ms IS NULL
        THEN 1 ELSE 0 END AS "is_to_confirm:bool",
    CASE WHEN EXISTS (SELECT 1 FROM person WHERE person.id = signup.contact AND person.email <> '')
        THEN 1 ELSE 0 END AS "has_email:bool",
    CASE WHEN organisation.words = '' AND NOT EXISTS (SELECT 1 FROM signup_unasked
        WHERE signup_unasked.edition = signup.edition AND signup_unasked.field = 'words')
        THEN 1 ELSE 0 END AS "lacks_words:bool",
    CASE WHEN EXISTS (SELECT 1 FROM organisation_profile
        WHERE organisation_profile.organisation = signup.organisation) THEN 0 ELSE 1 END AS "lacks_profile:bool",
    CASE WHEN EXISTS (SELECT 1 FROM exchange WHERE exchange.edition = signup.edition
        AND exchange.organisation = signup.organisation) OR EXISTS (SELECT 1 FROM signup_unasked
        WHERE signup_unasked.edition = signup.edition AND signup_unasked.field = 'exchange')
        THEN 0 ELSE 1 END AS "lacks_exchange:bool",
    CASE WHEN EXISTS (SELECT 1 FROM directory_entry
        WHERE directory_entry.organisation = signup.organisation AND directory_entry.series = $series
            AND directory_entry.is_shown = 1) THEN 1 ELSE 0 END AS "is_in_directory:bool",
    (SELECT COUNT(*) FROM signup AS ahead WHERE ahead.edition = signup.edition AND ahead.state = 'waiting'
        AND (ahead.waiting_ms < signup.waiting_ms
            OR (ahead.waiting_ms = signup.waiting_ms AND ahead.id < signup.id))) AS "ahead:int",
    signup.access_needs, ask.words AS "asked:text?", ask.answer AS "answer:text?", ask.answer_words AS "answer_words:text?",
    ask.answer_name AS "answer_name:text?", ask.answered_ms AS "answered_ms:int?"
FROM signup JOIN organisation ON organisation.id = signup.organisation
LEFT JOIN ask ON ask.edition = signup.edition AND ask.id = (SELECT MAX(latest.id) FROM ask AS latest
    WHERE latest.edition = signup.edition AND latest.subject = signup.id AND latest.kind = 'access')
WHERE signup.edition = $edition AND signup.organisation = $organisation;

-- name: profiles(edition id) many
-- What the organisations of an edition do.
SELECT signup.organisation, organisation_profile.profile
FROM signup JOIN organisation_profile ON organisation_profile.organisation = signup.organisation
WHERE signup.edition = $edition
ORDER BY signup.organisation, organisation_profile.profile;

-- name: waiting_since(edition id, signup id) one
SELECT waiting_ms FROM signup WHERE edition = $edition AND id = $signup AND state = 'waiting';

-- name: waiting_before(edition id, signup id, waiting_ms int) one
SELECT COUNT(*) AS "ahead:int" FROM signup WHERE edition = $edition AND state = 'waiting'
    AND (waiting_ms < $waiting_ms OR (waiting_ms = $waiting_ms AND id < $signup));

-- name: first_waiting(edition id) one
SELECT signup.id, organisation.name
FROM signup JOIN organisation ON organisation.id = signup.organisation
WHERE signup.edition = $edition AND signup.state = 'waiting'
ORDER BY signup.waiting_ms NULLS LAST, signup.id LIMIT 1;

-- name: listed(edition id) many
-- Those who come and agreed to stand in the public list.
SELECT organisation.id, organisation.name, organisation.website, organisation.words, organisation.written_in,
    signup.first_time
FROM signup JOIN organisation ON organisation.id = signup.organisation
WHERE signup.edition = $edition AND signup.state = 'accepted' AND organisation.is_listed = 1
ORDER BY organisation.name_sort, organisation.id;

-- name: own_texts(edition id, series id, organisation id) many
-- What those who come say of themselves; organisation 0: of all who are accepted. is_shown: in the directory too.
SELECT organisation.id, organisation.name, organisation.words, organisation.written_in, organisation.is_listed,
    COALESCE(directory_entry.is_shown, 0) AS "is_shown:bool", COALESCE(directory_entry.shows_words, 0) AS "shows_words:bool",
    COALESCE(directory_entry.shows_exchanges, 0) AS "shows_exchanges:bool"
FROM signup JOIN organisation ON organisation.id = signup.organisation
    LEFT JOIN directory_entry ON directory_entry.organisation = organisation.id AND directory_entry.series = $series
WHERE signup.edition = $edition
    AND ((CAST($organisation AS BIGINT) = 0 AND signup.state = 'accepted') OR signup.organisation = $organisation)
ORDER BY organisation.name_sort, organisation.id;

-- name: listed_profiles(edition id) many
-- What those do.
SELECT signup.organisation, organisation_profile.profile
FROM signup JOIN organisation ON organisation.id = signup.organisation
JOIN organisation_profile ON organisation_profile.organisation = signup.organisation
WHERE signup.edition = $edition AND signup.state = 'accepted' AND organisation.is_listed = 1
ORDER BY signup.organisation, organisation_profile.profile;

-- name: not_listed(edition id) many
-- Those that did not agree to be named in public; withdrawn_ms: when they last thought better of it.
SELECT signup.id, signup.organisation, signup.listing_wish, organisation.name,
    (SELECT MAX(consent.withdrawn_ms) FROM consent
        WHERE consent.subject = signup.organisation AND consent.purpose = 'directory') AS "withdrawn_ms:int?"
FROM signup JOIN organisation ON organisation.id = signup.organisation
WHERE signup.edition = $edition AND organisation.is_listed = 0
ORDER BY organisation.name_sort, organisation.id;

-- name: beads(edition id) many
-- Those who come, each with the first of its fields.
SELECT signup.organisation, signup.first_time, COALESCE(MIN(organisation_profile.profile), '') AS "field:text"
FROM signup LEFT JOIN organisation_profile ON organisation_profile.organisation = signup.organisation
WHERE signup.edition = $edition AND signup.state = 'accepted'
GROUP BY signup.organisation, signup.first_time
ORDER BY signup.organisation;

-- name: names_before(edition id, organisation id) many
-- As long as old names are kept, the latest change first.
SELECT audit.at_ms, COALESCE(person.name, '') AS "person:text", audit_personal.detail AS "before:text"
FROM audit JOIN audit_personal ON audit_personal.audit = audit.id
LEFT JOIN person ON person.id = audit.person
WHERE audit.subject = $organisation AND audit.action = 'organisation.rename' AND audit.edition = $edition
ORDER BY audit.id DESC LIMIT 5;

-- ---- writing ------------------------------------------------------------------------------------

-- name: set_wish(edition id, signup id, wording text) exec
UPDATE signup SET listing_wish = $wording WHERE edition = $edition AND id = $signup;

-- name: drop_wish(edition id, signup id) exec
UPDATE signup SET listing_wish = NULL WHERE edition = $edition AND id = $signup AND listing_wish IS NOT NULL;

-- name: clear_wishes(organisation id) exec
UPDATE signup SET listing_wish = NULL WHERE organisation = $organisation AND listing_wish IS NOT NULL;

-- name: accepted_before(edition id, organisation id) one
-- Accepted sign-ups of earlier editions of the same series: this organisation's, and all.
SELECT CAST(COALESCE(SUM(CASE WHEN signup.organisation = $organisation THEN 1 ELSE 0 END), 0) AS BIGINT) AS "own:int",
    COUNT(*) AS "in_all:int"
FROM signup
JOIN edition AS earlier ON earlier.id = signup.edition
JOIN edition AS this ON this.series = earlier.series WHERE this.id = $edition AND signup.state = 'accepted'
    AND earlier.number < this.number;

-- name: add(edition id, signup id, organisation id, state text, source text, contact id?, contact_name text, contact_phone text, people int, came_people int?, first_time bool, remarks text, staff_notes text, access_needs text, reason text, notice id?, submitted_ms int, waiting_ms int?) exec
INSERT INTO signup (edition, id, organisation, state, source, contact, contact_name, contact_phone, people,
    came_people, first_time, remarks, staff_notes, access_needs, reason, notice, submitted_ms, decided_ms, decided_by,
    waiting_ms, version)
VALUES ($edition, $signup, $organisation, $state, $source, $contact, $contact_name, $contact_phone, $people,
    $came_people, $first_time, $remarks, $staff_notes, $access_needs, $reason, $notice, $submitted_ms, NULL, NULL,
    $waiting_ms, 1);

-- name: update(edition id, signup id, version int, contact id?, contact_name text, contact_phone text, people int, remarks text, staff_notes text, access_needs text) exec
UPDATE signup SET contact = $contact, contact_name = $contact_name, contact_phone = $contact_phone, people = $people,
    remarks = $remarks, staff_notes = $staff_notes, access_needs = $access_needs, version = version + 1
WHERE edition = $edition AND id = $signup AND version = $version;

-- name: decide(edition id, signup id, version int, state text, reason text, now_ms int, by id?, waiting_ms int?) exec
UPDATE signup SET state = $state, reason = $reason, decided_ms = $now_ms, decided_by = $by, waiting_ms = $waiting_ms,
    version = version + 1 WHERE edition = $edition AND id = $signup AND version = $version;

-- name: end_as_double(edition id, signup id, version int, staff_notes text, now_ms int, by id?) exec
UPDATE signup SET state = 'withdrawn', reason = '', staff_notes = $staff_notes, decided_ms = $now_ms, decided_by = $by,
    waiting_ms = NULL, listing_wish = NULL, version = version + 1
WHERE edition = $edition AND id = $signup AND version = $version;

-- name: set_attendance(edition id, signup id, came_people int?, first_time bool) exec
UPDATE signup SET came_people = $came_people, first_time = $first_time, version = version + 1
WHERE edition = $edition AND id = $signup;

-- name: move(edition id, signup id, version int, organisation id, first_time bool) exec
UPDATE signup SET organisation = $organisation, first_time = $first_time, version = version + 1
WHERE edition = $edition AND id = $signup AND version = $version;

-- name: places_of(organisations id[]) many
-- Where these organisations take part, or wait to.
SELECT organisation, edition, state FROM signup
WHERE organisation IN ($organisations[]) AND state IN ('new', 'accepted', 'waiting')
ORDER BY edition DESC, organisation;

-- name: known_in(organisation id, series id) one
-- Sign-ups of any state, there and in other series.
SELECT COUNT(CASE WHEN edition.series = $series THEN 1 END) AS "here:int",
    COUNT(CASE WHEN edition.series <> $series THEN 1 END) AS "elsewhere:int"
FROM signup JOIN edition ON edition.id = signup.edition WHERE signup.organisation = $organisation;

-- name: others_in(organisation id, series id, signup id) one
SELECT COUNT(*) AS "count:int" FROM signup JOIN edition ON edition.id = signup.edition
WHERE signup.organisation = $organisation AND edition.series = $series AND signup.id <> $signup;

-- name: contacts_of(people id[]) many
-- Whose contact these people are, in which edition.
SELECT contact, edition FROM signup WHERE contact IN ($people[]) ORDER BY contact NULLS LAST, edition;

-- name: forget_contacts(people id[]) exec
UPDATE signup SET contact_name = '', contact_phone = '', version = version + 1
WHERE contact IN ($people[]) AND (contact_name <> '' OR contact_phone <> '');

-- name: personal(person id, series id) many
-- The sign-ups whose contact somebody is; series 0: everywhere.
SELECT signup.edition, signup.id, signup.organisation, signup.contact_name, signup.contact_phone, signup.remarks,
    signup.access_needs, signup.reason, signup.staff_notes, signup.submitted_ms
FROM signup JOIN edition ON edition.id = signup.edition
WHERE signup.contact = $person AND ($series = 0 OR edition.series = $series)
ORDER BY signup.edition, signup.id;

-- name: erase_personal(edition id, signup id) exec
UPDATE signup SET contact_name = '', contact_phone = '', remarks = '', access_needs = '', reason = '',
    staff_notes = '', version = version + 1 WHERE edition = $edition AND id = $signup;

-- row: note
signup_note.id, signup_note.signup, signup_note.kind, signup_note.at_ms, signup_note.words,
COALESCE(person.name, '') AS "author:text";

-- name: notes(edition id, signup id) many
-- The newest first.
SELECT {note} FROM signup_note LEFT JOIN person ON person.id = signup_note.author
WHERE signup_note.edition = $edition AND signup_note.signup = $signup ORDER BY signup_note.id DESC;

-- name: calls(edition id) many
-- Who was rung, of a whole edition, the newest first.
SELECT {note} FROM signup_note LEFT JOIN person ON person.id = signup_note.author
WHERE signup_note.edition = $edition AND signup_note.kind <> 'note' ORDER BY signup_note.id DESC;

-- name: add_note(edition id, note id, signup id, kind text, author id?, now_ms int, words text) exec
INSERT INTO signup_note (edition, id, signup, kind, author, at_ms, words)
VALUES ($edition, $note, $signup, $kind, $author, $now_ms, $words);

-- name: set_in_charge(edition id, signup id, before id, person id?) exec
-- Changes none where it is not before's any more; 0: nobody's.
UPDATE signup SET in_charge = $person WHERE edition = $edition AND id = $signup AND COALESCE(in_charge, 0) = $before;

-- name: move_notes(edition id, signup id, target id) exec
UPDATE signup_note SET signup = $target WHERE edition = $edition AND signup = $signup;

-- name: personal_notes(person id, series id) many
SELECT signup_note.edition, signup_note.id, signup.organisation, signup_note.at_ms, signup_note.words
FROM signup JOIN edition ON edition.id = signup.edition
JOIN signup_note ON signup_note.edition = signup.edition AND signup_note.signup = signup.id
WHERE signup.contact = $person AND ($series = 0 OR edition.series = $series)
ORDER BY signup_note.edition, signup_note.id;

-- name: erase_notes(edition id, signup id) exec
-- That somebody noted something, or rang, stays.
UPDATE signup_note SET words = '' WHERE edition = $edition AND signup = $signup;

-- name: guests_noted(editions id[]) many
-- What coordinators noted of guests.
SELECT edition, id, name, words FROM guest WHERE edition IN ($editions[]) AND words <> '' ORDER BY edition, id;

-- name: erase_guest_words(edition id, guest id) exec
UPDATE guest SET words = '', version = COALESCE(version, 1) + 1 WHERE edition = $edition AND id = $guest;

-- row: kept_draft
-- What is being written, and whose sign-up it has become.
signup_draft.edition, signup_draft.id, signup_draft.answers, signup_draft.created_ms, signup.contact AS "contact:id?";

-- name: drafts_in(editions id[]) many
SELECT {kept_draft} FROM signup_draft
LEFT JOIN signup ON signup.edition = signup_draft.edition AND signup.id = signup_draft.sent_signup
WHERE signup_draft.edition IN ($editions[])
ORDER BY signup_draft.edition, signup_draft.id;

-- name: drafts_kept(since_ms int) many
-- All that are kept: of the last 30 days.
SELECT {kept_draft} FROM signup_draft
LEFT JOIN signup ON signup.edition = signup_draft.edition AND signup.id = signup_draft.sent_signup
WHERE signup_draft.expires_ms > $since_ms
ORDER BY signup_draft.expires_ms, signup_draft.edition, signup_draft.id;

-- row: kept_sheet
import_sheet.edition, import_sheet.id, import_sheet.name, import_sheet.content, import_sheet.created_ms;

-- name: sheets_in(editions id[]) many
SELECT {kept_sheet} FROM import_sheet
WHERE import_sheet.edition IN ($editions[]) ORDER BY import_sheet.edition, import_sheet.id;

-- name: sheets_kept(since_ms int) many
-- All that are kept: of the last 30 days.
SELECT {kept_sheet} FROM import_sheet
WHERE import_sheet.created_ms > $since_ms ORDER BY import_sheet.created_ms, import_sheet.edition, import_sheet.id;

-- name: editions_of(organisation id) many
-- Where it stands in any list, also of years ago.
SELECT edition FROM signup WHERE organisation = $organisation;

-- ---- the directory of a series --------------------------------------------------------------------

-- name: accepted_in(organisation id, series id) many
-- The editions it was accepted in that everybody may see, the latest first.
SELECT edition.id, edition.slug, edition.title, signup.first_time
FROM signup JOIN edition ON edition.id = signup.edition
WHERE signup.organisation = $organisation AND signup.state = 'accepted' AND edition.series = $series
    AND edition.state <> 'draft'
ORDER BY edition.number DESC, edition.id DESC LIMIT 50;

-- name: not_indexed(after id, made_by int, most int) many
-- Entries a page at a time, by organisation, and whether the index has them as it is made now.
SELECT directory_entry.organisation, directory_entry.series,
    CASE WHEN EXISTS (SELECT 1 FROM directory_row WHERE directory_row.series = directory_entry.series
        AND directory_row.organisation = directory_entry.organisation
        AND directory_row.made_by = $made_by) THEN 1 ELSE 0 END AS "has_row:bool"
FROM directory_entry WHERE directory_entry.organisation > $after
ORDER BY directory_entry.organisation LIMIT $most;

-- ---- organisations that may be one ------------------------------------------------------------------

-- name: of_series(series id) many
-- Sign-ups of all editions that were not withdrawn, by organisation, the latest first.
SELECT organisation.id AS "organisation:id", organisation.name, organisation.name_folded, organisation.legal_form,
    organisation.nip, organisation.regon, organisation.krs, organisation.website, organisation.district,
    signup.id AS "signup:id", signup.version, edition.id AS "edition:id", edition.title, person.email AS "email:text?"
FROM edition
JOIN signup ON signup.edition = edition.id
JOIN organisation ON organisation.id = signup.organisation
LEFT JOIN person ON person.id = signup.contact WHERE edition.series = $series AND signup.state <> 'withdrawn'
ORDER BY organisation.id, edition.number DESC, edition.id DESC;

-- ---- needs and offers ---------------------------------------------------------------------------

-- row: exchange
exchange.id, exchange.organisation, exchange.side, exchange.kind, exchange.words, exchange.quantity, exchange.until_on,
exchange.version;

-- name: exchanges(edition id) many
SELECT {exchange} FROM exchange WHERE edition = $edition ORDER BY organisation, position, id;

-- name: listed_exchanges(edition id) many
-- Of those in the public list.
SELECT {exchange}
FROM exchange JOIN signup ON signup.edition = exchange.edition AND signup.organisation = exchange.organisation
JOIN organisation ON organisation.id = exchange.organisation
WHERE exchange.edition = $edition AND signup.state = 'accepted' AND organisation.is_listed = 1
ORDER BY exchange.organisation, exchange.position, exchange.id;

-- name: exchanges_of(edition id, organisation id) many
SELECT {exchange} FROM exchange WHERE edition = $edition AND organisation = $organisation ORDER BY position, id;

-- name: exchange_one(edition id, organisation id, exchange id) one
SELECT {exchange} FROM exchange WHERE edition = $edition AND id = $exchange AND organisation = $organisation;

-- name: add_exchange(edition id, exchange id, organisation id, side text, kind text, words text, quantity int?, until_on text, position int) exec
INSERT INTO exchange (edition, id, organisation, side, kind, words, quantity, until_on, position, version)
VALUES ($edition, $exchange, $organisation, $side, $kind, $words, $quantity, $until_on, $position, 1);

-- name: update_exchange(edition id, organisation id, exchange id, version int, kind text, words text, quantity int?, until_on text) exec
UPDATE exchange SET kind = $kind, words = $words, quantity = $quantity, until_on = $until_on, version = version + 1
WHERE edition = $edition AND id = $exchange AND organisation = $organisation AND version = $version;

-- name: place_exchange(edition id, exchange id, position int) exec
UPDATE exchange SET position = $position WHERE edition = $edition AND id = $exchange AND position <> $position;

-- name: remove_exchange(edition id, organisation id, exchange id, version int) exec
DELETE FROM exchange WHERE edition = $edition AND id = $exchange AND organisation = $organisation AND version = $version;

-- name: move_exchanges(edition id, organisation id, target id) exec
UPDATE exchange SET organisation = $target WHERE edition = $edition AND organisation = $organisation;

-- ---- counts -------------------------------------------------------------------------------------

-- name: counts(edition id) many
SELECT signup.state, COUNT(*) AS "count:int", CAST(SUM(signup.people) AS BIGINT) AS "people:int",
    CAST(SUM(CASE WHEN signup.first_time = 1 THEN 1 ELSE 0 END) AS BIGINT) AS "first_time:int",
    CAST(SUM(CASE WHEN organisation.legal_form = 'informal' THEN 1 ELSE 0 END) AS BIGINT) AS "informal:int",
    CAST(SUM(CASE WHEN organisation.legal_form IN ('branch', 'public') THEN 1 ELSE 0 END) AS BIGINT) AS "units:int",
    CAST(SUM(CASE WHEN COALESCE(signup.came_people, 0) > 0 THEN 1 ELSE 0 END) AS BIGINT) AS "came:int",
    CAST(SUM(COALESCE(signup.came_people, 0)) AS BIGINT) AS "came_people:int"
FROM signup JOIN organisation ON organisation.id = signup.organisation WHERE signup.edition = $edition
GROUP BY signup.state
ORDER BY signup.state;

-- name: accepted(edition id) one
SELECT COUNT(*) AS "count:int" FROM signup WHERE edition = $edition AND state = 'accepted';

-- name: guests_counted(edition id) one
SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) AS "people:int" FROM guest WHERE edition = $edition;

-- ---- guests -------------------------------------------------------------------------------------

-- name: guests(edition id) many
-- In the order they were added; those of a document from before there were versions have the first.
SELECT id, kind, name, words, people, COALESCE(version, 1) AS "version:int" FROM guest
WHERE edition = $edition ORDER BY id;

-- name: add_guest(edition id, guest id, kind text, name text, words text, people int) exec
INSERT INTO guest (edition, id, kind, name, words, people, version)
SELECT $edition, $guest, $kind, $name, $words, $people, 1 FROM edition WHERE id = $edition;

-- name: update_guest(edition id, guest id, version int, kind text, name text, words text, people int) exec
UPDATE guest SET kind = $kind, name = $name, words = $words, people = $people, version = $version + 1
WHERE edition = $edition AND id = $guest AND COALESCE(version, 1) = $version;

-- name: remove_guest(edition id, guest id, version int) exec
DELETE FROM guest WHERE edition = $edition AND id = $guest AND COALESCE(version, 1) = $version;

-- ---- drafts of the public form ------------------------------------------------------------------

-- name: draft(edition id, draft id, now_ms int) one
SELECT secret_hash, answers, sent_signup, late FROM signup_draft
WHERE edition = $edition AND id = $draft AND expires_ms > $now_ms;

-- name: add_draft(edition id, draft id, secret_hash bytes, answers text, now_ms int, expires_ms int) exec
INSERT INTO signup_draft (edition, id, secret_hash, answers, created_ms, expires_ms, sent_signup)
VALUES ($edition, $draft, $secret_hash, $answers, $now_ms, $expires_ms, NULL);

-- name: save_draft(edition id, draft id, answers text, expires_ms int) exec
UPDATE signup_draft SET answers = $answers, expires_ms = $expires_ms
WHERE edition = $edition AND id = $draft AND sent_signup IS NULL;

-- name: send_draft(edition id, draft id, signup id) exec
UPDATE signup_draft SET answers = '', sent_signup = $signup
WHERE edition = $edition AND id = $draft AND sent_signup IS NULL;

-- name: remove_draft(edition id, draft id) exec
DELETE FROM signup_draft WHERE edition = $edition AND id = $draft;

-- name: expire_drafts(now_ms int) exec
DELETE FROM signup_draft WHERE expires_ms <= $now_ms;

-- name: plan_state(edition id) one
-- Changes with every new sign-up, with every change of one, and of a contact.
SELECT COUNT(*) AS "signups:int", CAST(COALESCE(SUM(signup.version), 0) AS BIGINT) AS "signup_versions:int",
    CAST(COALESCE(SUM(person.version), 0) AS BIGINT) AS "people_versions:int"
FROM signup LEFT JOIN person ON person.id = signup.contact WHERE signup.edition = $edition;

-- ---- sheets that wait ---------------------------------------------------------------------------

-- A sheet that was confirmed stays for whoever comes back to its page, without its rows: its columns tell then what came
-- of it, "taken 12 3 1 1781200000000" (new, changed, left out, when).

-- name: sheets(edition id) many
-- Those that are not confirmed yet.
SELECT id, name, created_ms FROM import_sheet
WHERE edition = $edition AND instr(columns, 'taken ') = 0 ORDER BY created_ms DESC, id DESC;

-- name: sheet(edition id, sheet id) one
SELECT id, name, content, columns, created_ms FROM import_sheet WHERE edition = $edition AND id = $sheet;

-- name: sheet_columns(edition id, sheet id) one
SELECT name, columns FROM import_sheet WHERE edition = $edition AND id = $sheet;

-- name: finish_sheet(edition id, sheet id, result text, nothing bytes) exec
UPDATE import_sheet SET content = $nothing, columns = $result WHERE edition = $edition AND id = $sheet;

-- name: add_sheet(edition id, sheet id, name text, content bytes, uploaded_by id, now_ms int) exec
INSERT INTO import_sheet (edition, id, name, content, columns, uploaded_by, created_ms)
VALUES ($edition, $sheet, $name, $content, '', $uploaded_by, $now_ms);

-- name: set_sheet_columns(edition id, sheet id, columns text) exec
UPDATE import_sheet SET columns = $columns WHERE edition = $edition AND id = $sheet;

-- name: remove_sheet(edition id, sheet id) exec
DELETE FROM import_sheet WHERE edition = $edition AND id = $sheet;

-- name: expire_sheets(before_ms int) exec
DELETE FROM import_sheet WHERE created_ms < $before_ms;

-- ---- what the edition asks ------------------------------------------------------------------------

-- name: unasked(edition id) many
SELECT field FROM signup_unasked WHERE edition = $edition ORDER BY field;

-- name: clear_unasked(edition id) exec
DELETE FROM signup_unasked WHERE edition = $edition;

-- name: add_unasked(edition id, field text) exec
INSERT INTO signup_unasked (edition, field) VALUES ($edition, $field);

-- ---- confirming again -----------------------------------------------------------------------------

-- name: ask_to_confirm(edition id, now_ms int) exec
UPDATE signup SET confirm_asked_ms = $now_ms, confirmed_ms = NULL WHERE edition = $edition AND state = 'accepted';

-- name: ask_the_rest_to_confirm(edition id, now_ms int) exec
-- Who has said so already is left in peace.
UPDATE signup SET confirm_asked_ms = $now_ms WHERE edition = $edition AND state = 'accepted' AND confirmed_ms IS NULL;

-- name: to_confirm(edition id) many
-- Everybody who is accepted: whether they have said so already, and whether a letter can reach them.
SELECT signup.id, signup.confirmed_ms, person.email AS "email:text?"
FROM signup LEFT JOIN person ON person.id = signup.contact
WHERE signup.edition = $edition AND signup.state = 'accepted' ORDER BY signup.id;

-- name: confirm(edition id, signup id, now_ms int) exec
UPDATE signup SET confirmed_ms = $now_ms
WHERE edition = $edition AND id = $signup AND state = 'accepted' AND confirm_asked_ms IS NOT NULL
    AND confirmed_ms IS NULL;

-- name: confirming(edition id) many
-- Those who are asked, the ones that have not answered first.
SELECT signup.id, signup.confirmed_ms, signup.contact_name, signup.contact_phone, organisation.name,
    person.email AS "contact_email:text?"
FROM signup JOIN organisation ON organisation.id = signup.organisation LEFT JOIN person ON person.id = signup.contact
WHERE signup.edition = $edition AND signup.state = 'accepted' AND signup.confirm_asked_ms IS NOT NULL
ORDER BY CASE WHEN signup.confirmed_ms IS NULL THEN 0 ELSE 1 END, organisation.name_sort, signup.id;

-- name: confirm_counts(edition id) one
SELECT COUNT(*) AS "accepted:int", COUNT(confirm_asked_ms) AS "asked:int", COUNT(confirmed_ms) AS "confirmed:int",
    MAX(confirm_asked_ms) AS "asked_ms:int?"
FROM signup WHERE edition = $edition AND state = 'accepted';

-- name: confirm_state(edition id, signup id) one
SELECT confirm_asked_ms, confirmed_ms FROM signup WHERE edition = $edition AND id = $signup AND state = 'accepted';

-- ---- late sign-ups --------------------------------------------------------------------------------

-- name: late_links(edition id, now_ms int) many
-- Those that work still.
SELECT signup_late.id, signup_late.is_single, signup_late.made_ms, signup_late.ends_ms, signup_late.used,
    COALESCE(person.name, '') AS "made_by:text"
FROM signup_late LEFT JOIN person ON person.id = signup_late.made_by
WHERE signup_late.edition = $edition AND signup_late.ends_ms > $now_ms
    AND (signup_late.is_single = 0 OR signup_late.used = 0)
ORDER BY signup_late.made_ms, signup_late.id;

-- name: late_by_secret(edition id, secret_hash bytes, now_ms int) one
SELECT id FROM signup_late
WHERE edition = $edition AND secret_hash = $secret_hash AND ends_ms > $now_ms AND (is_single = 0 OR used = 0);

-- name: late_is_open(edition id, late id, now_ms int) one
SELECT id FROM signup_late
WHERE edition = $edition AND id = $late AND ends_ms > $now_ms AND (is_single = 0 OR used = 0);

-- name: add_late(edition id, late id, secret_hash bytes, is_single bool, made_by id, now_ms int, ends_ms int) exec
INSERT INTO signup_late (edition, id, secret_hash, is_single, made_by, made_ms, ends_ms, used)
VALUES ($edition, $late, $secret_hash, $is_single, $made_by, $now_ms, $ends_ms, 0);

-- name: use_late(edition id, late id, now_ms int) exec
UPDATE signup_late SET used = used + 1
WHERE edition = $edition AND id = $late AND ends_ms > $now_ms AND (is_single = 0 OR used = 0);

-- name: end_late(edition id, late id) exec
DELETE FROM signup_late WHERE edition = $edition AND id = $late;

-- name: expire_late(now_ms int) exec
DELETE FROM signup_late WHERE ends_ms <= $now_ms;

-- name: set_draft_late(edition id, draft id, late id) exec
UPDATE signup_draft SET late = $late WHERE edition = $edition AND id = $draft;

-- name: last_of(organisation id, series id, edition id) one
-- The latest sign-up of the organisation in the series, of another edition than this one.
SELECT signup.id, signup.edition FROM signup JOIN edition ON edition.id = signup.edition
WHERE signup.organisation = $organisation AND edition.series = $series AND signup.edition <> $edition
ORDER BY edition.number DESC, signup.edition DESC LIMIT 1;

-- ---- letters to many ------------------------------------------------------------------------------

-- name: audience(edition id) many
SELECT organisation, state, first_time,
    CASE WHEN state = 'accepted' AND confirm_asked_ms IS NOT NULL AND confirmed_ms IS NULL
        THEN 1 ELSE 0 END AS "is_to_confirm:bool"
FROM signup WHERE edition = $edition ORDER BY id;

-- ---- organisations that are one: joins.h -----------------------------------------------------------

-- name: series_reached(organisation id) many
-- Every series it takes part in, or somebody acts for it, or in whose directory it stands.
SELECT edition.series AS "series:id" FROM signup JOIN edition ON edition.id = signup.edition
WHERE signup.organisation = $organisation
UNION SELECT role_grant.series AS "series:id" FROM role_grant
WHERE role_grant.scope = $organisation AND role_grant.role = 512
UNION SELECT directory_entry.series AS "series:id" FROM directory_entry
WHERE directory_entry.organisation = $organisation
ORDER BY 1;

-- name: add_join(edition id, join id, organisation id, kept id, by id?, now_ms int) exec
INSERT INTO organisation_join (edition, id, organisation, kept, joined_by, joined_ms)
VALUES ($edition, $join, $organisation, $kept, $by, $now_ms);

-- name: end_join(edition id, join id, by id?, now_ms int) exec
UPDATE organisation_join SET undone_by = $by, undone_ms = $now_ms
WHERE edition = $edition AND id = $join AND undone_ms IS NULL;

-- name: add_join_cell(edition id, join id, position int, table_name text, row_key text, column_name text, before text?, after text?) exec
INSERT INTO organisation_join_cell (edition, joining, position, table_name, row_key, column_name, before, after)
VALUES ($edition, $join, $position, $table_name, $row_key, $column_name, $before, $after);

-- name: join_cells(edition id, join id) many
SELECT table_name, row_key, column_name, before, after FROM organisation_join_cell
WHERE edition = $edition AND joining = $join ORDER BY position;

-- name: joins(series id) many
SELECT organisation_join.edition, organisation_join.id, organisation_join.organisation, organisation_join.kept,
    organisation_join.joined_ms, organisation_join.undone_ms, one.name AS "joined_name:text",
    other.name AS "kept_name:text", who.name AS "by_name:text?", undoer.name AS "undone_by_name:text?"
FROM edition
JOIN organisation_join ON organisation_join.edition = edition.id
JOIN organisation AS one ON one.id = organisation_join.organisation
JOIN organisation AS other ON other.id = organisation_join.kept
LEFT JOIN person AS who ON who.id = organisation_join.joined_by
LEFT JOIN person AS undoer ON undoer.id = organisation_join.undone_by WHERE edition.series = $series
ORDER BY organisation_join.id DESC;

-- name: both_signed_up(one id, other id) many
-- Editions to which both did: their sign-ups, the first one's first.
SELECT mine.edition, mine.id AS "mine:id", mine.state AS "my_state:text", mine.came_people AS "my_people:int?",
    mine.first_time AS "my_first:bool", mine.decided_ms AS "my_decided_ms:int?", mine.decided_by AS "my_decided_by:id?",
    mine.waiting_ms AS "my_waiting_ms:int?",
    theirs.id AS "theirs:id", theirs.state AS "their_state:text", theirs.came_people AS "their_people:int?",
    theirs.first_time AS "their_first:bool"
FROM signup AS mine JOIN signup AS theirs ON theirs.edition = mine.edition AND theirs.organisation = $other
WHERE mine.organisation = $one
ORDER BY mine.edition;

-- name: say_apart(edition id, lower id, higher id, by id?, now_ms int) exec
INSERT INTO organisation_apart (edition, lower, higher, said_by, said_ms)
VALUES ($edition, $lower, $higher, $by, $now_ms)
ON CONFLICT (edition, lower, higher) DO NOTHING;

-- name: unsay_apart(series id, lower id, higher id) exec
DELETE FROM organisation_apart WHERE lower = $lower AND higher = $higher
AND edition IN (SELECT edition.id FROM edition WHERE edition.series = $series);

-- name: apart(series id) many
SELECT organisation_apart.lower, organisation_apart.higher, one.name AS "lower_name:text",
    other.name AS "higher_name:text", MAX(organisation_apart.said_ms) AS "said_ms:int"
FROM edition
JOIN organisation_apart ON organisation_apart.edition = edition.id
JOIN organisation AS one ON one.id = organisation_apart.lower
JOIN organisation AS other ON other.id = organisation_apart.higher WHERE edition.series = $series
GROUP BY organisation_apart.lower, organisation_apart.higher, one.name, other.name
ORDER BY organisation_apart.lower, organisation_apart.higher;

-- name: first_times(organisation id, series id) many
-- Its sign-ups in a series that count as the first.
SELECT signup.edition, signup.id FROM signup JOIN edition ON edition.id = signup.edition
WHERE signup.organisation = $organisation AND edition.series = $series AND signup.first_time = 1
ORDER BY signup.edition;

-- name: waiting_invitations(organisation id, series id) many
SELECT acting_invitation.edition, acting_invitation.id
FROM edition JOIN acting_invitation ON acting_invitation.edition = edition.id
WHERE edition.series = $series AND acting_invitation.organisation = $organisation
    AND acting_invitation.state = 'waiting'
ORDER BY acting_invitation.id;

-- name: history(organisation id, series id) many
-- What it signed up to in a series, the latest first.
SELECT edition.id AS "edition:id", edition.title, signup.id AS "signup:id", signup.state, signup.people,
    signup.contact_name, signup.contact_phone, person.email AS "email:text?"
FROM signup JOIN edition ON edition.id = signup.edition
LEFT JOIN person ON person.id = signup.contact WHERE signup.organisation = $organisation AND edition.series = $series
ORDER BY edition.number DESC, edition.id DESC;

-- ---- invitations to act: inviting.h -----------------------------------------------------------------

-- row: invitation
-- Without its secret.
acting_invitation.edition, acting_invitation.id, acting_invitation.organisation, acting_invitation.person,
acting_invitation.invited_by, acting_invitation.hands_over, acting_invitation.state, acting_invitation.invited_ms,
acting_invitation.ends_ms, acting_invitation.version;

-- name: add_invitation(edition id, invitation id, organisation id, person id, by id?, hands_over bool, secret_hash bytes, now_ms int, ends_ms int) exec
INSERT INTO acting_invitation (edition, id, organisation, person, invited_by, hands_over, state, secret_hash,
    invited_ms, ends_ms, version)
VALUES ($edition, $invitation, $organisation, $person, $by, $hands_over, 'waiting', $secret_hash, $now_ms, $ends_ms, 1);

-- name: invitation_by_secret(edition id, secret_hash bytes) one
SELECT {invitation} FROM acting_invitation WHERE edition = $edition AND secret_hash = $secret_hash;

-- name: invitation_get(edition id, invitation id) one
SELECT {invitation} FROM acting_invitation WHERE edition = $edition AND id = $invitation;

-- name: invitations_of(organisation id, series id, now_ms int) many
SELECT {invitation} FROM edition JOIN acting_invitation ON acting_invitation.edition = edition.id
WHERE edition.series = $series AND acting_invitation.organisation = $organisation
    AND acting_invitation.state = 'waiting' AND acting_invitation.ends_ms > $now_ms
ORDER BY acting_invitation.id;

-- name: invitations_to(person id, now_ms int) many
SELECT {invitation} FROM acting_invitation
WHERE person = $person AND state = 'waiting' AND ends_ms > $now_ms ORDER BY id;

-- name: invited_since(person id, organisation id, since_ms int) one
SELECT COUNT(*) AS "count:int" FROM acting_invitation
WHERE person = $person AND organisation = $organisation AND invited_ms > $since_ms;

-- name: end_invitation(edition id, invitation id, state text, now_ms int) exec
UPDATE acting_invitation SET state = $state, answered_ms = $now_ms, version = version + 1
WHERE edition = $edition AND id = $invitation AND state = 'waiting';

-- name: expire_invitations(before_ms int) exec
DELETE FROM acting_invitation WHERE ends_ms < $before_ms;

-- name: erase_invitations(person id) exec
DELETE FROM acting_invitation WHERE person = $person;

-- name: erase_invitations_in(person id, series id) exec
DELETE FROM acting_invitation WHERE person = $person
AND edition IN (SELECT edition.id FROM edition WHERE edition.series = $series);
