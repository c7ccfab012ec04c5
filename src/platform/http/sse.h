// SPDX-License-Identifier: EUPL-1.2
/* Server-sent events: open pages that are told of changes (WHATWG HTML, "Server-sent events").
 *
 * A channel belongs to an edition. sse_publish gives an event to every open stream of the
 * channel; the last SSE_REPLAY events are kept, so that a browser that comes back with
 * Last-Event-ID misses nothing, or is told to reload when it was away too long, or comes back
 * to another node. A comment is sent every 20 s. A reader that does not read is dropped. A stream
 * ends after SSE_LONGEST_S, and a browser comes back by itself.
 *
 * respond_changes makes a stream that tells which public parts of the edition have changed, on
 * whatever node or by whatever command: a thread (watch.c) asks the store for the versions of the
 * editions somebody listens to, every SSE_WATCH_MS, and compares them with those it saw before. The
 * versions a stream begins from are read before its first byte is sent: who opens the stream, then
 * reads the page, then reads it again at each event, misses nothing.
 *
 *     event: changed
 *     data: programme
 */
#ifndef WSPOLNIE_HTTP_SSE_H
#define WSPOLNIE_HTTP_SSE_H

#include "platform/http/server.h"

enum { SSE_REPLAY = 64, SSE_HEARTBEAT_S = 20, SSE_BACKLOG_BYTES = 64 * 1024, SSE_WATCH_MS = 200 };
/* At most a quarter of the server's connections are streams, and so many of one address; each ends after a while. */
enum { SSE_SHARE = 4, SSE_PER_ADDRESS = 64, SSE_LONGEST_S = 15 * 60 };

/* Makes the response of a GET handler a stream of the channel. ERR_BUSY: there are too many. */
Err respond_stream(Request *request, Id channel);
/* The same, of what changes in the edition: event "changed", data the part's name ("edition", "programme",
 * "directory", "rounds", "signups"). */
Err respond_changes(Request *request, Id edition);
/* name: the event's type, a constant. data: one line of text. Call after the COMMIT
 * (request_after_commit). */
void sse_publish(Server *server, Id channel, const char *name, Str data);
size_t sse_open_streams(const Server *server);

#endif
