// SPDX-License-Identifier: EUPL-1.2
/* Where and with whom: venues, their rooms, hosts and partners; the list of all, and the form of each. */
#include "gathering/editions/asks.h"
#include "gathering/editions/edition_form.h"
#include "gathering/editions/things.h"

#include "editions_sql.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- venues ----------------------------------------------------------------------------------------- */

typedef struct VenueForm {
    Str name, address, words, version;
} VenueForm;

static const FormField venue_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(VenueForm, name),
     .required = true,
     .most = 120,
     .label = MSG_INIT("editions", "Name of the place")},
    {.name = "address",
     .kind = FIELD_LINE,
     .offset = offsetof(VenueForm, address),
     .most = 200,
     .label = MSG_INIT("editions", "Street and number")},
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(VenueForm, words),
     .most = 800,
     .label = MSG_INIT("editions", "What to know about it"),
     .hint = MSG_INIT("editions", "How to get there, where the entrance is, what the place is good for.")},
    FORM_VERSION(VenueForm),
};

static void begin_venue(Request *request, void *values) {
    (void)request;
    *(VenueForm *)values = (VenueForm){STR(""), STR(""), STR(""), STR("")};
}

static bool load_venue(Request *request, Id id, void *values) {
    EditionsVenuesRows rows = editions_sql_venues(request->tx, request->scope.edition);
    for (size_t i = 0; i < rows.count; i++) {
        const EditionsVenuesRow *row = &rows.rows[i];
        if (row->id != id) continue;
        *(VenueForm *)values =
            (VenueForm){row->name, row->address, row->words, form_version(request->arena, row->version)};
        return true;
    }
    return false;
}

/* Whether the one row that was meant was written. */
static Err written(int64_t rows) { return rows ? OK : ERR_CONFLICT; }

static Err save_venue(Request *request, Form *form, Id id, const void *values) {
    (void)form;
    const VenueForm *venue = values;
    if (id)
        return written(editions_sql_update_venue(request->tx, request->scope.edition, id,
                                                 form_version_number(venue->version), venue->name, venue->address,
                                                 venue->words));
    edition_add_venue(request->tx, request->scope.edition, venue->name, venue->address, venue->words);
    return OK;
}

/* Its rooms go with it. */
static bool remove_venue(Request *request, Id id) {
    editions_sql_remove_spaces_of(request->tx, request->scope.edition, id);
    texts_forget(request->tx, id);
    return editions_sql_remove_venue(request->tx, request->scope.edition, id) > 0;
}

const Thing venue_thing = {
    .path = "venues",
    .list = "/staff/settings/places",
    .new_heading = MSG_INIT("editions", "A new place"),
    .heading = MSG_INIT("editions", "A place"),
    .remove = MSG_INIT("editions", "Remove this place and its rooms"),
    .fields = venue_fields,
    .fields_count = COUNT(venue_fields),
    .values_size = sizeof(VenueForm),
    .begin = begin_venue,
    .load = load_venue,
    .save = save_venue,
    .remove_one = remove_venue,
};

/* ---- hosts and partners ----------------------------------------------------------------------------- */

typedef struct PartyForm {
    Str role, name, website, contributions, version;
} PartyForm;

static const struct {
    const char *code;
    Msg name;
} party_roles[] = {
    {"host", MSG_INIT("editions", "host")},
    {"partner", MSG_INIT("editions", "partner")},
    {"organiser", MSG_INIT("editions", "organiser")},
    {"place", MSG_INIT("editions", "place")},
};

static FormOptions role_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(party_roles));
    for (size_t i = 0; i < COUNT(party_roles); i++)
        options[i] = (FormOption){str_from_c(party_roles[i].code), words(request, party_roles[i].name)};
    return (FormOptions){options, COUNT(party_roles)};
}

