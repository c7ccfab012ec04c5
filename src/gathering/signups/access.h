// SPDX-License-Identifier: EUPL-1.2
/* Access: what somebody needs to take part, as their sign-up says it, and the answer: yes, no or something instead,
 * with who gave it and when (editions/asks.h). An answer holds for the words it was given to: whoever changes them asks
 * again.
 */
#ifndef WSPOLNIE_SIGNUPS_ACCESS_H
#define WSPOLNIE_SIGNUPS_ACCESS_H

#include "gathering/editions/asks.h"
#include "gathering/signups/signups.h"

typedef struct Access {
    const Signup *signup;
    Ask ask;         /* id 0: it was never answered */
    bool is_current; /* the answer is to what the sign-up says now */
} Access;
typedef struct AccessList {
    Access *all;
    size_t count, open; /* open: of those accepted or to be decided, without a current answer */
} AccessList;
/* Of the sign-ups that say what they need and were not declined or withdrawn, in their order. */
AccessList access_of(Tx *tx, Id edition, const Signups *signups);
/* Of one that is asked for by its own people. False: it says nothing of that. */
bool access_of_signup(Tx *tx, const Signup *signup, Access *access);
/* answer, answer_words, answer_name and version of *ask; a version of nothing (0) is the first answer. ERR_CONFLICT:
 * somebody else was first. */
Err access_answer(Tx *tx, const Signup *signup, const Ask *ask, Id by); /* without a letter */

/* "Yes: … (name, date)"; that there is none yet, or that it was given to other words. */
Str access_answer_words(Request *request, const Access *access);

Err access_page(Request *request);
Err access_one_page(Request *request);
Err access_one_answer(Request *request);
void access_today_items(Request *request, const Signups *signups, TodayItems *items);
/* Of its own people: what they said they need, and the answer there is (ask->answer absent: none yet). */
void access_my_item(Request *request, Str needs, const Ask *ask, MyItems *items);

#endif
