// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/commands.h"

#include "gathering/editions/call.h"
#include "gathering/editions/edition_form.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/next.h"
#include "gathering/editions/show.h"
#include "platform/page/form_state.h"

/* ---- options ---------------------------------------------------------------------------------------- */

static const CommandOption series_options[] = {
    {"slug", "NAME", "last part of its address (made from the name)"},
    {"words", "TEXT", "what it is, in two sentences"},
    {"organiser", "NAME", "who organises it"},
    {"phone", "NUMBER", "telephone for questions, on every page"},
    {"email", "ADDRESS", "e-mail for questions"},
    {"written-in", "TAG", "language it is written in: pl, en or uk (pl)"},
};

static const CommandOption edition_options[] = {
    {"number", "N", "which edition it is (one more than the last)"},
    {"title", "TEXT", "its title (the name of the series)"},
    {"words", "TEXT", "what will happen, in two sentences"},
    {"date", "DATE", "a day, or as much as is known: 2026-06-11, 2026-06, 2026"},
    {"from", "HH:MM", "from what time, in its zone"},
    {"to", "HH:MM", "to what time"},
    {"closes", "DAY", "last day for sign-ups"},
    {"places", "N", "how many organisations there is room for"},
    {"zone", "ZONE", "time zone (Europe/Warsaw)"},
    {"slug", "NAME", "of a new one: last part of its address (its number: iii)"},
    {"state", "STATE", "draft, call_open, call_closed, published, finished, archived"},
    {"venue", "NAME", "adds a place"},
    {"address", "TEXT", "street and number of that place"},
    {"host", "NAME", "adds a host"},
    {"contribution", "WORDS", "what that host gives, with commas between"},
};

static const CommandOption next_options[] = {
    {"number", "N", "which edition it is (one more than the last)"},
    {"title", "TEXT", "its title (that of the last, with its number)"},
    {"date", "DATE", "a day, or as much as is known: 2026-06-11, 2026-06, 2026"},
    {"from", "HH:MM", "from what time, in its zone (as the last, where the day is known)"},
    {"to", "HH:MM", "to what time"},
    {"closes", "DAY", "last day for sign-ups"},
    {"without", "PART", "leave a part out; --preview names them", .is_repeated = true},
    {"with", "PART", "copy a part that is copied only when it is asked for", .is_repeated = true},
    {"preview", NULL, "show what there is to copy; make nothing"},
};

static const CommandOption frame_options[] = {
    EDITION_OPTION,
    {"kind", "KIND", "doors, opening, talks, performance, potluck, rounds, turnover, walk, closing, other",
     .is_required = true},
    {"from", "HH:MM", "from what time, in the edition's zone", .is_required = true},
    {"to", "HH:MM", "to what time", .is_required = true},
    {"title", "TEXT", "its title in the programme"},
    {"free", NULL, "free time, which nothing shortens"},
};

static const CommandOption propose_options[] = {EDITION_OPTION};

typedef struct Work {
    CommandCall *call;
    Series series;
    Edition edition;
    SeriesList all_series;
    Editions editions;
    Frame frame;
    Str warning; /* of what was just added; empty: none */
    CopyOffers offers;
} Work;

/* ---- what all share --------------------------------------------------------------------------------- */

static Str text_or(const CommandCall *call, const char *option, Str otherwise) {
    Str given = command_text(call, option);
    return str_is_absent(given) ? otherwise : given;
}

static void run_in(Err (*run)(Store *, Arena *, TxFunction, void *), Work *work, TxFunction function) {
    CommandCall *call = work->call;
    Err err = run(call->store, call->arena, function, work);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
}

static Series find_series(Tx *tx, Str slug) {
    Series series;
    if (!series_find(tx, slug, &series))
        arena_fail(tx_arena(tx), ERR_NOT_FOUND, "there is no series %.*s", STR_FORMAT(slug));
    return series;
}

static EditionState state_option(Tx *tx, Str name) {
    EditionState state;
    if (!edition_state_parse(name, &state))
        arena_fail(tx_arena(tx), ERR_INPUT,
                   "%.*s is no state; states are draft, call_open, call_closed, published, finished, archived",
                   STR_FORMAT(name));
    return state;
}

/* ---- series ----------------------------------------------------------------------------------------- */

