// SPDX-License-Identifier: EUPL-1.2
/* The second of two people is told, sees both, and keeps what was typed; a pressed button does nothing to what its page
 * did not show. */
#include "../../cmocka_all.h"
#include "platform/page/conflict.h"

typedef struct Words {
    Str name, starts, several_label;
    int64_t people;
    bool is_free;
    StrList several;
    Str secret, version;
} Words;

static FormOptions fruit(Request *request, void *context) {
    (void)request, (void)context;
    static const FormOption options[] = {{STR_INIT("a"), STR_INIT("apple")}, {STR_INIT("b"), STR_INIT("bread")}};
    return (FormOptions){options, 2};
}

/* Labels are messages of the program. */
static const FormField fields[] = {
    {.name = "name", .kind = FIELD_LINE, .offset = offsetof(Words, name), .label = MSG_INIT("editions", "Name")},
    {.name = "starts",
     .kind = FIELD_TIME,
     .offset = offsetof(Words, starts),
     .label = MSG_INIT("editions", "From what time")},
    {.name = "people", .kind = FIELD_INT, .offset = offsetof(Words, people), .label = MSG_INIT("editions", "Rooms")},
    {.name = "is_free",
     .kind = FIELD_CHECK,
     .offset = offsetof(Words, is_free),
     .label = MSG_INIT("editions", "It has the stage")},
    {.name = "several",
     .kind = FIELD_SEVERAL,
     .offset = offsetof(Words, several),
     .options = fruit,
     .label = MSG_INIT("editions", "What they give")},
    {.name = "secret", .kind = FIELD_SECRET, .offset = offsetof(Words, secret), .label = MSG_INIT("editions", "Title")},
    FORM_VERSION(Words),
};

typedef struct Sending {
    Arena *arena;
    Request request;
    Field sent[10];
    Words typed;
    Form *form;
} Sending;

static Sending *send(const char *version) {
    static Sending sending;
    sending = (Sending){.arena = arena_open(1 << 20)};
    const Field sent[] = {
        {STR("name"), STR("<Mine>"), {0}, {0}}, {STR("starts"), STR("9.30"), {0}, {0}},
        {STR("people"), STR(" 5 "), {0}, {0}},  {STR("is_free"), STR("1"), {0}, {0}},
        {STR("several"), STR("a"), {0}, {0}},   {STR("several"), STR("b"), {0}, {0}},
        {STR("secret"), STR("x"), {0}, {0}},    {STR("version"), str_from_c(version), {0}, {0}},
    };
    memcpy(sending.sent, sent, sizeof sent);
    sending.request = (Request){.arena = sending.arena,
                                .language = LANGUAGE_EN,
                                .method = METHOD_POST,
                                .form = {sending.sent, sizeof sent / sizeof *sent}};
    sending.form = form_open(&sending.request, fields, sizeof fields / sizeof *fields, &sending.typed);
    return &sending;
}

static Words stored_at(const char *version) {
    static Str picks[] = {STR_INIT("b")};
    return (Words){.name = STR("Theirs"),
                   .starts = STR("09:30"),
                   .people = 5,
                   .several = {picks, 1},
                   .version = str_from_c(version)};
}

static Str errors_of(const Sending *sending) {
    Buffer out = buffer_in(sending->arena);
    OnceKey once = {.text = STR("0")};
    PageOut page = {.out = &out, .language = LANGUAGE_EN, .once = &once};
    form_write_errors(&page, sending->form);
    return buffer_str(&out);
}

static void the_same_version_goes_on(void **state) {
    (void)state;
    Sending *sending = send("3.5.2");
    Words stored = stored_at("3.5.2");
    assert_true(form_read(sending->form));
    assert_true(form_is_current(sending->form, &stored));
    assert_true(form_ok(sending->form));
    assert_int_equal(sending->request.response.status, 0);
    assert_true(str_is_empty(errors_of(sending)));
    arena_close(sending->arena);
}

static void the_second_sees_both_and_keeps_his_own(void **state) {
    (void)state;
    Sending *sending = send("1");
    Words stored = stored_at("2");
    assert_true(form_read(sending->form));
    assert_false(form_is_current(sending->form, &stored));
    assert_false(form_ok(sending->form));
    assert_int_equal(sending->request.response.status, 409);
    Str page = errors_of(sending);
    const char *shown[] = {"Theirs", "&lt;Mine&gt;", ">yes<", ">no<", "apple and bread", ">bread<"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (!str_contains(page, str_from_c(shown[i]))) fail_msg("%s is not in %.*s", shown[i], STR_FORMAT(page));
    /* What means the same is no difference, nor is what nobody may see. */
    const char *same[] = {"From what time", "Rooms", "Title", "9.30"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (str_contains(page, str_from_c(same[i]))) fail_msg("%s is in %.*s", same[i], STR_FORMAT(page));
    assert_true(str_equal(form_typed(sending->form, "name"), STR("<Mine>")));
    assert_true(str_equal(form_typed(sending->form, "starts"), STR("9.30")));
    assert_true(str_equal(form_typed(sending->form, "version"), STR("2"))); /* sent again, it is a decision */
    arena_close(sending->arena);
}

/* Forged, forgotten or from before: none of these overwrites anything. */
static void no_version_is_not_the_version(void **state) {
    (void)state;
    static const char *const versions[] = {"", "x", "02", " 2", "2.0", "-2"};
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        Sending *sending = send(versions[i]);
        Words stored = stored_at("2");
        assert_true(form_read(sending->form));
        if (form_is_current(sending->form, &stored)) {
            /* blanks around are not part of a value */
            if (!str_equal(str_trim(str_from_c(versions[i])), STR("2"))) fail_msg("“%s” is taken for 2", versions[i]);
        }
        arena_close(sending->arena);
    }
}

static void a_button_does_nothing_to_what_its_page_did_not_show(void **state) {
    (void)state;
    static const char *const seen[] = {"1", "2"};
    for (size_t i = 0; i < 2; i++) {
        Sending *sending = send(seen[i]);
        Words stored = stored_at("2");
        Form *form = form_open(&sending->request, fields, sizeof fields / sizeof *fields, &stored);
        assert_int_equal(form_step_is_current(form), i == 1);
        assert_int_equal(form_ok(form), i == 1);
        assert_int_equal(sending->request.response.status, i == 1 ? 0 : 409);
        sending->form = form;
        assert_int_equal(str_contains(errors_of(sending), STR("Nothing has been done")), i == 0);
        assert_true(str_equal(form_typed(form, "name"), STR("Theirs"))); /* as it stands now */
        arena_close(sending->arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_version_goes_on),
        cmocka_unit_test(the_second_sees_both_and_keeps_his_own),
        cmocka_unit_test(no_version_is_not_the_version),
        cmocka_unit_test(a_button_does_nothing_to_what_its_page_did_not_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
