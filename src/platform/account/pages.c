// SPDX-License-Identifier: EUPL-1.2
/* Pages of signing in. Each works without scripts and says nothing of who is known here. */
#include "account_pages.h"
#include "account_sql.h"
#include "platform/account/secrets.h"
#include "platform/account/sign_in.h"
#include "platform/base/random.h"
#include "platform/page/form.h"
#include "platform/page/languages.h"
#include "platform/page/respond.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { TRIES_PER_MIN = 20, YEAR_S = 365 * 24 * 60 * 60 };

static PlainLayout plain(Request *request, Str title, const Form *form) {
    size_t count;
    const LanguageLinkPart *languages = language_links(request, &count);
    return (PlainLayout){
        .title = title,
        .is_refused = form && !form_ok(form),
        .brand = {.name = STR("Wspólnie"), .href = STR("/")},
        .languages = languages,
        .languages_count = count,
    };
}

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* Only a path of our own, never an address elsewhere: "/x", not "//x" or "/\x". */
static Str own_path(Str to) {
    bool is_own = to.size && to.data[0] == '/' && !(to.size > 1 && (to.data[1] == '/' || to.data[1] == '\\'));
    for (size_t i = 0; is_own && i < to.size; i++) is_own = (unsigned char)to.data[i] > ' ';
    return is_own ? to : STR("/");
}

/* ---- the browser's own secret ---------------------------------------------------------------------- */

static Str began_of(const Request *request) { return fields_get(&request->cookies, STR("began")); }

static Str began_or_new(Request *request) {
    Str began = began_of(request);
    if (began.size == RANDOM_SECRET_TEXT_SIZE) return began;
    began = random_secret_text(request->arena);
    respond_cookie(request, "began", began, YEAR_S);
    return began;
}

/* ---- asking for a message -------------------------------------------------------------------------- */

typedef struct AskForm {
    Str to, email, password;
} AskForm;

static const FormField ask_fields[] = {
    {.name = "to", .kind = FIELD_HIDDEN, .offset = offsetof(AskForm, to), .most = 500},
    {.name = "email",
     .kind = FIELD_EMAIL,
     .offset = offsetof(AskForm, email),
     .required = true,
     .autocomplete = "email",
     .label = MSG_INIT("account", "Your e-mail")},
    {.name = "password",
     .kind = FIELD_SECRET,
     .offset = offsetof(AskForm, password),
     .required = true,
     .autocomplete = "current-password",
     .label = MSG_INIT("account", "Password")},
};
enum { ASK_WITHOUT_PASSWORD = 2 };

static Err show_sign_in(Request *request, const Form *form) {
    SignInPage page = {
        .layout = plain(request, words(request, MSG("account", "Sign in")), form),
        .form = form,
        .password_href = STR("/sign-in/password"),
        .card_href = STR("/s"),
    };
    PageOut out = page_out(request);
    page_sign_in(&out, &page);
    return OK;
}

static Err sign_in_page(Request *request) {
    if (request->who.person) return respond_redirect(request, STR("/me"));
    AskForm values = {.to = own_path(fields_get(&request->query, STR("to")))};
    return show_sign_in(request, form_open(request, ask_fields, ASK_WITHOUT_PASSWORD, &values));
}

static Err sign_in_send(Request *request) {
    AskForm values = {0};
    Form *form = form_open(request, ask_fields, ASK_WITHOUT_PASSWORD, &values);
    if (!form_read(form)) return show_sign_in(request, form);
    sign_in_ask(request, values.email, own_path(values.to), began_or_new(request));
    return respond_redirect(request, STR("/sign-in/code"));
}

/* ---- the code -------------------------------------------------------------------------------------- */

typedef struct CodeForm {
    Str code;
} CodeForm;

static const FormField code_fields[] = {
    {.name = "code",
     .kind = FIELD_LINE,
     .offset = offsetof(CodeForm, code),
     .required = true,
     .most = 12,
     .autocomplete = "one-time-code",
     .label = MSG_INIT("account", "The six-digit code")},
};

static Err show_code(Request *request, const Form *form) {
    SignInCodePage page = {.layout = plain(request, words(request, MSG("account", "Look into your mail")), form),
                           .form = form,
                           .sign_in_href = STR("/sign-in")};
    PageOut out = page_out(request);
    page_sign_in_code(&out, &page);
    return OK;
}

