// SPDX-License-Identifier: EUPL-1.2
/* Which organisation a row is of. A name alone does not say it: a group and a foundation, or two groups, may have one
 * folded name. What is told beside it makes them one, or two; where it does neither, the coordinator is asked. */
#include "gathering/signups/import_planning.h"
#include "platform/account/account.h"
#include "platform/base/utf8.h"

/* ---- who is who ------------------------------------------------------------------------------------------------ */

/* What tells a row, or a kept organisation, from others. */
typedef struct Identity {
    Str folded, full; /* the name folded, without words of legal form and with them */
    Str nip, krs, legal_form;
    const Str *emails; /* the contact's, and of others who speak for it in this series */
    size_t email_count;
    Str phone, contact_name;
    bool is_here; /* it takes part in this edition already */
    bool is_row;  /* of the sheet, not kept */
} Identity;

/* From "not the same" to "surely the same". */
typedef enum Likeness {
    LIKE_NONE,        /* other register numbers, or nothing in common */
    LIKE_FORM,        /* the name but for words of legal form, and nothing that says more */
    LIKE_NAME,        /* just the same name, told by another contact */
    LIKE_CONTACT,     /* one contact, and names of two legal forms */
    LIKE_SURE_BEGINS, /* from here on it is one organisation */
    LIKE_SHORT_NAME = LIKE_SURE_BEGINS,
    LIKE_FULL_NAME,
    LIKE_STRONG_BEGINS, /* from here on by more than its name */
    LIKE_SHORT_NAME_AND_CONTACT = LIKE_STRONG_BEGINS,
    LIKE_FULL_NAME_AND_CONTACT,
    LIKE_KRS,
    LIKE_NIP,
} Likeness;

typedef enum ContactLikeness { CONTACT_NOT_TOLD, CONTACT_OTHER, CONTACT_SAME } ContactLikeness;

static bool has_email(const Identity *of, Str email) {
    for (size_t i = 0; i < of->email_count; i++)
        if (str_equal_ascii_case(of->emails[i], email)) return true;
    return false;
}

static bool are_told(Str a, Str b) { return !str_is_empty(a) && !str_is_empty(b); }

/* One e-mail or one telephone in common is one contact; names of people are looked at only where neither is told. */
static ContactLikeness contact_likeness(const Identity *row, const Identity *other) {
    bool has_emails = row->email_count > 0 && other->email_count > 0, has_phones = are_told(row->phone, other->phone);
    for (size_t i = 0; i < row->email_count; i++)
        if (has_email(other, row->emails[i])) return CONTACT_SAME;
    if (has_phones && planning_same_phone(row->phone, other->phone)) return CONTACT_SAME;
    if (has_emails || has_phones) return CONTACT_OTHER;
    if (!are_told(row->contact_name, other->contact_name)) return CONTACT_NOT_TOLD;
    return str_equal(row->contact_name, other->contact_name) ? CONTACT_SAME : CONTACT_OTHER;
}

static bool has_words_of(Str name, Str other) {
    Str word, found;
    for (Str rest = other; str_next_part(&rest, ' ', &word);) {
        bool has_it = false;
        for (Str words = name; !has_it && str_next_part(&words, ' ', &found);) has_it = str_equal(found, word);
        if (!has_it) return false;
    }
    return true;
}

static Likeness likeness(const Identity *row, const Identity *other) {
    if (are_told(row->nip, other->nip)) return str_equal(row->nip, other->nip) ? LIKE_NIP : LIKE_NONE;
    if (are_told(row->krs, other->krs)) return str_equal(row->krs, other->krs) ? LIKE_KRS : LIKE_NONE;
    if (!str_equal(row->folded, other->folded)) return LIKE_NONE;
    ContactLikeness contact = contact_likeness(row, other);
    bool is_full = has_words_of(row->full, other->full) && has_words_of(other->full, row->full);
    bool is_short = str_equal(row->full, row->folded) || str_equal(other->full, other->folded);
    if (contact == CONTACT_SAME)
        return is_full ? LIKE_FULL_NAME_AND_CONTACT : is_short ? LIKE_SHORT_NAME_AND_CONTACT : LIKE_CONTACT;
    bool are_two_forms = are_told(row->legal_form, other->legal_form) && !str_equal(row->legal_form, other->legal_form);
    if (are_two_forms || (!is_full && !is_short)) return is_full ? LIKE_NAME : LIKE_FORM;
    /* A contact that changed since an earlier edition is no other organisation; two in one edition may be. */
    bool may_be_two = other->is_row || (contact == CONTACT_OTHER && (other->is_here || !is_full));
    if (may_be_two) return is_full ? LIKE_NAME : LIKE_FORM;
    return is_full ? LIKE_FULL_NAME : LIKE_SHORT_NAME;
}

