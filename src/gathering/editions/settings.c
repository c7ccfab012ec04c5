// SPDX-License-Identifier: EUPL-1.2
/* An edition's settings: what and when it is, and its state with what each allows. */
#include "gathering/editions/edition_form.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/next.h"
#include "gathering/editions/warnings.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static void audit(Request *request, const char *action) {
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = request->scope.edition});
}

/* ---- what and when ---------------------------------------------------------------------------------- */

static const struct {
    const char *path;
    Msg label, words;
} sections[] = {
    {"/staff/settings/state", MSG_INIT("editions", "Where this edition stands"),
     MSG_INIT("editions", "Open and close the sign-ups, publish, finish")},
    {"/staff/tasks", MSG_INIT("editions", "The plan until the day"),
     MSG_INIT("editions", "What is due when, and who does it")},
    {"/staff/settings/before", MSG_INIT("editions", "Before you invite"),
     MSG_INIT("editions", "What should be right before the first letter leaves")},
    {"/staff/settings/frame", MSG_INIT("editions", "The day"),
     MSG_INIT("editions", "From doors to goodbye, with the time that stays free")},
    {"/staff/settings/places", MSG_INIT("editions", "Place and partners"),
     MSG_INIT("editions", "Venue, rooms, host, partners and what they give")},
    {"/staff/settings/host", MSG_INIT("editions", "What you ask of the host"),
     MSG_INIT("editions", "Each with its answer: yes, no or something instead")},
    {"/staff/invite", MSG_INIT("editions", "To invite organisations"),
     MSG_INIT("editions", "A poster, and words for messengers, in three languages")},
    {"/staff/settings/view", MSG_INIT("editions", "As others see it"),
     MSG_INIT("editions", "These pages as everybody, the host or an organisation sees them")},
    {"/translations", MSG_INIT("editions", "Texts to translate"),
     MSG_INIT("editions", "What lacks one of the languages; volunteers can give it")},
    {"/staff/settings/reported", MSG_INIT("editions", "What a report told"),
     MSG_INIT("editions", "Figures of a gathering held before, in the report’s own words")},
    {"/staff/settings/people", MSG_INIT("editions", "Who helps"),
     MSG_INIT("editions", "Coordinators, and the roles of the day")},
    {"/staff/settings/from-last", MSG_INIT("editions", "From an earlier edition"),
     MSG_INIT("editions", "What that one has and this one does not have yet")},
    {"/staff/settings/notice", MSG_INIT("editions", "What we do with people’s data"),
     MSG_INIT("editions", "The words where organisations sign up")},
    {"/staff/settings/privacy", MSG_INIT("editions", "People’s data"),
     MSG_INIT("editions", "The register of processing, and what was removed because its time was over")},
};

/* What has hours in an earlier edition and is not here yet, while this one is being prepared. */
static void fill_waiting(Request *request, SettingsPage *page) {
    const Edition *edition = edition_of(request);
    if (edition->state != EDITION_DRAFT) return;
    Editions sources = copy_sources(request->tx, house_of(request), edition, true);
    if (!sources.count) return;
    CopyOffers offers = copy_offers(request->tx, house_of(request), sources.editions, edition);
    SettingsPageWaiting *waiting = arena_array(request->arena, SettingsPageWaiting, offers.count);
    for (size_t i = 0; i < offers.count; i++) {
        const CopyPart *part = offers.offers[i].part;
        if (part->has_times && !part->is_asked)
            waiting[page->waiting_count++] =
                (SettingsPageWaiting){str_format(request->arena, "%.*s: %lld", STR_FORMAT(words(request, part->label)),
                                                 (long long)offers.offers[i].count)};
    }
    page->waiting = waiting;
    page->waits_from = sources.editions[0].title;
    if (edition_day(edition).precision == DATE_DAY) page->take_href = edition_take_over_href(request, sources.editions);
}

