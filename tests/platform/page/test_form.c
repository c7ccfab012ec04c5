// SPDX-License-Identifier: EUPL-1.2
/* Every kind of field against what people and machines send: nothing, too much, the wrong thing, no text at all. */
#include "fixture.h"

#include "platform/base/utf8.h"
#include "platform/page/form_state.h"

typedef struct Answers {
    Str line, text, email, phone, url, choice, date, month, time, secret, hidden, district;
    int64_t people;
    OptionalInt chairs;
    bool agreed;
    StrList profiles;
    const Field *sheet;
} Answers;

static FormOptions few_options(Request *request, void *context) {
    (void)request, (void)context;
    static const FormOption options[] = {{STR_INIT("a"), STR_INIT("Ekologia & ogrody")},
                                         {STR_INIT("b"), STR_INIT("Kultura")}};
    return (FormOptions){options, COUNT(options)};
}

static FormOptions many_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 18);
    for (size_t i = 0; i < 18; i++) {
        options[i].value = str_format(request->arena, "%zu", i + 1);
        options[i].label = str_format(request->arena, "Dzielnica %zu", i + 1);
    }
    return (FormOptions){options, 18};
}

/* The messages of this table are the library's own, so that they are in its catalogue. */
#define LABEL MSG_INIT("page", "E-mail")
static const FormField optional_fields[] = {
    {"line", FIELD_LINE, offsetof(Answers, line), .label = LABEL, .hint = MSG_INIT("page", "What you wrote"),
     .autocomplete = "organization"},
    {"text", FIELD_TEXT, offsetof(Answers, text), .label = LABEL},
    {"email", FIELD_EMAIL, offsetof(Answers, email), .label = LABEL, .autocomplete = "email"},
    {"phone", FIELD_PHONE, offsetof(Answers, phone), .label = LABEL, .autocomplete = "tel"},
    {"url", FIELD_URL, offsetof(Answers, url), .label = LABEL},
    {"people", FIELD_INT, offsetof(Answers, people), .label = LABEL, .least = 1, .most = 20},
    {"chairs", FIELD_OPTIONAL_INT, offsetof(Answers, chairs), .label = LABEL},
    {"agreed", FIELD_CHECK, offsetof(Answers, agreed), .label = LABEL},
    {"choice", FIELD_CHOICE, offsetof(Answers, choice), .label = LABEL, .options = few_options},
    {"district", FIELD_CHOICE, offsetof(Answers, district), .label = LABEL, .options = many_options},
    {"profiles", FIELD_SEVERAL, offsetof(Answers, profiles), .label = LABEL, .options = few_options, .most = 1},
    {"date", FIELD_DATE, offsetof(Answers, date), .label = LABEL},
    {"month", FIELD_DATE, offsetof(Answers, month), .label = LABEL, .imprecise = true},
    {"time", FIELD_TIME, offsetof(Answers, time), .label = LABEL},
    {"secret", FIELD_SECRET, offsetof(Answers, secret), .label = LABEL, .least = 8},
    {"hidden", FIELD_HIDDEN, offsetof(Answers, hidden)},
    {"sheet", FIELD_FILE, offsetof(Answers, sheet), .label = LABEL},
};
enum { FIELDS = COUNT(optional_fields) };

static const FormField *field_named(const char *name) {
    for (size_t i = 0; i < FIELDS; i++)
        if (strcmp(optional_fields[i].name, name) == 0) return &optional_fields[i];
    fail_msg("no field %s", name);
    return NULL;
}

/* A form of one field, sent with one value. */
typedef struct Sent {
    Fixture fixture;
    FormField field;
    Answers answers;
    Form *form;
    bool is_good;
} Sent;

static void send_one(Sent *sent, const char *name, bool required, Str value) {
    *sent = (Sent){.field = *field_named(name)};
    sent->field.required = required;
    fixture_open(&sent->fixture, LANGUAGE_PL);
    if (!str_is_absent(value)) fields_put(&sent->fixture, &sent->fixture.request.form, name, value);
    sent->form = form_open(&sent->fixture.request, &sent->field, 1, &sent->answers);
    sent->is_good = form_read(sent->form);
    assert_int_equal(sent->fixture.request.response.status, sent->is_good ? 0 : 422);
    assert_int_equal(form_ok(sent->form), sent->is_good);
    form_write_errors(&sent->fixture.page, sent->form);
    assert_int_equal(str_contains(written(&sent->fixture), STR("id=\"errors\"")), !sent->is_good);
    form_write_field(&sent->fixture.page, sent->form, name);
    assert_true(utf8_is_valid(written(&sent->fixture)));
    assert_true(str_index_of_char(written(&sent->fixture), '\0') < 0);
    assert_hides(&sent->fixture, STR("<script"));
}

