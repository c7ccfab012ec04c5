// SPDX-License-Identifier: EUPL-1.2
/* How long importing a sheet holds the one writer: ROWS rows against ORGANISATIONS that are known, of which a fifth are
 * in the sheet by name, a tenth by NIP and a tenth with a slip of the pen.
 *
 *     bench_import FOLDER ORGANISATIONS ROWS
 *
 * Prints one JSON line: milliseconds of processor time to look at the sheet (the preview, on a reading thread), before
 * the writer and inside it when it is confirmed, and the rows by fate.
 */
#include "made.h"

#include "gathering/signups/import_plan.h"
#include "platform/base/limits.h"

typedef struct Bench {
    Arena *arena;
    Store *store;
    int64_t organisations, rows;
    Id edition;
    Str *names, *nips;
    ImportSheet sheet;
    ImportPlan plan;
    ImportTaken taken;
    int64_t spent_ns;
} Bench;

static Str made_name(Arena *arena, Random *random) {
    static const char *const forms[] = {"Fundacja", "Stowarzyszenie", "Klub", "Grupa", "Towarzystwo"};
    Str first = made_word(arena, random), second = made_word(arena, random), third = made_word(arena, random);
    return str_format(arena, "%s %.*s %.*s %.*s", forms[random_below(random, COUNT(forms))], STR_FORMAT(first),
                      STR_FORMAT(second), STR_FORMAT(third));
}

/* A good one: the last digit checks the others. */
static Str made_nip(Arena *arena, int64_t number) {
    static const int weights[] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
    for (int64_t base = 100000000 + number * 7;; base++) {
        int64_t sum = 0, rest = base;
        for (int i = 8; i >= 0; i--, rest /= 10) sum += weights[i] * (rest % 10);
        if (sum % 11 != 10) return str_format(arena, "%lld%lld", (long long)base, (long long)(sum % 11));
    }
}

