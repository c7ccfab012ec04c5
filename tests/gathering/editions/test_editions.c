// SPDX-License-Identifier: EUPL-1.2
/* Addresses, dates and hours of an edition, its motif and facts, the order of "my gathering", versions, and what a path
 * stands for. */
#include "../../cmocka_all.h"
#include "../../platform/store/own.h"
#include "gathering/editions/edition_form.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/motif.h"
#include "platform/page/conflict.h"
#include <unistd.h>

typedef struct World {
    Arena *arena;
    Store *store;
    char folder[64];
    Id series, edition;
} World;

static int set_up(void **state) {
    World *world = malloc(sizeof *world);
    *world = (World){0};
    world->arena = own_folder(world->folder, "editions", 8 << 20);
    world->store = own_store(world->arena, world->folder, NULL);
    *state = world;
    return 0;
}

static int tear_down(void **state) {
    World *world = *state;
    own_end(world->arena, world->folder, world->store);
    free(world);
    return 0;
}

static void assert_text(Str found, const char *expected) {
    if (!str_equal(found, str_from_c(expected))) fail_msg("\"%.*s\" is not \"%s\"", STR_FORMAT(found), expected);
}

static const Zone *warsaw(void) {
    const Zone *zone;
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &zone), OK);
    return zone;
}

/* ---- addresses ---- */

static void test_slugs(void **state) {
    World *world = *state;
    const char *good[] = {"ii", "wspolnie-do-celu", "2026", "a1-b2"};
    const char *bad[] = {"",
                         "-a",
                         "a-",
                         "a--b",
                         "Ala",
                         "żółw",
                         "a b",
                         "a/b",
                         "a.b",
                         "..",
                         "a1234567890123456789012345678901234567890123456789012345678901"};
    for (size_t i = 0; i < COUNT(good); i++) assert_true(slug_is_good(str_from_c(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++) assert_false(slug_is_good(str_from_c(bad[i])));
    const char *taken[] = {"admin", "me", "s", "sign-in", "sign-out", "setup", "assets", "health"};
    for (size_t i = 0; i < COUNT(taken); i++) assert_false(series_slug_is_free(str_from_c(taken[i])));
    assert_true(series_slug_is_free(STR("wspolnie-do-celu")));
    assert_false(edition_slug_is_free(STR("staff")));
    assert_text(slug_make(world->arena, STR("Wspólnie do celu!")), "wspolnie-do-celu");
    assert_true(slug_is_good(slug_make(world->arena, STR("…"))));
}

static void test_roman_numbers(void **state) {
    World *world = *state;
    assert_text(edition_slug_make(world->arena, 1), "i");
    assert_text(edition_slug_make(world->arena, 14), "xiv");
    assert_text(edition_slug_make(world->arena, 39), "xxxix");
    assert_text(edition_slug_make(world->arena, 40), "40");
}

/* ---- dates and hours ---- */

static EditionForm june(void) {
    return (EditionForm){.number = 3,
                         .title = STR("Do celu III"),
                         .words = STR(""),
                         .date = STR("2026-06-11"),
                         .from = STR("14:00"),
                         .to = STR("19:00"),
                         .closes = STR("2026-05-28"),
                         .zone = STR("Europe/Warsaw")};
}

static void test_form_becomes_an_edition_and_back(void **state) {
    World *world = *state;
    EditionForm typed = june();
    Edition edition = {0};
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    assert_text(time_to_text(world->arena, edition.starts_ms.value), "2026-06-11T12:00:00Z");
    assert_text(time_to_text(world->arena, edition.ends_ms.value), "2026-06-11T17:00:00Z");
    assert_text(time_to_text(world->arena, edition.closes_ms.value), "2026-05-28T22:00:00Z");
    EditionForm shown = edition_form_of(world->arena, &edition);
    assert_text(shown.from, "14:00");
    assert_text(shown.to, "19:00");
    assert_text(shown.closes, "2026-05-28");
    assert_text(shown.date, "2026-06-11");
    assert_text(shown.zone, "Europe/Warsaw");
}

/* The last day of the call is its whole day, also when the clocks change in its night. */
static void test_last_day_over_clock_changes(void **state) {
    World *world = *state;
    const char *days[] = {"2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-12-31", "2028-02-29"};
    for (size_t i = 0; i < COUNT(days); i++) {
        EditionForm typed = june();
        typed.date = STR("2028-06-08"); /* a call ends before its gathering begins */
        typed.closes = str_from_c(days[i]);
        typed.date = STR("2028-06-11"); /* after all of them */
        Edition edition = {0};
        assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
        assert_text(edition_form_of(world->arena, &edition).closes, days[i]);
        Civil civil = zone_civil(edition.zone, edition.closes_ms.value);
        assert_int_equal(civil.hour * 60 + civil.minute, 0);
    }
}

static void test_what_a_form_can_have_wrong(void **state) {
    (void)state;
    Edition edition = {.number = 7};
    EditionForm typed = june();
    typed.zone = STR("Mars/Olympus");
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_ZONE_UNKNOWN);
    typed = june();
    typed.date = STR("2026-06");
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_HOURS_WITHOUT_DAY);
    typed = june();
    typed.from = STR("");
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_END_WITHOUT_START);
    typed = june();
    typed.to = STR("14:00");
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_ENDS_BEFORE_START);
    typed = june();
    typed.closes = STR("2026-06-12");
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_CLOSES_AFTER_DAY);
    assert_int_equal(edition.number, 7); /* untouched */
    typed.closes = STR("2026-06-11");    /* the day itself */
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    typed = june();
    typed.date = STR("2026-06");
    typed.from = typed.to = STR("");
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    assert_false(edition.starts_ms.given);
}

