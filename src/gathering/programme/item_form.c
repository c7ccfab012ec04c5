// SPDX-License-Identifier: EUPL-1.2
#include "gathering/programme/item_form.h"

#include "gathering/organisations/organisations.h"
#include "platform/page/conflict.h"
#include "platform/page/typed.h"
#include "programme_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- choices ------------------------------------------------------- */

static FormOptions kinds_named(Request *request, const char *const *kinds, size_t count) {
    FormOption *options = arena_array(request->arena, FormOption, count);
    for (size_t i = 0; i < count; i++)
        options[i] = (FormOption){str_from_c(kinds[i]),
                                  item_kind_words(request->arena, request->language, str_from_c(kinds[i]))};
    return (FormOptions){options, count};
}

static FormOptions kind_choices(Request *request, void *context) {
    (void)context;
    static const char *const kinds[] = {"talk",    "performance", "concert",  "opening",
                                        "closing", "walk",        "turnover", "other"};
    return kinds_named(request, kinds, COUNT(kinds));
}

static FormOptions offered_kinds(Request *request, void *context) {
    (void)context;
    static const char *const kinds[] = {"talk", "performance"};
    return kinds_named(request, kinds, COUNT(kinds));
}

static FormOptions theme_choices(Request *request, void *context) {
    (void)context;
    Kinds themes = kinds_of(request->tx, STR("theme"), request->language);
    FormOption *options = arena_array(request->arena, FormOption, themes.count + 1);
    options[0] = (FormOption){STR("none"), words(request, MSG("programme", "none of these"))};
    for (size_t i = 0; i < themes.count; i++) options[i + 1] = (FormOption){themes.kinds[i].code, themes.kinds[i].name};
    return (FormOptions){options, themes.count + 1};
}

/* Organisations by id, guests by "g-" and id: an item is of one of them, or of neither. */
static const char guest_mark[] = "g-";

static FormOptions who_choices(Request *request, void *context) {
    (void)context;
    Id edition = request->scope.edition;
    ProgrammeAcceptedOrganisationsRows organisations = programme_sql_accepted_organisations(request->tx, edition);
    ProgrammeGuestsRows guests = programme_sql_guests(request->tx, edition);
    FormOption *options = arena_array(request->arena, FormOption, organisations.count + guests.count + 1);
    size_t count = 0;
    options[count++] = (FormOption){STR("none"), words(request, MSG("programme", "nobody of the list"))};
    for (size_t i = 0; i < organisations.count; i++)
        options[count++] = (FormOption){id_text(request->arena, organisations.rows[i].id), organisations.rows[i].name};
    for (size_t i = 0; i < guests.count; i++) {
        Str value = str_join(request->arena, str_from_c(guest_mark), id_text(request->arena, guests.rows[i].id));
        options[count++] = (FormOption){value, say(request->arena, request->language, MSG("programme", "guest: {name}"),
                                                   SAY_TEXT("name", guests.rows[i].name))};
    }
    return (FormOptions){options, count};
}

static FormOptions consent_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 3);
    options[0] = (FormOption){STR("all"), words(request, MSG("programme", "of all the children"))};
    options[1] = (FormOption){STR("some"), words(request, MSG("programme", "of some: no photographs, please"))};
    options[2] = (FormOption){STR("none"), words(request, MSG("programme", "of none: no photographs, please"))};
    return (FormOptions){options, 3};
}

/* ---- fields ------------------------------------------------------- */

#define TITLE_FIELD                                                                                                   \
    {                                                                                                                 \
        .name = "title", .kind = FIELD_LINE, .offset = offsetof(ItemForm, title), .most = ITEM_TITLE_CHARS,           \
        .label = MSG_INIT("programme", "Title"), .hint = MSG_INIT("programme", "As it is to stand in the programme.") \
    }
#define WORDS_FIELD                                                               \
    {                                                                             \
        .name = "words", .kind = FIELD_TEXT, .offset = offsetof(ItemForm, words), \
        .label = MSG_INIT("programme", "A few sentences for the programme")       \
    }
#define THEME_FIELD                                                                                           \
    {                                                                                                         \
        .name = "theme", .kind = FIELD_CHOICE, .offset = offsetof(ItemForm, theme), .options = theme_choices, \
        .label = MSG_INIT("programme", "What it is about")                                                    \
    }
#define PEOPLE_FIELD                                                                                    \
    {                                                                                                   \
        .name = "people", .kind = FIELD_OPTIONAL_INT, .offset = offsetof(ItemForm, people), .least = 1, \
        .most = ITEM_PEOPLE_MOST, .label = MSG_INIT("programme", "How many people are on stage")        \
    }
