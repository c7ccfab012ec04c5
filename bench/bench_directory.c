// SPDX-License-Identifier: EUPL-1.2
/* How long a search of a directory takes: ORGANISATIONS invented ones of one series, the same each time, each with a
 * description, one to three profiles, a district, needs and offers.
 *
 *     bench_directory FOLDER [ORGANISATIONS]          (5,000 unless said)
 *
 * Prints a JSON line for each kind of search: milliseconds of processor time of one thread (the slowest of SEARCHES,
 * and what half and 99 in a hundred of them took at most), found, and the ratio against the limit of 20 ms, of the
 * slowest.
 */
#include "made.h"

#include "gathering/signups/catalogue.h"
#include "gathering/signups/signups.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEARCHES = 200, WORDS = 4000, LIMIT_US = 20000 };

typedef struct Bench {
    Arena *arena;
    Store *store;
    int64_t organisations;
    Id series, edition;
    Str words[WORDS];
    Random random;
    DirectoryQuery query;
    int64_t spent_ns, found;
} Bench;

/* Few words are said by many and many by few, as in a language (Zipf 1949): the rank is a power of the number drawn. */
static Str any_word(Bench *bench) {
    double drawn = (double)random_below(&bench->random, 1 << 20) / (1 << 20);
    size_t rank = (size_t)(pow(WORDS, drawn)) - 1;
    return bench->words[rank < WORDS ? rank : WORDS - 1];
}

static Str made_text(Bench *bench, uint64_t count) {
    Buffer text = buffer_in(bench->arena);
    for (uint64_t i = 0; i < count; i++) {
        if (i) buffer_add_char(&text, ' ');
        buffer_add(&text, any_word(bench));
    }
    return buffer_str(&text);
}

static Str any_of(Bench *bench, const char *const *codes, size_t count) {
    return str_from_c(codes[random_below(&bench->random, count)]);
}

static const char *const profiles[] = {"senior",   "youth",  "training", "multicultural", "ecological", "educational",
                                       "cultural", "social", "health",   "sport",         "local"};
static const char *const kinds[] = {"space",     "volunteers", "promotion", "grant_partner",
                                    "expertise", "equipment",  "audience"};
static const char *const districts[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};

