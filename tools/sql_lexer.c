// SPDX-License-Identifier: EUPL-1.2
#include "sql_lexer.h"

#include <ctype.h>

typedef struct Lexer {
    Compiler *compiler;
    const char *path;
    Str text;
    size_t position, line;
    int depth;
    bool spaced;
} Lexer;

static int peek(const Lexer *lexer, size_t ahead) {
    size_t at = lexer->position + ahead;
    return at < lexer->text.size ? (unsigned char)lexer->text.data[at] : 0;
}

static bool is_word_start(int c) { return isalpha(c) || c == '_' || c >= 0x80; }
static bool is_word_part(int c) { return is_word_start(c) || isdigit(c); }

static Str take_word(Lexer *lexer) {
    size_t from = lexer->position;
    while (is_word_part(peek(lexer, 0))) lexer->position++;
    return str_slice(lexer->text, from, lexer->position - from);
}

static Str take_number(Lexer *lexer) {
    size_t from = lexer->position;
    while (isalnum(peek(lexer, 0)) || peek(lexer, 0) == '.') lexer->position++;
    return str_slice(lexer->text, from, lexer->position - from);
}

/* From quote to quote, both taken; a doubled one stands for itself. */
static Str take_quoted(Lexer *lexer, int quote) {
    size_t from = lexer->position, line = lexer->line;
    for (lexer->position++; lexer->position < lexer->text.size; lexer->position++) {
        if (peek(lexer, 0) == '\n') lexer->line++;
        if (peek(lexer, 0) != quote) continue;
        if (peek(lexer, 1) == quote) {
            lexer->position++;
            continue;
        }
        lexer->position++;
        return str_slice(lexer->text, from, lexer->position - from);
    }
    compiler_error(lexer->compiler, lexer->path, line, "the quote %c is not closed", quote);
    return str_slice(lexer->text, from, lexer->position - from);
}

static Str take_comment(Lexer *lexer) {
    size_t from = lexer->position + 2;
    while (lexer->position < lexer->text.size && peek(lexer, 0) != '\n') lexer->position++;
    return str_trim(str_slice(lexer->text, from, lexer->position - from));
}

static Str take_symbol(Lexer *lexer) {
    static const char *const LONG[] = {"->>", "::", "||", "<>", "!=", "<=", ">=", "==", "->", "<<", ">>", "/*"};
    Str rest = str_skip(lexer->text, lexer->position);
    size_t size = 1;
    for (size_t i = 0; i < sizeof LONG / sizeof *LONG; i++) {
        Str symbol = str_from_c(LONG[i]);
        if (!str_starts_with(rest, symbol)) continue;
        size = symbol.size;
        break;
    }
    int c = peek(lexer, 0);
    bool known = c && strchr("()+-*/%<>=!|&,.;~{}", c);
    if (size == 1 && !known && isprint(c))
        compiler_error(lexer->compiler, lexer->path, lexer->line, "'%c' has no place here", c);
    else if (size == 1 && !known)
        compiler_error(lexer->compiler, lexer->path, lexer->line, "the byte %02x has no place here", (unsigned)c);
    if (str_starts_with(rest, STR("/*")))
        compiler_error(lexer->compiler, lexer->path, lexer->line, "/* */: write comments with --");
    lexer->position += size;
    return str_slice(rest, 0, size);
}

static SqlToken take_parameter(Lexer *lexer) {
    SqlToken token = {.kind = SQL_PARAMETER};
    lexer->position++;
    token.text = take_word(lexer);
    if (str_is_empty(token.text))
        compiler_error(lexer->compiler, lexer->path, lexer->line, "$ is followed by the name of a parameter");
    if (peek(lexer, 0) == '[' && peek(lexer, 1) == ']') {
        token.kind = SQL_LIST;
        lexer->position += 2;
    }
    return token;
}

static void follow_depth(Lexer *lexer, SqlToken *token) {
    if (sql_is(token, "("))
        token->depth = lexer->depth++;
    else if (sql_is(token, ")")) {
        if (lexer->depth == 0)
            compiler_error(lexer->compiler, lexer->path, token->line, "')' closes nothing");
        else
            token->depth = --lexer->depth;
    } else if (sql_is(token, ";")) {
        if (lexer->depth)
            compiler_error(lexer->compiler, lexer->path, token->line, "a '(' before this ';' is not closed");
        token->depth = lexer->depth = 0;
    }
}

