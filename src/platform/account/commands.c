// SPDX-License-Identifier: EUPL-1.2
/* `wspolnie person link`: the way back in for who runs the program, when no message can leave. Whoever may read the
 * data file may do anything with it, so this opens no door that was shut. */
#include "platform/account/commands.h"

#include "platform/account/account.h"
#include "platform/http/base_url.h"

#define HOUR_MS (INT64_C(3600) * 1000)
enum { LINK_HOURS = 1 };

typedef struct LinkWork {
    const CommandCall *call;
    Str path;
} LinkWork;

static Err make_link(Tx *tx, void *context) {
    LinkWork *work = context;
    Person person;
    Str email = work->call->arguments[0];
    if (!person_by_email(tx, email, &person))
        arena_fail(tx_arena(tx), ERR_NOT_FOUND, "nobody here has the e-mail %.*s", STR_FORMAT(email));
    sign_in_links_end(tx, person.id);
    Str path = sign_in_link_make(tx, person.id, STR("/me/password?first=1"), LINK_HOURS * HOUR_MS);
    store_audit(tx, &(AuditEntry){.action = "person.link", .subject = person.id});
    work->path = str_copy(work->call->arena, path);
    return OK;
}

static Err person_link(CommandCall *call) {
    LinkWork work = {.call = call};
    Str base = command_setting(call, "base-url", "WSPOLNIE_BASE_URL");
    base = base_url_read(call->arena, str_is_absent(base) ? STR("http://127.0.0.1:8080") : base);
    Err err = store_write(call->store, call->arena, make_link, &work);
    if (err) return err;
    Str link = str_join(call->arena, base, work.path);
    command_say(call, "This link signs them in once, within an hour:");
    buffer_format(&call->out, call->json ? "{\"link\": \"%.*s\"}\n" : "%.*s\n", STR_FORMAT(link));
    return OK;
}

static const CommandOption link_options[] = {
    {"base-url", "URL", "address people reach the pages by (http://127.0.0.1:8080, or WSPOLNIE_BASE_URL)", false},
};

const Command account_commands[ACCOUNT_COMMAND_COUNT] = {
    {"person link", "E-MAIL", "make a link that signs somebody in once, to set a password", OPTIONS(link_options), 1, 1,
     STORE_MUST_EXIST, person_link},
};
