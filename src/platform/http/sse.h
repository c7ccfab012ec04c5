// SPDX-License-Identifier: EUPL-1.2
/* Server-sent events: open pages that are told of changes (WHATWG HTML, "Server-sent events").
 *
 * A channel belongs to an edition. sse_publish gives an event to every open stream of the
 * channel; the last SSE_REPLAY events are kept, so that a browser that comes back with
 * Last-Event-ID misses nothing, or is told to reload when it was away too long. A comment
 * is sent every 20 s. A reader that does not read is dropped.
 */
#ifndef WSPOLNIE_HTTP_SSE_H
#define WSPOLNIE_HTTP_SSE_H

#include "platform/http/server.h"

enum { SSE_REPLAY = 64, SSE_HEARTBEAT_S = 20, SSE_BACKLOG_BYTES = 64 * 1024 };

/* Makes the response of a GET handler a stream of the channel. */
Err respond_stream(Request *request, Id channel);
/* name: the event's type, a constant. data: one line of text. Call after the COMMIT
 * (request_after_commit). */
void sse_publish(Server *server, Id channel, const char *name, Str data);
size_t sse_open_streams(const Server *server);

#endif
