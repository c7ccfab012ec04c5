// SPDX-License-Identifier: EUPL-1.2
// The directory from outside: an organisation says what stands there, anybody finds it, nothing else of it is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const names = ['Fundacja Zolw', 'Tu i Razem', 'Kolo Ciche']; // two of them take their real name
const series = `/${path.split('/')[1]}`, directory = `${series}/organisations`;
let folder, program, ola, zolw, tut, ciche, anyone;
const cli = (...words) => runWell([...words, '--edition', edition], { folder });

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  await signUpAll(program, names);
  await cli('signups', 'accept', '--all-new');
  [zolw, tut, ciche] = [await comeIn(program, names[0]), await comeIn(program, names[1]), await comeIn(program, names[2])];
});
after(async () => {
  for (const visitor of [ola, zolw, tut, ciche, anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const formWith = (page, control) => page.forms.find((one) => one.control(control));
const save = async (visitor, where, control, values) => {
  const page = await visitor.get(`${visitor.home}${where}`);
  return visitor.send(formWith(page, control), values);
};
/** Refused, or asked to sign in. */
const isShut = async (visitor, where) => {
  const page = await visitor.get(where);
  return page.status === 403 || page.path.startsWith('/sign-in');
};
const find = async (query) => (await anyone.get(`${directory}?${new URLSearchParams(query)}`)).text;

test('the menu of the edition that is on goes along: a representative’s own gathering is one press away', async () => {
  assert.ok((await zolw.get(directory)).links.includes(zolw.home));
  assert.ok(!(await anyone.get(directory)).links.some((link) => link.startsWith('/me')));
  assert.ok((await anyone.get(directory)).links.includes(`${path}/programme`));
  assert.ok((await ola.get(directory)).links.includes(`${path}/staff`));
});

test('nobody stands there who did not say so', async () => {
  const page = await anyone.get(directory);
  assert.equal(page.status, 200);
  assert.match(page.text, /Katalog jest jeszcze pusty/);
  for (const name of names) assert.ok(!page.text.includes(name), name);
  assert.ok(!(await anyone.get(series)).text.includes('Szukaj w katalogu'));
});

test('an organisation enters itself, and is found without capitals, accents, script and endings', async () => {
  const own = { organisation: 'Fundacja Żółw', words: 'Prowadzimy **zajęcia** dla seniorów.\n\n<script>alert(1)</script>', profiles: ['senior'], nip: '8567346215', krs: '1234', website: 'zolw.example' };
  assert.equal((await save(zolw, '/sign-up', 'krs', own)).status, 303);
  assert.match((await zolw.get(`${zolw.home}/sign-up`)).html, /value="0000001234"/);
  assert.equal((await save(zolw, '/exchanges/new?side=offer', 'quantity', { kind: 'equipment', words: 'krzesła składane', quantity: '30' })).status, 303);
  assert.equal((await save(zolw, '/directory', 'shows_words', { is_shown: '1', shows_words: '1', shows_exchanges: '1', public_phone: '12 345 67 89' })).status, 303);
  assert.equal((await save(tut, '/sign-up', 'krs', { organisation: 'Тут і разом' })).status, 303);
  assert.equal((await save(tut, '/directory', 'shows_words', { is_shown: '1' })).status, 303);
  for (const q of ['zolw', 'ŻÓŁWIE', 'senior', 'seniorzy', 'krzeseł', 'fundacja żółw']) assert.ok((await find({ q })).includes('Fundacja Żółw'), q);
  assert.ok((await find({ q: 'tut i razom' })).includes('Тут і разом'));
  assert.ok((await find({ offer: 'equipment', profile: 'senior' })).includes('Fundacja Żółw'));
  assert.ok(!(await find({ need: 'equipment' })).includes('Fundacja Żółw'));
  assert.match(await find({ q: 'nosorożec' }), /nie pasuje do wszystkiego naraz/);
  assert.ok((await anyone.get(series)).links.includes(directory));
});

test('its page tells what it ticked and nothing else, and Markdown brings no markup of its own', async () => {
  const list = await anyone.get(directory);
  const link = list.links.find((one) => one.startsWith(`${directory}/`));
  const page = await anyone.get(link);
  assert.equal(page.status, 200);
  assert.match(page.html, /<strong>zajęcia<\/strong>/);
  assert.ok(!page.html.includes('<script>alert'));
  assert.match(page.text, /krzesła składane/);
  assert.match(page.text, /ile: 30/);
  assert.match(page.text, /\+48 12 345 67 89/);
  for (const hidden of ['8567346215', '0000001234', 'zolw.example', '@']) assert.ok(!page.text.replace('ola@urzad.example', '').includes(hidden), `${hidden} is told`);
  const told = await anyone.get(`${directory}/${ciche.home.split('/').pop()}`);
  assert.equal(told.status, 404);
  assert.equal((await anyone.get(`${directory}/0000000000000`)).status, 404);
});

test('a wrong number is told by the rule it breaks', async () => {
  const refused = await save(zolw, '/sign-up', 'krs', { nip: '856734621' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /NIP ma dziesięć cyfr, a tu jest ich 9/);
  assert.match((await save(zolw, '/sign-up', 'krs', { nip: '8567346216' })).text, /Ostatnia cyfra tego numeru NIP nie pasuje/);
});

test('leaving it takes it away at once', async () => {
  const page = await zolw.get(`${zolw.home}/directory`);
  const form = formWith(page, 'shows_words');
  assert.equal((await zolw.send(form, { is_shown: null })).status, 303);
  assert.ok(!(await find({ q: 'zolw' })).includes('Fundacja Żółw'));
  assert.ok(!(await anyone.get(directory)).text.includes('Fundacja Żółw'));
});
