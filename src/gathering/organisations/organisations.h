// SPDX-License-Identifier: EUPL-1.2
/* Organisations: who takes part, across all editions, and the lists of kinds they are described with.
 *
 * An organisation is one row for ever; a sign-up (signups.h) is one organisation in one
 * edition. Kinds (profiles, themes, needs and offers, legal forms, districts) are data in
 * three languages, so that a city can have its own.
 */
#ifndef WSPOLNIE_ORGANISATIONS_ORGANISATIONS_H
#define WSPOLNIE_ORGANISATIONS_ORGANISATIONS_H

#include "gathering/room.h"
#include "platform/page/form.h"

/* ---- register numbers (PRODUCT.md, "Data with rules") ------------------------------------------ */

typedef enum RegisterFault { REGISTER_GOOD, REGISTER_LENGTH, REGISTER_DIGITS, REGISTER_CHECK } RegisterFault;
/* Strips spaces, dashes and "PL"; *plain gets the ten digits. Weights 6 5 7 2 3 4 5 6 7, sum mod 11. */
RegisterFault nip_check(Arena *arena, Str typed, Str *plain);
/* 9 or 14 digits. */
RegisterFault regon_check(Arena *arena, Str typed, Str *plain);
/* Up to 10 digits, padded on the left; no checksum. */
RegisterFault krs_check(Arena *arena, Str typed, Str *plain);
typedef enum RegisterNumber { REGISTER_NIP, REGISTER_REGON, REGISTER_KRS } RegisterNumber;
/* Which rule what was typed does not keep, as who typed it reads it; absent where it is good. */
Str register_fault_words(Arena *arena, Language language, RegisterNumber number, Str typed);

/* ---- kinds ---------------------------------------------------------------------------------------- */

typedef struct Kind {
    Str code, name; /* in the language asked for */
} Kind;
typedef struct Kinds {
    Kind *kinds;
    size_t count;
} Kinds;
/* list: "profile", "theme", "exchange", "legal_form", "district", "language". In the order of the list. */
Kinds kinds_of(Tx *tx, Str list, Language language);
/* The name of a code; the code itself when the list no longer has it. */
Str kind_name(const Kinds *kinds, Str code);
FormOptions kind_options(Arena *arena, const Kinds *kinds);
/* A kind from a word people wrote ("Senior", "seniorzy", "ekologiczna"): by code, by name in any language,
 * by the folded beginning of a word. False when none or several fit. The list is read once for many words. */
typedef struct KindList KindList;
KindList *kind_list(Tx *tx, Str list);
bool kind_guess(Arena *arena, const KindList *list, Str words, Str *code);
/* Where it is written just as the list has it, in any of its languages, or is the code. */
bool kind_named(Tx *tx, Str list, Str words, Str *code);
bool kind_named_in(Arena *arena, const KindList *list, Str words, Str *code);
/* Puts a kind at the end of its list; one whose code is there already gets these names. A city's own lists come so. */
typedef struct KindNames {
    Str pl, en, uk;
} KindNames;
void kind_put(Tx *tx, Str list, Str code, KindNames names);

/* ---- organisations ----------------------------------------------------------------------------------- */

typedef struct Organisation {
    Id id; /* 0: not stored yet */
    Str name, legal_form;
    Str nip, regon, krs, district, website; /* absent: not told */
    Str words;                              /* Markdown: description.h */
    Str parent_name;                        /* the body it belongs to, as they write it; empty: none */
    Str written_in;                         /* tag of the language it writes in; empty: not told. Only read */
    bool public_benefit;
    bool is_listed; /* agreed to be named in public; only read here, see organisation_set_listed */
    OptionalInt founded_year;
    StrList profiles, languages;
    Id joined_into; /* it turned out to be another one (signups/joins.h), and is kept as that; 0: it stands for itself
                     */
    int64_t version;
} Organisation;

bool organisation_get(Tx *tx, Id id, Organisation *organisation);
Str organisation_name(Tx *tx, Id id);
/* The one this one is kept as since they were joined; else itself. All that looks for an organisation finds that one.
 */
Id organisation_kept(Tx *tx, Id id);
Id organisation_add(Tx *tx, const Organisation *organisation);
/* ERR_CONFLICT when version is not the stored one; ERR_NOT_FOUND. Replaces the profiles and languages too. */
Err organisation_update(Tx *tx, const Organisation *organisation);
/* A new one is not listed. It goes with a consent and its withdrawal (signups/listing.h), and counts the version, so
 * that a form which was opened before tells of it. */
void organisation_set_listed(Tx *tx, Id organisation, bool is_listed);
/* In which language its name and texts are ("uk"; empty: not told). Counts the version. */
void organisation_set_written_in(Tx *tx, Id organisation, Str tag);
/* The one organisation that is the same for certain: equal NIP, or equal folded name without its legal
 * form's words. Several or none: 0. */
Id organisation_find_same(Tx *tx, Str name, Str nip);
/* Another organisation is called just so, but for capitals and accents: two of one name cannot be told apart. */
bool organisation_name_is_taken(Tx *tx, Str name, Id but);
Id organisation_find_same_folded(Tx *tx, Str folded, Str nip); /* of a name that is folded already */
/* As it is named on a command line: by its id, or by a name that is one organisation's for certain. 0: none. */
Id organisation_named(Tx *tx, Str words);
/* Those that may be the same: a folded name that contains the other or differs by two letters. */
typedef struct OrganisationHits {
    Organisation *organisations;
    size_t count;
} OrganisationHits;
OrganisationHits organisation_find_similar(Tx *tx, Str name); /* by name_keys.h */
/* Whether this one is among them, or would be were they not so many; compares two names. */
bool organisation_is_similar(Tx *tx, Id organisation, Str name);
/* All of this folded name or this NIP (absent: by the name alone), at most a hundred. A group and a foundation may
 * share a folded name: which of them is meant, only the rest of what is told says. */
OrganisationHits organisation_find_alike(Tx *tx, Str folded, Str nip);
/* The same of many names: those of all organisations are read once, in any transaction, and looked up in an index
 * (name_index.h). They live in that transaction's arena, and hold while nobody adds or changes an organisation. */
typedef struct OrganisationNames OrganisationNames;
OrganisationNames *organisation_names(Tx *tx);
bool organisation_names_hold(Tx *tx, const OrganisationNames *names);
OrganisationHits organisation_names_similar(Tx *tx, const OrganisationNames *names, Str folded);
/* Folded, without words of legal form (fundacja, stowarzyszenie, …) and quotation marks. */
Str organisation_fold_name(Arena *arena, Str name);

extern const Room organisations_room;

#endif
