// SPDX-License-Identifier: EUPL-1.2
/* Answers of the public form while it is being filled in: kept after each page, as JSON, in a draft. */
#ifndef WSPOLNIE_SIGNUPS_ANSWERS_H
#define WSPOLNIE_SIGNUPS_ANSWERS_H

#include "gathering/signups/signups.h"

typedef struct FormAnswers {
    Str organisation, name, email, phone;
    int64_t people; /* 0: not told yet */
    StrList profiles, needs, offers;
    Str words, needs_words, offers_words;
    bool is_listed;
    bool invites; /* agreed to on the page that sends; never kept with a draft */
} FormAnswers;

Str answers_write(Arena *arena, const FormAnswers *answers);
/* What cannot be read is left out. */
FormAnswers answers_read(Arena *arena, Str json);

typedef struct Draft {
    Id id, edition, signup; /* signup 0: not sent yet */
    Id late;                /* the link it was begun with after sign-up had closed (late.h); 0: none */
    FormAnswers answers;
} Draft;
enum { DRAFT_LASTS_DAYS = 30 };
/* The {draft} of its address is its id and a secret: found by the one, opened by the other. False: no such draft, or
 * not that secret, or too old. */
bool draft_get(Tx *tx, Id edition, Str address, Draft *draft);
/* The {draft} of its address. late: as above. */
Str draft_make(Tx *tx, Id edition, Id late, const FormAnswers *answers);
void draft_save(Tx *tx, const Draft *draft);

#endif
