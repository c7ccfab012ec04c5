// SPDX-License-Identifier: EUPL-1.2
/* Letters about an edition to those who make it. */
#include "gathering/editions/internal.h"
#include "platform/jobs/outbox.h"

Id letter_of_edition(Tx *tx, const Edition *edition, const Person *person, Language language, Str subject, Str body) {
    return outbox_add(tx, &(OutboxMessage){.kind = OUTBOX_SERVICE,
                                           .edition = edition->id,
                                           .person = person->id,
                                           .to_address = person->email,
                                           .to_name = person->name,
                                           .language = language,
                                           .subject = subject,
                                           .body = body,
                                           .from_name = edition->series.organiser,
                                           .reply_to = edition->series.email});
}
