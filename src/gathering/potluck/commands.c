// SPDX-License-Identifier: EUPL-1.2
#include "gathering/potluck/commands.h"

#include "gathering/organisations/organisations.h"
#include "gathering/potluck/potluck.h"
#include "platform/format/json_write.h"

static Edition edition_asked_for(CommandCall *call, Tx *tx) {
    Edition edition;
    Str path = command_text(call, "edition");
    if (!edition_find(tx, path, &edition))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no edition %.*s", STR_FORMAT(path));
    return edition;
}

/* ---- dish add ------------------------------------------------------- */

/* "eggs,milk" */
static void answer(CommandCall *call, const char *option, AllergenAnswer answer, Allergens *allergens) {
    Str rest = command_text(call, option), code;
    Allergen allergen;
    if (str_is_empty(rest)) return;
    while (str_next_part(&rest, ',', &code)) {
        if (!allergen_parse(str_trim(code), &allergen))
            arena_fail(call->arena, ERR_INPUT, "%.*s is none of the 14 allergens", STR_FORMAT(code));
        allergens->answers[allergen] = answer;
    }
}

static Allergens allergens_asked_for(CommandCall *call) {
    Allergens allergens = {0};
    if (command_flag(call, "rest-free"))
        for (size_t i = 0; i < ALLERGEN_COUNT; i++) allergens.answers[i] = ALLERGEN_NO;
    answer(call, "without", ALLERGEN_NO, &allergens);
    answer(call, "contains", ALLERGEN_YES, &allergens);
    return allergens;
}

static Id organisation_asked_for(CommandCall *call, Tx *tx) {
    Str name = command_text(call, "organisation");
    if (str_is_empty(name)) return 0;
    Id id;
    Organisation organisation;
    if (id_parse(name, &id) && organisation_get(tx, id, &organisation)) return id;
    id = organisation_find_same(tx, name, STR_ABSENT);
    if (!id) arena_fail(call->arena, ERR_NOT_FOUND, "there is no one organisation named %.*s", STR_FORMAT(name));
    return id;
}

static Err add(Tx *tx, void *context) {
    CommandCall *call = context;
    buffer_clear(&call->out);
    Edition edition = edition_asked_for(call, tx);
    Str kind = command_text(call, "kind");
    int64_t portions = command_int(call, "portions", 0, 0, DISH_PORTIONS_MOST);
    Dish dish = {
        .edition = edition.id,
        .organisation = organisation_asked_for(call, tx),
        .kind = str_is_absent(kind) ? STR("other") : kind,
        .name = call->arguments[0],
        .portions = portions ? given_int(portions) : (OptionalInt){0},
        .allergens = allergens_asked_for(call),
    };
    if (!dish_kind_is_known(dish.kind))
        arena_fail(call->arena, ERR_INPUT, "%.*s is no kind of dish", STR_FORMAT(dish.kind));
    Id id = dish_add(tx, &dish);
    store_audit(tx, &(AuditEntry){.edition = edition.id, .action = "dish.add", .subject = id});
    buffer_format(&call->out, call->json ? "{\"id\": \"%.*s\"}\n" : "%.*s\n", STR_FORMAT(id_text(call->arena, id)));
    return OK;
}

static Err command_add(CommandCall *call) { return store_write(call->store, call->arena, add, call); }

/* ---- dish list ------------------------------------------------------- */

static void json_dish(CommandCall *call, JsonWriter *json, const Dish *dish) {
    static const char *const words[] = {[ALLERGEN_UNKNOWN] = "unknown", [ALLERGEN_NO] = "no", [ALLERGEN_YES] = "yes"};
    json_object_begin(json);
    json_key(json, STR("id")), json_add_str(json, id_text(call->arena, dish->id));
    json_key(json, STR("name")), json_add_str(json, dish->name);
    json_key(json, STR("kind")), json_add_str(json, dish->kind);
    json_key(json, STR("who")), json_add_str(json, dish->who);
    json_key(json, STR("portions"));
    if (dish->portions.given) json_add_int(json, dish->portions.value);
    else json_add_null(json);
    json_key(json, STR("allergens")), json_object_begin(json);
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        json_key(json, str_from_c(allergen_code((Allergen)i))),
            json_add_str(json, str_from_c(words[dish->allergens.answers[i]]));
    json_object_end(json);
    json_object_end(json);
}

static Err list(Tx *tx, void *context) {
    CommandCall *call = context;
    buffer_clear(&call->out);
    Edition edition = edition_asked_for(call, tx);
    Dishes dishes = dishes_of(tx, edition.id);
    JsonWriter json = json_begin(&call->out, 2);
    if (call->json) json_array_begin(&json);
    for (size_t i = 0; i < dishes.count; i++) {
        const Dish *dish = &dishes.dishes[i];
        if (call->json) json_dish(call, &json, dish);
        else
            buffer_format(&call->out, "%.*s  %.*s%s%.*s. %.*s\n", STR_FORMAT(id_text(call->arena, dish->id)),
                          STR_FORMAT(dish->name), str_is_empty(dish->who) ? "" : " — ", STR_FORMAT(dish->who),
                          STR_FORMAT(allergens_words(call->arena, call->language, &dish->allergens)));
    }
    if (call->json) json_array_end(&json), buffer_add_char(&call->out, '\n');
    return OK;
}

static Err command_list(CommandCall *call) { return store_read(call->store, call->arena, list, call); }

static const CommandOption add_options[] = {
    {"edition", "SERIES/EDITION", "which edition", .is_required = true},
    {"organisation", "NAME", "who brings it: its name or id"},
    {"kind", "KIND", "cake, salad, snack, main, drink, coffee, other"},
    {"portions", "N", "for how many it is"},
    {"contains", "CODES", "allergens inside: gluten,eggs,milk, …"},
    {"without", "CODES", "allergens that are certainly not inside"},
    {"rest-free", NULL, "none of the other allergens is inside; else they are unknown"},
};
static const CommandOption list_options[] = {{"edition", "SERIES/EDITION", "which edition", .is_required = true}};

const Command dish_commands[DISH_COMMAND_COUNT] = {
    {"dish add", "NAME", "add a dish somebody brings", OPTIONS(add_options), 1, 1, .store = STORE_MUST_EXIST,
     .run = command_add},
    {"dish list", "", "list dishes and what is in them", OPTIONS(list_options), .store = STORE_MUST_EXIST,
     .run = command_list},
};
