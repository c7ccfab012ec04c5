// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include <assert.h>

/* ---- the cache of prepared statements ------------------------------------------------------------- */

static size_t place_of(const StatementCache *cache, const Query *query) {
    size_t mask = cache->capacity - 1, place = ((uintptr_t)query >> 4) * 0x9e3779b97f4a7c15u >> 40 & mask;
    while (cache->places[place].query && cache->places[place].query != query) place = (place + 1) & mask;
    return place;
}

static bool make_room(StatementCache *cache) {
    if (cache->count * 2 < cache->capacity) return true;
    StatementCache larger = {.capacity = cache->capacity ? cache->capacity * 2 : 64, .count = cache->count};
    larger.places = calloc(larger.capacity, sizeof *larger.places);
    if (!larger.places) return false;
    for (size_t i = 0; i < cache->capacity; i++)
        if (cache->places[i].query) larger.places[place_of(&larger, cache->places[i].query)] = cache->places[i];
    free(cache->places);
    *cache = larger;
    return true;
}

CachedStatement *statement_cache_place(StatementCache *cache, const Query *query) {
    return make_room(cache) ? &cache->places[place_of(cache, query)] : NULL;
}

CachedStatement *statement_cache_find(const StatementCache *cache, const Query *query) {
    return &cache->places[place_of(cache, query)];
}

/* ---- statements ------------------------------------------------------------------------------------ */

noreturn void statement_fail(const Statement *statement, Err err, const char *reason) {
    arena_fail(statement->tx->arena, err, "query %s (%s): %s", statement->query->name, statement->query->place, reason);
}

Statement *statement_begin(Tx *tx, const Query *query) {
    assert(tx->writes || !query->changes);
    Statement *statement = tx->connection->engine->statement_begin(tx, query);
    tx->connection->statements++;
    return statement;
}

void statement_bind_int(Statement *statement, int parameter, int64_t value) {
    statement->engine->bind_int(statement, parameter, value);
}

void statement_bind_real(Statement *statement, int parameter, double value) {
    statement->engine->bind_real(statement, parameter, value);
}

void statement_bind_text(Statement *statement, int parameter, Str value) {
    if (str_is_absent(value)) statement->engine->bind_null(statement, parameter);
    else statement->engine->bind_text(statement, parameter, value);
}

void statement_bind_bytes(Statement *statement, int parameter, Str value) {
    if (str_is_absent(value)) statement->engine->bind_null(statement, parameter);
    else statement->engine->bind_bytes(statement, parameter, value);
}

void statement_bind_optional_int(Statement *statement, int parameter, OptionalInt value) {
    if (value.given) statement->engine->bind_int(statement, parameter, value.value);
    else statement->engine->bind_null(statement, parameter);
}

void statement_bind_optional_real(Statement *statement, int parameter, OptionalReal value) {
    if (value.given) statement->engine->bind_real(statement, parameter, value.value);
    else statement->engine->bind_null(statement, parameter);
}

bool statement_step(Statement *statement) {
    assert(!statement->done);
    statement->done = !statement->engine->step(statement);
    return !statement->done;
}

static void must_be_given(const Statement *statement, int column) {
    if (statement->engine->is_null(statement, column))
        arena_fail(statement->tx->arena, ERR_INTERNAL, "query %s (%s): column %s is NULL", statement->query->name,
                   statement->query->place, statement->engine->column_name(statement, column));
}

int64_t statement_int(Statement *statement, int column) {
    must_be_given(statement, column);
    return statement->engine->get_int(statement, column);
}

bool statement_bool(Statement *statement, int column) { return statement_int(statement, column) != 0; }

double statement_real(Statement *statement, int column) {
    must_be_given(statement, column);
    return statement->engine->get_real(statement, column);
}

Str statement_text(Statement *statement, int column) {
    must_be_given(statement, column);
    return statement->engine->get_text(statement, column);
}

Str statement_bytes(Statement *statement, int column) {
    must_be_given(statement, column);
    return statement->engine->get_bytes(statement, column);
}

OptionalInt statement_optional_int(Statement *statement, int column) {
    if (statement->engine->is_null(statement, column)) return (OptionalInt){0};
    return (OptionalInt){true, statement->engine->get_int(statement, column)};
}

OptionalReal statement_optional_real(Statement *statement, int column) {
    if (statement->engine->is_null(statement, column)) return (OptionalReal){0};
    return (OptionalReal){true, statement->engine->get_real(statement, column)};
}

Str statement_optional_text(Statement *statement, int column) {
    return statement->engine->is_null(statement, column) ? STR_ABSENT : statement->engine->get_text(statement, column);
}

Str statement_optional_bytes(Statement *statement, int column) {
    return statement->engine->is_null(statement, column) ? STR_ABSENT : statement->engine->get_bytes(statement, column);
}

/* A statement that changes rows has run when it is stepped once; who only ends it meant to run it. */
int64_t statement_end(Statement *statement) {
    if (statement->query->changes)
        while (!statement->done) statement_step(statement);
    statement->tx->changes += statement->changed;
    statement->engine->statement_end(statement);
    return statement->changed;
}
