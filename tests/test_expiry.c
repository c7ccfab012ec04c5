// SPDX-License-Identifier: EUPL-1.2
/* What is past its end goes once a day, and what is not stays. */
#include "cmocka_all.h"
#include "platform/store/place.h"
#include "expiry.h"
#include "gathering/signups/signups.h"
#include "platform/account/account.h"
#include <unistd.h>

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

static void count_expire(Tx *tx) { store_audit(tx, &(AuditEntry){.action = "room.expire"}); }
static const Room counting_room = {.name = "counting", .expire = count_expire};
enum { ROOMS = 2 };
static const Room *const rooms[ROOMS] = {&signups_room, &counting_room};

static Err fill(Tx *tx, void *context) {
    (void)context;
    Id person = person_ensure(tx, STR("Ola"), STR_ABSENT, STR_ABSENT, LANGUAGE_PL);
    card_make(tx, person, STR("/me"), tx_now_ms(tx) + DAY_MS);
    sign_in_link_make(tx, person, STR("/me"), DAY_MS);
    store_audit(tx, &(AuditEntry){.action = "person.name", .subject = person, .personal = STR("Ala")});
    return OK;
}

typedef struct Swept {
    int64_t account, audit;
} Swept;

static Err sweep_again(Tx *tx, void *context) {
    Swept *swept = context;
    *swept = (Swept){account_expire(tx), store_audit_expire(tx)};
    return ERR_INPUT; /* looked only: nothing of it stays done */
}

static Store *store_at(Arena *arena, const char *folder, Clock *clock) {
    StoreOptions options = {.path = store_place(arena, str_format(arena, "%s/wspolnie.db", folder).data),
                            .clock = clock,
                            .may_create = true};
    Store *store;
    assert_int_equal(store_open(arena, &options, &store), OK);
    return store;
}

static Swept what_would_go(Store *store, Arena *arena) {
    Swept swept;
    assert_int_equal(store_write(store, arena, sweep_again, &swept), ERR_INPUT);
    return swept;
}

static void test_a_day_at_a_time(void **state) {
    (void)state;
    char folder[] = "/tmp/wspolnie-expiry-XXXXXX";
    assert_non_null(mkdtemp(folder));
    Arena *arena = arena_open(16 << 20);
    Clock clock;
    assert_int_equal(clock_parse(STR("2026-06-11T12:00:00Z"), &clock), OK);
    House house = {.rooms = rooms, .room_count = ROOMS};
    Store *store = store_at(arena, folder, &clock);
    assert_int_equal(store_write(store, arena, fill, NULL), OK);
    assert_int_equal(what_would_go(store, arena).account, 0);
    Expiry expiry = {.store = store, .house = &house};
    assert_true(expiry_sweep(&expiry, clock.start_ms));
    assert_false(expiry_sweep(&expiry, clock.start_ms + EXPIRY_EVERY_MS - 1));
    store_close(store);

    clock.start_ms += 91 * DAY_MS; /* the store reads its clock when it is opened */
    store = expiry.store = store_at(arena, folder, &clock);
    Swept due = what_would_go(store, arena);
    assert_int_equal(due.account, 2);
    assert_int_equal(due.audit, 1);
    assert_true(expiry_sweep(&expiry, clock.start_ms));
    due = what_would_go(store, arena);
    assert_int_equal(due.account, 0);
    assert_int_equal(due.audit, 0);
    store_close(store);
    store_place_remove(arena, str_format(arena, "%s/wspolnie.db", folder).data);
    static const char *const names[] = {"wspolnie.db", "wspolnie.db-wal", "wspolnie.db-shm"};
    for (size_t i = 0; i < COUNT(names); i++) unlink(str_to_c(arena, str_format(arena, "%s/%s", folder, names[i])));
    rmdir(folder);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_day_at_a_time)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
