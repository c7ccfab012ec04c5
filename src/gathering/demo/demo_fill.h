// SPDX-License-Identifier: EUPL-1.2
/* The steps of filling the demo, in one writing transaction: its people and organisations, then each day. */
#ifndef WSPOLNIE_DEMO_DEMO_FILL_H
#define WSPOLNIE_DEMO_DEMO_FILL_H

#include "gathering/demo/demo_data.h"
#include "gathering/signups/signups.h"

typedef struct DemoFill {
    Tx *tx;
    const Zone *zone;
    Id series, coordinator, past, coming;
    int64_t past_day, coming_day; /* days since 1970 */
    Id organisations[DEMO_ORGANISATIONS], contacts[DEMO_ORGANISATIONS], guests[DEMO_GUESTS];
    Str contact_names[DEMO_ORGANISATIONS], contact_phones[DEMO_ORGANISATIONS];
} DemoFill;

/* The rooms' rules take what the demo brings; where one does not, the demo is wrong. */
void demo_must(DemoFill *fill, Err err, const char *what);
int64_t demo_moment(const DemoFill *fill, int64_t day, int minute); /* minute of the day there, as AT gives it */

void demo_add_organisations(DemoFill *fill); /* and the districts they are in */
void demo_add_past_signups(DemoFill *fill);
/* After the past ones: who comes for the first time shows by them. With their consents, and the guests. */
void demo_add_coming_signups(DemoFill *fill);

/* Place, hosts, frame, stage. */
void demo_add_day(DemoFill *fill, Id edition, int64_t day, const DemoItem *items, size_t item_count);
void demo_add_walks(DemoFill *fill);
void demo_add_food(DemoFill *fill);
void demo_add_texts(DemoFill *fill);     /* after the day */
void demo_add_questions(DemoFill *fill); /* after the coming sign-ups */
void demo_add_tasks(DemoFill *fill);     /* last: what the program sees as done is there by then */

#endif
