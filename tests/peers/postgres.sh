#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# postgres.sh PROGRAM [ARGUMENT…]: starts a throwaway PostgreSQL 15 in a temporary folder, on a Unix socket alone,
# runs PROGRAM "host=… user=postgres dbname=postgres" ARGUMENT…, stops it and takes the folder away, whatever happens.
# With --env before PROGRAM it is run with its own arguments alone, and finds the server's address in
# WSPOLNIE_TEST_STORE and the folder in WSPOLNIE_TEST_CLUSTER: tests of the store then stand on PostgreSQL.
# The exit status is the program's; 77 (skipped) where PostgreSQL is not installed.
set -eu
bin=/usr/lib/postgresql/15/bin
[ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] || { echo "PostgreSQL 15 is not installed: skipped" >&2; exit 77; }

as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/wspolnie-postgres.XXXXXX")
finish() {
    status=$?
    trap - EXIT INT TERM HUP
    if [ -f "$folder/data/postmaster.pid" ]; then
        (cd "$folder" && as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
    fi
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi

start() (
    cd "$folder" # the user postgres may not be let into where we stand
    as_postgres "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 &&
        as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/data/log" -o "-c listen_addresses='' -c fsync=off -c max_connections=200 -k $folder" start >>"$folder/log" 2>&1
)
if ! start; then
    cat "$folder/log" "$folder/data/log" >&2 2>/dev/null || true
    echo "PostgreSQL did not start" >&2
    exit 1
fi

if [ "$1" = --env ]; then
    shift
    WSPOLNIE_TEST_STORE="postgres://postgres@/postgres?host=$(printf %s "$folder" | sed 's|/|%2F|g')"
    WSPOLNIE_TEST_CLUSTER=$folder
    export WSPOLNIE_TEST_STORE WSPOLNIE_TEST_CLUSTER
    "$@"
else
    program=$1
    shift
    "$program" "host=$folder user=postgres dbname=postgres" "$@"
fi
