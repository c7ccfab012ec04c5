// SPDX-License-Identifier: EUPL-1.2
/* The public form: one thing a page, each saved as it is sent.
 *
 *     GET, POST  /{series}/{edition}/sign-up                    the first page; sending it makes the draft
 *     GET, POST  /{series}/{edition}/sign-up/{draft}/{step}     the others; {draft} is the draft's secret
 *
 * Whether an organisation is known already, or has signed up, is never told to who fills this in: coordinators see
 * what is similar and join the two. Only somebody signed in as its representative adds to an organisation here, and is
 * told that it has signed up already. Whether an e-mail is known can be told from the last page (next sentence).
 * An address to come back to is shown only where it opens nothing but this sign-up: for a contact who
 * was known before it is mailed instead.
 */
#include "gathering/signups/answers.h"
#include "gathering/signups/asked.h"
#include "gathering/signups/edit.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/late.h"
#include "gathering/signups/letters.h"
#include "gathering/signups/listing.h"
#include "gathering/signups/queue.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "platform/page/way_in.h"
#include "signups_pages.h"
#include "signups_sql.h"

static const char draft_cookie[] = "sign-up";

/* ---- steps --------------------------------------------------------------------------------------------------- */

#define AT(member) .offset = offsetof(FormAnswers, member)
static const FormField name_fields[] = {
    {.name = "organisation",
     .kind = FIELD_LINE,
     AT(organisation),
     .required = true,
     .autocomplete = "organization",
     .label = MSG_INIT("signups", "Name of your organisation or group"),
     .hint = MSG_INIT("signups", "As it should stand in the programme.")},
};
const FormTable start_asked = {name_fields, COUNT(name_fields)};
static const FormField contact_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     AT(name),
     .required = true,
     .autocomplete = "name",
     .label = MSG_INIT("signups", "Your first and last name")},
    {.name = "email",
     .kind = FIELD_EMAIL,
     AT(email),
     .unmarked = true,
     .autocomplete = "email",
     .label = MSG_INIT("signups", "E-mail")},
    {.name = "phone",
     .kind = FIELD_PHONE,
     AT(phone),
     .unmarked = true,
     .autocomplete = "tel",
     .label = MSG_INIT("signups", "Telephone")},
};
static const FormTable contact_asked = {contact_fields, COUNT(contact_fields), .more = &start_asked};
static const FormField people_fields[] = {
    {.name = "people",
     .kind = FIELD_INT,
     AT(people),
     .required = true,
     .least = 1,
     .most = SIGNUP_PEOPLE_LIMIT,
     .label = MSG_INIT("signups", "Number of people"),
     .hint = MSG_INIT("signups", "An estimate is enough; you can change it later.")},
};
static const FormTable people_asked = {people_fields, COUNT(people_fields), .more = &contact_asked};
static const FormField what_fields[] = {
    {.name = "profiles",
     .kind = FIELD_SEVERAL,
     AT(profiles),
     .required = true,
     .options = options_of_profiles,
     .label = MSG_INIT("signups", "What you do"),
     .hint = MSG_INIT("signups", "You can tick several.")},
    {.name = "words", .kind = FIELD_TEXT, AT(words), .label = MSG_INIT("signups", "About you in a few sentences")},
};
static const FormTable what_asked = {what_fields, COUNT(what_fields), .more = &people_asked};
static const FormField exchange_fields[] = {
    {.name = "needs",
     .kind = FIELD_SEVERAL,
     AT(needs),
     .options = options_of_exchanges,
     .label = MSG_INIT("signups", "We look for")},
    {.name = "needs_words",
     .kind = FIELD_LINE,
     AT(needs_words),
     .label = MSG_INIT("signups", "What exactly do you look for?")},
    {.name = "offers",
     .kind = FIELD_SEVERAL,
     AT(offers),
     .options = options_of_exchanges,
     .label = MSG_INIT("signups", "We can give")},
    {.name = "offers_words",
     .kind = FIELD_LINE,
     AT(offers_words),
     .label = MSG_INIT("signups", "What exactly can you give?")},
};
static const FormTable exchange_asked = {exchange_fields, COUNT(exchange_fields), .more = &what_asked};
static const FormField check_fields[] = {
    {.name = "is_listed",
     .kind = FIELD_CHECK,
     AT(is_listed),
     .label = MSG_INIT("signups", "Our organisation may be named in public: in the list of those who come, in the "
                                  "programme and in the plan of tables."),
     .hint = MSG_INIT("signups", "Otherwise everybody reads “an organisation” there, except beside what you offer for "
                                 "the programme yourselves.")},
};
static const FormField invites_field = {
    .name = "invites",
    .kind = FIELD_CHECK,
    AT(invites),
    .label = MSG_INIT("signups", "Yes, I agree to the invitations"),
};
static const FormTable invites_asked = {&invites_field, 1, .more = &exchange_asked};
const FormTable step_asked = {check_fields, COUNT(check_fields), .more = &invites_asked};

