// SPDX-License-Identifier: EUPL-1.2
/* The same work from the command line. */
#include "gathering/editions/call.h"
#include "gathering/organisations/organisations.h"
#include "gathering/programme/arrange.h"
#include "gathering/programme/pages.h"
#include "platform/format/json_write.h"

/* ---- what the commands share ------------------------------------------------------- */

/* A call while its transaction runs. */
typedef struct Work {
    CommandCall *call;
    Tx *tx;
    Edition edition;
    Err (*run)(struct Work *work);
} Work;

static Err in_transaction(Tx *tx, void *context) {
    Work *work = context;
    CommandCall *call = work->call;
    work->tx = tx;
    buffer_clear(&call->out); /* a transaction may run again */
    work->edition = edition_of_call(call, tx);
    return work->run(work);
}

static Err run_reading(CommandCall *call, Err (*run)(Work *)) {
    return store_read(call->store, call->arena, in_transaction, &(Work){.call = call, .run = run});
}

static Err run_writing(CommandCall *call, Err (*run)(Work *)) {
    return store_write(call->store, call->arena, in_transaction, &(Work){.call = call, .run = run});
}

static Id item_argument(Work *work, size_t index) {
    Id id;
    Str text = work->call->arguments[index];
    if (!id_parse(text, &id))
        arena_fail(work->call->arena, ERR_INPUT, "%.*s is no item: see programme items", STR_FORMAT(text));
    return id;
}

static Str time_of(Work *work, OptionalInt ms) {
    return ms.given ? local_time(work->call->arena, &work->edition, ms.value) : STR("-");
}

static Str optional_time_text(Work *work, OptionalInt ms) {
    return ms.given ? time_to_text(work->call->arena, ms.value) : STR_ABSENT;
}

/* ---- items ------------------------------------------------------- */

static void json_item(Work *work, JsonWriter *json, const Item *item) {
    Arena *arena = work->call->arena;
    json_object_begin(json);
    json_key(json, STR("id")), json_add_str(json, id_text(arena, item->id));
    json_key(json, STR("kind")), json_add_str(json, item->kind);
    json_key(json, STR("state")), json_add_str(json, str_from_c(item_state_name(item->state)));
    json_key(json, STR("title")), json_add_str(json, item->title);
    json_key(json, STR("words")), json_add_str(json, item->words);
    json_key(json, STR("theme")), json_add_str(json, item->theme);
    json_key(json, STR("needs")), json_add_str(json, item->needs);
    json_key(json, STR("who")), json_add_str(json, item->who);
    json_key(json, STR("minutes")), json_add_int(json, item->duration_min);
    json_key(json, STR("changeover")), json_add_int(json, item->changeover_min);
    json_key(json, STR("children")), json_add_bool(json, item->has_children);
    json_key(json, STR("section")), json_add_str(json, item->section ? id_text(arena, item->section) : STR_ABSENT);
    json_key(json, STR("starts")), json_add_str(json, optional_time_text(work, item->starts_ms));
    json_key(json, STR("fixed")), json_add_bool(json, item->is_fixed);
    json_object_end(json);
}

static void text_item(Work *work, const Item *item) {
    Arena *arena = work->call->arena;
    buffer_format(&work->call->out, "%.*s  %-8s  %5.*s  %3lld min  %.*s%s%.*s\n", STR_FORMAT(id_text(arena, item->id)),
                  item_state_name(item->state), STR_FORMAT(time_of(work, item->starts_ms)),
                  (long long)item->duration_min, STR_FORMAT(item->title),
                  str_is_empty(item->title) || str_is_empty(item->who) ? "" : " — ", STR_FORMAT(item->who));
}

static Err list_items(Work *work) {
    Items items = items_of(work->tx, work->edition.id);
    JsonWriter *json = command_list_begin(work->call);
    for (size_t i = 0; i < items.count; i++) {
        if (json) json_item(work, json, &items.items[i]);
        else text_item(work, &items.items[i]);
    }
    command_list_end(json);
    return OK;
}

static Err command_items(CommandCall *call) { return run_reading(call, list_items); }

/* ---- adding ------------------------------------------------------- */

static Id organisation_argument(Work *work) {
    Str name = command_text(work->call, "organisation");
    Id id = organisation_named(work->tx, name);
    if (!id && !str_is_empty(name))
        arena_fail(work->call->arena, ERR_NOT_FOUND, "there is no one organisation named %.*s", STR_FORMAT(name));
    return id;
}

