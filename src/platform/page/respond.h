// SPDX-License-Identifier: EUPL-1.2
/* Between a request and its page: where a handler's page function writes. */
#ifndef WSPOLNIE_PAGE_RESPOND_H
#define WSPOLNIE_PAGE_RESPOND_H

#include "platform/http/request.h"
#include "platform/page/page.h"

/* Into a buffer, in the request's language, with its once-key; a part of a page that is put together. */
static inline PageOut page_out_into(Request *request, Buffer *out) {
    return (PageOut){.out = out, .language = request->language, .once = &request->once, .prefix = request->view.prefix};
}

/* The response's body, in the same way. */
static inline PageOut page_out(Request *request) { return page_out_into(request, &request->response.body); }

#endif
