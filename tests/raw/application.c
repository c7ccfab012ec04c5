// SPDX-License-Identifier: EUPL-1.2
#include "application.h"

#include "../platform/store/own_schema.h"
#include "../platform/store/place.h"
#include "platform/base/limits.h"
#include "platform/store/engine.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MANY_BYTES = 256 * 1024, OWNER = 7, EDITION = 42, PATIENCE_MS = 20000 };

static const char schema_sqlite[] = "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT;"
                                    "CREATE TABLE once (key TEXT NOT NULL PRIMARY KEY, location TEXT NOT NULL) STRICT;";
static const char schema_postgres[] = "CREATE TABLE note (id bigint NOT NULL PRIMARY KEY, text text NOT NULL);"
                                      "CREATE TABLE once (key text NOT NULL PRIMARY KEY, location text NOT NULL);";
#define BOTH(text) .sqlite = (text), .postgres = (text)
static const Query note_add = {
    .name = "note_add", .place = "notes.sql:1", BOTH("INSERT INTO note (id, text) VALUES ($1, $2)"), .changes = true};
static const Query note_count = {.name = "note_count", .place = "notes.sql:2", BOTH("SELECT COUNT(*) FROM note")};
static const Query once_add = {.name = "once_add",
                               .place = "notes.sql:3",
                               BOTH("INSERT INTO once (key, location) VALUES ($1, $2)"),
                               .changes = true};
static const Query once_find = {
    .name = "once_find", .place = "notes.sql:4", BOTH("SELECT location FROM once WHERE key = $1")};

static int64_t count_notes(Tx *tx) {
    Statement *statement = statement_begin(tx, &note_count);
    statement_step(statement);
    int64_t count = statement_int(statement, 0);
    statement_end(statement);
    return count;
}

/* ---- handlers ------------------------------------------------------------------------------------------- */

static Err public_page(Request *request) {
    Application *application = request->application;
    application->rendered++;
    buffer_format(&request->response.body, "<p>%s %lld</p>", language_tag(request->language),
                  (long long)count_notes(request->tx));
    for (int i = 0; i < 100; i++) buffer_add(&request->response.body, STR("<p>the same words again and again</p>"));
    return OK;
}

static Err public_form(Request *request) {
    ((Application *)request->application)->rendered++;
    Str once = once_key_text(&request->once, request->arena);
    buffer_format(&request->response.body, "<input value=\"%.*s\">", STR_FORMAT(once));
    return OK;
}

static Err show(Request *request) {
    buffer_format(&request->response.body, "id=%.*s lang=%s person=%lld from=%.*s",
                  STR_FORMAT(request_parameter(request, "id")), language_tag(request->language),
                  (long long)request->who.person, STR_FORMAT(request->remote_address));
    return OK;
}

static Err new_thing(Request *request) {
    buffer_add(&request->response.body, STR("a new one"));
    return OK;
}

static void tell_of_note(void *context) { sse_publish(context, EDITION, "note", STR("one more")); }

/* All memory that a request may have, to the last byte. */
static void use_up(Arena *arena) {
    for (;;) arena_alloc(arena, LIMIT_ARENA_REQUEST_BYTES - arena_used_bytes(arena) > MANY_BYTES ? MANY_BYTES : 16);
}

static Err add_note(Request *request) {
    Application *application = request->application;
    application->handled++;
    Str text = fields_get(&request->form, STR("text"));
    Statement *statement = statement_begin(request->tx, &note_add);
    statement_bind_int(statement, 1, tx_new_id(request->tx));
    statement_bind_text(statement, 2, text);
    statement_step(statement);
    statement_end(statement);
    if (str_equal(text, STR("conflict"))) return ERR_CONFLICT;
    if (str_equal(text, STR("fault"))) arena_fail(request->arena, ERR_INTERNAL, "a fault on purpose");
    if (str_equal(text, STR("hungry"))) use_up(request->arena);
    if (str_equal(text, STR("again"))) {
        request->response.status = 422;
        buffer_add(&request->response.body, STR("shown again"));
        return OK;
    }
    if (str_equal(text, STR("wait"))) {
        respond_wait(request, 7);
        request->response.keeps_changes = true;
        buffer_add(&request->response.body, STR("counted"));
        return OK;
    }
    store_changed(request->tx, EDITION, PART_PROGRAMME);
    request_after_commit(request, tell_of_note, request->server);
    request_after_commit(request, tell_of_note, request->server);
    return respond_redirect(request, str_format(request->arena, "/things/%lld", (long long)count_notes(request->tx)));
}

