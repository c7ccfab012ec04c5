// SPDX-License-Identifier: EUPL-1.2
/* What can be asked about, and its names; the list and the form of what coordinators ask of the host. */
#ifndef WSPOLNIE_EDITIONS_ASK_THINGS_H
#define WSPOLNIE_EDITIONS_ASK_THINGS_H

#include "gathering/editions/asks.h"
#include "gathering/editions/things.h"

AskSubjects ask_subjects(Request *request); /* of every room */
/* "Main hall: thirty chairs"; the words alone where it is about nothing in particular, or that is gone. */
Str ask_about_words(Request *request, const AskSubjects *subjects, const Ask *ask);
Err asks_page(Request *request);
Err asks_read(Request *request); /* the button: the new answers are read */

#endif
