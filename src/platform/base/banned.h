// SPDX-License-Identifier: EUPL-1.2
/* Functions that do not compile here: each has a safer one in base. Included into every
 * file by the compiler's command line (-include), after the system headers that declare them. */
#ifndef WSPOLNIE_BASE_BANNED_H
#define WSPOLNIE_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#if __has_include(<libpq-fe.h>) /* a macro of it names one of these */
#include <libpq-fe.h>
#endif

#undef alloca
#pragma GCC poison strcpy strncpy strcat strncat sprintf vsprintf gets strtok strtok_r
#pragma GCC poison atoi atol atoll atof strtol strtoll strtoul strtoull strtod scanf sscanf
#pragma GCC poison localtime gmtime localtime_r gmtime_r mktime ctime asctime setlocale rand srand
#pragma GCC poison alloca strdup strndup system popen

#endif
