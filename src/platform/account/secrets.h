// SPDX-License-Identifier: EUPL-1.2
/* Secrets as they are kept: by their hashes only. */
#ifndef WSPOLNIE_ACCOUNT_SECRETS_H
#define WSPOLNIE_ACCOUNT_SECRETS_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

/* BLAKE2b-256 (RFC 7693) of the purpose and the secret, so that one secret's hash for one purpose says
 * nothing of another's. */
Str secret_hash(Arena *arena, const char *purpose, Str secret);
bool secret_hash_equal(Str a, Str b); /* in constant time */

/* The six digits that go with a sign-in token: derived, so that the page of the link can show them though
 * only hashes are kept. */
Str secret_code(Arena *arena, Str token);

/* Argon2id (RFC 9106) with libsodium's interactive limits: 64 MiB and about 0.1 s, so on a worker only. */
Str password_hash(Arena *arena, Str password);
bool password_fits(Str password, Str hash);
enum { PASSWORD_LEAST_CHARS = 10, PASSWORD_MOST_CHARS = 200 };

#endif
