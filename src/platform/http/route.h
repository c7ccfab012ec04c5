// SPDX-License-Identifier: EUPL-1.2
/* Route: one line of the table that says which handler answers which path, for whom.
 *
 *     static const Route routes[] = {
 *         {METHOD_GET, "/{series}/{edition}/walks", ROLE_ANYONE, walks_page,
 *          .caching = CACHE_PUBLIC, .parts = 1 << PART_PROGRAMME},
 *         {METHOD_POST, "/{series}/{edition}/staff/walks/new", ROLE_COORDINATOR, walks_create, .changes = true},
 *     };
 *
 * The table is all there is to authorisation: the router resolves {series}, {edition} and
 * {organisation} through the application's resolver and asks whether the person has the
 * role in that scope, before the handler runs. `wspolnie routes` prints it.
 *
 * A part of a path is literal text or one {name}. Literal parts win over {name}. Paths have
 * no trailing slash, except "/" itself; "/x/" is redirected to "/x".
 */
#ifndef WSPOLNIE_HTTP_ROUTE_H
#define WSPOLNIE_HTTP_ROUTE_H

#include "platform/http/request.h"

typedef Err (*Handler)(Request *request);

/* Bits: a route may be open to several. Which scope a role is looked for in follows from the
 * path (account/roles.h says how). */
typedef enum Role {
    ROLE_ANYONE = 1 << 0,
    ROLE_SIGNED_IN = 1 << 1,
    ROLE_OWNER = 1 << 2,       /* of the installation */
    ROLE_COORDINATOR = 1 << 3, /* of a series */
    ROLE_HOST = 1 << 4,        /* of an edition, as the ones below */
    ROLE_DOOR = 1 << 5,
    ROLE_STAGE = 1 << 6,
    ROLE_KITCHEN = 1 << 7,
    ROLE_GUIDE = 1 << 8,
    ROLE_REPRESENTATIVE = 1 << 9, /* of an organisation */
    ROLE_GUEST = 1 << 10,         /* of an edition, without an organisation */
    ROLE_TRANSLATOR = 1 << 11,    /* of an edition: gives its texts in other languages */
} Role;

struct Route {
    Method method;
    const char *path;
    unsigned roles;
    Handler handler;
    bool changes; /* runs in the writer's transaction; needs the once-key and a same-origin request */
    /* Slow work before the handler, on a worker, in a read transaction (a password's hash): it
     * fills request->prepared, or answers with a refusal (status 400 and above) and the handler is not run. */
    Handler prepare;
    bool (*prepares)(const Request *request); /* whether this one has any; NULL: each has */
    Caching caching;                          /* CACHE_PUBLIC: the same for every anonymous reader in a language */
    unsigned parts;                           /* 1 << StorePart: what the cached page shows */
    size_t body_limit_bytes; /* from who is signed in and may use the route; from others, and 0: the server's default */
    unsigned fields_limit;   /* of a form with a field for each of many rows; 0: the server's default */
    unsigned rate_part;      /* what costs much or guesses: counted by itself, and of an address's changes a minute
                                it takes one in so many; 0: counted with all others */
    const char *gate; /* {name} of an id in the path: what many want at once and few can have; changes that name the
                         same one come one after the other, on whatever node (store.h, StoreGate). "edition": what one
                         wants there frees what another has, so that all of them go through one. NULL: none */
    /* Of a page for staff that shows personal data of others: how the audit calls its reading ("read.signups"). */
    const char *reads;
    bool outside; /* POST from mail readers and machines: no once-key, no origin (one-click unsubscribe) */
    /* Of a changing route: in which states of what its path is about it may be used, as bits the application gives
     * their meaning (editions.h). 0: the usual ones. Asked after the rights, in one place (server.h, is_open). */
    unsigned states;
    /* What the form asks that this route reads, for pages that show what was typed and not saved (page/typed.h, which
     * http does not know). NULL: buttons only. */
    const FormTable *form;
};

typedef struct RouteTable {
    const Route *const *routes; /* sorted by the router */
    size_t count;
} RouteTable;

#endif