static Str kept(Sent *sent) { return *(Str *)((char *)&sent->answers + sent->field.offset); }

static void test_empty(void **state) {
    (void)state;
    for (size_t i = 0; i < FIELDS; i++)
        for (int is_sent = 0; is_sent <= 1; is_sent++) {
            Sent sent;
            const char *name = optional_fields[i].name;
            send_one(&sent, name, true, is_sent && optional_fields[i].kind != FIELD_SEVERAL ? STR("") : STR_ABSENT);
            if (sent.is_good) fail_msg("%s: nothing was taken for an answer", name);
            fixture_close(&sent.fixture);
            send_one(&sent, name, false, is_sent && optional_fields[i].kind != FIELD_SEVERAL ? STR("") : STR_ABSENT);
            if (!sent.is_good) fail_msg("%s: an answer was asked for though none is needed", name);
            fixture_close(&sent.fixture);
        }
}

/* One answer sent again and again is one answer, here of a field that takes no more. */
static void test_an_answer_sent_often_is_one(void **state) {
    (void)state;
    Fixture fixture;
    Answers answers = {0};
    FormField field = *field_named("profiles");
    fixture_open(&fixture, LANGUAGE_PL);
    Str value = field.options(&fixture.request, NULL).options[0].value;
    for (int i = 0; i < 400; i++) fields_put(&fixture, &fixture.request.form, "profiles", value);
    Form *form = form_open(&fixture.request, &field, 1, &answers);
    assert_true(form_read(form));
    assert_int_equal(answers.profiles.count, 1);
    assert_str(answers.profiles.strs[0], value);
    fixture_close(&fixture);
}

static void test_white_space_is_no_answer(void **state) {
    (void)state;
    const char *const names[] = {"line", "text", "email", "phone", "url", "people", "date", "time"};
    for (size_t i = 0; i < COUNT(names); i++) {
        Sent sent;
        send_one(&sent, names[i], true, STR(" \t\u00A0 "));
        if (sent.is_good) fail_msg("%s: white space was taken for an answer", names[i]);
        fixture_close(&sent.fixture);
    }
}

/* What may stand in a request's bytes and is no text. http refuses most of it before; a form must not rely on that. */
static void test_not_text(void **state) {
    (void)state;
    static const Str bad[] = {STR_INIT("a\0b"), STR_INIT("a\xFF"), STR_INIT("\xC0\xAF"), STR_INIT("\xED\xA0\x80"),
                              STR_INIT("\xF4\x90\x80\x80")};
    for (size_t i = 0; i < FIELDS; i++)
        for (size_t j = 0; j < COUNT(bad); j++) {
            if (optional_fields[i].kind == FIELD_CHECK || optional_fields[i].kind == FIELD_FILE) continue;
            Sent sent;
            send_one(&sent, optional_fields[i].name, false, bad[j]);
            if (sent.is_good) fail_msg("%s took bytes that are no text", optional_fields[i].name);
            fixture_close(&sent.fixture);
        }
}

static void test_control_characters_and_markup(void **state) {
    (void)state;
    Sent sent;
    send_one(&sent, "line", false, STR("  Zielony\x01 \t Zaułek\x7F\r\n "));
    assert_true(sent.is_good);
    assert_str(kept(&sent), STR("Zielony Zaułek"));
    fixture_close(&sent.fixture);
    send_one(&sent, "text", false, STR("raz\r\ndwa\rtrzy\n"));
    assert_true(sent.is_good);
    assert_true(str_starts_with(kept(&sent), STR("raz\ndwa\ntrzy")));
    fixture_close(&sent.fixture);
    send_one(&sent, "line", false, STR("\"><script>alert(1)</script>'"));
    assert_true(sent.is_good);
    assert_writes(&sent.fixture, STR("&#34;&gt;&lt;script&gt;"));
    fixture_close(&sent.fixture);
    send_one(&sent, "text", false, STR("</textarea><script>"));
    assert_writes(&sent.fixture, STR("&lt;/textarea&gt;"));
    fixture_close(&sent.fixture);
}

