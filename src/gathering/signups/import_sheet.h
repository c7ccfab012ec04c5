// SPDX-License-Identifier: EUPL-1.2
/* A sheet of sign-ups as people have it: which column is what, and what each row says.
 *
 *     CsvSheet csv;
 *     csv_read(arena, bytes, &(CsvOptions){0}, &csv);
 *     ImportSheet sheet = import_sheet_open(arena, &csv);       // columns matched by their names
 *     import_column_set(&sheet, STR("Prowadzący"), IMPORT_CONTACT_NAME);  // corrected by hand
 *     for (size_t i = 0; i < sheet.row_count; i++) { ImportRow row; import_row_read(arena, &sheet, i, &row); … }
 *
 * Nothing here knows the store: import_plan.h says what becomes of the rows.
 *
 * A head is a guess, and the cells below outweigh it: a column of words is no register number, whatever its head says.
 *
 * Heads stand in one row, or in two where a form was exported with a column for each answer of a
 * question ("Czym się zajmujecie?" over "kultura", "ekologia", …); "Question [answer]" in one row is read
 * the same way. Of such a column a cell that is ticked gives its answer, any other text gives itself.
 */
#ifndef WSPOLNIE_SIGNUPS_IMPORT_SHEET_H
#define WSPOLNIE_SIGNUPS_IMPORT_SHEET_H

#include "gathering/room.h"
#include "platform/base/clock.h"
#include "platform/format/csv_read.h"
#include "platform/page/form.h"

typedef enum ImportField {
    IMPORT_LEFT_OUT,
    IMPORT_NAME,
    IMPORT_CONTACT_NAME,
    IMPORT_EMAIL,
    IMPORT_PHONE,
    IMPORT_PEOPLE,
    IMPORT_PROFILES,
    IMPORT_LEGAL_FORM,
    IMPORT_NIP,
    IMPORT_REGON,
    IMPORT_KRS,
    IMPORT_DISTRICT,
    IMPORT_WEBSITE,
    IMPORT_WORDS,
    IMPORT_OFFERS,
    IMPORT_NEEDS,
    IMPORT_REMARKS,
    IMPORT_ACCESS,
    IMPORT_NOTES, /* the coordinators' own */
    IMPORT_STATE, /* as the export of a list of sign-ups has it */
    IMPORT_SUBMITTED,
    IMPORT_QUESTION, /* one of the edition's own, which the column names */
    IMPORT_FIELD_COUNT
} ImportField;
const char *import_field_name(ImportField field); /* "contact-name": on the command line and in the page */
bool import_field_parse(Str name, ImportField *field);
/* What a column of this head most likely is, and how sure that is (0: not at all). */
ImportField import_field_guess(Arena *arena, Str head, int *weight);

typedef struct ImportColumn {
    Str head;   /* as shown: "Czym się zajmujecie? · kultura" */
    Str answer; /* of a column that stands for one answer, else absent */
    ImportField field;
    Id question; /* of IMPORT_QUESTION */
    bool is_by_hand;
} ImportColumn;

typedef struct ImportSheet {
    const CsvSheet *csv;
    ImportColumn *columns;
    size_t column_count;
    size_t head_rows;                /* 0 of an empty sheet, 1 or 2 */
    size_t row_count;                /* without the heads */
    const SheetQuestions *questions; /* the edition's own; NULL: none are read */
    size_t full_row;                 /* cells of a row that is whole; 0: rows of this sheet differ in length */
} ImportSheet;

ImportSheet import_sheet_open(Arena *arena, const CsvSheet *csv);
/* From now on columns whose head is the wording of one of these are its answers, whatever they were guessed to be, but
 * for those that were set by hand. The questions live as long as the sheet. */
void import_sheet_ask(Arena *arena, ImportSheet *sheet, const SheetQuestions *questions);
/* What a column is, as pages and the store write it: "email", "question.01abc…". False: it is nothing. */
Str import_column_text(Arena *arena, ImportField field, Id question);
bool import_column_parse(const ImportSheet *sheet, Str text, ImportField *field, Id *question);
/* column: a head, folded, or a number from 1. ERR_NOT_FOUND: no such column. */
Err import_column_set(Arena *arena, ImportSheet *sheet, Str column, ImportField field, Id question);
bool import_sheet_has(const ImportSheet *sheet, ImportField field);
/* Heads of the columns in which something stands and which are left out; one without a head by its number. */
StrList import_columns_not_read(Arena *arena, const ImportSheet *sheet);

