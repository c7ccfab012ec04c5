// SPDX-License-Identifier: EUPL-1.2
/* Programme: what happens on stage and when, from an offer to the published running order.
 *
 * An item is a talk, a performance, an opening. It is offered (by an organisation, or typed in by a
 * coordinator) and then accepted, kept in reserve, or declined. Accepted items stand in the sections
 * of the day's frame (editions.h), one after another. programme_arrange lets planner/order.h find a first
 * order; a coordinator then moves items by hand, and programme_warnings says what is wrong with the
 * result. None of this is seen outside until programme_publish copies it: the public page, "my
 * gathering" and the calendars show the copy.
 *
 *     items_add_talks(tx, edition, 3, 1);                     // one for each accepted organisation
 *     programme_arrange(tx, edition, 1, &unplaced);           // unplaced.items[i] says why one found no place
 *     item_move(tx, edition, item, MOVE_EARLIER, 0);
 *     programme_publish(tx, edition, person, &number);
 *
 * Who changes what: coordinators everything, at any time. An organisation changes all of its own offer until it is
 * decided on. What the order is then made from (kind, minutes, whether children are on stage) is the coordinators'
 * alone; title, words, theme, people and needs on stage and the guardians' consents stay the organisation's until the
 * day has been, also of a talk that coordinators made for it and that waits for its title. Once the programme is
 * published such a change is seen outside when coordinators publish again: until then it stands among the changes that
 * wait. What was declined is not changed. item_rights is this rule.
 *
 * No name of a minor is asked for or kept: an act of children has an organisation that answers for
 * the adult with them.
 */
#ifndef WSPOLNIE_PROGRAMME_PROGRAMME_H
#define WSPOLNIE_PROGRAMME_PROGRAMME_H

#include "gathering/editions/editions.h"
#include "planner/order.h"

enum {
    ITEM_TITLE_CHARS = 200,
    ITEM_MINUTES_MOST = 600,
    ITEM_PEOPLE_MOST = 1000,
    TALK_MIN = 3,
    TALK_CHANGEOVER_MIN = 1
};
enum { BE_THERE_BEFORE_MIN = 5 };

typedef enum ItemState { ITEM_OFFERED, ITEM_ACCEPTED, ITEM_RESERVE, ITEM_DECLINED, ITEM_STATE_COUNT } ItemState;
const char *item_state_name(ItemState state); /* as stored: "accepted" */
bool item_state_parse(Str name, ItemState *state);

typedef struct Item {
    Id edition, id;
    Str kind; /* schema/0003_gathering.sql: talk performance concert opening … */
    ItemState state;
    Str title, words, theme;
    Id organisation, guest; /* 0: none */
    Str performer;          /* named where neither of the two says it */
    OptionalInt people;     /* on stage */
    bool has_children, adult_attested;
    Str photo_consent;      /* all some none, or empty */
    int64_t duration_min;   /* 0: not told */
    int64_t changeover_min; /* after it, part of its time */
    Str needs;
    OptionalInt not_before_ms, done_by_ms;
    OptionalInt starts_ms;
    Id section; /* 0: it stands nowhere yet */
    bool is_fixed;
    int64_t position, version;
    Str who;        /* the organisation's name, else the guest's, else the performer; may be empty */
    Id offered_by;  /* who offered it, knowing that their name will stand in the programme; 0: typed in by staff */
    bool is_listed; /* the organisation agreed to be named in public */
    /* Its organisation's sign-up is not accepted here (it waits, or was declined or withdrawn): the item keeps its
     * place in the draft, with a warning, and is not published. Who has no sign-up comes as a guest does. */
    bool stays_away;
} Item;
typedef struct Items {
    Item *items;
    size_t count;
} Items;

Items items_of(Tx *tx, Id edition); /* in the order of the day, then those without a time */
bool item_get(Tx *tx, Id edition, Id id, Item *found);
/* Whoever changes an item changes PART_PROGRAMME: an edition that was only reported shows its items unpublished. */
Id item_add(Tx *tx, const Item *item); /* its place, version, who, is_listed and stays_away are not looked at */
/* What it is, not where it stands or who offered it. ERR_CONFLICT: version is not the stored one. ERR_NOT_FOUND. */
Err item_update(Tx *tx, const Item *item);
/* They filled it in themselves, on a form that says their name will stand in the programme. */
void item_set_offered_by(Tx *tx, Id edition, Id item, Id organisation);
/* ERR_CONFLICT, ERR_NOT_FOUND. An item that is no longer accepted leaves its place in the order. */
Err item_decide(Tx *tx, Id edition, Id id, int64_t version, ItemState state, Id by);
Err item_remove(Tx *tx, Id edition, Id id, Id by);
/* Accepted, an organisation's own, and still without a title. */
bool item_lacks_title(const Item *item);

typedef enum ItemRights {
    ITEM_RIGHTS_NONE,
    ITEM_RIGHTS_WORDS, /* what the order does not depend on */
    ITEM_RIGHTS_ALL,
} ItemRights;
/* What the organisation of an item may change of it. */
ItemRights item_rights(EditionState edition, ItemState item);

/* An accepted talk for each accepted organisation that has none; how many were made. */
size_t items_add_talks(Tx *tx, Id edition, int64_t duration_min, int64_t changeover_min);

/* ---- the running order -------------------------------------------------------------------------- */

typedef enum ItemMove { MOVE_EARLIER, MOVE_LATER, MOVE_TO_SECTION, MOVE_OUT } ItemMove;
/* Neighbours change places, or the item goes to the end of a section; then the section's items follow each
 * other from its start, round those that are fixed. ERR_INPUT: no neighbour there, a fixed or not accepted
 * item, or a section of protected free time. ERR_NOT_FOUND. */
