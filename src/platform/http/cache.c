// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/cache.h"

#include <assert.h>
#include <brotli/encode.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <zlib.h>

enum {
    HEADS = 1024,
    BROTLI_LEVEL = 5,
    GZIP_LEVEL = 6,
    GZIP_WINDOW = 15 + 16 /* zlib: with a gzip head */,
    GZIP_MEMORY = 8
};

struct CachedPage {
    void (*answer_free)(void *answer);
    CachedPage *next;          /* of the same head */
    CachedPage *newer, *older; /* by last use */
    _Atomic unsigned pins;     /* one is the table's own while it stands there */
    uint64_t hash;
    PageLanguage language;
    Id edition;
    PageStamp stamp;
    char *path, *content_type;
    size_t size_bytes;      /* counted at twice the page, for the encoded forms to come */
    pthread_mutex_t making; /* of the two below */
    CachedForm forms[ENCODING_COUNT];
    bool made[ENCODING_COUNT]; /* tried; bytes is NULL where it did not get smaller */
};

struct Cache {
    pthread_mutex_t mutex;
    CachedPage *heads[HEADS];
    CachedPage *newest, *oldest;
    size_t size_bytes, limit_bytes;
    void (*answer_free)(void *answer);
};

void etag_write(char etag[ETAG_SIZE], Str bytes, Encoding encoding) {
    static const char *const marks[ENCODING_COUNT] = {"", "g", "b"};
    unsigned char digest[crypto_generichash_BYTES_MIN];
    char hex[2 * sizeof digest + 1];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)bytes.data, bytes.size, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    snprintf(etag, ETAG_SIZE, "\"%s%s\"", hex, marks[encoding]);
}

bool etag_matches(Str if_none_match, Str etag) {
    Str rest = if_none_match, part;
    while (str_next_part(&rest, ',', &part)) {
        part = str_trim(part);
        if (str_equal(part, STR("*"))) return true;
        if (str_starts_with(part, STR("W/"))) part = str_skip(part, 2);
        if (part.size && str_equal(part, etag)) return true;
    }
    return false;
}

Cache *cache_open(size_t limit_bytes, void (*answer_free)(void *answer)) {
    Cache *cache = calloc(1, sizeof *cache);
    if (!cache) return NULL;
    pthread_mutex_init(&cache->mutex, NULL);
    cache->limit_bytes = limit_bytes;
    cache->answer_free = answer_free;
    return cache;
}

static void form_free(CachedForm *form) {
    for (size_t i = 0; i < ANSWER_COUNT; i++) {
        void *answer = atomic_load(&form->answers[i]);
        if (answer) form->page->answer_free(answer);
    }
    free(form->bytes);
}

static void page_free(CachedPage *page) {
    for (size_t i = 0; i < ENCODING_COUNT; i++) form_free(&page->forms[i]);
    pthread_mutex_destroy(&page->making);
    free(page->path);
    free(page->content_type);
    free(page);
}

void cache_release(CachedPage *page) {
    if (atomic_fetch_sub(&page->pins, 1) == 1) page_free(page);
}

static void order_remove(Cache *cache, CachedPage *page) {
    if (page->newer) page->newer->older = page->older;
    else cache->newest = page->older;
    if (page->older) page->older->newer = page->newer;
    else cache->oldest = page->newer;
}

static void order_add(Cache *cache, CachedPage *page) {
    page->newer = NULL;
    page->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = page;
    cache->newest = page;
}

static void table_remove(Cache *cache, CachedPage *page) {
    CachedPage **link = &cache->heads[page->hash % HEADS];
    while (*link != page) link = &(*link)->next;
    *link = page->next;
    order_remove(cache, page);
    cache->size_bytes -= page->size_bytes;
    cache_release(page);
}

void cache_close(Cache *cache) {
    if (!cache) return;
    while (cache->newest) table_remove(cache, cache->newest);
    pthread_mutex_destroy(&cache->mutex);
    free(cache);
}

static CachedPage *lookup(const Cache *cache, Str path, Language language, uint64_t hash) {
    CachedPage *page = cache->heads[hash % HEADS];
    while (page && !(page->hash == hash && page->language.asked == language && str_equal(str_from_c(page->path), path)))
        page = page->next;
    return page;
}

CachedPage *cache_find(Cache *cache, Str path, Language language) {
    pthread_mutex_lock(&cache->mutex);
    CachedPage *page = lookup(cache, path, language, str_hash(path));
    if (page) {
        order_remove(cache, page);
        order_add(cache, page);
        atomic_fetch_add(&page->pins, 1);
    }
    pthread_mutex_unlock(&cache->mutex);
    return page;
}

static char *text_copy(Str text) {
    char *copy = malloc(text.size + 1);
    if (!copy) return NULL;
    if (text.size) memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return copy;
}

