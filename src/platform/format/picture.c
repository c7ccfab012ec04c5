// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/picture.h"

#include "platform/base/buffer.h"

#include <string.h>
#include <zlib.h>

static uint32_t big(Str bytes, size_t at, size_t size) {
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) value = value << 8 | (unsigned char)bytes.data[at + i];
    return value;
}

static bool size_is_good(int64_t width, int64_t height) {
    return width >= PICTURE_SIDE_LEAST && height >= PICTURE_SIDE_LEAST && width <= PICTURE_SIDE_MOST &&
           height <= PICTURE_SIDE_MOST && width * height <= PICTURE_PIXELS;
}

/* ---- PNG ------------------------------------------------------------------------------------------------- */

static const char png_begins[] = "\x89PNG\r\n\x1a\n";
enum { PNG_BEGINS = 8, PNG_AROUND = 12, PNG_HEADER = 13 }; /* a chunk's length, type and checksum */

static bool png_is_kept(Str type) {
    static const char *const kept[] = {"IHDR", "PLTE", "tRNS", "sRGB", "gAMA", "IDAT", "IEND"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (str_equal(type, str_from_c(kept[i]))) return true;
    return false;
}

/* Bits of a pixel by colour type; 0: there is no such type. */
static unsigned png_bits(unsigned colour, unsigned depth) {
    static const unsigned char channels[7] = {1, 0, 3, 1, 2, 0, 4};
    bool is_depth = depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    return colour < sizeof channels && is_depth ? channels[colour] * depth : 0;
}

static PictureFault png_header(Str data, Picture *picture, uint64_t *raw) {
    if (data.size != PNG_HEADER || data.data[10] || data.data[11]) return PICTURE_BROKEN;
    unsigned bits = png_bits((unsigned char)data.data[9], (unsigned char)data.data[8]);
    if (!bits || data.data[12] & ~1) return PICTURE_BROKEN;
    picture->width = big(data, 0, 4);
    picture->height = big(data, 4, 4);
    if (!size_is_good(picture->width, picture->height)) return PICTURE_SIZE;
    *raw = (uint64_t)picture->height * (1 + ((uint64_t)picture->width * bits + 7) / 8);
    bool is_interlaced = data.data[12];
    if (is_interlaced) *raw = 0; /* seven small pictures: not counted */
    return PICTURE_GOOD;
}

/* What is squeezed has to give the pixels that the header tells of, and no more. */
static bool png_gives(Str squeezed, uint64_t raw) {
    unsigned char out[16 * 1024];
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)squeezed.data, .avail_in = (unsigned)squeezed.size};
    if (inflateInit(&stream) != Z_OK) return false;
    uint64_t most = raw ? raw : (uint64_t)PICTURE_PIXELS * 10;
    int step = Z_OK;
    while (step == Z_OK && stream.total_out <= most) {
        stream.next_out = out;
        stream.avail_out = sizeof out;
        step = inflate(&stream, Z_NO_FLUSH);
    }
    bool is_whole = step == Z_STREAM_END && stream.total_out <= most && (!raw || stream.total_out == raw);
    inflateEnd(&stream);
    return is_whole;
}

static PictureFault png_clean(Arena *arena, Str bytes, Picture *picture) {
    Buffer out = buffer_in(arena), pixels = buffer_in(arena);
    uint64_t raw = 0;
    bool is_first = true;
    buffer_add(&out, str_slice(bytes, 0, PNG_BEGINS));
    for (size_t at = PNG_BEGINS; bytes.size - at >= PNG_AROUND;) {
        uint32_t size = big(bytes, at, 4);
        if (size > bytes.size - at - PNG_AROUND) return PICTURE_BROKEN;
        Str type = str_slice(bytes, at + 4, 4), data = str_slice(bytes, at + 8, size);
        uint32_t sum = (uint32_t)crc32(0, (const unsigned char *)type.data, 4 + size);
        if (sum != big(bytes, at + 8 + size, 4) || is_first != str_equal(type, STR("IHDR"))) return PICTURE_BROKEN;
        PictureFault fault = is_first ? png_header(data, picture, &raw) : PICTURE_GOOD;
        if (fault) return fault;
        is_first = false;
        if (png_is_kept(type)) buffer_add(&out, str_slice(bytes, at, size + PNG_AROUND));
        if (str_equal(type, STR("IDAT"))) buffer_add(&pixels, data);
        if (str_equal(type, STR("IEND"))) {
            picture->bytes = buffer_str(&out);
            return png_gives(buffer_str(&pixels), raw) ? PICTURE_GOOD : PICTURE_BROKEN;
        }
        at += size + PNG_AROUND;
    }
    return PICTURE_BROKEN;
}

/* ---- JPEG ------------------------------------------------------------------------------------------------- */

enum {
    JPEG_BEGINS = 0xd8,
    JPEG_ENDS = 0xd9,
    JPEG_SCAN = 0xda,
    JPEG_TABLES = 0xdb,
    JPEG_RESTART = 0xdd,
    JPEG_HUFFMAN = 0xc4,
    JPEG_JFIF = 0xe0,
    JPEG_ADOBE = 0xee, /* whether its colours are turned: without it they are wrong */
    JPEG_FRAME_LEAST = 8
};

