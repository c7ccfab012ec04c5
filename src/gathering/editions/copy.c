// SPDX-License-Identifier: EUPL-1.2
/* What this room copies into the next edition: words, places, partners, the day, and who helps. */
#include "gathering/editions/next.h"

#include "editions_sql.h"
#include "gathering/editions/asks.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/reach.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"

/* ---- words and numbers of the edition itself -------------------------------------------------------- */

static int64_t count_settings(Tx *tx, Id edition) {
    Edition found;
    return edition_get(tx, edition, &found) && (!str_is_empty(found.words) || found.places.given);
}

static void copy_settings(const EditionCopy *copy) {
    Edition to;
    if (!edition_get(copy->tx, copy->to->id, &to)) return;
    to.words = copy->from->words;
    to.places = copy->from->places;
    if (edition_update(copy->tx, &to)) arena_fail(tx_arena(copy->tx), ERR_INTERNAL, "a new edition changed meanwhile");
    texts_copy(copy->tx, copy->from->id, to.id); /* those of its title stay with the title they were made from */
}

/* ---- places and their rooms ------------------------------------------------------------------------- */

static int64_t count_venues(Tx *tx, Id edition) {
    return (int64_t)editions_sql_venues(tx, edition).count + (int64_t)editions_sql_spaces(tx, edition).count;
}

static void copy_venues(const EditionCopy *copy) {
    EditionsVenuesRows venues = editions_sql_venues(copy->tx, copy->from->id);
    EditionsSpacesRows spaces = editions_sql_spaces(copy->tx, copy->from->id);
    Id *copies = arena_array(tx_arena(copy->tx), Id, venues.count);
    for (size_t i = 0; i < venues.count; i++) {
        copies[i] = tx_new_id(copy->tx);
        editions_sql_copy_venue(copy->tx, copy->from->id, venues.rows[i].id, copy->to->id, copies[i]);
        texts_copy(copy->tx, venues.rows[i].id, copies[i]);
    }
    for (size_t i = 0; i < spaces.count; i++)
        for (size_t k = 0; k < venues.count; k++)
            if (venues.rows[k].id == spaces.rows[i].venue)
                editions_sql_copy_space(copy->tx, copy->from->id, spaces.rows[i].id, copy->to->id, tx_new_id(copy->tx),
                                        copies[k]);
}

/* ---- hosts and partners ----------------------------------------------------------------------------- */

static int64_t count_parties(Tx *tx, Id edition) { return (int64_t)editions_sql_parties(tx, edition).count; }

static void copy_parties(const EditionCopy *copy) {
    EditionsPartiesRows parties = editions_sql_parties(copy->tx, copy->from->id);
    EditionsContributionsRows gifts = editions_sql_contributions(copy->tx, copy->from->id);
    for (size_t i = 0; i < parties.count; i++) {
        Id made = tx_new_id(copy->tx);
        editions_sql_copy_party(copy->tx, copy->from->id, parties.rows[i].id, copy->to->id, made);
        for (size_t k = 0; k < gifts.count; k++)
            if (gifts.rows[k].party == parties.rows[i].id)
                editions_sql_copy_contribution(copy->tx, copy->from->id, gifts.rows[k].id, copy->to->id,
                                               tx_new_id(copy->tx), made);
    }
}

/* ---- the day ---------------------------------------------------------------------------------------- */

static int64_t count_frame(Tx *tx, Id edition) { return (int64_t)editions_sql_frame(tx, edition).count; }

static void copy_frame(const EditionCopy *copy) {
    Frame frame = edition_frame(copy->tx, copy->from->id);
    for (size_t i = 0; i < frame.count; i++) {
        FrameSection section = frame.sections[i];
        section.starts_ms = edition_copy_moment(copy, section.starts_ms);
        section.ends_ms = edition_copy_moment(copy, section.ends_ms);
        if (section.space) section.space = edition_copy_space(copy, section.space);
        texts_copy(copy->tx, frame.sections[i].id, edition_add_section(copy->tx, copy->to->id, &section));
    }
}

/* ---- what is asked of the host ---------------------------------------------------------------------- */

