// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/internal.h"

static const Route routes[] = {
    {METHOD_GET, "/", ROLE_ANYONE, home_page, .caching = CACHE_PUBLIC, .parts = 1 << PART_EDITION},
    {METHOD_GET, "/{series}", ROLE_ANYONE, series_page, .caching = CACHE_PUBLIC, .parts = 1 << PART_EDITION},
    {METHOD_GET, "/{series}/{edition}", ROLE_ANYONE, edition_page, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_EDITION | 1 << PART_PROGRAMME | 1 << PART_DIRECTORY | 1 << PART_SIGNUPS},
    {METHOD_GET, "/admin/series/new", ROLE_OWNER, series_new_page},
    {METHOD_POST, "/admin/series/new", ROLE_OWNER, series_create, .changes = true},
    {METHOD_GET, "/admin/series/{series}", ROLE_COORDINATOR, series_edit_page},
    {METHOD_POST, "/admin/series/{series}", ROLE_COORDINATOR, series_change, .changes = true},
    {METHOD_GET, "/{series}/staff/new-edition", ROLE_COORDINATOR, edition_new_page},
    {METHOD_POST, "/{series}/staff/new-edition", ROLE_COORDINATOR, edition_create, .changes = true},
    {METHOD_GET, "/me", ROLE_SIGNED_IN, mine_page},
    {METHOD_GET, "/me/{series}/{edition}/{organisation}", ROLE_REPRESENTATIVE | ROLE_COORDINATOR, my_gathering_page},
    {METHOD_GET, "/{series}/{edition}/staff", ROLE_COORDINATOR, today_page},
};

const Room editions_room = {
    .name = "editions", .routes = routes, .route_count = COUNT(routes), .today_items = editions_today_items};