typedef enum StepKind {
    STEP_NAME,
    STEP_CONTACT,
    STEP_PEOPLE,
    STEP_WHAT,
    STEP_EXCHANGE,
    STEP_CHECK,
    STEP_COUNT
} StepKind;
typedef struct Step {
    const char *name;
    const FormField *fields;
    size_t count;
} Step;
static const Step steps[STEP_COUNT] = {
    [STEP_NAME] = {"name", name_fields, COUNT(name_fields)},
    [STEP_CONTACT] = {"contact", contact_fields, COUNT(contact_fields)},
    [STEP_PEOPLE] = {"people", people_fields, COUNT(people_fields)},
    [STEP_WHAT] = {"what", what_fields, COUNT(what_fields)},
    [STEP_EXCHANGE] = {"exchange", exchange_fields, COUNT(exchange_fields)},
    [STEP_CHECK] = {"check", check_fields, COUNT(check_fields)},
};
static const char sent_name[] = "sent", later_name[] = "later";

static bool step_of(Str name, StepKind *kind) {
    for (size_t i = 0; i < STEP_COUNT; i++) {
        if (!str_equal(name, str_from_c(steps[i].name))) continue;
        *kind = (StepKind)i;
        return true;
    }
    return false;
}

/* The page with needs and offers is left out where the edition does not ask for them. */
static bool is_step(unsigned asks, StepKind kind) { return kind != STEP_EXCHANGE || asks & ASK_EXCHANGE; }

static StepKind step_after(unsigned asks, StepKind kind) {
    do kind++;
    while (!is_step(asks, kind));
    return kind;
}

static StepKind step_before(unsigned asks, StepKind kind) {
    do kind--;
    while (!is_step(asks, kind));
    return kind;
}

static int step_number(unsigned asks, StepKind kind) {
    return (int)kind + 1 - (kind > STEP_EXCHANGE && !is_step(asks, STEP_EXCHANGE));
}

static Form *step_form(Request *request, StepKind kind, unsigned asks, FormAnswers *answers) {
    FormTable asked = signup_asked_fields(request->arena, steps[kind].fields, steps[kind].count, asks);
    if (kind == STEP_CHECK) asked = signup_consent_fields(request, asked, &invites_field);
    return form_open(request, asked.fields, asked.count, answers);
}

/* The first step whose required answers are missing; STEP_CHECK where there is none. */
static StepKind first_missing(const FormAnswers *answers) {
    if (str_is_empty(answers->organisation)) return STEP_NAME;
    if (str_is_empty(answers->name) || (str_is_empty(answers->email) && str_is_empty(answers->phone)))
        return STEP_CONTACT;
    if (answers->people == 0) return STEP_PEOPLE;
    return answers->profiles.count == 0 ? STEP_WHAT : STEP_CHECK;
}

/* ---- addresses ------------------------------------------------------------------------------------------------- */

static Str step_path(Request *request, Str secret, const char *step) {
    return str_format(request->arena, "%.*s/%.*s/%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/sign-up")), STR_FORMAT(secret),
                      step);
}

/* "My gathering". */
static Str my_path(Request *request, Id organisation) {
    return edition_my_path(request->arena, edition_of(request), organisation, "");
}

static bool comes_from_check(const Request *request) {
    return str_equal(fields_get(&request->query, STR("then")), STR("check"));
}

/* ---- pages --------------------------------------------------------------------------------------------------- */

