// SPDX-License-Identifier: EUPL-1.2
/* Sheets of sign-ups: which column is what, what rows say, what becomes of them, and that a second import
 * of the same sheet changes nothing. WSPOLNIE_DATA names a folder with real exports; without it they are skipped. */
#include "platform/base/limits.h"
#include "gathering/signups/export_sheet.h"
#include "import_testing.h"

#include <stdio.h>

/* ---- columns ------------------------------------------------------------------------------------------- */

static const struct {
    const char *head;
    ImportField field;
} heads[] = {
    {"Nazwa Waszej organizacji (pełna, jak w KRS)", IMPORT_NAME},
    {"W czym działacie? (wybierz wszystkie pasujące)", IMPORT_PROFILES},
    {"Numer (KRS)", IMPORT_KRS},
    {"Forma", IMPORT_LEGAL_FORM},
    {"Nazwa organizacji", IMPORT_NAME},
    {"Podaj pełną nazwę organizacji", IMPORT_NAME},
    {"ORGANISATION", IMPORT_NAME},
    {"Nazwa", IMPORT_NAME},
    {"Назва організації", IMPORT_NAME},
    {"Прізвище контактної особи", IMPORT_CONTACT_NAME},
    {"Електронна пошта", IMPORT_EMAIL},
    {"Скільки осіб прийде", IMPORT_PEOPLE},
    {"Чим ви займаєтеся?", IMPORT_PROFILES},
    {"Вебсайт", IMPORT_WEBSITE},
    {"Район", IMPORT_DISTRICT},
    {"Чого ви шукаєте", IMPORT_NEEDS},
    {"Imię i nazwisko", IMPORT_CONTACT_NAME},
    {"Osoba do kontaktu", IMPORT_CONTACT_NAME},
    {"Contact person", IMPORT_CONTACT_NAME},
    {"Adres e-mail", IMPORT_EMAIL},
    {"E-mail osoby do kontaktu", IMPORT_EMAIL},
    {"Email Address", IMPORT_EMAIL},
    {"Telefon", IMPORT_PHONE},
    {"Telephone", IMPORT_PHONE},
    {"Potrzeby dostępności", IMPORT_ACCESS},
    {"Access needs", IMPORT_ACCESS},
    {"Nasze notatki", IMPORT_NOTES},
    {"Our notes", IMPORT_NOTES},
    {"Stan", IMPORT_STATE},
    {"Stanowisko", IMPORT_LEFT_OUT},
    {"Co możecie dać innym?", IMPORT_OFFERS},
    {"Numer telefonu osoby kontaktowej", IMPORT_PHONE},
    {"Nr tel.", IMPORT_PHONE},
    {"Ile osób przyjdzie?", IMPORT_PEOPLE},
    {"Liczba uczestników", IMPORT_PEOPLE},
    {"How many people will come", IMPORT_PEOPLE},
    {"Czym się zajmujecie?", IMPORT_PROFILES},
    {"Profil działalności", IMPORT_PROFILES},
    {"Forma prawna", IMPORT_LEGAL_FORM},
    {"Rodzaj organizacji", IMPORT_LEGAL_FORM},
    {"NIP organizacji", IMPORT_NIP},
    {"REGON", IMPORT_REGON},
    {"Numer KRS", IMPORT_KRS},
    {"Dzielnica", IMPORT_DISTRICT},
    {"Strona internetowa organizacji", IMPORT_WEBSITE},
    {"www", IMPORT_WEBSITE},
    {"Krótki opis", IMPORT_WORDS},
    {"Opis organizacji", IMPORT_WORDS},
    {"Co oferujecie?", IMPORT_OFFERS},
    {"Oferta dla innych", IMPORT_OFFERS},
    {"Czego szukacie", IMPORT_NEEDS},
    {"Potrzeby", IMPORT_NEEDS},
    {"Sygnatura czasowa", IMPORT_SUBMITTED},
    {"Timestamp", IMPORT_SUBMITTED},
    {"Uwagi", IMPORT_REMARKS},
    {"Telewizja", IMPORT_LEFT_OUT},
    {"Rozmiar koszulki", IMPORT_LEFT_OUT},
    {"", IMPORT_LEFT_OUT},
};

