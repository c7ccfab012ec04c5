// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/duplicates.h"

#include "gathering/signups/joins.h"
#include "signups_sql.h"
#include <stdlib.h>

/* ---- keys ------------------------------------------------------------------------------------------------------ */

/* Where anybody can have an address. */
static const char *const public_providers[] = {
    "gmail.com",   "googlemail.com", "wp.pl",     "onet.pl",   "onet.eu",     "op.pl",        "o2.pl",
    "interia.pl",  "interia.eu",     "poczta.fm", "vp.pl",     "tlen.pl",     "go2.pl",       "gazeta.pl",
    "outlook.com", "hotmail.com",    "live.com",  "yahoo.com", "yahoo.pl",    "icloud.com",   "me.com",
    "proton.me",   "protonmail.com", "int.pl",    "spoko.pl",  "autograf.pl", "buziaczek.pl", "poczta.onet.pl",
    "amorki.pl",   "ukr.net",        "i.ua",      "meta.ua",   "poczta.pl",   "neostrada.pl",
};

/* Where many have a page. */
static const char *const shared_sites[] = {
    "facebook.com", "instagram.com", "sites.google.com", "linktr.ee",    "youtube.com",
    "tiktok.com",   "x.com",         "twitter.com",      "linkedin.com", "zrzutka.pl",
};

static bool is_among(Str word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(word, str_from_c(list[i]))) return true;
    return false;
}

static Str without(Str text, const char *beginning) {
    return str_starts_with(text, str_from_c(beginning)) ? str_skip(text, strlen(beginning)) : text;
}

Str duplicate_site_key(Arena *arena, Str website) {
    if (str_is_empty(website)) return STR("");
    Str rest = str_lower_ascii(arena, str_trim(website)), host, path;
    rest = without(without(without(without(rest, "https://"), "http://"), "www."), "m.");
    if (!str_next_part(&rest, '/', &host)) return STR("");
    ptrdiff_t port = str_index_of_char(host, ':');
    if (port >= 0) host = str_slice(host, 0, (size_t)port);
    if (!is_among(host, shared_sites, COUNT(shared_sites))) return host;
    if (!rest.size || !str_next_part(&rest, '/', &path) || str_is_empty(path)) return STR("");
    ptrdiff_t query = str_index_of_char(path, '?');
    if (query >= 0) path = str_slice(path, 0, (size_t)query);
    return str_format(arena, "%.*s/%.*s", STR_FORMAT(host), STR_FORMAT(path));
}

Str duplicate_mail_key(Arena *arena, Str email) {
    ptrdiff_t at = str_is_empty(email) ? -1 : str_index_of_char(email, '@');
    if (at < 0) return STR("");
    Str domain = str_lower_ascii(arena, str_skip(email, (size_t)at + 1));
    return is_among(domain, public_providers, COUNT(public_providers)) ? STR("") : domain;
}

/* ---- sides ----------------------------------------------------------------------------------------------------- */

typedef struct Sides {
    DuplicateSide *sides;
    size_t count;
} Sides;

static DuplicateSide side_from(Arena *arena, const SignupsOfSeriesRow *row) {
    DuplicateSide side = {
        .organisation = row->organisation,
        .signup = row->signup,
        .edition = row->edition,
        .version = row->version,
        .name = row->name,
        .legal_form = row->legal_form,
        .nip = str_or_empty(row->nip),
        .regon = str_or_empty(row->regon),
        .krs = str_or_empty(row->krs),
        .website = str_or_empty(row->website),
        .district = str_or_empty(row->district),
        .email = str_or_empty(row->email),
        .edition_title = row->title,
    };
    side.keys[SAME_KEY_NIP] = side.nip;
    side.keys[SAME_KEY_REGON] = str_slice(side.regon, 0, 9); /* a unit has its body's nine, and five of its own */
    side.keys[SAME_KEY_KRS] = side.krs;
    side.keys[SAME_KEY_NAME] = row->name_folded;
    side.keys[SAME_KEY_SITE] = duplicate_site_key(arena, side.website);
    side.keys[SAME_KEY_MAIL] = duplicate_mail_key(arena, side.email);
    return side;
}

