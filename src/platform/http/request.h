// SPDX-License-Identifier: EUPL-1.2
/* Request: all that a handler gets, and the answer it makes.
 *
 * There are no globals: time, randomness, the store, the language and who is asking come
 * through here, so a test can hold them still. A handler reads its form, calls a rule of
 * its room, runs queries in request->tx, renders a page, and returns.
 *
 *     static Err walks_page(Request *request) {
 *         WalksPage page = {.turns = turns_for_page(request)};
 *         page_walks(page_out(request), &page);          // generated from walks.html
 *         return OK;
 *     }
 *
 * The route says whether the handler changes anything (route.h). A reading handler runs on
 * a pool thread in a read transaction; a changing one in the writer's transaction, where it
 * may be run again from the start, and its answer is sent after the COMMIT. An Err that is
 * returned becomes the page of that error (err_http_status), unless the handler has
 * answered itself (a form shown again is OK with status 422). What a handler changed before it
 * answered with 400 or more is rolled back, unless response.keeps_changes says otherwise.
 */
#ifndef WSPOLNIE_HTTP_REQUEST_H
#define WSPOLNIE_HTTP_REQUEST_H

#include "platform/base/buffer.h"
#include "platform/http/once_key.h"
#include "platform/i18n/i18n.h"
#include "platform/store/store.h"

typedef struct Request Request;
typedef struct Server Server;
typedef struct Route Route;
typedef struct FormTable FormTable; /* page/typed.h */
typedef struct Request Request;

typedef enum Method { METHOD_GET, METHOD_POST, METHOD_OTHER } Method; /* HEAD is answered as GET */

/* One name=value of a query string, a form or a cookie; decoded, valid UTF-8, no NUL. */
typedef struct Field {
    Str name, value;
    /* of an uploaded file, else absent; the value is then its bytes as sent */
    Str file_name, file_type;
} Field;

typedef struct Fields {
    Field *fields;
    size_t count;
} Fields;

/* The first of that name; absent when there is none. */
Str fields_get(const Fields *fields, Str name);
const Field *fields_find(const Fields *fields, Str name);
/* Every value of that name in one pass: for (size_t at = 0; fields_next(&form, name, &at, &value);) … */
bool fields_next(const Fields *fields, Str name, size_t *at, Str *value);

/* A right: a role (route.h) in a scope, the id of what it is for; 0 is everything. */
typedef struct Grant {
    unsigned role;
    Id scope;  /* of a coordinator the series, of a representative the organisation, else the edition; 0: of an owner */
    Id series; /* of a representative: in which; 0 for every other role */
} Grant;

/* Who asks, as account found out from the session. */
typedef struct Who {
    Id person; /* 0: nobody signed in */
    Id session;
    Str name;          /* how to greet them; may be empty */
    Language language; /* what they chose, valid when person is not 0 */
    const Grant *grants;
    size_t grant_count;
    bool is_limited; /* they came in by a card: the grants are what it opens, and who they are is not proven */
} Who;

/* What the path's {series} {edition} {organisation} are. 0 where the path has none. */
typedef struct Scope {
    Id series, edition, organisation;
} Scope;

/* How mail leaves here: by a server, only by being printed in the terminal (sign-in messages), or not at all. */
typedef enum MailWay { MAIL_SENT, MAIL_PRINTED, MAIL_HELD } MailWay;

/* Somebody of staff looks at a page as another sees it: "/~host/wspolnie/iii/host" is "/wspolnie/iii/host" with no more
 * than the host's rights (request->who), for reading alone. What stands behind the ~ is the application's business
 * (server.h, ServerHooks.view). Every link that a page writes keeps the view (page/respond.h), and so does a redirect.
 */
