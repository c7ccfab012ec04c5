#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# fuzz/run.sh [--keep FOLDER] SECONDS [TARGET…]: fuzzes each target (all, unless named) for so long, from a copy of
# its corpus, one target after the other. What is found to lead further is forgotten, or kept under FOLDER, from
# where the next run goes on. The fuzzers are those of $WSPOLNIE_FUZZ (build-fuzz). docs/fuzzing.md tells more.
set -eu
cd "$(dirname "$0")/.."
fuzzers=${WSPOLNIE_FUZZ:-build-fuzz}
if [ ! -f "$fuzzers/build.ninja" ]; then
    echo "fuzz/run.sh: no fuzzers in $fuzzers; docs/fuzzing.md says how to build them" >&2
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kept=$work
if [ "${1-}" = --keep ]; then
    kept=$2
    shift 2
fi
seconds=${1:?how many seconds?}
shift
[ $# -gt 0 ] || set -- $(cd fuzz/corpus && ls)

# ASan's quarantine is kept small and leaks are looked for at the end: both cost most of the speed.
export ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=16
status=0
for target in "$@"; do
    mkdir -p "$kept/$target" "$fuzzers/findings"
    log=$work/$target.log
    if "$fuzzers/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -close_fd_mask=3 \
        -print_final_stats=1 -artifact_prefix="$fuzzers/findings/$target-" \
        "$kept/$target" "fuzz/corpus/$target" >"$log" 2>&1; then
        sed -n "s/^stat::number_of_executed_units: */$target: inputs tried: /p" "$log"
    else
        tail -n 40 "$log" >&2
        echo "fuzz/run.sh: $target broke. The input is in $fuzzers/findings/; once mended, keep it in fuzz/corpus/$target/." >&2
        status=1
    fi
done
exit "$status"
