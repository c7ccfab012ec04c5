// SPDX-License-Identifier: EUPL-1.2
/* What form.c, form_read.c, form_kinds.c, form_render.c and conflict.c share: the form while it is open. */
#ifndef WSPOLNIE_PAGE_FORM_STATE_H
#define WSPOLNIE_PAGE_FORM_STATE_H

#include "platform/page/form.h"

/* One field: what stands in it and what is wrong with it. */
typedef struct FieldState {
    Str typed;     /* as sent; absent until the form is read */
    StrList picks; /* as sent, of FIELD_SEVERAL */
    Str error;     /* absent: nothing is wrong */
    FormOptions options;
    bool has_options;
} FieldState;

struct Form {
    Request *request;
    Arena *arena;
    const FormField *fields;
    FieldState *states; /* one a field */
    size_t count;
    char *values;
    void *context;
    Str *errors; /* about the whole form */
    size_t errors_count;
    struct ConflictPart *conflict; /* conflict.h; NULL: none */
    bool is_read, has_errors;
};

static inline void *form_value(const Form *form, size_t index) { return form->values + form->fields[index].offset; }
static inline bool field_is_choice(const FormField *field) {
    return field->kind == FIELD_CHOICE || field->kind == FIELD_SEVERAL;
}
/* Index of the field; a name the table does not have is a fault. */
size_t form_find(const Form *form, const char *name);
/* The field's options, asked for once. */
FormOptions form_options(const Form *form, size_t index);
/* Notes what is wrong with a field; the first word on it stands. */
void form_note(Form *form, size_t index, Str message);
/* What a person sees in the field: typed, or the value as people write it. Always valid UTF-8. */
Str form_shown(const Form *form, size_t index);
bool form_is_picked(const Form *form, size_t index, Str value);

/* ---- form_kinds.c: from what people type to what is kept. False: it is not one. --------------------- */
bool kind_email(Arena *arena, Str typed, Str *email);
/* language: a number with a leading zero is a Ukrainian one to those who read Ukrainian. */
bool kind_phone(Arena *arena, Language language, Str typed, Str *phone);
bool kind_url(Arena *arena, Str typed, Str *url);
bool kind_int(Arena *arena, Str typed, int64_t *number);
/* "2026-06-11" from 11.06.2026, 11/6/2026, 11 czerwca 2026; imprecise also "2026-06", "2026-22", "2026". */
bool kind_date(Arena *arena, Str typed, bool imprecise, Str *date);
bool kind_time(Arena *arena, Str typed, Str *time);

#endif