static void columns_are_found_by_their_names(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    for (size_t i = 0; i < COUNT(heads); i++) {
        int weight;
        ImportField found = import_field_guess(arena, str_from_c(heads[i].head), &weight);
        if (found != heads[i].field)
            fail_msg("\"%s\" is read as %s, not %s", heads[i].head, import_field_name(found),
                     import_field_name(heads[i].field));
    }
    arena_close(arena);
}

static void the_surest_column_wins_and_a_hand_corrects(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    ImportSheet sheet = sheet_of(arena, "Organisation,Name,Phone\nMost,Ada,1\n");
    assert_int_equal(sheet.columns[0].field, IMPORT_NAME);
    assert_int_equal(sheet.columns[1].field, IMPORT_CONTACT_NAME);
    sheet = sheet_of(arena, "Name,Phone\nMost,1\n");
    assert_int_equal(sheet.columns[0].field, IMPORT_NAME);
    assert_int_equal(import_column_set(arena, &sheet, STR("phone"), IMPORT_REMARKS, 0), OK);
    assert_int_equal(sheet.columns[1].field, IMPORT_REMARKS);
    assert_int_equal(import_column_set(arena, &sheet, STR("1"), IMPORT_WORDS, 0), OK);
    assert_int_equal(sheet.columns[0].field, IMPORT_WORDS);
    assert_int_equal(import_column_set(arena, &sheet, STR("3"), IMPORT_WORDS, 0), ERR_NOT_FOUND);
    arena_close(arena);
}

static void two_rows_of_heads_make_a_column_for_each_answer(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    ImportSheet sheet =
        sheet_of(arena, "Nazwa,Czym się zajmujecie?,,,Uwagi\n,kultura,ekologia,inne,\nMost,1,x,taniec,ok\nDom,,,,\n");
    assert_int_equal(sheet.head_rows, 2);
    assert_int_equal(sheet.row_count, 2);
    assert_int_equal(sheet.columns[3].field, IMPORT_PROFILES);
    ImportRow row;
    assert_true(import_row_read(arena, &sheet, 0, &row));
    assert_int_equal(row.profiles.count, 3);
    assert_str(row.profiles.strs[0], STR("kultura"));
    assert_str(row.profiles.strs[1], STR("ekologia"));
    assert_str(row.profiles.strs[2], STR("taniec"));
    sheet = sheet_of(arena, "Nazwa,Profil [kultura],Profil [edukacja]\nMost,nie,tak\n");
    assert_int_equal(sheet.head_rows, 1);
    assert_true(import_row_read(arena, &sheet, 0, &row));
    assert_int_equal(row.profiles.count, 1);
    assert_str(row.profiles.strs[0], STR("edukacja"));
    arena_close(arena);
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static bool has_note(const ImportRow *row, ImportWhy why, size_t line, size_t column) {
    for (size_t i = 0; i < row->notes.count; i++)
        if (row->notes.notes[i].why == why && row->notes.notes[i].line == line && row->notes.notes[i].column == column)
            return true;
    return false;
}

static void answers_are_cleaned_and_faults_have_their_place(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    ImportSheet sheet =
        sheet_of(arena, "Nazwa,NIP,E-mail,Telefon,Ile osób,KRS,Sygnatura czasowa\n"
                        " Most ,PL 856-734-62-15,Ada@Example.ORG,600 100 200,2-3 osoby,19,2026/03/02 10:15:33 PM CET\n"
                        "Dom,1234567890,nie mam,brak,dużo,abc,wczoraj\n"
                        ",,a@example.org,,,,\n"
                        ",,,,,,\n");
    ImportRow row;
    assert_true(import_row_read(arena, &sheet, 0, &row));
    assert_str(row.name, STR("Most"));
    assert_str(row.nip, STR("8567346215"));
    assert_str(row.email, STR("Ada@example.org"));
    assert_str(row.phone, STR("+48 600 100 200"));
    assert_int_equal(row.people.value, 3);
    assert_str(row.krs, STR("0000000019"));
    assert_int_equal(row.submitted.hour, 22);
    assert_int_equal(row.submitted.month, 3);
    assert_int_equal(row.notes.count, 0);
    assert_true(import_row_read(arena, &sheet, 1, &row));
    assert_true(has_note(&row, IMPORT_BAD_NIP, 3, 5));
    assert_true(has_note(&row, IMPORT_BAD_EMAIL, 3, 16));
    assert_true(has_note(&row, IMPORT_BAD_PHONE, 3, 24));
    assert_true(has_note(&row, IMPORT_BAD_PEOPLE, 3, 29));
    assert_true(has_note(&row, IMPORT_BAD_KRS, 3, 34));
    assert_true(has_note(&row, IMPORT_BAD_TIME, 3, 38));
    assert_true(str_is_absent(row.nip));
    assert_true(import_row_read(arena, &sheet, 2, &row));
    assert_true(has_note(&row, IMPORT_NO_NAME, 4, 1));
    assert_true(sheet.row_count < 4 || !import_row_read(arena, &sheet, 3, &row));
    arena_close(arena);
}

static void cells_of_several_answers_are_split(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        size_t count;
    } cases[] = {{"kultura", 1},
                 {"kultura, edukacja", 2},
                 {"kultura; edukacja, sport", 2},
                 {"a\nb\n\nc", 3},
                 {"a (b, c), d", 2},
                 {"", 0},
                 {"\"a; b\"; c", 2},
                 {"\"a, b\", c", 2},
                 {"\"Pod Dębem\" sala; c", 2},
                 {"\"a; b", 2},
                 {" ; ", 0}};
    Arena *arena = arena_open(1 << 20);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(import_split(arena, str_from_c(cases[i].cell)).count, cases[i].count);
    arena_close(arena);
}

