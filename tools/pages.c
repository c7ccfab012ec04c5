// SPDX-License-Identifier: EUPL-1.2
#include "pages.h"

#include <stdarg.h>

static void report(Unit *unit, const char *at, const char *format, va_list arguments) {
    char message[1024];
    vsnprintf(message, sizeof message, format, arguments);
    bool is_inside = at >= unit->source.data && at <= unit->source.data + unit->source.size;
    size_t line = is_inside ? compiler_line_of(unit->source, (size_t)(at - unit->source.data)) : 0;
    compiler_error(&unit->pages->compiler, unit->path, line, "%s", message);
}

void pages_error(Unit *unit, const char *at, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    report(unit, at, format, arguments);
    va_end(arguments);
}

void pages_stop(Unit *unit, const char *at, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    report(unit, at, format, arguments);
    va_end(arguments);
    arena_fail(unit->pages->compiler.arena, ERR_INPUT, "%s is given up", unit->path);
}

bool pages_is(Str str, const char *text) { return str_equal(str, str_from_c(text)); }

bool pages_is_one_of(const char *words, Str word) {
    for (const char *found = words; word.size && (found = strchr(found, ' ')) && found[1]; found++)
        if (strncmp(found + 1, word.data, word.size) == 0 && found[1 + word.size] == ' ') return true;
    return false;
}

/* src/gathering/walks/walks.html → walks */
static Str folder_of(Arena *arena, const char *path) {
    Str rest = str_from_c(path), part, folder = STR_ABSENT, next = STR_ABSENT;
    while (str_next_part(&rest, '/', &part)) {
        folder = next;
        next = part;
    }
    return str_copy(arena, folder);
}

void pages_add(Pages *pages, const char *path, Str source, bool is_shared) {
    Unit *unit = arena_new(pages->compiler.arena, Unit);
    *unit = (Unit){.pages = pages, .path = path, .source = source, .is_shared = is_shared};
    unit->room = is_shared ? folder_of(pages->compiler.arena, path) : pages->room;
    Unit **end = &pages->units;
    while (*end) end = &(*end)->next;
    *end = unit;
}

static void read_head(void *unit) { pages_read_head(unit); }
static void read_body(void *unit) { pages_read_body(unit); }

static void warn_of_unused(Unit *unit, const Record *record) {
    for (const Field *field = record->fields; field; field = field->next) {
        if (!field->is_used)
            compiler_warning(&unit->pages->compiler, unit->path, field->line, "the field %.*s is not used",
                             STR_FORMAT(field->name));
        if (field->type == TYPE_LIST && field->record && str_is_empty(field->part)) warn_of_unused(unit, field->record);
    }
}

void pages_compile(Pages *pages) {
    Arena *arena = pages->compiler.arena;
    bool all_heads = true;
    for (Unit *unit = pages->units; unit; unit = unit->next) all_heads &= !arena_protect(arena, read_head, unit);
    if (!all_heads) return; /* what is missing now would only be said again */
    pages_resolve(pages);
    for (Unit *unit = pages->units; unit; unit = unit->next)
        if (!unit->is_shared) arena_protect(arena, read_body, unit);
    pages_check_includes(pages);
    if (pages->compiler.errors) return;
    for (Unit *unit = pages->units; unit; unit = unit->next)
        if (!unit->is_shared) warn_of_unused(unit, &unit->record);
    pages_emit(pages);
}
