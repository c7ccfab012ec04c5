// SPDX-License-Identifier: EUPL-1.2
#include "pages.h"

static const char *const C_WORDS =
    " alignas alignof asm auto bool break case char const constexpr continue default do double else enum extern false "
    "float for"
    " goto if inline int long nullptr register restrict return short signed sizeof static static_assert struct switch"
    " thread_local true typedef typeof unsigned union void volatile while linux unix ";

bool pages_is_name(Str name) {
    if (!name.size || name.size > 60 || name.data[0] < 'a' || name.data[0] > 'z') return false;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return !pages_is_one_of(C_WORDS, name);
}

bool pages_is_loop_word(Str name) { return pages_is_one_of(" first last number ", name); }

Str pages_camel(Arena *arena, Str name) {
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < name.size; i++) {
        bool starts = i == 0 || name.data[i - 1] == '_';
        if (name.data[i] == '_') continue;
        bool is_small = name.data[i] >= 'a' && name.data[i] <= 'z';
        buffer_add_char(&out, starts && is_small ? (char)(name.data[i] - 'a' + 'A') : name.data[i]);
    }
    return buffer_str(&out);
}

/* entries → entry, addresses → address, turns → turn, people → people */
static Str singular(Arena *arena, Str name) {
    if (str_ends_with(name, STR("ies"))) return str_join(arena, str_slice(name, 0, name.size - 3), STR("y"));
    if (str_ends_with(name, STR("sses")) || str_ends_with(name, STR("xes")) || str_ends_with(name, STR("ches")))
        return str_slice(name, 0, name.size - 2);
    if (str_ends_with(name, STR("s")) && !str_ends_with(name, STR("ss"))) return str_slice(name, 0, name.size - 1);
    return name;
}

Field *pages_find_field(const Record *record, Str name) {
    for (Field *field = record->fields; field; field = field->next)
        if (str_equal(field->name, name)) return field;
    return NULL;
}

static FieldType simple_type(Str word) {
    static const struct {
        const char *word;
        FieldType type;
    } types[] = {{"text", TYPE_TEXT}, {"int", TYPE_INT}, {"bool", TYPE_BOOL}, {"html", TYPE_HTML}, {"url", TYPE_URL}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal(word, str_from_c(types[i].word))) return types[i].type;
    return TYPE_NONE;
}

static Str next_word(Str *rest) {
    *rest = str_trim(*rest);
    size_t size = 0;
    while (size < rest->size && rest->data[size] != ' ') size++;
    Str word = str_slice(*rest, 0, size);
    *rest = str_trim(str_skip(*rest, size));
    return word;
}

static void read_list_type(Unit *unit, Record *owner, Field *field, Str rest) {
    Arena *arena = unit->pages->compiler.arena;
    field->type = TYPE_LIST;
    Str of = next_word(&rest);
    if (str_is_empty(of)) {
        Str c_name = str_join(arena, owner->c_name, pages_camel(arena, singular(arena, field->name)));
        field->record = arena_new(arena, Record);
        *field->record = (Record){.c_name = c_name, .unit = unit};
        field->item = TYPE_RECORD;
        return;
    }
    Str item = next_word(&rest);
    if (!str_equal(of, STR("of")) || !str_is_empty(rest) || !pages_is_name(item))
        if (!str_equal(of, STR("of")) || simple_type(item) == TYPE_NONE)
            pages_stop(unit, field->name.data, "a list is \"list\" or \"list of PART\"");
    field->item = simple_type(item);
    if (field->item == TYPE_NONE) {
        field->item = TYPE_RECORD;
        field->part = item;
    }
}

