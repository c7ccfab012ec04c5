// SPDX-License-Identifier: EUPL-1.2
#include "fixture.h"

#include "platform/page/lists.h"

typedef struct Row {
    const char *name;
    int64_t people; /* 0: not told */
    const char *state;
} Row;

static const Row rows[] = {
    {"Żółw i Spółka", 3, "in"}, {"Ćma", 12, "out"},   {"Cis", 2, "in"},
    {"Тут і разом", 0, "in"},   {"Zebra", 12, "out"}, {"Ławka", 5, "in"},
};

static ListValue row_name(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(str_from_c(((const Row *)row)->name));
}
static ListValue row_people(const void *row, void *context) {
    (void)context;
    int64_t people = ((const Row *)row)->people;
    return people ? LIST_NUMBER(people) : (ListValue){.is_number = true, .is_none = true};
}
static void row_words(const void *row, Buffer *words, void *context) {
    (void)context;
    buffer_add(words, str_from_c(((const Row *)row)->name));
}
static FormOptions states(Request *request, void *context) {
    (void)request, (void)context;
    static const FormOption options[] = {{STR_INIT("in"), STR_INIT("przyjęte")}, {STR_INIT("out"), STR_INIT("inne")}};
    return (FormOptions){options, COUNT(options)};
}
static bool is_in_state(const void *row, Str choice, void *context) {
    (void)context;
    return str_equal(str_from_c(((const Row *)row)->state), choice);
}

static const ListColumn columns[] = {
    {"note", MSG_INIT("page", "Show")},
    {"name", MSG_INIT("page", "Search"), row_name},
    {"people", MSG_INIT("page", "All"), row_people, .is_number = true},
};
static const ListFilter filters[] = {{"state", MSG_INIT("page", "Language"), states, is_in_state}};
static const ListPlan plan = {columns, COUNT(columns), filters, COUNT(filters), row_words, .page_rows = 4};

static List *open_list(Fixture *fixture, const char *q, const char *state, const char *sort, const char *page) {
    fixture_open(fixture, LANGUAGE_PL);
    if (q) fields_put(fixture, &fixture->request.query, "q", str_from_c(q));
    if (state) fields_put(fixture, &fixture->request.query, "state", str_from_c(state));
    if (sort) fields_put(fixture, &fixture->request.query, "sort", str_from_c(sort));
    if (page) fields_put(fixture, &fixture->request.query, "page", str_from_c(page));
    return list_open(&fixture->request, &plan, rows, COUNT(rows), sizeof *rows, NULL);
}

static void assert_order(const List *list, const char *expected) {
    Str rest = str_from_c(expected), name;
    size_t i = 0;
    for (; str_next_part(&rest, '|', &name); i++) {
        assert_true(i < list_found(list));
        assert_str(str_from_c(((const Row *)list_found_row(list, i))->name), name);
    }
    assert_int_equal(i, list_found(list));
}

