// SPDX-License-Identifier: EUPL-1.2
/* From offers to a published programme: drafting, moving, deciding, publishing. */
#include "gathering/programme/arrange.h"
#include "gathering/programme/pages.h"
#include "testing.h"

static Id add(Tx *tx, World *world, const char *kind, const char *title, int64_t minutes, size_t organisation) {
    return item_add(tx, &(Item){.edition = world->edition,
                                .kind = str_from_c(kind),
                                .state = ITEM_ACCEPTED,
                                .title = str_from_c(title),
                                .organisation = world->organisations[organisation],
                                .duration_min = minutes,
                                .changeover_min = 1});
}

static Item get(Tx *tx, World *world, Id id) {
    Item item;
    assert_true(item_get(tx, world->edition, id, &item));
    return item;
}

static int64_t minute_of(const Item *item) {
    assert_true(item->starts_ms.given);
    return (item->starts_ms.value - AFTERNOON_MS) / MINUTES(1);
}

/* Nothing overlaps, changeovers included, and everything lies in its section. */
static void assert_sound(Tx *tx, World *world) {
    Items items = items_of(tx, world->edition);
    Frame frame = edition_frame(tx, world->edition);
    for (size_t i = 0; i < items.count; i++) {
        const Item *a = &items.items[i];
        if (!a->section) continue;
        for (size_t s = 0; s < frame.count; s++) {
            if (frame.sections[s].id != a->section) continue;
            assert_true(a->starts_ms.value >= frame.sections[s].starts_ms);
            assert_true(a->starts_ms.value + MINUTES(a->duration_min) <= frame.sections[s].ends_ms);
            assert_false(frame.sections[s].is_protected);
        }
        for (size_t k = i + 1; k < items.count; k++) {
            const Item *b = &items.items[k];
            if (b->section)
                assert_true(b->starts_ms.value >= a->starts_ms.value + MINUTES(a->duration_min + a->changeover_min));
        }
    }
}

/* ---- drafting ------------------------------------------------------- */

static Err draft_all(Tx *tx, void *context) {
    World *world = context;
    assert_int_equal(items_add_talks(tx, world->edition, 3, 1), TEST_ORGANISATIONS);
    assert_int_equal(items_add_talks(tx, world->edition, 3, 1), 0);
    Id act = add(tx, world, "performance", "Piosenki", 12, 0);
    Unplaced unplaced;
    assert_int_equal(programme_arrange(tx, world->edition, 1, &unplaced), OK);
    assert_int_equal(unplaced.count, 0);
    assert_sound(tx, world);
    assert_true(get(tx, world, act).section == world->sections[SECTION_CHILDREN]);
    Items items = items_of(tx, world->edition);
    assert_int_equal(programme_warnings(tx, world->edition, &items).count, 0);
    return OK;
}

static void talks_fill_the_day(void **state) { in_world(*state, draft_all); }

static Err draft_with_reasons(Tx *tx, void *context) {
    World *world = context;
    Id unknown = add(tx, world, "talk", "Bez minut", 0, 0);
    Id long_one = add(tx, world, "talk", "Za długie", 40, 1);
    Id walk = add(tx, world, "walk", "Spacer", 20, 2);
    Id late = item_add(tx, &(Item){.edition = world->edition,
                                   .kind = STR("talk"),
                                   .state = ITEM_ACCEPTED,
                                   .title = STR("Po wszystkim"),
                                   .duration_min = 10,
                                   .not_before_ms = given_int(AFTERNOON_MS + MINUTES(140))});
    Id first = add(tx, world, "performance", "Pierwszy", 15, 3), second = add(tx, world, "performance", "Drugi", 15, 4);
    Id offered = item_add(
        tx, &(Item){.edition = world->edition, .kind = STR("talk"), .title = STR("Propozycja"), .duration_min = 3});
    Unplaced unplaced;
    assert_int_equal(programme_arrange(tx, world->edition, 7, &unplaced), OK);
    assert_int_equal(unplaced.count, 5);
    for (size_t i = 0; i < unplaced.count; i++) {
        Id id = unplaced.items[i].item.id;
        NoPlace why = unplaced.items[i].why;
        if (id == unknown) assert_int_equal(why, NO_PLACE_MINUTES);
        else if (id == long_one) assert_int_equal(why, NO_PLACE_LENGTH);
        else if (id == walk) assert_int_equal(why, NO_PLACE_KIND);
        else if (id == late) assert_int_equal(why, NO_PLACE_WINDOW);
        else assert_true((id == first || id == second) && why == NO_PLACE_ROOM);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            assert_false(str_is_empty(no_place_words(tx_arena(tx), (Language)language, why)));
    }
    Unplaced again = programme_unplaced(tx, world->edition);
    assert_int_equal(again.count, 5);
    assert_int_equal(get(tx, world, offered).section, 0);
    return OK;
}

