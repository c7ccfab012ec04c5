// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/sse.h"

#include "platform/base/log.h"
#include "platform/base/random.h"
#include "platform/http/exchange.h"

#include <poll.h>

enum { MOST_CHANNELS = 256, EVENT_BYTES = 8 * 1024, HEARTBEAT_MS = SSE_HEARTBEAT_S * 1000, BLOCK_BYTES = 4096 };

typedef struct Event {
    char *bytes; /* as sent, with its id */
    size_t size;
} Event;

typedef struct Channel {
    struct Channel *next;
    Id id;
    uint64_t published;       /* events so far; the last is number published */
    Event events[SSE_REPLAY]; /* number n at n % SSE_REPLAY */
    size_t streams;
    bool is_watched; /* for changes: what was last seen of the edition's parts */
    int64_t versions[PART_COUNT];
    uint64_t used; /* when last, by hub->uses */
} Channel;

typedef struct Stream {
    struct Stream *next, **link;
    StreamHub *hub;
    Channel *channel;
    struct MHD_Connection *connection;
    Peer *peer;
    char *pending;
    size_t size, capacity;
    bool suspended, ending;
    Address client; /* as limits count */
    int64_t began_ms;
    int64_t beat_ms; /* when something was last sent */
} Stream;

struct StreamHub {
    pthread_mutex_t mutex;
    uint64_t start; /* tells ids of this run of the program from earlier ones */
    uint64_t uses;
    Channel *channels;
    size_t channel_count;
    Stream *streams;
    size_t stream_count;
    bool ending;
};

StreamHub *stream_hub_open(void) {
    StreamHub *hub = calloc(1, sizeof *hub);
    if (!hub) return NULL;
    pthread_mutex_init(&hub->mutex, NULL);
    random_secret(&hub->start, sizeof hub->start);
    return hub;
}

static void channel_free(Channel *channel) {
    for (size_t i = 0; i < SSE_REPLAY; i++) free(channel->events[i].bytes);
    free(channel);
}

void stream_hub_close(StreamHub *hub) {
    if (!hub) return;
    while (hub->channels) {
        Channel *next = hub->channels->next;
        channel_free(hub->channels);
        hub->channels = next;
    }
    pthread_mutex_destroy(&hub->mutex);
    free(hub);
}

/* ---- channels ------------------------------------------------------------------------------------------ */

/* Forgets the channel nobody listens to that was used longest ago. */
static void drop_idle_channel(StreamHub *hub) {
    Channel **oldest = NULL;
    for (Channel **link = &hub->channels; *link; link = &(*link)->next)
        if (!(*link)->streams && (!oldest || (*link)->used < (*oldest)->used)) oldest = link;
    if (!oldest) return;
    Channel *gone = *oldest;
    *oldest = gone->next;
    hub->channel_count--;
    channel_free(gone);
}

static Channel *channel_of(StreamHub *hub, Id id) {
    Channel *channel = hub->channels;
    while (channel && channel->id != id) channel = channel->next;
    if (!channel) {
        if (hub->channel_count >= MOST_CHANNELS) drop_idle_channel(hub);
        channel = calloc(1, sizeof *channel);
        if (!channel) return NULL;
        *channel = (Channel){.id = id, .next = hub->channels};
        random_secret(&channel->published, 4); /* a channel made anew does not repeat its numbers */
        channel->published++;
        hub->channels = channel;
        hub->channel_count++;
    }
    channel->used = ++hub->uses;
    return channel;
}

/* ---- streams ------------------------------------------------------------------------------------------- */

static void wake(Stream *stream) {
    if (!stream->suspended) return;
    stream->suspended = false;
    MHD_resume_connection(stream->connection);
}

/* A reader that leaves more than the backlog unread is cut, and comes back for the replay. */
static void stream_add(Stream *stream, const char *bytes, size_t size) {
    if (stream->ending) return;
    if (stream->size + size > SSE_BACKLOG_BYTES) {
        stream->ending = true;
        atomic_store(&stream->peer->deadline_ms, 1);
        wake(stream);
        return;
    }
    if (stream->size + size > stream->capacity) {
        size_t capacity = stream->capacity ? stream->capacity : 512;
        while (capacity < stream->size + size) capacity *= 2;
        char *larger = realloc(stream->pending, capacity);
        if (!larger) {
            stream->ending = true;
            wake(stream);
            return;
        }
        stream->pending = larger;
        stream->capacity = capacity;
    }
    memcpy(stream->pending + stream->size, bytes, size);
    stream->size += size;
    stream->beat_ms = monotonic_ms();
    wake(stream);
}

