// SPDX-License-Identifier: EUPL-1.2
/* The coordinators' list of sign-ups: finding, deciding on many, saving as a sheet. */
#include "gathering/signups/export_sheet.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/same.h"
#include "platform/base/utf8.h"
#include "platform/page/lists.h"
#include "platform/page/respond.h"
#include "signups_pages.h"
#include "signups_sql.h"

/* ---- rows ----------------------------------------------------------------------------------------------------- */

typedef struct ListedSignup {
    Signup signup;
    StrList profiles; /* codes */
    Str profile_words;
    const Signup *double_of; /* one it may be the same as, or NULL */
} ListedSignup;

typedef struct ListedSignups {
    ListedSignup *rows;
    size_t count;
    Language language;
    Arena *arena;
} ListedSignups;

/* The profiles of all organisations at once, given to their rows. */
static void add_profiles(Request *request, ListedSignups *all) {
    SignupsProfilesRows profiles = signups_sql_profiles(request->tx, request->scope.edition);
    Kinds kinds = kinds_of(request->tx, STR("profile"), request->language);
    for (size_t i = 0; i < all->count; i++) {
        ListedSignup *row = &all->rows[i];
        size_t from = 0, low = 0, high = profiles.count;
        while (low < high) { /* rows come by organisation */
            size_t middle = (low + high) / 2;
            if (profiles.rows[middle].organisation < row->signup.organisation) low = middle + 1;
            else high = middle;
        }
        from = low;
        while (low < profiles.count && profiles.rows[low].organisation == row->signup.organisation) low++;
        row->profiles = (StrList){arena_array(request->arena, Str, low - from), low - from};
        Str *names = arena_array(request->arena, Str, low - from);
        for (size_t j = from; j < low; j++) {
            row->profiles.strs[j - from] = profiles.rows[j].profile;
            names[j - from] = kind_name(&kinds, profiles.rows[j].profile);
        }
        row->profile_words = list_words(request->arena, request->language, names, low - from);
    }
}

static ListedSignups all_rows(Request *request) {
    Signups signups = signups_of(request->tx, request->scope.edition);
    ListedSignups all = {arena_array(request->arena, ListedSignup, signups.count), signups.count, request->language,
                         request->arena};
    Aparts aparts = organisations_apart(request->tx, request->scope.series);
    const Signup **doubles = signup_doubles(request->arena, &signups, &aparts);
    for (size_t i = 0; i < signups.count; i++)
        all.rows[i] = (ListedSignup){.signup = signups.signups[i], .double_of = doubles[i]};
    add_profiles(request, &all);
    return all;
}

/* ---- what the rooms above tell of them ------------------------------------------------------------------------ */

/* What the list's functions are called with. */
typedef struct Listing {
    Request *request;
    Audiences groups;     /* "answered “Do you bring a stand?”: yes", "bring a dish" */
    SheetColumns answers; /* to the edition's own questions */
} Listing;

/* Of one item or dish there is but one organisation, and many of them: those are for letters. */
static bool is_of_one(const Audience *audience) { return str_starts_with(audience->name, STR("one_")); }

static Listing *listing_of(Request *request) {
    const House *house = house_of(request);
    Listing *listing = arena_new(request->arena, Listing);
    *listing = (Listing){request, {.arena = request->arena}, {.arena = request->arena}};
    for (size_t i = 0; i < house->room_count; i++) {
        const Room *room = house->rooms[i];
        if (room == &signups_room) continue; /* its own groups have filters of their own */
        if (room->audiences) room->audiences(request->tx, request->scope.edition, request->language, &listing->groups);
        if (room->sheet_columns)
            room->sheet_columns(request->tx, request->scope.edition, request->language, &listing->answers);
    }
    return listing;
}

static FormOptions group_options(Request *request, void *context) {
    const Audiences *groups = &((const Listing *)context)->groups;
    FormOption *options = arena_array(request->arena, FormOption, groups->count);
    size_t count = 0;
    for (size_t i = 0; i < groups->count; i++)
        if (!is_of_one(&groups->audiences[i]))
            options[count++] = (FormOption){groups->audiences[i].name, groups->audiences[i].label};
    return (FormOptions){options, count};
}
static bool is_in_group(const void *row, Str choice, void *context) {
    const Audiences *groups = &((const Listing *)context)->groups;
    Id organisation = ((const ListedSignup *)row)->signup.organisation;
    for (size_t i = 0; i < groups->count; i++) {
        if (!str_equal(groups->audiences[i].name, choice)) continue;
        for (size_t k = 0; k < groups->audiences[i].count; k++)
            if (groups->audiences[i].organisations[k] == organisation) return true;
    }
    return false;
}