static Err hungry_page(Request *request) {
    use_up(request->arena);
    return OK;
}

/* Two cookies, one of them set anew; a third is the language's. */
static Err cookies_page(Request *request) {
    respond_cookie(request, "session", STR("first"), 60);
    respond_cookie(request, "session_of", STR("other"), 60);
    respond_cookie(request, "session", STR("second"), 60);
    return OK;
}

static Err prepare_slowly(Request *request) {
    Application *application = request->application;
    sem_post(&application->in_slow);
    sem_wait(&application->let_slow_go);
    request->prepared = "prepared";
    return OK;
}

static Err finish_slowly(Request *request) {
    if (!request->prepared) return ERR_INTERNAL;
    return respond_redirect(request, STR("/things/slow"));
}

/* As a plan that can be made once only: the preparing refuses where it is made already. */
static Err prepare_plan(Request *request) {
    Application *application = request->application;
    return application->planned ? ERR_CONFLICT : OK;
}

static Err keep_plan(Request *request) {
    ((Application *)request->application)->planned++;
    return respond_redirect(request, STR("/things/plan"));
}

static Err upload(Request *request) {
    const Field *file = fields_find(&request->form, STR("file"));
    if (!file) return ERR_INPUT;
    buffer_format(&request->response.body, "%.*s %zu", STR_FORMAT(file->file_name), file->value.size);
    return OK;
}

static Err events(Request *request) { return respond_stream(request, EDITION); }

static Id edition_given(Request *request) {
    int64_t edition = 0;
    str_to_int(request_parameter(request, "edition"), &edition);
    return edition;
}

static Err changes(Request *request) { return respond_changes(request, edition_given(request)); }

static Err change(Request *request) {
    store_changed(request->tx, edition_given(request), PART_ROUNDS);
    return respond_redirect(request, STR("/things/changed"));
}

static Err file(Request *request) {
    respond_file(request, STR("text/csv"), STR("żółw.csv"));
    buffer_add(&request->response.body, STR("a;b\r\n"));
    return OK;
}

enum { CLOSED = 1 << 7 }; /* a state that nothing here is in */

static const Route table[] = {
    {METHOD_GET, "/public", ROLE_ANYONE, public_page, .caching = CACHE_PUBLIC, .parts = 1 << PART_PROGRAMME},
    {METHOD_GET, "/public-form", ROLE_ANYONE, public_form, .caching = CACHE_PUBLIC},
    {METHOD_GET, "/things/{id}", ROLE_ANYONE, show},
    {METHOD_GET, "/things/new", ROLE_ANYONE, new_thing},
    {METHOD_GET, "/s/{id}", ROLE_ANYONE, show},
    {METHOD_GET, "/file", ROLE_ANYONE, file},
    {METHOD_GET, "/cookies", ROLE_ANYONE, cookies_page},
    {METHOD_GET, "/hungry", ROLE_ANYONE, hungry_page},
    {METHOD_GET, "/owner", ROLE_OWNER, show},
    {METHOD_GET, "/events", ROLE_ANYONE, events},
    {METHOD_GET, "/changes/{edition}", ROLE_ANYONE, changes},
    {METHOD_POST, "/changes/{edition}", ROLE_ANYONE, change, .changes = true},
    {METHOD_POST, "/notes", ROLE_ANYONE, add_note, .changes = true},
    {METHOD_POST, "/owner", ROLE_OWNER, add_note, .changes = true},
    {METHOD_POST, "/rare", ROLE_ANYONE, add_note, .changes = true, .rate_part = 200},
    {METHOD_POST, "/outside", ROLE_ANYONE, add_note, .changes = true, .outside = true},
    {METHOD_POST, "/slow", ROLE_ANYONE, finish_slowly, .changes = true, .prepare = prepare_slowly},
    {METHOD_POST, "/plan", ROLE_ANYONE, keep_plan, .changes = true, .prepare = prepare_plan},
    {METHOD_POST, "/closed", ROLE_ANYONE, add_note, .changes = true, .states = CLOSED},
    {METHOD_POST, "/closed-slow", ROLE_ANYONE, finish_slowly, .changes = true, .prepare = prepare_slowly,
     .states = CLOSED},
    {METHOD_POST, "/closed-owner", ROLE_OWNER, add_note, .changes = true, .states = CLOSED},
    {METHOD_POST, "/upload", ROLE_ANYONE, upload, .body_limit_bytes = UPLOAD_BYTES},
    {METHOD_POST, "/owner-upload", ROLE_OWNER, upload, .body_limit_bytes = UPLOAD_BYTES},
};
enum { ROUTES = sizeof table / sizeof *table };

