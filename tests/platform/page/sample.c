// SPDX-License-Identifier: EUPL-1.2
/* Writes one page with every kind of field, a list and an error to standard output, for the browser tests:
 *     sample LANGUAGE
 */
#include "fixture.h"

#include "platform/page/lists.h"

typedef struct Answers {
    Str line, text, email, phone, url, choice, district, date, time, secret;
    int64_t people;
    bool agreed;
    StrList profiles;
    const Field *sheet;
} Answers;

static FormOptions few_options(Request *request, void *context) {
    (void)request, (void)context;
    static const FormOption options[] = {{STR_INIT("a"), STR_INIT("Ekologia")}, {STR_INIT("b"), STR_INIT("Kultura")}};
    return (FormOptions){options, COUNT(options)};
}

static FormOptions many_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 18);
    for (size_t i = 0; i < 18; i++) options[i].value = options[i].label = str_format(request->arena, "%zu", i + 1);
    return (FormOptions){options, 18};
}

#define LABEL MSG_INIT("page", "What you wrote")
#define HINT MSG_INIT("page", "Choose from the list")
static const FormField fields[] = {
    {"line", FIELD_LINE, offsetof(Answers, line), .required = true, .label = LABEL, .hint = HINT,
     .autocomplete = "organization"},
    {"text", FIELD_TEXT, offsetof(Answers, text), .required = true, .label = LABEL, .hint = HINT},
    {"email", FIELD_EMAIL, offsetof(Answers, email), .label = LABEL, .autocomplete = "email"},
    {"phone", FIELD_PHONE, offsetof(Answers, phone), .label = LABEL, .autocomplete = "tel"},
    {"url", FIELD_URL, offsetof(Answers, url), .label = LABEL, .autocomplete = "url"},
    {"people", FIELD_INT, offsetof(Answers, people), .label = LABEL, .least = 1, .most = 20},
    {"agreed", FIELD_CHECK, offsetof(Answers, agreed), .required = true, .label = LABEL, .hint = HINT},
    {"choice", FIELD_CHOICE, offsetof(Answers, choice), .required = true, .label = LABEL, .hint = HINT,
     .options = few_options},
    {"district", FIELD_CHOICE, offsetof(Answers, district), .required = true, .label = LABEL, .options = many_options},
    {"profiles", FIELD_SEVERAL, offsetof(Answers, profiles), .required = true, .label = LABEL, .hint = HINT,
     .options = few_options},
    {"date", FIELD_DATE, offsetof(Answers, date), .required = true, .label = LABEL},
    {"time", FIELD_TIME, offsetof(Answers, time), .label = LABEL},
    {"secret", FIELD_SECRET, offsetof(Answers, secret), .required = true, .label = LABEL,
     .autocomplete = "new-password"},
    {"sheet", FIELD_FILE, offsetof(Answers, sheet), .required = true, .label = LABEL},
};

static ListValue row_number(const void *row, void *context) {
    (void)context;
    return LIST_NUMBER(*(const int64_t *)row);
}
static void row_words(const void *row, Buffer *words, void *context) {
    (void)context;
    buffer_add_int(words, *(const int64_t *)row);
}
static bool holds(const void *row, Str choice, void *context) {
    (void)row, (void)choice, (void)context;
    return true;
}
static const ListColumn columns[] = {{"number", MSG_INIT("page", "Telephone"), row_number, .is_number = true}};
static const ListFilter filters[] = {{"kind", MSG_INIT("page", "Language"), few_options, holds}};
static const ListPlan plan = {columns, COUNT(columns), filters, COUNT(filters), row_words, .page_rows = 2};

