// SPDX-License-Identifier: EUPL-1.2
#include "serve.h"

#include "commands.h"
#include "expiry.h"
#include "gathering/demo/demo.h"
#include "gathering/editions/editions.h"
#include "gathering/editions/view.h"
#include "gathering/organisations/name_keys.h"
#include "gathering/privacy/privacy.h"
#include "gathering/signups/catalogue.h"
#include "platform/account/account.h"
#include "platform/account/commands.h"
#include "platform/account/rates.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/jobs/mailer.h"
#include "platform/jobs/printer.h"
#include "platform/page/assets_handler.h"
#include <poll.h>
#include <signal.h>
#include <unistd.h>

enum { DRAIN_MS = 10000 };

const CommandOption serve_options[SERVE_OPTION_COUNT] = {
    {"listen", "ADDRESS:PORT", "where to listen (127.0.0.1:8080; port 0 picks a free one)", false},
    {"base-url", "URL", "address people reach it by, for links in mail: https://HOST, no path (the listening address)",
     false},
    {"trusted-proxy", "ADDRESS", "proxy whose X-Forwarded-For and -Proto are believed", false},
    {"threads", "N", "threads that answer (one a core)", false},
    {"changes-per-min", "N",
     "forms taken from one address in a minute (600, a hall behind one address); of guesses and sign-in messages a "
     "tenth",
     false},
    {"smtp", "URL",
     "mail server that sends: smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps://…; without one nothing leaves",
     false},
    {"smtp-password-file", "FILE", "file whose first line is the password of that server", false},
    {"smtp-ca", "FILE", "certificates that its own is checked by (those of the system)", false},
    {"smtp-timeout", "SECONDS", "longest that sending one letter may take (180)", false},
    {"mail-from", "ADDRESS", "address letters are sent from, perhaps as 'Biuro <biuro@ngo.example>'", false},
    {"mail-rate", "N", "letters that leave in a minute, at most (120)", false},
};

/* ---- routes ---------------------------------------------------------------------------------------- */

static void add_routes(const Route **all, size_t *count, const Route *routes, size_t more) {
    for (size_t i = 0; i < more; i++) all[(*count)++] = &routes[i];
}

RouteTable house_routes(Arena *arena, const House *house) {
    size_t most = account_route_count + asset_route_count, count = 0;
    for (size_t i = 0; i < house->room_count; i++) most += house->rooms[i]->route_count;
    const Route **all = arena_array(arena, const Route *, most);
    add_routes(all, &count, asset_routes, asset_route_count);
    add_routes(all, &count, account_routes, account_route_count);
    for (size_t i = 0; i < house->room_count; i++)
        add_routes(all, &count, house->rooms[i]->routes, house->rooms[i]->route_count);
    return (RouteTable){all, count};
}

static const char *const environment[][2] = {
    {"WSPOLNIE_DATA_DIR", "as --data: where the data file is kept"},
    {"WSPOLNIE_LISTEN", "as --listen of serve: where to listen"},
    {"WSPOLNIE_BASE_URL", "as --base-url: the address people reach it by"},
    {"WSPOLNIE_TRUSTED_PROXY", "as --trusted-proxy of serve: the proxy whose headers are believed"},
    {"WSPOLNIE_SMTP", "as --smtp of serve: the mail server, where other people cannot read it as they can a command"},
    {"WSPOLNIE_SMTP_PASSWORD_FILE", "as --smtp-password-file of serve"},
    {"WSPOLNIE_SMTP_CA", "as --smtp-ca of serve"},
    {"WSPOLNIE_MAIL_FROM", "as --mail-from of serve: the address letters are sent from"},
};

CommandTable house_command_table(Arena *arena, const House *house) {
    size_t most = house_command_count + ACCOUNT_COMMAND_COUNT, count = 0;
    for (size_t i = 0; i < house->room_count; i++) most += house->rooms[i]->command_count;
    const Command **all = arena_array(arena, const Command *, most);
    for (size_t i = 0; i < house_command_count; i++) all[count++] = &house_commands[i];
    for (size_t i = 0; i < ACCOUNT_COMMAND_COUNT; i++) all[count++] = &account_commands[i];
    for (size_t i = 0; i < house->room_count; i++)
        for (size_t k = 0; k < house->rooms[i]->command_count; k++) all[count++] = &house->rooms[i]->commands[k];
    return (CommandTable){
        .program = "wspolnie",
        .version = WSPOLNIE_VERSION,
        .released = WSPOLNIE_RELEASED,
        .summary = "runs a gathering of organisations, from invitation to follow-up",
        .description =
            "One program and one file of data: an edition of a gathering with its sign-ups, its programme and "
            "its rounds of conversations, on pages that serve gives to browsers, and by the commands below "
            "on the same data, also while it is served. Commands print their result on standard output and "
            "everything else on standard error.",
        .environment = environment,
        .environment_count = COUNT(environment),
        .commands = all,
        .count = count,
        .application = (void *)house,
    };
}