typedef struct View {
    Str whom;          /* "host"; absent: no view, and the rest is not there */
    Str prefix;        /* "/~host" */
    Id viewer;         /* who really asks; 0: not known yet, or whoever it is sees nothing that others do not */
    Str name;          /* of whom, where it has one: an organisation */
    Id subject;        /* whose page it is, for the audit; 0: nobody's in particular */
    const char *reads; /* how the audit calls the reading; NULL: nothing personal is seen */
} View;
enum { VIEW_WHOM_CHARS = 20 };

typedef enum Caching { CACHE_NEVER, CACHE_PUBLIC } Caching;

enum { RESPONSE_COOKIES = 4 }; /* a session, a browser's secret, a draft: no answer has more to set */

typedef struct Response {
    int status;       /* 200 unless set */
    Str content_type; /* "text/html; charset=utf-8" unless set */
    Buffer body;
    Str location;                  /* of a redirect */
    Str file_name;                 /* given: sent as an attachment of that name */
    Str cookies[RESPONSE_COOKIES]; /* Set-Cookie lines */
    size_t cookie_count;
    Str session_hash; /* of the session that this answer begins, for who remembers once-keys; absent: none */
    Str etag;         /* strong, with its quotes, or absent: http makes one for cacheable pages */
    bool immutable;   /* an asset under its content's hash */
    bool has_nobody;  /* though its route reads personal data (route.h): nothing was found, so no reading is noted */
    bool is_foreign;  /* somebody's bytes, shown in place: opened by itself it may do nothing */
    /* What the handler changed stays, though the status says no: a wrong password is counted. */
    bool keeps_changes;
    Str encoding; /* of a body that is compressed already: "br", "gzip"; else absent */
} Response;

struct Request {
    Arena *arena;
    Server *server;
    Store *store;
    Tx *tx;            /* running while the handler runs */
    void *application; /* main's own, for the rooms */
    const Route *route;
    Method method;
    Str path;           /* decoded, without the query */
    Str target;         /* as sent: path and query */
    Str remote_address; /* of the client, through the trusted proxy where there is one */
    Str id;             /* for the log and the error page */
    Fields parameters;  /* {name} parts of the route's path */
    Fields query, form, cookies;
    Language language;
    View view;
    Who who;
    Scope scope;
    void *room_data; /* the resolver's own: what it found beside the scope */
    int64_t now_ms;
    bool is_secure; /* the browser reached us over TLS: cookies get Secure */
    Str base_url;   /* for links in mail and calendars: "https://…", no final slash (base_url.h) */
    MailWay mail;
    OnceKey once; /* of this page's forms */
    Response response;
    /* What a .prepare step (route.h) found, for the handler. */
    void *prepared;
};

Str request_header(const Request *request, const char *name); /* absent when not sent */
Str request_parameter(const Request *request,
                      const char *name); /* of the path; absent only where the route has none of that name */
bool request_id(const Request *request, const char *name, Id *id); /* a path parameter that is an id */

/* Whom a person may ask, for pages that belong to no room; empty where it is not known. */
typedef struct Whom {
    Str name, phone, phone_href, email;
    bool is_demo; /* everything is invented, and every page says so */
} Whom;
Whom request_whom_to_ask(Request *request);

/* A path of our own, and nothing that a browser could read as another host ("//x", "/\x"). */
bool path_is_own(Str path);
/* 303 to a path of our own. */
Err respond_redirect(Request *request, Str path);
/* Bytes to be saved: a CSV, a calendar. */
void respond_file(Request *request, Str content_type, Str file_name);
/* 429: too often; when to come again is told in Retry-After too. */
void respond_wait(Request *request, unsigned seconds);
/* Forgets what was written, for a handler that starts over (a form with errors). */
void respond_clear(Request *request);
/* Beside those set before; in place of one of the same name. */
void respond_cookie(Request *request, const char *name, Str value, int64_t max_age_s);

/* Remembers work for after the COMMIT of this request, once (a stream to wake). */
void request_after_commit(Request *request, void (*work)(void *context), void *context);

#endif
