// SPDX-License-Identifier: EUPL-1.2
#include "gathering/potluck/commands.h"

#include "gathering/editions/call.h"
#include "gathering/organisations/organisations.h"
#include "gathering/potluck/potluck.h"

/* ---- what a dish is ------------------------------------------------------- */

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

/* What is not spoken of stays as it is: unknown, of a new dish. */
static void take_allergens(CommandCall *call, Allergens *allergens) {
    bool is_free = command_flag(call, "rest-free"), is_unknown = command_flag(call, "rest-unknown");
    if (is_free && is_unknown) arena_fail(call->arena, ERR_INPUT, "either --rest-free or --rest-unknown");
    for (size_t i = 0; (is_free || is_unknown) && i < ALLERGEN_COUNT; i++)
        allergens->answers[i] = is_free ? ALLERGEN_NO : ALLERGEN_UNKNOWN;
    answer(call, "without", ALLERGEN_NO, allergens);
    answer(call, "contains", ALLERGEN_YES, allergens);
}

/* "" is nobody's. */
static void take_organisation(CommandCall *call, Tx *tx, Dish *dish) {
    Str name = command_text(call, "organisation");
    if (str_is_absent(name)) return;
    dish->organisation = organisation_named(tx, name);
    if (!dish->organisation && !str_is_empty(name))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no one organisation named %.*s", STR_FORMAT(name));
}

/* What is given, into the dish. */
static void take_options(CommandCall *call, Tx *tx, Dish *dish) {
    Str kind = command_text(call, "kind");
    if (!str_is_absent(kind)) dish->kind = kind;
    if (!dish_kind_is_known(dish->kind))
        arena_fail(call->arena, ERR_INPUT, "%.*s is no kind of dish", STR_FORMAT(dish->kind));
    int64_t portions =
        command_int(call, "portions", dish->portions.given ? dish->portions.value : 0, 0, DISH_PORTIONS_MOST);
    dish->portions = portions ? given_int(portions) : (OptionalInt){0};
    take_organisation(call, tx, dish);
    take_allergens(call, &dish->allergens);
}

static Dish dish_named(CommandCall *call, Tx *tx, Id edition, Str words) {
    Dish dish;
    Id id;
    if (!id_parse(words, &id) || !dish_get(tx, edition, id, 0, &dish))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no dish %.*s in this edition: see dish list",
                   STR_FORMAT(words));
    return dish;
}

static void audit(Tx *tx, Id edition, const char *action, Id dish) {
    store_audit(tx, &(AuditEntry){.edition = edition, .action = action, .subject = dish});
}

/* ---- dish add, set, remove ------------------------------------------------------- */

static Err add(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Dish dish = {.edition = edition.id, .kind = STR("other"), .name = call->arguments[0]};
    take_options(call, tx, &dish);
    dish.id = dish_add(tx, &dish);
    audit(tx, edition.id, "dish.add", dish.id);
    command_made(call, dish.id);
    return OK;
}

static Err command_add(CommandCall *call) { return store_write(call->store, call->arena, add, call); }

static Err set(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Dish dish = dish_named(call, tx, edition.id, call->arguments[0]);
    Str name = command_text(call, "name");
    if (!str_is_absent(name)) dish.name = name;
    if (str_is_empty(dish.name)) arena_fail(call->arena, ERR_INPUT, "a dish has a name");
    take_options(call, tx, &dish);
    Err err = dish_update(tx, &dish);
    if (err) return err;
    audit(tx, edition.id, "dish.change", dish.id);
    command_made(call, dish.id);
    return OK;
}

static Err command_set(CommandCall *call) { return store_write(call->store, call->arena, set, call); }

static Err remove_all(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    for (size_t i = 0; i < call->argument_count; i++) {
        Dish dish = dish_named(call, tx, edition.id, call->arguments[i]);
        Err err = dish_remove(tx, edition.id, dish.id, 0);
        if (err) return err;
        audit(tx, edition.id, "dish.remove", dish.id);
    }
    buffer_clear(&call->out);
    buffer_format(&call->out, call->json ? "{\"removed\": %zu}\n" : "%zu removed\n", call->argument_count);
    return OK;
}

static Err command_remove(CommandCall *call) { return store_write(call->store, call->arena, remove_all, call); }

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

static void text_dish(CommandCall *call, const Dish *dish) {
    buffer_format(&call->out, "%.*s  %.*s%s%.*s. %.*s\n", STR_FORMAT(id_text(call->arena, dish->id)),
                  STR_FORMAT(dish->name), str_is_empty(dish->who) ? "" : " — ", STR_FORMAT(dish->who),
                  STR_FORMAT(allergens_words(call->arena, call->language, &dish->allergens)));
}

static Err list(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Dishes dishes = dishes_of(tx, edition.id);
    JsonWriter *json = command_list_begin(call);
    for (size_t i = 0; i < dishes.count; i++) {
        if (json) json_dish(call, json, &dishes.dishes[i]);
        else text_dish(call, &dishes.dishes[i]);
    }
    command_list_end(json);
    return OK;
}

static Err command_list(CommandCall *call) { return store_read(call->store, call->arena, list, call); }

/* ---- the table ------------------------------------------------------- */

#define DISH_OPTIONS                                                        \
    {"organisation", "NAME", "who brings it: its name or id"},              \
        {"kind", "KIND", "cake, salad, snack, main, drink, coffee, other"}, \
        {"portions", "N", "for how many it is (0: not told)"},              \
        {"contains", "CODES", "allergens inside: gluten,eggs,milk, …"},     \
        {"without", "CODES", "allergens that are certainly not inside"},    \
        {"rest-free", NULL, "none of the other allergens is inside"}, {     \
        "rest-unknown", NULL, "of the other allergens nothing is known"     \
    }
static const CommandOption add_options[] = {EDITION_OPTION, DISH_OPTIONS};
static const CommandOption set_options[] = {EDITION_OPTION, {"name", "TEXT", "what it is"}, DISH_OPTIONS};
static const CommandOption edition_options[] = {EDITION_OPTION};

const Command dish_commands[DISH_COMMAND_COUNT] = {
    {"dish add", "NAME", "add a dish somebody brings", OPTIONS(add_options), 1, 1, .store = STORE_MUST_EXIST,
     .run = command_add, .changes = true},
    {"dish set", "DISH", "change a dish: what is given, the rest stays", OPTIONS(set_options), 1, 1,
     .store = STORE_MUST_EXIST, .run = command_set, .changes = true},
    {"dish remove", "DISH…", "remove dishes", OPTIONS(edition_options), 1, COMMAND_MOST_ARGUMENTS,
     .store = STORE_MUST_EXIST, .run = command_remove, .changes = true},
    {"dish list", "", "list dishes and what is in them", OPTIONS(edition_options), .store = STORE_MUST_EXIST,
     .run = command_list},
};
