// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/base32.h"

int base32_value(char c) {
    const char *found = c ? strchr(BASE32_LETTERS, c) : NULL;
    return found ? (int)(found - BASE32_LETTERS) : -1;
}