/* A head that names a number, over cells that are none. */
static void cells_outweigh_their_head(void **state) {
    (void)state;
    static const struct {
        const char *sheet;
        ImportField first, second;
    } cases[] = {
        {"Nazwa organizacji jak w KRS;KRS\nMost;0000000019\nDom;\n", IMPORT_NAME, IMPORT_KRS},
        {"Nazwa organizacji jak w KRS;Mail\nMost;a@example.org\n", IMPORT_NAME, IMPORT_EMAIL},
        {"Osoba do kontaktu (telefon, mail);Nazwa\nAda Próbna;Most\n", IMPORT_CONTACT_NAME, IMPORT_NAME},
        {"Kontakt telefoniczny albo imię;Nazwa\nAda Próbna;Most\n", IMPORT_CONTACT_NAME, IMPORT_NAME},
        {"Telefon;Nazwa\nbrak;Most\n", IMPORT_PHONE, IMPORT_NAME}, /* nothing else it may be: each cell is noted */
        {"KRS;Nazwa\n19;Most\n-;Dom\n", IMPORT_KRS, IMPORT_NAME},
    };
    Arena *arena = arena_open(1 << 20);
    for (size_t i = 0; i < COUNT(cases); i++) {
        ImportSheet sheet = sheet_of(arena, cases[i].sheet);
        if (sheet.columns[0].field != cases[i].first || sheet.columns[1].field != cases[i].second)
            fail_msg("<%s> is read as %s and %s", cases[i].sheet, import_field_name(sheet.columns[0].field),
                     import_field_name(sheet.columns[1].field));
    }
    arena_close(arena);
}

static void columns_that_are_not_read_are_named(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    ImportSheet sheet = sheet_of(arena, "Nazwa;Rozmiar koszulki;;Pusta;Telewizja\nMost;M;coś;;\nDom;L;;;tak\n");
    StrList left_out = import_columns_not_read(arena, &sheet);
    assert_int_equal(left_out.count, 3);
    assert_str(left_out.strs[0], STR("Rozmiar koszulki"));
    assert_str(left_out.strs[1], STR("3"));
    assert_str(left_out.strs[2], STR("Telewizja"));
    assert_true(
        str_contains(import_not_read_words(arena, LANGUAGE_PL, &sheet), STR("Rozmiar koszulki, 3 i Telewizja")));
    import_column_set(arena, &sheet, STR("2"), IMPORT_REMARKS, 0);
    assert_int_equal(import_columns_not_read(arena, &sheet).count, 2);
    sheet = sheet_of(arena, "Nazwa;Uwagi\nMost;x\n");
    assert_true(str_is_absent(import_not_read_words(arena, LANGUAGE_PL, &sheet)));
    arena_close(arena);
}

