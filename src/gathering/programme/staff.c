// SPDX-License-Identifier: EUPL-1.2
/* The running order as the coordinator works on it. */
#include "gathering/editions/asks.h"
#include "gathering/programme/arrange.h"
#include "gathering/programme/pages.h"
#include "gathering/signups/listing.h"
#include "platform/base/utf8.h"
#include "platform/page/respond.h"
#include "programme_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str staff_path(Request *request, const char *rest) {
    return str_format(request->arena, "%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/programme")), rest);
}

static Err back_to_item(Request *request, Id item) {
    return respond_redirect(request, str_format(request->arena, "%.*s#i-%.*s", STR_FORMAT(staff_path(request, "")),
                                                STR_FORMAT(id_text(request->arena, item))));
}

/* ---- rows ------------------------------------------------------- */

/* What a staff page is made from, read once. */
typedef struct Board {
    Request *request;
    const Edition *edition;
    Form *form;
    Items items;
    Frame frame;
    ProgrammeWarnings warnings;
    Asks asks; /* of the host */
    Unplaced unplaced;
    Str language;
} Board;

static Str item_title(Request *request, const Item *item) {
    Slot slot = {.kind = item->kind, .title = item->title, .who = item->who};
    return slot_title(request, &slot);
}

static Str item_facts(const Board *board, const Item *item) {
    Request *request = board->request;
    Buffer facts = buffer_in(request->arena);
    buffer_add(&facts, item_kind_words(request->arena, request->language, item->kind));
    if (item->duration_min) {
        Str minutes = number_words(request->arena, request->language, item->duration_min);
        if (item->changeover_min)
            minutes = str_format(request->arena, "%.*s\u00a0+\u00a0%lld", STR_FORMAT(minutes),
                                 (long long)item->changeover_min);
        Str told =
            say(request->arena, request->language, MSG("programme", "{minutes} min"), SAY_TEXT("minutes", minutes));
        buffer_format(&facts, "\u00a0· %.*s", STR_FORMAT(told));
    } else buffer_format(&facts, "\u00a0· %.*s", STR_FORMAT(words(request, MSG("programme", "minutes not told"))));
    if (item->people.given)
        buffer_format(&facts, "\u00a0· %.*s",
                      STR_FORMAT(say(request->arena, request->language,
                                     MSG_PLURAL("programme", "{count} person", "{count} people"),
                                     SAY_INT("count", item->people.value))));
    if (item->done_by_ms.given)
        buffer_format(
            &facts, "\u00a0· %.*s",
            STR_FORMAT(say(request->arena, request->language, MSG("programme", "done by {time}"),
                           SAY_TEXT("time", local_time(request->arena, board->edition, item->done_by_ms.value)))));
    if (item->not_before_ms.given)
        buffer_format(
            &facts, "\u00a0· %.*s",
            STR_FORMAT(say(request->arena, request->language, MSG("programme", "not before {time}"),
                           SAY_TEXT("time", local_time(request->arena, board->edition, item->not_before_ms.value)))));
    return buffer_str(&facts);
}

static void add_tag(StaffItemRowPart *row, StaffItemRowPartTag *tags, Str text, bool is_warm) {
    tags[row->tags_count++] = (StaffItemRowPartTag){text, is_warm};
}

enum { TAGS_MOST = 5 };
static void add_tags(const Board *board, const Item *item, StaffItemRowPart *row) {
    Request *request = board->request;
    StaffItemRowPartTag *tags = arena_array(request->arena, StaffItemRowPartTag, TAGS_MOST);
    row->tags = tags;
    bool is_act = str_equal(item->kind, STR("performance")) || str_equal(item->kind, STR("concert"));
    if (item->is_fixed) add_tag(row, tags, words(request, MSG("programme", "kept at its time")), false);
    if (item_lacks_title(item)) add_tag(row, tags, words(request, MSG("programme", "no title yet")), true);
    if (item->has_children) add_tag(row, tags, words(request, MSG("programme", "children on stage")), false);
    if (item->has_children && !item->adult_attested)
        add_tag(row, tags, words(request, MSG("programme", "no adult named as responsible")), true);
    if (is_act && str_is_empty(item->needs))
        add_tag(row, tags, words(request, MSG("programme", "needs on stage not told")), true);
}

