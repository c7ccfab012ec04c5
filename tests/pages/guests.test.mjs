// SPDX-License-Identifier: EUPL-1.2
// Guests of the demo gathering, who need no sign-up, and the page of figures, where they are counted apart.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, start } from '../program.mjs';
import { demoPeople } from '../reliability/signed_in.mjs';

const series = '/wspolnie-do-celu-przyklad', edition = `${series}/ii`, past = `${series}/i`, staff = `${edition}/staff`;
let folder, program, people, anyone;

before(async () => {
  folder = await makeFolder();
  program = await start(['demo'], { folder });
  people = await demoPeople(program);
  anyone = new Visitor(program.base);
});

after(async () => {
  for (const visitor of [...Object.values(people ?? {}), anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const figures = async () => Object.fromEntries([...(await people.coordinator.get(`${staff}/figures`)).html
  .matchAll(/<section><h2>([^<]*)<\/h2>([\s\S]*?)<\/section>/g)].map(([, heading, group]) => [heading,
  Object.fromEntries([...group.matchAll(/<dt>(?:<a[^>]*>)?([^<]*)(?:<\/a>)?<\/dt><dd>([^<]*)/g)].map(([, name, value]) => [name, value]))]));

test('guests are added, changed and counted apart', async () => {
  const list = `${staff}/guests`, add = `${list}/new`;
  const before = await figures();
  assert.equal(before['Goście, liczeni osobno'].osoby, '6');
  const form = (await people.coordinator.get(add)).form(add);
  const wrong = await people.coordinator.send(form, { name: '', people: '0' });
  assert.equal(wrong.status, 422);
  const good = (await people.coordinator.get(add)).form(add);
  const values = { name: 'Chór Zza Miedzy', kind: 'artist', people: '14', words: 'Śpiewają na koniec' };
  for (let press = 0; press < 2; press++) assert.equal((await people.coordinator.send(good, values)).status, 303); // a double click
  const page = await people.coordinator.get(list);
  assert.equal([...page.html.matchAll(/Chór Zza Miedzy/g)].length, 1);
  const now = await figures();
  assert.equal(now['Goście, liczeni osobno'].osoby, '20');
  assert.equal(now['Goście, liczeni osobno'].artyści, '15');
  assert.deepEqual(now.Przyjęte, before.Przyjęte);
  const path = /href="([^"]+)">Chór Zza Miedzy/.exec(page.html)[1];
  const [one, other] = [(await people.coordinator.get(path)).form(path), (await people.coordinator.get(path)).form(path)];
  assert.equal((await people.coordinator.send(one, { people: '12' })).status, 303);
  const told = await people.coordinator.send(other, { people: '16' });
  assert.equal(told.status, 409);
  assert.equal(told.form(path).control('people').value, '16');
  assert.match(told.text, /12/);
  assert.equal((await people.coordinator.send(told.form(path), {})).status, 303);
  assert.equal((await figures())['Goście, liczeni osobno'].osoby, '22');
  const gone = (await people.coordinator.get(path)).form('/remove');
  assert.equal((await people.coordinator.send(gone)).status, 303);
  assert.equal((await figures())['Goście, liczeni osobno'].osoby, '6');
  assert.equal((await people.coordinator.ask('GET', path)).status, 404);
});

test('a guest who stands in the programme cannot be removed', async () => {
  const list = await people.coordinator.get(`${staff}/guests`);
  const path = /href="([^"]+)">Leonard Niebywały/.exec(list.html)[1];
  const refused = await people.coordinator.send((await people.coordinator.get(path)).form('/remove'));
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Ten gość jest w programie/);
  assert.match((await anyone.get(`${edition}/programme`)).text, /Leonard Niebywały/);
});

test('an edition that was held says who came, in the words of a report', async () => {
  const facts = (await anyone.get(past)).text;
  assert.match(facts, /Organizacje, które przyszły blisko 70/);
  assert.match(facts, /Osoby, które przyszły 150/);
  const counted = await people.coordinator.get(`${past}/staff/figures`);
  assert.match(counted.text, /organizacje 67 w sprawozdaniu: blisko 70/);
});
