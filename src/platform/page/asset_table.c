// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/asset_table.h"

const Asset *asset_find(Str path) {
    size_t low = 0, high = asset_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(path, asset_table[middle].path);
        if (order == 0) return &asset_table[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}
