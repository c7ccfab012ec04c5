// SPDX-License-Identifier: EUPL-1.2
/* Questions of an edition's own: who is asked what, places that many want at once, and files. */
#include "gathering/questions/questions.h"
#include "../signups/testing.h"
#include <stdatomic.h>

/* ---- a gathering with organisations ---------------------------------------------------------------------------- */

static Id sign_up(Tx *tx, World *world, const char *name) {
    SignupAnswers answers = {.organisation = {.name = str_from_c(name), .legal_form = STR(""), .words = STR("")},
                             .contact_name = STR("Ewa"),
                             .source = "form",
                             .state = SIGNUP_NEW,
                             .people = 2};
    SignupSent sent;
    assert_int_equal(signup_submit(tx, world->first, &answers, &sent), OK);
    return sent.organisation;
}

static Question question_of(World *world, QuestionKind kind, const char *label) {
    return (Question){
        .edition = world->first, .kind = kind, .label = {{[LANGUAGE_PL] = str_from_c(label)}}, .shown_answer = STR("")};
}

static Id add(Tx *tx, const Question *question) {
    Id id;
    assert_int_equal(question_add(tx, question, 0, &id), OK);
    return id;
}

static Id add_choice(Tx *tx, World *world, Id question, const char *label, int64_t places) {
    Id id;
    Choice choice = {.edition = world->first,
                     .question = question,
                     .label = {{[LANGUAGE_PL] = str_from_c(label)}},
                     .places = places ? given_int(places) : (OptionalInt){0}};
    assert_int_equal(choice_add(tx, &choice, 0, &id), OK);
    return id;
}

static Err answer(Tx *tx, World *world, Id question, Id organisation, const char *words, Id pick) {
    Questions all = questions_of(tx, world->first);
    AnswerSheet sheet = answers_of(tx, world->first, organisation);
    const Answer *before = answer_find(&sheet, organisation, question);
    const Choice *full = NULL;
    AnswerGiven given = {.edition = world->first,
                         .answer = {.organisation = organisation,
                                    .question = question,
                                    .words = str_from_c(words),
                                    .picks = &pick,
                                    .pick_count = pick ? 1 : 0,
                                    .version = before ? before->version : 0}};
    return answer_save(tx, questions_find(&all, question), &given, &full);
}

static bool is_asked(Tx *tx, World *world, Id question, Id organisation) {
    Questions all = questions_of(tx, world->first);
    AnswerSheet sheet = answers_of(tx, world->first, organisation);
    return question_applies(&sheet, organisation, questions_find(&all, question));
}

/* ---- what is asked of whom -------------------------------------------------------------------------------------- */

static Err conditions(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world, "Pierwsza"), other = sign_up(tx, world, "Druga");
    Question stand = question_of(world, QUESTION_YES_NO, "Stoisko?"),
             power = question_of(world, QUESTION_CHOICE, "Prąd?");
    stand.id = add(tx, &stand);
    power.shown_question = stand.id;
    power.shown_answer = STR("maybe");
    Id refused;
    assert_int_equal(question_add(tx, &power, 0, &refused), ERR_INPUT); /* no such answer */
    power.shown_answer = STR("yes");
    power.id = add(tx, &power);
    assert_false(is_asked(tx, world, power.id, one));
    assert_int_equal(answer(tx, world, stand.id, one, "yes", 0), OK);
    assert_int_equal(answer(tx, world, stand.id, other, "no", 0), OK);
    assert_false(is_asked(tx, world, power.id, one)); /* there is nothing to choose yet */
    add_choice(tx, world, power.id, "400 V", 0);
    assert_true(is_asked(tx, world, power.id, one));
    assert_false(is_asked(tx, world, power.id, other));

    /* No circle: what depends, nothing depends on, and the other way round. */
    Question third = question_of(world, QUESTION_LINE, "Ile?");
    third.shown_question = power.id;
    third.shown_answer = id_text(tx_arena(tx), add_choice(tx, world, power.id, "230 V", 0));
    assert_int_equal(question_add(tx, &third, 0, &refused), ERR_INPUT);
    stand.version = 1;
    stand.shown_question = power.id;
    stand.shown_answer = third.shown_answer;
    assert_int_equal(question_update(tx, &stand, 0), ERR_INPUT);
    stand.shown_question = stand.id;
    stand.shown_answer = STR("yes");
    assert_int_equal(question_update(tx, &stand, 0), ERR_INPUT);

    /* Order, and removing: the answers go, who depended on it is asked always. */
    assert_int_equal(question_move(tx, world->first, power.id, true, 0), ERR_INPUT); /* it depends on that one */
    assert_int_equal(question_move(tx, world->first, stand.id, false, 0), ERR_INPUT);
    assert_int_equal(questions_of(tx, world->first).questions[0].id, stand.id);
    stand.shown_question = 0;
    assert_int_equal(question_remove(tx, &(Question){.edition = world->first, .id = stand.id, .version = 7}, 0),
                     ERR_CONFLICT);
    assert_int_equal(question_remove(tx, &stand, 0), OK);
    assert_true(is_asked(tx, world, power.id, other));
    assert_int_equal(answers_of(tx, world->first, one).count, 0);
    return OK;
}