static int64_t count_asks(Tx *tx, Id edition) { return (int64_t)asks_of(tx, edition, "host").count; }

/* Asked anew, without the answers of then; what was about an item of that programme is about nothing in particular. */
static void copy_asks(const EditionCopy *copy) {
    Asks asks = asks_of(copy->tx, copy->from->id, "host");
    for (size_t i = 0; i < asks.count; i++)
        if (!str_is_empty(asks.asks[i].words)) /* they are kept for a time only */
            ask_add(copy->tx, copy->to->id, "host", edition_copy_space(copy, asks.asks[i].subject), asks.asks[i].words,
                    copy->by);
}

/* ---- who helps -------------------------------------------------------------------------------------- */

static const Role day_roles[] = {ROLE_HOST, ROLE_DOOR, ROLE_STAGE, ROLE_KITCHEN, ROLE_GUIDE, ROLE_TRANSLATOR};

/* Those whom a role here leaves what they have elsewhere: of the others it is the owner's to decide (reach.h). */
static IdArray helpers_of(Tx *tx, const Edition *edition, Role role) {
    IdArray holders = role_holders(tx, role, edition->id);
    size_t count = 0;
    for (size_t i = 0; i < holders.count; i++)
        if (!person_is_elsewhere(tx, holders.ids[i], edition->series.id)) holders.ids[count++] = holders.ids[i];
    return (IdArray){holders.ids, count};
}

static int64_t count_helpers(Tx *tx, Id edition) {
    Edition found;
    int64_t count = 0;
    if (!edition_get(tx, edition, &found)) return 0;
    for (size_t i = 0; i < COUNT(day_roles); i++) count += (int64_t)helpers_of(tx, &found, day_roles[i]).count;
    return count;
}

static void copy_helpers(const EditionCopy *copy) {
    Id *told = arena_array(tx_arena(copy->tx), Id, (size_t)count_helpers(copy->tx, copy->from->id));
    size_t told_count = 0;
    for (size_t i = 0; i < COUNT(day_roles); i++) {
        IdArray helpers = helpers_of(copy->tx, copy->from, day_roles[i]);
        for (size_t k = 0; k < helpers.count; k++) {
            Person person;
            bool is_told = false;
            role_give_in(copy->tx, helpers.ids[k], day_roles[i],
                         &(Scope){.series = copy->to->series.id, .edition = copy->to->id});
            for (size_t j = 0; j < told_count; j++) is_told = is_told || told[j] == helpers.ids[k];
            if (is_told || str_is_absent(copy->base_url) || !person_get(copy->tx, helpers.ids[k], &person)) continue;
            told[told_count++] = person.id;
            if (!str_is_empty(person.email)) tell_helper(copy->tx, copy->to, &person, copy->base_url);
        }
    }
}

const CopyPart editions_copy_parts[EDITIONS_COPY_PART_COUNT] = {
    {.name = "settings",
     .label = MSG_INIT("editions", "What will happen, in words, and how many organisations there is room for"),
     .tables = "edition",
     .count = count_settings,
     .copy = copy_settings},
    {.name = "places",
     .label = MSG_INIT("editions", "Places and rooms"),
     .tables = "venue space",
     .count = count_venues,
     .copy = copy_venues},
    {.name = "partners",
     .label = MSG_INIT("editions", "Host and partners, with what they give"),
     .tables = "party contribution",
     .count = count_parties,
     .copy = copy_parties},
    {.name = "day",
     .label = MSG_INIT("editions", "Parts of the day, at the same hours"),
     .tables = "frame_section",
     .has_times = true,
     .count = count_frame,
     .copy = copy_frame},
    {.name = "asks",
     .label = MSG_INIT("editions", "What you ask of the host; it waits for answers again"),
     .tables = "ask",
     .count = count_asks,
     .copy = copy_asks},
    {.name = "helpers",
     .label = MSG_INIT("editions", "Who helps on the day; they get a letter and sign in anew"),
     .tables = "",
     .is_asked = true,
     .count = count_helpers,
     .copy = copy_helpers},
};
