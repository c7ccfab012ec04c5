// SPDX-License-Identifier: EUPL-1.2
#include "gathering/walks/commands.h"

#include "gathering/editions/call.h"
#include "gathering/walks/walks.h"

static Str time_words(Arena *arena, const Edition *edition, int64_t ms) {
    Civil at = zone_civil(edition->zone, ms);
    return clock_time(arena, &at);
}

static void audit(Tx *tx, Id edition, const char *action, Id subject) {
    store_audit(tx, &(AuditEntry){.edition = edition, .action = action, .subject = subject});
}

/* ---- what is named ------------------------------------------------------- */

static Walk walk_named(CommandCall *call, Tx *tx, Id edition, Str words) {
    Walk walk;
    Id id;
    if (!id_parse(words, &id) || !walk_get(tx, edition, id, &walk))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no walk %.*s in this edition: see walk list",
                   STR_FORMAT(words));
    return walk;
}

static bool turn_get(Tx *tx, Id edition, Str words, Turn *turn) {
    Id id;
    Walks walks = walks_of(tx, edition);
    for (size_t i = 0; id_parse(words, &id) && i < walks.count; i++)
        if (walk_turn(&walks.walks[i], id, turn)) return true;
    return false;
}

static Turn turn_named(CommandCall *call, Tx *tx, Id edition, Str words) {
    Turn turn;
    if (!turn_get(tx, edition, words, &turn))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no turn %.*s in this edition: see walk list",
                   STR_FORMAT(words));
    return turn;
}

static int64_t moment_named(CommandCall *call, const Edition *edition, Str text) {
    int64_t ms;
    if (!edition_moment(edition, text, &ms))
        arena_fail(call->arena, ERR_INPUT, "%.*s is no time on the day of this edition (like 15:50)", STR_FORMAT(text));
    return ms;
}

/* ---- walk add ------------------------------------------------------- */

static void add_turn(CommandCall *call, Tx *tx, const Edition *edition, Id walk, Str text) {
    Turn turn = {.edition = edition->id,
                 .walk = walk,
                 .starts_ms = moment_named(call, edition, text),
                 .places = command_int(call, "places", TURN_PLACES_USUAL, 1, TURN_PLACES_MOST),
                 .step_free = command_flag(call, "step-free")};
    Err err = walk_add_turn(tx, &turn, &turn.id);
    if (err) arena_fail(call->arena, err, "the turn at %.*s cannot be added", STR_FORMAT(text));
    audit(tx, edition->id, "turn.add", turn.id);
}

static Err add(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Str to = command_text(call, "to"), name = command_text(call, "name");
    Id walk;
    if (!str_is_absent(to)) walk = walk_named(call, tx, edition.id, to).id;
    else {
        if (str_is_empty(name)) arena_fail(call->arena, ERR_INPUT, "give --name, or --to with a walk that is there");
        walk = walk_add(tx, &(Walk){.edition = edition.id,
                                    .name = name,
                                    .place = command_text(call, "place"),
                                    .words = command_text(call, "words"),
                                    .meeting_point = command_text(call, "meeting-point")});
        audit(tx, edition.id, "walk.add", walk);
    }
    for (size_t i = 0; i < call->argument_count; i++) add_turn(call, tx, &edition, walk, call->arguments[i]);
    command_made(call, walk);
    return OK;
}

static Err command_add(CommandCall *call) { return store_write(call->store, call->arena, add, call); }

/* ---- walk set, walk turn ------------------------------------------------------- */

static void take_text(const CommandCall *call, const char *option, Str *text) {
    Str given = command_text(call, option);
    if (!str_is_absent(given)) *text = given;
}

static Err set_walk(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Walk walk = walk_named(call, tx, edition.id, call->arguments[0]);
    take_text(call, "name", &walk.name);
    take_text(call, "place", &walk.place);
    take_text(call, "words", &walk.words);
    take_text(call, "meeting-point", &walk.meeting_point);
    if (str_is_empty(walk.name)) arena_fail(call->arena, ERR_INPUT, "a walk has a name");
    Err err = walk_update(tx, &walk);
    if (err) return err;
    audit(tx, edition.id, "walk.change", walk.id);
    command_made(call, walk.id);
    return OK;
}

static Err command_set(CommandCall *call) { return store_write(call->store, call->arena, set_walk, call); }

static Err set_turn(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Turn turn = turn_named(call, tx, edition.id, call->arguments[0]);
    Str starts = command_text(call, "starts");
    if (!str_is_absent(starts)) turn.starts_ms = moment_named(call, &edition, starts);
    turn.places = command_int(call, "places", turn.places, 1, TURN_PLACES_MOST);
    if (command_flag(call, "step-free") && command_flag(call, "with-steps"))
        arena_fail(call->arena, ERR_INPUT, "either --step-free or --with-steps");
    if (command_flag(call, "step-free")) turn.step_free = true;
    if (command_flag(call, "with-steps")) turn.step_free = false;
    Err err = walk_update_turn(tx, &turn);
    if (err) return err;
    audit(tx, edition.id, "turn.change", turn.id);
    command_made(call, turn.id);
    return OK;
}

static Err command_turn(CommandCall *call) { return store_write(call->store, call->arena, set_turn, call); }

/* ---- walk remove ------------------------------------------------------- */