static SqlToken take_token(Lexer *lexer) {
    size_t line = lexer->line;
    int c = peek(lexer, 0);
    SqlToken token = {0};
    if (c == '-' && peek(lexer, 1) == '-')
        token = (SqlToken){.kind = SQL_COMMENT, .text = take_comment(lexer)};
    else if (is_word_start(c))
        token = (SqlToken){.kind = SQL_WORD, .text = take_word(lexer)};
    else if (isdigit(c))
        token = (SqlToken){.kind = SQL_NUMBER, .text = take_number(lexer)};
    else if (c == '\'')
        token = (SqlToken){.kind = SQL_STRING, .text = take_quoted(lexer, '\'')};
    else if (c == '"') {
        Str quoted = take_quoted(lexer, '"');
        token = (SqlToken){.kind = SQL_QUOTED, .text = str_slice(quoted, 1, quoted.size < 2 ? 0 : quoted.size - 2)};
    } else if (c == '$')
        token = take_parameter(lexer);
    else
        token = (SqlToken){.kind = SQL_SYMBOL, .text = take_symbol(lexer)};
    token.line = line;
    token.depth = lexer->depth;
    token.spaced = lexer->spaced;
    follow_depth(lexer, &token);
    lexer->spaced = token.kind == SQL_COMMENT;
    return token;
}

SqlText sql_read(Compiler *compiler, const char *path, Str text) {
    Lexer lexer = {.compiler = compiler, .path = path, .text = text, .line = 1};
    SqlToken *tokens = arena_array(compiler->arena, SqlToken, text.size + 1); /* each takes a byte at least */
    size_t count = 0;
    while (lexer.position < text.size) {
        int c = peek(&lexer, 0);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            lexer.line += c == '\n';
            lexer.spaced = true;
            lexer.position++;
        } else
            tokens[count++] = take_token(&lexer);
    }
    tokens[count] = (SqlToken){.kind = SQL_END, .line = lexer.line};
    return (SqlText){tokens, count};
}

bool sql_is(const SqlToken *token, const char *word) {
    if (token->kind != SQL_WORD && token->kind != SQL_SYMBOL) return false;
    return str_equal_ascii_case(token->text, str_from_c(word));
}

const SqlToken *sql_at(SqlText text, size_t i) {
    static const SqlToken END = {.kind = SQL_END};
    return i < text.count ? &text.tokens[i] : &END;
}

size_t sql_find(SqlText text, size_t from, int depth, const char *word) {
    for (size_t i = from; i < text.count; i++)
        if ((depth < 0 || text.tokens[i].depth == depth) && sql_is(&text.tokens[i], word)) return i;
    return text.count;
}

size_t sql_closing(SqlText text, size_t open) { return sql_find(text, open + 1, sql_at(text, open)->depth, ")"); }

SqlText sql_slice(SqlText text, size_t from, size_t to) {
    if (to > text.count) to = text.count;
    if (from > to) from = to;
    return (SqlText){text.tokens + from, to - from};
}

bool sql_is_one_of(const SqlToken *token, const char *words) {
    Str rest = str_from_c(words), word;
    while (str_next_part(&rest, ' ', &word))
        if (!str_is_empty(word) && (token->kind == SQL_WORD || token->kind == SQL_SYMBOL) &&
            str_equal_ascii_case(token->text, word))
            return true;
    return false;
}

bool sql_is_lower_name(Str name) {
    for (size_t i = 0; i < name.size; i++)
        if (!islower((unsigned char)name.data[i]) && !isdigit((unsigned char)name.data[i]) && name.data[i] != '_')
            return false;
    return name.size > 0;
}

void sql_add(Buffer *out, const SqlToken *token) {
    if (token->spaced && out->size) buffer_add_char(out, ' ');
    if (token->kind == SQL_QUOTED)
        buffer_format(out, "\"%.*s\"", STR_FORMAT(token->text));
    else
        buffer_add(out, token->text);
}
