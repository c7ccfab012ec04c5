// SPDX-License-Identifier: EUPL-1.2
/* The routes that serve what is built in: /assets/…, the icon where browsers look for it, robots.txt. */
#ifndef WSPOLNIE_PAGE_ASSETS_HANDLER_H
#define WSPOLNIE_PAGE_ASSETS_HANDLER_H

#include "platform/http/route.h"

extern const Route asset_routes[];
extern const size_t asset_route_count;

#endif
