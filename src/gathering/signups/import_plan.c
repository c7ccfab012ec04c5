// SPDX-License-Identifier: EUPL-1.2
/* The fate of each row, from what is kept already. */
#include "gathering/signups/import_plan.h"
#include "platform/base/utf8.h"
#include "signups_sql.h"

static const char *const fate_names[IMPORT_FATE_COUNT] = {
    [IMPORT_NEW] = "new", [IMPORT_SAME] = "same", [IMPORT_DOUBTFUL] = "doubtful", [IMPORT_WRONG] = "wrong"};

const char *import_fate_name(ImportFate fate) { return fate_names[fate]; }

typedef enum AnswerList { LIST_PROFILE, LIST_EXCHANGE, LIST_LEGAL_FORM, LIST_DISTRICT, ANSWER_LIST_COUNT } AnswerList;
static const char *const list_names[ANSWER_LIST_COUNT] = {"profile", "exchange", "legal_form", "district"};

/* An answer that was looked up in a list of kinds: most come many times. */
typedef struct KnownAnswer {
    Str words; /* absent: a free slot */
    Str code;  /* absent: no kind of the list */
} KnownAnswer;

/* A hash table, at most half full. */
typedef struct KnownAnswers {
    KindList *list;
    KnownAnswer *slots;
    size_t count, slot_count;
} KnownAnswers;

typedef struct Planning {
    Tx *tx;
    Arena *arena;
    const Edition *edition;
    OrganisationNames *names;
    ImportPlan *plan;
    KnownAnswers answers[ANSWER_LIST_COUNT];
    size_t *twins; /* hash table of 1 + row index, by folded name and by NIP */
    size_t twin_slots;
} Planning;

/* ---- answers that are kinds ------------------------------------------------------------------------------- */

static KnownAnswer *answer_slot(const KnownAnswers *answers, Str words) {
    for (size_t slot = (size_t)str_hash(words);; slot++) {
        KnownAnswer *known = &answers->slots[slot & (answers->slot_count - 1)];
        if (str_is_absent(known->words) || str_equal(known->words, words)) return known;
    }
}

static void make_room(Arena *arena, KnownAnswers *answers) {
    if (2 * answers->count < answers->slot_count) return;
    KnownAnswers larger = {.list = answers->list,
                           .count = answers->count,
                           .slot_count = answers->slot_count ? 4 * answers->slot_count : 64};
    larger.slots = arena_array(arena, KnownAnswer, larger.slot_count);
    for (size_t i = 0; i < answers->slot_count; i++)
        if (!str_is_absent(answers->slots[i].words)) *answer_slot(&larger, answers->slots[i].words) = answers->slots[i];
    *answers = larger;
}

/* words is not empty. */
static Str kind_of(Planning *planning, AnswerList list, Str words) {
    KnownAnswers *answers = &planning->answers[list];
    if (!answers->list) answers->list = kind_list(planning->tx, str_from_c(list_names[list]));
    make_room(planning->arena, answers);
    KnownAnswer *known = answer_slot(answers, words);
    if (!str_is_absent(known->words)) return known->code;
    *known = (KnownAnswer){words, STR_ABSENT};
    answers->count++;
    kind_guess(planning->arena, answers->list, words, &known->code);
    return known->code;
}

static void note(Planning *planning, ImportPlanRow *row, ImportWhy why, ImportField field, Str value, Str other) {
    ImportRow *read = &row->read;
    import_note(planning->arena, &read->notes,
                &(ImportNote){
                    .why = why,
                    .field = field,
                    .line = read->lines[field] ? read->lines[field] : read->line,
                    .column = read->columns[field] ? read->columns[field] : 1,
                    .value = value,
                    .other = other,
                });
}

static void add_line(Buffer *text, Str line) {
    if (text->size) buffer_add_char(text, '\n');
    buffer_add(text, line);
}

/* What no list knows is not lost: it goes among the remarks, under the words of its field. */
static void keep_among_remarks(Planning *planning, ImportPlanRow *row, Buffer *remarks, ImportField field, Str answer) {
    Language language = planning->edition->series.language;
    note(planning, row, IMPORT_UNKNOWN_ANSWER, field, answer, STR_ABSENT);
    Str words = import_field_words(planning->arena, language, field);
    add_line(remarks, str_format(planning->arena, "%.*s: %.*s", STR_FORMAT(words), STR_FORMAT(answer)));
}

