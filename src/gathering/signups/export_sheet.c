// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/export_sheet.h"

#include "platform/base/utf8.h"
#include "platform/format/csv_write.h"

/* ---- cells of several answers ---------------------------------------------------------------------------------- */

Str exchange_item(Arena *arena, const Kinds *kinds, const Exchange *exchange) {
    Str name = kind_name(kinds, exchange->kind);
    if (str_is_empty(exchange->words)) return name;
    return str_format(arena, "%.*s: %.*s", STR_FORMAT(name), STR_FORMAT(exchange->words));
}

static bool must_be_quoted(Str answer) {
    for (size_t i = 0; i < answer.size; i++)
        if (str_index_of_char(STR(";,\n\r"), answer.data[i]) >= 0) return true;
    return str_starts_with(answer, STR("\""));
}

void answers_add(Buffer *cell, Str answer) {
    if (cell->size) buffer_add(cell, STR("; "));
    if (!must_be_quoted(answer)) {
        buffer_add(cell, answer);
        return;
    }
    buffer_add_char(cell, '"');
    for (size_t i = 0; i < answer.size; i++) {
        if (answer.data[i] == '"') buffer_add_char(cell, '"');
        buffer_add_char(cell, answer.data[i]);
    }
    buffer_add_char(cell, '"');
}

/* ---- rows ------------------------------------------------------------------------------------------------------ */

typedef struct Sheet {
    Tx *tx;
    Arena *arena;
    const Edition *edition;
    Language language;
    CsvWriter csv;
    Kinds profiles, exchanges, legal_forms, districts;
    Exchanges all; /* by organisation */
    SheetColumns more;
} Sheet;

static Str profile_cell(const Sheet *sheet, const StrList *profiles) {
    Buffer cell = buffer_in(sheet->arena);
    for (size_t i = 0; i < profiles->count; i++) answers_add(&cell, kind_name(&sheet->profiles, profiles->strs[i]));
    return buffer_str(&cell);
}

static Str exchange_cell(const Sheet *sheet, Id organisation, bool is_offer) {
    Buffer cell = buffer_in(sheet->arena);
    size_t low = 0, high = sheet->all.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sheet->all.exchanges[middle].organisation < organisation) low = middle + 1;
        else high = middle;
    }
    for (; low < sheet->all.count && sheet->all.exchanges[low].organisation == organisation; low++)
        if (sheet->all.exchanges[low].is_offer == is_offer)
            answers_add(&cell, exchange_item(sheet->arena, &sheet->exchanges, &sheet->all.exchanges[low]));
    return buffer_str(&cell);
}

static void write_heads(Sheet *sheet) {
    static const Msg heads[] = {MSG_INIT("signups", "Organisation"),
                                MSG_INIT("signups", "State"),
                                MSG_INIT("signups", "First time"),
                                MSG_INIT("signups", "Contact person"),
                                MSG_INIT("signups", "E-mail"),
                                MSG_INIT("signups", "Telephone"),
                                MSG_INIT("signups", "How many people"),
                                MSG_INIT("signups", "Profiles"),
                                MSG_INIT("signups", "Legal form"),
                                MSG_INIT("signups", "NIP"),
                                MSG_INIT("signups", "REGON"),
                                MSG_INIT("signups", "KRS"),
                                MSG_INIT("signups", "District"),
                                MSG_INIT("signups", "Website"),
                                MSG_INIT("signups", "Description"),
                                MSG_INIT("signups", "What they look for"),
                                MSG_INIT("signups", "What they can give"),
                                MSG_INIT("signups", "Access needs"),
                                MSG_INIT("signups", "Remarks"),
                                MSG_INIT("signups", "Our notes"),
                                MSG_INIT("signups", "Date of the sign-up")};
    for (size_t i = 0; i < COUNT(heads); i++) csv_text(&sheet->csv, say(sheet->arena, sheet->language, heads[i]));
    for (size_t i = 0; i < sheet->more.count; i++) csv_text(&sheet->csv, sheet->more.columns[i].head);
    csv_end_row(&sheet->csv);
}

static void write_organisation(Sheet *sheet, const Organisation *organisation) {
    CsvWriter *csv = &sheet->csv;
    csv_text(csv, profile_cell(sheet, &organisation->profiles));
    csv_text(csv, kind_name(&sheet->legal_forms, organisation->legal_form));
    csv_text(csv, organisation->nip);
    csv_text(csv, organisation->regon);
    csv_text(csv, organisation->krs);
    csv_text(csv, kind_name(&sheet->districts, organisation->district));
    csv_text(csv, organisation->website);
    csv_text(csv, organisation->words);
    csv_text(csv, exchange_cell(sheet, organisation->id, false));
    csv_text(csv, exchange_cell(sheet, organisation->id, true));
}

static void write_signup(Sheet *sheet, const Signup *signup) {
    CsvWriter *csv = &sheet->csv;
    Organisation organisation = {.id = signup->organisation};
    organisation_get(sheet->tx, signup->organisation, &organisation);
    Civil civil = zone_civil(sheet->edition->zone, signup->submitted_ms);
    csv_text(csv, signup->organisation_name);
    csv_text(csv, signup_state_words(sheet->arena, sheet->language, signup->state));
    csv_text(csv,
             say(sheet->arena, sheet->language, signup->first_time ? MSG("signups", "yes") : MSG("signups", "no")));
    csv_text(csv, signup->contact_name);
    csv_text(csv, signup->contact_email);
    csv_text(csv, signup->contact_phone);
    csv_int(csv, signup->people);
    write_organisation(sheet, &organisation);
    csv_text(csv, signup->access_needs);
    csv_text(csv, signup->remarks);
    csv_text(csv, signup->staff_notes);
    csv_text(csv, str_format(sheet->arena, "%04d-%02d-%02d %02d:%02d", civil.year, civil.month, civil.day, civil.hour,
                             civil.minute));
    for (size_t i = 0; i < sheet->more.count; i++)
        csv_text(csv, sheet->more.columns[i].cell(&sheet->more.columns[i], signup->organisation));
    csv_end_row(csv);
}

void signups_write_sheet(Tx *tx, const House *house, const Edition *edition, Language language,
                         const Signup *const *signups, size_t count, Buffer *out) {
    Sheet sheet = {
        .tx = tx,
        .arena = tx_arena(tx),
        .edition = edition,
        .language = language,
        .csv = csv_begin(out, &(CsvFormat){.separator = ';', .byte_order_mark = true}),
        .profiles = kinds_of(tx, STR("profile"), language),
        .exchanges = kinds_of(tx, STR("exchange"), language),
        .legal_forms = kinds_of(tx, STR("legal_form"), language),
        .districts = kinds_of(tx, STR("district"), language),
        .all = signup_exchanges(tx, edition->id),
        .more = {.arena = tx_arena(tx)},
    };
    for (size_t i = 0; house && i < house->room_count; i++)
        if (house->rooms[i]->sheet_columns) house->rooms[i]->sheet_columns(tx, edition->id, language, &sheet.more);
    write_heads(&sheet);
    for (size_t i = 0; i < count; i++) write_signup(&sheet, signups[i]);
}
