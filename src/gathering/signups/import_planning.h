// SPDX-License-Identifier: EUPL-1.2
/* A plan while it is made: what import_plan.c (fates), import_match.c (which organisation a row is of) and
 * import_compare.c (what differs from what is kept) share. Nobody else includes it.
 */
#ifndef WSPOLNIE_SIGNUPS_IMPORT_PLANNING_H
#define WSPOLNIE_SIGNUPS_IMPORT_PLANNING_H

#include "gathering/signups/import_plan.h"

typedef struct Planning {
    Tx *tx;
    Arena *arena;
    const Edition *edition;
    ImportPlan *plan;
    const SheetQuestions *questions; /* NULL: none are asked */
} Planning;

void planning_note(const Planning *planning, ImportPlanRow *row, ImportWhy why, ImportField field, Str value,
                   Str other);

/* Which organisation each row of the plan is of: of those that are kept, and of the rows before it. Rows are read, and
 * their kinds found; sets organisation, similar, twin and is_maybe, and notes what may be two. */
void planning_match(const Planning *planning);

/* Notes how the row differs from what is kept of row->organisation, and sets signup and is_shared. */
void planning_compare(const Planning *planning, ImportPlanRow *row);
/* The same for an organisation that the row only may be of: nothing unless it takes part in this edition. */
void planning_compare_maybe(const Planning *planning, ImportPlanRow *row, Id organisation);
/* What becomes of the row's answers to own questions, of an organisation that has or has no sign-up yet. */
void planning_try_answers(const Planning *planning, ImportPlanRow *row, Id organisation);
Str planning_question(const SheetQuestions *questions, Id question); /* its label */
/* Whether two telephones are one, however their digits are grouped. */
bool planning_same_phone(Str a, Str b);
/* Whether that organisation takes part, and all that the row says is what is kept of it. */
bool planning_is_as_kept(const Planning *planning, const ImportPlanRow *row, Id organisation);

#endif
