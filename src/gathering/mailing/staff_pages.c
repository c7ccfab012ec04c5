// SPDX-License-Identifier: EUPL-1.2
/* Letters to many, for coordinators: written, looked at as each gets it, sent with one press. */
#include "gathering/mailing/internal.h"
#include "mailing_pages.h"
#include "platform/page/respond.h"

static Str staff_path(Request *request, Id mailing, const char *rest) {
    Str all = edition_path(request->arena, edition_of(request), "/staff/mailings");
    if (!mailing) return str_format(request->arena, "%.*s%s", STR_FORMAT(all), rest);
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(all), STR_FORMAT(id_text(request->arena, mailing)),
                      rest);
}

static Str letter_path(Request *request, Id mailing, size_t place) {
    return str_format(request->arena, "%.*s/%zu", STR_FORMAT(staff_path(request, mailing, "/letters")), place);
}

static Str moment_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return str_format(request->arena, "%.*s, %.*s",
                      STR_FORMAT(date_day_month_year(request->arena, request->language, &civil)),
                      STR_FORMAT(clock_time(request->arena, &civil)));
}

static bool mailing_of_path(Request *request, Mailing *mailing) {
    Id id;
    return request_id(request, "mailing", &id) && mailing_get(request->tx, request->scope.edition, id, mailing);
}

static void audit(Request *request, const char *action, Id subject) {
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = subject});
}

/* In the reader's language where it is written in it. */
static Str subject_for(const Request *request, const Mailing *mailing) {
    if (!str_is_empty(mailing->subject[request->language])) return mailing->subject[request->language];
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (!str_is_empty(mailing->subject[language])) return mailing->subject[language];
    return STR("");
}

static Audiences audiences_here(Request *request) {
    return mailing_audiences(request->tx, house_of(request), edition_of(request), request->language);
}

static Str audience_words(const Request *request, const Audiences *audiences, Str name) {
    for (size_t i = 0; i < audiences->count; i++)
        if (str_equal(audiences->audiences[i].name, name)) return audiences->audiences[i].label;
    return mailing_said(request, MSG("mailing", "nobody any more: whom it was for is gone"));
}

/* ---- the list ---------------------------------------------------------------------------------------------------- */

Err mailings_page(Request *request) {
    Mailings mailings = mailings_of(request->tx, request->scope.edition);
    Audiences audiences = audiences_here(request);
    StaffMailingsPageMailing *rows = arena_array(request->arena, StaffMailingsPageMailing, mailings.count);
    for (size_t i = 0; i < mailings.count; i++) {
        const Mailing *mailing = &mailings.mailings[i];
        rows[i] = (StaffMailingsPageMailing){
            .subject = subject_for(request, mailing),
            .href = staff_path(request, mailing->id, mailing->sent_ms.given ? "/review" : ""),
            .audience = audience_words(request, &audiences, mailing->audience),
            .sent = mailing->sent_ms.given ? moment_words(request, mailing->sent_ms.value) : STR_ABSENT,
            .letters = mailing->letters,
        };
    }
    StaffMailingsPage page = {
        .layout = edition_layout(request, mailing_said(request, MSG("mailing", "Letters to many")), MENU_STAFF_MAIL),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/mail"),
        .add_href = staff_path(request, 0, "/new"),
        .mailings = rows,
        .mailings_count = mailings.count,
    };
    if (str_equal(fields_get(&request->query, STR("done")), STR("removed")))
        page.layout.notice = mailing_said(request, MSG("mailing", "Removed."));
    PageOut out = page_out(request);
    page_staff_mailings(&out, &page);
    return OK;
}

/* ---- writing one ------------------------------------------------------------------------------------------------- */

typedef struct MailingForm {
    Str version, audience, subject_pl, words_pl, subject_en, words_en, subject_uk, words_uk;
} MailingForm;

static FormOptions audience_options(Request *request, void *context) {
    (void)context;
    Audiences audiences = audiences_here(request);
    FormOption *options = arena_array(request->arena, FormOption, audiences.count);
    for (size_t i = 0; i < audiences.count; i++) {
        const Audience *one = &audiences.audiences[i];
        options[i] =
            (FormOption){one->name, str_format(request->arena, "%.*s (%zu)", STR_FORMAT(one->label), one->count)};
    }
    return (FormOptions){options, audiences.count};
}

#define SUBJECT(tag, ...)                                                                                              \
    {                                                                                                                  \
        .name = "subject_" #tag, .kind = FIELD_LINE, .offset = offsetof(MailingForm, subject_##tag), .unmarked = true, \
        .most = MAILING_SUBJECT_CHARS, .label = __VA_ARGS__                                                            \
    }