static void what_does_not_fit_gets_a_reason(void **state) { in_world(*state, draft_with_reasons); }

static Err draft_around_fixed(Tx *tx, void *context) {
    World *world = context;
    Id fixed = add(tx, world, "talk", "O czasie", 5, 0);
    assert_int_equal(item_fix(tx, world->edition, fixed, true), ERR_INPUT); /* stands nowhere yet */
    assert_int_equal(item_set_time(tx, world->edition, fixed, AFTERNOON_MS + MINUTES(45)), OK);
    items_add_talks(tx, world->edition, 3, 1);
    Unplaced unplaced;
    for (uint64_t seed = 1; seed < 4; seed++) {
        assert_int_equal(programme_arrange(tx, world->edition, seed, &unplaced), OK);
        Item item = get(tx, world, fixed);
        assert_int_equal(minute_of(&item), 45);
        assert_true(item.is_fixed);
        assert_sound(tx, world);
    }
    assert_int_equal(item_move(tx, world->edition, fixed, MOVE_LATER, 0), ERR_INPUT);
    assert_int_equal(item_set_time(tx, world->edition, fixed, AFTERNOON_MS + MINUTES(110)), ERR_INPUT); /* free time */
    return OK;
}

static void fixed_items_stay(void **state) { in_world(*state, draft_around_fixed); }

/* Planned before the writing transaction: what was planned is kept as it is, unless something changed meanwhile. */
static Err draft_in_two_steps(Tx *tx, void *context) {
    World *world = context;
    items_add_talks(tx, world->edition, 3, 1);
    Id act = add(tx, world, "performance", "Piosenki", 12, 0);
    Arrangement *planned;
    assert_int_equal(programme_arrangement(tx, world->edition, 1, &planned), OK);
    for (size_t i = 0; i < planned->input.order.item_count; i++) /* a mark that planning anew would not leave */
        if (planned->input.members[i]->id == act) planned->plan.placements[i].unplaced = ORDER_NO_ROOM;
    Unplaced unplaced;
    assert_int_equal(programme_arrange_as(tx, world->edition, planned, &unplaced), OK);
    assert_int_equal(unplaced.count, 1);
    assert_true(unplaced.items[0].item.id == act && unplaced.items[0].why == NO_PLACE_ROOM);
    assert_false(get(tx, world, act).starts_ms.given);
    assert_sound(tx, world);
    /* A talk more, an act longer. */
    add(tx, world, "talk", "Jeszcze jeden", 3, 1);
    assert_int_equal(programme_arrange_as(tx, world->edition, planned, &unplaced), OK);
    assert_int_equal(unplaced.count, 0);
    assert_sound(tx, world);
    Item longer = get(tx, world, act);
    assert_int_equal(programme_arrangement(tx, world->edition, 1, &planned), OK);
    longer.duration_min = 14;
    assert_int_equal(item_update(tx, &longer), OK);
    assert_int_equal(programme_arrange_as(tx, world->edition, planned, &unplaced), OK);
    assert_int_equal(unplaced.count, 0);
    assert_sound(tx, world);
    return OK;
}

static void planned_before_it_is_kept(void **state) { in_world(*state, draft_in_two_steps); }

