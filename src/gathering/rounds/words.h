// SPDX-License-Identifier: EUPL-1.2
/* Words about rounds that several pages say. */
#ifndef WSPOLNIE_ROUNDS_WORDS_H
#define WSPOLNIE_ROUNDS_WORDS_H

#include "gathering/rounds/rounds.h"

/* "17:24", or "Round 2" where the day is not set. */
Str round_label(Arena *arena, Language language, const Zone *zone, const RoundSettings *settings, int64_t round);
/* "5 rounds of 8 minutes", "…, from 17:15" where the time is known. */
Str rounds_in_words(Arena *arena, Language language, const Zone *zone, const RoundSettings *settings);

/* By how many minutes the last round ends after the part of the day that the first begins in; 0: it does not, or the
 * times are not known. */
int64_t rounds_over_min(const Frame *frame, const RoundSettings *settings);
/* What the rounds run into: the end of their part of the day, other parts. Empty: nothing. */
Str rounds_over_words(Arena *arena, Language language, const Edition *edition, const Frame *frame,
                      const RoundSettings *settings);

/* Why two meet, told to one of them. */
typedef struct TellReason {
    Str reason;   /* as stored */
    bool is_mine; /* it speaks of the reader: their need, their first time */
    Str kind;     /* the name of what is needed */
    Str asked, given;
} TellReason;
/* Whether what one asks and what the other gives go together in words: they share a stem, or only one side says any. */
bool need_words_meet(Arena *arena, Str asked, Str given);
/* One sentence; absent for a reason that is not told. */
Str reason_in_words(Arena *arena, Language language, const TellReason *reason);
/* The strongest of them (they come in that order), each side's need at most once, and that they have not met yet, where
 * that is so. */
enum { REASONS_TOLD_MOST = 2 };
Str reasons_in_words(Arena *arena, Language language, const TellReason *reasons, size_t count);

/* The tag for lang= of a name that is not in the reader's language: Cyrillic letters are taken for Ukrainian.
 * Absent where nothing needs to be said. */
Str name_language(Str name, Language reader);

#endif