static void write_roles(Buffer *out, unsigned roles, const char *separator) {
    const char *before = "";
    for (unsigned bit = 0; bit < 32; bit++) {
        Role role = (Role)(1u << bit);
        if (!(roles & role)) continue;
        buffer_format(out, "%s%s", before, role_name(role));
        before = separator;
    }
}

/* In which states of its edition a route changes something. */
static void write_states(Buffer *out, const Route *route, const char *separator) {
    const char *before = "";
    for (EditionState state = EDITION_DRAFT; state <= EDITION_ARCHIVED; state++) {
        if (!states_have(route->states, state)) continue;
        buffer_format(out, "%s%s", before, edition_state_name(state));
        before = separator;
    }
}

static bool has_states(const Route *route) {
    return route->changes && str_contains(str_from_c(route->path), STR("{edition}"));
}

Err routes_command(CommandCall *call) {
    RouteTable table = house_routes(call->arena, call->application);
    if (call->json) buffer_add(&call->out, STR("["));
    for (size_t i = 0; i < table.count; i++) {
        const Route *route = table.routes[i];
        const char *method = route->method == METHOD_POST ? "POST" : "GET";
        if (call->json) {
            buffer_format(&call->out, "%s\n {\"method\": \"%s\", \"path\": \"%s\", \"changes\": %s, \"roles\": [\"",
                          i ? "," : "", method, route->path, route->changes ? "true" : "false");
            write_roles(&call->out, route->roles, "\", \"");
            buffer_add(&call->out, STR("\"]"));
            if (has_states(route)) {
                buffer_add(&call->out, STR(", \"states\": [\""));
                write_states(&call->out, route, "\", \"");
                buffer_add(&call->out, STR("\"]"));
            }
            if (route->reads) buffer_format(&call->out, ", \"reads\": \"%s\"", route->reads);
            buffer_add_char(&call->out, '}');
        } else {
            buffer_format(&call->out, "%-4s %-58s ", method, route->path);
            write_roles(&call->out, route->roles, ", ");
            if (has_states(route) && route->states) {
                buffer_add(&call->out, STR(" in "));
                write_states(&call->out, route, ", ");
            }
            buffer_add_char(&call->out, '\n');
        }
    }
    if (call->json) buffer_add(&call->out, STR("\n]\n"));
    return OK;
}

/* ---- serving --------------------------------------------------------------------------------------- */

typedef struct Serving {
    CommandCall *call;
    House house;
    Server *server;
    Str listen;
    MailSettings mail;
    MailHelper *helper; /* NULL: no mail is sent */
    bool is_store_away; /* when it was last asked for messages to show */
} Serving;

static bool is_loopback(Str listen) {
    return str_starts_with(listen, STR("127.")) || str_starts_with(listen, STR("[::1]")) ||
           str_starts_with(listen, STR("localhost:"));
}

static bool is_server(const CommandCall *call) { return str_contains(str_from_c(call->store_at), STR("://")); }

static void start(Serving *serving) {
    CommandCall *call = serving->call;
    ServerOptions options = {
        .listen = str_to_c(call->arena, serving->listen),
        .base_url = command_setting(call, "base-url", "WSPOLNIE_BASE_URL"),
        .mail = serving->house.has_smtp         ? MAIL_SENT
                : serving->house.prints_sign_in ? MAIL_PRINTED
                                                : MAIL_HELD,
        .trusted_proxy = command_setting(call, "trusted-proxy", "WSPOLNIE_TRUSTED_PROXY"),
        .threads = (unsigned)command_int(call, "threads", 0, 0, 64),
        .changes_per_min = (unsigned)command_int(call, "changes-per-min", 0, 0, 100000000),
        .store = call->store,
        .has_other_nodes = is_server(call),
        .clock = call->clock,
        .application = &serving->house,
        .routes = house_routes(call->arena, &serving->house),
        .hooks =
            {
                .identify = account_identify,
                .resolve = editions_resolve,
                .view = editions_view,
                .allows = account_allows,
                .once_begin = account_once_begin,
                .once_end = account_once_end,
                .error_page = editions_error_page,
                .sign_in_path = account_sign_in_path,
                .is_open = editions_is_open,
                .whom_to_ask = editions_whom_to_ask,
                .note_read = privacy_note_read,
            },
    };
    Err err = server_start(call->arena, &options, &serving->server);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
}

