#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Clang reads every C file that the build in $1 has generated and compiles, as that build's own compiler does: the same
# words, warnings as errors, no object made. Those that people wrote clang_tidy.sh has read so (clang-diagnostic-*).
# So the house builds with both.
set -eu
command -v clang >/dev/null || exit 77
cd "$1"
jobs=$(nproc)

# A command a line, as meson writes them, each file once. What names outputs is left out; what only GCC knows, too.
commands() {
    sed -n 's/^ *"command": "\(.*\)",*$/\1/p' compile_commands.json | sed -e 's/\\"/"/g' -e 's/\\\\/\\/g' |
        sed -e 's/^\(ccache \)*[^ ]* /clang -fsyntax-only /' -e 's/ -MD -MQ [^ ]* -MF [^ ]*//' -e 's/ -o [^ ]* -c / /' \
            -e 's/-fdiagnostics-color=always/-fno-color-diagnostics/' |
        awk '!seen[$NF]++ && $NF !~ /^\.\.\//'
}
count=$(commands | wc -l)
[ "$count" -gt 20 ] || { echo "clang: $1/compile_commands.json names only $count files" >&2; exit 1; }
commands | tr '\n' '\0' | xargs -0 -P "$jobs" -n 1 sh -c 'eval "$0" || exit 1'