/* ---- hooks ---------------------------------------------------------------------------------------------- */

static void identify(Request *request) {
    if (str_equal(fields_get(&request->cookies, STR("session")), STR("owner")))
        request->who = (Who){.person = OWNER, .session = 1, .language = LANGUAGE_UK};
}

static Err resolve(Request *request) {
    request->scope.edition = EDITION;
    return str_equal(request_parameter(request, "id"), STR("nowhere")) ? ERR_NOT_FOUND : OK;
}

static bool allows(Request *request, unsigned roles) { return (roles & ROLE_OWNER) && request->who.person == OWNER; }

static bool once_begin(Request *request) {
    Statement *statement = statement_begin(request->tx, &once_find);
    statement_bind_text(statement, 1, fields_get(&request->form, STR("once")));
    bool used = statement_step(statement);
    if (used) respond_redirect(request, statement_text(statement, 0));
    statement_end(statement);
    return !used;
}

static void once_end(Request *request) {
    Statement *statement = statement_begin(request->tx, &once_add);
    statement_bind_text(statement, 1, fields_get(&request->form, STR("once")));
    Str location = request->response.location;
    statement_bind_text(statement, 2, str_is_absent(location) ? request->path : location);
    statement_step(statement);
    statement_end(statement);
}

static void error_page(Request *request, Err err) {
    buffer_format(&request->response.body, "error %s, request %.*s", err_name(err), STR_FORMAT(request->id));
}

static Str sign_in_path(Request *request) { return str_join(request->arena, STR("/sign-in?to="), request->path); }

static bool is_open(Request *request) {
    if (!request->route->states) return true;
    request->response.status = 409;
    buffer_add(&request->response.body, STR("not in this state"));
    return false;
}

/* ---- starting and stopping ---------------------------------------------------------------------------------- */

Application *application_open(ServerOptions options) {
    Arena *arena = arena_open(64 * 1024 * 1024);
    Application *application = arena_new(arena, Application);
    *application = (Application){.arena = arena, .folder = "/tmp/wspolnie-http-XXXXXX", .clock = clock_real()};
    assert_non_null(mkdtemp(application->folder));
    sem_init(&application->in_slow, 0, 0);
    sem_init(&application->let_slow_go, 0, 0);
    Migration *migrations = arena_array(arena, Migration, 2);
    migrations[0] = own_schema(arena);
    migrations[1] = (Migration){2, 1, "notes", schema_sqlite, schema_postgres};
    StoreSetup setup = {.migrations = migrations, .migration_count = 2, .busy_ms = 1000};
    StoreOptions store_options = {.path = store_place(arena, str_format(arena, "%s/store", application->folder).data),
                                  .may_create = true,
                                  .may_migrate = true};
    assert_int_equal(store_open_as(arena, &store_options, &setup, &application->store), OK);
    const Route **routes = arena_array(arena, const Route *, ROUTES);
    for (size_t i = 0; i < ROUTES; i++) routes[i] = &table[i];
    if (!options.listen) options.listen = "127.0.0.1:0";
    options.store = application->store;
    options.clock = &application->clock;
    options.application = application;
    options.routes = (RouteTable){routes, ROUTES};
    options.hooks = (ServerHooks){identify, resolve, allows, once_begin, once_end, error_page, sign_in_path, is_open};
    Err err = server_start(arena, &options, &application->server);
    if (err) fail_msg("%s", arena_failure(arena)->message);
    return application;
}