static Err make_setup_link(Tx *tx, void *context) {
    *(Str *)context = setup_link_make(tx);
    return OK;
}

/* The first coordinator's way in, while nobody has come in yet. */
static void print_setup_link(Serving *serving) {
    CommandCall *call = serving->call;
    Str path = STR_ABSENT, base = server_base_url(serving->server);
    Err err = store_write(call->store, call->arena, make_setup_link, &path);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    if (str_is_absent(path)) return;
    printf("\nThe first coordinator sets up here (the link works once):\n  %.*s%.*s\n", STR_FORMAT(base),
           STR_FORMAT(path));
}

static void print_demo_links(Serving *serving) {
    CommandCall *call = serving->call;
    DemoLinks links;
    Err err = demo_sign_in_links(call->store, call->arena, &links);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    Str base = server_base_url(serving->server);
    printf("\nThis is the demo gathering: everything in it is invented.\n");
    for (size_t i = 0; i < links.count; i++)
        printf("  %.*s:\n    %.*s%.*s\n", STR_FORMAT(links.links[i].who), STR_FORMAT(base),
               STR_FORMAT(links.links[i].path));
}

/* After an upgrade names may have no keys yet, nor entries of the directory their index; looking through them all takes
 * a while, so it is done on the side. */
typedef struct NameCatchUp {
    Store *store;
    bool is_needed, has_names, was_told; /* has_names: the directory comes after them */
    Id after;
} NameCatchUp;

static Err catch_up_once(NameCatchUp *catch_up, Arena *arena) {
    if (catch_up->has_names) return catalogue_catch_up(catch_up->store, arena, &catch_up->after);
    return name_keys_catch_up(catch_up->store, arena, &catch_up->after);
}

static void catch_up_with_names(NameCatchUp *catch_up) {
    enum { PAGES_AT_ONCE = 10 };
    if (!catch_up->is_needed) return;
    Arena *arena = arena_open(LIMIT_ARENA_COMMAND_BYTES);
    if (!arena) return;
    Err err = OK;
    for (int i = 0; i < PAGES_AT_ONCE && catch_up->is_needed && !err; i++) {
        err = catch_up_once(catch_up, arena);
        if (err || catch_up->after) continue;
        catch_up->is_needed = !catch_up->has_names;
        catch_up->has_names = true;
    }
    if (err && !catch_up->was_told)
        log_error(STR("keys of names"), "tried again and again: %s", arena_failure(arena)->message);
    catch_up->was_told = err != OK;
    arena_close(arena);
}

static void wait_for_signal(Serving *serving, const sigset_t *signals) {
    const struct timespec pause = {.tv_nsec = 500 * 1000 * 1000};
    Expiry expiry = {.store = serving->call->store, .house = &serving->house};
    NameCatchUp catch_up = {.store = serving->call->store, .is_needed = true};
    Rates rates = {.store = serving->call->store, .server = serving->server};
    while (sigtimedwait(signals, NULL, &pause) < 0) {
        expiry_sweep(&expiry, clock_now_ms(serving->call->clock));
        catch_up_with_names(&catch_up);
        if (is_server(serving->call)) rates_share(&rates, clock_now_ms(serving->call->clock));
    }
    /* A terminal that stands still (Ctrl-S) does not hold up the stopping. */
    if (poll(&(struct pollfd){.fd = STDERR_FILENO, .events = POLLOUT}, 1, 0) > 0)
        fprintf(stderr, "Stopping: finishing what was taken in…\n");
}

/* ---- mail ------------------------------------------------------------------------------------------ */