static Err code_page(Request *request) {
    CodeForm values = {0};
    return show_code(request, form_open(request, code_fields, COUNT(code_fields), &values));
}

static Str digits_of(Arena *arena, Str typed) {
    Buffer digits = buffer_in(arena);
    for (size_t i = 0; i < typed.size; i++)
        if (typed.data[i] >= '0' && typed.data[i] <= '9') buffer_add_char(&digits, typed.data[i]);
    return buffer_str(&digits);
}

/* A wrong code is counted, so the answer must be kept: the redirect back carries what went wrong. */
static Err code_send(Request *request) {
    CodeForm values = {0};
    Form *form = form_open(request, code_fields, COUNT(code_fields), &values);
    if (!form_read(form)) return show_code(request, form);
    SignIn sign_in;
    switch (sign_in_by_code(request, digits_of(request->arena, values.code), began_of(request), &sign_in)) {
    case OK:
        if (sign_in_use(request, &sign_in)) break;
        return respond_redirect(request, sign_in.goes_to);
    case ERR_INPUT: return respond_redirect(request, STR("/sign-in/code?wrong=code"));
    case ERR_LIMIT: return respond_redirect(request, STR("/sign-in/code?wrong=often"));
    default: break;
    }
    return respond_redirect(request, STR("/sign-in/code?wrong=old"));
}

static Err code_page_again(Request *request) {
    Str wrong = fields_get(&request->query, STR("wrong"));
    if (str_is_absent(wrong)) return code_page(request);
    CodeForm values = {0};
    Form *form = form_open(request, code_fields, COUNT(code_fields), &values);
    if (str_equal(wrong, STR("code")))
        form_refuse(form, "code",
                    words(request, MSG("account", "This code does not fit. Look once more into the newest message.")));
    else if (str_equal(wrong, STR("often")))
        form_refuse(form, NULL, words(request, MSG("account", "Too many wrong codes. Ask for a new message.")));
    else
        form_refuse(form, NULL,
                    words(request, MSG("account", "No message waits for this browser any more. Ask for a new one.")));
    return show_code(request, form);
}

/* ---- the link -------------------------------------------------------------------------------------- */

static Err link_page(Request *request) {
    Str token = request_parameter(request, "token");
    SignIn sign_in;
    bool is_good = sign_in_by_token(request, token, began_of(request), &sign_in);
    CodeForm values = {0};
    Form *form = form_open(request, code_fields, 0, &values);
    SignInLinkPage page = {
        .layout = plain(request, words(request, MSG("account", "Sign in")), form),
        .form = form,
        .is_good = is_good,
        .action = str_join(request->arena, STR("/sign-in/"), token),
        .code = is_good && !sign_in.began_here ? secret_code(request->arena, token) : STR_ABSENT,
    };
    if (!is_good) request->response.status = 410;
    PageOut out = page_out(request);
    page_sign_in_link(&out, &page);
    return OK;
}

static Err link_use(Request *request) {
    SignIn sign_in;
    if (!sign_in_by_token(request, request_parameter(request, "token"), began_of(request), &sign_in))
        return link_page(request);
    if (sign_in_use(request, &sign_in)) return link_page(request);
    return respond_redirect(request, sign_in.goes_to);
}

/* ---- cards ----------------------------------------------------------------------------------------- */

static const FormField card_fields[] = {
    {.name = "code",
     .kind = FIELD_LINE,
     .offset = offsetof(CodeForm, code),
     .required = true,
     .most = 60,
     .label = MSG_INIT("account", "The code on the card")},
};

static Err show_card_code(Request *request, const Form *form) {
    CardCodePage page = {.layout = plain(request, words(request, MSG("account", "Your card")), form), .form = form};
    PageOut out = page_out(request);
    page_card_code(&out, &page);
    return OK;
}

static Err card_code_page(Request *request) {
    CodeForm values = {0};
    return show_card_code(request, form_open(request, card_fields, COUNT(card_fields), &values));
}

static Err card_code_send(Request *request) {
    CodeForm values = {0};
    Form *form = form_open(request, card_fields, COUNT(card_fields), &values);
    if (!form_read(form)) return show_card_code(request, form);
    if (card_use(request, values.code) == OK) return OK;
    form_refuse(form, "code",
                words(request, MSG("account", "We do not know this code. Look at the card once more, sign by sign.")));
    return show_card_code(request, form);
}