static Err fill(Tx *tx, void *context) {
    Bench *bench = context;
    const Zone *zone;
    Series series = {.slug = STR("s"),
                     .name = STR("S"),
                     .words = STR(""),
                     .organiser = STR(""),
                     .phone = STR(""),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    if (zone_find(STR("Europe/Warsaw"), &zone) || series_add(tx, &series, &series.id)) return ERR_INTERNAL;
    Edition edition = {.series = series,
                       .slug = STR("i"),
                       .number = 1,
                       .title = STR("I"),
                       .words = STR(""),
                       .state = EDITION_CALL_OPEN,
                       .date_text = STR(""),
                       .zone = zone};
    if (edition_add(tx, &edition, &bench->edition)) return ERR_INTERNAL;
    for (int64_t i = 0; i < bench->organisations; i++)
        organisation_add(tx, &(Organisation){.name = bench->names[i],
                                             .nip = bench->nips[i],
                                             .legal_form = STR("association"),
                                             .words = STR("")});
    return OK;
}

static Str typo_in(Arena *arena, Str name) {
    Str copy = str_copy(arena, name);
    ((char *)copy.data)[copy.size - 1] = 'q';
    return copy;
}

static Str sheet_text(Bench *bench, Random *random) {
    Buffer text = buffer_in(bench->arena);
    buffer_add(&text,
               STR("Nazwa organizacji;NIP;Osoba;E-mail;Telefon;Liczba osób;Czym się zajmujecie;Czego szukacie\n"));
    for (int64_t i = 0; i < bench->rows; i++) {
        int64_t known = i * 9 % bench->organisations;
        Str name = made_name(bench->arena, random), nip = STR("");
        if (i % 10 < 2) name = bench->names[known];
        else if (i % 10 == 2) nip = bench->nips[known];
        else if (i % 10 == 3) name = typo_in(bench->arena, bench->names[known]);
        buffer_format(
            &text, "%.*s;%.*s;Ewa Próbna;osoba%lld@organizacja.example;+48 600 %03lld %03lld;2;edukacja;sala\n",
            STR_FORMAT(name), STR_FORMAT(nip), (long long)i, (long long)(i / 1000 % 1000), (long long)(i % 1000));
    }
    return buffer_str(&text);
}

static Edition the_edition(Tx *tx, const Bench *bench) {
    Edition edition;
    if (!edition_get(tx, bench->edition, &edition)) arena_fail(tx_arena(tx), ERR_INTERNAL, "no edition");
    return edition;
}

static Err preview(Tx *tx, void *context) {
    Bench *bench = context;
    Edition edition = the_edition(tx, bench);
    int64_t begun_ns = spent_now_ns();
    bench->plan = import_plan_make(tx, &edition, &bench->sheet);
    bench->spent_ns = spent_now_ns() - begun_ns;
    return OK;
}

static Err prepare(Tx *tx, void *context) {
    Bench *bench = context;
    Edition edition = the_edition(tx, bench);
    int64_t begun_ns = spent_now_ns();
    bench->plan = import_plan_make(tx, &edition, &bench->sheet);
    bench->spent_ns = spent_now_ns() - begun_ns;
    return OK;
}

static Err confirm(Tx *tx, void *context) {
    Bench *bench = context;
    Edition edition = the_edition(tx, bench);
    int64_t begun_ns = spent_now_ns();
    ImportPlan plan = import_plan_renewed(tx, &edition, &bench->sheet, &bench->plan);
    bench->taken = import_plan_take(tx, &edition, &plan, &(ImportWish){0});
    bench->spent_ns = spent_now_ns() - begun_ns;
    return OK;
}

static void open_store(Bench *bench, const char *folder) {
    StoreOptions options = {.path = str_format(bench->arena, "%s/import.db", folder).data, .may_create = true};
    if (store_open(bench->arena, &options, &bench->store) || store_write(bench->store, bench->arena, fill, bench)) {
        fprintf(stderr, "bench_import: %s\n", arena_failure(bench->arena)->message);
        exit(1);
    }
}

/* As a request does it: with the memory of one, the sheet read before the writer. */
static Arena *read_sheet(Bench *bench, Str text) {
    Arena *arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    CsvSheet *csv = arena_new(arena, CsvSheet);
    int64_t begun_ns = spent_now_ns();
    if (csv_read(arena, text, &(CsvOptions){0}, csv)) exit(1);
    bench->sheet = import_sheet_open(arena, csv);
    bench->spent_ns = spent_now_ns() - begun_ns;
    return arena;
}

static void make_organisations(Bench *bench, Random *random) {
    bench->names = arena_array(bench->arena, Str, (size_t)bench->organisations);
    bench->nips = arena_array(bench->arena, Str, (size_t)bench->organisations);
    for (int64_t i = 0; i < bench->organisations; i++) {
        bench->names[i] = made_name(bench->arena, random);
        bench->nips[i] = made_nip(bench->arena, i);
    }
}

int main(int argument_count, char **arguments) {
    Bench bench = {.arena = arena_open((size_t)2 << 30)};
    if (argument_count != 4 || !str_to_int(str_from_c(arguments[2]), &bench.organisations) ||
        !str_to_int(str_from_c(arguments[3]), &bench.rows) || bench.organisations < 1 || bench.rows < 1) {
        fprintf(stderr, "usage: bench_import FOLDER ORGANISATIONS ROWS\n");
        return 2;
    }
    Random random = random_from_seed(20260323);
    make_organisations(&bench, &random);
    open_store(&bench, arguments[1]);
    Str text = sheet_text(&bench, &random);
    Arena *looking = read_sheet(&bench, text);
    if (store_read(bench.store, looking, preview, &bench)) return 1;
    double preview_ms = (double)bench.spent_ns / 1e6;
    size_t new_rows = bench.plan.by_fate[IMPORT_NEW], doubtful = bench.plan.by_fate[IMPORT_DOUBTFUL];
    arena_close(looking);

    Arena *taking = read_sheet(&bench, text);
    int64_t reading_ns = bench.spent_ns;
    if (store_read(bench.store, taking, prepare, &bench)) return 1;
    double prepare_ms = (double)(reading_ns + bench.spent_ns) / 1e6;
    if (store_write(bench.store, taking, confirm, &bench)) {
        fprintf(stderr, "bench_import: %s\n", arena_failure(taking)->message);
        return 1;
    }
    printf("{\"preview_ms\": %.0f, \"prepare_ms\": %.0f, \"writer_ms\": %.0f, \"new\": %zu, \"doubtful\": %zu, "
           "\"added\": %zu}\n",
           preview_ms, prepare_ms, (double)bench.spent_ns / 1e6, new_rows, doubtful, bench.taken.added);
    store_close(bench.store);
    return 0;
}
