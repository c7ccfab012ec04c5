// SPDX-License-Identifier: EUPL-1.2
/* Rows whose organisations have one name, but for the words of legal form: one organisation or two. Every small sheet
 * of such rows, with every answer to what is asked about them; taken again, none changes anything. */
#include "import_testing.h"

#define NIP_A "8567346215"
#define NIP_B "1234563218"

static const char *const names[] = {"Grupa nieformalna „Pod Dębem”", "Fundacja „Pod Dębem”", "Pod Dębem"};
static const char *const contacts[] = {"", "ala@example.org", "ola@example.org"};
static const char *const nips[] = {"", NIP_A, NIP_B};

typedef struct Twin {
    const char *name, *contact, *nip;
    int people;
} Twin;

typedef enum Choice { CHOOSE_SAME, CHOOSE_OTHER, CHOOSE_DOUBTFUL, CHOICE_COUNT } Choice;
enum { MOST_TWINS = 3 };

typedef struct Case {
    World *world;
    const Twin *twins;
    size_t count;
    const Choice *choices; /* of the rows after the first */
} Case;

static const char *sheet_of_twins(Arena *arena, const Case *tested) {
    Buffer text = buffer_in(arena);
    buffer_add(&text, STR("Organizacja;E-mail;NIP;Ile osób\n"));
    for (size_t i = 0; i < tested->count; i++) {
        const Twin *twin = &tested->twins[i];
        buffer_format(&text, "%s;%s;%s;%d\n", twin->name, twin->contact, twin->nip, twin->people);
    }
    return str_to_c(arena, buffer_str(&text));
}

static Str case_words(Arena *arena, const Case *tested) {
    Buffer text = buffer_in(arena);
    for (size_t i = 0; i + 1 < tested->count; i++)
        buffer_format(&text, "%s ", (const char *[]){"same", "other", "doubtful"}[tested->choices[i]]);
    buffer_format(&text, "in\n%s", sheet_of_twins(arena, tested));
    return buffer_str(&text);
}

/* The choices as the page or the command line says them. CHOOSE_DOUBTFUL of any row is --take-doubtful. */
static ImportWish wish_of(Arena *arena, const Case *tested) {
    ImportTick *ticks = arena_array(arena, ImportTick, MOST_TWINS);
    ImportWish wish = {.ticks = ticks};
    for (size_t i = 0; i + 1 < tested->count; i++) {
        if (tested->choices[i] == CHOOSE_DOUBTFUL) wish.takes_doubtful = true;
        else ticks[wish.tick_count++] = (ImportTick){i + 3, tested->choices[i] == CHOOSE_SAME, STR_ABSENT};
    }
    return wish;
}

typedef struct Looked {
    ImportPlan plan;
    ImportTaken taken;
} Looked;

static Looked look(Tx *tx, const Edition *edition, const ImportSheet *sheet, const ImportWish *wish) {
    Looked looked = {.plan = import_plan_make(tx, edition, sheet)};
    if (wish) looked.taken = import_plan_take(tx, edition, &looked.plan, wish);
    return looked;
}

static bool is_told(const char *text) { return *text != '\0'; }

/* What a person would say of two rows without being asked. */
static bool is_surely_one(const Twin *a, const Twin *b) {
    if (is_told(a->nip) && is_told(b->nip)) return strcmp(a->nip, b->nip) == 0;
    bool has_plain_name = strcmp(a->name, names[2]) == 0 || strcmp(b->name, names[2]) == 0;
    return is_told(a->contact) && strcmp(a->contact, b->contact) == 0 &&
           (strcmp(a->name, b->name) == 0 || has_plain_name);
}
static bool is_surely_two(const Twin *a, const Twin *b) {
    return is_told(a->nip) && is_told(b->nip) && strcmp(a->nip, b->nip) != 0;
}

