// SPDX-License-Identifier: EUPL-1.2
/* Taking the rows of a plan: all in the one transaction they are confirmed in. */
#include "gathering/signups/import_planning.h"
#include "gathering/signups/listing.h"
#include "gathering/signups/notes.h"
#include "platform/account/account.h"
#include "platform/base/utf8.h"

typedef struct Taking {
    Tx *tx;
    const Edition *edition;
    const ImportPlan *plan;
    const ImportWish *wish;
    Id *organisations; /* of each row, where it was taken or is of one that is kept: for its twins */
    ImportTaken taken;
} Taking;

/* What the sheet says, over what is kept; what it does not say stays. */
static void fill_organisation(const ImportPlanRow *row, Organisation *organisation) {
    const ImportRow *read = &row->read;
    if (!organisation->id) organisation->name = read->name;
    if (!str_is_empty(read->nip)) organisation->nip = read->nip;
    if (!str_is_empty(read->regon)) organisation->regon = read->regon;
    if (!str_is_empty(read->krs)) organisation->krs = read->krs;
    if (!str_is_empty(read->website)) organisation->website = read->website;
    if (!str_is_empty(row->district)) organisation->district = row->district;
    if (!str_is_empty(row->legal_form)) organisation->legal_form = row->legal_form;
    if (!str_is_empty(read->words)) organisation->words = read->words;
    if (row->profiles.count > 0) organisation->profiles = row->profiles;
    organisation->legal_form = str_or_empty(organisation->legal_form);
    organisation->words = str_or_empty(organisation->words);
}

static void update_organisation(const Taking *taking, const ImportPlanRow *row, Organisation *organisation) {
    fill_organisation(row, organisation);
    Err err = organisation_update(taking->tx, organisation);
    if (err)
        arena_fail(tx_arena(taking->tx), ERR_INTERNAL, "an organisation changed inside one transaction: %s",
                   err_name(err));
    signups_organisation_changed(taking->tx, organisation->id);
}

static int64_t submitted_ms(const Taking *taking, const ImportRow *read) {
    return read->submitted.year ? zone_ms(taking->edition->zone, &read->submitted) : 0;
}

/* The coordinator says that the sheet's people agreed: each row's contact did, when they filled it in. A row without a
 * contact is nobody's consent, and one that was withdrawn since is not given again by an old sheet. */
static void keep_listing(const Taking *taking, const ImportPlanRow *row, Id organisation, Id contact) {
    if (!taking->wish->is_listed || !contact || listing_was_withdrawn(taking->tx, organisation)) return;
    listing_give(taking->tx, &(ListingGiven){
                                 .organisation = organisation,
                                 .edition = taking->edition->id,
                                 .person = contact,
                                 .wording = listing_wording(tx_arena(taking->tx), taking->edition->series.language),
                                 .channel = "import",
                                 .given_ms = submitted_ms(taking, &row->read),
                                 .by = taking->wish->by,
                             });
}

/* What was not kept as an answer is not lost: it stands in a note of the sign-up. */
static void note_unkept(Taking *taking, Id signup, const SheetCell *cell) {
    static const Msg why[] = {
        [SHEET_UNREADABLE] = MSG_INIT("signups", "From the sheet, not kept as an answer to “{question}”: {answer}"),
        [SHEET_NOT_ASKED] =
            MSG_INIT("signups", "From the sheet, to “{question}”, which is not asked of them: {answer}"),
        [SHEET_NO_PLACE] = MSG_INIT("signups", "From the sheet, to “{question}”, where no place is left: {answer}"),
    };
    Str words = say(tx_arena(taking->tx), taking->edition->series.language, why[cell->verdict],
                    SAY_TEXT("question", planning_question(taking->plan->questions, cell->question)),
                    SAY_TEXT("answer", cell->text));
    note_add(taking->tx, &(NoteToAdd){.edition = taking->edition->id,
                                      .signup = signup,
                                      .kind = NOTE_WORDS,
                                      .author = taking->wish->by,
                                      .words = words});
    taking->taken.unkept++;
}

/* Through the gate of the edition, as answers by the form come: nobody gets over a limit. */
static void take_answers(Taking *taking, const ImportPlanRow *row, Id organisation, Id signup) {
    const SheetQuestions *questions = taking->plan->questions;
    if (!questions || !questions->room || !row->read.answer_count) return;
    Arena *arena = tx_arena(taking->tx);
    tx_pass_gate(taking->tx, store_edition_gate(arena, taking->edition->series.slug, taking->edition->slug));
    SheetRow answers = {.edition = taking->edition->id,
                        .organisation = organisation,
                        .by = taking->wish->by,
                        .cells = row->read.answers,
                        .count = row->read.answer_count};
    questions->room->sheet_answers(taking->tx, questions, &answers);
    for (size_t i = 0; i < answers.count; i++)
        if (answers.cells[i].verdict != SHEET_TAKEN && answers.cells[i].verdict != SHEET_SAME)
            note_unkept(taking, signup, &answers.cells[i]);
}

