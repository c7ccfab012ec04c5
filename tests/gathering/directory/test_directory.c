// SPDX-License-Identifier: EUPL-1.2
/* The directory of a series: who stands in it, by what they are found, and that nothing else of them is. */
#include "../signups/testing.h"
#include "gathering/signups/catalogue.h"

/* ---- making -------------------- */

typedef struct Made {
    Id signup, organisation, person;
} Made;

static Made sign_up(Tx *tx, Id edition, const Organisation *organisation, SignupState state,
                    const Exchanges *exchanges) {
    static int number;
    SignupAnswers answers = {
        .organisation = *organisation,
        .contact_name = STR("Ada"),
        .contact_email = str_format(tx_arena(tx), "ada%d@example.org", number++),
        .language = LANGUAGE_PL,
        .source = "form",
        .people = 2,
    };
    if (exchanges) answers.exchanges = *exchanges;
    SignupSent sent;
    assert_int_equal(signup_submit(tx, edition, &answers, &sent), OK);
    if (state != SIGNUP_NEW) {
        SignupDecision decision = {
            .edition = edition, .signup = sent.signup, .version = 1, .to = state, .reason = STR("")};
        assert_int_equal(signup_decide(tx, &decision), OK);
    }
    return (Made){sent.signup, sent.organisation, sent.person};
}

static DirectoryEntry entry_of(Tx *tx, const World *world, Id organisation) {
    DirectoryEntry entry;
    directory_entry_get(tx, organisation, world->series, &entry);
    return entry;
}

static void tell(Tx *tx, const World *world, const Made *made, DirectoryEntry entry) {
    DirectorySaying saying = {.by = made->person, .edition = world->first, .wording = STR("Zgoda.")};
    assert_int_equal(directory_entry_save(tx, &entry, &saying), OK);
    catalogue_follow(tx, made->organisation);
}

static void show_all(Tx *tx, const World *world, const Made *made) {
    DirectoryEntry entry = entry_of(tx, world, made->organisation);
    entry.is_shown = entry.shows_words = entry.shows_website = entry.shows_exchanges = entry.shows_numbers = true;
    tell(tx, world, made, entry);
}

static size_t found_by(Tx *tx, const World *world, const DirectoryQuery *query, Id organisation) {
    DirectoryFound found = directory_search(tx, world->series, query);
    size_t times = 0;
    for (size_t i = 0; i < found.count; i++) times += found.organisations[i] == organisation;
    return times;
}

static bool finds(Tx *tx, const World *world, const char *words, Id organisation) {
    return found_by(tx, world, &(DirectoryQuery){.words = str_from_c(words)}, organisation) == 1;
}

static Organisation turtle(Str *profiles) {
    return (Organisation){.name = STR("Fundacja Żółw"),
                          .legal_form = STR("foundation"),
                          .words = STR("Prowadzimy **zajęcia** dla seniorów."),
                          .district = STR("Stare Podgórze"),
                          .nip = STR("8567346215"),
                          .profiles = {profiles, 1}};
}

/* ---- finding -------------------- */

