// SPDX-License-Identifier: EUPL-1.2
#include "assets.h"

#include <brotli/encode.h>
#include <zlib.h>

typedef struct MediaType {
    Str extension;
    const char *media_type;
    AssetKind kind;
} MediaType;

static const MediaType media_types[] = {
    {STR_INIT(".css"), "text/css; charset=utf-8", ASSET_STYLE},
    {STR_INIT(".js"), "text/javascript; charset=utf-8", ASSET_SCRIPT},
    {STR_INIT(".svg"), "image/svg+xml", ASSET_BINARY},
    {STR_INIT(".png"), "image/png", ASSET_BINARY},
    {STR_INIT(".ico"), "image/x-icon", ASSET_BINARY},
    {STR_INIT(".webp"), "image/webp", ASSET_BINARY},
    {STR_INIT(".woff2"), "font/woff2", ASSET_BINARY},
};

#define report(assets, path, line, ...) compiler_error(&(assets)->compiler, (path), (line), __VA_ARGS__)

/* Reading */

static const MediaType *media_type_of(Str name) {
    for (size_t i = 0; i < sizeof media_types / sizeof *media_types; i++)
        if (str_ends_with(name, media_types[i].extension) && name.size > media_types[i].extension.size)
            return &media_types[i];
    return NULL;
}

static bool name_is_plain(Str name) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!plain) return false;
    }
    return name.size > 0;
}

static Str macro_of(Arena *arena, Str name) {
    Buffer macro = buffer_in(arena);
    buffer_add(&macro, STR("ASSET_"));
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        buffer_add_char(&macro, letter ? (char)(c - 'a' + 'A') : digit ? c : '_');
    }
    return buffer_str(&macro);
}

static void add_file(Assets *assets, const char *source) {
    Arena *arena = assets->compiler.arena;
    AssetFile file = {.source = source, .name = str_from_c(source)};
    for (ptrdiff_t slash; (slash = str_index_of_char(file.name, '/')) >= 0;)
        file.name = str_skip(file.name, (size_t)slash + 1);
    const MediaType *type = media_type_of(file.name);
    if (!type) {
        report(assets, source, 0, "unknown extension: expected .css, .js, .svg, .png, .ico, .webp or .woff2");
        return;
    }
    if (!name_is_plain(file.name)) {
        report(assets, source, 0, "a name has small letters, digits, - _ and . only");
        return;
    }
    file.macro = macro_of(arena, file.name);
    for (size_t i = 0; i < assets->count; i++) {
        if (!str_equal(assets->files[i].macro, file.macro)) continue;
        report(assets, source, 0, "its name is too like that of %s", assets->files[i].source);
        return;
    }
    file.media_type = type->media_type;
    file.kind = type->kind;
    file.content = compiler_read(&assets->compiler, source);
    if (file.content.size > ASSET_LIMIT_BYTES)
        report(assets, source, 0, "has %zu bytes, more than %d", file.content.size, ASSET_LIMIT_BYTES);
    else assets->files[assets->count++] = file;
}

/* Packing: whoever is referred to goes first, for the hash in its name is part of who refers to it. */

static Str hashed_path(Arena *arena, const AssetFile *file) {
    uint64_t hash = str_hash(file->content);
    size_t stem = file->name.size;
    while (file->name.data[stem - 1] != '.') stem--;
    Str extension = str_skip(file->name, stem);
    return str_format(arena, "/assets/%.*s.%08x.%.*s", STR_FORMAT(str_slice(file->name, 0, stem - 1)),
                      (unsigned)(hash ^ hash >> 32), STR_FORMAT(extension));
}

static void pack(Assets *assets, AssetFile *file) {
    file->state = ASSET_OPEN;
    if (file->kind == ASSET_STYLE) file->content = assets_style(assets, file);
    if (file->kind == ASSET_SCRIPT) file->content = assets_script(assets, file);
    file->path = hashed_path(assets->compiler.arena, file);
    file->state = ASSET_PACKED;
}

Str assets_address(Assets *assets, const AssetFile *from, size_t line, Str name) {
    for (size_t i = 0; i < assets->count; i++) {
        AssetFile *file = &assets->files[i];
        if (!str_equal(file->name, name)) continue;
        if (file->state == ASSET_OPEN) {
            report(assets, from->source, line, "a circle: %.*s needs %.*s already", STR_FORMAT(name),
                   STR_FORMAT(from->name));
            return name;
        }
        if (file->state == ASSET_UNTOUCHED) pack(assets, file);
        return file->path;
    }
    report(assets, from->source, line, "there is no asset %.*s", STR_FORMAT(name));
    return name;
}

static Str gzipped(Arena *arena, Str plain) {
    enum { GZIP_WINDOW = 15 + 16 }; /* zlib: 16 more for a gzip header */
    z_stream stream = {0};
    if (deflateInit2(&stream, 9, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        arena_fail(arena, ERR_INTERNAL, "zlib does not start");
    size_t room = deflateBound(&stream, plain.size) + 32;
    Bytef *out = malloc(room);
    stream.next_in = (Bytef *)(uintptr_t)plain.data;
    stream.avail_in = (uInt)plain.size;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    bool done = out && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    size_t size = stream.total_out;
    deflateEnd(&stream);
    Str packed = done && size < plain.size ? str_copy(arena, str_from((const char *)out, size)) : STR_ABSENT;
    free(out);
    if (!done) arena_fail(arena, ERR_INTERNAL, "zlib does not pack");
    return packed;
}

static Str brotlied(Arena *arena, Str plain) {
    size_t size = BrotliEncoderMaxCompressedSize(plain.size) + 32;
    uint8_t *out = arena_alloc(arena, size);
    if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, plain.size,
                               (const uint8_t *)plain.data, &size, out))
        arena_fail(arena, ERR_INTERNAL, "brotli does not pack");
    return size < plain.size ? str_from((const char *)out, size) : STR_ABSENT;
}

