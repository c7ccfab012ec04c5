// SPDX-License-Identifier: EUPL-1.2
/* Sign-ups on the command line: importing a sheet, listing, deciding. */
#include "gathering/editions/call.h"
#include "gathering/signups/export_sheet.h"
#include "gathering/signups/import_plan.h"
#include "gathering/signups/internal.h"
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/format/json_write.h"

/* ---- import -------------------------------------------------------------------------------------------------- */

typedef struct Import {
    CommandCall *call;
    CsvSheet csv;
    ImportSheet sheet;
    ImportPlan plan; /* made before the writer is held */
    ImportWish wish;
    bool is_confirmed;
} Import;

/* The lines that an option names, added to the ticks. */
static size_t add_ticks(const Import *import, const char *option, bool is_same, ImportTick *ticks, size_t count) {
    Str line;
    int64_t number;
    for (Str rest = command_text(import->call, option); str_next_part(&rest, '\n', &line); count++) {
        if (!str_to_int(line, &number) || number < 1)
            arena_fail(import->call->arena, ERR_INPUT, "--%s %.*s: expected the number of a line", option,
                       STR_FORMAT(line));
        ticks[count] = (ImportTick){(size_t)number, is_same, STR_ABSENT};
    }
    return count;
}

static int compare_ticks(const void *a, const void *b) {
    const ImportTick *left = a, *right = b;
    return left->line < right->line ? -1 : left->line > right->line;
}

/* What --same, --other and --take-doubtful say of the doubtful rows. */
static void read_wish(Import *import) {
    Str same = command_text(import->call, "same"), other = command_text(import->call, "other");
    ImportTick *ticks = arena_array(import->call->arena, ImportTick, same.size + other.size + 2);
    size_t count = add_ticks(import, "same", true, ticks, 0);
    count = add_ticks(import, "other", false, ticks, count);
    if (count) qsort(ticks, count, sizeof *ticks, compare_ticks);
    for (size_t i = 1; i < count; i++)
        if (ticks[i].line == ticks[i - 1].line && ticks[i].is_same != ticks[i - 1].is_same)
            arena_fail(import->call->arena, ERR_INPUT, "line %zu cannot be both --same and --other", ticks[i].line);
    import->wish = (ImportWish){
        .ticks = ticks,
        .tick_count = count,
        .takes_doubtful = command_flag(import->call, "take-doubtful"),
        .is_listed = command_flag(import->call, "listed"),
    };
}

/* A line that is no doubtful row was meant for another sheet, or mistyped. */
static void check_ticks(const Import *import, const ImportPlan *plan) {
    for (size_t i = 0; i < import->wish.tick_count; i++) {
        const ImportTick *tick = &import->wish.ticks[i];
        const ImportPlanRow *row = NULL;
        for (size_t j = 0; j < plan->count && !row; j++)
            if (plan->rows[j].read.line == tick->line) row = &plan->rows[j];
        if (!row) arena_fail(import->call->arena, ERR_INPUT, "no row of the sheet begins in line %zu", tick->line);
    }
}

static void assign_columns(Import *import) {
    CommandCall *call = import->call;
    Str corrections = command_text(call, "column"), line;
    if (str_is_absent(corrections)) return;
    for (Str rest = corrections; str_next_part(&rest, '\n', &line);) {
        size_t split = line.size;
        while (split > 0 && line.data[split - 1] != '=') split--;
        Str field_name = str_skip(line, split), column = str_slice(line, 0, split > 0 ? split - 1 : 0);
        ImportField field;
        if (split == 0 || !import_field_parse(field_name, &field) || field == IMPORT_QUESTION)
            arena_fail(call->arena, ERR_INPUT,
                       "--column %.*s: write it NAME=FIELD, with a field like name, email, phone, people or none",
                       STR_FORMAT(line));
        if (import_column_set(call->arena, &import->sheet, column, field, 0))
            arena_fail(call->arena, ERR_INPUT, "--column %.*s: the sheet has no such column", STR_FORMAT(line));
    }
}

static void write_columns(CommandCall *call, const ImportSheet *sheet) {
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (sheet->columns[i].field == IMPORT_LEFT_OUT) continue;
        buffer_format(&call->out, "  %.*s = %s\n", STR_FORMAT(sheet->columns[i].head),
                      import_field_name(sheet->columns[i].field));
    }
    Str not_read = import_not_read_words(call->arena, call->language, sheet);
    if (!str_is_absent(not_read)) buffer_format(&call->out, "%.*s\n", STR_FORMAT(not_read));
    buffer_add_char(&call->out, '\n');
}