/* ---- rows by a key ---------------------------------------------------------------------------------------------- */

/* Rows by a key of theirs: each knows the row before it that has the same. Half full at most. */
typedef struct Chain {
    size_t *slots; /* 1 + the last row of a key */
    size_t slot_count;
    size_t *before; /* by row: 1 + the row before it with the same key; 0: none */
    Str *keys;      /* by row; absent: not in the chain */
} Chain;

/* How far back is looked for rows of one key: a sheet of thousands of the same name is nobody's. */
enum { CHAIN_MOST = 50 };

static Chain chain_of(Arena *arena, size_t rows) {
    Chain chain = {.slot_count = 64};
    while (chain.slot_count < 2 * rows) chain.slot_count *= 2;
    chain.slots = arena_array(arena, size_t, chain.slot_count);
    chain.before = arena_array(arena, size_t, rows);
    chain.keys = arena_array(arena, Str, rows);
    return chain;
}

static size_t *chain_slot(const Chain *chain, Str key) {
    size_t mask = chain->slot_count - 1, slot = (size_t)str_hash(key) & mask;
    while (chain->slots[slot] && !str_equal(chain->keys[chain->slots[slot] - 1], key)) slot = (slot + 1) & mask;
    return &chain->slots[slot];
}

static void chain_add(const Chain *chain, Str key, size_t index) {
    if (str_is_empty(key)) return;
    size_t *slot = chain_slot(chain, key);
    chain->keys[index] = key;
    chain->before[index] = *slot;
    *slot = index + 1;
}

static Str key_of(const Id *organisation) { return str_from((const char *)organisation, sizeof *organisation); }

/* ---- matching ---------------------------------------------------------------------------------------------------- */

typedef struct Candidate {
    Id organisation;
    Str name;
    Identity identity;
    Likeness likeness;
} Candidate;

typedef struct RowMatch {
    Identity identity;
    Candidate *candidates;
    size_t count;
} RowMatch;

typedef struct Matching {
    const Planning *planning;
    ImportPlanRow *rows;
    RowMatch *matches;
    Chain names, nips, organisations; /* of organisations: the rows that are of it for certain */
} Matching;

static Identity identity_of_row(const Planning *planning, const ImportPlanRow *row) {
    const ImportRow *read = &row->read;
    return (Identity){
        .folded = row->folded,
        .full = utf8_fold(planning->arena, read->name),
        .nip = read->nip,
        .krs = read->krs,
        .legal_form = row->legal_form,
        .emails = &read->email,
        .email_count = !str_is_empty(read->email),
        .phone = read->phone,
        .contact_name = utf8_fold(planning->arena, read->contact_name),
        .is_row = true,
    };
}

/* What this series was told of its contact, and no other. */
static Identity identity_of_kept(const Planning *planning, const Organisation *kept) {
    Arena *arena = planning->arena;
    Identity identity = {
        .folded = organisation_fold_name(arena, kept->name),
        .full = utf8_fold(arena, kept->name),
        .nip = kept->nip,
        .krs = kept->krs,
        .legal_form = kept->legal_form,
    };
    Signup signup = {0};
    identity.is_here = signup_of_organisation(planning->tx, planning->edition->id, kept->id, &signup);
    identity.phone = signup.contact_phone;
    if (identity.is_here) identity.contact_name = utf8_fold(arena, signup.contact_name);
    IdArray people = representatives(planning->tx, kept->id, planning->edition->series.id);
    Str *emails = arena_array(arena, Str, people.count + 1);
    if (!str_is_empty(signup.contact_email)) emails[identity.email_count++] = signup.contact_email;
    for (size_t i = 0; i < people.count; i++) {
        Person person;
        if (person_get(planning->tx, people.ids[i], &person) && !str_is_empty(person.email))
            emails[identity.email_count++] = person.email;
    }
    identity.emails = emails;
    return identity;
}

