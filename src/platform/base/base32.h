// SPDX-License-Identifier: EUPL-1.2
/* The alphabet of ids, secrets and codes: digits and small letters without i, l, o, u, which are
 * mistaken for others or make words (after D. Crockford, "Base 32", 2002). */
#ifndef WSPOLNIE_BASE_BASE32_H
#define WSPOLNIE_BASE_BASE32_H

#define BASE32_LETTERS "0123456789abcdefghjkmnpqrstvwxyz"

/* 0–31; -1 for a character that is not in the alphabet. */
int base32_value(char c);

#endif
