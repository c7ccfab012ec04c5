// SPDX-License-Identifier: EUPL-1.2
/* What a coordinator says of the rows of a sheet: which organisation was meant, and who agreed to be named. */
#include "import_testing.h"

#define HEADS "Organizacja;E-mail;Ile osób\n"

typedef struct Meant {
    World *world;
    Id meant, other;
} Meant;

/* Another organisation of just the name in the sheet signs up meanwhile. */
static Err sign_up_namesake(Tx *tx, void *context) {
    Meant *meant = context;
    SignupAnswers answers = {
        .organisation = {.name = STR("Zielony Zaulekk"), .legal_form = STR(""), .words = STR("")},
        .contact_name = STR("Inna Osoba"),
        .contact_email = STR("namesake@example.org"),
        .source = "form",
        .people = 7,
    };
    SignupSent sent;
    assert_int_equal(signup_submit(tx, meant->world->second, &answers, &sent), OK);
    meant->other = sent.organisation;
    return OK;
}

static Err namesake_is_as_it_was(Tx *tx, void *context) {
    const Meant *meant = context;
    Signup signup;
    assert_true(signup_of_organisation(tx, meant->world->second, meant->other, &signup));
    assert_int_equal(signup.people, 7);
    assert_str(signup.contact_email, STR("namesake@example.org"));
    assert_int_equal(representatives(tx, meant->other, meant->world->series).count, 1);
    assert_false(signup_of_organisation(tx, meant->world->second, meant->meant, &signup));
    return OK;
}

/* Whatever was ticked of a row: it was of the organisation that was seen then. */
static void a_tick_is_of_the_organisation_that_was_seen(void **state) {
    World *world = *state;
    take(world, &(Import){.text = HEADS "Fundacja Zielony Zaułek;ada@example.org;2\n"});
    Import import = {.text = HEADS "Zielony Zaulekk;inny@example.org;1\n", .edition = world->second};
    preview(world, &import);
    const ImportPlanRow *row = &import.plan.rows[0];
    Meant meant = {.world = world, .meant = row->similar};
    assert_int_not_equal(meant.meant, 0);
    Str same = import_tick_words(world->arena, &import.plan, row, true),
        other = import_tick_words(world->arena, &import.plan, row, false);
    assert_str(same, str_format(world->arena, "same.%.*s", STR_FORMAT(id_text(world->arena, meant.meant))));
    assert_true(import_tick_is_same(same) && !import_tick_is_same(other));
    assert_int_equal(store_write(world->store, world->arena, sign_up_namesake, &meant), OK);
    const ImportTick ticks[] = {{2, true, same}, {2, false, other}, {2, false, STR("new")}};
    for (size_t i = 0; i < COUNT(ticks); i++) {
        import.wish = (ImportWish){.ticks = &ticks[i], .tick_count = 1};
        import.renews = true;
        take(world, &import);
        assert_int_equal(import.taken.added + import.taken.updated, 0);
        assert_int_equal(import.taken.left, 1);
        assert_int_equal(import.taken.changed, 1);
        assert_int_equal(store_read(world->store, world->arena, namesake_is_as_it_was, &meant), OK);
    }
    same = import_tick_words(world->arena, &import.plan, &import.plan.rows[0], true); /* looked at again */
    import.wish = (ImportWish){.ticks = &(ImportTick){2, true, same}, .tick_count = 1};
    take(world, &import);
    assert_int_equal(import.taken.updated, 1);
}

static Err is_named_in_public(Tx *tx, void *context) {
    const Import *import = context;
    Signup signup;
    assert_true(signup_of_organisation(tx, import->edition, import->plan.rows[0].organisation, &signup));
    return signup.is_listed ? OK : ERR_NOT_FOUND;
}

/* A row that names nobody, or another than who is kept, is not the kept contact's consent. */
static void only_who_is_named_in_a_row_agreed(void **state) {
    World *world = *state;
    static const char first_line[] = "Organizacja;Osoba do kontaktu;E-mail;Ile osób\n";
    take(world, &(Import){.text = "Organizacja;Osoba do kontaktu;E-mail;Ile osób\nMost;Ala Dąb;m@example.org;2\n"});
    static const struct {
        const char *row;
        Err listed;
    } cases[] = {{"Most;;;3", ERR_NOT_FOUND}, {"Most;Ala Dąb;;4", OK}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_format(world->arena, "%s%s\n", first_line, cases[i].row);
        Import import = {.text = str_to_c(world->arena, text)};
        import.wish = (ImportWish){.takes_doubtful = true, .is_listed = true};
        take(world, &import);
        assert_int_equal(import.taken.updated, 1);
        assert_int_equal(store_read(world->store, world->arena, is_named_in_public, &import), cases[i].listed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tick_is_of_the_organisation_that_was_seen, world_open, world_close),
        cmocka_unit_test_setup_teardown(only_who_is_named_in_a_row_agreed, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