static Err find(Tx *tx, void *context) {
    const World *world = context;
    Str profiles[] = {STR("senior")};
    Exchange needs[] = {{.kind = STR("space"), .words = STR("sala prób")},
                        {.is_offer = true, .kind = STR("equipment"), .words = STR("trzydzieści krzeseł")}};
    Organisation one = turtle(profiles),
                 two = {.name = STR("Тут і разом"), .legal_form = STR("informal"), .words = STR("")};
    Made first = sign_up(tx, world->first, &one, SIGNUP_ACCEPTED, &(Exchanges){needs, 2});
    Made second = sign_up(tx, world->first, &two, SIGNUP_ACCEPTED, NULL);
    show_all(tx, world, &first);
    show_all(tx, world, &second);
    static const char *const good[] = {"zolw",      "ŻÓŁWIA",    "żółw fundacja", "senior",   "seniorzy zajęcia",
                                       "seniors",   "sali prób", "krzesła",       "Podgórze", "8567346215",
                                       "foundation"};
    static const char *const bad[] = {"zolwik", "żółw młodzież", "krzesła stoły", "8567346216", "**"};
    for (size_t i = 0; i < COUNT(good); i++)
        if (!finds(tx, world, good[i], first.organisation)) fail_msg("%s finds nothing", good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (finds(tx, world, bad[i], first.organisation)) fail_msg("%s finds it", bad[i]);
    assert_true(finds(tx, world, "tut i razom", second.organisation));
    assert_true(finds(tx, world, "Тут", second.organisation));
    const DirectoryQuery filters[] = {{.profile = STR("senior")},
                                      {.district = STR("Stare Podgórze"), .need = STR("space")},
                                      {.offer = STR("equipment"), .words = STR("krzesło")}};
    for (size_t i = 0; i < COUNT(filters); i++) {
        assert_int_equal(found_by(tx, world, &filters[i], first.organisation), 1);
        assert_int_equal(directory_search(tx, world->series, &filters[i]).found, 1);
    }
    assert_int_equal(found_by(tx, world, &(DirectoryQuery){.offer = STR("space")}, first.organisation), 0);
    assert_int_equal(found_by(tx, world, &(DirectoryQuery){.newcomer = STR("informal")}, second.organisation), 1);
    DirectoryFound all = directory_search(tx, world->series, &(DirectoryQuery){.words = STR(""), .page = 99});
    assert_int_equal(all.found, 2);
    assert_int_equal(all.page, 1);
    assert_true(all.organisations[0] == first.organisation); /* Latin before Cyrillic */
    assert_str(all.needs[0], STR("space"));
    assert_int_equal(directory_search(tx, world->other_series, &(DirectoryQuery){.words = STR("zolw")}).found, 0);
    return OK;
}

static void it_is_found_whatever_the_case_script_and_ending(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, find, world), OK);
}

/* ---- the best first -------------------- */

static Err rank(Tx *tx, void *context) {
    const World *world = context;
    Organisation as_typed = {.name = STR("Koło Trzecie"), .legal_form = STR("informal"), .words = STR("Dla seniorów.")},
                 begins = {.name = STR("Seniorówka"), .legal_form = STR("informal"), .words = STR("")},
                 other_form = {.name = STR("Aktywny Senior"), .legal_form = STR("informal"), .words = STR("")},
                 stove = {.name = STR("Piecyk"), .legal_form = STR("informal"), .words = STR("Od pięciu lat.")};
    Made typed = sign_up(tx, world->first, &as_typed, SIGNUP_ACCEPTED, NULL);
    Made beginning = sign_up(tx, world->first, &begins, SIGNUP_ACCEPTED, NULL);
    Made form = sign_up(tx, world->second, &other_form, SIGNUP_ACCEPTED, NULL);
    Made late = sign_up(tx, world->second, &stove, SIGNUP_ACCEPTED, NULL);
    show_all(tx, world, &typed);
    show_all(tx, world, &beginning);
    show_all(tx, world, &form);
    show_all(tx, world, &late);
    DirectoryFound found = directory_search(tx, world->series, &(DirectoryQuery){.words = STR("seniorów")});
    assert_int_equal(found.found, 3);
    assert_true(found.organisations[0] == typed.organisation); /* the word as it was typed, though in a description */
    assert_true(found.organisations[1] == beginning.organisation);
    assert_true(found.organisations[2] == form.organisation);
    assert_true(finds(tx, world, "pie", late.organisation)); /* a beginning of a name's word */
    assert_false(finds(tx, world, "pi", late.organisation));
    assert_true(finds(tx, world, "akt sen", form.organisation));
    assert_false(finds(tx, world, "akt pie", form.organisation)); /* each word has to be there */
    assert_false(finds(tx, world, "pieka", late.organisation));
    assert_true(finds(tx, world, "pięć", late.organisation));
    TextOther latin = {.subject = late.organisation,
                       .field = STR("name"),
                       .language = STR("en"),
                       .words = STR("The Little Stove"),
                       .original = text_original(stove.name),
                       .origin = TEXT_OWN};
    assert_int_equal(text_save(tx, &latin), OK);
    catalogue_follow(tx, late.organisation);
    assert_true(finds(tx, world, "stove", late.organisation)); /* in every language it was given in */
    return OK;
}

