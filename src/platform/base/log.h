// SPDX-License-Identifier: EUPL-1.2
/* Log: one line an event to standard error, `key=value` words (logfmt).
 *
 *     log_error(request_id, "commit failed: %s", reason);
 *     → 2026-06-11T12:00:03Z level=error request=0d3f… message="commit failed: disk is full"
 *
 * A log line never holds personal data, secrets or addresses of links. Control
 * characters are written as \xNN, so that a line stays a line.
 */
#ifndef WSPOLNIE_BASE_LOG_H
#define WSPOLNIE_BASE_LOG_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR, LOG_NOTHING } LogLevel;

/* Lines below level are left out. Default LOG_INFO. Set before threads start. */
void log_set_level(LogLevel level);

/* request: the request's or job's name, or STR_ABSENT. */
void log_line(LogLevel level, Str request, const char *format, ...) __attribute__((format(printf, 3, 4)));
#define log_info(request, ...) log_line(LOG_INFO, (request), __VA_ARGS__)
#define log_warning(request, ...) log_line(LOG_WARNING, (request), __VA_ARGS__)
#define log_error(request, ...) log_line(LOG_ERROR, (request), __VA_ARGS__)
void log_failure(Str request, const Failure *failure);

#endif
