// SPDX-License-Identifier: EUPL-1.2
/* What reading a body needs: where we are, what names mean, the words of a statement. */
#ifndef WSPOLNIE_TOOLS_PAGES_BODY_H
#define WSPOLNIE_TOOLS_PAGES_BODY_H

#include "pages_html.h"

/* What a name means at some place of the body. */
typedef struct Value {
    FieldType type, item;
    Record *record;
    Str expression;  /* C */
    bool is_pointer; /* of a record: -> leads on */
} Value;

/* A loop's variable. */
typedef struct Scope {
    const struct Scope *outer;
    Str name, count;
    Value value;
    Node *loop;
} Scope;

typedef struct Body {
    Unit *unit;
    Arena *arena;
    HtmlScan html;
    Buffer raw; /* markup not yet in a node */
    const Scope *scope;
    Str rest; /* what is still to read */
    int nesting;
} Body;

/* The statement between two braces, read word by word. */
typedef struct Statement {
    const char *at; /* the brace */
    Str rest;
} Statement;

/* ---- words of a statement ---- */
Str body_next_word(Statement *statement); /* empty at the end, and before a "…" */
bool body_at_string(Statement *statement);
Str body_next_string(Body *body, Statement *statement); /* a "…" with \" and \\ inside */
void body_expect_end(Body *body, Statement *statement);

/* The value a path names. TYPE_NONE, and an error said, where it names nothing. *member is what
 * follows a form (form.people); without it a form ends a path. */
Value body_find_value(Body *body, Str path, Str *member);
/* "a value of type T cannot stand PLACE" */
void body_refuse_type(Body *body, const char *at, FieldType type, const char *place);
void body_add_code(Body *body, NodeList *list, Str code); /* one C statement */

/* {t [context] "…" [many "…"] name=value…}, behind the t (pages_message.c). */
void body_read_message(Body *body, NodeList *list, Statement *statement);

#endif
