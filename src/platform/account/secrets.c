// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/secrets.h"

#include <sodium.h>

enum { HASH_SIZE = 32 };

static void add(crypto_generichash_state *state, Str part) {
    uint64_t size = part.size; /* lengths keep "ab","c" apart from "a","bc" */
    crypto_generichash_update(state, (const unsigned char *)&size, sizeof size);
    if (part.size) crypto_generichash_update(state, (const unsigned char *)part.data, part.size);
}

Str secret_hash(Arena *arena, const char *purpose, Str secret) {
    unsigned char *hash = arena_alloc(arena, HASH_SIZE);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    add(&state, str_from_c(purpose));
    add(&state, secret);
    crypto_generichash_final(&state, hash, HASH_SIZE);
    return str_from((const char *)hash, HASH_SIZE);
}

bool secret_hash_equal(Str a, Str b) {
    return a.size == HASH_SIZE && b.size == HASH_SIZE && sodium_memcmp(a.data, b.data, HASH_SIZE) == 0;
}

Str secret_code(Arena *arena, Str token) {
    enum { CODES = 1000000 };
    Str hash = secret_hash(arena, "code of a sign-in", token);
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof number; i++) number = number << 8 | (unsigned char)hash.data[i];
    return str_format(arena, "%06llu", (unsigned long long)(number % CODES));
}

/* What was not sent is an empty password: libsodium takes no NULL. */
static const char *password_bytes(Str password) { return str_is_absent(password) ? "" : password.data; }

Str password_hash(Arena *arena, Str password) {
    char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str(hash, password_bytes(password), password.size, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        arena_fail(arena, ERR_LIMIT, "no memory for Argon2id");
    return str_from_c(hash);
}

bool password_fits(Str password, Str hash) {
    char text[crypto_pwhash_STRBYTES] = {0};
    if (hash.size >= sizeof text) return false;
    memcpy(text, hash.data, hash.size);
    return crypto_pwhash_str_verify(text, password_bytes(password), password.size) == 0;
}
