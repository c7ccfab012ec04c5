// SPDX-License-Identifier: EUPL-1.2
/* What becomes of the rows of a sheet: new, the same as before, doubtful, or not to be taken; and taking them.
 *
 *     ImportPlan plan = import_plan_make(tx, &edition, &sheet); // reads only, and slow: in .prepare, for the preview
 *     …
 *     plan = import_plan_renewed(tx, &edition, &sheet, &plan);  // in the write transaction
 *     ImportTaken taken = import_plan_take(tx, &edition, &plan, &wish);
 *
 * The plan is made anew when it is confirmed, before the writer is held, and once more inside where anything it rests
 * on has changed in between, so that what changed meanwhile counts: a row that has become doubtful was not ticked and
 * stays out, one that is there already is the same as before.
 * Importing the same sheet again changes nothing, whatever was said of its doubtful rows: of two rows of one
 * organisation the later is its answer, and the earlier one was replaced by it.
 */
#ifndef WSPOLNIE_SIGNUPS_IMPORT_PLAN_H
#define WSPOLNIE_SIGNUPS_IMPORT_PLAN_H

#include "gathering/signups/import_sheet.h"
#include "gathering/signups/signups.h"

typedef enum ImportFate { IMPORT_NEW, IMPORT_SAME, IMPORT_DOUBTFUL, IMPORT_WRONG, IMPORT_FATE_COUNT } ImportFate;
const char *import_fate_name(ImportFate fate); /* "doubtful" */

typedef struct ImportPlanRow {
    ImportRow read;
    Str folded; /* the name, as names are compared */
    ImportFate fate;
    Id organisation; /* that it is for certain; 0: a new one */
    Id similar;      /* that it may be; 0: none */
    bool is_maybe;   /* it may be that of similar, or of the row twin, and may be another: one says which */
    Id signup;       /* that is there already; 0: none */
    bool is_shared;  /* the organisation signed up with other organisers too, who show what is kept of it */
    size_t twin;     /* 1 + index of an earlier row of the same organisation; 0: none */
    Str legal_form, district, remarks;
    StrList profiles; /* codes */
    Exchanges exchanges;
} ImportPlanRow;

typedef struct ImportPlan {
    ImportPlanRow *rows;
    size_t count;
    size_t by_fate[IMPORT_FATE_COUNT];
    /* What it rests on; grows with every change of it. */
    OrganisationNames *names;
    int64_t signups, signup_versions, people_versions;
    Language language;
    const SheetQuestions *questions; /* as the sheet's */
} ImportPlan;
/* The edition's own questions, of whatever room asks them: for import_sheet_ask. */
const SheetQuestions *import_questions(Tx *tx, const House *house, Id edition, Language language);
ImportPlan import_plan_make(Tx *tx, const Edition *edition, const ImportSheet *sheet);
/* Whether nothing has changed that it rests on: every organisation, and the sign-ups of the edition. */
bool import_plan_holds(Tx *tx, const Edition *edition, const ImportPlan *plan);
/* The same plan, or a new one where it does not hold. */
ImportPlan import_plan_renewed(Tx *tx, const Edition *edition, const ImportSheet *sheet, const ImportPlan *before);

/* What is taken besides the new rows: doubtful ones by the line in which they begin, in order of line. */
typedef struct ImportTick {
    size_t line;
    bool is_same; /* it is the organisation that it may be, and this is its newer answer; else one of its own */
    Str seen;     /* import_tick_words of the row that was looked at; absent: of whatever the plan says */
} ImportTick;
/* A tick as a page sends it back, with which organisation was meant: "same.<id>", "other.line3", "new". A row that
 * means another one when it is taken is left out. */
Str import_tick_words(Arena *arena, const ImportPlan *plan, const ImportPlanRow *row, bool is_same);
bool import_tick_is_same(Str words);
typedef struct ImportWish {
    const ImportTick *ticks;
    size_t tick_count;
    bool takes_doubtful; /* all others too: one that only may be of an organisation is another one */
    bool is_listed;      /* the contacts agreed that their organisations are named in public */
    Id by;
} ImportWish;
typedef struct ImportTaken {
    size_t added, updated, left;
    size_t unkept;  /* answers to own questions that were not kept as such: each stands in a note of its sign-up */
    size_t changed; /* of those left out: ticked, and meanwhile something else */
} ImportTaken;
ImportTaken import_plan_take(Tx *tx, const Edition *edition, const ImportPlan *plan, const ImportWish *wish);

/* What is said of a note to people: "NIP 123-45-67-890 has a wrong check digit". */
Str import_note_words(Arena *arena, Language language, const ImportNote *note);
Str import_field_words(Arena *arena, Language language, ImportField field);
Str import_fate_words(Arena *arena, Language language, ImportFate fate);
/* "Columns that are not read: …"; absent where all are. */
Str import_not_read_words(Arena *arena, Language language, const ImportSheet *sheet);
Str import_taken_words(Arena *arena, Language language, const ImportTaken *taken); /* "New: 3, changed: 1, …" */

#endif
