// SPDX-License-Identifier: EUPL-1.2
/* Workers: a few threads for what is too slow for a pool thread, and a short queue before them. */
#ifndef WSPOLNIE_HTTP_WORKER_H
#define WSPOLNIE_HTTP_WORKER_H

#include "platform/base/err.h"

typedef struct Workers Workers;

enum { WORKER_THREADS = 2, WORKER_QUEUE_LIMIT = 256 };

Workers *workers_open(void); /* NULL: no memory, or no threads */
/* Does what is queued, then ends the threads. */
void workers_close(Workers *workers);
/* ERR_BUSY when the queue is full. */
Err workers_run(Workers *workers, void (*work)(void *context), void *context);

#endif
