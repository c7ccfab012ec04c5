// SPDX-License-Identifier: EUPL-1.2
/* Letters are read back by Python's email package (tests/peers/mime_read.py). */
#include "platform/format/mime.h"

#include "cmocka_all.h"
#include "platform/base/random.h"
#include "platform/format/json_write.h"
#include <sys/wait.h>
#include <unistd.h>

enum { RANDOM_LETTERS = 400 };
static Arena *arena;
static char folder[] = "/tmp/wspolnie-mime-XXXXXX";
static int letters;

static int open_all(void **state) {
    (void)state;
    arena = arena_open(256 << 20);
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int close_all(void **state) {
    (void)state;
    for (int i = 0; i < letters; i++) {
        unlink(str_format(arena, "%s/%d.eml", folder, i).data);
        unlink(str_format(arena, "%s/%d.json", folder, i).data);
    }
    rmdir(folder);
    arena_close(arena);
    return 0;
}

static void write_file(const char *ending, Str bytes) {
    FILE *file = fopen(str_format(arena, "%s/%d.%s", folder, letters, ending).data, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

static void json_address(JsonWriter *json, const char *name, MimeAddress address) {
    if (str_is_absent(address.address)) return;
    json_key(json, str_from_c(name));
    json_array_begin(json);
    json_add_str(json, address.name);
    json_add_str(json, address.address);
    json_array_end(json);
}

static void json_field(JsonWriter *json, const char *name, Str text) {
    if (str_is_absent(text)) return;
    json_key(json, str_from_c(name));
    json_add_str(json, text);
}

/* The letter, and what it must be read as. */
static void write_letter(const MimeMessage *message, Str link) {
    Buffer letter = buffer_in(arena), again = buffer_in(arena), said = buffer_in(arena);
    mime_write(&letter, message);
    mime_write(&again, message);
    assert_true(str_equal(buffer_str(&letter), buffer_str(&again)));
    JsonWriter json = json_begin(&said, 0);
    json_object_begin(&json);
    json_field(&json, "id", message->id);
    json_key(&json, STR("date"));
    json_add_int(&json, message->date_ms / 1000);
    json_address(&json, "from", message->from);
    json_address(&json, "to", message->to);
    json_address(&json, "reply_to", message->reply_to);
    json_field(&json, "subject", message->subject);
    json_field(&json, "text", message->text);
    json_field(&json, "calendar", message->calendar);
    json_field(&json, "unsubscribe", message->unsubscribe_href);
    json_key(&json, STR("links"));
    json_array_begin(&json);
    if (!str_is_absent(link)) json_add_str(&json, link);
    json_array_end(&json);
    json_object_end(&json);
    write_file("eml", buffer_str(&letter));
    write_file("json", buffer_str(&said));
    letters++;
}

static MimeMessage usual(void) {
    return (MimeMessage){
        .id = STR("01jx0000000a@spotkanie.example"),
        .date_ms = INT64_C(1780000000000),
        .from = {STR("Fundacja Zielony Zaułek"), STR("poczta@spotkanie.example")},
        .to = {STR("Zażółć Gęślą"), STR("ola@zaulek.example")},
        .language = STR("pl"),
        .subject = STR("Jesteście na liście: Wspólnie do celu III"),
        .text = STR("Dzień dobry,\n\nprzyjęliśmy Wasze zgłoszenie.\n.\n..\nFrom here\n\ndo zobaczenia \n"),
    };
}

static void test_letters_of_every_kind(void **state) {
    (void)state;
    MimeMessage message = usual();
    write_letter(&message, STR_ABSENT);
    message.reply_to = (MimeAddress){STR("Nowak, Anna (biuro) \"ja\" <x>"), STR("biuro@zaulek.example")};
    message.to.name = STR("");
    message.text = STR("Zobaczcie: https://spotkanie.example/a?b=1&c=\"2\". <b>Nie</b> & nie.");
    write_letter(&message, STR("https://spotkanie.example/a?b=1&c="));
    message.calendar = STR("BEGIN:VCALENDAR\r\nSUMMARY:Zażółć\r\nEND:VCALENDAR\r\n");
    message.calendar_name = STR("day.ics");
    message.unsubscribe_href = STR("https://spotkanie.example/u/0123456789abcdefghjkmnpqrs");
    message.text = STR("Запрошення до розмови\r\nдругий рядок\r\r\n\r\nкінець");
    message.subject = STR("Дуже довга назва заявки організації, яка не вміщується в один рядок листа і ще трохи");
    write_letter(&message, STR_ABSENT);
    message.subject = STR("");
    message.text = STR("");
    write_letter(&message, STR_ABSENT);
    message.subject = STR("=?UTF-8?B?YQ==?= looks encoded and is not");
    message.text = STR("a");
    write_letter(&message, STR_ABSENT);
    message.subject = STR("one-word-"
                          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    write_letter(&message, STR_ABSENT);
}

static void test_nobody_adds_a_header(void **state) {
    (void)state;
    MimeMessage message = usual();
    message.subject = STR("Good\r\nBcc: all@world.example\r\n\r\nbody");
    message.to.name = STR("Ola\nBcc: all@world.example");
    message.from.name = STR("Ż\r\n\r\n<script>");
    message.text = STR("--=_words--\r\n\r\n--=_words\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>");
    write_letter(&message, STR_ABSENT);
}

static Str random_text(Random *random, bool is_text) {
    static const char *const parts[] = {
        "a",  "ż",  "Ї", "\xf0\x9f\x8e\x88", " ", "=", ".",   "?=", "=?", "\"", ",", "<",
        "ab", "\\", "Ц", "zażółć",           "_", "-", "=3D", "@",  ";",  "'",  "&", "z"};
    Buffer text = buffer_in(arena);
    size_t count = random_below(random, 120);
    for (size_t i = 0; i < count; i++) {
        size_t part = random_below(random, sizeof parts / sizeof *parts + 1);
        if (part == sizeof parts / sizeof *parts) buffer_add_char(&text, is_text ? '\n' : ' ');
        else buffer_add(&text, str_from_c(parts[part]));
    }
    return buffer_str(&text);
}

static void test_random_letters(void **state) {
    (void)state;
    Random random = random_from_seed(7);
    for (int i = 0; i < RANDOM_LETTERS; i++) {
        MimeMessage message = usual();
        message.subject = random_text(&random, false);
        message.to.name = random_text(&random, false);
        message.from.name = random_text(&random, false);
        message.text = random_text(&random, true);
        write_letter(&message, STR_ABSENT);
    }
}

static void test_an_independent_reader_reads_what_was_written(void **state) {
    (void)state;
    pid_t reader = fork();
    assert_true(reader >= 0);
    if (!reader) {
        execl("/usr/bin/python3", "python3", "tests/peers/mime_read.py", folder, (char *)NULL);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(reader, &status, 0), reader);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_addresses(void **state) {
    (void)state;
    static const char *const good[] = {"a@b.pl", "a.b+c@d-e.example", "o'neil@x.pl"};
    static const char *const bad[] = {
        "",         "a",         "@b.pl",    "a@",      "a b@c.pl",     "a@b.pl\r\nRCPT TO:<x@y>",
        "a@b..pl",  ".a@b.pl",   "a.@b.pl",  "a@b.pl>", "<a@b.pl",      "ą@b.pl",
        "a@b@c.pl", "a@żółw.pl", "a\"@b.pl", "a@b.pl.", "a@b.pl,c@d.pl"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(mime_is_address(str_from_c(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(mime_is_address(str_from_c(bad[i])));
    assert_false(mime_is_address(str_from("a\0@b.pl", 7)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_letters_of_every_kind),
        cmocka_unit_test(test_nobody_adds_a_header),
        cmocka_unit_test(test_random_letters),
        cmocka_unit_test(test_an_independent_reader_reads_what_was_written),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
