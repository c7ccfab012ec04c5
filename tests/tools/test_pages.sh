#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The page compiler on files that are right and on files that are wrong, each in one way:
# tests/tools/pages/bad/*.html begin with {# expect: LINE: a part of the message #}.
#     test_pages.sh PATH_OF_pages SOURCE_ROOT
set -u
pages=$1 root=$2
cd "$root/tests/tools/pages" || exit 1
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
failed=0 passed=0

fail() {
    failed=$((failed + 1))
    echo "FAILED $1" >&2
}

for file in bad/*.html; do
    expected=$(sed -n 's/^{# expect: \(.*\) #}$/\1/p' "$file")
    rm -f "$out"/*
    shared="--shared good/main.html --shared good/host_card.html"
    # shellcheck disable=SC2086 # two words each
    "$pages" --room bad --out-dir "$out" --assets web $shared "$file" 2>"$out/said"
    status=$?
    if [ -z "$expected" ]; then fail "$file: it does not say what is expected"
    elif [ $status -ne 1 ]; then fail "$file: status $status, expected 1: $(cat "$out/said")"
    elif ! grep -qF "$file:${expected%%: *}: " "$out/said" || ! grep -qF "${expected#*: }" "$out/said"; then
        fail "$file: expected \"$expected\", got: $(cat "$out/said")"
    elif [ -e "$out/bad_pages.c" ] || [ -e "$out/bad_pages.h" ]; then fail "$file: wrong, and yet something was written"
    else passed=$((passed + 1)); fi
done

if "$pages" --room good --out-dir "$out" --assets web good/*.html 2>"$out/said" && [ ! -s "$out/said" ] && [ -s "$out/good_pages.c" ]; then
    passed=$((passed + 1))
else
    fail "good/*.html: $(cat "$out/said")"
fi

# What was generated is compiled with every warning that our own code is.
printf '#define ASSET_A_CSS "/assets/a.css"\n' >"$out/assets.h"
{ echo 'enum {'; grep -o 'M_[0-9a-f]*' "$out/good_pages.c" | sort -u | sed 's/$/,/'; echo '};'; } >"$out/messages.h"
for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    if $compiler -std=gnu2x -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wno-sign-conversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Werror -include "$root/src/platform/base/banned.h" -I"$root/src" -I"$out" -c "$out/good_pages.c" -o "$out/good.o"; then
        passed=$((passed + 1))
    else
        fail "$compiler does not take good_pages.c"
    fi
done

# A field that nothing shows is warned of, and no more; equal output is left alone.
printf 'page x\n  a text\n---\n<p></p>\n' >"$out/unused.html"
"$pages" --room x --out-dir "$out" "$out/unused.html" 2>"$out/said" && grep -q 'unused.html:2: warning: the field a is not used' "$out/said" &&
    passed=$((passed + 1)) || fail "no warning of an unused field: $(cat "$out/said")"

# Several errors are told in one run, in each file.
printf 'page x\n---\n{a}\n{b}\n' >"$out/one.html"
printf 'page y\n---\n{c}\n' >"$out/two.html"
"$pages" --room x --out-dir "$out" "$out/one.html" "$out/two.html" 2>"$out/said"
[ "$(grep -c 'unknown field' "$out/said")" -eq 3 ] && passed=$((passed + 1)) || fail "not every error is told: $(cat "$out/said")"

# Two parts without fields that include each other.
printf 'part x\n---\n{include y}\n' >"$out/one.html"
printf 'part y\n---\n{include x}\n' >"$out/two.html"
"$pages" --room x --out-dir "$out" "$out/one.html" "$out/two.html" 2>"$out/said"
grep -q 'two.html:3: the part x would include itself' "$out/said" && passed=$((passed + 1)) || fail "a circle of parts: $(cat "$out/said")"

for words in "" "--room x" "--room X --out-dir $out" "--room x --out-dir $out --wrong" "--room x --out-dir $out $out/missing.html" "--room"; do
    # shellcheck disable=SC2086
    if "$pages" $words 2>/dev/null; then fail "pages $words: accepted"; else passed=$((passed + 1)); fi
done

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
