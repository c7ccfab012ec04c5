// SPDX-License-Identifier: EUPL-1.2
/* Editions: series, their editions, where and when each is held, by whom, and its public page.
 *
 * This room resolves {series} and {edition} in paths, and gives every page of an edition its
 * layout: title, menu by role, telephone number of the organiser, languages. It asks the other
 * rooms (room.h) for their parts of the public page, of "my gathering" and of "what needs you
 * today".
 */
#ifndef WSPOLNIE_EDITIONS_EDITIONS_H
#define WSPOLNIE_EDITIONS_EDITIONS_H

#include "gathering/room.h"
#include "gathering/texts/texts.h"
#include "page_pages.h" /* MainLayout, PlainLayout */
#include "platform/page/form.h"
#include "platform/store/query.h"

typedef struct Series {
    Id id;
    Str slug, name, words, organiser, phone, email;
    Language language;
    bool is_demo;
    Str accent, languages; /* look.h; empty: the usual one, all of them. Absent is empty where one is made. */
    Str logo;              /* logo.h; empty: none. Only read */
    int64_t logo_width, logo_height;
    int64_t version;
} Series;

typedef enum EditionState {
    EDITION_DRAFT,     /* staff alone see it */
    EDITION_CALL_OPEN, /* organisations sign up */
    EDITION_CALL_CLOSED,
    EDITION_PUBLISHED, /* with its programme; sign-ups are over */
    EDITION_FINISHED,  /* the day has been */
    EDITION_ARCHIVED,  /* nothing changes any more */
} EditionState;

/* What each state allows. Reading is open in all of them, but a draft is there for staff alone. What may be changed:
 *
 *                                                        draft  open  closed  published  held  archived
 *   the state itself                                       +      +     +         +        +      +
 *   settings, the day, places, partners, helpers,
 *     notice, reported figures                             +      +     +         +        +      -
 *   erasing what is kept of somebody, when they ask        +      +     +         +        +      +
 *   sign-ups, by coordinators: adding, a sheet, changing,
 *     deciding, joining, cards; letters passed on          +      +     +         +        +      -
 *   an organisation signs up; one that withdrew, again     -      +     -         -        -      -
 *   the last page of that form, for another address; the
 *     form by a late link; confirming; their answers       -      +     +         +        -      -
 *   what an organisation said of itself                    -      +     +         +        +      -
 *   who acts for it; its needs and offers one by one       -      +     +         +        +      -
 *   an organisation withdraws                              -      +     +         +        -      -
 *   an organisation offers a talk                          -      +     +         -        -      -
 *   it fills in or changes its talk (programme.h)          -      +     +         +        -      -
 *   it brings, changes or takes back a dish                -      +     +         +        -      -
 *   items, walks, turns and dishes, by coordinators        +      +     +         +        +      -
 *   a talk for each organisation; drafting the order       +      +     +         +        -      -
 *   publishing the programme (of a draft: with opening it) +      +     +         +        +      -
 *   rounds: planning, publishing (of a draft: with
 *     opening it), taking back, discarding                 +      +     +         +        -      -
 *   rounds: they took place                                -      +     +         +        +      -
 *
 * (draft call_open call_closed published finished archived). What is left open when the day has been lets the record
 * say what really was. Archived means that nothing changes any more; coordinators open it again by changing the state.
 * What is a person's own right is open always: withdrawing a consent, having their data erased, leaving the directory,
 * acting for an organisation no longer, signing out.
 *
 * The table is kept in one place for each way in: routes and commands say their states (Route.states, Command.states;
 * 0 is STATES_USUAL), and editions_is_open and edition_of_call refuse the rest, before any handler. A handler may ask
 * for more: the call for sign-ups also has a last day. */
enum {
    IN_DRAFT = 1 << EDITION_DRAFT,
    IN_CALL_OPEN = 1 << EDITION_CALL_OPEN,
    IN_CALL_CLOSED = 1 << EDITION_CALL_CLOSED,
    IN_PUBLISHED = 1 << EDITION_PUBLISHED,
    IN_FINISHED = 1 << EDITION_FINISHED,
    IN_ARCHIVED = 1 << EDITION_ARCHIVED,
    STATES_OF_ORGANISATIONS = IN_CALL_OPEN | IN_CALL_CLOSED | IN_PUBLISHED, /* what they do until the day */
    STATES_UNTIL_THE_DAY = IN_DRAFT | STATES_OF_ORGANISATIONS,
    STATES_USUAL = STATES_UNTIL_THE_DAY | IN_FINISHED,
    STATES_ALL = STATES_USUAL | IN_ARCHIVED,
};
/* Of a Route or a Command. */
bool states_have(unsigned states, EditionState state);
bool edition_is_archived(Tx *tx, Id edition); /* and there */

