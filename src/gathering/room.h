// SPDX-License-Identifier: EUPL-1.2
/* Room: what one capability of the gathering hands to the house.
 *
 * A room is a folder: its rules and what others may use (walks.h, walks.c), its handlers and
 * route table (pages.c), its queries (walks.sql) and its pages (*.html). It exports one
 * `const Room`, which main.c lists from the ground up. Lower rooms reach upper ones only
 * through this table: the public page of an edition, "my gathering" and "what needs you
 * today" are each one page that asks every room in turn.
 *
 *     const Room walks_room = {"walks", walks_routes, COUNT(walks_routes), .my_items = my_walks};
 */
#ifndef WSPOLNIE_GATHERING_ROOM_H
#define WSPOLNIE_GATHERING_ROOM_H

#include "platform/command/command.h"
#include "platform/http/route.h"
#include "platform/page/page.h"
#include "platform/store/moves.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One thing in an organisation's own afternoon. All texts are in the reader's language. */
typedef struct MyItem {
    int64_t starts_ms;   /* 0: not at a time of the day ("you bring a cake"): stands after the others */
    int64_t ends_ms;     /* 0: not told */
    int table;           /* 0: none; else the number on the table */
    bool is_invitation;  /* asks for something, and is nothing yet: it does not go on paper */
    bool waits_for_them; /* an answer of theirs is due: it stands on top */
    bool is_everybodys;  /* a part of the day that all share: it is next only before it begins */
    Str title;           /* "Your talk", the partner's name */
    Str title_language;  /* tag, where the title is not in the reader's language; else absent */
    Str place;           /* "main stage" */
    Str words;           /* what to know: the reason of a meeting, "be there five minutes earlier" */
    Str tag;             /* a short mark, or absent */
    Str href, link;      /* where to change it, and the words of that link; or absent */
} MyItem;

typedef struct MyItems {
    Arena *arena;
    MyItem *items;
    size_t count, capacity;
    Str calendar_href; /* the day as a calendar file, or absent */
} MyItems;
void my_items_add(MyItems *items, const MyItem *item);

/* One thing that waits for a coordinator. */
typedef enum Urgency { URGENT_NOW, URGENT_SOON, URGENT_WHEN_TIME } Urgency;
typedef struct TodayItem {
    Urgency urgency;
    Str words; /* "5 sign-ups wait for your decision" */
    Str href, link;
    bool is_yours; /* it waits for the reader in person: it stands on top */
} TodayItem;
typedef struct TodayItems {
    Arena *arena;
    TodayItem *items;
    size_t count, capacity;
} TodayItems;
void today_items_add(TodayItems *items, const TodayItem *item);

typedef struct EditionFact {
    Str name, value;
} EditionFact;
typedef struct EditionFacts {
    Arena *arena;
    EditionFact facts[12];
    size_t count;
} EditionFacts;
/* A second value of the same name is said behind the first: "until 21 May · 6 places are left". */
void edition_facts_add(EditionFacts *facts, Str name, Str value);

/* What the host can be asked about (editions/asks.h), besides the rooms of the place. */
typedef struct AskSubject {
    Id id;
    Str label;
} AskSubject;
typedef struct AskSubjects {
    Arena *arena;
    AskSubject *subjects;
    size_t count, capacity;
} AskSubjects;
void ask_subjects_add(AskSubjects *subjects, Id id, Str label);

/* What the motif of an edition is drawn from (editions/motif.h). */
typedef struct MotifBead {
    Id organisation;
    Str field; /* the first thing it does */
    bool is_new;
} MotifBead;
typedef struct MotifMeeting {
    Id one, other;
} MotifMeeting;
typedef struct Motif {
    Arena *arena;
    MotifBead *beads; /* who comes, each once */
    size_t bead_count, bead_capacity;
    MotifMeeting *meetings;
    size_t meeting_count, meeting_capacity;
} Motif;
void motif_add_bead(Motif *motif, MotifBead bead);
void motif_add_meeting(Motif *motif, Id one, Id other);

