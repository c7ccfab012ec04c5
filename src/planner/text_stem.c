// SPDX-License-Identifier: EUPL-1.2
#include "planner/text.h"

#include "platform/base/utf8.h"

#include <string.h>

/* ---- endings --------------------------------------------------------------------------------------------------- */

/* Of nouns and adjectives, Polish and transliterated Ukrainian, the longest first. */
static const Str ENDINGS[] = {
    STR_INIT("owie"), STR_INIT("iego"), STR_INIT("iemu"), STR_INIT("iami"), STR_INIT("iamy"), STR_INIT("iakh"),
    STR_INIT("iach"), STR_INIT("ami"),  STR_INIT("ach"),  STR_INIT("iom"),  STR_INIT("iem"),  STR_INIT("ego"),
    STR_INIT("emu"),  STR_INIT("ymi"),  STR_INIT("imi"),  STR_INIT("ych"),  STR_INIT("ich"),  STR_INIT("iej"),
    STR_INIT("amy"),  STR_INIT("akh"),  STR_INIT("iam"),  STR_INIT("oiu"),  STR_INIT("eiu"),  STR_INIT("oho"),
    STR_INIT("omu"),  STR_INIT("ykh"),  STR_INIT("ymy"),  STR_INIT("iia"),  STR_INIT("iiu"),  STR_INIT("iei"),
    STR_INIT("om"),   STR_INIT("ow"),   STR_INIT("em"),   STR_INIT("ej"),   STR_INIT("ym"),   STR_INIT("im"),
    STR_INIT("ie"),   STR_INIT("ia"),   STR_INIT("iu"),   STR_INIT("mi"),   STR_INIT("iv"),   STR_INIT("am"),
    STR_INIT("yi"),   STR_INIT("ii"),   STR_INIT("oi"),   STR_INIT("y"),    STR_INIT("i"),    STR_INIT("a"),
    STR_INIT("e"),    STR_INIT("u"),    STR_INIT("o"),
};

/* What makes an adjective of a noun, where the noun is left behind it. */
static const struct {
    Str ending, instead;
    size_t least; /* letters that are left */
} DERIVED[] = {
    {STR_INIT("acyjn"), STR_INIT("acj"), 4}, {STR_INIT("iczn"), STR_INIT(""), 5}, {STR_INIT("yczn"), STR_INIT(""), 5},
    {STR_INIT("aln"), STR_INIT(""), 5},      {STR_INIT("ow"), STR_INIT(""), 3},
};

/* How a stem's end stands before different endings: senior, seniorzy; książka, książek; krzesło, krzeseł. */
static const struct {
    Str ending, instead;
    size_t least;
} CONSONANTS[] = {
    {STR_INIT("iec"), STR_INIT("k"), 3}, {STR_INIT("ec"), STR_INIT("k"), 4}, {STR_INIT("sel"), STR_INIT("sl"), 2},
    {STR_INIT("ien"), STR_INIT("n"), 2}, {STR_INIT("rz"), STR_INIT("r"), 2}, {STR_INIT("cz"), STR_INIT("k"), 2},
    {STR_INIT("dz"), STR_INIT("d"), 2},  {STR_INIT("ck"), STR_INIT("k"), 2}, {STR_INIT("ek"), STR_INIT("k"), 2},
    {STR_INIT("ts"), STR_INIT("k"), 2},  {STR_INIT("c"), STR_INIT("k"), 4}, /* "piec" is not "piek…" */
};

enum { STEM_LEAST = 3, PLURAL_LEAST = 5 };

static bool has_ending(Str word, Str ending, size_t left) {
    return word.size >= ending.size + left &&
           memcmp(word.data + word.size - ending.size, ending.data, ending.size) == 0;
}

static Str without_ending(Str word) {
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (has_ending(word, ENDINGS[i], STEM_LEAST)) return str_slice(word, 0, word.size - ENDINGS[i].size);
    return word;
}

static Str replaced(Arena *arena, Str word, Str ending, Str instead) {
    return str_join(arena, str_slice(word, 0, word.size - ending.size), instead);
}

static Str without_derivation(Arena *arena, Str word) {
    for (size_t i = 0; i < sizeof DERIVED / sizeof *DERIVED; i++)
        if (has_ending(word, DERIVED[i].ending, DERIVED[i].least))
            return replaced(arena, word, DERIVED[i].ending, DERIVED[i].instead);
    return word;
}

static Str with_one_consonant(Arena *arena, Str word) {
    for (size_t i = 0; i < sizeof CONSONANTS / sizeof *CONSONANTS; i++)
        if (has_ending(word, CONSONANTS[i].ending, CONSONANTS[i].least))
            return replaced(arena, word, CONSONANTS[i].ending, CONSONANTS[i].instead);
    return word;
}

static bool is_plain(Str word) {
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] < 'a' || word.data[i] > 'z') return false;
    return true;
}

Str text_stem(Arena *arena, Str word) {
    if (word.size <= STEM_LEAST || !is_plain(word)) return word;
    Str stem = without_derivation(arena, without_ending(word));
    if (stem.size >= PLURAL_LEAST && stem.data[stem.size - 1] == 's') stem = str_slice(stem, 0, stem.size - 1);
    return with_one_consonant(arena, stem);
}

/* ---- of a text ------------------------------------------------------------------------------------------------- */

static void add_once(TextStems *list, Str stem, Str word, bool each_form) {
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->stems[i], stem) && (!each_form || str_equal(list->words[i], word))) return;
    list->stems[list->count] = stem;
    list->words[list->count++] = word;
}

static TextStems with_room(Arena *arena, size_t count) {
    return (TextStems){arena_array(arena, Str, count), arena_array(arena, Str, count), 0};
}

static TextStems collect(Arena *arena, Str text, bool each_form) {
    Str folded = utf8_fold(arena, text), word;
    TextStems telling = with_room(arena, folded.size / 2 + 1), all = with_room(arena, folded.size / 2 + 1);
    for (Str rest = folded; rest.size && str_next_part(&rest, ' ', &word);) {
        if (str_is_empty(word)) continue;
        Str stem = text_stem(arena, word);
        if (text_word_says(word)) add_once(&telling, stem, word, each_form);
        add_once(&all, stem, word, each_form);
    }
    return telling.count ? telling : all;
}

TextStems text_stems(Arena *arena, Str text) { return collect(arena, text, false); }

TextStems text_forms(Arena *arena, Str text) { return collect(arena, text, true); }
