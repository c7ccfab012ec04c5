// SPDX-License-Identifier: EUPL-1.2
/* Inside the page compiler (docs/internals/pages.md): what its parts hand to one another.
 *
 * pages_head.c reads the head of a file into a Unit with its fields; pages_body.c reads the
 * statements of the body into Nodes, giving every literal byte to pages_html.c, which knows
 * where in the HTML we are and refuses what cannot be escaped there; pages_emit.c writes C.
 *
 * An error that leaves the rest of a file readable is reported and passed over; one that does
 * not (a crossed tag) ends the file by pages_stop, and the next file is read.
 */
#ifndef WSPOLNIE_TOOLS_PAGES_H
#define WSPOLNIE_TOOLS_PAGES_H

#include "compiler.h"

typedef enum FieldType {
    TYPE_NONE,
    TYPE_TEXT,
    TYPE_INT,
    TYPE_BOOL,
    TYPE_HTML,
    TYPE_URL,
    TYPE_FORM,
    TYPE_LIST,
    TYPE_RECORD, /* a part's or layout's struct, or the item of a list */
} FieldType;

typedef struct Unit Unit;
typedef struct Record Record;
typedef struct Field Field;

struct Field {
    Field *next;
    Str name;
    size_t line;
    FieldType type;
    FieldType item; /* of a list: TYPE_RECORD or a simple type */
    Str part;       /* the part's name where one is meant; found by pages_resolve */
    Record *record; /* of TYPE_RECORD, and of a list of records */
    bool is_used;
};

struct Record {
    Str c_name;
    Unit *unit; /* whose it is; an item of a list belongs to the unit of the list */
    Field *fields;
};

typedef enum NodeKind {
    NODE_RAW,     /* text: markup */
    NODE_ASSET,   /* text: macro of a string literal */
    NODE_CODE,    /* text: a C statement */
    NODE_IF,      /* text: condition */
    NODE_FOR,     /* text: C expression of the list */
    NODE_CONTENT, /* where a layout puts its page */
} NodeKind;

typedef struct Node Node;
typedef struct NodeList {
    Node *first, *last;
} NodeList;

struct Node {
    Node *next;
    NodeKind kind;
    Str text;
    NodeList body, otherwise;
    Str variable, item_type; /* of a NODE_FOR */
    bool variable_is_used;
};

typedef enum UnitKind { UNIT_PAGE, UNIT_PART, UNIT_LAYOUT } UnitKind;

typedef struct Pages Pages;

/* Of a part without fields. */
typedef struct Include {
    struct Include *next;
    Unit *part;
    const char *at;
} Include;

struct Unit {
    Unit *next;
    Pages *pages;
    const char *path;
    Str source, body;
    bool is_shared; /* compiled elsewhere: only its head counts here */
    Str room;
    UnitKind kind;
    size_t line; /* of its head */
    Str name;
    Str layout_name; /* absent: none */
    Unit *layout;
    Record record;
    NodeList nodes;
    Include *includes;
    bool uses_messages, uses_assets, uses_forms, has_content;
    int order_state; /* 0 not yet, 1 being put in order, 2 in order */
};

struct Pages {
    Compiler compiler;
    Str room;
    const char *out_dir;    /* NULL: nothing is written */
    const char *assets_dir; /* NULL: assets are not looked for */
    Unit *units, **end;
    Unit **ordered; /* those to write, each after what it uses */
    size_t ordered_count;
};

/* ---- pages.c ---- */
/* A source to compile; shared ones lend their heads only, and belong to the room their folder is named for. */
void pages_add(Pages *pages, const char *path, Str source, bool is_shared);
/* Everything: heads, bodies, and the two files in out_dir if nothing was wrong. */
void pages_compile(Pages *pages);

/* Reports at a byte of the unit's source. */
void pages_error(Unit *unit, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Reports and gives the file up. */
_Noreturn void pages_stop(Unit *unit, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));

bool pages_is(Str str, const char *text);
bool pages_is_one_of(const char *words, Str word); /* words between spaces, one at each end too */

/* walks_turn → WalksTurn */
Str pages_camel(Arena *arena, Str name);
bool pages_is_name(Str name); /* [a-z][a-z0-9_]*, no word of C */

/* ---- pages_head.c ---- */
void pages_read_head(Unit *unit);
/* After all heads are read: finds parts and layouts, and puts units in order. */
void pages_resolve(Pages *pages);
/* After all bodies are read. */
void pages_check_includes(Pages *pages);
Unit *pages_find(const Pages *pages, UnitKind kind, Str name);
Field *pages_find_field(const Record *record, Str name);
bool pages_is_loop_word(Str name); /* first last number */

/* ---- pages_body.c ---- */
void pages_read_body(Unit *unit);

/* ---- pages_emit.c ---- */
void pages_emit(Pages *pages);

#endif
