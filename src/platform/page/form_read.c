// SPDX-License-Identifier: EUPL-1.2
/* Reading a form: each field is cleaned, checked and written to its place in the values. */
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/page/form_state.h"

/* What the readers below are about. */
typedef struct Reading {
    Form *form;
    size_t index;
    const FormField *field;
    FieldState *state;
    void *value;
} Reading;

/* values as for say_values. */
static void refuse_values(Reading *reading, Msg msg, const SayValue *values) {
    const Form *form = reading->form;
    form_note(reading->form, reading->index, say_values(form->arena, form->request->language, msg, values));
}
#define refuse(reading, msg, ...) refuse_values((reading), (msg), (SayValue[]){__VA_ARGS__ __VA_OPT__(, ){0}})

/* True when nothing was typed; says so where an answer is needed. */
static bool is_left_empty(Reading *reading, Str clean) {
    if (!str_is_empty(clean)) return false;
    if (reading->field->required) {
        if (field_is_choice(reading->field)) refuse(reading, MSG("page", "Choose an answer."));
        else refuse(reading, MSG("page", "Fill in this field."));
    }
    return true;
}

static int64_t most_chars(const FormField *field) {
    if (field->most > 0) return field->most;
    return field->kind == FIELD_TEXT ? LIMIT_TEXT_CHARS : LIMIT_LINE_CHARS;
}

static bool has_good_length(Reading *reading, Str clean) {
    int64_t count = (int64_t)utf8_count(clean), most = most_chars(reading->field), least = reading->field->least;
    if (count > most)
        refuse(reading,
               MSG_PLURAL("page", "Too long: shorten it by {count} character.",
                          "Too long: shorten it by {count} characters."),
               SAY_INT("count", count - most));
    else if (count < least)
        refuse(
            reading,
            MSG_PLURAL("page", "Too short: {count} character is needed.", "Too short: {count} characters are needed."),
            SAY_INT("count", least));
    else return true;
    return false;
}

/* What was typed, fit to keep. False: it is not text, is too long, or is missing (then *clean is empty). */
static bool read_clean(Reading *reading, Str *clean) {
    Arena *arena = reading->form->arena;
    bool is_text = reading->field->kind == FIELD_TEXT;
    Str typed = reading->state->typed, found;
    if (!(is_text ? utf8_clean_text(arena, typed, &found) : utf8_clean_line(arena, typed, &found))) {
        refuse(reading, MSG("page", "Some characters here are not text. Please type this answer again."));
        return false;
    }
    Str line;
    if (is_text && utf8_clean_line(arena, found, &line) && str_is_empty(line)) found = line; /* white space alone */
    *clean = found;
    return !is_left_empty(reading, found) && has_good_length(reading, found);
}

static void read_text(Reading *reading) {
    Str clean = STR("");
    if (read_clean(reading, &clean) || str_is_empty(clean)) *(Str *)reading->value = clean;
}

static void read_email(Reading *reading) {
    Str clean = STR(""), email = STR("");
    if (read_clean(reading, &clean) && !kind_email(reading->form->arena, clean, &email)) {
        refuse(reading, MSG("page", "This is not an e-mail address. One looks like this: office@example.org"));
        return;
    }
    if (reading->state->error.data == NULL) *(Str *)reading->value = email;
}

static void read_phone(Reading *reading) {
    Str clean = STR(""), phone = STR("");
    if (read_clean(reading, &clean) &&
        !kind_phone(reading->form->arena, reading->form->request->language, clean, &phone)) {
        refuse(reading,
               MSG("page", "This is not a telephone number. Give one number, from abroad with its country code."));
        return;
    }
    if (reading->state->error.data == NULL) *(Str *)reading->value = phone;
}

static void read_url(Reading *reading) {
    Str clean = STR(""), url = STR("");
    if (read_clean(reading, &clean) && !kind_url(reading->form->arena, clean, &url)) {
        refuse(reading, MSG("page", "This is not the address of a web page. One looks like this: example.org"));
        return;
    }
    if (reading->state->error.data == NULL) *(Str *)reading->value = url;
}

static void refuse_number(Reading *reading) {
    const FormField *field = reading->field;
    Arena *arena = reading->form->arena;
    Language language = reading->form->request->language;
    if (field->most > field->least)
        refuse(reading, MSG("page", "Give a whole number from {least} to {most}."),
               SAY_TEXT("least", number_words(arena, language, field->least)),
               SAY_TEXT("most", number_words(arena, language, field->most)));
    else refuse(reading, MSG("page", "Give a whole number, in figures."));
}

/* least and most of a number are bounds where most is above least; else any number goes. */
static bool read_number(Reading *reading, Str clean, int64_t *number) {
    const FormField *field = reading->field;
    int64_t found;
    if (!kind_int(reading->form->arena, clean, &found) ||
        (field->most > field->least && (found < field->least || found > field->most))) {
        refuse_number(reading);
        return false;
    }
    *number = found;
    return true;
}

static void read_int(Reading *reading) {
    Str clean;
    int64_t number = 0;
    if (!utf8_clean_line(reading->form->arena, reading->state->typed, &clean)) {
        refuse_number(reading);
        return;
    }
    bool is_empty = is_left_empty(reading, clean);
    if (!is_empty && !read_number(reading, clean, &number)) return;
    if (reading->state->error.data != NULL) return;
    if (reading->field->kind == FIELD_OPTIONAL_INT)
        *(OptionalInt *)reading->value = (OptionalInt){.given = !is_empty, .value = number};
    else if (!is_empty) *(int64_t *)reading->value = number;
}

