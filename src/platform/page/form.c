// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/form.h"

#include "platform/base/utf8.h"
#include "platform/page/form_state.h"

Form *form_open(Request *request, const FormField *fields, size_t count, void *values) {
    Form *form = arena_new(request->arena, Form);
    form->request = request;
    form->arena = request->arena;
    form->fields = fields;
    form->states = arena_array(request->arena, FieldState, count);
    form->count = count;
    form->values = values;
    return form;
}

void form_set_context(Form *form, void *context) { form->context = context; }

size_t form_find(const Form *form, const char *name) {
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, name) == 0) return i;
    arena_fail(form->arena, ERR_INTERNAL, "the form has no field \"%s\"", name);
}

FormOptions form_options(const Form *form, size_t index) {
    FieldState *state = &form->states[index];
    if (!state->has_options) {
        const FormField *field = &form->fields[index];
        if (field->options == NULL && field->own_options == NULL)
            arena_fail(form->arena, ERR_INTERNAL, "field \"%s\" has no options", field->name);
        state->options = field->own_options ? *field->own_options : field->options(form->request, form->context);
        state->has_options = true;
    }
    return state->options;
}

static void refuse_answer(Form *form) {
    form->has_errors = true;
    form->request->response.status = 422;
}

void form_note(Form *form, size_t index, Str message) {
    if (str_is_absent(form->states[index].error)) form->states[index].error = message;
    refuse_answer(form);
}

void form_refuse(Form *form, const char *field, Str message) {
    if (field != NULL) {
        form_note(form, form_find(form, field), message);
        return;
    }
    size_t size = form->errors_count * sizeof(Str);
    form->errors = arena_grow(form->arena, form->errors, size, size + sizeof(Str));
    form->errors[form->errors_count++] = message;
    refuse_answer(form);
}

bool form_ok(const Form *form) { return !form->has_errors; }

/* Bytes that are no text are shown as U+FFFD, so that the page itself stays whole. */
static Str showable(Arena *arena, Str typed) {
    if (utf8_is_valid(typed) && str_index_of_char(typed, '\0') < 0) return typed;
    Buffer shown = buffer_in(arena);
    for (size_t position = 0; position < typed.size;) {
        uint32_t code_point = utf8_next(typed, &position);
        char bytes[4];
        buffer_add(&shown, str_from(bytes, utf8_write(bytes, code_point != 0 ? code_point : 0xFFFD)));
    }
    return buffer_str(&shown);
}

/* An imprecise date as people say it ("czerwiec 2026"), which kind_date reads back; a day stays in figures. */
static Str date_shown(const Form *form, size_t index, Str value) {
    ImpreciseDate date;
    if (!form->fields[index].imprecise || !imprecise_date_parse(value, &date) || date.precision == DATE_NONE)
        return value;
    if (date.precision == DATE_DAY) return str_format(form->arena, "%d.%02d.%d", date.day, date.month, date.year);
    return imprecise_date_words(form->arena, form->request->language, date, true);
}

static Str value_shown(const Form *form, size_t index) {
    const void *value = form_value(form, index);
    switch (form->fields[index].kind) {
    case FIELD_INT: return str_format(form->arena, "%lld", (long long)*(const int64_t *)value);
    case FIELD_OPTIONAL_INT: {
        OptionalInt number = *(const OptionalInt *)value;
        return number.given ? str_format(form->arena, "%lld", (long long)number.value) : STR("");
    }
    case FIELD_CHECK: return *(const bool *)value ? STR("1") : STR("");
    case FIELD_DATE: return date_shown(form, index, *(const Str *)value);
    case FIELD_SECRET:
    case FIELD_SEVERAL:
    case FIELD_FILE: return STR("");
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_URL:
    case FIELD_CHOICE:
    case FIELD_TIME:
    case FIELD_HIDDEN: return *(const Str *)value;
    }
    return STR("");
}

Str form_shown(const Form *form, size_t index) {
    if (form->fields[index].kind == FIELD_SECRET) return STR("");
    if (form->is_read) return showable(form->arena, form->states[index].typed);
    return value_shown(form, index);
}

Str form_typed(const Form *form, const char *name) { return form_shown(form, form_find(form, name)); }

bool form_is_picked(const Form *form, size_t index, Str value) {
    if (form->fields[index].kind != FIELD_SEVERAL) return str_equal(form_shown(form, index), value);
    const StrList *picks = form->is_read ? &form->states[index].picks : (const StrList *)form_value(form, index);
    for (size_t i = 0; i < picks->count; i++)
        if (str_equal(picks->strs[i], value)) return true;
    return false;
}