static void write_row(CommandCall *call, const ImportPlanRow *row) {
    buffer_format(&call->out, "%5zu  %-9s %.*s\n", row->read.line, import_fate_name(row->fate),
                  STR_FORMAT(row->read.name));
    for (size_t i = 0; i < row->read.notes.count; i++) {
        const ImportNote *note = &row->read.notes.notes[i];
        buffer_format(&call->out, "       %zu:%zu %.*s\n", note->line, note->column,
                      STR_FORMAT(import_note_words(call->arena, call->language, note)));
    }
}

static void write_counts(CommandCall *call, const ImportPlan *plan) {
    buffer_format(&call->out, "\nnew %zu, same as before %zu, doubtful %zu, cannot be taken %zu\n",
                  plan->by_fate[IMPORT_NEW], plan->by_fate[IMPORT_SAME], plan->by_fate[IMPORT_DOUBTFUL],
                  plan->by_fate[IMPORT_WRONG]);
}

static void json_pair(JsonWriter *json, const char *key, Str value) {
    json_key(json, str_from_c(key));
    json_add_str(json, value);
}

static void json_count(JsonWriter *json, const char *key, size_t value) {
    json_key(json, str_from_c(key));
    json_add_int(json, (int64_t)value);
}

static void write_row_json(CommandCall *call, JsonWriter *json, const ImportPlanRow *row) {
    json_object_begin(json);
    json_count(json, "line", row->read.line);
    json_pair(json, "fate", str_from_c(import_fate_name(row->fate)));
    json_pair(json, "organisation", row->read.name);
    json_key(json, STR("notes"));
    json_array_begin(json);
    for (size_t i = 0; i < row->read.notes.count; i++) {
        const ImportNote *note = &row->read.notes.notes[i];
        json_object_begin(json);
        json_pair(json, "why", str_from_c(import_why_name(note->why)));
        json_pair(json, "field", str_from_c(import_field_name(note->field)));
        json_count(json, "line", note->line);
        json_count(json, "column", note->column);
        json_pair(json, "words", import_note_words(call->arena, call->language, note));
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static void write_plan_json(Import *import, const ImportPlan *plan, const ImportTaken *taken) {
    CommandCall *call = import->call;
    JsonWriter json = json_begin(&call->out, 2);
    json_object_begin(&json);
    json_pair(&json, "encoding", str_from_c(csv_encoding_name(import->csv.encoding)));
    for (size_t i = 0; i < IMPORT_FATE_COUNT; i++) json_count(&json, import_fate_name((ImportFate)i), plan->by_fate[i]);
    if (import->is_confirmed) {
        json_count(&json, "added", taken->added);
        json_count(&json, "updated", taken->updated);
        json_count(&json, "left", taken->left);
    }
    StrList not_read = import_columns_not_read(call->arena, &import->sheet);
    json_key(&json, STR("columns_not_read"));
    json_array_begin(&json);
    for (size_t i = 0; i < not_read.count; i++) json_add_str(&json, not_read.strs[i]);
    json_array_end(&json);
    json_key(&json, STR("rows"));
    json_array_begin(&json);
    for (size_t i = 0; i < plan->count; i++) write_row_json(call, &json, &plan->rows[i]);
    json_array_end(&json);
    json_object_end(&json);
    buffer_add_char(&call->out, '\n');
}

static void write_plan(Import *import, const ImportPlan *plan, const ImportTaken *taken) {
    CommandCall *call = import->call;
    buffer_clear(&call->out); /* the transaction may run again */
    if (call->json) {
        write_plan_json(import, plan, taken);
        return;
    }
    write_columns(call, &import->sheet);
    for (size_t i = 0; i < plan->count; i++) write_row(call, &plan->rows[i]);
    write_counts(call, plan);
    if (import->is_confirmed)
        buffer_format(&call->out, "written: %zu new, %zu changed; left out: %zu\n", taken->added, taken->updated,
                      taken->left);
    if (taken->unkept)
        buffer_format(&call->out, "%zu answers to own questions were not kept as such: they stand in notes\n",
                      taken->unkept);
    if (!import->is_confirmed)
        buffer_add(&call->out, STR("nothing is written; add --confirm to take the new rows. Doubtful ones are taken "
                                   "with --same LINE (it is "
                                   "the organisation it may be: the row replaces its answers), --other LINE, or "
                                   "--take-doubtful for all\n"));
}

static Err preview_or_take(Tx *tx, void *context) {
    Import *import = context;
    Edition edition = edition_of_call(import->call, tx);
    ImportPlan plan = import_plan_renewed(tx, &edition, &import->sheet, &import->plan);
    ImportTaken taken = {0};
    check_ticks(import, &plan);
    if (import->is_confirmed) taken = import_plan_take(tx, &edition, &plan, &import->wish);
    write_plan(import, &plan, &taken);
    return OK;
}

/* Before the writer is held. */
static Err make_plan(Tx *tx, void *context) {
    Import *import = context;
    Edition edition = edition_of_call(import->call, tx);
    import_sheet_ask(tx_arena(tx), &import->sheet,
                     import_questions(tx, import->call->application, edition.id, import->call->language));
    import->plan = import_plan_make(tx, &edition, &import->sheet);
    return OK;
}

static Err import_signups(CommandCall *call) {
    Import import = {.call = call, .is_confirmed = command_flag(call, "confirm")};
    read_wish(&import);
    Str bytes = command_read_file(call, call->arguments[0], LIMIT_UPLOAD_BYTES);
    if (csv_read(call->arena, bytes, &(CsvOptions){0}, &import.csv))
        arena_fail(call->arena, ERR_INPUT, "%.*s is no CSV text; save it as CSV first", STR_FORMAT(call->arguments[0]));
    import.sheet = import_sheet_open(call->arena, &import.csv);
    assign_columns(&import);
    if (!import_sheet_has(&import.sheet, IMPORT_NAME))
        arena_fail(call->arena, ERR_INPUT,
                   "no column looks like the name of the organisation; say which with --column NAME=name");
    Err err = store_read(call->store, call->arena, make_plan, &import);
    if (err) return err;
    return import.is_confirmed ? store_write(call->store, call->arena, preview_or_take, &import)
                               : store_read(call->store, call->arena, preview_or_take, &import);
}

/* ---- list ---------------------------------------------------------------------------------------------------- */

static void json_signup(CommandCall *call, JsonWriter *json, const Signup *signup) {
    json_object_begin(json);
    json_pair(json, "id", id_text(call->arena, signup->id));
    json_pair(json, "organisation", signup->organisation_name);
    json_pair(json, "state", str_from_c(signup_state_name(signup->state)));
    json_count(json, "people", (size_t)signup->people);
    json_key(json, STR("first_time"));
    json_add_bool(json, signup->first_time);
    json_pair(json, "contact", signup->contact_name);
    json_pair(json, "email", signup->contact_email);
    json_pair(json, "phone", signup->contact_phone);
    json_pair(json, "submitted", time_to_text(call->arena, signup->submitted_ms));
    json_object_end(json);
}

static void text_signup(CommandCall *call, const Signup *signup) {
    buffer_format(&call->out, "%.*s  %-9s %3lld  %.*s\n", STR_FORMAT(id_text(call->arena, signup->id)),
                  signup_state_name(signup->state), (long long)signup->people, STR_FORMAT(signup->organisation_name));
}

static Err list_in(Tx *tx, void *context) {
    CommandCall *call = context;
    SignupState state;
    Str wanted = command_text(call, "state");
    if (!str_is_absent(wanted) && !signup_state_parse(wanted, &state))
        arena_fail(tx_arena(tx), ERR_INPUT, "--state %.*s: one of new, accepted, waiting, declined, withdrawn",
                   STR_FORMAT(wanted));
    Signups all = signups_of(tx, edition_of_call(call, tx).id);
    JsonWriter *json = command_list_begin(call);
    for (size_t i = 0; i < all.count; i++) {
        if (!str_is_absent(wanted) && all.signups[i].state != state) continue;
        if (json) json_signup(call, json, &all.signups[i]);
        else text_signup(call, &all.signups[i]);
    }
    command_list_end(json);
    return OK;
}

static Err list_signups(CommandCall *call) { return store_read(call->store, call->arena, list_in, call); }

/* ---- export -------------------------------------------------------------------------------------------------- */

static Err export_in(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Signups all = signups_of(tx, edition.id);
    const Signup **signups = arena_array(call->arena, const Signup *, all.count);
    for (size_t i = 0; i < all.count; i++) signups[i] = &all.signups[i];
    buffer_clear(&call->out);
    signups_write_sheet(tx, call->application, &edition, call->language, signups, all.count, &call->out);
    return OK;
}

static Err export_signups(CommandCall *call) { return store_read(call->store, call->arena, export_in, call); }

/* ---- decide -------------------------------------------------------------------------------------------------- */

typedef struct Deciding {
    CommandCall *call;
    SignupState to;
    size_t done;
    OptionalInt places_left; /* before; only where accepting */
} Deciding;

static void decide_one(const Deciding *deciding, Tx *tx, Id edition, const Signup *signup) {
    Str reason = command_text(deciding->call, "reason");
    Err err = signup_decide(tx, &(SignupDecision){.edition = edition,
                                                  .signup = signup->id,
                                                  .version = signup->version,
                                                  .to = deciding->to,
                                                  .reason = reason});
    if (err)
        arena_fail(tx_arena(tx), ERR_CONFLICT, "\"%.*s\" is %s and cannot become %s; nothing is changed",
                   STR_FORMAT(signup->organisation_name), signup_state_name(signup->state),
                   signup_state_name(deciding->to));
}

typedef struct Named {
    const Signup *signup;
    size_t count; /* how many are called so */
} Named;

/* exact: as it is written; else without the words of legal forms. */
static Named find_named(const Signups *all, Arena *arena, Str word, bool exact) {
    Named named = {0};
    Str wanted = exact ? utf8_fold(arena, word) : organisation_fold_name(arena, word);
    for (size_t i = 0; i < all->count; i++) {
        Str name = all->signups[i].organisation_name;
        if (!str_equal(exact ? utf8_fold(arena, name) : organisation_fold_name(arena, name), wanted)) continue;
        named.signup = &all->signups[i];
        named.count++;
    }
    return named;
}

/* By id, or by the organisation's name. */
static const Signup *find_signup(const Signups *all, Tx *tx, Str word) {
    Id id;
    bool is_id = id_parse(word, &id);
    for (size_t i = 0; is_id && i < all->count; i++)
        if (all->signups[i].id == id) return &all->signups[i];
    Named named = find_named(all, tx_arena(tx), word, true);
    if (!named.count) named = find_named(all, tx_arena(tx), word, false);
    if (named.count > 1)
        arena_fail(tx_arena(tx), ERR_CONFLICT,
                   "%zu sign-ups of this edition are called \"%.*s\": name it by its id (`signups list`); nothing is "
                   "changed",
                   named.count, STR_FORMAT(word));
    if (named.count == 1) return named.signup;
    arena_fail(tx_arena(tx), ERR_NOT_FOUND, "there is no sign-up \"%.*s\" in this edition; nothing is changed",
               STR_FORMAT(word));
}

static Err decide_in(Tx *tx, void *context) {
    Deciding *deciding = context;
    CommandCall *call = deciding->call;
    Edition whole = edition_of_call(call, tx);
    Id edition = whole.id;
    Signups all = signups_of(tx, edition);
    OptionalInt left = signup_places_left(tx, &whole);
    deciding->done = 0;
    deciding->places_left = left.given && deciding->to == SIGNUP_ACCEPTED ? left : (OptionalInt){0};
    for (size_t i = 0; i < call->argument_count; i++, deciding->done++)
        decide_one(deciding, tx, edition, find_signup(&all, tx, call->arguments[i]));
    if (!command_flag(call, "all-new")) return OK;
    for (size_t i = 0; i < all.count; i++) {
        if (all.signups[i].state != SIGNUP_NEW) continue;
        decide_one(deciding, tx, edition, &all.signups[i]);
        deciding->done++;
    }
    return OK;
}

static Err decide_signups(CommandCall *call, SignupState to) {
    if (call->argument_count == 0 && !command_flag(call, "all-new"))
        arena_fail(call->arena, ERR_INPUT, "name the sign-ups by id or organisation, or say --all-new");
    if (to == SIGNUP_DECLINED && str_is_empty(command_text(call, "reason")))
        arena_fail(call->arena, ERR_INPUT, "--reason is needed: it goes into their letter");
    Deciding deciding = {.call = call, .to = to};
    Err err = store_write(call->store, call->arena, decide_in, &deciding);
    if (!err && call->json) buffer_format(&call->out, "{\"%s\": %zu}\n", signup_state_name(to), deciding.done);
    else if (!err) buffer_format(&call->out, "%s: %zu\n", signup_state_name(to), deciding.done);
    if (!err && deciding.places_left.given && (int64_t)deciding.done > deciding.places_left.value)
        command_say(call, "! that is more than there were places left (%lld)", (long long)deciding.places_left.value);
    return err;
}

static Err accept_signups(CommandCall *call) { return decide_signups(call, SIGNUP_ACCEPTED); }
static Err decline_signups(CommandCall *call) { return decide_signups(call, SIGNUP_DECLINED); }
static Err wait_signups(CommandCall *call) { return decide_signups(call, SIGNUP_WAITING); }
static Err withdraw_signups(CommandCall *call) { return decide_signups(call, SIGNUP_WITHDRAWN); }

/* ---- the table ----------------------------------------------------------------------------------------------- */

static const CommandOption import_options[] = {
    {.name = "edition", .value = "SERIES/EDITION", .help = "into which edition", .is_required = true},
    {.name = "column",
     .value = "NAME=FIELD",
     .help = "what a column is (its name or number); may be given several times",
     .is_repeated = true},
    {.name = "same",
     .value = "LINE",
     .help = "take this doubtful row: it is the organisation it may be; may be given several times",
     .is_repeated = true},
    {.name = "other",
     .value = "LINE",
     .help = "take this doubtful row as an organisation of its own; may be given several times",
     .is_repeated = true},
    {.name = "take-doubtful", .help = "take all other doubtful rows too, each as an organisation of its own"},
    {.name = "listed", .help = "the contacts agreed that their organisations are named in public"},
    {.name = "confirm", .help = "write it; without this only say what would become of each row"},
};
static const CommandOption list_options[] = {
    {.name = "edition", .value = "SERIES/EDITION", .help = "of which edition", .is_required = true},
    {.name = "state", .value = "STATE", .help = "only new, accepted, waiting, declined or withdrawn ones"},
};
static const CommandOption export_options[] = {
    {.name = "edition", .value = "SERIES/EDITION", .help = "of which edition", .is_required = true},
};
static const CommandOption decide_options[] = {
    {.name = "edition", .value = "SERIES/EDITION", .help = "of which edition", .is_required = true},
    {.name = "all-new", .help = "all that wait for a decision"},
    {.name = "reason", .value = "WORDS", .help = "why, in words for them (needed to decline)"},
};

const Command signups_commands[SIGNUPS_COMMANDS] = {
    {"import signups", "FILE.csv", "take sign-ups from a sheet", OPTIONS(import_options), 1, 1, STORE_MUST_EXIST,
     import_signups, .changes = true},
    {"signups list", "", "list the sign-ups of an edition", OPTIONS(list_options), 0, 0, STORE_MUST_EXIST,
     list_signups},
    {"signups export", "", "print the sign-ups of an edition as a sheet (CSV), which the import reads again",
     OPTIONS(export_options), 0, 0, STORE_MUST_EXIST, export_signups},
    {"signups accept", "[SIGN-UP…]", "accept sign-ups", OPTIONS(decide_options), 0, COMMAND_MOST_ARGUMENTS,
     STORE_MUST_EXIST, accept_signups, .changes = true},
    {"signups decline", "[SIGN-UP…]", "decline sign-ups", OPTIONS(decide_options), 0, COMMAND_MOST_ARGUMENTS,
     STORE_MUST_EXIST, decline_signups, .changes = true},
    {"signups wait", "[SIGN-UP…]", "put sign-ups on the waiting list", OPTIONS(decide_options), 0,
     COMMAND_MOST_ARGUMENTS, STORE_MUST_EXIST, wait_signups, .changes = true},
    {"signups withdraw", "[SIGN-UP…]", "withdraw sign-ups on their behalf", OPTIONS(decide_options), 0,
     COMMAND_MOST_ARGUMENTS, STORE_MUST_EXIST, withdraw_signups, .changes = true},
};
