// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/typed.h"

#include "platform/base/utf8.h"
#include "platform/http/route.h"

typedef struct Writing {
    Request *request;
    const FormTable *table;
    TypedPartRow *rows;
    size_t count;
    bool is_allowed; /* to read what only some may */
} Writing;

static const FormTable *table_of(const Request *request) {
    const FormTable *table = request->route ? request->route->form : NULL;
    return table && table->of ? table->of(request) : table;
}

static bool is_shown(const FormField *field) {
    return field->kind != FIELD_HIDDEN && field->kind != FIELD_SECRET && field->kind != FIELD_FILE;
}

static Str option_label(const FormOptions *options, Str value) {
    for (size_t i = 0; i < options->count; i++)
        if (str_equal(options->options[i].value, value)) return options->options[i].label;
    return value;
}

/* What was picked, in words where they may be read; absent: nothing to show. */
static Str choice_words(const Writing *writing, const FormField *field) {
    Request *request = writing->request;
    Str *picked = arena_array(request->arena, Str, request->form.count), value;
    size_t count = 0;
    bool has_words = request->tx && (writing->is_allowed || !field->is_guarded);
    if (field->is_guarded && !has_words) return STR_ABSENT; /* a number of ours says nothing to anybody */
    FormOptions options = has_words ? field->options(request, NULL) : (FormOptions){0};
    for (size_t at = 0; fields_next(&request->form, str_from_c(field->name), &at, &value);)
        if (!str_is_empty(value)) picked[count++] = option_label(&options, value);
    return count ? list_words(request->arena, request->language, picked, count) : STR_ABSENT;
}

static Str words_of(const Writing *writing, const FormField *field) {
    Request *request = writing->request;
    if (field->kind == FIELD_CHOICE || field->kind == FIELD_SEVERAL) return choice_words(writing, field);
    Str value = fields_get(&request->form, str_from_c(field->name));
    if (field->kind == FIELD_CHECK && !str_is_empty(value))
        return say(request->arena, request->language, MSG("page", "yes"));
    return value;
}

static bool is_written(const Writing *writing, const FormField *field) {
    for (const FormTable *table = writing->table; table; table = table->more)
        for (size_t i = 0; i < table->count; i++) {
            if (&table->fields[i] == field) return false;
            if (strcmp(table->fields[i].name, field->name) == 0) return true;
        }
    return false;
}

static Err write_rows(Tx *tx, void *context) {
    Writing *writing = context;
    Request *request = writing->request;
    Tx *before = request->tx;
    request->tx = tx;
    writing->count = 0;
    for (const FormTable *table = writing->table; table; table = table->more)
        for (size_t i = 0; i < table->count; i++) {
            const FormField *field = &table->fields[i];
            if (!is_shown(field) || is_written(writing, field)) continue;
            Str words = words_of(writing, field);
            if (str_is_empty(words) || !utf8_is_valid(words)) continue;
            writing->rows[writing->count++] =
                (TypedPartRow){say(request->arena, request->language, field->label), words};
        }
    request->tx = before;
    return OK;
}

TypedPart typed_part(Request *request, bool may_read) {
    Writing writing = {.request = request, .table = table_of(request), .is_allowed = request->tx != NULL};
    size_t most = 0;
    for (const FormTable *table = writing.table; table; table = table->more) most += table->count;
    if (most == 0 || request->form.count == 0) return (TypedPart){0};
    writing.rows = arena_array(request->arena, TypedPartRow, most);
    bool is_read = request->tx || !may_read ? write_rows(request->tx, &writing) == OK
                                            : store_read(request->store, request->arena, write_rows, &writing) == OK;
    if (!is_read) write_rows(NULL, &writing);
    return (TypedPart){writing.rows, writing.count};
}