/* Which answer stands in a column of its own: it leaves nobody out. */
static FormOptions answer_options(Request *request, void *context) {
    const SheetColumns *answers = &((const Listing *)context)->answers;
    FormOption *options = arena_array(request->arena, FormOption, answers->count);
    for (size_t i = 0; i < answers->count; i++)
        options[i] = (FormOption){id_text(request->arena, answers->columns[i].id), answers->columns[i].head};
    return (FormOptions){options, answers->count};
}
static bool is_anybody(const void *row, Str choice, void *context) {
    (void)row, (void)choice, (void)context;
    return true;
}
static const SheetColumn *answer_shown(const Listing *listing) {
    Id id;
    if (!id_parse(fields_get(&listing->request->query, STR("answer")), &id)) return NULL;
    for (size_t i = 0; i < listing->answers.count; i++)
        if (listing->answers.columns[i].id == id) return &listing->answers.columns[i];
    return NULL;
}

/* ---- the list ------------------------------------------------------------------------------------------------- */

static ListValue value_name(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(((const ListedSignup *)row)->signup.organisation_name);
}
static ListValue value_state(const void *row, void *context) {
    (void)context;
    return LIST_NUMBER((int64_t)((const ListedSignup *)row)->signup.state);
}
static ListValue value_people(const void *row, void *context) {
    (void)context;
    return LIST_NUMBER(((const ListedSignup *)row)->signup.people);
}
static ListValue value_submitted(const void *row, void *context) {
    (void)context;
    return LIST_NUMBER(((const ListedSignup *)row)->signup.submitted_ms);
}

/* Behind the states those that may be there twice, whatever their state. */
static FormOptions state_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, SIGNUP_STATE_COUNT + 1);
    for (size_t i = 0; i < SIGNUP_STATE_COUNT; i++)
        options[i] = (FormOption){str_from_c(signup_state_name((SignupState)i)),
                                  signup_state_words(request->arena, request->language, (SignupState)i)};
    options[SIGNUP_STATE_COUNT] = (FormOption){STR("double"), signups_said(request, MSG("signups", "perhaps twice"))};
    return (FormOptions){options, SIGNUP_STATE_COUNT + 1};
}
static bool is_in_state(const void *row, Str choice, void *context) {
    (void)context;
    const ListedSignup *listed = row;
    if (str_equal(choice, STR("double"))) return listed->double_of != NULL;
    return str_equal(str_from_c(signup_state_name(listed->signup.state)), choice);
}

static FormOptions profile_options(Request *request, void *context) {
    (void)context;
    Kinds kinds = kinds_of(request->tx, STR("profile"), request->language);
    return kind_options(request->arena, &kinds);
}
static bool has_profile(const void *row, Str choice, void *context) {
    (void)context;
    const StrList *profiles = &((const ListedSignup *)row)->profiles;
    for (size_t i = 0; i < profiles->count; i++)
        if (str_equal(profiles->strs[i], choice)) return true;
    return false;
}

static FormOptions newcomer_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 2);
    options[0] = (FormOption){STR("first"), signups_said(request, MSG("signups", "first time"))};
    options[1] = (FormOption){STR("again"), signups_said(request, MSG("signups", "were here before"))};
    return (FormOptions){options, 2};
}
static bool is_newcomer(const void *row, Str choice, void *context) {
    (void)context;
    return ((const ListedSignup *)row)->signup.first_time == str_equal(choice, STR("first"));
}

static void search_words(const void *row, Buffer *words, void *context) {
    (void)context;
    const Signup *signup = &((const ListedSignup *)row)->signup;
    const Str parts[] = {signup->organisation_name, signup->contact_name, signup->contact_email,
                         signup->contact_phone,     signup->remarks,      signup->staff_notes};
    for (size_t i = 0; i < COUNT(parts); i++) {
        buffer_add_char(words, ' ');
        buffer_add(words, parts[i]);
    }
}