static Err show_closed(Request *request, bool is_unknown) {
    const Edition *edition = edition_of(request);
    Str title = is_unknown ? signups_said(request, MSG("signups", "This form is not here any more"))
                           : signups_said(request, MSG("signups", "Sign-up is closed"));
    SignUpClosedPage page = {
        .layout = edition_plain_layout(request, title, 0, 0, STR_ABSENT),
        .is_unknown = is_unknown,
        .is_before = edition->state == EDITION_DRAFT,
        .gathering = edition->title,
        .start_href = edition_path(request->arena, edition, "/sign-up"),
        .home_href = edition_path(request->arena, edition, ""),
        .typed = typed_part(request, true),
    };
    request->response.status = is_unknown ? 404 : request->method == METHOD_POST ? 409 : 200;
    PageOut out = page_out(request);
    page_sign_up_closed(&out, &page);
    return OK;
}

/* The last day: the call closes at the midnight that ends it. */
static Str closes_words(Request *request) {
    const Edition *edition = edition_of(request);
    if (!edition->closes_ms.given) return STR_ABSENT;
    Civil civil = edition_last_day(edition);
    return date_words(request->arena, request->language, &civil);
}

/* A draft this browser has begun in this edition. */
static Str draft_to_continue(Request *request) {
    Str secret = fields_get(&request->cookies, str_from_c(draft_cookie));
    Draft draft;
    if (!draft_get(request->tx, request->scope.edition, secret, &draft) || draft.signup) return STR_ABSENT;
    return step_path(request, secret, steps[first_missing(&draft.answers)].name);
}

/* "Same as last time" for whoever is signed in and speaks for an organisation that was there before. */
static SignUpPageSame *same_offers(Request *request, size_t *count) {
    enum { OFFERS_MOST = 5 };
    SignUpPageSame *offers = arena_array(request->arena, SignUpPageSame, OFFERS_MOST);
    *count = 0;
    for (size_t i = 0; i < request->who.grant_count && *count < OFFERS_MOST; i++) {
        const Grant *grant = &request->who.grants[i];
        if (grant->role != ROLE_REPRESENTATIVE || grant->series != request->scope.series) continue;
        if (!my_same_is_offered(request, grant->scope)) continue;
        offers[(*count)++] =
            (SignUpPageSame){organisation_name(request->tx, grant->scope),
                             edition_my_path(request->arena, edition_of(request), grant->scope, "/sign-up/same")};
    }
    return offers;
}

static Err show_step(Request *request, StepKind kind, Str secret, const Form *form) {
    const Edition *edition = edition_of(request);
    unsigned asks = signup_asks(request->tx, edition->id);
    bool is_first = str_is_absent(secret);
    Str back = STR_ABSENT;
    if (kind > STEP_NAME)
        back = step_path(request, secret, comes_from_check(request) ? "check" : steps[step_before(asks, kind)].name);
    SignUpPage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "Sign-up")),
                                       step_number(asks, kind), step_number(asks, STEP_CHECK), back),
        .pages = step_number(asks, STEP_CHECK),
        .asks_words = asks & ASK_WORDS,
        .step = str_from_c(steps[kind].name),
        .action = request->target,
        .form = form,
        .gathering = edition->title,
        .closes = closes_words(request),
        .continue_href = is_first && request->method == METHOD_GET ? draft_to_continue(request) : STR_ABSENT,
        .queue = kind == STEP_NAME ? queue_for(request, NULL) : (QueuePart){0},
        .later_href = is_first ? STR_ABSENT : step_path(request, secret, later_name),
    };
    if (is_first && request->method == METHOD_GET) page.sames = same_offers(request, &page.sames_count);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_sign_up(&out, &page);
    return OK;
}

/* Where one stopped, for another day or another device. Read alone, so the QR may take its time. */
static Err show_later(Request *request, Str secret, const FormAnswers *answers) {
    Str on = step_path(request, secret, steps[first_missing(answers)].name);
    SignUpLaterPage page = {
        .layout = edition_plain_layout(request,
                                       signups_said(request, MSG("signups", "Go on later, or on another "
                                                                            "device")),
                                       0, 0, on),
        .gathering = edition_of(request)->title,
        .way = *way_in_of(request, on, STR_ABSENT),
        .on_href = on,
    };
    PageOut out = page_out(request);
    page_sign_up_later(&out, &page);
    return OK;
}

/* ---- check everything ---------------------------------------------------------------------------------------- */

