// SPDX-License-Identifier: EUPL-1.2
/* Writing sheets: RFC 4180, and safe to open in a spreadsheet.
 *
 *     CsvWriter writer = csv_begin(&out, &(CsvFormat){.separator = ';', .byte_order_mark = true});
 *     csv_text(&writer, name);
 *     csv_int(&writer, seats);
 *     csv_end_row(&writer);
 *
 * A spreadsheet takes a cell that begins with = + - @ (also in their wide forms), a tab or a line break
 * for a formula, whether quoted or not. A text cell of that kind gets an apostrophe before it ("'+48 600
 * 100 200"), the spreadsheet's own sign for text; so does one that has apostrophes before such a
 * character, so that csv_text_restore, which takes one away, gives back exactly what was written.
 * Numbers are written by csv_int, as they are: "-5".
 *
 * Cells are quoted where any of the three separators, a quote, a line break, a blank at an end or
 * a leading "sep=" asks for it. Rows end in CRLF. With the byte order mark a spreadsheet knows the file for UTF-8.
 */
#ifndef WSPOLNIE_FORMAT_CSV_WRITE_H
#define WSPOLNIE_FORMAT_CSV_WRITE_H

#include "platform/base/buffer.h"

typedef struct CsvFormat {
    char separator; /* ',' ';' or '\t'; 0 is ',' */
    bool byte_order_mark;
} CsvFormat;

typedef struct CsvWriter {
    Buffer *out;
    char separator;
    size_t cells;     /* written in this row */
    size_t row_start; /* of out */
} CsvWriter;

/* Writes the byte order mark where asked. out outlives the writer. */
CsvWriter csv_begin(Buffer *out, const CsvFormat *format);
void csv_text(CsvWriter *writer, Str text); /* absent gives an empty cell */
void csv_int(CsvWriter *writer, int64_t value);
void csv_end_row(CsvWriter *writer);

/* A cell read from a sheet without the apostrophe csv_text put before it. Other texts stay as they are. */
Str csv_text_restore(Str cell);

#endif
