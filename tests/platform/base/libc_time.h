// SPDX-License-Identifier: EUPL-1.2
/* What the C library says of time, as an oracle. Built without banned.h: localtime_r is the peer here. */
#ifndef WSPOLNIE_TESTS_LIBC_TIME_H
#define WSPOLNIE_TESTS_LIBC_TIME_H

typedef struct LibcTime {
    int year, month, day, hour, minute, second, weekday; /* weekday 1 Monday … 7 Sunday */
    int offset_s;
} LibcTime;

void libc_set_zone(const char *name); /* of the whole process */
LibcTime libc_time_at(long long seconds);

#endif
