// SPDX-License-Identifier: EUPL-1.2
/* The handlers of the host's own page: what is asked of them, and what they say of their house and its rooms. */
#ifndef WSPOLNIE_EDITIONS_HOST_H
#define WSPOLNIE_EDITIONS_HOST_H

#include "gathering/editions/internal.h"

Err host_page(Request *request);
Err host_ask_page(Request *request);
Err host_ask_answer(Request *request);
Err host_house_page(Request *request);
Err host_house_save(Request *request);
Err host_space_page(Request *request);
Err host_space_save(Request *request);
extern const FormTable house_asked, space_asked; /* answer_asked: asks.h */

#endif
