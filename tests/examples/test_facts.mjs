// SPDX-License-Identifier: EUPL-1.2
// Follows every row of a facts.csv to its page: node test_facts.mjs BASE_URL [FACTS.csv]. The example is imported there.
// Says each text that is missing; exit status 1 when one is.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const [base, file = fileURLToPath(new URL('../../examples/wspolnie-do-celu-ii/facts.csv', import.meta.url))] = process.argv.slice(2);
if (!base) throw new Error('usage: test_facts.mjs BASE_URL [FACTS.csv]');

/** Rows of a sheet with quotes, as objects by the head's names. */
function readSheet(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain);
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place]])));
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
const textOf = (html) => html.replace(/<(script|style)[^]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ')
  .replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all).replace(/[\s\u00a0]+/g, ' ');

const pages = new Map();
async function textOfPage(path) {
  if (!pages.has(path)) {
    const response = await fetch(base + path, { headers: { 'accept-language': 'pl' } });
    pages.set(path, response.ok ? textOf(await response.text()) : '');
    if (!response.ok) console.log(`${path}: ${response.status}`);
  }
  return pages.get(path);
}

const facts = readSheet(await readFile(file, 'utf8'));
let missing = 0, followed = 0;
for (const fact of facts) {
  if (!fact.page) continue;
  followed++;
  if ((await textOfPage(fact.page)).includes(fact.text)) continue;
  missing++;
  console.log(`sentence ${fact.sentence}, "${fact.statement}": ${fact.page} does not say "${fact.text}"`);
}
console.log(`${followed - missing} of ${followed} facts are on their pages`);
process.exit(missing || !followed ? 1 : 0);
