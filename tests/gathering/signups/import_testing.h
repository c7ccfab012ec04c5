// SPDX-License-Identifier: EUPL-1.2
/* What the tests of sheets share: a sheet from a text, looked at and taken. */
#ifndef WSPOLNIE_TESTS_SIGNUPS_IMPORT_TESTING_H
#define WSPOLNIE_TESTS_SIGNUPS_IMPORT_TESTING_H

#include "testing.h"

static inline ImportSheet sheet_of(Arena *arena, const char *text) {
    CsvSheet *csv = arena_new(arena, CsvSheet);
    assert_int_equal(csv_read(arena, str_from_c(text), &(CsvOptions){.encoding = CSV_UTF8}, csv), OK);
    return import_sheet_open(arena, csv);
}

typedef struct Import {
    World *world;
    const char *text;
    Id edition;
    ImportWish wish;
    bool takes, renews; /* renews: the plan stands from before */
    bool held;
    ImportPlan plan;
    ImportTaken taken;
} Import;

static inline Err run_import(Tx *tx, void *context) {
    Import *import = context;
    Edition edition;
    assert_true(edition_get(tx, import->edition, &edition));
    ImportSheet sheet = sheet_of(import->world->arena, import->text);
    if (import->renews) import->held = import_plan_holds(tx, &edition, &import->plan);
    import->plan = import->renews ? import_plan_renewed(tx, &edition, &sheet, &import->plan)
                                  : import_plan_make(tx, &edition, &sheet);
    if (import->takes) import->taken = import_plan_take(tx, &edition, &import->plan, &import->wish);
    return OK;
}

static inline void preview(World *world, Import *import) {
    import->world = world;
    import->takes = false;
    if (!import->edition) import->edition = world->first;
    assert_int_equal(store_read(world->store, world->arena, run_import, import), OK);
}

static inline void take(World *world, Import *import) {
    import->world = world;
    import->takes = true;
    if (!import->edition) import->edition = world->first;
    Err err = store_write(world->store, world->arena, run_import, import);
    if (err) fail_msg("%s", arena_failure(world->arena)->message);
}

static inline bool row_has(const ImportPlanRow *row, ImportWhy why, ImportField field) {
    for (size_t i = 0; i < row->read.notes.count; i++)
        if (row->read.notes.notes[i].why == why && row->read.notes.notes[i].field == field) return true;
    return false;
}

#endif
