// SPDX-License-Identifier: EUPL-1.2
/* Pictures: what is good is kept without what else was in the file, and whatever is cut or bent is refused. */
#include "../../cmocka_all.h"
#include "platform/base/buffer.h"
#include "platform/base/random.h"
#include "platform/format/picture.h"
#include <zlib.h>

enum { WIDTH = 20, HEIGHT = 17 };

static void add_big(Buffer *out, uint32_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) buffer_add_char(out, (char)(value >> (8 * i)));
}

static void add_chunk(Buffer *out, const char *type, Str data) {
    Str name = str_from_c(type);
    add_big(out, (uint32_t)data.size, 4);
    size_t from = out->size;
    buffer_add(out, name);
    buffer_add(out, data);
    add_big(out, (uint32_t)crc32(0, (const unsigned char *)out->data + from, (unsigned)(out->size - from)), 4);
}

/* A picture in grey of one byte a pixel; extra: whether it tells where it was taken, and has a tail. */
static Str png(Arena *arena, uint32_t width, uint32_t height, size_t raw_size, bool extra) {
    Buffer out = buffer_in(arena), header = buffer_in(arena);
    unsigned char *raw = arena_array(arena, unsigned char, raw_size), *packed;
    memset(raw, 0, raw_size);
    uLongf packed_size = compressBound(raw_size);
    packed = arena_array(arena, unsigned char, packed_size);
    assert_int_equal(compress(packed, &packed_size, raw, raw_size), Z_OK);
    buffer_add(&out, STR("\x89PNG\r\n\x1a\n"));
    add_big(&header, width, 4);
    add_big(&header, height, 4);
    buffer_add(&header, str_from("\x08\0\0\0\0", 5));
    add_chunk(&out, "IHDR", buffer_str(&header));
    if (extra) add_chunk(&out, "tEXt", STR("Author\0Ewa"));
    if (extra) add_chunk(&out, "eXIf", STR("50.06N 19.94E"));
    Str pixels = str_from((const char *)packed, packed_size);
    add_chunk(&out, "IDAT", str_slice(pixels, 0, 5));
    add_chunk(&out, "IDAT", str_skip(pixels, 5));
    add_chunk(&out, "IEND", STR(""));
    if (extra) buffer_add(&out, STR("<script>alert(1)</script>"));
    return buffer_str(&out);
}

static Str good_png(Arena *arena, bool extra) { return png(arena, WIDTH, HEIGHT, HEIGHT * (WIDTH + 1), extra); }

static void what_is_not_needed_goes(void **state) {
    (void)state;
    Arena *arena = arena_open(64 << 20);
    Picture picture, again;
    assert_int_equal(picture_clean(arena, good_png(arena, true), &picture), PICTURE_GOOD);
    assert_true(str_equal(picture.bytes, good_png(arena, false)));
    assert_int_equal(picture.width, WIDTH);
    assert_int_equal(picture.height, HEIGHT);
    assert_true(str_equal(picture.type, STR("image/png")));
    assert_int_equal(picture_clean(arena, picture.bytes, &again), PICTURE_GOOD); /* cleaning twice changes nothing */
    assert_true(str_equal(picture.bytes, again.bytes));
    arena_close(arena);
}

static void every_cut_and_every_bent_byte_is_refused(void **state) {
    (void)state;
    Arena *arena = arena_open(256 << 20);
    Str good = good_png(arena, false);
    Picture picture = {.width = -1};
    for (size_t size = 0; size < good.size; size++)
        assert_int_not_equal(picture_clean(arena, str_slice(good, 0, size), &picture), PICTURE_GOOD);
    for (size_t at = 0; at < good.size; at++) {
        char *bent = arena_array(arena, char, good.size);
        memcpy(bent, good.data, good.size);
        bent[at] ^= 0x20;
        assert_int_not_equal(picture_clean(arena, str_from(bent, good.size), &picture), PICTURE_GOOD);
    }
    assert_int_equal(picture.width, -1); /* untouched */
    arena_close(arena);
}