#define CHILDREN_FIELD                                                                           \
    {                                                                                            \
        .name = "has_children", .kind = FIELD_CHECK, .offset = offsetof(ItemForm, has_children), \
        .label = MSG_INIT("programme", "Children are on stage"),                                 \
        .hint = MSG_INIT("programme", "Please write no names of children anywhere.")             \
    }
#define ADULT_FIELD                                                                                             \
    {                                                                                                           \
        .name = "adult_attested", .kind = FIELD_CHECK, .offset = offsetof(ItemForm, adult_attested),            \
        .label = MSG_INIT("programme",                                                                          \
                          "The organisation answers for it that a responsible adult is with them all the time") \
    }
#define CONSENT_FIELD                                                                                             \
    {                                                                                                             \
        .name = "photo_consent", .kind = FIELD_CHOICE, .offset = offsetof(ItemForm, photo_consent),               \
        .options = consent_choices,                                                                               \
        .label = MSG_INIT("programme", "Where children are on stage: whose guardians have agreed to photographs") \
    }
#define NEEDS_FIELD                                                                                         \
    {                                                                                                       \
        .name = "needs", .kind = FIELD_TEXT, .offset = offsetof(ItemForm, needs),                           \
        .label = MSG_INIT("programme", "What is needed on stage"),                                          \
        .hint = MSG_INIT("programme", "Microphones, a projector, chairs, room to move, a place to change.") \
    }

const FormField item_fields[] = {
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .offset = offsetof(ItemForm, kind),
     .required = true,
     .options = kind_choices,
     .label = MSG_INIT("programme", "What is it")},
    TITLE_FIELD,
    {.name = "organisation",
     .kind = FIELD_CHOICE,
     .offset = offsetof(ItemForm, organisation),
     .is_guarded = true,
     .options = who_choices,
     .label = MSG_INIT("programme", "Whose is it")},
    {.name = "performer",
     .kind = FIELD_LINE,
     .offset = offsetof(ItemForm, performer),
     .most = ITEM_TITLE_CHARS,
     .label = MSG_INIT("programme", "Who is on stage, where nobody of the list is")},
    WORDS_FIELD,
    THEME_FIELD,
    {.name = "duration",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(ItemForm, duration),
     .least = 1,
     .most = ITEM_MINUTES_MOST,
     .label = MSG_INIT("programme", "How many minutes it takes")},
    {.name = "changeover",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(ItemForm, changeover),
     .least = 0,
     .most = ITEM_MINUTES_MOST,
     .label = MSG_INIT("programme", "Minutes to change the stage after it")},
    PEOPLE_FIELD,
    CHILDREN_FIELD,
    ADULT_FIELD,
    CONSENT_FIELD,
    NEEDS_FIELD,
    {.name = "not_before",
     .kind = FIELD_TIME,
     .offset = offsetof(ItemForm, not_before),
     .label = MSG_INIT("programme", "They can be there from"),
     .hint = MSG_INIT("programme", "Leave it empty where it does not matter.")},
    {.name = "done_by",
     .kind = FIELD_TIME,
     .offset = offsetof(ItemForm, done_by),
     .label = MSG_INIT("programme", "They have to be done by")},
    FORM_VERSION(ItemForm),
};
const size_t item_field_count = COUNT(item_fields);
const FormTable item_asked = {item_fields, COUNT(item_fields)};

/* An organisation says what it is called; a coordinator may leave it open. */
#define OWN_TITLE_FIELD                                                                                     \
    {                                                                                                       \
        .name = "title", .kind = FIELD_LINE, .offset = offsetof(ItemForm, title), .most = ITEM_TITLE_CHARS, \
        .required = true, .label = MSG_INIT("programme", "Title"),                                          \
        .hint = MSG_INIT("programme", "As it is to stand in the programme.")                                \
    }

const FormField offer_fields[] = {
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .offset = offsetof(ItemForm, kind),
     .required = true,
     .options = offered_kinds,
     .label = MSG_INIT("programme", "What would you like to show")},
    OWN_TITLE_FIELD,
    WORDS_FIELD,
    THEME_FIELD,
    {.name = "duration",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(ItemForm, duration),
     .required = true,
     .least = 1,
     .most = ITEM_MINUTES_MOST,
     .label = MSG_INIT("programme", "How many minutes it takes")},
    PEOPLE_FIELD,
    NEEDS_FIELD,
    CHILDREN_FIELD,
    ADULT_FIELD,
    CONSENT_FIELD,
    FORM_VERSION(ItemForm),
};
const size_t offer_field_count = COUNT(offer_fields);
const FormTable offer_asked = {offer_fields, COUNT(offer_fields)};

