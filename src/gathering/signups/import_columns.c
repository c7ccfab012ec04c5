// SPDX-License-Identifier: EUPL-1.2
/* Which column is what: by the words of its head, in Polish, English and Ukrainian. */
#include "gathering/signups/import_sheet.h"
#include "platform/base/utf8.h"

static const char *const field_names[IMPORT_FIELD_COUNT] = {
    [IMPORT_LEFT_OUT] = "none",
    [IMPORT_NAME] = "name",
    [IMPORT_CONTACT_NAME] = "contact-name",
    [IMPORT_EMAIL] = "email",
    [IMPORT_PHONE] = "phone",
    [IMPORT_PEOPLE] = "people",
    [IMPORT_PROFILES] = "profiles",
    [IMPORT_LEGAL_FORM] = "legal-form",
    [IMPORT_NIP] = "nip",
    [IMPORT_REGON] = "regon",
    [IMPORT_KRS] = "krs",
    [IMPORT_DISTRICT] = "district",
    [IMPORT_WEBSITE] = "website",
    [IMPORT_WORDS] = "description",
    [IMPORT_OFFERS] = "offers",
    [IMPORT_NEEDS] = "needs",
    [IMPORT_REMARKS] = "remarks",
    [IMPORT_ACCESS] = "access-needs",
    [IMPORT_NOTES] = "our-notes",
    [IMPORT_STATE] = "state",
    [IMPORT_SUBMITTED] = "submitted",
    [IMPORT_QUESTION] = "question",
};

const char *import_field_name(ImportField field) { return field_names[field]; }

bool import_field_parse(Str name, ImportField *field) {
    for (size_t i = 0; i < IMPORT_FIELD_COUNT; i++) {
        if (!str_equal(name, str_from_c(field_names[i]))) continue;
        *field = (ImportField)i;
        return true;
    }
    return false;
}

/* Beginnings of words, folded. All of a line must stand in a head; the heavier line wins. A weight of its
 * own makes a word decide alone: the telephone of a contact person is a telephone. */
typedef struct Synonym {
    ImportField field;
    int weight;
    const char *stems;
} Synonym;
enum { USUAL = 10, WEAK = 4, DECISIVE = 60, FIRST_WORD = 5, WHOLE = 8 };

