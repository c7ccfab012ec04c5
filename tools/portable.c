// SPDX-License-Identifier: EUPL-1.2
#include "portable.h"

typedef struct Advice {
    const char *word, *instead;
} Advice;

/* Functions, refused before a '('. One that ends in _ stands for all that begin so. */
static const Advice FUNCTIONS[] = {
    {"iif", "write CASE WHEN … THEN … ELSE … END"},
    {"unixepoch", "time comes as a parameter, in milliseconds"},
    {"strftime", "time comes as a parameter, in milliseconds"},
    {"datetime", "time comes as a parameter, in milliseconds"},
    {"julianday", "time comes as a parameter, in milliseconds"},
    {"date", "time comes as a parameter, in milliseconds"},
    {"time", "time comes as a parameter, in milliseconds"},
    {"now", "time comes as a parameter, in milliseconds"},
    {"json_", "keep what is asked for in columns"},
    {"jsonb_", "keep what is asked for in columns"},
    {"group_concat", "give the rows and join them in C"},
    {"string_agg", "give the rows and join them in C"},
    {"ifnull", "write COALESCE"},
    {"strpos", "write instr: it becomes strpos for PostgreSQL"},
    {"position", "write instr: it becomes strpos for PostgreSQL"},
    {"greatest", "write CASE WHEN"},
    {"least", "write CASE WHEN"},
    {"lower", "fold in C (utf8_fold)"},
    {"upper", "fold in C (utf8_fold)"},
    {"printf", "write text in C"},
    {"format", "write text in C"},
    {"random", "randomness comes as a parameter"},
    {"total", "write CAST(COALESCE(SUM(…), 0) AS BIGINT)"},
    {"typeof", "types are known"},
    {"last_insert_rowid", "ids come as parameters"},
    {"changes", "an exec query returns the rows it changed"},
};

static const Advice WORDS[] = {
    {"LIKE", "search a folded column with instr(column, $folded) > 0"},
    {"ILIKE", "search a folded column with instr(column, $folded) > 0"},
    {"GLOB", "search a folded column with instr(column, $folded) > 0"},
    {"REPLACE", "write INSERT … ON CONFLICT (…) DO UPDATE"},
    {"TRUE", "a bool is 1 or 0"},
    {"FALSE", "a bool is 1 or 0"},
    {"COLLATE", "text is ordered by its bytes; store a sort key"},
    {"CURRENT_TIMESTAMP", "time comes as a parameter, in milliseconds"},
    {"CURRENT_DATE", "time comes as a parameter, in milliseconds"},
    {"CURRENT_TIME", "time comes as a parameter, in milliseconds"},
    {"ROWID", "every table has its key"},
    {"ISNULL", "write IS NULL"},
    {"NOTNULL", "write IS NOT NULL"},
    {"INDEXED", "the planner chooses"},
};

static const Advice SYMBOLS[] = {
    {"::", "write CAST(… AS …), or give the parameter its type"},
    {"==", "write ="},
    {"->", "keep what is asked for in columns"},
    {"->>", "keep what is asked for in columns"},
};

static bool begins_as(Str word, const char *name) {
    Str wanted = str_from_c(name);
    if (str_ends_with(wanted, STR("_")) && word.size > wanted.size) word = str_slice(word, 0, wanted.size);
    return str_equal_ascii_case(word, wanted);
}

static const Advice *advice_for(SqlText body, size_t i) {
    const SqlToken *token = &body.tokens[i];
    bool call = sql_is(sql_at(body, i + 1), "(");
    bool column = sql_is(sql_at(body, i - 1), ".");
    if (token->kind == SQL_SYMBOL) {
        for (size_t k = 0; k < sizeof SYMBOLS / sizeof *SYMBOLS; k++)
            if (sql_is(token, SYMBOLS[k].word)) return &SYMBOLS[k];
    }
    if (token->kind != SQL_WORD || column) return NULL;
    for (size_t k = 0; call && k < sizeof FUNCTIONS / sizeof *FUNCTIONS; k++)
        if (begins_as(token->text, FUNCTIONS[k].word)) return &FUNCTIONS[k];
    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
        if (sql_is(token, WORDS[k].word) && !(call && sql_is(token, "REPLACE"))) return &WORDS[k];
    return NULL;
}