static Err add_series(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    Series series = {
        .name = call->arguments[0],
        .slug = text_or(call, "slug", slug_make(call->arena, call->arguments[0])),
        .words = text_or(call, "words", STR("")),
        .organiser = text_or(call, "organiser", STR("")),
        .phone = text_or(call, "phone", STR("")),
        .email = text_or(call, "email", STR("")),
    };
    if (!language_parse(text_or(call, "written-in", STR("pl")), &series.language))
        arena_fail(call->arena, ERR_INPUT, "--written-in is pl, en or uk");
    if (!slug_is_good(series.slug) || !series_slug_is_free(series.slug))
        arena_fail(call->arena, ERR_INPUT,
                   "%.*s cannot be an address: small letters, figures and dashes, and no page of the program",
                   STR_FORMAT(series.slug));
    if (series_add(tx, &series, &series.id))
        arena_fail(call->arena, ERR_CONFLICT, "there is a series at /%.*s already", STR_FORMAT(series.slug));
    store_audit(tx, &(AuditEntry){.action = "series.add", .subject = series.id});
    work->series = series;
    return OK;
}

static Err series_add_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_write, &work, add_series);
    if (call->json) show_series_json(&call->out, &(SeriesList){&work.series, 1});
    else buffer_format(&call->out, "/%.*s\n", STR_FORMAT(work.series.slug));
    return OK;
}

static Err list_series(Tx *tx, void *context) {
    ((Work *)context)->all_series = series_all(tx);
    return OK;
}

static Err series_list_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_read, &work, list_series);
    if (call->json) show_series_json(&call->out, &work.all_series);
    else
        for (size_t i = 0; i < work.all_series.count; i++)
            buffer_format(&call->out, "%-30.*s %.*s\n", STR_FORMAT(work.all_series.series[i].slug),
                          STR_FORMAT(work.all_series.series[i].name));
    return OK;
}

/* ---- an edition from its options -------------------------------------------------------------------- */

static void take_date(const CommandCall *call, const char *option, bool imprecise, Str *date) {
    Str typed = command_text(call, option);
    if (str_is_absent(typed)) return;
    if (str_is_empty(typed)) *date = STR("");
    else if (!kind_date(call->arena, typed, imprecise, date))
        arena_fail(call->arena, ERR_INPUT, "--%s %.*s is no date; write 2026-06-11%s", option, STR_FORMAT(typed),
                   imprecise ? ", 2026-06 or 2026" : "");
}

static void take_time(const CommandCall *call, const char *option, Str *time) {
    Str typed = command_text(call, option);
    if (str_is_absent(typed)) return;
    if (str_is_empty(typed)) *time = STR("");
    else if (!kind_time(call->arena, typed, time))
        arena_fail(call->arena, ERR_INPUT, "--%s %.*s is no time; write 14:00", option, STR_FORMAT(typed));
}

/* What is new of each edition, however it is made. */
static void take_new_options(const CommandCall *call, EditionForm *values, Edition *edition) {
    values->number = command_int(call, "number", values->number, 1, 500);
    values->title = text_or(call, "title", values->title);
    take_date(call, "date", true, &values->date);
    take_date(call, "closes", false, &values->closes);
    take_time(call, "from", &values->from);
    take_time(call, "to", &values->to);
    static const char *const faults[] = {
        [EDITION_ZONE_UNKNOWN] = "--zone is no time zone; one looks like this: Europe/Warsaw",
        [EDITION_HOURS_WITHOUT_DAY] = "--from and --to need a whole --date: 2026-06-11",
        [EDITION_END_WITHOUT_START] = "--to needs --from",
        [EDITION_CLOSES_AFTER_DAY] = "--closes is after the day of the gathering",
        [EDITION_ENDS_BEFORE_START] = "--to must be later than --from",
    };
    EditionFault fault = edition_form_take(values, edition);
    if (fault) arena_fail(call->arena, ERR_INPUT, "%s", faults[fault]);
}

static void take_options(const CommandCall *call, EditionForm *values, Edition *edition) {
    values->words = text_or(call, "words", values->words);
    values->zone = text_or(call, "zone", values->zone);
    if (!str_is_absent(command_text(call, "places")))
        values->places = given_int(command_int(call, "places", 0, 1, 5000));
    take_new_options(call, values, edition);
}

