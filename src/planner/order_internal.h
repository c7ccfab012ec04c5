// SPDX-License-Identifier: EUPL-1.2
/* What planning and checking share: what is a sound input, and nothing else. */
#ifndef WSPOLNIE_PLANNER_ORDER_INTERNAL_H
#define WSPOLNIE_PLANNER_ORDER_INTERNAL_H

#include "planner/order.h"

bool order_input_is_sound(const OrderInput *input);
bool order_placements_are_sound(const OrderInput *input, const OrderPlacement *placements);

#endif