static void find_candidates(const Matching *matching, size_t index) {
    const Planning *planning = matching->planning;
    const ImportPlanRow *row = &matching->rows[index];
    RowMatch *match = &matching->matches[index];
    OrganisationHits hits = organisation_find_alike(planning->tx, row->folded, row->read.nip);
    match->candidates = arena_array(planning->arena, Candidate, hits.count);
    for (size_t i = 0; i < hits.count; i++) {
        Candidate *candidate = &match->candidates[match->count];
        *candidate = (Candidate){.organisation = hits.organisations[i].id,
                                 .name = hits.organisations[i].name,
                                 .identity = identity_of_kept(planning, &hits.organisations[i])};
        candidate->likeness = likeness(&match->identity, &candidate->identity);
        match->count += candidate->likeness != LIKE_NONE;
    }
}

/* The other row that is of the organisation for certain: the first of them in the sheet. 0: none. */
static size_t claimed_by(const Matching *matching, Id organisation, size_t index) {
    size_t found = 0;
    for (size_t row = *chain_slot(&matching->organisations, key_of(&organisation)), looked_at = 0;
         row && looked_at < CHAIN_MOST; row = matching->organisations.before[row - 1], looked_at++)
        if (row - 1 != index) found = row;
    return found;
}

/* Whether a row further down is of the organisation, and says just what is kept of it: the newer answer, taken before.
 */
static bool is_answered_later(const Matching *matching, size_t index, Id organisation) {
    size_t row = *chain_slot(&matching->organisations, key_of(&organisation));
    for (size_t looked_at = 0; row && looked_at < CHAIN_MOST;
         row = matching->organisations.before[row - 1], looked_at++)
        if (row > index + 1 && planning_is_as_kept(matching->planning, &matching->rows[row - 1], organisation))
            return true;
    return false;
}

/* What another row says of itself, the organisation will have said: it may be that row's, and not this one's. */
static Likeness beside_other_rows(const Matching *matching, size_t index, const Candidate *candidate) {
    const Planning *planning = matching->planning;
    Id organisation = candidate->organisation;
    Likeness alone = candidate->likeness;
    size_t claim = claimed_by(matching, organisation, index);
    if (!claim) return alone;
    if (alone >= LIKE_SURE_BEGINS && is_answered_later(matching, index, organisation)) return alone;
    const Identity *identity = &matching->matches[index].identity;
    Likeness beside = likeness(identity, &matching->matches[claim - 1].identity);
    Likeness lesser = beside < alone ? beside : alone;
    if (lesser == LIKE_NONE || lesser >= LIKE_SURE_BEGINS || !candidate->identity.is_here) return lesser;
    /* The row before it differs from what is kept, and this one does not: it was said to be the newer answer. */
    bool is_newer = claim <= index && contact_likeness(identity, &candidate->identity) == CONTACT_NOT_TOLD &&
                    !planning_is_as_kept(planning, &matching->rows[claim - 1], organisation) &&
                    planning_is_as_kept(planning, &matching->rows[index], organisation);
    return is_newer ? LIKE_SHORT_NAME : lesser;
}

static bool is_better(const Matching *matching, size_t index, const Candidate *candidate, const Candidate *best) {
    if (!best || candidate->likeness != best->likeness) return !best || candidate->likeness > best->likeness;
    Str folded = matching->rows[index].folded;
    bool is_named = str_equal(candidate->identity.folded, folded), was_named = str_equal(best->identity.folded, folded);
    if (is_named != was_named) return is_named;
    bool is_free = !claimed_by(matching, candidate->organisation, index),
         was_free = !claimed_by(matching, best->organisation, index);
    bool is_kept = planning_is_as_kept(matching->planning, &matching->rows[index], candidate->organisation),
         was_kept = planning_is_as_kept(matching->planning, &matching->rows[index], best->organisation);
    return is_kept != was_kept ? is_kept : is_free && !was_free;
}

/* Two that are as like by their names alone: which of them is meant, nothing says. Where each of them answered later,
 * nothing hangs on it. */
static bool is_one_of_two(const Matching *matching, size_t index, const Candidate *best) {
    const RowMatch *match = &matching->matches[index];
    Id organisation = best->organisation;
    if (best->likeness < LIKE_SURE_BEGINS || best->likeness >= LIKE_STRONG_BEGINS) return false;
    if (planning_is_as_kept(matching->planning, &matching->rows[index], organisation)) return false;
    if (is_answered_later(matching, index, organisation)) return false;
    for (size_t i = 0; i < match->count; i++)
        if (&match->candidates[i] != best && match->candidates[i].likeness == best->likeness) return true;
    return false;
}