static void add_place_and_host(Tx *tx, const CommandCall *call, Id edition) {
    Str venue = command_text(call, "venue"), address = command_text(call, "address"), host = command_text(call, "host");
    Str gifts = command_text(call, "contribution");
    if (str_is_absent(venue) && !str_is_absent(address)) arena_fail(call->arena, ERR_INPUT, "--address needs --venue");
    if (str_is_absent(host) && !str_is_absent(gifts)) arena_fail(call->arena, ERR_INPUT, "--contribution needs --host");
    if (!str_is_absent(venue))
        edition_add_venue(tx, edition, venue, str_is_absent(address) ? STR("") : address, STR(""));
    if (str_is_absent(host)) return;
    Id party = edition_add_party(tx, edition, &(Party){.role = STR("host"), .name = host, .website = STR("")});
    StrList contributions = contributions_split(call->arena, gifts);
    edition_set_contributions(tx, edition, party, &contributions);
}

/* ---- editions --------------------------------------------------------------------------------------- */

static Err add_edition(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    Edition edition = {.series = find_series(tx, call->arguments[0]), .state = EDITION_DRAFT};
    Editions before = editions_of_series(tx, edition.series.id);
    int64_t number = command_int(call, "number", before.count ? before.editions[0].number + 1 : 1, 1, 500);
    EditionForm values = {.number = number,
                          .title = edition_title_make(call->arena, edition.series.name, number),
                          .words = STR(""),
                          .date = STR(""),
                          .zone = STR("Europe/Warsaw")};
    take_options(call, &values, &edition);
    if (!str_is_absent(command_text(call, "state"))) edition.state = state_option(tx, command_text(call, "state"));
    edition.slug = text_or(call, "slug", edition_slug_make(call->arena, values.number));
    if (!edition_slug_is_free(edition.slug))
        arena_fail(call->arena, ERR_INPUT, "%.*s cannot be an address: small letters, figures and dashes",
                   STR_FORMAT(edition.slug));
    if (edition_add(tx, &edition, &edition.id))
        arena_fail(call->arena, ERR_CONFLICT, "there is an edition %.*s of this series already",
                   STR_FORMAT(edition.slug));
    add_place_and_host(tx, call, edition.id);
    store_audit(tx, &(AuditEntry){.edition = edition.id, .action = "edition.add", .subject = edition.id});
    edition_get(tx, edition.id, &work->edition);
    return OK;
}

static void show_one(CommandCall *call, const Work *work) {
    if (call->json) show_edition_json(&call->out, &work->edition, &work->frame);
    else show_edition(&call->out, call->language, &work->edition, &work->frame);
}

static Err edition_add_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_write, &work, add_edition);
    show_one(call, &work);
    return OK;
}

static Err set_edition(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    if (!str_is_absent(command_text(call, "slug"))) arena_fail(call->arena, ERR_INPUT, "an edition keeps its address");
    Edition edition = edition_named(call, tx, call->arguments[0]);
    EditionForm values = edition_form_of(call->arena, &edition);
    take_options(call, &values, &edition);
    Err err = edition_update(tx, &edition);
    if (err) return err;
    if (!str_is_absent(command_text(call, "state")))
        err = edition_set_state(tx, edition.id, edition.version + 1, state_option(tx, command_text(call, "state")));
    if (err) return err;
    add_place_and_host(tx, call, edition.id);
    store_audit(tx, &(AuditEntry){.edition = edition.id, .action = "edition.change", .subject = edition.id});
    edition_get(tx, edition.id, &work->edition);
    work->frame = edition_frame(tx, edition.id);
    return OK;
}

static Err edition_set_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_write, &work, set_edition);
    show_one(call, &work);
    return OK;
}

static Err change_state(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    Edition edition = edition_named(call, tx, call->arguments[0]);
    Err err = edition_set_state(tx, edition.id, edition.version, state_option(tx, call->arguments[1]));
    if (err) return err;
    store_audit(tx, &(AuditEntry){.edition = edition.id, .action = "edition.state", .subject = edition.id});
    edition_get(tx, edition.id, &work->edition);
    work->frame = edition_frame(tx, edition.id);
    return OK;
}

static Err edition_state_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_write, &work, change_state);
    show_one(call, &work);
    return OK;
}

static Err read_edition(Tx *tx, void *context) {
    Work *work = context;
    work->edition = edition_named(work->call, tx, work->call->arguments[0]);
    work->frame = edition_frame(tx, work->edition.id);
    return OK;
}

static Err edition_show_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_read, &work, read_edition);
    show_one(call, &work);
    return OK;
}

static Err list_editions(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    work->editions =
        call->argument_count ? editions_of_series(tx, find_series(tx, call->arguments[0]).id) : editions_all(tx);
    return OK;
}

static Err edition_list_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_read, &work, list_editions);
    if (call->json) show_editions_json(&call->out, &work.editions);
    else show_editions(&call->out, &work.editions);
    return OK;
}