static CachedPage *page_new(Str path, Str content_type, Str body) {
    CachedPage *page = calloc(1, sizeof *page);
    if (!page) return NULL;
    pthread_mutex_init(&page->making, NULL);
    for (size_t i = 0; i < ENCODING_COUNT; i++) {
        page->forms[i].page = page;
        page->forms[i].encoding = (Encoding)i;
    }
    page->hash = str_hash(path);
    page->path = text_copy(path);
    page->content_type = text_copy(content_type);
    CachedForm *plain = &page->forms[ENCODING_PLAIN];
    plain->bytes = (unsigned char *)text_copy(body);
    plain->size = body.size;
    if (!page->path || !page->content_type || !plain->bytes) {
        page_free(page);
        return NULL;
    }
    etag_write(plain->etag, body, ENCODING_PLAIN);
    page->made[ENCODING_PLAIN] = true;
    page->size_bytes = sizeof *page + path.size + 2 * body.size;
    return page;
}

CachedPage *cache_put(Cache *cache, Str path, PageLanguage language, Id edition, PageStamp stamp, Str content_type,
                      Str body) {
    if (body.size > CACHE_LARGEST_PAGE || body.size > cache->limit_bytes / 4) return NULL;
    CachedPage *page = page_new(path, content_type, body);
    if (!page) return NULL;
    page->language = language;
    page->edition = edition;
    page->stamp = stamp;
    page->answer_free = cache->answer_free;
    atomic_store(&page->pins, 2); /* the table's and the caller's */
    pthread_mutex_lock(&cache->mutex);
    CachedPage *before = lookup(cache, path, language.asked, page->hash);
    if (before) table_remove(cache, before);
    while (cache->oldest && cache->size_bytes + page->size_bytes > cache->limit_bytes) {
        assert(!cache->oldest->older);
        table_remove(cache, cache->oldest);
    }
    page->next = cache->heads[page->hash % HEADS];
    cache->heads[page->hash % HEADS] = page;
    order_add(cache, page);
    cache->size_bytes += page->size_bytes;
    pthread_mutex_unlock(&cache->mutex);
    return page;
}

Id cached_edition(const CachedPage *page) { return page->edition; }
bool cached_is_of(const CachedPage *page, PageStamp stamp) {
    return page->stamp.version == stamp.version && page->stamp.minute == stamp.minute;
}
const char *cached_type(const CachedPage *page) { return page->content_type; }
Language cached_language(const CachedPage *page) { return page->language.written; }

/* Each gives the encoded size, or 0 where it did not fit into room bytes or failed. */
static size_t gzip_into(unsigned char *out, size_t room, const CachedForm *plain) {
    z_stream stream = {
        .next_in = plain->bytes, .avail_in = (uInt)plain->size, .next_out = out, .avail_out = (uInt)room};
    if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    int end = deflate(&stream, Z_FINISH);
    size_t size = stream.total_out;
    deflateEnd(&stream);
    return end == Z_STREAM_END ? size : 0;
}

static size_t brotli_into(unsigned char *out, size_t room, const CachedForm *plain) {
    size_t size = room;
    bool fits = BrotliEncoderCompress(BROTLI_LEVEL, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, plain->size, plain->bytes,
                                      &size, out);
    return fits ? size : 0;
}

static void make_form(CachedPage *page, Encoding encoding) {
    const CachedForm *plain = &page->forms[ENCODING_PLAIN];
    CachedForm *form = &page->forms[encoding];
    unsigned char *bytes = malloc(plain->size + 1); /* what gets no smaller is not worth sending */
    if (!bytes) return;
    size_t size =
        encoding == ENCODING_GZIP ? gzip_into(bytes, plain->size, plain) : brotli_into(bytes, plain->size, plain);
    unsigned char *fitted = size ? realloc(bytes, size) : NULL;
    if (!fitted) {
        free(bytes);
        return;
    }
    form->bytes = fitted;
    form->size = size;
    etag_write(form->etag, str_from((const char *)plain->bytes, plain->size), encoding);
}

CachedForm *cached_form(CachedPage *page, Encoding encoding) {
    CachedForm *plain = &page->forms[ENCODING_PLAIN], *form = &page->forms[encoding];
    if (!encoding_worthwhile(str_from_c(page->content_type), plain->size)) return plain;
    pthread_mutex_lock(&page->making);
    if (!page->made[encoding]) {
        make_form(page, encoding);
        page->made[encoding] = true;
    }
    pthread_mutex_unlock(&page->making);
    return form->bytes ? form : plain;
}

void *cached_answer_keep(CachedForm *form, CachedAnswer which, void *made) {
    void *kept = NULL;
    return atomic_compare_exchange_strong(&form->answers[which], &kept, made) ? made : kept;
}
