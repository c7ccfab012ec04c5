// SPDX-License-Identifier: EUPL-1.2
/* Router: from a path to the route that answers it.
 *
 * The table is turned once into a tree, a level for each part of a path. Finding walks it:
 * at each part the literal of that name first, then {name}.
 */
#ifndef WSPOLNIE_HTTP_ROUTER_H
#define WSPOLNIE_HTTP_ROUTER_H

#include "platform/http/route.h"

typedef struct Router Router;

enum { ROUTER_DEPTH = 12, ROUTER_LONGEST_PATH = 200 };

/* A table that contradicts itself or route.h (two routes of one path and method, a slash at the end,
 * no role, a GET that changes) fails the arena. */
const Router *router_build(Arena *arena, RouteTable table);

typedef enum RouteFinding {
    ROUTE_FOUND,
    ROUTE_NONE,
    ROUTE_METHOD,   /* the path exists, for other methods: allow tells which */
    ROUTE_REDIRECT, /* the path exists without its slash at the end */
} RouteFinding;

typedef struct RouteMatch {
    const Route *route;
    Fields parameters; /* decoded */
    Str allow;         /* "GET, HEAD, POST" */
} RouteMatch;

/* path: as sent, without the query, guarded (guard.h). match is filled as far as the finding says. */
RouteFinding router_find(const Router *router, Arena *arena, Method method, Str path, RouteMatch *match);

#endif
