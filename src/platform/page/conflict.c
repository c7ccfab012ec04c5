// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/conflict.h"

#include "platform/page/form_state.h"

/* As a form that was just opened on these values shows them. */
static Form form_on(const Form *form, const void *stored) {
    Form now = *form;
    now.values = (char *)stored; /* only read */
    now.is_read = false;
    return now;
}

static bool is_compared(const FormField *field) {
    return field->kind != FIELD_HIDDEN && field->kind != FIELD_SECRET && field->kind != FIELD_FILE;
}

static Str options_words(const Form *form, size_t index) {
    FormOptions options = form_options(form, index);
    Str *picked = arena_array(form->arena, Str, options.count);
    size_t count = 0;
    for (size_t i = 0; i < options.count; i++)
        if (form_is_picked(form, index, options.options[i].value)) picked[count++] = options.options[i].label;
    return count ? list_words(form->arena, form->request->language, picked, count) : STR("");
}

static Str words_of_field(const Form *form, size_t index) {
    const FormField *field = &form->fields[index];
    if (field_is_choice(field)) return options_words(form, index);
    Str shown = form_shown(form, index);
    if (field->kind != FIELD_CHECK) return shown;
    return str_is_empty(shown) ? say(form->arena, form->request->language, MSG("page", "no"))
                               : say(form->arena, form->request->language, MSG("page", "yes"));
}

ConflictPart form_conflict(Form *form, const void *stored) {
    Form now = form_on(form, stored);
    ConflictPartRow *rows = arena_array(form->arena, ConflictPartRow, form->count);
    size_t count = 0;
    for (size_t i = 0; i < form->count; i++) {
        if (!is_compared(&form->fields[i])) continue;
        Str theirs = words_of_field(&now, i), yours = words_of_field(form, i);
        if (str_equal(theirs, yours)) continue;
        rows[count++] =
            (ConflictPartRow){say(form->arena, form->request->language, form->fields[i].label), theirs, yours};
    }
    size_t version = form_find(form, "version");
    form->states[version].typed = form_shown(&now, version);
    form->request->response.status = 409;
    return (ConflictPart){rows, count};
}