static Edition dated(const char *date) {
    EditionForm typed = june();
    typed.from = typed.to = STR("");
    typed.date = str_from_c(date);
    Edition edition = {0};
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    return edition;
}

static void test_words_of_when(void **state) {
    World *world = *state;
    Edition edition = {0};
    EditionForm typed = june();
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    assert_text(edition_when(world->arena, &edition, LANGUAGE_PL), "czwartek 11 czerwca 2026, 14:00–19:00");
    assert_text(edition_eyebrow(world->arena, &edition, LANGUAGE_PL), "trzecia edycja\u00a0· czwartek 11 czerwca");
    Edition month = dated("2026-06"), summer = dated("2026-22"), unknown = dated("");
    assert_text(edition_when(world->arena, &month, LANGUAGE_PL), "czerwiec 2026");
    assert_text(edition_eyebrow(world->arena, &month, LANGUAGE_PL), "trzecia edycja\u00a0· czerwiec");
    assert_text(edition_eyebrow(world->arena, &month, LANGUAGE_EN), "third edition\u00a0· June");
    assert_text(edition_when(world->arena, &summer, LANGUAGE_EN), "summer 2026");
    assert_text(edition_when(world->arena, &unknown, LANGUAGE_PL), "");
    assert_text(edition_eyebrow(world->arena, &unknown, LANGUAGE_UK), "третій випуск");
}

static void test_where(void **state) {
    World *world = *state;
    Edition edition = {.place = STR("Dom"), .address = STR("")};
    assert_text(edition_where(world->arena, &edition), "Dom");
    edition.address = STR("ul. Przykładowa 1");
    assert_text(edition_where(world->arena, &edition), "Dom, ul. Przykładowa 1");
    edition.place = edition.address = STR("");
    assert_true(str_is_empty(edition_where(world->arena, &edition)));
}

static void test_call_closes_at_midnight(void **state) {
    (void)state;
    EditionForm typed = june();
    Edition edition = {.state = EDITION_CALL_OPEN};
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    assert_true(edition_takes_signups(&edition, edition.closes_ms.value - 1));
    assert_false(edition_takes_signups(&edition, edition.closes_ms.value));
    edition.state = EDITION_CALL_CLOSED;
    assert_false(edition_takes_signups(&edition, edition.closes_ms.value - 1));
}