static void numbers_of_people_are_taken_as_they_were_meant(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        int64_t people; /* 0: no number of people */
    } cases[] = {{"3", 3},        {"3 osoby", 3}, {"2-3", 3}, {"2 - 3 osoby", 3}, {"2–3", 3}, {"ok. 4", 4},
                 {"-3 osoby", 0}, {"−3", 0},      {"- 3", 3}, {"2,5", 0},         {"2.5", 0}, {"3, może 4", 4},
                 {"0", 0},        {"99", 99},     {"100", 0}, {"dużo", 0}};
    Arena *arena = arena_open(1 << 20);
    for (size_t i = 0; i < COUNT(cases); i++) {
        ImportSheet sheet = sheet_of(arena, str_format(arena, "Nazwa;Ile osób\nMost;%s\n", cases[i].cell).data);
        ImportRow row;
        assert_true(import_row_read(arena, &sheet, 0, &row));
        if (row.people.value != cases[i].people) fail_msg("\"%s\" is %lld", cases[i].cell, (long long)row.people.value);
        assert_int_equal(row.notes.count, cases[i].people == 0);
    }
    arena_close(arena);
}

static void a_row_that_was_torn_says_so(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    ImportRow row;
    ImportSheet sheet = sheet_of(arena, "Nazwa;E-mail;Ile osób\nMost;a@example.org;1\nKlub\nDom;b@example.org;2\n");
    for (size_t i = 0; i < 3; i++) {
        assert_true(import_row_read(arena, &sheet, i, &row));
        assert_int_equal(has_note(&row, IMPORT_SHORT_ROW, i + 2, 1), i == 1);
    }
    sheet = sheet_of(arena, "Nazwa;E-mail;Ile osób\nMost;a@example.org;1\nKlub\nDom;b@example.org\n"); /* their way */
    for (size_t i = 0; i < 3; i++) {
        assert_true(import_row_read(arena, &sheet, i, &row));
        assert_int_equal(row.notes.count, 0);
    }
    arena_close(arena);
}

/* What the export joins, the import takes apart, whatever the answers hold. */
static void joined_answers_come_apart_as_they_were(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "sala", ";", ",", "\"", "\n", " ", "(", ")", ":", "ż", "; ", "\"\""};
    unsigned seed = 20260323;
    for (int round = 0; round < 20000; round++) {
        Arena *arena = arena_open(1 << 20);
        Buffer cell = buffer_in(arena);
        Str answers[4];
        size_t count = (size_t)(rand_r(&seed) % 4), told = 0;
        for (size_t i = 0; i < count; i++) {
            Buffer answer = buffer_in(arena);
            for (int j = rand_r(&seed) % 6; j >= 0; j--)
                buffer_add(&answer, str_from_c(pieces[(size_t)rand_r(&seed) % COUNT(pieces)]));
            Str trimmed = str_trim(buffer_str(&answer));
            if (str_is_empty(trimmed)) continue;
            answers[told++] = trimmed;
            answers_add(&cell, trimmed);
        }
        StrList split = import_split(arena, buffer_str(&cell));
        bool same = split.count == told;
        for (size_t i = 0; same && i < told; i++) same = str_equal(split.strs[i], answers[i]);
        if (!same)
            fail_msg("round %d: <%.*s> is taken apart into %zu", round, STR_FORMAT(buffer_str(&cell)), split.count);
        arena_close(arena);
    }
}

/* ---- fates ------------------------------------------------------------------------------------------------ */

#define HEADS "Organizacja;E-mail;Ile osób;Czym się zajmujecie;Szukamy;Oferujemy;NIP\n"
static const char good_sheet[] =
    HEADS "Fundacja Zielony Zaułek;ada@example.org;2;\"ekologia, edukacja\";wolontariusze;przestrzeń;\n"
          "Klub Trzeci Rozdział;jan@example.org;14;aktywność seniorów;;;\n"
          "Громадська ініціатива «Тут і разом»;ola@example.org;4;wielokulturowość;;;8567346215\n";

static void a_second_import_changes_nothing(void **state) {
    World *world = *state;
    Import import = {.text = good_sheet};
    preview(world, &import);
    assert_int_equal(import.plan.by_fate[IMPORT_NEW], 3);
    take(world, &import);
    assert_int_equal(import.taken.added, 3);
    take(world, &import);
    assert_int_equal(import.plan.by_fate[IMPORT_SAME], 3);
    assert_int_equal(import.taken.added + import.taken.updated + import.taken.left, 0);
    preview(world, &import);
    assert_int_equal(import.plan.by_fate[IMPORT_SAME], 3);
}

