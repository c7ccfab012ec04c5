#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# walks_dishes.sh PROGRAM: walks with their turns, and dishes, are added, changed and removed by command.
set -eu
. "$(dirname "$0")/common.sh"
id() { tr -d '\n' <"$folder/out"; }

ok series add "Spotkania" --slug spotkania --phone "+48 12 345 67 89"
ok edition add spotkania --slug i --date 2099-06-11 --from 14:00 --to 19:00
at="--edition spotkania/i"

echo "== a walk and its turns"
ok walk add $at --name "Ogrody" --place "Dach" --places 15 15:50 16:20
walk=$(id)
ok walk list $at --json
json "it.length === 1 && it[0].id === '$walk' && it[0].turns.length === 2 && it[0].turns.every((turn) => turn.places === 15)"
turn=$(node -p "JSON.parse(require('fs').readFileSync('$folder/out', 'utf8'))[0].turns[1].id")

ok walk set "$walk" $at --meeting-point "przy drzwiach" --place ""
ok walk turn "$turn" $at --starts 16:40 --places 8 --step-free
ok walk list $at --json
json "it[0].name === 'Ogrody' && it[0].place === '' && it[0].meeting_point === 'przy drzwiach'"
json "it[0].turns[0].places === 15 && it[0].turns[1].places === 8 && it[0].turns[1].step_free && it[0].turns[1].starts.endsWith('14:40:00Z')"
ok walk turn "$turn" $at --with-steps
ok walk list $at
printed "$turn  16:40  8 places\$"

echo "== what is wrong with it"
refused 2 walk set "$walk" $at --name ""
refused 1 walk set "$turn" $at --name "X"
refused 1 walk turn "$walk" $at --places 3
refused 1 walk turn nonsense $at --places 3
refused 2 walk turn "$turn" $at --places 0
refused 2 walk turn "$turn" $at --places 1001
refused 2 walk turn "$turn" $at --starts "po obiedzie"
refused 2 walk turn "$turn" $at --step-free --with-steps
refused 1 walk add $at --to "$turn" 15:00
refused 1 walk remove "$walk" $at nonsense # all or nothing
ok walk list $at --json
json "it.length === 1 && it[0].turns.length === 2"

ok walk remove "$turn" $at
printed "1 removed"
ok walk list $at --json
json "it[0].turns.length === 1"
ok walk remove "$walk" $at --json
json "it.removed === 1"
ok walk list $at --json
json "it.length === 0"

echo "== a dish"
ok dish add "Sernik" $at --kind cake --portions 12 --contains eggs,milk --rest-free
dish=$(id)
ok dish set "$dish" $at --name "Sernik z rodzynkami" --without nuts
ok dish list $at --json
json "it.length === 1 && it[0].name === 'Sernik z rodzynkami' && it[0].kind === 'cake' && it[0].portions === 12"
json "it[0].allergens.eggs === 'yes' && it[0].allergens.nuts === 'no' && it[0].allergens.fish === 'no'"
ok dish set "$dish" $at --rest-unknown --contains milk --portions 0
ok dish list $at --json
json "it[0].allergens.milk === 'yes' && it[0].allergens.eggs === 'unknown' && it[0].portions === null"
refused 2 dish set "$dish" $at --kind stone
refused 2 dish set "$dish" $at --contains stones
refused 2 dish set "$dish" $at --name ""
refused 2 dish set "$dish" $at --rest-free --rest-unknown
refused 1 dish set nonsense $at --name X
refused 1 dish set "$dish" $at --organisation "Nie Ma Takiej"
ok dish remove "$dish" $at
ok dish list $at --json
json "it.length === 0"
refused 1 dish remove "$dish" $at