static Str kinds_words(Request *request, const char *list, const StrList *codes, Str more) {
    Kinds kinds = kinds_of(request->tx, str_from_c(list), request->language);
    Str *names = arena_array(request->arena, Str, codes->count);
    for (size_t i = 0; i < codes->count; i++) names[i] = kind_name(&kinds, codes->strs[i]);
    Str said = list_words(request->arena, request->language, names, codes->count);
    if (str_is_empty(more)) return said;
    return str_is_empty(said) ? more : str_format(request->arena, "%.*s: %.*s", STR_FORMAT(said), STR_FORMAT(more));
}

static Str contact_words(Request *request, const FormAnswers *answers) {
    Str parts[3];
    size_t count = 0;
    parts[count++] = answers->name;
    if (!str_is_empty(answers->email)) parts[count++] = answers->email;
    if (!str_is_empty(answers->phone)) parts[count++] = answers->phone;
    Buffer out = buffer_in(request->arena);
    for (size_t i = 0; i < count; i++) {
        if (i) buffer_add(&out, STR("\u00a0· "));
        buffer_add(&out, parts[i]);
    }
    return buffer_str(&out);
}

static SignUpCheckPageAnswer *answers_shown(Request *request, Str secret, const FormAnswers *answers, size_t *count) {
    enum { SHOWN = 6 };
    Arena *arena = request->arena;
    unsigned asks = signup_asks(request->tx, request->scope.edition);
    SignUpCheckPageAnswer *shown = arena_array(arena, SignUpCheckPageAnswer, SHOWN);
    const struct {
        StepKind step;
        Msg label;
        Str value;
    } rows[SHOWN] = {
        {STEP_NAME, MSG_INIT("signups", "Organisation"), answers->organisation},
        {STEP_CONTACT, MSG_INIT("signups", "Contact"), contact_words(request, answers)},
        {STEP_PEOPLE, MSG_INIT("signups", "Number of people"), str_format(arena, "%lld", (long long)answers->people)},
        {STEP_WHAT, MSG_INIT("signups", "What you do"),
         kinds_words(request, "profile", &answers->profiles, answers->words)},
        {STEP_EXCHANGE, MSG_INIT("signups", "What you look for"),
         kinds_words(request, "exchange", &answers->needs, answers->needs_words)},
        {STEP_EXCHANGE, MSG_INIT("signups", "What you can give"),
         kinds_words(request, "exchange", &answers->offers, answers->offers_words)},
    };
    *count = 0;
    for (size_t i = 0; i < SHOWN; i++) {
        if (!is_step(asks, rows[i].step)) continue;
        shown[(*count)++] = (SignUpCheckPageAnswer){
            .label = signups_said(request, rows[i].label),
            .value = rows[i].value,
            .change_href =
                str_format(arena, "%.*s?then=check", STR_FORMAT(step_path(request, secret, steps[rows[i].step].name))),
        };
    }
    return shown;
}

/* Who speaks for it in another series does so here too, where nobody has told this one anything of it yet; not by a
 * card, which is for one series. */
static bool may_represent_here(const Request *request, const Grant *grant) {
    Id series = request->scope.series;
    if (grant->role != ROLE_REPRESENTATIVE) return false;
    return grant->series == series ||
           (!request->who.is_limited && !signup_known(request->tx, grant->scope, series).here);
}

/* An organisation of the same name among those that somebody with these rights speaks for; 0: none. */
static Id own_organisation(const Request *request, const Grant *grants, size_t count, Str name) {
    Str folded = organisation_fold_name(request->arena, name);
    for (size_t i = 0; i < count; i++)
        if (may_represent_here(request, &grants[i]) &&
            str_equal(organisation_fold_name(request->arena, organisation_name(request->tx, grants[i].scope)), folded))
            return grants[i].scope;
    return 0;
}

/* Of the reader, as far as what they came in by opens it. */
static Id readers_organisation(const Request *request, Str name) {
    return own_organisation(request, request->who.grants, request->who.grant_count, name);
}

/* Asked once: a consent stands from one edition to the next. Only they themselves are told. */
static bool is_named_already(Request *request, const FormAnswers *answers) {
    Organisation organisation;
    Id own = readers_organisation(request, answers->organisation);
    return own && organisation_get(request->tx, own, &organisation) && organisation.is_listed;
}