static const Candidate *best_candidate(const Matching *matching, size_t index) {
    const RowMatch *match = &matching->matches[index];
    const Candidate *best = NULL;
    for (size_t i = 0; i < match->count; i++)
        if (match->candidates[i].likeness != LIKE_NONE && is_better(matching, index, &match->candidates[i], best))
            best = &match->candidates[i];
    return best;
}

static void claim(const Matching *matching, size_t index, const Candidate *candidate) {
    ImportPlanRow *row = &matching->rows[index];
    row->organisation = candidate->organisation;
    chain_add(&matching->organisations, key_of(&row->organisation), index);
    bool has_its_name = str_equal(candidate->identity.folded, row->folded);
    OrganisationHits named = {0};
    if (!has_its_name) named = organisation_find_alike(matching->planning->tx, row->folded, STR_ABSENT);
    if (named.count > 0)
        planning_note(matching->planning, row, IMPORT_TWO_ORGANISATIONS, IMPORT_NIP, row->read.nip, candidate->name);
}

static void may_be(const Matching *matching, size_t index, Id organisation, Str name) {
    ImportPlanRow *row = &matching->rows[index];
    row->similar = organisation;
    row->is_maybe = true;
    planning_note(matching->planning, row, IMPORT_SIMILAR, IMPORT_NAME, row->read.name, name);
    planning_compare_maybe(matching->planning, row, organisation);
}

static bool are_others(Str a, Str b) { return are_told(a, b) && !str_equal(a, b); }

/* ---- rows of one organisation ------------------------------------------------------------------------------------ */

/* The row before it in the sheet that is likest, as 1 + its index; or one further down that is surely of the same
 * organisation, and is known to be of a kept one. */
static size_t likest_row(const Matching *matching, const Chain *chain, size_t index, Likeness *most) {
    if (str_is_absent(chain->keys[index])) return 0;
    size_t found = 0, looked_at = 0;
    for (size_t other = *chain_slot(chain, chain->keys[index]); other && looked_at < CHAIN_MOST;
         other = chain->before[other - 1], looked_at++) {
        if (other - 1 == index) continue;
        Likeness like = likeness(&matching->matches[index].identity, &matching->matches[other - 1].identity);
        bool is_later = other - 1 > index;
        if (is_later && (like < LIKE_SURE_BEGINS || !matching->rows[other - 1].organisation)) continue;
        if (like == LIKE_NONE || like < *most) continue;
        *most = like;
        found = other; /* of those as like, the first in the sheet */
    }
    return found;
}

/* Of a row that is no kept organisation's for certain. */
static size_t find_twin(const Matching *matching, size_t index, Likeness *most) {
    Likeness by_name = LIKE_NONE, by_nip = LIKE_NONE;
    size_t named = likest_row(matching, &matching->names, index, &by_name),
           numbered = likest_row(matching, &matching->nips, index, &by_nip);
    *most = by_nip > by_name ? by_nip : by_name;
    return by_nip > by_name ? numbered : named;
}

/* It is of the organisation of that row, kept or not. */
static void join_row(const Matching *matching, size_t index, size_t twin) {
    ImportPlanRow *row = &matching->rows[index];
    Id organisation = matching->rows[twin - 1].organisation;
    if (organisation) {
        row->organisation = organisation;
        chain_add(&matching->organisations, key_of(&row->organisation), index);
        return;
    }
    row->twin = twin;
}

static void may_be_of_row(const Matching *matching, size_t index, size_t twin) {
    ImportPlanRow *row = &matching->rows[index];
    row->twin = twin;
    row->is_maybe = true;
    planning_note(matching->planning, row, IMPORT_MAYBE_TWO_ROWS, IMPORT_NAME, row->read.name,
                  str_format(matching->planning->arena, "%zu", matching->rows[twin - 1].read.line));
}

/* Names that are only nearly the same. One that was said to be that organisation, and taken, is not asked about again.
 */