typedef struct Edition {
    Id id;
    Series series;
    Str slug, title, words;
    int number;
    EditionState state;
    ImpreciseDate date;
    Str date_text; /* the same as EDTF, as it is stored */
    const Zone *zone;
    OptionalInt starts_ms, ends_ms, closes_ms, places;
    Str reported_on, reported_in; /* empty: held with the program */
    Str place, address, host;     /* of its first venue, its first host; empty: not told. Only read. */
    int64_t version;
} Edition;

/* The edition of the path. Loaded once a request; only in handlers of paths with {edition}. */
const Edition *edition_of(Request *request);
bool edition_get(Tx *tx, Id id, Edition *edition);
bool series_get(Tx *tx, Id id, Series *series);
bool series_find(Tx *tx, Str slug, Series *series);

typedef struct SeriesList {
    Series *series;
    size_t count;
} SeriesList;
SeriesList series_all(Tx *tx); /* of an installation that may have thousands: for lists that are meant to have all */
SeriesList series_from_slug(Tx *tx, Str slug, size_t most); /* by address, from this one on */
typedef struct Editions {
    Edition *editions;
    size_t count;
} Editions;
Editions editions_of_series(Tx *tx, Id series);              /* the newest first */
Editions editions_all(Tx *tx);                               /* by series, the newest of each first; as series_all */
Editions editions_of_many(Tx *tx, const SeriesList *series); /* of these, in the same order */
Editions editions_of_ids(Tx *tx, IdList ids);                /* these, in the same order */

/* The part of an address that stands for a series or an edition: "wspolnie-do-celu", "ii". Small letters,
 * figures and dashes between them. A series is not called like a page of the house ("me", "admin"). */
enum { SLUG_LONGEST = 60 };
bool slug_is_good(Str slug);
bool series_slug_is_free(Str slug);
bool edition_slug_is_free(Str slug);   /* good, and no page of a series */
Str slug_make(Arena *arena, Str name); /* from any name; "x" where no letter can be told */

/* New ones. ERR_CONFLICT: the address (slug) is taken. */
Err series_add(Tx *tx, const Series *series, Id *id);
Err edition_add(Tx *tx, const Edition *edition, Id *id); /* of edition->series only the id matters */
/* ERR_CONFLICT: version is not the stored one. ERR_NOT_FOUND. */
Err series_update(Tx *tx, const Series *series);
Err edition_update(Tx *tx, const Edition *edition);
Err edition_set_state(Tx *tx, Id edition, int64_t version, EditionState state);

/* What is published of a draft nobody outside would see. So a form that publishes holds first_open.html there, whose
 * buttons say what the edition is to become, and this moves it before anything is published. ERR_INPUT: it is a draft,
 * and nothing was said; then nothing is published either (edition_open_first_words says it). */
Err edition_open_first(Request *request);
Str edition_open_first_words(const Request *request);

const char *edition_state_name(EditionState state); /* as stored: "call_open" */
bool edition_state_parse(Str name, EditionState *state);
/* By the words of a command line: "wspolnie-do-celu/ii", or "wspolnie-do-celu" for its latest edition. */
bool edition_find(Tx *tx, Str path, Edition *edition);
/* One query for all that a path says; organisation may be 0. *organisation_name is absent where there is none of that
 * id. */
bool edition_by_path(Tx *tx, Str series, Str slug, Id organisation, Edition *edition, Str *organisation_name);

Str edition_path(Arena *arena, const Edition *edition, const char *rest); /* "/series/edition" + rest */
/* "/me/series/edition/organisation" + rest: an organisation's own pages of an edition. */
Str edition_my_path(Arena *arena, const Edition *edition, Id organisation, const char *rest);
ImpreciseDate edition_day(const Edition *edition);                         /* from its hours, else its date */
Str edition_when(Arena *arena, const Edition *edition, Language language); /* "czwartek 11 czerwca, 14:00–19:00" */
/* The last day for sign-ups, in its zone; closes_ms, which must be given, is the midnight that ends it. */
Civil edition_last_day(const Edition *edition);
bool edition_takes_signups(const Edition *edition, int64_t now_ms);
/* The day itself: published, from midnight in its zone until midnight or until it ends, whichever is later. It begins
 * and ends by itself, and allows what published allows: nobody has to press anything on that morning. */
