// SPDX-License-Identifier: EUPL-1.2
/* What is looked for and offered, changed in the form's one field of words: what was told one by one is not lost. */
#include "gathering/signups/edit.h"
#include "testing.h"

static const Exchange told[] = {
    {.id = 1, .is_offer = true, .kind = STR_INIT("space"), .words = STR_INIT("sala na 30 osób"), .until_on = STR_INIT("2026-06-11"), .version = 1},
    {.id = 2, .is_offer = true, .kind = STR_INIT("space"), .words = STR_INIT("ogród"), .until_on = STR_INIT(""), .version = 1},
    {.id = 3, .is_offer = true, .kind = STR_INIT("equipment"), .words = STR_INIT("rzutnik"), .quantity = {true, 2}, .until_on = STR_INIT(""), .version = 1},
};
