// SPDX-License-Identifier: EUPL-1.2
#include "planner/holidays.h"

#include "platform/base/clock.h"
#include <stddef.h>

enum { DAY_MS = 24 * 60 * 60 * 1000, EPIPHANY_SINCE = 2011, CHRISTMAS_EVE_SINCE = 2025 };

/* Days since the epoch. */
static int64_t day_number(int year, int month, int day) {
    return civil_to_utc_ms(&(Civil){.year = year, .month = month, .day = day, .hour = 12}) / DAY_MS;
}

static int64_t easter_of(int year) {
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
    return day_number(year, month, day);
}

Holiday holiday_on(int year, int month, int day) {
    static const struct {
        int month, day, since;
        Holiday holiday;
    } fixed[] = {
        {1, 1, 0, HOLIDAY_NEW_YEAR},       {1, 6, EPIPHANY_SINCE, HOLIDAY_EPIPHANY},
        {5, 1, 0, HOLIDAY_LABOUR},         {5, 3, 0, HOLIDAY_CONSTITUTION},
        {8, 15, 0, HOLIDAY_ASSUMPTION},    {11, 1, 0, HOLIDAY_ALL_SAINTS},
        {11, 11, 0, HOLIDAY_INDEPENDENCE}, {12, 24, CHRISTMAS_EVE_SINCE, HOLIDAY_CHRISTMAS_EVE},
        {12, 25, 0, HOLIDAY_CHRISTMAS},    {12, 26, 0, HOLIDAY_SECOND_CHRISTMAS},
    };
    static const struct {
        int after_easter;
        Holiday holiday;
    } movable[] = {
        {0, HOLIDAY_EASTER}, {1, HOLIDAY_EASTER_MONDAY}, {49, HOLIDAY_PENTECOST}, {60, HOLIDAY_CORPUS_CHRISTI}};
    int64_t after_easter = day_number(year, month, day) - easter_of(year);
    for (size_t i = 0; i < sizeof movable / sizeof *movable; i++)
        if (movable[i].after_easter == after_easter) return movable[i].holiday;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (fixed[i].month == month && fixed[i].day == day && year >= fixed[i].since) return fixed[i].holiday;
    return HOLIDAY_NONE;
}

HolidayNear holiday_near(int year, int month, int day) {
    static const int order[] = {0, 1, -1};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        Civil civil = civil_from_utc_ms((day_number(year, month, day) + order[i]) * DAY_MS);
        Holiday holiday = holiday_on(civil.year, civil.month, civil.day);
        if (holiday != HOLIDAY_NONE) return (HolidayNear){holiday, order[i]};
    }
    return (HolidayNear){HOLIDAY_NONE, 0};
}
