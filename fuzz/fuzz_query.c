// SPDX-License-Identifier: EUPL-1.2
/* Any bytes as a request's target: what the guard lets through, the router and the query's parser can take. */
#include "fields_checked.h"
#include "platform/http/guard.h"
#include "platform/http/router.h"

static Err nothing(Request *request) { return request ? OK : ERR_INTERNAL; }

static const Route routes[] = {
    {METHOD_GET, "/", ROLE_ANYONE, nothing},
    {METHOD_GET, "/{series}/{edition}/walks", ROLE_ANYONE, nothing},
    {METHOD_GET, "/s/{secret}", ROLE_ANYONE, nothing},
};
static const Route *const pointers[] = {&routes[0], &routes[1], &routes[2]};

static void take(void *argument) {
    const Input *input = argument;
    const HeadLine host = {STR("Host"), STR("x")};
    RequestHead head = {STR("GET"), input->bytes, STR("HTTP/1.1"), &host, 1};
    BodyFraming framing;
    if (guard_head(&head, 16 * 1024, &framing)) return;
    ptrdiff_t question = str_index_of_char(input->bytes, '?');
    Str path = question < 0 ? input->bytes : str_slice(input->bytes, 0, (size_t)question), decoded;
    bool sound = percent_decode(input->arena, path, false, &decoded);
    assert(sound);
    RouteMatch match = {0};
    router_find(router_build(input->arena, (RouteTable){pointers, 3}), input->arena, METHOD_GET, path, &match);
    check(&match.parameters);
    Fields fields;
    if (question >= 0 &&
        !fields_from_urlencoded(input->arena, str_skip(input->bytes, (size_t)question + 1), FIELDS, &fields))
        check(&fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {arena_open(ARENA_BYTES), str_from((const char *)data, size)};
    arena_protect(input.arena, take, &input);
    arena_close(input.arena);
    return 0;
}
