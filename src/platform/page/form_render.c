// SPDX-License-Identifier: EUPL-1.2
/* Showing a form: each field becomes one of the parts field_*.html. */
#include "page_pages.h"
#include "platform/page/form_state.h"

/* A choice of this many answers or fewer shows them all; a longer one is a list to open. */
enum { RADIOS_MOST = 7 };

static Str words_of(const Form *form, Msg msg) {
    return msg_is_none(msg) ? STR("") : say(form->arena, form->request->language, msg);
}

static Str field_id(const Form *form, const FormField *field) { return str_format(form->arena, "f-%s", field->name); }

static FieldHeadPart field_head(const Form *form, size_t index) {
    const FormField *field = &form->fields[index];
    Str error = form->states[index].error;
    return (FieldHeadPart){
        .id = field_id(form, field),
        .label = words_of(form, field->label),
        .is_optional = !field->required && !field->unmarked,
        .hint = str_is_absent(field->hint_text) ? words_of(form, field->hint) : field->hint_text,
        .error = error,
    };
}

/* The ids of hint and error, for aria-describedby. */
static Str described_by(const Form *form, const FieldHeadPart *head) {
    bool has_hint = !str_is_empty(head->hint), has_error = !str_is_empty(head->error);
    if (!has_hint && !has_error) return STR("");
    Buffer ids = buffer_in(form->arena);
    if (has_error) buffer_format(&ids, "%.*s-error", STR_FORMAT(head->id));
    if (has_error && has_hint) buffer_add_char(&ids, ' ');
    if (has_hint) buffer_format(&ids, "%.*s-hint", STR_FORMAT(head->id));
    return buffer_str(&ids);
}

/* ---- one line ------------------------------------------------------------------------------------- */

static bool is_iso_date(Str text) {
    ImpreciseDate date;
    return text.size == strlen("2026-06-11") && imprecise_date_parse(text, &date);
}

static bool is_iso_time(Str text) { return text.size == strlen("14:00") && text.data[2] == ':'; }

/* A browser's own control for dates and times drops what it does not understand, so it is used only where
 * nothing, or something it does understand, is to be shown. */
static const char *input_type(const FormField *field, Str shown) {
    switch (field->kind) {
    case FIELD_EMAIL: return "email";
    case FIELD_PHONE: return "tel";
    case FIELD_SECRET: return "password";
    case FIELD_FILE: return "file";
    case FIELD_DATE: return !field->imprecise && (str_is_empty(shown) || is_iso_date(shown)) ? "date" : "text";
    case FIELD_TIME: return str_is_empty(shown) || is_iso_time(shown) ? "time" : "text";
    default: return "text"; /* also addresses of pages: type=url would refuse "example.org" */
    }
}

static const char *input_mode(const FormField *field) {
    switch (field->kind) {
    case FIELD_INT:
    case FIELD_OPTIONAL_INT: return "numeric";
    case FIELD_URL: return "url";
    default: return field->autocomplete && strcmp(field->autocomplete, "one-time-code") == 0 ? "numeric" : NULL;
    }
}

static bool is_last(const Form *form, size_t index) {
    for (size_t i = index + 1; i < form->count; i++)
        if (form->fields[i].kind != FIELD_HIDDEN) return false;
    return true;
}

static void write_input(PageOut *page, const Form *form, size_t index, const FieldHeadPart *head) {
    const FormField *field = &form->fields[index];
    Str shown = form_shown(form, index);
    bool is_number = field->kind == FIELD_INT || field->kind == FIELD_OPTIONAL_INT;
    bool is_moment = field->kind == FIELD_DATE || field->kind == FIELD_TIME;
    FieldInputPart part = {
        .head = *head,
        .id = head->id,
        .name = str_from_c(field->name),
        .type = str_from_c(input_type(field, shown)),
        .value = field->kind == FIELD_FILE ? STR("") : shown,
        .described_by = described_by(form, head),
        .is_required = field->required,
        .is_invalid = !str_is_empty(head->error),
        .is_short = is_number || is_moment,
        .is_verbatim = field->kind == FIELD_EMAIL || field->kind == FIELD_URL,
        .autocomplete = str_from_c(field->autocomplete),
        .inputmode = str_from_c(input_mode(field)),
        .enterkeyhint = field->kind == FIELD_FILE ? STR("")
                        : is_last(form, index)    ? STR("done")
                                                  : STR("next"),
    };
    part_field_input(page, &part);
}

static void write_area(PageOut *page, const Form *form, size_t index, const FieldHeadPart *head) {
    const FormField *field = &form->fields[index];
    FieldAreaPart part = {
        .head = *head,
        .id = head->id,
        .name = str_from_c(field->name),
        .value = form_shown(form, index),
        .described_by = described_by(form, head),
        .is_required = field->required,
        .is_invalid = !str_is_empty(head->error),
        .autocomplete = str_from_c(field->autocomplete),
    };
    part_field_area(page, &part);
}

