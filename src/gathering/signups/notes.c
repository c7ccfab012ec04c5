// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/notes.h"

#include "gathering/signups/internal.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_sql.h"

static const char *const kind_names[NOTE_KIND_COUNT] = {"note", "rung", "nobody_there"};

/* ---- the rules ---------------------------------------------------------------------------------------------- */

static OptionalInt id_or_null(Id id) { return (OptionalInt){id != 0, id}; }

void note_add(Tx *tx, const NoteToAdd *note) {
    Id id = tx_new_id(tx);
    Str words = str_is_absent(note->words) ? STR("") : note->words;
    signups_sql_add_note(tx, note->edition, id, note->signup, str_from_c(kind_names[note->kind]),
                         id_or_null(note->author), tx_now_ms(tx), words);
    store_audit(tx, &(AuditEntry){.person = note->author,
                                  .edition = note->edition,
                                  .action = note->kind == NOTE_WORDS ? "signup.note" : "signup.call",
                                  .subject = note->signup});
}

Err charge_give(Tx *tx, Id edition, Id signup, Id before, Id person, Id by) {
    if (!signups_sql_set_in_charge(tx, edition, signup, before, id_or_null(person))) return ERR_CONFLICT;
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = "signup.in_charge", .subject = signup});
    return OK;
}

static void add_people(Request *request, Team *team, IdArray people) {
    for (size_t i = 0; i < people.count; i++) {
        bool is_there = false;
        for (size_t k = 0; k < team->count; k++) is_there = is_there || team->people[k].id == people.ids[i];
        if (!is_there && person_get(request->tx, people.ids[i], &team->people[team->count])) team->count++;
    }
}

Team team_of(Request *request) {
    IdArray coordinators = role_holders(request->tx, ROLE_COORDINATOR, request->scope.series);
    IdArray owners = role_holders(request->tx, ROLE_OWNER, 0);
    Team team = {arena_array(request->arena, Person, coordinators.count + owners.count), 0};
    add_people(request, &team, coordinators);
    add_people(request, &team, owners);
    return team;
}

Str team_name(const Request *request, const Team *team, Id person) {
    for (size_t i = 0; i < team->count; i++) {
        if (team->people[i].id != person) continue;
        if (!str_is_empty(team->people[i].name)) return team->people[i].name;
        return str_is_empty(team->people[i].email) ? signups_said(request, MSG("signups", "without a name"))
                                                   : team->people[i].email;
    }
    return STR("");
}

/* ---- on a sign-up's page ------------------------------------------------------------------------------------ */

/* "nobody", or one of the team. */
static FormOptions team_options(Request *request, void *context) {
    (void)context;
    Team team = team_of(request);
    FormOption *options = arena_array(request->arena, FormOption, team.count + 1);
    options[0] = (FormOption){STR("nobody"), signups_said(request, MSG("signups", "nobody"))};
    for (size_t i = 0; i < team.count; i++)
        options[i + 1] =
            (FormOption){id_text(request->arena, team.people[i].id), team_name(request, &team, team.people[i].id)};
    return (FormOptions){options, team.count + 1};
}

static const FormField note_fields[] = {
    {.name = "before", .kind = FIELD_HIDDEN, .offset = offsetof(NoteForm, before)},
    {.name = "note",
     .kind = FIELD_TEXT,
     .offset = offsetof(NoteForm, note),
     .unmarked = true,
     .most = 2000,
     .label = MSG_INIT("signups", "A new note"),
     .hint = MSG_INIT("signups", "For coordinators. It stays with your name and the time. Whoever it is about may ask "
                                 "to have it read to them.")},
    {.name = "person",
     .kind = FIELD_CHOICE,
     .offset = offsetof(NoteForm, person),
     .required = true,
     .is_guarded = true,
     .options = team_options,
     .label = MSG_INIT("signups", "Who looks after it")},
};
const FormTable note_asked = {note_fields, COUNT(note_fields)};

static Str moment_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return str_format(request->arena, "%.*s, %.*s",
                      STR_FORMAT(date_day_month_year(request->arena, request->language, &civil)),
                      STR_FORMAT(clock_time(request->arena, &civil)));
}

static Str kind_words(Request *request, Str kind) {
    if (str_equal(kind, STR("rung"))) return signups_said(request, MSG("signups", "We spoke"));
    if (str_equal(kind, STR("nobody_there"))) return signups_said(request, MSG("signups", "Rung, nobody there"));
    return STR("");
}

