#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# main_job.sh PROGRAM: from a sheet of sign-ups to published rounds, with the command line only.
set -eu
here=$(dirname "$0")
. "$here/common.sh"
e=wspolnie-do-celu/ii
count=24

echo "== a series, its edition and the day"
ok series add "Wspólnie do celu" --slug wspolnie-do-celu --phone "+48 12 345 67 89" --organiser "Urząd Próbny"
ok edition add wspolnie-do-celu --number 2 --slug ii --title "Wspólnie do celu II" --date 2099-06-11 --from 14:00 --to 19:00 \
    --venue "Kapelanka 56" --host "Fundacja Tytano" --contribution "przestrzeń, wsparcie techniczne"
ok edition add wspolnie-do-celu --number 3 --date 2099-06
refused 2 frame propose --edition wspolnie-do-celu/iii
ok edition set wspolnie-do-celu/iii --date 2099-06-12 --from 15:00 --to 18:00
ok frame propose --edition wspolnie-do-celu/iii --json
json 'it.frame[0].kind === "doors" && it.frame.at(-1).ends === it.ends && it.frame.some((part) => part.free)'
refused 3 frame propose --edition wspolnie-do-celu/iii
ok edition set wspolnie-do-celu/iii --date 2099-06 --from "" --to ""
for part in "doors 14:00 14:30" "talks 14:40 16:00" "rounds 17:15 18:00" "talks 18:00 18:40" "closing 18:40 19:00"; do
    set -- $part
    ok frame add --edition $e --kind "$1" --from "$2" --to "$3"
done
ok frame add --edition $e --kind potluck --from 16:00 --to 17:00 --free
refused 3 programme publish --edition $e
refused 3 rounds publish --edition $e
grep -q "is a draft, which nobody outside sees: edition state $e call_open opens it" "$folder/err" || fail "the way out is not said"
ok edition state $e call_open
ok series list --json
json 'it.length === 1 && it[0].slug === "wspolnie-do-celu"'
ok edition list --json
json 'it.length === 2 && it.some((one) => one.slug === "ii" && one.state === "call_open" && one.host === "Fundacja Tytano")'
ok edition show $e
printed 'Kapelanka 56'

echo "== the sheet: looked at, then taken, then taken again"
node --input-type=module -e "
import { sheet } from '$(realpath "$here/../browser/sheet.mjs")';
import { writeFileSync } from 'node:fs';
writeFileSync('$folder/sheet.csv', sheet($count, 'Nazwa organizacji'));
writeFileSync('$folder/unlucky.csv', sheet($count, 'Kto to'));"
ok import signups "$folder/sheet.csv" --edition $e --json
json "it.rows.length === $count + 2 && it.new === $count - 1 && it.encoding.toLowerCase().includes('1250')"
json 'it.rows.some((row) => row.notes.some((note) => note.why === "bad_email" && note.line > 1 && note.column > 1))'
ok signups list --edition $e --json
json 'it.length === 0'
refused 2 import signups "$folder/unlucky.csv" --edition $e
ok import signups "$folder/unlucky.csv" --edition $e --column "Kto to=name" --confirm --listed
ok import signups "$folder/sheet.csv" --edition $e --json
json "it.new === 0 && it.same >= $count - 2"
ok export --series wspolnie-do-celu --output "$folder/before.json"
ok import signups "$folder/sheet.csv" --edition $e --confirm
ok export --series wspolnie-do-celu --output "$folder/after.json"
cmp "$folder/before.json" "$folder/after.json" || fail "importing the same sheet again changed something"

echo "== decisions"
ok signups list --edition $e --json
first=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1]))[0].id' "$folder/out")
refused 2 signups decline "$first" --edition $e
ok signups decline "$first" --edition $e --reason "Tym razem zabrakło miejsca."
ok signups wait "Grupa Pod Dębem" --edition $e
refused 1 signups accept "Nie ma takiej" --edition $e
ok signups accept --all-new --edition $e
ok signups list --edition $e --state accepted --json
json "it.length >= $count - 3 && it.every((one) => one.state === 'accepted')"
accepted=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).length' "$folder/out")