/* ---- choices -------------------------------------------------------------------------------------- */

/* The first answer has the field's own id, which the link from the errors leads to. */
static ChoicePart *choices_of(const Form *form, size_t index, const FieldHeadPart *head, FormOptions options) {
    const FormField *field = &form->fields[index];
    bool is_several = field->kind == FIELD_SEVERAL;
    ChoicePart *choices = arena_array(form->arena, ChoicePart, options.count);
    for (size_t i = 0; i < options.count; i++)
        choices[i] = (ChoicePart){
            .id = i == 0 ? head->id : str_format(form->arena, "%.*s-%zu", STR_FORMAT(head->id), i + 1),
            .name = str_from_c(field->name),
            .type = is_several ? STR("checkbox") : STR("radio"),
            .value = options.options[i].value,
            .label = options.options[i].label,
            .is_picked = form_is_picked(form, index, options.options[i].value),
            .is_required = field->required && !is_several,
            .is_invalid = is_several && !str_is_empty(head->error),
        };
    return choices;
}

static void write_choice(PageOut *page, const Form *form, size_t index, const FieldHeadPart *head) {
    const FormField *field = &form->fields[index];
    FormOptions options = form_options(form, index);
    const ChoicePart *choices = choices_of(form, index, head, options);
    bool is_invalid = !str_is_empty(head->error);
    if (field->kind == FIELD_CHOICE && options.count > RADIOS_MOST) {
        FieldSelectPart part = {
            .head = *head,
            .id = head->id,
            .name = str_from_c(field->name),
            .choices = choices,
            .choices_count = options.count,
            .described_by = described_by(form, head),
            .is_required = field->required,
            .is_invalid = is_invalid,
            .autocomplete = str_from_c(field->autocomplete),
        };
        part_field_select(page, &part);
        return;
    }
    FieldGroupPart part = {
        .head = *head,
        .choices = choices,
        .choices_count = options.count,
        .described_by = described_by(form, head),
        .is_single = field->kind == FIELD_CHOICE,
        .is_required = field->required,
        .is_invalid = is_invalid,
    };
    part_field_group(page, &part);
}

static void write_check(PageOut *page, const Form *form, size_t index, const FieldHeadPart *head) {
    const FormField *field = &form->fields[index];
    FieldCheckPart part = {
        .head = *head,
        .tick =
            {
                .id = head->id,
                .name = str_from_c(field->name),
                .type = STR("checkbox"),
                .value = STR("1"),
                .label = head->label,
                .is_picked = !str_is_empty(form_shown(form, index)),
                .is_required = field->required,
                .is_invalid = !str_is_empty(head->error),
                .described_by = described_by(form, head),
            },
    };
    part_field_check(page, &part);
}

/* ---- what pages call ------------------------------------------------------------------------------- */

void form_write_field(PageOut *page, const Form *form, const char *name) {
    size_t index = form_find(form, name);
    FieldHeadPart head = field_head(form, index);
    switch (form->fields[index].kind) {
    case FIELD_TEXT: write_area(page, form, index, &head); return;
    case FIELD_CHOICE:
    case FIELD_SEVERAL: write_choice(page, form, index, &head); return;
    case FIELD_CHECK: write_check(page, form, index, &head); return;
    case FIELD_HIDDEN:
        part_field_hidden(page, &(FieldHiddenPart){.name = str_from_c(name), .value = form_shown(form, index)});
        return;
    default: write_input(page, form, index, &head); return;
    }
}

/* A hidden field has no place of its own: what is wrong with it is said of the whole form. */
void form_write_errors(PageOut *page, const Form *form) {
    if (form->conflict) part_conflict(page, form->conflict);
    if (!form->has_errors || form->conflict) return;
    FormErrorsPartOther *others = arena_array(form->arena, FormErrorsPartOther, form->errors_count + form->count);
    FormErrorsPartWrong *wrongs = arena_array(form->arena, FormErrorsPartWrong, form->count);
    size_t others_count = 0, wrongs_count = 0;
    for (size_t i = 0; i < form->errors_count; i++) others[others_count++].text = form->errors[i];
    for (size_t i = 0; i < form->count; i++) {
        const FormField *field = &form->fields[i];
        Str error = form->states[i].error;
        if (str_is_absent(error)) continue;
        if (field->kind == FIELD_HIDDEN) others[others_count++].text = error;
        else
            wrongs[wrongs_count++] = (FormErrorsPartWrong){
                .href = str_format(form->arena, "#f-%s", field->name),
                .label = words_of(form, field->label),
                .text = error,
            };
    }
    part_form_errors(page, &(FormErrorsPart){others, others_count, wrongs, wrongs_count});
}

void form_write_once(PageOut *page, const Form *form) {
    (void)form;
    part_field_hidden(page,
                      &(FieldHiddenPart){.name = STR("once"), .value = once_key_text(page->once, page->out->arena)});
}