static void add_warnings(const Board *board, const Item *item, StaffItemRowPart *row) {
    Request *request = board->request;
    StaffItemRowPartWarning *found = arena_array(request->arena, StaffItemRowPartWarning, board->warnings.count + 1);
    Str refused = ask_refusals(request, &board->asks, item->id);
    row->warnings = found;
    for (size_t i = 0; i < board->warnings.count; i++)
        if (board->warnings.warnings[i].item == item)
            found[row->warnings_count++].text =
                warning_words(request->arena, request->language, &board->warnings.warnings[i]);
    if (!str_is_absent(refused))
        found[row->warnings_count++].text =
            say(request->arena, request->language, MSG("programme", "Asked of the host: {words}"),
                SAY_TEXT("words", refused));
}

/* What the host cannot give for rooms and for the whole; what is about an item stands with it. */
static Str *refusals_beside_items(const Board *board, size_t *count) {
    Request *request = board->request;
    Spaces spaces = edition_spaces(request->tx, board->edition->id);
    Str *found = arena_array(request->arena, Str, spaces.count + 1);
    *count = 0;
    for (size_t i = 0; i <= spaces.count; i++) {
        bool is_whole = i == spaces.count;
        Str refused = ask_refusals(request, &board->asks, is_whole ? 0 : spaces.spaces[i].id);
        if (str_is_absent(refused)) continue;
        found[(*count)++] =
            is_whole ? refused
                     : str_format(request->arena, "%.*s: %.*s", STR_FORMAT(spaces.spaces[i].name), STR_FORMAT(refused));
    }
    return found;
}

static Str section_name(const Board *board, const FrameSection *section) {
    Arena *arena = board->request->arena;
    Str title =
        str_is_empty(section->title) ? item_kind_words(arena, board->request->language, section->kind) : section->title;
    return str_format(arena, "%.*s %.*s", STR_FORMAT(local_time(arena, board->edition, section->starts_ms)),
                      STR_FORMAT(title));
}

static void add_sections(const Board *board, const Item *item, StaffItemRowPart *row) {
    StaffItemRowPartSection *sections = arena_array(board->request->arena, StaffItemRowPartSection, board->frame.count);
    row->sections = sections;
    for (size_t i = 0; i < board->frame.count; i++) {
        const FrameSection *section = &board->frame.sections[i];
        if (section->id == item->section || !section_has_stage(section)) continue;
        sections[row->sections_count++] =
            (StaffItemRowPartSection){id_text(board->request->arena, section->id), section_name(board, section)};
    }
}

static Str item_action(const Board *board, const Item *item, const char *action) {
    return str_format(board->request->arena, "%.*s/items/%.*s%s", STR_FORMAT(staff_path(board->request, "")),
                      STR_FORMAT(id_text(board->request->arena, item->id)), action);
}

static StaffItemRowPart item_row(const Board *board, const Item *item) {
    Request *request = board->request;
    bool is_accepted = item->state == ITEM_ACCEPTED, is_placed = is_accepted && item->section;
    StaffItemRowPart row = {
        .anchor = str_join(request->arena, STR("i-"), id_text(request->arena, item->id)),
        .time = is_placed && item->starts_ms.given ? local_time(request->arena, board->edition, item->starts_ms.value)
                                                   : STR_ABSENT,
        .title = item_title(request, item),
        .language = str_is_empty(item->title) ? STR_ABSENT : board->language,
        .href = item_action(board, item, ""),
        .who = str_is_empty(item->title) ? STR_ABSENT : item->who,
        .facts = item_facts(board, item),
        .form = board->form,
        .move_href = item_action(board, item, "/move"),
        .version = item->version,
        .is_fixed = item->is_fixed,
        .is_placed = is_placed,
        .decide_href = is_placed ? STR_ABSENT : item_action(board, item, "/decide"),
        .has_accept = !is_accepted,
        .has_reserve = item->state != ITEM_RESERVE,
        .has_decline = item->state != ITEM_DECLINED,
    };
    add_tags(board, item, &row);
    add_warnings(board, item, &row);
    if (is_accepted && !item->is_fixed) add_sections(board, item, &row);
    return row;
}