static const Synonym synonyms[] = {
    {IMPORT_NAME, USUAL, "nazw organizac"},
    {IMPORT_NAME, USUAL, "organizac"},
    {IMPORT_NAME, USUAL, "nazw podmiot"},
    {IMPORT_NAME, USUAL, "podmiot"},
    {IMPORT_NAME, WEAK, "nazw"},
    {IMPORT_NAME, USUAL, "nazw grup"},
    {IMPORT_NAME, USUAL, "ngo"},
    {IMPORT_NAME, USUAL, "stowarzyszen"},
    {IMPORT_NAME, USUAL, "fundac"},
    {IMPORT_NAME, USUAL, "name organi"},
    {IMPORT_NAME, USUAL, "organis"},
    {IMPORT_NAME, USUAL, "organiz"},
    {IMPORT_NAME, USUAL, "name group"},
    {IMPORT_NAME, USUAL, "nazv orghaniz"},
    {IMPORT_NAME, USUAL, "orghaniz"},
    {IMPORT_CONTACT_NAME, USUAL, "imie nazwisk"},
    {IMPORT_CONTACT_NAME, USUAL, "imie"},
    {IMPORT_CONTACT_NAME, USUAL, "nazwisk"},
    {IMPORT_CONTACT_NAME, USUAL, "osob kontakt"},
    {IMPORT_CONTACT_NAME, USUAL, "kontakt"},
    {IMPORT_CONTACT_NAME, USUAL, "przedstawiciel"},
    {IMPORT_CONTACT_NAME, USUAL, "contact name"},
    {IMPORT_CONTACT_NAME, USUAL, "contact person"},
    {IMPORT_CONTACT_NAME, USUAL, "contact"},
    {IMPORT_CONTACT_NAME, USUAL, "your name"},
    {IMPORT_CONTACT_NAME, USUAL, "first name"},
    {IMPORT_CONTACT_NAME, USUAL, "last name"},
    {IMPORT_CONTACT_NAME, USUAL, "full name"},
    {IMPORT_CONTACT_NAME, USUAL, "surname"},
    {IMPORT_CONTACT_NAME, USUAL, "representative"},
    {IMPORT_CONTACT_NAME, WEAK, "name"},
    {IMPORT_CONTACT_NAME, USUAL, "prizvyshh"},
    {IMPORT_CONTACT_NAME, USUAL, "kontaktn osob"},
    {IMPORT_EMAIL, DECISIVE, "mail"},
    {IMPORT_EMAIL, DECISIVE, "email"},
    {IMPORT_EMAIL, DECISIVE, "poczt elektron"},
    {IMPORT_EMAIL, DECISIVE, "elektronn posht"},
    {IMPORT_PHONE, DECISIVE, "telefon"},
    {IMPORT_PHONE, DECISIVE, "tel"},
    {IMPORT_PHONE, DECISIVE, "komork"},
    {IMPORT_PHONE, DECISIVE, "phone"},
    {IMPORT_PHONE, DECISIVE, "telephone"},
    {IMPORT_PHONE, DECISIVE, "mobile"},
    {IMPORT_PEOPLE, USUAL, "ile osob"},
    {IMPORT_PEOPLE, USUAL, "liczb osob"},
    {IMPORT_PEOPLE, USUAL, "ilosc osob"},
    {IMPORT_PEOPLE, USUAL, "liczb uczestni"},
    {IMPORT_PEOPLE, USUAL, "osob"},
    {IMPORT_PEOPLE, USUAL, "uczestni"},
    {IMPORT_PEOPLE, USUAL, "how many"},
    {IMPORT_PEOPLE, USUAL, "number people"},
    {IMPORT_PEOPLE, USUAL, "people"},
    {IMPORT_PEOPLE, USUAL, "attend"},
    {IMPORT_PEOPLE, USUAL, "skilk osib"},
    {IMPORT_PEOPLE, USUAL, "kilkist osib"},
    {IMPORT_PROFILES, USUAL, "profil"},
    {IMPORT_PROFILES, USUAL, "czym zajmuj"},
    {IMPORT_PROFILES, USUAL, "czym dzialac"},
    {IMPORT_PROFILES, USUAL, "obszar dzialan"},
    {IMPORT_PROFILES, WEAK, "dzialaln"},
    {IMPORT_PROFILES, USUAL, "obszar"},
    {IMPORT_PROFILES, USUAL, "dziedzin"},
    {IMPORT_PROFILES, USUAL, "zakres dzialan"},
    {IMPORT_PROFILES, USUAL, "sfer"},
    {IMPORT_PROFILES, USUAL, "what you do"},
    {IMPORT_PROFILES, USUAL, "area activ"},
    {IMPORT_PROFILES, USUAL, "field activ"},
    {IMPORT_PROFILES, USUAL, "chym zajmaj"},
    {IMPORT_PROFILES, USUAL, "sfer dijaln"},
    {IMPORT_LEGAL_FORM, USUAL, "form prawn"},
    {IMPORT_LEGAL_FORM, WEAK, "form"},
    {IMPORT_LEGAL_FORM, USUAL, "status prawn"},
    {IMPORT_LEGAL_FORM, USUAL, "typ organizac"},
    {IMPORT_LEGAL_FORM, USUAL, "rodzaj organizac"},
    {IMPORT_LEGAL_FORM, USUAL, "legal form"},
    {IMPORT_LEGAL_FORM, USUAL, "type organi"},
    {IMPORT_LEGAL_FORM, USUAL, "pravov form"},
    {IMPORT_NIP, DECISIVE, "nip"},
    {IMPORT_NIP, DECISIVE, "tax id"},
    {IMPORT_REGON, DECISIVE, "regon"},
    {IMPORT_KRS, DECISIVE, "krs"},
    {IMPORT_DISTRICT, USUAL, "dzielnic"},
    {IMPORT_DISTRICT, USUAL, "district"},
    {IMPORT_DISTRICT, USUAL, "rajon"},
    {IMPORT_WEBSITE, USUAL, "stron"},
    {IMPORT_WEBSITE, USUAL, "stron internet"},
    {IMPORT_WEBSITE, DECISIVE, "www"},
    {IMPORT_WEBSITE, USUAL, "website"},
    {IMPORT_WEBSITE, USUAL, "web"},
    {IMPORT_WEBSITE, USUAL, "url"},
    {IMPORT_WEBSITE, USUAL, "facebook"},
    {IMPORT_WEBSITE, USUAL, "sajt"},
    {IMPORT_WEBSITE, USUAL, "vebsajt"},
    {IMPORT_WORDS, USUAL, "opis"},
    {IMPORT_WORDS, USUAL, "opis dzialan"},
    {IMPORT_WORDS, USUAL, "kilk slow"},
    {IMPORT_WORDS, USUAL, "misj"},
    {IMPORT_WORDS, USUAL, "descri"},
    {IMPORT_WORDS, USUAL, "about"},
    {IMPORT_WORDS, USUAL, "opys"},
    {IMPORT_OFFERS, USUAL, "ofert"},
    {IMPORT_OFFERS, USUAL, "oferuj"},
    {IMPORT_OFFERS, USUAL, "mozem dac"},
    {IMPORT_OFFERS, USUAL, "mozecie dac"},
    {IMPORT_OFFERS, USUAL, "moga dac"},
    {IMPORT_OFFERS, USUAL, "mozhut daty"},
    {IMPORT_OFFERS, USUAL, "mozhemo daty"},
    {IMPORT_OFFERS, USUAL, "mozhete daty"},
    {IMPORT_OFFERS, USUAL, "zaofer"},
    {IMPORT_OFFERS, USUAL, "offer"},
    {IMPORT_OFFERS, USUAL, "can give"},
    {IMPORT_OFFERS, USUAL, "propon"},
    {IMPORT_NEEDS, USUAL, "szuka"},
    {IMPORT_NEEDS, USUAL, "poszuk"},
    {IMPORT_NEEDS, USUAL, "potrzeb"},
    {IMPORT_NEEDS, USUAL, "need"},
    {IMPORT_NEEDS, USUAL, "look for"},
    {IMPORT_NEEDS, USUAL, "looking"},
    {IMPORT_NEEDS, USUAL, "shuka"},
    {IMPORT_NEEDS, USUAL, "potreb"},
    {IMPORT_REMARKS, USUAL, "uwag"},
    {IMPORT_REMARKS, USUAL, "komentarz"},
    {IMPORT_REMARKS, USUAL, "dodatkow"},
    {IMPORT_REMARKS, USUAL, "remark"},
    {IMPORT_REMARKS, USUAL, "comment"},
    {IMPORT_REMARKS, USUAL, "note"},
    {IMPORT_REMARKS, USUAL, "prymit"},
    {IMPORT_ACCESS, USUAL, "potrzeb dostepnosc"},
    {IMPORT_ACCESS, USUAL, "dostepnosc"},
    {IMPORT_ACCESS, USUAL, "access need"},
    {IMPORT_ACCESS, USUAL, "accessib"},
    {IMPORT_ACCESS, USUAL, "potreb dostupn"},
    {IMPORT_NOTES, USUAL, "nasz notat"},
    {IMPORT_NOTES, USUAL, "our note"},
    {IMPORT_NOTES, USUAL, "nash notat"},
    {IMPORT_STATE, WEAK, "stan"},
    {IMPORT_STATE, WEAK, "state"},
    {IMPORT_SUBMITTED, DECISIVE, "sygnatur czas"},
    {IMPORT_SUBMITTED, DECISIVE, "znacznik czas"},
    {IMPORT_SUBMITTED, DECISIVE, "timestamp"},
    {IMPORT_SUBMITTED, USUAL, "data zgloszen"},
    {IMPORT_SUBMITTED, USUAL, "data wypeln"},
    {IMPORT_SUBMITTED, USUAL, "czas wypeln"},
    {IMPORT_SUBMITTED, USUAL, "date sign"},
    {IMPORT_SUBMITTED, USUAL, "data zajavk"},
    {IMPORT_SUBMITTED, USUAL, "submit"},
    {IMPORT_SUBMITTED, USUAL, "completion time"},
    {IMPORT_SUBMITTED, USUAL, "poznachk chas"},
};