static void a_question_may_depend_on_the_answer_to_another(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, conditions, world), OK);
}

static Err versions(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world, "Pierwsza");
    Question line = question_of(world, QUESTION_LINE, "Hasło?");
    line.id = add(tx, &line);
    Questions all = questions_of(tx, world->first);
    const Choice *full = NULL;
    AnswerGiven given = {.edition = world->first, .answer = {.organisation = one, .words = STR("razem")}};
    assert_int_equal(answer_save(tx, &all.questions[0], &given, &full), OK);
    assert_int_equal(answer_save(tx, &all.questions[0], &given, &full), ERR_CONFLICT); /* somebody was faster */
    given.answer.version = 1;
    given.answer.words = STR("");
    assert_int_equal(answer_save(tx, &all.questions[0], &given, &full), OK);
    AnswerSheet sheet = answers_of(tx, world->first, one);
    assert_false(answer_is_given(answer_find(&sheet, one, line.id)));
    return OK;
}

static void two_who_answer_at_once_are_told(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, versions, world), OK);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

enum { ORGANISATIONS = 200, PLACES = 17 };
typedef struct Rush {
    World *world;
    Id question, choice, organisations[ORGANISATIONS];
    atomic_int left;
} Rush;
typedef struct Runner {
    Rush *rush;
    size_t number;
    StoreWrite write;
} Runner;

static Err prepare_rush(Tx *tx, void *context) {
    Rush *rush = context;
    Question workshop = question_of(rush->world, QUESTION_CHOICE, "Warsztat");
    rush->question = add(tx, &workshop);
    rush->choice = add_choice(tx, rush->world, rush->question, "Ceramika", PLACES);
    for (size_t i = 0; i < ORGANISATIONS; i++)
        rush->organisations[i] = sign_up(tx, rush->world, str_format(tx_arena(tx), "Fundacja %zu", i).data);
    return OK;
}

static Err ask_for_a_place(Tx *tx, void *context) {
    Runner *runner = context;
    Rush *rush = runner->rush;
    return answer(tx, rush->world, rush->question, rush->organisations[runner->number], "", rush->choice);
}

static void runner_done(StoreWrite *write, Err err) {
    Runner *runner = write->context;
    write->outcome = err;
    atomic_fetch_sub(&runner->rush->left, 1);
}

static Err count_taken(Tx *tx, void *context) {
    Rush *rush = context;
    Questions all = questions_of(tx, rush->world->first);
    assert_int_equal(question_choice_find(questions_find(&all, rush->question), rush->choice)->taken, PLACES);
    return OK;
}

/* All are answered, as many as there are places get one, and the others are told. On PostgreSQL several lanes at once.
 */
static void nobody_gets_over_a_limit_when_all_come_at_once(void **state) {
    World *world = *state;
    Rush *rush = calloc(1, sizeof *rush);
    Runner *runners = calloc(ORGANISATIONS, sizeof *runners);
    rush->world = world;
    assert_int_equal(store_write(world->store, world->arena, prepare_rush, rush), OK);
    atomic_store(&rush->left, ORGANISATIONS);
    for (size_t i = 0; i < ORGANISATIONS; i++) {
        runners[i] = (Runner){.rush = rush, .number = i};
        runners[i].write = (StoreWrite){.work = ask_for_a_place,
                                        .done = runner_done,
                                        .context = &runners[i],
                                        .arena = arena_open(8 * 1024 * 1024),
                                        .lane = i + 1,
                                        .gate = {0, rush->question}};
        assert_int_equal(store_submit(world->store, &runners[i].write), OK);
    }
    while (atomic_load(&rush->left) > 0) usleep(1000);
    int64_t got = 0, refused = 0;
    for (size_t i = 0; i < ORGANISATIONS; i++) {
        got += runners[i].write.outcome == OK;
        refused += runners[i].write.outcome == ERR_LIMIT;
        arena_close(runners[i].write.arena);
    }
    assert_int_equal(got, PLACES);
    assert_int_equal(refused, ORGANISATIONS - PLACES);
    assert_int_equal(store_read(world->store, world->arena, count_taken, rush), OK);
    free(runners);
    free(rush);
}

