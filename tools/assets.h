// SPDX-License-Identifier: EUPL-1.2
/* assets: style sheets, scripts and icons made into the binary (docs/internals/assets.md).
 *
 *     assets --out-dir DIR web/style.css web/board.js …
 *
 * assets.c reads the files, packs and writes; assets_text.c goes through style sheets and scripts.
 */
#ifndef WSPOLNIE_TOOLS_ASSETS_H
#define WSPOLNIE_TOOLS_ASSETS_H

#include "compiler.h"

enum { ASSET_LIMIT_BYTES = 64 * 1024, ASSET_LIMIT_FILES = 256 };

typedef enum AssetKind { ASSET_BINARY, ASSET_STYLE, ASSET_SCRIPT } AssetKind;

typedef struct AssetFile {
    const char *source; /* "web/style.css" */
    Str name;           /* "style.css" */
    Str macro;          /* "ASSET_STYLE_CSS" */
    const char *media_type;
    AssetKind kind;
    Str content; /* as it is read; when packed, as it is served */
    Str path;    /* "/assets/style.3f2a9c01.css"; absent until packed */
    enum { ASSET_UNTOUCHED, ASSET_OPEN, ASSET_PACKED } state; /* open: its references are being packed */
} AssetFile;

typedef struct Assets {
    Compiler compiler;
    const char *out_dir;
    AssetFile *files;
    size_t count;
} Assets;

/* Gives the address of the named file, packing it first. Reports an unknown name or a circle at the
 * line of the referring file, and gives what stood there. */
Str assets_address(Assets *assets, const AssetFile *from, size_t line, Str name);

/* The style sheet or script without comments and leading white space where that is safe, with its
 * references rewritten. Reports what is wrong and gives what could be made. */
Str assets_style(Assets *assets, const AssetFile *file);
Str assets_script(Assets *assets, const AssetFile *file);

#endif