static bool has_stem(Str head, Str stem, bool *is_first) {
    Str word;
    bool first = true;
    for (Str rest = head; str_next_part(&rest, ' ', &word); first = false) {
        bool is_whole = stem.size == word.size, may_bend = stem.size == 4 && word.size <= 7;
        if (stem.size <= 4 && !is_whole && !may_bend) continue; /* "tel" does not make "telewizja" */
        if (!str_starts_with(word, stem)) continue;
        *is_first |= first;
        return true;
    }
    return false;
}

static int weight_of(Str head, const Synonym *synonym) {
    int weight = 0;
    bool is_first = false;
    Str stem, stems = str_from_c(synonym->stems);
    for (Str rest = stems; str_next_part(&rest, ' ', &stem); weight += synonym->weight)
        if (!has_stem(head, stem, &is_first)) return 0;
    size_t words = 1, asked = 1;
    for (size_t i = 0; i < head.size; i++) words += head.data[i] == ' ';
    for (size_t i = 0; i < stems.size; i++) asked += stems.data[i] == ' ';
    return weight + (is_first ? FIRST_WORD : 0) + (words == asked ? WHOLE : 0);
}

/* What stands in brackets explains ("as in KRS", "choose all that fit"): it names the column only where nothing else
 * does. */
static Str without_brackets(Arena *arena, Str head) {
    Buffer plain = buffer_in(arena);
    size_t depth = 0;
    for (size_t i = 0; i < head.size; i++) {
        char sign = head.data[i];
        depth += sign == '(' || sign == '[';
        if (!depth) buffer_add_char(&plain, sign);
        if (depth && (sign == ')' || sign == ']')) depth--;
    }
    return buffer_str(&plain);
}

