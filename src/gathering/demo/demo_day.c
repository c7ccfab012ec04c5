// SPDX-License-Identifier: EUPL-1.2
/* The day of a demo edition: where, by whom, what is on stage, walks and food. */
#include "gathering/demo/demo_fill.h"
#include "gathering/editions/asks.h"
#include "gathering/potluck/potluck.h"
#include "gathering/walks/walks.h"
#include <string.h>

/* ---- place and hosts ---------------------------------- */

static void add_spaces(DemoFill *fill, Id edition, Id spaces[DEMO_SPACES]) {
    Id venue = edition_add_venue(fill->tx, edition, STR("Dom pod Kasztanem"), STR("ul. Przykładowa 56, Kraków"),
                                 STR("Warsztaty, próby, spotkania sąsiedzkie, targ organizacji, kino letnie."));
    for (size_t i = 0; i < DEMO_SPACES; i++) {
        const DemoSpace *row = &demo_spaces[i];
        Space space = {.name = str_from_c(row->name),
                       .words = str_from_c(row->words),
                       .capacity = given_int(row->capacity),
                       .is_stage = row->is_stage,
                       .step_free = row->step_free};
        spaces[i] = edition_add_space(fill->tx, edition, venue, &space);
    }
}

/* What the organisers ask of the house, some of it answered by its host. */
static void add_asks(DemoFill *fill, Id edition, const Id spaces[DEMO_SPACES]) {
    static const struct {
        int space; /* -1: the whole gathering */
        const char *words, *answer, *answer_words;
    } asks[] = {
        {0, "120 krzeseł i 20 stołów od godziny 12.", "yes", ""},
        {0, "Drugi obwód prądu przy scenie.", "instead", "Jest jeden obwód; możemy dać przedłużacz z korytarza"},
        {-1, "Kawa do godziny 20.", "no", "Dom zamykamy o 19.30"},
        {1, "Ktoś, kto otworzy tylną bramę o 11 rano.", "", ""},
    };
    for (size_t i = 0; i < COUNT(asks); i++) {
        Id about = asks[i].space < 0 ? 0 : spaces[asks[i].space];
        Id id = ask_add(fill->tx, edition, "host", about, str_from_c(asks[i].words), fill->coordinator);
        Ask ask = {.id = id,
                   .words = str_from_c(asks[i].words),
                   .answer = str_from_c(asks[i].answer),
                   .answer_words = str_from_c(asks[i].answer_words),
                   .answer_name = STR("Anna Zmyślona"),
                   .version = 1};
        if (*asks[i].answer) demo_must(fill, ask_answer(fill->tx, edition, &ask, 0), "an answer of the host");
    }
}

static void add_party(DemoFill *fill, Id edition, const char *role, const char *name, Str *words, size_t count) {
    Party party = {.role = str_from_c(role), .name = str_from_c(name), .website = STR("")};
    Id id = edition_add_party(fill->tx, edition, &party);
    if (count) edition_set_contributions(fill->tx, edition, id, &(StrList){words, count});
}

static void add_parties(DemoFill *fill, Id edition) {
    Str host[] = {STR("przestrzeń"), STR("wsparcie techniczne")}, coffee[] = {STR("kawa i herbata")};
    add_party(fill, edition, "organiser", "Biuro Spotkań (przykład)", NULL, 0);
    add_party(fill, edition, "host", "Fundacja Dom pod Kasztanem", host, COUNT(host));
    add_party(fill, edition, "partner", "Palarnia Kawy Niewyspany Jeż", coffee, COUNT(coffee));
}

/* ---- the stage ---------------------------------- */

static Str said(const char *words) { return words ? str_from_c(words) : STR(""); }

static OptionalInt positive(int number) { return number ? given_int(number) : (OptionalInt){0}; }