static void the_best_come_first(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, rank, world), OK);
}

/* ---- only what is shown -------------------- */

/* Words that were taken out are in no translation of before either. */
static Err outdated(Tx *tx, void *context) {
    const World *world = context;
    Str profiles[] = {STR("senior")};
    Exchange needs[] = {{.kind = STR("space"), .words = STR("sala prób")}};
    Organisation one = turtle(profiles), now;
    Made made = sign_up(tx, world->first, &one, SIGNUP_ACCEPTED, &(Exchanges){needs, 1});
    show_all(tx, world, &made);
    const char *const fields[] = {"name", "words"};
    for (size_t i = 0; i < COUNT(fields); i++) {
        TextOther other = {.subject = made.organisation,
                           .field = str_from_c(fields[i]),
                           .language = STR("en"),
                           .words = i ? STR("Ring Janina") : STR("Tortoise"),
                           .original = text_original(i ? one.words : one.name),
                           .origin = TEXT_OWN};
        assert_int_equal(text_save(tx, &other), OK);
    }
    catalogue_follow(tx, made.organisation);
    assert_true(finds(tx, world, "Janina", made.organisation) && finds(tx, world, "tortoise", made.organisation));
    assert_true(organisation_get(tx, made.organisation, &now));
    now.name = STR("Fundacja Jeż");
    now.words = STR("Prowadzimy zajęcia.");
    assert_int_equal(organisation_update(tx, &now), OK);
    catalogue_follow(tx, made.organisation);
    assert_true(finds(tx, world, "jeż", made.organisation));
    assert_false(finds(tx, world, "Janina", made.organisation) || finds(tx, world, "tortoise", made.organisation));
    return OK;
}

static void nobody_is_found_by_a_translation_of_other_words(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, outdated, world), OK);
}

static Err leak(Tx *tx, void *context) {
    const World *world = context;
    Str profiles[] = {STR("senior")};
    Exchange needs[] = {{.kind = STR("space"), .words = STR("sala prób")}};
    Organisation one = turtle(profiles);
    Made made = sign_up(tx, world->first, &one, SIGNUP_NEW, &(Exchanges){needs, 1});
    show_all(tx, world, &made); /* it said so, but it was not accepted */
    assert_false(finds(tx, world, "zolw", made.organisation));
    SignupDecision decision = {
        .edition = world->first, .signup = made.signup, .version = 1, .to = SIGNUP_ACCEPTED, .reason = STR("")};
    assert_int_equal(signup_decide(tx, &decision), OK);
    assert_true(finds(tx, world, "zolw", made.organisation));
    DirectoryEntry entry = entry_of(tx, world, made.organisation);
    entry.shows_words = entry.shows_exchanges = entry.shows_numbers = false;
    tell(tx, world, &made, entry);
    static const char *const hidden[] = {"zajęcia", "sala", "prób", "przestrzeń", "8567346215"};
    assert_true(finds(tx, world, "zolw", made.organisation));
    for (size_t i = 0; i < COUNT(hidden); i++)
        if (finds(tx, world, hidden[i], made.organisation)) fail_msg("%s finds what is not shown", hidden[i]);
    assert_int_equal(found_by(tx, world, &(DirectoryQuery){.need = STR("space")}, made.organisation), 0);
    entry = entry_of(tx, world, made.organisation);
    ConsentRecord consent;
    assert_true(consent_about(tx, entry.id, "catalogue", &consent) && !consent.withdrawn_ms.given);
    entry.phone = STR("+48 12 000 00 01");
    entry.is_shown = false;
    tell(tx, world, &made, entry);
    assert_false(directory_has(tx, world->series, made.organisation));
    assert_true(consent_about(tx, entry.id, "catalogue", &consent) && consent.withdrawn_ms.given);
    assert_str(entry_of(tx, world, made.organisation).phone, STR("")); /* nothing is kept of one that left */
    tell(tx, world, &made,
         (DirectoryEntry){.id = entry.id,
                          .organisation = made.organisation,
                          .series = world->series,
                          .is_shown = true,
                          .version = entry_of(tx, world, made.organisation).version});
    assert_true(directory_has(tx, world->series, made.organisation));
    entry.version = 1; /* somebody else's page of long ago */
    assert_int_equal(directory_entry_save(tx, &entry, &(DirectorySaying){.wording = STR("")}), ERR_CONFLICT);
    return OK;
}