echo "== the programme"
ok programme talks --edition $e
ok programme draft --edition $e
ok programme items --edition $e --json
json "it.length >= $accepted"
item=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).find((one) => one.starts).id' "$folder/out") ||
    fail "no item has a time"
ok programme show --edition $e --draft --json
cp "$folder/out" "$folder/draft.json"
ok programme move "$item" --to later --edition $e
ok programme show --edition $e --draft --json
! cmp -s "$folder/out" "$folder/draft.json" || fail "nothing has moved"
ok programme publish --edition $e
ok programme show --edition $e
printed '14:4'

echo "== the rounds: nobody meets anybody twice"
ok rounds plan --edition $e --rounds 5 --json
ok rounds show --edition $e --json
cat >"$folder/verify.cjs" <<'NODE'
// The plan says who sits where: {rounds: [[{table, organisations: [...]}]]} or lists of lists.
const plan = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
const met = new Set();
let meetings = 0;
const nameOf = (one) => typeof one === 'string' ? one : one.name ?? one.organisation ?? one.id;
for (const round of plan.rounds) {
  const seated = new Set();
  for (const table of round.tables ?? round) {
    const names = (table.seated ?? table.organisations ?? table).map(nameOf);
    for (const name of names) {
      if (seated.has(name)) throw new Error(`${name} sits twice in a round`);
      seated.add(name);
    }
    for (const one of names) for (const other of names) {
      if (one >= other) continue;
      const pair = `${one} + ${other}`;
      if (met.has(pair)) throw new Error(`${pair} meet twice`);
      met.add(pair);
      meetings++;
    }
  }
}
if (plan.rounds.length !== 5 || meetings < 40) throw new Error(`${plan.rounds.length} rounds, ${meetings} meetings`);
NODE
node "$folder/verify.cjs" "$folder/out" || fail "the plan is not sound"
ok rounds publish --edition $e

echo "== everything as one document, and back"
ok export --series wspolnie-do-celu --with-people --output "$folder/copy.json"
ok export --series wspolnie-do-celu --output "$folder/facts.json"
ok import "$folder/facts.json"
printed '^0 rows added'
ok export --series wspolnie-do-celu --with-people --output "$folder/copy-again.json"
cmp "$folder/copy.json" "$folder/copy-again.json" || fail "a document without people changed something where they are"
new_store
ok import "$folder/copy.json"
ok export --series wspolnie-do-celu --with-people --output "$folder/copy-again.json"
cmp "$folder/copy.json" "$folder/copy-again.json" || fail "what was exported, taken in and exported again differs"
ok check

echo "== for people and for programs"
ok help man
printed '^\.TH WSPOLNIE 1'
cp "$folder/out" "$folder/wspolnie.1"
if command -v mandoc >/dev/null; then
    mandoc -T lint "$folder/wspolnie.1" >"$folder/out" || true
    [ ! -s "$folder/out" ] || fail "mandoc finds something in the manual page"
fi
if command -v man >/dev/null; then
    man --warnings -l "$folder/wspolnie.1" 2>"$folder/err" >"$folder/out" || fail "man cannot show the manual page"
    [ ! -s "$folder/err" ] || fail "man warns of the manual page"
fi
for shell in bash zsh fish; do
    ok help completion $shell
    command -v $shell >/dev/null || continue
    $shell -n "$folder/out" || fail "the completion is no script of $shell"
done
refused 2 help completion tcsh
ok check --json
json 'it.sound === true && it.finding === null'
ok routes --json
json 'it.length > 60 && it.every((route) => route.roles.length > 0 && route.path.startsWith("/"))'
"$program" --version | grep -Eq '^wspolnie [0-9]+\.[0-9]+\.[0-9]+$' || fail "--version"
"$program" --help >"$folder/commands"
# Every command of the list has a help of its own, which names its options.
sed -n 's/^  \([a-z][a-z]*\( [a-z][a-z]*\)\{0,1\}\) .*/\1/p' "$folder/commands" | while read -r command; do
    "$program" $command --help >"$folder/out" 2>"$folder/err" || fail "$command --help"
    printed "^usage: wspolnie $command"
done
