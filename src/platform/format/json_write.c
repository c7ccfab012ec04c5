// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/json_write.h"

#include "platform/base/utf8.h"
#include <assert.h>
#include <math.h>

JsonWriter json_begin(Buffer *out, unsigned indent) { return (JsonWriter){.out = out, .indent = indent}; }

static void add_line(JsonWriter *json) {
    if (!json->indent) return;
    buffer_add_char(json->out, '\n');
    for (unsigned i = 0; i < json->depth * json->indent; i++) buffer_add_char(json->out, ' ');
}

/* The comma and the line before an item. */
static void begin_item(JsonWriter *json) {
    if (json->has_items[json->depth]) buffer_add_char(json->out, ',');
    json->has_items[json->depth] = true;
    if (json->depth) add_line(json);
}

static void begin_value(JsonWriter *json) {
    assert(json->is_object[json->depth] == json->after_key);
    assert(json->depth || !json->has_items[0]); /* one value in all */
    if (!json->after_key) begin_item(json);
    json->after_key = false;
}

static void open_level(JsonWriter *json, bool is_object) {
    begin_value(json);
    assert(json->depth < JSON_WRITE_LIMIT_DEPTH);
    buffer_add_char(json->out, is_object ? '{' : '[');
    json->depth++;
    json->has_items[json->depth] = false;
    json->is_object[json->depth] = is_object;
}

static void close_level(JsonWriter *json, bool is_object) {
    assert(json->depth && json->is_object[json->depth] == is_object && !json->after_key);
    bool had_items = json->has_items[json->depth];
    json->depth--;
    if (had_items) add_line(json);
    buffer_add_char(json->out, is_object ? '}' : ']');
}

void json_object_begin(JsonWriter *json) { open_level(json, true); }
void json_object_end(JsonWriter *json) { close_level(json, true); }
void json_array_begin(JsonWriter *json) { open_level(json, false); }
void json_array_end(JsonWriter *json) { close_level(json, false); }

static void add_character(Buffer *out, uint32_t c) {
    switch (c) {
    case '"': buffer_add(out, STR("\\\"")); break;
    case '\\': buffer_add(out, STR("\\\\")); break;
    case '\n': buffer_add(out, STR("\\n")); break;
    case '\r': buffer_add(out, STR("\\r")); break;
    case '\t': buffer_add(out, STR("\\t")); break;
    default:
        if (c < ' ') buffer_format(out, "\\u%04x", (unsigned)c);
        else out->size += utf8_write(buffer_reserve(out, 4), c);
    }
}

static void add_quoted(Buffer *out, Str text) {
    buffer_add_char(out, '"');
    for (size_t position = 0; position < text.size;) add_character(out, utf8_next(text, &position));
    buffer_add_char(out, '"');
}

void json_key(JsonWriter *json, Str key) {
    assert(json->is_object[json->depth] && !json->after_key);
    begin_item(json);
    add_quoted(json->out, key);
    buffer_add(json->out, json->indent ? STR(": ") : STR(":"));
    json->after_key = true;
}

void json_add_str(JsonWriter *json, Str value) {
    if (str_is_absent(value)) {
        json_add_null(json);
        return;
    }
    begin_value(json);
    add_quoted(json->out, value);
}

void json_add_int(JsonWriter *json, int64_t value) {
    begin_value(json);
    buffer_add_int(json->out, value);
}

void json_add_real(JsonWriter *json, double value) {
    enum { DIGITS_ENOUGH = 17 };
    assert(isfinite(value));
    begin_value(json);
    char text[40];
    double again;
    for (int digits = 1; digits <= DIGITS_ENOUGH; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (str_to_real(str_from_c(text), &again) && again == value) break;
    }
    buffer_add(json->out, str_from_c(text));
}

void json_add_bool(JsonWriter *json, bool value) {
    begin_value(json);
    buffer_add(json->out, value ? STR("true") : STR("false"));
}

void json_add_null(JsonWriter *json) {
    begin_value(json);
    buffer_add(json->out, STR("null"));
}

JsonWriter json_list_begin(Buffer *out) {
    enum { INDENT = 2 };
    JsonWriter json = json_begin(out, INDENT);
    json_array_begin(&json);
    return json;
}

void json_list_end(JsonWriter *json) {
    json_array_end(json);
    buffer_add_char(json->out, '\n');
}
