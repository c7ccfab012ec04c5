// SPDX-License-Identifier: EUPL-1.2
/* Call: what the commands of every room ask of the command line, the edition they are about.
 *
 *     static Err list(Tx *tx, void *context) {
 *         CommandCall *call = context;
 *         Edition edition = edition_of_call(call, tx);     // --edition SERIES/EDITION
 *         …
 *     }
 */
#ifndef WSPOLNIE_EDITIONS_CALL_H
#define WSPOLNIE_EDITIONS_CALL_H

#include "gathering/editions/editions.h"
#include "platform/command/command.h"

/* The line of a table of options. */
#define EDITION_OPTION \
    { "edition", "SERIES/EDITION", "which edition", .is_required = true }

/* The edition that --edition names. The arena fails with one sentence where there is none (ERR_NOT_FOUND), or where it
 * is in a state in which this command changes nothing (ERR_CONFLICT; Command.changes, Command.states). */
Edition edition_of_call(const CommandCall *call, Tx *tx);
/* The same where it stands elsewhere on the line: `edition set SERIES/EDITION`. */
Edition edition_named(const CommandCall *call, Tx *tx, Str path);

#endif