void application_close(Application *application) {
    if (application->server) server_stop(application->server, 2000);
    store_close(application->store);
    store_place_remove(application->arena, str_format(application->arena, "%s/store", application->folder).data);
    DIR *dir = opendir(application->folder);
    for (struct dirent *entry; (entry = readdir(dir));) unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    rmdir(application->folder);
    arena_close(application->arena);
}

int application_setup(void **state) {
    *state = application_open((ServerOptions){.threads = 2});
    return 0;
}

int application_teardown(void **state) {
    application_close(*state);
    return 0;
}

/* ---- the client ------------------------------------------------------------------------------------------------ */

int client_try_connect(const Application *application) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)server_port(application->server)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    close(fd);
    return -1;
}

int client_connect(const Application *application) {
    int fd = client_try_connect(application);
    assert_true(fd >= 0);
    return fd;
}

void client_send(int fd, Str bytes) {
    while (bytes.size) {
        ssize_t sent = send(fd, bytes.data, bytes.size, MSG_NOSIGNAL);
        if (sent <= 0) return; /* closed under us, which the reading will show */
        bytes = str_skip(bytes, (size_t)sent);
    }
}

static bool is_whole(const Answer *answer) {
    ptrdiff_t end = str_index_of(str_from(answer->bytes, answer->size), STR("\r\n\r\n"));
    if (end < 0) return false;
    int64_t length = 0;
    str_to_int(answer_header(answer, "Content-Length"), &length);
    return answer->size >= (size_t)end + 4 + (size_t)length;
}

void client_read_for(int fd, Answer *answer, bool keep, int patience_ms) {
    answer->size = 0;
    answer->closed = false;
    while (answer->size < sizeof answer->bytes) {
        if (keep && is_whole(answer)) return;
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        if (poll(&waiting, 1, patience_ms) != 1) return;
        ssize_t size = recv(fd, answer->bytes + answer->size, sizeof answer->bytes - answer->size, 0);
        if (size <= 0) {
            answer->closed = true;
            return;
        }
        answer->size += (size_t)size;
    }
}

void client_read(int fd, Answer *answer, bool keep) { client_read_for(fd, answer, keep, PATIENCE_MS); }

const Answer *client_ask(const Application *application, Str request) {
    Answer *answer = arena_new(application->arena, Answer);
    int fd = client_connect(application);
    client_send(fd, request);
    client_read(fd, answer, true);
    close(fd);
    return answer;
}

int answer_status(const Answer *answer) {
    int64_t status = 0;
    if (answer->size > 12) str_to_int(str_from(answer->bytes + 9, 3), &status);
    return (int)status;
}

Str answer_header(const Answer *answer, const char *name) {
    Str rest = str_from(answer->bytes, answer->size), line;
    while (str_next_part(&rest, '\n', &line) && str_trim(line).size) {
        ptrdiff_t colon = str_index_of_char(line, ':');
        if (colon > 0 && str_equal_ascii_case(str_slice(line, 0, (size_t)colon), str_from_c(name)))
            return str_trim(str_skip(line, (size_t)colon + 1));
    }
    return STR_ABSENT;
}

Str answer_body(const Answer *answer) {
    Str all = str_from(answer->bytes, answer->size);
    ptrdiff_t end = str_index_of(all, STR("\r\n\r\n"));
    return end < 0 ? STR("") : str_skip(all, (size_t)end + 4);
}

Str post_request(Arena *arena, const char *path, const char *fields, const char *once) {
    Str body = str_format(arena, "%s%s%s", fields, once ? "&once=" : "", once ? once : "");
    return str_format(arena,
                      "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                      "Content-Length: %zu\r\n\r\n%.*s",
                      path, body.size, STR_FORMAT(body));
}

static Err count_work(Tx *tx, void *context) {
    *(int64_t *)context = count_notes(tx);
    return OK;
}

int64_t notes_in_store(Application *application) {
    int64_t count = -1;
    assert_int_equal(store_read(application->store, application->arena, count_work, &count), OK);
    return count;
}
