// SPDX-License-Identifier: EUPL-1.2
/* Text: how much two descriptions have in common.
 *
 *     TextSet *set = text_set_make(arena, descriptions, count);
 *     double alike = text_overlap(set, 3, 7);               // 0 nothing … 1 the same words
 *     Str words[3];
 *     size_t found = text_shared(set, 3, 7, words, 3);       // what they share, rarest first
 *
 * Words are compared folded (platform/base/utf8.h), so "Próby" and "proby" are one, and so are the Latin and the
 * Cyrillic spelling of a name. Words of one letter, and a few words that say nothing in Polish, English and Ukrainian,
 * are left out. Each word weighs by its inverse document frequency, log(1 + (N − n + ½) / (n + ½)) (Robertson and
 * Spärck Jones 1976, kept above zero), and the overlap is the cosine of the two texts' weights (Salton 1975). Words
 * are not stemmed yet: "próba" and "próby" are two; that only lowers an overlap, never invents one.
 */
#ifndef WSPOLNIE_PLANNER_TEXT_H
#define WSPOLNIE_PLANNER_TEXT_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

typedef struct TextSet TextSet;

/* texts: valid UTF-8; they are not needed afterwards. The set lives in arena and never changes. */
TextSet *text_set_make(Arena *arena, const Str *texts, size_t count);

double text_overlap(const TextSet *set, size_t a, size_t b); /* symmetric */

/* The heaviest words both have, folded, at most `most` and TEXT_SHARED_MOST. Returns how many there are in words. */
enum { TEXT_SHARED_MOST = 16 };
size_t text_shared(const TextSet *set, size_t a, size_t b, Str *words, size_t most);

/* Whether a folded word counts at all: it is longer than a letter and none of the words left out. */
bool text_word_says(Str word);

/* Whether a folded word tells something when it is named alone: neither a filler nor one of the words left out. */
bool text_word_tells(Str word);

/* Whether a word of the one and a word of the other are of one stem, as far as their letters tell: "krzesła" and
 * "trzydzieści krzeseł składanych" are. Compared folded, by what both begin with: four letters or more, of which
 * neither goes on for more than three; short ones ("sala", "sali") differ in their last letter alone. Words that say
 * nothing and numerals are no such word. It errs both ways, so it decides what is told, never a value. */
bool text_shares_stem(Arena *arena, Str one, Str other);

/* A folded word as it is looked for: without the endings that Polish and Ukrainian inflection gives it and with the
 * consonant they change put back, so that "seniorów", "seniorzy" and "senior" are one, and so are "ekologiczna" and
 * "ekologia", "сеніорів" and "сеніор". A light stemmer by a table of endings (as Porter's, 1980, but one pass), written
 * for words without diacritics, which people leave out when they search. It errs both ways; a name stays findable,
 * because it is looked for by the same rule. Short words, and words with figures, are their own stem. */
Str text_stem(Arena *arena, Str word);

/* The stems of a text's words, each once, in their order; words that say nothing are left out, unless no other is
 * there. */
typedef struct TextStems {
    Str *stems, *words; /* words: folded, as it stands there first */
    size_t count;
} TextStems;
TextStems text_stems(Arena *arena, Str text);
/* The same, but each form of a word, with its stem. */
TextStems text_forms(Arena *arena, Str text);

/* How many different words of a text count. */
size_t text_word_count(const TextSet *set, size_t text);

#endif