static void read_field(Unit *unit, Record *record, bool is_item, Str line) {
    Str rest = line, name = next_word(&rest), type = next_word(&rest);
    Arena *arena = unit->pages->compiler.arena;
    if (!pages_is_name(name)) pages_stop(unit, name.data, "no name for a field: %.*s", STR_FORMAT(name));
    if (pages_find_field(record, name)) pages_stop(unit, name.data, "the field %.*s stands twice", STR_FORMAT(name));
    if ((is_item || unit->kind == UNIT_PART) && pages_is_loop_word(name))
        pages_stop(unit, name.data, "%.*s is what a loop says of itself: choose another name", STR_FORMAT(name));
    if (str_equal(name, STR("layout")) || str_ends_with(name, STR("_count")) || str_equal(name, STR("lang")))
        pages_stop(unit, name.data, "the name %.*s is taken by the compiler", STR_FORMAT(name));
    Field *field = arena_new(arena, Field);
    *field = (Field){.name = name, .line = compiler_line_of(unit->source, (size_t)(name.data - unit->source.data))};
    if (str_equal(type, STR("list"))) {
        read_list_type(unit, record, field, rest);
    } else {
        if (!str_is_empty(rest)) pages_stop(unit, name.data, "a field is \"NAME TYPE\"");
        field->type = str_equal(type, STR("form")) ? TYPE_FORM : simple_type(type);
        if (field->type == TYPE_NONE) {
            if (!pages_is_name(type)) pages_stop(unit, name.data, "the field %.*s has no type", STR_FORMAT(name));
            field->type = TYPE_RECORD;
            field->part = type;
        }
    }
    Field **end = &record->fields;
    while (*end) end = &(*end)->next;
    *end = field;
}

static void read_fields(Unit *unit, Str lines) {
    enum { MOST_LEVELS = 8 };
    Record *levels[MOST_LEVELS] = {&unit->record};
    size_t depth = 1; /* levels that are known */
    Str line;
    while (str_next_part(&lines, '\n', &line)) {
        Str words = str_trim(line);
        if (str_is_empty(words) || str_starts_with(words, STR("{#"))) continue;
        size_t indent = (size_t)(words.data - line.data);
        if (indent < 2 || indent % 2 || memchr(line.data, '\t', line.size))
            pages_stop(unit, words.data, "fields are indented by two spaces a level");
        size_t level = indent / 2 - 1;
        if (level >= depth) pages_stop(unit, words.data, "only below a list may fields be indented further");
        read_field(unit, levels[level], level > 0, words);
        Field *last = levels[level]->fields;
        while (last->next) last = last->next;
        depth = level + 1;
        if (last->type == TYPE_LIST && last->record && depth < MOST_LEVELS) levels[depth++] = last->record;
    }
}

static void read_first_line(Unit *unit, Str line) {
    Arena *arena = unit->pages->compiler.arena;
    Str rest = line, kind = next_word(&rest);
    unit->name = next_word(&rest);
    if (str_equal(kind, STR("page")))
        unit->kind = UNIT_PAGE;
    else if (str_equal(kind, STR("part")))
        unit->kind = UNIT_PART;
    else if (str_equal(kind, STR("layout")))
        unit->kind = UNIT_LAYOUT;
    else
        pages_stop(unit, line.data, "a file begins with page NAME [in LAYOUT], part NAME or layout NAME");
    if (!pages_is_name(unit->name)) pages_stop(unit, line.data, "no name: %.*s", STR_FORMAT(unit->name));
    if (unit->kind == UNIT_PAGE &&
        pages_is_one_of(" raw text attribute url url_segment url_component json int json_int json_bool html message"
                        " message_plural lang ",
                        unit->name))
        pages_stop(unit, line.data, "the name %.*s is taken by page.h", STR_FORMAT(unit->name));
    if (!str_is_empty(rest)) {
        if (unit->kind != UNIT_PAGE || !str_equal(next_word(&rest), STR("in")))
            pages_stop(unit, line.data, "only \"in LAYOUT\" may follow a page's name");
        unit->layout_name = next_word(&rest);
        if (!pages_is_name(unit->layout_name) || !str_is_empty(rest))
            pages_stop(unit, line.data, "only \"in LAYOUT\" may follow a page's name");
    }
    static const char *const suffixes[] = {"Page", "Part", "Layout"};
    unit->record.c_name = str_join(arena, pages_camel(arena, unit->name), str_from_c(suffixes[unit->kind]));
    unit->record.unit = unit;
}

/* Before the first line may stand what the page is for, over several lines; #} ends its line. */
static Str skip_comments(Unit *unit, Str head) {
    for (;;) {
        Str begun = str_trim(head);
        if (!str_starts_with(begun, STR("{#"))) return head;
        ptrdiff_t end = str_index_of(begun, STR("#}\n"));
        if (end < 0) pages_stop(unit, begun.data, "the comment is not closed: #} is missing");
        head = str_skip(begun, (size_t)end + 3);
    }
}