/* "Saved.", and what the rooms say moved along with the day. */
static Str moved_words(Request *request) {
    const House *house = house_of(request);
    Buffer said = buffer_in(request->arena);
    buffer_add(&said, words(request, MSG("editions", "Saved.")));
    for (size_t i = 0; i < house->room_count; i++) {
        Str moved = house->rooms[i]->day_moved ? house->rooms[i]->day_moved(request) : STR("");
        if (!str_is_empty(moved)) buffer_format(&said, " %.*s", STR_FORMAT(moved));
    }
    return buffer_str(&said);
}

static void fill_told(Request *request, SettingsPage *page) {
    Str saved = fields_get(&request->query, STR("saved"));
    if (str_equal(saved, STR("1"))) page->layout.notice = words(request, MSG("editions", "Saved."));
    if (str_equal(saved, STR("moved"))) page->layout.notice = moved_words(request);
    if (str_equal(saved, STR("taken"))) page->layout.notice = words(request, MSG("editions", "It is taken over."));
    if (str_equal(saved, STR("made")))
        page->layout.notice =
            words(request, MSG("editions", "The edition is made. It is a draft: only you see it. Lay out "
                                           "the day next; then open the sign-ups."));
    if (str_equal(saved, STR("next")))
        page->layout.notice =
            page->waiting_count == 0
                ? words(request, MSG("editions", "The edition is made, with what you ticked. It is a draft: "
                                                 "only you see it."))
                : words(request, MSG("editions", "The edition is made. It is a draft: only you see it. What has hours "
                                                 "is not in it yet: see below."));
    if (!str_is_empty(page->layout.notice) && !str_is_empty(page->day_warning))
        page->layout.notice =
            str_format(request->arena, "%.*s %.*s", STR_FORMAT(page->layout.notice), STR_FORMAT(page->day_warning));
}

/* date: as it is typed, or stands. */
static Err show(Request *request, const Form *form, Str date) {
    const Edition *edition = edition_of(request);
    SettingsPageSection *shown = arena_array(request->arena, SettingsPageSection, COUNT(sections));
    for (size_t i = 0; i < COUNT(sections); i++)
        shown[i] = (SettingsPageSection){words(request, sections[i].label), words(request, sections[i].words),
                                         edition_path(request->arena, edition, sections[i].path)};
    SettingsPage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "Settings")), MENU_STAFF_SETTINGS),
        .form = form,
        .day_warning = day_typed_warning(request->arena, request->language, date),
        .days_off = days_off_ahead(request),
        .sections = shown,
        .sections_count = COUNT(sections),
    };
    page.layout.is_refused = !form_ok(form);
    fill_waiting(request, &page);
    fill_told(request, &page);
    PageOut out = page_out(request);
    page_settings(&out, &page);
    return OK;
}

/* While the day is not known, the hours of the latest edition that had some are offered. */
static EditionForm offered(Request *request) {
    const Edition *edition = edition_of(request);
    EditionForm form = edition_form_of(request->arena, edition);
    if (edition->state != EDITION_DRAFT || edition_day(edition).precision == DATE_DAY) return form;
    Editions all = editions_of_series(request->tx, edition->series.id);
    for (size_t i = 0; i < all.count; i++) {
        if (all.editions[i].number >= edition->number || !all.editions[i].starts_ms.given) continue;
        EditionForm before = edition_form_of(request->arena, &all.editions[i]);
        form.from = before.from;
        form.to = before.to;
        break;
    }
    return form;
}

Err settings_page(Request *request) {
    EditionForm values = offered(request);
    return show(request,
                form_open(request, edition_fields_of_existing.fields, edition_fields_of_existing.count, &values),
                values.date);
}

static bool is_same_day(ImpreciseDate one, ImpreciseDate other) {
    return one.precision == other.precision && one.year == other.year && one.month == other.month &&
           one.day == other.day;
}