NotesPart notes_part(Request *request, const Signup *signup) {
    SignupsNotesRows rows = signups_sql_notes(request->tx, signup->edition, signup->id);
    NotesPartRow *shown = arena_array(request->arena, NotesPartRow, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const SignupsNoteRow *note = &rows.rows[i].note;
        Str kind = kind_words(request, note->kind);
        if (str_is_empty(kind) && str_is_empty(note->words)) continue; /* its time was over */
        shown[count++] = (NotesPartRow){moment_words(request, note->at_ms), note->author, kind, note->words};
    }
    Team team = team_of(request);
    return (NotesPart){
        .rows = shown,
        .rows_count = count,
        .change_href = staff_signup_path(request, signup->id, "/notes"),
        .in_charge = team_name(request, &team, signup->in_charge),
    };
}

/* Both are one form, so that no button leaves behind what was typed or chosen beside it. */
static Err show_notes(Request *request, const Signup *signup, const Form *form) {
    StaffNotesPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Notes, and who looks after it")),
                                 MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .back_href = staff_signup_path(request, signup->id, ""),
        .form = form,
        .action = staff_signup_path(request, signup->id, "/notes"),
        .notes = notes_part(request, signup),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_notes(&out, &page);
    return OK;
}

static Str charge_text(Request *request, Id person) { return person ? id_text(request->arena, person) : STR("nobody"); }

static Form *open_note(Request *request, const Signup *signup, NoteForm **values) {
    Team team = team_of(request);
    bool is_of_team = !str_is_empty(team_name(request, &team, signup->in_charge)); /* else nobody is, for the form */
    Str charge = charge_text(request, signup->in_charge);
    *values = arena_new(request->arena, NoteForm);
    **values = (NoteForm){.note = STR(""), .person = is_of_team ? charge : STR("nobody"), .before = charge};
    return form_open(request, note_fields, COUNT(note_fields), *values);
}

Err staff_notes_page(Request *request) {
    Signup signup;
    NoteForm *values;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    return show_notes(request, &signup, open_note(request, &signup, &values));
}

/* Somebody else may have handed it over meanwhile: the page says so, with the note that was typed. */
static Err hand_over(Request *request, const Signup *signup, const NoteForm *values) {
    Id person = 0, before = 0;
    if (!str_equal(values->person, STR("nobody")) && !id_parse(values->person, &person)) return ERR_INPUT;
    if (!str_equal(values->before, STR("nobody")) && !id_parse(values->before, &before)) return ERR_INPUT;
    if (person == before) return OK;
    return charge_give(request->tx, signup->edition, signup->id, before, person, request->who.person);
}

Err staff_notes_save(Request *request) {
    Signup signup;
    NoteForm *values;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    Form *form = open_note(request, &signup, &values);
    if (!form_read(form)) return show_notes(request, &signup, form);
    if (str_is_empty(values->note) && str_equal(values->person, values->before)) {
        form_refuse(form, "note", signups_said(request, MSG("signups", "Write a note, or choose who looks after it.")));
        return show_notes(request, &signup, form);
    }
    Err err = hand_over(request, &signup, values);
    if (err == ERR_CONFLICT) {
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "Somebody has handed this sign-up over meanwhile. Below it "
                                                         "stands who looks after it now; nothing was changed.")));
        request->response.status = 409;
        return show_notes(request, &signup, form);
    }
    if (err) return err;
    if (!str_is_empty(values->note))
        note_add(request->tx, &(NoteToAdd){.edition = signup.edition,
                                           .signup = signup.id,
                                           .author = request->who.person,
                                           .kind = NOTE_WORDS,
                                           .words = values->note});
    return respond_redirect(request, staff_signup_path(request, signup.id, "?done=1#notes"));
}

/* ---- the call list ------------------------------------------------------------------------------------------ */

static bool is_open(const Signup *signup) {
    return signup->state == SIGNUP_NEW || signup->state == SIGNUP_ACCEPTED || signup->state == SIGNUP_WAITING;
}

static bool has_no_email(const Signup *signup) { return str_is_empty(signup->contact_email); }

static bool is_to_be_rung(const Signup *signup) {
    return is_open(signup) && (has_no_email(signup) || signup->is_address_bad || !str_is_absent(signup->listing_wish));
}

static Str why_words(Request *request, const Signup *signup) {
    if (has_no_email(signup)) return signups_said(request, MSG("signups", "no e-mail: letters do not reach them"));
    if (signup->is_address_bad)
        return signups_said(request, MSG("signups", "letters to their e-mail do not arrive: ask for the right one"));
    return signups_said(request, MSG("signups", "has not answered whether they may be named in public"));
}

/* The newest call of a sign-up; NULL: none. */
static const SignupsNoteRow *last_call(const SignupsCallsRows *calls, Id signup) {
    for (size_t i = 0; i < calls->count; i++)
        if (calls->rows[i].note.signup == signup) return &calls->rows[i].note;
    return NULL;
}

