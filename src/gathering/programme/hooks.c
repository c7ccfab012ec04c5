// SPDX-License-Identifier: EUPL-1.2
/* What the programme adds to pages of others: the edition, "my gathering", "what needs you today". */
#include "gathering/programme/arrange.h"
#include "gathering/programme/pages.h"
#include "programme_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- the page of the edition ------------------------------------------------------- */

enum { NAMES_MOST = 3 };

/* Of one that is not named in public the title alone; empty where it has none, and it is only counted. */
static Str slot_who_or_title(const Slot *slot) {
    return str_is_empty(slot->who) || slot->is_hidden ? slot->title : slot->who;
}

/* "Zielony Zaułek, Pracownia Most, Klub Trzeci Rozdział and 7 more" */
static Str names_in(Request *request, const Programme *programme, Id section) {
    Str names[NAMES_MOST + 1];
    size_t count = 0;
    int64_t more = 0;
    for (size_t i = 0; i < programme->count; i++) {
        const Slot *slot = &programme->slots[i];
        Str name = slot_who_or_title(slot);
        if (slot->is_section || slot->section != section || (str_is_empty(name) && !slot->is_hidden)) continue;
        if (count < NAMES_MOST && !str_is_empty(name)) names[count++] = name;
        else more++;
    }
    if (more && !count)
        return say(request->arena, request->language,
                   MSG_PLURAL("programme", "{count} organisation", "{count} organisations"), SAY_INT("count", more));
    if (more)
        names[count++] = say(request->arena, request->language, MSG_PLURAL("programme", "{count} more", "{count} more"),
                             SAY_INT("count", more));
    return list_words(request->arena, request->language, names, count);
}

/* A part of the day that is one item says what that is. */
static SlotPart short_slot(Request *request, const Programme *programme, const Slot *section) {
    const Slot *only = NULL;
    size_t count = section_items(programme, section->id, &only);
    if (count == 1 && !str_equal(only->kind, STR("talk"))) return only_item_part(request, section, only);
    SlotPart part = slot_part(request, section, SLOT_ALONE);
    if (count) part.who = names_in(request, programme, section->id);
    return part;
}

static void add_lines(Request *request, const Programme *programme, ProgrammePartPart *part) {
    SlotPart *slots = arena_array(request->arena, SlotPart, programme->count);
    RecordedPart *recorded = arena_array(request->arena, RecordedPart, programme->count);
    part->slots = slots;
    part->recorded = recorded;
    for (size_t i = 0; i < programme->count; i++) {
        const Slot *slot = &programme->slots[i];
        if (slot->is_section) slots[part->slots_count++] = short_slot(request, programme, slot);
        else if (!slot->section && slot->starts_ms.given)
            slots[part->slots_count++] = slot_part(request, slot, SLOT_ALONE);
        else if (!slot->section) recorded[part->recorded_count++] = recorded_part(request, slot);
    }
}

void programme_edition_part(Request *request, PageOut *page) {
    const Edition *edition = edition_of(request);
    Programme programme = {0};
    if (!programme_for_everybody(request, &programme)) return;
    ProgrammePartPart part = {
        .heading = words(request, MSG("programme", "Programme")),
        .now_words = words(request, MSG("programme", "now")),
        .reported = reported_words(request),
        .href = edition_path(request->arena, edition, "/programme"),
    };
    add_lines(request, &programme, &part);
    if (part.slots_count) part.ics_href = edition_path(request->arena, edition, "/programme.ics");
    part_programme_part(page, &part);
}

/* ---- my gathering ------------------------------------------------------- */

static Str offer_path(Request *request) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, "/talk");
}

static Str my_title(Request *request, Str kind, Str title) {
    bool is_act = str_equal(kind, STR("performance")) || str_equal(kind, STR("concert"));
    Str what = str_equal(kind, STR("talk")) ? words(request, MSG("programme", "Your talk"))
               : is_act                     ? words(request, MSG("programme", "Your performance"))
                                            : words(request, MSG("programme", "Your part"));
    return str_is_empty(title) ? what : str_format(request->arena, "%.*s: %.*s", STR_FORMAT(what), STR_FORMAT(title));
}