/* but: a field that it is not. */
static ImportField guess(Str folded, ImportField but, int *weight) {
    ImportField best = IMPORT_LEFT_OUT;
    *weight = 0;
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        int found = synonyms[i].field == but ? 0 : weight_of(folded, &synonyms[i]);
        if (found <= *weight) continue;
        best = synonyms[i].field;
        *weight = found;
    }
    return best;
}

static ImportField guess_but(Arena *arena, Str head, ImportField but, int *weight) {
    ImportField plain = guess(utf8_fold(arena, without_brackets(arena, head)), but, weight);
    return plain == IMPORT_LEFT_OUT ? guess(utf8_fold(arena, head), but, weight) : plain;
}

ImportField import_field_guess(Arena *arena, Str head, int *weight) {
    return guess_but(arena, head, IMPORT_LEFT_OUT, weight);
}

/* ---- the heads of a sheet -------------------------------------------------------------------------------- */

static Str cell_text(const CsvSheet *csv, size_t row, size_t column) {
    if (row >= csv->row_count || column >= csv->rows[row].count) return STR("");
    return csv->rows[row].cells[column].text;
}

static Str head_text(Arena *arena, const CsvSheet *csv, size_t row, size_t column) {
    Str clean;
    return utf8_clean_line(arena, cell_text(csv, row, column), &clean) ? clean : STR("");
}

static size_t widest(const CsvSheet *csv) {
    size_t most = 0;
    for (size_t i = 0; i < csv->row_count; i++)
        if (csv->rows[i].count > most) most = csv->rows[i].count;
    return most;
}

/* Two rows of heads: the first has gaps, as merged cells leave them, and the second fills them all with
 * words (a row of answers has an address, a number or gaps). */
