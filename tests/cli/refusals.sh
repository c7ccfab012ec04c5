#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# refusals.sh PROGRAM: what cannot be done is said in one sentence, with an exit status that tells the kind.
set -eu
. "$(dirname "$0")/common.sh"

echo "== nothing there yet"
refused 1 check
refused 1 backup "$folder/copy.db"
refused 1 edition list
refused 1 restore "$folder/no-such-file.db"
[ ! -e "$folder/data" ] || fail "a command that needs data has made some"

echo "== words the program does not know"
for words in "nonsense" "serve --nonsense" "series add" "series add a b" "edition show" "backup" "routes extra" \
    "series list --json=yes" "signups list" "serve --listen" "serve --threads many" "series list --language de"; do
    refused 2 $words
done
refused 2 serve --clock 2026-06-11T14:00:00Z

echo "== names that are not there"
ok series add "Spotkania" --slug spotkania --phone "+48 12 345 67 89"
refused 1 edition show spotkania/v
refused 1 signups list --edition spotkania/v
refused 1 import "$folder/no-such-file.json"
echo 'this is no JSON' >"$folder/bad.json"
refused 2 import "$folder/bad.json"
refused 2 edition add spotkania --date tomorrow
refused 3 series add "Spotkania" --slug spotkania --phone "+48 12 345 67 89"

echo "== an option of a command, and one that all commands have"
ok series add "Zustrichi" --slug zustrichi --phone "+48 12 345 67 89" --written-in uk
ok series list --json
json 'it.find((one) => one.slug === "zustrichi").language === "uk"'

echo "== a port that is taken"
"$program" serve --data "$folder/data" --listen 127.0.0.1:0 >"$folder/serving" 2>&1 &
server=$!
until grep -q 'Ctrl-C' "$folder/serving"; do
    kill -0 "$server" 2>/dev/null || fail "the server has ended: $(cat "$folder/serving")"
    sleep 0.05
done
address=$(sed -n 's,.*http://\(127\.0\.0\.1:[0-9]*\).*,\1,p' "$folder/serving" | head -n 1)
status=0
"$program" serve --data "$folder/data-other" --listen "$address" >"$folder/out" 2>"$folder/err" || status=$?
[ "$status" != 0 ] || fail "two programs on one port"
says_one_sentence "a taken port"
kill "$server"
wait "$server" || fail "SIGTERM: exit status $?"
server=

for address in nonsense 127.0.0.1 127.0.0.1:99999 300.1.1.1:0 '[::1:0'; do
    status=0
    "$program" serve --data "$folder/data" --listen "$address" >"$folder/out" 2>"$folder/err" || status=$?
    [ "$status" = 2 ] || fail "--listen $address: exit status $status"
    says_one_sentence "--listen $address"
done
for address in nonsense https://spotkanie.example/wspolnie ftp://spotkanie.example; do
    status=0
    "$program" serve --data "$folder/data" --listen 127.0.0.1:0 --base-url "$address" >"$folder/out" 2>"$folder/err" || status=$?
    [ "$status" = 2 ] || fail "--base-url $address: exit status $status"
    says_one_sentence "--base-url $address"
done

echo "== a second program on the same data"
"$program" serve --data "$folder/data" --listen 127.0.0.1:0 >"$folder/first" 2>&1 &
server=$!
for _ in $(seq 100); do grep -q serves "$folder/first" && break; sleep 0.1; done
refused 75 serve --listen 127.0.0.1:0
grep -q 'another wspolnie serves' "$folder/err" || fail "the sentence does not say who holds the data"
ok edition list
kill -9 "$server"
wait "$server" || true
"$program" serve --data "$folder/data" --listen 127.0.0.1:0 >"$folder/first" 2>&1 &
server=$!
for _ in $(seq 100); do grep -q serves "$folder/first" && break; sleep 0.1; done
grep -q serves "$folder/first" || fail "after a kill the data is still held"
kill "$server"
wait "$server" || fail "the program did not end well"
server=

echo "== missing rights (root is refused like anybody, once it may not overrule files)"
plain=
if [ "$(id -u)" = 0 ]; then plain="setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search"; fi
if $plain true 2>/dev/null; then
    mkdir "$folder/locked"
    chmod 500 "$folder/locked"
    for data in "$folder/locked" "$folder/locked/below"; do
        status=0
        $plain "$program" serve --data "$data" --listen 127.0.0.1:0 >"$folder/out" 2>"$folder/err" || status=$?
        [ "$status" = 1 ] || [ "$status" = 74 ] || fail "a folder without the right to write: exit status $status"
        says_one_sentence "a folder without the right to write"
    done
else
    echo "   (skipped: rights cannot be given up here)"
fi

echo "== a full disk"
mkdir "$folder/full"
if mount -t tmpfs -o size=100k,mode=700 tmpfs "$folder/full" 2>/dev/null; then
    mounted=$folder/full
    for command in "serve --listen 127.0.0.1:0" "demo --listen 127.0.0.1:0" "series add Pełna --phone 123456789"; do
        status=0
        "$program" $command --data "$folder/full" >"$folder/out" 2>"$folder/err" || status=$?
        [ "$status" = 74 ] || fail "$command on a full disk: exit status $status"
        says_one_sentence "$command on a full disk"
        grep -q 'no room' "$folder/err" || fail "$command: the sentence does not say that there is no room"
    done
    refused 74 backup "$folder/full/copy.db"
    [ ! -e "$folder/full/copy.db" ] || fail "half a copy was left"
    mount -o remount,size=16m "$folder/full"
    "$program" series add Pełna --phone 123456789 --data "$folder/full" >"$folder/out" 2>"$folder/err" ||
        fail "with room again the file cannot be made"
    umount "$folder/full"
    mounted=
else
    echo "   (skipped: nothing can be mounted here)"
fi
status=0
"$program" series list --data "$folder/data" >/dev/full 2>"$folder/err" || status=$?
[ "$status" = 74 ] || fail "what cannot be printed: exit status $status"

echo "== a data file that is none of ours"
mkdir "$folder/strange"
head -c 20000 /dev/zero | tr '\0' 'x' >"$folder/strange/wspolnie.db"
cp "$folder/strange/wspolnie.db" "$folder/strange-before"
for command in "serve --listen 127.0.0.1:0" "check" "series list"; do
    status=0
    "$program" $command --data "$folder/strange" >"$folder/out" 2>"$folder/err" || status=$?
    [ "$status" != 0 ] && [ "$status" -lt 100 ] || fail "$command on a strange file: exit status $status"
    says_one_sentence "$command on a strange file"
done
cmp "$folder/strange/wspolnie.db" "$folder/strange-before" || fail "a strange file was written to"

if command -v sqlite3 >/dev/null; then
    mkdir "$folder/other" "$folder/newer"
    sqlite3 "$folder/other/wspolnie.db" 'CREATE TABLE notes (words TEXT)'
    ok check
    cp "$folder/data/wspolnie.db" "$folder/newer/"
    sqlite3 "$folder/newer/wspolnie.db" 'UPDATE installation SET compatible_version = 9000; PRAGMA user_version = 9001'
    for data in other newer; do
        status=0
        "$program" serve --data "$folder/$data" --listen 127.0.0.1:0 >"$folder/out" 2>"$folder/err" || status=$?
        [ "$status" = 3 ] || fail "the $data file: exit status $status"
        says_one_sentence "the $data file"
    done
    grep -q newer "$folder/err" || fail "the sentence does not say that the file is newer"
else
    echo "   (sqlite3 is not installed: a newer file is tested by tests/platform/store alone)"
fi