/* The two sentences after each other. */
static Str and_also(Request *request, Str first, Str second) {
    return str_format(request->arena, "%.*s %.*s", STR_FORMAT(first), STR_FORMAT(second));
}

/* Where it is changed, as far as it still is theirs; of a talk that waits for its title that is what it asks for. */
static void add_way_in(Request *request, ItemState state, const ProgrammeMineRow *row, MyItem *item) {
    ItemRights rights = item_rights(edition_of(request)->state, state);
    if (rights == ITEM_RIGHTS_NONE) return;
    item->href = my_item_path(request, row->item);
    item->link = words(request, MSG("programme", "Change"));
    if (state != ITEM_ACCEPTED || !str_is_empty(row->own_title)) return;
    item->link = words(request, MSG("programme", "Fill it in"));
    item->tag = words(request, MSG("programme", "waits for its title"));
    item->words = and_also(request, item->words,
                           words(request, MSG("programme", "The programme still lacks its title and a few words.")));
}

static ItemState state_of_row(Request *request, const ProgrammeMineRow *row) {
    ItemState state;
    if (!item_state_parse(row->state, &state)) arena_fail(request->arena, ERR_INTERNAL, "an item's state is unknown");
    return state;
}

static void add_published(Request *request, const ProgrammeMineRow *row, MyItems *items) {
    const Edition *edition = edition_of(request);
    int64_t starts_ms = row->starts_ms.value;
    Str there = local_time(request->arena, edition, starts_ms - BE_THERE_BEFORE_MIN * MINUTE_MS);
    MyItem item = {
        .starts_ms = starts_ms,
        .ends_ms = starts_ms + row->duration_min * MINUTE_MS,
        .title = my_title(request, row->kind, row->title),
        .place = row->place,
        .words = say(request->arena, request->language,
                     MSG_PLURAL("programme",
                                "You have {count} minute. Please be at the stage at {time}, five minutes before.",
                                "You have {count} minutes. Please be at the stage at {time}, five minutes before."),
                     SAY_INT("count", row->duration_min), SAY_TEXT("time", there)),
    };
    if (!str_is_absent(row->state)) add_way_in(request, state_of_row(request, row), row, &item);
    if (row->is_changed)
        item.words = and_also(request, item.words,
                              words(request, MSG("programme", "What you have changed is seen by everybody when the "
                                                              "organiser publishes the programme again.")));
    my_items_add(items, &item);
}

/* "Biuro Festiwalu, 12 345 67 89" */
static Str whom_to_ask(Request *request) {
    const Series *series = &edition_of(request)->series;
    Str who = str_is_empty(series->organiser) ? words(request, MSG("programme", "the organiser")) : series->organiser;
    Str how = str_is_empty(series->phone) ? series->email : series->phone;
    return str_is_empty(how) ? who : str_format(request->arena, "%.*s, %.*s", STR_FORMAT(who), STR_FORMAT(how));
}

static Str accepted_words(Request *request, const ProgrammeMineRow *row) {
    if (!row->is_published)
        return words(request,
                     MSG("programme", "It is accepted. The hour will stand here when the programme is published."));
    if (row->has_place)
        return words(request, MSG("programme", "It is accepted. The hour will stand here when the organiser publishes "
                                               "the programme again."));
    return say(request->arena, request->language,
               MSG("programme", "It is accepted, but there is no place for it in the published programme. Please ask: "
                                "{whom}."),
               SAY_TEXT("whom", whom_to_ask(request)));
}

static Str offer_words(Request *request, ItemState state, const ProgrammeMineRow *row) {
    switch (state) {
    case ITEM_OFFERED:
        return words(request, MSG("programme", "You have offered it. The organiser has not decided yet."));
    case ITEM_ACCEPTED: return accepted_words(request, row);
    case ITEM_RESERVE: return words(request, MSG("programme", "It is in reserve: if time is found, we will tell you."));
    case ITEM_DECLINED:
    case ITEM_STATE_COUNT: break;
    }
    return words(request, MSG("programme", "This time there is no room for it in the programme."));
}