/* Where the organisations that somebody speaks for take part. */
typedef struct MyPlace {
    Id organisation, edition;
    bool is_accepted; /* its sign-up was */
} MyPlace;
typedef struct MyPlaces {
    Arena *arena;
    const Id *organisations; /* whose places are asked for */
    size_t organisation_count;
    MyPlace *places;
    size_t count, capacity;
} MyPlaces;
void my_places_add(MyPlaces *places, MyPlace place);

/* What a room keeps of `from` in the edition is `to`'s from now on. */
typedef struct OrganisationJoin {
    Id edition, from, to;
    bool has_own; /* `to` takes part by a sign-up of its own: where one answer has to go, its own stays */
} OrganisationJoin;

/* A column of this room's tables that names an organisation: what becomes of it when that organisation turns out to be
 * another one (signups/joins.h). A test finds every column in one of the rooms' lists. */
typedef enum JoinFate {
    JOIN_FOLLOWS, /* its rows are the kept one's from now on, but where move.unless says otherwise, and come back */
    JOIN_BY_HAND, /* the same by a rule of its own, in signups/joins_hand.c */
    JOIN_STAYS    /* it goes on naming the one it names */
} JoinFate;
typedef struct JoinColumn {
    MoveColumn move;
    JoinFate fate;
    const char *why; /* where it does not follow */
} JoinColumn;

/* A part of what a room keeps of an edition that the next one can begin with (editions/next.h): shown with its count,
 * and ticked or not. What no room offers stays with the edition it is of. */
typedef struct EditionCopy EditionCopy;
typedef struct CopyPart {
    const char *name; /* "walks": in forms and on the command line */
    Msg label;        /* what it is, to who chooses */
    const char
        *tables;    /* "walk turn": those it copies; a test finds every table of an edition in one, or known to stay */
    bool has_times; /* they move to the new day, so the part waits until that is known */
    bool is_asked;  /* not ticked at first */
    int64_t (*count)(Tx *tx,
                     Id edition); /* how many of them an edition has; 0: there is nothing to copy, and room for it */
    void (*copy)(const EditionCopy *copy);
} CopyPart;
/* Columns that upper rooms add to the sheet of sign-ups, behind its own. */
typedef struct SheetColumn {
    Str head;
    Str (*cell)(const struct SheetColumn *column, Id organisation);
    const void *context; /* of the room, as id */
    Id id;
} SheetColumn;
typedef struct SheetColumns {
    Arena *arena;
    SheetColumn *columns;
    size_t count, capacity;
} SheetColumns;
void sheet_columns_add(SheetColumns *columns, const SheetColumn *column);
/* What a sheet of sign-ups can answer besides: questions of upper rooms, in the order they are asked in. */
typedef struct SheetQuestion {
    Id id;
    Str label;                  /* in the reader's language */
    Str labels[LANGUAGE_COUNT]; /* as a head names it; empty where it has no words in a language */
} SheetQuestion;
typedef struct SheetQuestions {
    Arena *arena;
    SheetQuestion *questions;
    size_t count, capacity;
    const struct Room *room; /* that asks them; NULL: none does */
    const void *context;     /* the room's own */
} SheetQuestions;
void sheet_questions_add(SheetQuestions *questions, const SheetQuestion *question);
typedef enum SheetVerdict {
    SHEET_TAKEN, /* or, where it is only tried: would be */
    SHEET_SAME,  /* it stands so already */
    SHEET_UNREADABLE,
    SHEET_NOT_ASKED, /* its condition does not hold */
    SHEET_NO_PLACE
} SheetVerdict;
typedef struct SheetCell {
    Id question;
    Str text;
    size_t line, column; /* in the sheet */
    SheetVerdict verdict;
    Str kept; /* the answer there was, in words; empty: none */
} SheetCell;
/* The answers of one row. */
typedef struct SheetRow {
    Id edition, organisation; /* organisation 0: a new one, which is only tried */
    Id by;
    bool is_tried; /* nothing is kept */
    SheetCell *cells;
    size_t count;
} SheetRow;
/* Whose data are looked for or erased (privacy/privacy.h). */
typedef struct PersonalSubject {
    Id person;
    Id series; /* 0: everywhere; else what belongs to this series alone: another series has another controller */
    Str email; /* in small letters; empty: none. Finds what refers to nobody: a sheet that waits */
} PersonalSubject;