/* Called by libmicrohttpd for more bytes, on the connection's thread. */
static ssize_t stream_read(void *context, uint64_t position, char *out, size_t room) {
    (void)position;
    Stream *stream = context;
    StreamHub *hub = stream->hub;
    pthread_mutex_lock(&hub->mutex);
    ssize_t given;
    if (stream->size) {
        size_t size = stream->size < room ? stream->size : room;
        memcpy(out, stream->pending, size);
        memmove(stream->pending, stream->pending + size, stream->size - size);
        stream->size -= size;
        given = (ssize_t)size;
    } else if (stream->ending || hub->ending) {
        given = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        stream->suspended = true;
        MHD_suspend_connection(stream->connection);
        given = 0;
    }
    pthread_mutex_unlock(&hub->mutex);
    return given;
}

static void stream_free(void *context) {
    Stream *stream = context;
    StreamHub *hub = stream->hub;
    pthread_mutex_lock(&hub->mutex);
    *stream->link = stream->next;
    if (stream->next) stream->next->link = stream->link;
    stream->channel->streams--;
    hub->stream_count--;
    pthread_mutex_unlock(&hub->mutex);
    free(stream->pending);
    free(stream);
}

/* "START-NUMBER": false where it is not of this run of the program. */
static bool parse_event_id(const StreamHub *hub, Str text, uint64_t *number) {
    char start[20];
    int size = snprintf(start, sizeof start, "%016llx-", (unsigned long long)hub->start);
    int64_t parsed;
    if (!str_starts_with(text, str_from(start, (size_t)size)) || !str_to_int(str_skip(text, (size_t)size), &parsed))
        return false;
    *number = (uint64_t)parsed;
    return parsed >= 0;
}

static void replay(Stream *stream, Str last_event_id) {
    const Channel *channel = stream->channel;
    char text[96];
    /* Gives a browser that saw no event yet a place to come back to; without data it is no event. */
    int size = snprintf(text, sizeof text, "id: %016llx-%llu\n\n", (unsigned long long)stream->hub->start,
                        (unsigned long long)channel->published);
    uint64_t seen = channel->published;
    bool known = str_is_empty(last_event_id) || parse_event_id(stream->hub, last_event_id, &seen);
    if (!known || seen > channel->published || channel->published - seen > SSE_REPLAY) {
        static const char reload[] = "event: reload\ndata: \n\n";
        stream_add(stream, reload, sizeof reload - 1);
        seen = channel->published;
    }
    for (uint64_t number = seen + 1; number <= channel->published; number++) {
        const Event *event = &channel->events[number % SSE_REPLAY];
        if (event->bytes) stream_add(stream, event->bytes, event->size);
    }
    stream_add(stream, text, (size_t)size);
}

struct MHD_Response *stream_response(Exchange *exchange) {
    StreamHub *hub = exchange->server->streams;
    Stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    pthread_mutex_lock(&hub->mutex);
    Channel *channel = channel_of(hub, exchange->stream_channel);
    if (!channel) {
        pthread_mutex_unlock(&hub->mutex);
        free(stream);
        return NULL;
    }
    *stream = (Stream){.next = hub->streams,
                       .link = &hub->streams,
                       .hub = hub,
                       .channel = channel,
                       .connection = exchange->connection,
                       .peer = exchange->peer,
                       .client = address_for_limits(&exchange->client),
                       .began_ms = monotonic_ms(),
                       .beat_ms = monotonic_ms()};
    if (exchange->is_watching && !channel->is_watched) {
        channel->is_watched = true;
        memcpy(channel->versions, exchange->stream_versions, sizeof channel->versions);
    }
    if (hub->streams) hub->streams->link = &stream->next;
    hub->streams = stream;
    hub->stream_count++;
    channel->streams++;
    replay(stream, head_get(&exchange->head, STR("Last-Event-ID")));
    pthread_mutex_unlock(&hub->mutex);
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, stream_read, stream, stream_free);
    if (!response) stream_free(stream);
    return response;
}

/* Two that are let in at the same time may both be the last, so there can be one more for each thread. */
static bool may_stream(const Exchange *exchange) {
    StreamHub *hub = exchange->server->streams;
    Address client = address_for_limits(&exchange->client);
    size_t of_client = 0;
    pthread_mutex_lock(&hub->mutex);
    for (const Stream *stream = hub->streams; stream; stream = stream->next)
        of_client += address_equal(&stream->client, &client);
    bool has_room = hub->stream_count < exchange->server->options.connections / SSE_SHARE;
    pthread_mutex_unlock(&hub->mutex);
    return has_room && of_client < SSE_PER_ADDRESS;
}

Err respond_stream(Request *request, Id channel) {
    Exchange *exchange = exchange_of(request);
    if (!may_stream(exchange)) return ERR_BUSY;
    exchange->is_stream = true;
    exchange->stream_channel = channel;
    request->response.content_type = STR("text/event-stream");
    return OK;
}