static bool has_str(const StrList *list, Str str) {
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->strs[i], str)) return true;
    return false;
}

static void find_profiles(Planning *planning, ImportPlanRow *row, Buffer *remarks) {
    const StrList *written = &row->read.profiles;
    row->profiles.strs = arena_array(planning->arena, Str, written->count);
    for (size_t i = 0; i < written->count; i++) {
        Str code = kind_of(planning, LIST_PROFILE, written->strs[i]);
        if (str_is_absent(code)) keep_among_remarks(planning, row, remarks, IMPORT_PROFILES, written->strs[i]);
        else if (!has_str(&row->profiles, code)) row->profiles.strs[row->profiles.count++] = code;
    }
}

static void find_exchanges(Planning *planning, ImportPlanRow *row, Buffer *remarks, bool is_offer) {
    const StrList *written = is_offer ? &row->read.offers : &row->read.needs;
    for (size_t i = 0; i < written->count; i++) {
        Str answer = written->strs[i], code = kind_of(planning, LIST_EXCHANGE, answer);
        if (str_is_absent(code)) {
            keep_among_remarks(planning, row, remarks, is_offer ? IMPORT_OFFERS : IMPORT_NEEDS, answer);
            continue;
        }
        row->exchanges.exchanges[row->exchanges.count++] =
            (Exchange){.is_offer = is_offer, .kind = code, .words = answer};
    }
}

static void find_kinds(Planning *planning, ImportPlanRow *row) {
    Buffer remarks = buffer_in(planning->arena);
    const ImportRow *read = &row->read;
    if (!str_is_empty(read->remarks)) add_line(&remarks, read->remarks);
    find_profiles(planning, row, &remarks);
    row->exchanges.exchanges = arena_array(planning->arena, Exchange, read->needs.count + read->offers.count);
    find_exchanges(planning, row, &remarks, false);
    find_exchanges(planning, row, &remarks, true);
    if (!str_is_empty(read->legal_form)) {
        row->legal_form = kind_of(planning, LIST_LEGAL_FORM, read->legal_form);
        if (str_is_absent(row->legal_form))
            keep_among_remarks(planning, row, &remarks, IMPORT_LEGAL_FORM, read->legal_form);
    }
    if (!str_is_empty(read->district)) {
        Str code = kind_of(planning, LIST_DISTRICT, read->district);
        row->district = str_is_absent(code) ? read->district : code; /* a city without a list of districts */
    }
    row->remarks = buffer_str(&remarks);
}

/* ---- which organisation it is -------------------------------------------------------------------------------- */

/* The earlier row that has the key too, as 1 + its index; else the row takes the key. */
static size_t twin_by(Planning *planning, size_t index, Str key, bool (*has_key)(const ImportPlanRow *, Str)) {
    size_t mask = planning->twin_slots - 1;
    for (size_t slot = (size_t)str_hash(key) & mask;; slot = (slot + 1) & mask) {
        size_t held = planning->twins[slot];
        if (held == 0) {
            planning->twins[slot] = index + 1;
            return 0;
        }
        if (has_key(&planning->plan->rows[held - 1], key)) return held;
    }
}

static bool has_name(const ImportPlanRow *row, Str key) { return str_equal(row->folded, key); }
static bool has_nip(const ImportPlanRow *row, Str key) { return str_equal(row->read.nip, key); }

static void find_twin(Planning *planning, size_t index) {
    ImportPlanRow *row = &planning->plan->rows[index];
    row->twin = twin_by(planning, index, row->folded, has_name);
    if (row->twin == 0 && !str_is_empty(row->read.nip)) row->twin = twin_by(planning, index, row->read.nip, has_nip);
    if (row->twin == 0) return;
    size_t line = planning->plan->rows[row->twin - 1].read.line;
    note(planning, row, IMPORT_TWO_ROWS, IMPORT_NAME, row->read.name, str_format(planning->arena, "%zu", line));
}

static bool are_other_nips(Str a, Str b) { return !str_is_empty(a) && !str_is_empty(b) && !str_equal(a, b); }

static void find_similar(Planning *planning, ImportPlanRow *row) {
    OrganisationHits hits = organisation_names_similar(planning->tx, planning->names, row->folded);
    for (size_t i = 0; i < hits.count && !row->similar; i++) {
        if (are_other_nips(hits.organisations[i].nip, row->read.nip)) continue; /* so they are two */
        row->similar = hits.organisations[i].id;
        note(planning, row, IMPORT_SIMILAR, IMPORT_NAME, row->read.name, hits.organisations[i].name);
    }
}