static Err card_page(Request *request) {
    Str secret = request_parameter(request, "secret");
    Card card = {0};
    bool is_good = card_find(request, secret, &card);
    CodeForm values = {0};
    Form *form = form_open(request, card_fields, 0, &values);
    CardPage page = {
        .layout = plain(request, words(request, MSG("account", "Your card")), form),
        .form = form,
        .is_good = is_good,
        .name = card.name,
        .action = str_join(request->arena, STR("/s/"), secret),
    };
    if (!is_good) request->response.status = 404;
    PageOut out = page_out(request);
    page_card(&out, &page);
    return OK;
}

static Err card_press(Request *request) {
    return card_use(request, request_parameter(request, "secret")) == OK ? OK : card_page(request);
}

/* ---- passwords ------------------------------------------------------------------------------------- */

/* What a worker found out before the write began. */
typedef struct Checked {
    Id person; /* 0: does not fit */
    Str hash;  /* of a password to set */
} Checked;

/* A hash nobody's password fits, so that an unknown address takes as long as a known one. */
static const char nobodys_hash[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static Err password_check(Request *request) {
    Checked *checked = arena_new(request->arena, Checked);
    AccountPersonByEmailRow row = {0};
    Str email = str_lower_ascii(request->arena, str_trim(fields_get(&request->form, STR("email"))));
    bool is_known = account_sql_person_by_email(request->tx, email, &row) && !str_is_absent(row.password_hash);
    Str hash = is_known ? row.password_hash : str_from_c(nobodys_hash);
    bool fits = password_fits(fields_get(&request->form, STR("password")), hash);
    if (fits && is_known) checked->person = row.id;
    request->prepared = checked;
    return OK;
}

static Err show_password_sign_in(Request *request, const Form *form) {
    PlainLayout layout = plain(request, words(request, MSG("account", "Sign in with a password")), form);
    SignInPasswordPage page = {.layout = layout, .form = form, .sign_in_href = STR("/sign-in")};
    PageOut out = page_out(request);
    page_sign_in_password(&out, &page);
    return OK;
}

static Err password_sign_in_page(Request *request) {
    AskForm values = {.to = own_path(fields_get(&request->query, STR("to")))};
    return show_password_sign_in(request, form_open(request, ask_fields, COUNT(ask_fields), &values));
}

static Err password_sign_in(Request *request) {
    const Checked *checked = request->prepared;
    AskForm values = {0};
    Form *form = form_open(request, ask_fields, COUNT(ask_fields), &values);
    if (!form_read(form)) return show_password_sign_in(request, form);
    if (!checked->person) {
        form_refuse(form, NULL, words(request, MSG("account", "E-mail and password do not fit together.")));
        return show_password_sign_in(request, form);
    }
    session_begin(request, checked->person);
    return respond_redirect(request, own_path(values.to));
}

typedef struct PasswordForm {
    Str password;
} PasswordForm;

static const FormField password_fields[] = {
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

static Err show_password(Request *request, const Form *form) {
    PasswordPage page = {
        .layout = plain(request, words(request, MSG("account", "A password of your own")), form),
        .form = form,
        .is_done = str_equal(fields_get(&request->query, STR("done")), STR("1")),
    };
    PageOut out = page_out(request);
    page_password(&out, &page);
    return OK;
}

static Err password_page(Request *request) {
    PasswordForm values = {0};
    return show_password(request, form_open(request, password_fields, COUNT(password_fields), &values));
}

static Err password_prepare(Request *request) {
    Checked *checked = arena_new(request->arena, Checked);
    checked->hash = password_hash(request->arena, fields_get(&request->form, STR("password")));
    request->prepared = checked;
    return OK;
}

static Err password_set(Request *request) {
    const Checked *checked = request->prepared;
    PasswordForm values = {0};
    Form *form = form_open(request, password_fields, COUNT(password_fields), &values);
    if (!form_read(form)) return show_password(request, form);
    account_sql_set_password(request->tx, request->who.person, checked->hash);
    account_sql_end_other_sessions(request->tx, request->who.session, request->who.person);
    store_audit(request->tx,
                &(AuditEntry){.person = request->who.person, .action = "password.set", .subject = request->who.person});
    return respond_redirect(request, STR("/me/password?done=1"));
}

/* ---- the first set-up ------------------------------------------------------------------------------ */

typedef struct SetupForm {
    Str name, email, phone;
} SetupForm;

static const FormField setup_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(SetupForm, name),
     .required = true,
     .autocomplete = "name",
     .label = MSG_INIT("account", "Your name")},
    {.name = "email",
     .kind = FIELD_EMAIL,
     .offset = offsetof(SetupForm, email),
     .required = true,
     .autocomplete = "email",
     .label = MSG_INIT("account", "Your e-mail")},
    {.name = "phone",
     .kind = FIELD_PHONE,
     .offset = offsetof(SetupForm, phone),
     .autocomplete = "tel",
     .label = MSG_INIT("account", "Your telephone")},
};

