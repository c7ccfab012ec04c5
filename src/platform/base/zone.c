// SPDX-License-Identifier: EUPL-1.2
/* Time zones of clock.h: what a TZif file says, and the cache of those already read. */
#include "platform/base/clock.h"

#include <errno.h>
#include <pthread.h>

#define ZONE_FOLDER "/usr/share/zoneinfo/"
enum { DAY_S = 86400, LONGEST_NAME = 64, LARGEST_FILE = 256 * 1024, MOST_TYPES = 256 };

/* When a rule of a TZ string (POSIX.1-2017, 8.3, with the hours of RFC 9636, 3.3.1) strikes. */
typedef struct RuleDate {
    enum { RULE_DAY_FROM_ZERO, RULE_DAY_WITHOUT_LEAP, RULE_WEEKDAY_OF_MONTH } kind;
    int month, week, day;
    int time_s; /* local, after that day's midnight; −167 to 167 hours */
} RuleDate;

/* The footer: what holds after the last transition of the table. */
typedef struct Rule {
    bool given, has_summer;
    int standard_offset_s, summer_offset_s;
    RuleDate summer_from, summer_to;
} Rule;

struct Zone {
    struct Zone *next;
    char name[LONGEST_NAME + 1];
    size_t transition_count;
    int64_t *transitions; /* s since 1970, ascending */
    int *offsets;         /* of the time from each transition on; s east of UTC */
    int first_offset_s;   /* before the first transition */
    Rule rule;
};

/* TZ strings */

static bool take(Str *rest, char c) {
    if (!rest->size || rest->data[0] != c) return false;
    *rest = str_skip(*rest, 1);
    return true;
}

static bool take_number(Str *rest, int most, int *value) {
    size_t digits = 0;
    int64_t sum = 0;
    for (; digits < rest->size && digits < 4 && rest->data[digits] >= '0' && rest->data[digits] <= '9'; digits++)
        sum = sum * 10 + (rest->data[digits] - '0');
    if (!digits || sum > most) return false;
    *rest = str_skip(*rest, digits);
    *value = (int)sum;
    return true;
}

static bool take_abbreviation(Str *rest) {
    bool quoted = take(rest, '<');
    size_t size = 0;
    for (; size < rest->size; size++) {
        char c = rest->data[size];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'))) break;
    }
    *rest = str_skip(*rest, size);
    return size >= 3 && (!quoted || take(rest, '>'));
}

