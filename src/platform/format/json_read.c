// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/json_read.h"

#include <jansson.h>

/* Where the nesting passes the limit; bytes.size where it never does. Our own look, before jansson's
 * parser recurses. */
static size_t too_deep_at(Str bytes) {
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < bytes.size; i++) {
        char c = bytes.data[i];
        if (in_string && c == '\\') i++;
        else if (c == '"') in_string = !in_string;
        else if (!in_string && (c == '{' || c == '[') && ++depth > JSON_LIMIT_DEPTH) return i;
        else if (!in_string && (c == '}' || c == ']') && depth) depth--;
    }
    return bytes.size;
}

static JsonError error_at(Str bytes, size_t at, Str message) {
    JsonError error = {.line = 1, .column = 1, .message = message};
    for (size_t i = 0; i < at; i++) {
        if (bytes.data[i] == '\n') {
            error.line++;
            error.column = 1;
        } else if (((unsigned char)bytes.data[i] & 0xC0) != 0x80) {
            error.column++;
        }
    }
    return error;
}

static void convert(Arena *arena, const json_t *from, JsonValue *to);

static void convert_array(Arena *arena, const json_t *from, JsonValue *to) {
    to->kind = JSON_KIND_ARRAY;
    to->count = json_array_size(from);
    to->items = arena_array(arena, JsonValue, to->count);
    for (size_t i = 0; i < to->count; i++) convert(arena, json_array_get(from, i), &to->items[i]);
}

static void convert_object(Arena *arena, json_t *from, JsonValue *to) {
    to->kind = JSON_KIND_OBJECT;
    to->count = json_object_size(from);
    to->items = arena_array(arena, JsonValue, to->count);
    to->keys = arena_array(arena, Str, to->count);
    size_t i = 0;
    const char *key;
    json_t *member;
    json_object_foreach(from, key, member) {
        to->keys[i] = str_copy(arena, str_from_c(key));
        convert(arena, member, &to->items[i++]);
    }
}

static void convert(Arena *arena, const json_t *from, JsonValue *to) {
    switch (json_typeof(from)) {
    case JSON_NULL: *to = (JsonValue){.kind = JSON_KIND_NULL}; break;
    case JSON_TRUE:
    case JSON_FALSE: *to = (JsonValue){.kind = JSON_KIND_BOOL, .integer = json_is_true(from)}; break;
    case JSON_INTEGER: *to = (JsonValue){.kind = JSON_KIND_INT, .integer = json_integer_value(from)}; break;
    case JSON_REAL: *to = (JsonValue){.kind = JSON_KIND_REAL, .real = json_real_value(from)}; break;
    case JSON_STRING:
        *to = (JsonValue){.kind = JSON_KIND_STR,
                          .text = str_copy(arena, str_from(json_string_value(from), json_string_length(from)))};
        break;
    case JSON_ARRAY: convert_array(arena, from, to); break;
    case JSON_OBJECT: convert_object(arena, (json_t *)(uintptr_t)from, to); break;
    }
}

static void release(void *document) { json_decref(document); }

Err json_read(Arena *arena, Str bytes, const JsonValue **value, JsonError *error) {
    if (bytes.size > JSON_LIMIT_BYTES) {
        *error = error_at(bytes, 0, str_format(arena, "larger than %d bytes", JSON_LIMIT_BYTES));
        return ERR_LIMIT;
    }
    size_t deep = too_deep_at(bytes);
    if (deep < bytes.size) {
        *error = error_at(bytes, deep, str_format(arena, "nested deeper than %d levels", JSON_LIMIT_DEPTH));
        return ERR_LIMIT;
    }
    json_error_t problem;
    json_t *document =
        json_loadb(bytes.data ? bytes.data : "", bytes.size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (!document) {
        *error = (JsonError){.line = problem.line > 0 ? (size_t)problem.line : 1,
                             .column = problem.column > 0 ? (size_t)problem.column : 1,
                             .message = str_copy(arena, str_from_c(problem.text))};
        return ERR_INPUT;
    }
    arena_defer(arena, release, document);
    JsonValue *converted = arena_new(arena, JsonValue);
    convert(arena, document, converted);
    arena_undo_now(arena, release, document);
    *value = converted;
    return OK;
}

const JsonValue *json_member(const JsonValue *value, Str key) {
    if (!value || value->kind != JSON_KIND_OBJECT) return NULL;
    for (size_t i = 0; i < value->count; i++)
        if (str_equal(value->keys[i], key)) return &value->items[i];
    return NULL;
}

Str json_str_of(const JsonValue *value) { return value && value->kind == JSON_KIND_STR ? value->text : STR_ABSENT; }
