#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# lint over every source the project tracks. $1: the lint program.
set -eu
cd "$(dirname "$0")/.."
git ls-files 'src/*.[ch]' 'src/*.sql' 'src/*.html' 'tools/*.[ch]' 'schema/*.sql' 'fuzz/*.c' 'bench/*.c' 'tests/*.c' |
    grep -v '^tests/.*/bad/' | xargs "$1" --floors tools/floors.txt
