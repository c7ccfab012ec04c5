// SPDX-License-Identifier: EUPL-1.2
/* Zip: several files as one to take along (PKWARE's APPNOTE, 4.3), stored as they are.
 *
 *     Buffer out = buffer_in(arena);
 *     Zip zip = zip_begin(&out);
 *     zip_add(&zip, STR("001 Halina Próbna.eml"), civil, letter);
 *     zip_end(&zip);
 *
 * Names are UTF-8 and said to be. No more than ZIP_FILES_MOST files, and less than 4 GB altogether: neither needs the
 * larger form, which not every program reads.
 */
#ifndef WSPOLNIE_FORMAT_ZIP_H
#define WSPOLNIE_FORMAT_ZIP_H

#include "platform/base/buffer.h"
#include "platform/base/clock.h"

enum { ZIP_FILES_MOST = 60000, ZIP_NAME_BYTES = 200 };

typedef struct Zip {
    Buffer *out, contents; /* contents: what stands at the end, a record a file */
    size_t begin;          /* where it begins in out */
    size_t files;
} Zip;

Zip zip_begin(Buffer *out);
/* name: not empty; what a path is made of becomes "_", what is longer than ZIP_NAME_BYTES is cut before its ending. */
void zip_add(Zip *zip, Str name, const Civil *written, Str bytes);
void zip_end(Zip *zip);

#endif
