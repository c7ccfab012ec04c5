// SPDX-License-Identifier: EUPL-1.2
/* Duplicates: organisations of a series, across its editions, that may be one.
 *
 * Two are told as a pair where they have a register number in common, the same name but for capitals, accents and the
 * words of legal form, a web site, or the domain of a contact's e-mail; addresses at public providers and pages in
 * social networks by their path say nothing. Only what this series was told is looked at: another has organisers of its
 * own. Whether two are one only people know.
 *
 *     Duplicates found = duplicates_of(tx, series);
 *
 * Everything is read by one query and compared by sorted keys, so that thousands cost little. Of many that share a key
 * each is paired with the first one. Two that somebody said are two (joins.h) are no pair.
 */
#ifndef WSPOLNIE_SIGNUPS_DUPLICATES_H
#define WSPOLNIE_SIGNUPS_DUPLICATES_H

#include "gathering/signups/signups.h"

enum { DUPLICATES_MOST = 200 };
typedef enum DuplicateWhy {
    SAME_KEY_NIP,
    SAME_KEY_REGON,
    SAME_KEY_KRS,
    SAME_KEY_NAME,
    SAME_KEY_SITE,
    SAME_KEY_MAIL,
    SAME_KEY_COUNT
} DuplicateWhy;

/* An organisation with its latest sign-up in the series that was not withdrawn. */
typedef struct DuplicateSide {
    Id organisation, signup, edition;
    int64_t version; /* of the sign-up */
    Str name, legal_form, nip, regon, krs, website, district, email, edition_title;
    Str keys[SAME_KEY_COUNT]; /* empty: it has none */
} DuplicateSide;

typedef struct DuplicatePair {
    const DuplicateSide *one, *other; /* one is the older */
    bool why[SAME_KEY_COUNT];
} DuplicatePair;
typedef struct Duplicates {
    DuplicatePair *pairs; /* those with the most in common first; at most DUPLICATES_MOST */
    size_t count;
} Duplicates;
Duplicates duplicates_of(Tx *tx, Id series);

/* "https://www.kolo.example/o-nas" → "kolo.example"; of a site that many share, with the first part of its path.
 * Empty: none. And the domain of an e-mail, empty where it is a public provider's. */
Str duplicate_site_key(Arena *arena, Str website);
Str duplicate_mail_key(Arena *arena, Str email);

#endif
