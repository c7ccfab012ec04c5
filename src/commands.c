// SPDX-License-Identifier: EUPL-1.2
#include "commands.h"

#include "gathering/editions/editions.h"
#include "gathering/organisations/name_keys.h"
#include "gathering/signups/catalogue.h"
#include "mail_command.h"
#include "platform/base/log.h"
#include "platform/dump/dump.h"
#include "platform/format/json_write.h"
#include "platform/jobs/outbox.h"
#include "port_command.h"
#include "serve.h"
#include <unistd.h>

/* ---- copies ------------------------------------------------------------------------------------------ */

static void write_path(CommandCall *call, const char *key, const char *words, const char *path) {
    if (!call->json) {
        buffer_format(&call->out, "%s: %s\n", words, path);
        return;
    }
    JsonWriter json = json_begin(&call->out, 0);
    json_object_begin(&json);
    json_key(&json, str_from_c(key)), json_add_str(&json, str_from_c(path));
    json_object_end(&json);
    buffer_add_char(&call->out, '\n');
}

/* For the page that says what is ready before the first letter leaves. The copy is there whatever becomes of the note.
 */
static Err note_backup(Tx *tx, void *context) {
    (void)context;
    store_audit(tx, &(AuditEntry){.action = "store.backup"});
    return OK;
}

static Err backup(CommandCall *call) {
    const char *path = str_to_c(call->arena, call->arguments[0]);
    Err err = store_backup(call->store, call->arena, path);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    if (store_write(call->store, call->arena, note_backup, NULL))
        log_warning(STR("backup"), "that the copy was made could not be noted");
    write_path(call, "backup", "The copy is complete", path);
    return OK;
}

static Err restore(CommandCall *call) {
    const char *from = str_to_c(call->arena, call->arguments[0]), *to = call->store_at;
    if (access(from, R_OK) == 0) command_make_folder(call); /* a copy that is not there makes nothing */
    Err err = store_restore(call->arena, from, to);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    write_path(call, "restored", "Restored to", to);
    return OK;
}

static void write_finding(CommandCall *call, Str finding) {
    JsonWriter json = json_begin(&call->out, 2);
    json_object_begin(&json);
    json_key(&json, STR("sound")), json_add_bool(&json, str_is_absent(finding));
    json_key(&json, STR("finding")), json_add_str(&json, finding);
    json_object_end(&json);
    buffer_add_char(&call->out, '\n');
}

static Err check(CommandCall *call) {
    Str finding;
    Err err = store_check(call->store, call->arena, &finding);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    bool is_sound = str_is_absent(finding);
    if (call->json) write_finding(call, finding);
    else if (is_sound) buffer_add(&call->out, STR("The data file is sound.\n"));
    else buffer_format(&call->out, "The data file is damaged: %.*s\n", STR_FORMAT(finding));
    return is_sound ? OK : ERR_IO;
}

static Err import(CommandCall *call) {
    Err err = dump_import_command(call, edition_is_archived);
    Id after = 0;
    do {
        if (!err) err = name_keys_catch_up(call->store, call->arena, &after);
    } while (!err && after);
    do {
        if (!err) err = catalogue_catch_up(call->store, call->arena, &after);
    } while (!err && after);
    return err;
}

/* ---- what packages need --------------------------------------------------------------------------------- */

static CommandTable whole_table(const CommandCall *call) {
    const House *house = call->application;
    return house_command_table(call->arena, house);
}

static Err manual(CommandCall *call) {
    CommandTable table = whole_table(call);
    command_write_man(&call->out, &table);
    return OK;
}

static Err completion(CommandCall *call) {
    CommandTable table = whole_table(call);
    Str shell = call->argument_count ? call->arguments[0] : STR("bash");
    if (!command_write_completion(&call->out, &table, shell))
        arena_fail(call->arena, ERR_INPUT, "there is a completion for bash, zsh and fish; none for %.*s",
                   STR_FORMAT(shell));
    return OK;
}

const Command house_commands[] = {
    {"serve", "", "serve the gathering to browsers", serve_options, SERVE_OPTION_COUNT, .store = STORE_OWN,
     .run = serve_command},
    {"demo", "", "serve the demo gathering; everything in it is invented", serve_options, SERVE_OPTION_COUNT,
     .store = STORE_OWN, .run = demo_command},
    {"routes", "", "list every address, its method and who may use it", NO_OPTIONS, .run = routes_command},
    {"backup", "FILE", "copy the data file, also while it is served", NO_OPTIONS, 1, 1, STORE_MUST_EXIST, backup},
    {"restore", "FILE", "put a copy in the data file's place, which must be empty", NO_OPTIONS, 1, 1, STORE_OWN,
     restore},
    {"port", "FROM TO", "copy everything between files and PostgreSQL servers; TO must be empty", NO_OPTIONS, 2, 2,
     STORE_NOT_USED, port_command},
    {"check", "", "read the whole data file and say whether it is sound", NO_OPTIONS, .store = STORE_MUST_EXIST,
     .run = check},
    {"export", "", "write everything, or a series, as one JSON document", dump_export_options, DUMP_EXPORT_OPTION_COUNT,
     0, 0, STORE_MUST_EXIST, dump_export_command},
    {"import", "FILE.json", "take in what export wrote; importing twice changes nothing", NO_OPTIONS, 1, 1,
     STORE_NEEDED, import, .changes = true},
    {"mail list", "", "list letters, newest first, and how it stands with each", mail_list_options,
     MAIL_LIST_OPTION_COUNT, 0, 0, STORE_MUST_EXIST, mail_list_command},
    {"mail test", "ADDRESS", "write a letter that shows whether mail arrives", NO_OPTIONS, 1, 1, STORE_MUST_EXIST,
     mail_test_command},
    {"help man", "", "print the manual page", NO_OPTIONS, .run = manual},
    {"help completion", "[SHELL]", "print the completion for bash, zsh or fish", NO_OPTIONS, 0, 1, STORE_NOT_USED,
     completion},
};
const size_t house_command_count = COUNT(house_commands);