static void sizes_and_kinds_are_told_apart(void **state) {
    (void)state;
    Arena *arena = arena_open(256 << 20);
    Picture picture;
    char *large = arena_array(arena, char, PICTURE_BYTES + 1);
    memset(large, 0, PICTURE_BYTES + 1);
    const struct {
        Str bytes;
        PictureFault fault;
    } cases[] = {
        {STR(""), PICTURE_EMPTY},
        {STR("<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>"), PICTURE_IS_SVG},
        {STR("RIFF\0\0\0\0WEBPVP8 "), PICTURE_NOT_KNOWN},
        {STR("GIF89a"), PICTURE_NOT_KNOWN},
        {str_from(large, PICTURE_BYTES + 1), PICTURE_TOO_LARGE},
        {png(arena, PICTURE_SIDE_LEAST - 1, 20, 20 * PICTURE_SIDE_LEAST, false), PICTURE_SIZE},
        {png(arena, 60000, 60000, 1000, false), PICTURE_SIZE},
        {png(arena, WIDTH, HEIGHT, HEIGHT * (WIDTH + 1) - 1, false), PICTURE_BROKEN}, /* pixels are missing */
        {png(arena, WIDTH, HEIGHT, 8 * 1024 * 1024, false), PICTURE_BROKEN},          /* far too many */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (picture_clean(arena, cases[i].bytes, &picture) != cases[i].fault)
            fail_msg("case %zu is %d", i, picture_clean(arena, cases[i].bytes, &picture));
    arena_close(arena);
}

/* ---- JPEG: its frame alone, as a browser would walk it -------------------- */

static void add_segment(Buffer *out, unsigned char marker, Str data) {
    buffer_add_char(out, '\xff');
    buffer_add_char(out, (char)marker);
    add_big(out, (uint32_t)data.size + 2, 2);
    buffer_add(out, data);
}

static Str jpeg(Arena *arena, bool extra) {
    Buffer out = buffer_in(arena);
    buffer_add(&out, STR("\xff\xd8"));
    Buffer jfif = buffer_in(arena);
    buffer_add(&jfif, str_from("JFIF\0\1\1\0\0\1\0\1", 12));
    if (extra) buffer_add(&jfif, STR("\1\2thumb!")); /* of one pixel by two: what stood beside */
    else buffer_add(&jfif, str_from("\0", 2));
    add_segment(&out, 0xe0, buffer_str(&jfif));
    if (extra) add_segment(&out, 0xe0, str_from("JFXX\0\x10\xff\xd8 a thumbnail", 20));
    add_segment(&out, 0xee,
                str_from(extra ? "Adobe\0\x64\0\0\0\0\1and more" : "Adobe\0\x64\0\0\0\0\1", extra ? 20 : 12));
    if (extra) add_segment(&out, 0xee, STR("somebody else's"));
    if (extra) add_segment(&out, 0xe1, STR("Exif: 50.06N 19.94E"));
    if (extra) add_segment(&out, 0xfe, STR("a comment"));
    add_segment(&out, 0xdb, STR("tables"));
    add_segment(&out, 0xc0, str_from("\x08\0\x20\0\x40\1\1\x11\0", 9));
    add_segment(&out, 0xc4, STR("huffman"));
    add_segment(&out, 0xda, STR("scan"));
    buffer_add(&out, str_from("pix\xff\0els\xff\xd0more", 13));
    buffer_add(&out, STR("\xff\xd9"));
    if (extra) buffer_add(&out, STR("PK\3\4 a zip"));
    return buffer_str(&out);
}

static void a_photo_keeps_its_picture_alone(void **state) {
    (void)state;
    Arena *arena = arena_open(64 << 20);
    Picture picture = {0};
    assert_int_equal(picture_clean(arena, jpeg(arena, true), &picture), PICTURE_GOOD);
    Str plain = jpeg(arena, false);
    assert_true(str_equal(picture.bytes, plain));
    assert_int_equal(picture.width, 64);
    assert_int_equal(picture.height, 32);
    assert_true(str_equal(picture.ending, STR("jpg")));
    for (size_t size = 3; size < plain.size; size++)
        assert_int_not_equal(picture_clean(arena, str_slice(plain, 0, size), &picture), PICTURE_GOOD);
    arena_close(arena);
}

/* Whatever is kept of a bent file is a picture that is kept as it is, and no longer than what was sent. */
static void what_is_kept_is_clean_whatever_was_sent(void **state) {
    (void)state;
    enum { TIMES = 20000, BENT_MOST = 4 };
    uint64_t seed = 0;
    random_secret(&seed, sizeof seed);
    print_message("seed %llu\n", (unsigned long long)seed);
    Random random = random_from_seed(seed);
    Arena *arena = arena_open(64 << 20), *kept = arena_open(64 << 20);
    const Str files[] = {jpeg(kept, true), jpeg(kept, false), good_png(kept, true)};
    for (int i = 0; i < TIMES; i++) {
        Str file = files[random_below(&random, sizeof files / sizeof *files)];
        size_t size = random_below(&random, 8) ? file.size : random_below(&random, file.size);
        char *bent = arena_array(arena, char, file.size);
        memcpy(bent, file.data, file.size);
        for (size_t k = random_below(&random, BENT_MOST); k > 0; k--)
            bent[random_below(&random, file.size)] = (char)random_below(&random, 256);
        Picture once = {0}, twice = {0};
        if (picture_clean(arena, str_from(bent, size), &once) == PICTURE_GOOD) {
            assert_true(once.bytes.size <= size);
            assert_int_equal(picture_clean(arena, once.bytes, &twice), PICTURE_GOOD);
            assert_true(str_equal(once.bytes, twice.bytes));
        }
        arena_reset(arena);
    }
    arena_close(kept);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_needed_goes),
        cmocka_unit_test(every_cut_and_every_bent_byte_is_refused),
        cmocka_unit_test(sizes_and_kinds_are_told_apart),
        cmocka_unit_test(a_photo_keeps_its_picture_alone),
        cmocka_unit_test(what_is_kept_is_clean_whatever_was_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