/* The rows come by organisation, the latest edition first. */
static Sides read_sides(Tx *tx, Id series) {
    Arena *arena = tx_arena(tx);
    SignupsOfSeriesRows rows = signups_sql_of_series(tx, series);
    Sides sides = {arena_array(arena, DuplicateSide, rows.count), 0};
    for (size_t i = 0; i < rows.count; i++)
        if (i == 0 || rows.rows[i].organisation != rows.rows[i - 1].organisation)
            sides.sides[sides.count++] = side_from(arena, &rows.rows[i]);
    return sides;
}

/* ---- pairs ----------------------------------------------------------------------------------------------------- */

typedef struct Meeting {
    Str key;
    size_t one, other; /* places of sides; as a key's holder: the first alone */
    DuplicateWhy why;
} Meeting;

static int compare_holders(const void *a, const void *b) {
    const Meeting *x = a, *y = b;
    int order = str_compare(x->key, y->key);
    return order ? order : (x->one > y->one) - (x->one < y->one);
}

static int compare_meetings(const void *a, const void *b) {
    const Meeting *x = a, *y = b;
    if (x->one != y->one) return x->one < y->one ? -1 : 1;
    if (x->other != y->other) return x->other < y->other ? -1 : 1;
    return (int)x->why - (int)y->why;
}

/* The first holder of the key that is not known to be another one than this; itself: there is none. */
static size_t first_like(const Sides *sides, const Meeting *holders, size_t first, size_t one, const Aparts *aparts) {
    size_t at = first;
    while (at < one &&
           aparts_have(aparts, sides->sides[holders[at].one].organisation, sides->sides[holders[one].one].organisation))
        at++;
    return at;
}

/* Adds who shares each key of this kind with its first holder. */
static size_t add_meetings(Arena *arena, const Sides *sides, const Aparts *aparts, DuplicateWhy why, Meeting *meetings,
                           size_t count) {
    Meeting *holders = arena_array(arena, Meeting, sides->count);
    size_t held = 0;
    for (size_t i = 0; i < sides->count; i++)
        if (!str_is_empty(sides->sides[i].keys[why])) holders[held++] = (Meeting){sides->sides[i].keys[why], i, 0, why};
    if (held) qsort(holders, held, sizeof *holders, compare_holders);
    for (size_t i = 1, first = 0; i < held; i++) {
        if (!str_equal(holders[i].key, holders[first].key)) first = i;
        size_t like = first_like(sides, holders, first, i, aparts);
        if (like < i) meetings[count++] = (Meeting){holders[i].key, holders[like].one, holders[i].one, why};
    }
    return count;
}

static size_t reasons(const DuplicatePair *pair) {
    size_t count = 0;
    for (size_t i = 0; i < SAME_KEY_COUNT; i++) count += pair->why[i];
    return count;
}

static int compare_pairs(const void *a, const void *b) {
    const DuplicatePair *x = a, *y = b;
    size_t left = reasons(x), right = reasons(y);
    if (left != right) return left > right ? -1 : 1;
    if (x->one != y->one) return x->one < y->one ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

Duplicates duplicates_of(Tx *tx, Id series) {
    Arena *arena = tx_arena(tx);
    Sides sides = read_sides(tx, series);
    Meeting *meetings = arena_array(arena, Meeting, sides.count * SAME_KEY_COUNT);
    Aparts aparts = organisations_apart(tx, series);
    size_t met = 0;
    for (DuplicateWhy why = 0; why < SAME_KEY_COUNT; why++)
        met = add_meetings(arena, &sides, &aparts, why, meetings, met);
    if (met) qsort(meetings, met, sizeof *meetings, compare_meetings);
    Duplicates found = {arena_array(arena, DuplicatePair, met), 0};
    for (size_t i = 0; i < met; i++) {
        bool is_new = i == 0 || meetings[i].one != meetings[i - 1].one || meetings[i].other != meetings[i - 1].other;
        if (is_new)
            found.pairs[found.count++] =
                (DuplicatePair){.one = &sides.sides[meetings[i].one], .other = &sides.sides[meetings[i].other]};
        found.pairs[found.count - 1].why[meetings[i].why] = true;
    }
    if (found.count) qsort(found.pairs, found.count, sizeof *found.pairs, compare_pairs);
    if (found.count > DUPLICATES_MOST) found.count = DUPLICATES_MOST;
    return found;
}
