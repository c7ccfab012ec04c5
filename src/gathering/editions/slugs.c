// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/editions.h"

#include "platform/base/utf8.h"

static bool is_slug_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool slug_is_good(Str slug) {
    if (slug.size == 0 || slug.size > SLUG_LONGEST) return false;
    bool after_dash = true;
    for (size_t i = 0; i < slug.size; i++) {
        bool is_dash = slug.data[i] == '-';
        if (is_dash ? after_dash : !is_slug_char(slug.data[i])) return false;
        after_dash = is_dash;
    }
    return !after_dash;
}

/* First parts of the house's own paths, and of those every web site has or may have one day. */
bool series_slug_is_free(Str slug) {
    static const char *const taken[] = {
        "admin",   "api",      "assets",   "brand",   "logo",   "calendar",    "card",       "data", "demo",
        "export",  "favicon",  "files",    "health",  "help",   "icon",        "import",     "me",   "metrics",
        "new",     "once",     "password", "privacy", "r",      "robots",      "s",          "seed", "setup",
        "sign-in", "sign-out", "staff",    "static",  "status", "unsubscribe", "well-known",
    };
    for (size_t i = 0; i < COUNT(taken); i++)
        if (str_equal(slug, str_from_c(taken[i]))) return false;
    return true;
}

bool edition_slug_is_free(Str slug) {
    return slug_is_good(slug) && !str_equal(slug, STR("staff")) && !str_equal(slug, STR("organisations"));
}

Str slug_make(Arena *arena, Str name) { return utf8_slug(arena, name, SLUG_LONGEST); }
