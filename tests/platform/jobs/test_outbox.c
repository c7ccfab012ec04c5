// SPDX-License-Identifier: EUPL-1.2
/* Letters that settle before they leave, and what is forgotten of an address. */
#include "platform/jobs/outbox.h"

#include "../store/own.h"
#include "platform/jobs/mail_letter.h"
#include "platform/jobs/mail_queue.h"

#define MINUTE_MS (INT64_C(60) * 1000)
static const Job job = {"mail", .every_ms = MINUTE_MS, .again_ms = MINUTE_MS, .lease_ms = MINUTE_MS};

typedef struct World {
    Arena *arena;
    char folder[64];
    Clock clock;
    Store *store;
} World;
static World world;

static int world_open(void **state) {
    (void)state;
    world = (World){0};
    world.arena = own_folder(world.folder, "outbox", 64 << 20);
    assert_int_equal(clock_parse(STR("2026-06-11T12:00:00Z"), &world.clock), OK);
    world.store = own_store(world.arena, world.folder, &world.clock);
    return 0;
}

static int world_close(void **state) {
    (void)state;
    own_end(world.arena, world.folder, world.store);
    return 0;
}

/* The store reads its clock when it is opened. */
static void minutes_go_by(int64_t minutes) {
    store_close(world.store);
    world.clock.start_ms += minutes * MINUTE_MS;
    world.store = own_store(world.arena, world.folder, &world.clock);
}

static void in_a_transaction(TxFunction work, void *context) {
    assert_int_equal(store_write(world.store, world.arena, work, context), OK);
}

/* ---- letters that settle -------------------------------------------------------------------------------------- */

typedef struct Told {
    const char *body;
    Id letter;
    bool is_settling;
    size_t count; /* of letters about it */
} Told;

static Err tell(Tx *tx, void *context) {
    Told *told = context;
    told->letter = outbox_add_settling(tx,
                                       &(OutboxMessage){.kind = OUTBOX_SERVICE,
                                                        .edition = 7,
                                                        .to_address = STR("ola@zaulek.example"),
                                                        .to_name = STR("Ola"),
                                                        .subject = STR("List"),
                                                        .body = str_from_c(told->body)},
                                       STR("signup:1"));
    return OK;
}

static Err look(Tx *tx, void *context) {
    Told *told = context;
    OutboxEntries letters = outbox_about(tx, STR("signup:1"));
    assert_int_equal(letters.count, 1);
    told->is_settling = outbox_is_settling(&letters.entries[0]);
    told->letter = letters.entries[0].id;
    told->count = outbox_list(tx, 7, 10).count;
    return OK;
}

static Err take_in_hand(Tx *tx, void *context) {
    MailBatch *batch = context;
    int64_t taken = mail_queue_begin(tx, &job);
    assert_true(taken);
    assert_true(mail_queue_next(tx, &job, taken, MAIL_BATCH_MOST, batch));
    return OK;
}

static Told told(const char *body) {
    Told said = {.body = body};
    in_a_transaction(tell, &said);
    return said;
}

static Told looked(void) {
    Told found = {0};
    in_a_transaction(look, &found);
    return found;
}

static void a_correction_replaces_what_was_not_tried(void **state) {
    (void)state;
    Told first = told("tak");
    minutes_go_by(1);
    Told second = told("nie");
    assert_true(first.letter == second.letter);
    Told now = looked();
    assert_int_equal(now.count, 1);
    assert_true(now.is_settling);
}

/* A program ended while it had the letter in hand: whoever has it already must not miss the new one, which mailboxes
 * would take for the same under the same number; and what is no longer so is not sent again. */
static void a_correction_of_what_may_have_arrived_is_a_letter_of_its_own(void **state) {
    (void)state;
    MailBatch batch = {0};
    Told first = told("tak");
    minutes_go_by(6);
    in_a_transaction(take_in_hand, &batch);
    assert_int_equal(batch.count, 1);
    minutes_go_by(6); /* the lease is over, and another takes the job */
    in_a_transaction(take_in_hand, &batch);
    assert_int_equal(batch.count, 0);
    assert_false(looked().is_settling); /* its page says that it may have arrived */
    Told second = told("nie");
    assert_true(first.letter != second.letter);
    Told now = looked();
    assert_true(now.letter == second.letter && now.is_settling);
    assert_int_equal(now.count, 1);
}