static const ListColumn columns[] = {
    {"name", MSG_INIT("signups", "Organisation"), value_name, false},
    {"state", MSG_INIT("signups", "State"), value_state, false},
    {"people", MSG_INIT("signups", "People"), value_people, true},
    {"sent", MSG_INIT("signups", "Sent"), value_submitted, false},
    {"profiles", MSG_INIT("signups", "What they do"), NULL, false},
    {"contact", MSG_INIT("signups", "Contact"), NULL, false},
};
static FormOptions named_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 2);
    options[0] = (FormOption){STR("yes"), signups_said(request, MSG("signups", "named"))};
    options[1] = (FormOption){STR("no"), signups_said(request, MSG("signups", "not named"))};
    return (FormOptions){options, 2};
}
static bool is_named(const void *row, Str choice, void *context) {
    (void)context;
    return ((const ListedSignup *)row)->signup.is_listed == str_equal(choice, STR("yes"));
}

static FormOptions charge_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 2);
    options[0] = (FormOption){STR("mine"), signups_said(request, MSG("signups", "those I look after"))};
    options[1] = (FormOption){STR("nobody"), signups_said(request, MSG("signups", "nobody yet"))};
    return (FormOptions){options, 2};
}
static bool is_in_charge(const void *row, Str choice, void *context) {
    Id in_charge = ((const ListedSignup *)row)->signup.in_charge;
    return str_equal(choice, STR("mine")) ? in_charge == ((const Listing *)context)->request->who.person
                                          : in_charge == 0;
}

static const ListFilter filters[] = {
    {"state", MSG_INIT("signups", "State"), state_options, is_in_state},
    {"profile", MSG_INIT("signups", "What they do"), profile_options, has_profile},
    {"newcomer", MSG_INIT("signups", "First time"), newcomer_options, is_newcomer},
    {"named", MSG_INIT("signups", "Named in public"), named_options, is_named},
    {"charge", MSG_INIT("signups", "Who looks after it"), charge_options, is_in_charge},
    {"group", MSG_INIT("signups", "What they answered or bring"), group_options, is_in_group},
    {"answer", MSG_INIT("signups", "Show their answer to"), answer_options, is_anybody},
};
enum { FILTERS_OF_ROOMS = 2 }; /* the last ones, where there is anything to choose */
static const ListPlan plan = {columns, COUNT(columns), filters, COUNT(filters), search_words, 0};

/* ?all=1: every row found stands on one page, ticked, so that one acts on what one sees. */
static bool shows_all(const Request *request) { return str_equal(fields_get(&request->query, STR("all")), STR("1")); }

static List *open_list(Request *request, const ListedSignups *all, Listing *listing) {
    ListPlan *whole = arena_new(request->arena, ListPlan);
    *whole = plan;
    if (shows_all(request)) whole->page_rows = MANY_ROWS;
    if (!listing->answers.count) whole->filters_count--;
    if (!listing->groups.count) whole->filters_count = COUNT(filters) - FILTERS_OF_ROOMS;
    return list_open(request, whole, all->rows, all->count, sizeof *all->rows, listing);
}

Str staff_list_here(Request *request) {
    ListedSignups all = all_rows(request);
    return list_here(open_list(request, &all, listing_of(request)));
}

/* ---- words --------------------------------------------------------------------------------------------------- */

static Str day_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return date_day_month_year(request->arena, request->language, &civil);
}

Str staff_places_words(Request *request) {
    OptionalInt left = signup_places_left(request->tx, edition_of(request));
    int64_t beyond = signup_places_beyond(request->tx, edition_of(request));
    if (!left.given) return STR_ABSENT;
    if (beyond)
        return say(request->arena, request->language,
                   MSG_PLURAL("signups", "{count} more is accepted than there are places",
                              "{count} more are accepted than there are places"),
                   SAY_INT("count", beyond));
    if (left.value == 0) return signups_said(request, MSG("signups", "all places are taken"));
    return say(request->arena, request->language,
               MSG_PLURAL("signups", "{count} place is left", "{count} places are left"), SAY_INT("count", left.value));
}

static void add_words(Buffer *out, Str words) {
    if (str_is_empty(words)) return;
    if (out->size) buffer_add(out, STR("\u00a0· "));
    buffer_add(out, words);
}