/* What is to be said of a row. The first two make it a row that cannot be taken; up to
 * IMPORT_TWO_ORGANISATIONS it is doubtful; the rest is only told. */
typedef enum ImportWhy {
    IMPORT_NO_NAME,
    IMPORT_NO_TEXT, /* the row is not text that can be kept */
    IMPORT_BAD_NIP,
    IMPORT_BAD_REGON,
    IMPORT_BAD_KRS,
    IMPORT_BAD_EMAIL,
    IMPORT_BAD_PHONE,
    IMPORT_BAD_PEOPLE,
    IMPORT_SHORT_ROW,         /* it ends before its last columns: a line was torn in two, perhaps */
    IMPORT_BROKEN_CELL,       /* the sheet itself is damaged here: a quote, a broken character */
    IMPORT_TWO_ROWS,          /* an earlier row is of the same organisation; other: its line */
    IMPORT_MAYBE_TWO_ROWS,    /* an earlier row may be of the same organisation; other: its line */
    IMPORT_SIMILAR,           /* other: the name of the organisation it may be */
    IMPORT_NOT_COMING,        /* declined or withdrawn, the sheet says; value: its word */
    IMPORT_DIFFERS,           /* value: in the sheet, other: as it is kept */
    IMPORT_TWO_ORGANISATIONS, /* the NIP belongs to one, the name to another; other: whose NIP */
    IMPORT_BAD_WEBSITE,
    IMPORT_BAD_TIME,
    IMPORT_UNKNOWN_ANSWER, /* kept among the remarks */
    IMPORT_REPLACED,       /* by a later row of the same organisation; other: its line */
    IMPORT_CUT,            /* longer than is kept */
    IMPORT_BAD_ANSWER,     /* value: to an own question, not as it is asked; other: the question */
    IMPORT_NOT_ASKED,      /* that question is not asked of them */
    IMPORT_NO_PLACE,       /* all places of that answer are taken */
    IMPORT_WHY_COUNT
} ImportWhy;
const char *import_why_name(ImportWhy why); /* "bad_nip": for --json */
static inline bool import_why_is_wrong(ImportWhy why) { return why <= IMPORT_NO_TEXT; }
static inline bool import_why_is_doubt(ImportWhy why) {
    return !import_why_is_wrong(why) && why <= IMPORT_TWO_ORGANISATIONS;
}

typedef struct ImportNote {
    ImportWhy why;
    ImportField field;   /* IMPORT_LEFT_OUT: of the whole row */
    size_t line, column; /* in the sheet; column in characters */
    Str value, other;
} ImportNote;

typedef struct ImportNotes {
    ImportNote *notes;
    size_t count, capacity;
} ImportNotes;
void import_note(Arena *arena, ImportNotes *notes, const ImportNote *note);

/* A row with its answers cleaned and checked. What was wrong is noted and absent. */
typedef struct ImportRow {
    size_t line;
    Str name, contact_name, email, phone, legal_form, nip, regon, krs, district, website, words, remarks, access_needs,
        staff_notes, state;
    OptionalInt people;
    StrList profiles, offers, needs;                               /* as written, one a choice */
    Civil submitted;                                               /* year 0: not told */
    size_t lines[IMPORT_FIELD_COUNT], columns[IMPORT_FIELD_COUNT]; /* where each stands; 0: nowhere */
    SheetCell *answers;                                            /* to the edition's own questions, each once */
    size_t answer_count;
    ImportNotes notes;
} ImportRow;
/* False: the row is empty. */
bool import_row_read(Arena *arena, const ImportSheet *sheet, size_t index, ImportRow *row);

/* The choices of one cell: lines, or parted by ; or by , (a comma inside brackets parts nothing). One that stands whole
 * in quotation marks, doubled inside, is not parted (export_sheet.h). */
StrList import_split(Arena *arena, Str cell);

#endif
