// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/assets_handler.h"

#include "assets.h"
#include "platform/page/asset_table.h"

static bool accepts(const Request *request, const char *encoding) {
    Str accepted = request_header(request, "Accept-Encoding"), part;
    for (Str rest = accepted; str_next_part(&rest, ',', &part);) {
        Str name = part, parameters;
        str_next_part(&name, ';', &parameters); /* "br;q=1": parameters gets the name, name the rest */
        bool refused = str_equal(str_trim(name), STR("q=0")) || str_equal(str_trim(name), STR("q=0.0"));
        if (str_equal_ascii_case(str_trim(parameters), str_from_c(encoding))) return !refused;
    }
    return false;
}

static Err send_asset(Request *request, const Asset *asset) {
    Response *response = &request->response;
    Str bytes = asset->plain;
    if (asset->brotli.size && accepts(request, "br")) {
        bytes = asset->brotli;
        response->encoding = STR("br");
    } else if (asset->gzip.size && accepts(request, "gzip")) {
        bytes = asset->gzip;
        response->encoding = STR("gzip");
    }
    response->content_type = asset->media_type;
    buffer_add(&response->body, bytes);
    return OK;
}

static Err asset(Request *request) {
    const Asset *found = asset_find(request->path);
    if (!found) return ERR_NOT_FOUND;
    request->response.immutable = true;
    return send_asset(request, found);
}

static Err icon(Request *request) { return send_asset(request, asset_find(str_from_c(ASSET_ICON_SVG))); }

/* Search engines may read what is public; secret addresses and staff pages are none of their business. */
static Err robots(Request *request) {
    request->response.content_type = STR("text/plain; charset=utf-8");
    buffer_add(&request->response.body,
               STR("User-agent: *\nDisallow: /s/\nDisallow: /sign-in\nDisallow: /me\nDisallow: /admin\n"));
    return OK;
}

const Route asset_routes[] = {
    {METHOD_GET, "/assets/{name}", ROLE_ANYONE, asset},
    {METHOD_GET, "/favicon.ico", ROLE_ANYONE, icon},
    {METHOD_GET, "/robots.txt", ROLE_ANYONE, robots},
};
const size_t asset_route_count = sizeof asset_routes / sizeof *asset_routes;
