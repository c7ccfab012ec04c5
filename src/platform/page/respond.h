// SPDX-License-Identifier: EUPL-1.2
/* Between a request and its page: where a handler's page function writes. */
#ifndef WSPOLNIE_PAGE_RESPOND_H
#define WSPOLNIE_PAGE_RESPOND_H

#include "platform/http/request.h"
#include "platform/page/page.h"

/* The response's body, in the request's language, with its once-key. */
static inline PageOut page_out(Request *request) {
    return (PageOut){.out = &request->response.body, .language = request->language, .once = &request->once};
}

#endif