static void only_what_is_shown_is_found(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, leak, world), OK);
}

/* ---- keeping up -------------------- */

static Err follow(Tx *tx, void *context) {
    const World *world = context;
    Str profiles[] = {STR("senior")};
    Organisation one = turtle(profiles);
    Made made = sign_up(tx, world->first, &one, SIGNUP_ACCEPTED, NULL);
    show_all(tx, world, &made);
    Exchange rope = {.organisation = made.organisation,
                     .kind = STR("equipment"),
                     .words = STR("linka"),
                     .until_on = STR("2199-01-01")};
    assert_int_equal(signup_exchange_save(tx, world->first, &rope, 0), OK);
    assert_true(finds(tx, world, "linki", made.organisation));
    Exchanges kept = signup_exchanges_of(tx, world->first, made.organisation);
    assert_int_equal(kept.count, 1);
    rope = kept.exchanges[0];
    rope.until_on = STR("2020-01-01"); /* over */
    assert_int_equal(signup_exchange_save(tx, world->first, &rope, 0), OK);
    assert_false(finds(tx, world, "linki", made.organisation));
    assert_int_equal(signup_exchange_save(tx, world->first, &rope, 0), ERR_CONFLICT);
    Organisation now;
    assert_true(organisation_get(tx, made.organisation, &now));
    now.name = STR("Fundacja Nosorożec");
    assert_int_equal(organisation_update(tx, &now), OK);
    signups_organisation_changed(tx, now.id);
    assert_true(finds(tx, world, "nosorozce", made.organisation));
    assert_false(finds(tx, world, "zolw", made.organisation));
    SignupDecision decision = {
        .edition = world->first, .signup = made.signup, .version = 2, .to = SIGNUP_WITHDRAWN, .reason = STR("")};
    assert_int_equal(signup_decide(tx, &decision), OK);
    assert_false(directory_has(tx, world->series, made.organisation));
    return OK;
}

static void the_index_follows_in_the_same_transaction(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, follow, world), OK);
}

enum { MANY = 230 };

static Err fill_without_index(Tx *tx, void *context) {
    const World *world = context;
    for (int i = 0; i < MANY; i++) {
        Organisation one = {.name = str_format(tx_arena(tx), "Grupa %03d", i), .legal_form = STR(""), .words = STR("")};
        Made made = sign_up(tx, world->first, &one, SIGNUP_ACCEPTED, NULL);
        DirectoryEntry entry = entry_of(tx, world, made.organisation);
        entry.is_shown = true;
        assert_int_equal(
            directory_entry_save(tx, &entry, &(DirectorySaying){.by = made.person, .wording = STR("Zgoda.")}), OK);
    }
    assert_int_equal(directory_search(tx, world->series, &(DirectoryQuery){.words = STR("")}).found, 0);
    return OK;
}

static Err page_through(Tx *tx, void *context) {
    const World *world = context;
    for (int with_word = 0; with_word < 2; with_word++) {
        DirectoryQuery query = {.words = with_word ? STR("grupy") : STR(""), .page = 1};
        Id seen[MANY];
        size_t count = 0;
        int64_t pages = directory_search(tx, world->series, &query).pages;
        assert_int_equal(pages, (MANY + DIRECTORY_PAGE_ROWS - 1) / DIRECTORY_PAGE_ROWS);
        for (; query.page <= pages; query.page++) {
            DirectoryFound found = directory_search(tx, world->series, &query);
            assert_int_equal(found.found, MANY);
            for (size_t i = 0; i < found.count; i++) {
                for (size_t k = 0; k < count; k++) assert_true(seen[k] != found.organisations[i]);
                seen[count++] = found.organisations[i];
            }
        }
        assert_int_equal(count, MANY);
        assert_int_equal(directory_search(tx, world->series, &query).page, pages); /* behind the last */
    }
    return OK;
}

