// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/fields.h"

/* RFC 6265, section 4.1.1: a token, and octets without white space, quote, comma, semicolon and
 * backslash. Only ASCII, so both are valid UTF-8. */
static bool name_is_fit(Str name) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (c <= ' ' || c >= 0x7f || memchr("()<>@,;:\\\"/[]?={}", c, 17)) return false;
    }
    return name.size > 0;
}

static bool value_is_fit(Str value) {
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') return false;
    }
    return true;
}

static Str unquoted(Str value) {
    bool quoted = value.size >= 2 && value.data[0] == '"' && value.data[value.size - 1] == '"';
    return quoted ? str_slice(value, 1, value.size - 2) : value;
}

void fields_from_cookies(Arena *arena, Str header, size_t limit, Fields *fields) {
    FieldList list = {.arena = arena, .limit = limit};
    Str rest = header, pair;
    while (str_next_part(&rest, ';', &pair)) {
        pair = str_trim(pair);
        ptrdiff_t equals = str_index_of_char(pair, '=');
        if (equals <= 0) continue;
        Field field = {.name = str_slice(pair, 0, (size_t)equals),
                       .value = unquoted(str_skip(pair, (size_t)equals + 1))};
        if (name_is_fit(field.name) && value_is_fit(field.value) && !field_list_add(&list, field)) break;
    }
    *fields = list.fields;
}