#define WORDS(tag, ...)                                                                                            \
    {                                                                                                              \
        .name = "words_" #tag, .kind = FIELD_TEXT, .offset = offsetof(MailingForm, words_##tag), .unmarked = true, \
        .most = MAILING_WORDS_CHARS, .label = __VA_ARGS__                                                          \
    }
static const FormField mailing_fields[] = {
    FORM_VERSION(MailingForm),
    {.name = "audience",
     .kind = FIELD_CHOICE,
     .offset = offsetof(MailingForm, audience),
     .required = true,
     .is_guarded = true,
     .options = audience_options,
     .label = MSG_INIT("mailing", "To whom"),
     .hint = MSG_INIT("mailing", "Invitations go to those alone who agreed to them, and each has an address that ends "
                                 "them. The other letters are about this gathering, for those who take part.")},
    SUBJECT(pl, MSG_INIT("mailing", "Subject in Polish")),
    WORDS(pl, MSG_INIT("mailing", "Letter in Polish")),
    SUBJECT(uk, MSG_INIT("mailing", "Subject in Ukrainian")),
    WORDS(uk, MSG_INIT("mailing", "Letter in Ukrainian")),
    SUBJECT(en, MSG_INIT("mailing", "Subject in English")),
    WORDS(en, MSG_INIT("mailing", "Letter in English")),
};
#undef SUBJECT
#undef WORDS
const FormTable mailing_asked = {mailing_fields, COUNT(mailing_fields)};

static const struct {
    Language language;
    const char *subject, *words;
} fields_of[] = {{LANGUAGE_PL, "subject_pl", "words_pl"},
                 {LANGUAGE_UK, "subject_uk", "words_uk"},
                 {LANGUAGE_EN, "subject_en", "words_en"}};

static MailingForm form_of(Arena *arena, const Mailing *mailing) {
    return (MailingForm){
        .version = mailing->id ? form_version(arena, mailing->version) : STR(""),
        .audience = mailing->audience,
        .subject_pl = mailing->subject[LANGUAGE_PL],
        .words_pl = mailing->words[LANGUAGE_PL],
        .subject_en = mailing->subject[LANGUAGE_EN],
        .words_en = mailing->words[LANGUAGE_EN],
        .subject_uk = mailing->subject[LANGUAGE_UK],
        .words_uk = mailing->words[LANGUAGE_UK],
    };
}

static void take(const MailingForm *form, Mailing *mailing) {
    mailing->audience = form->audience;
    mailing->subject[LANGUAGE_PL] = form->subject_pl;
    mailing->words[LANGUAGE_PL] = form->words_pl;
    mailing->subject[LANGUAGE_EN] = form->subject_en;
    mailing->words[LANGUAGE_EN] = form->words_en;
    mailing->subject[LANGUAGE_UK] = form->subject_uk;
    mailing->words[LANGUAGE_UK] = form->words_uk;
}

static void check_placeholders(Request *request, Form *form, const char *field, Str words) {
    Str wrong;
    Placeholder nearest;
    if (placeholders_are_right(words, &wrong, &nearest)) return;
    Str right = str_format(request->arena, "{%s}", placeholder_name(nearest));
    form_refuse(form, field,
                say(request->arena, request->language,
                    MSG("mailing", "“{wrong}” is none of the words that can stand in braces. Was it meant to be "
                                   "{right}?"),
                    SAY_TEXT("wrong", wrong), SAY_TEXT("right", right)));
}

static bool check(Request *request, Form *form, const Mailing *mailing) {
    bool is_written = false;
    for (size_t i = 0; i < COUNT(fields_of); i++) {
        Str subject = mailing->subject[fields_of[i].language], words = mailing->words[fields_of[i].language];
        check_placeholders(request, form, fields_of[i].subject, subject);
        check_placeholders(request, form, fields_of[i].words, words);
        bool has_subject = !str_is_empty(subject), has_words = !str_is_empty(words);
        is_written |= has_subject || has_words;
        if (has_words && !has_subject)
            form_refuse(form, fields_of[i].subject,
                        mailing_said(request, MSG("mailing", "The letter has no subject.")));
        if (has_subject && !has_words)
            form_refuse(form, fields_of[i].words,
                        mailing_said(request, MSG("mailing", "There is a subject, and no letter below it.")));
    }
    if (!is_written)
        form_refuse(form, fields_of[0].words,
                    mailing_said(request, MSG("mailing", "Write the letter in one language at least.")));
    return form_ok(form);
}

