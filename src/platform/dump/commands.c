// SPDX-License-Identifier: EUPL-1.2
#include "platform/dump/dump.h"

#include "platform/format/json_read.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* ---- export ------------------------------------------------------------------------------------------------ */

typedef struct ExportWork {
    CommandCall *call;
    RowScope scope;
    Buffer document;
} ExportWork;

typedef struct FindSeries {
    Str slug;
    Id found;
} FindSeries;

static void look_at_series(void *context, const StoreTable *table, const RowValue *values) {
    FindSeries *find = context;
    size_t id = 0, slug = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (str_equal(str_from_c(table->columns[i].name), STR("id"))) id = i;
        if (str_equal(str_from_c(table->columns[i].name), STR("slug"))) slug = i;
    }
    if (str_equal(values[slug].text, find->slug)) find->found = values[id].integer;
}

static Err export_work(Tx *tx, void *context) {
    ExportWork *work = context;
    Str slug = command_text(work->call, "series");
    if (!str_is_absent(slug)) {
        FindSeries find = {.slug = slug};
        rows_each(tx, row_table(STR("series")), &(RowScope){0}, look_at_series, &find);
        if (!find.found) arena_fail(tx_arena(tx), ERR_NOT_FOUND, "there is no series %.*s", STR_FORMAT(slug));
        work->scope.series = find.found;
    }
    dump_export(tx, &work->scope, &work->document);
    return OK;
}

/* The whole file, on disk, or none. */
static void write_file(CommandCall *call, Str path, Str content) {
    const char *name = str_to_c(call->arena, path), *part = str_format(call->arena, "%s.part", name).data;
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        arena_fail(call->arena, errno == EACCES ? ERR_DENIED : ERR_IO, "%s cannot be written: %s", name,
                   strerror(errno));
    size_t written = 0;
    while (written < content.size) {
        ssize_t wrote = write(fd, content.data + written, content.size - written);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) break;
        written += (size_t)wrote;
    }
    int fault = written < content.size || fsync(fd) != 0 ? errno : 0;
    if (close(fd) != 0 && !fault) fault = errno;
    if (!fault && rename(part, name) != 0) fault = errno;
    if (!fault) return;
    unlink(part);
    arena_fail(call->arena, fault == ENOSPC ? ERR_FULL : ERR_IO, "%s cannot be written: %s", name, strerror(fault));
}

Err dump_export_command(CommandCall *call) {
    ExportWork work = {
        .call = call, .scope = {.with_people = command_flag(call, "with-people")}, .document = buffer_in(call->arena)};
    Err err = store_read(call->store, call->arena, export_work, &work);
    if (err) return err;
    Str to = command_text(call, "output");
    if (str_is_absent(to)) buffer_add(&call->out, buffer_str(&work.document));
    else write_file(call, to, buffer_str(&work.document));
    return OK;
}

/* ---- import -------------------------------------------------------------------------------------------------- */

typedef struct ImportWork {
    DumpClosed is_closed;
    Str document, problem;
    DumpCounts counts;
} ImportWork;

static Err import_work(Tx *tx, void *context) {
    ImportWork *work = context;
    return dump_import_into(tx, work->document, work->is_closed, &work->counts, &work->problem);
}

Err dump_import_command(CommandCall *call, DumpClosed is_closed) {
    Str path = call->arguments[0];
    ImportWork work = {.is_closed = is_closed, .document = command_read_file(call, path, JSON_LIMIT_BYTES)};
    Err err = store_write(call->store, call->arena, import_work, &work);
    if (err && !str_is_empty(work.problem))
        arena_fail(call->arena, err, "%.*s: %.*s", STR_FORMAT(path), STR_FORMAT(work.problem));
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    if (call->json)
        buffer_format(&call->out, "{\"added\":%lld,\"same\":%lld}\n", (long long)work.counts.added,
                      (long long)work.counts.same);
    else
        buffer_format(&call->out, "%lld rows added; %lld were here already.\n", (long long)work.counts.added,
                      (long long)work.counts.same);
    return OK;
}

const CommandOption dump_export_options[DUMP_EXPORT_OPTION_COUNT] = {
    {"series", "SLUG", "one series with all that belongs to it; without it, everything"},
    {"with-people", NULL, "also persons, their consents and what is personal"},
    {"output", "FILE", "write to FILE, whole or not at all (default: print)"},
};