typedef struct Known {
    World *world;
    const char *name;
    Organisation organisation;
} Known;

static Err get_known(Tx *tx, void *context) {
    Known *known = context;
    return organisation_get(tx, organisation_find_same(tx, str_from_c(known->name), STR_ABSENT), &known->organisation)
               ? OK
               : ERR_NOT_FOUND;
}

/* What other organisers show of an organisation is not replaced by a sheet that nobody has looked at. */
static void what_other_organisers_know_is_not_replaced_unasked(void **state) {
    World *world = *state;
    take(world, &(Import){.edition = world->elsewhere, .text = good_sheet});
    Import import = {.text = "Organizacja;E-mail;Czym się zajmujecie\nKlub Trzeci Rozdział;x@example.org;ekologia\n"};
    take(world, &import);
    assert_int_equal(import.plan.rows[0].fate, IMPORT_DOUBTFUL);
    assert_true(row_has(&import.plan.rows[0], IMPORT_DIFFERS, IMPORT_PROFILES));
    Known known = {world, "Klub Trzeci Rozdział", {0}};
    assert_int_equal(store_read(world->store, world->arena, get_known, &known), OK);
    assert_int_equal(known.organisation.profiles.count, 1);
    assert_str(known.organisation.profiles.strs[0], STR("senior"));
}

static void what_differs_is_doubtful_until_it_is_ticked(void **state) {
    World *world = *state;
    take(world, &(Import){.text = good_sheet});
    Import changed = {.text =
                          HEADS "Zielony Zaułek;ada@example.org;5;ekologia;;;\nNowa Grupa;x@example.org;1;sport;;;\n"};
    take(world, &changed);
    assert_int_equal(changed.plan.rows[0].fate, IMPORT_DOUBTFUL);
    assert_true(row_has(&changed.plan.rows[0], IMPORT_DIFFERS, IMPORT_PEOPLE));
    assert_true(row_has(&changed.plan.rows[0], IMPORT_DIFFERS, IMPORT_PROFILES));
    assert_int_equal(changed.taken.added, 1);
    assert_int_equal(changed.taken.updated, 0);
    assert_int_equal(changed.taken.left, 1);
    ImportTick tick = {2, false, STR_ABSENT};
    changed.wish = (ImportWish){.ticks = &tick, .tick_count = 1};
    take(world, &changed);
    assert_int_equal(changed.taken.updated, 1);
    assert_int_equal(changed.taken.added, 0);
    preview(world, &changed);
    assert_int_equal(changed.plan.by_fate[IMPORT_SAME], 2);
}

static Err add_similar(Tx *tx, void *context) {
    *(Id *)context =
        organisation_add(tx, &(Organisation){.name = STR("Zielony Zaulekk"), .legal_form = STR(""), .words = STR("")});
    return OK;
}

static Err rename_away(Tx *tx, void *context) {
    Organisation organisation;
    assert_true(organisation_get(tx, *(Id *)context, &organisation));
    organisation.name = STR("Coś zupełnie innego");
    return organisation_update(tx, &organisation);
}

static Err change_contact(Tx *tx, void *context) {
    const Import *import = context;
    Signup signup;
    Person person;
    assert_true(signup_of_organisation(tx, import->edition, import->plan.rows[0].organisation, &signup));
    assert_true(person_get(tx, signup.contact, &person));
    person.email = STR("inna@example.org");
    return person_update(tx, &person);
}

static Err change_signup(Tx *tx, void *context) {
    const Import *import = context;
    Signup signup;
    assert_true(signup_of_organisation(tx, import->edition, import->plan.rows[1].organisation, &signup));
    signup.people = 77;
    return signup_update(tx, &signup, 0);
}

static void renew(World *world, Import *import, bool holds) {
    import->renews = true;
    preview(world, import);
    assert_int_equal(import->held, holds);
}

/* The plan is made before the writer is held: what changed in between counts all the same, and only then is it made
 * again inside. */
