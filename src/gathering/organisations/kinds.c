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

/* ---- from words ------------------------------------------------------------------------------------------- */

enum { KIND_NAMES = 3 };

typedef struct FoldedKind {
    Str code, folded_code, names[KIND_NAMES];
} FoldedKind;

struct KindList {
    FoldedKind *kinds;
    size_t count;
};

KindList *kind_list(Tx *tx, Str list) {
    Arena *arena = tx_arena(tx);
    OrganisationsKindsRows rows = organisations_sql_kinds(tx, list);
    KindList *folded = arena_new(arena, KindList);
    *folded = (KindList){arena_array(arena, FoldedKind, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const OrganisationsKindsRow *row = &rows.rows[i];
        folded->kinds[i] = (FoldedKind){
            row->code,
            utf8_fold(arena, row->code),
            {utf8_fold(arena, row->name_pl), utf8_fold(arena, row->name_en), utf8_fold(arena, row->name_uk)}};
    }
    return folded;
}

static bool is_named(const FoldedKind *kind, Str folded) {
    bool is_it = str_equal(kind->folded_code, folded);
    for (size_t i = 0; i < KIND_NAMES; i++) is_it |= str_equal(kind->names[i], folded);
    return is_it;
}

static bool resembles(const FoldedKind *kind, Str folded) {
    for (size_t i = 0; i < KIND_NAMES; i++)
        if (shares_a_stem(folded, kind->names[i])) return true;
    return false;
}

static const FoldedKind *kind_of_name(const KindList *list, Str folded) {
    for (size_t i = 0; i < list->count; i++)
        if (is_named(&list->kinds[i], folded)) return &list->kinds[i];
    return NULL;
}

/* NULL where none resembles it, or several do. */
static const FoldedKind *only_resembling(const KindList *list, Str folded) {
    const FoldedKind *found = NULL;
    for (size_t i = 0; i < list->count; i++) {
        if (!resembles(&list->kinds[i], folded)) continue;
        if (found) return NULL;
        found = &list->kinds[i];
    }
    return found;
}

bool kind_guess(Arena *arena, const KindList *list, Str words, Str *code) {
    Str folded = utf8_fold(arena, words);
    if (str_is_empty(folded)) return false;
    const FoldedKind *found = kind_of_name(list, folded);
    if (!found) found = only_resembling(list, folded);
    if (found) *code = found->code;
    return found != NULL;
}

bool kind_named_in(Arena *arena, const KindList *list, Str words, Str *code) {
    Str folded = utf8_fold(arena, words);
    if (str_is_empty(folded)) return false;
    const FoldedKind *found = kind_of_name(list, folded);
    if (found) *code = found->code;
    return found != NULL;
}

bool kind_named(Tx *tx, Str list, Str words, Str *code) {
    return kind_named_in(tx_arena(tx), kind_list(tx, list), words, code);
}

void kind_put(Tx *tx, Str list, Str code, KindNames names) {
    organisations_sql_put_kind(tx, list, code, names.pl, names.en, names.uk);
}
