// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/motif.h"

#include "gathering/editions/internal.h"
#include <math.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;
static const double RING_MOST = 80, RING_LEAST = 48; /* radii */
static const double SPREAD = 110;                    /* how far from the middle rings stand; fewer stand closer */

typedef struct Ring {
    Str field;
    size_t first, count; /* of the sorted beads */
    double x, y, radius;
} Ring;

typedef struct Rings {
    Ring *rings;
    size_t count;
} Rings;

/* ---- rings ------------------------------------------------------------------------------------------ */

static int by_field(const void *a, const void *b) {
    const MotifBead *one = a, *other = b;
    int order = str_compare(one->field, other->field);
    if (order) return order;
    return one->organisation < other->organisation ? -1 : one->organisation > other->organisation;
}

static int by_count(const void *a, const void *b) {
    const Ring *one = a, *other = b;
    if (one->count != other->count) return one->count > other->count ? -1 : 1;
    return one->first < other->first ? -1 : 1;
}

static Rings rings_of(Arena *arena, Motif *motif) {
    qsort(motif->beads, motif->bead_count, sizeof *motif->beads, by_field);
    Rings rings = {arena_array(arena, Ring, motif->bead_count), 0};
    for (size_t i = 0; i < motif->bead_count; i++) {
        Ring *last = rings.count ? &rings.rings[rings.count - 1] : NULL;
        if (!last || !str_equal(last->field, motif->beads[i].field)) {
            last = &rings.rings[rings.count++];
            *last = (Ring){.field = motif->beads[i].field, .first = i};
        }
        last->count++;
    }
    qsort(rings.rings, rings.count, sizeof *rings.rings, by_count);
    return rings;
}

static void place_rings(Rings *rings) {
    double distance = SPREAD * (1 - 1 / (double)rings->count);
    for (size_t i = 0; i < rings->count; i++) {
        Ring *ring = &rings->rings[i];
        double angle = 2 * PI * (double)i / (double)rings->count - PI / 2;
        ring->x = MOTIF_WIDTH / 2.0 + distance * cos(angle);
        ring->y = MOTIF_HEIGHT / 2.0 + distance * sin(angle);
        ring->radius = fmax(RING_LEAST, RING_MOST * sqrt((double)ring->count / (double)rings->rings[0].count));
    }
}

/* ---- beads and lines -------------------------------------------------------------------------------- */

typedef struct Point {
    Id organisation;
    int x, y;
} Point;

/* Evenly along the ring, from where it is farthest from the middle. */
static Point point_on(const Ring *ring, const MotifBead *bead, size_t place) {
    double outward = atan2(ring->y - MOTIF_HEIGHT / 2.0, ring->x - MOTIF_WIDTH / 2.0);
    double angle = outward + 2 * PI * ((double)place + 0.5) / (double)ring->count;
    return (Point){bead->organisation, (int)lround(ring->x + ring->radius * cos(angle)),
                   (int)lround(ring->y + ring->radius * sin(angle))};
}

static int by_organisation(const void *a, const void *b) {
    const Point *one = a, *other = b;
    return one->organisation < other->organisation ? -1 : one->organisation > other->organisation;
}

static const Point *point_of(const Point *points, size_t count, Id organisation) {
    return bsearch(&(Point){.organisation = organisation}, points, count, sizeof *points, by_organisation);
}

/* A line of no length: its round ends are the bead. */
static void add_bead(Buffer *path, const Point *point) { buffer_format(path, "M%d %dh0", point->x, point->y); }

static Str lines_of(Arena *arena, const Motif *motif, const Point *points) {
    Buffer path = buffer_in(arena);
    for (size_t i = 0; i < motif->meeting_count; i++) {
        const Point *one = point_of(points, motif->bead_count, motif->meetings[i].one);
        const Point *other = point_of(points, motif->bead_count, motif->meetings[i].other);
        if (one && other) buffer_format(&path, "M%d %dL%d %d", one->x, one->y, other->x, other->y);
    }
    return buffer_str(&path);
}

MotifPart motif_draw(Arena *arena, Motif *motif) {
    if (motif->bead_count < MOTIF_BEADS_LEAST) return (MotifPart){0};
    Rings rings = rings_of(arena, motif);
    place_rings(&rings);
    MotifPartRing *shown = arena_array(arena, MotifPartRing, rings.count);
    Point *points = arena_array(arena, Point, motif->bead_count);
    Buffer beads = buffer_in(arena), new_beads = buffer_in(arena);
    for (size_t i = 0; i < rings.count; i++) {
        const Ring *ring = &rings.rings[i];
        shown[i] = (MotifPartRing){lround(ring->x), lround(ring->y), lround(ring->radius)};
        for (size_t place = 0; place < ring->count; place++) {
            const MotifBead *bead = &motif->beads[ring->first + place];
            Point *point = &points[ring->first + place];
            *point = point_on(ring, bead, place);
            add_bead(bead->is_new ? &new_beads : &beads, point);
        }
    }
    qsort(points, motif->bead_count, sizeof *points, by_organisation);
    return (MotifPart){.rings = shown,
                       .rings_count = rings.count,
                       .lines = lines_of(arena, motif, points),
                       .beads = buffer_str(&beads),
                       .new_beads = buffer_str(&new_beads)};
}

/* ---- for a page ------------------------------------------------------------------------------------- */

static Str words_of(Request *request, const Motif *motif, bool has_lines) {
    Str organisations =
        say(request->arena, request->language, MSG_PLURAL("editions", "{count} organisation", "{count} organisations"),
            SAY_INT("count", motif->bead_count));
    if (!has_lines)
        return say(request->arena, request->language,
                   MSG("editions", "Each point is an organisation, each ring a field of work: {organisations}."),
                   SAY_TEXT("organisations", organisations));
    Str conversations =
        say(request->arena, request->language, MSG_PLURAL("editions", "{count} conversation", "{count} conversations"),
            SAY_INT("count", motif->meeting_count));
    return say(request->arena, request->language,
               MSG("editions", "Each point is an organisation, each ring a field of work, each line a conversation of "
                               "two: {organisations}, {conversations}."),
               SAY_TEXT("organisations", organisations), SAY_TEXT("conversations", conversations));
}

MotifPart motif_of(Request *request, Id edition) {
    Motif motif = {.arena = request->arena};
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->edition_motif) house->rooms[i]->edition_motif(request, edition, &motif);
    MotifPart part = motif_draw(request->arena, &motif);
    if (part.rings_count) part.words = words_of(request, &motif, !str_is_empty(part.lines));
    return part;
}
