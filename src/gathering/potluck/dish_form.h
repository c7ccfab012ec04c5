// SPDX-License-Identifier: EUPL-1.2
/* A dish as people fill it in: what is inside is ticked, and one answer is given for all that is not. */
#ifndef WSPOLNIE_POTLUCK_DISH_FORM_H
#define WSPOLNIE_POTLUCK_DISH_FORM_H

#include "gathering/potluck/potluck.h"
#include "platform/page/conflict.h"

typedef struct DishForm {
    Str name, kind, organisation, rest, version;
    OptionalInt portions;
    StrList inside;
} DishForm;

/* By who brings it; by coordinators, who also say who that is. */
extern const FormField dish_own_fields[], dish_staff_fields[];
extern const FormTable dish_own_asked, dish_staff_asked;
extern const size_t dish_own_count, dish_staff_count;

/* Values for a dish there is, or of a new one (id 0). */
DishForm dish_form_values(Request *request, const Dish *dish);
/* Opened on it; the dish lives as long as the form. */
Form *dish_form_open(Request *request, bool is_staff, const Dish *dish, DishForm *values);
/* What was typed, into the dish; whose it is only where coordinators say so. */
void dish_form_take(const DishForm *typed, bool is_staff, Dish *dish);

#endif