static Err show_mailing(Request *request, const Mailing *mailing, const Form *form) {
    Str heading =
        mailing->id ? subject_for(request, mailing) : mailing_said(request, MSG("mailing", "A new letter to many"));
    StaffMailingPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_MAIL),
        .back_href = staff_path(request, 0, ""),
        .heading = heading,
        .form = form,
        .action = request->path,
        .review_href = mailing->id ? staff_path(request, mailing->id, "/review") : STR_ABSENT,
        .remove_action = mailing->id ? staff_path(request, mailing->id, "/remove") : STR_ABSENT,
    };
    if (mailing->id) page.action = staff_path(request, mailing->id, "");
    StaffMailingPagePlaceholder *placeholders =
        arena_array(request->arena, StaffMailingPagePlaceholder, PLACEHOLDER_COUNT);
    for (Placeholder i = 0; i < PLACEHOLDER_COUNT; i++)
        placeholders[i] = (StaffMailingPagePlaceholder){
            str_format(request->arena, "{%s}", placeholder_name(i)),
            placeholder_words(request->arena, request->language, i),
        };
    page.placeholders = placeholders;
    page.placeholders_count = PLACEHOLDER_COUNT;
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_mailing(&out, &page);
    return OK;
}

/* Of the path's; a new one where the path names none. */
static Err find_or_begin(Request *request, Mailing *mailing) {
    *mailing = (Mailing){.edition = request->scope.edition, .audience = STR("")};
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        mailing->subject[language] = mailing->words[language] = STR("");
    if (str_ends_with(request->path, STR("/new"))) return OK;
    return mailing_of_path(request, mailing) ? OK : ERR_NOT_FOUND;
}

Err mailing_page(Request *request) {
    Mailing mailing;
    Err err = find_or_begin(request, &mailing);
    if (err) return err;
    if (mailing.sent_ms.given) return respond_redirect(request, staff_path(request, mailing.id, "/review"));
    MailingForm values = form_of(request->arena, &mailing);
    return show_mailing(request, &mailing, form_open(request, mailing_fields, COUNT(mailing_fields), &values));
}

Err mailing_save(Request *request) {
    Mailing stands, mailing;
    Err err = find_or_begin(request, &stands);
    if (err) return err;
    /* Somebody sent it meanwhile: what left is not written anew. */
    if (stands.sent_ms.given) return respond_redirect(request, staff_path(request, stands.id, "/review?done=late"));
    MailingForm values = {0}, stored = form_of(request->arena, &stands);
    Form *form = form_open(request, mailing_fields, COUNT(mailing_fields), &values);
    mailing = stands;
    bool is_read = form_read(form);
    take(&values, &mailing);
    if (is_read && check(request, form, &mailing) && stands.id) form_is_current(form, &stored);
    if (!form_ok(form)) return show_mailing(request, &stands, form);
    if (!mailing.id) mailing.id = mailing_add(request->tx, &mailing);
    else if ((err = mailing_update(request->tx, &mailing))) return err;
    audit(request, stands.id ? "mailing.change" : "mailing.add", mailing.id);
    return respond_redirect(request, staff_path(request, mailing.id, "/review"));
}

Err mailing_remove_press(Request *request) {
    Mailing mailing;
    if (!mailing_of_path(request, &mailing)) return ERR_NOT_FOUND;
    if (mailing.sent_ms.given) return respond_redirect(request, staff_path(request, mailing.id, "/review?done=late"));
    MailingForm stored = form_of(request->arena, &mailing);
    Form *form = form_open(request, mailing_fields, COUNT(mailing_fields), &stored);
    if (!form_step_is_current(form)) return show_mailing(request, &mailing, form);
    Err err = mailing_remove(request->tx, &mailing);
    if (err) return err;
    audit(request, "mailing.remove", mailing.id);
    return respond_redirect(request, staff_path(request, 0, "?done=removed"));
}

/* ---- looking at it ----------------------------------------------------------------------------------------------- */

typedef struct SeenForm {
    Str version;
} SeenForm;
static const FormField seen_fields[] = {FORM_VERSION(SeenForm)};