/* ---- the next edition ------------------------------------------------------------------------------- */

static bool has_line(Str lines, const char *name) {
    Str line;
    while (str_next_part(&lines, '\n', &line))
        if (str_equal(line, str_from_c(name))) return true;
    return false;
}

static void refuse_unknown_parts(const CommandCall *call, const CopyOffers *offers, const char *option) {
    Str lines = command_text(call, option), line;
    while (str_next_part(&lines, '\n', &line)) {
        bool is_known = false;
        for (size_t i = 0; i < offers->count; i++)
            is_known = is_known || str_equal(line, str_from_c(offers->offers[i].part->name));
        if (!is_known)
            arena_fail(call->arena, ERR_INPUT, "--%s %.*s: the edition has no such part; --preview names them", option,
                       STR_FORMAT(line));
    }
}

static StrList parts_asked(const CommandCall *call, const CopyOffers *offers) {
    StrList names = {arena_array(call->arena, Str, offers->count), 0};
    for (size_t i = 0; i < offers->count; i++) {
        const CopyPart *part = offers->offers[i].part;
        bool is_meant = part->is_asked ? has_line(command_text(call, "with"), part->name)
                                       : !has_line(command_text(call, "without"), part->name);
        if (is_meant) names.strs[names.count++] = str_from_c(part->name);
    }
    return names;
}

static Err preview_next(Tx *tx, void *context) {
    Work *work = context;
    work->edition = edition_named(work->call, tx, work->call->arguments[0]);
    work->offers = copy_offers(tx, work->call->application, &work->edition, NULL);
    return OK;
}

static Err make_next(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    Edition last = edition_named(call, tx, call->arguments[0]), edition = {.series = last.series};
    CopyOffers offers = copy_offers(tx, call->application, &last, NULL);
    refuse_unknown_parts(call, &offers, "without");
    refuse_unknown_parts(call, &offers, "with");
    int64_t number = command_int(call, "number", editions_of_series(tx, last.series.id).editions[0].number + 1, 1, 500);
    EditionForm before = edition_form_of(call->arena, &last);
    EditionForm values = {.number = number,
                          .title = edition_title_after(call->arena, &last, number),
                          .words = STR(""),
                          .date = STR(""),
                          .zone = before.zone};
    take_date(call, "date", true, &values.date);
    ImpreciseDate date;
    if (imprecise_date_parse(values.date, &date) && date.precision == DATE_DAY) {
        values.from = before.from;
        values.to = before.to;
    }
    take_new_options(call, &values, &edition);
    edition.slug = edition_slug_make(call->arena, values.number);
    EditionCopy copy = {.tx = tx, .from = &last, .base_url = STR_ABSENT};
    StrList parts = parts_asked(call, &offers);
    if (edition_make_next(call->application, &copy, &edition, &parts, &edition.id))
        arena_fail(call->arena, ERR_CONFLICT, "there is an edition %.*s of this series already",
                   STR_FORMAT(edition.slug));
    edition_get(tx, edition.id, &work->edition);
    work->frame = edition_frame(tx, edition.id);
    work->offers = copy_offers(tx, call->application, &last, &work->edition);
    return OK;
}

/* A line or an object each: its name, how many, what it is. */
static void list_offers(CommandCall *call, const CopyOffers *offers) {
    JsonWriter *json = command_list_begin(call);
    for (size_t i = 0; i < offers->count; i++) {
        const CopyPart *part = offers->offers[i].part;
        Str label = say(call->arena, call->language, part->label);
        if (!json) {
            buffer_format(&call->out, "%-10s %4lld  %.*s%s\n", part->name, (long long)offers->offers[i].count,
                          STR_FORMAT(label), part->is_asked ? " (--with)" : "");
            continue;
        }
        json_object_begin(json);
        json_key(json, STR("part"));
        json_add_str(json, str_from_c(part->name));
        json_key(json, STR("count"));
        json_add_int(json, offers->offers[i].count);
        json_key(json, STR("is_asked"));
        json_add_bool(json, part->is_asked);
        json_object_end(json);
    }
    command_list_end(json);
}

static Err edition_next_command(CommandCall *call) {
    Work work = {.call = call};
    if (command_flag(call, "preview")) {
        run_in(store_read, &work, preview_next);
        list_offers(call, &work.offers);
        return OK;
    }
    run_in(store_write, &work, make_next);
    show_one(call, &work);
    for (size_t i = 0; i < work.offers.count; i++)
        if (work.offers.offers[i].waits)
            command_say(call, "%s waits until the day is known", work.offers.offers[i].part->name);
    return OK;
}

