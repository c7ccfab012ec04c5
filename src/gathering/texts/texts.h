// SPDX-License-Identifier: EUPL-1.2
/* Texts: what people wrote, in other languages than they wrote it in.
 *
 * A text stands where it always stood: the name of an organisation in its row, the words of a need in its own. Beside
 * it, in one table for all rooms, stand the same in other languages, told by the id of the row and the name of the text
 * in it ("name", "title", "words"). A page asks once for all that it shows, and takes of each what its reader reads:
 *
 *     TextOthers others = texts_of(tx, (IdList){ids, count});
 *     TextShown shown = text_shown(arena, &others, &(TextOriginal){.subject = id, .field = "words", .words =
 * row->words, .written_in = row->written_in, .usual = LANGUAGE_PL}, request->language); → shown.words, shown.language
 * (for lang=), shown.note ("In Ukrainian.")
 *
 * What was written in another language holds for the very words it was made from: where these were changed since, the
 * original is shown, because "10 chairs" is not "20 chairs", and the text is among those that wait to be translated.
 *
 * Volunteers write too. What one wrote of an organisation's text is shown at once and marked as a volunteer's; the
 * organisation makes it its own, changes it or refuses it. To ask first would be to wait for those who have no time:
 * the original is a click away, the mark says whose words they are, and only whom a coordinator let in can write.
 */
#ifndef WSPOLNIE_TEXTS_TEXTS_H
#define WSPOLNIE_TEXTS_TEXTS_H

#include "gathering/room.h"
#include "platform/store/query.h"

typedef enum TextOrigin {
    TEXT_NONE,      /* there are no words */
    TEXT_OWN,       /* of whose text it is */
    TEXT_VOLUNTEER, /* of somebody else */
    TEXT_REFUSED,   /* whose text it is wants none in this language from others */
} TextOrigin;

typedef struct TextOther {
    Id subject;
    Str field, language, words;
    int64_t original; /* text_original of the words it was made from */
    TextOrigin origin;
    int64_t version; /* 0: not stored yet */
} TextOther;
typedef struct TextOthers {
    TextOther *others;
    size_t count;
} TextOthers;

/* All that is stored of these, by subject, as text_other_of looks it up. One query for every QUERY_LIST_LIMIT. */
TextOthers texts_of(Tx *tx, IdList subjects);
/* NULL: there is none, not even a refused one. */
const TextOther *text_other_of(const TextOthers *others, Id subject, const char *field, Str language);
int64_t text_original(Str words);
/* ERR_CONFLICT: version is not the stored one, or somebody else was first. The caller says what changed in public. */
Err text_save(Tx *tx, const TextOther *other);
/* What it was a text of is gone. */
void texts_forget(Tx *tx, Id subject);
/* One row was made from another, with the same words; what `to` has already stays. */
void texts_copy(Tx *tx, Id from, Id to);

/* ---- showing ------------------------------------------------------------------------------------------ */

typedef struct TextOriginal {
    Id subject;
    const char *field;
    Str words;
    Str written_in; /* tag; empty: not told */
    Language usual; /* in which most here write */
} TextOriginal;
/* The tag of the language it is written in: the one that was told, where its letters agree; else a guess by these. */
Str text_language(const TextOriginal *original);
/* Whether these words stand for the original as it is now. */
bool text_holds(const TextOther *other, const TextOriginal *original);

typedef struct TextShown {
    Str words;
    Str language; /* tag, where it is not the reader's; else absent */
    Str note;     /* "In Ukrainian.", "Translated by a volunteer."; absent: nothing is to be said */
} TextShown;
TextShown text_shown(Arena *arena, const TextOthers *others, const TextOriginal *original, Language reader);

/* A name, and beside it the same in the other script, or as it was given where the first is not that. */
typedef struct NameShown {
    Str name, language;        /* language: absent where it is the reader's, or a name that reads alike */
    Str other, other_language; /* absent: there is none */
} NameShown;
NameShown text_name(const TextOthers *others, const TextOriginal *original, Language reader);

/* "In Ukrainian." */
Str text_language_note(Arena *arena, Language reader, Str tag);
/* "Ukrainian", as a list of languages names it; the tag itself where it is none of ours. */
Str text_language_name(Arena *arena, Language reader, Str tag);
bool text_language_is_cyrillic(Str tag);

extern const Room texts_room;

#endif
