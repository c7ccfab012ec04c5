// SPDX-License-Identifier: EUPL-1.2
#include "port_command.h"

#include "platform/store/port.h"
#include <sys/stat.h>
#include <unistd.h>

enum { BETWEEN_LINES_MS = 100 };

/* ---- what was typed ------------------------------------------------------------------------------------ */

/* A server's address; a file; or a data folder, which is one that is there or ends in a slash: the file in it. */
static const char *place_of(CommandCall *call, size_t argument) {
    Str typed = call->arguments[argument];
    if (str_is_empty(typed)) arena_fail(call->arena, ERR_INPUT, "a file, a folder or the address of a server is empty");
    const char *place = str_to_c(call->arena, typed);
    command_blot(typed);
    struct stat found;
    bool is_slashed = str_ends_with(typed, STR("/")), is_server = str_contains(typed, STR("://"));
    if (is_server || !(is_slashed || (stat(place, &found) == 0 && S_ISDIR(found.st_mode)))) return place;
    return str_format(call->arena, "%s%swspolnie.db", place, is_slashed ? "" : "/").data;
}

/* ---- how far it is --------------------------------------------------------------------------------------- */

typedef struct Shown {
    const CommandCall *call;
    bool is_terminal;
    int64_t shown_ms;
} Shown;

static void clear_line(const Shown *shown) {
    if (shown->is_terminal && shown->shown_ms) fputs("\r\033[K", stderr);
}

/* On a terminal one line that goes on; else one for each table that was copied. */
static void show(void *context, const PortProgress *progress) {
    Shown *shown = context;
    bool is_at_end = progress->rows == progress->all_rows && !progress->is_checking;
    if (!shown->is_terminal) {
        if (is_at_end) command_say(shown->call, "copied %s: %lld", progress->table->name, (long long)progress->rows);
        return;
    }
    int64_t now_ms = clock_monotonic_ns() / 1000000;
    if (now_ms - shown->shown_ms < BETWEEN_LINES_MS) return;
    shown->shown_ms = now_ms;
    fprintf(stderr, "\r\033[K%3lld%% %s %s, %lld of %lld rows", (long long)(progress->done * 100 / progress->all_to_do),
            progress->is_checking ? "reading back" : "copying", progress->table->name, (long long)progress->rows,
            (long long)progress->all_rows);
    fflush(stderr);
}

/* ---- what came of it ------------------------------------------------------------------------------------- */

static Str hexadecimal(CommandCall *call, const PortTally *tally) {
    Buffer text = buffer_in(call->arena);
    for (size_t i = 0; i < PORT_CHECKSUM_SIZE; i++) buffer_format(&text, "%02x", tally->checksum[i]);
    return buffer_str(&text);
}

static void write_tally(CommandCall *call, JsonWriter *json, const char *side, const PortTally *tally) {
    json_key(json, str_from_c(side));
    json_object_begin(json);
    json_key(json, STR("rows")), json_add_int(json, tally->rows);
    json_key(json, STR("checksum")), json_add_str(json, hexadecimal(call, tally));
    json_object_end(json);
}

static void write_json(CommandCall *call, const PortReport *report) {
    JsonWriter json = json_begin(&call->out, 2);
    json_object_begin(&json);
    json_key(&json, STR("same")), json_add_bool(&json, report->is_same);
    json_key(&json, STR("tables"));
    json_array_begin(&json);
    for (size_t i = 0; i < report->count; i++) {
        json_object_begin(&json);
        json_key(&json, STR("table")), json_add_str(&json, str_from_c(report->tables[i].table->name));
        json_key(&json, STR("same")), json_add_bool(&json, report->tables[i].is_same);
        write_tally(call, &json, "from", &report->tables[i].source);
        write_tally(call, &json, "to", &report->tables[i].target);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    buffer_add_char(&call->out, '\n');
}

static void write_text(CommandCall *call, const PortReport *report, Str to) {
    int64_t rows = 0;
    for (size_t i = 0; i < report->count; i++) {
        const PortTable *table = &report->tables[i];
        rows += table->source.rows;
        buffer_format(&call->out, "%-22s %10lld  %.*s\n", table->table->name, (long long)table->source.rows,
                      STR_FORMAT(hexadecimal(call, &table->source)));
        if (!table->is_same)
            buffer_format(&call->out, "%-22s %10lld  %.*s  read back: not the same\n", "",
                          (long long)table->target.rows, STR_FORMAT(hexadecimal(call, &table->target)));
    }
    if (report->is_same)
        buffer_format(&call->out, "%lld rows of %zu tables are in %.*s, the same on both sides.\n", (long long)rows,
                      report->count, STR_FORMAT(to));
    else buffer_add(&call->out, STR("What was read back differs: nothing was kept.\n"));
}

Err port_command(CommandCall *call) {
    Shown shown = {.call = call, .is_terminal = isatty(STDERR_FILENO) && !call->quiet && !call->json};
    PortOptions options = {
        .from = place_of(call, 0), .to = place_of(call, 1), .clock = call->clock, .seen = show, .context = &shown};
    PortReport report;
    Err err = store_port(call->arena, &options, &report);
    clear_line(&shown);
    bool differs = report.count && !report.is_same;
    if (err && !differs) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    if (call->json) write_json(call, &report);
    else write_text(call, &report, call->arguments[1]);
    return err;
}