static void test_scripts_of_the_world(void **state) {
    (void)state;
    Sent sent;
    Str name = STR("");
    Fixture fixture;
    fixture_open(&fixture, LANGUAGE_UK);
    while (utf8_count(name) < LIMIT_LINE_CHARS) name = str_join(fixture.arena, name, STR("Громадськаї"));
    name = utf8_cut(name, LIMIT_LINE_CHARS);
    assert_int_equal(utf8_count(name), LIMIT_LINE_CHARS);
    send_one(&sent, "line", true, name);
    assert_true(sent.is_good);
    assert_str(kept(&sent), name);
    assert_writes(&sent.fixture, name);
    fixture_close(&sent.fixture);
    send_one(&sent, "line", true, str_join(fixture.arena, name, STR("ї")));
    assert_false(sent.is_good);
    assert_writes(&sent.fixture, str_join(fixture.arena, name, STR("ї"))); /* nothing typed is lost */
    assert_writes(&sent.fixture, STR("Za długie: skróćcie o 1 znak."));
    fixture_close(&sent.fixture);
    /* Marks that combine come together; letters that run from right to left stay. */
    send_one(&sent, "line", true, STR("Z\u0307o\u0301łw"));
    assert_str(kept(&sent), STR("Żółw"));
    fixture_close(&sent.fixture);
    send_one(&sent, "line", true, STR("שלום ומרחבא مرحبا"));
    assert_str(kept(&sent), STR("שלום ומרחבא مرحبا"));
    fixture_close(&sent.fixture);
    send_one(&sent, "line", true, STR("abc\u202Efed"));
    assert_true(sent.is_good);
    assert_false(str_contains(kept(&sent), STR("\u202E"))); /* nothing typed turns the rest of the page round */
    fixture_close(&sent.fixture);
    fixture_close(&fixture);
}

static void test_too_long(void **state) {
    (void)state;
    const char *const names[] = {"line", "text", "email", "phone", "url", "date", "time", "secret", "hidden"};
    for (size_t i = 0; i < COUNT(names); i++) {
        Fixture fixture;
        fixture_open(&fixture, LANGUAGE_PL);
        Buffer many = buffer_in(fixture.arena);
        for (int j = 0; j <= LIMIT_TEXT_CHARS; j++) buffer_add_char(&many, '1');
        Sent sent;
        send_one(&sent, names[i], false, buffer_str(&many));
        if (sent.is_good) fail_msg("%s took %d characters", names[i], LIMIT_TEXT_CHARS + 1);
        if (strcmp(names[i], "secret") != 0) assert_writes(&sent.fixture, buffer_str(&many));
        fixture_close(&sent.fixture);
        fixture_close(&fixture);
    }
}

typedef struct Reading {
    const char *name, *typed, *kept; /* kept NULL: refused */
} Reading;

