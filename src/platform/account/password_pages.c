// SPDX-License-Identifier: EUPL-1.2
/* Signing in with a password, and setting one. */
#include "platform/account/pages.h"

#include "account_sql.h"
#include "platform/account/secrets.h"
#include "platform/account/tries.h"
#include "platform/page/typed.h"

enum { SECONDS = 60, MS = 1000 };

/* What a worker found out before the write began. */
typedef struct Checked {
    Id person;  /* 0: does not fit */
    bool waits; /* it was not looked at: too many were wrong lately */
    Str hash;   /* of a password to set */
} Checked;

/* ---- coming in ---------------------------------------------------------------------------------------- */

typedef struct SignInForm {
    Str to, email, password;
} SignInForm;

static const FormField sign_in_fields[] = {
    {.name = "to", .kind = FIELD_HIDDEN, .offset = offsetof(SignInForm, to), .most = 500},
    {.name = "email",
     .kind = FIELD_EMAIL,
     .offset = offsetof(SignInForm, email),
     .required = true,
     .autocomplete = "email",
     .label = MSG_INIT("account", "Your e-mail")},
    {.name = "password",
     .kind = FIELD_SECRET,
     .offset = offsetof(SignInForm, password),
     .required = true,
     .autocomplete = "current-password",
     .label = MSG_INIT("account", "Password")},
};
const FormTable password_sign_in_asked = {sign_in_fields, COUNT(sign_in_fields)};

