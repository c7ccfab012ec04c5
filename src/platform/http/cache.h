// SPDX-License-Identifier: EUPL-1.2
/* Cache: public pages as they were last made, for anonymous readers.
 *
 * A page is kept by path and language, with the version its parts had when it was made
 * (store_version) and the minute; who finds it compares, and makes it anew when either moved. The gzip
 * and brotli forms are made when first asked for, and kept. What was used longest ago goes
 * when the limit is reached.
 */
#ifndef WSPOLNIE_HTTP_CACHE_H
#define WSPOLNIE_HTTP_CACHE_H

#include "platform/base/id.h"
#include "platform/i18n/i18n.h"
#include <stdatomic.h>

typedef struct Cache Cache;

/* In which language a page was asked for, and in which it is: a series may not have the first. */
typedef struct PageLanguage {
    Language asked, written;
} PageLanguage;

/* What a page is compared by. Both must be the same: the minute of a clock may come again. */
typedef struct PageStamp {
    int64_t version; /* store_version of what the page shows */
    int64_t minute;  /* since 1970, in which it was made */
} PageStamp;

enum { CACHE_BYTES = 16 * 1024 * 1024, CACHE_LARGEST_PAGE = 1024 * 1024 };

typedef enum Encoding { ENCODING_PLAIN, ENCODING_GZIP, ENCODING_BROTLI, ENCODING_COUNT } Encoding;
/* What an Accept-Encoding header likes best of ours (RFC 9110, section 12.5.3). */
Encoding encoding_choose(Str accept_encoding);
const char *encoding_name(Encoding encoding); /* "gzip", "br"; NULL for plain */
bool encoding_worthwhile(Str content_type, size_t size_bytes);

enum { ETAG_SIZE = 36 };

/* The two answers a form is sent as, which are always the same: response.c makes each once. */
typedef enum CachedAnswer { ANSWER_WHOLE, ANSWER_NOT_MODIFIED, ANSWER_COUNT } CachedAnswer;

typedef struct CachedPage CachedPage;

typedef struct CachedForm {
    CachedPage *page;
    Encoding encoding;
    unsigned char *bytes; /* NULL: not made */
    size_t size;
    char etag[ETAG_SIZE]; /* strong, with quotes */
    _Atomic(void *) answers[ANSWER_COUNT];
} CachedForm;

/* answer_free: lets go of what stands in a form's answers, when its page goes; or NULL. NULL: no memory. */
Cache *cache_open(size_t limit_bytes, void (*answer_free)(void *answer));
void cache_close(Cache *cache);
/* Pinned until cache_release, which may come from any thread; or NULL. */
CachedPage *cache_find(Cache *cache, Str path, Language language);
void cache_release(CachedPage *page);
/* Replaces what stands there. Copies all it is given. Gives it pinned; NULL: too large, or no memory. */
CachedPage *cache_put(Cache *cache, Str path, PageLanguage language, Id edition, PageStamp stamp, Str content_type,
                      Str body);

Id cached_edition(const CachedPage *page);
bool cached_is_of(const CachedPage *page, PageStamp stamp);
const char *cached_type(const CachedPage *page);
Language cached_language(const CachedPage *page); /* it is written in */
/* The page in that encoding, or plain where it does not get smaller; valid while pinned. */
CachedForm *cached_form(CachedPage *page, Encoding encoding);
/* Keeps an answer that was made for the form, and gives the one that is kept: where another thread was faster
 * it is that one's, and the caller lets go of its own. */
void *cached_answer_keep(CachedForm *form, CachedAnswer which, void *made);

/* A strong ETag for bytes. */
void etag_write(char etag[ETAG_SIZE], Str bytes, Encoding encoding);
/* Whether an If-None-Match header names it (RFC 9110, section 13.1.2). */
bool etag_matches(Str if_none_match, Str etag);

#endif
