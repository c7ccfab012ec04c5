// SPDX-License-Identifier: EUPL-1.2
/* Holidays: the days off in Poland, fixed and movable, of any year.
 *
 *     HolidayNear near = holiday_near(2026, 6, 5);      // {HOLIDAY_CORPUS_CHRISTI, -1}: it was the day before
 *
 * By the Act of 18 January 1951 on days off with its changes: the Epiphany since 2011, Christmas Eve since 2025; the
 * days of earlier years are told as the Act has them today. Sundays are no holidays here. Easter is computed by the
 * Gregorian rule of Meeus, Jones and Butcher (Meeus, Astronomical Algorithms, 1991, chapter 8).
 */
#ifndef WSPOLNIE_PLANNER_HOLIDAYS_H
#define WSPOLNIE_PLANNER_HOLIDAYS_H

typedef enum Holiday {
    HOLIDAY_NONE,
    HOLIDAY_NEW_YEAR,
    HOLIDAY_EPIPHANY, /* 6 January */
    HOLIDAY_EASTER,
    HOLIDAY_EASTER_MONDAY,
    HOLIDAY_LABOUR,       /* 1 May */
    HOLIDAY_CONSTITUTION, /* 3 May */
    HOLIDAY_PENTECOST,
    HOLIDAY_CORPUS_CHRISTI, /* Easter + 60 */
    HOLIDAY_ASSUMPTION,     /* 15 August */
    HOLIDAY_ALL_SAINTS,     /* 1 November */
    HOLIDAY_INDEPENDENCE,   /* 11 November */
    HOLIDAY_CHRISTMAS_EVE,
    HOLIDAY_CHRISTMAS,
    HOLIDAY_SECOND_CHRISTMAS,
    HOLIDAY_COUNT
} Holiday;

/* Of a date that exists. */
Holiday holiday_on(int year, int month, int day);

typedef struct HolidayNear {
    Holiday holiday; /* HOLIDAY_NONE: none on the day, on that before or on that after */
    int days;        /* 0: it is the day itself; 1: the day after; -1: the day before */
} HolidayNear;
/* The day itself before the day after, and that before the day before. */
HolidayNear holiday_near(int year, int month, int day);

#endif
