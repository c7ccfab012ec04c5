// SPDX-License-Identifier: EUPL-1.2
/* Watch: a thread that asks the store what has changed, for the streams of changes (sse.h).
 *
 * Other nodes and the command line change the store too, and nothing tells us of it; so the versions of the editions
 * somebody listens to are read every SSE_WATCH_MS, 256 in one query, and none while nobody listens. A store that is
 * away is asked again the next time: requests tell of it in the log.
 */
#ifndef WSPOLNIE_HTTP_WATCH_H
#define WSPOLNIE_HTTP_WATCH_H

#include "platform/http/exchange.h"

Watch *watch_open(Store *store, StreamHub *hub); /* NULL: no memory, or no thread */
void watch_close(Watch *watch);

#endif
