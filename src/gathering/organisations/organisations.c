// SPDX-License-Identifier: EUPL-1.2
#include "gathering/organisations/organisations.h"
#include "organisations_sql.h"
#include "platform/base/utf8.h"

/* ---- names ------------------------------------------------------------------------------------------- */

static bool is_word_of_legal_form(Str word) {
    static const char *const words[] = {
        "fundacja",    "stowarzyszenie", "zwykle",      "spoldzielnia", "socjalna",    "towarzystwo", "zwiazek",
        "klub",        "kolo",           "fond",        "foundation",   "association", "hromadska",   "orhanizatsiia",
        "initsiatyva", "grupa",          "nieformalna", "opp",          "ngo"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_equal(word, str_from_c(words[i]))) return true;
    return false;
}

Str organisation_fold_name(Arena *arena, Str name) {
    Str folded = utf8_fold(arena, name), word;
    Buffer kept = buffer_in(arena);
    for (Str rest = folded; str_next_part(&rest, ' ', &word);) {
        if (str_is_empty(word) || is_word_of_legal_form(word)) continue;
        if (kept.size) buffer_add_char(&kept, ' ');
        buffer_add(&kept, word);
    }
    return kept.size ? buffer_str(&kept) : folded; /* "Klub" alone keeps its only word */
}

/* ---- reading ------------------------------------------------------------------------------------------ */

static StrList profiles_of(Tx *tx, Id organisation) {
    OrganisationsProfilesRows rows = organisations_sql_profiles(tx, organisation);
    StrList list = {arena_array(tx_arena(tx), Str, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) list.strs[i] = rows.rows[i].profile;
    return list;
}

bool organisation_get(Tx *tx, Id id, Organisation *organisation) {
    OrganisationsGetRow row;
    if (!organisations_sql_get(tx, id, &row)) return false;
    *organisation = (Organisation){
        .id = row.id,
        .name = row.name,
        .legal_form = row.legal_form,
        .nip = row.nip,
        .regon = row.regon,
        .krs = row.krs,
        .district = row.district,
        .website = row.website,
        .words = row.words,
        .public_benefit = row.public_benefit,
        .is_listed = row.is_listed,
        .founded_year = row.founded_year,
        .profiles = profiles_of(tx, id),
        .version = row.version,
    };
    return true;
}

Str organisation_name(Tx *tx, Id id) {
    OrganisationsGetRow row;
    return organisations_sql_get(tx, id, &row) ? row.name : STR("");
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static void add_profiles(Tx *tx, Id organisation, const StrList *profiles) {
    for (size_t i = 0; i < profiles->count; i++) organisations_sql_add_profile(tx, organisation, profiles->strs[i]);
}

Id organisation_add(Tx *tx, const Organisation *o) {
    Arena *arena = tx_arena(tx);
    Id id = tx_new_id(tx);
    organisations_sql_add(tx, id, o->name, utf8_sort_key(arena, o->name), organisation_fold_name(arena, o->name),
                          o->legal_form, o->nip, o->regon, o->krs, o->public_benefit, o->founded_year, o->district,
                          o->website, o->words, o->is_listed, tx_now_ms(tx));
    add_profiles(tx, id, &o->profiles);
    return id;
}

Err organisation_update(Tx *tx, const Organisation *o) {
    Arena *arena = tx_arena(tx);
    OrganisationsGetRow stored;
    if (!organisations_sql_get(tx, o->id, &stored)) return ERR_NOT_FOUND;
    int64_t changed =
        organisations_sql_update(tx, o->id, o->version, o->name, utf8_sort_key(arena, o->name),
                                 organisation_fold_name(arena, o->name), o->legal_form, o->nip, o->regon, o->krs,
                                 o->public_benefit, o->founded_year, o->district, o->website, o->words, o->is_listed);
    if (changed == 0) return ERR_CONFLICT;
    organisations_sql_clear_profiles(tx, o->id);
    add_profiles(tx, o->id, &o->profiles);
    return OK;
}

/* ---- the same, or similar ------------------------------------------------------------------------------- */

Id organisation_find_same(Tx *tx, Str name, Str nip) {
    if (!str_is_empty(nip)) {
        OrganisationsByNipRows rows = organisations_sql_by_nip(tx, nip);
        if (rows.count == 1) return rows.rows[0].id;
    }
    OrganisationsByFoldedNameRows rows =
        organisations_sql_by_folded_name(tx, organisation_fold_name(tx_arena(tx), name));
    return rows.count == 1 ? rows.rows[0].id : 0;
}

Id organisation_named(Tx *tx, Str words) {
    Id id;
    OrganisationsGetRow row;
    if (str_is_empty(words)) return 0;
    if (id_parse(words, &id) && organisations_sql_get(tx, id, &row)) return id;
    return organisation_find_same(tx, words, STR_ABSENT);
}

/* Edits that turn a into b, counted up to limit + 1 (Wagner and Fischer 1974, two rows). */
static size_t edit_distance(Arena *arena, Str a, Str b, size_t limit) {
    size_t difference = a.size > b.size ? a.size - b.size : b.size - a.size;
    if (difference > limit) return limit + 1;
    size_t *row = arena_array(arena, size_t, b.size + 1);
    for (size_t j = 0; j <= b.size; j++) row[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t replaced = diagonal + (a.data[i - 1] != b.data[j - 1]);
            diagonal = row[j];
            size_t shorter = row[j - 1] < row[j] ? row[j - 1] : row[j];
            row[j] = replaced < shorter + 1 ? replaced : shorter + 1;
        }
    }
    return row[b.size];
}

static bool is_similar(Arena *arena, Str a, Str b) {
    enum { LONG_ENOUGH = 6, EDITS = 2 };
    if (a.size < LONG_ENOUGH || b.size < LONG_ENOUGH) return str_equal(a, b);
    return str_contains(a, b) || str_contains(b, a) || edit_distance(arena, a, b, EDITS) <= EDITS;
}

OrganisationHits organisation_find_similar(Tx *tx, Str name) {
    enum { MOST_HITS = 5 };
    Arena *arena = tx_arena(tx);
    Str folded = organisation_fold_name(arena, name);
    OrganisationHits hits = {arena_array(arena, Organisation, MOST_HITS), 0};
    OrganisationsNamesRows rows = organisations_sql_names(tx);
    for (size_t i = 0; i < rows.count && hits.count < MOST_HITS; i++)
        if (is_similar(arena, folded, rows.rows[i].name_folded) &&
            organisation_get(tx, rows.rows[i].id, &hits.organisations[hits.count]))
            hits.count++;
    return hits;
}

const Room organisations_room = {.name = "organisations"};