static Err show_check(Request *request, Str secret, const FormAnswers *answers, const Form *form) {
    Notice notice = notice_current(request->tx, &edition_of(request)->series, request->language);
    unsigned asks = signup_asks(request->tx, request->scope.edition);
    SignUpCheckPage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "Is everything right?")),
                                       step_number(asks, STEP_CHECK), step_number(asks, STEP_CHECK),
                                       step_path(request, secret, steps[step_before(asks, STEP_CHECK)].name)),
        .action = request->path,
        .form = form,
        .queue = queue_for(request, NULL),
        .consent = signup_consent_wording(request),
        .is_named = is_named_already(request, answers),
        .notice = notice_html(request->arena, &notice, 3),
    };
    page.answers = answers_shown(request, secret, answers, &page.answers_count);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_sign_up_check(&out, &page);
    return OK;
}

/* ---- sent ---------------------------------------------------------------------------------------------------- */

typedef struct Receipt {
    Str secret;            /* of the draft */
    const WayInPart *card; /* NULL: none */
    Str email;
    Str typed;      /* the organisation's name as it was sent just now; absent: the stored one */
    bool is_double; /* there was one already */
} Receipt;

/* Without an e-mail the address is the only way back. Such a contact was made by this very form. */
static bool may_make_address(const Signup *signup, const Receipt *receipt) {
    return !receipt->card && !receipt->is_double && signup->contact && str_is_empty(signup->contact_email);
}

static Err show_receipt(Request *request, const Signup *signup, const Receipt *receipt) {
    bool is_theirs = reader_speaks_for(request, signup->organisation, request->scope.series);
    SignUpSentPage page = {
        .layout = edition_plain_layout(
            request, signups_said(request, MSG("signups", "Thank you, we have your sign-up")), 0, 0, STR_ABSENT),
        .organisation = is_theirs || str_is_absent(receipt->typed) ? signup->organisation_name : receipt->typed,
        .gathering = edition_of(request)->title,
        .queue = receipt->is_double && !is_theirs ? queue_for(request, NULL) : queue_for(request, signup),
        .is_double = receipt->is_double && is_theirs,
        .email = receipt->email,
        .is_held = request->mail != MAIL_SENT,
        .my_href = is_theirs ? my_path(request, signup->organisation) : STR_ABSENT,
        .action = may_make_address(signup, receipt) ? step_path(request, receipt->secret, sent_name) : STR_ABSENT,
        .form = form_open(request, NULL, 0, NULL),
    };
    page.has_address = receipt->card != NULL;
    if (receipt->card) page.way = *receipt->card;
    PageOut out = page_out(request);
    page_sign_up_sent(&out, &page);
    return OK;
}

static SignupAnswers answers_to_send(Request *request, const FormAnswers *answers) {
    Exchanges none = {0};
    return (SignupAnswers){
        .organisation = {.name = answers->organisation,
                         .legal_form = STR(""),
                         .words = answers->words,
                         .profiles = answers->profiles},
        .contact_name = answers->name,
        .contact_email = answers->email,
        .contact_phone = answers->phone,
        .language = request->language,
        .source = "form",
        .state = signup_is_full(request->tx, edition_of(request)) ? SIGNUP_WAITING : SIGNUP_NEW,
        .people = answers->people,
        .notice = notice_keep(request->tx, &edition_of(request)->series, request->language),
        .exchanges = exchanges_from(request->arena, &answers->needs, answers->needs_words, &answers->offers,
                                    answers->offers_words, &none),
    };
}

/* The sign-up that stands already: of the signed-in representative, or of a contact with this e-mail. */
static bool earlier_signup(Request *request, const FormAnswers *answers, Id own, Signup *earlier) {
    Person known;
    if (!own && person_by_email(request->tx, answers->email, &known)) {
        size_t count;
        const Grant *grants = role_grants(request->tx, known.id, &count);
        own = own_organisation(request, grants, count, answers->organisation);
    }
    return own && signup_of_organisation(request->tx, request->scope.edition, own, earlier);
}

/* A letter carries no secret: it waits in the outbox, and is copied with the file. */
static void write_receipt_letter(Request *request, const Signup *signup) {
    letter_of_receipt(request->tx, signup,
                      str_join(request->arena, request->base_url, my_path(request, signup->organisation)));
}

/* Only who acts agrees: a contact whom this form has just made, or somebody signed in as themselves. For anybody else
 * it waits with the sign-up until they say so. */