static void find_organisation(Planning *planning, ImportPlanRow *row) {
    row->organisation = organisation_find_same_folded(planning->tx, row->folded, row->read.nip);
    if (!row->organisation) {
        find_similar(planning, row);
        return;
    }
    Id by_name = organisation_find_same_folded(planning->tx, row->folded, STR_ABSENT);
    if (by_name && by_name != row->organisation)
        note(planning, row, IMPORT_TWO_ORGANISATIONS, IMPORT_NIP, row->read.nip,
             organisation_name(planning->tx, row->organisation));
}

/* ---- what differs from what is kept ---------------------------------------------------------------------------- */

static void compare(Planning *planning, ImportPlanRow *row, ImportField field, Str in_sheet, Str kept) {
    if (!str_is_empty(in_sheet) && !str_equal(in_sheet, kept))
        note(planning, row, IMPORT_DIFFERS, field, in_sheet, kept);
}

/* Profiles as the organiser calls them. */
static Str profile_words(const Planning *planning, const StrList *codes) {
    Language language = planning->edition->series.language;
    Kinds kinds = kinds_of(planning->tx, STR("profile"), language);
    Str *names = arena_array(planning->arena, Str, codes->count);
    for (size_t i = 0; i < codes->count; i++) names[i] = kind_name(&kinds, codes->strs[i]);
    return list_words(planning->arena, language, names, codes->count);
}

static void compare_profiles(Planning *planning, ImportPlanRow *row, const StrList *kept) {
    bool is_same = row->profiles.count == kept->count;
    for (size_t i = 0; i < row->profiles.count; i++) is_same &= has_str(kept, row->profiles.strs[i]);
    if (row->profiles.count == 0 || is_same) return;
    note(planning, row, IMPORT_DIFFERS, IMPORT_PROFILES, profile_words(planning, &row->profiles),
         profile_words(planning, kept));
}

/* Needs or offers as one text, to compare and to show. */
static Str exchange_words(Arena *arena, const Exchanges *exchanges, bool is_offer) {
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < exchanges->count; i++) {
        const Exchange *one = &exchanges->exchanges[i];
        if (one->is_offer != is_offer) continue;
        if (out.size) buffer_add(&out, STR("; "));
        buffer_add(&out, str_is_empty(one->words) ? one->kind : one->words);
    }
    return buffer_str(&out);
}

static void compare_organisation(Planning *planning, ImportPlanRow *row, const Organisation *kept) {
    compare(planning, row, IMPORT_NIP, row->read.nip, kept->nip);
    compare(planning, row, IMPORT_REGON, row->read.regon, kept->regon);
    compare(planning, row, IMPORT_KRS, row->read.krs, kept->krs);
    if (!row->signup && !row->is_shared) return; /* of an earlier edition: what they do now is news, not a doubt */
    compare_profiles(planning, row, &kept->profiles);
    compare(planning, row, IMPORT_LEGAL_FORM, row->legal_form, kept->legal_form);
    compare(planning, row, IMPORT_DISTRICT, row->district, kept->district);
    compare(planning, row, IMPORT_WEBSITE, row->read.website, kept->website);
    compare(planning, row, IMPORT_WORDS, row->read.words, kept->words);
}

/* An e-mail says who it is; without one the telephone does, without both the name. */
static void compare_contact(Planning *planning, ImportPlanRow *row, const Signup *kept) {
    const ImportRow *read = &row->read;
    if (!str_is_empty(read->email)) {
        if (!str_equal_ascii_case(read->email, kept->contact_email))
            note(planning, row, IMPORT_DIFFERS, IMPORT_EMAIL, read->email, kept->contact_email);
    } else if (!str_is_empty(read->phone)) compare(planning, row, IMPORT_PHONE, read->phone, kept->contact_phone);
    else compare(planning, row, IMPORT_CONTACT_NAME, read->contact_name, kept->contact_name);
}