/* "70 accepted · 5 waiting · 3 to decide · 2 places left": what one asks first. */
static Str summary_words(Request *request) {
    SignupCounts counts = signup_counts(request->tx, request->scope.edition);
    Buffer out = buffer_in(request->arena);
    static const SignupState shown[] = {SIGNUP_NEW, SIGNUP_ACCEPTED, SIGNUP_WAITING};
    for (size_t i = 0; i < COUNT(shown); i++) {
        if (counts.by_state[shown[i]] == 0) continue;
        add_words(&out, str_format(request->arena, "%.*s: %lld",
                                   STR_FORMAT(signup_state_words(request->arena, request->language, shown[i])),
                                   (long long)counts.by_state[shown[i]]));
    }
    add_words(&out, staff_places_words(request));
    return buffer_str(&out);
}

/* ---- the page ------------------------------------------------------------------------------------------------ */

static bool is_ticked(const Request *request, Str pick) {
    if (request->method == METHOD_GET) return shows_all(request);
    Str ticked;
    for (size_t at = 0; fields_next(&request->form, STR("pick"), &at, &ticked);)
        if (str_equal(ticked, pick)) return true;
    return false;
}

static StaffListPageRow *page_rows(Request *request, const List *list, const SheetColumn *answer) {
    StaffListPageRow *rows = arena_array(request->arena, StaffListPageRow, list_count(list));
    for (size_t i = 0; i < list_count(list); i++) {
        const ListedSignup *row = list_row(list, i);
        const Signup *signup = &row->signup;
        Str id = id_text(request->arena, signup->id), pick = many_pick(request->arena, signup);
        rows[i] = (StaffListPageRow){
            .pick = pick,
            .is_picked = is_ticked(request, pick),
            .href = str_join(request->arena, edition_path(request->arena, edition_of(request), "/staff/sign-ups/"), id),
            .name = signup->organisation_name,
            .is_new = signup->first_time,
            .same_href = row->double_of ? staff_same_href(request, signup, row->double_of) : STR_ABSENT,
            .state = signup_state_words(request->arena, request->language, signup->state),
            .tone = str_from_c(signup_state_tone(signup->state)),
            .is_named = signup->is_listed,
            .people = signup->people,
            .profiles = row->profile_words,
            .contact = signup->contact_name,
            .is_address_bad = signup->is_address_bad,
            .reach = str_is_empty(signup->contact_phone) ? signup->contact_email : signup->contact_phone,
            .submitted = day_words(request, signup->submitted_ms),
            .answer = answer ? answer->cell(answer, signup->organisation) : STR_ABSENT,
        };
    }
    return rows;
}

static EmptyPart empty_words(Request *request, const List *list, Str import_href) {
    if (list_is_narrowed(list))
        return (EmptyPart){.heading = signups_said(request, MSG("signups", "No sign-up fits what you look for"))};
    return (EmptyPart){
        .heading = signups_said(request, MSG("signups", "Nobody has signed up yet")),
        .words = signups_said(request, MSG("signups", "Sign-ups come by the form, from a sheet or from paper.")),
        .action = signups_said(request, MSG("signups", "Import a sheet")),
        .action_href = import_href,
    };
}

/* What an import that led here has done. */
static Str imported_words(Request *request) {
    int64_t added, updated, left, changed, unkept;
    if (!str_to_int(fields_get(&request->query, STR("added")), &added) ||
        !str_to_int(fields_get(&request->query, STR("updated")), &updated) ||
        !str_to_int(fields_get(&request->query, STR("left")), &left))
        return STR_ABSENT;
    Str words = say(request->arena, request->language,
                    MSG("signups", "The sheet is in. New: {added}, changed: {updated}, left out: {left}."),
                    SAY_INT("added", added), SAY_INT("updated", updated), SAY_INT("left", left));
    if (str_to_int(fields_get(&request->query, STR("unkept")), &unkept) && unkept > 0) {
        Str noted = say(request->arena, request->language,
                        MSG_PLURAL("signups",
                                   "{count} answer to your questions was not kept as such: it stands in a note of its "
                                   "sign-up.",
                                   "{count} answers to your questions were not kept as such: each stands in a note of "
                                   "its sign-up."),
                        SAY_INT("count", unkept));
        words = str_format(request->arena, "%.*s %.*s", STR_FORMAT(words), STR_FORMAT(noted));
    }
    if (!str_to_int(fields_get(&request->query, STR("changed")), &changed) || changed < 1) return words;
    Str look_again = signups_said(request, MSG("signups", "Some ticked rows were left out because what is kept of them "
                                                          "changed meanwhile. Import the sheet again and look."));
    return str_format(request->arena, "%.*s %.*s", STR_FORMAT(words), STR_FORMAT(look_again));
}

