# SPDX-License-Identifier: EUPL-1.2
# Shared by the benches that run the program: sourced by scripts with set -euo pipefail, in the project's root.
# folder, server and seconds are the script's.

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})' 2>/dev/null ||
    python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
now_ms() { date +%s%3N; }
secret() { head -c 64 /dev/urandom | tr -dc 0-9a-hjkmnp-tv-z | head -c 35 | sed 's/$/00000000000000000000000000000000000/' | head -c 35; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", (b > 0 ? a / b : 0) }'; }
resident_mb() { awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }
field() { grep -oE "\"$1\": [0-9]+" | grep -oE '[0-9]+$'; } # of a line of JSON

# The database of this name on the server that tests/peers/postgres.sh --env has started.
database() { echo "$WSPOLNIE_TEST_STORE" | sed "s|/postgres?|/$1?|"; }

# load URL [HEADER [CONNECTIONS]]: sets per_s (requests a second) and p99, by wrk on core 1
load() {
    taskset -c 1 wrk -t1 -c"${3:-32}" -d"${seconds}s" --latency ${2:+-H "$2"} "$1" >"$folder/wrk"
    per_s=$(awk '/Requests\/sec/ { print $2 }' "$folder/wrk")
    p99=$(awk '$1 == "99%" { print $2 }' "$folder/wrk")
    if grep -q 'Non-2xx' "$folder/wrk"; then echo "  ($1: answers other than 200)" >&2; fi
}

# sign_in BASE NUMBER: by that link of the demo's, which stand in $folder/out; sets session (a cookie) and where (it led)
sign_in() {
    local link
    link=$1/$(grep -oE 'sign-in/[a-z0-9]{26}' "$folder/out" | sed -n "$2p")
    curl -fsS -o /dev/null -D "$folder/headers" -X POST -H 'Sec-Fetch-Site: same-origin' -d "once=$(secret)" "$link"
    session=$(tr -d '\r' <"$folder/headers" | awk 'tolower($1) == "set-cookie:" && $2 ~ /^session=/ { sub(";", "", $2); print $2 }')
    where=$(tr -d '\r' <"$folder/headers" | awk 'tolower($1) == "location:" { print $2 }')
}

# A whole sign-up, form after form, for bench_posts.
sign_up_forms=('organisation=Pomiar+{n}' 'name=Osoba+{n}&email=osoba{n}%40pomiar.example' 'people=2'
    'profiles=ecological&words=Ogrody+na+dachach' 'needs=space&offers=volunteers' 'is_listed=1')

# until_says WORDS FILE PROCESS: waits for them, or fails where the process ends first
until_says() {
    until grep -q "$1" "$2" 2>/dev/null; do
        kill -0 "$3" 2>/dev/null || { cat "$2" >&2; return 1; }
        sleep 0.05
    done
}
