# SPDX-License-Identifier: EUPL-1.2
# Shared by the tests of the command line: a folder of its own, and ways to say what is expected.
# $1 is the program. Sourced by scripts that run with set -eu.
command -v node >/dev/null || { echo "node is not installed: skipped" >&2; exit 77; }
program=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/wspolnie-cli.XXXXXX")
server= mounted=
finish() {
    status=$?
    trap - EXIT INT TERM HUP
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$mounted" ] || umount -l "$mounted" 2>/dev/null || true
    chmod -R u+rwX "$folder" 2>/dev/null || true
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
    echo "$*" >&2
    echo "--- said on standard output:" >&2
    head -c 2000 "$folder/out" >&2 2>/dev/null || true
    echo "--- and on standard error:" >&2
    head -c 2000 "$folder/err" >&2 2>/dev/null || true
    exit 1
}

# w WORD…: runs the program on the test's data, or, where WSPOLNIE_TEST_STORE is the address of a server
# (tests/peers/postgres.sh --env), on a database of the test's own there; out, err and status are kept.
store=
new_store() { # from now on: a place that holds nothing yet
    if [ -z "${WSPOLNIE_TEST_STORE-}" ]; then
        [ ! -e "$folder/data" ] || mv "$folder/data" "$(mktemp -d "$folder/before.XXXXXX")"
        return
    fi
    stores=$((${stores:-0} + 1))
    psql -X -q -d "$WSPOLNIE_TEST_STORE" -c "CREATE DATABASE cli$stores" </dev/null
    store="--store $(echo "$WSPOLNIE_TEST_STORE" | sed "s|@/postgres?|@/cli$stores?|")"
}
new_store
w() {
    status=0
    "$program" "$@" --data "$folder/data" $store >"$folder/out" 2>"$folder/err" || status=$?
}
# ok WORD…: must end well. refused STATUS WORD…: must end with that status and say one sentence, on standard error.
ok() {
    w "$@"
    [ "$status" = 0 ] || fail "wspolnie $*: exit status $status"
}
says_one_sentence() {
    [ ! -s "$folder/out" ] || fail "$*: a refusal was printed on standard output"
    [ "$(wc -l <"$folder/err")" = 1 ] || fail "$*: not one line"
    grep -q '^wspolnie: .' "$folder/err" || fail "$*: does not say who speaks"
}
refused() {
    expected=$1
    shift
    w "$@"
    [ "$status" = "$expected" ] || fail "wspolnie $*: exit status $status, not $expected"
    says_one_sentence "wspolnie $*"
}
# json EXPRESSION: what was printed must be JSON, and the expression about it (named it) true.
json() {
    node -e 'const it = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); if (!eval(process.argv[2])) process.exit(1)' \
        "$folder/out" "$1" || fail "not so: $1"
}
printed() { grep -q -e "$1" "$folder/out" || fail "not printed: $1"; }
