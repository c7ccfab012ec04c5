// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/once_key.h"

#include "platform/base/base32.h"

Str once_key_text(OnceKey *key, Arena *arena) {
    if (!str_is_absent(key->text)) return key->text;
    char time[ONCE_KEY_TIME_SIZE];
    for (size_t i = 0; i < ONCE_KEY_TIME_SIZE; i++)
        time[i] = BASE32_LETTERS[(uint64_t)key->now_ms >> 5 * (ONCE_KEY_TIME_SIZE - 1 - i) & 31];
    key->text = str_join(arena, str_from(time, sizeof time), random_secret_text(arena));
    return key->text;
}

bool once_key_is_whole(Str sent) {
    for (size_t i = 0; i < sent.size; i++)
        if (base32_value(sent.data[i]) < 0) return false;
    return sent.size == ONCE_KEY_SIZE;
}
