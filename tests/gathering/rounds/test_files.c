// SPDX-License-Identifier: EUPL-1.2
/* `rounds plan PEOPLE.csv` and `rounds verify`: what is planned is verified from the files alone, and a wrong cell is
 * told with file, line, column and what was expected. */
#include "../../cmocka_all.h"
#include "gathering/rounds/commands.h"
#include "platform/format/json_read.h"
#include <unistd.h>

enum { PLAN, VERIFY };

typedef struct Files {
    Arena *arena;
    char folder[64];
} Files;

static int files_open(void **state) {
    static Files files;
    files = (Files){.arena = arena_open(256 * 1024 * 1024), .folder = "/tmp/wspolnie-files-XXXXXX"};
    assert_non_null(mkdtemp(files.folder));
    *state = &files;
    return 0;
}

static int files_close(void **state) {
    Files *files = *state;
    static const char *const names[] = {"people.csv", "pairs.csv", "met.csv", "plan.json"};
    for (size_t i = 0; i < COUNT(names); i++) unlink(str_format(files->arena, "%s/%s", files->folder, names[i]).data);
    rmdir(files->folder);
    arena_close(files->arena);
    return 0;
}

static Str put(Files *files, const char *name, Str content) {
    Str path = str_format(files->arena, "%s/%s", files->folder, name);
    FILE *file = fopen(path.data, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.data, 1, content.size, file), content.size);
    fclose(file);
    return path;
}

/* options: name, value, …, NULL */
static CommandCall call_of(Files *files, int command, const char *const *options) {
    CommandCall call = {
        .arena = files->arena, .command = &rounds_commands[command], .json = true, .out = buffer_in(files->arena)};
    for (; options && *options; options += 2)
        for (size_t i = 0; i < call.command->option_count; i++)
            if (strcmp(call.command->options[i].name, options[0]) == 0) call.values[i] = str_from_c(options[1]);
    return call;
}

static void add_argument(CommandCall *call, Str argument) { call->arguments[call->argument_count++] = argument; }

typedef struct Run {
    CommandCall *call;
    Err err;
} Run;

static void run_inside(void *argument) {
    Run *run = argument;
    run->err = run->call->command->run(run->call);
}

static Err run(CommandCall *call) {
    Run run = {.call = call};
    Err fault = arena_protect(call->arena, run_inside, &run);
    return fault ? fault : run.err;
}

static Str people_of(Files *files, int count) {
    Buffer sheet = buffer_in(files->arena);
    buffer_add(&sheet, STR("id,name,absent,host_table,needs_access\n"));
    for (int i = 1; i <= count; i++)
        buffer_format(&sheet, "p%d,Organizacja %d,%s,%s,%s\n", i, i, i == 3 ? "2;3" : "", i == 5 ? "2" : "",
                      i == 7 ? "yes" : "");
    return put(files, "people.csv", buffer_str(&sheet));
}

/* In how many rounds of a plan two ids share a table. */
static int meetings(const JsonValue *plan, Str one, Str other) {
    const JsonValue *rounds = json_member(plan, STR("rounds"));
    int met = 0;
    for (size_t r = 0; r < rounds->count; r++)
        for (size_t t = 0; t < rounds->items[r].count; t++) {
            const JsonValue *table = &rounds->items[r].items[t];
            int found = 0;
            for (size_t i = 0; i < table->count; i++)
                found += str_equal(table->items[i].text, one) || str_equal(table->items[i].text, other);
            met += found == 2;
        }
    return met;
}

static void what_is_planned_is_verified(void **state) {
    Files *files = *state;
    Str people = people_of(files, 13);
    Str pairs = put(files, "pairs.csv", STR("a,b,value\np1,p2,50\np1,p3,never\np4,p5,30\np6,p9,20\n"));
    Str met = put(files, "met.csv", STR("a,b\np6,p9\n"));
    const char *const options[] = {"rounds", "4",      "table-size", "3", "pairs", pairs.data,
                                   "met",    met.data, "seed",       "5", NULL};
    CommandCall call = call_of(files, PLAN, options);
    add_argument(&call, people);
    if (run(&call)) fail_msg("%s", arena_failure(files->arena)->message);
    const JsonValue *plan;
    JsonError error;
    assert_int_equal(json_read(files->arena, buffer_str(&call.out), &plan, &error), OK);
    assert_int_equal(json_member(plan, STR("value"))->integer, 80);
    assert_int_equal(json_member(plan, STR("repeats"))->integer, 0);
    assert_int_equal(meetings(plan, STR("p1"), STR("p2")), 1);
    assert_int_equal(meetings(plan, STR("p1"), STR("p3")), 0);
    assert_int_equal(meetings(plan, STR("p6"), STR("p9")), 0);

    CommandCall again = call_of(files, PLAN, options);
    add_argument(&again, people);
    assert_int_equal(run(&again), OK);
    const JsonValue *second;
    assert_int_equal(json_read(files->arena, buffer_str(&again.out), &second, &error), OK);
    assert_int_equal(meetings(second, STR("p1"), STR("p2")), 1);

    Str written = put(files, "plan.json", buffer_str(&call.out));
    CommandCall verify = call_of(files, VERIFY, (const char *const[]){"pairs", pairs.data, "met", met.data, NULL});
    add_argument(&verify, people);
    add_argument(&verify, written);
    assert_int_equal(run(&verify), OK);
    assert_true(str_contains(buffer_str(&verify.out), STR("\"feasible\":true,\"agrees\":true,\"value\":80")));

    written = put(files, "plan.json",
                  str_replace(files->arena, buffer_str(&call.out), STR("\"value\":80"), STR("\"value\":81")));
    verify.out = buffer_in(files->arena);
    assert_int_equal(run(&verify), ERR_CONFLICT);
    assert_true(str_contains(buffer_str(&verify.out), STR("\"agrees\":false")));
}

