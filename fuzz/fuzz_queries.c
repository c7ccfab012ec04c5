// SPDX-License-Identifier: EUPL-1.2
/* Any bytes as a migration and as a room's .sql file: read, checked, written to nowhere.
 * Run: clang's -fsanitize=fuzzer,address; see fuzz/meson.build for the plain replay. */
#include "query_spec.h"

static const char TABLES[] =
    "-- compatible: 1\n"
    "CREATE TABLE turn (edition id NOT NULL, id id NOT NULL, title text NOT NULL, closed bool NOT NULL,\n"
    "places int, PRIMARY KEY (edition, id)) FAMILY edition ROOM walks;\n"
    "CREATE TABLE booking (id id PRIMARY KEY, turn id, people int NOT NULL) FAMILY person ROOM walks;\n";

typedef struct Input {
    Compiler compiler;
    Str text;
} Input;

static void close_db(void *db) { sqlite3_close(db); }

static void compile(void *argument) {
    Input *input = argument;
    Compiler *compiler = &input->compiler;
    FloorRoom walks = {STR("walks"), 1};
    Floors floors = {&walks, 1};
    Schema schema = {.compiler = compiler, .floors = &floors};
    schema_add(&schema, "0001_tables.sql", str_from_c(TABLES));
    sqlite3 *db = NULL;
    sqlite3_open(":memory:", &db);
    arena_defer(compiler->arena, close_db, db);
    schema_apply(&schema, db);
    if (compiler->errors) abort(); /* the tables above are sound */

    QueryFile file = query_file_read(compiler, "fuzz.sql", STR("walks"), input->text);
    query_file_check(&file, &schema, &floors, db);
    compiler->errors++; /* nothing is written */
    query_file_emit(&file, "/nowhere");
    schema_add(&schema, "0002_fuzz.sql", input->text);
    schema_emit(&schema);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_open(64 << 20);
    Input input = {.compiler = {.arena = arena, .tool = "fuzz"}, .text = {(const char *)data, size}};
    if (arena) arena_protect(arena, compile, &input);
    arena_close(arena);
    return 0;
}