static void fill_problems(Request *request, const MailingSend *send, StaffMailingReviewPage *page) {
    struct {
        bool is_so;
        Msg words;
    } problems[] = {
        {send->has_no_audience, MSG("mailing", "Whom it was for is gone: choose anew to whom it goes.")},
        {!send->letter_count && !send->has_no_audience, MSG("mailing", "Nobody would get it now.")},
        {send->lacks_date, MSG("mailing", "It tells when the gathering is, and that is not set yet.")},
        {send->lacks_place, MSG("mailing", "It tells where the gathering is, and that is not set yet.")},
        {send->is_draft,
         MSG("mailing", "It invites to a gathering that is a draft: nobody could open its page. Open it first.")},
        {send->is_too_many, MSG("mailing", "These are more letters than can leave at once. Choose fewer.")},
    };
    Str *shown = arena_array(request->arena, Str, COUNT(problems));
    size_t count = 0;
    for (size_t i = 0; i < COUNT(problems); i++)
        if (problems[i].is_so) shown[count++] = mailing_said(request, problems[i].words);
    page->problems = shown;
    page->problems_count = count;
}

static void fill_people(Request *request, const Mailing *mailing, const MailingSend *send,
                        StaffMailingReviewPage *page) {
    StaffMailingReviewPageLetter *letters =
        arena_array(request->arena, StaffMailingReviewPageLetter, send->letter_count);
    for (size_t i = 0; i < send->letter_count; i++) {
        const MailingRecipient *one = &send->letters[i];
        letters[i] = (StaffMailingReviewPageLetter){
            .organisation = one->organisation_name,
            .who = str_is_empty(one->name)
                       ? one->email
                       : str_format(request->arena, "%.*s (%.*s)", STR_FORMAT(one->name), STR_FORMAT(one->email)),
            .language = language_own_name(one->language),
            .is_other = one->is_other_language,
            .is_refused = one->is_refused,
            .href = letter_path(request, mailing->id, i + 1),
        };
        page->refused += one->is_refused;
        page->other += one->is_other_language;
    }
    StaffMailingReviewPageRing *ring = arena_array(request->arena, StaffMailingReviewPageRing, send->to_ring_count);
    for (size_t i = 0; i < send->to_ring_count; i++) {
        const MailingRecipient *one = &send->to_ring[i];
        bool has_phone = !str_is_empty(one->phone);
        ring[i] = (StaffMailingReviewPageRing){one->organisation_name, one->name, has_phone ? one->phone : STR_ABSENT,
                                               has_phone ? phone_link(request->arena, one->phone) : STR_ABSENT};
    }
    page->letters = letters;
    page->letters_count = send->letter_count;
    page->rings = ring;
    page->rings_count = send->to_ring_count;
}

static Err show_review(Request *request, const Mailing *mailing, const MailingSend *send, const Form *form) {
    Audiences audiences = audiences_here(request);
    StaffMailingReviewPage page = {
        .layout = edition_layout(request, subject_for(request, mailing), MENU_STAFF_MAIL),
        .back_href = staff_path(request, 0, ""),
        .heading = subject_for(request, mailing),
        .audience = audience_words(request, &audiences, mailing->audience),
        .is_invitation = mailing_is_invitation(mailing),
        .edit_href = staff_path(request, mailing->id, ""),
        .first_href = letter_path(request, mailing->id, 1),
        .without_server = !house_of(request)->has_smtp,
        .print_href = staff_path(request, mailing->id, "/print"),
        .action = staff_path(request, mailing->id, "/review"),
        .form = form,
        .count = (int64_t)send->letter_count,
        .can_send = !mailing->sent_ms.given && mailing_can_be_sent(send),
    };
    Str done = fields_get(&request->query, STR("done"));
    if (mailing->sent_ms.given) {
        page.sent = moment_words(request, mailing->sent_ms.value);
        page.left = mailing->letters;
        page.mail_href = edition_path(request->arena, edition_of(request), "/staff/mail");
        if (!house_of(request)->has_smtp)
            page.hand_href = edition_path(request->arena, edition_of(request), "/staff/mail/hand-on");
        if (str_equal(done, STR("late")))
            page.layout.notice = mailing_said(request, MSG("mailing", "Somebody has sent it meanwhile: it is not "
                                                                      "changed or sent any more."));
    } else {
        fill_problems(request, send, &page);
        fill_people(request, mailing, send, &page);
    }
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_mailing_review(&out, &page);
    return OK;
}

static SeenForm seen_form(Request *request, const Mailing *mailing, const MailingSend *send) {
    return (SeenForm){mailing_seen(request->arena, mailing, send)};
}

Err mailing_review_page(Request *request) {
    Mailing mailing;
    if (!mailing_of_path(request, &mailing)) return ERR_NOT_FOUND;
    MailingSend send = mailing_send_plan(request->tx, house_of(request), edition_of(request), &mailing);
    SeenForm values = seen_form(request, &mailing, &send);
    return show_review(request, &mailing, &send, form_open(request, seen_fields, COUNT(seen_fields), &values));
}

