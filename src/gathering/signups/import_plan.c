// SPDX-License-Identifier: EUPL-1.2
/* The fate of each row, from what is kept already. */
#include "gathering/signups/import_planning.h"
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

/* The lists that answers are looked up in. */
typedef struct Answers {
    const Planning *planning;
    KnownAnswers lists[ANSWER_LIST_COUNT];
} Answers;

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

static const KindList *list_of_kinds(Answers *all, AnswerList list) {
    KnownAnswers *answers = &all->lists[list];
    if (!answers->list) answers->list = kind_list(all->planning->tx, str_from_c(list_names[list]));
    return answers->list;
}

/* words is not empty. */
static Str kind_of(Answers *all, AnswerList list, Str words) {
    KnownAnswers *answers = &all->lists[list];
    const Planning *planning = all->planning;
    list_of_kinds(all, list);
    make_room(planning->arena, answers);
    KnownAnswer *known = answer_slot(answers, words);
    if (!str_is_absent(known->words)) return known->code;
    *known = (KnownAnswer){words, STR_ABSENT};
    answers->count++;
    kind_guess(planning->arena, answers->list, words, &known->code);
    return known->code;
}

void planning_note(const Planning *planning, ImportPlanRow *row, ImportWhy why, ImportField field, Str value,
                   Str other) {
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
static void keep_among_remarks(const Planning *planning, ImportPlanRow *row, Buffer *remarks, ImportField field,
                               Str answer) {
    Language language = planning->edition->series.language;
    planning_note(planning, row, IMPORT_UNKNOWN_ANSWER, field, answer, STR_ABSENT);
    Str words = import_field_words(planning->arena, language, field);
    add_line(remarks, str_format(planning->arena, "%.*s: %.*s", STR_FORMAT(words), STR_FORMAT(answer)));
}

static bool has_str(const StrList *list, Str str) {
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->strs[i], str)) return true;
    return false;
}

static void find_profiles(Answers *answers, ImportPlanRow *row, Buffer *remarks) {
    const StrList *written = &row->read.profiles;
    row->profiles.strs = arena_array(answers->planning->arena, Str, written->count);
    for (size_t i = 0; i < written->count; i++) {
        Str code = kind_of(answers, LIST_PROFILE, written->strs[i]);
        if (str_is_absent(code)) keep_among_remarks(answers->planning, row, remarks, IMPORT_PROFILES, written->strs[i]);
        else if (!has_str(&row->profiles, code)) row->profiles.strs[row->profiles.count++] = code;
    }
}

/* What people write of a need or an offer, and no name of a kind resembles: beginnings of words, folded. */
static const struct {
    const char *stem, *kind;
    bool is_whole;
} exchange_words[] = {
    {"sala", "space", true},         {"sale", "space", true},
    {"sali", "space", true},         {"salka", "space", true},
    {"lokal", "space", true},        {"lokalu", "space", true},
    {"pomieszczen", "space", false}, {"swietlic", "space", false},
    {"room", "space", true},         {"rooms", "space", true},
    {"venue", "space", true},        {"zal", "space", true},
    {"zala", "space", true},         {"projektor", "equipment", false},
    {"rzutnik", "equipment", false}, {"naglosnien", "equipment", false},
};

static bool guess_exchange(Arena *arena, const KindList *kinds, Str answer, Str *kind) {
    Str word;
    const char *found = NULL;
    for (Str rest = utf8_fold(arena, answer); str_next_part(&rest, ' ', &word);)
        for (size_t i = 0; i < COUNT(exchange_words); i++) {
            Str stem = str_from_c(exchange_words[i].stem);
            bool is_it = exchange_words[i].is_whole ? str_equal(word, stem) : str_starts_with(word, stem);
            if (!is_it) continue;
            if (found && strcmp(found, exchange_words[i].kind) != 0) return false; /* of two kinds at once */
            found = exchange_words[i].kind;
        }
    return found && kind_named_in(arena, kinds, str_from_c(found), kind);
}

/* "space: a hall for 30" is the kind and the words, as the export writes it; the name of a kind alone needs no words.
 */