static bool is_kind(Str kind) {
    static const char *const kinds[] = {"talk", "performance", "concert", "opening", "closing",
                                        "walk", "turnover",    "potluck", "rounds",  "other"};
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal(kind, str_from_c(kinds[i]))) return true;
    return false;
}

/* What is given, into the item. */
static void take_options(Work *work, Item *item) {
    const CommandCall *call = work->call;
    const struct {
        const char *option;
        Str *text;
    } texts[] = {{"kind", &item->kind},   {"title", &item->title}, {"performer", &item->performer},
                 {"words", &item->words}, {"needs", &item->needs}, {"theme", &item->theme}};
    for (size_t i = 0; i < COUNT(texts); i++) {
        Str given = command_text(call, texts[i].option);
        if (!str_is_absent(given)) *texts[i].text = given;
    }
    if (!is_kind(item->kind)) arena_fail(call->arena, ERR_INPUT, "%.*s is no kind of item", STR_FORMAT(item->kind));
    if (!str_is_absent(command_text(call, "organisation"))) item->organisation = organisation_argument(work);
    item->duration_min = command_int(call, "minutes", item->duration_min, 1, ITEM_MINUTES_MOST);
    item->changeover_min = command_int(call, "changeover", item->changeover_min, 0, ITEM_MINUTES_MOST);
    if (command_flag(call, "children")) item->has_children = true;
    bool is_known_theme = str_is_empty(item->theme);
    Kinds themes = kinds_of(work->tx, STR("theme"), LANGUAGE_EN);
    for (size_t i = 0; i < themes.count; i++) is_known_theme |= str_equal(themes.kinds[i].code, item->theme);
    if (!is_known_theme) arena_fail(call->arena, ERR_INPUT, "%.*s is no theme", STR_FORMAT(item->theme));
    if (str_is_empty(item->title) && !item->organisation && !item->guest && str_is_empty(item->performer))
        arena_fail(call->arena, ERR_INPUT, "give --title, --organisation or --performer");
}

static Err add_item(Work *work) {
    Item item = {.edition = work->edition.id,
                 .kind = STR("talk"),
                 .state = command_flag(work->call, "offered") ? ITEM_OFFERED : ITEM_ACCEPTED,
                 .duration_min = TALK_MIN,
                 .changeover_min = TALK_CHANGEOVER_MIN};
    take_options(work, &item);
    Id id = item_add(work->tx, &item);
    store_audit(work->tx, &(AuditEntry){.edition = item.edition, .action = "item.add", .subject = id});
    command_made(work->call, id);
    return OK;
}

static Err command_add(CommandCall *call) { return run_writing(call, add_item); }

static Err set_item(Work *work) {
    Item item;
    if (!item_get(work->tx, work->edition.id, item_argument(work, 0), &item))
        arena_fail(work->call->arena, ERR_NOT_FOUND, "there is no item %.*s in this edition",
                   STR_FORMAT(work->call->arguments[0]));
    take_options(work, &item);
    Err err = item_update(work->tx, &item);
    if (err) return err;
    store_audit(work->tx, &(AuditEntry){.edition = item.edition, .action = "item.change", .subject = item.id});
    command_made(work->call, item.id);
    return OK;
}

static Err command_set(CommandCall *call) { return run_writing(call, set_item); }

static Err add_talks(Work *work) {
    CommandCall *call = work->call;
    size_t count =
        items_add_talks(work->tx, work->edition.id, command_int(call, "minutes", TALK_MIN, 1, ITEM_MINUTES_MOST),
                        command_int(call, "changeover", TALK_CHANGEOVER_MIN, 0, ITEM_MINUTES_MOST));
    buffer_format(&call->out, call->json ? "{\"talks\": %zu}\n" : "%zu talks made\n", count);
    return OK;
}

static Err command_talks(CommandCall *call) { return run_writing(call, add_talks); }

/* ---- deciding ------------------------------------------------------- */

