// SPDX-License-Identifier: EUPL-1.2
/* Reading JSON (RFC 8259), by jansson, into an arena.
 *
 *     JsonError error;
 *     const JsonValue *document;
 *     if (json_read(arena, bytes, &document, &error)) printf("%zu:%zu: %.*s\n", error.line, …);
 *     Str name = json_str_of(json_member(document, STR("name")));
 *
 * The same key twice in an object is an error, for nobody can say which was meant; so are a NUL in a
 * string, a number that does not fit, and anything behind the value. Members keep their order.
 */
#ifndef WSPOLNIE_FORMAT_JSON_READ_H
#define WSPOLNIE_FORMAT_JSON_READ_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

enum { JSON_LIMIT_BYTES = 64 * 1024 * 1024, JSON_LIMIT_DEPTH = 32 };

typedef enum JsonKind {
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_INT,
    JSON_KIND_REAL,
    JSON_KIND_STR,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT
} JsonKind;

typedef struct JsonValue {
    JsonKind kind;
    int64_t integer;         /* of an int; 0 or 1 of a bool */
    double real;             /* of a real */
    Str text;                /* of a string */
    size_t count;            /* items of an array, members of an object */
    struct JsonValue *items; /* their values */
    Str *keys;               /* of an object's members */
} JsonValue;

typedef struct JsonError {
    size_t line, column; /* from 1; column in characters, at or just behind what is wrong */
    Str message;         /* in English, for the terminal */
} JsonError;

/* ERR_INPUT with *error: no JSON. ERR_LIMIT with *error: too large or too deep. */
Err json_read(Arena *arena, Str bytes, const JsonValue **value, JsonError *error);

/* The member of an object; NULL where there is none, or value is no object or NULL. */
const JsonValue *json_member(const JsonValue *value, Str key);
/* The text of a string; absent for anything else, or NULL. */
Str json_str_of(const JsonValue *value);

#endif
