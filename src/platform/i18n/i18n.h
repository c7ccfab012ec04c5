// SPDX-License-Identifier: EUPL-1.2
/* Languages: what the program says, in Polish, English and Ukrainian.
 *
 * A message is written in English where it is used, with the room as its context, and
 * found in po/pl.po and po/uk.po by tools/messages, which compiles them into tables and
 * fails the build for one that is missing (docs/internals/messages.md). The language is
 * in the request, never in the process.
 *
 *     Str words = say(arena, LANGUAGE_PL, MSG("signups", "{count} places are left."), SAY_INT("count", 3));
 *
 * A message that depends on a number has two English forms, MSG_PLURAL(context, one, many), and as
 * many in each catalogue as its language needs; its value named "count" chooses the form. Pages use
 * {t "…"} and never come here.
 */
#ifndef WSPOLNIE_I18N_I18N_H
#define WSPOLNIE_I18N_I18N_H

#include "platform/base/buffer.h"
#include "platform/base/clock.h"

typedef enum Language { LANGUAGE_PL, LANGUAGE_EN, LANGUAGE_UK, LANGUAGE_COUNT } Language;

const char *language_tag(Language language);      /* "pl", "en", "uk" */
Str language_own_name(Language language);         /* "polski", "English", "українська" */
bool language_parse(Str tag, Language *language); /* "uk", "uk-UA", any case */
/* The best of ours for an Accept-Language header (RFC 9110), else fallback. */
Language language_from_header(Str accept_language, Language fallback);

bool words_have_cyrillic(Str words);
/* The tag for lang= of a text that people typed where most write in `written`: Cyrillic letters are taken for
 * Ukrainian. Absent where it is likely in the reader's own language. */
Str language_of_text(Str text, Language written, Language reader);

/* "Згурський", "Юлія" → "Zghurskyi", "Yuliia": Ukrainian in Latin letters by the rules of the Cabinet of Ministers of
 * Ukraine (resolution 55 of 27 January 2010). What is no Ukrainian letter stays as it is. */
Str ukrainian_in_latin(Arena *arena, Str text);

/* ---- messages ----------------------------------------------------------------------------------- */

typedef struct Msg {
    const char *context, *text;
    const char *many; /* English plural, or NULL */
} Msg;
/* tools/messages finds these by reading the sources: always two or three string literals. */
#define MSG(context, text) ((Msg){(context), (text), NULL})
#define MSG_PLURAL(context, one, many) ((Msg){(context), (one), (many)})
/* For static tables. */
#define MSG_INIT(context, text) \
    { (context), (text), NULL }
#define MSG_PLURAL_INIT(context, one, many) \
    { (context), (one), (many) }
static inline bool msg_is_none(Msg msg) { return msg.text == NULL; }

typedef struct SayValue {
    const char *name;
    Str text;
    int64_t number;
    bool is_number;
} SayValue;
#define SAY_TEXT(name, value) ((SayValue){(name), (value), 0, false})
#define SAY_INT(name, value) ((SayValue){(name), {0}, (value), true})

/* The message in the language with its placeholders filled. The values must be exactly those the
 * message names (tools/messages checks names in the catalogues; here a difference is a fault). */
#define say(arena, language, msg, ...) \
    say_values((arena), (language), (msg), (SayValue[]){__VA_ARGS__ __VA_OPT__(, ){0}})
Str say_values(Arena *arena, Language language, Msg msg, const SayValue *values);

/* The generated tables: index of a message, its form for a number, the raw text. For pages. */
typedef struct MessageText {
    const char *forms[4]; /* plural forms; only the first for one without a number */
} MessageText;
extern const MessageText message_texts[][LANGUAGE_COUNT]; /* by message, then language */
extern const uint64_t message_hashes[];                   /* ascending, message_count of them: the messages' names */
extern const size_t message_count;
int plural_form(Language language, int64_t count); /* 0 … 3, as the .po headers number them */

/* ---- numbers, dates and times as people say them --------------------------------------------------- */

/* 26 000 · 26,000 · 26 000, with spaces that do not break; Polish and Ukrainian leave 5000 together. */
Str number_words(Arena *arena, Language language, int64_t number);
Str number_percent(Arena *arena, Language language, double share);   /* one decimal at most: 0.986 → 98,6% */
Str date_words(Arena *arena, Language language, const Civil *civil); /* czwartek 11 czerwca */
Str date_words_with_year(Arena *arena, Language language, const Civil *civil); /* czwartek 11 czerwca 2026 */
Str date_day_month_year(Arena *arena, Language language, const Civil *civil);  /* 23 marca 2026 */
Str imprecise_date_words(Arena *arena, Language language, ImpreciseDate date, bool with_year); /* czerwiec */
Str clock_time(Arena *arena, const Civil *civil);                                              /* 14:00 */
/* "za 12 minut", "jutro", "za 2 dni" (dates in the zone), "przed chwilą"; beyond two weeks the date. */
Str relative_time(Arena *arena, Language language, const Zone *zone, int64_t ms, int64_t now_ms);
/* "A, B i C" · "A, B and C" · "A, B і C" */
Str list_words(Arena *arena, Language language, const Str *parts, size_t count);
/* The ordinal of an edition, without the noun, agreeing with it: "druga" (edycja), "second", "другий" (випуск);
 * from 21 on "21.", "21st", "21-й". number > 0. */
Str edition_ordinal(Arena *arena, Language language, int number);

#endif
