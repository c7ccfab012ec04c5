// SPDX-License-Identifier: EUPL-1.2
#include "gathering/potluck/potluck.h"

#include "potluck_sql.h"

/* ---- allergens ------------------------------------------------------- */

static const struct {
    const char *code;
    Msg name;
} allergens_table[ALLERGEN_COUNT] = {
    [ALLERGEN_GLUTEN] = {"gluten", MSG_INIT("potluck", "cereals with gluten")},
    [ALLERGEN_CRUSTACEANS] = {"crustaceans", MSG_INIT("potluck", "crustaceans")},
    [ALLERGEN_EGGS] = {"eggs", MSG_INIT("potluck", "eggs")},
    [ALLERGEN_FISH] = {"fish", MSG_INIT("potluck", "fish")},
    [ALLERGEN_PEANUTS] = {"peanuts", MSG_INIT("potluck", "peanuts")},
    [ALLERGEN_SOYA] = {"soya", MSG_INIT("potluck", "soya")},
    [ALLERGEN_MILK] = {"milk", MSG_INIT("potluck", "milk")},
    [ALLERGEN_NUTS] = {"nuts", MSG_INIT("potluck", "nuts")},
    [ALLERGEN_CELERY] = {"celery", MSG_INIT("potluck", "celery")},
    [ALLERGEN_MUSTARD] = {"mustard", MSG_INIT("potluck", "mustard")},
    [ALLERGEN_SESAME] = {"sesame", MSG_INIT("potluck", "sesame")},
    [ALLERGEN_SULPHITES] = {"sulphites", MSG_INIT("potluck", "sulphites")},
    [ALLERGEN_LUPIN] = {"lupin", MSG_INIT("potluck", "lupin")},
    [ALLERGEN_MOLLUSCS] = {"molluscs", MSG_INIT("potluck", "molluscs")},
};

Str allergen_name(Arena *arena, Language language, Allergen allergen) {
    return say(arena, language, allergens_table[allergen].name);
}

const char *allergen_code(Allergen allergen) { return allergens_table[allergen].code; }

bool allergen_parse(Str code, Allergen *allergen) {
    for (size_t i = 0; i < ALLERGEN_COUNT; i++) {
        if (!str_equal(code, str_from_c(allergens_table[i].code))) continue;
        *allergen = (Allergen)i;
        return true;
    }
    return false;
}

static const char answer_letters[] = {[ALLERGEN_UNKNOWN] = 'u', [ALLERGEN_NO] = 'n', [ALLERGEN_YES] = 'y'};

Str allergens_text(Arena *arena, const Allergens *allergens) {
    Buffer text = buffer_in(arena);
    for (size_t i = 0; i < ALLERGEN_COUNT; i++) buffer_add_char(&text, answer_letters[allergens->answers[i]]);
    return buffer_str(&text);
}

bool allergens_parse(Str text, Allergens *allergens) {
    Allergens found = {0};
    if (!str_is_empty(text) && text.size != ALLERGEN_COUNT) return false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == 'y') found.answers[i] = ALLERGEN_YES;
        else if (text.data[i] == 'n') found.answers[i] = ALLERGEN_NO;
        else if (text.data[i] != 'u') return false;
    }
    *allergens = found;
    return true;
}

static Str names_with(Arena *arena, Language language, const Allergens *allergens, AllergenAnswer answer,
                      size_t *count) {
    Str names[ALLERGEN_COUNT];
    *count = 0;
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        if (allergens->answers[i] == answer) names[(*count)++] = allergen_name(arena, language, (Allergen)i);
    return list_words(arena, language, names, *count);
}

Str allergens_words(Arena *arena, Language language, const Allergens *allergens) {
    size_t contained, unknown;
    Str contains = names_with(arena, language, allergens, ALLERGEN_YES, &contained);
    Str open = names_with(arena, language, allergens, ALLERGEN_UNKNOWN, &unknown);
    if (unknown == ALLERGEN_COUNT) return say(arena, language, MSG("potluck", "Allergens not told."));
    if (!contained && !unknown) return say(arena, language, MSG("potluck", "None of the 14 allergens."));
    if (!contained)
        return say(arena, language, MSG("potluck", "Not known about: {names}. None of the others."),
                   SAY_TEXT("names", open));
    if (!unknown)
        return say(arena, language, MSG("potluck", "Contains: {names}. None of the others."),
                   SAY_TEXT("names", contains));
    if (unknown + contained == ALLERGEN_COUNT)
        return say(arena, language, MSG("potluck", "Contains: {names}. Not known about the others."),
                   SAY_TEXT("names", contains));
    return say(arena, language, MSG("potluck", "Contains: {names}. Not known about: {open}."),
               SAY_TEXT("names", contains), SAY_TEXT("open", open));
}

