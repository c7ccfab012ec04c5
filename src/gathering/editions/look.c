// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/look.h"

#include <assert.h>
#include <math.h>

/* ---- colours ---------------------------------------------------------------------------------------- */

typedef struct Colour {
    int red, green, blue; /* 0 to 255 */
} Colour;

static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

enum { COLOUR_DIGITS = 6 };

static bool read_colour(Str text, Colour *colour) {
    if (text.size != COLOUR_DIGITS) return false;
    int parts[3];
    for (size_t i = 0; i < 3; i++) {
        int high = digit_of(text.data[2 * i]), low = digit_of(text.data[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        parts[i] = high * 16 + low;
    }
    *colour = (Colour){parts[0], parts[1], parts[2]};
    return true;
}

static Str write_colour(Arena *arena, Colour colour) {
    return str_format(arena, "%02x%02x%02x", (unsigned)colour.red, (unsigned)colour.green, (unsigned)colour.blue);
}

bool colour_parse(Arena *arena, Str typed, Str *colour) {
    Str text = str_lower_ascii(arena, str_trim(typed));
    if (str_starts_with(text, STR("#"))) text = str_skip(text, 1);
    Colour read;
    if (!read_colour(text, &read)) return false;
    *colour = text;
    return true;
}

/* Relative luminance, WCAG 2.2. */
static double channel(int value) {
    double part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}
static double luminance(Colour colour) {
    return 0.2126 * channel(colour.red) + 0.7152 * channel(colour.green) + 0.0722 * channel(colour.blue);
}

double colour_contrast(Str one, Str other) {
    Colour a, b;
    if (!read_colour(one, &a) || !read_colour(other, &b)) return 1;
    double light = fmax(luminance(a), luminance(b)), dark = fmin(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

static const double OF_TEXT = 4.5;
/* The grounds of web/style.css that the accent stands on: paper by day; by night the card, which is lighter than the
 * paper; and the deep blue of the opening in both. */
#define LIGHT_PAPER STR("fbfaf6")
#define DARK_CARD STR("19212d")
#define DEEP STR("0a2f5c")
#define DARK_INK STR("10161f")

bool accent_is_readable(Str colour) {
    return colour_contrast(colour, STR("ffffff")) >= OF_TEXT && colour_contrast(colour, LIGHT_PAPER) >= OF_TEXT;
}

static Colour mixed(Colour colour, int with, int percent) {
    return (Colour){(colour.red * (100 - percent) + with * percent) / 100,
                    (colour.green * (100 - percent) + with * percent) / 100,
                    (colour.blue * (100 - percent) + with * percent) / 100};
}

Str accent_on_dark(Arena *arena, Str colour) {
    enum { STEP_PERCENT = 5 };
    Colour accent = {0};
    read_colour(colour, &accent);
    for (int percent = 0; percent < 100; percent += STEP_PERCENT) {
        Str lighter = write_colour(arena, mixed(accent, 255, percent));
        if (colour_contrast(lighter, DARK_CARD) >= OF_TEXT && colour_contrast(lighter, DARK_INK) >= OF_TEXT &&
            colour_contrast(lighter, DEEP) >= OF_TEXT)
            return lighter;
    }
    return STR("ffffff");
}

/* ---- its sheet -------------------------------------------------------------------------------------- */

Str accent_path(Arena *arena, const Series *series) {
    if (str_is_empty(series->accent)) return STR_ABSENT;
    return str_format(arena, "/brand/%.*s.css", STR_FORMAT(series->accent));
}

Err brand_sheet(Request *request) {
    enum { SHADE_PERCENT = 25 };
    Str name = request_parameter(request, "sheet");
    Colour light, dark;
    if (!str_ends_with(name, STR(".css"))) return ERR_NOT_FOUND;
    Str colour = str_slice(name, 0, name.size - 4);
    if (!read_colour(colour, &light) || !accent_is_readable(colour)) return ERR_NOT_FOUND;
    Str by_night = accent_on_dark(request->arena, colour);
    if (!read_colour(by_night, &dark)) return ERR_INTERNAL;
    request->response.content_type = STR("text/css; charset=utf-8");
    request->response.immutable = true;
    Str shade = write_colour(request->arena, mixed(light, 0, SHADE_PERCENT));
    Str shade_by_night = write_colour(request->arena, mixed(dark, 0, SHADE_PERCENT));
    buffer_format(
        &request->response.body,
        ":root { --act: #%.*s; --act-deep: #%.*s; --on-act: #fff; --deep-act: #%.*s; --on-deep-act: #%.*s; }\n"
        "@media (prefers-color-scheme: dark) { :root { --act: #%.*s; --act-deep: #%.*s; --on-act: #%.*s; } }\n",
        STR_FORMAT(colour), STR_FORMAT(shade), STR_FORMAT(by_night), STR_FORMAT(DARK_INK), STR_FORMAT(by_night),
        STR_FORMAT(shade_by_night), STR_FORMAT(DARK_INK));
    return OK;
}

/* ---- languages -------------------------------------------------------------------------------------- */

bool series_speaks(const Series *series, Language language) {
    Str tags = series->languages, tag;
    if (str_is_empty(tags)) return true;
    while (str_next_part(&tags, ' ', &tag))
        if (str_equal(tag, str_from_c(language_tag(language)))) return true;
    return false;
}