static void add_row(Taking *taking, const ImportPlanRow *row, Id *organisation) {
    SignupAnswers answers = {
        .contact_name = row->read.contact_name,
        .contact_email = row->read.email,
        .contact_phone = row->read.phone,
        .language = taking->edition->series.language,
        .source = "import",
        .people = row->read.people.given ? row->read.people.value : 1,
        .submitted_ms = submitted_ms(taking, &row->read),
        .remarks = row->remarks,
        .access_needs = row->read.access_needs,
        .staff_notes = row->read.staff_notes,
        .exchanges = row->exchanges,
    };
    if (*organisation && organisation_get(taking->tx, *organisation, &answers.organisation))
        update_organisation(taking, row, &answers.organisation);
    else fill_organisation(row, &answers.organisation);
    SignupSent sent;
    Err err = signup_submit(taking->tx, taking->edition->id, &answers, &sent);
    if (err)
        arena_fail(tx_arena(taking->tx), ERR_INTERNAL, "line %zu cannot be taken: %s", row->read.line, err_name(err));
    *organisation = sent.organisation;
    keep_listing(taking, row, sent.organisation, sent.person);
    take_answers(taking, row, sent.organisation, sent.signup);
    taking->taken.added++;
}

static void take_contact(const Taking *taking, const ImportPlanRow *row, Signup *signup) {
    const ImportRow *read = &row->read;
    if (str_is_empty(read->email) && str_is_empty(read->phone) && str_is_empty(read->contact_name)) return;
    bool is_other = !str_is_empty(read->email) && !str_equal_ascii_case(read->email, signup->contact_email);
    if (!signup->contact || is_other) {
        signup->contact = person_ensure(taking->tx, str_or_empty(read->contact_name), read->email, read->phone,
                                        taking->edition->series.language);
        signup->contact_name = signup->contact_phone = STR("");
        signup_let_represent(taking->tx, signup->edition, signup->contact, signup->organisation);
    }
    if (!str_is_empty(read->phone)) signup->contact_phone = read->phone;
    if (!str_is_empty(read->contact_name)) signup->contact_name = read->contact_name;
}

/* Whether the contact of the sign-up, once the row is taken, is the one that the row names: not where it names nobody,
 * or somebody who only may be the one that is kept. */
static bool names_contact(const Taking *taking, const ImportRow *read, const Signup *kept) {
    if (!str_is_empty(read->email)) return true; /* whoever it is becomes the contact */
    bool has_name = !str_is_empty(read->contact_name), has_phone = !str_is_empty(read->phone);
    if (!kept->contact) return has_name || has_phone;
    if (has_phone && !str_is_empty(kept->contact_phone)) return planning_same_phone(read->phone, kept->contact_phone);
    Arena *arena = tx_arena(taking->tx);
    return has_name && str_equal(utf8_fold(arena, read->contact_name), utf8_fold(arena, kept->contact_name));
}

/* The one that is kept already, with its number and last day, which no sheet tells. */
static Exchange as_kept(const Exchanges *kept, const Exchange *read) {
    for (size_t i = 0; i < kept->count; i++) {
        const Exchange *one = &kept->exchanges[i];
        if (one->is_offer == read->is_offer && str_equal(one->kind, read->kind) && str_equal(one->words, read->words))
            return *one;
    }
    return *read;
}

/* The newer answers win; needs are replaced by needs and offers by offers, where the sheet has any. */
static Exchanges exchanges_over(const Taking *taking, const ImportPlanRow *row, Id organisation) {
    Exchanges kept = signup_exchanges_of(taking->tx, taking->edition->id, organisation);
    Exchanges all = {arena_array(tx_arena(taking->tx), Exchange, kept.count + row->exchanges.count), 0};
    bool has_side[2] = {0};
    for (size_t i = 0; i < row->exchanges.count; i++) has_side[row->exchanges.exchanges[i].is_offer] = true;
    for (size_t i = 0; i < kept.count; i++)
        if (!has_side[kept.exchanges[i].is_offer]) all.exchanges[all.count++] = kept.exchanges[i];
    for (size_t i = 0; i < row->exchanges.count; i++)
        all.exchanges[all.count++] = as_kept(&kept, &row->exchanges.exchanges[i]);
    return all;
}

/* What was in the plan doubtful for another reason may be in already: then nothing is written, nor counted. */
static bool is_in_already(const Taking *taking, const ImportPlanRow *row, Id organisation) {
    Planning planning = {.tx = taking->tx,
                         .arena = tx_arena(taking->tx),
                         .edition = taking->edition,
                         .questions = taking->plan->questions};
    return planning_is_as_kept(&planning, row, organisation);
}

