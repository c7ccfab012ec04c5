// SPDX-License-Identifier: EUPL-1.2
/* The words of SQL as our .sql files write it, for tools/queries.
 *
 * A file becomes one array of tokens, comments among them, ended by SQL_END. It knows no
 * grammar beyond parentheses: `depth` says how many are open, so that "the FROM of this SELECT"
 * is the next FROM of the same depth. A stretch of tokens is an SqlText.
 */
#ifndef WSPOLNIE_TOOLS_SQL_LEXER_H
#define WSPOLNIE_TOOLS_SQL_LEXER_H

#include "compiler.h"

typedef enum SqlKind {
    SQL_END,
    SQL_COMMENT, /* -- to the end of the line; text without the dashes and the spaces around */
    SQL_WORD,    /* a key word or a name */
    SQL_NUMBER,
    SQL_STRING,    /* 'text', with its quotes */
    SQL_QUOTED,    /* "name", without its quotes */
    SQL_PARAMETER, /* $name; text without the dollar */
    SQL_LIST,      /* $name[] */
    SQL_SYMBOL     /* one to three characters */
} SqlKind;

typedef struct SqlToken {
    SqlKind kind;
    Str text;
    size_t line;
    int depth;    /* of parentheses around it; of a parenthesis itself: around the pair */
    bool spaced;  /* white space or a comment stands before it */
    unsigned row; /* 1 + index of the row it was put here by {name} from; 0: it stands here */
} SqlToken;

typedef struct SqlText {
    const SqlToken *tokens;
    size_t count;
} SqlText;

/* Reports what it cannot read and goes on. Depth begins anew after each ';'. */
SqlText sql_read(Compiler *compiler, const char *path, Str text);

/* Is it this word, in any case? Or, for one that begins with no letter, this symbol? */
bool sql_is(const SqlToken *token, const char *word);
/* Token i of the text, or an SQL_END for any i outside. */
const SqlToken *sql_at(SqlText text, size_t i);
/* Index of the first such word at this depth (-1: any) from `from` on; text.count where there is none. */
size_t sql_find(SqlText text, size_t from, int depth, const char *word);
/* Index of the ')' of the '(' at open; text.count where it is missing. */
size_t sql_closing(SqlText text, size_t open);
SqlText sql_slice(SqlText text, size_t from, size_t to);
/* Is it one of the words of a list: " WHERE GROUP ORDER "? */
bool sql_is_one_of(const SqlToken *token, const char *words);

/* Small letters, digits and _ alone, as all names here are. */
bool sql_is_lower_name(Str name);

/* Adds the token as SQL, with a space before it where the source had one. Parameters are the caller's. */
void sql_add(Buffer *out, const SqlToken *token);

#endif
