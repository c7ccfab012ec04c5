// SPDX-License-Identifier: EUPL-1.2
/* Why two meet, told to each of them in three languages; and "my gathering" from one query. */
#include "gathering/rounds/draft.h"
#include "gathering/rounds/mine.h"
#include "gathering/rounds/words.h"
#include "testing.h"

static void need_is_told_from_both_sides(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    TellReason need = {STR("need"), true, STR("przestrzeń"), STR("sala prób"), STR("sala w piątki.")};
    assert_str(reasons_in_words(arena, LANGUAGE_PL, &need, 1),
               STR("Szukacie: sala prób. Oni mogą dać: sala w piątki. Jeszcze się nie spotkaliście."));
    assert_str(reason_in_words(arena, LANGUAGE_EN, &need), STR("You look for: sala prób. They have: sala w piątki."));
    assert_str(reason_in_words(arena, LANGUAGE_UK, &need),
               STR("Ви шукаєте: sala prób. Вони можуть дати: sala w piątki."));
    need.is_mine = false;
    need.given = STR("");
    need.asked = STR("");
    assert_str(reason_in_words(arena, LANGUAGE_PL, &need), STR("Oni szukają: przestrzeń. Wy możecie to dać."));
    assert_str(reason_in_words(arena, LANGUAGE_UK, &need), STR("Вони шукають: przestrzeń. Ви це маєте."));
    arena_close(arena);
}

static void one_kind_alone_is_no_match_of_words(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    TellReason need = {STR("need"), true, STR("sprzęt"), STR("nagłośnienie na dwa popołudnia"),
                       STR("trzydzieści krzeseł składanych")};
    assert_str(reason_in_words(arena, LANGUAGE_PL, &need),
               STR("Szukacie czegoś z dziedziny: sprzęt. Oni mogą coś z niej dać."));
    need.asked = STR("krzesła na dwa popołudnia");
    assert_str(reason_in_words(arena, LANGUAGE_PL, &need),
               STR("Szukacie: krzesła na dwa popołudnia. Oni mogą dać: trzydzieści krzeseł składanych."));
    need.asked = STR("");
    assert_str(reason_in_words(arena, LANGUAGE_PL, &need),
               STR("Szukacie: sprzęt. Oni mogą dać: trzydzieści krzeseł składanych."));
    arena_close(arena);
}

static void all_reasons_have_words(void **state) {
    (void)state;
    static const char *const reasons[] = {"need", "words", "different", "alike", "newcomer", "met"};
    Arena *arena = arena_open(1 << 20);
    for (size_t i = 0; i < COUNT(reasons); i++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (int mine = 0; mine < 2; mine++)
                assert_false(str_is_empty(
                    reason_in_words(arena, (Language)language,
                                    &(TellReason){str_from_c(reasons[i]), mine, STR("k"), STR("a"), STR("g")})));
    TellReason met = {.reason = STR("met")};
    assert_str(reasons_in_words(arena, LANGUAGE_PL, &met, 1), STR("Znacie się z wcześniejszej edycji."));
    assert_str(reasons_in_words(arena, LANGUAGE_PL, NULL, 0), STR("Jeszcze się nie spotkaliście."));
    arena_close(arena);
}

static void the_strongest_are_told_once_each(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const TellReason reasons[] = {
        {STR("need"), true, STR("przestrzeń"), STR("sala prób"), STR("Sala prób.")},
        {STR("need"), true, STR("sprzęt"), STR("rzutnik"), STR("rzutnik i ekran")},
        {STR("need"), false, STR("promocja"), STR("plakat"), STR("")},
        {STR("different"), false, STR(""), STR(""), STR("")},
        {STR("newcomer"), true, STR(""), STR(""), STR("")},
    };
    assert_str(reasons_in_words(arena, LANGUAGE_PL, reasons, COUNT(reasons)),
               STR("Szukacie: sala prób. Oni mogą to dać. Oni szukają: plakat. Wy możecie to dać. "
                   "Jeszcze się nie spotkaliście."));
    assert_str(reasons_in_words(arena, LANGUAGE_UK, reasons, 2),
               STR("Ви шукаєте: sala prób. Вони це мають. Ви ще не зустрічалися."));
    arena_close(arena);
}

static void names_get_their_language(void **state) {
    (void)state;
    assert_str(name_language(STR("Спілка «Разом»"), LANGUAGE_PL), STR("uk"));
    assert_true(str_is_absent(name_language(STR("Спілка"), LANGUAGE_UK)));
    assert_true(str_is_absent(name_language(STR("Żółw"), LANGUAGE_PL)));
}

typedef struct Mine {
    World *world;
    Language language;
    MyItems items;
    int64_t statements;
} Mine;

static Err plan_and_publish(Tx *tx, void *context) {
    World *world = context;
    Edition edition;
    assert_true(edition_get(tx, world->second, &edition));
    RoundSettings settings = round_defaults(tx, &edition);
    RoundDraft *draft;
    Id plan;
    assert_int_equal(round_draft(tx, &edition, &settings, &draft), OK);
    assert_int_equal(round_store(tx, draft, &(RoundStep){.edition = edition.id}, &plan), OK);
    return round_publish(tx, &(RoundStep){.edition = edition.id, .plan = plan, .version = 1});
}

static Err read_mine(Tx *tx, void *context) {
    Mine *mine = context;
    Request request = {.arena = tx_arena(tx), .tx = tx, .language = mine->language};
    request.scope = (Scope){mine->world->series, mine->world->second, mine->world->organisations[0]};
    mine->items = (MyItems){.arena = tx_arena(tx)};
    int64_t before = store_counters(mine->world->store).statements;
    rounds_my_items(&request, &mine->items);
    mine->statements = store_counters(mine->world->store).statements - before;
    return OK;
}

static void my_meetings_come_from_one_query(void **state) {
    (void)state;
    World world;
    world_open(&world, 7); /* an odd number: somebody has a break each round */
    assert_int_equal(store_write(world.store, world.arena, plan_and_publish, &world), OK);
    Mine mine = {.world = &world, .language = LANGUAGE_PL};
    assert_int_equal(store_read(world.store, world.arena, read_mine, &mine), OK);
    assert_int_equal(mine.statements, 1);
    assert_int_equal(mine.items.count, 5);
    for (size_t i = 0; i < mine.items.count; i++) {
        const MyItem *item = &mine.items.items[i];
        assert_false(str_is_empty(item->title));
        assert_false(str_is_empty(item->words));
        assert_true(item->table > 0 || str_equal(item->title, STR("Przerwa w rozmowach")));
        assert_true(str_starts_with(item->title, STR("Спілка")) == str_equal(item->title_language, STR("uk")));
    }
    world_close(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(need_is_told_from_both_sides), cmocka_unit_test(one_kind_alone_is_no_match_of_words),
        cmocka_unit_test(all_reasons_have_words),       cmocka_unit_test(the_strongest_are_told_once_each),
        cmocka_unit_test(names_get_their_language),     cmocka_unit_test(my_meetings_come_from_one_query),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
