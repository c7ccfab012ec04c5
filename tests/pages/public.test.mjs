// SPDX-License-Identifier: EUPL-1.2
// The public pages of the demo gathering: the edition in short, the potluck, an organisation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, start } from '../program.mjs';

const edition = '/wspolnie-do-celu-przyklad/ii';
let folder, program, anyone;

before(async () => {
  folder = await makeFolder();
  program = await start(['demo'], { folder });
  anyone = new Visitor(program.base);
});

after(async () => {
  anyone?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('an edition: the programme first, newcomers by name, dishes only counted', async () => {
  const page = await anyone.get(edition);
  const places = ['Program', 'Kto przyjdzie', 'Rozmowy przy stolikach', 'Spacery', 'Poczęstunek'].map((heading) => page.html.indexOf(`>${heading}</h2>`));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.ok(places[0] > 0);
  const listed = page.links.filter((link) => /\/organisations\/\w+$/.test(link));
  assert.ok(listed.length > 0 && listed.length <= 12);
  assert.ok(page.links.includes(`${edition}/potluck`));
  assert.doesNotMatch(page.text, /Szarlotka/);
});

test('the motif is drawn from who comes and who talks with whom', async () => {
  for (const path of [edition, '/']) {
    const { html } = await anyone.get(path);
    const words = /<svg class="motif"[^>]*aria-label="([^"]*)"/.exec(html)[1];
    assert.match(words, /70 organizacji, 175 rozmów/);
    const count = (name) => new RegExp(`<path class="${name}" d="([^"]*)"`).exec(html)[1].match(/M/g).length;
    assert.equal(count('lines'), 175);
    assert.equal(count('beads') + count('beads new'), 70);
    assert.equal(count('beads new'), 8);
  }
});

test('the next edition stands large on the start page, the others below', async () => {
  const page = await anyone.get('/');
  assert.match(page.heading, /Wspólnie do celu II$/);
  assert.match(page.html, /href="\/wspolnie-do-celu-przyklad\/iii"/);
});

test('letters lead to the first organisation of each', async () => {
  const { html } = await anyone.get(`${edition}/rounds`);
  const letters = [...html.matchAll(/<a href="#(letter-\d+)">([^<]+)<\/a>/g)];
  assert.ok(letters.length > 10, `${letters.length} letters`);
  for (const [, id, letter] of letters) {
    const name = new RegExp(`<tr id="${id}"><th scope="row"[^>]*>([^<]+)`).exec(html)?.[1];
    assert.ok(name?.replace(/^[„«"]/, '').startsWith(letter), `${letter} leads to ${name}`);
  }
});

test('a public page is light: at most 60 kB as sent and 6 requests, with all it asks for', async () => {
  const compressed = { 'accept-encoding': 'gzip' };
  const weigh = async (path) => (await anyone.ask('GET', path, { headers: compressed })).bytes.length;
  for (const path of ['', '/programme', '/organisations', '/rounds', '/potluck', '/sign-up'].map((rest) => edition + rest)) {
    const { html } = await anyone.get(path);
    const asked = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address);
    const weights = await Promise.all([path, ...asked].map(weigh));
    const sum = weights.reduce((a, b) => a + b);
    assert.ok(weights.length <= 6 && sum <= 60_000, `${path}: ${sum} bytes in ${weights.length} requests`);
  }
});

test('the potluck has a page of its own, honest about what is not known', async () => {
  const page = await anyone.get(`${edition}/potluck`);
  assert.match(page.text, /Szarlotka/);
  assert.match(page.text, /„Nie wiadomo” nie znaczy „nie ma”/);
});

test('an organisation tells what it looks for and can give', async () => {
  const list = await anyone.get(`${edition}/organisations`);
  const path = list.links.find((link) => /\/organisations\/\w+$/.test(link));
  assert.match((await anyone.get(path)).text, /Czego szukają|Co mogą dać/);
});

test('in the first edition of a series nobody is marked as new', async () => {
  assert.doesNotMatch((await anyone.get('/wspolnie-do-celu-przyklad/i/organisations')).text, /pierwszy raz/);
});
