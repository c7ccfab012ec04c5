// SPDX-License-Identifier: EUPL-1.2
/* cmocka and what it needs included before it. */
#ifndef WSPOLNIE_TESTS_CMOCKA_ALL_H
#define WSPOLNIE_TESTS_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        Str actual_str_ = (actual), expected_str_ = (expected);                                                        \
        if (!str_equal(actual_str_, expected_str_))                                                                    \
            fail_msg("got \"%.*s\", expected \"%.*s\"", STR_FORMAT(actual_str_), STR_FORMAT(expected_str_));           \
    } while (0)

#endif