static void withdraw(Tx *tx, World *world, Id organisation, SignupState to) {
    Signup signup;
    assert_true(signup_of_organisation(tx, world->first, organisation, &signup));
    SignupDecision decision = {.edition = world->first, .signup = signup.id, .version = signup.version, .to = to};
    assert_int_equal(signup_decide(tx, &decision), OK);
}

static Err places_come_free(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world, "Pierwsza"), other = sign_up(tx, world, "Druga");
    Question workshop = question_of(world, QUESTION_SEVERAL, "Warsztat");
    workshop.id = add(tx, &workshop);
    Id choice = add_choice(tx, world, workshop.id, "Ceramika", 1);
    assert_int_equal(answer(tx, world, workshop.id, one, "", choice), OK);
    assert_int_equal(answer(tx, world, workshop.id, one, "", choice), OK); /* saved again: its own place counts once */
    assert_int_equal(answer(tx, world, workshop.id, other, "", choice), ERR_LIMIT);
    withdraw(tx, world, one, SIGNUP_WITHDRAWN);
    assert_int_equal(answer(tx, world, workshop.id, other, "", choice), OK);
    withdraw(tx, world, one, SIGNUP_NEW); /* back again: the place is gone, and they are asked once more */
    AnswerSheet sheet = answers_of(tx, world->first, one);
    assert_false(answer_is_given(answer_find(&sheet, one, workshop.id)));
    assert_int_equal(answer(tx, world, workshop.id, one, "", choice), ERR_LIMIT);
    return OK;
}

static void who_does_not_come_leaves_the_place_to_the_next(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, places_come_free, world), OK);
}

/* ---- what is not asked ---------------------------------------------------------------------------------------- */

static int64_t taken(Tx *tx, World *world, Id question, Id choice) {
    Questions all = questions_of(tx, world->first);
    return question_choice_find(questions_find(&all, question), choice)->taken;
}

static Err unasked(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world, "Pierwsza"), other = sign_up(tx, world, "Druga");
    Question stand = question_of(world, QUESTION_YES_NO, "Stoisko?"),
             power = question_of(world, QUESTION_CHOICE, "Prąd?"), words = question_of(world, QUESTION_LINE, "Napis?");
    stand.id = add(tx, &stand);
    power.shown_question = words.shown_question = stand.id;
    power.shown_answer = words.shown_answer = STR("yes");
    power.id = add(tx, &power);
    words.id = add(tx, &words);
    Id socket = add_choice(tx, world, power.id, "400 V", 1);
    /* By who sends the form by hand, before and after the other was answered otherwise. */
    assert_int_equal(answer(tx, world, power.id, one, "", socket), ERR_NOT_FOUND);
    assert_int_equal(answer(tx, world, stand.id, one, "no", 0), OK);
    assert_int_equal(answer(tx, world, power.id, one, "", socket), ERR_NOT_FOUND);
    assert_int_equal(answer(tx, world, words.id, one, "Razem", 0), ERR_NOT_FOUND);
    assert_int_equal(taken(tx, world, power.id, socket), 0);
    /* The place is free as soon as the condition holds no more; words wait until it holds again. */
    assert_int_equal(answer(tx, world, stand.id, one, "yes", 0), OK);
    assert_int_equal(answer(tx, world, stand.id, other, "yes", 0), OK);
    assert_int_equal(answer(tx, world, power.id, one, "", socket), OK);
    assert_int_equal(answer(tx, world, words.id, one, "Razem", 0), OK);
    assert_int_equal(answer(tx, world, stand.id, one, "yes", 0), OK);
    assert_int_equal(answer(tx, world, power.id, other, "", socket), ERR_LIMIT);
    assert_int_equal(answer(tx, world, stand.id, one, "no", 0), OK);
    assert_int_equal(taken(tx, world, power.id, socket), 0);
    assert_int_equal(answer(tx, world, power.id, other, "", socket), OK);
    assert_int_equal(answer(tx, world, stand.id, one, "yes", 0), OK);
    AnswerSheet sheet = answers_of(tx, world->first, one);
    assert_true(str_equal(answer_find(&sheet, one, words.id)->words, STR("Razem")));
    assert_false(answer_is_given(answer_find(&sheet, one, power.id)));
    assert_int_equal(answer(tx, world, power.id, one, "", socket), ERR_LIMIT);
    /* A coordinator asks it of those who said no instead. */
    Questions all = questions_of(tx, world->first);
    power = *questions_find(&all, power.id);
    power.shown_answer = STR("no");
    assert_int_equal(question_update(tx, &power, 0), OK);
    assert_int_equal(taken(tx, world, power.id, socket), 0);
    return OK;
}