/* ---- lists of rows ------------------------------------------------------- */

typedef bool (*BelongsHere)(const Item *item, Id section);
static bool stands_in(const Item *item, Id section) { return item->state == ITEM_ACCEPTED && item->section == section; }
static bool is_undecided(const Item *item, Id section) { return section == 0 && item->state == ITEM_OFFERED; }
static bool is_in_reserve(const Item *item, Id section) { return section == 0 && item->state == ITEM_RESERVE; }
static bool is_declined(const Item *item, Id section) { return section == 0 && item->state == ITEM_DECLINED; }

static StaffItemRowPart *rows_of(const Board *board, BelongsHere belongs, Id section, size_t *count) {
    StaffItemRowPart *rows = arena_array(board->request->arena, StaffItemRowPart, board->items.count);
    size_t found = 0, last_free = SIZE_MAX;
    for (size_t i = 0; i < board->items.count; i++) {
        const Item *item = &board->items.items[i];
        if (!belongs(item, section)) continue;
        rows[found] = item_row(board, item);
        if (section && !item->is_fixed) {
            rows[found].has_earlier = last_free != SIZE_MAX;
            if (last_free != SIZE_MAX) rows[last_free].has_later = true;
            last_free = found;
        }
        found++;
    }
    *count = found;
    return rows;
}

static int64_t minutes_in(const Board *board, Id section) {
    int64_t minutes = 0;
    for (size_t i = 0; i < board->items.count; i++) {
        const Item *item = &board->items.items[i];
        if (stands_in(item, section)) minutes += item->duration_min + item->changeover_min;
    }
    return minutes;
}

static void add_section(const Board *board, const FrameSection *section, StaffProgrammePageSection *shown) {
    Request *request = board->request;
    int64_t used = minutes_in(board, section->id), length = (section->ends_ms - section->starts_ms) / MINUTE_MS;
    *shown = (StaffProgrammePageSection){
        .id = id_text(request->arena, section->id),
        .time = local_hours(request->arena, board->edition, section->starts_ms, section->ends_ms),
        .title = str_is_empty(section->title) ? item_kind_words(request->arena, request->language, section->kind)
                                              : section->title,
        .is_free = section->is_protected,
        .is_over = used > length,
    };
    if (used)
        shown->fill = say(request->arena, request->language,
                          MSG("programme", "{used} of {length} minutes are filled, changes on stage included."),
                          SAY_TEXT("used", number_words(request->arena, request->language, used)),
                          SAY_TEXT("length", number_words(request->arena, request->language, length)));
    shown->items = rows_of(board, stands_in, section->id, &shown->items_count);
}

/* Also items whose part of the day has been taken out of the frame. */
static bool stands_nowhere(const Board *board, const Item *item) {
    return item->state == ITEM_ACCEPTED && !frame_find(&board->frame, item->section);
}

/* What stands in a part of the day that is gone has no reason of its own: there is room as long as nobody looks. */
static NoPlace why_unplaced(const Board *board, const Item *item) {
    for (size_t i = 0; i < board->unplaced.count; i++)
        if (board->unplaced.items[i].item.id == item->id) return board->unplaced.items[i].why;
    return NO_PLACE_ROOM;
}

