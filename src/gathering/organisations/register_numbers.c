// SPDX-License-Identifier: EUPL-1.2
#include "gathering/organisations/organisations.h"

/* Digits of what was typed, without spaces, dashes and a leading "PL". */
static bool digits_of(Arena *arena, Str typed, Str *digits) {
    Buffer plain = buffer_in(arena);
    typed = str_trim(typed);
    if (str_starts_with(typed, STR("PL")) || str_starts_with(typed, STR("pl"))) typed = str_skip(typed, 2);
    for (size_t i = 0; i < typed.size; i++) {
        char c = typed.data[i];
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9') return false;
        buffer_add_char(&plain, c);
    }
    *digits = buffer_str(&plain);
    return true;
}

static int weighted_sum(Str digits, const int *weights, size_t count) {
    int sum = 0;
    for (size_t i = 0; i < count; i++) sum += weights[i] * (digits.data[i] - '0');
    return sum;
}

RegisterFault nip_check(Arena *arena, Str typed, Str *plain) {
    static const int weights[] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
    Str digits;
    if (!digits_of(arena, typed, &digits)) return REGISTER_DIGITS;
    if (digits.size != COUNT(weights) + 1) return REGISTER_LENGTH;
    if (weighted_sum(digits, weights, COUNT(weights)) % 11 != digits.data[9] - '0')
        return REGISTER_CHECK; /* 10 is none */
    *plain = digits;
    return REGISTER_GOOD;
}

static bool regon_part_is_good(Str digits, const int *weights, size_t count) {
    return weighted_sum(digits, weights, count) % 11 % 10 == digits.data[count] - '0';
}

RegisterFault regon_check(Arena *arena, Str typed, Str *plain) {
    static const int weights_9[] = {8, 9, 2, 3, 4, 5, 6, 7};
    static const int weights_14[] = {2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8};
    Str digits;
    if (!digits_of(arena, typed, &digits)) return REGISTER_DIGITS;
    if (digits.size != COUNT(weights_9) + 1 && digits.size != COUNT(weights_14) + 1) return REGISTER_LENGTH;
    if (!regon_part_is_good(digits, weights_9, COUNT(weights_9))) return REGISTER_CHECK;
    bool is_long = digits.size == COUNT(weights_14) + 1;
    if (is_long && !regon_part_is_good(digits, weights_14, COUNT(weights_14))) return REGISTER_CHECK;
    *plain = digits;
    return REGISTER_GOOD;
}

RegisterFault krs_check(Arena *arena, Str typed, Str *plain) {
    enum { KRS_SIZE = 10 };
    Str digits;
    if (!digits_of(arena, typed, &digits)) return REGISTER_DIGITS;
    if (digits.size == 0 || digits.size > KRS_SIZE) return REGISTER_LENGTH;
    *plain = str_join(arena, str_slice(STR("0000000000"), 0, KRS_SIZE - digits.size), digits);
    return REGISTER_GOOD;
}
