// SPDX-License-Identifier: EUPL-1.2
/* What the outbox and the queue of those that send share of its rows. */
#ifndef WSPOLNIE_JOBS_OUTBOX_ROWS_H
#define WSPOLNIE_JOBS_OUTBOX_ROWS_H

#include "jobs_sql.h"
#include "platform/jobs/outbox.h"

OutboxMessage outbox_message(const JobsLetterRow *row, OutboxKind kind);
/* What is held for the address waits to leave. */
void outbox_release(Tx *tx, Str address);

#endif