static bool split_exchange(Answers *answers, Str answer, Exchange *exchange) {
    Arena *arena = answers->planning->arena;
    ptrdiff_t colon = str_index_of_char(answer, ':');
    const KindList *kinds = list_of_kinds(answers, LIST_EXCHANGE);
    exchange->words = STR("");
    if (kind_named_in(arena, kinds, answer, &exchange->kind)) return true;
    if (colon > 0 && kind_named_in(arena, kinds, str_slice(answer, 0, (size_t)colon), &exchange->kind)) {
        exchange->words = str_trim(str_skip(answer, (size_t)colon + 1));
        return true;
    }
    exchange->words = answer;
    exchange->kind = kind_of(answers, LIST_EXCHANGE, answer);
    return !str_is_absent(exchange->kind) || guess_exchange(arena, kinds, answer, &exchange->kind);
}

static void find_exchanges(Answers *answers, ImportPlanRow *row, Buffer *remarks, bool is_offer) {
    const StrList *written = is_offer ? &row->read.offers : &row->read.needs;
    for (size_t i = 0; i < written->count; i++) {
        Exchange exchange = {.is_offer = is_offer};
        if (split_exchange(answers, written->strs[i], &exchange))
            row->exchanges.exchanges[row->exchanges.count++] = exchange;
        else
            keep_among_remarks(answers->planning, row, remarks, is_offer ? IMPORT_OFFERS : IMPORT_NEEDS,
                               written->strs[i]);
    }
}

static void find_kinds(Answers *answers, ImportPlanRow *row) {
    Buffer remarks = buffer_in(answers->planning->arena);
    const ImportRow *read = &row->read;
    if (!str_is_empty(read->remarks)) add_line(&remarks, read->remarks);
    find_profiles(answers, row, &remarks);
    row->exchanges.exchanges = arena_array(answers->planning->arena, Exchange, read->needs.count + read->offers.count);
    find_exchanges(answers, row, &remarks, false);
    find_exchanges(answers, row, &remarks, true);
    if (!str_is_empty(read->legal_form)) {
        row->legal_form = kind_of(answers, LIST_LEGAL_FORM, read->legal_form);
        if (str_is_absent(row->legal_form))
            keep_among_remarks(answers->planning, row, &remarks, IMPORT_LEGAL_FORM, read->legal_form);
    }
    if (!str_is_empty(read->district)) {
        Str code = kind_of(answers, LIST_DISTRICT, read->district);
        row->district = str_is_absent(code) ? read->district : code; /* a city without a list of districts */
    }
    row->remarks = buffer_str(&remarks);
}

static bool differs_from_kept(const ImportPlanRow *row) {
    for (size_t i = 0; i < row->read.notes.count; i++) {
        ImportWhy why = row->read.notes.notes[i].why;
        if (why == IMPORT_DIFFERS || why == IMPORT_TWO_ORGANISATIONS) return true;
    }
    return false;
}

static ImportFate fate_of(const ImportPlanRow *row) {
    bool has_doubt = false, differs = differs_from_kept(row);
    for (size_t i = 0; i < row->read.notes.count; i++) {
        ImportWhy why = row->read.notes.notes[i].why;
        if (import_why_is_wrong(why)) return IMPORT_WRONG;
        has_doubt |= import_why_is_doubt(why);
    }
    if (row->signup && !differs) return IMPORT_SAME; /* taken before, whatever was doubtful about it then */
    return has_doubt || (differs && row->is_shared) ? IMPORT_DOUBTFUL : IMPORT_NEW;
}

/* A list of sign-ups that was exported has those too that do not come. */
static void note_state_told(const Planning *planning, ImportPlanRow *row) {
    static const SignupState not_coming[] = {SIGNUP_DECLINED, SIGNUP_WITHDRAWN};
    if (row->signup || str_is_empty(row->read.state)) return;
    Str told = utf8_fold(planning->arena, row->read.state);
    for (size_t i = 0; i < COUNT(not_coming); i++) {
        bool is_it = str_equal(told, str_from_c(signup_state_name(not_coming[i])));
        for (Language language = 0; language < LANGUAGE_COUNT && !is_it; language++)
            is_it = str_equal(told,
                              utf8_fold(planning->arena, signup_state_words(planning->arena, language, not_coming[i])));
        if (is_it) planning_note(planning, row, IMPORT_NOT_COMING, IMPORT_STATE, row->read.state, STR_ABSENT);
    }
}