static void read_check(Reading *reading) {
    bool is_ticked = !str_is_empty(reading->state->typed);
    if (!is_ticked && reading->field->required) refuse(reading, MSG("page", "Tick this box to go on."));
    else *(bool *)reading->value = is_ticked;
}

static bool is_an_option(const Form *form, size_t index, Str value) {
    FormOptions options = form_options(form, index);
    for (size_t i = 0; i < options.count; i++)
        if (str_equal(options.options[i].value, value)) return true;
    return false;
}

static void read_choice(Reading *reading) {
    Str typed = reading->state->typed;
    if (is_left_empty(reading, typed)) {
        if (reading->state->error.data == NULL) *(Str *)reading->value = STR("");
        return;
    }
    if (!is_an_option(reading->form, reading->index, typed)) {
        refuse(reading, MSG("page", "This answer is not on the list any more. Choose one that is."));
        return;
    }
    *(Str *)reading->value = typed;
}

static void read_several(Reading *reading) {
    const Form *form = reading->form;
    StrList picks = reading->state->picks;
    int64_t most = reading->field->most;
    for (size_t i = 0; i < picks.count; i++)
        if (!is_an_option(form, reading->index, picks.strs[i])) {
            refuse(reading, MSG("page", "This answer is not on the list any more. Choose one that is."));
            return;
        }
    if (picks.count == 0 && reading->field->required) refuse(reading, MSG("page", "Choose at least one answer."));
    else if (most > 0 && (int64_t)picks.count > most)
        refuse(reading, MSG_PLURAL("page", "Choose at most {count} answer.", "Choose at most {count} answers."),
               SAY_INT("count", most));
    else *(StrList *)reading->value = picks;
}

static void read_date(Reading *reading) {
    const Form *form = reading->form;
    Str clean = STR(""), date = STR("");
    if (read_clean(reading, &clean) && !kind_date(form->arena, clean, reading->field->imprecise, &date)) {
        if (reading->field->imprecise)
            refuse(reading,
                   MSG("page", "This is not a date. Give a day (11.06.2026), a month (06.2026) or a year (2026)."));
        else refuse(reading, MSG("page", "This is not a date. Give day, month and year: 11.06.2026"));
        return;
    }
    if (reading->state->error.data == NULL) *(Str *)reading->value = date;
}

static void read_time(Reading *reading) {
    Str clean = STR(""), time = STR("");
    if (read_clean(reading, &clean) && !kind_time(reading->form->arena, clean, &time)) {
        refuse(reading, MSG("page", "This is not a time of day. Give it like this: 14:00"));
        return;
    }
    if (reading->state->error.data == NULL) *(Str *)reading->value = time;
}

/* A browser sends a part without a name where no file was chosen. */
static void read_file(Reading *reading) {
    const Field *sent = fields_find(&reading->form->request->form, str_from_c(reading->field->name));
    bool is_chosen = sent != NULL && !str_is_empty(sent->file_name);
    if (!is_chosen && reading->field->required) {
        refuse(reading, MSG("page", "Choose a file."));
        return;
    }
    if (is_chosen && str_is_empty(sent->value)) {
        refuse(reading, MSG("page", "This file is empty. Choose another one."));
        return;
    }
    *(const Field **)reading->value = is_chosen ? sent : NULL;
}

static bool has_pick(const StrList *picks, Str pick) {
    for (size_t i = 0; i < picks->count; i++)
        if (str_equal(picks->strs[i], pick)) return true;
    return false;
}

/* Each once, however often it was sent. */
static StrList typed_picks(const Form *form, Str name) {
    const Fields *sent = &form->request->form;
    StrList picks = {0};
    Str pick;
    for (size_t at = 0; fields_next(sent, name, &at, &pick);) {
        if (has_pick(&picks, pick)) continue;
        if (!picks.strs) picks.strs = arena_array(form->arena, Str, sent->count);
        picks.strs[picks.count++] = pick;
    }
    return picks;
}

static void take_typed(Reading *reading) {
    const Fields *sent = &reading->form->request->form;
    Str name = str_from_c(reading->field->name);
    Str typed = reading->field->kind == FIELD_FILE ? STR_ABSENT : fields_get(sent, name);
    reading->state->typed = str_is_absent(typed) ? STR("") : typed;
    if (reading->field->kind == FIELD_SEVERAL) reading->state->picks = typed_picks(reading->form, name);
}

static void read_field(Reading *reading) {
    switch (reading->field->kind) {
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_SECRET:
    case FIELD_HIDDEN: read_text(reading); return;
    case FIELD_EMAIL: read_email(reading); return;
    case FIELD_PHONE: read_phone(reading); return;
    case FIELD_URL: read_url(reading); return;
    case FIELD_INT:
    case FIELD_OPTIONAL_INT: read_int(reading); return;
    case FIELD_CHECK: read_check(reading); return;
    case FIELD_CHOICE: read_choice(reading); return;
    case FIELD_SEVERAL: read_several(reading); return;
    case FIELD_DATE: read_date(reading); return;
    case FIELD_TIME: read_time(reading); return;
    case FIELD_FILE: read_file(reading); return;
    }
}

bool form_read(Form *form) {
    form->is_read = true;
    for (size_t i = 0; i < form->count; i++) {
        Reading reading = {form, i, &form->fields[i], &form->states[i], form_value(form, i)};
        take_typed(&reading);
        read_field(&reading);
    }
    return form_ok(form);
}