static void keep_listing(Request *request, const SignupSent *sent) {
    Str wording = listing_wording(request->arena, request->language);
    bool is_themselves = sent->person == request->who.person && !request->who.is_limited;
    if (sent->is_known_person && !is_themselves)
        listing_wish(request->tx, request->scope.edition, sent->signup, wording);
    else
        listing_give(request->tx, &(ListingGiven){.organisation = sent->organisation,
                                                  .edition = request->scope.edition,
                                                  .person = sent->person,
                                                  .wording = wording,
                                                  .channel = "form",
                                                  .by = request->who.person});
}

/* What form_step_prepare has drawn works from now on. It opens this organisation's part alone: whoever sends the form
 * holds it, and need not be whose e-mail they typed. */
static const WayInPart *new_card(Request *request, Id person, Id organisation) {
    const WayInPart *card = request->prepared;
    card_keep(request->tx, card->address_href,
              &(CardFor){.person = person,
                         .series = request->scope.series,
                         .organisation = organisation,
                         .goes_to = my_path(request, organisation),
                         .ends_ms = request->now_ms + CARD_LASTS_MS});
    return card;
}

static Err send_draft(Request *request, Str secret, const Draft *draft) {
    Tx *tx = request->tx;
    const FormAnswers *answers = &draft->answers;
    Receipt receipt = {.secret = secret, .email = answers->email, .typed = answers->organisation};
    Id own = readers_organisation(request, answers->organisation);
    Signup signup;
    if (earlier_signup(request, answers, own, &signup)) {
        receipt.is_double = true;
        /* Not kept as sent: who opens it again would see a sign-up, and may be somebody else, than its contact. */
        signups_sql_remove_draft(tx, draft->edition, draft->id);
        write_receipt_letter(request, &signup);
        return show_receipt(request, &signup, &receipt);
    }
    SignupAnswers sending = answers_to_send(request, answers);
    if (own && organisation_get(tx, own, &sending.organisation)) sending.organisation.id = own;
    SignupSent sent;
    Err err = signup_submit(tx, request->scope.edition, &sending, &sent);
    if (err) return err;
    if (draft->late) late_use(tx, draft->edition, draft->late);
    signups_sql_send_draft(tx, draft->edition, draft->id, sent.signup);
    if (answers->is_listed) keep_listing(request, &sent);
    if (answers->invites) signup_consent_keep(request);
    if (!signup_get(tx, request->scope.edition, sent.signup, &signup)) return ERR_INTERNAL;
    if (!sent.is_known_person) receipt.card = new_card(request, sent.person, sent.organisation);
    write_receipt_letter(request, &signup);
    respond_cookie(request, draft_cookie, STR(""), 0);
    return show_receipt(request, &signup, &receipt);
}

/* The page of a draft that was sent, opened again: the address is shown only once. */
static Err show_sent(Request *request, Str secret, const Draft *draft) {
    Signup signup;
    if (!signup_get(request->tx, draft->edition, draft->signup, &signup)) return show_closed(request, true);
    return show_receipt(request, &signup, &(Receipt){.secret = secret, .email = signup.contact_email});
}

static Err make_address(Request *request, Str secret, const Draft *draft) {
    Signup signup;
    Receipt receipt = {.secret = secret};
    if (!signup_get(request->tx, draft->edition, draft->signup, &signup)) return show_closed(request, true);
    if (!may_make_address(&signup, &receipt)) return show_receipt(request, &signup, &receipt);
    card_revoke_all(request->tx, signup.contact);
    receipt.card = new_card(request, signup.contact, signup.organisation);
    return show_receipt(request, &signup, &receipt);
}

/* ---- handlers ------------------------------------------------------------------------------------------------ */

static bool takes_signups(Request *request) { return edition_takes_signups(edition_of(request), request->now_ms); }

/* Opened by a coordinator's link; 0: there is none, or it works no longer. */
static Id late_of(Request *request) {
    return late_find(request->tx, request->scope.edition, fields_get(&request->query, STR("late")));
}

static bool takes_draft(Request *request, const Draft *draft) {
    return takes_signups(request) || (draft->late && late_is_open(request->tx, draft->edition, draft->late));
}

Err form_start_page(Request *request) {
    if (!takes_signups(request) && !late_of(request)) return show_closed(request, false);
    FormAnswers answers = {0};
    return show_step(request, STEP_NAME, STR_ABSENT, form_open(request, name_fields, COUNT(name_fields), &answers));
}