/* ---- dishes ------------------------------------------------------- */

static const struct {
    const char *kind;
    Msg words;
} kinds[] = {
    {"cake", MSG_INIT("potluck", "cakes")},         {"salad", MSG_INIT("potluck", "salads")},
    {"snack", MSG_INIT("potluck", "snacks")},       {"main", MSG_INIT("potluck", "warm dishes")},
    {"drink", MSG_INIT("potluck", "cold drinks")},  {"coffee", MSG_INIT("potluck", "coffee and tea")},
    {"other", MSG_INIT("potluck", "other things")},
};

_Static_assert(COUNT(kinds) == DISH_KIND_COUNT, "every kind has its words");

Str dish_kind(size_t index) { return str_from_c(kinds[index].kind); }

bool dish_kind_is_known(Str kind) {
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal(kind, str_from_c(kinds[i].kind))) return true;
    return false;
}

Str dish_kind_words(Arena *arena, Language language, Str kind) {
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal(kind, str_from_c(kinds[i].kind))) return say(arena, language, kinds[i].words);
    return kind;
}

Dishes dishes_of(Tx *tx, Id edition) {
    PotluckDishesRows rows = potluck_sql_dishes(tx, edition);
    Dishes dishes = {arena_array(tx_arena(tx), Dish, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const PotluckDishesRow *row = &rows.rows[i];
        dishes.dishes[i] = (Dish){
            .edition = edition,
            .id = row->id,
            .organisation = row->organisation.given ? row->organisation.value : 0,
            .kind = row->kind,
            .name = row->name,
            .portions = row->portions,
            .who = str_is_absent(row->organisation_name) ? STR("") : row->organisation_name,
            .is_listed = row->is_listed,
            .version = row->version,
        };
        if (!allergens_parse(row->allergens, &dishes.dishes[i].allergens))
            arena_fail(tx_arena(tx), ERR_INTERNAL, "a dish's allergens cannot be read");
    }
    return dishes;
}

bool dish_get(Tx *tx, Id edition, Id id, Id organisation, Dish *found) {
    Dishes dishes = dishes_of(tx, edition);
    for (size_t i = 0; i < dishes.count; i++) {
        const Dish *dish = &dishes.dishes[i];
        if (dish->id != id || (organisation && dish->organisation != organisation)) continue;
        *found = *dish;
        return true;
    }
    return false;
}

static OptionalInt organisation_of(const Dish *dish) {
    return dish->organisation ? given_int(dish->organisation) : (OptionalInt){0};
}

Id dish_add(Tx *tx, const Dish *dish) {
    Id id = tx_new_id(tx);
    potluck_sql_add(tx, dish->edition, id, organisation_of(dish), dish->kind, dish->name, dish->portions,
                    allergens_text(tx_arena(tx), &dish->allergens));
    store_changed(tx, dish->edition, PART_PROGRAMME);
    return id;
}

Err dish_update(Tx *tx, const Dish *dish) {
    if (potluck_sql_update(tx, dish->edition, dish->id, dish->version, organisation_of(dish), dish->kind, dish->name,
                           dish->portions, allergens_text(tx_arena(tx), &dish->allergens)) == 0)
        return ERR_CONFLICT;
    store_changed(tx, dish->edition, PART_PROGRAMME);
    return OK;
}

Err dish_remove(Tx *tx, Id edition, Id id, Id organisation) {
    Dish dish;
    if (!dish_get(tx, edition, id, organisation, &dish)) return ERR_NOT_FOUND;
    potluck_sql_remove(tx, edition, id);
    store_changed(tx, edition, PART_PROGRAMME);
    return OK;
}

void diet_count_set(Tx *tx, Id edition, Id organisation, Str diet, int64_t people) {
    potluck_sql_remove_diet(tx, edition, organisation, diet);
    if (people > 0) potluck_sql_add_diet(tx, edition, organisation, diet, people);
}

/* Dishes of both are brought. People are not counted twice: who told of diets already has told of theirs. */
void potluck_organisation_joins(Tx *tx, const OrganisationJoin *join) {
    potluck_sql_move_dishes(tx, join->edition, join->from, join->to);
    PotluckDietsOfRow own;
    bool keeps_own = join->has_own && potluck_sql_diets_of(tx, join->edition, join->to, &own) && own.count > 0;
    potluck_sql_remove_diets(tx, join->edition, keeps_own ? join->from : join->to); /* or of a time it did not come */
    if (!keeps_own) potluck_sql_move_diets(tx, join->edition, join->from, join->to);
    store_changed(tx, join->edition, PART_PROGRAMME);
}