static void add_offer(Request *request, const ProgrammeMineRow *row, MyItems *items) {
    ItemState state = state_of_row(request, row);
    MyItem item = {
        .title = my_title(request, row->kind, row->title),
        .words = offer_words(request, state, row),
        .tag = item_state_words(request->arena, request->language, state),
    };
    add_way_in(request, state, row, &item);
    my_items_add(items, &item);
}

/* Whoever does not come, or does not know yet, has neither an hour nor a part in the day. */
static void add_of_no_guest(Request *request, const ProgrammeMineRow *row, MyItems *items) {
    bool is_undecided = str_equal(row->sign_up, STR("new")) || str_equal(row->sign_up, STR("waiting"));
    MyItem item = {
        .title = my_title(request, row->kind, row->title),
        .words = is_undecided
                     ? words(request, MSG("programme", "It waits, because your sign-up waits for a decision."))
                     : words(request, MSG("programme", "It will not take place, because you do not take part.")),
    };
    my_items_add(items, &item);
}

/* A part of everybody's day. */
static void add_part(Request *request, const ProgrammeMineRow *row, MyItems *items) {
    bool is_titled = !str_is_empty(row->title);
    MyItem item = {
        .starts_ms = row->starts_ms.value,
        .ends_ms = row->starts_ms.value + row->duration_min * MINUTE_MS,
        .is_everybodys = true,
        .title = is_titled ? row->title : item_kind_words(request->arena, request->language, row->kind),
        .title_language = is_titled ? content_language(request) : STR_ABSENT,
        .place = row->place,
        .tag = row->is_free ? words(request, MSG("programme", "free time")) : STR_ABSENT,
    };
    my_items_add(items, &item);
    items->calendar_href = edition_path(request->arena, edition_of(request), "/programme.ics");
}

static void add_mine(Request *request, const ProgrammeMineRow *row, MyItems *my) {
    bool takes_part = str_equal(row->sign_up, STR("accepted")), waits = str_equal(row->state, STR("offered"));
    bool is_gone = str_equal(row->sign_up, STR("withdrawn")) || str_equal(row->sign_up, STR("declined"));
    if (row->is_part) {
        if (takes_part) add_part(request, row, my);
    } else if (is_gone || (!takes_part && !waits)) add_of_no_guest(request, row, my);
    else if (row->starts_ms.given) add_published(request, row, my);
    else add_offer(request, row, my);
}

void programme_my_items(Request *request, MyItems *my) {
    const Edition *edition = edition_of(request);
    ProgrammeMineRows mine = programme_sql_mine(request->tx, edition->id, request->scope.organisation);
    size_t own = 0;
    for (size_t i = 0; i < mine.count; i++) {
        own += !mine.rows[i].is_part;
        add_mine(request, &mine.rows[i], my);
    }
    bool may_offer = edition->state == EDITION_CALL_OPEN || edition->state == EDITION_CALL_CLOSED;
    if (!own && may_offer)
        my_items_add(my, &(MyItem){
                             .is_invitation = true,
                             .title = words(request, MSG("programme", "A talk or a performance")),
                             .words = words(request, MSG("programme", "You can show in a few minutes what you do.")),
                             .href = offer_path(request),
                             .link = words(request, MSG("programme", "Offer it")),
                         });
}

/* ---- what needs you today ------------------------------------------------------- */

static bool is_act(const Item *item) {
    return str_equal(item->kind, STR("performance")) || str_equal(item->kind, STR("concert"));
}

static void ask_to_publish(Request *request, TodayItems *today) {
    Arena *arena = request->arena;
    const Edition *edition = edition_of(request);
    Programme published = {0};
    if (!programme_published(request->tx, edition->id, &published)) return;
    Programme draft = programme_draft(request->tx, edition->id);
    int64_t changes = (int64_t)programme_changes(arena, &published, &draft).count;
    if (changes)
        today_items_add(today,
                        &(TodayItem){URGENT_NOW,
                                     say(arena, request->language,
                                         MSG_PLURAL("programme", "{count} change in the programme is not published yet",
                                                    "{count} changes in the programme are not published yet"),
                                         SAY_INT("count", changes)),
                                     edition_path(arena, edition, "/staff/programme/publish"),
                                     words(request, MSG("programme", "See and publish"))});
}

