// SPDX-License-Identifier: EUPL-1.2
/* Form: one static table of fields that reads, checks, renders and documents a form.
 *
 *     typedef struct SignupForm { Str organisation; Str email; int64_t people; IdList… } SignupForm;
 *     static const FormField signup_fields[] = {
 *         {"organisation", FIELD_LINE, offsetof(SignupForm, organisation), .required = true,
 *          .label = MSG_INIT("signups", "Name of your organisation"), .most = 200},
 *         {"people", FIELD_INT, offsetof(SignupForm, people), .least = 1, .most = 20, …},
 *     };
 *     SignupForm values = {.people = 1};
 *     Form *form = form_open(request, signup_fields, COUNT(signup_fields), &values);
 *     if (request->method == METHOD_POST && form_read(form)) { … values … return respond_redirect(…); }
 *     page.form = form; → {form.organisation} in the page; 422 when form_read said no
 *
 * The <form> around it has method="post" and novalidate: our own messages, in the reader's language, stand
 * where a browser's would not; with a FIELD_FILE also enctype="multipart/form-data". data-guard on it asks
 * before typed answers are left behind.
 *
 * What was typed is kept as typed and shown again, whatever is wrong with it. Errors stand at
 * the top (with links to the fields) and at each field. Every page that has a form carries the
 * once-key in it. A form that changes what is there already also carries its version (conflict.h).
 */
#ifndef WSPOLNIE_PAGE_FORM_H
#define WSPOLNIE_PAGE_FORM_H

#include "platform/http/request.h"
#include "platform/page/page.h"
#include "platform/store/query.h"

typedef enum FieldKind {
    FIELD_LINE,         /* Str; most: characters, LIMIT_LINE_CHARS unless set */
    FIELD_TEXT,         /* Str with \n; most: characters, LIMIT_TEXT_CHARS unless set */
    FIELD_EMAIL,        /* Str; looks like an address (RFC 5321 lengths), lower-cased domain */
    FIELD_PHONE,        /* Str; kept as +48 123 456 789, +380 67 123 45 67, or +442079460958 from elsewhere */
    FIELD_URL,          /* Str; http or https, scheme added when missing */
    FIELD_INT,          /* int64_t; least … most */
    FIELD_OPTIONAL_INT, /* OptionalInt */
    FIELD_CHECK,        /* bool */
    FIELD_CHOICE,       /* Str; one of the options; seven or fewer are shown at once, more as a list to open */
    FIELD_SEVERAL,      /* StrList; any of the options, each once */
    FIELD_DATE,   /* Str; "2026-06-11", or "2026-06", "2026-22", "2026" where imprecise is set; typed as people do */
    FIELD_TIME,   /* Str; "14:00" */
    FIELD_SECRET, /* Str; never shown again */
    FIELD_HIDDEN, /* Str */
    FIELD_FILE,   /* const Field *; request->form's entry, or NULL */
} FieldKind;

typedef struct StrList {
    Str *strs;
    size_t count;
} StrList;

typedef struct FormOption {
    Str value;
    Str label; /* in the reader's language */
} FormOption;

typedef struct FormOptions {
    const FormOption *options;
    size_t count;
} FormOptions;
/* The program's languages, each by its own name: for FormField.options. */
FormOptions form_languages(Request *request, void *context);

typedef struct FormField {
    const char *name;
    FieldKind kind;
    size_t offset; /* of the value in the values struct */
    bool required;
    bool unmarked; /* not called optional: it is needed with a button, or where another one is left empty */
    bool imprecise;
    bool is_guarded; /* its options are not for everybody to read: rooms of a draft, who signed up */
    /* Of a number: bounds, where most is above least. Of a text: fewest and most characters. Of
     * FIELD_SEVERAL: most answers. 0: no such limit, or the kind's own. */
    int64_t least, most;
    Msg label, hint;
    Str hint_text;            /* instead of hint, where a coordinator wrote it; absent: as above */
    const char *autocomplete; /* HTML token: "organization", "name", "email", "tel" */
    /* For choices: fills the options, once per form. context is form->context; NULL where the form is not open. */
    FormOptions (*options)(Request *request, void *context);
    const FormOptions *own_options; /* of a field made for this request; instead of the function */
} FormField;

typedef struct Form Form;

/* values: the room's struct, holding what the form shows at first; it lives as long as the form. */
Form *form_open(Request *request, const FormField *fields, size_t count, void *values);
void form_set_context(Form *form, void *context);
/* Reads request->form into values and checks it. False: errors are noted and the status is 422. */
bool form_read(Form *form);
/* What only the room can know. Also makes form_ok false and the status 422. */
void form_refuse(Form *form, const char *field, Str message); /* field NULL: the whole form */
bool form_ok(const Form *form);
/* For generated pages: {form.name} {form.errors} {form.once}. */
void form_write_field(PageOut *page, const Form *form, const char *name);
void form_write_errors(PageOut *page, const Form *form);
void form_write_once(PageOut *page, const Form *form);
/* All that stands in a form, in words, for a page on which one reads what another one changes: no hidden fields, no
 * secrets, no files, and nothing that is empty. */
typedef struct FormSaid {
    Str label, value;
} FormSaid;
FormSaid *form_said(const Form *form, size_t *count);
/* What is shown in a field (typed, or the value at first), for pages that lay it out themselves. Valid UTF-8. */
Str form_typed(const Form *form, const char *name);

#endif