/* A row that is kept about somebody: its columns as the schema names them, each that is marked PERSONAL among them, so
 * that a test can go through the marks (tests/gathering/privacy/test_personal.c). */
enum { PERSONAL_VALUES = 8 };
typedef struct PersonalValue {
    const char *column;
    Str value; /* empty ones are left out */
} PersonalValue;
typedef struct PersonalRecord {
    const char *table;
    Id id, edition, organisation; /* 0: of none */
    int64_t at_ms;                /* when it was written; 0: not known */
    Str name;                     /* what tells it from others of its table (a letter's subject); or absent */
    PersonalValue values[PERSONAL_VALUES];
} PersonalRecord;
typedef struct PersonalData {
    Arena *arena;
    PersonalRecord *records;
    size_t count, capacity;
} PersonalData;
void personal_add(PersonalData *data, const PersonalRecord *record);

/* Whom a letter to many can go to (mailing/mailing.h): those of an edition's organisations that are in one state, each
 * once. None that is declined or has withdrawn is in one, but where that is the state. */
typedef struct Audience {
    Str name;  /* as it is stored: "accepted", "space:01abc…" */
    Str label; /* in the reader's language */
    Id *organisations;
    size_t count, capacity;
} Audience;
typedef struct Audiences {
    Arena *arena;
    Audience *audiences;
    size_t count, capacity;
} Audiences;
/* Adds an empty one, or finds that of this name. */
Audience *audiences_ensure(Audiences *audiences, Str name, Str label);
void audience_add(Audiences *audiences, Audience *audience, Id organisation);

/* A text that can be given in other languages (texts/texts.h), or lacks some of ours in its own form. */
typedef struct TextSource {
    Id subject; /* 0: it is written in its own form, behind href */
    const char *field;
    Id organisation; /* whose it is; 0: the team's */
    Str words;
    Str written_in;   /* tag, where it was told */
    Str what, of;     /* "Description", "Fundacja Most": what it is, and of what, to the reader */
    bool is_line;     /* one line; else several */
    bool is_name;     /* only whose name it is says how it is written */
    bool is_public;   /* everybody reads it: volunteers translate it */
    bool is_optional; /* a proper name that may well stay as it is: nobody is reminded of it */
    unsigned part;    /* StorePart of its public page */
    unsigned lacking; /* 1 << Language: of one with its own form, the languages it lacks */
    Str href;         /* of that form */
} TextSource;
typedef struct TextSources {
    Arena *arena;
    Id organisation; /* those of this one alone; 0: all of the edition */
    TextSource *sources;
    size_t count, capacity;
} TextSources;
void text_sources_add(TextSources *sources, const TextSource *source);

/* Where a room's part stands on the public page of an edition, from the top: the programme and who comes are the story
 * of the page, every other part is a card beside it. */
typedef enum EditionPlace {
    EDITION_PLACE_PROGRAMME,
    EDITION_PLACE_ORGANISATIONS,
    EDITION_PLACE_ROUNDS,
    EDITION_PLACE_WALKS,
    EDITION_PLACE_POTLUCK,
    EDITION_PLACE_COUNT
} EditionPlace;

