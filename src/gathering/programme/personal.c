// SPDX-License-Identifier: EUPL-1.2
/* What this room keeps of a person (room.h): what they wrote of what they need on stage. */
#include "gathering/programme/pages.h"
#include "programme_sql.h"

void programme_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data) {
    ProgrammePersonalRows rows = programme_sql_personal(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++)
        personal_add(data, &(PersonalRecord){.table = "item",
                                             .id = rows.rows[i].id,
                                             .edition = rows.rows[i].edition,
                                             .organisation = rows.rows[i].organisation.value,
                                             .name = rows.rows[i].title,
                                             .values = {{"needs", rows.rows[i].needs}}});
}

void programme_personal_erase(Tx *tx, const PersonalSubject *subject) {
    ProgrammePersonalRows rows = programme_sql_personal(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++) programme_sql_erase_needs(tx, rows.rows[i].edition, rows.rows[i].id);
}