/* ---- moving ------------------------------------------------------- */

static Err move_about(Tx *tx, void *context) {
    World *world = context;
    Id edition = world->edition, talks = world->sections[SECTION_TALKS];
    Id ids[3];
    for (size_t i = 0; i < 3; i++) {
        ids[i] = add(tx, world, "talk", (const char *[]){"A", "B", "C"}[i], 3, i);
        assert_int_equal(item_move(tx, edition, ids[i], MOVE_TO_SECTION, talks), OK);
    }
    Item a = get(tx, world, ids[0]), b = get(tx, world, ids[1]), c = get(tx, world, ids[2]);
    assert_int_equal(minute_of(&a), 40);
    assert_int_equal(minute_of(&b), 44);
    assert_int_equal(minute_of(&c), 48);
    assert_int_equal(item_move(tx, edition, ids[0], MOVE_EARLIER, 0), ERR_INPUT);
    assert_int_equal(item_move(tx, edition, ids[2], MOVE_EARLIER, 0), OK);
    b = get(tx, world, ids[1]), c = get(tx, world, ids[2]);
    assert_int_equal(minute_of(&c), 44);
    assert_int_equal(minute_of(&b), 48);
    assert_int_equal(item_fix(tx, edition, ids[2], true), OK);
    assert_int_equal(item_move(tx, edition, ids[0], MOVE_OUT, 0), OK); /* those behind close up, round the fixed one */
    b = get(tx, world, ids[1]), c = get(tx, world, ids[2]);
    assert_int_equal(minute_of(&c), 44);
    assert_int_equal(minute_of(&b), 40);
    assert_int_equal(item_move(tx, edition, ids[1], MOVE_TO_SECTION, world->sections[SECTION_POTLUCK]), ERR_INPUT);
    assert_int_equal(item_move(tx, edition, ids[1], MOVE_TO_SECTION, 12345), ERR_NOT_FOUND);
    assert_int_equal(item_move(tx, edition, 12345, MOVE_OUT, 0), ERR_NOT_FOUND);
    assert_int_equal(item_move(tx, edition, ids[1], MOVE_TO_SECTION, world->sections[SECTION_CHILDREN]), OK);
    Items items = items_of(tx, edition);
    ProgrammeWarnings warnings = programme_warnings(tx, edition, &items);
    assert_int_equal(warnings.count, 1);
    assert_int_equal(warnings.warnings[0].kind, WARNING_KIND);
    assert_sound(tx, world);
    return OK;
}

static void items_move_and_close_up(void **state) { in_world(*state, move_about); }

static Err warn(Tx *tx, void *context) {
    World *world = context;
    Id edition = world->edition;
    Id one = add(tx, world, "talk", "Jeden", 10, 0), two = add(tx, world, "talk", "Dwa", 10, 0);
    assert_int_equal(item_move(tx, edition, one, MOVE_TO_SECTION, world->sections[SECTION_TALKS]), OK);
    assert_int_equal(item_move(tx, edition, two, MOVE_TO_SECTION, world->sections[SECTION_TALKS]), OK);
    Items items = items_of(tx, edition);
    ProgrammeWarnings warnings = programme_warnings(tx, edition, &items);
    bool is_over = false, is_same = false;
    for (size_t i = 0; i < warnings.count; i++) {
        const ProgrammeWarning *warning = &warnings.warnings[i];
        if (warning->kind == WARNING_OUT_OF_SECTION) is_over = warning->minutes == 5 && warning->item->id == two;
        if (warning->kind == WARNING_SAME_ORGANISATION) is_same = warning->item->id == one;
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            assert_false(str_is_empty(warning_words(tx_arena(tx), (Language)language, warning)));
    }
    assert_true(is_over && is_same);
    return OK;
}

static void what_is_wrong_is_said(void **state) { in_world(*state, warn); }

/* ---- deciding and changing ------------------------------------------------------- */