static void an_index_that_is_missing_is_made_again(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, fill_without_index, world), OK);
    Id after = 0;
    int pages = 0;
    do {
        assert_int_equal(catalogue_catch_up(world->store, world->arena, &after), OK);
        pages++;
    } while (after);
    assert_true(pages > 1);
    if (store_read(world->store, world->arena, page_through, world)) fail();
}

/* Who agreed in the older words is no newcomer there, nor found by the larger organisation. */
static Err history(Tx *tx, void *context) {
    const World *world = context;
    Organisation organisation = {.name = STR("Zielony Zaułek"),
                                 .legal_form = STR("association"),
                                 .words = STR(""),
                                 .parent_name = STR("Pracownia Mostowa"),
                                 .founded_year = given_int(zone_civil(zone_utc(), tx_now_ms(tx)).year)};
    Made made = sign_up(tx, world->first, &organisation, SIGNUP_ACCEPTED, NULL);
    DirectoryQuery is_young = {.newcomer = STR("young")};
    show_all(tx, world, &made);
    assert_int_equal(found_by(tx, world, &is_young, made.organisation), 0);
    assert_false(finds(tx, world, "mostowa", made.organisation));
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        DirectoryEntry entry = entry_of(tx, world, made.organisation);
        DirectorySaying saying = {
            .by = made.person, .edition = world->first, .wording = catalogue_wording(tx_arena(tx), language, &entry)};
        assert_int_equal(directory_entry_save(tx, &entry, &saying), OK);
        catalogue_follow(tx, made.organisation);
        assert_int_equal(found_by(tx, world, &is_young, made.organisation), 1);
        assert_true(finds(tx, world, "mostowa", made.organisation));
    }
    return OK;
}

static void history_is_told_where_it_was_agreed_to(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, history, world), OK);
}

/* ---- what is new is no longer so when time has gone on ---------------------------------------------------- */

/* The store reads its clock when it is opened. Nothing is indexed again. */
static void open_at(World *world, Clock *clock, int year, int month) {
    store_close(world->store);
    *clock = (Clock){0};
    Str moment = str_format(world->arena, "%04d-%02d-15T12:00:00Z", year, month);
    assert_int_equal(clock_parse(moment, clock), OK);
    world->store = own_store(world->arena, world->folder, clock);
}

typedef struct Newcomer {
    const World *world;
    Made made;
    int year; /* of its founding */
    bool is_young, is_first, is_tagged;
} Newcomer;

static Err make_newcomer(Tx *tx, void *context) {
    Newcomer *newcomer = context;
    Organisation one = {.name = STR("Młody Zaułek"),
                        .legal_form = STR("foundation"),
                        .words = STR(""),
                        .founded_year = given_int(newcomer->year)};
    Organisation before = {.name = STR("Dawne Koło"), .legal_form = STR(""), .words = STR("")};
    sign_up(tx, newcomer->world->first, &before, SIGNUP_ACCEPTED,
            NULL); /* else everybody is there for the first time */
    newcomer->made = sign_up(tx, newcomer->world->second, &one, SIGNUP_ACCEPTED, NULL);
    DirectoryEntry entry = entry_of(tx, newcomer->world, newcomer->made.organisation);
    entry.is_shown = true;
    DirectorySaying saying = {.by = newcomer->made.person,
                              .edition = newcomer->world->first,
                              .wording = catalogue_wording(tx_arena(tx), LANGUAGE_PL, &entry)};
    assert_int_equal(directory_entry_save(tx, &entry, &saying), OK);
    catalogue_follow(tx, newcomer->made.organisation);
    return OK;
}

