// SPDX-License-Identifier: EUPL-1.2
/* Writing JSON (RFC 8259), as it comes: nothing is built up first.
 *
 *     JsonWriter json = json_begin(&out, 2);
 *     json_object_begin(&json);
 *     json_key(&json, STR("name"));
 *     json_add_str(&json, name);
 *     json_object_end(&json);
 *
 * The order of calls is asserted: a key before each value of an object, none elsewhere, every begin with
 * its end. Invalid UTF-8 is written as U+FFFD. Text that goes into a page is escaped for it by the page.
 */
#ifndef WSPOLNIE_FORMAT_JSON_WRITE_H
#define WSPOLNIE_FORMAT_JSON_WRITE_H

#include "platform/base/buffer.h"

enum { JSON_WRITE_LIMIT_DEPTH = 32 };

typedef struct JsonWriter {
    Buffer *out;
    unsigned indent; /* spaces a level; 0: all in one line */
    unsigned depth;
    bool has_items[JSON_WRITE_LIMIT_DEPTH + 1];
    bool is_object[JSON_WRITE_LIMIT_DEPTH + 1];
    bool after_key;
} JsonWriter;

JsonWriter json_begin(Buffer *out, unsigned indent);
void json_object_begin(JsonWriter *json);
void json_object_end(JsonWriter *json);
void json_array_begin(JsonWriter *json);
void json_array_end(JsonWriter *json);
void json_key(JsonWriter *json, Str key);
void json_add_str(JsonWriter *json, Str value); /* absent gives null */
void json_add_int(JsonWriter *json, int64_t value);
void json_add_real(JsonWriter *json, double value); /* finite; the shortest text that reads back as the same */
void json_add_bool(JsonWriter *json, bool value);
void json_add_null(JsonWriter *json);
/* A document that is one list: the array, its values indented, and the end of the line. */
JsonWriter json_list_begin(Buffer *out);
void json_list_end(JsonWriter *json);

#endif