static void a_plan_holds_until_what_it_rests_on_changes(void **state) {
    World *world = *state;
    Import import = {.text = good_sheet};
    Id similar;
    preview(world, &import);
    const ImportPlanRow *rows = import.plan.rows;
    renew(world, &import, true);
    assert_ptr_equal(import.plan.rows, rows);
    assert_int_equal(import.plan.by_fate[IMPORT_NEW], 3);
    assert_int_equal(store_write(world->store, world->arena, add_similar, &similar), OK);
    renew(world, &import, false);
    assert_int_equal(import.plan.rows[0].fate, IMPORT_DOUBTFUL);
    assert_int_equal(import.plan.rows[0].similar, similar);
    assert_int_equal(store_write(world->store, world->arena, rename_away, &similar), OK);
    renew(world, &import, false);
    assert_int_equal(import.plan.by_fate[IMPORT_NEW], 3);
    take(world, &import);
    renew(world, &import, false);
    assert_int_equal(import.plan.by_fate[IMPORT_SAME], 3);
    assert_int_equal(store_write(world->store, world->arena, change_contact, &import), OK);
    renew(world, &import, false);
    assert_true(row_has(&import.plan.rows[0], IMPORT_DIFFERS, IMPORT_EMAIL));
    assert_int_equal(store_write(world->store, world->arena, change_signup, &import), OK);
    renew(world, &import, false);
    assert_true(row_has(&import.plan.rows[1], IMPORT_DIFFERS, IMPORT_PEOPLE));
    renew(world, &import, true);
}

typedef struct AsRequest {
    Arena *arena;
    Import *import;
} AsRequest;

static void preview_inside(void *argument) {
    AsRequest *request = argument;
    assert_int_equal(store_read(request->import->world->store, request->arena, run_import, request->import), OK);
}

/* Each answer is another one, and each is looked for in lists that are read once: with the memory of a request. */
static void thousands_of_answers_fit_a_request(void **state) {
    World *world = *state;
    enum { ROWS = 4000 };
    Buffer text = buffer_in(world->arena);
    buffer_add(&text, STR(HEADS));
    for (int i = 0; i < ROWS; i++)
        buffer_format(&text, "Zespół %c%c%c%c;;1;zajęcie%d, sport;potrzeba%d;oferta%d;\n", 'a' + i % 20,
                      'a' + i / 20 % 20, 'a' + i / 400, 'q', i, i, i);
    Import import = {.text = str_to_c(world->arena, buffer_str(&text)), .world = world, .edition = world->first};
    Arena *arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    AsRequest request = {arena, &import};
    if (arena_protect(arena, preview_inside, &request)) fail_msg("%s", arena_failure(arena)->message);
    assert_int_equal(import.plan.count, ROWS);
    assert_str(import.plan.rows[ROWS - 1].profiles.strs[0], STR("sport"));
    assert_true(str_contains(import.plan.rows[ROWS - 1].remarks, STR("oferta3999")));
    arena_close(arena);
}

static void a_bad_row_stops_no_good_one(void **state) {
    World *world = *state;
    Import import = {.text = HEADS
                     ";bez@example.org;1;;;;\nDobra Rada;d@example.org;1;;;;\nZły NIP;z@example.org;1;;;;1234567890\n"
                     "Dobra Rada;d2@example.org;2;;;;\n"};
    take(world, &import);
    assert_int_equal(import.plan.rows[0].fate, IMPORT_WRONG);
    assert_int_equal(import.plan.rows[1].fate, IMPORT_NEW);
    assert_int_equal(import.plan.rows[2].fate, IMPORT_DOUBTFUL);
    assert_true(row_has(&import.plan.rows[3], IMPORT_MAYBE_TWO_ROWS, IMPORT_NAME));
    assert_int_equal(import.taken.added, 1);
    assert_int_equal(import.taken.left, 3);
    import.wish.takes_doubtful = true;
    take(world, &import);
    assert_int_equal(import.taken.added, 2); /* with the bad NIP, without it; and another one of the same name */
    assert_int_equal(import.taken.updated, 0);
}

static void two_rows_of_a_new_organisation_make_one(void **state) {
    World *world = *state;
    Import import = {.text = HEADS "Dobra Rada;d@example.org;1;;;;\nFundacja Dobra Rada;d@example.org;3;;;;\n",
                     .wish = {.takes_doubtful = true}};
    take(world, &import);
    assert_int_equal(import.taken.added, 1);
    assert_int_equal(import.taken.updated, 1);
    preview(world, &import);
    assert_int_equal(import.plan.rows[1].fate, IMPORT_SAME);
}

