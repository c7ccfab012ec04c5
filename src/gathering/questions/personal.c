// SPDX-License-Identifier: EUPL-1.2
/* What this room keeps of a person (room.h): the answers of the organisations whose contact they are. */
#include "gathering/questions/internal.h"
#include "questions_sql.h"

void questions_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data) {
    QuestionsPersonalRows rows = questions_sql_personal(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++) {
        const QuestionsPersonalRow *row = &rows.rows[i];
        const Wording label = {
            {[LANGUAGE_PL] = row->label_pl, [LANGUAGE_EN] = row->label_en, [LANGUAGE_UK] = row->label_uk}};
        personal_add(data, &(PersonalRecord){.table = "answer",
                                             .id = row->question,
                                             .edition = row->edition,
                                             .organisation = row->organisation,
                                             .at_ms = row->answered_ms,
                                             .name = wording_for(&label, LANGUAGE_PL, LANGUAGE_PL),
                                             .values = {{"words", row->words}}});
    }
}

void questions_personal_erase(Tx *tx, const PersonalSubject *subject) {
    QuestionsPersonalRows rows = questions_sql_personal(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++) {
        const QuestionsPersonalRow *row = &rows.rows[i];
        questions_sql_erase_answer(tx, row->edition, row->organisation, row->question);
        file_drop(tx, row->edition, row->file_hash);
    }
}
