// SPDX-License-Identifier: EUPL-1.2
/* Saying a message. Apart from the rest of i18n, because it needs the generated tables. */
#include "platform/i18n/i18n.h"

static size_t index_of_message(Arena *arena, Msg msg) {
    uint64_t hash = str_hash(str_format(arena, "%s\x04%s", msg.context, msg.text));
    size_t low = 0, high = message_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (message_hashes[middle] < hash) low = middle + 1;
        else high = middle;
    }
    if (low == message_count || message_hashes[low] != hash)
        arena_fail(arena, ERR_INTERNAL, "tools/messages never saw \"%s\" of %s", msg.text, msg.context);
    return low;
}

static const SayValue *find_value(const SayValue *values, Str name) {
    for (const SayValue *value = values; value->name; value++)
        if (str_equal(name, str_from_c(value->name))) return value;
    return NULL;
}

static void fill(Buffer *out, Language language, Str text, const SayValue *values) {
    ptrdiff_t open;
    while ((open = str_index_of_char(text, '{')) >= 0) {
        buffer_add(out, str_slice(text, 0, (size_t)open));
        text = str_skip(text, (size_t)open + 1);
        ptrdiff_t close = str_index_of_char(text, '}');
        Str name = close < 0 ? text : str_slice(text, 0, (size_t)close);
        const SayValue *value = find_value(values, name);
        if (!value) arena_fail(out->arena, ERR_INTERNAL, "a message is said without its {%.*s}", STR_FORMAT(name));
        buffer_add(out, value->is_number ? number_words(out->arena, language, value->number) : value->text);
        text = str_skip(text, name.size + 1);
    }
    buffer_add(out, text);
}

/* A value that the message does not name is a slip of the caller, which would otherwise stay unseen. */
static void check_values(Arena *arena, Str english, const SayValue *values) {
    for (const SayValue *value = values; value->name; value++)
        if (!str_contains(english, str_format(arena, "{%s}", value->name)))
            arena_fail(arena, ERR_INTERNAL, "\"%.*s\" has no {%s}", STR_FORMAT(english), value->name);
}

Str say_values(Arena *arena, Language language, Msg msg, const SayValue *values) {
    check_values(arena, str_from_c(msg.many ? msg.many : msg.text), values);
    int form = 0;
    if (msg.many) {
        const SayValue *count = find_value(values, STR("count"));
        if (!count || !count->is_number) arena_fail(arena, ERR_INTERNAL, "\"%s\" is said without a count", msg.text);
        form = plural_form(language, count->number);
    }
    const char *text = message_texts[index_of_message(arena, msg)][language].forms[form];
    if (!text) arena_fail(arena, ERR_INTERNAL, "\"%s\" has no %s text", msg.text, language_tag(language));
    Buffer out = buffer_in(arena);
    fill(&out, language, str_from_c(text), values);
    return buffer_str(&out);
}