/* Has the call whose '(' is at open more than one argument? */
static bool has_comma(SqlText body, size_t open) {
    size_t close = sql_closing(body, open);
    return sql_find(sql_slice(body, 0, close), open + 1, sql_at(body, open)->depth + 1, ",") < close;
}

/* Is token i somewhere inside CAST( … )? */
static bool inside_cast(SqlText body, size_t i) {
    int depth = body.tokens[i].depth;
    while (i-- > 0) {
        if (body.tokens[i].depth >= depth || !sql_is(&body.tokens[i], "(")) continue;
        depth = body.tokens[i].depth;
        if (sql_is(sql_at(body, i - 1), "CAST")) return true;
        if (sql_is(sql_at(body, i + 1), "SELECT")) return false;
    }
    return false;
}

static const char *refusal_of_call(SqlText body, size_t i) {
    const SqlToken *token = &body.tokens[i];
    if (!sql_is(sql_at(body, i + 1), "(")) return NULL;
    if (sql_is_one_of(token, "min max") && has_comma(body, i + 1)) return "with two arguments: write CASE WHEN";
    if (sql_is_one_of(token, "SUM AVG") && !inside_cast(body, i))
        return "has another type in each engine: write CAST(… AS BIGINT), or AS DOUBLE PRECISION of reals";
    return NULL;
}

static const char *refusal_of_form(SqlText body, size_t i) {
    const SqlToken *token = &body.tokens[i], *next = sql_at(body, i + 1), *after = sql_at(body, i + 2);
    if (sql_is(token, "INSERT") && sql_is(next, "OR")) return "OR: write INSERT … ON CONFLICT (…)";
    if (sql_is(token, "INSERT") && sql_is(next, "INTO")) {
        size_t open = sql_is(sql_at(body, i + 3), "AS") ? i + 5 : i + 3;
        if (!sql_is(sql_at(body, open), "(")) return "INTO a table: name the columns";
    }
    if (sql_is(token, "UPDATE") && sql_is(next, "OR")) return "OR: write the condition";
    if (sql_is(token, "IS") && !sql_is_one_of(next, "NULL NOT DISTINCT"))
        return "something: write =, or IS NOT DISTINCT FROM";
    if (sql_is(token, "IS") && sql_is(next, "NOT") && !sql_is_one_of(after, "NULL DISTINCT"))
        return "NOT something: write <>, or IS DISTINCT FROM";
    if (sql_is(token, "LIMIT") && (next->kind == SQL_PARAMETER || next->kind == SQL_NUMBER) && sql_is(after, ","))
        return "with a comma: write LIMIT … OFFSET …";
    if (sql_is(token, "x") && next->kind == SQL_STRING && !next->spaced) return "'…': bytes come as a parameter";
    bool joins = sql_is_one_of(next, "JOIN OUTER");
    if (joins && sql_is_one_of(token, "RIGHT FULL")) return "JOIN: turn it round and write LEFT JOIN";
    if (sql_is_one_of(next, "JOIN LEFT INNER") && sql_is(token, "NATURAL")) return "JOIN: write ON and the columns";
    if (token->kind == SQL_PARAMETER && sql_is(next, "IS") && sql_is(after, "NULL") &&
        sql_is(sql_at(body, i + 3), "OR"))
        return "IS NULL OR …: write two queries, or column = COALESCE($parameter, column)";
    return NULL;
}

void portable_check(Compiler *compiler, const char *path, SqlText body) {
    for (size_t i = 0; i < body.count; i++) {
        const SqlToken *token = &body.tokens[i];
        const Advice *advice = advice_for(body, i);
        const char *refusal = advice ? advice->instead : refusal_of_call(body, i);
        const char *form = refusal_of_form(body, i);
        if (refusal)
            compiler_error(compiler, path, token->line, "%.*s: %s", STR_FORMAT(token->text), refusal);
        else if (form)
            compiler_error(compiler, path, token->line, "%.*s %s", STR_FORMAT(token->text), form);
    }
}
