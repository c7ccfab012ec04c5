#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Every figure of the README, as ratios measured in one run on this machine. Not part of ./check.
#   bench/bench.sh [SECONDS]        # of each measurement; 5 unless said
# The server runs on core 0, the load on core 1. Needs nginx, wrk, curl (installed when missing).
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/setup.sh
seconds=${1:-5}
install_packages $packages_bench
build build-run -Dbuildtype=release -Db_lto=true -Dtests=false
ninja -C build-run bench/bench_commits bench/bench_posts bench/bench_rounds bench/bench_directory >/dev/null
program=build-run/src/wspolnie

folder=$(mktemp -d "$PWD/build-run/bench.XXXXXX") # on the same disk as the build, not on a tmpfs
server=; nginx=
clean() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$nginx" ] || kill "$nginx" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean EXIT

. bench/common.sh

port=$(free_port)
start() { # start COMMAND: waits for the first page; sets server and started_ms
    local begun; begun=$(now_ms)
    taskset -c 0 "$program" "$1" --data "$folder/data" --listen "127.0.0.1:$port" --changes-per-min 100000000 >"$folder/out" 2>"$folder/log" &
    server=$!
    until { : </dev/tcp/127.0.0.1/"$port"; } 2>/dev/null; do
        kill -0 "$server" 2>/dev/null || { cat "$folder/log"; exit 1; }
    done
    curl -fsS -o /dev/null "http://127.0.0.1:$port/"
    started_ms=$(($(now_ms) - begun))
}

echo "== start"
start demo
echo "first start, making the demo: $started_ms ms"
kill "$server"; wait "$server" || true
start serve
echo "start to first page on an existing file: $started_ms ms (aim at most 100)"
kill "$server"; wait "$server" || true
start demo
echo "resident memory idle: $(resident_mb "$server") MB (aim at most 30)"
echo "binary: $(stat -c %s "$program") bytes, stripped $(strip -o "$folder/stripped" "$program" && stat -c %s "$folder/stripped")"

base=http://127.0.0.1:$port

edition=/wspolnie-do-celu-przyklad/ii

echo "== public programme page, one core each, 32 connections"
page=$edition/programme
curl -fsS "$base$page" -o "$folder/page.html"
load "$base$page"; ours=$per_s; ours_p99=$p99
echo "wspolnie: $ours requests/s, 99% within $ours_p99"
mkdir -p "$folder/nginx"; cp "$folder/page.html" "$folder/nginx/page.html"
nginx_port=$(free_port)
cat >"$folder/nginx.conf" <<CONF
worker_processes 1; pid $folder/nginx.pid; error_log $folder/nginx.log; daemon off; user root;
events { worker_connections 1024; }
http { access_log off; sendfile on; open_file_cache max=100; keepalive_requests 1000000; types { text/html html; }
  server { listen 127.0.0.1:$nginx_port; root $folder/nginx; } }
CONF
chmod -R a+rX "$folder"
taskset -c 0 nginx -c "$folder/nginx.conf" & nginx=$!
sleep 0.5
load "http://127.0.0.1:$nginx_port/page.html"
echo "nginx, the same bytes as a file: $per_s requests/s, 99% within $p99"
echo "ratio: $(ratio "$ours" "$per_s") (aim at least 0.8)"
kill "$nginx"; wait "$nginx" || true; nginx=

echo "== a signed-in \"my gathering\" page"
sign_in "$base" 2
load "$base$where" "Cookie: $session"
echo "$where: $per_s requests/s on one core, 99% within $p99"
echo "resident memory under load: $(resident_mb "$server") MB (aim at most 30)"

echo "== what the public pages weigh (aim at most 60 kB and 6 requests each, compressed)"
for path in "$edition" "$edition/programme" "$edition/organisations"; do
    bytes=$(curl -fsS -H 'Accept-Encoding: br' "$base$path" | wc -c)
    count=1
    for asset in $(curl -fsS "$base$path" | grep -oE '/assets/[a-z0-9._-]+' | sort -u); do
        bytes=$((bytes + $(curl -fsS -H 'Accept-Encoding: br' "$base$asset" | wc -c)))
        count=$((count + 1))
    done
    echo "$path: $bytes bytes in $count requests"
done

echo "== durable sign-ups: 64 clients, each form answered after its COMMIT"
posts=$(taskset -c 1 build-run/bench/bench_posts "$port" "$edition/sign-up" 64 "$seconds" 'organisation=Pomiar+{n}')
echo "first page: $posts"
whole=$(taskset -c 1 build-run/bench/bench_posts "$port" "$edition/sign-up" 64 "$seconds" "${sign_up_forms[@]}")
echo "whole sign-ups of six forms each (rows): $whole"
commits=$(taskset -c 0 build-run/bench/bench_commits "$folder" "$seconds" 24)
echo "$commits"
answered=$(echo "$posts" | field answered_per_s)
single=$(echo "$commits" | field rows_per_s_single)
grouped=$(echo "$commits" | field rows_per_s_grouped)
echo "against SQLite with one row a transaction: $(ratio "$answered" "$single") (aim above 1)"
echo "against SQLite with 24 rows a transaction: $(ratio "$answered" "$grouped") (aim at least 0.5)"

echo "== plans of rounds"
build-run/bench/bench_rounds

echo "== searching a directory of 5,000 organisations (aim: under 20 ms, a ratio below 1)"
directory=$(mktemp -d)
taskset -c 1 build-run/bench/bench_directory "$directory"
rm -r "$directory"