Err item_move(Tx *tx, Id edition, Id id, ItemMove move, Id section);
/* ERR_INPUT: it stands nowhere yet. */
Err item_fix(Tx *tx, Id edition, Id id, bool is_fixed);
/* Stands at that very moment, fixed, in the section that holds it. ERR_INPUT: there is none. */
Err item_set_time(Tx *tx, Id edition, Id id, int64_t starts_ms);

/* Why an accepted item found no place: planner/order.h, or its minutes are not told. */
typedef enum NoPlace { NO_PLACE_MINUTES = 0, NO_PLACE_KIND, NO_PLACE_LENGTH, NO_PLACE_WINDOW, NO_PLACE_ROOM } NoPlace;
typedef struct UnplacedItem {
    Item item;
    NoPlace why;
} UnplacedItem;
typedef struct Unplaced {
    UnplacedItem *items;
    size_t count;
} Unplaced;
/* Drafts the order of all accepted items by planner/order.h; fixed ones stay. ERR_INPUT: the edition has no frame.
 * ERR_LIMIT: more than the planner takes. */
Err programme_arrange(Tx *tx, Id edition, uint64_t seed, Unplaced *unplaced);
/* The same in two steps, so that nobody's write waits for the searching: planned in a reading transaction, kept in a
 * writing one. What was changed in between is planned anew there. Errors as above, of both. */
typedef struct Arrangement Arrangement;
Err programme_arrangement(Tx *tx, Id edition, uint64_t seed, Arrangement **arrangement);
Err programme_arrange_as(Tx *tx, Id edition, const Arrangement *planned, Unplaced *unplaced);
/* Why each accepted item that stands nowhere would not find a place now. */
Unplaced programme_unplaced(Tx *tx, Id edition);

typedef enum WarningKind {
    WARNING_OUT_OF_SECTION = 1, /* minutes past its section */
    WARNING_IN_FREE_TIME,       /* stands where time was to stay free */
    WARNING_KIND,               /* the section is for other things */
    WARNING_TOO_EARLY,          /* minutes before they can be there */
    WARNING_TOO_LATE,           /* minutes after they have to be done */
    WARNING_OVERLAP,            /* with other; minutes */
    WARNING_CHANGEOVER,         /* minutes that are missing between item and other */
    WARNING_ORGANISATION_TWICE, /* in two places at a time */
    WARNING_SAME_ORGANISATION,  /* one after the other */
    WARNING_SAME_THEME,
    WARNING_STAYS_AWAY, /* its organisation is not accepted, or not any more */
} WarningKind;
typedef struct ProgrammeWarning {
    WarningKind kind;
    const Item *item, *other; /* other: item itself where there is none */
    int64_t minutes;
} ProgrammeWarning;
typedef struct ProgrammeWarnings {
    ProgrammeWarning *warnings;
    size_t count;
} ProgrammeWarnings;
ProgrammeWarnings programme_warnings(Tx *tx, Id edition, const Items *items);
Str warning_words(Arena *arena, Language language, const ProgrammeWarning *warning);
Str no_place_words(Arena *arena, Language language, NoPlace why);  /* "no room in the order" */
Str no_place_advice(Arena *arena, Language language, NoPlace why); /* what helps, of all that wait for that reason */

/* ---- what is seen outside ------------------------------------------------------------------------ */

/* A line of the programme: a section of the frame, or an item in it. */
typedef struct Slot {
    Id id;
    bool is_section, is_free;
    Id section; /* the one an item stands in; 0: none */
    Str kind, title, words, theme;
    bool is_spoken; /* title and words are in the reader's language where they are there in it (pages.h), */
    Str title_language, words_language, note; /* else these are told (texts/texts.h) */
    Id organisation, offered_by;
    bool is_listed;
    Str who;        /* as staff read it, unless names were hidden (pages.h) */
    bool is_hidden; /* then: everybody reads "an organisation" in who, */
    Str for_reader; /* and this reader may read the name beside it; else absent */
    OptionalInt people;
    bool has_children;
    OptionalInt starts_ms;
    int64_t duration_min;
    Id space;
    int64_t position;
} Slot;
typedef struct Programme {
    Slot *slots; /* in order of time, a section before its items, what has no time last */
    size_t count;
    int64_t number, published_ms; /* 0: a draft */
} Programme;

/* As it would be published now. */
Programme programme_draft(Tx *tx, Id edition);
/* False: nothing was published yet. */
bool programme_published(Tx *tx, Id edition, Programme *programme);
/* What the public sees, but for names (pages.h): the published one; of an edition held before the program what is
 * recorded of it. */
bool programme_public(Tx *tx, const Edition *edition, Programme *programme);

typedef enum ChangeKind { CHANGE_NEW, CHANGE_GONE, CHANGE_TIME, CHANGE_WORDS } ChangeKind;
typedef struct ProgrammeChange {
    ChangeKind kind;
    const Slot *was, *is; /* NULL for new ones, for those that are gone */
} ProgrammeChange;
typedef struct ProgrammeChanges {
    ProgrammeChange *changes;
    size_t count;
} ProgrammeChanges;
/* From what is published to the draft; everything is new before the first time. */
ProgrammeChanges programme_changes(Arena *arena, const Programme *published, const Programme *draft);

/* Copies the draft, counts the publication, and makes an edition whose call is closed a published one.
 * ERR_INPUT: there is nothing to publish. ERR_NOT_FOUND. */
Err programme_publish(Tx *tx, Id edition, Id by, int64_t *number);

Str item_kind_words(Arena *arena, Language language, Str kind);
Str item_state_words(Arena *arena, Language language, ItemState state);

extern const Room programme_room;

#endif