/* Those that wait for one reason stand together, and it is said once. */
static void add_unplaced(const Board *board, StaffProgrammePage *page) {
    Request *request = board->request;
    StaffProgrammePageUnplaced *groups = arena_array(request->arena, StaffProgrammePageUnplaced, NO_PLACE_ROOM + 1);
    for (int why = NO_PLACE_ROOM; why >= NO_PLACE_MINUTES; why--) {
        StaffItemRowPart *rows = arena_array(request->arena, StaffItemRowPart, board->items.count);
        size_t count = 0;
        for (size_t i = 0; i < board->items.count; i++) {
            const Item *item = &board->items.items[i];
            if (stands_nowhere(board, item) && (int)why_unplaced(board, item) == why)
                rows[count++] = item_row(board, item);
        }
        if (!count) continue;
        groups[page->unplaced_count++] = (StaffProgrammePageUnplaced){
            .why = no_place_words(request->arena, request->language, (NoPlace)why),
            .advice = no_place_advice(request->arena, request->language, (NoPlace)why),
            .items = rows,
            .items_count = count,
        };
        page->waiting += (int64_t)count;
    }
    page->unplaced = groups;
}

static void add_lists(const Board *board, StaffProgrammePage *page) {
    StaffProgrammePageSection *sections =
        arena_array(board->request->arena, StaffProgrammePageSection, board->frame.count);
    for (size_t i = 0; i < board->frame.count; i++) add_section(board, &board->frame.sections[i], &sections[i]);
    page->sections = sections;
    page->sections_count = board->frame.count;
    page->undecided = rows_of(board, is_undecided, 0, &page->undecided_count);
    page->reserve = rows_of(board, is_in_reserve, 0, &page->reserve_count);
    page->declined = rows_of(board, is_declined, 0, &page->declined_count);
    add_unplaced(board, page);
}

/* ---- the page ------------------------------------------------------- */

static Str state_words(Request *request, const Programme *published, size_t changes) {
    if (!published->number)
        return words(request, MSG("programme", "This is a draft. Nobody outside sees it until you publish it."));
    Civil at = zone_civil(edition_of(request)->zone, published->published_ms);
    Str when = str_format(request->arena, "%.*s, %.*s",
                          STR_FORMAT(date_day_month_year(request->arena, request->language, &at)),
                          STR_FORMAT(clock_time(request->arena, &at)));
    if (edition_of(request)->state == EDITION_DRAFT)
        return say(request->arena, request->language,
                   MSG("programme", "Published {when}, but this edition is a draft again: nobody outside sees it."),
                   SAY_TEXT("when", when));
    if (!changes)
        return say(request->arena, request->language, MSG("programme", "Everybody sees this programme since {when}."),
                   SAY_TEXT("when", when));
    return say(request->arena, request->language,
               MSG_PLURAL("programme", "Published {when}. {count} change since then is not seen outside yet.",
                          "Published {when}. {count} changes since then are not seen outside yet."),
               SAY_TEXT("when", when), SAY_INT("count", (int64_t)changes));
}

static Str notice_words(Request *request) {
    Str done = fields_get(&request->query, STR("done"));
    int64_t count = 0;
    str_to_int(fields_get(&request->query, STR("count")), &count);
    if (str_equal(done, STR("published"))) return words(request, MSG("programme", "The programme is published."));
    if (str_equal(done, STR("saved"))) return words(request, MSG("programme", "Saved."));
    if (str_equal(done, STR("removed"))) return words(request, MSG("programme", "Removed."));
    if (str_equal(done, STR("talks")))
        return say(request->arena, request->language,
                   MSG_PLURAL("programme", "{count} talk was made.", "{count} talks were made."),
                   SAY_INT("count", count));
    if (str_equal(done, STR("arranged")) && count)
        return say(
            request->arena, request->language,
            MSG_PLURAL(
                "programme",
                "The order is drafted. {count} item found no place: it stands below the day, with the reason.",
                "The order is drafted. {count} items found no place: they stand below the day, with the reasons."),
            SAY_INT("count", count));
    if (str_equal(done, STR("arranged")))
        return words(request, MSG("programme", "The order is drafted. Everything has a place."));
    return STR_ABSENT;
}

static Board board_of(Request *request) {
    Board board = {.request = request, .edition = edition_of(request), .language = content_language(request)};
    board.form = form_open(request, NULL, 0, NULL);
    board.items = items_of(request->tx, board.edition->id);
    board.frame = edition_frame(request->tx, board.edition->id);
    board.warnings = programme_warnings(request->tx, board.edition->id, &board.items);
    board.asks = asks_of(request->tx, board.edition->id, "host");
    board.unplaced = programme_unplaced(request->tx, board.edition->id);
    return board;
}