static const FormField party_fields[] = {
    {.name = "role",
     .kind = FIELD_CHOICE,
     .offset = offsetof(PartyForm, role),
     .required = true,
     .label = MSG_INIT("editions", "What they are here"),
     .options = role_choices},
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(PartyForm, name),
     .required = true,
     .most = 160,
     .label = MSG_INIT("editions", "Name"),
     .autocomplete = "organization"},
    {.name = "website",
     .kind = FIELD_URL,
     .offset = offsetof(PartyForm, website),
     .label = MSG_INIT("editions", "Web page")},
    {.name = "contributions",
     .kind = FIELD_LINE,
     .offset = offsetof(PartyForm, contributions),
     .most = 300,
     .label = MSG_INIT("editions", "What they give"),
     .hint = MSG_INIT("editions", "With commas between: space, technical support")},
    FORM_VERSION(PartyForm),
};

static void begin_party(Request *request, void *values) {
    (void)request;
    *(PartyForm *)values = (PartyForm){STR("partner"), STR(""), STR(""), STR(""), STR("")};
}

static Str contributions_of(Request *request, Id party) {
    EditionsContributionsRows rows = editions_sql_contributions(request->tx, request->scope.edition);
    Buffer joined = buffer_in(request->arena);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.rows[i].party == party)
            buffer_format(&joined, "%s%.*s", joined.size ? ", " : "", STR_FORMAT(rows.rows[i].words));
    return buffer_str(&joined);
}

static bool load_party(Request *request, Id id, void *values) {
    EditionsPartiesRows rows = editions_sql_parties(request->tx, request->scope.edition);
    for (size_t i = 0; i < rows.count; i++) {
        const EditionsPartiesRow *row = &rows.rows[i];
        if (row->id != id) continue;
        *(PartyForm *)values = (PartyForm){row->role, row->name, row->website, contributions_of(request, id),
                                           form_version(request->arena, row->version)};
        return true;
    }
    return false;
}

static Err save_party(Request *request, Form *form, Id id, const void *values) {
    (void)form;
    const PartyForm *typed = values;
    Party party = {.role = typed->role, .name = typed->name, .website = typed->website};
    Err err = OK;
    if (!id) id = edition_add_party(request->tx, request->scope.edition, &party);
    else
        err = written(editions_sql_update_party(request->tx, request->scope.edition, id,
                                                form_version_number(typed->version), party.role, party.name,
                                                party.website));
    if (err) return err;
    StrList contributions = contributions_split(request->arena, typed->contributions);
    edition_set_contributions(request->tx, request->scope.edition, id, &contributions);
    return OK;
}

static bool remove_party(Request *request, Id id) {
    editions_sql_clear_contributions(request->tx, request->scope.edition, id);
    return editions_sql_remove_party(request->tx, request->scope.edition, id) > 0;
}

const Thing party_thing = {
    .path = "parties",
    .list = "/staff/settings/places",
    .new_heading = MSG_INIT("editions", "A new host or partner"),
    .heading = MSG_INIT("editions", "A host or partner"),
    .remove = MSG_INIT("editions", "Remove them from this edition"),
    .fields = party_fields,
    .fields_count = COUNT(party_fields),
    .values_size = sizeof(PartyForm),
    .begin = begin_party,
    .load = load_party,
    .save = save_party,
    .remove_one = remove_party,
};

/* ---- the list of all -------------------------------------------------------------------------------- */

static Str href(Request *request, const char *things, Id id) {
    return str_format(request->arena, "%.*s/staff/settings/%s/%.*s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "")), things,
                      STR_FORMAT(id_text(request->arena, id)));
}

static ThingsPageGroup venue_group(Request *request) {
    EditionsVenuesRows venues = editions_sql_venues(request->tx, request->scope.edition);
    ThingsPageGroupRow *rows = arena_array(request->arena, ThingsPageGroupRow, venues.count);
    for (size_t i = 0; i < venues.count; i++)
        rows[i] = (ThingsPageGroupRow){venues.rows[i].name, venues.rows[i].address, STR_ABSENT,
                                       href(request, "venues", venues.rows[i].id)};
    return (ThingsPageGroup){words(request, MSG("editions", "Place")),
                             rows,
                             venues.count,
                             words(request, MSG("editions", "Nobody knows yet where you will meet.")),
                             words(request, MSG("editions", "Add a place")),
                             edition_path(request->arena, edition_of(request), "/staff/settings/venues/new")};
}

