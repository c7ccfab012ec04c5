// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/fields.h"

#include "platform/base/utf8.h"

enum { FIRST_FIELDS = 16 };

bool field_list_add(FieldList *list, Field field) {
    if (list->fields.count == list->limit) return false;
    if (list->fields.count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : FIRST_FIELDS;
        list->fields.fields =
            arena_grow(list->arena, list->fields.fields, list->capacity * sizeof field, capacity * sizeof field);
        list->capacity = capacity;
    }
    list->fields.fields[list->fields.count++] = field;
    return true;
}

static bool text_is_fit(Str text) { return str_index_of_char(text, '\0') < 0 && utf8_is_valid(text); }

bool percent_decode(Arena *arena, Str text, bool plus_is_space, Str *decoded) {
    char *out = arena_alloc(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '%') {
            if (text.size - i < 3) return false;
            int high = hex_value(text.data[i + 1]), low = hex_value(text.data[i + 2]);
            if (high < 0 || low < 0) return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        out[size++] = c;
    }
    Str result = {out, size};
    if (!text_is_fit(result)) return false;
    *decoded = result;
    return true;
}

Err fields_from_urlencoded(Arena *arena, Str text, size_t limit, Fields *fields) {
    FieldList list = {.arena = arena, .limit = limit};
    Str rest = text, pair;
    while (str_next_part(&rest, '&', &pair)) {
        if (str_is_empty(pair)) continue;
        ptrdiff_t equals = str_index_of_char(pair, '=');
        Str name = equals < 0 ? pair : str_slice(pair, 0, (size_t)equals);
        Str value = equals < 0 ? STR("") : str_skip(pair, (size_t)equals + 1);
        Field field = {0};
        if (!percent_decode(arena, name, true, &field.name)) return ERR_INPUT;
        if (!percent_decode(arena, value, true, &field.value)) return ERR_INPUT;
        if (!field_list_add(&list, field)) return ERR_LIMIT;
    }
    *fields = list.fields;
    return OK;
}
