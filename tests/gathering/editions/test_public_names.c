// SPDX-License-Identifier: EUPL-1.2
/* Who is named in public: every case of consent and offer, for every kind of reader. */
#include "../../cmocka_all.h"
#include "gathering/editions/public_names.h"

enum { SERIES = 11, EDITION = 12, OTHER_EDITION = 13, CLUB = 21, CHOIR = 22, SOMEBODY = 31 };

static void assert_text(Str found, const char *expected) {
    if (!str_equal(found, str_from_c(expected))) fail_msg("\"%.*s\" is not \"%s\"", STR_FORMAT(found), expected);
}

typedef struct Reader {
    Grant grant; /* role 0: not signed in */
    bool may_know_club;
} Reader;

static const Reader readers[] = {
    {{0, 0}, false},
    {{ROLE_OWNER, 0}, true},
    {{ROLE_COORDINATOR, SERIES}, true},
    {{ROLE_COORDINATOR, SERIES + 100}, false}, /* of somebody else's series */
    {{ROLE_HOST, EDITION}, true},
    {{ROLE_DOOR, EDITION}, true},
    {{ROLE_STAGE, EDITION}, true},
    {{ROLE_KITCHEN, EDITION}, true},
    {{ROLE_GUIDE, EDITION}, true},
    {{ROLE_DOOR, OTHER_EDITION}, false}, /* helped another day */
    {{ROLE_REPRESENTATIVE, CLUB, SERIES}, true},
    {{ROLE_REPRESENTATIVE, CLUB, SERIES + 100}, false}, /* speaks for it elsewhere */
    {{ROLE_REPRESENTATIVE, CHOIR, SERIES}, false},
    {{ROLE_GUEST, EDITION}, false},
};

static Request request_of(Arena *arena, const Reader *reader, Language language) {
    Request request = {.arena = arena, .language = language, .scope = {.series = SERIES, .edition = EDITION}};
    if (!reader->grant.role) return request;
    Grant *grant = arena_new(arena, Grant);
    *grant = reader->grant;
    request.who.person = SOMEBODY;
    request.who.grants = grant;
    request.who.grant_count = 1;
    return request;
}

static void everybody_reads_the_same(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    for (size_t i = 0; i < COUNT(readers); i++)
        for (int grounds = 0; grounds < 4; grounds++) {
            NameToShow club = {
                .organisation = CLUB, .name = STR("Klub"), .is_listed = grounds & 1, .is_offered = grounds & 2};
            Request request = request_of(arena, &readers[i], LANGUAGE_PL);
            PublicName shown = public_name(&request, &club);
            bool is_named = grounds != 0;
            assert_int_equal(name_is_public(&club), is_named);
            assert_int_equal(shown.is_hidden, !is_named);
            assert_text(shown.name, is_named ? "Klub" : "organizacja");
            assert_text(shown.for_reader, !is_named && readers[i].may_know_club ? "Klub" : "");
            assert_true(str_equal(hidden_name_part(&shown).name, shown.for_reader));
        }
    arena_close(arena);
}

static void guests_are_named(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Request request = request_of(arena, &readers[0], LANGUAGE_PL);
    PublicName shown = public_name(&request, &(NameToShow){.name = STR("Akordeon")});
    assert_text(shown.name, "Akordeon");
    assert_false(shown.is_hidden);
    arena_close(arena);
}

static void the_words_are_in_three_languages(void **state) {
    (void)state;
    static const char *const words[] = {
        [LANGUAGE_PL] = "organizacja", [LANGUAGE_EN] = "an organisation", [LANGUAGE_UK] = "організація"};
    Arena *arena = arena_open(1 << 20);
    for (size_t i = 0; i < COUNT(words); i++) {
        Request request = request_of(arena, &readers[0], (Language)i);
        assert_text(public_name(&request, &(NameToShow){.organisation = CLUB, .name = STR("Klub")}).name, words[i]);
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_reads_the_same),
        cmocka_unit_test(guests_are_named),
        cmocka_unit_test(the_words_are_in_three_languages),
    };
    return cmocka_run_group_tests_name("gathering/editions public names", tests, NULL, NULL);
}
