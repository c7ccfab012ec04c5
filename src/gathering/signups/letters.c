// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/letters.h"

#include "platform/account/account.h"
#include "platform/format/ical.h"
#include "platform/format/mime.h"
#include "platform/jobs/outbox.h"

/* A letter while it is put together. */
typedef struct Letter {
    Tx *tx;
    Arena *arena;
    const Signup *signup;
    Edition edition;
    Person to;
    Language language;
    Buffer body;
    Str calendar; /* the day, for who is coming; or absent */
} Letter;

static bool letter_begin(Tx *tx, const Signup *signup, Letter *letter) {
    *letter = (Letter){.tx = tx, .arena = tx_arena(tx), .signup = signup, .body = buffer_in(tx_arena(tx))};
    if (!signup->contact || !person_get(tx, signup->contact, &letter->to) || str_is_empty(letter->to.email))
        return false;
    if (!edition_get(tx, signup->edition, &letter->edition)) return false;
    letter->language = letter->to.language;
    return true;
}

static void add_paragraph(Letter *letter, Str words) {
    if (str_is_empty(words)) return;
    if (letter->body.size) buffer_add(&letter->body, STR("\n\n"));
    buffer_add(&letter->body, words);
}

static Str whose_letter(const Series *series) {
    return str_is_empty(series->organiser) ? series->name : series->organiser;
}

/* Whom to ask: everybody who gets a letter may answer it or ring. */
static void add_signature(Letter *letter) {
    const Series *series = &letter->edition.series;
    if (!str_is_empty(series->phone))
        add_paragraph(letter, say(letter->arena, letter->language,
                                  MSG("signups", "Questions? Ring {phone} or answer this letter."),
                                  SAY_TEXT("phone", series->phone)));
    add_paragraph(letter, whose_letter(series));
}

static OutboxMessage letter_finish(Letter *letter, Str subject) {
    add_signature(letter);
    buffer_add_char(&letter->body, '\n');
    return (OutboxMessage){
        .kind = OUTBOX_SERVICE,
        .edition = letter->signup->edition,
        .person = letter->to.id,
        .to_address = letter->to.email,
        .to_name = letter->to.name,
        .language = letter->language,
        .subject = subject,
        .body = buffer_str(&letter->body),
        .from_name = whose_letter(&letter->edition.series),
        .reply_to = letter->edition.series.email,
        .calendar = letter->calendar,
    };
}

static void letter_send(Letter *letter, Str subject) {
    OutboxMessage message = letter_finish(letter, subject);
    outbox_add(letter->tx, &message);
}

static Str subject_of(const Letter *letter, Msg msg) {
    return say(letter->arena, letter->language, msg, SAY_TEXT("gathering", letter->edition.title));
}

static void add_when(Letter *letter) {
    Str when = edition_when(letter->arena, &letter->edition, letter->language);
    if (!str_is_empty(when))
        add_paragraph(letter,
                      say(letter->arena, letter->language, MSG("signups", "When: {when}"), SAY_TEXT("when", when)));
}

/* The day as an event of theirs: accepted again it is the same one, and where the day or the place has changed it moves
 * (SEQUENCE is the edition's version). Cancelled it has the same number and a later stamp, which is what counts then
 * (RFC 5546, 2.1.5), so that who is accepted once more has it again. */
static void add_calendar(Letter *letter, bool is_cancelled) {
    const Edition *edition = &letter->edition;
    const Series *series = &edition->series;
    if (!edition->starts_ms.given) return;
    Buffer calendar = buffer_in(letter->arena);
    Ical ical = ical_begin_letter(&calendar, &(IcalLetter){
                                                 .organizer = mime_is_address(series->email) ? series->email : STR(""),
                                                 .organizer_name = whose_letter(series),
                                                 .is_cancelled = is_cancelled,
                                             });
    ical_add(&ical, &(IcalEvent){.uid = str_format(letter->arena, "%.*s.%.*s@wspolnie",
                                                   STR_FORMAT(id_text(letter->arena, edition->id)),
                                                   STR_FORMAT(id_text(letter->arena, letter->signup->organisation))),
                                 .changed_ms = tx_now_ms(letter->tx),
                                 .sequence = edition->version,
                                 .starts_ms = edition->starts_ms.value,
                                 .ends_ms = edition->ends_ms.given ? edition->ends_ms.value : edition->starts_ms.value,
                                 .summary = edition->title,
                                 .location = edition_where(letter->arena, edition)});
    ical_end(&ical);
    letter->calendar = buffer_str(&calendar);
}