static Err decide(Work *work) {
    CommandCall *call = work->call;
    Str name = command_text(call, "state");
    ItemState state = ITEM_ACCEPTED;
    if (!str_is_absent(name) && !item_state_parse(name, &state))
        arena_fail(call->arena, ERR_INPUT, "%.*s is no decision: accepted, reserve, declined", STR_FORMAT(name));
    for (size_t i = 0; i < call->argument_count; i++) {
        Item item;
        Id id = item_argument(work, i);
        if (!item_get(work->tx, work->edition.id, id, &item))
            arena_fail(call->arena, ERR_NOT_FOUND, "there is no item %.*s in this edition",
                       STR_FORMAT(call->arguments[i]));
        Err err = item_decide(work->tx, work->edition.id, id, item.version, state, 0);
        if (err) arena_fail(call->arena, err, "item %.*s could not be decided", STR_FORMAT(call->arguments[i]));
    }
    buffer_format(&call->out, call->json ? "{\"decided\": %zu}\n" : "%zu decided\n", call->argument_count);
    return OK;
}

static Err command_accept(CommandCall *call) { return run_writing(call, decide); }

/* ---- the order ------------------------------------------------------- */

static Str unplaced_name(const Item *item) { return str_is_empty(item->title) ? item->who : item->title; }

/* Each reason once, with those that wait for it. */
static void text_unplaced(CommandCall *call, const Unplaced *unplaced) {
    for (int why = NO_PLACE_ROOM; why >= NO_PLACE_MINUTES; why--) {
        bool is_said = false;
        for (size_t i = 0; i < unplaced->count; i++) {
            const Item *item = &unplaced->items[i].item;
            if ((int)unplaced->items[i].why != why) continue;
            if (!is_said)
                buffer_format(&call->out, "%.*s:\n",
                              STR_FORMAT(no_place_words(call->arena, call->language, (NoPlace)why)));
            is_said = true;
            buffer_format(&call->out, "  %.*s  %.*s\n", STR_FORMAT(id_text(call->arena, item->id)),
                          STR_FORMAT(unplaced_name(item)));
        }
    }
    if (!unplaced->count) buffer_add(&call->out, STR("everything has a place\n"));
}

static void json_unplaced(CommandCall *call, const Unplaced *unplaced) {
    JsonWriter json = json_begin(&call->out, 2);
    json_object_begin(&json), json_key(&json, STR("unplaced")), json_array_begin(&json);
    for (size_t i = 0; i < unplaced->count; i++) {
        const UnplacedItem *one = &unplaced->items[i];
        json_object_begin(&json);
        json_key(&json, STR("id")), json_add_str(&json, id_text(call->arena, one->item.id));
        json_key(&json, STR("why")), json_add_str(&json, no_place_words(call->arena, call->language, one->why));
        json_object_end(&json);
    }
    json_array_end(&json), json_object_end(&json), buffer_add_char(&call->out, '\n');
}

static Err draft(Work *work) {
    CommandCall *call = work->call;
    Unplaced unplaced;
    Err err =
        programme_arrange(work->tx, work->edition.id, (uint64_t)command_int(call, "seed", 1, 0, INT32_MAX), &unplaced);
    if (err == ERR_INPUT) arena_fail(call->arena, ERR_INPUT, "this edition has no parts of the day to put items into");
    if (err) arena_fail(call->arena, err, "these are more items than can be drafted at once");
    store_audit(work->tx,
                &(AuditEntry){.edition = work->edition.id, .action = "programme.arrange", .subject = work->edition.id});
    (call->json ? json_unplaced : text_unplaced)(call, &unplaced);
    return OK;
}

static Err command_draft(CommandCall *call) { return run_writing(call, draft); }

static Err move_to(Work *work, Id item, Str to) {
    Id edition = work->edition.id, section;
    int64_t ms;
    if (str_equal(to, STR("earlier"))) return item_move(work->tx, edition, item, MOVE_EARLIER, 0);
    if (str_equal(to, STR("later"))) return item_move(work->tx, edition, item, MOVE_LATER, 0);
    if (str_equal(to, STR("out"))) return item_move(work->tx, edition, item, MOVE_OUT, 0);
    if (str_equal(to, STR("fixed"))) return item_fix(work->tx, edition, item, true);
    if (str_equal(to, STR("free"))) return item_fix(work->tx, edition, item, false);
    if (id_parse(to, &section)) return item_move(work->tx, edition, item, MOVE_TO_SECTION, section);
    return edition_moment(&work->edition, to, &ms) ? item_set_time(work->tx, edition, item, ms) : ERR_INPUT;
}

