// SPDX-License-Identifier: EUPL-1.2
/* The coordinators' page of the rounds, and what its buttons do. */
#ifndef WSPOLNIE_ROUNDS_STAFF_H
#define WSPOLNIE_ROUNDS_STAFF_H

#include "gathering/rounds/rounds.h"

Err staff_page(Request *request);
Err staff_plan_prepare(Request *request); /* finds the plan, on a worker */
Err staff_plan(Request *request);         /* stores it */
Err staff_publish(Request *request);
Err staff_take_back(Request *request);
Err staff_discard(Request *request);
Err staff_held(Request *request);

#endif