static Err make_edition(Tx *tx, Bench *bench) {
    const Zone *zone;
    Series series = {.slug = STR("s"),
                     .name = STR("S"),
                     .words = STR(""),
                     .organiser = STR(""),
                     .phone = STR(""),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    if (zone_find(STR("Europe/Warsaw"), &zone) || series_add(tx, &series, &series.id)) return ERR_INTERNAL;
    bench->series = series.id;
    Edition edition = {.series = series,
                       .slug = STR("i"),
                       .number = 1,
                       .title = STR("I"),
                       .words = STR(""),
                       .state = EDITION_CALL_OPEN,
                       .date_text = STR(""),
                       .zone = zone};
    return edition_add(tx, &edition, &bench->edition);
}

static Err add_one(Tx *tx, Bench *bench, int64_t number) {
    Str mine[] = {any_of(bench, profiles, COUNT(profiles)), any_of(bench, profiles, COUNT(profiles))};
    Exchange exchanges[] = {
        {.kind = any_of(bench, kinds, COUNT(kinds)), .words = made_text(bench, 4)},
        {.is_offer = true, .kind = any_of(bench, kinds, COUNT(kinds)), .words = made_text(bench, 4)}};
    SignupAnswers answers = {
        .organisation = {.name = str_format(bench->arena, "Fundacja %.*s %lld", STR_FORMAT(made_text(bench, 2)),
                                            (long long)number),
                         .legal_form = STR("foundation"),
                         .words = made_text(bench, 20 + random_below(&bench->random, 40)),
                         .district = any_of(bench, districts, COUNT(districts)),
                         .profiles = {mine, str_equal(mine[0], mine[1]) ? 1 : 2}},
        .contact_name = STR("Ewa Próbna"),
        .language = LANGUAGE_PL,
        .source = "form",
        .people = 2,
        .exchanges = {exchanges, COUNT(exchanges)},
    };
    SignupSent sent;
    if (signup_submit(tx, bench->edition, &answers, &sent)) return ERR_INTERNAL;
    SignupDecision decision = {
        .edition = bench->edition, .signup = sent.signup, .version = 1, .to = SIGNUP_ACCEPTED, .reason = STR("")};
    if (signup_decide(tx, &decision)) return ERR_INTERNAL;
    DirectoryEntry entry;
    directory_entry_get(tx, sent.organisation, bench->series, &entry);
    entry.is_shown = entry.shows_words = entry.shows_exchanges = true;
    if (directory_entry_save(tx, &entry, &(DirectorySaying){.by = sent.person, .wording = STR("Zgoda.")}))
        return ERR_INTERNAL;
    catalogue_follow(tx, sent.organisation);
    return OK;
}

static Err fill(Tx *tx, void *context) {
    Bench *bench = context;
    Err err = make_edition(tx, bench);
    for (int64_t i = 0; i < bench->organisations && !err; i++) err = add_one(tx, bench, i);
    return err;
}

static Err search(Tx *tx, void *context) {
    Bench *bench = context;
    int64_t begun_ns = spent_now_ns();
    bench->found = directory_search(tx, bench->series, &bench->query).found;
    bench->spent_ns = spent_now_ns() - begun_ns;
    return OK;
}

static int compare_times(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

typedef enum SearchKind { ALL, COMMON, TWO_WORDS, FILTERS, EVERYWHERE, LAST_PAGE, KIND_COUNT } SearchKind;
static const char *const kind_names[KIND_COUNT] = {
    [ALL] = "no search",
    [COMMON] = "a word of the hundred most used",
    [TWO_WORDS] = "two words",
    [FILTERS] = "a word, a profile and a district",
    [EVERYWHERE] = "a word that all have",
    [LAST_PAGE] = "a word that all have, the last page",
};

static DirectoryQuery query_of(Bench *bench, SearchKind kind) {
    Str common = bench->words[random_below(&bench->random, 100)];
    switch (kind) {
    case COMMON: return (DirectoryQuery){.words = common, .page = 1};
    case TWO_WORDS: return (DirectoryQuery){.words = made_text(bench, 2), .page = 1};
    case FILTERS:
        return (DirectoryQuery){.words = common,
                                .profile = any_of(bench, profiles, COUNT(profiles)),
                                .district = any_of(bench, districts, COUNT(districts)),
                                .page = 1};
    case EVERYWHERE: return (DirectoryQuery){.words = STR("fundacja"), .page = 1};
    case LAST_PAGE:
        return (DirectoryQuery){.words = STR("fundacja"), .page = bench->organisations / DIRECTORY_PAGE_ROWS};
    case ALL:
    case KIND_COUNT: break;
    }
    return (DirectoryQuery){.words = STR(""), .page = 1};
}

static Err measure(Bench *bench, SearchKind kind) {
    int64_t times[SEARCHES], found = 0;
    for (size_t i = 0; i < SEARCHES; i++) {
        Arena *arena = arena_open(64 * 1024 * 1024);
        if (!arena) return ERR_LIMIT;
        bench->query = query_of(bench, kind);
        Err err = store_read(bench->store, arena, search, bench);
        times[i] = bench->spent_ns / 1000;
        found += bench->found;
        arena_close(arena);
        if (err) return err;
    }
    qsort(times, SEARCHES, sizeof *times, compare_times);
    size_t half = SEARCHES / 2, most = SEARCHES * 99 / 100;
    int64_t slowest = times[SEARCHES - 1];
    printf("{\"search\": \"%s\", \"organisations\": %lld, \"found\": %lld, \"half_ms\": %.2f, \"p99_ms\": %.2f, "
           "\"slowest_ms\": %.2f, \"ratio\": %.3f}\n",
           kind_names[kind], (long long)bench->organisations, (long long)(found / SEARCHES), (double)times[half] / 1000,
           (double)times[most] / 1000, (double)slowest / 1000, (double)slowest / LIMIT_US);
    return OK;
}

int main(int argument_count, char **arguments) {
    if (argument_count < 2) {
        fprintf(stderr, "usage: bench_directory FOLDER [ORGANISATIONS]\n");
        return 2;
    }
    static Bench bench;
    bench.arena = arena_open((size_t)4 << 30);
    bench.random = random_from_seed(5000);
    bench.organisations = 5000;
    if (argument_count > 2 && !str_to_int(str_from_c(arguments[2]), &bench.organisations)) return 2;
    for (size_t i = 0; i < WORDS; i++) bench.words[i] = made_word(bench.arena, &bench.random);
    StoreOptions options = {.path = str_to_c(bench.arena, str_format(bench.arena, "%s/data.db", arguments[1])),
                            .may_create = true,
                            .may_migrate = true};
    Err err = store_open(bench.arena, &options, &bench.store);
    if (!err) {
        err = store_write(bench.store, bench.arena, fill, &bench);
        for (SearchKind kind = ALL; kind < KIND_COUNT && !err; kind++) err = measure(&bench, kind);
        store_close(bench.store);
    }
    if (err) fprintf(stderr, "bench_directory: %s\n", arena_failure(bench.arena)->message);
    arena_close(bench.arena);
    return err ? 1 : 0;
}