static void what_is_not_asked_is_not_taken_and_holds_no_place(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, unasked, world), OK);
}

/* The condition is a limited choice itself: who did not come lost it, and with it what hung on it. */
static Err unasked_with_a_place(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world, "Pierwsza"), other = sign_up(tx, world, "Druga");
    Question hall = question_of(world, QUESTION_CHOICE, "Sala?"), wall = question_of(world, QUESTION_SEVERAL, "Gdzie?");
    hall.id = add(tx, &hall);
    Id large = add_choice(tx, world, hall.id, "duża", 2), small = add_choice(tx, world, hall.id, "mała", 0);
    wall.shown_question = hall.id;
    wall.shown_answer = id_text(tx_arena(tx), large);
    wall.id = add(tx, &wall);
    Id corner = add_choice(tx, world, wall.id, "róg", 1);
    assert_int_equal(answer(tx, world, hall.id, one, "", large), OK);
    assert_int_equal(answer(tx, world, wall.id, one, "", corner), OK);
    withdraw(tx, world, one, SIGNUP_WITHDRAWN);
    assert_int_equal(answer(tx, world, hall.id, other, "", large), OK);
    withdraw(tx, world, one, SIGNUP_NEW);
    assert_int_equal(taken(tx, world, wall.id, corner), 0);
    assert_int_equal(answer(tx, world, wall.id, other, "", corner), OK);
    assert_int_equal(answer(tx, world, hall.id, other, "", small), OK);
    assert_int_equal(taken(tx, world, wall.id, corner), 0);
    return OK;
}

static void what_hangs_on_a_lost_place_goes_with_it(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, unasked_with_a_place, world), OK);
}

/* ---- a condition and its place at the same moment -------------------------------------------------------------- */

enum { PAIRS = 60 };
typedef struct Duel {
    World *world;
    Id stand, power, socket, organisations[PAIRS];
    atomic_int left;
} Duel;
typedef struct Dueller {
    Duel *duel;
    size_t number;
    bool takes_place;
    StoreWrite write;
} Dueller;

static Err prepare_duel(Tx *tx, void *context) {
    Duel *duel = context;
    Question stand = question_of(duel->world, QUESTION_YES_NO, "Stoisko?"),
             power = question_of(duel->world, QUESTION_CHOICE, "Prąd?");
    duel->stand = add(tx, &stand);
    power.shown_question = duel->stand;
    power.shown_answer = STR("yes");
    duel->power = add(tx, &power);
    duel->socket = add_choice(tx, duel->world, duel->power, "400 V", 0);
    for (size_t i = 0; i < PAIRS; i++) {
        duel->organisations[i] = sign_up(tx, duel->world, str_format(tx_arena(tx), "Fundacja %zu", i).data);
        assert_int_equal(answer(tx, duel->world, duel->stand, duel->organisations[i], "yes", 0), OK);
    }
    return OK;
}

static Err fight(Tx *tx, void *context) {
    Dueller *dueller = context;
    Duel *duel = dueller->duel;
    Id organisation = duel->organisations[dueller->number];
    if (dueller->takes_place) return answer(tx, duel->world, duel->power, organisation, "", duel->socket);
    return answer(tx, duel->world, duel->stand, organisation, "no", 0);
}

static void dueller_done(StoreWrite *write, Err err) {
    Dueller *dueller = write->context;
    write->outcome = err;
    atomic_fetch_sub(&dueller->duel->left, 1);
}

static Err nobody_holds(Tx *tx, void *context) {
    Duel *duel = context;
    assert_int_equal(taken(tx, duel->world, duel->power, duel->socket), 0);
    return OK;
}

