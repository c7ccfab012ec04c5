// SPDX-License-Identifier: EUPL-1.2
#include "gathering/texts/texts.h"

#include "texts_sql.h"
#include <stdlib.h>

static const char *const origins[] = {
    [TEXT_NONE] = "none", [TEXT_OWN] = "own", [TEXT_VOLUNTEER] = "volunteer", [TEXT_REFUSED] = "refused"};

static TextOrigin origin_of(Tx *tx, Str name) {
    for (size_t i = 0; i < COUNT(origins); i++)
        if (str_equal(name, str_from_c(origins[i]))) return (TextOrigin)i;
    arena_fail(tx_arena(tx), ERR_INTERNAL, "a stored text is of no known origin");
}

/* ---- keeping ------------------------------------------------------------------------------------------- */

static void add_some(Tx *tx, IdList subjects, TextOthers *all) {
    TextsOfRows rows = texts_sql_of(tx, subjects);
    if (!rows.count) return;
    TextOther *grown = arena_array(tx_arena(tx), TextOther, all->count + rows.count);
    if (all->count) memcpy(grown, all->others, all->count * sizeof *grown);
    all->others = grown;
    for (size_t i = 0; i < rows.count; i++) {
        const TextsOfRow *row = &rows.rows[i];
        grown[all->count++] =
            (TextOther){row->subject, row->field, row->language, row->words, row->original, origin_of(tx, row->origin),
                        row->version};
    }
}

static int compare_subjects(const void *a, const void *b) {
    Id x = ((const TextOther *)a)->subject, y = ((const TextOther *)b)->subject;
    return (x > y) - (x < y);
}

TextOthers texts_of(Tx *tx, IdList subjects) {
    TextOthers all = {0};
    for (size_t at = 0; at < subjects.count; at += QUERY_LIST_LIMIT) {
        size_t count = subjects.count - at < QUERY_LIST_LIMIT ? subjects.count - at : QUERY_LIST_LIMIT;
        add_some(tx, (IdList){subjects.ids + at, count}, &all);
    }
    if (subjects.count > QUERY_LIST_LIMIT && all.count)
        qsort(all.others, all.count, sizeof *all.others, compare_subjects);
    return all;
}

/* The first of this subject, or where it would stand. */
static size_t first_of(const TextOthers *others, Id subject) {
    size_t low = 0, high = others->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (others->others[middle].subject < subject) low = middle + 1;
        else high = middle;
    }
    return low;
}

const TextOther *text_other_of(const TextOthers *others, Id subject, const char *field, Str language) {
    for (size_t i = first_of(others, subject); i < others->count && others->others[i].subject == subject; i++)
        if (str_equal(others->others[i].field, str_from_c(field)) && str_equal(others->others[i].language, language))
            return &others->others[i];
    return NULL;
}

/* As many bits as any reader of JSON keeps. */
int64_t text_original(Str words) { return (int64_t)(str_hash(words) >> 16); }

Err text_save(Tx *tx, const TextOther *other) {
    Str origin = str_from_c(origins[other->origin]), words = str_or_empty(other->words);
    int64_t changed = other->version ? texts_sql_update(tx, other->subject, other->field, other->language,
                                                        other->version, words, other->original, origin)
                                     : texts_sql_add(tx, other->subject, other->field, other->language, words,
                                                     other->original, origin);
    return changed ? OK : ERR_CONFLICT;
}

void texts_forget(Tx *tx, Id subject) { texts_sql_remove(tx, subject); }

void texts_copy(Tx *tx, Id from, Id to) {
    TextOthers others = texts_of(tx, (IdList){&from, 1});
    for (size_t i = 0; i < others.count; i++) {
        const TextOther *one = &others.others[i];
        texts_sql_add(tx, to, one->field, one->language, one->words, one->original, str_from_c(origins[one->origin]));
    }
}

/* ---- languages ------------------------------------------------------------------------------------------ */

static const struct {
    const char *tag;
    bool is_cyrillic;
    Msg name, note;
} languages[] = {
    {"pl", false, MSG_INIT("texts", "Polish"), MSG_INIT("texts", "In Polish.")},
    {"en", false, MSG_INIT("texts", "English"), MSG_INIT("texts", "In English.")},
    {"uk", true, MSG_INIT("texts", "Ukrainian"), MSG_INIT("texts", "In Ukrainian.")},
    {"uk-Latn", false, MSG_INIT("texts", "Ukrainian in Latin letters"), MSG_INIT("texts", "In Ukrainian.")},
    {"be", true, MSG_INIT("texts", "Belarusian"), MSG_INIT("texts", "In Belarusian.")},
    {"ru", true, MSG_INIT("texts", "Russian"), MSG_INIT("texts", "In Russian.")},
    {"de", false, MSG_INIT("texts", "German"), MSG_INIT("texts", "In German.")},
};

