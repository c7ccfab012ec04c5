// SPDX-License-Identifier: EUPL-1.2
/* The invitation kit: words for a messenger and a poster with a QR, each in the three languages. What organisers wrote
 * themselves stands in each language that it was given in (texts/texts.h), and only with the words of that language. */
#include "gathering/editions/internal.h"
#include "gathering/editions/logo.h"

#include "platform/format/qr.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* Where organisations sign up while they can; else the page of the gathering. In the language of the words. */
static Str target(Request *request, const Edition *edition, Language language) {
    bool is_call = edition->state <= EDITION_CALL_OPEN;
    Str path = edition_path(request->arena, edition, is_call ? "/sign-up" : "");
    return str_format(request->arena, "%.*s%.*s?lang=%s", STR_FORMAT(request->base_url), STR_FORMAT(path),
                      language_tag(language));
}

static Str call_words(Arena *arena, Language language, const Edition *edition) {
    if (edition->state > EDITION_CALL_OPEN) return say(arena, language, MSG("editions", "Read more here:"));
    if (!edition->closes_ms.given) return say(arena, language, MSG("editions", "Sign up your organisation here:"));
    Civil day = edition_last_day(edition);
    return say(arena, language, MSG("editions", "Sign up your organisation until {day}, here:"),
               SAY_TEXT("day", date_day_month_year(arena, language, &day)));
}

/* What it is about, where it is there in this language; absent where it is not. */
static Str about_words(Request *request, const Edition *edition, Language language) {
    TextShown about = edition_words(request->tx, edition, language);
    return str_is_absent(about.language) ? about.words : STR_ABSENT;
}

static Str title_words(Request *request, const Edition *edition, Language language) {
    return edition_text(request->tx, &edition->series, edition->id, "title", edition->title, language).words;
}

static Str message_words(Request *request, const Edition *edition, Language language) {
    Arena *arena = request->arena;
    Str when = edition_when(arena, edition, language), where = edition_where(arena, edition);
    Buffer text = buffer_in(arena);
    buffer_add(&text, say(arena, language, MSG("editions", "Good day! We invite your organisation: {edition}."),
                          SAY_TEXT("edition", title_words(request, edition, language))));
    if (!str_is_empty(when)) buffer_format(&text, "\n%.*s", STR_FORMAT(when));
    if (!str_is_empty(where)) buffer_format(&text, "\n%.*s", STR_FORMAT(where));
    Str about = about_words(request, edition, language);
    if (!str_is_empty(about)) buffer_format(&text, "\n%.*s", STR_FORMAT(about));
    buffer_format(&text, "\n%.*s\n%.*s", STR_FORMAT(call_words(arena, language, edition)),
                  STR_FORMAT(target(request, edition, language)));
    if (!str_is_empty(edition->series.phone))
        buffer_format(&text, "\n%.*s %.*s", STR_FORMAT(say(arena, language, MSG("editions", "Questions?"))),
                      STR_FORMAT(edition->series.phone));
    return buffer_str(&text);
}

Err invite_page(Request *request) {
    const Edition *edition = edition_of(request);
    InvitePageKit *kits = arena_array(request->arena, InvitePageKit, LANGUAGE_COUNT);
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        Str tag = str_from_c(language_tag(language));
        kits[language] = (InvitePageKit){
            .name = language_own_name(language),
            .tag = tag,
            .id = str_join(request->arena, STR("words-"), tag),
            .words = message_words(request, edition, language),
            .lacks_about = str_is_absent(about_words(request, edition, language)),
            .poster = str_join(request->arena, edition_path(request->arena, edition, "/staff/invite/"), tag),
        };
    }
    InvitePage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "To invite organisations")), MENU_STAFF_TODAY),
        .back = edition_path(request->arena, edition, "/staff"),
        .is_draft = edition->state == EDITION_DRAFT,
        .translations_href = edition_path(request->arena, edition, "/translations"),
        .kits = kits,
        .kits_count = LANGUAGE_COUNT,
    };
    PageOut out = page_out(request);
    page_invite(&out, &page);
    return OK;
}

static size_t add_fact(PosterPageFact *facts, size_t count, Str name, Str value) {
    if (str_is_empty(value)) return count;
    facts[count] = (PosterPageFact){name, value};
    return count + 1;
}

Err poster_page(Request *request) {
    const Edition *edition = edition_of(request);
    Arena *arena = request->arena;
    Language language;
    if (!language_parse(request_parameter(request, "language"), &language)) return ERR_NOT_FOUND;
    PosterPageFact facts[3];
    TextShown title = edition_text(request->tx, &edition->series, edition->id, "title", edition->title, language);
    size_t count =
        add_fact(facts, 0, say(arena, language, MSG("editions", "When")), edition_when(arena, edition, language));
    count = add_fact(facts, count, say(arena, language, MSG("editions", "Where")), edition_where(arena, edition));
    count = add_fact(facts, count, say(arena, language, MSG("editions", "Host")), edition->host);
    Qr qr = {0};
    Str address = target(request, edition, language);
    if (qr_make(arena, address, &qr)) qr = (Qr){0}; /* an address too long for one: it stands in letters */
    PosterPage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "Poster")), MENU_STAFF_TODAY),
        .back = edition_path(arena, edition, "/staff/invite"),
        .language = str_from_c(language_tag(language)),
        .written_in = str_from_c(language_tag(edition->series.language)),
        .series = str_is_empty(edition->series.organiser) ? edition->series.name : edition->series.organiser,
        .logo = logo_part(arena, &edition->series),
        .title = title.words,
        .title_language = title.language,
        .words = about_words(request, edition, language),
        .facts = facts,
        .facts_count = count,
        .call = call_words(arena, language, edition),
        .address = address,
        .hint = say(arena, language, MSG("editions", "The same address as a picture for a telephone’s camera")),
        .qr_size = (int64_t)qr.size,
        .qr_path = qr.path,
        .questions = say(arena, language, MSG("editions", "Questions?")),
        .phone = edition->series.phone,
    };
    PageOut out = page_out(request);
    page_poster(&out, &page);
    return OK;
}
