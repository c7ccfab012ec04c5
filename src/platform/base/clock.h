// SPDX-License-Identifier: EUPL-1.2
/* Clock and calendar: what time it is, and what people call that time in a zone.
 *
 * Stored times are UTC milliseconds since 1970. The program's clock can be held
 * still or run fast (demo and tests only), so nothing else reads the system's.
 * Zones are read from the system's TZif files (RFC 9636) by this module, not by
 * localtime(), which depends on the process environment.
 */
#ifndef WSPOLNIE_BASE_CLOCK_H
#define WSPOLNIE_BASE_CLOCK_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

typedef struct Clock {
    int64_t start_real_ms; /* system time when the clock was set   */
    int64_t start_ms;      /* what the clock showed at that moment */
    double speed;          /* 1 is real, 0 is held still           */
} Clock;

Clock clock_real(void);
/* "2026-06-11T14:00:00Z" holds the clock still there; with "*60" behind it, it runs 60 times as
 * fast from there. ERR_INPUT for anything else. */
Err clock_parse(Str text, Clock *clock);
bool clock_is_moved(const Clock *clock); /* held still, set to another time, or made fast */
int64_t clock_now_ms(const Clock *clock);
/* Monotonic, for measuring and waiting; its zero means nothing. */
int64_t clock_monotonic_ns(void);

/* A date and time of day as written in some zone, Gregorian. */
typedef struct Civil {
    int year, month, day;     /* month 1–12, day 1–31 */
    int hour, minute, second; /* second 0–59 */
    int weekday;              /* 1 Monday … 7 Sunday; filled by the functions below */
} Civil;

int64_t civil_days(int year, int month, int day); /* since 1970-01-01 */
int civil_weekday(int year, int month, int day);  /* 1 Monday … 7 Sunday */
bool civil_valid(const Civil *civil);
Civil civil_from_utc_ms(int64_t ms);
int64_t civil_to_utc_ms(const Civil *civil); /* as if the zone were UTC */
/* Easter Sunday of a year, Gregorian (Meeus/Jones/Butcher). Month and day. */
void civil_easter(int year, int *month, int *day);

typedef struct Zone Zone;
/* name: "Europe/Warsaw". Zones are opened once and live as long as the program; the same name
 * gives the same Zone. Safe from several threads. ERR_NOT_FOUND, ERR_INPUT (not a TZif file). */
Err zone_find(Str name, const Zone **zone);
const Zone *zone_utc(void);
Str zone_name(const Zone *zone);
int zone_offset_s(const Zone *zone, int64_t ms); /* seconds east of UTC at that moment */
Civil zone_civil(const Zone *zone, int64_t ms);
/* The moment of a civil time. A time that comes twice means the first; one that is skipped means
 * the moment as far after the jump as it lies after its beginning. */
int64_t zone_ms(const Zone *zone, const Civil *civil);

/* RFC 3339 in UTC: "2026-06-11T12:00:00Z", with ".250" where there are milliseconds; parse takes an
 * offset too, and cuts off what is finer. Years 0001 to 9999. */
Str time_to_text(Arena *arena, int64_t ms);
bool time_parse(Str text, int64_t *ms);

/* Imprecise dates: an EDTF subset (Library of Congress EDTF, level 0 and seasons): "2026-06-11",
 * "2026-06", "2026", and the seasons "2026-21" … "2026-24" (spring … winter). */
typedef enum DatePrecision { DATE_NONE, DATE_DAY, DATE_MONTH, DATE_SEASON, DATE_YEAR } DatePrecision;
typedef struct ImpreciseDate {
    DatePrecision precision;
    int year, month, day; /* month 1–12, or 1–4 for a season */
} ImpreciseDate;
bool imprecise_date_parse(Str text, ImpreciseDate *date); /* "" gives DATE_NONE */

#endif
