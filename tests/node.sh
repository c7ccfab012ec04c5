#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# node.sh FILE: the tests of one file in Node, which drive the program from outside. Skipped where ./check has not
# installed their packages.
set -eu
cd "$(dirname "$0")/.."
command -v node >/dev/null || exit 77
case $1 in
tests/browser/* | tests/reliability/hostile* | tests/reliability/authorisation*)
    [ -d tests/browser/node_modules ] || exit 77
    [ -x "${WSPOLNIE_CHROMIUM:-/usr/bin/chromium}" ] || exit 77
    ;;
tests/mail/*) /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || exit 77 ;;
tests/nodes/*) command -v haproxy >/dev/null || exit 77 ;;
esac
exec node --test "$1"