static Err decide(Tx *tx, void *context) {
    World *world = context;
    Id id = add(tx, world, "talk", "Ogrody", 3, 0);
    assert_int_equal(item_move(tx, world->edition, id, MOVE_TO_SECTION, world->sections[SECTION_TALKS]), OK);
    Item item = get(tx, world, id);
    assert_int_equal(item_decide(tx, world->edition, id, item.version + 1, ITEM_DECLINED, 0), ERR_CONFLICT);
    assert_int_equal(item_decide(tx, world->edition, id, item.version, ITEM_RESERVE, 0), OK);
    item = get(tx, world, id);
    assert_int_equal(item.state, ITEM_RESERVE);
    assert_int_equal(item.section, 0);
    assert_false(item.starts_ms.given);
    Item stale = item;
    item.title = STR("Ogrody na dachach");
    assert_int_equal(item_update(tx, &item), OK);
    assert_int_equal(item_update(tx, &stale), ERR_CONFLICT);
    assert_true(str_equal(get(tx, world, id).title, STR("Ogrody na dachach")));
    assert_int_equal(item_remove(tx, world->edition, id, 0), OK);
    assert_int_equal(item_remove(tx, world->edition, id, 0), ERR_NOT_FOUND);
    return OK;
}

static void decisions_are_versioned(void **state) { in_world(*state, decide); }

/* ---- publishing ------------------------------------------------------- */

static size_t changes_now(Tx *tx, World *world, ProgrammeChanges *changes) {
    Programme published = {0}, draft = programme_draft(tx, world->edition);
    programme_published(tx, world->edition, &published);
    *changes = programme_changes(tx_arena(tx), &published, &draft);
    return changes->count;
}

static Err publish(Tx *tx, void *context) {
    World *world = context;
    Programme programme;
    ProgrammeChanges changes;
    Edition edition;
    int64_t number;
    assert_false(programme_published(tx, world->edition, &programme));
    Id first = add(tx, world, "talk", "Pierwsze", 3, 0), second = add(tx, world, "talk", "Drugie", 3, 1);
    Id left_out = add(tx, world, "walk", "Bez miejsca", 30, 2);
    Unplaced unplaced;
    assert_int_equal(programme_arrange(tx, world->edition, 1, &unplaced), OK);
    assert_int_equal(changes_now(tx, world, &changes), TEST_SECTIONS + 2);
    assert_int_equal(programme_publish(tx, world->edition, 0, &number), OK);
    assert_int_equal(number, 1);
    assert_true(edition_get(tx, world->edition, &edition));
    assert_int_equal(edition.state, EDITION_PUBLISHED);
    assert_int_equal(changes_now(tx, world, &changes), 0);
    assert_true(programme_published(tx, world->edition, &programme));
    assert_int_equal(programme.count, TEST_SECTIONS + 2);
    for (size_t i = 0; i < programme.count; i++) assert_true(programme.slots[i].id != left_out);

    Item item = get(tx, world, second);
    item.title = STR("Drugie, inaczej");
    assert_int_equal(item_update(tx, &item), OK);
    assert_int_equal(changes_now(tx, world, &changes), 1);
    assert_int_equal(changes.changes[0].kind, CHANGE_WORDS);
    assert_int_equal(item_remove(tx, world->edition, first, 0), OK);
    changes_now(tx, world, &changes);
    assert_int_equal(changes.changes[changes.count - 1].kind, CHANGE_GONE);
    assert_true(programme_published(tx, world->edition, &programme)); /* nobody outside has seen any of it */
    assert_int_equal(programme.count, TEST_SECTIONS + 2);
    assert_int_equal(programme_publish(tx, world->edition, 0, &number), OK);
    assert_int_equal(number, 2);
    assert_true(programme_published(tx, world->edition, &programme));
    assert_int_equal(programme.count, TEST_SECTIONS + 1);
    return OK;
}

static void publishing_copies_and_tells_changes(void **state) { in_world(*state, publish); }

/* Who is named is not published with the programme: it follows what each organisation agrees to, and the items that it
 * offered itself. */
