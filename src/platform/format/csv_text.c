// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/csv_text.h"

#include "platform/base/buffer.h"
#include "platform/base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

/* The upper halves of the two 8-bit encodings of Polish, from 0x80 on. */
static const uint16_t cp1250[128] = {
    0x20AC, 0xFFFD, 0x201A, 0xFFFD, 0x201E, 0x2026, 0x2020, 0x2021, 0xFFFD, 0x2030, 0x0160, 0x2039, 0x015A,
    0x0164, 0x017D, 0x0179, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122,
    0x0161, 0x203A, 0x015B, 0x0165, 0x017E, 0x017A, 0x00A0, 0x02C7, 0x02D8, 0x0141, 0x00A4, 0x0104, 0x00A6,
    0x00A7, 0x00A8, 0x00A9, 0x015E, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x017B, 0x00B0, 0x00B1, 0x02DB, 0x0142,
    0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x0105, 0x015F, 0x00BB, 0x013D, 0x02DD, 0x013E, 0x017C, 0x0154,
    0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7, 0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD,
    0x00CE, 0x010E, 0x0110, 0x0143, 0x0147, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA,
    0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF, 0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7,
    0x010D, 0x00E9, 0x0119, 0x00EB, 0x011B, 0x00ED, 0x00EE, 0x010F, 0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4,
    0x0151, 0x00F6, 0x00F7, 0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
};
static const uint16_t iso_8859_2[128] = {
    0x0080, 0x0081, 0x0082, 0x0083, 0x0084, 0x0085, 0x0086, 0x0087, 0x0088, 0x0089, 0x008A, 0x008B, 0x008C,
    0x008D, 0x008E, 0x008F, 0x0090, 0x0091, 0x0092, 0x0093, 0x0094, 0x0095, 0x0096, 0x0097, 0x0098, 0x0099,
    0x009A, 0x009B, 0x009C, 0x009D, 0x009E, 0x009F, 0x00A0, 0x0104, 0x02D8, 0x0141, 0x00A4, 0x013D, 0x015A,
    0x00A7, 0x00A8, 0x0160, 0x015E, 0x0164, 0x0179, 0x00AD, 0x017D, 0x017B, 0x00B0, 0x0105, 0x02DB, 0x0142,
    0x00B4, 0x013E, 0x015B, 0x02C7, 0x00B8, 0x0161, 0x015F, 0x0165, 0x017A, 0x02DD, 0x017E, 0x017C, 0x0154,
    0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7, 0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD,
    0x00CE, 0x010E, 0x0110, 0x0143, 0x0147, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA,
    0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF, 0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7,
    0x010D, 0x00E9, 0x0119, 0x00EB, 0x011B, 0x00ED, 0x00EE, 0x010F, 0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4,
    0x0151, 0x00F6, 0x00F7, 0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
};

static unsigned char byte_at(Str bytes, size_t at) { return (unsigned char)bytes.data[at]; }

/* A zero byte beside an ASCII one is half a character of UTF-16; separators and line ends always are. */
static CsvEncoding utf16_by_shape(Str bytes) {
    size_t little = 0, big = 0;
    if (bytes.size % 2) return CSV_ENCODING_UNKNOWN;
    for (size_t i = 0; i + 1 < bytes.size; i += 2) {
        unsigned char first = byte_at(bytes, i), second = byte_at(bytes, i + 1);
        if (!first && !second) return CSV_ENCODING_UNKNOWN;
        little += first && !second;
        big += !first && second;
    }
    return little > big ? CSV_UTF16_LE : big > little ? CSV_UTF16_BE : CSV_ENCODING_UNKNOWN;
}

/* Whether UTF-8 was meant: damaged here and there, it still has many whole characters for each broken byte. */
static bool is_mostly_utf8(Str bytes) {
    enum { WHOLE_FOR_ONE_BROKEN = 4 };
    size_t whole = 0, broken = 0;
    for (size_t at = 0; at < bytes.size;) {
        size_t start = at;
        utf8_next(bytes, &at);
        if (at - start > 1) whole++;
        else if (byte_at(bytes, start) >= 0x80) broken++;
    }
    return broken == 0 || whole / WHOLE_FOR_ONE_BROKEN >= broken;
}

