// SPDX-License-Identifier: EUPL-1.2
/* Printer: shows waiting sign-in messages in the terminal.
 *
 * A terminal may stand still for as long as it likes: Ctrl-S was pressed, or nobody reads the pipe. So it has a thread
 * of its own, and nothing is printed inside a transaction: it reads what waits, prints it, and then says in a short
 * transaction that it was shown. What was printed and could not be marked is marked later, not printed again; only a
 * program that ends between the two prints a message twice.
 *
 *     Printer *printer = printer_open(store, STDOUT_FILENO);
 *     …
 *     printer_close(printer);   // before the store is closed
 */
#ifndef WSPOLNIE_JOBS_PRINTER_H
#define WSPOLNIE_JOBS_PRINTER_H

#include "platform/store/store.h"

enum { PRINTER_EVERY_MS = 500, PRINTER_AT_ONCE = 100 };

typedef struct Printer Printer;

/* fd stays the caller's. SIGPIPE must be ignored: where nobody can read any more, the printer rests. NULL: there was
 * no memory or no thread. */
Printer *printer_open(Store *store, int fd);
/* Does not wait for whoever should read: what was not printed to its end goes on waiting, and fd must stay open until
 * the program ends. NULL is allowed. */
void printer_close(Printer *printer);

#endif