static void test_the_day_begins_and_ends_by_itself(void **state) {
    (void)state;
    EditionForm typed = june();
    Edition edition = {.state = EDITION_PUBLISHED};
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    Civil day = zone_civil(edition.zone, edition.starts_ms.value);
    const int64_t hour_ms = INT64_C(3600) * 1000, before_ms = (day.hour * 60 + day.minute) * INT64_C(60) * 1000;
    int64_t midnight_ms = edition.starts_ms.value - before_ms;
    assert_false(edition_is_today(&edition, midnight_ms - 1));
    assert_true(edition_is_today(&edition, midnight_ms));
    assert_true(edition_is_today(&edition, midnight_ms + 24 * hour_ms - 1));
    assert_false(edition_is_today(&edition, midnight_ms + 24 * hour_ms));
    edition.ends_ms = given_int(midnight_ms + 26 * hour_ms); /* over midnight */
    assert_true(edition_is_today(&edition, midnight_ms + 26 * hour_ms - 1));
    assert_false(edition_is_today(&edition, midnight_ms + 26 * hour_ms));
    edition.state = EDITION_CALL_CLOSED;
    assert_false(edition_is_today(&edition, edition.starts_ms.value));
    edition = (Edition){.state = EDITION_PUBLISHED, .date = {.precision = DATE_MONTH, .year = 2026, .month = 6}};
    assert_false(edition_is_today(&edition, midnight_ms));
}

static void test_contributions(void **state) {
    World *world = *state;
    StrList list = contributions_split(world->arena, STR(" przestrzeń, wsparcie techniczne ,,\nkawa"));
    assert_int_equal(list.count, 3);
    assert_text(list.strs[0], "przestrzeń");
    assert_text(list.strs[1], "wsparcie techniczne");
    assert_text(list.strs[2], "kawa");
    assert_int_equal(contributions_split(world->arena, STR("")).count, 0);
}

static void test_states_have_names(void **state) {
    (void)state;
    for (EditionState one = EDITION_DRAFT; one <= EDITION_ARCHIVED; one++) {
        EditionState back;
        assert_true(edition_state_parse(str_from_c(edition_state_name(one)), &back));
        assert_int_equal(back, one);
    }
    EditionState none;
    assert_false(edition_state_parse(STR("open"), &none));
}

/* ---- what stands first ---- */

static void test_order_of_my_items(void **state) {
    World *world = *state;
    MyItems items = {.arena = world->arena};
    my_items_add(&items, &(MyItem){.title = STR("cake")});
    my_items_add(&items, &(MyItem){.title = STR("table"), .starts_ms = 3000000, .ends_ms = 3480000});
    my_items_add(&items, &(MyItem){.title = STR("talk"), .starts_ms = 1000000, .ends_ms = 1180000});
    my_items_add(&items, &(MyItem){.title = STR("walk"), .starts_ms = 1000000, .ends_ms = 1900000});
    my_items_sort(&items);
    const char *order[] = {"talk", "walk", "table", "cake"};
    for (size_t i = 0; i < COUNT(order); i++) assert_text(items.items[i].title, order[i]);
    assert_int_equal(my_items_next(&items, 0), 0);
    assert_int_equal(my_items_next(&items, 1100000), 0); /* going on */
    assert_int_equal(my_items_next(&items, 1180000), 1); /* over */
    assert_int_equal(my_items_next(&items, 2000000), 2);
    assert_int_equal(my_items_next(&items, 9000000), 4); /* nothing more: what has no time is not next */
    my_items_add(&items,
                 &(MyItem){.title = STR("food"), .starts_ms = 900000, .ends_ms = 9500000, .is_everybodys = true});
    my_items_sort(&items);
    assert_int_equal(my_items_next(&items, 0), 0);       /* it is ahead, as the others are */
    assert_int_equal(my_items_next(&items, 950000), 1);  /* it goes on: one's own comes first */
    assert_int_equal(my_items_next(&items, 9000000), 0); /* nothing of one's own is left */
}

static void test_order_of_today(void **state) {
    World *world = *state;
    TodayItems items = {.arena = world->arena};
    today_items_add(&items, &(TodayItem){URGENT_WHEN_TIME, STR("c"), {0}, {0}});
    today_items_add(&items, &(TodayItem){URGENT_NOW, STR("a"), {0}, {0}});
    today_items_add(&items, &(TodayItem){URGENT_SOON, STR("b"), {0}, {0}});
    today_items_add(&items, &(TodayItem){URGENT_NOW, STR("a2"), {0}, {0}});
    today_items_sort(&items);
    const char *order[] = {"a", "a2", "b", "c"};
    for (size_t i = 0; i < COUNT(order); i++) assert_text(items.items[i].words, order[i]);
}

