// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/rows.h"

static bool is_called(const char *name, const char *other) { return strcmp(name, other) == 0; }

const StoreTable *row_table(Str name) {
    for (int i = 0; i < store_table_count; i++)
        if (str_equal(name, str_from_c(store_tables[i].name))) return &store_tables[i];
    return NULL;
}

static const StoreColumn *column_of(const StoreTable *table, const char *name) {
    for (size_t i = 0; i < table->column_count; i++)
        if (is_called(table->columns[i].name, name)) return &table->columns[i];
    return NULL;
}

static bool refers_to(const StoreColumn *column, const char *table) {
    return column->refers_to && is_called(column->refers_to, table);
}

/* ---- which rows belong to a series ----------------------------------------------------------------- */

static const char editions_of_series[] = "edition IN (SELECT id FROM edition WHERE series = $1)";

/* Rights are given by an installation, not carried into one. */
static bool is_of_installation_alone(const StoreTable *table) { return is_called(table->name, "role_grant"); }

bool row_scope_has(const StoreTable *table, const RowScope *scope) {
    if (table->is_local) return false;
    if (is_called(table->family, "person") && !scope->with_people) return false;
    if (!scope->series || is_called(table->family, "organisation") || is_called(table->family, "edition")) return true;
    if (is_called(table->family, "person")) return !is_of_installation_alone(table);
    const StoreColumn *series = column_of(table, "series");
    return is_called(table->name, "series") || is_called(table->name, "kind") || is_called(table->name, "text_other") ||
           (series && refers_to(series, "series"));
}

/* "SELECT organisation FROM signup WHERE … UNION SELECT …": every column of the editions' tables that refers to one. */
static void add_referred(Buffer *sql, const char *to) {
    const char *between = "";
    for (int i = 0; i < store_table_count; i++) {
        const StoreTable *table = &store_tables[i];
        if (table->is_local || !is_called(table->family, "edition") || is_called(table->name, "edition")) continue;
        for (size_t k = 0; k < table->column_count; k++) {
            if (!refers_to(&table->columns[k], to)) continue;
            buffer_format(sql, "%sSELECT %s FROM %s WHERE %s IS NOT NULL AND %s", between, table->columns[k].name,
                          table->name, table->columns[k].name, editions_of_series);
            between = " UNION ";
        }
    }
    if (!*between) buffer_add(sql, STR("SELECT CAST(NULL AS BIGINT)"));
}

static void add_scope(Buffer *sql, const StoreTable *table);

/* A kind is wanted where its code stands in a column named for its list (profile, theme, legal_form, district), beside
 * the list's name, or in a column "kind", which is of the list exchange where it is of any. */
static void add_kind_scope(Buffer *sql) {
    buffer_add(sql, STR("list = '' "));
    for (int i = 0; i < store_table_count; i++) {
        const StoreTable *table = &store_tables[i];
        bool is_described = is_called(table->family, "edition") || is_called(table->family, "organisation");
        if (table->is_local || !is_described) continue;
        for (size_t k = 0; k < table->column_count; k++) {
            const char *column = table->columns[k].name;
            if (table->columns[k].type != STORE_TEXT) continue;
            bool names_its_list = is_called(column, "code") && column_of(table, "list");
            if (names_its_list) buffer_format(sql, "OR (list, code) IN (SELECT list, code FROM %s WHERE ", table->name);
            else if (is_called(column, "kind"))
                buffer_format(sql, "OR (list = 'exchange' AND code IN (SELECT kind FROM %s WHERE ", table->name);
            else
                buffer_format(sql, "OR (list = '%s' AND code IN (SELECT %s FROM %s WHERE ", column, column,
                              table->name);
            add_scope(sql, table);
            buffer_add(sql, names_its_list ? STR(") ") : STR(")) "));
        }
    }
}

/* A text in another language is wanted where the row is that it is a text of: its subject is that row's id. */
static void add_text_scope(Buffer *sql) {
    buffer_add(sql, STR("subject = $1 OR subject IN (SELECT id FROM edition WHERE series = $1) OR subject IN ("));
    add_referred(sql, "organisation");
    buffer_add_char(sql, ')');
    for (int i = 0; i < store_table_count; i++) {
        const StoreTable *table = &store_tables[i];
        bool may_have = is_called(table->family, "edition") && !is_called(table->name, "edition");
        if (table->is_local || !may_have || !column_of(table, "id")) continue;
        buffer_format(sql, " OR subject IN (SELECT id FROM %s WHERE %s)", table->name, editions_of_series);
    }
}

