// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/worker.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Job {
    void (*work)(void *context);
    void *context;
} Job;

struct Workers {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    Job queue[WORKER_QUEUE_LIMIT]; /* a ring from first */
    size_t first, count;
    bool closing;
    pthread_t threads[WORKER_THREADS];
    size_t thread_count;
};

static bool take_job(Workers *workers, Job *job) {
    pthread_mutex_lock(&workers->mutex);
    while (!workers->count && !workers->closing) pthread_cond_wait(&workers->wake, &workers->mutex);
    bool found = workers->count > 0;
    if (found) {
        *job = workers->queue[workers->first];
        workers->first = (workers->first + 1) % WORKER_QUEUE_LIMIT;
        workers->count--;
    }
    pthread_mutex_unlock(&workers->mutex);
    return found;
}

static void *work_on(void *argument) {
    Job job;
    while (take_job(argument, &job)) job.work(job.context);
    return NULL;
}

Workers *workers_open(void) {
    Workers *workers = calloc(1, sizeof *workers);
    if (!workers) return NULL;
    pthread_mutex_init(&workers->mutex, NULL);
    pthread_cond_init(&workers->wake, NULL);
    for (size_t i = 0; i < WORKER_THREADS; i++)
        workers->thread_count += pthread_create(&workers->threads[workers->thread_count], NULL, work_on, workers) == 0;
    if (workers->thread_count) return workers;
    workers_close(workers);
    return NULL;
}

void workers_close(Workers *workers) {
    if (!workers) return;
    pthread_mutex_lock(&workers->mutex);
    workers->closing = true;
    pthread_cond_broadcast(&workers->wake);
    pthread_mutex_unlock(&workers->mutex);
    for (size_t i = 0; i < workers->thread_count; i++) pthread_join(workers->threads[i], NULL);
    pthread_cond_destroy(&workers->wake);
    pthread_mutex_destroy(&workers->mutex);
    free(workers);
}

Err workers_run(Workers *workers, void (*work)(void *context), void *context) {
    pthread_mutex_lock(&workers->mutex);
    bool room = workers->count < WORKER_QUEUE_LIMIT && !workers->closing;
    if (room) {
        workers->queue[(workers->first + workers->count++) % WORKER_QUEUE_LIMIT] = (Job){work, context};
        pthread_cond_signal(&workers->wake);
    }
    pthread_mutex_unlock(&workers->mutex);
    return room ? OK : ERR_BUSY;
}