/* ---- addresses -------------------------------------------------------------------------------------------------- */

static Err refuse_and_forget(Tx *tx, void *context) {
    (void)context;
    Str address = STR("Ola.Próbna@Zaulek.example");
    outbox_refuse_by_hand(tx, address, 3);
    assert_true(outbox_is_refused(tx, address));
    outbox_forget_refusal(tx, address); /* as the account has it */
    assert_false(outbox_is_refused(tx, address));
    return OK;
}

static void a_refusal_is_forgotten_however_the_address_is_written(void **state) {
    (void)state;
    in_a_transaction(refuse_and_forget, NULL);
}

/* Somebody else is the contact now: what was written to the first is not all theirs. */
static Err redirect_held(Tx *tx, void *context) {
    (void)context;
    Str address = STR("stary@zaulek.example");
    outbox_refuse_by_hand(tx, address, 3);
    OutboxMessage message = {.edition = 7,
                             .person = 8,
                             .to_address = address,
                             .to_name = STR("Ola"),
                             .subject = STR("List"),
                             .body = STR("Dzień dobry")};
    message.kind = OUTBOX_SERVICE;
    Id service = outbox_add(tx, &message);
    message.body = STR("http://127.0.0.1/s/abc");
    Id way_in = outbox_add(tx, &message);
    message.kind = OUTBOX_INVITATION;
    message.body = STR("Zgodziła się Pani na zaproszenia");
    message.unsubscribe = STR("http://127.0.0.1/u/abc");
    Id invitation = outbox_add(tx, &message);
    outbox_refuse_by_hand(tx, address, 3);
    assert_int_equal(outbox_redirect(tx, 7, 8, 9, STR("nowy@zaulek.example"), STR("Ula")), 1);
    OutboxEntry entry;
    assert_true(outbox_get(tx, 7, service, &entry));
    assert_string_equal(str_to_c(tx_arena(tx), entry.to_address), "nowy@zaulek.example");
    assert_true(outbox_get(tx, 7, way_in, &entry));
    assert_string_equal(str_to_c(tx_arena(tx), entry.to_address), "stary@zaulek.example");
    assert_true(outbox_get(tx, 7, invitation, &entry));
    assert_string_equal(str_to_c(tx_arena(tx), entry.to_address), "stary@zaulek.example");
    return OK;
}

static void an_invitation_does_not_go_on_to_somebody_else(void **state) {
    (void)state;
    in_a_transaction(redirect_held, NULL);
}

/* Whatever stands there as an address (of a store that was brought from elsewhere), the file is one that opens. */
static void a_draft_to_no_address_is_left_without_one(void **state) {
    (void)state;
    static const char *const addresses[] = {"", "ola", "ola@", "józef@zaulek.example", "a@b\r\nBcc: c@d.example"};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        OutboxToHand letter = {.message = {.to_address = str_from_c(addresses[i]),
                                           .to_name = STR("Ola"),
                                           .subject = STR("List"),
                                           .body = STR("Dzień dobry")}};
        Str draft = mail_letter_draft(world.arena, &letter);
        assert_true(str_starts_with(draft, STR("X-Unsent: 1\r\n")));
        assert_false(str_contains(draft, STR("\r\nTo:")) || str_contains(draft, STR("Bcc:")));
    }
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(a_correction_replaces_what_was_not_tried),
        TEST(a_correction_of_what_may_have_arrived_is_a_letter_of_its_own),

        TEST(a_refusal_is_forgotten_however_the_address_is_written),
        TEST(an_invitation_does_not_go_on_to_somebody_else),
        TEST(a_draft_to_no_address_is_left_without_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
