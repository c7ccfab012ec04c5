// SPDX-License-Identifier: EUPL-1.2
#include "gathering/demo/demo.h"

#include "demo_sql.h"
#include "gathering/demo/demo_fill.h"
#include "gathering/rounds/rounds.h"
#include "platform/account/account.h"

#define SERIES_SLUG STR("wspolnie-do-celu-przyklad")
#define PAST_SLUG STR("i")
#define COMING_SLUG STR("ii")
#define NEXT_SLUG STR("iii")
#define COORDINATOR_EMAIL STR("koordynatorka@biuro-spotkan.example")

enum { DAY_MS = 24 * 3600 * 1000, JUNE = 6, THURSDAY = 4 };

void demo_must(DemoFill *fill, Err err, const char *what) {
    if (err) arena_fail(tx_arena(fill->tx), ERR_INTERNAL, "the demo cannot be made: %s: %s", what, err_name(err));
}

int64_t demo_moment(const DemoFill *fill, int64_t day, int minute) {
    Civil at = civil_from_utc_ms(day * DAY_MS);
    at.hour = minute / 60;
    at.minute = minute % 60;
    return zone_ms(fill->zone, &at);
}

/* ---- the first step: everything but the plans of meetings ---------------------------------- */

static void choose_days(DemoFill *fill) {
    enum { AHEAD_DAYS = 42, BEHIND_DAYS = 37 * 7 };
    Civil today = zone_civil(fill->zone, tx_now_ms(fill->tx));
    int64_t day = civil_days(today.year, today.month, today.day) + AHEAD_DAYS;
    while (civil_from_utc_ms(day * DAY_MS).weekday != THURSDAY) day++;
    fill->coming_day = day;
    fill->past_day = day - BEHIND_DAYS; /* about seven months before today, a Thursday too */
}

static void add_series(DemoFill *fill) {
    Series series = {
        .slug = SERIES_SLUG,
        .name = STR("Wspólnie do celu (dane przykładowe)"),
        .words = STR("Spotkania organizacji, które chcą się poznać. Wszystko tutaj jest wymyślone: organizacje, ludzie "
                     "i adresy."),
        .organiser = STR("Biuro Spotkań (przykład)"),
        .phone = STR("+48 12 000 00 00"),
        .email = COORDINATOR_EMAIL,
        .language = LANGUAGE_PL,
        .is_demo = true,
    };
    demo_must(fill, series_add(fill->tx, &series, &fill->series), "the series");
    fill->coordinator =
        person_ensure(fill->tx, STR("Maria Przykładowska"), COORDINATOR_EMAIL, STR("+48 12 000 00 00"), LANGUAGE_PL);
    role_give(fill->tx, fill->coordinator, ROLE_OWNER, 0, 0);
    role_give(fill->tx, fill->coordinator, ROLE_COORDINATOR, fill->series, 0);
}

static Id add_edition(DemoFill *fill, Edition *edition, int64_t day) {
    Civil civil = civil_from_utc_ms(day * DAY_MS);
    edition->series.id = fill->series;
    edition->zone = fill->zone;
    if (day) {
        edition->date_text = str_format(tx_arena(fill->tx), "%04d-%02d-%02d", civil.year, civil.month, civil.day);
        edition->starts_ms = given_int(demo_moment(fill, day, AT(14, 0)));
        edition->ends_ms = given_int(demo_moment(fill, day, AT(19, 0)));
        edition->places = given_int(DEMO_ACCEPTED);
    }
    Id id;
    demo_must(fill, edition_add(fill->tx, edition, &id), "an edition");
    return id;
}

static void add_past_edition(DemoFill *fill) {
    Edition edition = {
        .slug = PAST_SLUG,
        .number = 1,
        .title = STR("Wspólnie do celu I"),
        .words = STR("Pierwsze spotkanie: siedemnaście wystąpień, dwa tańce, koncert i pięć rund rozmów."),
        .state = EDITION_FINISHED,
    };
    fill->past = add_edition(fill, &edition, fill->past_day);
    demo_add_past_signups(fill);
    demo_add_day(fill, fill->past, fill->past_day, demo_past_items, demo_past_item_count);
}