static Err move(Work *work) {
    CommandCall *call = work->call;
    Str to = command_text(call, "to");
    Err err = move_to(work, item_argument(work, 0), to);
    if (err == ERR_NOT_FOUND)
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no such item or part of the day in this edition");
    if (err == ERR_INPUT) arena_fail(call->arena, ERR_INPUT, "it cannot go to “%.*s”", STR_FORMAT(to));
    return err;
}

static Err command_move(CommandCall *call) { return run_writing(call, move); }

/* Each once, though several items may be theirs. */
static size_t nameless_organisations(const Programme *programme) {
    size_t count = 0;
    for (size_t i = 0; i < programme->count; i++) {
        NameToShow name = slot_name_to_show(&programme->slots[i]);
        bool is_counted = name_is_public(&name);
        for (size_t j = 0; j < i && !is_counted; j++) {
            NameToShow before = slot_name_to_show(&programme->slots[j]);
            is_counted = before.organisation == name.organisation && !name_is_public(&before);
        }
        count += !is_counted;
    }
    return count;
}

static Err publish(Work *work) {
    int64_t number;
    Programme draft = programme_draft(work->tx, work->edition.id);
    Err err = programme_publish(work->tx, work->edition.id, 0, &number);
    if (err == ERR_INPUT) arena_fail(work->call->arena, ERR_INPUT, "there is nothing to publish yet");
    if (err) arena_fail(work->call->arena, err, "the programme could not be published");
    buffer_format(&work->call->out, work->call->json ? "{\"publication\": %lld}\n" : "published, version %lld\n",
                  (long long)number);
    size_t nameless = nameless_organisations(&draft);
    if (nameless)
        command_say(work->call,
                    "%zu of its organisations did not agree to be named in public: they stand there as "
                    "\"an organisation\".",
                    nameless);
    return OK;
}

static Err command_publish(CommandCall *call) { return run_writing(call, publish); }

/* ---- showing ------------------------------------------------------- */

static Str slot_name(Work *work, const Slot *slot) {
    if (!str_is_empty(slot->title)) return slot->title;
    return str_is_empty(slot->who) ? item_kind_words(work->call->arena, work->call->language, slot->kind) : slot->who;
}

static void text_slot(Work *work, const Slot *slot) {
    Str name = slot_name(work, slot);
    bool has_who = !str_is_empty(slot->title) && !str_is_empty(slot->who);
    buffer_format(&work->call->out, "%s%5.*s  %.*s%s%.*s", slot->is_section ? "" : "  ",
                  STR_FORMAT(time_of(work, slot->starts_ms)), STR_FORMAT(name), has_who ? " — " : "",
                  STR_FORMAT(has_who ? slot->who : STR("")));
    if (slot->duration_min) buffer_format(&work->call->out, " (%lld min)", (long long)slot->duration_min);
    buffer_add_char(&work->call->out, '\n');
}

static void json_slot(Work *work, JsonWriter *json, const Slot *slot) {
    json_object_begin(json);
    json_key(json, STR("id")), json_add_str(json, id_text(work->call->arena, slot->id));
    json_key(json, STR("is_section")), json_add_bool(json, slot->is_section);
    json_key(json, STR("kind")), json_add_str(json, slot->kind);
    json_key(json, STR("starts")), json_add_str(json, optional_time_text(work, slot->starts_ms));
    json_key(json, STR("minutes")), json_add_int(json, slot->duration_min);
    json_key(json, STR("title")), json_add_str(json, slot->title);
    NameToShow name = slot_name_to_show(slot);
    json_key(json, STR("who")), json_add_str(json, slot->who);
    json_key(json, STR("named_in_public")), json_add_bool(json, name_is_public(&name));
    json_key(json, STR("free_time")), json_add_bool(json, slot->is_free);
    json_key(json, STR("children")), json_add_bool(json, slot->has_children);
    json_object_end(json);
}

static void text_warnings(Work *work) {
    CommandCall *call = work->call;
    Items items = items_of(work->tx, work->edition.id);
    ProgrammeWarnings warnings = programme_warnings(work->tx, work->edition.id, &items);
    for (size_t i = 0; i < warnings.count; i++) {
        const Item *item = warnings.warnings[i].item;
        Str name = str_is_empty(item->title) ? item->who : item->title;
        command_say(call, "! %.*s: %.*s\n", STR_FORMAT(name),
                    STR_FORMAT(warning_words(call->arena, call->language, &warnings.warnings[i])));
    }
}

