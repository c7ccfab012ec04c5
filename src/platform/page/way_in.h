// SPDX-License-Identifier: EUPL-1.2
/* The part of a page that shows an address to keep: of a card, of a one-time link. It is shown once, because only its
 * hash is kept. */
#ifndef WSPOLNIE_PAGE_WAY_IN_H
#define WSPOLNIE_PAGE_WAY_IN_H

#include "page_pages.h"
#include "platform/http/request.h"

/* Draws a QR, which takes its time: in a route's .prepare, of a path that is only kept in the handler.
 * path: "/s/…". typed_at: the path where its last part can be typed as a code ("/s"), or absent: it cannot. */
WayInPart *way_in_of(Request *request, Str path, Str typed_at);

#endif