/* Whoever comes first of the two: the one who has no stand holds no place in the end. Several lanes on PostgreSQL. */
static void a_place_and_its_condition_at_once(void **state) {
    World *world = *state;
    Duel *duel = calloc(1, sizeof *duel);
    Dueller *duellers = calloc(2 * (size_t)PAIRS, sizeof *duellers);
    duel->world = world;
    assert_int_equal(store_write(world->store, world->arena, prepare_duel, duel), OK);
    atomic_store(&duel->left, 2 * PAIRS);
    StoreGate gate = store_edition_gate(world->arena, STR("series"), STR("edition"));
    for (size_t i = 0; i < 2 * (size_t)PAIRS; i++) {
        duellers[i] = (Dueller){.duel = duel, .number = i / 2, .takes_place = (i + i / 2) % 2 == 0};
        duellers[i].write = (StoreWrite){.work = fight,
                                         .done = dueller_done,
                                         .context = &duellers[i],
                                         .arena = arena_open(8 * 1024 * 1024),
                                         .lane = i + 1,
                                         .gate = gate};
        assert_int_equal(store_submit(world->store, &duellers[i].write), OK);
    }
    while (atomic_load(&duel->left) > 0) usleep(1000);
    for (size_t i = 0; i < 2 * (size_t)PAIRS; i++) {
        Err outcome = duellers[i].write.outcome;
        assert_true(outcome == OK || (duellers[i].takes_place && outcome == ERR_NOT_FOUND));
        arena_close(duellers[i].write.arena);
    }
    assert_int_equal(store_read(world->store, world->arena, nobody_holds, duel), OK);
    free(duellers);
    free(duel);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static void a_file_is_what_its_bytes_say(void **state) {
    (void)state;
    static const struct {
        Str content, type;
    } files[] = {
        {STR_INIT("%PDF-1.7\n"), STR_INIT("application/pdf")},
        {STR_INIT("\xff\xd8\xff\xe0rest"), STR_INIT("image/jpeg")},
        {STR_INIT("\x89PNG\r\n\x1a\nrest"), STR_INIT("image/png")},
        {STR_INIT("<html><script>alert(1)</script>"), {0}},
        {STR_INIT("<svg xmlns='http://www.w3.org/2000/svg'/>"), {0}},
        {STR_INIT("MZ\x90"), {0}},
        {STR_INIT("PK\x03\x04 and nothing of a document"), {0}},
        {STR_INIT("PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin"), {0}},
        {STR_INIT(" %PDF-1.7"), {0}},
        {STR_INIT("%PDF"), {0}},
        {STR_INIT(""), {0}},
    };
    for (size_t i = 0; i < COUNT(files); i++) assert_true(str_equal(file_type_of(files[i].content), files[i].type));
}

static Err save_file(Tx *tx, World *world, Id question, Id organisation, Str content, bool removes) {
    Questions all = questions_of(tx, world->first);
    AnswerSheet sheet = answers_of(tx, world->first, organisation);
    const Answer *before = answer_find(&sheet, organisation, question);
    const Choice *full = NULL;
    AnswerFile file = {STR("plan.pdf"), content};
    AnswerGiven given = {.edition = world->first,
                         .answer = {.organisation = organisation, .version = before ? before->version : 0},
                         .file = removes ? NULL : &file,
                         .removes_file = removes};
    return answer_save(tx, questions_find(&all, question), &given, &full);
}

static int64_t chunks_of(Tx *tx, World *world, Str hash) {
    Str content;
    return file_read(tx, world->first, hash, &content) ? (int64_t)content.size : -1;
}

static Str pdf_of(Arena *arena, size_t size, char filler) {
    char *bytes = arena_alloc(arena, size);
    memset(bytes, filler, size);
    memcpy(bytes, "%PDF-", 5);
    return str_from(bytes, size);
}

static Str hash_of_answer(Tx *tx, World *world, Id organisation, Id question) {
    AnswerSheet sheet = answers_of(tx, world->first, organisation);
    return answer_find(&sheet, organisation, question)->file_hash;
}

static Err files_kept(Tx *tx, void *context) {
    World *world = context;
    Arena *arena = tx_arena(tx);
    Id one = sign_up(tx, world, "Pierwsza"), other = sign_up(tx, world, "Druga");
    Question plan = question_of(world, QUESTION_FILE, "Plan");
    plan.id = add(tx, &plan);
    /* Around the edges of a chunk, and of the limit. */
    static const size_t sizes[] = {5, QUESTION_CHUNK_BYTES - 1, QUESTION_CHUNK_BYTES, QUESTION_CHUNK_BYTES + 1,
                                   QUESTION_FILE_BYTES};
    Str hash = STR("");
    for (size_t i = 0; i < COUNT(sizes); i++) {
        Str content = pdf_of(arena, sizes[i], (char)('a' + i)), back, before = hash;
        assert_int_equal(save_file(tx, world, plan.id, one, content, false), OK);
        AnswerSheet sheet = answers_of(tx, world->first, one);
        hash = answer_find(&sheet, one, plan.id)->file_hash;
        assert_true(file_read(tx, world->first, hash, &back));
        assert_true(str_equal(back, content));
        if (i) assert_int_equal(chunks_of(tx, world, before), -1); /* the one it stands for is gone */
    }
    Str too_large = pdf_of(arena, QUESTION_FILE_BYTES + 1, 'z');
    assert_int_equal(save_file(tx, world, plan.id, one, too_large, false), ERR_INPUT);
    assert_int_equal(save_file(tx, world, plan.id, one, STR("MZ"), false), ERR_INPUT);
    /* The same bytes of two organisations are each one's own: their gates are not the same. */
    assert_int_equal(save_file(tx, world, plan.id, other, pdf_of(arena, QUESTION_FILE_BYTES, 'e'), false), OK);
    Str others_hash = hash_of_answer(tx, world, other, plan.id);
    assert_false(str_equal(others_hash, hash));
    assert_int_equal(save_file(tx, world, plan.id, one, STR_ABSENT, true), OK);
    assert_int_equal(chunks_of(tx, world, hash), -1);
    assert_int_equal(chunks_of(tx, world, others_hash), QUESTION_FILE_BYTES);
    assert_int_equal(save_file(tx, world, plan.id, other, STR_ABSENT, true), OK);
    assert_int_equal(chunks_of(tx, world, others_hash), -1);
    /* With the question goes what answered it. */
    assert_int_equal(save_file(tx, world, plan.id, other, STR("%PDF-1"), false), OK);
    AnswerSheet sheet = answers_of(tx, world->first, other);
    hash = answer_find(&sheet, other, plan.id)->file_hash;
    plan.version = 1;
    assert_int_equal(question_remove(tx, &plan, 0), OK);
    assert_int_equal(chunks_of(tx, world, hash), -1);
    return OK;
}

static void files_are_kept_by_content(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, files_kept, world), OK);
}

