#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# clang-tidy (.clang-tidy says what it looks for) over every C file the build in $1 compiles. The analyzer
# looks into what runs at people's; tests and benches, which the sanitizers watch, get the quick checks.
set -eu
cd "$(dirname "$0")/../.."
command -v clang-tidy >/dev/null || exit 77
build=$1
jobs=$(nproc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Not what a compiler must refuse (tests/tools), nor what this build leaves out.
git ls-files 'src/*.c' 'tools/*.c' 'fuzz/*.c' 'bench/*.c' 'tests/*.c' | while read -r file; do
    if grep -q -F "/$file\"" "$build/compile_commands.json"; then printf '%s\n' "$file"; fi
done > "$work/all"
[ -s "$work/all" ] || { echo "clang_tidy: no file is known to $build/compile_commands.json" >&2; exit 1; }

# One file a run: the analyzer of clang 14 mistakes va_list in every file but the first. A seventh of the
# usual nodes finds the same here in half the time. Tests hold text that runs from right to left on purpose.
tidy() { # options…; the files' names from the standard input
    xargs -P "$jobs" -n 1 clang-tidy -p "$build" --quiet "$@" 2>"$work/chatter" || return 1
}
status=0
grep -E '^(src|tools)/' "$work/all" | tidy --extra-arg=-Xclang --extra-arg=-analyzer-config \
    --extra-arg=-Xclang --extra-arg=max-nodes=30000 || status=1
grep -vE '^(src|tools)/' "$work/all" | tidy '--checks=-clang-analyzer-*,-misc-misleading-bidirectional' || status=1
[ "$status" = 0 ] || grep -vE '^[0-9]+ warnings? (treated|generated)|^Suppressed|^Use -header' "$work/chatter" >&2 || true
exit "$status"
