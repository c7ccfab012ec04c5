// SPDX-License-Identifier: EUPL-1.2
/* The ways a thing can go wrong, named once for the whole program.
 *
 * A function that can fail for a reason its caller handles returns an Err and
 * gives its results through its last parameters, which it leaves untouched on
 * failure. What a person did wrong is ERR_INPUT and becomes a message beside
 * the field; what went wrong inside is raised with arena_fail (arena.h), ends
 * the request or command, and becomes a log line and an honest page.
 */
#ifndef WSPOLNIE_BASE_ERR_H
#define WSPOLNIE_BASE_ERR_H

typedef enum Err {
    OK = 0,
    ERR_INPUT,     /* what was given is not valid                             */
    ERR_DENIED,    /* the one who asks has no right to it                     */
    ERR_NOT_FOUND, /* there is no such thing                                  */
    ERR_CONFLICT,  /* somebody else changed it first, or it exists already    */
    ERR_LIMIT,     /* more than is allowed: size, count, rate, places         */
    ERR_BUSY,      /* cannot be done now; the same call may go through later  */
    ERR_FULL,      /* no room on the disk                                     */
    ERR_UNCERTAIN, /* asked for a commit and lost the answer                  */
    ERR_OUTDATED,  /* the store has gone on to a newer program, not this one  */
    ERR_IO,        /* the file system or the network failed                   */
    ERR_INTERNAL,  /* a fault in this program                                 */
    ERR_COUNT
} Err;

/* The name used in logs and in --json: "not_found". Never NULL. */
const char *err_name(Err err);

/* HTTP status that answers a request which ended with err: 200 for OK. */
int err_http_status(Err err);

/* Exit status of a command which ended with err: 0, 2 for bad input, 1 for the rest
 * except ERR_CONFLICT and ERR_OUTDATED (3, the wish cannot be met), ERR_BUSY (75), ERR_FULL and ERR_IO (74). */
int err_exit_status(Err err);

#endif