#define HOLDS(condition)                                                                                          \
    do {                                                                                                          \
        if (!(condition)) fail_msg("not so: %s, %.*s", #condition, STR_FORMAT(case_words(tx_arena(tx), tested))); \
    } while (0)

static void check_second_row(Tx *tx, const Case *tested, const ImportPlan *plan) {
    const ImportPlanRow *row = &plan->rows[1];
    HOLDS(plan->rows[0].fate == IMPORT_NEW);
    if (is_surely_two(&tested->twins[0], &tested->twins[1])) {
        HOLDS(row->fate == IMPORT_NEW);
        return;
    }
    HOLDS(row->fate == IMPORT_DOUBTFUL);
    HOLDS(row->is_maybe != is_surely_one(&tested->twins[0], &tested->twins[1]));
}

static void check_taken(Tx *tx, const Case *tested, Id edition) {
    const Twin *first = &tested->twins[0], *second = &tested->twins[1];
    bool is_two = is_surely_two(first, second) || (!is_surely_one(first, second) && tested->choices[0] != CHOOSE_SAME);
    Signups all = signups_of(tx, edition);
    HOLDS(all.count == (is_two ? 2 : 1));
    for (size_t i = 0; is_two && i < 2; i++) {
        bool is_first = all.signups[i].people == first->people &&
                        str_equal(all.signups[i].contact_email, str_from_c(first->contact));
        bool is_second = all.signups[i].people == second->people &&
                         str_equal(all.signups[i].contact_email, str_from_c(second->contact));
        HOLDS(is_first || is_second); /* neither has what the other said */
    }
    if (!is_two) HOLDS(all.signups[0].people == second->people);
    if (!is_two && is_told(second->contact))
        HOLDS(str_equal(all.signups[0].contact_email, str_from_c(second->contact)));
}

/* That two names of two forms are one organisation was said, and is kept nowhere, where neither has a contact and no
 * answer differs, or where a third row came over them. They are asked about again, and --take-doubtful is another
 * answer than before. */
static bool leaves_no_trace(const Case *tested) {
    const Twin *first = &tested->twins[0], *second = &tested->twins[1];
    bool has_same = tested->choices[0] == CHOOSE_SAME,
         has_contact = is_told(first->contact) && is_told(second->contact);
    if (tested->count > 2) return has_same || tested->choices[1] == CHOOSE_SAME;
    return has_same && !has_contact && first->people == second->people && strcmp(first->name, second->name) != 0;
}

static Err try_case(Tx *tx, void *context) {
    const Case *tested = context;
    Arena *arena = tx_arena(tx);
    Edition edition;
    assert_true(edition_get(tx, tested->world->first, &edition));
    ImportSheet sheet = sheet_of(arena, sheet_of_twins(arena, tested));
    ImportWish wish = wish_of(arena, tested), none = {0}, all = {.takes_doubtful = true};
    Looked first = look(tx, &edition, &sheet, &wish);
    if (tested->count == 2) {
        check_second_row(tx, tested, &first.plan);
        check_taken(tx, tested, edition.id);
    }
    const ImportWish *again[] = {&none, &wish, &all};
    size_t ways = leaves_no_trace(tested) ? 2 : COUNT(again);
    for (size_t i = 0; i < ways; i++) {
        Looked next = look(tx, &edition, &sheet, again[i]);
        HOLDS(next.taken.added == 0);
        HOLDS(next.taken.updated == 0);
    }
    return ERR_CONFLICT; /* rolled back: the next case begins with nothing */
}

static void run_case(const Case *tested) {
    Arena *arena = arena_open(64 << 20);
    assert_int_equal(store_write(tested->world->store, arena, try_case, (void *)tested), ERR_CONFLICT);
    arena_close(arena);
}

static void every_pair_of_twins_is_one_or_two_as_was_said(void **state) {
    enum { KINDS = 3 * 3 * 3 };
    for (size_t i = 0; i < 2 * KINDS * KINDS; i++) {
        Twin twins[2];
        for (size_t j = 0, kind = i; j < 2; j++, kind /= KINDS)
            twins[j] = (Twin){names[kind % 3], contacts[kind / 3 % 3], nips[kind / 9 % 3], 3};
        twins[1].people += i >= KINDS * KINDS; /* the same number, or another */
        for (Choice choice = 0; choice < CHOICE_COUNT; choice++) run_case(&(Case){*state, twins, 2, &choice});
    }
}

static void three_of_one_name_settle_too(void **state) {
    enum { KINDS = 2 * 3 };
    for (size_t i = 0; i < KINDS * KINDS * KINDS; i++) {
        Twin twins[3];
        for (size_t j = 0, kind = i; j < 3; j++, kind /= KINDS)
            twins[j] = (Twin){names[kind % 2], contacts[kind / 2 % 3], "", 3 + (int)j};
        for (int choice = 0; choice < 4; choice++) {
            const Choice choices[] = {choice & 1 ? CHOOSE_OTHER : CHOOSE_SAME, choice & 2 ? CHOOSE_OTHER : CHOOSE_SAME};
            run_case(&(Case){*state, twins, 3, choices});
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_pair_of_twins_is_one_or_two_as_was_said, world_open, world_close),
        cmocka_unit_test_setup_teardown(three_of_one_name_settle_too, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