static Err show_setup(Request *request, const Form *form, bool is_good) {
    Str token = request_parameter(request, "token");
    SetupPage page = {
        .layout = plain(request, words(request, MSG("account", "Welcome to Wspólnie")), form),
        .form = form,
        .is_good = is_good,
        .action = str_join(request->arena, STR("/setup/"), token),
    };
    if (!is_good) request->response.status = 410;
    PageOut out = page_out(request);
    page_setup(&out, &page);
    return OK;
}

static Err setup_page(Request *request) {
    SetupForm values = {0};
    Form *form = form_open(request, setup_fields, COUNT(setup_fields), &values);
    return show_setup(request, form, setup_token_is_good(request, request_parameter(request, "token")));
}

static Err setup_send(Request *request) {
    SetupForm values = {0};
    Form *form = form_open(request, setup_fields, COUNT(setup_fields), &values);
    if (!setup_token_is_good(request, request_parameter(request, "token"))) return show_setup(request, form, false);
    if (!form_read(form)) return show_setup(request, form, true);
    setup_done(request, person_ensure(request->tx, values.name, values.email, values.phone, request->language));
    return respond_redirect(request, STR("/admin/series/new"));
}

static Err sign_out(Request *request) {
    session_end(request);
    return respond_redirect(request, STR("/"));
}

const Route account_routes[] = {
    {METHOD_GET, "/sign-in", ROLE_ANYONE, sign_in_page},
    {METHOD_POST, "/sign-in", ROLE_ANYONE, sign_in_send, .changes = true, .rate_per_min = TRIES_PER_MIN},
    {METHOD_GET, "/sign-in/code", ROLE_ANYONE, code_page_again},
    {METHOD_POST, "/sign-in/code", ROLE_ANYONE, code_send, .changes = true, .rate_per_min = TRIES_PER_MIN},
    {METHOD_GET, "/sign-in/password", ROLE_ANYONE, password_sign_in_page},
    {METHOD_POST, "/sign-in/password", ROLE_ANYONE, password_sign_in, .changes = true, .prepare = password_check,
     .rate_per_min = TRIES_PER_MIN},
    {METHOD_GET, "/sign-in/{token}", ROLE_ANYONE, link_page},
    {METHOD_POST, "/sign-in/{token}", ROLE_ANYONE, link_use, .changes = true, .rate_per_min = TRIES_PER_MIN},
    {METHOD_POST, "/sign-out", ROLE_SIGNED_IN, sign_out, .changes = true},
    {METHOD_GET, "/s", ROLE_ANYONE, card_code_page},
    {METHOD_POST, "/s", ROLE_ANYONE, card_code_send, .changes = true, .rate_per_min = TRIES_PER_MIN},
    {METHOD_GET, "/s/{secret}", ROLE_ANYONE, card_page},
    {METHOD_POST, "/s/{secret}", ROLE_ANYONE, card_press, .changes = true, .rate_per_min = TRIES_PER_MIN},
    {METHOD_GET, "/me/password", ROLE_SIGNED_IN, password_page},
    {METHOD_POST, "/me/password", ROLE_SIGNED_IN, password_set, .changes = true, .prepare = password_prepare,
     .rate_per_min = TRIES_PER_MIN},
    {METHOD_GET, "/setup/{token}", ROLE_ANYONE, setup_page},
    {METHOD_POST, "/setup/{token}", ROLE_ANYONE, setup_send, .changes = true, .rate_per_min = TRIES_PER_MIN},
};
const size_t account_route_count = COUNT(account_routes);