bool edition_is_today(const Edition *edition, int64_t now_ms);
/* The moment of a time of day ("14:40") on the day of the gathering. False: no such time, or the day is not known. */
bool edition_moment(const Edition *edition, Str time, int64_t *ms);

/* When an edition is over, as far as it is told: its hours, else the end of its day, month, season or year; where
 * nothing is told, a year after it was made. For what is kept until some time after it. */
int64_t edition_over_ms(Tx *tx, Id edition);         /* when it is, or will be */
IdList editions_over(Tx *tx, int64_t before_ms);     /* by id */
IdList editions_not_over(Tx *tx, int64_t before_ms); /* the others */

/* A text of the edition's, or of its series', in the reader's language where it is there. */
TextShown edition_text(Tx *tx, const Series *series, Id subject, const char *field, Str text, Language reader);
/* What it is about; where it says nothing, what its series is about. */
TextShown edition_words(Tx *tx, const Edition *edition, Language reader);

typedef enum MenuEntry {
    MENU_NONE,
    MENU_EDITION,
    MENU_PROGRAMME,
    MENU_ORGANISATIONS,
    MENU_HOST,
    MENU_MY,
    MENU_STAFF_TODAY,
    MENU_STAFF_SIGNUPS,
    MENU_STAFF_PROGRAMME,
    MENU_STAFF_ROUNDS,
    MENU_STAFF_MAIL,
    MENU_STAFF_SETTINGS
} MenuEntry;
/* Of a page of this edition, with the menu its reader has and the current entry marked. */
MainLayout edition_layout(Request *request, Str title, MenuEntry current);
/* Of a page outside any edition; of a page of a series with that series' name and telephone. */
MainLayout house_layout(Request *request, Str title);
/* Of a page of a series, with the menu of the edition that is on, or was last: the reader's own gathering stays one
 * press away. */
MainLayout series_layout(Request *request, Str title);
/* One step at a time. step of steps (0: not counted); back: path of the step before, or absent. */
PlainLayout edition_plain_layout(Request *request, Str title, int step, int steps, Str back);
Str phone_link(Arena *arena, Str phone); /* "tel:+48123456789" */

/* What the pages of an edition lead to, after its state: signing up, the programme, what was. */
typedef struct MainAction {
    Str label, href; /* absent: there is nothing to do now */
} MainAction;
MainAction edition_main_action(Request *request, const Edition *edition);
/* Whether the reader looks after this series, or has a role of the day in this edition. */
bool reader_is_coordinator(Request *request);
bool reader_is_staff(Request *request);
/* Whether the reader represents the organisation in that series, as far as what they came in by opens it. */
bool reader_speaks_for(const Request *request, Id organisation, Id series);
/* "Trzecia edycja · czerwiec" */
Str edition_eyebrow(Arena *arena, const Edition *edition, Language language);
/* "Dom Pod Kasztanem, ul. Przykładowa 56"; empty when not told. */
Str edition_where(Arena *arena, const Edition *edition);

/* The series of the path; NULL outside any. */
const Series *series_of(Request *request);
/* The name of the path's {organisation}; absent where the path has none. */
Str organisation_name_of(Request *request);

/* Hooks of http. */
Err editions_resolve(Request *request);
void editions_error_page(Request *request, Err err);
bool editions_is_open(Request *request); /* by the table of states above; else a page says so (409) */
Whom editions_whom_to_ask(Request *request);

/* ---- the day's frame --------------------------------------------------------------------------------- */

typedef struct FrameSection {
    Id id;
    Str kind, title; /* kinds: schema/0003_gathering.sql */
    int64_t starts_ms, ends_ms;
    bool is_protected;
    Id space; /* 0: not told */
    int64_t version;
} FrameSection;
typedef struct Frame {
    FrameSection *sections;
    size_t count;
} Frame;
Frame edition_frame(Tx *tx, Id edition); /* in order of time */

