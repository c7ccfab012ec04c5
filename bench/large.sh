#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Does a page cost the same among ten thousand editions as in a small installation? The demo alone beside the demo among
# EDITIONS copies of it (bench/large_fill.sh), page by page, on SQLite and on PostgreSQL, as ratios measured in one run on
# this machine. Not part of ./check: with 10,000 editions it takes some 20 minutes and 8 GB of disk.
#   bench/large.sh [EDITIONS [SECONDS [ENGINES]]]      # 10000; 2 of each page; "SQLite PostgreSQL"
# The server runs on core 0, one connection on core 1. Every page is made anew: what is public is asked for with a
# query, which no cache keeps. Needs PostgreSQL 15, wrk, curl, sqlite3.
set -euo pipefail
cd "$(dirname "$0")/.."
editions=${1:-10000} seconds=${2:-2} engines=${3:-SQLite PostgreSQL}
program=$PWD/build-run/src/wspolnie
if [ -z "${WSPOLNIE_TEST_STORE:-}" ]; then
    export TMPDIR=$PWD/build-run # on the same disk as the build
    chmod a+x . build-run 2>/dev/null || true
    exec tests/peers/postgres.sh --env "$PWD/bench/large.sh" "$editions" "$seconds" "$engines"
fi
folder=$(mktemp -d "$PWD/build-run/large.XXXXXX")
server=
clean() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean EXIT
. bench/common.sh

edition=/wspolnie-do-celu-przyklad/ii
start() { # start STORE
    port=$(free_port)
    taskset -c 0 "$program" demo --store "$1" --listen "127.0.0.1:$port" --changes-per-min 100000000 >"$folder/out" 2>"$folder/log" &
    server=$!
    until_says 'Ctrl-C stops it' "$folder/out" "$server" || { cat "$folder/log" >&2; exit 1; }
    base=http://127.0.0.1:$port
}
stop() { kill "$server"; wait "$server" || true; server=; }

measure() { # measure STORE: lines of "PAGE requests/s"
    start "$1"
    local coordinator representative mine signup page cookie
    sign_in "$base" 1
    coordinator=$session
    sign_in "$base" 2
    representative=$session mine=$where
    signup=$(curl -fsS -H "Cookie: $coordinator" "$base$edition/staff/sign-ups" | grep -oE "$edition/staff/sign-ups/[0-9a-z]{13}" | head -1)
    for page in "$edition?x=1" "$edition/programme?x=1" "$edition/organisations?x=1" "$edition/rounds?x=1" "$edition/sign-up?x=1" "$mine" \
        "$edition/staff" "$edition/staff/sign-ups" "$signup" "$edition/staff/programme" "$edition/staff/rounds" "$edition/staff/mail"; do
        cookie=$coordinator
        [ "$page" != "$mine" ] || cookie=$representative
        curl -fsS -o /dev/null -H "Cookie: $cookie" "$base$page" || { echo "$page is not there" >&2; exit 1; }
        load "$base$page" "Cookie: $cookie" 1
        echo "$page $per_s" | sed -E 's/0[0-9a-z]{12}/ID/; s/\?x=1//'
    done
    echo "sign-ups $(taskset -c 1 build-run/bench/bench_posts "$port" "$edition/sign-up" 8 "$seconds" "${sign_up_forms[@]}" | field rows_per_s)"
    stop
}

"$program" demo --store "$folder/small.db" --listen 127.0.0.1:0 >"$folder/out" 2>&1 &
server=$!
until_says 'Ctrl-C stops it' "$folder/out" "$server"
stop
sqlite3 "$folder/small.db" ".backup '$folder/large.db'"
bench/large_fill.sh "$folder/large.db" "$editions"
echo "the file: $(($(stat -c %s "$folder/large.db") / 1000000)) MB"
[ "$engines" = SQLite ] || psql -q "$WSPOLNIE_TEST_STORE" -c "ALTER SYSTEM SET fsync = on" -c "SELECT pg_reload_conf()" -c "CREATE DATABASE small" -c "CREATE DATABASE large" >/dev/null
[ "$engines" = SQLite ] || for size in small large; do "$program" port --quiet "$folder/$size.db" "$(database $size)" >/dev/null; done
[ "$engines" = SQLite ] || for size in small large; do psql -q "$(database $size)" -c "VACUUM ANALYZE"; done
for engine in $engines; do
    for size in small large; do
        store=$folder/$size.db
        [ $engine = SQLite ] || store=$(database $size)
        measure "$store" >"$folder/$size"
    done
    echo "== $engine: requests/s of one connection, small, large, and how many times dearer a page is there (aim at most 1.5)"
    paste -d ' ' "$folder/small" "$folder/large" | awk '{ printf "%-62s %8.0f %8.0f   %.2f\n", $1, $2, $4, ($4 > 0 ? $2 / $4 : 0) }'
done