/* ---- what is kept ---- */

static Err make(Tx *tx, void *context) {
    World *world = context;
    Series series = {.slug = STR("do-celu"),
                     .name = STR("Do celu"),
                     .words = STR(""),
                     .organiser = STR("Centrum"),
                     .phone = STR("+48 12 345 67 89"),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    assert_int_equal(series_add(tx, &series, &world->series), OK);
    assert_int_equal(series_add(tx, &series, &world->series), ERR_CONFLICT);
    Edition edition = {.series.id = world->series, .state = EDITION_DRAFT, .slug = STR("iii")};
    EditionForm typed = june();
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    assert_int_equal(edition_add(tx, &edition, &world->edition), OK);
    assert_int_equal(edition_add(tx, &edition, &world->edition), ERR_CONFLICT);
    edition_add_venue(tx, world->edition, STR("Dom"), STR("ul. Przykładowa 1"), STR(""));
    edition_add_party(tx, world->edition,
                      &(Party){.role = STR("partner"), .name = STR("Drukarnia"), .website = STR("")});
    Id host = edition_add_party(tx, world->edition,
                                &(Party){.role = STR("host"), .name = STR("Kasztan"), .website = STR("")});
    StrList gifts = contributions_split(tx_arena(tx), STR("przestrzeń"));
    edition_set_contributions(tx, world->edition, host, &gifts);
    return OK;
}

static Err find(Tx *tx, void *context) {
    World *world = context;
    Edition edition;
    Str organisation;
    int64_t before = store_counters(world->store).statements;
    assert_true(edition_by_path(tx, STR("do-celu"), STR("iii"), 0, &edition, &organisation));
    assert_int_equal(store_counters(world->store).statements - before, 1);
    assert_int_equal(edition.id, world->edition);
    assert_text(edition.series.phone, "+48 12 345 67 89");
    assert_text(edition.place, "Dom");
    assert_text(edition.host, "Kasztan");
    assert_true(str_is_absent(organisation));
    assert_true(edition_by_path(tx, STR("do-celu"), STR("iii"), world->edition, &edition, &organisation));
    assert_true(str_is_absent(organisation)); /* the id of something else is no organisation */
    assert_false(edition_by_path(tx, STR("do-celu"), STR("iv"), 0, &edition, &organisation));
    assert_false(edition_by_path(tx, STR("inny"), STR("iii"), 0, &edition, &organisation));
    assert_true(edition_find(tx, STR("do-celu"), &edition));
    assert_true(edition_find(tx, STR("do-celu/iii"), &edition));
    assert_false(edition_find(tx, STR("do-celu/"), &edition));
    assert_false(edition_find(tx, STR(""), &edition));
    return OK;
}

/* The second of two who change the same thing is told. */
static Err change_twice(Tx *tx, void *context) {
    World *world = context;
    Edition mine, yours;
    assert_true(edition_get(tx, world->edition, &mine));
    yours = mine;
    mine.title = STR("Moje");
    yours.title = STR("Wasze");
    assert_int_equal(edition_update(tx, &mine), OK);
    assert_int_equal(edition_update(tx, &yours), ERR_CONFLICT);
    assert_int_equal(edition_set_state(tx, world->edition, yours.version, EDITION_CALL_OPEN), ERR_CONFLICT);
    assert_int_equal(edition_set_state(tx, world->edition, yours.version + 1, EDITION_CALL_OPEN), OK);
    assert_true(edition_get(tx, world->edition, &mine));
    assert_text(mine.title, "Moje");
    assert_int_equal(mine.state, EDITION_CALL_OPEN);
    yours.id = 1;
    assert_int_equal(edition_update(tx, &yours), ERR_NOT_FOUND);
    return OK;
}

static Err change_notice(Tx *tx, void *context) {
    World *world = context;
    Series series;
    assert_true(series_get(tx, world->series, &series));
    Notice first = notice_current(tx, &series, LANGUAGE_PL);
    assert_int_equal(first.id, 0);
    assert_true(str_contains(first.words, STR("Centrum")));
    assert_false(notice_set(tx, &series, LANGUAGE_PL, first.words)); /* nothing new */
    assert_true(notice_set(tx, &series, LANGUAGE_PL, STR("Nowe słowa")));
    assert_true(notice_set(tx, &series, LANGUAGE_PL, STR("Jeszcze nowsze")));
    Notice now = notice_current(tx, &series, LANGUAGE_PL);
    assert_int_equal(now.number, 2);
    assert_text(now.words, "Jeszcze nowsze");
    assert_int_equal(notice_current(tx, &series, LANGUAGE_UK).id, 0);
    return OK;
}

static void test_what_is_kept(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, make, world), OK);
    assert_int_equal(store_read(world->store, world->arena, find, world), OK);
    assert_int_equal(store_write(world->store, world->arena, change_twice, world), OK);
    assert_int_equal(store_write(world->store, world->arena, change_notice, world), OK);
}