static bool has_placed_items(const Items *items) {
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].section && !items->items[i].is_fixed) return true;
    return false;
}

static Err show_board(Request *request, Str refused) {
    Board board = board_of(request);
    Programme published = {0}, draft = programme_draft(request->tx, board.edition->id);
    programme_published(request->tx, board.edition->id, &published);
    size_t changes = programme_changes(request->arena, &published, &draft).count;
    StaffProgrammePage page = {
        .layout = edition_layout(request, words(request, MSG("programme", "Programme")), MENU_STAFF_PROGRAMME),
        .heading = words(request, MSG("programme", "Programme")),
        .form = board.form,
        .refused = refused,
        .state_words = state_words(request, &published, changes),
        .has_changes = published.number && changes,
        .can_publish = draft.count && changes,
        .publish_href = staff_path(request, "/publish"),
        .public_href = published.number ? edition_path(request->arena, board.edition, "/programme") : STR_ABSENT,
        .add_href = staff_path(request, "/items/new"),
        .arrange_href = staff_path(request, "/arrange"),
        .talks_href = staff_path(request, "/talks"),
        .frame_href = edition_path(request->arena, board.edition, "/staff/settings/frame"),
        .walks_href = edition_path(request->arena, board.edition, "/staff/walks"),
        .potluck_href = edition_path(request->arena, board.edition, "/staff/potluck"),
        .has_frame = board.frame.count > 0,
        .has_placed = has_placed_items(&board.items),
        .has_items = board.items.count > 0,
        .waiting_talks = (int64_t)programme_sql_organisations_without_talk(request->tx, board.edition->id).count,
        .warnings = (int64_t)board.warnings.count,
    };
    page.refusals = refusals_beside_items(&board, &page.refusals_count);
    page.host_href = edition_path(request->arena, board.edition, "/staff/settings/host");
    page.layout.notice = notice_words(request);
    add_lists(&board, &page);
    PageOut out = page_out(request);
    page_staff_programme(&out, &page);
    return OK;
}

Err staff_programme_page(Request *request) { return show_board(request, STR_ABSENT); }

/* The board once more with what could not be done: 409 where somebody was first. */
static Err refuse(Request *request, int status, Str sentence) {
    request->response.status = status;
    return show_board(request, sentence);
}

/* ---- buttons ------------------------------------------------------- */

static Err refuse_arranging(Request *request, Err err) {
    if (err == ERR_INPUT)
        return refuse(request, 422,
                      words(request, MSG("programme", "Without parts of the day there is nothing to put items into. "
                                                      "Lay out the day in the settings first.")));
    if (err == ERR_LIMIT)
        return refuse(request, 422,
                      words(request, MSG("programme", "These are more items than can be drafted at once.")));
    return err;
}

/* Thousands of orders are tried: on a worker, while others write. */
Err staff_programme_arrange_prepare(Request *request) {
    Arrangement *arrangement;
    Err err = programme_arrangement(request->tx, request->scope.edition, 1, &arrangement);
    if (err) return refuse_arranging(request, err);
    request->prepared = arrangement;
    return OK;
}

Err staff_programme_arrange(Request *request) {
    Unplaced unplaced;
    Err err = programme_arrange_as(request->tx, request->scope.edition, request->prepared, &unplaced);
    if (err) return refuse_arranging(request, err);
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = "programme.arrange",
                                           .subject = request->scope.edition});
    return respond_redirect(request, str_format(request->arena, "%.*s?done=arranged&count=%zu",
                                                STR_FORMAT(staff_path(request, "")), unplaced.count));
}

Err staff_programme_talks(Request *request) {
    size_t count = items_add_talks(request->tx, request->scope.edition, TALK_MIN, TALK_CHANGEOVER_MIN);
    return respond_redirect(
        request, str_format(request->arena, "%.*s?done=talks&count=%zu", STR_FORMAT(staff_path(request, "")), count));
}