Err form_start(Request *request) {
    Id late = takes_signups(request) ? 0 : late_of(request);
    if (!takes_signups(request) && !late) return show_closed(request, false);
    FormAnswers answers = {0};
    Form *form = form_open(request, name_fields, COUNT(name_fields), &answers);
    if (!form_read(form)) return show_step(request, STEP_NAME, STR_ABSENT, form);
    Str secret = draft_make(request->tx, request->scope.edition, late, &answers);
    respond_cookie(request, draft_cookie, secret, (int64_t)DRAFT_LASTS_DAYS * 24 * 3600);
    return respond_redirect(request, step_path(request, secret, steps[STEP_CONTACT].name));
}

static bool draft_of(Request *request, Draft *draft) {
    return draft_get(request->tx, request->scope.edition, request_parameter(request, "draft"), draft);
}

Err form_step_page(Request *request) {
    Str secret = request_parameter(request, "draft");
    Draft draft;
    StepKind kind;
    if (!draft_of(request, &draft)) return show_closed(request, true);
    if (draft.signup) return show_sent(request, secret, &draft);
    if (!takes_draft(request, &draft)) return show_closed(request, false);
    if (str_equal(request_parameter(request, "step"), str_from_c(later_name)))
        return show_later(request, secret, &draft.answers);
    if (!step_of(request_parameter(request, "step"), &kind)) return ERR_NOT_FOUND;
    if (kind == STEP_CHECK && first_missing(&draft.answers) != STEP_CHECK)
        return respond_redirect(request, step_path(request, secret, steps[first_missing(&draft.answers)].name));
    if (kind == STEP_PEOPLE && draft.answers.people == 0) draft.answers.people = 1;
    unsigned asks = signup_asks(request->tx, draft.edition);
    if (!is_step(asks, kind)) return respond_redirect(request, step_path(request, secret, steps[STEP_CHECK].name));
    Form *form = step_form(request, kind, asks, &draft.answers);
    return kind == STEP_CHECK ? show_check(request, secret, &draft.answers, form)
                              : show_step(request, kind, secret, form);
}

static bool has_a_way_to_reach(Form *form, Request *request, const FormAnswers *answers) {
    if (!str_is_empty(answers->email) || !str_is_empty(answers->phone)) return true;
    form_refuse(form, "phone",
                signups_said(request, MSG("signups", "Give an e-mail or a telephone number: one of them is enough.")));
    return false;
}

/* Only the pages that may end with an address; the others go to the writer at once. */
bool form_step_prepares(const Request *request) {
    Str step = request_parameter(request, "step");
    return str_equal(step, str_from_c(steps[STEP_CHECK].name)) || str_equal(step, str_from_c(sent_name));
}

/* The slow part, on a worker: the QR of a card that does not work yet, and may not be needed. */
Err form_step_prepare(Request *request) {
    request->prepared = way_in_of(request, card_path(request->arena), STR("/s"));
    return OK;
}

Err form_step(Request *request) {
    Str secret = request_parameter(request, "draft");
    Draft draft;
    StepKind kind;
    if (!draft_of(request, &draft)) return show_closed(request, true);
    if (draft.signup && str_equal(request_parameter(request, "step"), str_from_c(sent_name)))
        return make_address(request, secret, &draft);
    if (draft.signup) return respond_redirect(request, step_path(request, secret, sent_name));
    if (!takes_draft(request, &draft)) return show_closed(request, false);
    if (!step_of(request_parameter(request, "step"), &kind)) return ERR_NOT_FOUND;
    unsigned asks = signup_asks(request->tx, draft.edition);
    Form *form = step_form(request, kind, asks, &draft.answers);
    bool is_read = form_read(form);
    if (is_read && kind == STEP_CONTACT) is_read = has_a_way_to_reach(form, request, &draft.answers);
    if (!is_read)
        return kind == STEP_CHECK ? show_check(request, secret, &draft.answers, form)
                                  : show_step(request, kind, secret, form);
    draft_save(request->tx, &draft);
    StepKind missing = first_missing(&draft.answers);
    if (kind == STEP_CHECK && missing == STEP_CHECK) return send_draft(request, secret, &draft);
    StepKind next = kind == STEP_CHECK || comes_from_check(request) ? missing : step_after(asks, kind);
    return respond_redirect(request, step_path(request, secret, steps[next].name));
}
