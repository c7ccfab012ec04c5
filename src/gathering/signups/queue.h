// SPDX-License-Identifier: EUPL-1.2
/* Queue: what waiting means, in plain words, on each page of a sign-up while all places are taken.
 *
 *     page.queue = queue_for(request, NULL);     // {include queue queue}; nothing where there are places
 *     page.queue = queue_for(request, &signup);  // of one that was sent: its place; nothing where it does not wait
 */
#ifndef WSPOLNIE_SIGNUPS_QUEUE_H
#define WSPOLNIE_SIGNUPS_QUEUE_H

#include "gathering/signups/signups.h"
#include "signups_pages.h"

QueuePart queue_for(Request *request, const Signup *signup);

#endif
