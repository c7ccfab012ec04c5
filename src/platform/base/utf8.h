// SPDX-License-Identifier: EUPL-1.2
/* Text of people: checking, comparing, finding.
 *
 * Everything that comes in is checked once (utf8_clean_line, utf8_clean_text) and is
 * valid UTF-8 in NFC from then on. Searching compares folds: utf8_fold takes away
 * case, diacritics and script, so that "zolw" finds "Żółw" and "tut i razom" finds
 * "Тут і разом". Sorting compares keys: utf8_sort_key gives bytes whose order is
 * the Polish alphabet's (a ą b c ć …), Cyrillic in Ukrainian order after Latin.
 */
#ifndef WSPOLNIE_BASE_UTF8_H
#define WSPOLNIE_BASE_UTF8_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

bool utf8_is_valid(Str str); /* no overlongs, surrogates, or code points past 10FFFF */

/* Decodes one code point at *position and moves it past. Invalid bytes give U+FFFD, one each. */
uint32_t utf8_next(Str str, size_t *position);
size_t utf8_write(char out[4], uint32_t code_point); /* bytes written */
size_t utf8_count(Str str);                          /* code points */
Str utf8_cut(Str str, size_t most_code_points);      /* never inside a grapheme cluster */

/* What a person typed, made fit to keep: NFC, no control characters (a line: none at all, runs of
 * white space become one space, ends trimmed; a text: line ends become \n, tabs a space), no
 * bidirectional embeddings, overrides or isolates, no noncharacters, no zero-width space, at most
 * eight marks on a letter. Cleaning twice changes nothing. False: not UTF-8, or a NUL. */
bool utf8_clean_line(Arena *arena, Str typed, Str *clean);
bool utf8_clean_text(Arena *arena, Str typed, Str *clean);

/* Lower case, without diacritics, Cyrillic in Latin letters (DSTU 9112:2021 system B, its signs for the
 * soft sign and the apostrophe left out), everything that is neither letter nor digit as one space, but
 * an apostrophe inside a word as nothing; ends trimmed. Letters of other scripts stay. */
Str utf8_fold(Arena *arena, Str str);

/* Bytes for ORDER BY: spaces, digits, Latin in Polish order (q v x in their places), Cyrillic in
 * Ukrainian order, other scripts; then foreign accents, then case (small first), then punctuation.
 * Equal texts have equal keys. A key is valid UTF-8 without NUL, about three times as long as the text. */
Str utf8_sort_key(Arena *arena, Str str);

/* "Zażółć gęślą" → "zazolc-gesla": for addresses. At most most_bytes, never empty ("x"). */
Str utf8_slug(Arena *arena, Str str, size_t most_bytes);

#endif
