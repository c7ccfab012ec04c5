// SPDX-License-Identifier: EUPL-1.2
#include "mail_command.h"

#include "platform/format/mime.h"
#include "platform/jobs/outbox.h"

enum { LISTED = 1000, LISTED_MOST = 100000 };

const CommandOption mail_list_options[MAIL_LIST_OPTION_COUNT] = {
    {"state", "STATE", "only those: waiting, sending, later, sent, refused, given_up, shown, failed", false},
    {"most", "N", "the newest so many (1000)", false},
};

/* ---- list -------------------------------------------------------------------------------------------- */

static void json_time(JsonWriter *json, const char *key, OptionalInt ms) {
    json_key(json, str_from_c(key));
    if (ms.given) json_add_str(json, time_to_text(json->out->arena, ms.value));
    else json_add_null(json);
}

static void json_entry(JsonWriter *json, const OutboxEntry *entry) {
    json_object_begin(json);
    json_key(json, STR("id")), json_add_str(json, id_text(json->out->arena, entry->id));
    json_key(json, STR("state")), json_add_str(json, entry->state);
    json_key(json, STR("to")), json_add_str(json, entry->to_address);
    json_key(json, STR("subject")), json_add_str(json, entry->subject);
    json_time(json, "written", given_int(entry->created_ms));
    json_time(json, "sent", entry->sent_ms);
    json_time(json, "again", entry->due_ms);
    json_time(json, "unsure", entry->unsure_ms);
    json_key(json, STR("tries")), json_add_int(json, entry->tries);
    json_key(json, STR("said")), json_add_str(json, entry->last_error);
    json_object_end(json);
}

static void text_entry(CommandCall *call, const OutboxEntry *entry) {
    buffer_format(&call->out, "%.*s  %-8.*s  %.*s  %.*s", STR_FORMAT(id_text(call->arena, entry->id)),
                  STR_FORMAT(entry->state), STR_FORMAT(entry->to_address), STR_FORMAT(entry->subject));
    if (!str_is_empty(entry->last_error)) buffer_format(&call->out, "  (%.*s)", STR_FORMAT(entry->last_error));
    buffer_add_char(&call->out, '\n');
}

static void say_health(CommandCall *call, const MailHealth *health) {
    if (health->failing_ms.given)
        command_say(call, "No letter has left since %s: %.*s: %.*s",
                    str_to_c(call->arena, time_to_text(call->arena, health->failing_ms.value)),
                    STR_FORMAT(health->trouble), STR_FORMAT(health->reply));
    if (health->sent_ms.given)
        command_say(call, "The last letter left at %s.",
                    str_to_c(call->arena, time_to_text(call->arena, health->sent_ms.value)));
}

static Err list(Tx *tx, void *context) {
    CommandCall *call = context;
    Str state = command_text(call, "state");
    OutboxEntries mail = outbox_list(tx, 0, (size_t)command_int(call, "most", LISTED, 1, LISTED_MOST));
    MailHealth health = outbox_health(tx);
    JsonWriter *json = command_list_begin(call);
    for (size_t i = 0; i < mail.count; i++) {
        const OutboxEntry *entry = &mail.entries[i];
        if (!str_is_absent(state) && !str_equal(state, entry->state)) continue;
        if (json) json_entry(json, entry);
        else text_entry(call, entry);
    }
    command_list_end(json);
    say_health(call, &health);
    return OK;
}

Err mail_list_command(CommandCall *call) { return store_read(call->store, call->arena, list, call); }

/* ---- test ---------------------------------------------------------------------------------------------- */

static Err add_test(Tx *tx, void *context) {
    CommandCall *call = context;
    Id id = outbox_add(tx, &(OutboxMessage){
                               .kind = OUTBOX_SERVICE,
                               .to_address = call->arguments[0],
                               .to_name = STR(""),
                               .language = call->language,
                               .subject = say(call->arena, call->language, MSG("door", "A test of mail from Wspólnie")),
                               .body = say(call->arena, call->language,
                                           MSG("door", "Good day,\n\nthis letter was written to see whether mail "
                                                       "arrives. It has arrived: nothing else is to be done.\n")),
                           });
    command_made(call, id);
    return OK;
}

Err mail_test_command(CommandCall *call) {
    if (!mime_is_address(call->arguments[0]))
        arena_fail(call->arena, ERR_INPUT, "%.*s is no e-mail address", STR_FORMAT(call->arguments[0]));
    Err err = store_write(call->store, call->arena, add_test, call);
    if (err) return err;
    command_say(call, "The letter waits. A program that serves with --smtp sends it; `wspolnie mail list` shows what "
                      "became of it.");
    return OK;
}
