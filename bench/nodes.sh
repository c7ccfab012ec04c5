#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What a second engine and more nodes cost and give: pages and durable sign-ups a second, SQLite beside PostgreSQL with
# one node and with three behind HAProxy, as ratios measured in one run on this machine. Not part of ./check.
#   bench/nodes.sh [SECONDS]      # of each measurement; 5
# On one machine of few cores three nodes have no more to work with than one: what is seen is what they cost, not what
# they give. The servers (PostgreSQL and the proxy too) run on core 0, the load on core 1. Durable: fsync is on everywhere.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
program=$PWD/build-run/src/wspolnie
if [ -z "${WSPOLNIE_TEST_STORE:-}" ]; then
    . tools/setup.sh
    install_packages $packages_bench postgresql-15 haproxy
    build build-run -Dbuildtype=release -Db_lto=true -Dtests=false
    ninja -C build-run bench/bench_posts >/dev/null
    export TMPDIR=$PWD/build-run # on the same disk as the build
    chmod a+x . build-run 2>/dev/null || true
    exec taskset -c 0 tests/peers/postgres.sh --env "$PWD/bench/nodes.sh" "$seconds"
fi
. bench/common.sh
folder=$(mktemp -d "$PWD/build-run/nodes.XXXXXX")
servers=
clean() {
    for one in $servers; do kill "$one" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean EXIT

edition=/wspolnie-do-celu-przyklad/ii
start() { # start COMMAND STORE NAME: another node; its port in $port
    port=$(free_port)
    "$program" "$1" --store "$2" --listen "127.0.0.1:$port" --changes-per-min 100000000 ${proxy:+--trusted-proxy 127.0.0.1} \
        >"$folder/$3" 2>"$folder/$3.log" &
    servers="$servers $!"
    until_says 'Ctrl-C stops it' "$folder/$3" $! || { cat "$folder/$3.log" >&2; exit 1; }
}
stop() {
    for one in $servers; do kill "$one"; done
    wait || true
    servers=
}

measure() { # measure PORT: prints the four figures
    load "http://127.0.0.1:$1$edition/programme"
    printf '%s ' "$per_s"
    load "http://127.0.0.1:$1$edition/programme?x=1"
    printf '%s ' "$per_s"
    sign_in "http://127.0.0.1:$1" 2
    load "http://127.0.0.1:$1$where" "Cookie: $session"
    printf '%s ' "$per_s"
    taskset -c 1 build-run/bench/bench_posts "$1" "$edition/sign-up" 64 "$seconds" "${sign_up_forms[@]}" | field rows_per_s
}

proxy=
start demo "$folder/one.db" out
measure "$port" >"$folder/sqlite"
stop

psql -q "$WSPOLNIE_TEST_STORE" -c "ALTER SYSTEM SET fsync = on" -c "SELECT pg_reload_conf()" -c "CREATE DATABASE one" -c "CREATE DATABASE three" >/dev/null
start demo "$(database one)" out
measure "$port" >"$folder/one"
stop

proxy=yes
front=$(free_port) ports=
start demo "$(database three)" out
ports=$port
for name in second third; do
    start serve "$(database three)" "$name"
    ports="$ports $port"
done
{
    printf 'defaults\n    mode http\n    option forwardfor\n    timeout connect 2s\n    timeout client 60s\n    timeout server 60s\n'
    printf 'frontend people\n    bind 127.0.0.1:%s\n    default_backend nodes\nbackend nodes\n    balance roundrobin\n' "$front"
    for port in $ports; do printf '    server n%s 127.0.0.1:%s\n' "$port" "$port"; done
} >"$folder/haproxy.cfg"
haproxy -db -q -f "$folder/haproxy.cfg" &
servers="$servers $!"
until curl -fsS -o /dev/null "http://127.0.0.1:$front/" 2>/dev/null; do sleep 0.1; done
measure "$front" >"$folder/three"
stop

echo "== requests/s: SQLite, PostgreSQL with one node, with three behind HAProxy; and the latter two as parts of the first"
paste -d ' ' <(printf '%s\n' 'programme,-cached' 'programme,-made-anew' 'my-gathering' 'whole-sign-ups,-64-clients') \
    <(tr ' ' '\n' <"$folder/sqlite") <(tr ' ' '\n' <"$folder/one") <(tr ' ' '\n' <"$folder/three") |
    awk '{ gsub("-", " ", $1); printf "%-30s %9.0f %9.0f %9.0f    %.2f  %.2f\n", $1, $2, $3, $4, ($2 > 0 ? $3 / $2 : 0), ($2 > 0 ? $4 / $2 : 0) }'