const FormField own_words_fields[] = {
    OWN_TITLE_FIELD, WORDS_FIELD, THEME_FIELD, PEOPLE_FIELD, NEEDS_FIELD, CONSENT_FIELD, FORM_VERSION(ItemForm),
};
const size_t own_words_field_count = COUNT(own_words_fields);
const FormTable own_words_asked = {own_words_fields, COUNT(own_words_fields)};

/* ---- values ------------------------------------------------------- */

static Str time_words(Request *request, OptionalInt ms) {
    if (!ms.given) return STR("");
    Civil at = zone_civil(edition_of(request)->zone, ms.value);
    return clock_time(request->arena, &at);
}

static Str who_value(Request *request, const Item *item) {
    if (item->organisation) return id_text(request->arena, item->organisation);
    if (item->guest) return str_join(request->arena, str_from_c(guest_mark), id_text(request->arena, item->guest));
    return STR("none");
}

ItemForm item_form_values(Request *request, const Item *item) {
    return (ItemForm){
        .kind = item->kind,
        .title = item->title,
        .organisation = who_value(request, item),
        .performer = item->performer,
        .words = item->words,
        .theme = str_is_empty(item->theme) ? STR("none") : item->theme,
        .needs = item->needs,
        .photo_consent = item->photo_consent,
        .duration = item->duration_min ? given_int(item->duration_min) : (OptionalInt){0},
        .changeover = given_int(item->changeover_min),
        .people = item->people,
        .has_children = item->has_children,
        .adult_attested = item->adult_attested,
        .not_before = time_words(request, item->not_before_ms),
        .done_by = time_words(request, item->done_by_ms),
        .version = form_version(request->arena, item->version),
    };
}

static void read_time(Request *request, Form *form, const char *field, Str typed, OptionalInt *ms) {
    *ms = (OptionalInt){0};
    if (str_is_empty(typed)) return;
    int64_t at_ms;
    if (edition_moment(edition_of(request), typed, &at_ms)) *ms = given_int(at_ms);
    else
        form_refuse(
            form, field,
            words(request, MSG("programme", "The day of the gathering is not set yet, so an hour cannot be kept.")));
}

static void read_who(Str value, Item *item) {
    item->organisation = item->guest = 0;
    if (str_starts_with(value, str_from_c(guest_mark))) id_parse(str_skip(value, sizeof guest_mark - 1), &item->guest);
    else if (!str_equal(value, STR("none"))) id_parse(value, &item->organisation);
}

static Str theme_of(const ItemForm *values) { return str_equal(values->theme, STR("none")) ? STR("") : values->theme; }

static void read_words(const ItemForm *values, Item *item) {
    item->title = values->title;
    item->words = values->words;
    item->theme = theme_of(values);
    item->needs = values->needs;
    item->people = values->people;
}

static void read_shared(const ItemForm *values, Item *item) {
    read_words(values, item);
    item->kind = values->kind;
    item->duration_min = values->duration.given ? values->duration.value : 0;
    item->has_children = values->has_children;
    item->adult_attested = values->has_children && values->adult_attested;
    item->photo_consent = values->has_children ? values->photo_consent : STR("");
}

bool item_form_apply(Request *request, Form *form, const ItemForm *values, Item *item) {
    read_shared(values, item);
    item->performer = values->performer;
    item->changeover_min = values->changeover.given ? values->changeover.value : 0;
    read_who(values->organisation, item);
    read_time(request, form, "not_before", values->not_before, &item->not_before_ms);
    read_time(request, form, "done_by", values->done_by, &item->done_by_ms);
    if (str_is_empty(item->title) && !item->organisation && !item->guest && str_is_empty(item->performer))
        form_refuse(form, "title",
                    words(request, MSG("programme",
                                       "Write a title, or say whose it is: something has to stand in the programme.")));
    return form_ok(form);
}

static void ask_for_consents(Request *request, Form *form, const ItemForm *values) {
    if (str_is_empty(values->photo_consent))
        form_refuse(form, "photo_consent",
                    words(request, MSG("programme", "Please say whether the guardians agreed to photographs.")));
}

bool offer_form_apply(Request *request, Form *form, const ItemForm *values, Item *item) {
    read_shared(values, item);
    if (values->has_children && !values->adult_attested)
        form_refuse(form, "adult_attested",
                    words(request, MSG("programme", "Children can be on stage only with an adult you answer for.")));
    if (values->has_children) ask_for_consents(request, form, values);
    return form_ok(form);
}

bool own_words_form_apply(Request *request, Form *form, const ItemForm *values, Item *item) {
    read_words(values, item);
    if (item->has_children) {
        ask_for_consents(request, form, values);
        item->photo_consent = values->photo_consent;
    }
    return form_ok(form);
}
