#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# readme.sh PROGRAM: the commands of README.md's main job, as they stand there, on a sheet of twelve organisations.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
commands=$(awk '/^w=/ { on = 1 } /^```$/ { on = 0 } on' "$here/../../README.md" | sed '1s/^w=[^;]*/w=$program/')
[ "$(printf '%s\n' "$commands" | wc -l)" -ge 8 ] || fail "README.md: the commands of the main job are not found"
case $program in /*) ;; *) program=$PWD/$program ;; esac
cd "$folder"
node --input-type=module -e "
import { sheet } from '$here/../browser/sheet.mjs';
import { writeFileSync } from 'node:fs';
writeFileSync('zgloszenia.csv', sheet(12, 'Nazwa organizacji'));"
WSPOLNIE_DATA_DIR=$folder/data
export WSPOLNIE_DATA_DIR program
printf '%s\n' "set -eu" "$commands" >commands.sh
sh commands.sh >out 2>err || fail "the commands of README.md do not end well"
[ -s copy.json ] || fail "nothing was exported"
ok rounds show --edition wspolnie-do-celu/ii --json
json 'it.rounds.length >= 3'
# What was published is seen by everybody.
WSPOLNIE_BINARY=$program node --input-type=module -e "
import { Visitor, start } from '$here/../program.mjs';
const program = await start(['serve'], { folder: '$folder/data' });
const anyone = new Visitor(program.base);
const seen = [];
for (const page of ['', '/programme', '/rounds']) seen.push((await anyone.get('/wspolnie-do-celu/ii' + page)).status);
anyone.close();
await program.stop();
if (seen.some((status) => status !== 200)) { console.error(seen); process.exit(1); }" >out 2>err ||
    fail "what README.md publishes is not there for everybody"
