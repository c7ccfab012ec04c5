// SPDX-License-Identifier: EUPL-1.2
/* Pages of signing in. Each works without scripts and says nothing of who is known here. */
#include "platform/account/pages.h"

#include "platform/account/secrets.h"
#include "platform/account/sign_in.h"
#include "platform/account/tries.h"
#include "platform/page/languages.h"
#include "platform/page/typed.h"

/* Guesses and letters: of 600 changes a minute 60, so that a hall behind one address comes in, and a guesser does not
 * get far. What holds a secret of 128 bits cannot be guessed: cards and links are counted with all other changes. */
enum { TRIES_PART = 10 };

Str account_said(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static ContactPart contact_of(const Request *request, const Whom *whom) {
    return (ContactPart){.name = whom->name,
                         .phone = whom->phone,
                         .phone_href = whom->phone_href,
                         .email = whom->email,
                         .email_href = page_mailto(request->arena, whom->email)};
}

PlainLayout account_layout(Request *request, Str title, const Form *form) {
    size_t count;
    const LanguageLinkPart *languages = language_links(request, &count);
    Whom whom = request_whom_to_ask(request);
    return (PlainLayout){
        .title = title,
        .is_refused = form && !form_ok(form),
        .brand = {.name = STR("Wspólnie"), .href = STR("/")},
        .languages = languages,
        .languages_count = count,
        .is_demo = whom.is_demo,
        .contact = contact_of(request, &whom),
    };
}

Str account_own_path(Str to, Str otherwise) {
    bool is_own = path_is_own(to); /* and without what a browser leaves out, which could make one of the others */
    for (size_t i = 0; is_own && i < to.size; i++) is_own = (unsigned char)to.data[i] > ' ';
    return is_own ? to : otherwise;
}

Str account_path_to(Request *request, const char *page, Str to) {
    Buffer path = buffer_in(request->arena);
    PageOut out = {.out = &path};
    buffer_add(&path, str_from_c(page));
    if (str_is_empty(to)) return buffer_str(&path);
    buffer_add(&path, str_contains(str_from_c(page), STR("?")) ? STR("&to=") : STR("?to="));
    page_url_component(&out, to);
    return buffer_str(&path);
}

/* Where somebody signed in already goes on from a page that is about coming in; absent for others. */
static Str onward(const Request *request) { return request->who.person ? STR("/me") : STR_ABSENT; }

/* ---- asking for a message -------------------------------------------------------------------------- */

typedef struct AskForm {
    Str to, email;
} AskForm;

static const FormField ask_fields[] = {
    {.name = "to", .kind = FIELD_HIDDEN, .offset = offsetof(AskForm, to), .most = 500},
    {.name = "email",
     .kind = FIELD_EMAIL,
     .offset = offsetof(AskForm, email),
     .required = true,
     .autocomplete = "email",
     .label = MSG_INIT("account", "Your e-mail")},
};
static const FormTable ask_asked = {ask_fields, COUNT(ask_fields)};

/* The browser holds a session that is none any more. */
static bool was_signed_in(const Request *request) {
    return !request->who.person && !str_is_empty(fields_get(&request->cookies, STR("session")));
}

static Err show_sign_in(Request *request, const Form *form, Str to) {
    SignInPage page = {
        .layout = account_layout(request, account_said(request, MSG("account", "Sign in")), form),
        .form = form,
        .password_href = account_path_to(request, "/sign-in/password", to),
        .card_href = STR("/s"),
        .is_held = request->mail == MAIL_HELD,
        .is_out = str_equal(fields_get(&request->query, STR("out")), STR("1")),
        .was_ended = was_signed_in(request),
    };
    PageOut out = page_out(request);
    page_sign_in(&out, &page);
    return OK;
}

static Err sign_in_page(Request *request) {
    Str to = account_own_path(fields_get(&request->query, STR("to")), STR_ABSENT);
    if (request->who.person) return respond_redirect(request, str_is_absent(to) ? STR("/me") : to);
    AskForm values = {.to = to};
    return show_sign_in(request, form_open(request, ask_fields, COUNT(ask_fields), &values), to);
}

static Err sign_in_send(Request *request) {
    AskForm values = {0};
    Form *form = form_open(request, ask_fields, COUNT(ask_fields), &values);
    bool is_read = form_read(form);
    Str to = account_own_path(values.to, STR("/me"));
    if (request->mail == MAIL_HELD) return respond_redirect(request, account_path_to(request, "/sign-in", to));
    if (!is_read) return show_sign_in(request, form, to);
    sign_in_ask(request, values.email, to, browser_secret_ensure(request));
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
    Str title = account_said(request, MSG("account", "Look into your mail"));
    SignInCodePage page = {.layout = account_layout(request, title, form),
                           .form = form,
                           .terminal = request->mail == MAIL_PRINTED,
                           .is_elsewhere = str_is_absent(browser_secret(request)),
                           .sign_in_href = STR("/sign-in")};
    PageOut out = page_out(request);
    page_sign_in_code(&out, &page);
    return OK;
}

static Str digits_of(Arena *arena, Str typed) {
    Buffer digits = buffer_in(arena);
    for (size_t i = 0; i < typed.size; i++)
        if (typed.data[i] >= '0' && typed.data[i] <= '9') buffer_add_char(&digits, typed.data[i]);
    return buffer_str(&digits);
}

/* A wrong code is counted, so the answer must be kept: the redirect back carries that it was wrong. Wrong, too often
 * and too late are told alike, because nothing ever waits for an address that is nobody's. */
static Err code_send(Request *request) {
    CodeForm values = {0};
    Form *form = form_open(request, code_fields, COUNT(code_fields), &values);
    if (!form_read(form)) return show_code(request, form);
    SignIn sign_in;
    Str code = digits_of(request->arena, values.code);
    if (sign_in_by_code(request, code, browser_secret(request), &sign_in) || sign_in_use(request, &sign_in))
        return respond_redirect(request, STR("/sign-in/code?wrong=1"));
    return respond_redirect(request, sign_in.goes_to);
}

static Err code_page(Request *request) {
    if (request->who.person) return respond_redirect(request, STR("/me"));
    CodeForm values = {0};
    Form *form = form_open(request, code_fields, COUNT(code_fields), &values);
    if (!str_is_absent(fields_get(&request->query, STR("wrong"))))
        form_refuse(
            form, "code",
            say(request->arena, request->language,
                MSG("account", "This code does not fit, or it works no more: a code is good for {minutes} minutes "
                               "and {tries} tries. Look into the newest message, or ask for another."),
                SAY_INT("minutes", SIGN_IN_LASTS_MIN), SAY_INT("tries", SIGN_IN_CODE_TRIES)));
    return show_code(request, form);
}

/* ---- the link -------------------------------------------------------------------------------------- */

static Err link_page(Request *request) {
    Str token = request_parameter(request, "token");
    SignIn sign_in;
    bool is_good = sign_in_by_token(request, token, browser_secret(request), &sign_in);
    CodeForm values = {0};
    Form *form = form_open(request, code_fields, 0, &values);
    SignInLinkPage page = {
        .layout = account_layout(request, account_said(request, MSG("account", "Sign in")), form),
        .form = form,
        .is_good = is_good,
        .action = str_join(request->arena, STR("/sign-in/"), token),
        .code = is_good && !sign_in.began_here ? secret_code(request->arena, token) : STR_ABSENT,
        .is_held = request->mail == MAIL_HELD,
        .onward = onward(request),
    };
    if (is_good) browser_secret_ensure(request); /* so that it is known when the button is pressed */
    else request->response.status = 410;
    PageOut out = page_out(request);
    page_sign_in_link(&out, &page);
    return OK;
}

static Err link_use(Request *request) {
    SignIn sign_in;
    if (!sign_in_by_token(request, request_parameter(request, "token"), browser_secret(request), &sign_in))
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
    CardCodePage page = {.layout = account_layout(request, account_said(request, MSG("account", "Your card")), form),
                         .form = form};
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
    form_refuse(
        form, "code",
        account_said(request, MSG("account", "We do not know this code. Look at the card once more, sign by sign.")));
    return show_card_code(request, form);
}

static Err card_page(Request *request) {
    Str secret = request_parameter(request, "secret");
    Card card = {0};
    bool is_good = card_find(request, secret, &card);
    CodeForm values = {0};
    Form *form = form_open(request, card_fields, 0, &values);
    CardPage page = {
        .layout = account_layout(request, account_said(request, MSG("account", "Your card")), form),
        .form = form,
        .is_good = is_good,
        .name = card.name,
        .action = str_join(request->arena, STR("/s/"), secret),
        .onward = onward(request),
    };
    if (is_good) browser_secret_ensure(request);
    else request->response.status = 404;
    PageOut out = page_out(request);
    page_card(&out, &page);
    return OK;
}

static Err card_press(Request *request) {
    return card_use(request, request_parameter(request, "secret")) == OK ? OK : card_page(request);
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
static const FormTable setup_asked = {setup_fields, COUNT(setup_fields)};

static Err show_setup(Request *request, const Form *form, bool is_good) {
    Str token = request_parameter(request, "token");
    SetupPage page = {
        .layout = account_layout(request, account_said(request, MSG("account", "Welcome to Wspólnie")), form),
        .form = form,
        .is_good = is_good,
        .action = str_join(request->arena, STR("/setup/"), token),
        .onward = onward(request),
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
    Str next = STR("/admin/series/new");
    if (request->mail != MAIL_HELD) return respond_redirect(request, next);
    return respond_redirect(request, account_path_to(request, "/me/password?first=1", next));
}

static Err sign_out(Request *request) {
    session_end(request);
    return respond_redirect(request, STR("/sign-in?out=1"));
}

const Route account_routes[] = {
    {METHOD_GET, "/sign-in", ROLE_ANYONE, sign_in_page},
    {METHOD_POST, "/sign-in", ROLE_ANYONE, sign_in_send, .changes = true, .rate_part = TRIES_PART, .form = &ask_asked},
    {METHOD_GET, "/sign-in/code", ROLE_ANYONE, code_page},
    {METHOD_POST, "/sign-in/code", ROLE_ANYONE, code_send, .changes = true, .rate_part = TRIES_PART},
    {METHOD_GET, "/sign-in/password", ROLE_ANYONE, password_sign_in_page},
    {METHOD_POST, "/sign-in/password", ROLE_ANYONE, password_sign_in, .changes = true, .prepare = password_check,
     .rate_part = TRIES_PART, .form = &password_sign_in_asked},
    {METHOD_GET, "/sign-in/{token}", ROLE_ANYONE, link_page},
    {METHOD_POST, "/sign-in/{token}", ROLE_ANYONE, link_use, .changes = true},
    {METHOD_POST, "/sign-out", ROLE_SIGNED_IN, sign_out, .changes = true},
    {METHOD_GET, "/s", ROLE_ANYONE, card_code_page},
    {METHOD_POST, "/s", ROLE_ANYONE, card_code_send, .changes = true},
    {METHOD_GET, "/s/{secret}", ROLE_ANYONE, card_page},
    {METHOD_POST, "/s/{secret}", ROLE_ANYONE, card_press, .changes = true},
    {METHOD_GET, "/me/password", ROLE_SIGNED_IN, password_page},
    {METHOD_POST, "/me/password", ROLE_SIGNED_IN, password_set, .changes = true, .prepare = password_prepare,
     .rate_part = TRIES_PART},
    {METHOD_GET, "/setup/{token}", ROLE_ANYONE, setup_page},
    {METHOD_POST, "/setup/{token}", ROLE_ANYONE, setup_send, .changes = true, .form = &setup_asked},
};
const size_t account_route_count = COUNT(account_routes);
