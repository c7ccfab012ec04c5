// SPDX-License-Identifier: EUPL-1.2
/* Dump: everything of a series, or of the whole store, as one JSON document, and back.
 *
 *     {"format": "wspolnie", "schema": 3, "tables": {
 *     "series": [
 *     {"id":"0f1h2k3m4n5p6","slug":"wspolnie-do-celu","name":"Wspólnie do celu",…}
 *     ],
 *     "edition": [ … ]
 *     }}
 *
 * Tables stand in the order of the schema, each after those it refers to, and their rows by key, one on a line: two
 * exports of the same are the same bytes, and a difference is one line. Ids are their 13 characters, flags true or
 * false, bytes hexadecimal; what is NULL is left out, and so is a sort key (a column X_sort beside X), which import
 * makes anew. A column that a document is too old to have takes its DEFAULT. Which tables and columns there are is the
 * schema's word (store/rows.h): no room can be forgotten.
 */
#ifndef WSPOLNIE_DUMP_DUMP_H
#define WSPOLNIE_DUMP_DUMP_H

#include "platform/base/buffer.h"
#include "platform/command/command.h"
#include "platform/store/rows.h"

void dump_export(Tx *tx, const RowScope *scope, Buffer *out);

typedef struct DumpCounts {
    int64_t added, same;
} DumpCounts;
/* All or nothing, in the running write transaction; imported twice it changes nothing. A document without people says
 * nothing of those who are here: rows that are the same but for them stay as they are. On failure *problem is one
 * sentence with the place in the document: ERR_INPUT (no such document, an unknown table or column, a wrong value),
 * ERR_CONFLICT (a row of this key is there with other content, or the document is of a newer program). What the store
 * itself refuses (a second series of one address, a row that refers to nothing) fails the arena with a sentence. */
Err dump_import(Tx *tx, Str document, DumpCounts *counts, Str *problem);
/* The same where an edition that is here already may be closed to additions: ERR_CONFLICT then. NULL: none is. */
typedef bool (*DumpClosed)(Tx *tx, Id edition);
Err dump_import_into(Tx *tx, Str document, DumpClosed is_closed, DumpCounts *counts, Str *problem);

/* `wspolnie export` and `wspolnie import`, for the table of commands. */
enum { DUMP_EXPORT_OPTION_COUNT = 3 };
extern const CommandOption dump_export_options[DUMP_EXPORT_OPTION_COUNT];
Err dump_export_command(CommandCall *call);
Err dump_import_command(CommandCall *call, DumpClosed is_closed);

#endif