static void remove_one(CommandCall *call, Tx *tx, Id edition, Str words) {
    Turn turn;
    bool is_turn = turn_get(tx, edition, words, &turn);
    Id id = is_turn ? turn.id : walk_named(call, tx, edition, words).id;
    Err err = is_turn ? walk_remove_turn(tx, edition, id) : walk_remove(tx, edition, id);
    if (err) arena_fail(call->arena, err, "%.*s cannot be removed", STR_FORMAT(words));
    audit(tx, edition, is_turn ? "turn.remove" : "walk.remove", id);
}

static Err remove_all(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    for (size_t i = 0; i < call->argument_count; i++) remove_one(call, tx, edition.id, call->arguments[i]);
    buffer_clear(&call->out);
    buffer_format(&call->out, call->json ? "{\"removed\": %zu}\n" : "%zu removed\n", call->argument_count);
    return OK;
}

static Err command_remove(CommandCall *call) { return store_write(call->store, call->arena, remove_all, call); }

/* ---- walk list ------------------------------------------------------- */

static void text_walk(CommandCall *call, const Edition *edition, const Walk *walk) {
    buffer_format(&call->out, "%.*s  %.*s%s%.*s\n", STR_FORMAT(id_text(call->arena, walk->id)), STR_FORMAT(walk->name),
                  str_is_empty(walk->place) ? "" : " — ", STR_FORMAT(walk->place));
    for (size_t i = 0; i < walk->turn_count; i++)
        buffer_format(&call->out, "  %.*s  %.*s  %lld places%s\n", STR_FORMAT(id_text(call->arena, walk->turns[i].id)),
                      STR_FORMAT(time_words(call->arena, edition, walk->turns[i].starts_ms)),
                      (long long)walk->turns[i].places, walk->turns[i].step_free ? ", without steps" : "");
}

static void json_walk(CommandCall *call, JsonWriter *json, const Walk *walk) {
    json_object_begin(json);
    json_key(json, STR("id")), json_add_str(json, id_text(call->arena, walk->id));
    json_key(json, STR("name")), json_add_str(json, walk->name);
    json_key(json, STR("place")), json_add_str(json, walk->place);
    json_key(json, STR("words")), json_add_str(json, walk->words);
    json_key(json, STR("meeting_point")), json_add_str(json, walk->meeting_point);
    json_key(json, STR("turns")), json_array_begin(json);
    for (size_t i = 0; i < walk->turn_count; i++) {
        json_object_begin(json);
        json_key(json, STR("id")), json_add_str(json, id_text(call->arena, walk->turns[i].id));
        json_key(json, STR("starts")), json_add_str(json, time_to_text(call->arena, walk->turns[i].starts_ms));
        json_key(json, STR("places")), json_add_int(json, walk->turns[i].places);
        json_key(json, STR("step_free")), json_add_bool(json, walk->turns[i].step_free);
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static Err list(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Walks walks = walks_of(tx, edition.id);
    JsonWriter *json = command_list_begin(call);
    for (size_t i = 0; i < walks.count; i++) {
        if (json) json_walk(call, json, &walks.walks[i]);
        else text_walk(call, &edition, &walks.walks[i]);
    }
    command_list_end(json);
    return OK;
}

static Err command_list(CommandCall *call) { return store_read(call->store, call->arena, list, call); }

/* ---- the table ------------------------------------------------------- */

#define WALK_OPTIONS                                                                  \
    {"name", "TEXT", "what the walk is called"}, {"place", "TEXT", "where it leads"}, \
        {"words", "TEXT", "what can be seen there"}, {                                \
        "meeting-point", "TEXT", "where people meet"                                  \
    }
static const CommandOption add_options[] = {
    EDITION_OPTION,
    WALK_OPTIONS,
    {"to", "WALK", "add the turns to a walk that is there"},
    {"places", "N", "how many people can go in each turn (20)"},
    {"step-free", NULL, "these turns have no steps"},
};
static const CommandOption set_options[] = {EDITION_OPTION, WALK_OPTIONS};
static const CommandOption turn_options[] = {
    EDITION_OPTION,
    {"starts", "HH:MM", "when it starts"},
    {"places", "N", "how many people can go"},
    {"step-free", NULL, "it has no steps"},
    {"with-steps", NULL, "it has steps"},
};
static const CommandOption edition_options[] = {EDITION_OPTION};

const Command walk_commands[WALK_COMMAND_COUNT] = {
    {"walk add", "[HH:MM…]", "add a walk, or turns to one", OPTIONS(add_options), 0, COMMAND_MOST_ARGUMENTS,
     .store = STORE_MUST_EXIST, .run = command_add, .changes = true},
    {"walk set", "WALK", "change a walk: what is given, the rest stays", OPTIONS(set_options), 1, 1,
     .store = STORE_MUST_EXIST, .run = command_set, .changes = true},
    {"walk turn", "TURN", "change a turn of a walk: what is given, the rest stays", OPTIONS(turn_options), 1, 1,
     .store = STORE_MUST_EXIST, .run = command_turn, .changes = true},
    {"walk remove", "WALK-OR-TURN…", "remove walks with their turns, or turns", OPTIONS(edition_options), 1,
     COMMAND_MOST_ARGUMENTS, .store = STORE_MUST_EXIST, .run = command_remove, .changes = true},
    {"walk list", "", "list walks and their turns", OPTIONS(edition_options), .store = STORE_MUST_EXIST,
     .run = command_list},
};