/* ---- the day ---------------------------------------------------------------------------------------- */

static Err add_section(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    Edition edition = edition_of_call(call, tx);
    FrameSection section = {.kind = command_text(call, "kind"),
                            .title = text_or(call, "title", STR("")),
                            .is_protected = command_flag(call, "free")};
    if (!frame_kind_is_known(section.kind))
        arena_fail(call->arena, ERR_INPUT, "--kind %.*s is no kind of a part of the day; frame add --help lists them",
                   STR_FORMAT(section.kind));
    Str from = STR(""), to = STR("");
    take_time(call, "from", &from);
    take_time(call, "to", &to);
    ImpreciseDate day = edition_day(&edition);
    if (!moment_of(edition.zone, day, from, &section.starts_ms) || !moment_of(edition.zone, day, to, &section.ends_ms))
        arena_fail(call->arena, ERR_INPUT, "give the edition its date first: edition set … --date 2026-06-11");
    if (section.ends_ms <= section.starts_ms) arena_fail(call->arena, ERR_INPUT, "--to must be later than --from");
    section.id = edition_add_section(tx, edition.id, &section);
    work->edition = edition;
    work->frame = edition_frame(tx, edition.id);
    for (size_t i = 0; i < work->frame.count; i++) {
        Str odd = frame_warning_words(call->arena, call->language, &edition, &work->frame, i);
        if (work->frame.sections[i].id == section.id && !str_is_empty(odd))
            work->warning = str_format(call->arena, "! %.*s", STR_FORMAT(odd));
    }
    return OK;
}

static Err frame_add_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_write, &work, add_section);
    show_one(call, &work);
    if (!str_is_empty(work.warning)) command_say(call, "%.*s", STR_FORMAT(work.warning));
    return OK;
}

static Err propose_frame(Tx *tx, void *context) {
    Work *work = context;
    const CommandCall *call = work->call;
    work->edition = edition_of_call(call, tx);
    Err err = edition_take_proposed_frame(tx, &work->edition);
    if (err == ERR_CONFLICT) arena_fail(call->arena, err, "the day has parts already");
    if (err)
        arena_fail(call->arena, err,
                   "give the edition its hours first, two to twelve of them: edition set … --date 2026-06-11 "
                   "--from 14:00 --to 19:00");
    work->frame = edition_frame(tx, work->edition.id);
    return OK;
}

static Err frame_propose_command(CommandCall *call) {
    Work work = {.call = call};
    run_in(store_write, &work, propose_frame);
    show_one(call, &work);
    return OK;
}

const Command editions_commands[EDITIONS_COMMAND_COUNT] = {
    {"series add", "NAME", "make a series of gatherings", OPTIONS(series_options), 1, 1, STORE_NEEDED,
     series_add_command, .changes = true},
    {"series list", "", "list the series", NO_OPTIONS, .store = STORE_MUST_EXIST, .run = series_list_command},
    {"edition add", "SERIES", "make an edition, a draft at first", OPTIONS(edition_options), 1, 1, STORE_MUST_EXIST,
     edition_add_command, .changes = true},
    {"edition next", "SERIES/EDITION", "make the next edition from this one, a draft at first", OPTIONS(next_options),
     1, 1, STORE_MUST_EXIST, edition_next_command, .changes = true, .states = STATES_ALL},
    {"edition list", "[SERIES]", "list the editions, the newest first", NO_OPTIONS, 0, 1, STORE_MUST_EXIST,
     edition_list_command},
    {"edition show", "SERIES/EDITION", "show an edition and its day", NO_OPTIONS, 1, 1, STORE_MUST_EXIST,
     edition_show_command},
    {"edition set", "SERIES/EDITION", "change an edition: what is given, the rest stays", OPTIONS(edition_options), 1,
     1, STORE_MUST_EXIST, edition_set_command, .changes = true},
    {"edition state", "SERIES/EDITION STATE", "open or close the sign-ups, publish, finish", NO_OPTIONS, 2, 2,
     STORE_MUST_EXIST, edition_state_command, .changes = true, .states = STATES_ALL},
    {"frame add", "", "add a part of the day", OPTIONS(frame_options), .store = STORE_MUST_EXIST,
     .run = frame_add_command, .changes = true},
    {"frame propose", "", "begin a day without parts with those of an ordinary afternoon", OPTIONS(propose_options),
     .store = STORE_MUST_EXIST, .run = frame_propose_command, .changes = true},
};