static void test_moments(void **state) {
    World *world = *state;
    (void)world;
    int64_t ms;
    ImpreciseDate day = {DATE_DAY, 2026, 6, 11};
    assert_true(moment_of(warsaw(), day, STR("14:40"), &ms));
    assert_int_equal(ms % (60 * 60 * 1000), 40 * 60 * 1000);
    const char *bad[] = {"", "14", "24:00", "12:60", "ab:cd", "-1:00", "14:"};
    for (size_t i = 0; i < COUNT(bad); i++) assert_false(moment_of(warsaw(), day, str_from_c(bad[i]), &ms));
    assert_false(moment_of(warsaw(), (ImpreciseDate){DATE_MONTH, 2026, 6, 0}, STR("14:40"), &ms));
}

/* ---- a day to begin from ---- */

/* Every length from a minute to 14 hours, from an odd minute: the parts follow on one another, fill the day, begin on
 * five minutes after its first, and an afternoon of five hours is the one described. */
static void test_proposed_day(void **state) {
    World *world = *state;
    enum { MINUTE = 60 * 1000, MOST = 14 * 60 };
    Edition edition = {.starts_ms = given_int(1781186460000)};
    assert_false(frame_can_be_proposed(&edition));
    for (int64_t minutes = 1; minutes <= MOST; minutes++) {
        edition.ends_ms = given_int(edition.starts_ms.value + minutes * MINUTE);
        assert_int_equal(frame_can_be_proposed(&edition), minutes >= 120 && minutes <= 720);
        if (!frame_can_be_proposed(&edition)) continue;
        Frame frame = frame_propose(world->arena, &edition);
        int64_t at = edition.starts_ms.value;
        for (size_t i = 0; i < frame.count; i++) {
            assert_int_equal(frame.sections[i].starts_ms, at);
            assert_int_equal((at - edition.starts_ms.value) % (5 * MINUTE), 0);
            at = frame.sections[i].ends_ms;
            assert_true(at > frame.sections[i].starts_ms);
            assert_true(frame_kind_is_known(frame.sections[i].kind));
            assert_int_equal(frame.sections[i].is_protected, str_equal(frame.sections[i].kind, STR("potluck")));
        }
        assert_int_equal(at, edition.ends_ms.value);
        assert_true(frame.count >= 8);
        assert_text(frame.sections[0].kind, "doors");
        if (minutes == 300) {
            assert_int_equal(frame.count, 11);
            assert_int_equal(frame.sections[7].starts_ms - edition.starts_ms.value, 205 * MINUTE);
            assert_text(frame.sections[7].kind, "rounds");
        }
    }
}

/* ---- mail ---- */

static void test_mail_is_read_without_secrets(void **state) {
    World *world = *state;
    assert_text(mail_without_secrets(world->arena, STR("Here: https://a.example/s/0123456789abcdefghjkmnpqrs\nBye")),
                "Here: https://a.example/s/…\nBye");
    assert_text(mail_without_secrets(world->arena, STR("/s/0123456789abcdefghjkmnpqrs /s/0123456789abcdefghjkmnpqrs")),
                "/s/… /s/…");
    assert_text(mail_without_secrets(world->arena, STR("https://a.example/s/short and /s/")),
                "https://a.example/s/short and /s/");
    assert_text(mail_without_secrets(world->arena, STR("")), "");
}

