// SPDX-License-Identifier: EUPL-1.2
/* Picture: an uploaded PNG or JPEG, made fit to be kept and shown to everybody.
 *
 * Nothing here decodes pixels: a decoder is where pictures attack. The file is told by its content, its frame is read
 * (PNG, W3C 2003; JPEG, ITU T.81), and written anew from the parts that a browser needs to draw it. What else was in it
 * goes: where and by whom a photo was taken, comments, colour profiles, animation, thumbnails, and whatever stood
 * behind its end (a file that is two things at once). Checksums have to be right, sizes within limits, the end has to
 * be there.
 *
 *     Picture picture;
 *     PictureFault fault = picture_clean(arena, bytes, &picture);
 */
#ifndef WSPOLNIE_FORMAT_PICTURE_H
#define WSPOLNIE_FORMAT_PICTURE_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

enum { PICTURE_BYTES = 512 * 1024, PICTURE_SIDE_LEAST = 16, PICTURE_SIDE_MOST = 4000, PICTURE_PIXELS = 4000 * 1000 };

typedef enum PictureFault {
    PICTURE_GOOD,
    PICTURE_EMPTY,
    PICTURE_IS_SVG,    /* draws by a program: refused */
    PICTURE_NOT_KNOWN, /* neither PNG nor JPEG */
    PICTURE_BROKEN,
    PICTURE_TOO_LARGE, /* more than PICTURE_BYTES */
    PICTURE_SIZE,      /* too few or too many pixels */
} PictureFault;

typedef struct Picture {
    Str bytes;        /* as they are kept */
    Str type, ending; /* "image/png", "png" */
    int64_t width, height;
} Picture;
/* *picture is filled where it is good; its bytes are in the arena. */
PictureFault picture_clean(Arena *arena, Str bytes, Picture *picture);

#endif