static Str call_words(Request *request, const SignupsNoteRow *call) {
    if (!call) return STR("");
    Str words = str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(kind_words(request, call->kind)),
                           STR_FORMAT(moment_words(request, call->at_ms)));
    if (str_is_empty(call->author)) return words;
    return str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(words), STR_FORMAT(call->author));
}

static CallsPageRow call_row(Request *request, const Signup *signup, const SignupsNoteRow *last, const Team *team) {
    return (CallsPageRow){
        .name = signup->organisation_name,
        .href = staff_signup_path(request, signup->id, ""),
        .id = id_text(request->arena, signup->id),
        .person = signup->contact_name,
        .phone = signup->contact_phone,
        .phone_href = phone_link(request->arena, signup->contact_phone),
        .why = why_words(request, signup),
        .called = call_words(request, last),
        .charge = team_name(request, team, signup->in_charge),
        .action = staff_signup_path(request, signup->id, "/rung"),
    };
}

/* Those first whom nobody has rung; in each half by name, as they come. */
static void fill_calls(Request *request, CallsPage *page) {
    Signups all = signups_of(request->tx, request->scope.edition);
    SignupsCallsRows calls = signups_sql_calls(request->tx, request->scope.edition);
    Team team = team_of(request);
    CallsPageRow *rows = arena_array(request->arena, CallsPageRow, all.count);
    CallsPageUnreachableOne *silent = arena_array(request->arena, CallsPageUnreachableOne, all.count);
    page->unreachable_ones = silent;
    for (int was_rung = 0; was_rung < 2; was_rung++)
        for (size_t i = 0; i < all.count; i++) {
            const Signup *signup = &all.signups[i];
            const SignupsNoteRow *last = last_call(&calls, signup->id);
            if (!is_to_be_rung(signup) || (last != NULL) != was_rung) continue;
            if (page->is_mine && signup->in_charge != request->who.person) continue;
            if (!str_is_empty(signup->contact_phone)) rows[page->rows_count++] = call_row(request, signup, last, &team);
            else if (has_no_email(signup) || signup->is_address_bad)
                silent[page->unreachable_ones_count++] =
                    (CallsPageUnreachableOne){signup->organisation_name, staff_signup_path(request, signup->id, "")};
        }
    page->rows = rows;
    if (page->unreachable_ones_count)
        page->unreachable =
            say(request->arena, request->language,
                MSG_PLURAL("signups", "{count} sign-up has neither an e-mail that works nor a telephone number.",
                           "{count} sign-ups have neither an e-mail that works nor a telephone number."),
                SAY_INT("count", (int64_t)page->unreachable_ones_count));
}

Err calls_page(Request *request) {
    const Edition *edition = edition_of(request);
    CallsPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Whom to ring")), MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition, "/staff/sign-ups"),
        .is_mine = str_equal(fields_get(&request->query, STR("mine")), STR("1")),
        .mine_href = edition_path(request->arena, edition, "/staff/calls?mine=1"),
        .all_href = edition_path(request->arena, edition, "/staff/calls"),
        .form = form_open(request, NULL, 0, NULL),
    };
    fill_calls(request, &page);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = signups_said(request, MSG("signups", "Noted."));
    PageOut out = page_out(request);
    page_calls(&out, &page);
    return OK;
}

Err staff_rung(Request *request) {
    Signup signup;
    Str kind = fields_get(&request->form, STR("kind"));
    bool is_rung = str_equal(kind, STR("rung"));
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    if (!is_rung && !str_equal(kind, STR("nobody_there"))) return ERR_INPUT;
    note_add(request->tx, &(NoteToAdd){.edition = signup.edition,
                                       .signup = signup.id,
                                       .author = request->who.person,
                                       .kind = is_rung ? NOTE_RUNG : NOTE_NOBODY_THERE});
    return respond_redirect(request, edition_path(request->arena, edition_of(request), "/staff/calls?done=1"));
}

void calls_today(Request *request, const Signups *all, TodayItems *items) {
    SignupsCallsRows calls = signups_sql_calls(request->tx, request->scope.edition);
    int64_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        count += is_to_be_rung(&all->signups[i]) && !str_is_empty(all->signups[i].contact_phone) &&
                 !last_call(&calls, all->signups[i].id);
    if (count == 0) return;
    today_items_add(items, &(TodayItem){
                               .urgency = URGENT_WHEN_TIME,
                               .words = say(request->arena, request->language,
                                            MSG_PLURAL("signups", "{count} organisation is to be rung",
                                                       "{count} organisations are to be rung"),
                                            SAY_INT("count", count)),
                               .href = edition_path(request->arena, edition_of(request), "/staff/calls"),
                               .link = signups_said(request, MSG("signups", "Call list")),
                           });
}