static void compare_signup(Planning *planning, ImportPlanRow *row, const Signup *kept) {
    Arena *arena = planning->arena;
    if (row->read.people.given && row->read.people.value != kept->people)
        note(planning, row, IMPORT_DIFFERS, IMPORT_PEOPLE, str_format(arena, "%lld", (long long)row->read.people.value),
             str_format(arena, "%lld", (long long)kept->people));
    compare(planning, row, IMPORT_REMARKS, row->remarks, kept->remarks);
    Exchanges exchanges = signup_exchanges_of(planning->tx, planning->edition->id, row->organisation);
    compare(planning, row, IMPORT_NEEDS, exchange_words(arena, &row->exchanges, false),
            exchange_words(arena, &exchanges, false));
    compare(planning, row, IMPORT_OFFERS, exchange_words(arena, &row->exchanges, true),
            exchange_words(arena, &exchanges, true));
    compare_contact(planning, row, kept);
}

static void compare_with_kept(Planning *planning, ImportPlanRow *row) {
    Organisation organisation;
    Signup signup;
    if (!row->organisation || !organisation_get(planning->tx, row->organisation, &organisation)) return;
    bool is_signed_up = signup_of_organisation(planning->tx, planning->edition->id, row->organisation, &signup);
    row->signup = is_signed_up ? signup.id : 0;
    row->is_shared = signup_known(planning->tx, row->organisation, planning->edition->series.id).elsewhere;
    compare_organisation(planning, row, &organisation);
    if (is_signed_up) compare_signup(planning, row, &signup);
}

static ImportFate fate_of(const ImportPlanRow *row) {
    bool has_doubt = false, differs = false;
    for (size_t i = 0; i < row->read.notes.count; i++) {
        ImportWhy why = row->read.notes.notes[i].why;
        if (import_why_is_wrong(why)) return IMPORT_WRONG;
        has_doubt |= import_why_is_doubt(why);
        differs |= why == IMPORT_DIFFERS || why == IMPORT_TWO_ORGANISATIONS;
    }
    if (row->signup && !differs) return IMPORT_SAME; /* taken before, whatever was doubtful about it then */
    return has_doubt || (differs && row->is_shared) ? IMPORT_DOUBTFUL : IMPORT_NEW;
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

static void note_state(Tx *tx, const Edition *edition, ImportPlan *plan) {
    SignupsPlanStateRow state;
    signups_sql_plan_state(tx, edition->id, &state);
    plan->signups = state.signups;
    plan->signup_versions = state.signup_versions;
    plan->people_versions = state.people_versions;
    plan->language = edition->series.language;
}

static ImportPlan make_plan(Tx *tx, const Edition *edition, const ImportSheet *sheet, OrganisationNames *names) {
    Arena *arena = tx_arena(tx);
    ImportPlan plan = {.rows = arena_array(arena, ImportPlanRow, sheet->row_count), .names = names};
    note_state(tx, edition, &plan);
    Planning planning = {.tx = tx, .arena = arena, .edition = edition, .names = names, .plan = &plan, .twin_slots = 64};
    while (planning.twin_slots < 4 * sheet->row_count) planning.twin_slots *= 2; /* two keys a row, half full */
    planning.twins = arena_array(arena, size_t, planning.twin_slots);
    for (size_t i = 0; i < sheet->row_count; i++) {
        ImportPlanRow *row = &plan.rows[plan.count];
        *row = (ImportPlanRow){0};
        if (!import_row_read(arena, sheet, i, &row->read)) continue;
        if (!str_is_empty(row->read.name)) {
            row->folded = organisation_fold_name(arena, row->read.name);
            find_kinds(&planning, row);
            find_organisation(&planning, row);
            find_twin(&planning, plan.count);
            compare_with_kept(&planning, row);
        }
        row->fate = fate_of(row);
        plan.by_fate[row->fate]++;
        plan.count++;
    }
    return plan;
}

ImportPlan import_plan_make(Tx *tx, const Edition *edition, const ImportSheet *sheet) {
    return make_plan(tx, edition, sheet, organisation_names(tx));
}

bool import_plan_holds(Tx *tx, const Edition *edition, const ImportPlan *plan) {
    ImportPlan now = {0};
    note_state(tx, edition, &now);
    return organisation_names_hold(tx, plan->names) && now.signups == plan->signups &&
           now.signup_versions == plan->signup_versions && now.people_versions == plan->people_versions &&
           now.language == plan->language;
}

ImportPlan import_plan_renewed(Tx *tx, const Edition *edition, const ImportSheet *sheet, const ImportPlan *before) {
    if (import_plan_holds(tx, edition, before)) return *before;
    bool names_hold = organisation_names_hold(tx, before->names);
    return make_plan(tx, edition, sheet, names_hold ? before->names : organisation_names(tx));
}
