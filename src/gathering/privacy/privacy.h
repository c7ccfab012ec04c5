// SPDX-License-Identifier: EUPL-1.2
/* Privacy: what the house keeps about one person, in one place: to see it, to take it along, to erase it.
 *
 * Each room tells what it keeps of somebody and erases it (Room.personal_find, personal_erase); this room adds what the
 * platform keeps: the account, ways in, consents, letters, details of who did what. What is found is rows of the schema
 * with their columns, so that a test can go through the schema's marks (PERSONAL) and fail for a column that nobody
 * finds or erases. How a column is called, whom it is about and what for stands in words.c, where the register of
 * processing takes it from too.
 *
 * Erasing leaves what is counted: that an organisation took part and with how many people, that something was agreed to
 * and when, that something was done. Whose it was can no longer be told from it.
 *
 * Each series has a controller of its own. Somebody asks for all that is theirs; a coordinator is asked for what
 * belongs to their series, and that is what they see and erase (series other than 0).
 *
 *     PersonalFound found;
 *     if (!personal_of(tx, house, person, 0, &found)) return ERR_NOT_FOUND;
 *     personal_export(tx, &found, PERSONAL_FOR_THEMSELVES, &out);                      // JSON
 *     personal_erase(tx, house, &(PersonalErasing){.person = person, .by = person});
 */
#ifndef WSPOLNIE_PRIVACY_PRIVACY_H
#define WSPOLNIE_PRIVACY_PRIVACY_H

#include "gathering/editions/editions.h"
#include "gathering/room.h"
#include "platform/account/account.h"

typedef struct PersonalDeed {
    int64_t at_ms;
    Str action;
} PersonalDeed;

typedef struct PersonalFound {
    Person person;
    Id series;         /* as asked for */
    bool is_elsewhere; /* of a series: they have to do with another too, so that the account itself is not its own */
    PersonalData data;
    const Grant *grants;
    size_t grant_count;
    SessionsSeen sessions;
    CardState cards;
    ConsentsGiven consents;
    PersonalDeed *deeds; /* what they did, the newest first, PERSONAL_DEEDS at most */
    size_t deed_count;
} PersonalFound;
enum { PERSONAL_DEEDS = 500, PERSONAL_LETTERS = 500 };

/* False: there is nobody of this id, or, of a series, nobody it has to do with: no contact of a sign-up there, no right
 * (also one that has ended), and nothing kept about them: no letter, no draft or sheet that names their address. */
bool personal_of(Tx *tx, const House *house, Id person, Id series, PersonalFound *found);
/* Who has no account, and stands in what waits: a sign-up being written, a sheet to be confirmed. found->person has an
 * address and no id. False: the address stands nowhere in the series. */
bool personal_named(Tx *tx, const House *house, Str email, Id series, PersonalFound *found);

/* What coordinators wrote for themselves is not put before those it is about without a word: their page says that it is
 * there and that it is read to them. Who is asked for a copy by telephone hands over all of it. */
typedef enum PersonalReader { PERSONAL_FOR_THEMSELVES, PERSONAL_FOR_STAFF } PersonalReader;
bool personal_is_shown(const char *table, const char *column, PersonalReader reader);
/* One JSON document, in words of the schema. */
void personal_export(Tx *tx, const PersonalFound *found, PersonalReader reader, Buffer *out);

typedef struct PersonalErasing {
    Id person, series; /* series 0: everything */
    Id by;             /* who does it: themselves, or who was asked */
    Id edition;        /* for the audit; 0: none */
} PersonalErasing;
/* In a series alone where they have to do with others too: then the account stays. */
void personal_erase(Tx *tx, const House *house, const PersonalErasing *erasing);
/* What personal_named finds in the series goes. erasing->person is not asked for. */
void personal_erase_named(Tx *tx, const House *house, Str email, const PersonalErasing *erasing);

/* Hook of http: notes in the audit that somebody of staff was shown personal data of others, once an hour for the same.
 * The page does not wait for it; where it cannot be written, the log says so. */
void privacy_note_read(Request *request);

/* ---- words (words.c) ------------------------------------------------------------------------------------ */

typedef struct PersonalTableWords {
    const char *table;
    Msg heading; /* "Sign-ups" */
    Msg about;   /* about whom */
    Msg purpose;
    Msg readers; /* who sees it: its recipients */
    Msg ground;  /* the legal ground, as the program proposes it */
    /* Which column says whose row it is, so that people are counted; NULL: none. */
    const char *person;
    /* Of a table whose columns are not marked, because its rows go as a whole or stay without a name: what it holds and
     * until when. */
    Msg holds, until;
} PersonalTableWords;
/* NULL: a table that is not described, which a test finds. */
const PersonalTableWords *personal_table_words(const char *table);
extern const PersonalTableWords personal_tables[];
extern const size_t personal_table_count;
/* "Access needs"; empty where it is not described. */
Str personal_column_words(Arena *arena, Language language, const char *table, const char *column);
/* How long, from its mark: "until 90 days after the gathering". */
Str personal_retention_words(Arena *arena, Language language, const char *retention);
/* Of a column, from the schema; NULL: it is not marked. */
const char *personal_retention(const char *table, const char *column);

/* What the daily job removed, kept for coordinators to read (expiry.h). kind: "" that it was done, EXPIRED_FAILED that
 * it could not be finished, before the kinds of that run, as they are logged; amount: rows. */
#define EXPIRED_FAILED "failed"
void expired_note(Tx *tx, Str kind, int64_t amount);
/* How it goes with it, of the last days; not given: never in them. */
typedef struct ExpiredRuns {
    OptionalInt done_ms, failed_ms; /* the last of each */
} ExpiredRuns;
ExpiredRuns expired_runs(Tx *tx);
bool expired_is_failing(const ExpiredRuns *runs); /* the last was not finished */

extern const Room privacy_room;

#endif
