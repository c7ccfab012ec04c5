// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/fields.h"

#include "platform/base/utf8.h"

enum { LONGEST_BOUNDARY = 70 /* RFC 2046, section 5.1.1 */, LONGEST_PART_HEAD = 4096, MOST_PART_HEADERS = 8 };

static bool is_boundary_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && memchr("'()+_,-./:=?", c, 12));
}

/* One ";name=value" of a header off the front of *rest, the value a token or a quoted string. Browsers
 * write " as %22 inside quotes and leave backslashes alone, so a quoted string ends at the next quote. */
static bool next_parameter(Str *rest, Str *name, Str *value) {
    Str left = str_trim(*rest);
    if (!left.size || left.data[0] != ';') return false;
    left = str_trim(str_skip(left, 1));
    ptrdiff_t equals = str_index_of_char(left, '=');
    if (equals <= 0) return false;
    *name = str_slice(left, 0, (size_t)equals);
    left = str_skip(left, (size_t)equals + 1);
    if (left.size && left.data[0] == '"') {
        left = str_skip(left, 1);
        ptrdiff_t end = str_index_of_char(left, '"');
        if (end < 0) return false;
        *value = str_slice(left, 0, (size_t)end);
        *rest = str_skip(left, (size_t)end + 1);
        return true;
    }
    ptrdiff_t end = str_index_of_char(left, ';');
    *value = str_trim(end < 0 ? left : str_slice(left, 0, (size_t)end));
    *rest = end < 0 ? STR("") : str_skip(left, (size_t)end);
    return value->size > 0;
}

/* The header's first word, and the rest with its parameters. */
static Str first_word(Str header, Str *parameters) {
    ptrdiff_t end = str_index_of_char(header, ';');
    *parameters = end < 0 ? STR("") : str_skip(header, (size_t)end);
    return str_trim(end < 0 ? header : str_slice(header, 0, (size_t)end));
}

bool multipart_boundary(Str content_type, Str *boundary) {
    Str rest, name, value, found = STR_ABSENT;
    if (!str_equal_ascii_case(first_word(content_type, &rest), STR("multipart/form-data"))) return false;
    while (next_parameter(&rest, &name, &value)) {
        if (!str_equal_ascii_case(name, STR("boundary"))) continue;
        if (!str_is_absent(found)) return false;
        found = value;
    }
    if (str_trim(rest).size || !found.size || found.size > LONGEST_BOUNDARY) return false;
    for (size_t i = 0; i < found.size; i++)
        if (!is_boundary_char(found.data[i])) return false;
    *boundary = found;
    return true;
}

/* WHATWG HTML, "Multipart form data": only these three are escaped in names. */
static Str unescaped_name(Arena *arena, Str name) {
    name = str_replace(arena, name, STR("%22"), STR("\""));
    name = str_replace(arena, name, STR("%0D"), STR("\r"));
    return str_replace(arena, name, STR("%0A"), STR("\n"));
}

static bool is_fit(Str text) { return str_index_of_char(text, '\0') < 0 && utf8_is_valid(text); }

/* Some browsers sent whole paths; only the last part is a name. */
static Str without_folders(Str name) {
    for (size_t i = name.size; i > 0; i--)
        if (name.data[i - 1] == '/' || name.data[i - 1] == '\\') return str_skip(name, i);
    return name;
}

static Err read_disposition(Arena *arena, Str value, Field *field) {
    Str rest, name, parameter;
    if (!str_equal_ascii_case(first_word(value, &rest), STR("form-data"))) return ERR_INPUT;
    while (next_parameter(&rest, &name, &parameter)) {
        bool is_name = str_equal_ascii_case(name, STR("name"));
        bool is_file_name = str_equal_ascii_case(name, STR("filename"));
        if (!is_name && !is_file_name) continue;
        Str *target = is_name ? &field->name : &field->file_name;
        if (!str_is_absent(*target) || !is_fit(parameter)) return ERR_INPUT;
        *target = unescaped_name(arena, parameter);
    }
    if (str_trim(rest).size || str_is_absent(field->name)) return ERR_INPUT;
    if (!str_is_absent(field->file_name)) field->file_name = without_folders(field->file_name);
    return OK;
}

static Err read_part_header(Arena *arena, Str line, Field *field) {
    ptrdiff_t colon = str_index_of_char(line, ':');
    if (colon <= 0) return ERR_INPUT;
    Str name = str_slice(line, 0, (size_t)colon), value = str_trim(str_skip(line, (size_t)colon + 1));
    if (str_equal_ascii_case(name, STR("Content-Disposition")))
        return str_is_absent(field->name) ? read_disposition(arena, value, field) : ERR_INPUT;
    if (str_equal_ascii_case(name, STR("Content-Type"))) {
        if (!is_fit(value)) return ERR_INPUT;
        field->file_type = value;
    }
    /* RFC 7578, section 4.7: browsers do not use it, and decoding would be a way round the checks. */
    return str_equal_ascii_case(name, STR("Content-Transfer-Encoding")) ? ERR_INPUT : OK;
}

/* Finds part in text quickly: str_index_of compares at every byte. */
static ptrdiff_t find(Str text, Str part) {
    const char *found = text.size ? memmem(text.data, text.size, part.data, part.size) : NULL;
    return found ? found - text.data : -1;
}

/* The lines up to the empty one, which *rest is moved past. */
static Err read_part_head(Arena *arena, Str *rest, Field *field) {
    for (int lines = 0; lines <= MOST_PART_HEADERS; lines++) {
        ptrdiff_t end = find(str_slice(*rest, 0, LONGEST_PART_HEAD), STR("\r\n"));
        if (end < 0) return ERR_INPUT;
        Str line = str_slice(*rest, 0, (size_t)end);
        *rest = str_skip(*rest, (size_t)end + 2);
        if (!line.size) return str_is_absent(field->name) ? ERR_INPUT : OK;
        Err err = read_part_header(arena, line, field);
        if (err) return err;
    }
    return ERR_INPUT;
}

Err fields_from_multipart(Arena *arena, Str boundary, Str body, size_t limit, Fields *fields) {
    FieldList list = {.arena = arena, .limit = limit};
    Str delimiter = str_format(arena, "\r\n--%.*s", STR_FORMAT(boundary));
    Str opening = str_skip(delimiter, 2), rest = body;
    if (!str_starts_with(rest, opening)) return ERR_INPUT;
    rest = str_skip(rest, opening.size);
    while (!str_starts_with(rest, STR("--"))) {
        if (!str_starts_with(rest, STR("\r\n"))) return ERR_INPUT;
        rest = str_skip(rest, 2);
        Field field = {0};
        Err err = read_part_head(arena, &rest, &field);
        if (err) return err;
        ptrdiff_t end = find(rest, delimiter);
        if (end < 0) return ERR_INPUT;
        field.value = str_slice(rest, 0, (size_t)end);
        bool is_file = !str_is_absent(field.file_name);
        if (!is_file && !is_fit(field.value)) return ERR_INPUT;
        if (!is_file) field.file_type = STR_ABSENT;
        if (!field_list_add(&list, field)) return ERR_LIMIT;
        rest = str_skip(rest, (size_t)end + delimiter.size);
    }
    Str after = str_skip(rest, 2);
    if (after.size && !str_equal(after, STR("\r\n"))) return ERR_INPUT;
    *fields = list.fields;
    return OK;
}