static Err move_as_asked(Request *request, Id item, Str to) {
    Tx *tx = request->tx;
    Id edition = request->scope.edition, section = 0;
    if (str_equal(to, STR("earlier"))) return item_move(tx, edition, item, MOVE_EARLIER, 0);
    if (str_equal(to, STR("later"))) return item_move(tx, edition, item, MOVE_LATER, 0);
    if (str_equal(to, STR("out"))) return item_move(tx, edition, item, MOVE_OUT, 0);
    if (str_equal(to, STR("fixed"))) return item_fix(tx, edition, item, true);
    if (str_equal(to, STR("free"))) return item_fix(tx, edition, item, false);
    if (!str_equal(to, STR("section")) || !id_parse(fields_get(&request->form, STR("section")), &section))
        return ERR_INPUT;
    return item_move(tx, edition, item, MOVE_TO_SECTION, section);
}

Err staff_item_move(Request *request) {
    Id item;
    if (!request_id(request, "item", &item)) return ERR_NOT_FOUND;
    Err err = move_as_asked(request, item, fields_get(&request->form, STR("to")));
    if (err == ERR_INPUT)
        return refuse(
            request, 422,
            words(
                request,
                MSG("programme",
                    "It cannot go there. Perhaps somebody has moved it meanwhile: below is the order as it is now.")));
    return err ? err : back_to_item(request, item);
}

Err staff_item_decide(Request *request) {
    Id item;
    int64_t version;
    ItemState state;
    if (!request_id(request, "item", &item)) return ERR_NOT_FOUND;
    if (!str_to_int(fields_get(&request->form, STR("version")), &version) ||
        !item_state_parse(fields_get(&request->form, STR("state")), &state))
        return ERR_INPUT;
    Err err = item_decide(request->tx, request->scope.edition, item, version, state, request->who.person);
    if (err == ERR_CONFLICT)
        return refuse(request, 409,
                      words(request, MSG("programme", "Somebody has changed this item meanwhile. Below it stands as it "
                                                      "is now; please decide once more.")));
    return err ? err : back_to_item(request, item);
}

/* ---- publishing ------------------------------------------------------- */

static Str slot_when(Request *request, const Slot *slot) {
    if (!slot || !slot->starts_ms.given) return STR_ABSENT;
    return local_hours(request->arena, edition_of(request), slot->starts_ms.value, slot_ends_ms(slot));
}

/* What it was called, where it is called otherwise now. */
static Str title_before(Request *request, const ProgrammeChange *change) {
    if (!change->was || !change->is || str_equal(change->was->title, change->is->title)) return STR_ABSENT;
    return slot_title(request, change->was);
}

static StaffPublishPageChange change_row(Request *request, const ProgrammeChange *change) {
    static const Msg kinds[] = {
        [CHANGE_NEW] = MSG_INIT("programme", "new"),
        [CHANGE_GONE] = MSG_INIT("programme", "no longer there"),
        [CHANGE_TIME] = MSG_INIT("programme", "another time"),
        [CHANGE_WORDS] = MSG_INIT("programme", "other words"),
    };
    const Slot *shown = change->is ? change->is : change->was;
    bool is_moved = change->kind == CHANGE_TIME || change->kind == CHANGE_GONE;
    Str who = str_is_empty(shown->title) || str_is_empty(shown->who)
                  ? STR("")
                  : str_format(request->arena, " — %.*s", STR_FORMAT(shown->who));
    return (StaffPublishPageChange){
        .kind = words(request, kinds[change->kind]),
        .title = str_join(request->arena, slot_title(request, shown), who),
        .language = str_is_empty(shown->title) ? STR_ABSENT : content_language(request),
        .was = is_moved ? slot_when(request, change->was) : STR_ABSENT,
        .is = slot_when(request, change->is),
        .before = title_before(request, change),
        .is_gone = change->kind == CHANGE_GONE,
    };
}