static void test_order(void **state) {
    (void)state;
    static const struct {
        const char *sort, *expected;
    } cases[] = {
        {NULL, "Cis|Ćma|Ławka|Zebra|Żółw i Spółka|Тут і разом"},
        {"-name", "Тут і разом|Żółw i Spółka|Zebra|Ławka|Ćma|Cis"},
        {"people", "Cis|Żółw i Spółka|Ławka|Ćma|Zebra|Тут і разом"},
        {"-people", "Ćma|Zebra|Ławka|Żółw i Spółka|Cis|Тут і разом"}, /* not told comes last both ways */
        {"note", "Cis|Ćma|Ławka|Zebra|Żółw i Spółka|Тут і разом"},    /* does not sort */
        {"--", "Cis|Ćma|Ławka|Zebra|Żółw i Spółka|Тут і разом"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Fixture fixture;
        assert_order(open_list(&fixture, NULL, NULL, cases[i].sort, NULL), cases[i].expected);
        fixture_close(&fixture);
    }
}

static void test_search_and_filter(void **state) {
    (void)state;
    static const struct {
        const char *q, *state, *expected;
    } cases[] = {
        {"zolw", NULL, "Żółw i Spółka"},
        {"spolka ZOLW", NULL, "Żółw i Spółka"},
        {"tut i razom", NULL, "Тут і разом"},
        {"  ", NULL, "Cis|Ćma|Ławka|Zebra|Żółw i Spółka|Тут і разом"},
        {"a", "out", "Ćma|Zebra"},
        {NULL, "unknown", "Cis|Ćma|Ławka|Zebra|Żółw i Spółka|Тут і разом"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Fixture fixture;
        assert_order(open_list(&fixture, cases[i].q, cases[i].state, NULL, NULL), cases[i].expected);
        fixture_close(&fixture);
    }
    Fixture fixture;
    List *list = open_list(&fixture, "nobody", NULL, NULL, "7");
    assert_int_equal(list_found(list), 0);
    assert_int_equal(list_count(list), 0);
    assert_true(list_is_narrowed(list));
    assert_false(list_pager(list).is_needed);
    fixture_close(&fixture);
}

static void test_pages(void **state) {
    (void)state;
    static const struct {
        const char *page;
        size_t first, count;
    } cases[] = {{NULL, 0, 4}, {"1", 0, 4},  {"2", 4, 2}, {"99", 4, 2},
                 {"0", 0, 4},  {"-1", 0, 4}, {"x", 0, 4}, {"9223372036854775807", 4, 2}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Fixture fixture;
        List *list = open_list(&fixture, NULL, NULL, NULL, cases[i].page);
        assert_int_equal(list_count(list), cases[i].count);
        assert_ptr_equal(list_row(list, 0), list_found_row(list, cases[i].first));
        fixture_close(&fixture);
    }
}

static void test_addresses(void **state) {
    (void)state;
    Fixture fixture;
    List *list = open_list(&fixture, "a&b=ż", "in", "-people", NULL);
    assert_str(list_href(list, STR("/x")), STR("/x?q=a%26b%3D%C5%BC&state=in&sort=-people"));
    size_t count;
    ListHeadPart *heads = list_heads(list, &count);
    assert_int_equal(count, 3);
    assert_true(str_is_empty(heads[0].href));
    assert_str(heads[1].href, STR("/list?q=a%26b%3D%C5%BC&state=in"));
    assert_str(heads[2].href, STR("/list?q=a%26b%3D%C5%BC&state=in&sort=people"));
    assert_true(heads[2].is_sorted && heads[2].is_descending && heads[2].is_number);
    fixture_close(&fixture);
    list = open_list(&fixture, NULL, NULL, NULL, "2");
    PagerPart pager = list_pager(list);
    assert_true(pager.is_needed && pager.current == 2 && pager.pages == 2);
    assert_str(pager.previous_href, STR("/list"));
    assert_true(str_is_empty(pager.next_href));
    fixture_close(&fixture);
}

static void test_shown(void **state) {
    (void)state;
    Fixture fixture;
    List *list = open_list(&fixture, "\"><script>", "in", NULL, NULL);
    FilterBarPart bar = list_filter_bar(list);
    part_filter_bar(&fixture.page, &bar);
    assert_hides(&fixture, STR("<script"));
    assert_writes(&fixture, STR("<option value=\"in\" selected>przyjęte"));
    assert_writes(&fixture, STR("Pokaż wszystkie"));
    assert_writes(&fixture, STR("Znaleziono 0 wierszy"));
    fixture_close(&fixture);
    list = open_list(&fixture, NULL, NULL, "-name", NULL);
    size_t count;
    ListHeadPart *heads = list_heads(list, &count);
    for (size_t i = 0; i < count; i++) part_list_head(&fixture.page, &heads[i]);
    assert_writes(&fixture, STR("aria-sort=\"descending\""));
    PagerPart pager = list_pager(list);
    part_pager(&fixture.page, &pager);
    assert_writes(&fixture, STR("Strona 1 z 2"));
    fixture_close(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order), cmocka_unit_test(test_search_and_filter),
        cmocka_unit_test(test_pages), cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