static Str said_of(const Letter *letter, Msg msg) {
    return say(letter->arena, letter->language, msg, SAY_TEXT("organisation", letter->signup->organisation_name),
               SAY_TEXT("gathering", letter->edition.title));
}

static Str write_accepted(Letter *letter) {
    add_paragraph(
        letter,
        said_of(letter, MSG("signups",
                            "Good news: {organisation} is coming to “{gathering}”. We have accepted your sign-up.")));
    add_when(letter);
    add_calendar(letter, false);
    return subject_of(letter, MSG("signups", "You are in: {gathering}"));
}

static Str write_waiting(Letter *letter) {
    int64_t place = signup_queue_place(letter->tx, letter->signup->edition, letter->signup->id);
    OptionalInt left = signup_places_left(letter->tx, &letter->edition);
    bool is_full = left.given && left.value == 0;
    Str why = is_full ? said_of(letter, MSG("signups", "All places at “{gathering}” are taken just now, so "
                                                       "{organisation} is on the waiting list."))
                      : said_of(letter, MSG("signups", "For now {organisation} is on the waiting list of "
                                                       "“{gathering}”. That is not a refusal."));
    add_paragraph(letter, why);
    add_paragraph(letter, say(letter->arena, letter->language, MSG("signups", "Your place in the queue: {place}."),
                              SAY_INT("place", place)));
    add_paragraph(letter, say(letter->arena, letter->language,
                              MSG("signups", "The order is that of time alone: who signed up earlier stands before "
                                             "you. When a place comes free, it is offered to the first in the queue, "
                                             "and we write or ring. As long as you hear nothing, you are still "
                                             "waiting. You need do nothing, and you can withdraw at any time.")));
    return subject_of(letter, MSG("signups", "You are on the waiting list: {gathering}"));
}

static Str write_declined(Letter *letter) {
    add_paragraph(
        letter,
        said_of(letter,
                MSG("signups",
                    "Thank you for signing up {organisation} for “{gathering}”. This time it will not work out.")));
    add_paragraph(letter, letter->signup->reason);
    return subject_of(letter, MSG("signups", "Your sign-up: {gathering}"));
}

static Str write_withdrawn(Letter *letter) {
    add_paragraph(
        letter,
        said_of(
            letter,
            MSG("signups",
                "We have withdrawn the sign-up of {organisation} for “{gathering}”. If that was a mistake, tell us.")));
    return subject_of(letter, MSG("signups", "Sign-up withdrawn: {gathering}"));
}

static Str write_renewed(Letter *letter) {
    add_paragraph(
        letter,
        said_of(letter,
                MSG("signups",
                    "{organisation} has signed up for “{gathering}” again. We will write when we have decided.")));
    return subject_of(letter, MSG("signups", "Your sign-up: {gathering}"));
}

void letter_of_decision(Tx *tx, const Signup *signup, SignupState from, const SignupDecision *decision) {
    static Str (*const writers[SIGNUP_STATE_COUNT])(Letter *) = {
        [SIGNUP_NEW] = write_renewed,       [SIGNUP_ACCEPTED] = write_accepted,   [SIGNUP_WAITING] = write_waiting,
        [SIGNUP_DECLINED] = write_declined, [SIGNUP_WITHDRAWN] = write_withdrawn,
    };
    Letter letter;
    if (!letter_begin(tx, signup, &letter)) return;
    add_paragraph(&letter, say(letter.arena, letter.language, MSG("signups", "Good day,")));
    Str subject = writers[decision->to](&letter);
    if (from == SIGNUP_ACCEPTED && decision->to != SIGNUP_ACCEPTED) add_calendar(&letter, true);
    if (!str_is_empty(decision->base_url) && decision->to != SIGNUP_DECLINED) {
        Str address = str_join(letter.arena, decision->base_url,
                               edition_my_path(letter.arena, &letter.edition, signup->organisation, ""));
        add_paragraph(&letter, say(letter.arena, letter.language,
                                   MSG("signups", "Your gathering, and what you can still change: {address}"),
                                   SAY_TEXT("address", address)));
    }
    letter_send(&letter, subject);
}

