// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/zip.h"

#include <assert.h>

enum {
    FILE_MARK = 0x04034b50,
    ENTRY_MARK = 0x02014b50,
    END_MARK = 0x06054b50,
    VERSION = 20,
    NAMES_ARE_UTF8 = 1 << 11,
};

static void add_16(Buffer *out, uint32_t value) {
    buffer_add_char(out, (char)(value & 0xFF));
    buffer_add_char(out, (char)(value >> 8 & 0xFF));
}

static void add_32(Buffer *out, uint32_t value) {
    add_16(out, value & 0xFFFF);
    add_16(out, value >> 16);
}

/* CRC-32 of ISO 3309, four bits at a time. */
static uint32_t checksum(Str bytes) {
    static const uint32_t table[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
        0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };
    uint32_t sum = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.size; i++) {
        sum ^= (unsigned char)bytes.data[i];
        sum = sum >> 4 ^ table[sum & 15];
        sum = sum >> 4 ^ table[sum & 15];
    }
    return ~sum;
}

static bool is_of_a_path(char c) {
    return (unsigned char)c < ' ' || c == 0x7F || str_index_of_char(STR("/\\:*?\"<>|"), c) >= 0;
}

static Str safe_name(Arena *arena, Str name) {
    Buffer safe = buffer_in(arena);
    for (size_t i = 0; i < name.size; i++) buffer_add_char(&safe, is_of_a_path(name.data[i]) ? '_' : name.data[i]);
    Str whole = buffer_str(&safe);
    if (whole.size <= ZIP_NAME_BYTES) return whole;
    size_t ending = whole.size - 1;
    while (ending && whole.data[ending] != '.') ending--;
    if (!ending || whole.size - ending > 10) ending = whole.size;
    size_t kept = ZIP_NAME_BYTES - (whole.size - ending);
    while (kept && ((unsigned char)whole.data[kept] & 0xC0) == 0x80) kept--; /* never inside a character */
    return str_join(arena, str_slice(whole, 0, kept), str_skip(whole, ending));
}

/* What both records of a file say of it, beginning with the version that reads it. */
static void add_facts(Buffer *out, Str name, const Civil *written, Str bytes) {
    int year = written->year < 1980 ? 1980 : written->year;
    add_16(out, VERSION);
    add_16(out, NAMES_ARE_UTF8);
    add_16(out, 0); /* stored */
    add_16(out, (uint32_t)(written->hour << 11 | written->minute << 5 | written->second / 2));
    add_16(out, (uint32_t)((year - 1980) << 9 | written->month << 5 | written->day));
    add_32(out, checksum(bytes));
    add_32(out, (uint32_t)bytes.size);
    add_32(out, (uint32_t)bytes.size);
    add_16(out, (uint32_t)name.size);
    add_16(out, 0); /* nothing extra */
}

Zip zip_begin(Buffer *out) { return (Zip){out, buffer_in(out->arena), out->size, 0}; }

void zip_add(Zip *zip, Str name, const Civil *written, Str bytes) {
    assert(name.size && zip->files < ZIP_FILES_MOST);
    size_t at = zip->out->size - zip->begin;
    Str safe = safe_name(zip->out->arena, name);
    add_32(zip->out, FILE_MARK);
    add_facts(zip->out, safe, written, bytes);
    buffer_add(zip->out, safe);
    buffer_add(zip->out, bytes);
    add_32(&zip->contents, ENTRY_MARK);
    add_16(&zip->contents, VERSION);
    add_facts(&zip->contents, safe, written, bytes);
    add_16(&zip->contents, 0); /* no comment, on the first disk, nothing special */
    add_16(&zip->contents, 0);
    add_16(&zip->contents, 0);
    add_32(&zip->contents, 0);
    add_32(&zip->contents, (uint32_t)at);
    buffer_add(&zip->contents, safe);
    zip->files++;
}

void zip_end(Zip *zip) {
    size_t at = zip->out->size - zip->begin;
    Str contents = buffer_str(&zip->contents);
    buffer_add(zip->out, contents);
    add_32(zip->out, END_MARK);
    add_32(zip->out, 0); /* one disk */
    add_16(zip->out, (uint32_t)zip->files);
    add_16(zip->out, (uint32_t)zip->files);
    add_32(zip->out, (uint32_t)contents.size);
    add_32(zip->out, (uint32_t)at);
    add_16(zip->out, 0);
}