/* Writing */

static void add_bytes(Buffer *out, const char *what, size_t index, Str bytes) {
    enum { BYTES_IN_LINE = 32 };
    if (str_is_absent(bytes)) return;
    buffer_format(out, "static const unsigned char %s_%zu[] = {", what, index);
    for (size_t i = 0; i < bytes.size; i++)
        buffer_format(out, "%s%u,", i % BYTES_IN_LINE ? "" : "\n    ", (unsigned char)bytes.data[i]);
    buffer_add(out, bytes.size ? STR("\n};\n") : STR("0};\n"));
}

static void add_reference(Buffer *out, const char *what, size_t index, Str bytes) {
    if (str_is_absent(bytes)) buffer_format(out, "        .%s = {0},\n", what);
    else buffer_format(out, "        .%s = {(const char *)%s_%zu, %zu},\n", what, what, index, bytes.size);
}

static int by_path(const void *a, const void *b) {
    return str_compare(((const AssetFile *)a)->path, ((const AssetFile *)b)->path);
}

static Str table_source(Assets *assets) {
    Buffer bytes = buffer_in(assets->compiler.arena), table = buffer_in(assets->compiler.arena);
    buffer_add(&bytes, STR("/* Made by tools/assets; do not change. */\n#include \"platform/page/asset_table.h\"\n\n"));
    buffer_add(&table, STR("\nconst Asset asset_table[] = {\n"));
    for (size_t i = 0; i < assets->count; i++) {
        const AssetFile *file = &assets->files[i];
        Str gzip = gzipped(assets->compiler.arena, file->content),
            brotli = brotlied(assets->compiler.arena, file->content);
        add_bytes(&bytes, "plain", i, file->content);
        add_bytes(&bytes, "gzip", i, gzip);
        add_bytes(&bytes, "brotli", i, brotli);
        buffer_format(&table, "    {\n        .path = STR_INIT(\"%.*s\"),\n        .name = STR_INIT(\"%.*s\"),\n",
                      STR_FORMAT(file->path), STR_FORMAT(file->name));
        buffer_format(&table, "        .media_type = STR_INIT(\"%s\"),\n", file->media_type);
        add_reference(&table, "plain", i, file->content);
        add_reference(&table, "gzip", i, gzip);
        add_reference(&table, "brotli", i, brotli);
        buffer_add(&table, STR("    },\n"));
    }
    buffer_format(&table, "};\nconst size_t asset_count = %zu;\n", assets->count);
    buffer_add(&bytes, buffer_str(&table));
    return buffer_str(&bytes);
}

static Str macros_source(Assets *assets) {
    Buffer out = buffer_in(assets->compiler.arena);
    buffer_add(&out, STR("/* Made by tools/assets; do not change. */\n#ifndef WSPOLNIE_MADE_ASSETS_H\n#define "
                         "WSPOLNIE_MADE_ASSETS_H\n\n"));
    for (size_t i = 0; i < assets->count; i++)
        buffer_format(&out, "#define %.*s \"%.*s\"\n", STR_FORMAT(assets->files[i].macro),
                      STR_FORMAT(assets->files[i].path));
    buffer_add(&out, STR("\n#endif\n"));
    return buffer_str(&out);
}

typedef struct Arguments {
    Assets *assets;
    int count;
    char **values;
} Arguments;

static void work(void *argument) {
    Arguments *arguments = argument;
    Assets *assets = arguments->assets;
    Arena *arena = assets->compiler.arena;
    if (arguments->count < 4 || !str_equal(str_from_c(arguments->values[1]), STR("--out-dir")))
        arena_fail(arena, ERR_INPUT, "usage: assets --out-dir DIR FILE…");
    if (arguments->count - 3 > ASSET_LIMIT_FILES) arena_fail(arena, ERR_LIMIT, "more than %d files", ASSET_LIMIT_FILES);
    assets->out_dir = arguments->values[2];
    assets->files = arena_array(arena, AssetFile, (size_t)arguments->count);
    for (int i = 3; i < arguments->count; i++) add_file(assets, arguments->values[i]);
    for (size_t i = 0; i < assets->count; i++)
        if (assets->files[i].state == ASSET_UNTOUCHED) pack(assets, &assets->files[i]);
    if (assets->compiler.errors) return;
    qsort(assets->files, assets->count, sizeof *assets->files, by_path);
    compiler_write(&assets->compiler, assets->out_dir, "assets.h", macros_source(assets));
    compiler_write(&assets->compiler, assets->out_dir, "assets.c", table_source(assets));
}

int main(int count, char **values) {
    Assets assets = {.compiler = {.tool = "assets"}};
    Arguments arguments = {&assets, count, values};
    return compiler_main(&assets.compiler, work, &arguments);
}
