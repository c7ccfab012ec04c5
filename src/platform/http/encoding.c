// SPDX-License-Identifier: EUPL-1.2
/* Which encoding a browser likes, and what is worth encoding. */
#include "platform/http/cache.h"

enum { SMALLEST_WORTHWHILE = 256 };

const char *encoding_name(Encoding encoding) {
    static const char *const names[ENCODING_COUNT] = {[ENCODING_GZIP] = "gzip", [ENCODING_BROTLI] = "br"};
    return names[encoding];
}

/* ";q=0", ";q=0.000": not acceptable. Other weights are taken as a yes: the smaller form is our choice. */
static bool is_refused(Str parameters) {
    ptrdiff_t equals = str_index_of_char(parameters, '=');
    if (equals < 0) return false;
    Str weight = str_trim(str_skip(parameters, (size_t)equals + 1));
    for (size_t i = 0; i < weight.size; i++)
        if (weight.data[i] != '0' && weight.data[i] != '.') return false;
    return true;
}

Encoding encoding_choose(Str accept_encoding) {
    bool accepted[ENCODING_COUNT] = {[ENCODING_PLAIN] = true};
    Str rest = accept_encoding, part;
    while (str_next_part(&rest, ',', &part)) {
        ptrdiff_t semicolon = str_index_of_char(part, ';');
        Str name = str_trim(semicolon < 0 ? part : str_slice(part, 0, (size_t)semicolon));
        if (semicolon >= 0 && is_refused(str_skip(part, (size_t)semicolon))) continue;
        for (Encoding encoding = ENCODING_GZIP; encoding < ENCODING_COUNT; encoding++)
            if (str_equal_ascii_case(name, str_from_c(encoding_name(encoding)))) accepted[encoding] = true;
    }
    return accepted[ENCODING_BROTLI] ? ENCODING_BROTLI : accepted[ENCODING_GZIP] ? ENCODING_GZIP : ENCODING_PLAIN;
}

bool encoding_worthwhile(Str content_type, size_t size_bytes) {
    if (size_bytes < SMALLEST_WORTHWHILE) return false;
    static const char *const starts[] = {"text/", "application/json", "application/manifest+json", "image/svg+xml"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts_with(content_type, str_from_c(starts[i]))) return true;
    return false;
}