static const Reading readings[] = {
    {"email", " Biuro@Zaulek.EXAMPLE ", "Biuro@zaulek.example"},
    {"email", "mailto:jan@example.org", "jan@example.org"},
    {"email", "jan@example.org.", "jan@example.org"},
    {"email", "o'neil+spam@a-b.example.org", "o'neil+spam@a-b.example.org"},
    {"email", "biuro(at)zaulek.pl", NULL},
    {"email", "józef@example.org", NULL},
    {"email", "a@b@example.org", NULL},
    {"email", "jan@example", NULL},
    {"email", "@example.org", NULL},
    {"email", ".jan@example.org", NULL},
    {"email", "j..n@example.org", NULL},
    {"email", "jan nowak@example.org", NULL},
    {"email", "jan@-example.org", NULL},
    {"email", "jan@127.0.0.1", NULL},
    {"phone", "123456789", "+48 12 345 67 89"},
    {"phone", "(12) 345-67-89", "+48 12 345 67 89"},
    {"phone", "0 12 345 67 89", "+48 12 345 67 89"},
    {"phone", "48 123 456 789", "+48 12 345 67 89"},
    {"phone", "+48123456789", "+48 12 345 67 89"},
    {"phone", "0048 123.456.789", "+48 12 345 67 89"},
    {"phone", "600-123-456", "+48 600 123 456"},
    {"phone", "126 160 000", "+48 12 616 00 00"},
    {"phone", "+380 671234567", "+380 67 123 45 67"},
    {"phone", "+44 20 7946 0958", "+442079460958"},
    {"phone", "12345678", NULL},
    {"phone", "+48 12345678", NULL},
    {"phone", "123 456 789 w. 4", NULL},
    {"phone", "+1234567890123456", NULL},
    {"phone", "++48123456789", NULL},
    {"url", "zaulek.example", "https://zaulek.example"},
    {"url", "HTTP://Zaulek.example/O-Nas?x=1#y", "http://zaulek.example/O-Nas?x=1#y"},
    {"url", "https://żółw.example:8080/", "https://żółw.example:8080/"},
    {"url", "javascript:alert(1)", NULL},
    {"url", "javascript://example.org/%0aalert(1)", NULL},
    {"url", "ftp://example.org", NULL},
    {"url", "https://bank.example@evil.example/", NULL},
    {"url", "https://example", NULL},
    {"url", "nie mamy strony", NULL},
    {"url", "https://example.org/a b", NULL},
    {"url", "https://example.org:99999/", NULL},
    {"date", "2026-06-11", "2026-06-11"},
    {"date", "11.06.2026", "2026-06-11"},
    {"date", "11.6.2026", "2026-06-11"},
    {"date", "11 / 6 / 2026", "2026-06-11"},
    {"date", "11-06-2026", "2026-06-11"},
    {"date", "11 czerwca 2026", "2026-06-11"},
    {"date", "11 CZERWCA 2026", "2026-06-11"},
    {"date", "11 червня 2026", "2026-06-11"},
    {"date", "29.02.2028", "2028-02-29"},
    {"date", "29.02.2026", NULL},
    {"date", "31.06.2026", NULL},
    {"date", "06.2026", NULL},
    {"date", "11.06.26", NULL},
    {"date", "wkrótce", NULL},
    {"date", "2026-06-11; DROP", NULL},
    {"date", "0000-00-00", NULL},
    {"month", "2026-06", "2026-06"},
    {"month", "06.2026", "2026-06"},
    {"month", "czerwiec 2026", "2026-06"},
    {"month", "June 2026", "2026-06"},
    {"month", "lato 2026", "2026-22"},
    {"month", "2026", "2026"},
    {"month", "11.06.2026", "2026-06-11"},
    {"month", "13.2026", NULL},
    {"month", "czerwiec", NULL},
    {"time", "14:00", "14:00"},
    {"time", "14.00", "14:00"},
    {"time", "9:05", "09:05"},
    {"time", "1400", "14:00"},
    {"time", "14", "14:00"},
    {"time", "14:00:00", "14:00"},
    {"time", "24:00", NULL},
    {"time", "14:60", NULL},
    {"time", "po południu", NULL},
    {"secret", "korek koń bateria", "korek koń bateria"},
    {"secret", "siedem7", NULL},
    {"choice", "b", "b"},
    {"choice", "c", NULL},
    {"district", "18", "18"},
    {"district", "19", NULL},
    {"hidden", "abc", "abc"},
};

static void test_what_people_type(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(readings); i++) {
        const Reading *reading = &readings[i];
        Sent sent;
        send_one(&sent, reading->name, false, str_from_c(reading->typed));
        if (sent.is_good != (reading->kept != NULL))
            fail_msg("%s \"%s\": %s", reading->name, reading->typed, sent.is_good ? "taken" : "refused");
        if (reading->kept) assert_str(kept(&sent), str_from_c(reading->kept));
        fixture_close(&sent.fixture);
    }
}

/* From and to: the codes of Poland's areas. */
static const int areas[][2] = {{12, 18}, {22, 25}, {29, 29}, {32, 34}, {41, 44}, {46, 46}, {48, 48},
                               {52, 52}, {54, 56}, {58, 59}, {61, 63}, {65, 65}, {67, 68}, {71, 71},
                               {74, 77}, {81, 87}, {89, 89}, {91, 91}, {94, 95}};

static bool is_area(int code) {
    for (size_t i = 0; i < COUNT(areas); i++)
        if (code >= areas[i][0] && code <= areas[i][1]) return true;
    return false;
}

