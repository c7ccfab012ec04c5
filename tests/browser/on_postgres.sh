#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# on_postgres.sh PROGRAM [NAME…]: the browser tests on a PostgreSQL server of their own, thrown away behind them; without
# names those of the whole journey, every page, signing in, signing up, the rounds, names and the keyboard. Takes ten
# minutes to thirty, so ./check has them on SQLite alone. Not history: where a server may serve several nodes, a form that was
# refused is answered at once (http/refused.h).
set -u
cd "$(dirname "$0")/../.."
case ${1-} in
'' | -*) echo "usage: tests/browser/on_postgres.sh PROGRAM [NAME...]" >&2; exit 2 ;;
esac
WSPOLNIE_BINARY=$(realpath "$1") || exit 2
export WSPOLNIE_BINARY
shift
[ $# -gt 0 ] || set -- journey pages sign_in sign_ups rounds names keyboard
failed=0
for name; do
    began=$(date +%s)
    tests/peers/postgres.sh --env tests/node.sh "tests/browser/$name.test.mjs" >"/tmp/wspolnie-browser-$name.log" 2>&1
    status=$?
    case $status in
    0) what=ok; rm -f "/tmp/wspolnie-browser-$name.log" ;;
    77) what=skipped ;;
    *) what="FAILED, see /tmp/wspolnie-browser-$name.log"; failed=1 ;;
    esac
    echo "$name: $what, $(($(date +%s) - began)) s"
done
exit $failed
