// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/conflict.h"

#include "page_pages.h"
#include "platform/page/form_state.h"

Str form_version(Arena *arena, int64_t version) { return str_format(arena, "%lld", (long long)version); }

int64_t form_version_number(Str version) {
    int64_t number;
    return str_to_int(version, &number) ? number : -1;
}

/* As a form that was just opened on these values shows them. */
static Form form_on(const Form *form, const void *values) {
    Form opened = *form;
    opened.values = (char *)values; /* only read */
    opened.is_read = false;
    return opened;
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

FormSaid *form_said(const Form *form, size_t *count) {
    FormSaid *said = arena_array(form->arena, FormSaid, form->count);
    *count = 0;
    for (size_t i = 0; i < form->count; i++) {
        Str value = is_compared(&form->fields[i]) ? str_or_empty(words_of_field(form, i)) : STR("");
        if (str_is_empty(value)) continue;
        said[(*count)++] = (FormSaid){say(form->arena, form->request->language, form->fields[i].label), value};
    }
    return said;
}

/* What was typed is compared as it was understood: 9 and 09:00 are one time. */
static ConflictPart differences(const Form *form, const Form *now) {
    Form typed = form_on(form, form->values);
    ConflictPartRow *rows = arena_array(form->arena, ConflictPartRow, form->count);
    size_t count = 0;
    for (size_t i = 0; i < form->count; i++) {
        if (!is_compared(&form->fields[i])) continue;
        Str theirs = str_or_empty(words_of_field(now, i)), yours = str_or_empty(words_of_field(&typed, i));
        if (str_equal(theirs, yours)) continue;
        rows[count++] =
            (ConflictPartRow){say(form->arena, form->request->language, form->fields[i].label), theirs, yours};
    }
    return (ConflictPart){rows, count};
}

bool form_is_current(Form *form, const void *stored) {
    Form now = form_on(form, stored);
    size_t version = form_find(form, "version");
    if (str_equal(str_or_empty(form_shown(form, version)), str_or_empty(form_shown(&now, version)))) return true;
    form->conflict = arena_new(form->arena, ConflictPart);
    *form->conflict = differences(form, &now);
    form->states[version].typed = form_shown(&now, version);
    form->has_errors = true;
    form->request->response.status = 409;
    return false;
}

bool form_step_is_current(Form *form) {
    Str seen = fields_get(&form->request->form, STR("version"));
    if (str_equal(str_or_empty(seen), str_or_empty(form_shown(form, form_find(form, "version"))))) return true;
    form_refuse(form, NULL,
                say(form->arena, form->request->language,
                    MSG("page", "Somebody changed this while you were looking. Nothing has been done: this is how it "
                                "stands now. Look again, then decide.")));
    form->request->response.status = 409;
    return false;
}
