// SPDX-License-Identifier: EUPL-1.2
/* Assets: the style sheets, scripts and icons built into the binary.
 *
 * tools/assets makes the table from web/ (docs/internals/assets.md). A path holds the hash of its
 * content, so what it names never changes and is served `immutable`; a page writes the path by
 * {asset "style.css"}, C code by the macro of the made header "assets.h".
 *
 *     const Asset *asset = asset_find(request->path);
 *     if (asset) answer(asset->media_type, accepts_brotli && asset->brotli.size ? asset->brotli : asset->plain);
 */
#ifndef WSPOLNIE_PAGE_ASSET_TABLE_H
#define WSPOLNIE_PAGE_ASSET_TABLE_H

#include "platform/base/str.h"

typedef struct Asset {
    Str path;       /* "/assets/style.3f2a9c01.css" */
    Str name;       /* "style.css" */
    Str media_type; /* "text/css; charset=utf-8" */
    Str plain;
    Str gzip, brotli; /* absent where they are not smaller than plain */
} Asset;

/* Ordered by path; made by tools/assets. */
extern const Asset asset_table[];
extern const size_t asset_count;

/* NULL where there is none. Everything found lives as long as the program. */
const Asset *asset_find(Str path);

#endif
