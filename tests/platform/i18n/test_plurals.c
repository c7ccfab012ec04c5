// SPDX-License-Identifier: EUPL-1.2
/* The plural rules of i18n, against what the catalogues' headers say. */
#include "platform/i18n/i18n.h"

#include "../../cmocka_all.h"

/* ---- a Plural-Forms expression: C's operators over n, by precedence climbing -------------------------- */

typedef struct Expression {
    Str rest;
    uint64_t n;
} Expression;

static uint64_t value_of_choice(Expression *expression);

static bool take(Expression *expression, Str sign) {
    expression->rest = str_trim(expression->rest);
    if (!str_starts_with(expression->rest, sign)) return false;
    expression->rest = str_skip(expression->rest, sign.size);
    return true;
}

static uint64_t value_of_atom(Expression *expression) {
    if (take(expression, STR("n"))) return expression->n;
    if (take(expression, STR("("))) {
        uint64_t value = value_of_choice(expression);
        assert_true(take(expression, STR(")")));
        return value;
    }
    Str rest = str_trim(expression->rest);
    size_t digits = 0;
    while (digits < rest.size && rest.data[digits] >= '0' && rest.data[digits] <= '9') digits++;
    int64_t value;
    assert_true(str_to_int(str_slice(rest, 0, digits), &value));
    expression->rest = str_skip(rest, digits);
    return (uint64_t)value;
}

static uint64_t value_of_binary(Expression *expression, int least_level) {
    static const struct {
        Str sign;
        int level;
    } operators[] = {{STR_INIT("||"), 0}, {STR_INIT("&&"), 1}, {STR_INIT("=="), 2}, {STR_INIT("!="), 2},
                     {STR_INIT("<="), 3}, {STR_INIT(">="), 3}, {STR_INIT("<"), 3},  {STR_INIT(">"), 3},
                     {STR_INIT("%"), 4}};
    uint64_t left = value_of_atom(expression);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].level < least_level || !take(expression, operators[i].sign)) continue;
        uint64_t right = value_of_binary(expression, operators[i].level + 1);
        const uint64_t results[] = {left || right, left && right, left == right, left != right, left <= right,
                                    left >= right, left < right,  left > right,  right ? left % right : 0};
        left = results[i];
        i = (size_t)-1; /* more operators may follow */
    }
    return left;
}

static uint64_t value_of_choice(Expression *expression) {
    uint64_t condition = value_of_binary(expression, 0);
    if (!take(expression, STR("?"))) return condition;
    uint64_t yes = value_of_choice(expression);
    assert_true(take(expression, STR(":")));
    uint64_t no = value_of_choice(expression);
    return condition ? yes : no;
}

static uint64_t evaluate(Str text, uint64_t n) {
    Expression expression = {text, n};
    uint64_t value = value_of_choice(&expression);
    assert_int_equal(str_trim(expression.rest).size, 0);
    return value;
}

static void test_evaluator(void **state) {
    (void)state;
    assert_int_equal(evaluate(STR("n%10==1 && n%100!=11 ? 0 : n > 4 || n<2 ? 1 : 2"), 21), 0);
    assert_int_equal(evaluate(STR("n%10==1 && n%100!=11 ? 0 : n > 4 || n<2 ? 1 : 2"), 11), 1);
    assert_int_equal(evaluate(STR("(n != 1)"), 1), 0);
    assert_int_equal(evaluate(STR("1 || 0 && 0"), 0), 1);
    assert_int_equal(evaluate(STR("7 % 4 % 2"), 0), 1);
}

/* ---- the comparison --------------------------------------------------------------------------------------- */

static Str plural_rule(const char *path, char *content, size_t size) {
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("%s cannot be read", path);
    Str header = {content, fread(content, 1, size, file)};
    fclose(file);
    ptrdiff_t from = str_index_of(header, STR("plural="));
    from = from < 0 ? from : str_index_of(header, STR("; plural="));
    assert_true(from >= 0);
    Str rule = str_skip(header, (size_t)from + sizeof "; plural=" - 1);
    ptrdiff_t to = str_index_of_char(rule, ';');
    assert_true(to > 0);
    return str_slice(rule, 0, (size_t)to);
}

static void test_rules_are_the_headers(void **state) {
    (void)state;
    static const struct {
        Language language;
        const char *path;
    } catalogues[] = {{LANGUAGE_PL, "po/pl.po"}, {LANGUAGE_UK, "po/uk.po"}};
    for (size_t i = 0; i < 2; i++) {
        char content[4096];
        Str rule = plural_rule(catalogues[i].path, content, sizeof content);
        for (int n = 0; n <= 10000; n++) {
            uint64_t expected = evaluate(rule, (uint64_t)n);
            if ((uint64_t)plural_form(catalogues[i].language, n) != expected)
                fail_msg("%s: %d has form %d", catalogues[i].path, n, (int)expected);
        }
    }
}

static void test_known_words(void **state) {
    (void)state;
    const int64_t few[] = {2, 22, 104}, many[] = {0, 5, 12, 14, 21, 112};
    assert_int_equal(plural_form(LANGUAGE_PL, 1), 0);
    for (size_t i = 0; i < 3; i++) assert_int_equal(plural_form(LANGUAGE_PL, few[i]), 1);
    for (size_t i = 0; i < 6; i++) assert_int_equal(plural_form(LANGUAGE_PL, many[i]), 2);
    assert_int_equal(plural_form(LANGUAGE_EN, 1), 0);
    assert_int_equal(plural_form(LANGUAGE_EN, 0), 1);
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        for (int64_t n = 0; n < 200; n++) assert_int_equal(plural_form(language, -n), plural_form(language, n));
    assert_int_equal(plural_form(LANGUAGE_PL, INT64_MIN), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evaluator),
        cmocka_unit_test(test_rules_are_the_headers),
        cmocka_unit_test(test_known_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
