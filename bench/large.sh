#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Does a page cost the same among ten thousand editions as in a small installation? The demo alone beside the demo among
# EDITIONS copies of it (bench/large_fill.sh), page by page, on SQLite and on PostgreSQL, as ratios measured in one run on
# this machine. Not part of ./check: with 10,000 editions it takes some ten minutes and 8 GB of disk.
#   bench/large.sh [EDITIONS [SECONDS [ENGINES]]]      # 10000; 1 of each measurement; "SQLite PostgreSQL"
# Both servers run on core 0 and are asked in turn, one connection on core 1; of each page the best of three turns counts,
# since what else the machine does takes away and never gives. Every page is made anew: what is public is asked for with
# a query, which no cache keeps. Needs PostgreSQL 15, wrk, curl, sqlite3.
set -euo pipefail
cd "$(dirname "$0")/.."
editions=${1:-10000} seconds=${2:-1} engines=${3:-SQLite PostgreSQL}
program=$PWD/build-run/src/wspolnie
if [ -z "${WSPOLNIE_TEST_STORE:-}" ]; then
    export TMPDIR=$PWD/build-run # on the same disk as the build
    chmod a+x . build-run 2>/dev/null || true
    exec tests/peers/postgres.sh --env "$PWD/bench/large.sh" "$editions" "$seconds" "$engines"
fi
folder=$(mktemp -d "$PWD/build-run/large.XXXXXX")
declare -A server port base coordinator representative mine signup
clean() {
    for size in "${!server[@]}"; do kill "${server[$size]}" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean EXIT
. bench/common.sh

edition=/wspolnie-do-celu-przyklad/ii
start() { # start SIZE STORE
    port[$1]=$(free_port)
    rm -f "$folder/out" # of the one before
    taskset -c 0 "$program" demo --store "$2" --listen "127.0.0.1:${port[$1]}" --changes-per-min 100000000 >"$folder/out" 2>"$folder/log" &
    server[$1]=$!
    until_says 'Ctrl-C stops it' "$folder/out" "${server[$1]}" || { cat "$folder/log" >&2; exit 1; }
    base[$1]=http://127.0.0.1:${port[$1]}
    sign_in "${base[$1]}" 1
    coordinator[$1]=$session
    sign_in "${base[$1]}" 2
    representative[$1]=$session mine[$1]=$where
    signup[$1]=$(curl -fsS -H "Cookie: ${coordinator[$1]}" "${base[$1]}$edition/staff/sign-ups" | grep -oE "$edition/staff/sign-ups/[0-9a-z]{13}" | head -1)
}
stop() {
    for size in "${!server[@]}"; do kill "${server[$size]}"; wait "${server[$size]}" || true; done
    server=()
}

once() { # once SIZE PAGE: requests/s
    local path=$2 cookie=${coordinator[$1]}
    case $2 in
    mine) path=${mine[$1]} cookie=${representative[$1]} ;;
    sign-up) path=${signup[$1]} ;;
    sign-ups)
        taskset -c 1 build-run/bench/bench_posts "${port[$1]}" "$edition/sign-up" 8 "$seconds" "${sign_up_forms[@]}" | field rows_per_s
        return ;;
    esac
    curl -fsS -o /dev/null -H "Cookie: $cookie" "${base[$1]}$path" || { echo "$path is not there" >&2; exit 1; }
    load "${base[$1]}$path" "Cookie: $cookie" 1
    echo "$per_s"
}

compare() { # compare WORDS PAGE
    local turn size per_s_now
    declare -A best=([small]=0 [large]=0)
    for turn in 1 2 3; do
        for size in small large; do
            per_s_now=$(once $size "$2")
            best[$size]=$(awk -v a="$per_s_now" -v b="${best[$size]}" 'BEGIN { print (a > b ? a : b) }')
        done
    done
    printf '%-34s %8.0f %8.0f   %s\n' "$1" "${best[small]}" "${best[large]}" "$(ratio "${best[small]}" "${best[large]}")"
}

start small "$folder/small.db"
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
        start $size "$store"
    done
    echo "== $engine: requests/s of one connection, small, large, and how many times dearer it is there (aim at most 1.5)"
    for page in "" /programme /organisations /rounds /sign-up; do compare "public: ${page:-edition}" "$edition$page?x=1"; done
    compare "my gathering" mine
    for page in "" /sign-ups /programme /rounds /mail; do compare "staff: ${page:-today}" "$edition/staff$page"; done
    compare "staff: one sign-up" sign-up
    compare "whole sign-ups of six forms" sign-ups
    stop
done