/* ---- the motif and the facts ---- */

/* count organisations with the ids from first on. */
static void add_beads(Motif *motif, const char *field, Id first, int count, bool is_new) {
    for (int i = 0; i < count; i++) motif_add_bead(motif, (MotifBead){first + i, str_from_c(field), is_new});
}

static size_t count_of(Str text, char sign) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == sign;
    return count;
}

static void test_motif_of_few(void **state) {
    World *world = *state;
    Motif motif = {.arena = world->arena};
    assert_int_equal(motif_draw(world->arena, &motif).rings_count, 0);
    add_beads(&motif, "senior", 1, MOTIF_BEADS_LEAST - 1, false);
    assert_int_equal(motif_draw(world->arena, &motif).rings_count, 0);
}

static void test_motif_rings_and_beads(void **state) {
    World *world = *state;
    Motif motif = {.arena = world->arena};
    add_beads(&motif, "youth", 10, 2, true);
    add_beads(&motif, "senior", 20, 8, false);
    add_beads(&motif, "youth", 30, 1, false);
    motif_add_meeting(&motif, 10, 20);
    motif_add_meeting(&motif, 30, 99); /* 99 does not come */
    MotifPart part = motif_draw(world->arena, &motif);
    assert_int_equal(part.rings_count, 2);
    assert_true(part.rings[0].radius > part.rings[1].radius); /* the fuller one first, and larger */
    assert_int_equal(count_of(part.beads, 'M'), 9);
    assert_int_equal(count_of(part.new_beads, 'M'), 2);
    assert_int_equal(count_of(part.lines, 'M'), 1);
}

/* Whatever the fields and their sizes, nothing is drawn outside. */
static void test_motif_stays_inside(void **state) {
    World *world = *state;
    enum { FIELDS_MOST = 14 };
    for (int fields = 1; fields <= FIELDS_MOST; fields++) {
        Motif motif = {.arena = world->arena};
        for (int i = 0; i < fields; i++)
            add_beads(&motif, str_to_c(world->arena, str_format(world->arena, "field%02d", i)), 100 * (i + 1),
                      6 + 3 * i, false);
        MotifPart part = motif_draw(world->arena, &motif);
        assert_int_equal(part.rings_count, fields);
        for (size_t i = 0; i < part.rings_count; i++) {
            const MotifPartRing *ring = &part.rings[i];
            assert_true(ring->x - ring->radius >= 0 && ring->x + ring->radius <= MOTIF_WIDTH);
            assert_true(ring->y - ring->radius >= -10 && ring->y + ring->radius <= MOTIF_HEIGHT + 10);
        }
    }
}

static void test_facts_of_one_name_are_joined(void **state) {
    World *world = *state;
    EditionFacts facts = {.arena = world->arena};
    edition_facts_add(&facts, STR("Sign-ups"), STR("until 21 May"));
    edition_facts_add(&facts, STR("Where"), STR("here"));
    edition_facts_add(&facts, STR("Sign-ups"), STR("6 places are left"));
    assert_int_equal(facts.count, 2);
    assert_text(facts.facts[0].value, "until 21 May\u00a0· 6 places are left");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_motif_of_few, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_motif_rings_and_beads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_motif_stays_inside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_facts_of_one_name_are_joined, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_slugs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mail_is_read_without_secrets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_roman_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_form_becomes_an_edition_and_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_last_day_over_clock_changes, set_up, tear_down),
        cmocka_unit_test(test_what_a_form_can_have_wrong),
        cmocka_unit_test_setup_teardown(test_words_of_when, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_where, set_up, tear_down),
        cmocka_unit_test(test_call_closes_at_midnight),
        cmocka_unit_test(test_the_day_begins_and_ends_by_itself),
        cmocka_unit_test_setup_teardown(test_contributions, set_up, tear_down),
        cmocka_unit_test(test_states_have_names),
        cmocka_unit_test_setup_teardown(test_order_of_my_items, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order_of_today, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_proposed_day, set_up, tear_down),
        cmocka_unit_test(test_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