static bool has_two_heads(Arena *arena, const CsvSheet *csv, size_t columns) {
    if (csv->row_count < 2) return false;
    size_t gaps = 0, filled = 0, named = 0;
    bool is_first = true;
    for (size_t i = 0; i < columns; i++) {
        Str above = head_text(arena, csv, 0, i), below = head_text(arena, csv, 1, i);
        int64_t number;
        if (str_index_of_char(below, '@') >= 0 || str_to_int(below, &number)) return false;
        named += !str_is_empty(above);
        if (!str_is_empty(above)) is_first = false;
        if (!str_is_empty(above) || is_first) continue;
        gaps++;
        filled += !str_is_empty(below);
    }
    return named > 0 && gaps >= 2 && filled == gaps;
}

static void name_column(Arena *arena, const CsvSheet *csv, size_t index, Str group, ImportColumn *column) {
    Str below = head_text(arena, csv, 1, index);
    if (str_is_empty(group)) *column = (ImportColumn){.head = below};
    else if (str_is_empty(below)) *column = (ImportColumn){.head = group};
    else
        *column = (ImportColumn){.head = str_format(arena, "%.*s · %.*s", STR_FORMAT(group), STR_FORMAT(below)),
                                 .answer = below};
}

/* "Czym się zajmujecie? [kultura]", as some forms write a column for each answer. */
static void split_brackets(ImportColumn *column) {
    ptrdiff_t open = str_index_of_char(column->head, '[');
    if (open <= 0 || !str_ends_with(column->head, STR("]"))) return;
    column->answer = str_slice(column->head, (size_t)open + 1, column->head.size - (size_t)open - 2);
}

/* Columns of these may stand in several; of the others the surest one counts. */
static bool may_repeat(ImportField field) {
    return field == IMPORT_PROFILES || field == IMPORT_OFFERS || field == IMPORT_NEEDS || field == IMPORT_REMARKS ||
           field == IMPORT_CONTACT_NAME || field == IMPORT_LEFT_OUT;
}

static bool may_be(ImportField field, Str cell) {
    size_t digits = 0, letters = 0;
    for (size_t i = 0; i < cell.size; i++) {
        unsigned char c = (unsigned char)cell.data[i];
        digits += c >= '0' && c <= '9';
        letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    }
    return field == IMPORT_EMAIL ? str_index_of_char(cell, '@') > 0 : digits > letters;
}

/* Whether what stands below says that the head was misread: of its cells, most cannot be what it seems to be. */
static bool is_denied(const ImportSheet *sheet, size_t column, ImportField field) {
    enum { CELLS_LOOKED_AT = 50 };
    bool has_form = field == IMPORT_EMAIL || field == IMPORT_PHONE || field == IMPORT_NIP || field == IMPORT_REGON ||
                    field == IMPORT_KRS;
    size_t told = 0, fitting = 0;
    for (size_t i = sheet->head_rows; has_form && i < sheet->csv->row_count && told < CELLS_LOOKED_AT; i++) {
        Str cell = str_trim(cell_text(sheet->csv, i, column));
        if (cell.size < 2) continue; /* "-" is how people leave a cell empty */
        told++;
        fitting += may_be(field, cell);
    }
    return told > 0 && 2 * fitting < told;
}

static ImportField guess_column(Arena *arena, const ImportSheet *sheet, size_t column, int *weight) {
    Str head = sheet->columns[column].head;
    ImportField field = import_field_guess(arena, head, weight);
    if (!is_denied(sheet, column, field)) return field;
    int other_weight;
    ImportField other = guess_but(arena, head, field, &other_weight);
    if (other == IMPORT_LEFT_OUT || is_denied(sheet, column, other)) return field; /* its cells are noted, each */
    *weight = other_weight;
    return other;
}