bool text_language_is_cyrillic(Str tag) {
    for (size_t i = 0; i < COUNT(languages); i++)
        if (str_equal(tag, str_from_c(languages[i].tag))) return languages[i].is_cyrillic;
    return false;
}

Str text_language_name(Arena *arena, Language reader, Str tag) {
    for (size_t i = 0; i < COUNT(languages); i++)
        if (str_equal(tag, str_from_c(languages[i].tag))) return say(arena, reader, languages[i].name);
    return tag;
}

Str text_language_note(Arena *arena, Language reader, Str tag) {
    for (size_t i = 0; i < COUNT(languages); i++)
        if (str_equal(tag, str_from_c(languages[i].tag))) return say(arena, reader, languages[i].note);
    return tag;
}

Str text_language(const TextOriginal *original) {
    bool is_cyrillic = words_have_cyrillic(original->words);
    bool is_told = !str_is_empty(original->written_in);
    if (is_told && text_language_is_cyrillic(original->written_in) == is_cyrillic) return original->written_in;
    return is_cyrillic ? STR("uk") : str_from_c(language_tag(original->usual));
}

bool text_holds(const TextOther *other, const TextOriginal *original) {
    bool has_words = other->origin == TEXT_OWN || other->origin == TEXT_VOLUNTEER;
    return has_words && !str_is_empty(other->words) && other->original == text_original(original->words);
}

/* ---- showing -------------------------------------------------------------------------------------------- */

static const TextOther *holding(const TextOthers *others, const TextOriginal *original, Str language) {
    const TextOther *other = text_other_of(others, original->subject, original->field, language);
    return other && text_holds(other, original) ? other : NULL;
}

TextShown text_shown(Arena *arena, const TextOthers *others, const TextOriginal *original, Language reader) {
    Str wanted = str_from_c(language_tag(reader)), written = text_language(original);
    if (str_is_empty(original->words) || str_equal(written, wanted)) return (TextShown){.words = original->words};
    const TextOther *other = holding(others, original, wanted);
    if (!other)
        return (TextShown){
            .words = original->words, .language = written, .note = text_language_note(arena, reader, written)};
    TextShown shown = {.words = other->words};
    if (other->origin == TEXT_VOLUNTEER) shown.note = say(arena, reader, MSG("texts", "Translated by a volunteer."));
    return shown;
}

/* The same in the letters that the first is not in. */
static const TextOther *in_other_script(const TextOthers *others, const TextOriginal *original, bool is_cyrillic,
                                        Str wanted) {
    const Str tags[] = {wanted, STR("uk-Latn"), STR("uk"), STR("en"), STR("pl")};
    for (size_t i = 0; i < COUNT(tags); i++) {
        const TextOther *other = holding(others, original, tags[i]);
        if (other && words_have_cyrillic(other->words) != is_cyrillic) return other;
    }
    return NULL;
}

static Str unless_reader(Str language, Str wanted) { return str_equal(language, wanted) ? STR_ABSENT : language; }

/* A name is a name in every language of its letters: only other letters, or a language that was told, are said. */
static Str language_of_name(const TextOriginal *original, Str wanted) {
    bool is_said = words_have_cyrillic(original->words) || !str_is_empty(original->written_in);
    return unless_reader(is_said ? text_language(original) : str_from_c(language_tag(original->usual)), wanted);
}

NameShown text_name(const TextOthers *others, const TextOriginal *original, Language reader) {
    Str wanted = str_from_c(language_tag(reader));
    const TextOther *own = str_equal(text_language(original), wanted) ? NULL : holding(others, original, wanted);
    if (own)
        return (NameShown){.name = own->words,
                           .other = original->words,
                           .other_language = unless_reader(text_language(original), wanted)};
    NameShown shown = {.name = original->words, .language = language_of_name(original, wanted)};
    const TextOther *other = in_other_script(others, original, words_have_cyrillic(original->words), wanted);
    if (!other) return shown;
    shown.other = other->words;
    shown.other_language = unless_reader(other->language, wanted);
    return shown;
}

static const JoinColumn join_columns[] = {
    {{.table = "text_other", .column = "subject"},
     JOIN_STAYS,
     "the joined one's name and words in other languages are of its own; what it offered keeps its id"},
};

const Room texts_room = {
    .name = "texts", .join_columns = join_columns, .join_column_count = COUNT(join_columns)};