static Err compare_two(Tx *tx, void *context) {
    (void)context;
    Id id = organisation_find_same(tx, STR("Zielony Zaułek"), STR_ABSENT);
    assert_int_not_equal(id, 0);
    const struct {
        const char *name;
        bool is_similar;
    } cases[] = {{"Fundacja Zielony Zaułek", true},
                 {"Zielony Zaulekk", true},
                 {"Klub Zielony Zaułek Kazimierz", true},
                 {"Trzeci Rozdział", false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str name = str_from_c(cases[i].name);
        assert_int_equal(organisation_is_similar(tx, id, name), cases[i].is_similar);
        assert_int_equal(organisation_find_similar(tx, name).organisations[0].id == id, cases[i].is_similar);
    }
    assert_false(organisation_is_similar(tx, id + 1, STR("Zielony Zaułek"))); /* no such one */
    return OK;
}

/* What is asked of two names says the same as what is asked of all. */
static void two_names_are_compared_as_all_are(void **state) {
    World *world = *state;
    take(world, &(Import){.text = good_sheet});
    assert_int_equal(store_read(world->store, world->arena, compare_two, NULL), OK);
}

static void a_similar_name_is_asked_about(void **state) {
    World *world = *state;
    take(world, &(Import){.text = good_sheet});
    Import import = {.text = HEADS "Zielony Zaulekk;inny@example.org;1;;;;\n", .edition = world->second};
    preview(world, &import);
    assert_int_equal(import.plan.rows[0].fate, IMPORT_DOUBTFUL);
    assert_true(row_has(&import.plan.rows[0], IMPORT_SIMILAR, IMPORT_NAME));
    ImportTick tick = {2, true, STR_ABSENT};
    import.wish = (ImportWish){.ticks = &tick, .tick_count = 1};
    take(world, &import);
    assert_int_equal(import.taken.added, 1);
    Import known = {.text = good_sheet, .edition = world->second};
    preview(world, &known);
    assert_int_not_equal(known.plan.rows[0].signup, 0); /* it went to the organisation that was meant */
}

static void a_room_is_a_place_and_names_of_kinds_need_no_words(void **state) {
    World *world = *state;
    Import import = {.text = HEADS "Most;m@example.org;1;;sala na 30 osób;\"przestrzeń; sprzęt: rzutnik\";\n"};
    take(world, &import);
    assert_int_equal(import.plan.by_fate[IMPORT_NEW], 1);
    const Exchanges *exchanges = &import.plan.rows[0].exchanges;
    static const Exchange expected[] = {
        {.kind = STR_INIT("space"), .words = STR_INIT("sala na 30 osób")},
        {.is_offer = true, .kind = STR_INIT("space"), .words = STR_INIT("")},
        {.is_offer = true, .kind = STR_INIT("equipment"), .words = STR_INIT("rzutnik")}};
    assert_int_equal(exchanges->count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(exchanges->exchanges[i].is_offer, expected[i].is_offer);
        assert_str(exchanges->exchanges[i].kind, expected[i].kind);
        assert_str(exchanges->exchanges[i].words, expected[i].words);
    }
    preview(world, &import);
    assert_int_equal(import.plan.by_fate[IMPORT_SAME], 1);
}

/* Codes are for the program. */
static void what_differs_is_said_in_words(void **state) {
    World *world = *state;
    take(world, &(Import){.text = "Organizacja;E-mail;Forma prawna\nMost;m@example.org;koło gospodyń wiejskich\n"});
    Import import = {.text = "Organizacja;E-mail;Forma prawna\nMost;m@example.org;fundacja\n"};
    preview(world, &import);
    assert_int_equal(import.plan.rows[0].read.notes.count, 1);
    Str words = import_note_words(world->arena, LANGUAGE_PL, &import.plan.rows[0].read.notes.notes[0]);
    assert_true(str_contains(words, STR("fundacja")));
    assert_true(str_contains(words, STR("koło gospodyń wiejskich")));
    assert_false(str_contains(words, STR("kgw")));
}

static void unknown_answers_stay_among_the_remarks(void **state) {
    World *world = *state;
    Import import = {.text = HEADS "Most;m@example.org;1;kultura, gotowanie;betoniarka;;\n"};
    take(world, &import);
    assert_int_equal(import.taken.added, 1);
    assert_true(str_contains(import.plan.rows[0].remarks, STR("gotowanie")));
    assert_true(str_contains(import.plan.rows[0].remarks, STR("betoniarka")));
    assert_int_equal(import.plan.rows[0].profiles.count, 1);
    preview(world, &import);
    assert_int_equal(import.plan.rows[0].fate, IMPORT_SAME);
}

static void hundreds_of_rows_go_in_at_once(void **state) {
    World *world = *state;
    Buffer text = buffer_in(world->arena);
    buffer_add(&text, STR(HEADS));
    for (int i = 0; i < 500; i++)
        buffer_format(&text, "Grupa Numer%c%c%c;g%d@example.org;%d;kultura;;;\n", 'a' + i % 25, 'a' + i / 25,
                      'q' - i % 7, i, i % 9 + 1);
    Import import = {.text = str_to_c(world->arena, buffer_str(&text))};
    import.wish.takes_doubtful = true;
    take(world, &import);
    assert_int_equal(import.plan.count, 500);
    assert_int_equal(import.taken.left, 0);
    take(world, &import);
    assert_int_equal(import.taken.added + import.taken.updated, 0);
}

/* ---- a real export ------------------------------------------------------------------------------------------ */

static void a_real_form_export_is_read_with_its_two_heads(void **state) {
    (void)state;
    const char *data = getenv("WSPOLNIE_DATA");
    if (data == NULL) skip();
    Arena *arena = arena_open(64 * 1024 * 1024);
    FILE *file = fopen(str_to_c(arena, str_format(arena, "%s/csv/form-export-cantera/responses.csv", data)), "rb");
    assert_non_null(file);
    char *bytes = arena_alloc(arena, 1 << 20);
    size_t size = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    CsvSheet csv;
    assert_int_equal(csv_read(arena, str_from(bytes, size), &(CsvOptions){0}, &csv), OK);
    ImportSheet sheet = import_sheet_open(arena, &csv);
    assert_int_equal(sheet.head_rows, 2);
    assert_true(sheet.row_count > 50);
    for (size_t i = 1; i <= 7; i++)
        assert_int_equal(import_column_set(arena, &sheet, str_format(arena, "%zu", i + 1), IMPORT_PROFILES, 0), OK);
    size_t ticked = 0;
    for (size_t i = 0; i < sheet.row_count; i++) {
        ImportRow row;
        if (!import_row_read(arena, &sheet, i, &row)) continue;
        for (size_t j = 0; j < row.profiles.count; j++) ticked += str_equal(row.profiles.strs[j], STR("macOS"));
    }
    assert_true(ticked > 5);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_their_names),
        cmocka_unit_test(the_surest_column_wins_and_a_hand_corrects),
        cmocka_unit_test(two_rows_of_heads_make_a_column_for_each_answer),
        cmocka_unit_test(answers_are_cleaned_and_faults_have_their_place),
        cmocka_unit_test(cells_of_several_answers_are_split),
        cmocka_unit_test(cells_outweigh_their_head),
        cmocka_unit_test(columns_that_are_not_read_are_named),
        cmocka_unit_test(numbers_of_people_are_taken_as_they_were_meant),
        cmocka_unit_test(a_row_that_was_torn_says_so),
        cmocka_unit_test(joined_answers_come_apart_as_they_were),
        cmocka_unit_test_setup_teardown(a_second_import_changes_nothing, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_other_organisers_know_is_not_replaced_unasked, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_differs_is_doubtful_until_it_is_ticked, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_plan_holds_until_what_it_rests_on_changes, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_bad_row_stops_no_good_one, world_open, world_close),
        cmocka_unit_test_setup_teardown(two_rows_of_a_new_organisation_make_one, world_open, world_close),
        cmocka_unit_test_setup_teardown(two_names_are_compared_as_all_are, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_similar_name_is_asked_about, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_room_is_a_place_and_names_of_kinds_need_no_words, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_differs_is_said_in_words, world_open, world_close),
        cmocka_unit_test_setup_teardown(unknown_answers_stay_among_the_remarks, world_open, world_close),
        cmocka_unit_test_setup_teardown(hundreds_of_rows_go_in_at_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(thousands_of_answers_fit_a_request, world_open, world_close),
        cmocka_unit_test(a_real_form_export_is_read_with_its_two_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