static bool take_time_s(Str *rest, int *time_s) {
    int hours, minutes = 0, seconds = 0;
    bool negative = take(rest, '-');
    if (!negative) take(rest, '+');
    if (!take_number(rest, 167, &hours)) return false;
    if (take(rest, ':') && !take_number(rest, 59, &minutes)) return false;
    if (take(rest, ':') && !take_number(rest, 59, &seconds)) return false;
    *time_s = (negative ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
    return true;
}

static bool take_offset_s(Str *rest, int *offset_s) {
    int west_s; /* POSIX counts westward */
    if (!take_time_s(rest, &west_s)) return false;
    *offset_s = -west_s;
    return true;
}

static bool take_rule_date(Str *rest, RuleDate *date) {
    *date = (RuleDate){.time_s = 2 * 3600};
    if (!take(rest, ',')) return false;
    if (take(rest, 'M')) {
        date->kind = RULE_WEEKDAY_OF_MONTH;
        if (!take_number(rest, 12, &date->month) || !take(rest, '.') || !take_number(rest, 5, &date->week) ||
            !take(rest, '.') || !take_number(rest, 6, &date->day) || !date->month || !date->week)
            return false;
    } else {
        date->kind = take(rest, 'J') ? RULE_DAY_WITHOUT_LEAP : RULE_DAY_FROM_ZERO;
        if (!take_number(rest, 365, &date->day)) return false;
        if (date->kind == RULE_DAY_WITHOUT_LEAP && !date->day) return false;
    }
    return !take(rest, '/') || take_time_s(rest, &date->time_s);
}

static bool rule_parse(Str text, Rule *rule) {
    *rule = (Rule){.given = text.size > 0};
    if (!rule->given) return true;
    if (!take_abbreviation(&text) || !take_offset_s(&text, &rule->standard_offset_s)) return false;
    if (!text.size) return true;
    rule->has_summer = true;
    rule->summer_offset_s = rule->standard_offset_s + 3600;
    if (!take_abbreviation(&text)) return false;
    if (text.size && text.data[0] != ',' && !take_offset_s(&text, &rule->summer_offset_s)) return false;
    return take_rule_date(&text, &rule->summer_from) && take_rule_date(&text, &rule->summer_to) && !text.size;
}

/* Day since 1970 on which the rule strikes in the year. */
static int64_t rule_day(const RuleDate *date, int year) {
    int64_t first_of_year = civil_days(year, 1, 1);
    if (date->kind == RULE_DAY_FROM_ZERO) return first_of_year + date->day;
    if (date->kind == RULE_DAY_WITHOUT_LEAP) {
        bool leap = civil_days(year, 3, 1) - first_of_year == 60;
        return first_of_year + date->day - 1 + (leap && date->day >= 60);
    }
    int64_t first_of_month = civil_days(year, date->month, 1);
    int64_t first_of_next = date->month == 12 ? civil_days(year + 1, 1, 1) : civil_days(year, date->month + 1, 1);
    int weekday = civil_weekday(year, date->month, 1) % 7; /* 0 Sunday, as in the rule */
    int64_t day = first_of_month + (date->day - weekday + 7) % 7 + 7 * (date->week - 1);
    return day < first_of_next ? day : day - 7;
}

static int rule_offset_s(const Rule *rule, int64_t seconds) {
    if (!rule->has_summer) return rule->standard_offset_s;
    int year = civil_from_utc_ms((seconds + rule->standard_offset_s) * 1000).year;
    int64_t from = rule_day(&rule->summer_from, year) * DAY_S + rule->summer_from.time_s - rule->standard_offset_s;
    int64_t to = rule_day(&rule->summer_to, year) * DAY_S + rule->summer_to.time_s - rule->summer_offset_s;
    /* South of the equator summer spans the new year. */
    bool summer = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
    return summer ? rule->summer_offset_s : rule->standard_offset_s;
}

/* TZif files (RFC 9636, section 3) */

typedef struct Header {
    int version;
    size_t time_size; /* bytes of one transition time */
    size_t utc_flags, standard_flags, leaps, transitions, types, letters;
} Header;

enum { HEADER_SIZE = 44, TYPE_SIZE = 6 };

static int64_t big_endian(const char *bytes, size_t size) {
    uint64_t value = (unsigned char)bytes[0] >= 0x80 ? UINT64_MAX : 0; /* the sign goes on */
    for (size_t i = 0; i < size; i++) value = value << 8 | (unsigned char)bytes[i];
    return (int64_t)value;
}

static bool header_parse(Str bytes, size_t time_size, Header *header) {
    if (bytes.size < HEADER_SIZE || !str_starts_with(bytes, STR("TZif"))) return false;
    header->version = bytes.data[4] ? bytes.data[4] - '0' : 1;
    header->time_size = time_size;
    size_t *const counts[] = {&header->utc_flags,   &header->standard_flags, &header->leaps,
                              &header->transitions, &header->types,          &header->letters};
    for (size_t i = 0; i < 6; i++) {
        int64_t count = big_endian(bytes.data + 20 + 4 * i, 4);
        if (count < 0 || count > LARGEST_FILE) return false;
        *counts[i] = (size_t)count;
    }
    return true;
}

static size_t block_size(const Header *header) {
    return HEADER_SIZE + header->transitions * (header->time_size + 1) + header->types * TYPE_SIZE + header->letters +
           header->leaps * (header->time_size + 4) + header->standard_flags + header->utc_flags;
}

/* Fills the table from the block behind its header. Leap seconds are refused: stored times have none. */
static bool block_parse(Str bytes, const Header *header, Zone *zone) {
    if (bytes.size < block_size(header) || !header->types || header->types > MOST_TYPES || header->leaps) return false;
    const char *times = bytes.data + HEADER_SIZE;
    const char *indexes = times + header->transitions * header->time_size;
    const char *types = indexes + header->transitions;
    zone->first_offset_s = (int)big_endian(types, 4);
    zone->transitions = calloc(header->transitions + 1, sizeof *zone->transitions);
    zone->offsets = calloc(header->transitions + 1, sizeof *zone->offsets);
    if (!zone->transitions || !zone->offsets) return false;
    zone->transition_count = header->transitions;
    for (size_t i = 0; i < header->transitions; i++) {
        size_t type = (unsigned char)indexes[i];
        if (type >= header->types) return false;
        zone->transitions[i] = big_endian(times + i * header->time_size, header->time_size);
        zone->offsets[i] = (int)big_endian(types + type * TYPE_SIZE, 4);
        if (i && zone->transitions[i] <= zone->transitions[i - 1]) return false;
    }
    return true;
}

static bool zone_parse(Str bytes, Zone *zone) {
    Header header;
    if (!header_parse(bytes, 4, &header)) return false;
    if (header.version == 1) return block_parse(bytes, &header, zone);
    /* Since version 2 the same follows with 64-bit times, and a TZ string between two line ends. */
    if (block_size(&header) > bytes.size) return false;
    bytes = str_skip(bytes, block_size(&header));
    if (!header_parse(bytes, 8, &header) || !block_parse(bytes, &header, zone)) return false;
    Str footer = str_skip(bytes, block_size(&header));
    if (!take(&footer, '\n')) return false;
    ptrdiff_t end = str_index_of_char(footer, '\n');
    return end >= 0 && rule_parse(str_slice(footer, 0, (size_t)end), &zone->rule);
}

static bool name_is_safe(Str name) {
    if (!name.size || name.size > LONGEST_NAME || name.data[0] == '/') return false;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool usual = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!usual && c != '/' && c != '_' && c != '-' && c != '+') return false; /* no dot: no way out of the folder */
    }
    return true;
}