static Err look_at_newcomer(Tx *tx, void *context) {
    Newcomer *newcomer = context;
    Id organisation = newcomer->made.organisation;
    newcomer->is_young = found_by(tx, newcomer->world, &(DirectoryQuery){.newcomer = STR("young")}, organisation);
    newcomer->is_first = found_by(tx, newcomer->world, &(DirectoryQuery){.newcomer = STR("first")}, organisation);
    DirectoryFound all = directory_search(tx, newcomer->world->series, &(DirectoryQuery){.words = STR("")});
    assert_int_equal(all.count, 1);
    newcomer->is_tagged = all.are_new[0];
    return OK;
}

static void the_new_grow_old_on_the_day(void **state) {
    World *world = *state;
    Clock clock;
    Newcomer newcomer = {.world = world};
    /* The edition has no date: it counts as over a year after it was made, and who came for the first time is new for a
     * year more. */
    Clock real = clock_real();
    Civil now = zone_civil(zone_utc(), clock_now_ms(&real));
    int behind = now.month == 12 ? 1 : now.month + 1, year_behind = now.month == 12 ? now.year + 3 : now.year + 2;
    const struct {
        int year, month;
        bool is_young, is_first;
    } cases[] = {
        {now.year, now.month, true, true},
        {now.year + 1, now.month, true, true},
        {year_behind, behind, year_behind == now.year + 2, false},
        {now.year + 2, 12, true, now.month == 12},
        {now.year + 3, 1, false, false},
    };
    open_at(world, &clock, now.year, now.month);
    newcomer.year = now.year;
    assert_int_equal(store_write(world->store, world->arena, make_newcomer, &newcomer), OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        open_at(world, &clock, cases[i].year, cases[i].month);
        assert_int_equal(store_read(world->store, world->arena, look_at_newcomer, &newcomer), OK);
        if (newcomer.is_young != cases[i].is_young || newcomer.is_first != cases[i].is_first ||
            newcomer.is_tagged != cases[i].is_first)
            fail_msg("%d-%02d: young %d, first %d, tag %d", cases[i].year, cases[i].month, newcomer.is_young,
                     newcomer.is_first, newcomer.is_tagged);
    }
}

static Err make_stale(Tx *tx, void *context) {
    static const Query stale = {.name = "stale",
                                .place = "test",
                                .sqlite = "UPDATE directory_row SET made_by = 0, first_until = '9999-12'",
                                .postgres = "UPDATE directory_row SET made_by = 0, first_until = '9999-12'",
                                .changes = true,
                                .is_passing = true};
    (void)context;
    Statement *statement = statement_begin(tx, &stale);
    statement_step(statement);
    statement_end(statement);
    return OK;
}

/* A row of an earlier program says what it said then: the catching up at the start makes it again. */
static void what_was_made_otherwise_is_made_again(void **state) {
    World *world = *state;
    Newcomer newcomer = {.world = world};
    assert_int_equal(store_write(world->store, world->arena, make_newcomer, &newcomer), OK);
    assert_int_equal(store_write(world->store, world->arena, make_stale, NULL), OK);
    Id after = 0;
    do assert_int_equal(catalogue_catch_up(world->store, world->arena, &after), OK);
    while (after);
    Clock clock;
    open_at(world, &clock, 2090, 1);
    assert_int_equal(store_read(world->store, world->arena, look_at_newcomer, &newcomer), OK);
    assert_false(newcomer.is_tagged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(history_is_told_where_it_was_agreed_to, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_new_grow_old_on_the_day, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_was_made_otherwise_is_made_again, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_best_come_first, world_open, world_close),
        cmocka_unit_test_setup_teardown(it_is_found_whatever_the_case_script_and_ending, world_open, world_close),
        cmocka_unit_test_setup_teardown(only_what_is_shown_is_found, world_open, world_close),
        cmocka_unit_test_setup_teardown(nobody_is_found_by_a_translation_of_other_words, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_index_follows_in_the_same_transaction, world_open, world_close),
        cmocka_unit_test_setup_teardown(an_index_that_is_missing_is_made_again, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