typedef struct Space {
    Id id, venue;
    Str name, words;
    OptionalInt capacity;
    bool is_stage, step_free, has_toilet, has_loop, is_quiet, takes_dogs; /* toilet: one for wheelchairs */
    Str interpreter_until;      /* the last day to book one, as EDTF; empty: none can be booked */
    Str equipment, power, uses; /* may be empty; uses: what it could be used for */
    int64_t version;
} Space;
typedef struct Spaces {
    Space *spaces;
    size_t count;
} Spaces;
Spaces edition_spaces(Tx *tx, Id edition);
/* "step-free · induction loop · …": how one gets about in it; empty: nothing is told. */
Str space_access_words(Arena *arena, Language language, const Space *space);

/* Where and by whom. Each note goes at the end of its list and makes the public page new. */
typedef struct Party {
    Id id;
    Str role; /* host partner organiser place */
    Str name, website;
} Party;
Id edition_add_venue(Tx *tx, Id edition, Str name, Str address, Str words);
Id edition_add_space(Tx *tx, Id edition, Id venue, const Space *space); /* absent texts are empty ones */
/* ERR_CONFLICT: version is not the stored one, or it is gone. */
Err edition_update_space(Tx *tx, Id edition, const Space *space);
Id edition_add_party(Tx *tx, Id edition, const Party *party);
/* Instead of what stood there; "space", "technical support". */
void edition_set_contributions(Tx *tx, Id edition, Id party, const StrList *words);
Id edition_add_section(Tx *tx, Id edition, const FrameSection *section);
/* ERR_CONFLICT: version is not the stored one, or the section is gone. */
Err edition_update_section(Tx *tx, Id edition, const FrameSection *section);
/* A first day to begin from: the parts of an ordinary afternoon over its hours, on five minutes, one after the other
 * from its first minute to its last. It can be proposed where both hours are told, two to twelve hours apart. */
bool frame_can_be_proposed(const Edition *edition);
Frame frame_propose(Arena *arena, const Edition *edition);
/* Adds it. ERR_INPUT: its hours do not allow it; ERR_CONFLICT: the day has parts by now. */
Err edition_take_proposed_frame(Tx *tx, const Edition *edition);
bool frame_kind_is_known(Str kind);
StrList frame_kinds(Arena *arena);
/* What a part of the day is called, everywhere: "talks at tables". */
Str frame_kind_words(Arena *arena, Language language, Str kind);
/* "17:15 talks at tables", by its title where it has one. */
Str frame_section_words(Arena *arena, Language language, const Edition *edition, const FrameSection *section);
/* At one time, and not known to be in two rooms; walks go on beside everything. */
bool frame_sections_collide(const FrameSection *one, const FrameSection *other);
/* What is odd about where the section of this index stands: outside the hours, over others. Empty: nothing. */
Str frame_warning_words(Arena *arena, Language language, const Edition *edition, const Frame *frame, size_t index);

/* What is said where data is collected, by language; versions stay for ever, because people agreed to one. */
typedef struct Notice {
    Id id; /* 0: the words the program suggests, of no version */
    int64_t number;
    Str words; /* Markdown */
    int64_t created_ms;
} Notice;
Notice notice_current(Tx *tx, const Series *series, Language language);
/* Whether somebody here wrote it, and not the program. */
bool notice_is_own(Tx *tx, const Series *series, Language language);
Html notice_html(Arena *arena, const Notice *notice, int top_heading);
/* The id of the version that somebody is shown now; words the program suggests become one, so that what people were
 * told can be read later. In a writing transaction. */
Id notice_keep(Tx *tx, const Series *series, Language language);
/* A new version, unless the words are those that stand: false then. */
bool notice_set(Tx *tx, const Series *series, Language language, Str words);

/* A message as coordinators may read it, the secret of a card's address left out (mail.c). */
Str mail_without_secrets(Arena *arena, Str body);
/* What became of a letter, in a line: "Letter to Anna Próbna (anna@dom.example): sent, 20 April 2026, 14:05". */
struct OutboxEntry;
Str mail_told_words(Request *request, const struct OutboxEntry *entry);

/* Of an edition held before the program: what its report tells, in its own words. ERR_CONFLICT: version is not the
 * edition's. */
Err edition_set_reported(Tx *tx, Id edition, int64_t version, Str reported_on, Str reported_in);
void edition_add_reported_figure(Tx *tx, Id edition, Str subject, Str wording, OptionalInt low, OptionalInt high,
                                 Str source);
void edition_add_reported_kind(Tx *tx, Id edition, Str list, Str code,
                               Str wording); /* profile theme aim other outlook */

extern const Room editions_room;

#endif