/* Every beginning of a Polish number, written in each way: a place's number by its area's code, others by threes. */
static void test_polish_telephones_are_grouped_by_their_area(void **state) {
    (void)state;
    for (int code = 10; code <= 99; code++) {
        Arena *arena = arena_open(1 << 16);
        Str expected =
            is_area(code) ? str_format(arena, "+48 %d 616 07 09", code) : str_format(arena, "+48 %d6 160 709", code);
        const Str typed[] = {str_format(arena, "%d6160709", code),     str_format(arena, "+48 %d6 160 709", code),
                             str_format(arena, "0048%d6160709", code), str_format(arena, "(%d) 616-07-09", code),
                             str_format(arena, "0 %d 6160709", code),  expected};
        for (size_t i = 0; i < COUNT(typed); i++) {
            Str phone;
            assert_true(kind_phone(arena, LANGUAGE_PL, typed[i], &phone));
            assert_str(phone, expected);
        }
        arena_close(arena);
    }
}

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        const char *typed;
        int64_t number; /* 0: refused */
    } cases[] = {{"2", 2},
                 {" 20 ", 20},
                 {"+5", 5},
                 {"1 9", 19},
                 {"0", 0},
                 {"21", 0},
                 {"-3", 0},
                 {"dwa", 0},
                 {"2.5", 0},
                 {"1e1", 0},
                 {"99999999999999999999", 0},
                 {"٣", 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Sent sent;
        send_one(&sent, "people", true, str_from_c(cases[i].typed));
        if (sent.is_good != (cases[i].number != 0))
            fail_msg("\"%s\": %s", cases[i].typed, sent.is_good ? "taken" : "refused");
        assert_int_equal(sent.answers.people, cases[i].number);
        if (!sent.is_good) assert_writes(&sent.fixture, str_format(sent.fixture.arena, "value=\"%s\"", cases[i].typed));
        fixture_close(&sent.fixture);
    }
    Sent sent;
    send_one(&sent, "chairs", false, STR("1\u00A0200"));
    assert_true(sent.answers.chairs.given && sent.answers.chairs.value == 1200);
    fixture_close(&sent.fixture);
    send_one(&sent, "chairs", false, STR(""));
    assert_false(sent.answers.chairs.given);
    fixture_close(&sent.fixture);
}

static void test_leading_zero_by_language(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture, LANGUAGE_UK);
    fields_put(&fixture, &fixture.request.form, "phone", STR("067 123 45 67"));
    Answers answers = {0};
    Form *form = form_open(&fixture.request, field_named("phone"), 1, &answers);
    assert_true(form_read(form));
    assert_str(answers.phone, STR("+380 67 123 45 67"));
    fixture_close(&fixture);
}

static void test_choices(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture, LANGUAGE_PL);
    FormField field = *field_named("profiles");
    Answers answers = {0};
    fields_put(&fixture, &fixture.request.form, "profiles", STR("a"));
    fields_put(&fixture, &fixture.request.form, "profiles", STR("b"));
    Form *form = form_open(&fixture.request, &field, 1, &answers);
    assert_false(form_read(form)); /* one at most */
    form_write_field(&fixture.page, form, "profiles");
    assert_writes(&fixture, STR("id=\"f-profiles\" name=\"profiles\" value=\"a\" checked"));
    assert_writes(&fixture, STR("id=\"f-profiles-2\" name=\"profiles\" value=\"b\" checked"));
    assert_writes(&fixture, STR("<legend>"));
    assert_writes(&fixture, STR("Ekologia &amp; ogrody"));
    field.most = 0;
    form = form_open(&fixture.request, &field, 1, &answers);
    assert_true(form_read(form));
    assert_int_equal(answers.profiles.count, 2);
    fields_put(&fixture, &fixture.request.form, "profiles", STR("z"));
    assert_false(form_read(form_open(&fixture.request, &field, 1, &answers)));
    fixture_close(&fixture);

    Sent sent;
    send_one(&sent, "choice", false, STR("b"));
    assert_writes(&sent.fixture, STR("type=\"radio\""));
    assert_writes(&sent.fixture, STR("role=\"radiogroup\""));
    fixture_close(&sent.fixture);
    send_one(&sent, "district", false, STR("18"));
    assert_writes(&sent.fixture, STR("<option value=\"18\" selected>"));
    fixture_close(&sent.fixture);
    send_one(&sent, "agreed", true, STR("1"));
    assert_true(sent.is_good && sent.answers.agreed);
    assert_writes(&sent.fixture, STR("checked"));
    fixture_close(&sent.fixture);
}