static void write_form(Fixture *fixture) {
    Answers answers = {0};
    fields_put(fixture, &fixture->request.form, "email", STR("biuro(at)zaulek"));
    fields_put(fixture, &fixture->request.form, "phone", STR("12"));
    fields_put(fixture, &fixture->request.form, "url", STR("strona"));
    fields_put(fixture, &fixture->request.form, "people", STR("dwie"));
    fields_put(fixture, &fixture->request.form, "date", STR("jutro"));
    Form *form = form_open(&fixture->request, fields, COUNT(fields), &answers);
    form_read(form);
    form_write_errors(&fixture->page, form);
    PAGE_RAW(&fixture->page, "<form class=\"page\" method=\"post\" enctype=\"multipart/form-data\" novalidate>");
    form_write_once(&fixture->page, form);
    for (size_t i = 0; i < COUNT(fields); i++) form_write_field(&fixture->page, form, fields[i].name);
    PAGE_RAW(&fixture->page, "<p class=\"actions\"><button class=\"button\" type=\"submit\">OK</button></p></form>");
}

static void write_list(Fixture *fixture) {
    static const int64_t rows[] = {3, 1, 2, 5, 4};
    fields_put(fixture, &fixture->request.query, "page", STR("2"));
    List *list = list_open(&fixture->request, &plan, rows, COUNT(rows), sizeof *rows, NULL);
    FilterBarPart bar = list_filter_bar(list);
    part_filter_bar(&fixture->page, &bar);
    PAGE_RAW(&fixture->page, "<table class=\"stack\"><thead><tr>");
    size_t count;
    ListHeadPart *heads = list_heads(list, &count);
    for (size_t i = 0; i < count; i++) part_list_head(&fixture->page, &heads[i]);
    PAGE_RAW(&fixture->page, "</tr></thead><tbody>");
    for (size_t i = 0; i < list_count(list); i++) {
        PAGE_RAW(&fixture->page, "<tr><td class=\"number\">");
        page_int(&fixture->page, *(const int64_t *)list_row(list, i));
        PAGE_RAW(&fixture->page, "</td></tr>");
    }
    PAGE_RAW(&fixture->page, "</tbody></table>");
    PagerPart pager = list_pager(list);
    part_pager(&fixture->page, &pager);
}

int main(int count, char **words) {
    Language language;
    if (count != 2 || !language_parse(str_from_c(words[1]), &language)) return 2;
    Fixture fixture;
    fixture_open(&fixture, language);
    static const MenuItemPart menu[] = {{.label = STR_INIT("Program"), .href = STR_INIT("/a"), .is_current = true},
                                        {.label = STR_INIT("Organizacje"), .href = STR_INIT("/b")}};
    static const LanguageLinkPart languages[] = {{STR_INIT("polski"), STR_INIT("pl"), STR_INIT("?lang=pl"), true},
                                                 {STR_INIT("українська"), STR_INIT("uk"), STR_INIT("?lang=uk"), false}};
    MainLayout layout = {
        .title = STR("Wspólnie"),
        .description = STR("A sample"),
        .is_refused = true,
        .brand = {STR("Wspólnie do celu"), STR("/")},
        .menu = menu,
        .menu_count = COUNT(menu),
        .languages = languages,
        .languages_count = COUNT(languages),
        .sign_in_href = STR("/me"),
        .is_demo = true,
        .notice = STR("Zapisane."),
        .credit = STR("Fundacja Kasztan"),
        .contact = {STR("Zofia"), STR("+48 123 456 789"), STR("tel:+48123456789"), STR("z@example.org"),
                    STR("mailto:z@example.org")},
    };
    layout_main_open(&fixture.page, &layout);
    PAGE_RAW(&fixture.page, "<h1>Wspólnie</h1>");
    write_form(&fixture);
    write_list(&fixture);
    EmptyPart empty = {STR("Nic"), STR("Jeszcze nic."), STR("Dodaj"), STR("/new")};
    part_empty(&fixture.page, &empty);
    layout_main_close(&fixture.page, &layout);
    fwrite(fixture.out.data, 1, fixture.out.size, stdout);
    fixture_close(&fixture);
    return 0;
}