static void read_mail_settings(Serving *serving) {
    CommandCall *call = serving->call;
    MailTyped typed = {
        .smtp = command_setting(call, "smtp", "WSPOLNIE_SMTP"),
        .password_file = command_setting(call, "smtp-password-file", "WSPOLNIE_SMTP_PASSWORD_FILE"),
        .ca_file = command_setting(call, "smtp-ca", "WSPOLNIE_SMTP_CA"),
        .from = command_setting(call, "mail-from", "WSPOLNIE_MAIL_FROM"),
        .timeout_s = command_int(call, "smtp-timeout", 0, MAIL_TIMEOUT_LEAST_S, MAIL_TIMEOUT_MOST_S),
    };
    if (!str_is_absent(typed.smtp)) typed.smtp = str_copy(call->arena, typed.smtp);
    Str shown = command_text(call, "smtp");
    if (!str_is_absent(shown)) command_blot(shown);
    serving->mail = mail_settings_read(call->arena, &typed);
    serving->house.has_smtp = serving->mail.url != NULL;
}

/* Before any thread. */
static void start_mail_helper(Serving *serving) {
    CommandCall *call = serving->call;
    if (!serving->house.has_smtp) return;
    command_make_folder(call);
    const char *journal = str_format(call->arena, "%s/mail.journal", call->data_dir).data;
    serving->helper = mail_helper_start(call->arena, &serving->mail, journal);
}

static Mailer *open_mailer(Serving *serving) {
    CommandCall *call = serving->call;
    if (!serving->helper) return NULL;
    Mailer *mailer = mailer_open(&(MailerOptions){
        .store = call->store,
        .helper = serving->helper,
        .settings = &serving->mail,
        .clock = call->clock,
        .host = mail_host_of(call->arena, server_base_url(serving->server)),
        .rate_per_min = command_int(call, "mail-rate", 0, 1, MAIL_RATE_MOST),
        .is_alone = !is_server(call),
    });
    if (!mailer) log_error(STR("mail"), "no memory or thread to send it");
    return mailer;
}

/* Signals are blocked before any thread starts and taken by sigwait, so none interrupts a commit. */
static void serve(Serving *serving) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);

    start(serving);
    Str base = server_base_url(serving->server);
    printf("Wspólnie %s serves on %.*s\n", WSPOLNIE_VERSION, STR_FORMAT(base));
    if (serving->house.is_demo) print_demo_links(serving);
    else print_setup_link(serving);
    printf("\nCtrl-C stops it.\n");
    fflush(stdout);
    /* The terminal shows sign-in messages only where nobody else can read it and nothing sends them. */
    Printer *printer = serving->house.prints_sign_in ? printer_open(serving->call->store, STDOUT_FILENO) : NULL;
    if (serving->house.prints_sign_in && !printer)
        log_error(STR("sign-in messages"), "no memory or thread to print them");
    Mailer *mailer = open_mailer(serving);
    wait_for_signal(serving, &signals);
    printer_close(printer);
    mailer_close(mailer);
    server_stop(serving->server, DRAIN_MS);
}

static void begin(Serving *serving) {
    CommandCall *call = serving->call;
    const House *house = call->application;
    Str listen = command_setting(call, "listen", "WSPOLNIE_LISTEN");
    *serving =
        (Serving){.call = call, .house = *house, .listen = str_is_absent(listen) ? STR("127.0.0.1:8080") : listen};
}

static void serve_house(Serving *serving) {
    CommandCall *call = serving->call;
    Err err = store_serve(call->store, call->arena);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    serving->house.prints_sign_in = is_loopback(serving->listen) && !serving->house.has_smtp && !call->quiet;
    serve(serving);
}

Err serve_command(CommandCall *call) {
    if (clock_is_moved(call->clock))
        arena_fail(call->arena, ERR_INPUT, "--clock moves the program's time: only the demo and the tests may do that");
    Serving serving = {.call = call};
    begin(&serving);
    read_mail_settings(&serving);
    start_mail_helper(&serving);
    command_open_store(call, true);
    serve_house(&serving);
    return OK;
}

/* Its people are invented: nobody gets mail, whatever the environment says. */
Err demo_command(CommandCall *call) {
    if (!str_is_absent(command_text(call, "smtp")))
        arena_fail(call->arena, ERR_INPUT, "the demo sends no mail: its people are invented");
    Serving serving = {.call = call};
    begin(&serving);
    command_open_store(call, true);
    Err err = demo_fill(call->store, call->arena);
    if (err == ERR_CONFLICT)
        arena_fail(call->arena, err,
                   "the data file holds a gathering of its own: give the demo another folder with --data");
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    serving.house.is_demo = true;
    serve_house(&serving);
    return OK;
}
