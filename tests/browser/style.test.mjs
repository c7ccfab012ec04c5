// SPDX-License-Identifier: EUPL-1.2
// The style sheets and the pages know each other: no rule for what no page has, no class that nothing is said about.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './harness.mjs';

const read = (name) => readFile(join(root, name), 'utf8');

/** The names of all classes in selectors; declarations and comments say none. */
function classesOf(sheet) {
  const selectors = sheet.replace(/\/\*[\s\S]*?\*\//g, '').replace(/"[^"]*"/g, '').replace(/\{[^{}]*\}/g, '{}');
  return new Set([...selectors.matchAll(/\.([a-z][a-z-]*)/g)].map(([, name]) => name));
}

/** What stands in class attributes of a page, with what a statement may put there. */
function classesIn(page) {
  const values = [...page.matchAll(/class="((?:[^"{]|\{[^}]*\})*)"/g)].map(([, value]) => value.replace(/\{[^}]*\}/g, ' '));
  return new Set(values.flatMap((value) => value.split(/\s+/)).filter(Boolean));
}

async function pages() {
  const names = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.html'));
  return Promise.all(names.map((name) => read(join('src', name))));
}

/* Given by C: the tones of states (signups, lists) and the marks that scripts set. */
const given = ['good', 'bad', 'warm', 'now', 'past', 'mark', 'sentence'];

test('no rule stands for a class that no page has', async () => {
  const used = new Set([...(await pages()).flatMap((page) => [...classesIn(page)]), ...given]);
  const unused = [...classesOf(await read('web/style.css')), ...classesOf(await read('web/print.css'))].filter((name) => !used.has(name));
  assert.deepEqual(unused, []);
  const hall = classesIn(await read('tests/browser/screen.html'));
  assert.deepEqual([...classesOf(await read('web/screen.css'))].filter((name) => !hall.has(name)), ['tables']);
});

test('no page has a class that the style sheets do not know', async () => {
  const known = new Set([...classesOf(await read('web/style.css')), ...classesOf(await read('web/print.css')), ...given]);
  const strange = (await pages()).flatMap((page) => [...classesIn(page)]).filter((name) => !known.has(name));
  assert.deepEqual([...new Set(strange)], []);
});

test('the classes of a sheet and of a page', () => {
  assert.deepEqual([...classesOf('.a:has(> .b-c) > p, @media (x) { .d::after { content: ".e"; margin: .5rem } } /* .f */')], ['a', 'b-c', 'd']);
  assert.deepEqual([...classesIn('<p class="a{if x} b{end} c-d"><i class="e">')], ['a', 'b', 'c-d', 'e']);
});