static Err show(Work *work) {
    CommandCall *call = work->call;
    Programme programme;
    if (command_flag(call, "draft")) programme = programme_draft(work->tx, work->edition.id);
    else if (!programme_public(work->tx, &work->edition, &programme))
        arena_fail(call->arena, ERR_NOT_FOUND, "the programme is not published yet; --draft shows what there is");
    JsonWriter *json = command_list_begin(call);
    for (size_t i = 0; i < programme.count; i++) {
        if (json) json_slot(work, json, &programme.slots[i]);
        else text_slot(work, &programme.slots[i]);
    }
    command_list_end(json);
    if (command_flag(call, "draft")) text_warnings(work);
    return OK;
}

static Err command_show(CommandCall *call) { return run_reading(call, show); }

/* ---- the table ------------------------------------------------------- */

static const CommandOption edition_options[] = {EDITION_OPTION};
#define ITEM_OPTIONS                                                                                                 \
    {"kind", "KIND", "talk (unless given), performance, concert, opening, closing, other"},                          \
        {"title", "TEXT", "as it is to stand in the programme"},                                                     \
        {"organisation", "NAME", "whose it is: its name or id"},                                                     \
        {"performer", "NAME", "who is on stage, where it is no organisation"},                                       \
        {"words", "TEXT", "a few sentences for the programme"}, {"theme", "CODE", "what it is about: education, …"}, \
        {"needs", "TEXT", "what is needed on stage"}, {"minutes", "N", "how long it takes (3)"},                     \
        {"changeover", "N", "minutes to change the stage after it (1)"}, {                                           \
        "children", NULL, "children are on stage"                                                                    \
    }
static const CommandOption add_options[] = {
    EDITION_OPTION, ITEM_OPTIONS, {"offered", NULL, "to be decided later, not accepted at once"}};
static const CommandOption set_options[] = {EDITION_OPTION, ITEM_OPTIONS};
static const CommandOption talks_options[] = {
    EDITION_OPTION, {"minutes", "N", "how long each takes (3)"}, {"changeover", "N", "minutes after each (1)"}};
static const CommandOption accept_options[] = {
    EDITION_OPTION, {"state", "STATE", "accepted (unless given), reserve, declined, offered"}};
static const CommandOption draft_options[] = {EDITION_OPTION, {"seed", "N", "another number may give another order"}};
static const CommandOption move_options[] = {
    EDITION_OPTION,
    {"to", "PLACE", "earlier, later, out, fixed, free, HH:MM, or the id of a part of the day", .is_required = true}};
static const CommandOption show_options[] = {
    EDITION_OPTION, {"draft", NULL, "as it would be published now, with what is wrong with it"}};

const Command programme_commands[PROGRAMME_COMMAND_COUNT] = {
    {"programme items", "", "list talks and performances with their states", OPTIONS(edition_options),
     .store = STORE_MUST_EXIST, .run = command_items},
    {"programme add", "", "add a talk, a performance, an opening", OPTIONS(add_options), .store = STORE_MUST_EXIST,
     .run = command_add, .changes = true},
    {"programme set", "ITEM", "change an item: what is given, the rest stays", OPTIONS(set_options), 1, 1,
     .store = STORE_MUST_EXIST, .run = command_set, .changes = true},
    {"programme talks", "", "make a talk for each accepted organisation", OPTIONS(talks_options),
     .store = STORE_MUST_EXIST, .run = command_talks, .changes = true, .states = STATES_UNTIL_THE_DAY},
    {"programme accept", "ITEM…", "accept items, or decide otherwise with --state", OPTIONS(accept_options), 1,
     COMMAND_MOST_ARGUMENTS, .store = STORE_MUST_EXIST, .run = command_accept, .changes = true},
    {"programme draft", "", "draft the running order; fixed items stay", OPTIONS(draft_options),
     .store = STORE_MUST_EXIST, .run = command_draft, .changes = true, .states = STATES_UNTIL_THE_DAY},
    {"programme move", "ITEM", "move an item in the order", OPTIONS(move_options), 1, 1, .store = STORE_MUST_EXIST,
     .run = command_move, .changes = true},
    {"programme publish", "", "show the drafted programme to everybody", OPTIONS(edition_options),
     .store = STORE_MUST_EXIST, .run = command_publish, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED},
    {"programme show", "", "print the running order", OPTIONS(show_options), .store = STORE_MUST_EXIST,
     .run = command_show},
};