static size_t accepted_left_out(Request *request, const Frame *frame) {
    return frame->count ? programme_unplaced(request->tx, request->scope.edition).count : 0;
}

/* Each organisation once that the public would not read the name of. */
static IdList hidden_in(Arena *arena, const Programme *programme) {
    Id *hidden = arena_array(arena, Id, programme->count);
    size_t count = 0;
    for (size_t i = 0; i < programme->count; i++) {
        NameToShow name = slot_name_to_show(&programme->slots[i]);
        if (!name_is_public(&name)) hidden[count++] = name.organisation;
    }
    return (IdList){hidden, count};
}

/* A title or words that say the name which is hidden beside them: the program hides names, not what was written. */
static bool says_hidden_name(Arena *arena, const Slot *slot) {
    NameToShow name = slot_name_to_show(slot);
    if (name_is_public(&name)) return false;
    Str hidden = utf8_fold(arena, slot->who);
    return str_contains(utf8_fold(arena, slot->title), hidden) || str_contains(utf8_fold(arena, slot->words), hidden);
}

static void add_telltales(Request *request, const Programme *draft, StaffPublishPage *page) {
    Str *telltales = arena_array(request->arena, Str, draft->count);
    for (size_t i = 0; i < draft->count; i++) {
        const Slot *slot = &draft->slots[i];
        if (says_hidden_name(request->arena, slot))
            telltales[page->telltales_count++] =
                say(request->arena, request->language,
                    MSG("programme", "“{title}”: the name {name} stands in what was written, and everybody will read "
                                     "it there. Change the words of the item first."),
                    SAY_TEXT("title", slot_title(request, slot)), SAY_TEXT("name", slot->who));
    }
    page->telltales = telltales;
}

static Err show_publish(Request *request, Str refused) {
    Tx *tx = request->tx;
    const Edition *edition = edition_of(request);
    Programme published = {0}, draft = programme_draft(tx, edition->id);
    programme_published(tx, edition->id, &published);
    ProgrammeChanges changes = programme_changes(request->arena, &published, &draft);
    Items items = items_of(tx, edition->id);
    Frame frame = edition_frame(tx, edition->id);
    StaffPublishPageChange *rows = arena_array(request->arena, StaffPublishPageChange, changes.count);
    for (size_t i = 0; i < changes.count; i++) rows[i] = change_row(request, &changes.changes[i]);
    StaffPublishPage page = {
        .layout =
            edition_layout(request, words(request, MSG("programme", "Publish the programme")), MENU_STAFF_PROGRAMME),
        .heading = words(request, MSG("programme", "Publish the programme")),
        .refused = refused,
        .back_href = staff_path(request, ""),
        .action = staff_path(request, "/publish"),
        .form = form_open(request, NULL, 0, NULL),
        .is_first = !published.number,
        .is_same = !changes.count,
        .changes = rows,
        .changes_count = changes.count,
        .left_out = (int64_t)accepted_left_out(request, &frame),
        .warnings = (int64_t)programme_warnings(tx, edition->id, &items).count,
        .closes_call = edition->state == EDITION_CALL_CLOSED,
        .is_draft = edition->state == EDITION_DRAFT,
    };
    add_telltales(request, &draft, &page);
    page.has_hidden = listing_not_named(request, hidden_in(request->arena, &draft), &page.hidden);
    PageOut out = page_out(request);
    page_staff_publish(&out, &page);
    return OK;
}

Err staff_publish_page(Request *request) { return show_publish(request, STR_ABSENT); }

Err staff_publish(Request *request) {
    int64_t number;
    Err err = edition_open_first(request);
    if (err == ERR_INPUT) {
        request->response.status = 422;
        return show_publish(request, edition_open_first_words(request));
    }
    if (!err) err = programme_publish(request->tx, request->scope.edition, request->who.person, &number);
    if (err == ERR_INPUT)
        return refuse(request, 422, words(request, MSG("programme", "There is nothing to publish yet.")));
    return err ? err : respond_redirect(request, staff_path(request, "?done=published"));
}