static const Slot *slot_of(const Programme *programme, Id id) {
    for (size_t i = 0; i < programme->count; i++)
        if (programme->slots[i].id == id) return &programme->slots[i];
    fail_msg("it is not in the programme");
    return NULL;
}

static bool is_named(const Slot *slot) {
    NameToShow name = slot_name_to_show(slot);
    return name_is_public(&name);
}

static Err name_them(Tx *tx, void *context) {
    World *world = context;
    Programme programme;
    Unplaced unplaced;
    int64_t number;
    Id typed_in = add(tx, world, "talk", "Wpisane", 3, 0);
    Id offered = item_add(tx, &(Item){.edition = world->edition,
                                      .kind = STR("talk"),
                                      .state = ITEM_ACCEPTED,
                                      .title = STR("Zaproponowane"),
                                      .organisation = world->organisations[1],
                                      .offered_by = world->organisations[1],
                                      .duration_min = 3,
                                      .changeover_min = 1});
    Id guest = item_add(tx, &(Item){.edition = world->edition,
                                    .kind = STR("talk"),
                                    .state = ITEM_ACCEPTED,
                                    .title = STR("Goście"),
                                    .performer = STR("Redakcja"),
                                    .duration_min = 3,
                                    .changeover_min = 1});
    assert_int_equal(programme_arrange(tx, world->edition, 1, &unplaced), OK);
    assert_int_equal(programme_publish(tx, world->edition, 0, &number), OK);
    assert_true(programme_published(tx, world->edition, &programme));
    assert_false(is_named(slot_of(&programme, typed_in)));
    assert_true(is_named(slot_of(&programme, offered)));
    assert_true(is_named(slot_of(&programme, guest)));
    organisation_set_listed(tx, world->organisations[0], true);
    assert_true(programme_published(tx, world->edition, &programme));
    assert_true(is_named(slot_of(&programme, typed_in))); /* without publishing again */
    organisation_set_listed(tx, world->organisations[0], false);
    assert_true(programme_published(tx, world->edition, &programme));
    assert_false(is_named(slot_of(&programme, typed_in)));
    /* A coordinator gives the offered item to another organisation: that one has offered nothing. */
    Item item = get(tx, world, offered);
    item.organisation = world->organisations[2];
    assert_int_equal(item_update(tx, &item), OK);
    assert_true(get(tx, world, offered).offered_by == world->organisations[1]);
    assert_int_equal(programme_publish(tx, world->edition, 0, &number), OK);
    assert_true(programme_published(tx, world->edition, &programme));
    assert_false(is_named(slot_of(&programme, offered)));
    return OK;
}

static void names_follow_consents_and_offers(void **state) { in_world(*state, name_them); }

static Err record(Tx *tx, void *context) {
    World *world = context;
    Edition edition = {.series.id = world->series,
                       .title = STR("Do celu II"),
                       .words = STR(""),
                       .number = 2,
                       .state = EDITION_FINISHED,
                       .date_text = STR(""),
                       .slug = STR("ii")};
    Id id;
    Programme programme = {0};
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &edition.zone), OK);
    assert_int_equal(edition_add(tx, &edition, &id), OK);
    item_add(tx, &(Item){.edition = id,
                         .kind = STR("concert"),
                         .state = ITEM_ACCEPTED,
                         .title = STR("Koncert"),
                         .performer = STR("Gość")});
    assert_true(edition_get(tx, id, &edition));
    assert_false(programme_public(tx, &edition, &programme));
    edition_set_reported(tx, id, 1, STR("2026-03-23"), STR("Relacja"));
    assert_true(edition_get(tx, id, &edition));
    assert_true(programme_public(tx, &edition, &programme));
    assert_int_equal(programme.count, 1);
    assert_false(programme.slots[0].starts_ms.given);
    Unplaced unplaced;
    assert_int_equal(programme_arrange(tx, id, 1, &unplaced), ERR_INPUT);
    return OK;
}

static void an_edition_without_hours_shows_what_is_recorded(void **state) { in_world(*state, record); }

