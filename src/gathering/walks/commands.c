// SPDX-License-Identifier: EUPL-1.2
#include "gathering/walks/commands.h"

#include "gathering/walks/walks.h"
#include "platform/format/json_write.h"

static Edition edition_asked_for(CommandCall *call, Tx *tx) {
    Edition edition;
    Str path = command_text(call, "edition");
    if (!edition_find(tx, path, &edition))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no edition %.*s", STR_FORMAT(path));
    return edition;
}

static Str time_words(Arena *arena, const Edition *edition, int64_t ms) {
    Civil at = zone_civil(edition->zone, ms);
    return clock_time(arena, &at);
}

/* ---- walk add ------------------------------------------------------- */

static void add_turn(CommandCall *call, Tx *tx, const Edition *edition, Id walk, Str text) {
    Turn turn = {.edition = edition->id,
                 .walk = walk,
                 .places = command_int(call, "places", 20, 1, TURN_PLACES_MOST),
                 .step_free = command_flag(call, "step-free")};
    if (!edition_moment(edition, text, &turn.starts_ms))
        arena_fail(call->arena, ERR_INPUT, "%.*s is no time on the day of this edition (like 15:50)", STR_FORMAT(text));
    Id id;
    if (walk_add_turn(tx, &turn, &id))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no such walk in this edition: see walk list");
}

static Err add(Tx *tx, void *context) {
    CommandCall *call = context;
    buffer_clear(&call->out);
    Edition edition = edition_asked_for(call, tx);
    Id walk;
    Str to = command_text(call, "to");
    if (!str_is_absent(to)) {
        if (!id_parse(to, &walk)) arena_fail(call->arena, ERR_INPUT, "%.*s is no walk: see walk list", STR_FORMAT(to));
    } else {
        Str name = command_text(call, "name");
        if (str_is_empty(name)) arena_fail(call->arena, ERR_INPUT, "give --name, or --to with a walk that is there");
        walk = walk_add(tx, &(Walk){.edition = edition.id,
                                    .name = name,
                                    .place = command_text(call, "place"),
                                    .words = command_text(call, "words"),
                                    .meeting_point = command_text(call, "meeting-point")});
    }
    for (size_t i = 0; i < call->argument_count; i++) add_turn(call, tx, &edition, walk, call->arguments[i]);
    store_audit(tx, &(AuditEntry){.edition = edition.id, .action = "walk.add", .subject = walk});
    buffer_format(&call->out, call->json ? "{\"id\": \"%.*s\"}\n" : "%.*s\n", STR_FORMAT(id_text(call->arena, walk)));
    return OK;
}

static Err command_add(CommandCall *call) { return store_write(call->store, call->arena, add, call); }

/* ---- walk list ------------------------------------------------------- */

static void text_walk(CommandCall *call, const Edition *edition, const Walk *walk) {
    buffer_format(&call->out, "%.*s  %.*s%s%.*s\n", STR_FORMAT(id_text(call->arena, walk->id)), STR_FORMAT(walk->name),
                  str_is_empty(walk->place) ? "" : " — ", STR_FORMAT(walk->place));
    for (size_t i = 0; i < walk->turn_count; i++)
        buffer_format(&call->out, "  %.*s  %lld places%s\n",
                      STR_FORMAT(time_words(call->arena, edition, walk->turns[i].starts_ms)),
                      (long long)walk->turns[i].places, walk->turns[i].step_free ? ", without steps" : "");
}

static void json_walk(CommandCall *call, JsonWriter *json, const Walk *walk) {
    json_object_begin(json);
    json_key(json, STR("id")), json_add_str(json, id_text(call->arena, walk->id));
    json_key(json, STR("name")), json_add_str(json, walk->name);
    json_key(json, STR("place")), json_add_str(json, walk->place);
    json_key(json, STR("turns")), json_array_begin(json);
    for (size_t i = 0; i < walk->turn_count; i++) {
        json_object_begin(json);
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
    buffer_clear(&call->out);
    Edition edition = edition_asked_for(call, tx);
    Walks walks = walks_of(tx, edition.id);
    JsonWriter json = json_begin(&call->out, 2);
    if (call->json) json_array_begin(&json);
    for (size_t i = 0; i < walks.count; i++) {
        if (call->json) json_walk(call, &json, &walks.walks[i]);
        else text_walk(call, &edition, &walks.walks[i]);
    }
    if (call->json) json_array_end(&json), buffer_add_char(&call->out, '\n');
    return OK;
}

static Err command_list(CommandCall *call) { return store_read(call->store, call->arena, list, call); }

static const CommandOption add_options[] = {
    {"edition", "SERIES/EDITION", "which edition", .is_required = true},
    {"name", "TEXT", "what the walk is called"},
    {"place", "TEXT", "where it leads"},
    {"words", "TEXT", "what can be seen there"},
    {"meeting-point", "TEXT", "where people meet"},
    {"to", "WALK", "add the turns to a walk that is there"},
    {"places", "N", "how many people can go in each turn (20)"},
    {"step-free", NULL, "these turns have no steps"},
};
static const CommandOption list_options[] = {{"edition", "SERIES/EDITION", "which edition", .is_required = true}};

const Command walk_commands[WALK_COMMAND_COUNT] = {
    {"walk add", "[HH:MM…]", "add a walk, or turns to one", OPTIONS(add_options), 0, COMMAND_MOST_ARGUMENTS,
     .store = STORE_MUST_EXIST, .run = command_add},
    {"walk list", "", "list walks and their turns", OPTIONS(list_options), .store = STORE_MUST_EXIST,
     .run = command_list},
};