/* "do 120 osób · bez schodów · pętla indukcyjna" */
static Str space_words(Request *request, const Space *space) {
    Str said[4];
    size_t count = 0;
    if (space->capacity.given)
        said[count++] =
            say(request->arena, request->language, MSG_PLURAL("editions", "for {count} person", "for {count} people"),
                SAY_INT("count", space->capacity.value));
    if (!space->step_free) said[count++] = words(request, MSG("editions", "not said to be without steps"));
    Str access = space_access_words(request->arena, request->language, space);
    if (!str_is_empty(access)) said[count++] = access;
    if (!str_is_empty(space->words)) said[count++] = space->words;
    Buffer joined = buffer_in(request->arena);
    for (size_t i = 0; i < count; i++) buffer_format(&joined, "%s%.*s", i ? "\u00a0· " : "", STR_FORMAT(said[i]));
    return buffer_str(&joined);
}

static ThingsPageGroup space_group(Request *request) {
    Spaces spaces = edition_spaces(request->tx, request->scope.edition);
    Asks asks = asks_of(request->tx, request->scope.edition, "host");
    ThingsPageGroupRow *rows = arena_array(request->arena, ThingsPageGroupRow, spaces.count);
    for (size_t i = 0; i < spaces.count; i++)
        rows[i] = (ThingsPageGroupRow){.what = spaces.spaces[i].name,
                                       .who = space_words(request, &spaces.spaces[i]),
                                       .tag = spaces.spaces[i].is_stage ? words(request, MSG("editions", "stage"))
                                                                        : STR_ABSENT,
                                       .href = href(request, "spaces", spaces.spaces[i].id),
                                       .warning = ask_refusals(request, &asks, spaces.spaces[i].id)};
    return (ThingsPageGroup){words(request, MSG("editions", "Rooms")),
                             rows,
                             spaces.count,
                             words(request, MSG("editions", "No rooms yet.")),
                             words(request, MSG("editions", "Add a room")),
                             edition_path(request->arena, edition_of(request), "/staff/settings/spaces/new")};
}

static Str party_role_words(const Request *request, Str role) {
    for (size_t i = 0; i < COUNT(party_roles); i++)
        if (str_equal(role, str_from_c(party_roles[i].code))) return words(request, party_roles[i].name);
    return role;
}

static ThingsPageGroup party_group(Request *request) {
    EditionsPartiesRows parties = editions_sql_parties(request->tx, request->scope.edition);
    ThingsPageGroupRow *rows = arena_array(request->arena, ThingsPageGroupRow, parties.count);
    for (size_t i = 0; i < parties.count; i++)
        rows[i] = (ThingsPageGroupRow){parties.rows[i].name, contributions_of(request, parties.rows[i].id),
                                       party_role_words(request, parties.rows[i].role),
                                       href(request, "parties", parties.rows[i].id)};
    return (ThingsPageGroup){words(request, MSG("editions", "Host and partners")),
                             rows,
                             parties.count,
                             words(request, MSG("editions", "Nobody is named yet.")),
                             words(request, MSG("editions", "Add a host or partner")),
                             edition_path(request->arena, edition_of(request), "/staff/settings/parties/new")};
}

Err places_page(Request *request) {
    const Edition *edition = edition_of(request);
    Str title = words(request, MSG("editions", "Place and partners"));
    ThingsPageGroup groups[] = {venue_group(request), space_group(request), party_group(request)};
    ThingsPage page = {
        .layout = edition_layout(request, title, MENU_STAFF_SETTINGS),
        .heading = title,
        .back = edition_path(request->arena, edition, "/staff/settings"),
        .groups = groups,
        .groups_count = COUNT(groups),
    };
    PageOut out = page_out(request);
    page_things(&out, &page);
    return OK;
}
