// SPDX-License-Identifier: EUPL-1.2
/* Reading sheets as people have them: CSV in any of the encodings, separators and line ends met here.
 *
 *     CsvSheet sheet;
 *     Err err = csv_read(arena, bytes, &(CsvOptions){0}, &sheet);
 *     for (size_t i = 0; i < sheet.row_count; i++) use(sheet.rows[i].cells[0].text, sheet.rows[i].line);
 *
 * The base is RFC 4180. What departs from it is read as it was most likely meant, and said: each problem
 * has its kind and its place, and the row is given all the same. The parser is our own, for libcsv tells
 * neither line nor column of a cell, nor where a quote went astray.
 *
 * Found out, unless the options say: the encoding (UTF-8 or UTF-16 by byte order mark or by shape, else
 * CP1250 or ISO-8859-2 by the bytes of ą ś ź, which differ) and the separator (comma, semicolon or tab:
 * the one that cuts the first rows most evenly; a first line "sep=;" decides). Lines end in LF, CRLF or
 * CR. Lines with nothing in them are left out. Line breaks inside quotes are kept as they are.
 */
#ifndef WSPOLNIE_FORMAT_CSV_READ_H
#define WSPOLNIE_FORMAT_CSV_READ_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

enum {
    CSV_LIMIT_ROWS = 20000,
    CSV_LIMIT_COLUMNS = 500,
    CSV_LIMIT_CELLS = 400 * 1000,     /* in all: the row that passes it is the last */
    CSV_LIMIT_CELL_BYTES = 32 * 1024, /* as UTF-8 */
    CSV_LIMIT_PROBLEMS = 1000,        /* more are only counted */
};

typedef enum CsvEncoding {
    CSV_ENCODING_UNKNOWN,
    CSV_UTF8,
    CSV_UTF16_LE,
    CSV_UTF16_BE,
    CSV_CP1250,
    CSV_ISO_8859_2
} CsvEncoding;

typedef struct CsvOptions {
    CsvEncoding encoding; /* CSV_ENCODING_UNKNOWN: found out */
    char separator;       /* 0: found out */
} CsvOptions;

typedef enum CsvProblemKind {
    CSV_STRAY_QUOTE,      /* a quote inside a cell, neither doubled nor at its end; kept as text        */
    CSV_TEXT_AFTER_QUOTE, /* text between a closing quote and the separator; added to the cell          */
    CSV_OPEN_QUOTE,       /* a quote that nothing closes; kept as text, the row ends with its line      */
    CSV_BROKEN_CHARACTER, /* bytes that are no character of the encoding; U+FFFD stands for them        */
    CSV_LONG_CELL,        /* the cell is cut to CSV_LIMIT_CELL_BYTES                                     */
    CSV_LONG_ROW,         /* the cells past CSV_LIMIT_COLUMNS are left out                              */
    CSV_MANY_ROWS,        /* the rows past CSV_LIMIT_ROWS or CSV_LIMIT_CELLS are left out               */
} CsvProblemKind;

/* Lines and columns count from 1; a column is one character. */
typedef struct CsvProblem {
    CsvProblemKind kind;
    size_t line, column;
} CsvProblem;

typedef struct CsvCell {
    Str text;            /* valid UTF-8, without its quotes */
    size_t line, column; /* of its first character, which may be a quote */
} CsvCell;

typedef struct CsvRow {
    size_t line; /* in which it begins */
    CsvCell *cells;
    size_t count; /* at least 1; rows may differ */
} CsvRow;

typedef struct CsvSheet {
    CsvEncoding encoding;
    char separator;
    CsvRow *rows;
    size_t row_count;
    CsvProblem *problems; /* row by row in order of place */
    size_t problem_count; /* of problems; at most CSV_LIMIT_PROBLEMS */
    size_t more_problems; /* not listed */
    bool is_cut;          /* a limit left something out */
    size_t looks;         /* characters looked at for where quotes close: a few times the text at most, and tested */
} CsvSheet;

/* The sheet lives in the arena and may point into bytes. ERR_INPUT: these bytes are no text (a
 * spreadsheet's own file, a picture), or not of the encoding asked for where that cannot be
 * (UTF-16 of odd length). */
Err csv_read(Arena *arena, Str bytes, const CsvOptions *options, CsvSheet *sheet);

/* "UTF-8", "windows-1250", …; never NULL. */
const char *csv_encoding_name(CsvEncoding encoding);

/* "stray_quote", …: for --json and logs; people are told by messages. */
const char *csv_problem_name(CsvProblemKind kind);

#endif