/* Anybody can send the public form with somebody else's address, and again. */
static bool was_written_to_enough(const Letter *letter) {
    enum { MOST_IN_AN_HOUR = 5, HOUR_MS = 60 * 60 * 1000 };
    return outbox_written_to(letter->tx, letter->to.id, tx_now_ms(letter->tx) - HOUR_MS) >= MOST_IN_AN_HOUR;
}

void letter_of_receipt(Tx *tx, const Signup *signup, Str address) {
    Letter letter;
    if (!letter_begin(tx, signup, &letter) || was_written_to_enough(&letter)) return;
    add_paragraph(&letter, say(letter.arena, letter.language, MSG("signups", "Good day,")));
    if (signup->state == SIGNUP_WAITING) {
        add_paragraph(&letter, said_of(&letter, MSG("signups", "Thank you. We have the sign-up of {organisation} for "
                                                               "“{gathering}”.")));
        write_waiting(&letter);
    } else
        add_paragraph(&letter, said_of(&letter, MSG("signups", "Thank you. We have the sign-up of {organisation} for "
                                                               "“{gathering}”. We will write when we have decided.")));
    add_when(&letter);
    add_paragraph(
        &letter,
        say(letter.arena, letter.language,
            MSG("signups", "At this address you can read and change what you wrote. Keep it to yourselves: {address}"),
            SAY_TEXT("address", address)));
    if (!str_is_absent(signup->listing_wish))
        add_paragraph(&letter, say(letter.arena, letter.language,
                                   MSG("signups", "In the form it was ticked that {organisation} may be named in "
                                                  "public. It counts only when you confirm it yourselves in “My "
                                                  "gathering”."),
                                   SAY_TEXT("organisation", signup->organisation_name)));
    letter_send(&letter, subject_of(&letter, MSG("signups", "We have your sign-up: {gathering}")));
}

void letter_of_confirming(Tx *tx, const Signup *signup, bool has_changed, Str address) {
    Letter letter;
    if (!letter_begin(tx, signup, &letter)) return;
    add_paragraph(&letter, say(letter.arena, letter.language, MSG("signups", "Good day,")));
    add_paragraph(&letter,
                  said_of(&letter, has_changed
                                       ? MSG("signups", "Something has changed about “{gathering}”, and we would like "
                                                        "to know whether {organisation} still comes.")
                                       : MSG("signups", "“{gathering}” comes nearer, and we would like to know whether "
                                                        "{organisation} still comes.")));
    add_when(&letter);
    Str where = edition_where(letter.arena, &letter.edition);
    if (!str_is_empty(where))
        add_paragraph(&letter,
                      say(letter.arena, letter.language, MSG("signups", "Where: {where}"), SAY_TEXT("where", where)));
    add_paragraph(&letter,
                  say(letter.arena, letter.language, MSG("signups", "Please answer here with one press: {address}"),
                      SAY_TEXT("address", address)));
    add_calendar(&letter, false);
    letter_send(&letter, subject_of(&letter, MSG("signups", "Are you still coming? {gathering}")));
}