Err settings_change(Request *request) {
    EditionForm values = {0}, stored = edition_form_of(request->arena, edition_of(request)), shown = offered(request);
    Form *form = form_open(request, edition_fields_of_existing.fields, edition_fields_of_existing.count, &values);
    Edition edition = *edition_of(request);
    if (form_read(form)) {
        edition_form_let_hours_wait(&values, shown.from, shown.to);
        edition_form_refuse(form, request, edition_form_take(&values, &edition));
    }
    if (!form_ok(form) || !form_is_current(form, &stored)) return show(request, form, values.date);
    Err err = edition_update(request->tx, &edition);
    if (err) return err;
    audit(request, "edition.change");
    bool is_moved = !is_same_day(edition_day(edition_of(request)), edition_day(&edition));
    return respond_redirect(request,
                            edition_path(request->arena, edition_of(request),
                                         is_moved ? "/staff/settings?saved=moved" : "/staff/settings?saved=1"));
}

/* ---- state ------------------------------------------------------------------------------------------ */

typedef struct StateForm {
    Str state, version;
} StateForm;

static FormOptions state_options(Request *request, void *context) {
    static const Msg allowed[] = {
        [EDITION_DRAFT] = MSG_INIT("editions", "Draft: only you see it"),
        [EDITION_CALL_OPEN] = MSG_INIT("editions", "Sign-ups open: the page is public, organisations sign up"),
        [EDITION_CALL_CLOSED] = MSG_INIT("editions", "Sign-ups closed: you decide and arrange the programme"),
        [EDITION_PUBLISHED] = MSG_INIT("editions", "Published: the programme leads the public page; on the day this is "
                                                   "“today”, by itself"),
        [EDITION_FINISHED] = MSG_INIT("editions", "Held: the page tells what was"),
        [EDITION_ARCHIVED] = MSG_INIT("editions", "Archived: nothing changes any more"),
    };
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(allowed));
    for (size_t i = 0; i < COUNT(allowed); i++)
        options[i] = (FormOption){str_from_c(edition_state_name((EditionState)i)), words(request, allowed[i])};
    return (FormOptions){options, COUNT(allowed)};
}

static const FormField state_fields[] = {
    {.name = "state",
     .kind = FIELD_CHOICE,
     .offset = offsetof(StateForm, state),
     .required = true,
     .label = MSG_INIT("editions", "What it should be"),
     .options = state_options},
    FORM_VERSION(StateForm),
};
const FormTable state_asked = {state_fields, COUNT(state_fields)};

static StateForm state_of(const Request *request, const Edition *edition) {
    return (StateForm){str_from_c(edition_state_name(edition->state)), form_version(request->arena, edition->version)};
}

static Err show_state(Request *request, const Form *form) {
    const Edition *edition = edition_of(request);
    StatePage page = {
        .layout =
            edition_layout(request, words(request, MSG("editions", "Where this edition stands")), MENU_STAFF_SETTINGS),
        .now = edition_now_words(request, edition),
        .day_warning = edition_day_warning(request->arena, request->language, edition),
        .form = form,
        .back = edition_path(request->arena, edition, "/staff/settings"),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_state(&out, &page);
    return OK;
}

Err state_page(Request *request) {
    StateForm values = state_of(request, edition_of(request));
    return show_state(request, form_open(request, state_fields, COUNT(state_fields), &values));
}

Err state_change(Request *request) {
    const Edition *edition = edition_of(request);
    StateForm values = {0}, stored = state_of(request, edition);
    Form *form = form_open(request, state_fields, COUNT(state_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show_state(request, form);
    EditionState state;
    if (!edition_state_parse(values.state, &state)) return ERR_INPUT;
    Err err = edition_set_state(request->tx, edition->id, edition->version, state);
    if (err) return err;
    audit(request, "edition.state");
    return respond_redirect(request, edition_path(request->arena, edition_of(request),
                                                  state == EDITION_CALL_OPEN ? "/staff?opened=1" : "/staff"));
}