static void add_coming_edition(DemoFill *fill) {
    enum { CLOSES_BEFORE_DAYS = 21 };
    Edition edition = {
        .slug = COMING_SLUG,
        .number = 2,
        .title = STR("Wspólnie do celu II"),
        .words = STR("Popołudnie, na którym organizacje opowiadają, co robią, szukają partnerów i jedzą razem ciasto."),
        .state = EDITION_CALL_OPEN,
        .closes_ms = given_int(demo_moment(fill, fill->coming_day - CLOSES_BEFORE_DAYS, AT(23, 59))),
    };
    fill->coming = add_edition(fill, &edition, fill->coming_day);
    demo_add_coming_signups(fill);
    demo_add_day(fill, fill->coming, fill->coming_day, demo_items, demo_item_count);
    demo_add_walks(fill);
    demo_add_food(fill);
    demo_add_questions(fill);
    demo_add_tasks(fill);
    demo_add_texts(fill);
}

static Err add_everything(Tx *tx, void *context) {
    (void)context;
    DemoFill *fill = arena_new(tx_arena(tx), DemoFill);
    fill->tx = tx;
    demo_must(fill, zone_find(STR("Europe/Warsaw"), &fill->zone), "Europe/Warsaw");
    choose_days(fill);
    add_series(fill);
    demo_add_organisations(fill);
    add_past_edition(fill);
    add_coming_edition(fill);
    return OK;
}

/* ---- the plans of meetings: found while reading, stored while writing --------------------------------------- */

typedef struct Planning {
    Str slug;
    bool is_held; /* the day has been: who met whom is noted */
    Edition edition;
    RoundDraft *draft; /* NULL: there is a plan already */
} Planning;

static Err find_plan(Tx *tx, void *context) {
    Planning *planning = context;
    RoundPlan there;
    Str name;
    if (!edition_by_path(tx, SERIES_SLUG, planning->slug, 0, &planning->edition, &name)) return ERR_NOT_FOUND;
    if (round_current(tx, planning->edition.id, &there)) return OK;
    RoundSettings settings = round_defaults(tx, &planning->edition);
    return round_draft(tx, &planning->edition, &settings, &planning->draft);
}

static Err next_step(Tx *tx, RoundStep *step) {
    RoundPlan plan;
    if (!round_current(tx, step->edition, &plan)) return ERR_NOT_FOUND;
    step->plan = plan.id;
    step->version = plan.version;
    return OK;
}

static Err store_plan(Tx *tx, void *context) {
    const Planning *planning = context;
    RoundStep step = {.edition = planning->edition.id};
    int64_t meetings;
    Id plan;
    Err err = round_store(tx, planning->draft, &step, &plan);
    if (!err) err = next_step(tx, &step);
    if (!err) err = round_publish(tx, &step);
    if (err || !planning->is_held) return err;
    err = next_step(tx, &step);
    return err ? err : round_held(tx, &step, &meetings);
}

static Err plan_meetings(Store *store, Arena *arena, Str slug, bool is_held) {
    Planning planning = {.slug = slug, .is_held = is_held};
    Err err = store_read(store, arena, find_plan, &planning);
    return err || !planning.draft ? err : store_write(store, arena, store_plan, &planning);
}

/* ---- the last step: the edition of which only the month is known; with it the demo is whole ------------------- */