void letter_of_card(Tx *tx, const Signup *signup, bool has_ended) {
    Letter letter;
    if (!letter_begin(tx, signup, &letter)) return;
    add_paragraph(&letter, say(letter.arena, letter.language, MSG("signups", "Good day,")));
    add_paragraph(&letter,
                  said_of(&letter, MSG("signups", "We have made a card with which you can sign in for "
                                                  "{organisation}: “{gathering}”. You get it from us by hand.")));
    if (has_ended)
        add_paragraph(&letter, say(letter.arena, letter.language,
                                   MSG("signups", "Your earlier card works no more, and you have been signed out "
                                                  "everywhere.")));
    add_paragraph(&letter,
                  say(letter.arena, letter.language,
                      MSG("signups", "If you did not ask for it, tell us: who has the card can sign in as you.")));
    letter_send(&letter, subject_of(&letter, MSG("signups", "A card was made for you: {gathering}")));
}

static Str about_access(Arena *arena, Id signup) {
    return str_format(arena, "access:%.*s", STR_FORMAT(id_text(arena, signup)));
}

bool letter_of_access(Tx *tx, const Signup *signup, const Ask *answered, Str address) {
    Letter letter;
    if (!letter_begin(tx, signup, &letter)) return false;
    Ask ask = *answered;
    if (str_is_empty(ask.answer_name)) ask.answer_name = whose_letter(&letter.edition.series);
    add_paragraph(&letter, say(letter.arena, letter.language, MSG("signups", "Good day,")));
    /* not what they need: it may be about somebody's health, and a letter is read on the way */
    add_paragraph(&letter, said_of(&letter, MSG("signups", "{organisation} told us what you need to take part in "
                                                           "“{gathering}”.")));
    add_paragraph(&letter,
                  say(letter.arena, letter.language, MSG("signups", "Our answer: {answer}"),
                      SAY_TEXT("answer", ask_answer_words(letter.arena, letter.language, letter.edition.zone, &ask))));
    add_paragraph(&letter, say(letter.arena, letter.language,
                               MSG("signups", "Is something not as you need it? Tell us, or change it here: {address}"),
                               SAY_TEXT("address", address)));
    OutboxMessage message =
        letter_finish(&letter, subject_of(&letter, MSG("signups", "What you need to take part: {gathering}")));
    outbox_add_settling(tx, &message, about_access(letter.arena, signup->id));
    return true;
}

Str letter_of_access_told(Request *request, Id signup) {
    OutboxEntries letters = outbox_about(request->tx, about_access(request->arena, signup));
    return letters.count ? mail_told_words(request, &letters.entries[0]) : STR_ABSENT;
}

/* ---- acting for an organisation ------------------------------------------------------------------------------ */

void letter_of_invitation(Tx *tx, const Signup *signup, const ActingLetter *invitation) {
    Signup to = *signup;
    Letter letter;
    to.contact = invitation->person;
    if (!letter_begin(tx, &to, &letter)) return;
    Civil last = zone_civil(letter.edition.zone, invitation->ends_ms);
    Msg asked = invitation->hands_over
                    ? MSG("signups", "Good day. {inviting} asks you to take over from them and act for {organisation}: "
                                     "to read and change its sign-up for {gathering}, and to see its plan of the day.")
                    : MSG("signups", "Good day. {inviting} asks you to act for {organisation}: to read and change its "
                                     "sign-up for {gathering}, and to see its plan of the day.");
    add_paragraph(&letter, say(letter.arena, letter.language, asked, SAY_TEXT("inviting", invitation->inviting),
                               SAY_TEXT("organisation", signup->organisation_name),
                               SAY_TEXT("gathering", letter.edition.title)));
    add_paragraph(&letter, say(letter.arena, letter.language,
                               MSG("signups", "Here you accept or decline, until {day}: {address}"),
                               SAY_TEXT("day", date_day_month_year(letter.arena, letter.language, &last)),
                               SAY_TEXT("address", invitation->address)));
    add_paragraph(
        &letter, say(letter.arena, letter.language,
                     MSG("signups", "If you have nothing to do with it, leave this letter: without your answer nothing "
                                    "happens, and nobody can come in without your letter box.")));
    letter_send(&letter,
                subject_of(&letter, MSG("signups", "You are invited to act for an organisation: {gathering}")));
}
