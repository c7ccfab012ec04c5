// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/clock.h"

#include <assert.h>

enum { DAY_S = 86400, LOWEST_YEAR = 1, HIGHEST_YEAR = 9999 };

static int64_t floor_divided(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* The program's clock */

static int64_t system_ns(clockid_t which) {
    struct timespec now;
    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clock_monotonic_ns(void) { return system_ns(CLOCK_MONOTONIC); }

static int64_t system_ms(void) { return system_ns(CLOCK_REALTIME) / 1000000; }

Clock clock_real(void) { return (Clock){.speed = 1}; }

Err clock_parse(Str text, Clock *clock) {
    ptrdiff_t star = str_index_of_char(text, '*');
    double speed = 0;
    int64_t start_ms;
    if (star >= 0 && (!str_to_real(str_skip(text, (size_t)star + 1), &speed) || speed < 0)) return ERR_INPUT;
    if (!time_parse(star >= 0 ? str_slice(text, 0, (size_t)star) : text, &start_ms)) return ERR_INPUT;
    *clock = (Clock){.start_real_ms = system_ms(), .start_ms = start_ms, .speed = speed};
    return OK;
}

bool clock_is_moved(const Clock *clock) { return clock->speed != 1 || clock->start_ms != clock->start_real_ms; }

int64_t clock_now_ms(const Clock *clock) {
    if (clock->speed == 0) return clock->start_ms;
    int64_t passed_ms = system_ms() - clock->start_real_ms;
    return clock->start_ms + (clock->speed == 1 ? passed_ms : (int64_t)((double)passed_ms * clock->speed));
}

/* The calendar. Years are counted from March, so that the leap day is the last of its year, and in
 * eras of 400 years = 146097 days, after which the Gregorian calendar repeats. */

enum { ERA_YEARS = 400, ERA_DAYS = 146097, DAYS_TO_1970 = 719468 /* from 0000-03-01 */ };

int64_t civil_days(int year, int month, int day) {
    int64_t march_year = (int64_t)year - (month <= 2);
    int64_t era = floor_divided(march_year, ERA_YEARS);
    int64_t year_of_era = march_year - era * ERA_YEARS;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - DAYS_TO_1970;
}

/* 1970-01-01 was a Thursday. */
static int weekday_of(int64_t days) { return (int)(days + 3 - floor_divided(days + 3, 7) * 7) + 1; }

int civil_weekday(int year, int month, int day) { return weekday_of(civil_days(year, month, day)); }

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int days_in_month(int year, int month) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool civil_valid(const Civil *civil) {
    return civil->year >= LOWEST_YEAR && civil->year <= HIGHEST_YEAR && civil->month >= 1 && civil->month <= 12 &&
           civil->day >= 1 && civil->day <= days_in_month(civil->year, civil->month) && civil->hour >= 0 &&
           civil->hour <= 23 && civil->minute >= 0 && civil->minute <= 59 && civil->second >= 0 && civil->second <= 59;
}

static Civil civil_from_s(int64_t seconds) {
    int64_t days = floor_divided(seconds, DAY_S);
    int second_of_day = (int)(seconds - days * DAY_S);
    int64_t since_zero = days + DAYS_TO_1970;
    int64_t era = floor_divided(since_zero, ERA_DAYS);
    int64_t day_of_era = since_zero - era * ERA_DAYS;
    /* Takes out the leap days passed, so that every year of the era has 365. */
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = (int)(day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march + (month_from_march < 10 ? 3 : -9);
    return (Civil){
        .year = (int)(era * ERA_YEARS + year_of_era) + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
        .hour = second_of_day / 3600,
        .minute = second_of_day / 60 % 60,
        .second = second_of_day % 60,
        .weekday = weekday_of(days),
    };
}

static int64_t civil_to_s(const Civil *civil) {
    return civil_days(civil->year, civil->month, civil->day) * DAY_S + civil->hour * 3600 + civil->minute * 60 +
           civil->second;
}

Civil civil_from_utc_ms(int64_t ms) { return civil_from_s(floor_divided(ms, 1000)); }

int64_t civil_to_utc_ms(const Civil *civil) { return civil_to_s(civil) * 1000; }

void civil_easter(int year, int *month, int *day) {
    int golden = year % 19, century = year / 100, of_century = year % 100;
    int correction = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    int to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    int late = (golden + 11 * epact + 22 * to_sunday) / 451;
    int sum = epact + to_sunday - 7 * late + 114;
    *month = sum / 31;
    *day = sum % 31 + 1;
}

/* Text */

/* Takes exactly digits digits off the front of *rest. */
static bool take_number(Str *rest, size_t digits, int *value) {
    if (rest->size < digits) return false;
    int sum = 0;
    for (size_t i = 0; i < digits; i++) {
        if (rest->data[i] < '0' || rest->data[i] > '9') return false;
        sum = sum * 10 + (rest->data[i] - '0');
    }
    *rest = str_skip(*rest, digits);
    *value = sum;
    return true;
}

static bool take_char(Str *rest, char c) {
    if (!rest->size || rest->data[0] != c) return false;
    *rest = str_skip(*rest, 1);
    return true;
}

static bool take_fraction_ms(Str *rest, int *ms) {
    *ms = 0;
    if (!take_char(rest, '.')) return true;
    int scale = 100, digit;
    if (!take_number(rest, 1, &digit)) return false;
    do *ms += digit * scale; /* what is finer than a millisecond is cut off: scale becomes 0 */
    while (scale /= 10, take_number(rest, 1, &digit));
    return true;
}

static bool take_offset_s(Str *rest, int *offset_s) {
    *offset_s = 0;
    if (take_char(rest, 'Z') || take_char(rest, 'z')) return true;
    bool west = take_char(rest, '-');
    int hours, minutes;
    if (!west && !take_char(rest, '+')) return false;
    if (!take_number(rest, 2, &hours) || !take_char(rest, ':') || !take_number(rest, 2, &minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    *offset_s = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

Str time_to_text(Arena *arena, int64_t ms) {
    Civil civil = civil_from_utc_ms(ms);
    int rest_ms = (int)(ms - floor_divided(ms, 1000) * 1000);
    Str fraction = rest_ms ? str_format(arena, ".%03d", rest_ms) : STR("");
    return str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%.*sZ", civil.year, civil.month, civil.day, civil.hour,
                      civil.minute, civil.second, STR_FORMAT(fraction));
}

bool time_parse(Str text, int64_t *ms) {
    Civil civil = {0};
    int fraction_ms, offset_s;
    bool well_formed = take_number(&text, 4, &civil.year) && take_char(&text, '-') &&
                       take_number(&text, 2, &civil.month) && take_char(&text, '-') &&
                       take_number(&text, 2, &civil.day) && (take_char(&text, 'T') || take_char(&text, 't')) &&
                       take_number(&text, 2, &civil.hour) && take_char(&text, ':') &&
                       take_number(&text, 2, &civil.minute) && take_char(&text, ':') &&
                       take_number(&text, 2, &civil.second) && take_fraction_ms(&text, &fraction_ms) &&
                       take_offset_s(&text, &offset_s) && !text.size;
    if (!well_formed || !civil_valid(&civil)) return false;
    *ms = civil_to_utc_ms(&civil) - (int64_t)offset_s * 1000 + fraction_ms;
    return true;
}

bool imprecise_date_parse(Str text, ImpreciseDate *date) {
    enum { FIRST_SEASON = 21, LAST_SEASON = 24 };
    ImpreciseDate parsed = {.precision = DATE_NONE};
    if (str_is_empty(text)) {
        *date = parsed;
        return true;
    }
    if (!take_number(&text, 4, &parsed.year) || parsed.year < LOWEST_YEAR) return false;
    parsed.precision = DATE_YEAR;
    if (take_char(&text, '-')) {
        if (!take_number(&text, 2, &parsed.month)) return false;
        parsed.precision = DATE_MONTH;
        if (parsed.month >= FIRST_SEASON && parsed.month <= LAST_SEASON) {
            parsed.precision = DATE_SEASON;
            parsed.month -= FIRST_SEASON - 1;
        } else if (parsed.month < 1 || parsed.month > 12) {
            return false;
        }
    }
    if (parsed.precision == DATE_MONTH && take_char(&text, '-')) {
        if (!take_number(&text, 2, &parsed.day)) return false;
        if (parsed.day < 1 || parsed.day > days_in_month(parsed.year, parsed.month)) return false;
        parsed.precision = DATE_DAY;
    }
    if (text.size) return false;
    *date = parsed;
    return true;
}