static void update_row(Taking *taking, const ImportPlanRow *row, Signup *signup) {
    if (is_in_already(taking, row, signup->organisation)) return;
    Organisation organisation;
    if (organisation_get(taking->tx, signup->organisation, &organisation))
        update_organisation(taking, row, &organisation);
    bool is_named = names_contact(taking, &row->read, signup);
    take_contact(taking, row, signup);
    if (row->read.people.given) signup->people = row->read.people.value;
    if (!str_is_empty(row->remarks)) signup->remarks = row->remarks;
    if (!str_is_empty(row->read.access_needs)) signup->access_needs = row->read.access_needs;
    if (!str_is_empty(row->read.staff_notes)) signup->staff_notes = row->read.staff_notes;
    Err err = signup_update(taking->tx, signup, taking->wish->by);
    if (err)
        arena_fail(tx_arena(taking->tx), ERR_INTERNAL, "line %zu cannot be taken: %s", row->read.line, err_name(err));
    Exchanges exchanges = exchanges_over(taking, row, signup->organisation);
    signup_set_exchanges(taking->tx, taking->edition->id, signup->organisation, &exchanges);
    keep_listing(taking, row, signup->organisation, is_named ? signup->contact : 0);
    take_answers(taking, row, signup->organisation, signup->id);
    taking->taken.updated++;
}

/* ---- which rows are taken --------------------------------------------------------------------------------------- */

/* The organisation that a row is of, or may be of: its id, or the line of the row above that is of it too. */
static Str meant_words(Arena *arena, const ImportPlan *plan, const ImportPlanRow *row) {
    Id organisation = row->organisation ? row->organisation : row->similar;
    const ImportPlanRow *twin = row->twin ? &plan->rows[row->twin - 1] : NULL;
    if (!organisation && twin) organisation = twin->organisation;
    if (organisation) return id_text(arena, organisation);
    return twin ? str_format(arena, "line%zu", twin->read.line) : STR("");
}

Str import_tick_words(Arena *arena, const ImportPlan *plan, const ImportPlanRow *row, bool is_same) {
    const char *what = !row->is_maybe ? "new" : is_same ? "same" : "other";
    Str meant = meant_words(arena, plan, row);
    return str_format(arena, "%s%s%.*s", what, str_is_empty(meant) ? "" : ".", STR_FORMAT(meant));
}

bool import_tick_is_same(Str words) { return str_starts_with(words, STR("same")); }

static int compare_line(const void *line, const void *tick) {
    size_t left = *(const size_t *)line, right = ((const ImportTick *)tick)->line;
    return left < right ? -1 : left > right;
}

/* is_same: it was said to be the organisation that it may be. */
static bool is_wanted(Taking *taking, const ImportPlanRow *row, bool *is_same) {
    const ImportWish *wish = taking->wish;
    *is_same = false;
    if (row->fate == IMPORT_NEW) return true;
    if (row->fate != IMPORT_DOUBTFUL) return false;
    const ImportTick *tick =
        wish->tick_count ? bsearch(&row->read.line, wish->ticks, wish->tick_count, sizeof *tick, compare_line) : NULL;
    *is_same = tick && tick->is_same;
    Arena *arena = tx_arena(taking->tx);
    if (tick && !str_is_absent(tick->seen) &&
        !str_equal(tick->seen, import_tick_words(arena, taking->plan, row, tick->is_same))) {
        taking->taken.changed++;
        return false;
    }
    return tick || wish->takes_doubtful;
}

/* 0: one of its own. */
static Id organisation_meant(const Taking *taking, const ImportPlanRow *row, bool is_same) {
    if (row->organisation) return row->organisation;
    if (row->is_maybe && !is_same) return 0;
    if (row->similar) return row->similar;
    return row->twin ? taking->organisations[row->twin - 1] : 0;
}

/* Whether a row further down is the organisation's newer answer, and in already. */
static bool is_answered_later(const ImportPlan *plan, size_t index, Id organisation) {
    for (size_t i = index + 1; i < plan->count; i++)
        if (plan->rows[i].organisation == organisation && plan->rows[i].fate == IMPORT_SAME) return true;
    return false;
}

static void take_row(Taking *taking, size_t index) {
    const ImportPlanRow *row = &taking->plan->rows[index];
    bool is_same;
    taking->organisations[index] = row->organisation;
    if (!is_wanted(taking, row, &is_same)) {
        taking->taken.left += row->fate == IMPORT_DOUBTFUL || row->fate == IMPORT_WRONG;
        return;
    }
    Id organisation = organisation_meant(taking, row, is_same);
    if (organisation && row->is_maybe && is_answered_later(taking->plan, index, organisation)) return;
    Signup signup;
    if (organisation && signup_of_organisation(taking->tx, taking->edition->id, organisation, &signup))
        update_row(taking, row, &signup);
    else add_row(taking, row, &organisation);
    taking->organisations[index] = organisation;
}

ImportTaken import_plan_take(Tx *tx, const Edition *edition, const ImportPlan *plan, const ImportWish *wish) {
    Taking taking = {.tx = tx,
                     .edition = edition,
                     .plan = plan,
                     .wish = wish,
                     .organisations = arena_array(tx_arena(tx), Id, plan->count)};
    for (size_t i = 0; i < plan->count; i++) take_row(&taking, i);
    store_audit(tx, &(AuditEntry){
                        .person = wish->by, .edition = edition->id, .action = "signup.import", .subject = edition->id});
    return taking.taken;
}
