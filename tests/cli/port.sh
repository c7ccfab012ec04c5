#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# port.sh PROGRAM: the demo to another place and back. With WSPOLNIE_TEST_STORE (tests/peers/postgres.sh --env) the
# place is a server's database; else a file.
set -eu
. "$(dirname "$0")/common.sh"
store= # the demo is a file

# place NAME: an address of the test's own
place() {
    if [ -n "${WSPOLNIE_TEST_STORE:-}" ]; then
        psql -q "$WSPOLNIE_TEST_STORE" -c "CREATE DATABASE $1" </dev/null
        echo "$WSPOLNIE_TEST_STORE" | sed "s|/postgres?|/$1?|; s|postgres@|postgres:a_secret@|"
    else
        echo "$folder/$1.db"
    fi
}

echo "== the demo"
"$program" demo --data "$folder/data" --clock 2026-04-20T10:00:00Z --listen 127.0.0.1:0 >"$folder/serving" 2>&1 &
server=$!
until grep -q 'Ctrl-C' "$folder/serving"; do
    kill -0 "$server" 2>/dev/null || fail "the server has ended: $(cat "$folder/serving")"
    sleep 0.05
done

echo "== there, while it is served; a line a table is said"
there=$(place there)
ok port "$folder/data" "$there"
printed '^signup  *156  [0-9a-f]\{32\}$'
printed 'the same on both sides'
grep -q '^copied signup: 156$' "$folder/err" || fail "does not say what it has copied"
! grep -q a_secret "$folder/out" "$folder/err" || fail "says the password"
kill "$server"
wait "$server" || fail "SIGTERM: exit status $?"
server=

echo "== and back, into a data folder"
mkdir "$folder/back"
ok port "$there" "$folder/back/" --json
json 'it.same && it.tables.length > 40 && it.tables.every((one) => one.same && one.from.checksum === one.to.checksum)'
[ ! -s "$folder/err" ] || fail "--json: says something beside"
[ "$(ls "$folder/back")" = wspolnie.db ] || fail "more than the file is there"
[ "$(stat -c %a "$folder/back/wspolnie.db")" = 600 ] || fail "others may read it"

echo "== the same is exported from all three"
ok export --with-people --output "$folder/one.json"
ok export --with-people --store "$there" --output "$folder/two.json"
ok export --with-people --store "$folder/back/wspolnie.db" --output "$folder/three.json"
cmp "$folder/one.json" "$folder/two.json" && cmp "$folder/one.json" "$folder/three.json" || fail "exports differ"
ok check --store "$there"
ok series add "Nowa" --slug nowa --phone "+48 12 345 67 89" --store "$there"

echo "== what is refused"
refused 3 port "$folder/data" "$there"
refused 3 port "$folder/data" "$folder/back"
refused 1 port "$folder/nothing.db" "$folder/new.db"
refused 1 port "$folder/data" "$folder/nowhere/new.db"
refused 2 port "$folder/data"
refused 2 port "$folder/data" ""
refused 75 port "$folder/data" "postgres://somebody:a_secret@127.0.0.1:1/nothing"
! grep -q a_secret "$folder/err" || fail "says the password"
[ ! -e "$folder/new.db" ] && [ ! -e "$folder/nothing.db" ] || fail "a refusal has made a file"
echo "done"