/* ---- one turned out to be another ------------------------------------------------------- */

static Err join(Tx *tx, void *context) {
    World *world = context;
    Id from = world->organisations[1];
    Id to = organisation_add(tx, &(Organisation){.name = STR("Ta sama"), .legal_form = STR(""), .words = STR("")});
    items_add_talks(tx, world->edition, 3, 1);
    Unplaced unplaced;
    int64_t number;
    assert_int_equal(programme_arrange(tx, world->edition, 1, &unplaced), OK);
    assert_int_equal(programme_publish(tx, world->edition, 0, &number), OK);
    programme_room.organisation_joins(tx, &(OrganisationJoin){world->edition, from, to, false});
    Items items = items_of(tx, world->edition);
    size_t moved = 0;
    for (size_t i = 0; i < items.count; i++) {
        assert_int_not_equal(items.items[i].organisation, from);
        if (items.items[i].organisation != to) continue;
        assert_int_equal(items.items[i].version, 2); /* a page that was open shows it */
        moved++;
    }
    assert_int_equal(moved, 1);
    /* Nothing waits to be published by that. */
    Programme published, draft = programme_draft(tx, world->edition);
    assert_true(programme_published(tx, world->edition, &published));
    assert_int_equal(programme_changes(tx_arena(tx), &published, &draft).count, 0);
    return OK;
}

static void a_joined_organisation_keeps_its_talk(void **state) { in_world(*state, join); }

/* ---- whose word counts ------------------------------------------------------- */

static void what_an_organisation_may_change(void **state) {
    (void)state;
    /* by state of the edition; of an item that is offered, accepted, in reserve, declined */
    static const char *const rights[] = {
        [EDITION_DRAFT] = "----",     [EDITION_CALL_OPEN] = "aww-", [EDITION_CALL_CLOSED] = "aww-",
        [EDITION_PUBLISHED] = "aww-", [EDITION_FINISHED] = "----",  [EDITION_ARCHIVED] = "----",
    };
    static const ItemRights meant[] = {['-'] = ITEM_RIGHTS_NONE, ['w'] = ITEM_RIGHTS_WORDS, ['a'] = ITEM_RIGHTS_ALL};
    for (size_t edition = 0; edition < COUNT(rights); edition++)
        for (size_t item = 0; item < ITEM_STATE_COUNT; item++)
            assert_int_equal(item_rights((EditionState)edition, (ItemState)item), meant[(int)rights[edition][item]]);
}

static void which_items_lack_a_title(void **state) {
    (void)state;
    Item item = {.organisation = 1, .state = ITEM_ACCEPTED, .title = STR("")};
    assert_true(item_lacks_title(&item));
    item.title = STR("Ogród");
    assert_false(item_lacks_title(&item));
    item = (Item){.organisation = 0, .state = ITEM_ACCEPTED, .title = STR("")}; /* an opening needs none */
    assert_false(item_lacks_title(&item));
    item = (Item){.organisation = 1, .state = ITEM_OFFERED, .title = STR("")};
    assert_false(item_lacks_title(&item));
}

static int open_world(void **state) {
    World *world = malloc(sizeof *world);
    assert_non_null(world);
    world_open(world);
    *state = world;
    return 0;
}

static int close_world(void **state) {
    world_close(*state);
    free(*state);
    return 0;
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_organisation_may_change),
        cmocka_unit_test(which_items_lack_a_title),
        IN_WORLD(a_joined_organisation_keeps_its_talk),
        IN_WORLD(talks_fill_the_day),
        IN_WORLD(what_does_not_fit_gets_a_reason),
        IN_WORLD(fixed_items_stay),
        IN_WORLD(planned_before_it_is_kept),
        IN_WORLD(items_move_and_close_up),
        IN_WORLD(what_is_wrong_is_said),
        IN_WORLD(decisions_are_versioned),
        IN_WORLD(publishing_copies_and_tells_changes),
        IN_WORLD(names_follow_consents_and_offers),
        IN_WORLD(an_edition_without_hours_shows_what_is_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
