// SPDX-License-Identifier: EUPL-1.2
/* Placeholders: what may stand in braces, and what was meant where something else does. */
#include "gathering/mailing/mailing.h"
#include <assert.h>

static const struct {
    const char *name;
    Msg words;
} placeholders[PLACEHOLDER_COUNT] = {
    [PLACEHOLDER_NAME] = {"name", MSG_INIT("mailing", "the name of who gets the letter")},
    [PLACEHOLDER_ORGANISATION] = {"organisation", MSG_INIT("mailing", "the name of their organisation")},
    [PLACEHOLDER_EDITION] = {"edition", MSG_INIT("mailing", "what the gathering is called")},
    [PLACEHOLDER_DATE] = {"date", MSG_INIT("mailing", "when it is")},
    [PLACEHOLDER_PLACE] = {"place", MSG_INIT("mailing", "where it is")},
    [PLACEHOLDER_LINK] = {"link",
                          MSG_INIT("mailing", "the address of their own page; in invitations that of the gathering")},
};

const char *placeholder_name(Placeholder placeholder) { return placeholders[placeholder].name; }

Str placeholder_words(Arena *arena, Language language, Placeholder placeholder) {
    return say(arena, language, placeholders[placeholder].words);
}

/* ---- what was meant ---------------------------------------------------------------------------------------------- */

enum { LONGEST = 16 }; /* letters of which are compared: longer ones are like none more than another */

/* How many letters have to be added, left out or changed (Wagner and Fischer, 1974). Capitals count as small ones. */
static size_t distance(Str a, Str b) {
    size_t before[LONGEST + 1], now[LONGEST + 1];
    assert(b.size <= LONGEST);
    for (size_t k = 0; k <= b.size; k++) before[k] = k;
    for (size_t i = 0; i < a.size; i++) {
        now[0] = i + 1;
        for (size_t k = 0; k < b.size; k++) {
            char letter = a.data[i] >= 'A' && a.data[i] <= 'Z' ? (char)(a.data[i] - 'A' + 'a') : a.data[i];
            size_t least = before[k] + (letter != b.data[k]);
            if (before[k + 1] + 1 < least) least = before[k + 1] + 1;
            if (now[k] + 1 < least) least = now[k] + 1;
            now[k + 1] = least;
        }
        memcpy(before, now, sizeof before);
    }
    return before[b.size];
}

static Placeholder nearest_to(Str name) {
    Placeholder nearest = 0;
    size_t least = SIZE_MAX;
    name = str_slice(name, 0, 2 * LONGEST);
    for (Placeholder i = 0; i < PLACEHOLDER_COUNT; i++) {
        size_t far = distance(name, str_from_c(placeholders[i].name));
        if (far < least) nearest = i, least = far;
    }
    return nearest;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static bool find(Str name, Placeholder *found) {
    for (Placeholder i = 0; i < PLACEHOLDER_COUNT; i++)
        if (str_equal(name, str_from_c(placeholders[i].name))) {
            *found = i;
            return true;
        }
    return false;
}

/* One step through the words: the text up to the next brace, and what stands in it. is_last: there is none. */
typedef struct Step {
    Str text, name, whole; /* whole: with its braces */
    bool is_last, is_closed;
} Step;

static Step step(Str *rest) {
    ptrdiff_t at = str_index_of_char(*rest, '{');
    if (at < 0) {
        Step last = {.text = *rest, .is_last = true};
        *rest = STR("");
        return last;
    }
    Str behind = str_skip(*rest, (size_t)at + 1);
    ptrdiff_t end = str_index_of_char(behind, '}'), line = str_index_of_char(behind, '\n');
    bool is_closed = end >= 0 && (line < 0 || end < line);
    size_t size = is_closed ? (size_t)end : line >= 0 ? (size_t)line : behind.size;
    Step found = {.text = str_slice(*rest, 0, (size_t)at),
                  .name = str_slice(behind, 0, size),
                  .whole = str_slice(*rest, (size_t)at, size + 1 + is_closed),
                  .is_closed = is_closed};
    *rest = str_skip(behind, size + is_closed);
    return found;
}

bool placeholders_are_right(Str words, Str *wrong, Placeholder *nearest) {
    for (Str rest = words;;) {
        Step one = step(&rest);
        Placeholder found;
        if (one.is_last) return true;
        if (one.is_closed && find(one.name, &found)) continue;
        *wrong = one.whole;
        *nearest = nearest_to(str_trim(one.name));
        return false;
    }
}

bool placeholders_have(Str words, Placeholder placeholder) {
    for (Str rest = words;;) {
        Step one = step(&rest);
        Placeholder found;
        if (one.is_last) return false;
        if (one.is_closed && find(one.name, &found) && found == placeholder) return true;
    }
}

Str placeholders_fill(Arena *arena, Str words, const Str values[PLACEHOLDER_COUNT]) {
    Buffer filled = buffer_in(arena);
    for (Str rest = words;;) {
        Step one = step(&rest);
        buffer_add(&filled, one.text);
        if (one.is_last) return buffer_str(&filled);
        Placeholder found = PLACEHOLDER_COUNT;
        bool is_right = one.is_closed && find(one.name, &found);
        assert(is_right);
        if (is_right) buffer_add(&filled, values[found]);
    }
}
