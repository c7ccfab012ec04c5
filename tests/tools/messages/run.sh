#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# run.sh MESSAGES: the messages compiler on the cases of bad/ and good/.
#
# A case is one file of sections, "--- NAME" and lines, that become files of a fresh folder:
#   walks.c, walks/walk.html   the sources (all .c and .html are given to the tool)
#   pl.po, uk.po               a catalogue; a right header of three lines is put before it
#   header.po                  a Polish one with its own header
#   options                    what replaces --out-dir out --strict
#   expected                   standard error, whole; bad/ must fail and leave no output, good/ must not fail
#   expected NAME              what a file must be afterwards
set -eu
tool=$(realpath "$1")
cases=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

header() { # tag, plural rule
    printf 'msgid ""\nmsgstr "Language: %s\\nContent-Type: text/plain; charset=UTF-8\\n' "$1"
    printf 'Plural-Forms: nplurals=3; %s\\n"\n\n' "$2"
}

split() { # case file: writes its sections
    awk '/^--- / { name = substr($0, 5); sub(/^expected /, "after-", name); folder = name
                   if (sub(/\/[^\/]*$/, "", folder)) system("mkdir -p " folder); printf "" > name; next }
         name != "" { print > name }' "$1"
    for tag in pl uk; do
        if [ -f "$tag.po" ]; then
            { header "$tag" 'plural=(n!=1);'; cat "$tag.po"; } > with-header && mv with-header "$tag.po"
        fi
    done
    if [ -f header.po ]; then mv header.po pl.po; fi
}

catalogues() { for tag in pl uk; do [ ! -f "$tag.po" ] || printf ' --po %s=%s.po' "$tag" "$tag"; done; }

sources() { find . -name '*.c' -o -name '*.html' | sed 's|^\./||' | sort; }

complain() {
    echo "FAILED $1: $2"
    failed=$((failed + 1))
}

run() { # case file, expected status
    name=${1#"$cases"/}
    rm -rf "$work/case" && mkdir -p "$work/case/out" && cd "$work/case"
    split "$1"
    options='--out-dir out --strict'
    if [ -f options ]; then options=$(cat options); fi
    status=0
    # shellcheck disable=SC2046,SC2086 # these are lists of words
    "$tool" $options $(catalogues) $(sources) 2> stderr || status=$?
    [ "$status" = "$2" ] || complain "$name" "exit status $status, expected $2"
    diff -u expected stderr || complain "$name" "other messages than expected"
    if [ "$2" != 0 ] && [ -n "$(ls out)" ]; then complain "$name" "output in spite of errors"; fi
    for after in after-*; do
        [ ! -f "$after" ] || diff -u "$after" "${after#after-}" || complain "$name" "${after#after-} is not as expected"
    done
}

for file in "$cases"/bad/*.case; do run "$file" 1; done
for file in "$cases"/good/*.case; do run "$file" 0; done
[ "$failed" = 0 ]
