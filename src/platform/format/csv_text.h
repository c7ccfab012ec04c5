// SPDX-License-Identifier: EUPL-1.2
/* The first half of csv_read: from bytes in some encoding to UTF-8. */
#ifndef WSPOLNIE_FORMAT_CSV_TEXT_H
#define WSPOLNIE_FORMAT_CSV_TEXT_H

#include "platform/format/csv_read.h"

/* CSV_ENCODING_UNKNOWN: no text at all. */
CsvEncoding csv_text_encoding(Str bytes);

/* Without a byte order mark; one U+FFFD for each thing that is no character. */
Str csv_text_decode(Arena *arena, Str bytes, CsvEncoding encoding);

#endif
