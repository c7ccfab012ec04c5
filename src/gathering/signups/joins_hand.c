// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/joins_hand.h"

#include "gathering/signups/catalogue.h"
#include "gathering/signups/listing.h"
#include "platform/account/account.h"
#include "signups_sql.h"
#include <assert.h>

/* ---- a row by its key --------------------------------------------------------------------------------------- */

/* The row of a table whose key is these ids, in the order of its columns. False: there is none. */
static bool find(Tx *tx, const char *name, const Id *ids, RowChange *change) {
    const StoreTable *table = row_table(str_from_c(name));
    assert(table);
    RowValue *key = arena_array(tx_arena(tx), RowValue, table->column_count);
    for (size_t i = 0, at = 0; i < table->column_count; i++)
        if (table->columns[i].in_key) key[i].integer = ids[at++];
    return row_find(tx, table, key, change);
}

static RowValue *before(RowChange *change, const char *column) {
    return row_value(change->table, change->before, column);
}

static void set(RowChange *change, const char *column, RowValue value) {
    *row_value(change->table, change->after, column) = value;
}

static RowValue number(int64_t value) { return (RowValue){.integer = value}; }
static RowValue text(const char *value) { return (RowValue){.text = str_from_c(value)}; }

/* ---- both signed up ----------------------------------------------------------------------------------------- */

static int worth(Str state) {
    static const char *const by_worth[] = {"withdrawn", "declined", "new", "waiting", "accepted"};
    for (int i = 0; i < (int)COUNT(by_worth); i++)
        if (str_equal(state, str_from_c(by_worth[i]))) return i;
    return 0;
}

static bool is_more(OptionalInt one, OptionalInt other) {
    return one.given && (!other.given || one.value > other.value);
}

/* What the kept one's sign-up takes over from the one that ends. */
static void take_over(Tx *tx, const SignupsBothSignedUpRow *row, RowCells *cells) {
    RowChange ends, stays;
    if (!find(tx, "signup", (Id[]){row->edition, row->mine}, &ends) ||
        !find(tx, "signup", (Id[]){row->edition, row->theirs}, &stays))
        return;
    if (worth(row->my_state) > worth(row->their_state)) {
        static const char *const columns[] = {"state", "decided_ms", "decided_by", "waiting_ms"};
        for (size_t i = 0; i < COUNT(columns); i++) set(&stays, columns[i], *before(&ends, columns[i]));
    }
    if (is_more(row->my_people, row->their_people)) set(&stays, "came_people", *before(&ends, "came_people"));
    if (!row->my_first) set(&stays, "first_time", number(0));
    if (worth(row->my_state) > worth(STR("declined"))) set(&ends, "state", text("withdrawn"));
    set(&ends, "came_people", (RowValue){.is_null = true, .text = STR_ABSENT}); /* nobody is counted twice */
    row_change(tx, &stays, cells);
    row_change(tx, &ends, cells);
}

void join_sign_ups(Tx *tx, const JoinHand *hand, RowCells *cells) {
    SignupsBothSignedUpRows rows = signups_sql_both_signed_up(tx, hand->ids.from, hand->ids.to);
    for (size_t i = 0; i < rows.count; i++) take_over(tx, &rows.rows[i], cells);
}

/* Who came before under the other name is not there for the first time. */
static void first_times(Tx *tx, const JoinHand *hand, RowCells *cells) {
    for (size_t i = 0; i < hand->ids.series.count; i++) {
        SignupsFirstTimesRows rows = signups_sql_first_times(tx, hand->ids.to, hand->ids.series.ids[i]);
        for (size_t k = 0; k < rows.count; k++) {
            RowChange change;
            SignupsAcceptedBeforeRow earlier;
            if (!signups_sql_accepted_before(tx, rows.rows[k].edition, hand->ids.to, &earlier) || !earlier.own ||
                !find(tx, "signup", (Id[]){rows.rows[k].edition, rows.rows[k].id}, &change))
                continue;
            set(&change, "first_time", number(0));
            row_change(tx, &change, cells);
        }
    }
}

/* ---- the organisations themselves --------------------------------------------------------------------------- */

static void fill_fields(RowChange *kept, RowChange *joined) {
    static const char *const columns[] = {"nip",      "regon",   "krs",   "legal_form", "founded_year",
                                          "district", "website", "words", "parent_name"};
    for (size_t i = 0; i < COUNT(columns); i++) {
        const RowValue *own = before(kept, columns[i]);
        bool is_empty = own->is_null || (!own->text.size && !own->integer);
        if (is_empty) set(kept, columns[i], *before(joined, columns[i]));
    }
    if (before(joined, "public_benefit")->integer) set(kept, "public_benefit", number(1));
}

/* Of two words about being named the later counts, as in listing_join. */
static bool is_named_now(Tx *tx, const JoinHand *hand, const RowChange *joined, const RowChange *kept) {
    if (row_value(kept->table, kept->before, "is_listed")->integer) return true;
    if (!row_value(joined->table, joined->before, "is_listed")->integer) return false;
    ConsentRecord of_joined, of_kept;
    bool has_consent = consent_about(tx, hand->ids.from, "directory", &of_joined);
    bool is_over = consent_about(tx, hand->ids.to, "directory", &of_kept) && of_kept.withdrawn_ms.given &&
                   (!has_consent || of_kept.withdrawn_ms.value > of_joined.given_ms);
    return !is_over;
}