void programme_today_items(Request *request, TodayItems *today) {
    Arena *arena = request->arena;
    const Edition *edition = edition_of(request);
    if (edition->state >= EDITION_FINISHED) return;
    Items items = items_of(request->tx, edition->id);
    int64_t undecided = 0, without_needs = 0, without_title = 0;
    Id untitled = 0; /* the first of them */
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        if (item->state == ITEM_OFFERED) undecided++;
        if (item->state == ITEM_ACCEPTED && is_act(item) && str_is_empty(item->needs)) without_needs++;
        if (item_lacks_title(item) && !without_title++) untitled = item->id;
    }
    Str href = edition_path(arena, edition, "/staff/programme");
    if (undecided)
        today_items_add(today,
                        &(TodayItem){URGENT_SOON,
                                     say(arena, request->language,
                                         MSG_PLURAL("programme", "{count} talk or performance waits for your decision",
                                                    "{count} talks and performances wait for your decision"),
                                         SAY_INT("count", undecided)),
                                     href, words(request, MSG("programme", "Decide"))});
    if (without_needs)
        today_items_add(
            today,
            &(TodayItem){URGENT_SOON,
                         say(arena, request->language,
                             MSG_PLURAL("programme", "Of {count} performance we do not know what it needs on stage",
                                        "Of {count} performances we do not know what they need on stage"),
                             SAY_INT("count", without_needs)),
                         href, words(request, MSG("programme", "See which"))});
    if (without_title)
        today_items_add(
            today,
            &(TodayItem){URGENT_SOON,
                         say(arena, request->language,
                             MSG_PLURAL("programme", "{count} accepted talk or performance has no title yet",
                                        "{count} accepted talks and performances have no title yet"),
                             SAY_INT("count", without_title)),
                         str_format(arena, "%.*s#i-%.*s", STR_FORMAT(href), STR_FORMAT(id_text(arena, untitled))),
                         words(request, MSG("programme", "See which"))});
    ask_to_publish(request, today);
}

bool programme_uses_guest(Tx *tx, Id edition, Id guest) {
    Items items = items_of(tx, edition);
    for (size_t i = 0; i < items.count; i++)
        if (items.items[i].guest == guest) return true;
    return false;
}

/* ---- letters to many --------------------------------------------------------------- */

void programme_audiences(Tx *tx, Id edition, Language language, Audiences *audiences) {
    Arena *arena = audiences->arena;
    ProgrammeOnStageRows rows = programme_sql_on_stage(tx, edition);
    for (size_t i = 0; i < rows.count; i++) {
        const ProgrammeOnStageRow *row = &rows.rows[i];
        Str kind = item_kind_words(arena, language, row->kind);
        Audience *audience = audiences_ensure(
            audiences, str_format(arena, "item:%.*s", STR_FORMAT(row->kind)),
            say(arena, language, MSG("programme", "are in the programme: {kind}"), SAY_TEXT("kind", kind)));
        audience_add(audiences, audience, row->organisation);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const ProgrammeOnStageRow *row = &rows.rows[i];
        if (!row->space.given) continue;
        Audience *audience =
            audiences_ensure(audiences, str_format(arena, "space:%.*s", STR_FORMAT(id_text(arena, row->space.value))),
                             say(arena, language, MSG("programme", "are in the programme in: {space}"),
                                 SAY_TEXT("space", row->space_name)));
        audience_add(audiences, audience, row->organisation);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const ProgrammeOnStageRow *row = &rows.rows[i];
        if (str_is_empty(row->title)) continue; /* one that has no name yet cannot be chosen by it */
        Audience *audience = audiences_ensure(
            audiences, str_format(arena, "one_item:%.*s", STR_FORMAT(id_text(arena, row->id))),
            say(arena, language, MSG("programme", "of the item “{title}”"), SAY_TEXT("title", row->title)));
        audience_add(audiences, audience, row->organisation);
    }
}