void pages_read_head(Unit *unit) {
    ptrdiff_t end = str_index_of(unit->source, STR("\n---\n"));
    if (end < 0) pages_stop(unit, unit->source.data, "the line --- between head and body is missing");
    unit->body = str_skip(unit->source, (size_t)end + 5);
    Str head = skip_comments(unit, str_slice(unit->source, 0, (size_t)end)), line;
    while (str_next_part(&head, '\n', &line)) {
        Str words = str_trim(line);
        if (str_is_empty(words)) continue;
        unit->line = compiler_line_of(unit->source, (size_t)(words.data - unit->source.data));
        read_first_line(unit, words);
        if (!str_is_absent(head)) read_fields(unit, head);
        return;
    }
    pages_stop(unit, unit->source.data, "a file begins with page NAME [in LAYOUT], part NAME or layout NAME");
}

/* ---- between files ---- */

Unit *pages_find(const Pages *pages, UnitKind kind, Str name) {
    for (Unit *unit = pages->units; unit; unit = unit->next)
        if (unit->kind == kind && str_equal(unit->name, name)) return unit;
    return NULL;
}

static void resolve_record(Unit *unit, Record *record) {
    for (Field *field = record->fields; field; field = field->next) {
        if (!str_is_empty(field->part)) {
            Unit *part = pages_find(unit->pages, UNIT_PART, field->part);
            if (!part) pages_error(unit, field->name.data, "no such type or part: %.*s", STR_FORMAT(field->part));
            field->record = part ? &part->record : arena_new(unit->pages->compiler.arena, Record);
        } else if (field->type == TYPE_LIST && field->record) {
            if (!field->record->fields)
                pages_error(unit, field->name.data, "the list %.*s has no fields", STR_FORMAT(field->name));
            resolve_record(unit, field->record);
        }
    }
}

static void put_in_order(Unit *unit);

static void order_parts_of(Unit *unit, const Record *record) {
    for (Field *field = record->fields; field; field = field->next) {
        if (!field->record) continue;
        if (field->record->unit == unit && str_is_empty(field->part))
            order_parts_of(unit, field->record);
        else if (field->record->unit && field->record->unit->order_state == 1)
            pages_error(unit, field->name.data, "the part %.*s would hold itself", STR_FORMAT(field->part));
        else if (field->record->unit)
            put_in_order(field->record->unit);
    }
}

static void put_in_order(Unit *unit) {
    if (unit->order_state) return;
    unit->order_state = 1;
    if (unit->layout) put_in_order(unit->layout);
    order_parts_of(unit, &unit->record);
    unit->order_state = 2;
    if (!unit->is_shared) unit->pages->ordered[unit->pages->ordered_count++] = unit;
}

void pages_resolve(Pages *pages) {
    size_t count = 0;
    for (Unit *unit = pages->units; unit; unit = unit->next, count++) {
        if (pages_find(pages, unit->kind, unit->name) != unit)
            pages_error(unit, unit->source.data, "the name %.*s stands twice", STR_FORMAT(unit->name));
        if (!str_is_empty(unit->layout_name)) {
            unit->layout = pages_find(pages, UNIT_LAYOUT, unit->layout_name);
            if (!unit->layout)
                pages_error(unit, unit->layout_name.data, "no such layout: %.*s", STR_FORMAT(unit->layout_name));
        }
        resolve_record(unit, &unit->record);
        if (!unit->layout) continue;
        Field *layout = arena_new(pages->compiler.arena, Field);
        *layout = (Field){.next = unit->record.fields,
                          .name = STR("layout"),
                          .type = TYPE_RECORD,
                          .part = unit->layout_name,
                          .record = &unit->layout->record,
                          .is_used = true};
        unit->record.fields = layout;
    }
    pages->ordered = arena_array(pages->compiler.arena, Unit *, count);
    for (Unit *unit = pages->units; unit; unit = unit->next) put_in_order(unit);
}

static void follow_includes(Unit *unit) {
    unit->order_state = 1;
    for (Include *include = unit->includes; include; include = include->next) {
        if (include->part->order_state == 1)
            pages_error(unit, include->at, "the part %.*s would include itself", STR_FORMAT(include->part->name));
        else if (include->part->order_state == 0)
            follow_includes(include->part);
    }
    unit->order_state = 2;
}

void pages_check_includes(Pages *pages) {
    for (Unit *unit = pages->units; unit; unit = unit->next) unit->order_state = 0;
    for (Unit *unit = pages->units; unit; unit = unit->next)
        if (unit->order_state == 0) follow_includes(unit);
}
