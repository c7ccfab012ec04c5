#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# cppcheck over every C file the project tracks. $1: the build, for what it generated.
set -eu
cd "$(dirname "$0")/../.."
command -v cppcheck >/dev/null || exit 77

# Left out: what its parser cannot read of C23 (syntax is the compiler's to judge), and readdir, whose
# replacement is deprecated.
git ls-files 'src/*.c' 'tools/*.c' 'fuzz/*.c' 'bench/*.c' 'tests/*.c' |
    cppcheck --file-list=- -j "$(nproc)" --quiet --error-exitcode=1 --inline-suppr \
        --enable=warning,performance,portability --library=posix --library=tests/lint/cppcheck.cfg \
        --include=tests/lint/cppcheck.h -I src -I tools -I "$1/src" -D_GNU_SOURCE -Dnoreturn=_Noreturn \
        -DWSPOLNIE_VERSION='"0"' -DWSPOLNIE_RELEASED='"0"' --suppress=syntaxError --suppress=internalAstError --suppress=readdirCalled