static Err read_whole(Str name, char *bytes, size_t *size) {
    char path[sizeof ZONE_FOLDER + LONGEST_NAME];
    snprintf(path, sizeof path, ZONE_FOLDER "%.*s", STR_FORMAT(name));
    FILE *file = fopen(path, "rbe");
    if (!file) return ERR_NOT_FOUND;
    *size = fread(bytes, 1, LARGEST_FILE, file);
    bool failed = ferror(file); /* a folder opens and cannot be read */
    fclose(file);
    return failed ? ERR_NOT_FOUND : OK;
}

static void zone_free(Zone *zone) {
    free(zone->transitions);
    free(zone->offsets);
    free(zone);
}

static Err zone_load(Str name, Zone **loaded) {
    char *bytes = malloc(LARGEST_FILE);
    Zone *zone = calloc(1, sizeof *zone);
    size_t size;
    Err err = bytes && zone ? read_whole(name, bytes, &size) : ERR_LIMIT;
    if (!err && !zone_parse(str_from(bytes, size), zone)) err = ERR_INPUT;
    free(bytes);
    if (err) {
        if (zone) zone_free(zone);
        return err;
    }
    memcpy(zone->name, name.data, name.size);
    *loaded = zone;
    return OK;
}

/* The one thing here that changes: zones already read. They are never taken out again. */
static struct {
    pthread_mutex_t lock;
    Zone *zones;
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

const Zone *zone_utc(void) {
    static const Zone utc = {.name = "UTC"};
    return &utc;
}

Str zone_name(const Zone *zone) { return str_from_c(zone->name); }

Err zone_find(Str name, const Zone **zone) {
    if (!name_is_safe(name)) return ERR_NOT_FOUND;
    if (str_equal(name, zone_name(zone_utc()))) {
        *zone = zone_utc();
        return OK;
    }
    Err err = OK;
    pthread_mutex_lock(&cache.lock);
    Zone *found = cache.zones;
    while (found && !str_equal(str_from_c(found->name), name)) found = found->next;
    if (!found) {
        err = zone_load(name, &found);
        if (!err) {
            found->next = cache.zones;
            cache.zones = found;
        }
    }
    pthread_mutex_unlock(&cache.lock);
    if (!err) *zone = found;
    return err;
}

static int offset_at(const Zone *zone, int64_t seconds) {
    size_t low = 0, high = zone->transition_count; /* transitions before low are past, from high on to come */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->transitions[middle] <= seconds) low = middle + 1;
        else high = middle;
    }
    if (low == zone->transition_count && zone->rule.given) return rule_offset_s(&zone->rule, seconds);
    return low ? zone->offsets[low - 1] : zone->first_offset_s;
}

static int64_t floor_s(int64_t ms) { return ms / 1000 - (ms % 1000 < 0); }

int zone_offset_s(const Zone *zone, int64_t ms) { return offset_at(zone, floor_s(ms)); }

Civil zone_civil(const Zone *zone, int64_t ms) {
    return civil_from_utc_ms(ms + (int64_t)zone_offset_s(zone, ms) * 1000);
}

int64_t zone_ms(const Zone *zone, const Civil *civil) {
    int64_t local = civil_to_utc_ms(civil) / 1000;
    int before = offset_at(zone, local - DAY_S), after = offset_at(zone, local + DAY_S);
    /* The offset in force before a change reads a time that comes twice as its first coming, and one
     * that is skipped as so much after the change; so it goes first, and last. */
    const int candidates[] = {before, offset_at(zone, local - before), after};
    for (size_t i = 0; i < 3; i++)
        if (offset_at(zone, local - candidates[i]) == candidates[i]) return (local - candidates[i]) * 1000;
    return (local - before) * 1000;
}