Err mailing_send_press(Request *request) {
    Mailing mailing;
    if (!mailing_of_path(request, &mailing)) return ERR_NOT_FOUND;
    if (mailing.sent_ms.given) return respond_redirect(request, staff_path(request, mailing.id, "/review?done=late"));
    MailingSend send = mailing_send_plan(request->tx, house_of(request), edition_of(request), &mailing);
    SeenForm values = seen_form(request, &mailing, &send);
    Form *form = form_open(request, seen_fields, COUNT(seen_fields), &values);
    if (!form_step_is_current(form)) return show_review(request, &mailing, &send, form);
    MailingPress press = {mailing.id, request->who.person, values.version, request->base_url};
    Err err = mailing_send(request->tx, house_of(request), edition_of(request), &press);
    if (err == ERR_INPUT) {
        form_refuse(form, NULL, mailing_said(request, MSG("mailing", "It cannot be sent like this: see below why.")));
        return show_review(request, &mailing, &send, form);
    }
    return err ? err : respond_redirect(request, staff_path(request, mailing.id, "/review"));
}

/* One letter as it would leave. The address that ends invitations is made when it does. */
Err mailing_letter_page(Request *request) {
    Mailing mailing;
    int64_t place;
    if (!mailing_of_path(request, &mailing)) return ERR_NOT_FOUND;
    if (mailing.sent_ms.given) return respond_redirect(request, staff_path(request, mailing.id, "/review"));
    MailingSend send = mailing_send_plan(request->tx, house_of(request), edition_of(request), &mailing);
    if (!str_to_int(request_parameter(request, "place"), &place) || place < 1 || place > (int64_t)send.letter_count)
        return ERR_NOT_FOUND;
    const MailingRecipient *one = &send.letters[place - 1];
    MailingLetter letter =
        mailing_letter(request->arena, edition_of(request), &mailing, one, request->base_url, STR("/unsubscribe/…"));
    StaffMailingLetterPage page = {
        .layout = edition_layout(request, letter.subject, MENU_STAFF_MAIL),
        .back_href = staff_path(request, mailing.id, "/review"),
        .place = place,
        .count = (int64_t)send.letter_count,
        .to = str_format(request->arena, "%.*s (%.*s)", STR_FORMAT(one->name), STR_FORMAT(one->email)),
        .organisation = one->organisation_name,
        .language = language_own_name(one->language),
        .tag = str_from_c(language_tag(one->language)),
        .subject = letter.subject,
        .body = letter.body,
        .is_refused = one->is_refused,
        .is_other = one->is_other_language,
        .before_href = place > 1 ? letter_path(request, mailing.id, (size_t)place - 1) : STR_ABSENT,
        .after_href =
            place < (int64_t)send.letter_count ? letter_path(request, mailing.id, (size_t)place + 1) : STR_ABSENT,
    };
    PageOut out = page_out(request);
    page_staff_mailing_letter(&out, &page);
    return OK;
}

static StaffMailingPrintPageLetter printed(Request *request, const Mailing *mailing, const MailingRecipient *one) {
    MailingLetter letter =
        mailing_letter(request->arena, edition_of(request), mailing, one, request->base_url, STR("/unsubscribe/…"));
    return (StaffMailingPrintPageLetter){one->name, one->organisation_name, str_from_c(language_tag(one->language)),
                                         letter.subject, letter.body};
}

/* For whom no e-mail reaches: none is known, or letters do not arrive. As things are now, also when it was sent. */
Err mailing_print_page(Request *request) {
    Mailing mailing;
    if (!mailing_of_path(request, &mailing)) return ERR_NOT_FOUND;
    MailingSend send = mailing_send_plan(request->tx, house_of(request), edition_of(request), &mailing);
    StaffMailingPrintPageLetter *letters =
        arena_array(request->arena, StaffMailingPrintPageLetter, send.to_ring_count + send.letter_count);
    StaffMailingPrintPage page = {
        .layout = edition_layout(request, mailing_said(request, MSG("mailing", "Letters to print")), MENU_STAFF_MAIL),
        .back_href = staff_path(request, mailing.id, "/review"),
        .letters = letters,
    };
    for (size_t i = 0; i < send.to_ring_count; i++)
        letters[page.letters_count++] = printed(request, &mailing, &send.to_ring[i]);
    for (size_t i = 0; i < send.letter_count && !mailing_is_invitation(&mailing); i++)
        if (send.letters[i].is_refused) letters[page.letters_count++] = printed(request, &mailing, &send.letters[i]);
    page.count = (int64_t)page.letters_count;
    PageOut out = page_out(request);
    page_staff_mailing_print(&out, &page);
    return OK;
}