static void add_scope(Buffer *sql, const StoreTable *table) {
    bool is_own = is_called(table->name, table->family); /* organisation, person, edition: their own id */
    if (is_called(table->name, "series")) {
        buffer_add(sql, STR("id = $1"));
    } else if (is_called(table->name, "kind")) {
        add_kind_scope(sql);
    } else if (is_called(table->name, "text_other")) {
        add_text_scope(sql);
    } else if (is_called(table->name, "edition") || is_called(table->family, "installation")) {
        buffer_add(sql, STR("series = $1"));
    } else if (is_called(table->family, "edition")) {
        buffer_add(sql, str_from_c(editions_of_series));
    } else {
        buffer_format(sql, "%s IN (", is_own ? "id" : table->family);
        add_referred(sql, table->family);
        buffer_add_char(sql, ')');
    }
}

/* ---- values ------------------------------------------------------------------------------------------ */

RowValue row_value_read(Statement *statement, int place, StoreType type) {
    RowValue value = {0};
    if (type == STORE_TEXT || type == STORE_BYTES) {
        value.text =
            type == STORE_TEXT ? statement_optional_text(statement, place) : statement_optional_bytes(statement, place);
        value.is_null = str_is_absent(value.text);
    } else if (type == STORE_REAL) {
        OptionalReal real = statement_optional_real(statement, place);
        value.is_null = !real.given;
        value.real = real.value;
    } else {
        OptionalInt integer = statement_optional_int(statement, place);
        value.is_null = !integer.given;
        value.integer = integer.value;
    }
    return value;
}

void row_value_bind(Statement *statement, int parameter, StoreType type, const RowValue *value) {
    if (type == STORE_TEXT) statement_bind_text(statement, parameter, value->is_null ? STR_ABSENT : value->text);
    else if (type == STORE_BYTES) statement_bind_bytes(statement, parameter, value->is_null ? STR_ABSENT : value->text);
    else if (type == STORE_REAL)
        statement_bind_optional_real(statement, parameter, (OptionalReal){!value->is_null, value->real});
    else statement_bind_optional_int(statement, parameter, (OptionalInt){!value->is_null, value->integer});
}

bool row_value_is_same(const RowValue *one, const RowValue *other) {
    if (one->is_null || other->is_null) return one->is_null == other->is_null;
    return one->integer == other->integer && one->real == other->real && str_equal(one->text, other->text);
}

static bool is_personal(const StoreTable *table, const StoreColumn *column) {
    for (int i = 0; i < store_personal_column_count; i++)
        if (is_called(store_personal_columns[i].table, table->name) &&
            is_called(store_personal_columns[i].column, column->name))
            return true;
    return false;
}

static bool is_of_people(const StoreTable *table, const StoreColumn *column) {
    return refers_to(column, "person") || is_personal(table, column);
}

static void leave_people_out(const StoreTable *table, RowValue *values) {
    for (size_t i = 0; i < table->column_count; i++) {
        const StoreColumn *column = &table->columns[i];
        if (!is_of_people(table, column)) continue;
        values[i] = (RowValue){.is_null = column->nullable, .text = column->nullable ? STR_ABSENT : STR("")};
    }
}

/* ---- statements ----------------------------------------------------------------------------------------- */

Query row_query(const StoreTable *table, const char *text, bool changes) {
    return (Query){.name = table->name,
                   .place = "any table",
                   .sqlite = text,
                   .postgres = text,
                   .changes = changes,
                   .is_passing = true};
}

static Query made_query(const StoreTable *table, const Buffer *sql, bool changes) {
    return row_query(table, str_to_c(sql->arena, buffer_str(sql)), changes);
}

