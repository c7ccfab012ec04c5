// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/err.h"

static const struct {
    const char *name;
    int http_status;
    int exit_status;
} errors[ERR_COUNT] = {
    [OK] = {"ok", 200, 0},
    [ERR_INPUT] = {"input", 422, 2},
    [ERR_DENIED] = {"denied", 403, 1},
    [ERR_NOT_FOUND] = {"not_found", 404, 1},
    [ERR_CONFLICT] = {"conflict", 409, 3},
    [ERR_LIMIT] = {"limit", 429, 1},
    [ERR_BUSY] = {"busy", 503, 75},
    [ERR_FULL] = {"full", 507, 74},
    [ERR_UNCERTAIN] = {"uncertain", 503, 75},
    [ERR_OUTDATED] = {"outdated", 503, 3},
    [ERR_IO] = {"io", 500, 74},
    [ERR_INTERNAL] = {"internal", 500, 1},
};

static Err known(Err err) { return err >= OK && err < ERR_COUNT ? err : ERR_INTERNAL; }

const char *err_name(Err err) { return errors[known(err)].name; }

int err_http_status(Err err) { return errors[known(err)].http_status; }

int err_exit_status(Err err) { return errors[known(err)].exit_status; }