static void find_similar(const Matching *matching, size_t index) {
    const Planning *planning = matching->planning;
    const ImportPlanRow *row = &matching->rows[index];
    OrganisationHits hits = organisation_names_similar(planning->tx, planning->plan->names, row->folded);
    const Organisation *first = NULL;
    for (size_t i = 0; i < hits.count; i++) {
        const Organisation *hit = &hits.organisations[i];
        if (are_others(hit->nip, row->read.nip) || are_others(hit->krs, row->read.krs)) continue; /* so they are two */
        if (!first) first = hit;
        Candidate candidate = {hit->id, hit->name, identity_of_kept(planning, hit), LIKE_SHORT_NAME};
        bool is_its_contact = contact_likeness(&matching->matches[index].identity, &candidate.identity) == CONTACT_SAME;
        if (!is_its_contact || !planning_is_as_kept(planning, row, hit->id)) continue;
        claim(matching, index, &candidate);
        return;
    }
    if (first) may_be(matching, index, first->id, first->name);
}

/* ---- the whole ------------------------------------------------------------------------------------------------ */

static void open_row(const Matching *matching, size_t index) {
    const ImportPlanRow *row = &matching->rows[index];
    if (str_is_empty(row->read.name)) return;
    matching->matches[index].identity = identity_of_row(matching->planning, row);
    chain_add(&matching->names, row->folded, index);
    chain_add(&matching->nips, row->read.nip, index);
    find_candidates(matching, index);
    const Candidate *best = best_candidate(matching, index);
    if (best && best->likeness >= LIKE_STRONG_BEGINS) claim(matching, index, best);
}

/* A row that says just what is kept was taken before, whatever was doubtful about it then. */
static void match_as_kept(const Matching *matching, size_t index) {
    const ImportPlanRow *row = &matching->rows[index];
    const RowMatch *match = &matching->matches[index];
    const Candidate *best = NULL;
    for (size_t i = 0; i < match->count && !row->organisation; i++) {
        const Candidate *candidate = &match->candidates[i];
        bool may_be = candidate->likeness >= LIKE_SURE_BEGINS ||
                      contact_likeness(&match->identity, &candidate->identity) == CONTACT_SAME;
        if (may_be && planning_is_as_kept(matching->planning, row, candidate->organisation) &&
            is_better(matching, index, candidate, best))
            best = candidate;
    }
    if (best) claim(matching, index, best);
}

static void match_by_name(const Matching *matching, size_t index) {
    ImportPlanRow *row = &matching->rows[index];
    RowMatch *match = &matching->matches[index];
    if (row->organisation || str_is_empty(row->read.name)) return;
    for (size_t i = 0; i < match->count; i++)
        match->candidates[i].likeness = beside_other_rows(matching, index, &match->candidates[i]);
    const Candidate *best = best_candidate(matching, index);
    bool is_sure = best && best->likeness >= LIKE_SURE_BEGINS && !is_one_of_two(matching, index, best);
    if (is_sure) {
        claim(matching, index, best);
        return;
    }
    Likeness most;
    size_t twin = find_twin(matching, index, &most);
    if (twin && most >= LIKE_SURE_BEGINS) join_row(matching, index, twin);
    else if (best) may_be(matching, index, best->organisation, best->name);
    else if (twin) may_be_of_row(matching, index, twin);
    else find_similar(matching, index);
}

/* Rows were chained by organisation in several turns: the last one before this row is looked for. */
static void find_row_before(const Matching *matching, size_t index) {
    ImportPlanRow *row = &matching->rows[index];
    if (!row->organisation) return;
    const Chain *chain = &matching->organisations;
    size_t other = *chain_slot(chain, key_of(&row->organisation));
    for (size_t looked_at = 0; other && looked_at < CHAIN_MOST; other = chain->before[other - 1], looked_at++)
        if (other - 1 < index && other > row->twin) row->twin = other;
}

void planning_match(const Planning *planning) {
    size_t count = planning->plan->count;
    Arena *arena = planning->arena;
    Matching matching = {planning,
                         planning->plan->rows,
                         arena_array(arena, RowMatch, count),
                         chain_of(arena, count),
                         chain_of(arena, count),
                         chain_of(arena, count)};
    for (size_t i = 0; i < count; i++) open_row(&matching, i);
    for (size_t i = 0; i < count; i++) match_as_kept(&matching, i);
    for (size_t i = 0; i < count; i++) match_by_name(&matching, i);
    for (size_t i = 0; i < count; i++) find_row_before(&matching, i);
}
