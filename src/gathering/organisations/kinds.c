// SPDX-License-Identifier: EUPL-1.2
#include "gathering/organisations/organisations.h"
#include "organisations_sql.h"
#include "platform/base/utf8.h"

enum { SHORTEST_STEM = 4 }; /* letters of a word that must agree for kind_guess */

static Str name_in(const OrganisationsKindsRow *row, Language language) {
    switch (language) {
    case LANGUAGE_EN: return row->name_en;
    case LANGUAGE_UK: return row->name_uk;
    default: return row->name_pl;
    }
}

Kinds kinds_of(Tx *tx, Str list, Language language) {
    OrganisationsKindsRows rows = organisations_sql_kinds(tx, list);
    Kinds kinds = {arena_array(tx_arena(tx), Kind, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++)
        kinds.kinds[i] = (Kind){rows.rows[i].code, name_in(&rows.rows[i], language)};
    return kinds;
}

Str kind_name(const Kinds *kinds, Str code) {
    for (size_t i = 0; i < kinds->count; i++)
        if (str_equal(kinds->kinds[i].code, code)) return kinds->kinds[i].name;
    return code;
}

FormOptions kind_options(Arena *arena, const Kinds *kinds) {
    FormOption *options = arena_array(arena, FormOption, kinds->count);
    for (size_t i = 0; i < kinds->count; i++) options[i] = (FormOption){kinds->kinds[i].code, kinds->kinds[i].name};
    return (FormOptions){options, kinds->count};
}

/* Whether a word of the name begins as a word of what was written does, over SHORTEST_STEM letters
 * and up to the shorter word's ending: "seniorzy" and "seniorów", "ekologiczna" and "ekologia". */
static bool shares_a_stem(Str written, Str name) {
    Str word, other;
    for (Str rest = written; str_next_part(&rest, ' ', &word);) {
        if (word.size < SHORTEST_STEM) continue;
        for (Str names = name; str_next_part(&names, ' ', &other);) {
            size_t common = 0;
            while (common < word.size && common < other.size && word.data[common] == other.data[common]) common++;
            if (common >= SHORTEST_STEM && common + 3 >= (word.size < other.size ? word.size : other.size)) return true;
        }
    }
    return false;
}

static bool is_named(Arena *arena, const OrganisationsKindsRow *row, Str folded) {
    return str_equal(utf8_fold(arena, row->code), folded) || str_equal(utf8_fold(arena, row->name_pl), folded) ||
           str_equal(utf8_fold(arena, row->name_en), folded) || str_equal(utf8_fold(arena, row->name_uk), folded);
}

static bool resembles(Arena *arena, const OrganisationsKindsRow *row, Str folded) {
    return shares_a_stem(folded, utf8_fold(arena, row->name_pl)) ||
           shares_a_stem(folded, utf8_fold(arena, row->name_en)) ||
           shares_a_stem(folded, utf8_fold(arena, row->name_uk));
}

bool kind_guess(Tx *tx, Str list, Str words, Str *code) {
    Arena *arena = tx_arena(tx);
    Str folded = utf8_fold(arena, words);
    if (str_is_empty(folded)) return false;
    OrganisationsKindsRows rows = organisations_sql_kinds(tx, list);
    Str found = STR_ABSENT;
    size_t hits = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (is_named(arena, &rows.rows[i], folded)) {
            *code = rows.rows[i].code;
            return true;
        }
        if (!resembles(arena, &rows.rows[i], folded)) continue;
        found = rows.rows[i].code;
        hits++;
    }
    if (hits != 1) return false;
    *code = found;
    return true;
}

bool kind_named(Tx *tx, Str list, Str words, Str *code) {
    Arena *arena = tx_arena(tx);
    Str folded = utf8_fold(arena, words);
    if (str_is_empty(folded)) return false;
    OrganisationsKindsRows rows = organisations_sql_kinds(tx, list);
    for (size_t i = 0; i < rows.count; i++) {
        if (!is_named(arena, &rows.rows[i], folded)) continue;
        *code = rows.rows[i].code;
        return true;
    }
    return false;
}

void kind_put(Tx *tx, Str list, Str code, KindNames names) {
    organisations_sql_put_kind(tx, list, code, names.pl, names.en, names.uk);
}
