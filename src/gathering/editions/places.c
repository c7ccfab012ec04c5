// SPDX-License-Identifier: EUPL-1.2
/* Where an edition is held, by whom, what its day looks like, and what a report told of it. */
#include "gathering/editions/editions.h"

#include "editions_sql.h"

/* Ids grow with time, and every list of these is ordered by position and id: position 0 puts a new one last
 * among its like, and leaves room to move one to the front. */
enum { AT_THE_END = 0 };

static void touched(Tx *tx, Id edition, const char *action, Id subject) {
    store_changed(tx, edition, PART_EDITION);
    store_changed(tx, 0, PART_EDITION);
    store_audit(tx, &(AuditEntry){.edition = edition, .action = action, .subject = subject});
}

Id edition_add_venue(Tx *tx, Id edition, Str name, Str address, Str words) {
    Id id = tx_new_id(tx);
    editions_sql_add_venue(tx, edition, id, name, address, words, AT_THE_END);
    touched(tx, edition, "venue.add", id);
    return id;
}

Id edition_add_space(Tx *tx, Id edition, Id venue, const Space *space) {
    Id id = tx_new_id(tx);
    editions_sql_add_space(tx, edition, id, venue, space->name, space->capacity, space->is_stage, space->step_free,
                           str_or_empty(space->words), str_or_empty(space->equipment), str_or_empty(space->power),
                           str_or_empty(space->uses), space->has_toilet, space->has_loop, space->is_quiet,
                           space->takes_dogs, str_or_empty(space->interpreter_until), AT_THE_END);
    touched(tx, edition, "space.add", id);
    return id;
}

Err edition_update_space(Tx *tx, Id edition, const Space *space) {
    if (editions_sql_update_space(tx, edition, space->id, space->version, space->venue, space->name, space->capacity,
                                  space->is_stage, space->step_free, space->words, space->equipment, space->power,
                                  space->uses, space->has_toilet, space->has_loop, space->is_quiet, space->takes_dogs,
                                  space->interpreter_until) == 0)
        return ERR_CONFLICT;
    touched(tx, edition, "space.change", space->id);
    store_changed(tx, edition, PART_PROGRAMME);
    return OK;
}

static Str day_of(Arena *arena, Language language, Str date) {
    ImpreciseDate day;
    if (!imprecise_date_parse(date, &day)) return date;
    return imprecise_date_words(arena, language, day, true);
}

Str space_access_words(Arena *arena, Language language, const Space *space) {
    Str said[6];
    size_t count = 0;
    if (space->step_free) said[count++] = say(arena, language, MSG("editions", "without steps"));
    if (space->has_toilet) said[count++] = say(arena, language, MSG("editions", "toilet for wheelchairs"));
    if (space->has_loop) said[count++] = say(arena, language, MSG("editions", "induction loop"));
    if (space->is_quiet) said[count++] = say(arena, language, MSG("editions", "quiet room"));
    if (space->takes_dogs) said[count++] = say(arena, language, MSG("editions", "assistance dogs are welcome"));
    if (!str_is_empty(space->interpreter_until))
        said[count++] = say(arena, language, MSG("editions", "sign-language interpreter, to be asked for until {day}"),
                            SAY_TEXT("day", day_of(arena, language, space->interpreter_until)));
    Buffer joined = buffer_in(arena);
    for (size_t i = 0; i < count; i++) buffer_format(&joined, "%s%.*s", i ? "\u00a0· " : "", STR_FORMAT(said[i]));
    return buffer_str(&joined);
}

Id edition_add_party(Tx *tx, Id edition, const Party *party) {
    Id id = tx_new_id(tx);
    editions_sql_add_party(tx, edition, id, party->role, party->name, party->website, AT_THE_END);
    touched(tx, edition, "party.add", id);
    return id;
}

void edition_set_contributions(Tx *tx, Id edition, Id party, const StrList *words) {
    editions_sql_clear_contributions(tx, edition, party);
    for (size_t i = 0; i < words->count; i++)
        editions_sql_add_contribution(tx, edition, tx_new_id(tx), party, words->strs[i], (int64_t)i);
    store_changed(tx, edition, PART_EDITION);
}

/* ---- the day's frame -------------------------------------------------------------------------------- */

Id edition_add_section(Tx *tx, Id edition, const FrameSection *section) {
    Id id = tx_new_id(tx);
    editions_sql_add_section(tx, edition, id, section->kind, section->title, section->starts_ms, section->ends_ms,
                             section->is_protected, section->space ? given_int(section->space) : (OptionalInt){0},
                             AT_THE_END);
    touched(tx, edition, "frame.add", id);
    store_changed(tx, edition, PART_PROGRAMME);
    return id;
}

Err edition_update_section(Tx *tx, Id edition, const FrameSection *section) {
    if (editions_sql_update_section(tx, edition, section->id, section->version, section->kind, section->title,
                                    section->starts_ms, section->ends_ms, section->is_protected,
                                    section->space ? given_int(section->space) : (OptionalInt){0}) == 0)
        return ERR_CONFLICT;
    touched(tx, edition, "frame.change", section->id);
    store_changed(tx, edition, PART_PROGRAMME);
    return OK;
}

/* ---- what a report told ----------------------------------------------------------------------------- */

Err edition_set_reported(Tx *tx, Id edition, int64_t version, Str reported_on, Str reported_in) {
    if (editions_sql_set_reported(tx, edition, version, reported_on, reported_in) == 0) return ERR_CONFLICT;
    touched(tx, edition, "edition.reported", edition);
    store_changed(tx, edition, PART_PROGRAMME); /* what is told of its programme is shown as it is recorded */
    return OK;
}

void edition_add_reported_figure(Tx *tx, Id edition, Str subject, Str wording, OptionalInt low, OptionalInt high,
                                 Str source) {
    editions_sql_add_reported_figure(tx, edition, tx_new_id(tx), subject, wording, low, high, source, AT_THE_END);
    store_changed(tx, edition, PART_EDITION);
}

void edition_add_reported_kind(Tx *tx, Id edition, Str list, Str code, Str wording) {
    int64_t position = (int64_t)editions_sql_reported_kinds(tx, edition).count;
    editions_sql_add_reported_kind(tx, edition, list, code, wording, position);
    store_changed(tx, edition, PART_EDITION);
}