RowValue *row_values_read(Statement *statement, Arena *arena, const StoreTable *table) {
    RowValue *values = arena_array(arena, RowValue, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        values[i] = row_value_read(statement, (int)i, table->columns[i].type);
    return values;
}

static void add_columns(Buffer *sql, const StoreTable *table, bool key_alone) {
    const char *between = "";
    for (size_t i = 0; i < table->column_count; i++) {
        if (key_alone && !table->columns[i].in_key) continue;
        buffer_format(sql, "%s%s", between, table->columns[i].name);
        between = ", ";
    }
}

void rows_each(Tx *tx, const StoreTable *table, const RowScope *scope, RowSeen seen, void *context) {
    Buffer sql = buffer_in(tx_arena(tx));
    buffer_add(&sql, STR("SELECT "));
    add_columns(&sql, table, false);
    buffer_format(&sql, " FROM %s", table->name);
    if (scope->series) {
        buffer_add(&sql, STR(" WHERE "));
        add_scope(&sql, table);
    }
    buffer_add(&sql, STR(" ORDER BY "));
    add_columns(&sql, table, true);
    Query query = made_query(table, &sql, false);
    RowValue *values = arena_array(tx_arena(tx), RowValue, table->column_count);
    Statement *statement = statement_begin(tx, &query);
    if (scope->series && str_contains(buffer_str(&sql), STR("$1"))) statement_bind_int(statement, 1, scope->series);
    while (statement_step(statement)) {
        for (size_t i = 0; i < table->column_count; i++)
            values[i] = row_value_read(statement, (int)i, table->columns[i].type);
        if (!scope->with_people) leave_people_out(table, values);
        seen(context, table, values);
    }
    statement_end(statement);
}

static bool says_nothing(const RowValue *value) { return value->is_null || (!value->integer && !value->text.size); }

/* The columns in which a row of this key differs. False: there is none. */
static bool find_row(Tx *tx, const StoreTable *table, const RowValue *values, bool without_people, Buffer *differs) {
    Buffer sql = buffer_in(tx_arena(tx));
    buffer_add(&sql, STR("SELECT "));
    add_columns(&sql, table, false);
    buffer_format(&sql, " FROM %s WHERE ", table->name);
    int parameter = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].in_key) {
            buffer_format(&sql, "%s%s = $%d", parameter ? " AND " : "", table->columns[i].name, parameter + 1);
            parameter++;
        }
    Query query = made_query(table, &sql, false);
    Statement *statement = statement_begin(tx, &query);
    parameter = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].in_key) row_value_bind(statement, ++parameter, table->columns[i].type, &values[i]);
    bool found = statement_step(statement);
    for (size_t i = 0; found && i < table->column_count; i++) {
        const StoreColumn *column = &table->columns[i];
        RowValue stored = row_value_read(statement, (int)i, column->type);
        bool is_left_out = without_people && says_nothing(&values[i]) && is_of_people(table, column);
        if (!is_left_out && !row_value_is_same(&stored, &values[i]))
            buffer_format(differs, "%s%s", differs->size ? ", " : "", column->name);
    }
    statement_end(statement);
    return found;
}

RowFate row_put(Tx *tx, const StoreTable *table, const RowValue *values, bool without_people, Str *differs) {
    Buffer differing = buffer_in(tx_arena(tx));
    if (find_row(tx, table, values, without_people, &differing)) {
        if (differing.size) *differs = buffer_str(&differing);
        return differing.size ? ROW_DIFFERS : ROW_SAME;
    }
    Buffer sql = buffer_in(tx_arena(tx));
    buffer_format(&sql, "INSERT INTO %s (", table->name);
    add_columns(&sql, table, false);
    buffer_add(&sql, STR(") VALUES ("));
    for (size_t i = 0; i < table->column_count; i++) buffer_format(&sql, "%s$%zu", i ? ", " : "", i + 1);
    buffer_add_char(&sql, ')');
    Query query = made_query(table, &sql, true);
    Statement *statement = statement_begin(tx, &query);
    for (size_t i = 0; i < table->column_count; i++)
        row_value_bind(statement, (int)i + 1, table->columns[i].type, &values[i]);
    statement_end(statement);
    return ROW_ADDED;
}

/* ---- what is personal and past its time ------------------------------------------------------------------ */

/* A list of ids is one text, which each engine takes apart in its own words (query_text.c of the compiler). */
static const char *forget_text(Tx *tx, const StoreTable *table, const StoreColumn *column, const char *ids) {
    Buffer sql = buffer_in(tx_arena(tx));
    buffer_format(&sql, "UPDATE %s SET %s = %s%s WHERE edition IN (%s) AND ", table->name, column->name,
                  column->nullable ? "NULL" : "''", column_of(table, "version") ? ", version = version + 1" : "", ids);
    buffer_format(&sql, column->nullable ? "%s IS NOT NULL" : "%s <> ''", column->name);
    return str_to_c(sql.arena, buffer_str(&sql));
}