static bool jpeg_is_frame(unsigned marker) { return marker >= 0xc0 && marker <= 0xc2; }

static bool jpeg_is_kept(unsigned marker) {
    return jpeg_is_frame(marker) || marker == JPEG_HUFFMAN || marker == JPEG_TABLES || marker == JPEG_RESTART ||
           marker == JPEG_SCAN;
}

/* Behind a scan's head: its bytes, up to the next marker that is none of its own. */
static size_t jpeg_scan_ends(Str bytes, size_t at) {
    for (; at + 1 < bytes.size; at++) {
        unsigned char next = (unsigned char)bytes.data[at + 1];
        if ((unsigned char)bytes.data[at] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7))
            return at;
    }
    return bytes.size;
}

/* What stands in these two goes but for their heads: a thumbnail shows what was cut off the picture since. Nothing is
 * added of what is not such a head at all. */
static void jpeg_add_head(Buffer *out, unsigned marker, Str data) {
    enum { JFIF_HEAD = 12, ADOBE_HEAD = 12 }; /* what follows in JFIF are the thumbnail's sides, and it */
    bool is_jfif = marker == JPEG_JFIF && data.size >= JFIF_HEAD && str_starts_with(data, str_from("JFIF", 5));
    bool is_adobe = marker == JPEG_ADOBE && data.size >= ADOBE_HEAD && str_starts_with(data, STR("Adobe"));
    if (!is_jfif && !is_adobe) return;
    Str head = str_slice(data, 0, is_jfif ? JFIF_HEAD : ADOBE_HEAD), sides = is_jfif ? str_from("\0", 2) : STR("");
    const char begins[] = {(char)0xff, (char)marker, 0, (char)(2 + head.size + sides.size)};
    buffer_add(out, str_from(begins, sizeof begins));
    buffer_add(out, head);
    buffer_add(out, sides);
}

static PictureFault jpeg_frame(Str data, Picture *picture) {
    if (data.size < JPEG_FRAME_LEAST || picture->width) return PICTURE_BROKEN; /* one picture, one frame */
    picture->height = big(data, 3, 2);
    picture->width = big(data, 5, 2);
    return size_is_good(picture->width, picture->height) ? PICTURE_GOOD : PICTURE_SIZE;
}

static PictureFault jpeg_clean(Arena *arena, Str bytes, Picture *picture) {
    Buffer out = buffer_in(arena);
    bool has_scan = false;
    buffer_add(&out, str_slice(bytes, 0, 2));
    for (size_t at = 2; bytes.size - at >= 2;) {
        if ((unsigned char)bytes.data[at] != 0xff) return PICTURE_BROKEN;
        unsigned marker = (unsigned char)bytes.data[at + 1];
        if (marker == 0xff) { /* filling */
            at++;
            continue;
        }
        if (marker == JPEG_ENDS) {
            if (!has_scan || !picture->width) return PICTURE_BROKEN;
            buffer_add(&out, STR("\xff\xd9"));
            picture->bytes = buffer_str(&out);
            return PICTURE_GOOD;
        }
        size_t size = bytes.size - at >= 4 ? big(bytes, at + 2, 2) : 0; /* with its own two bytes */
        if (size < 2 || size > bytes.size - at - 2) return PICTURE_BROKEN;
        PictureFault fault = jpeg_is_frame(marker) ? jpeg_frame(str_slice(bytes, at + 2, size), picture) : PICTURE_GOOD;
        if (fault) return fault;
        size_t ends = at + 2 + size;
        has_scan |= marker == JPEG_SCAN;
        if (marker == JPEG_SCAN) ends = jpeg_scan_ends(bytes, ends);
        jpeg_add_head(&out, marker, str_slice(bytes, at + 4, size - 2));
        if (jpeg_is_kept(marker)) buffer_add(&out, str_slice(bytes, at, ends - at));
        at = ends;
    }
    return PICTURE_BROKEN;
}

/* ---- which it is ------------------------------------------------------------------------------------------ */

static bool is_svg(Str bytes) {
    enum { LOOKED_AT = 1000 };
    Str begins = str_slice(bytes, 0, LOOKED_AT);
    for (size_t at = 0; at + 4 <= begins.size; at++)
        if (memcmp(begins.data + at, "<svg", 4) == 0) return true;
    return false;
}

PictureFault picture_clean(Arena *arena, Str bytes, Picture *picture) {
    Picture made = {0};
    if (str_is_empty(bytes)) return PICTURE_EMPTY;
    if (bytes.size > PICTURE_BYTES) return PICTURE_TOO_LARGE;
    bool is_png = str_starts_with(bytes, str_from(png_begins, PNG_BEGINS));
    bool is_jpeg = !is_png && str_starts_with(bytes, STR("\xff\xd8\xff"));
    if (!is_png && !is_jpeg) return is_svg(bytes) ? PICTURE_IS_SVG : PICTURE_NOT_KNOWN;
    PictureFault fault = is_png ? png_clean(arena, bytes, &made) : jpeg_clean(arena, bytes, &made);
    if (fault) return fault;
    made.type = is_png ? STR("image/png") : STR("image/jpeg");
    made.ending = is_png ? STR("png") : STR("jpg");
    *picture = made;
    return PICTURE_GOOD;
}
