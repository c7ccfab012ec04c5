// SPDX-License-Identifier: EUPL-1.2
/* Files that answer a question: what they are is told by their bytes, and they are kept in chunks. */
#include "gathering/questions/internal.h"
#include "platform/account/secrets.h"
#include "questions_sql.h"

/* ---- what it is ---------------------------------------------------------------------------------------------- */

static const struct {
    const char *type, *extension;
} types[] = {
    {"application/pdf", ".pdf"},
    {"image/jpeg", ".jpg"},
    {"image/png", ".png"},
    {"application/vnd.oasis.opendocument.text", ".odt"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
};

/* OpenDocument puts its type uncompressed into the archive's first entry (part 2, 3.3); Word's files name their parts.
 */
static Str type_of_archive(Str content) {
    enum { NAME_AT = 30 };
    Str first = str_skip(content, NAME_AT);
    if (str_starts_with(first, STR("mimetypeapplication/vnd.oasis.opendocument.text"))) {
        Str rest = str_skip(first, strlen("mimetypeapplication/vnd.oasis.opendocument.text"));
        return str_starts_with(rest, STR("-")) ? STR_ABSENT : str_from_c(types[3].type); /* …text-master, …text-web */
    }
    bool is_word = str_contains(content, STR("[Content_Types].xml")) && str_contains(content, STR("word/document.xml"));
    return is_word && !str_contains(content, STR("vbaProject.bin")) ? str_from_c(types[4].type) : STR_ABSENT;
}

Str file_type_of(Str content) {
    if (str_starts_with(content, STR("%PDF-"))) return str_from_c(types[0].type);
    if (str_starts_with(content, STR("\xff\xd8\xff"))) return str_from_c(types[1].type);
    if (str_starts_with(content, STR("\x89PNG\r\n\x1a\n"))) return str_from_c(types[2].type);
    return str_starts_with(content, STR("PK\x03\x04")) ? type_of_archive(content) : STR_ABSENT;
}

Str file_extension(Str type) {
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_equal(type, str_from_c(types[i].type))) return str_from_c(types[i].extension);
    return STR("");
}

/* ---- keeping ------------------------------------------------------------------------------------------------- */

static Str hash_of(Arena *arena, FileOf of, Str content) {
    static const char digits[] = "0123456789abcdef";
    Str whole = secret_hash(arena, "answer file", content);
    Str owned = str_format(arena, "%lld %lld ", (long long)of.organisation, (long long)of.question);
    Str hash = secret_hash(arena, "answer file", str_join(arena, owned, whole));
    Buffer text = buffer_in(arena);
    for (size_t i = 0; i < hash.size; i++) {
        buffer_add_char(&text, digits[(unsigned char)hash.data[i] >> 4]);
        buffer_add_char(&text, digits[(unsigned char)hash.data[i] & 15]);
    }
    return buffer_str(&text);
}

Str file_keep(Tx *tx, FileOf of, Str content) {
    Str hash = hash_of(tx_arena(tx), of, content);
    int64_t position = 0;
    for (Str rest = content; rest.size; rest = str_skip(rest, QUESTION_CHUNK_BYTES))
        questions_sql_add_chunk(tx, of.edition, hash, position++, str_slice(rest, 0, QUESTION_CHUNK_BYTES));
    return hash;
}

void file_drop(Tx *tx, Id edition, Str hash) {
    QuestionsHashIsUsedRow used;
    if (str_is_empty(hash) || !questions_sql_hash_is_used(tx, edition, hash, &used) || used.count > 0) return;
    questions_sql_remove_chunks(tx, edition, hash);
}

bool file_read(Tx *tx, Id edition, Str hash, Str *content) {
    QuestionsChunksRows rows = questions_sql_chunks(tx, edition, hash);
    Buffer whole = buffer_in(tx_arena(tx));
    for (size_t i = 0; i < rows.count; i++) {
        if (str_is_absent(rows.rows[i].content)) return false;
        buffer_add(&whole, rows.rows[i].content);
    }
    *content = buffer_str(&whole);
    return rows.count > 0;
}