static void test_files(void **state) {
    (void)state;
    static const struct {
        Str name, content;
        bool is_good;
    } cases[] = {{STR_INIT("a.csv"), STR_INIT("x"), true},
                 {STR_INIT("a.csv"), STR_INIT(""), false},
                 {STR_INIT(""), STR_INIT(""), false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Fixture fixture;
        fixture_open(&fixture, LANGUAGE_PL);
        fields_put(&fixture, &fixture.request.form, "sheet", cases[i].content);
        fixture.request.form.fields[0].file_name = cases[i].name;
        FormField field = *field_named("sheet");
        field.required = true;
        Answers answers = {0};
        Form *form = form_open(&fixture.request, &field, 1, &answers);
        assert_int_equal(form_read(form), cases[i].is_good);
        assert_int_equal(answers.sheet != NULL, cases[i].is_good);
        fixture_close(&fixture);
    }
}

static void test_shown_at_first(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture, LANGUAGE_PL);
    Str picks[] = {STR("b")};
    Answers answers = {.line = STR("Zaułek"),
                       .people = 4,
                       .chairs = given_int(0),
                       .agreed = true,
                       .profiles = {picks, 1},
                       .date = STR("2026-06-11"),
                       .month = STR("2026-06"),
                       .time = STR("14:00"),
                       .secret = STR("hasło"),
                       .choice = STR("a")};
    Form *form = form_open(&fixture.request, optional_fields, FIELDS, &answers);
    for (size_t i = 0; i < FIELDS; i++) form_write_field(&fixture.page, form, optional_fields[i].name);
    form_write_errors(&fixture.page, form);
    assert_hides(&fixture, STR("id=\"errors\""));
    assert_hides(&fixture, STR("hasło"));
    assert_hides(&fixture, STR("aria-invalid"));
    assert_writes(&fixture, STR("value=\"Zaułek\""));
    assert_writes(&fixture, STR("value=\"4\""));
    assert_writes(&fixture, STR("type=\"date\" id=\"f-date\" name=\"date\" value=\"2026-06-11\""));
    assert_writes(&fixture, STR("type=\"time\" id=\"f-time\" name=\"time\" value=\"14:00\""));
    assert_writes(&fixture, STR("value=\"czerwiec 2026\""));
    assert_writes(&fixture, STR("autocomplete=\"organization\""));
    assert_writes(&fixture, STR("aria-describedby=\"f-line-hint\""));
    assert_writes(&fixture, STR("inputmode=\"numeric\""));
    assert_writes(&fixture, STR("(nieobowiązkowe)"));
    fixture_close(&fixture);
}

/* Saying what is wrong: at the top with a link, and at the field; what the room alone knows, too. */
static void test_refusals(void **state) {
    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        Fixture fixture;
        fixture_open(&fixture, (Language)language);
        Answers answers = {0};
        fields_put(&fixture, &fixture.request.form, "email", STR("x"));
        Form *form = form_open(&fixture.request, optional_fields, FIELDS, &answers);
        assert_false(form_read(form));
        form_refuse(form, "line", STR("już jest"));
        form_refuse(form, "line", STR("drugie słowo"));
        form_refuse(form, NULL, STR("całość <b>"));
        form_refuse(form, "hidden", STR("ukryte"));
        form_write_errors(&fixture.page, form);
        assert_writes(&fixture, STR("href=\"#f-email\""));
        assert_writes(&fixture, STR("href=\"#f-line\""));
        assert_writes(&fixture, STR("całość &lt;b&gt;"));
        assert_writes(&fixture, STR("<li>ukryte"));
        assert_hides(&fixture, STR("drugie słowo"));
        form_write_field(&fixture.page, form, "line");
        assert_writes(&fixture, STR("aria-describedby=\"f-line-error f-line-hint\""));
        assert_writes(&fixture, STR("aria-invalid=\"true\""));
        assert_str(form_typed(form, "email"), STR("x"));
        form_write_once(&fixture.page, form);
        assert_writes(&fixture, STR("name=\"once\" value=\"key\""));
        fixture_close(&fixture);
    }
}

/* A day that no browser's control would show again is shown as text. */
static void test_wrong_dates_are_shown_again(void **state) {
    (void)state;
    Sent sent;
    send_one(&sent, "date", false, STR("31.06.2026"));
    assert_writes(&sent.fixture, STR("type=\"text\" id=\"f-date\" name=\"date\" value=\"31.06.2026\""));
    fixture_close(&sent.fixture);
    send_one(&sent, "time", false, STR("25:00"));
    assert_writes(&sent.fixture, STR("value=\"25:00\""));
    fixture_close(&sent.fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_an_answer_sent_often_is_one),
        cmocka_unit_test(test_white_space_is_no_answer),
        cmocka_unit_test(test_not_text),
        cmocka_unit_test(test_control_characters_and_markup),
        cmocka_unit_test(test_scripts_of_the_world),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_what_people_type),
        cmocka_unit_test(test_polish_telephones_are_grouped_by_their_area),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_leading_zero_by_language),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_shown_at_first),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_wrong_dates_are_shown_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
