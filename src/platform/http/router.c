// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/router.h"

#include "platform/http/fields.h"

typedef struct Node {
    Str literal;           /* absent: a {name} */
    struct Node *literals; /* children, linked by next */
    struct Node *name;     /* the child that takes any part */
    struct Node *next;
    const Route *routes[METHOD_OTHER]; /* by method */
} Node;

struct Router {
    Node root;
};

static bool is_name(Str part) { return part.size > 2 && part.data[0] == '{' && part.data[part.size - 1] == '}'; }

static Node *child_for(Arena *arena, Node *node, Str part) {
    if (is_name(part)) {
        if (!node->name) node->name = arena_new(arena, Node);
        return node->name;
    }
    Node **link = &node->literals;
    while (*link && !str_equal((*link)->literal, part)) link = &(*link)->next;
    if (!*link) {
        *link = arena_new(arena, Node);
        (*link)->literal = part;
    }
    return *link;
}

static void check_route(Arena *arena, const Route *route) {
    Str path = str_from_c(route->path);
    bool fit = path.size && path.size <= ROUTER_LONGEST_PATH && path.data[0] == '/' &&
               (path.size == 1 || path.data[path.size - 1] != '/');
    if (!fit) arena_fail(arena, ERR_INTERNAL, "route %s: not a path", route->path ? route->path : "");
    if (!route->handler || !route->roles || route->method >= METHOD_OTHER)
        arena_fail(arena, ERR_INTERNAL, "route %s: needs a handler, a role, and GET or POST", route->path);
    if (route->method == METHOD_GET && route->changes)
        arena_fail(arena, ERR_INTERNAL, "route %s: a GET changes nothing", route->path);
    if (route->prepares && !(route->changes && route->prepare))
        arena_fail(arena, ERR_INTERNAL, "route %s: only a change may go on without its slow work", route->path);
    if (route->states && !route->changes)
        arena_fail(arena, ERR_INTERNAL, "route %s: reading is open in every state", route->path);
    if (route->caching == CACHE_PUBLIC &&
        (route->method != METHOD_GET || !(route->roles & ROLE_ANYONE) || route->prepare))
        arena_fail(arena, ERR_INTERNAL, "route %s: only what anyone may read is cached", route->path);
}

static void add_route(Arena *arena, Node *root, const Route *route) {
    check_route(arena, route);
    Node *node = root;
    Str rest = str_skip(str_from_c(route->path), 1), part;
    size_t depth = 0;
    while (rest.size && str_next_part(&rest, '/', &part)) {
        bool odd = !part.size || (str_index_of_char(part, '{') >= 0 && !is_name(part));
        if (odd || ++depth > ROUTER_DEPTH) arena_fail(arena, ERR_INTERNAL, "route %s: odd or too deep", route->path);
        node = child_for(arena, node, part);
    }
    if (node->routes[route->method]) arena_fail(arena, ERR_INTERNAL, "route %s: given twice", route->path);
    node->routes[route->method] = route;
}

const Router *router_build(Arena *arena, RouteTable table) {
    Router *router = arena_new(arena, Router);
    for (size_t i = 0; i < table.count; i++) add_route(arena, &router->root, table.routes[i]);
    return router;
}

typedef struct Parts {
    Str parts[ROUTER_DEPTH]; /* decoded */
    size_t count;
} Parts;

static bool is_end(const Node *node) { return node->routes[METHOD_GET] || node->routes[METHOD_POST]; }

/* The node of parts from depth on; tries a literal's whole subtree before {name}'s. The recursion is
 * no deeper than the tree, ROUTER_DEPTH. */
static const Node *find_node(const Node *node, const Parts *parts, size_t depth) {
    if (depth == parts->count) return is_end(node) ? node : NULL;
    Str part = parts->parts[depth];
    for (const Node *child = node->literals; child; child = child->next) {
        if (!str_equal(child->literal, part)) continue;
        const Node *found = find_node(child, parts, depth + 1);
        if (found) return found;
        break;
    }
    return node->name && part.size ? find_node(node->name, parts, depth + 1) : NULL;
}

static bool split(Arena *arena, Str path, Parts *parts) {
    Str rest = str_skip(path, 1), part;
    *parts = (Parts){.count = 0};
    if (path.size > 1 && path.data[path.size - 1] == '/') return false;
    while (rest.size && str_next_part(&rest, '/', &part)) {
        if (parts->count == ROUTER_DEPTH || !part.size) return false;
        if (!percent_decode(arena, part, false, &parts->parts[parts->count++])) return false;
    }
    return true;
}

/* The names stand in the route's path, at the places of the {name} nodes walked through. */
static Fields parameters_of(Arena *arena, const Route *route, const Parts *parts) {
    FieldList list = {.arena = arena, .limit = ROUTER_DEPTH};
    Str rest = str_skip(str_from_c(route->path), 1), part;
    for (size_t i = 0; i < parts->count && str_next_part(&rest, '/', &part); i++)
        if (is_name(part))
            field_list_add(&list, (Field){.name = str_slice(part, 1, part.size - 2), .value = parts->parts[i]});
    return list.fields;
}

RouteFinding router_find(const Router *router, Arena *arena, Method method, Str path, RouteMatch *match) {
    bool slash_at_end = path.size > 1 && path.data[path.size - 1] == '/';
    Parts parts;
    if (!split(arena, slash_at_end ? str_slice(path, 0, path.size - 1) : path, &parts)) return ROUTE_NONE;
    const Node *node = find_node(&router->root, &parts, 0);
    if (!node) return ROUTE_NONE;
    const Route *route = method < METHOD_OTHER ? node->routes[method] : NULL;
    if (!route) {
        bool get = node->routes[METHOD_GET], post = node->routes[METHOD_POST];
        match->allow = get && post ? STR("GET, HEAD, POST") : get ? STR("GET, HEAD") : STR("POST");
        return ROUTE_METHOD;
    }
    if (slash_at_end) return ROUTE_REDIRECT;
    *match = (RouteMatch){.route = route, .parameters = parameters_of(arena, route, &parts)};
    return ROUTE_FOUND;
}
