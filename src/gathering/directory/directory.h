// SPDX-License-Identifier: EUPL-1.2
/* Directory: the organisations of a series, across its editions, for everybody to browse and search.
 *
 * An organisation stands in it where it says so itself, and was accepted in an edition of the series; what stands there
 * beside its name, profiles, district, languages and legal form it ticks one by one (DirectoryEntry), and behind it
 * stands a consent of purpose "catalogue" about the entry. This is more than being named among those who come to an
 * edition (signups/listing.h), and apart from it.
 *
 * It is searched by an index that is made of what is shown, in the transaction that changes it: a row for each
 * organisation, and a row for each term. Terms are numbers: of a stem (planner/text.h), so that case, diacritics,
 * script and inflection make no difference, of the beginning of a word of a name, and of a kind (profile, district,
 * need, offer, newcomer). All that is looked for has to be there, so a search is one query, however many filters are
 * on:
 *
 *     directory_index(tx, &(DirectoryFacts){.organisation = …, .series = …, .is_accepted = true, …});   // signups does
 *     DirectoryFound found = directory_search(tx, series, &(DirectoryQuery){.words = STR("seniorów")});
 *
 * The index is not exported. Where it is missing (an imported document, an older file) it is made again by
 * signups_directory_catch_up.
 */
#ifndef WSPOLNIE_DIRECTORY_DIRECTORY_H
#define WSPOLNIE_DIRECTORY_DIRECTORY_H

#include "gathering/editions/editions.h"
#include "gathering/organisations/organisations.h"
#include "platform/account/account.h" /* IdArray */

/* ---- what an organisation shows ------------------------------------------------------------------------ */

typedef struct DirectoryEntry {
    Id id; /* 0: it never said anything about it */
    Id organisation, series;
    bool is_shown, shows_words, shows_website, shows_exchanges, shows_numbers;
    Str phone, email; /* empty: not shown */
    int64_t version;
} DirectoryEntry;

/* False, and an empty entry of these two, where there is none yet. */
bool directory_entry_get(Tx *tx, Id organisation, Id series, DirectoryEntry *entry);
/* Keeps it; of one that is not shown nothing else is kept. The consent is given or withdrawn with it (wording absent:
 * it is not shown), then the caller has it indexed. ERR_CONFLICT: version is not the stored one. */
typedef struct DirectorySaying {
    Id by, edition; /* who said so, on whose occasion */
    Str wording;    /* what they agreed to */
} DirectorySaying;
Err directory_entry_save(Tx *tx, const DirectoryEntry *entry, const DirectorySaying *saying);
/* The first sentence of what is agreed to, on which the rest stands. It came to name also the larger organisation, the
 * year and the first time: of who agreed before, in other words, these are not told. */
extern const Msg directory_agreed;
bool directory_tells_history(Tx *tx, const DirectoryEntry *entry);
/* The entry a consent of purpose "catalogue" is about. False: none of that id. */
bool directory_entry_of_id(Tx *tx, Id id, DirectoryEntry *entry);
/* Two organisations turn out to be one: in the series of the entry, what the first shows there, and the consent to it,
 * becomes the second's; where that one stands there itself, the first's is withdrawn and emptied. The caller has both
 * indexed. */
void directory_entry_join(Tx *tx, Id from, Id to, Id series, const DirectorySaying *saying);
/* Takes the number and the address out where they are these (either may be empty: none). The rest of the entry stays,
 * and so does the consent. */
void directory_entry_forget(Tx *tx, const DirectoryEntry *entry, Str phone, Str email);
/* The series in whose directory it is, or was: whose index follows what it changes. */
IdArray directory_series(Tx *tx, Id organisation);

/* ---- the index ------------------------------------------------------------------------------------------- */

typedef struct DirectoryExchange {
    Id id;
    bool is_offer;
    Str kind, words, until_on; /* as of an Exchange (signups.h) */
} DirectoryExchange;

/* What the sign-ups know of it. */
typedef struct DirectoryFacts {
    Id organisation, series;
    bool is_accepted;  /* in an edition of the series; else it is in no index */
    Str first_until;   /* "2027-06": the last month in which it counts as there for the first time; empty: it was before
                        */
    Str look_again_on; /* a day on which these facts may be others; empty: none */
    const DirectoryExchange *exchanges;
    size_t exchange_count;
    Str today; /* "2026-06-11": what held until an earlier day is left out */
} DirectoryFacts;
void directory_index(Tx *tx, const DirectoryFacts *facts);
/* Those of which something holds no longer on that day, at most `most`: to be indexed again. */
IdArray directory_due(Tx *tx, Str today, size_t most);

/* Three marks of the new, found by the program. "first": there for the first time in the latest edition it came to,
 * until a year after that; "young": founded this year or in the DIRECTORY_YOUNG_YEARS before; "informal". The index has
 * the year and the month, and a search asks for those that count today: so they are right on the day they are read,
 * however long ago a row was made. */
enum { DIRECTORY_YOUNG_YEARS = 2, DIRECTORY_FIRST_AHEAD_MONTHS = 48 /* so far ahead an edition is planned */ };
/* How rows are made now: one that an earlier program made otherwise is made again, as if it were missing. */
enum { DIRECTORY_MADE_BY = 1 };

/* ---- searching --------------------------------------------------------------------------------------------- */

enum { DIRECTORY_PAGE_ROWS = 20, DIRECTORY_WORDS_MOST = 12 };

typedef struct DirectoryQuery {
    Str words;
    Str profile, district, offer, need, newcomer; /* codes; empty: any */
    int64_t page;                                 /* from 1; beyond the last it is the last */
} DirectoryQuery;
bool directory_query_is_narrowed(const DirectoryQuery *query);

typedef struct DirectoryFound {
    Id *organisations;   /* of the page */
    bool *are_new;       /* "first", today */
    Str *needs, *offers; /* kinds, a space between them */
    size_t count;
    int64_t found, page, pages; /* in all */
} DirectoryFound;
/* Best first, where words are looked for; else by name. Best is who has the words as they were typed, then who has a
 * name that begins so, then who has another form of them; among these, by where they stand. */
DirectoryFound directory_search(Tx *tx, Id series, const DirectoryQuery *query);
/* Of a row's month: whether it still counts today. */
bool directory_is_first(Tx *tx, Str first_until);
/* Whether it stands in the directory, as the index has it. */
bool directory_has(Tx *tx, Id series, Id organisation);

/* Terms. Of the beginnings of a name's words those of so many letters are kept; of a whole word the stem is. */
enum { DIRECTORY_BEGINNING_LEAST = 3, DIRECTORY_BEGINNING_MOST = 10, DIRECTORY_FORM_BITS = 62 };
int64_t directory_term_of_stem(Str stem);
int64_t directory_term_of_beginning(Str letters);
int64_t directory_term_of_kind(const char *list, Str code);
/* One bit for a folded word. Two words of one stem seldom share it, and then only their order is wrong. */
int64_t directory_form(Str word);

extern const Room directory_room;

#endif
