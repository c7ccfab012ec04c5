// SPDX-License-Identifier: EUPL-1.2
/* Str: a piece of text, pointer and length.
 *
 * A Str never owns its bytes and is never assumed to end in NUL. Text lives in
 * an arena, in a constant, or in the request's own bytes; whoever keeps a Str
 * longer than its source copies it (str_copy). A Str whose data is NULL is
 * absent, which is how a NULL column or an answer not given is told from an
 * empty one; every function here treats absent as empty.
 *
 *     Str name = STR("Zielony Zaułek");
 *     if (str_starts_with(name, STR("Ziel"))) printf("%.*s\n", STR_FORMAT(name));
 */
#ifndef WSPOLNIE_BASE_STR_H
#define WSPOLNIE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Arena Arena;

typedef struct Str {
    const char *data;
    size_t size; /* bytes */
} Str;

/* Of a string literal; usable in static initialisers as STR_INIT. */
#define STR(literal) ((Str){("" literal), sizeof(literal) - 1})
#define STR_INIT(literal) \
    { ("" literal), sizeof(literal) - 1 }
#define STR_ABSENT ((Str){0})
/* The two arguments of "%.*s". */
#define STR_FORMAT(str) (int)(str).size, ((str).data ? (str).data : "")

Str str_from_c(const char *text); /* NULL gives STR_ABSENT */
Str str_from(const char *data, size_t size);

static inline bool str_is_absent(Str str) { return str.data == NULL; }
static inline bool str_is_empty(Str str) { return str.size == 0; }
/* Absent and empty are kept alike. */
static inline Str str_or_empty(Str str) { return str_is_absent(str) ? STR("") : str; }

bool str_equal(Str a, Str b);
bool str_equal_ascii_case(Str a, Str b); /* A–Z as a–z; for protocol words only */
int str_compare(Str a, Str b);           /* by bytes: <0, 0, >0 */
bool str_starts_with(Str str, Str prefix);
bool str_ends_with(Str str, Str suffix);
bool str_contains(Str str, Str part);

/* Index of the first byte, or of the first occurrence of part; -1 where there is none. */
ptrdiff_t str_index_of_char(Str str, char c);
ptrdiff_t str_index_of(Str str, Str part);

Str str_slice(Str str, size_t from, size_t size); /* clamped to str */
Str str_skip(Str str, size_t size);               /* without its first size bytes */
Str str_trim(Str str);                            /* without ASCII white space at both ends */

/* Takes the next part up to separator off the front of *rest. False when *rest is used up.
 * "a,,b" gives "a", "", "b"; "" gives one empty part; start with *rest as given. */
bool str_next_part(Str *rest, char separator, Str *part);

/* Of a hexadecimal digit, small or capital: 0–15; -1 where it is none. */
int hex_value(char c);

/* A whole decimal number with optional '-', nothing before or after it. False: not one, or it
 * does not fit; *value is untouched then. */
bool str_to_int(Str str, int64_t *value);
bool str_to_real(Str str, double *value); /* "12.5", '.' as the point, finite */

/* 64-bit FNV-1a, for tables in memory only: it does not withstand an attacker who chooses keys. */
uint64_t str_hash(Str str);

/* Copies into the arena; a NUL follows the copy, not counted in its size. */
Str str_copy(Arena *arena, Str str);
const char *str_to_c(Arena *arena, Str str); /* copy with NUL; bytes after an inner NUL are lost to C */
Str str_join(Arena *arena, Str a, Str b);
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_lower_ascii(Arena *arena, Str str);
Str str_replace(Arena *arena, Str str, Str from, Str to);

#endif
