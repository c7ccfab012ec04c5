// SPDX-License-Identifier: EUPL-1.2
/* The sheet that a list of sign-ups is exported as comes back: into its own edition as the same as before, row by row,
 * and into an empty edition of another file as the same sign-ups. In each language. */
#include "gathering/signups/export_sheet.h"
#include "gathering/signups/import_plan.h"
#include "testing.h"

enum { COLUMN_STATE = 1, COLUMN_FIRST_TIME = 2 };

typedef struct Sheets {
    const char *edition; /* "series/edition" */
    Language language;
    Str written; /* in: the sheet to take; out: what is exported */
    ImportPlan plan;
    ImportTaken taken;
} Sheets;

static Edition edition_called(Tx *tx, const Sheets *sheets) {
    Edition edition;
    assert_true(edition_find(tx, str_from_c(sheets->edition), &edition));
    return edition;
}

static Err write_sheet(Tx *tx, void *context) {
    Sheets *sheets = context;
    Edition edition = edition_called(tx, sheets);
    Signups all = signups_of(tx, edition.id);
    const Signup **signups = arena_array(tx_arena(tx), const Signup *, all.count);
    for (size_t i = 0; i < all.count; i++) signups[i] = &all.signups[i];
    Buffer out = buffer_in(tx_arena(tx));
    signups_write_sheet(tx, NULL, &edition, sheets->language, signups, all.count, &out);
    sheets->written = buffer_str(&out);
    return OK;
}

static Err take_sheet(Tx *tx, void *context) {
    Sheets *sheets = context;
    Edition edition = edition_called(tx, sheets);
    CsvSheet csv;
    assert_int_equal(csv_read(tx_arena(tx), sheets->written, &(CsvOptions){0}, &csv), OK);
    ImportSheet sheet = import_sheet_open(tx_arena(tx), &csv);
    for (size_t i = 0; i < sheet.column_count; i++)
        if ((sheet.columns[i].field == IMPORT_LEFT_OUT) != (i == COLUMN_FIRST_TIME))
            fail_msg("column \"%.*s\" is read as %s", STR_FORMAT(sheet.columns[i].head),
                     import_field_name(sheet.columns[i].field));
    sheets->plan = import_plan_make(tx, &edition, &sheet);
    sheets->taken = import_plan_take(tx, &edition, &sheets->plan, &(ImportWish){.takes_doubtful = true});
    return OK;
}

static void run(World *world, Sheets *sheets, Err (*work)(Tx *, void *)) {
    if (store_write(world->store, world->arena, work, sheets)) fail_msg("%s", arena_failure(world->arena)->message);
}

static const char *const editions[] = {"wspolnie-do-celu-przyklad/ii", "wspolnie-do-celu-przyklad/i"};

static void check_same(const char *edition, const ImportPlanRow *row) {
    static const ImportNote none = {.value = STR_INIT(""), .other = STR_INIT("")};
    const ImportNote *note = row->read.notes.count ? &row->read.notes.notes[0] : &none;
    if (row->fate != IMPORT_SAME || row->read.notes.count)
        fail_msg("%s: %.*s is %s: %s \"%.*s\" \"%.*s\"", edition, STR_FORMAT(row->read.name),
                 import_fate_name(row->fate), import_why_name(note->why), STR_FORMAT(note->value),
                 STR_FORMAT(note->other));
}

static void its_own_edition_has_each_row_as_before(void **state) {
    for (size_t i = 0; i < COUNT(editions); i++)
        for (Language language = 0; language < LANGUAGE_COUNT; language++) {
            Sheets sheets = {.edition = editions[i], .language = language};
            run(*state, &sheets, write_sheet);
            run(*state, &sheets, take_sheet);
            assert_true(sheets.plan.count > 30);
            for (size_t j = 0; j < sheets.plan.count; j++) check_same(editions[i], &sheets.plan.rows[j]);
            assert_int_equal(sheets.taken.added + sheets.taken.updated + sheets.taken.left, 0);
        }
}

static Err make_empty(Tx *tx, void *context) {
    (void)context;
    const Zone *zone;
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &zone), OK);
    Series series = {.slug = STR("inny"),
                     .name = STR("Inny plik"),
                     .words = STR(""),
                     .organiser = STR(""),
                     .phone = STR(""),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    assert_int_equal(series_add(tx, &series, &series.id), OK);
    Edition edition = {.series = series,
                       .slug = STR("i"),
                       .number = 1,
                       .title = STR("Pusta"),
                       .words = STR(""),
                       .state = EDITION_CALL_OPEN,
                       .date_text = STR(""),
                       .zone = zone};
    return edition_add(tx, &edition, &edition.id);
}

static void compare_sheets(Arena *arena, Str expected, Str found) {
    CsvSheet left, right;
    assert_int_equal(csv_read(arena, expected, &(CsvOptions){0}, &left), OK);
    assert_int_equal(csv_read(arena, found, &(CsvOptions){0}, &right), OK);
    assert_int_equal(left.row_count, right.row_count);
    for (size_t i = 0; i < left.row_count; i++)
        for (size_t j = 0; j < left.rows[i].count; j++) {
            if (i > 0 && (j == COLUMN_STATE || j == COLUMN_FIRST_TIME)) continue; /* each file's own */
            Str was = left.rows[i].cells[j].text, is = right.rows[i].cells[j].text;
            if (!str_equal(was, is))
                fail_msg("row %zu, column %zu: \"%.*s\" came as \"%.*s\"", i, j, STR_FORMAT(was), STR_FORMAT(is));
        }
}

static void another_file_has_the_same_sign_ups(void **state) {
    World *world = *state;
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        World other;
        world_open(&other);
        Sheets sheets = {.edition = editions[0], .language = language};
        run(world, &sheets, write_sheet);
        Str expected = sheets.written;
        sheets.edition = "inny/i";
        run(&other, &sheets, make_empty);
        run(&other, &sheets, take_sheet);
        assert_int_equal(sheets.taken.added, sheets.plan.count);
        run(&other, &sheets, write_sheet);
        compare_sheets(world->arena, expected, sheets.written);
        world_close(&other);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_own_edition_has_each_row_as_before),
        cmocka_unit_test(another_file_has_the_same_sign_ups),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