static void fill_ticking(Request *request, const List *list, StaffListPage *page) {
    Str here = list_here(list), path = list_href(list, request->path);
    bool has_query = str_index_of_char(path, '?') >= 0;
    page->untick_href = shows_all(request) ? here : STR_ABSENT;
    page->all_href = str_format(request->arena, "%.*s%sall=1", STR_FORMAT(path), has_query ? "&" : "?");
    page->action = shows_all(request) ? page->all_href : here;
    page->found = (int64_t)list_found(list);
    page->is_naming = str_equal(fields_get(&request->form, STR("to")), STR("named"));
    if (page->found > MANY_ROWS) page->all_href = STR_ABSENT;
}

Err staff_list_show(Request *request, const Form *form, const ManyBeyond *beyond) {
    const Edition *edition = edition_of(request);
    ListedSignups all = all_rows(request);
    Listing *listing = listing_of(request);
    List *list = open_list(request, &all, listing);
    const SheetColumn *answer = answer_shown(listing);
    StaffListPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Sign-ups")), MENU_STAFF_SIGNUPS),
        .filters = list_filter_bar(list),
        .rows = page_rows(request, list, answer),
        .answer_head = answer ? answer->head : STR_ABSENT,
        .rows_count = list_count(list),
        .pager = list_pager(list),
        .form = form,
        .summary = summary_words(request),
        .add_href = edition_path(request->arena, edition, "/staff/sign-ups/add"),
        .duplicates_href = edition_path(request->arena, edition, "/staff/sign-ups/duplicates"),
        .import_href = edition_path(request->arena, edition, "/staff/sign-ups/import"),
        .export_href = list_href(list, edition_path(request->arena, edition, "/staff/sign-ups/export")),
        .figures_href = edition_path(request->arena, edition, "/staff/figures"),
        .questions_href = edition_path(request->arena, edition, "/staff/questions"),
        .late_href = edition_path(request->arena, edition, "/staff/sign-ups/late"),
        .confirm_href = edition_path(request->arena, edition, "/staff/sign-ups/confirm"),
        .guests_href = edition_path(request->arena, edition, "/staff/guests"),
        .calls_href = edition_path(request->arena, edition, "/staff/calls"),
    };
    if (beyond != NULL) {
        page.ask_words = beyond->words;
        page.ask_button = beyond->button;
        page.ask_beyond = beyond->count;
    }
    fill_ticking(request, list, &page);
    page.filters.found_words =
        say(request->arena, request->language, MSG_PLURAL("signups", "{count} sign-up found", "{count} sign-ups found"),
            SAY_INT("count", list_found(list)));
    page.heads = list_heads(list, &page.heads_count);
    page.empty = empty_words(request, list, page.import_href);
    page.layout.is_refused = !form_ok(form) || beyond != NULL;
    page.layout.notice = imported_words(request);
    if (str_is_absent(page.layout.notice)) page.layout.notice = many_done_words(request);
    PageOut out = page_out(request);
    page_staff_list(&out, &page);
    return OK;
}

Err staff_list_page(Request *request) {
    ManyForm values = {STR(""), STR("")};
    return staff_list_show(request, many_form_open(request, &values), NULL);
}

/* ---- as a sheet ---------------------------------------------------------------------------------------------- */

Err staff_export(Request *request) {
    ListedSignups all = all_rows(request);
    List *list = open_list(request, &all, listing_of(request));
    size_t count = (size_t)list_found(list);
    const Signup **found = arena_array(request->arena, const Signup *, count);
    for (size_t i = 0; i < count; i++) found[i] = &((const ListedSignup *)list_found_row(list, i))->signup;
    signups_write_sheet(request->tx, house_of(request), edition_of(request), request->language, found, count,
                        &request->response.body);
    respond_file(request, STR("text/csv; charset=utf-8"), STR("sign-ups.csv"));
    return OK;
}
