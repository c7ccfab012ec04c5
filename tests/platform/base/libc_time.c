// SPDX-License-Identifier: EUPL-1.2
#include "libc_time.h"

#include <stdlib.h>
#include <time.h>

void libc_set_zone(const char *name) {
    setenv("TZ", name, 1);
    tzset();
}

LibcTime libc_time_at(long long seconds) {
    time_t moment = seconds;
    struct tm tm;
    localtime_r(&moment, &tm);
    return (LibcTime){.year = tm.tm_year + 1900, .month = tm.tm_mon + 1, .day = tm.tm_mday, .hour = tm.tm_hour,
                      .minute = tm.tm_min, .second = tm.tm_sec, .weekday = tm.tm_wday ? tm.tm_wday : 7,
                      .offset_s = (int)tm.tm_gmtoff};
}