static Err add_next_edition(Tx *tx, void *context) {
    (void)context;
    Edition coming;
    Str name;
    if (!edition_by_path(tx, SERIES_SLUG, COMING_SLUG, 0, &coming, &name)) return ERR_NOT_FOUND;
    bool is_past_may = coming.date.month >= JUNE - 1;
    Edition edition = {
        .series.id = coming.series.id,
        .slug = NEXT_SLUG,
        .number = 3,
        .title = STR("Wspólnie do celu III"),
        .words = STR("Spotkanie w ogrodzie, planowane na czerwiec. Dzień i miejsce podamy później."),
        .state = EDITION_CALL_OPEN,
        .date_text = str_format(tx_arena(tx), "%04d-%02d", coming.date.year + is_past_may, JUNE),
        .zone = coming.zone,
    };
    Id id;
    return edition_add(tx, &edition, &id);
}

/* ---- from outside ---------------------------------- */

typedef struct Found {
    bool is_begun, is_whole;
} Found;

static Err look(Tx *tx, void *context) {
    Found *found = context;
    Edition edition;
    Str name;
    DemoOtherThingsRow there;
    if (!demo_sql_other_things(tx, &there)) return ERR_INTERNAL;
    bool has_things = there.series || there.people || there.organisations;
    if (!there.demo_series && has_things) return ERR_CONFLICT;
    found->is_begun = there.demo_series > 0;
    found->is_whole = found->is_begun && edition_by_path(tx, SERIES_SLUG, NEXT_SLUG, 0, &edition, &name);
    return OK;
}

Err demo_fill(Store *store, Arena *arena) {
    Found found = {0};
    Err err = store_read(store, arena, look, &found);
    if (err || found.is_whole) return err;
    if (!found.is_begun) err = store_write(store, arena, add_everything, NULL);
    if (!err) err = plan_meetings(store, arena, PAST_SLUG, true);
    if (!err) err = plan_meetings(store, arena, COMING_SLUG, false);
    return err ? err : store_write(store, arena, add_next_edition, NULL);
}

/* ---- ways in ---------------------------------- */

enum { POLISH_CLUB = 1, UKRAINIAN_INITIATIVE = 26 };

static DemoLink link_for(Tx *tx, Id person, Str who, Str goes_to) {
    enum { LASTS_MS = DAY_MS };
    return (DemoLink){.who = who, .path = sign_in_link_make(tx, person, goes_to, LASTS_MS)};
}

static Err link_for_organisation(Tx *tx, const Edition *edition, int number, DemoLink *link) {
    Arena *arena = tx_arena(tx);
    Str name = str_from_c(demo_organisations[number - 1].name);
    Id organisation = organisation_find_same(tx, name, STR_ABSENT);
    IdArray people = representatives(tx, organisation, edition->series.id);
    if (!organisation || !people.count) return ERR_NOT_FOUND;
    Str path = edition_my_path(arena, edition, organisation, "");
    Person person;
    if (!person_get(tx, people.ids[0], &person)) return ERR_NOT_FOUND;
    *link = link_for(tx, person.id, str_format(arena, "%.*s, %.*s", STR_FORMAT(person.name), STR_FORMAT(name)), path);
    return OK;
}

static Err make_links(Tx *tx, void *context) {
    DemoLinks *links = context, made = {.count = COUNT(made.links)};
    Edition edition;
    Person coordinator;
    Str name;
    if (!edition_by_path(tx, SERIES_SLUG, COMING_SLUG, 0, &edition, &name)) return ERR_NOT_FOUND;
    if (!person_by_email(tx, COORDINATOR_EMAIL, &coordinator)) return ERR_NOT_FOUND;
    made.links[0] =
        link_for(tx, coordinator.id, str_format(tx_arena(tx), "%.*s, coordinator", STR_FORMAT(coordinator.name)),
                 edition_path(tx_arena(tx), &edition, "/staff"));
    Err err = link_for_organisation(tx, &edition, POLISH_CLUB, &made.links[1]);
    if (!err) err = link_for_organisation(tx, &edition, UKRAINIAN_INITIATIVE, &made.links[2]);
    if (!err) *links = made;
    return err;
}

Err demo_sign_in_links(Store *store, Arena *arena, DemoLinks *links) {
    return store_write(store, arena, make_links, links);
}
