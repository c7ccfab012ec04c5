// SPDX-License-Identifier: EUPL-1.2
// The directory from outside: an organisation says what stands there, anybody finds it, nothing else of it is told. And
// who acts for an organisation: inviting by letter and by hand, handing over, stopping.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
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

// ---- who acts ---------------------------------------------------------------------------------------------------------

test('somebody is invited by letter, becomes the contact, and the first one stops', async () => {
  const before = await ciche.get(`${ciche.home}/people`);
  assert.match(before.text, /to Wy/);
  assert.ok(!before.html.includes('/people/end"'), 'the last one cannot stop');
  const sent = await save(ciche, '/people', 'email', { name: 'Nowa Osoba', email: 'nowa@kolo.example' });
  assert.equal(sent.status, 303);
  const nowa = Object.assign(await signInByMail(program, 'nowa@kolo.example'), { home: ciche.home });
  assert.equal((await nowa.get(ciche.home)).status, 200);
  const people = await ciche.get(`${ciche.home}/people`);
  assert.equal((await ciche.send(people.forms.find((one) => one.action.endsWith('/people/contact')))).status, 303);
  const stop = (await ciche.get(`${ciche.home}/people`)).forms.find((one) => one.action.endsWith('/people/end'));
  assert.equal((await ciche.send(stop)).status, 303);
  assert.ok(await isShut(ciche, `${ciche.home}/people`));
  assert.match((await nowa.get(`${nowa.home}/people`)).text, /nowa@kolo\.example osoba do kontaktu|osoba do kontaktu/);
  nowa.close();
});

test('who an e-mail belongs to is not told to whoever invites it', async () => {
  assert.equal((await save(tut, '/people', 'email', { name: 'Zgadnięte', email: 'ola@urzad.example' })).status, 303);
  const people = await tut.get(`${tut.home}/people`);
  assert.match(people.text, /ola@urzad\.example/);
  assert.ok(!people.text.includes('Ola Próbna'), 'the name of the account is told');
  assert.equal((await tut.send(people.forms.find((one) => one.action.endsWith('/people/contact')))).status, 303);
  for (const where of ['/people', '/sign-up']) assert.ok(!(await tut.get(`${tut.home}${where}`)).html.includes('Ola Próbna'), where);
  const back = (await tut.get(`${tut.home}/people`)).forms.find((one) => one.action.endsWith('/people/contact'));
  assert.equal((await tut.send(back)).status, 303);
});

test('somebody without an e-mail gets a link that opens this organisation alone', async () => {
  const page = await save(tut, '/people', 'email', { name: 'Bez Adresu', email: '' });
  assert.equal(page.status, 200, page.text);
  const [link] = /\/s\/[0-9a-z]{26}/.exec(page.html);
  const visitor = new Visitor(program.base);
  const asked = await visitor.get(link);
  const come = await visitor.submit(asked.forms.find((one) => one.method === 'POST'));
  assert.equal(come.path, tut.home, come.text);
  assert.ok(await isShut(visitor, `${zolw.home}/people`));
  const there = await visitor.get(`${tut.home}/people`);
  const own = there.forms.filter((one) => one.action.endsWith('/people/contact')).at(-1);
  const alone = await visitor.send(own);
  assert.equal(alone.status, 422);
  assert.match(alone.text, /Bez Adresu nie ma tu ani adresu e-mail, ani numeru telefonu/);
  assert.match(there.text, /Kartą albo linkiem nie można nikogo zaprosić/);
  assert.ok(!there.forms.some((one) => one.control('email')), 'a card makes no cards');
  for (const email of ['', 'ktos@kolo.example']) {
    const withKey = visitor.entries(formWith(await visitor.get(`${tut.home}/people`), 'person'));
    const refused = await visitor.post(`${tut.home}/people`, [...withKey, ['name', 'Dalszy'], ['email', email]]);
    assert.equal(refused.status, 422, refused.text);
    assert.ok(!refused.html.includes('/s/'));
  }
  visitor.close();
  assert.ok(await isShut(anyone, `${tut.home}/people`));
});

// ---- one organisation twice -------------------------------------------------------------------------------------------

test('two of the series that share a number and a site are told, and joined where only one is here', async () => {
  const duplicates = `${path}/staff/sign-ups/duplicates`;
  await signUpAll(program, ['Zolwie Bis']);
  const bis = await comeIn(program, 'Zolwie Bis');
  assert.equal((await save(bis, '/sign-up', 'krs', { krs: '1234', website: 'http://www.zolw.example/kontakt' })).status, 303);
  const page = await ola.get(duplicates);
  assert.match(page.text, /Fundacja Żółw – Zolwie Bis|Zolwie Bis – Fundacja Żółw/);
  assert.match(page.text, /Wspólne: KRS i strona internetowa|Wspólne: .*KRS/);
  const both = page.links.find((one) => /\/same\?with=/.test(one));
  assert.ok(both, 'both are here: they are joined side by side');
  await cli('signups', 'decline', 'Zolwie Bis', '--reason', 'Dwa razy.');
  assert.match((await ola.get(duplicates)).text, /nie ma czego łączyć/);
  assert.match((await ola.get(both)).text, /Nie ma czego łączyć/);
  for (const visitor of [bis, anyone]) assert.ok(await isShut(visitor, duplicates));
  bis.close();
});

test('where only one of them is here, its sign-up becomes one of the other, once', async () => {
  const [name] = edition.split('/');
  await runWell(['edition', 'add', name, '--slug', 'iii', '--title', 'Trzecia'], { folder });
  await runWell(['edition', 'state', `${name}/iii`, 'call_open'], { folder });
  const sheet = join(folder, 'arkusz.csv');
  await writeFile(sheet, 'Nazwa organizacji;Strona internetowa\nCiche Popołudnia;https://ciche.example\n');
  assert.equal((await save(Object.assign(await signInByMail(program, 'nowa@kolo.example'), { home: ciche.home }), '/sign-up', 'krs', { website: 'ciche.example/o-nas' })).status, 303);
  await runWell(['import', 'signups', sheet, '--confirm', '--edition', `${name}/iii`], { folder });
  const duplicates = `/${name}/iii/staff/sign-ups/duplicates`;
  const page = await ola.get(duplicates);
  const form = page.forms.find((one) => one.html.includes('name="organisation"'));
  assert.ok(form, page.text);
  assert.match(page.text, /Wspólne: strona internetowa/);
  assert.equal((await ola.send(form, { seen: '99' })).status, 409);
  assert.equal((await ola.send((await ola.get(duplicates)).forms.find((one) => one.html.includes('name="organisation"')))).status, 303);
  const list = (await runWell(['signups', 'list', '--edition', `${name}/iii`, '--json'], { folder })).map((one) => one.organisation);
  assert.deepEqual(list, ['Kolo Ciche']);
  assert.ok(!(await ola.get(duplicates)).text.includes('Ciche Popołudnia'));
});
