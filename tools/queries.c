// SPDX-License-Identifier: EUPL-1.2
/* queries: the compiler from SQL to typed C functions (docs/internals/queries.md). */
#include "list.h"
#include "query_spec.h"

typedef struct Arguments {
    Compiler compiler;
    const char *schema, *floors, *room, *out_dir;
    bool migrations, registry;
    const char **files;
    int file_count;
} Arguments;

static void close_db(void *db) { sqlite3_close(db); }

static sqlite3 *migrated(Compiler *compiler, const Schema *schema) {
    sqlite3 *db = NULL;
    int result = sqlite3_open(":memory:", &db);
    arena_defer(compiler->arena, close_db, db);
    if (result != SQLITE_OK) arena_fail(compiler->arena, ERR_INTERNAL, "SQLite: %s", sqlite3_errmsg(db));
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    if (!compiler->errors) schema_apply(schema, db);
    return db;
}

/* The room a file belongs to, by its name: "walks" of "src/gathering/walks/walks.sql". */
static Str stem(const char *path) {
    Str name = str_from_c(path), part;
    while (str_index_of_char(name, '/') >= 0) str_next_part(&name, '/', &part);
    ptrdiff_t dot = str_index_of_char(name, '.');
    return dot < 0 ? name : str_slice(name, 0, (size_t)dot);
}

static void write_registry(Arguments *arguments) {
    Compiler *compiler = &arguments->compiler;
    Buffer includes = buffer_in(compiler->arena), list = buffer_in(compiler->arena);
    size_t count = 0;
    for (int i = 0; i < arguments->file_count; i++) {
        const char *path = arguments->files[i];
        QueryFile file = query_file_read(compiler, path, stem(path), compiler_read(compiler, path));
        buffer_format(&includes, "#include \"%.*s_sql.h\"\n", STR_FORMAT(file.room));
        for (size_t k = 0; k < file.count; k++)
            buffer_format(&list, "    &query_%.*s_%.*s,\n", STR_FORMAT(file.room), STR_FORMAT(file.queries[k].name));
        count += file.count;
    }
    Str text = str_format(compiler->arena,
                          "/* Written by tools/queries. */\n#include \"platform/store/query.h\"\n%.*s\nconst Query "
                          "*const store_queries[] = "
                          "{\n%.*s    NULL\n};\nconst int store_query_count = %zu;\n",
                          STR_FORMAT(buffer_str(&includes)), STR_FORMAT(buffer_str(&list)), count);
    compiler_write(compiler, arguments->out_dir, "queries_registry.c", text);
}

static void work(void *argument) {
    Arguments *arguments = argument;
    Compiler *compiler = &arguments->compiler;
    if (arguments->registry) {
        write_registry(arguments);
        return;
    }
    Floors floors = {0};
    if (arguments->floors) floors = floors_read(compiler, arguments->floors);
    Schema schema = schema_read(compiler, arguments->floors ? &floors : NULL, arguments->schema);
    sqlite3 *db = migrated(compiler, &schema);
    if (arguments->migrations) {
        if (compiler->errors) return; /* SQLite would only say the same again, less well */
        compiler_write(compiler, arguments->out_dir, "schema.c", schema_emit(&schema));
    } else {
        const char *path = arguments->files[0];
        QueryFile file = query_file_read(compiler, path, str_from_c(arguments->room), compiler_read(compiler, path));
        query_file_check(&file, &schema, &floors, db);
        query_file_emit(&file, arguments->out_dir);
    }
}

static bool is_complete(const Arguments *arguments) {
    if (!arguments->out_dir) return false;
    if (arguments->registry) return true;
    if (arguments->migrations) return arguments->schema && arguments->file_count == 0;
    return arguments->schema && arguments->floors && arguments->room && arguments->file_count == 1;
}

/* False for what it does not know. */
static bool read_arguments(Arguments *arguments, int argc, char **argv) {
    const struct {
        const char *name;
        const char **value;
    } OPTIONS[] = {{"--schema", &arguments->schema},
                   {"--floors", &arguments->floors},
                   {"--room", &arguments->room},
                   {"--out-dir", &arguments->out_dir}};
    for (int i = 1; i < argc; i++) {
        bool known = false;
        for (size_t k = 0; k < sizeof OPTIONS / sizeof *OPTIONS && !known; k++) {
            if (strcmp(argv[i], OPTIONS[k].name) != 0 || i + 1 == argc) continue;
            *OPTIONS[k].value = argv[++i];
            known = true;
        }
        if (known) continue;
        if (strcmp(argv[i], "--migrations") == 0)
            arguments->migrations = true;
        else if (strcmp(argv[i], "--registry") == 0)
            arguments->registry = true;
        else if (argv[i][0] == '-')
            return false;
        else
            arguments->files[arguments->file_count++] = argv[i];
    }
    return is_complete(arguments);
}

int main(int argc, char **argv) {
    const char **files = calloc((size_t)argc, sizeof *files);
    Arguments arguments = {.compiler = {.tool = "queries"}, .files = files};
    int status = 2;
    if (files && read_arguments(&arguments, argc, argv))
        status = compiler_main(&arguments.compiler, work, &arguments);
    else
        fprintf(stderr, "queries --schema DIR --floors FILE --room NAME --out-dir DIR FILE.sql\n"
                        "queries --schema DIR [--floors FILE] --migrations --out-dir DIR\n"
                        "queries --registry --out-dir DIR FILE.sql…\n");
    free(files);
    return status;
}