/* Answers to own questions that would not be taken; they are told, and kept in a note. */
static void note_answers(const Planning *planning, ImportPlanRow *row) {
    static const ImportWhy whys[] = {[SHEET_UNREADABLE] = IMPORT_BAD_ANSWER,
                                     [SHEET_NOT_ASKED] = IMPORT_NOT_ASKED,
                                     [SHEET_NO_PLACE] = IMPORT_NO_PLACE};
    if (!row->signup) planning_try_answers(planning, row, 0);
    for (size_t i = 0; i < row->read.answer_count; i++) {
        const SheetCell *cell = &row->read.answers[i];
        if (cell->verdict == SHEET_TAKEN || cell->verdict == SHEET_SAME) continue;
        import_note(planning->arena, &row->read.notes,
                    &(ImportNote){.why = whys[cell->verdict],
                                  .field = IMPORT_QUESTION,
                                  .line = cell->line,
                                  .column = cell->column,
                                  .value = cell->text,
                                  .other = planning_question(planning->questions, cell->question)});
    }
}

/* What becomes of a row whose organisation is known. */
static void settle(const Planning *planning, ImportPlanRow *row) {
    planning_compare(planning, row);
    note_answers(planning, row);
    note_state_told(planning, row);
    if (row->twin && !row->is_maybe && (!row->signup || differs_from_kept(row)))
        planning_note(planning, row, IMPORT_TWO_ROWS, IMPORT_NAME, row->read.name,
                      str_format(planning->arena, "%zu", planning->plan->rows[row->twin - 1].read.line));
    row->fate = fate_of(row);
}

/* A row whose organisation answered anew in a later row, which is what is kept: it was taken then, and replaced. */
static void find_replaced(const Planning *planning) {
    ImportPlan *plan = planning->plan;
    for (size_t i = plan->count; i-- > 0;) {
        const ImportPlanRow *newer = &plan->rows[i];
        if (newer->fate != IMPORT_SAME || !newer->organisation) continue;
        for (size_t at = newer->twin; at && plan->rows[at - 1].organisation == newer->organisation;) {
            ImportPlanRow *row = &plan->rows[at - 1];
            if (row->fate == IMPORT_SAME) break; /* those before it are looked for from there */
            if (row->fate == IMPORT_DOUBTFUL) {
                planning_note(planning, row, IMPORT_REPLACED, IMPORT_NAME, row->read.name,
                              str_format(planning->arena, "%zu", newer->read.line));
                row->fate = IMPORT_SAME;
            }
            at = row->twin;
        }
    }
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

static void read_rows(const Planning *planning, const ImportSheet *sheet) {
    Answers answers = {.planning = planning};
    ImportPlan *plan = planning->plan;
    plan->rows = arena_array(planning->arena, ImportPlanRow, sheet->row_count);
    for (size_t i = 0; i < sheet->row_count; i++) {
        ImportPlanRow *row = &plan->rows[plan->count];
        *row = (ImportPlanRow){0};
        if (!import_row_read(planning->arena, sheet, i, &row->read)) continue;
        if (!str_is_empty(row->read.name)) {
            row->folded = organisation_fold_name(planning->arena, row->read.name);
            find_kinds(&answers, row);
        }
        plan->count++;
    }
}

static ImportPlan make_plan(Tx *tx, const Edition *edition, const ImportSheet *sheet, OrganisationNames *names) {
    ImportPlan plan = {.names = names, .questions = sheet->questions};
    note_state(tx, edition, &plan);
    Planning planning = {
        .tx = tx, .arena = tx_arena(tx), .edition = edition, .plan = &plan, .questions = sheet->questions};
    read_rows(&planning, sheet);
    planning_match(&planning);
    for (size_t i = 0; i < plan.count; i++) settle(&planning, &plan.rows[i]);
    find_replaced(&planning);
    for (size_t i = 0; i < plan.count; i++) plan.by_fate[plan.rows[i].fate]++;
    return plan;
}

const SheetQuestions *import_questions(Tx *tx, const House *house, Id edition, Language language) {
    SheetQuestions *questions = arena_new(tx_arena(tx), SheetQuestions);
    *questions = (SheetQuestions){.arena = tx_arena(tx)};
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->sheet_questions) house->rooms[i]->sheet_questions(tx, edition, language, questions);
    return questions;
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