static void add_item(DemoFill *fill, Id edition, int64_t day, const DemoItem *row) {
    Id organisation = row->organisation ? fill->organisations[row->organisation - 1] : 0;
    Item item = {
        .edition = edition,
        .kind = str_from_c(row->kind),
        .state = row->state,
        .title = str_from_c(row->title),
        .theme = str_from_c(row->theme),
        .organisation = organisation,
        .offered_by = row->is_typed_in ? 0 : organisation,
        .guest = row->guest ? fill->guests[row->guest - 1] : 0,
        .performer = said(row->performer),
        .people = positive(row->people),
        .has_children = row->has_children,
        .adult_attested = row->adult_attested,
        .photo_consent = said(row->photo_consent),
        .duration_min = row->duration_min,
        .changeover_min = row->changeover_min,
        .needs = said(row->needs),
    };
    if (row->done_by) item.done_by_ms = given_int(demo_moment(fill, day, row->done_by));
    Id id = item_add(fill->tx, &item);
    if (!row->at) return;
    demo_must(fill, item_set_time(fill->tx, edition, id, demo_moment(fill, day, row->at)), row->title);
    /* A coordinator may draft the talks anew round what the performers were promised. */
    if (str_equal(item.kind, STR("talk"))) demo_must(fill, item_fix(fill->tx, edition, id, false), row->title);
}

void demo_add_day(DemoFill *fill, Id edition, int64_t day, const DemoItem *items, size_t item_count) {
    Id spaces[DEMO_SPACES];
    add_spaces(fill, edition, spaces);
    if (edition == fill->coming) add_asks(fill, edition, spaces);
    add_parties(fill, edition);
    for (size_t i = 0; i < demo_section_count; i++) {
        const DemoSection *row = &demo_sections[i];
        FrameSection section = {
            .kind = str_from_c(row->kind),
            .title = str_from_c(row->title),
            .starts_ms = demo_moment(fill, day, row->from),
            .ends_ms = demo_moment(fill, day, row->to),
            .is_protected = row->is_protected,
            .space = spaces[row->space],
        };
        edition_add_section(fill->tx, edition, &section);
    }
    for (size_t i = 0; i < item_count; i++) add_item(fill, edition, day, &items[i]);
    int64_t number;
    demo_must(fill, programme_publish(fill->tx, edition, fill->coordinator, &number), "the programme");
}

/* ---- walks ---------------------------------- */

void demo_add_walks(DemoFill *fill) {
    enum { PLACES = 20 };
    static const struct {
        int at;
        bool step_free;
    } turns[] = {{AT(13, 30), false}, {AT(15, 50), true}, {AT(16, 20), false}};
    Walk walk = {
        .edition = fill->coming,
        .name = STR("Spacer po domu i ogrodzie"),
        .place = STR("Dom pod Kasztanem"),
        .words = STR("Pracownie, strych, piwnica z piecem i ogród. Tura o 15:50 idzie bez schodów: hol, sala i ogród."),
        .meeting_point = STR("pod kasztanem przy bramie"),
    };
    Id id = walk_add(fill->tx, &walk);
    for (size_t i = 0; i < COUNT(turns); i++) {
        Turn turn = {.edition = fill->coming,
                     .walk = id,
                     .starts_ms = demo_moment(fill, fill->coming_day, turns[i].at),
                     .places = PLACES,
                     .step_free = turns[i].step_free};
        Id made;
        demo_must(fill, walk_add_turn(fill->tx, &turn, &made), "a walk");
    }
}

/* ---- food ---------------------------------- */

static Allergens allergens_in(const char *contains) {
    Allergens allergens = {0};
    if (*contains == '?') return allergens;
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        allergens.answers[i] = strchr(contains, demo_allergen_letters[i]) ? ALLERGEN_YES : ALLERGEN_NO;
    return allergens;
}

static void add_diets(DemoFill *fill) {
    enum { STRIDE = 9, APART = 13 };
    for (size_t d = 0; d < DEMO_DIETS; d++)
        for (int i = 0; i < demo_diets[d].people; i++) {
            size_t index = ((size_t)i * STRIDE + d * APART) % DEMO_ACCEPTED;
            diet_count_set(fill->tx, fill->coming, fill->organisations[index], str_from_c(demo_diets[d].diet), 1);
        }
}

void demo_add_food(DemoFill *fill) {
    enum { STRIDE = 11 };
    for (size_t i = 0; i < DEMO_DISHES; i++) {
        const DemoDish *row = &demo_dishes[i];
        Dish dish = {
            .edition = fill->coming,
            .organisation = fill->organisations[i * STRIDE % DEMO_ACCEPTED],
            .kind = str_from_c(row->kind),
            .name = str_from_c(row->name),
            .portions = given_int(row->portions),
            .allergens = allergens_in(row->contains),
        };
        dish_add(fill->tx, &dish);
    }
    add_diets(fill);
}
