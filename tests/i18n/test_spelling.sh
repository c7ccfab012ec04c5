#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# spelling.sh must find a wrong word in each language, know our own words, and look past placeholders.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/pl.po" << 'END'
msgid ""
msgstr ""
"Language: pl\n"

#. nieisstotne
msgctxt "walks"
msgid "The organisation {orgname} is opne"
msgstr ""
"Organizacja {orgname} jest "
"otwrata, zob. https://example.org/xyzzy"

msgctxt "walks"
msgid "{count} place"
msgid_plural "{count} plcaes"
msgstr[0] "{count} miejsce"
msgstr[1] "{count} mijesca"
END
cat > "$work/uk.po" << 'END'
msgid ""
msgstr ""
"Language: uk\n"

msgctxt "walks"
msgid "The organisation {orgname} is opne"
msgstr "Організація {orgname} відкита"
END
printf '# ours\norganisation\n' > "$work/words.en.txt"
cat > "$work/expected" << 'END'
pl.po:12: unknown word (pl): "mijesca"
pl.po:6: unknown word (pl): "otwrata"
uk.po:5: unknown word (uk): "відкита"
pl.po:6: unknown word (en): "opne"
pl.po:12: unknown word (en): "plcaes"
END
if ./spelling.sh "$work" 2> "$work/errors"; then
    echo "wrong words were let through"
    exit 1
fi
grep -v '^spelling:' "$work/errors" | sed "s|^$work/||; s| in \".*||" > "$work/found"
diff -u "$work/expected" "$work/found"
