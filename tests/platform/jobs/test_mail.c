// SPDX-License-Identifier: EUPL-1.2
/* What answers of a mail server mean, and what is read from settings; sending itself is tested by tests/mail. */
#include "cmocka_all.h"
#include "platform/jobs/mail_letter.h"
#include "platform/jobs/mail_reply.h"

static Arena *arena;

static int open_all(void **state) {
    (void)state;
    arena = arena_open(16 << 20);
    return 0;
}
static int close_all(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void test_what_an_answer_means(void **state) {
    (void)state;
    static const struct {
        MailStage stage;
        int code;
        const char *text;
        MailOutcome outcome;
    } cases[] = {
        {MAIL_AT_CONNECT, 0, "", MAIL_STOPPED},
        {MAIL_AT_CONNECT, 554, "5.7.1 go away", MAIL_STOPPED},
        {MAIL_AT_SIGN_IN, 535, "5.7.8 wrong", MAIL_STOPPED},
        {MAIL_AT_SENDER, 0, "", MAIL_STOPPED},
        {MAIL_AT_SENDER, 550, "5.7.1 not you", MAIL_STOPPED},
        {MAIL_AT_SENDER, 452, "4.3.1 full", MAIL_STOPPED},
        {MAIL_AT_SENDER, 552, "5.3.4 too large", MAIL_REFUSED},
        {MAIL_AT_ADDRESS, 0, "", MAIL_PUT_OFF},
        {MAIL_AT_ADDRESS, 451, "4.7.1 greylisted", MAIL_PUT_OFF},
        {MAIL_AT_ADDRESS, 550, "5.1.1 no such user", MAIL_BAD_ADDRESS},
        {MAIL_AT_ADDRESS, 550, "no such user", MAIL_BAD_ADDRESS},
        {MAIL_AT_ADDRESS, 553, "name not allowed", MAIL_BAD_ADDRESS},
        {MAIL_AT_ADDRESS, 550, "5.2.1 mailbox disabled", MAIL_BAD_ADDRESS},
        {MAIL_AT_ADDRESS, 552, "5.2.2 mailbox full", MAIL_REFUSED},
        {MAIL_AT_ADDRESS, 554, "5.7.1 relay access denied", MAIL_REFUSED},
        {MAIL_AT_ADDRESS, 550, "5.7.1 blocked by policy", MAIL_REFUSED},
        {MAIL_AT_LETTER, 0, "", MAIL_PUT_OFF},
        {MAIL_AT_LETTER, 421, "4.3.2 going down", MAIL_PUT_OFF},
        {MAIL_AT_DOT, 550, "5.1.1 said too late", MAIL_REFUSED},
        {MAIL_AT_DOT, 451, "4.3.0 busy", MAIL_PUT_OFF},
        {MAIL_AT_DOT, 0, "", MAIL_UNSURE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MailOutcome outcome = mail_outcome_of(cases[i].stage, cases[i].code, str_from_c(cases[i].text));
        if (outcome != cases[i].outcome) fail_msg("case %zu: %d, not %d", i, outcome, cases[i].outcome);
    }
    for (int trouble = MAIL_TROUBLE_NONE; trouble < MAIL_TROUBLE_COUNT; trouble++)
        assert_non_null(mail_trouble_name((MailTrouble)trouble));
}

static void test_settings(void **state) {
    (void)state;
    static const struct {
        const char *smtp, *from, *url, *user, *password, *name, *address;
    } cases[] = {
        {"smtp://mail.example", "a@b.pl", "smtp://mail.example:587", "", "", "", "a@b.pl"},
        {"smtps://mail.example/", "<a@b.pl>", "smtps://mail.example:465", "", "", "", "a@b.pl"},
        {"smtp://[::1]:2525", " Ola  <a@b.pl> ", "smtp://[::1]:2525", "", "", "Ola", "a@b.pl"},
        {"smtp://ola:ab%40c%3Ad@127.0.0.1:25", "a@b.pl", "smtp://127.0.0.1:25", "ola", "ab@c:d", "", "a@b.pl"},
        {"smtp://o%40x:a:b@h.pl", "a@b.pl", "smtp://h.pl:587", "o@x", "a:b", "", "a@b.pl"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MailTyped typed = {.smtp = str_from_c(cases[i].smtp), .from = str_from_c(cases[i].from)};
        MailSettings settings = mail_settings_read(arena, &typed);
        assert_string_equal(settings.url, cases[i].url);
        assert_string_equal(settings.user ? settings.user : "", cases[i].user);
        assert_string_equal(settings.password ? settings.password : "", cases[i].password);
        assert_true(str_equal(settings.from_name, str_from_c(cases[i].name)));
        assert_true(str_equal(settings.from_address, str_from_c(cases[i].address)));
        assert_int_equal(settings.timeout_s, MAIL_TIMEOUT_S);
    }
    assert_null(mail_settings_read(arena, &(MailTyped){0}).url);
}

static void read_wrong(void *argument) {
    mail_settings_read(arena, &(MailTyped){.smtp = str_from_c(argument), .from = STR("a@b.pl")});
}

static void test_wrong_settings(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",           "mail",           "http://h",     "smtp://",       "smtp://h:0",     "smtp://h:x",
        "smtp://h/x", "smtp://u:%zz@h", "smtp://u:%@h", "smtp://u:%4@h", "smtp://u:%00@h", "smtp://u:a%0d%0ab@h",
        "smtp://u@h", "smtp://a@b:c@h", "smtp://h h",   "smtp://:25",    "smtp://h:25:26", "smtp://h:65536",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (arena_protect(arena, read_wrong, (void *)wrong[i]) != ERR_INPUT) fail_msg("\"%s\" is taken", wrong[i]);
}

static void test_hosts(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"https://spotkanie.example", "spotkanie.example"},
        {"https://spotkanie.example:8443", "spotkanie.example"},
        {"http://127.0.0.1:8080", "localhost"},
        {"http://[::1]:8080", "localhost"},
        {"http://localhost:8080", "localhost"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_equal(mail_host_of(arena, str_from_c(cases[i][0])), str_from_c(cases[i][1])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_an_answer_means),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_wrong_settings),
        cmocka_unit_test(test_hosts),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
