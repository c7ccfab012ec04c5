#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# How long, and with how much memory at most, a store is ported; beside what goes the same way with other tools, in one
# run on this machine. Not part of ./check.
#   bench/port.sh [MEGABYTES [PROGRAM]]    # 1000; an optimised build, build-run/src/wspolnie
# Needs PostgreSQL 15, sqlite3 and GNU time. The server is thrown away; its fsync is on.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-1000} program=$PWD/${2:-build-run/src/wspolnie}
if [ -z "${WSPOLNIE_TEST_STORE:-}" ]; then
    export TMPDIR=$PWD/build-run # on the same disk as the build
    chmod a+x . build-run 2>/dev/null || true
    exec tests/peers/postgres.sh --env "$PWD/bench/port.sh" "$megabytes" "${2:-build-run/src/wspolnie}"
fi
folder=$(mktemp -d "$PWD/build-run/port.XXXXXX")
trap 'rm -rf "$folder"' EXIT
. bench/common.sh
psql -q "$WSPOLNIE_TEST_STORE" -c "ALTER SYSTEM SET fsync = on" -c "SELECT pg_reload_conf()" \
    -c "CREATE DATABASE one" -c "CREATE DATABASE two" -c "CREATE DATABASE peer" >/dev/null
# measure WORDS COMMAND…: seconds and the most memory of the process; of the peers, of the shell's children
measure() {
    local words=$1; shift
    /usr/bin/time -f '%e s, at most %M KB' -o "$folder/time" "$@" >"$folder/out" 2>"$folder/err" || { cat "$folder/err"; exit 1; }
    echo "$words: $(cat "$folder/time")"
}

"$program" series add Pierwsza --slug pierwsza --phone "+48 12 345 67 89" --data "$folder" >/dev/null
"$program" check --store "$folder/wspolnie.db" >/dev/null
sqlite3 "$folder/wspolnie.db" ".parameter init" ".parameter set \$megabytes $megabytes" ".read bench/port_fill.sql" >/dev/null
echo "the file: $(($(stat -c %s "$folder/wspolnie.db") / 1000000)) MB"
measure "file to PostgreSQL" "$program" port --quiet "$folder/wspolnie.db" "$(database one)"
tail -n 1 "$folder/out" | sed 's/ are in .*//'
echo "the database: $(psql -At "$(database one)" -c 'SELECT pg_database_size(current_database()) / 1000000') MB"
measure "PostgreSQL to file" "$program" port --quiet "$(database one)" "$folder/back.db"
measure "PostgreSQL to PostgreSQL" "$program" port --quiet "$(database one)" "$(database two)"
measure "file to file" "$program" port --quiet "$folder/back.db" "$folder/copy.db"
rm "$folder/copy.db" "$folder/back.db"
measure "peer: pg_dump | psql, PostgreSQL to PostgreSQL, nothing compared" \
    bash -c "pg_dump '$(database one)' | psql -q -v ON_ERROR_STOP=1 --single-transaction '$(database peer)'"
psql -q "$WSPOLNIE_TEST_STORE" -c "DROP DATABASE peer WITH (FORCE)" -c "CREATE DATABASE peer"
pg_dump --schema-only "$(database one)" | psql -q "$(database peer)" >/dev/null
cat >"$folder/peer.sh" <<PEER
set -euo pipefail
for table in series organisation edition signup exchange round_plan seat audit; do
    columns=\$(sqlite3 "$folder/wspolnie.db" "SELECT group_concat(name) FROM pragma_table_info('\$table') WHERE type <> 'BLOB'")
    extra=; [ \$table != organisation ] || { psql -q "$(database peer)" -c "ALTER TABLE organisation ALTER name_sort SET DEFAULT ''"; }
    sqlite3 -csv "$folder/wspolnie.db" "SELECT \$columns FROM \$table" | psql -q "$(database peer)" -c "COPY \$table (\$columns) FROM STDIN (FORMAT csv)"
done
PEER
measure "peer: sqlite3 -csv | psql COPY, file to PostgreSQL, without bytes, NULL and '' confused, nothing compared" \
    bash "$folder/peer.sh"
