// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/router.h"

#include "../../cmocka_all.h"

static Err nothing(Request *request) {
    (void)request;
    return OK;
}

static const Route routes[] = {
    {METHOD_GET, "/", ROLE_ANYONE, nothing},
    {METHOD_GET, "/me", ROLE_SIGNED_IN, nothing},
    {METHOD_GET, "/{series}/{edition}", ROLE_ANYONE, nothing},
    {METHOD_GET, "/{series}/{edition}/walks", ROLE_ANYONE, nothing},
    {METHOD_POST, "/{series}/{edition}/walks", ROLE_HOST, nothing, .changes = true},
    {METHOD_GET, "/admin/{page}", ROLE_OWNER, nothing},
    {METHOD_GET, "/admin/new", ROLE_OWNER, nothing},
    {METHOD_POST, "/admin/only/post", ROLE_OWNER, nothing, .changes = true},
};
enum { COUNT = sizeof routes / sizeof *routes };

static RouteTable table_of(Arena *arena, const Route *list, size_t count) {
    const Route **pointers = arena_array(arena, const Route *, count);
    for (size_t i = 0; i < count; i++) pointers[i] = &list[i];
    return (RouteTable){pointers, count};
}

static void test_finding(void **state) {
    (void)state;
    Arena *arena = arena_open(1024 * 1024);
    const Router *router = router_build(arena, table_of(arena, routes, COUNT));
    static const struct {
        Method method;
        const char *path;
        RouteFinding finding;
        int route;
    } cases[] = {
        {METHOD_GET, "/", ROUTE_FOUND, 0},
        {METHOD_GET, "/me", ROUTE_FOUND, 1},
        {METHOD_GET, "/a/b", ROUTE_FOUND, 2},
        {METHOD_GET, "/a/b/walks", ROUTE_FOUND, 3},
        {METHOD_POST, "/a/b/walks", ROUTE_FOUND, 4},
        {METHOD_GET, "/admin/x", ROUTE_FOUND, 5},
        {METHOD_GET, "/admin/new", ROUTE_FOUND, 6},
        {METHOD_POST, "/admin/only/post", ROUTE_FOUND, 7},
        /* The literal leads nowhere, so {name} is tried. */
        {METHOD_GET, "/me/b/walks", ROUTE_FOUND, 3},
        {METHOD_GET, "/admin/b/walks", ROUTE_FOUND, 3},
        {METHOD_GET, "/%6De", ROUTE_FOUND, 1},
        {METHOD_GET, "/a", ROUTE_NONE, -1},
        {METHOD_GET, "/a//walks", ROUTE_NONE, -1},
        {METHOD_GET, "/a/b/walk", ROUTE_NONE, -1},
        {METHOD_GET, "/a/b/walks/c", ROUTE_NONE, -1},
        {METHOD_GET, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", ROUTE_NONE, -1},
        {METHOD_GET, "/me/", ROUTE_REDIRECT, -1},
        {METHOD_GET, "/a/b/", ROUTE_REDIRECT, -1},
        {METHOD_GET, "/me//", ROUTE_NONE, -1},
        {METHOD_POST, "/me", ROUTE_METHOD, -1},
        {METHOD_OTHER, "/a/b/walks", ROUTE_METHOD, -1},
        {METHOD_GET, "/admin/only/post", ROUTE_METHOD, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RouteMatch match = {0};
        RouteFinding finding = router_find(router, arena, cases[i].method, str_from_c(cases[i].path), &match);
        if (finding != cases[i].finding || (cases[i].route >= 0 && match.route != &routes[cases[i].route]))
            fail_msg("%s: %d", cases[i].path, (int)finding);
    }
    RouteMatch match = {0};
    router_find(router, arena, METHOD_GET, STR("/wspolnie/ii%20b/walks"), &match);
    assert_str(fields_get(&match.parameters, STR("series")), STR("wspolnie"));
    assert_str(fields_get(&match.parameters, STR("edition")), STR("ii b"));
    router_find(router, arena, METHOD_OTHER, STR("/a/b/walks"), &match);
    assert_str(match.allow, STR("GET, HEAD, POST"));
    arena_close(arena);
}

typedef struct Building {
    Arena *arena;
    RouteTable table;
} Building;

static void build(void *argument) {
    Building *building = argument;
    router_build(building->arena, building->table);
}

static void test_tables_that_contradict(void **state) {
    (void)state;
    static const Route wrong[][2] = {
        {{METHOD_GET, "/a", ROLE_ANYONE, nothing}, {METHOD_GET, "/a", ROLE_OWNER, nothing}},
        {{METHOD_GET, "/{a}", ROLE_ANYONE, nothing}, {METHOD_GET, "/{b}", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "a", ROLE_ANYONE, nothing}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/a/", ROLE_ANYONE, nothing}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/a//b", ROLE_ANYONE, nothing}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/x{a}", ROLE_ANYONE, nothing}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/a", 0, nothing}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/a", ROLE_ANYONE, NULL}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/a", ROLE_ANYONE, nothing, .changes = true}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/a", ROLE_ANYONE, nothing, .states = 1}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_GET, "/a", ROLE_OWNER, nothing, .caching = CACHE_PUBLIC}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
        {{METHOD_OTHER, "/a", ROLE_ANYONE, nothing}, {METHOD_GET, "/", ROLE_ANYONE, nothing}},
    };
    Arena *arena = arena_open(1024 * 1024);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Building building = {arena, table_of(arena, wrong[i], 2)};
        if (arena_protect(arena, build, &building) != ERR_INTERNAL) fail_msg("table %zu was taken", i);
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_finding), cmocka_unit_test(test_tables_that_contradict)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
