// SPDX-License-Identifier: EUPL-1.2
/* The coordinators' page of the rounds, and what its buttons do. */
#ifndef WSPOLNIE_ROUNDS_STAFF_H
#define WSPOLNIE_ROUNDS_STAFF_H

#include "gathering/rounds/rounds.h"

Err rounds_staff_page(Request *request);
extern const FormTable plan_asked;               /* what the form of a plan asks (page/typed.h) */
Err rounds_staff_plan_prepare(Request *request); /* finds the plan, on a worker */
Err rounds_staff_plan(Request *request);         /* stores it */
Err rounds_staff_publish(Request *request);
Err rounds_staff_take_back(Request *request);
Err rounds_staff_discard(Request *request);
Err rounds_staff_held(Request *request);

#endif