static int64_t forget_column(Tx *tx, const StoreTable *table, const StoreColumn *column, IdList editions) {
    Query query = {
        .name = table->name,
        .place = "any table",
        .sqlite = forget_text(tx, table, column, "SELECT value FROM json_each(?1)"),
        .postgres = forget_text(tx, table, column,
                                "SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST($1 AS json))"),
        .changes = true,
        .is_passing = true,
    };
    Statement *statement = statement_begin(tx, &query);
    statement_bind_text(statement, 1, query_list_text(tx, editions));
    statement_step(statement);
    return statement_end(statement);
}

RowsForgottenList rows_forget(Tx *tx, const char *retention, IdList editions) {
    RowsForgottenList list = {arena_array(tx_arena(tx), RowsForgotten, (size_t)store_personal_column_count), 0};
    for (int i = 0; i < store_personal_column_count; i++) {
        const PersonalColumn *personal = &store_personal_columns[i];
        if (!is_called(personal->retention, retention)) continue;
        const StoreTable *table = row_table(str_from_c(personal->table));
        const StoreColumn *column = table ? column_of(table, personal->column) : NULL;
        if (!column || !column_of(table, "edition") || (column->type != STORE_TEXT && !column->nullable))
            arena_fail(tx_arena(tx), ERR_INTERNAL, "%s.%s cannot be emptied by its edition", personal->table,
                       personal->column);
        int64_t rows = forget_column(tx, table, column, editions);
        if (rows) list.columns[list.count++] = (RowsForgotten){personal, rows};
    }
    return list;
}

/* ---- what is kept ---------------------------------------------------------------------------------------- */

/* Something stands in one of the columns that are marked PERSONAL; of a table that has none, all rows count. */
static void add_is_kept(Buffer *sql, const StoreTable *table) {
    bool is_first = true;
    for (size_t i = 0; i < table->column_count; i++) {
        const StoreColumn *column = &table->columns[i];
        if (!is_personal(table, column)) continue;
        buffer_add(sql, is_first ? STR(" AND (") : STR(" OR "));
        is_first = false;
        if (column->type == STORE_TEXT) buffer_format(sql, "%s <> ''", column->name); /* of NULL it is not so either */
        else buffer_format(sql, "%s IS NOT NULL", column->name);
    }
    if (!is_first) buffer_add_char(sql, ')');
}

/* Whoever has a right there belongs to a series too, though no row of it refers to them. */
static void add_people_of_series(Buffer *sql, const StoreTable *table) {
    buffer_add_char(sql, '(');
    add_scope(sql, table);
    buffer_format(
        sql,
        " OR %s IN (SELECT role_grant.person FROM role_grant WHERE role_grant.series = $1 OR role_grant.scope = $1"
        " OR role_grant.scope IN (SELECT id FROM edition WHERE series = $1)))",
        is_called(table->name, "person") ? "id" : "person");
}

bool rows_count_kept(Tx *tx, const char *name, const char *person, Id series, RowsKept *kept) {
    const StoreTable *table = row_table(str_from_c(name));
    if (!table || (person && !column_of(table, person))) return false;
    RowsKept counted = {.is_whole = false};
    Buffer sql = buffer_in(tx_arena(tx));
    if (person) buffer_format(&sql, "SELECT COUNT(*), COUNT(DISTINCT %s) FROM %s WHERE ", person, table->name);
    else buffer_format(&sql, "SELECT COUNT(*), 0 FROM %s WHERE ", table->name);
    if (is_called(table->family, "person")) add_people_of_series(&sql, table);
    else if (column_of(table, "edition")) buffer_add(&sql, str_from_c(editions_of_series));
    else if (column_of(table, "series")) buffer_add(&sql, STR("series = $1"));
    else counted.is_whole = true;
    if (counted.is_whole) buffer_add(&sql, STR("1 = 1"));
    add_is_kept(&sql, table);
    Query query = made_query(table, &sql, false);
    Statement *statement = statement_begin(tx, &query);
    if (!counted.is_whole) statement_bind_int(statement, 1, series);
    if (statement_step(statement)) {
        counted.rows = statement_int(statement, 0);
        counted.people = statement_int(statement, 1);
    }
    statement_end(statement);
    *kept = counted;
    return true;
}
