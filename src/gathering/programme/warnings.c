// SPDX-License-Identifier: EUPL-1.2
/* What is wrong with the running order as it stands, and how to say it. */
#include "gathering/programme/arrange.h"

static bool stands_somewhere(const Item *item) {
    return item->state == ITEM_ACCEPTED && item->section && item->starts_ms.given;
}

/* The planner counts the changeover as part of an item; people do not mind it past an end. */
static int64_t without_changeover(const Item *item, int64_t minutes) { return minutes - item->changeover_min; }

static int64_t ends_ms(const Item *item) { return item->starts_ms.value + item->duration_min * MINUTE_MS; }

static ProgrammeWarning overlap(const Item *item, const Item *other, int64_t minutes) {
    const Item *first = item->starts_ms.value <= other->starts_ms.value ? item : other,
               *second = first == item ? other : item;
    if (second->starts_ms.value >= ends_ms(first))
        return (ProgrammeWarning){WARNING_CHANGEOVER, first, second, minutes};
    return (ProgrammeWarning){WARNING_OVERLAP, first, second, (ends_ms(first) - second->starts_ms.value) / MINUTE_MS};
}

/* False: nothing that people would call wrong. */
static bool translate(const ArrangeInput *input, const OrderWarning *found, ProgrammeWarning *warning) {
    const Item *item = input->members[found->item], *other = input->members[found->other];
    const FrameSection *section = frame_find(input->frame, item->section);
    *warning = (ProgrammeWarning){.item = item, .other = other, .minutes = found->minutes};
    switch (found->kind) {
    case ORDER_WARNING_OUT_OF_SECTION:
        warning->kind = WARNING_OUT_OF_SECTION;
        if (section && ends_ms(item) + item->changeover_min * MINUTE_MS > section->ends_ms)
            warning->minutes = without_changeover(item, found->minutes);
        return warning->minutes > 0;
    case ORDER_WARNING_KIND_NOT_TAKEN:
        warning->kind = section && section->is_protected ? WARNING_IN_FREE_TIME : WARNING_KIND;
        return true;
    case ORDER_WARNING_TOO_EARLY: warning->kind = WARNING_TOO_EARLY; return true;
    case ORDER_WARNING_TOO_LATE:
    case ORDER_WARNING_CHILDREN_LATE:
        warning->kind = WARNING_TOO_LATE;
        warning->minutes = without_changeover(item, found->minutes);
        return warning->minutes > 0;
    case ORDER_WARNING_OVERLAP:
    case ORDER_WARNING_CHANGEOVER: *warning = overlap(item, other, found->minutes); return true;
    case ORDER_WARNING_ORGANISATION_TWICE: warning->kind = WARNING_ORGANISATION_TWICE; return true;
    case ORDER_WARNING_SAME_ORGANISATION: warning->kind = WARNING_SAME_ORGANISATION; return true;
    case ORDER_WARNING_SAME_THEME: warning->kind = WARNING_SAME_THEME; return true;
    case ORDER_WARNING_SPACE: /* not told to the planner yet */
    case ORDER_WARNING_OUT_OF_WINDOWS:
    case ORDER_WARNING_BUSY:
    case ORDER_WARNING_AFTER:
    case ORDER_WARNING_RESOURCE:
    case ORDER_WARNING_PEOPLE_TWICE:
    case ORDER_WARNING_UNPLACED: break;
    }
    return false;
}

ProgrammeWarnings programme_warnings(Tx *tx, Id edition, const Items *items) {
    Arena *arena = tx_arena(tx);
    Frame frame = edition_frame(tx, edition);
    ArrangeInput input = arrange_input(arena, &frame, items, stands_somewhere);
    OrderWarning *found;
    size_t count;
    if (order_check(arena, &input.order, arrange_placements(arena, &input), &found, &count))
        return (ProgrammeWarnings){0};
    ProgrammeWarnings warnings = {arena_array(arena, ProgrammeWarning, count + items->count), 0};
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].stays_away && stands_somewhere(&items->items[i]))
            warnings.warnings[warnings.count++] =
                (ProgrammeWarning){WARNING_STAYS_AWAY, &items->items[i], &items->items[i], 0};
    for (size_t i = 0; i < count; i++)
        if (translate(&input, &found[i], &warnings.warnings[warnings.count])) warnings.count++;
    return warnings;
}

/* ---- in words ------------------------------------------------------- */

static Str item_name(const Item *item) { return str_is_empty(item->who) ? item->title : item->who; }

