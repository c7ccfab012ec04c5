// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/answers.h"

#include "platform/account/secrets.h"
#include "platform/base/random.h"
#include "platform/format/json_read.h"
#include "platform/format/json_write.h"
#include "signups_sql.h"

static const int64_t draft_lasts_ms = (int64_t)DRAFT_LASTS_DAYS * 24 * 3600 * 1000;

/* ---- JSON -------------------------------------------------------------------------------------------------- */

typedef struct TextAnswer {
    const char *name;
    size_t offset;
} TextAnswer;
static const TextAnswer texts[] = {
    {"organisation", offsetof(FormAnswers, organisation)},
    {"name", offsetof(FormAnswers, name)},
    {"email", offsetof(FormAnswers, email)},
    {"phone", offsetof(FormAnswers, phone)},
    {"words", offsetof(FormAnswers, words)},
    {"needs_words", offsetof(FormAnswers, needs_words)},
    {"offers_words", offsetof(FormAnswers, offers_words)},
};
static const TextAnswer lists[] = {
    {"profiles", offsetof(FormAnswers, profiles)},
    {"needs", offsetof(FormAnswers, needs)},
    {"offers", offsetof(FormAnswers, offers)},
};

Str answers_write(Arena *arena, const FormAnswers *answers) {
    Buffer out = buffer_in(arena);
    JsonWriter json = json_begin(&out, 0);
    json_object_begin(&json);
    for (size_t i = 0; i < COUNT(texts); i++) {
        json_key(&json, str_from_c(texts[i].name));
        json_add_str(&json, *(const Str *)((const char *)answers + texts[i].offset));
    }
    for (size_t i = 0; i < COUNT(lists); i++) {
        const StrList *list = (const StrList *)((const char *)answers + lists[i].offset);
        json_key(&json, str_from_c(lists[i].name));
        json_array_begin(&json);
        for (size_t j = 0; j < list->count; j++) json_add_str(&json, list->strs[j]);
        json_array_end(&json);
    }
    json_key(&json, STR("people"));
    json_add_int(&json, answers->people);
    json_key(&json, STR("is_listed"));
    json_add_bool(&json, answers->is_listed);
    json_object_end(&json);
    return buffer_str(&out);
}

static Str text_of(const JsonValue *value) {
    Str text = json_str_of(value);
    return str_is_absent(text) ? STR("") : text;
}

static StrList list_of(Arena *arena, const JsonValue *value) {
    if (value == NULL || value->kind != JSON_KIND_ARRAY) return (StrList){0};
    StrList list = {arena_array(arena, Str, value->count), value->count};
    for (size_t i = 0; i < value->count; i++) list.strs[i] = text_of(&value->items[i]);
    return list;
}

FormAnswers answers_read(Arena *arena, Str json) {
    FormAnswers answers = {0};
    const JsonValue *document = NULL;
    JsonError error;
    if (json_read(arena, json, &document, &error)) document = NULL;
    for (size_t i = 0; i < COUNT(texts); i++)
        *(Str *)((char *)&answers + texts[i].offset) = text_of(json_member(document, str_from_c(texts[i].name)));
    for (size_t i = 0; i < COUNT(lists); i++)
        *(StrList *)((char *)&answers + lists[i].offset) =
            list_of(arena, json_member(document, str_from_c(lists[i].name)));
    const JsonValue *people = json_member(document, STR("people")),
                    *is_listed = json_member(document, STR("is_listed"));
    answers.people = people != NULL && people->kind == JSON_KIND_INT ? people->integer : 0;
    answers.is_listed = is_listed != NULL && is_listed->kind == JSON_KIND_BOOL && is_listed->integer != 0;
    return answers;
}

/* ---- drafts -------------------------------------------------------------------------------------------------- */

static Str hash_of(Arena *arena, Str secret) { return secret_hash(arena, "sign-up draft", secret); }

bool draft_get(Tx *tx, Id edition, Str address, Draft *draft) {
    Id id;
    SignupsDraftRow row;
    if (address.size != ID_TEXT_SIZE + RANDOM_SECRET_TEXT_SIZE) return false;
    if (!id_parse(str_slice(address, 0, ID_TEXT_SIZE), &id)) return false;
    if (!signups_sql_draft(tx, edition, id, tx_now_ms(tx), &row)) return false;
    Str secret = str_skip(address, ID_TEXT_SIZE);
    if (!secret_hash_equal(row.secret_hash, hash_of(tx_arena(tx), secret))) return false;
    *draft = (Draft){
        .id = id,
        .edition = edition,
        .signup = row.sent_signup.given ? row.sent_signup.value : 0,
        .late = row.late.given ? row.late.value : 0,
        .answers = answers_read(tx_arena(tx), row.answers),
    };
    return true;
}

Str draft_make(Tx *tx, Id edition, Id late, const FormAnswers *answers) {
    Arena *arena = tx_arena(tx);
    Str secret = random_secret_text(arena);
    Id id = tx_new_id(tx);
    signups_sql_add_draft(tx, edition, id, hash_of(arena, secret), answers_write(arena, answers), tx_now_ms(tx),
                          tx_now_ms(tx) + draft_lasts_ms);
    if (late) signups_sql_set_draft_late(tx, edition, id, late);
    return str_join(arena, id_text(arena, id), secret);
}

void draft_save(Tx *tx, const Draft *draft) {
    signups_sql_save_draft(tx, draft->edition, draft->id, answers_write(tx_arena(tx), &draft->answers),
                           tx_now_ms(tx) + draft_lasts_ms);
}
