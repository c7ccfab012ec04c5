#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# spelling.sh [PO-FOLDER]: hunspell over what the program says, in three languages.
#
# Polish and Ukrainian are the translations, English the msgids. Placeholders and markup in braces are
# taken out. Words that a dictionary lacks and we stand by are in PO-FOLDER/words.LANGUAGE.txt, one a
# line. Each other unknown word is named with the file and line of its entry.
set -eu
export LC_ALL=C.UTF-8
po=${1:-po}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# FILE:LINE, a tab, and the text of each string behind the keyword (msgid or msgstr). The header, up to
# the first empty line behind it, is not for people; neither are addresses.
texts() { # keyword, catalogue
    awk -v wanted="$1" -v file="$2" '
        /^msgid/ { has_begun = 1 }
        /^$/ && has_begun { is_past_header = 1 }
        /^msgctxt/ { entry = NR }
        /^msg/ { keeps = index($0, wanted) == 1 }
        is_past_header && keeps && /^(msg|")/ {
            text = $0
            sub(/^[^"]*"/, "", text)
            sub(/"[ \t]*$/, "", text)
            gsub(/\{[^}]*\}|\\[nt"\\]|[^ ]*(:\/\/|@|\.(pl|org|eu|com|example))[^ ]*/, " ", text)
            if (text ~ /[^ ]/) print file ":" entry "\t" text
        }' "$2"
}

check() { # language, dictionary, keyword, catalogue
    texts "$3" "$4" > "$work/texts"
    : > "$work/own"
    if [ -f "$po/words.$1.txt" ]; then grep -v '^#' "$po/words.$1.txt" > "$work/own" || true; fi
    # hunspell 1.7 parts words at a typographic apostrophe; the dictionaries write it straight.
    sed -i "s/\\([[:alpha:]]\\)’\\([[:alpha:]]\\)/\\1'\\2/g" "$work/texts"
    cut -f 2 "$work/texts" > "$work/only-texts"
    # Not in a pipe: a missing dictionary must fail.
    hunspell -d "$2" -i UTF-8 -p "$work/own" -l "$work/only-texts" > "$work/unsorted"
    sort -u "$work/unsorted" > "$work/unknown"
    while read -r word; do
        grep -F -w -- "$word" "$work/texts" | while IFS="$(printf '\t')" read -r place text; do
            printf '%s: unknown word (%s): "%s" in "%s"\n' "$place" "$1" "$word" "$text" >&2
        done
        failed=$((failed + 1))
    done < "$work/unknown"
}

check pl pl_PL msgstr "$po/pl.po"
check uk uk_UA msgstr "$po/uk.po"
check en en_US msgid "$po/pl.po"
if [ "$failed" != 0 ]; then
    echo "spelling: $failed unknown words; mend them, or add them to $po/words.LANGUAGE.txt" >&2
    exit 1
fi