Err respond_changes(Request *request, Id edition) {
    Exchange *exchange = exchange_of(request);
    EditionVersions now = {.edition = edition};
    store_versions(request->tx, &now, 1);
    exchange->is_watching = true;
    memcpy(exchange->stream_versions, now.versions, sizeof now.versions);
    return respond_stream(request, edition);
}

/* ---- events ---------------------------------------------------------------------------------------------- */

static void publish(StreamHub *hub, Channel *channel, const char *name, Str data) {
    size_t room = data.size + strlen(name) + 96;
    char *bytes = malloc(room);
    if (!bytes) return;
    uint64_t number = ++channel->published;
    int size = snprintf(bytes, room, "id: %016llx-%llu\nevent: %s\ndata: %.*s\n\n", (unsigned long long)hub->start,
                        (unsigned long long)number, name, STR_FORMAT(data));
    Event *event = &channel->events[number % SSE_REPLAY];
    free(event->bytes);
    *event = (Event){bytes, (size_t)size};
    for (Stream *stream = hub->streams; stream; stream = stream->next)
        if (stream->channel == channel) stream_add(stream, bytes, (size_t)size);
}

void sse_publish(Server *server, Id channel_id, const char *name, Str data) {
    StreamHub *hub = server->streams;
    if (data.size > EVENT_BYTES || str_index_of_char(data, '\n') >= 0 || str_index_of_char(data, '\r') >= 0) {
        log_error(STR_ABSENT, "event %s is too long or has more than one line, and was left out", name);
        return;
    }
    pthread_mutex_lock(&hub->mutex);
    Channel *channel = channel_of(hub, channel_id);
    if (channel) publish(hub, channel, name, data);
    pthread_mutex_unlock(&hub->mutex);
}

size_t stream_hub_watched(StreamHub *hub, size_t skipped, EditionVersions *editions, size_t most) {
    size_t count = 0;
    pthread_mutex_lock(&hub->mutex);
    for (const Channel *channel = hub->channels; channel && count < most; channel = channel->next) {
        if (!channel->is_watched || !channel->streams) continue;
        if (skipped) skipped--;
        else editions[count++].edition = channel->id;
    }
    pthread_mutex_unlock(&hub->mutex);
    return count;
}

static Channel *channel_that_is(StreamHub *hub, Id id) {
    Channel *channel = hub->channels;
    while (channel && channel->id != id) channel = channel->next;
    return channel;
}

/* A version never falls; one that is lower was read before a stream began from a higher. */
void stream_hub_seen(StreamHub *hub, const EditionVersions *editions, size_t count) {
    static const char *const parts[PART_COUNT] = {[PART_EDITION] = "edition",
                                                  [PART_PROGRAMME] = "programme",
                                                  [PART_DIRECTORY] = "directory",
                                                  [PART_ROUNDS] = "rounds",
                                                  [PART_SIGNUPS] = "signups"};
    pthread_mutex_lock(&hub->mutex);
    for (size_t i = 0; i < count; i++) {
        Channel *channel = channel_that_is(hub, editions[i].edition);
        for (size_t part = 0; channel && part < PART_COUNT; part++) {
            if (editions[i].versions[part] <= channel->versions[part]) continue;
            channel->versions[part] = editions[i].versions[part];
            publish(hub, channel, "changed", str_from_c(parts[part]));
        }
    }
    pthread_mutex_unlock(&hub->mutex);
}

size_t sse_open_streams(const Server *server) {
    StreamHub *hub = server->streams;
    pthread_mutex_lock(&hub->mutex);
    size_t count = hub->stream_count;
    pthread_mutex_unlock(&hub->mutex);
    return count;
}

/* libmicrohttpd does not look at a suspended connection. The descriptor is open as long as the stream is there. */
static bool has_left(const Stream *stream) {
    struct pollfd waiting = {.fd = stream->peer->fd, .events = POLLRDHUP};
    return poll(&waiting, 1, 0) > 0;
}

void stream_hub_tick(StreamHub *hub, int64_t now_ms) {
    pthread_mutex_lock(&hub->mutex);
    for (Stream *stream = hub->streams; stream; stream = stream->next) {
        if (now_ms - stream->began_ms >= SSE_LONGEST_S * INT64_C(1000) || has_left(stream)) {
            stream->ending = true;
            wake(stream);
        } else if (now_ms - stream->beat_ms >= HEARTBEAT_MS) {
            stream_add(stream, ":\n\n", 3);
        }
    }
    pthread_mutex_unlock(&hub->mutex);
}

void stream_hub_end_all(StreamHub *hub) {
    pthread_mutex_lock(&hub->mutex);
    hub->ending = true;
    for (Stream *stream = hub->streams; stream; stream = stream->next) wake(stream);
    pthread_mutex_unlock(&hub->mutex);
}