typedef struct Room {
    const char *name;
    const Route *routes;
    size_t route_count;
    /* Writes this room's part of the public page of request->scope.edition, or nothing. */
    void (*edition_part)(Request *request, PageOut *page);
    EditionPlace edition_place; /* of that part */
    /* Short facts for the head of that page: "64 organisations, 11 for the first time". */
    void (*edition_facts)(Request *request, EditionFacts *facts);
    /* Adds to what the motif of that page is drawn from. */
    void (*edition_motif)(Request *request, Id edition, Motif *motif);
    /* Writes this room's part of the public page of request->scope.organisation in that edition, or nothing. */
    void (*organisation_part)(Request *request, PageOut *page);
    /* Writes this room's part of the public page of request->scope.series, or nothing. */
    void (*series_part)(Request *request, PageOut *page);
    /* Writes this room's part of the page of request->scope.organisation in the directory of request->scope.series. */
    void (*directory_part)(Request *request, PageOut *page);
    /* Writes this room's part of the coordinators' page of one sign-up, or nothing. */
    void (*signup_part)(Request *request, PageOut *page, Id organisation);
    /* Writes this room's part of the host's own page of request->scope.edition, or nothing. */
    void (*host_part)(Request *request, PageOut *page);
    void (*sheet_columns)(Tx *tx, Id edition, Language language, SheetColumns *columns);
    /* What a sheet may answer, and its answers, read and kept as the form would: each gets its verdict. */
    void (*sheet_questions)(Tx *tx, Id edition, Language language, SheetQuestions *questions);
    void (*sheet_answers)(Tx *tx, const SheetQuestions *questions, SheetRow *row);
    /* What request->scope.organisation has in request->scope.edition. */
    void (*my_items)(Request *request, MyItems *items);
    void (*today_items)(Request *request, TodayItems *items);
    /* What moved along, now that the day of request->scope.edition is another one; empty: nothing. */
    Str (*day_moved)(Request *request);
    /* What is wrong with the whole, said at the top of every page of coordinators; absent: nothing is. *href: where to
     * read more; may stay absent. In a reading transaction, of any page. */
    Str (*alarm)(Request *request, Str *href);
    /* The texts of request->scope.edition that can be given in other languages. */
    void (*texts)(Request *request, TextSources *sources);
    /* What of request->scope.edition the host can be asked about. */
    void (*ask_subjects)(Request *request, AskSubjects *subjects);
    /* Whom letters to many can go to. */
    void (*audiences)(Tx *tx, Id edition, Language language, Audiences *audiences);
    /* In which editions places->organisations take part, for the reader's own page (outside any edition). */
    void (*my_places)(Request *request, MyPlaces *places);
    /* What waits there for their answer, of organisations they do not speak for. */
    void (*mine_items)(Request *request, MyItems *items);
    /* Whether something of this room's names a guest (signups/guests.h): then the guest cannot be removed. */
    bool (*uses_guest)(Tx *tx, Id edition, Id guest);
    /* A sign-up turned out to be one of an organisation that is known already. Lower rooms have moved theirs. */
    void (*organisation_joins)(Tx *tx, const OrganisationJoin *join);
    /* Of two organisations that are joined for good (OrganisationJoin is of two sign-ups alone). */
    const JoinColumn *join_columns;
    size_t join_column_count;
    /* Of these people those whom this room needs still, for what was not over before since_ms (expiry.h); at most as
     * many as people, into kept. Returns how many. */
    size_t (*people_needed)(Tx *tx, const Id *people, size_t count, int64_t since_ms, Id *needed);
    /* Who these people were is not kept any longer: what this room has written of them goes too. */
    void (*people_forgotten)(Tx *tx, const Id *people, size_t count);
    /* What the next edition can begin with. */
    const CopyPart *copy_parts;
    size_t copy_part_count;
    /* What this room keeps of somebody. Erasing empties or removes all that finding tells, moves versions on, and
     * leaves what is counted: that an organisation took part, and with how many people. */
    void (*personal_find)(Tx *tx, const PersonalSubject *subject, PersonalData *data);
    void (*personal_erase)(Tx *tx, const PersonalSubject *subject);
    /* What the last page of a sign-up asks of who sends it for themselves: false, or the words to agree to. Then, where
     * they were ticked. */
    bool (*sign_up_wording)(Request *request, Str *wording);
    void (*sign_up_agreed)(Request *request);
    /* A consent of this purpose is withdrawn by who gave it: what stands on it goes. subject, edition: its own, or 0.
     */
    void (*consent_withdrawn)(Tx *tx, Str purpose, Id subject, Id edition, Id by);
    /* Removes what this room keeps for a time only and is past its end; once a day, with the others (expiry.h). */
    void (*expire)(Tx *tx);
    /* What it adds to the command line. */
    const Command *commands;
    size_t command_count;
} Room;

/* The rooms of the house, as main.c lists them: what Request.application points to. */
typedef struct House {
    const Room *const *rooms;
    size_t room_count;
    bool is_demo;
    bool has_smtp;       /* mail leaves; without it coordinators read it on a page */
    bool prints_sign_in; /* the terminal may show sign-in messages: loopback, no SMTP, not --quiet */
} House;
const House *house_of(const Request *request);

#endif