/* A hash nobody's password fits, so that an unknown address takes as long as a known one. */
static const char nobodys_hash[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/* Looked for and counted is what the form makes of what was typed. One with errors is shown again by the handler. */
Err password_check(Request *request) {
    Checked *checked = arena_new(request->arena, Checked);
    request->prepared = checked;
    SignInForm values = {0};
    Form *form = form_open(request, sign_in_fields, COUNT(sign_in_fields), &values);
    if (!form_read(form)) {
        respond_clear(request);
        return OK;
    }
    checked->waits = tries_wait_ms(request, TRY_PASSWORD, values.email) > 0;
    if (checked->waits) return OK;
    AccountPersonByEmailRow row = {0};
    bool is_known = account_sql_person_by_email(request->tx, str_lower_ascii(request->arena, values.email), &row) &&
                    !str_is_absent(row.person.password_hash);
    Str hash = is_known ? row.person.password_hash : str_from_c(nobodys_hash);
    bool fits = password_fits(fields_get(&request->form, STR("password")), hash);
    if (fits && is_known) checked->person = row.person.id;
    return OK;
}

static Err show_sign_in(Request *request, const Form *form, Str to) {
    Str title = account_said(request, MSG("account", "Sign in with a password"));
    SignInPasswordPage page = {.layout = account_layout(request, title, form),
                               .form = form,
                               .is_held = request->mail == MAIL_HELD,
                               .card_href = STR("/s"),
                               .sign_in_href = account_path_to(request, "/sign-in", to)};
    PageOut out = page_out(request);
    page_sign_in_password(&out, &page);
    return OK;
}

Err password_sign_in_page(Request *request) {
    Str to = account_own_path(fields_get(&request->query, STR("to")), STR_ABSENT);
    if (request->who.person) return respond_redirect(request, str_is_absent(to) ? STR("/me") : to);
    SignInForm values = {.to = to};
    browser_secret_ensure(request); /* so that it is known once somebody has come in */
    return show_sign_in(request, form_open(request, sign_in_fields, COUNT(sign_in_fields), &values), to);
}

static Str wait_words(Request *request, int64_t wait_s) {
    if (wait_s <= SECONDS)
        return say(request->arena, request->language,
                   MSG_PLURAL("account", "Too many wrong passwords with this e-mail. Try again in {count} second.",
                              "Too many wrong passwords with this e-mail. Try again in {count} seconds."),
                   SAY_INT("count", wait_s));
    return say(request->arena, request->language,
               MSG_PLURAL("account", "Too many wrong passwords with this e-mail. Try again in {count} minute.",
                          "Too many wrong passwords with this e-mail. Try again in {count} minutes."),
               SAY_INT("count", (wait_s + SECONDS - 1) / SECONDS));
}

/* Asked again here, in the write, one after the other: of many sent at once only the free ones count as looked at. The
 * answer is the same whether the password fits. */
Err password_sign_in(Request *request) {
    const Checked *checked = request->prepared;
    SignInForm values = {0};
    Form *form = form_open(request, sign_in_fields, COUNT(sign_in_fields), &values);
    bool is_read = form_read(form);
    Str to = account_own_path(values.to, STR("/me")), email = values.email;
    if (!is_read) return show_sign_in(request, form, to);
    int64_t wait_ms = tries_wait_ms(request, TRY_PASSWORD, email);
    if (wait_ms > 0 || checked->waits) {
        int64_t wait_s = wait_ms / MS + 1;
        form_refuse(form, NULL, wait_words(request, wait_s));
        Err err = show_sign_in(request, form, to);
        respond_wait(request, (unsigned)wait_s);
        return err;
    }
    if (!checked->person) {
        tries_add(request, TRY_PASSWORD, email);
        form_refuse(form, NULL, account_said(request, MSG("account", "E-mail and password do not fit together.")));
        request->response.keeps_changes = true;
        return show_sign_in(request, form, to);
    }
    tries_end(request, TRY_PASSWORD, email);
    session_begin(request, checked->person);
    return respond_redirect(request, to);
}

/* ---- one of one's own --------------------------------------------------------------------------------- */

typedef struct PasswordForm {
    Str to, password;
} PasswordForm;

static const FormField password_fields[] = {
    {.name = "to", .kind = FIELD_HIDDEN, .offset = offsetof(PasswordForm, to), .most = 500},
    {.name = "password",
     .kind = FIELD_SECRET,
     .offset = offsetof(PasswordForm, password),
     .required = true,
     .least = PASSWORD_LEAST_CHARS,
     .most = PASSWORD_MOST_CHARS,
     .autocomplete = "new-password",
     .label = MSG_INIT("account", "New password"),
     .hint = MSG_INIT("account", "At least ten characters; a few words are best.")},
};

static bool says_yes(const Request *request, const char *name) {
    return str_equal(fields_get(&request->query, str_from_c(name)), STR("1"));
}

/* Absent: they may have one. */
static Str why_no_password(Request *request) {
    Person person;
    bool has_email = person_get(request->tx, request->who.person, &person) && !str_is_empty(person.email);
    if (!has_email)
        return account_said(request, MSG("account", "A password goes with an e-mail, and we have none of yours. With "
                                                    "your card you come in whenever you like."));
    if (request->who.is_limited)
        return account_said(request, MSG("account", "You came in by a card, and a card opens one place only. To set a "
                                                    "password, sign out and sign in with your e-mail first."));
    return STR_ABSENT;
}

static Err show_password(Request *request, const Form *form, Str to) {
    PasswordPage page = {
        .why_not = why_no_password(request),
        .layout = account_layout(request, account_said(request, MSG("account", "A password of your own")), form),
        .form = form,
        .is_done = says_yes(request, "done"),
        .is_first = says_yes(request, "first"),
        .mails = request->mail == MAIL_SENT,
        .onward = to,
    };
    PageOut out = page_out(request);
    page_password(&out, &page);
    return OK;
}

Err password_page(Request *request) {
    PasswordForm values = {.to = account_own_path(fields_get(&request->query, STR("to")), STR("/me"))};
    return show_password(request, form_open(request, password_fields, COUNT(password_fields), &values), values.to);
}

Err password_prepare(Request *request) {
    Checked *checked = arena_new(request->arena, Checked);
    checked->hash = password_hash(request->arena, fields_get(&request->form, STR("password")));
    request->prepared = checked;
    return OK;
}

Err password_set(Request *request) {
    const Checked *checked = request->prepared;
    PasswordForm values = {0};
    Form *form = form_open(request, password_fields, COUNT(password_fields), &values);
    bool is_read = form_read(form);
    Str to = account_own_path(values.to, STR("/me"));
    if (!str_is_absent(why_no_password(request))) request->response.status = 403;
    if (!is_read || request->response.status == 403) return show_password(request, form, to);
    account_sql_set_password(request->tx, request->who.person, checked->hash);
    account_sql_end_other_sessions(request->tx, request->who.session, request->who.person);
    account_sql_forget_browsers(request->tx, request->who.person);
    browser_know(request, request->who.person);
    store_audit(request->tx,
                &(AuditEntry){.person = request->who.person, .action = "password.set", .subject = request->who.person});
    return respond_redirect(request, account_path_to(request, "/me/password?done=1", to));
}
