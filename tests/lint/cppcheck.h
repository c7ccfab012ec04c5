// SPDX-License-Identifier: EUPL-1.2
/* Put before every file by tests/lint/cppcheck.sh, whose preprocessor knows neither __VA_OPT__ nor
 * the system's headers. */
#include "platform/i18n/i18n.h"

#undef say
#define say(arena, language, msg, ...) say_values((arena), (language), (msg), (SayValue[]){{0}, __VA_ARGS__})