static void match_columns(Arena *arena, ImportSheet *sheet) {
    int surest[IMPORT_FIELD_COUNT] = {0};
    size_t place[IMPORT_FIELD_COUNT] = {0};
    for (size_t i = 0; i < sheet->column_count; i++) {
        ImportColumn *column = &sheet->columns[i];
        int weight;
        ImportField field = guess_column(arena, sheet, i, &weight);
        if (!may_repeat(field) && weight <= surest[field]) continue;
        if (!may_repeat(field) && surest[field] > 0) sheet->columns[place[field]].field = IMPORT_LEFT_OUT;
        column->field = field;
        surest[field] = weight;
        place[field] = i;
    }
    /* "Name" alone is the contact's where the organisation has a column, else the organisation's. */
    for (size_t i = 0; !import_sheet_has(sheet, IMPORT_NAME) && i < sheet->column_count; i++)
        if (str_equal(utf8_fold(arena, sheet->columns[i].head), STR("name"))) sheet->columns[i].field = IMPORT_NAME;
}

/* As long as the heads, where most rows are: some programs leave out the empty cells at the end, of every row. */
static size_t full_row(const ImportSheet *sheet) {
    const CsvSheet *csv = sheet->csv;
    size_t width = 0, full = 0;
    for (size_t i = 0; i < sheet->column_count; i++)
        if (!str_is_empty(sheet->columns[i].head)) width = i + 1;
    for (size_t i = sheet->head_rows; i < csv->row_count; i++) full += csv->rows[i].count >= width;
    return 2 * full > sheet->row_count ? width : 0;
}

ImportSheet import_sheet_open(Arena *arena, const CsvSheet *csv) {
    ImportSheet sheet = {.csv = csv, .column_count = widest(csv)};
    sheet.columns = arena_array(arena, ImportColumn, sheet.column_count);
    if (csv->row_count == 0) return sheet;
    sheet.head_rows = has_two_heads(arena, csv, sheet.column_count) ? 2 : 1;
    sheet.row_count = csv->row_count - sheet.head_rows;
    Str group = STR("");
    for (size_t i = 0; i < sheet.column_count; i++) {
        Str above = head_text(arena, csv, 0, i);
        if (sheet.head_rows == 1) {
            sheet.columns[i] = (ImportColumn){.head = above};
            split_brackets(&sheet.columns[i]);
            continue;
        }
        if (!str_is_empty(above)) group = above;
        name_column(arena, csv, i, group, &sheet.columns[i]);
    }
    match_columns(arena, &sheet);
    sheet.full_row = full_row(&sheet);
    return sheet;
}

static bool has_cells(const ImportSheet *sheet, size_t column) {
    for (size_t i = sheet->head_rows; i < sheet->csv->row_count; i++)
        if (!str_is_empty(str_trim(cell_text(sheet->csv, i, column)))) return true;
    return false;
}

StrList import_columns_not_read(Arena *arena, const ImportSheet *sheet) {
    enum { HEAD_CHARS = 60 };
    StrList heads = {arena_array(arena, Str, sheet->column_count), 0};
    for (size_t i = 0; i < sheet->column_count; i++) {
        const ImportColumn *column = &sheet->columns[i];
        if (column->field != IMPORT_LEFT_OUT || !has_cells(sheet, i)) continue;
        heads.strs[heads.count++] =
            str_is_empty(column->head) ? str_format(arena, "%zu", i + 1) : utf8_cut(column->head, HEAD_CHARS);
    }
    return heads;
}

bool import_sheet_has(const ImportSheet *sheet, ImportField field) {
    for (size_t i = 0; i < sheet->column_count; i++)
        if (sheet->columns[i].field == field) return true;
    return false;
}

Err import_column_set(Arena *arena, ImportSheet *sheet, Str column, ImportField field, Id question) {
    int64_t number;
    bool is_number = str_to_int(column, &number), is_found = false;
    Str folded = utf8_fold(arena, column);
    for (size_t i = 0; i < sheet->column_count; i++) {
        bool is_meant =
            is_number ? number == (int64_t)i + 1 : str_equal(utf8_fold(arena, sheet->columns[i].head), folded);
        if (!is_meant) continue;
        sheet->columns[i].field = field;
        sheet->columns[i].question = question;
        sheet->columns[i].is_by_hand = true;
        is_found = true;
    }
    return is_found ? OK : ERR_NOT_FOUND;
}