static void wrong_cells_are_told_with_their_place(void **state) {
    Files *files = *state;
    static const struct {
        const char *people, *pairs, *told;
    } cases[] = {
        {"name\nx\n", NULL, "people.csv:1:1: expected a column \"id\", found \"name\""},
        {"id,absent\na,x\n", NULL, "people.csv:2:3: expected rounds from 1 to 64, as in 2;3, found \"x\""},
        {"id,absent\na,65\n", NULL, "people.csv:2:3: expected rounds from 1 to 64"},
        {"id\na\n\"\"\n", NULL, "people.csv:3:1: expected an id"},
        {"id\na\nb\na\n", NULL, "people.csv:4:1: expected each id once, found \"a\""},
        {"id,host_table\na,0\n", NULL, "people.csv:2:3: expected a table's number"},
        {"id,needs_access\na,maybe\n", NULL, "people.csv:2:3: expected yes or no"},
        {"id,delegates\na,2\n", NULL, "people.csv:2:3: expected one delegate"},
        {"id\na\nb\n", "a,b,value\na,c,1\n", "pairs.csv:2:3: expected an id of the file of people, found \"c\""},
        {"id\na\nb\n", "a,b,value\na,a,1\n", "pairs.csv:2:3: expected two different ids"},
        {"id\na\nb\n", "a,b,value\na,b,-1\n", "pairs.csv:2:5: expected a whole number from 0 to 1000000, or never"},
        {"id\na\nb\n", "a,b\na,b\n", "pairs.csv:1:1: expected a column \"value\""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str people = put(files, "people.csv", str_from_c(cases[i].people));
        Str pairs = cases[i].pairs ? put(files, "pairs.csv", str_from_c(cases[i].pairs)) : STR_ABSENT;
        const char *const options[] = {"rounds", "2", cases[i].pairs ? "pairs" : NULL, pairs.data, NULL};
        CommandCall call = call_of(files, PLAN, options);
        add_argument(&call, people);
        assert_int_equal(run(&call), ERR_INPUT);
        Str told = str_from_c(arena_failure(files->arena)->message);
        Str place = str_format(files->arena, "%s/%s", files->folder, cases[i].told);
        if (!str_starts_with(told, place))
            fail_msg("got \"%.*s\", expected \"%.*s\"", STR_FORMAT(told), STR_FORMAT(place));
    }
}

static void a_plan_that_is_none_is_refused(void **state) {
    Files *files = *state;
    static const char *const plans[][2] = {
        {"{", "1:"},
        {"{}", "rounds: expected an array of rounds"},
        {"{\"rounds\":[[[\"p1\",\"zz\"]]]}", "rounds[0][0]: expected ids that stand in the file of people"},
        {"{\"rounds\":[[[\"p1\",\"p2\"],[\"p1\"]]]}", "rounds[0][1]: expected everyone at most once in a round"},
        {"{\"rounds\":[[[\"p1\",\"p2\"]]],\"value\":1}", "bound: expected a whole number"},
        {"{\"rounds\":[[[\"p1\",\"p2\"]]],\"value\":1,\"bound\":1,\"multipliers\":{}}",
         "multipliers: expected a number"},
    };
    Str people = people_of(files, 4);
    for (size_t i = 0; i < COUNT(plans); i++) {
        CommandCall call = call_of(files, VERIFY, NULL);
        add_argument(&call, people);
        add_argument(&call, put(files, "plan.json", str_from_c(plans[i][0])));
        assert_int_equal(run(&call), ERR_INPUT);
        if (!str_contains(str_from_c(arena_failure(files->arena)->message), str_from_c(plans[i][1])))
            fail_msg("got \"%s\", expected \"%s\"", arena_failure(files->arena)->message, plans[i][1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_planned_is_verified),
        cmocka_unit_test(wrong_cells_are_told_with_their_place),
        cmocka_unit_test(a_plan_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, files_open, files_close);
}
