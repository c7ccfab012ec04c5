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

/* ---- which rule ------------------------------------------------------------------------------------------------ */

static RegisterFault check(Arena *arena, RegisterNumber number, Str typed, Str *plain) {
    switch (number) {
    case REGISTER_NIP: return nip_check(arena, typed, plain);
    case REGISTER_REGON: return regon_check(arena, typed, plain);
    case REGISTER_KRS: break;
    }
    return krs_check(arena, typed, plain);
}

static Msg length_rule(RegisterNumber number) {
    switch (number) {
    case REGISTER_NIP:
        return MSG_PLURAL("organisations", "A NIP has ten digits. Here there is {count}.",
                          "A NIP has ten digits. Here there are {count}.");
    case REGISTER_REGON:
        return MSG_PLURAL("organisations", "A REGON has 9 or 14 digits. Here there is {count}.",
                          "A REGON has 9 or 14 digits. Here there are {count}.");
    case REGISTER_KRS: break;
    }
    return MSG_PLURAL("organisations", "A KRS number has at most ten digits. Here there is {count}.",
                      "A KRS number has at most ten digits. Here there are {count}.");
}

Str register_fault_words(Arena *arena, Language language, RegisterNumber number, Str typed) {
    Str plain, digits = STR("");
    switch (check(arena, number, typed, &plain)) {
    case REGISTER_GOOD: return STR_ABSENT;
    case REGISTER_DIGITS:
        return say(arena, language,
                   MSG("organisations", "Only digits can stand here; spaces and dashes may stand between them."));
    case REGISTER_LENGTH:
        digits_of(arena, typed, &digits);
        return say(arena, language, length_rule(number), SAY_INT("count", (int64_t)digits.size));
    case REGISTER_CHECK: break;
    }
    if (number == REGISTER_NIP)
        return say(arena, language,
                   MSG("organisations", "The last digit of this NIP does not fit the nine before it: one of the digits "
                                        "is mistyped, or two have changed places."));
    digits_of(arena, typed, &digits);
    Str short_one = str_slice(digits, 0, 9);
    if (regon_check(arena, short_one, &plain) != REGISTER_GOOD)
        return say(arena, language,
                   MSG("organisations", "The ninth digit of this REGON does not fit the eight before it: one of the "
                                        "digits is mistyped, or two have changed places."));
    return say(arena, language,
               MSG("organisations", "The first nine digits of this REGON are good, but the last one does not fit: look "
                                    "at the last five."));
}
