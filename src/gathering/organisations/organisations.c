// SPDX-License-Identifier: EUPL-1.2
#include "gathering/organisations/organisations.h"

#include "gathering/organisations/name_index.h"
#include "gathering/organisations/name_keys.h"
#include "organisations_sql.h"
#include "platform/account/account.h" /* IdArray */
#include "platform/base/utf8.h"
#include <assert.h>

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

static StrList languages_of(Tx *tx, Id organisation) {
    OrganisationsLanguagesRows rows = organisations_sql_languages(tx, organisation);
    StrList list = {arena_array(tx_arena(tx), Str, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) list.strs[i] = rows.rows[i].language;
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
        .parent_name = row.parent_name,
        .joined_into = row.joined_into.value,
        .written_in = row.written_in,
        .profiles = profiles_of(tx, id),
        .languages = languages_of(tx, id),
        .version = row.version,
    };
    return true;
}

Str organisation_name(Tx *tx, Id id) {
    OrganisationsGetRow row;
    return organisations_sql_get(tx, id, &row) ? row.name : STR("");
}

Id organisation_kept(Tx *tx, Id id) {
    OrganisationsJoinedIntoRow row;
    while (organisations_sql_joined_into(tx, id, &row) && row.joined_into.given) id = row.joined_into.value;
    return id;
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static void add_lists(Tx *tx, Id organisation, const Organisation *o) {
    for (size_t i = 0; i < o->profiles.count; i++) organisations_sql_add_profile(tx, organisation, o->profiles.strs[i]);
    for (size_t i = 0; i < o->languages.count; i++)
        organisations_sql_add_language(tx, organisation, o->languages.strs[i]);
}

Id organisation_add(Tx *tx, const Organisation *o) {
    Arena *arena = tx_arena(tx);
    assert(!o->is_listed); /* that goes with a consent */
    Id id = tx_new_id(tx);
    organisations_sql_add(tx, id, o->name, utf8_sort_key(arena, o->name), organisation_fold_name(arena, o->name),
                          o->legal_form, o->nip, o->regon, o->krs, o->public_benefit, o->founded_year,
                          str_or_empty(o->parent_name), o->district, o->website, o->words, tx_now_ms(tx));
    add_lists(tx, id, o);
    name_keys_put(tx, id, organisation_fold_name(arena, o->name));
    return id;
}

Err organisation_update(Tx *tx, const Organisation *o) {
    Arena *arena = tx_arena(tx);
    OrganisationsGetRow stored;
    if (!organisations_sql_get(tx, o->id, &stored)) return ERR_NOT_FOUND;
    int64_t changed = organisations_sql_update(tx, o->id, o->version, o->name, utf8_sort_key(arena, o->name),
                                               organisation_fold_name(arena, o->name), o->legal_form, o->nip, o->regon,
                                               o->krs, o->public_benefit, o->founded_year, str_or_empty(o->parent_name),
                                               o->district, o->website, o->words);
    if (changed == 0) return ERR_CONFLICT;
    if (!str_equal(stored.name, o->name)) name_keys_put(tx, o->id, organisation_fold_name(arena, o->name));
    organisations_sql_clear_profiles(tx, o->id);
    organisations_sql_clear_languages(tx, o->id);
    add_lists(tx, o->id, o);
    return OK;
}

void organisation_set_listed(Tx *tx, Id organisation, bool is_listed) {
    organisations_sql_set_listed(tx, organisation, is_listed);
}

void organisation_set_written_in(Tx *tx, Id organisation, Str tag) {
    organisations_sql_set_written_in(tx, organisation, str_or_empty(tag));
}

/* ---- the same, or similar ------------------------------------------------------------------------------- */

/* Of those that are kept as one, the one: several names may lead to it. */
static void add_kept(Tx *tx, IdArray *found, Id id) {
    Id kept = organisation_kept(tx, id);
    for (size_t i = 0; i < found->count; i++)
        if (found->ids[i] == kept) return;
    found->ids[found->count++] = kept;
}

static IdArray of_nip(Tx *tx, Str nip) {
    IdArray found = {0};
    if (str_is_empty(nip)) return found;
    OrganisationsByNipRows rows = organisations_sql_by_nip(tx, nip);
    found.ids = arena_array(tx_arena(tx), Id, rows.count);
    for (size_t i = 0; i < rows.count; i++) add_kept(tx, &found, rows.rows[i].id);
    return found;
}

static IdArray of_name(Tx *tx, Str folded) {
    OrganisationsByFoldedNameRows rows = organisations_sql_by_folded_name(tx, folded);
    IdArray found = {arena_array(tx_arena(tx), Id, rows.count), 0};
    for (size_t i = 0; i < rows.count; i++) add_kept(tx, &found, rows.rows[i].id);
    return found;
}

Id organisation_find_same_folded(Tx *tx, Str folded, Str nip) {
    IdArray by_nip = of_nip(tx, nip);
    if (by_nip.count == 1) return by_nip.ids[0];
    IdArray by_name = of_name(tx, folded);
    return by_name.count == 1 ? by_name.ids[0] : 0;
}

Id organisation_find_same(Tx *tx, Str name, Str nip) {
    return organisation_find_same_folded(tx, organisation_fold_name(tx_arena(tx), name), nip);
}

bool organisation_name_is_taken(Tx *tx, Str name, Id but) {
    Arena *arena = tx_arena(tx);
    Str folded = utf8_fold(arena, name);
    OrganisationsByFoldedNameRows rows = organisations_sql_by_folded_name(tx, organisation_fold_name(arena, name));
    for (size_t i = 0; i < rows.count; i++)
        if (organisation_kept(tx, rows.rows[i].id) != but &&
            str_equal(utf8_fold(arena, organisation_name(tx, rows.rows[i].id)), folded))
            return true;
    return false;
}

Id organisation_named(Tx *tx, Str words) {
    Id id;
    OrganisationsGetRow row;
    if (str_is_empty(words)) return 0;
    if (id_parse(words, &id) && organisations_sql_get(tx, id, &row)) return organisation_kept(tx, id);
    return organisation_find_same(tx, words, STR_ABSENT);
}

enum { MOST_HITS = NAME_KEYS_MOST_FOUND };

static void add_hit(Tx *tx, OrganisationHits *hits, Id id) {
    Id kept = organisation_kept(tx, id);
    for (size_t i = 0; i < hits->count; i++)
        if (hits->organisations[i].id == kept) return;
    if (organisation_get(tx, kept, &hits->organisations[hits->count])) hits->count++;
}

OrganisationHits organisation_find_similar(Tx *tx, Str name) {
    Arena *arena = tx_arena(tx);
    Id found[MOST_HITS];
    size_t count = name_keys_find(tx, organisation_fold_name(arena, name), found);
    OrganisationHits hits = {arena_array(arena, Organisation, MOST_HITS), 0};
    for (size_t i = 0; i < count; i++) add_hit(tx, &hits, found[i]);
    return hits;
}

bool organisation_is_similar(Tx *tx, Id organisation, Str name) {
    OrganisationsGetRow row;
    if (!organisations_sql_get(tx, organisation, &row)) return false;
    Arena *arena = tx_arena(tx);
    return names_are_similar(organisation_fold_name(arena, name), organisation_fold_name(arena, row.name));
}

OrganisationHits organisation_find_alike(Tx *tx, Str folded, Str nip) {
    IdArray by_nip = of_nip(tx, nip), by_name = of_name(tx, folded);
    OrganisationHits hits = {0};
    if (by_nip.count + by_name.count == 0) return hits;
    hits.organisations = arena_array(tx_arena(tx), Organisation, by_nip.count + by_name.count);
    for (size_t i = 0; i < by_nip.count; i++) add_hit(tx, &hits, by_nip.ids[i]);
    for (size_t i = 0; i < by_name.count; i++) add_hit(tx, &hits, by_name.ids[i]);
    return hits;
}

/* ---- many at once --------------------------------------------------------------------------------------- */

struct OrganisationNames {
    OrganisationsNamesRows rows;
    int64_t count, versions;
    NameIndex *index;
};

OrganisationNames *organisation_names(Tx *tx) {
    Arena *arena = tx_arena(tx);
    OrganisationNames *names = arena_new(arena, OrganisationNames);
    OrganisationsNamesStateRow state;
    organisations_sql_names_state(tx, &state);
    names->rows = organisations_sql_names(tx);
    names->count = state.count;
    names->versions = state.versions;
    Str *folded = arena_array(arena, Str, names->rows.count);
    for (size_t i = 0; i < names->rows.count; i++) folded[i] = names->rows.rows[i].name_folded;
    names->index = name_index_make(arena, folded, names->rows.count);
    return names;
}

bool organisation_names_hold(Tx *tx, const OrganisationNames *names) {
    OrganisationsNamesStateRow state;
    organisations_sql_names_state(tx, &state);
    return state.count == names->count && state.versions == names->versions;
}

OrganisationHits organisation_names_similar(Tx *tx, const OrganisationNames *names, Str folded) {
    Arena *arena = tx_arena(tx);
    size_t places[MOST_HITS];
    size_t found = name_index_similar(names->index, folded, places, MOST_HITS);
    OrganisationHits hits = {found ? arena_array(arena, Organisation, found) : NULL, 0};
    for (size_t i = 0; i < found; i++) add_hit(tx, &hits, names->rows.rows[places[i]].id);
    return hits;
}

static const JoinColumn join_columns[] = {
    {{.table = "organisation_profile", .column = "organisation"}, JOIN_FOLLOWS, NULL},
    {{.table = "organisation_language", .column = "organisation"}, JOIN_FOLLOWS, NULL},
    {{.table = "organisation_name_key", .column = "organisation"}, JOIN_STAYS, "found by its name, one is led on"},
    {{.table = "organisation", .column = "parent"}, JOIN_STAYS, "nothing writes it: see parent_name"},
    {{.table = "organisation", .column = "joined_into"}, JOIN_STAYS, "the join itself: one leads on to the next"},
};

const Room organisations_room = {
    .name = "organisations", .join_columns = join_columns, .join_column_count = COUNT(join_columns)};