/* ---- in a sheet -------------------------------------------------------------------------------------------------- */

/* As the form keeps them, so that the same answer is the same in a sheet. */
static Err numbers_read(Tx *tx, void *context) {
    World *world = context;
    static const struct {
        const char *text, *kept; /* NULL: no such number */
    } cases[] = {{"7", "7"}, {"007", "7"}, {"0", "0"}, {"-0", "0"}, {"-1", NULL}, {"7 osób", NULL}, {"1e3", NULL}};
    Id one = sign_up(tx, world, "Pierwsza");
    Question number = question_of(world, QUESTION_NUMBER, "Ile?");
    number.id = add(tx, &number);
    for (size_t i = 0; i < COUNT(cases); i++) {
        SheetQuestions questions = {.arena = world->arena};
        SheetCell cells[] = {{.question = number.id, .text = str_from_c(cases[i].text)}};
        SheetRow row = {.edition = world->first, .organisation = one, .cells = cells, .count = 1};
        questions_room.sheet_questions(tx, world->first, LANGUAGE_PL, &questions);
        questions_room.sheet_answers(tx, &questions, &row);
        assert_int_equal(cells[0].verdict == SHEET_UNREADABLE, !cases[i].kept);
        AnswerSheet sheet = answers_of(tx, world->first, one);
        if (cases[i].kept)
            assert_true(str_equal(answer_find(&sheet, one, number.id)->words, str_from_c(cases[i].kept)));
    }
    return OK;
}

static void a_number_in_a_sheet_is_kept_as_the_form_keeps_it(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, numbers_read, world), OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_question_may_depend_on_the_answer_to_another, world_open, world_close),
        cmocka_unit_test_setup_teardown(two_who_answer_at_once_are_told, world_open, world_close),
        cmocka_unit_test_setup_teardown(nobody_gets_over_a_limit_when_all_come_at_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(who_does_not_come_leaves_the_place_to_the_next, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_is_not_asked_is_not_taken_and_holds_no_place, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_place_and_its_condition_at_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_hangs_on_a_lost_place_goes_with_it, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_number_in_a_sheet_is_kept_as_the_form_keeps_it, world_open, world_close),
        cmocka_unit_test(a_file_is_what_its_bytes_say),
        cmocka_unit_test_setup_teardown(files_are_kept_by_content, world_open, world_close),
    };
    return cmocka_run_group_tests_name("gathering/questions", tests, NULL, NULL);
}