static void organisations(Tx *tx, const JoinHand *hand, RowCells *cells) {
    RowChange joined, kept;
    if (!find(tx, "organisation", &hand->ids.from, &joined) || !find(tx, "organisation", &hand->ids.to, &kept))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "an organisation went in one transaction");
    if (hand->reaches_kept) {
        static const MoveColumn consents = {.table = "consent", .column = "subject"};
        fill_fields(&kept, &joined);
        set(&kept, "is_listed", number(is_named_now(tx, hand, &joined, &kept)));
        RowChanges moved = moves_find(tx, &consents, 1, &hand->ids);
        for (size_t i = 0; i < moved.count; i++) row_change(tx, &moved.changes[i], cells);
    }
    set(&joined, "joined_into", number(hand->ids.to));
    set(&joined, "is_listed", number(0));
    row_change(tx, &joined, cells);
    row_change(tx, &kept, cells);
}

/* An entry that could not follow, because the kept one has its own, is shown no more. */
static void entries(Tx *tx, const JoinHand *hand, RowCells *cells) {
    for (size_t i = 0; i < hand->ids.series.count; i++) {
        RowChange entry;
        if (!find(tx, "directory_entry", (Id[]){hand->ids.from, hand->ids.series.ids[i]}, &entry)) continue;
        set(&entry, "is_shown", number(0));
        row_change(tx, &entry, cells);
    }
}

/* ---- who acts ----------------------------------------------------------------------------------------------- */

static bool has_no_email(Tx *tx, Id person) {
    Person found;
    return person_get(tx, person, &found) && str_is_empty(found.email);
}

/* Who has an e-mail comes in by it: their cards may be held by whoever typed it into the public form. */
static void move_ways(Tx *tx, Id person, Id series, Id from, Id to) {
    if (!has_no_email(tx, person)) return;
    ways_move(tx, person,
              &(WaysMove){.series = series, .from = from, .to = to, .from_path = STR("-"), .to_path = STR("-")});
}

/* What is taken stands under the id of the join meanwhile, which nothing is. */
static void right(Tx *tx, const JoinHand *hand, const JoinPerson *one, RowCells *cells) {
    if (one->acts == one->of_kept) return;
    RowChange grant;
    Id scope = one->acts ? hand->ids.from : hand->ids.to;
    if (!find(tx, "role_grant", (Id[]){one->person, ROLE_REPRESENTATIVE, scope, one->series}, &grant)) return;
    set(&grant, "scope", number(one->acts ? hand->ids.to : hand->join));
    row_change(tx, &grant, cells);
    if (one->acts) move_ways(tx, one->person, one->series, hand->ids.from, hand->ids.to);
}

static void take_back(Tx *tx, Id organisation, Id series, RowCells *cells) {
    SignupsWaitingInvitationsRows rows = signups_sql_waiting_invitations(tx, organisation, series);
    for (size_t i = 0; i < rows.count; i++) {
        RowChange change;
        if (!find(tx, "acting_invitation", (Id[]){rows.rows[i].edition, rows.rows[i].id}, &change)) continue;
        set(&change, "state", text("withdrawn"));
        row_change(tx, &change, cells);
    }
}

static void invitations(Tx *tx, const JoinHand *hand, RowCells *cells) {
    for (size_t i = 0; i < hand->ids.series.count; i++) {
        take_back(tx, hand->ids.from, hand->ids.series.ids[i], cells);
        take_back(tx, hand->ids.to, hand->ids.series.ids[i], cells);
    }
}

void join_by_hand(Tx *tx, const JoinHand *hand, RowCells *cells) {
    first_times(tx, hand, cells);
    entries(tx, hand, cells);
    organisations(tx, hand, cells);
    for (size_t i = 0; i < hand->people.count; i++) right(tx, hand, &hand->people.people[i], cells);
    invitations(tx, hand, cells);
}

/* ---- back again --------------------------------------------------------------------------------------------- */

static void name_as_agreed(Tx *tx, Id organisation) {
    Organisation found;
    ConsentRecord record;
    if (organisation_get(tx, organisation, &found) && found.is_listed &&
        consent_about(tx, organisation, "directory", &record) && record.withdrawn_ms.given)
        organisation_set_listed(tx, organisation, false);
}

static void show_as_agreed(Tx *tx, const Join *join, Id by) {
    IdArray series = directory_series(tx, join->joined);
    for (size_t i = 0; i < series.count; i++) {
        DirectoryEntry entry;
        ConsentRecord record;
        if (directory_entry_get(tx, join->joined, series.ids[i], &entry) && entry.is_shown &&
            consent_about(tx, entry.id, "catalogue", &record) && record.withdrawn_ms.given)
            catalogue_withdraw(tx, entry.id, join->edition, by);
    }
}

void unjoin_by_hand(Tx *tx, const Join *join, const RowCells *cells, Id by) {
    name_as_agreed(tx, join->joined);
    name_as_agreed(tx, join->kept);
    show_as_agreed(tx, join, by);
    for (size_t i = 0; i < cells->count; i++) {
        const RowCell *cell = &cells->cells[i];
        Id person, role, scope, series;
        Str rest = cell->key, part[4];
        if (!str_equal(cell->table, STR("role_grant"))) continue;
        for (size_t k = 0; k < COUNT(part); k++)
            if (!str_next_part(&rest, '\n', &part[k])) part[k] = STR("0");
        if (str_to_int(part[0], &person) && str_to_int(part[1], &role) && str_to_int(part[2], &scope) &&
            str_to_int(part[3], &series) && scope == join->kept)
            move_ways(tx, person, series, join->kept, join->joined);
    }
}