Str warning_words(Arena *arena, Language language, const ProgrammeWarning *warning) {
    Str other = item_name(warning->other);
    int64_t count = warning->minutes;
    switch (warning->kind) {
    case WARNING_OUT_OF_SECTION:
        return say(arena, language,
                   MSG_PLURAL("programme", "It lasts {count} minute longer than this part of the day.",
                              "It lasts {count} minutes longer than this part of the day."),
                   SAY_INT("count", count));
    case WARNING_IN_FREE_TIME:
        return say(arena, language, MSG("programme", "It stands in free time, which is to stay free."));
    case WARNING_KIND:
        return say(arena, language, MSG("programme", "This part of the day is meant for something else."));
    case WARNING_TOO_EARLY:
        return say(arena, language,
                   MSG_PLURAL("programme", "It is {count} minute before they can be there.",
                              "It is {count} minutes before they can be there."),
                   SAY_INT("count", count));
    case WARNING_TOO_LATE:
        return say(arena, language,
                   MSG_PLURAL("programme", "It ends {count} minute after they have to be done.",
                              "It ends {count} minutes after they have to be done."),
                   SAY_INT("count", count));
    case WARNING_OVERLAP:
        return say(arena, language,
                   MSG_PLURAL("programme", "It is on stage for {count} minute at the same time as “{other}”.",
                              "It is on stage for {count} minutes at the same time as “{other}”."),
                   SAY_INT("count", count), SAY_TEXT("other", other));
    case WARNING_CHANGEOVER:
        return say(arena, language,
                   MSG_PLURAL("programme", "Before “{other}” {count} minute for the change on stage is missing.",
                              "Before “{other}” {count} minutes for the change on stage are missing."),
                   SAY_INT("count", count), SAY_TEXT("other", other));
    case WARNING_ORGANISATION_TWICE:
        return say(arena, language, MSG("programme", "The same organisation is in two places at this time."));
    case WARNING_SAME_ORGANISATION:
        return say(arena, language, MSG("programme", "The same organisation comes right after it."));
    case WARNING_SAME_THEME:
        return say(arena, language, MSG("programme", "“{other}” right after it has the same theme."),
                   SAY_TEXT("other", other));
    case WARNING_STAYS_AWAY:
        return say(arena, language,
                   MSG("programme", "Their sign-up is not accepted, or not any more: this will not be published."));
    }
    return STR("");
}

Str no_place_words(Arena *arena, Language language, NoPlace why) {
    switch (why) {
    case NO_PLACE_MINUTES: return say(arena, language, MSG("programme", "number of minutes not told"));
    case NO_PLACE_KIND: return say(arena, language, MSG("programme", "no part of the day meant for it"));
    case NO_PLACE_LENGTH: return say(arena, language, MSG("programme", "longer than every part of the day for it"));
    case NO_PLACE_WINDOW: return say(arena, language, MSG("programme", "too little time in the hours given"));
    case NO_PLACE_ROOM: break;
    }
    return say(arena, language, MSG("programme", "no room in the order"));
}

Str no_place_advice(Arena *arena, Language language, NoPlace why) {
    switch (why) {
    case NO_PLACE_MINUTES: return say(arena, language, MSG("programme", "Say how long each lasts; then draft anew."));
    case NO_PLACE_KIND:
        return say(arena, language, MSG("programme", "Add a part of the day for them, or change what they are."));
    case NO_PLACE_LENGTH:
        return say(arena, language, MSG("programme", "Make a part of the day longer, or them shorter."));
    case NO_PLACE_WINDOW:
        return say(arena, language, MSG("programme", "Ask whether they can come earlier or stay longer."));
    case NO_PLACE_ROOM: break;
    }
    return say(arena, language,
               MSG("programme",
                   "Draft the order, or move them yourselves. If they stay here after that, make a part of "
                   "the day longer or something in it shorter."));
}

Str item_kind_words(Arena *arena, Language language, Str kind) {
    static const struct {
        const char *name;
        Msg words;
    } kinds[] = {
        {"talk", MSG_INIT("programme", "talk")},
        {"performance", MSG_INIT("programme", "performance")},
        {"concert", MSG_INIT("programme", "concert")},
    };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal(kind, str_from_c(kinds[i].name))) return say(arena, language, kinds[i].words);
    return frame_kind_words(arena, language, kind); /* what is no item alone is called as that part of the day */
}

Str item_state_words(Arena *arena, Language language, ItemState state) {
    switch (state) {
    case ITEM_OFFERED: return say(arena, language, MSG("programme", "to decide"));
    case ITEM_ACCEPTED: return say(arena, language, MSG("programme", "accepted"));
    case ITEM_RESERVE: return say(arena, language, MSG("programme", "in reserve"));
    case ITEM_DECLINED: return say(arena, language, MSG("programme", "not this time"));
    case ITEM_STATE_COUNT: break;
    }
    return STR("");
}
