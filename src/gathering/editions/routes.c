// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/ask_things.h"
#include "gathering/editions/commands.h"
#include "gathering/editions/edition_form.h"
#include "gathering/editions/host.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/look.h"
#include "gathering/editions/next.h"
#include "gathering/editions/things.h"

static const Route routes[] = {
    {METHOD_GET, "/", ROLE_ANYONE, home_page, .caching = CACHE_PUBLIC,
     .parts = (1 << PART_COUNT) - 1}, /* the motif is drawn from all */
    {METHOD_GET, "/brand/{sheet}", ROLE_ANYONE, brand_sheet},
    {METHOD_GET, "/{series}", ROLE_ANYONE, series_page, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_EDITION | 1 << PART_DIRECTORY},
    {METHOD_GET, "/{series}/{edition}", ROLE_ANYONE, edition_page, .caching = CACHE_PUBLIC,
     .parts = (1 << PART_COUNT) - 1}, /* every room has a part of it */
    {METHOD_GET, "/{series}/{edition}/changes", ROLE_ANYONE, edition_changes},
    {METHOD_GET, "/{series}/{edition}/privacy", ROLE_ANYONE, told_page},
    {METHOD_GET, "/{series}/{edition}/privacy/{notice}", ROLE_ANYONE, told_version_page},
    {METHOD_GET, "/{series}/{edition}/organisations/{organisation}", ROLE_ANYONE, organisation_page,
     .caching = CACHE_PUBLIC, .parts = (1 << PART_COUNT) - 1},
    {METHOD_GET, "/admin/series/new", ROLE_OWNER, series_new_page},
    {METHOD_POST, "/admin/series/new", ROLE_OWNER, series_create, .changes = true, .form = &series_asked},
    {METHOD_GET, "/admin/series/{series}", ROLE_COORDINATOR, series_edit_page},
    {METHOD_POST, "/admin/series/{series}", ROLE_COORDINATOR, series_change, .changes = true, .form = &series_asked},
    {METHOD_GET, "/{series}/staff/new-edition", ROLE_COORDINATOR, edition_new_page},
    {METHOD_POST, "/{series}/staff/new-edition", ROLE_COORDINATOR, edition_create, .changes = true,
     .form = &edition_asked},
    {METHOD_GET, "/{series}/staff/next-edition", ROLE_COORDINATOR, next_page},
    {METHOD_POST, "/{series}/staff/next-edition", ROLE_COORDINATOR, next_make, .changes = true, .form = &next_asked},
    {METHOD_GET, "/me", ROLE_SIGNED_IN, mine_page},
    {METHOD_GET, "/me/{series}/{edition}/{organisation}", ROLE_REPRESENTATIVE | ROLE_COORDINATOR, my_gathering_page},
    {METHOD_GET, "/{series}/{edition}/staff", ROLE_COORDINATOR, today_page},
    {METHOD_GET, "/{series}/{edition}/staff/invite", ROLE_COORDINATOR, invite_page},
    {METHOD_GET, "/{series}/{edition}/staff/invite/{language}", ROLE_COORDINATOR, poster_page},
    {METHOD_GET, "/{series}/{edition}/staff/settings", ROLE_COORDINATOR, settings_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings", ROLE_COORDINATOR, settings_change, .changes = true,
     .form = &edition_asked},
    {METHOD_GET, "/{series}/{edition}/staff/settings/state", ROLE_COORDINATOR, state_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings/state", ROLE_COORDINATOR, state_change, .changes = true,
     .states = STATES_ALL, .form = &state_asked},
    {METHOD_GET, "/{series}/{edition}/staff/settings/frame", ROLE_COORDINATOR, frame_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings/frame/propose", ROLE_COORDINATOR, frame_take_proposed,
     .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/settings/places", ROLE_COORDINATOR, places_page},
    {METHOD_GET, "/{series}/{edition}/staff/settings/reported", ROLE_COORDINATOR, reported_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings/reported", ROLE_COORDINATOR, reported_change, .changes = true,
     .form = &report_asked},
    {METHOD_GET, "/{series}/{edition}/staff/settings/from-last", ROLE_COORDINATOR, from_last_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings/from-last", ROLE_COORDINATOR, from_last_take, .changes = true,
     .form = &from_last_asked},
    {METHOD_GET, "/{series}/{edition}/staff/settings/host", ROLE_COORDINATOR, asks_page},
    {METHOD_GET, "/{series}/{edition}/staff/settings/view", ROLE_COORDINATOR, views_page},
    {METHOD_GET, "/{series}/{edition}/host", ROLE_HOST | ROLE_COORDINATOR, host_page},
    {METHOD_GET, "/{series}/{edition}/host/asks/{ask}", ROLE_HOST | ROLE_COORDINATOR, host_ask_page},
    {METHOD_POST, "/{series}/{edition}/host/asks/{ask}", ROLE_HOST | ROLE_COORDINATOR, host_ask_answer, .changes = true,
     .form = &answer_asked},
    {METHOD_GET, "/{series}/{edition}/host/house/{venue}", ROLE_HOST | ROLE_COORDINATOR, host_house_page},
    {METHOD_POST, "/{series}/{edition}/host/house/{venue}", ROLE_HOST | ROLE_COORDINATOR, host_house_save,
     .changes = true, .form = &house_asked},
    {METHOD_GET, "/{series}/{edition}/host/spaces/{space}", ROLE_HOST | ROLE_COORDINATOR, host_space_page},
    {METHOD_POST, "/{series}/{edition}/host/spaces/{space}", ROLE_HOST | ROLE_COORDINATOR, host_space_save,
     .changes = true, .form = &space_asked},
    {METHOD_GET, "/{series}/{edition}/staff/settings/{things}/{thing}", ROLE_COORDINATOR, thing_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings/{things}/{thing}", ROLE_COORDINATOR, thing_save, .changes = true,
     .form = &thing_asked},
    {METHOD_POST, "/{series}/{edition}/staff/settings/{things}/{thing}/remove", ROLE_COORDINATOR, thing_remove,
     .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/settings/notice", ROLE_COORDINATOR, notice_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings/notice", ROLE_COORDINATOR, notice_change, .changes = true,
     .form = &notice_asked},
    {METHOD_GET, "/{series}/{edition}/staff/settings/before", ROLE_COORDINATOR, before_page},
    {METHOD_POST, "/{series}/{edition}/staff/settings/before", ROLE_COORDINATOR, before_try, .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/settings/people", ROLE_COORDINATOR, people_page, .reads = "read.helpers"},
    {METHOD_POST, "/{series}/{edition}/staff/settings/people", ROLE_COORDINATOR, people_give, .changes = true,
     .form = &helper_asked},
    {METHOD_POST, "/{series}/{edition}/staff/settings/people/take", ROLE_COORDINATOR, people_take, .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/settings/people/{person}/link", ROLE_COORDINATOR, people_link_page,
     .reads = "read.helpers"},
    {METHOD_POST, "/{series}/{edition}/staff/settings/people/{person}/link", ROLE_COORDINATOR, people_link_make,
     .changes = true, .prepare = people_link_prepare},
    {METHOD_GET, "/{series}/{edition}/staff/mail", ROLE_COORDINATOR, mail_page, .reads = "read.mail"},
    {METHOD_GET, "/{series}/{edition}/staff/mail/{message}", ROLE_COORDINATOR, message_page, .reads = "read.letter"},
    {METHOD_POST, "/{series}/{edition}/staff/mail/{message}", ROLE_COORDINATOR, message_passed_on, .changes = true},
};

static const JoinColumn join_columns[] = {
    {{.table = "party", .column = "organisation"}, JOIN_FOLLOWS, NULL},
};

const Room editions_room = {
    .name = "editions",
    .join_columns = join_columns,
    .join_column_count = COUNT(join_columns),
    .routes = routes,
    .route_count = COUNT(routes),
    .today_items = editions_today_items,
    .commands = editions_commands,
    .command_count = EDITIONS_COMMAND_COUNT,
    .copy_parts = editions_copy_parts,
    .copy_part_count = EDITIONS_COPY_PART_COUNT,
};
