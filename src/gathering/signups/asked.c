// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/asked.h"

#include "gathering/editions/next.h"

#include "platform/page/typed.h"
#include "signups_sql.h"

static const struct {
    const char *name;
    Msg words;
    const char *fields[5]; /* of the forms */
} asks_table[ASK_COUNT] = {
    {"words", MSG_INIT("signups", "A few sentences about them"), {"words"}},
    {"exchange",
     MSG_INIT("signups", "What they look for and what they can give"),
     {"needs", "needs_words", "offers", "offers_words"}},
    {"access", MSG_INIT("signups", "What to prepare so that everybody can take part"), {"access_needs"}},
    {"legal_form", MSG_INIT("signups", "Legal form"), {"legal_form"}},
    {"website", MSG_INIT("signups", "Website"), {"website"}},
    {"district", MSG_INIT("signups", "District"), {"district"}},
    {"numbers", MSG_INIT("signups", "NIP, REGON and KRS"), {"nip", "regon", "krs"}},
    {"remarks", MSG_INIT("signups", "Anything else we should know"), {"remarks"}},
};

static size_t place_of(unsigned bit) {
    size_t place = 0;
    while (place + 1 < ASK_COUNT && (1u << place) != bit) place++;
    return place;
}

const char *signup_ask_name(unsigned bit) { return asks_table[place_of(bit)].name; }

Str signup_ask_words(Arena *arena, Language language, unsigned bit) {
    return say(arena, language, asks_table[place_of(bit)].words);
}

unsigned signup_asks(Tx *tx, Id edition) {
    SignupsUnaskedRows rows = signups_sql_unasked(tx, edition);
    unsigned asks = ASK_ALL;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t j = 0; j < ASK_COUNT; j++)
            if (str_equal(rows.rows[i].field, str_from_c(asks_table[j].name))) asks &= ~(1u << j);
    return asks;
}

void signup_set_asks(Tx *tx, Id edition, unsigned asks, Id by) {
    signups_sql_clear_unasked(tx, edition);
    for (size_t i = 0; i < ASK_COUNT; i++)
        if (!(asks & 1u << i)) signups_sql_add_unasked(tx, edition, str_from_c(asks_table[i].name));
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = "signup.asks", .subject = edition});
}

int64_t signup_unasked_count(Tx *tx, Id edition) { return (int64_t)signups_sql_unasked(tx, edition).count; }

void signup_unasked_copy(const EditionCopy *copy) {
    signup_set_asks(copy->tx, copy->to->id, signup_asks(copy->tx, copy->from->id), copy->by);
}

static bool is_asked(const char *field, unsigned asks) {
    for (size_t i = 0; i < ASK_COUNT; i++)
        for (size_t j = 0; j < COUNT(asks_table[i].fields) && asks_table[i].fields[j]; j++)
            if (strcmp(field, asks_table[i].fields[j]) == 0) return asks & 1u << i;
    return true;
}

static const Room *asking_room(Request *request, Str *wording) {
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->sign_up_wording && house->rooms[i]->sign_up_wording(request, wording))
            return house->rooms[i];
    return NULL;
}

Str signup_consent_wording(Request *request) {
    Str wording = STR_ABSENT;
    return asking_room(request, &wording) ? wording : STR_ABSENT;
}

FormTable signup_consent_fields(Request *request, FormTable asked, const FormField *tick) {
    if (str_is_absent(signup_consent_wording(request))) return asked;
    FormField *fields = arena_array(request->arena, FormField, asked.count + 1);
    for (size_t i = 0; i < asked.count; i++) fields[i] = asked.fields[i];
    fields[asked.count] = *tick;
    return (FormTable){.fields = fields, .count = asked.count + 1};
}

void signup_consent_keep(Request *request) {
    Str wording;
    const Room *room = asking_room(request, &wording);
    if (room) room->sign_up_agreed(request);
}

FormTable signup_asked_fields(Arena *arena, const FormField *fields, size_t count, unsigned asks) {
    FormField *kept = arena_array(arena, FormField, count);
    FormTable table = {.fields = kept};
    for (size_t i = 0; i < count; i++)
        if (is_asked(fields[i].name, asks)) kept[table.count++] = fields[i];
    return table;
}