/* ą ś ź Ą Ś Ź lie elsewhere in the two. Bytes 0x80–0x9F are letters and quotation marks in CP1250 only. */
static CsvEncoding eight_bit_by_letters(Str bytes) {
    size_t windows = 0, iso = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = byte_at(bytes, i);
        if (c >= 0x80 && c <= 0x9F) return CSV_CP1250;
        windows += c == 0xB9 || c == 0xA5;
        iso += c == 0xB1 || c == 0xB6 || c == 0xBC || c == 0xA1 || c == 0xA6 || c == 0xAC;
    }
    return iso > windows ? CSV_ISO_8859_2 : CSV_CP1250;
}

CsvEncoding csv_text_encoding(Str bytes) {
    if (str_starts_with(bytes, STR("\xEF\xBB\xBF"))) return CSV_UTF8;
    if (str_starts_with(bytes, STR("\xFF\xFE"))) return bytes.size % 2 ? CSV_ENCODING_UNKNOWN : CSV_UTF16_LE;
    if (str_starts_with(bytes, STR("\xFE\xFF"))) return bytes.size % 2 ? CSV_ENCODING_UNKNOWN : CSV_UTF16_BE;
    if (str_index_of_char(bytes, '\0') >= 0) return utf16_by_shape(bytes);
    return is_mostly_utf8(bytes) ? CSV_UTF8 : eight_bit_by_letters(bytes);
}

static void add_point(Buffer *out, uint32_t c) { out->size += utf8_write(buffer_reserve(out, 4), c ? c : REPLACEMENT); }

static void decode_utf8(Buffer *out, Str bytes) {
    for (size_t at = 0; at < bytes.size;) add_point(out, utf8_next(bytes, &at));
}

static uint32_t utf16_unit(Str bytes, size_t at, bool little) {
    uint32_t first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
    return little ? second << 8 | first : first << 8 | second;
}

static void decode_utf16(Buffer *out, Str bytes, bool little) {
    for (size_t at = 0; at + 1 < bytes.size; at += 2) {
        uint32_t unit = utf16_unit(bytes, at, little);
        bool high = unit >= 0xD800 && unit <= 0xDBFF;
        uint32_t next = high && at + 3 < bytes.size ? utf16_unit(bytes, at + 2, little) : 0;
        if (next >= 0xDC00 && next <= 0xDFFF) {
            unit = 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00);
            at += 2;
        }
        add_point(out, unit); /* a surrogate left alone is written as U+FFFD */
    }
}

static void decode_eight_bit(Buffer *out, Str bytes, const uint16_t upper[128]) {
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = byte_at(bytes, i);
        add_point(out, c < 0x80 ? c : upper[c - 0x80]);
    }
}

Str csv_text_decode(Arena *arena, Str bytes, CsvEncoding encoding) {
    static const Str mark = STR_INIT("\uFEFF");
    if (encoding == CSV_UTF8 && utf8_is_valid(bytes) && str_index_of_char(bytes, '\0') < 0)
        return str_starts_with(bytes, mark) ? str_skip(bytes, mark.size) : bytes;
    Buffer out = buffer_in(arena);
    switch (encoding) {
    case CSV_UTF16_LE: decode_utf16(&out, bytes, true); break;
    case CSV_UTF16_BE: decode_utf16(&out, bytes, false); break;
    case CSV_CP1250: decode_eight_bit(&out, bytes, cp1250); break;
    case CSV_ISO_8859_2: decode_eight_bit(&out, bytes, iso_8859_2); break;
    case CSV_UTF8:
    case CSV_ENCODING_UNKNOWN: decode_utf8(&out, bytes); break;
    }
    Str text = buffer_str(&out);
    return str_starts_with(text, mark) ? str_skip(text, mark.size) : text;
}
