// SPDX-License-Identifier: EUPL-1.2
// A coordinator makes a talk for each organisation; each fills its own in. Who may change what, and when others see it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia'];
let folder, program, ola, ewa, anyone, mine;

const cli = (...words) => runWell([...words, '--edition', edition], { folder });
const items = () => cli('programme', 'items', '--json');
const itemOf = async (name) => (await items()).find((item) => item.who === name && item.state !== 'declined');

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  await signUpAll(program, names);
  await cli('signups', 'accept', '--all-new');
  for (const [kind, from, to] of [['opening', '14:00', '14:10'], ['talks', '14:10', '15:00']])
    await cli('frame', 'add', '--kind', kind, '--from', from, '--to', to);
  ewa = await comeIn(program, names[0]);
  mine = ewa.home;
});
after(async () => {
  for (const visitor of [ola, ewa, anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const talkForm = (page) => page.forms.find((form) => form.control('title'));

test('a talk for each organisation waits for its title, and each side is told', async () => {
  const page = await ola.get(`${staff}/programme`);
  assert.equal((await ola.send(page.form('/programme/talks'))).status, 303);
  const today = await ola.get(staff);
  assert.match(today.text, /3 przyjęte wystąpienia nie mają jeszcze tytułu/);
  const link = today.links.find((one) => /\/staff\/programme#i-/.test(one));
  assert.ok((await ola.get(link.split('#')[0])).html.includes(`id="${link.split('#')[1]}"`), 'the link leads to no row');
  assert.match((await ola.get(`${staff}/programme`)).text, /jeszcze bez tytułu/);

  const my = await ewa.get(mine);
  assert.match(my.text, /Wasze wystąpienie/);
  assert.match(my.text, /czeka na tytuł/);
  assert.ok(my.links.some((one) => one.startsWith(`${mine}/talk/`)));
});

test('the organisation fills in title, words, theme and needs, and no more', async () => {
  const item = await itemOf(names[0]);
  const page = await ewa.get(`${mine}/talk/${item.id}`);
  assert.equal(page.status, 200);
  assert.equal(page.heading, 'Wasze wystąpienie');
  assert.match(page.text, /Wystąpienie · 3 min|wystąpienie · 3 min/);
  const form = talkForm(page);
  for (const name of ['kind', 'duration', 'has_children', 'photo_consent', 'changeover'])
    assert.ok(!form.controls.some((control) => control.name === name), `${name} is not theirs`);
  const refused = await ewa.send(form, { title: '', words: 'Opowiemy.' });
  assert.equal(refused.status, 422);
  assert.equal(talkForm(refused).control('words').value, 'Opowiemy.');
  const saved = await ewa.send(talkForm(refused), {
    title: 'Ogród za szkołą', words: 'Opowiemy, jak go założyliśmy.', theme: 'ecology', people: '2', needs: 'Rzutnik.',
    kind: 'concert', duration: '90', organisation: 'none', state: 'declined', // what the form does not ask changes nothing
  });
  assert.equal(saved.status, 303, saved.text);
  const after = await itemOf(names[0]);
  assert.equal(after.title, 'Ogród za szkołą');
  assert.equal(after.words, 'Opowiemy, jak go założyliśmy.');
  assert.equal(after.theme, 'ecology');
  assert.equal(after.needs, 'Rzutnik.');
  assert.deepEqual([after.kind, after.minutes, after.state], ['talk', 3, 'accepted']);
  assert.match((await ola.get(staff)).text, /2 przyjęte wystąpienia nie mają jeszcze tytułu/);
  const my = await ewa.get(mine);
  assert.match(my.text, /Wasze wystąpienie: Ogród za szkołą/);
  assert.doesNotMatch(my.text, /czeka na tytuł/);
});

test('the coordinator and the organisation change it at once: the second is shown both', async () => {
  const item = await itemOf(names[0]);
  const [hers, his] = [talkForm(await ola.get(`${staff}/programme/items/${item.id}`)), talkForm(await ewa.get(`${mine}/talk/${item.id}`))];
  assert.equal((await ola.send(hers, { title: 'Ogród szkolny' })).status, 303);
  const told = await ewa.send(his, { title: 'Ogród pod oknem' });
  assert.equal(told.status, 409);
  for (const words of ['Ogród szkolny', 'Ogród pod oknem']) assert.ok(told.text.includes(words), words);
  assert.equal(talkForm(told).control('title').value, 'Ogród pod oknem');
  assert.equal((await ewa.send(talkForm(told))).status, 303);
  assert.equal((await itemOf(names[0])).title, 'Ogród pod oknem');
});

test('after publishing, a changed title waits for the next publishing and stands in the list of changes', async () => {
  await cli('programme', 'draft');
  await cli('programme', 'publish');
  const item = await itemOf(names[0]);
  const page = await ewa.get(`${mine}/talk/${item.id}`);
  assert.match(page.text, /gdy organizator ogłosi program następnym razem/);
  assert.equal((await ewa.send(talkForm(page), { title: 'Ogród na dachu' })).status, 303);

  assert.match((await anyone.get(`${path}/programme`)).text, /Ogród pod oknem/);
  const my = await ewa.get(mine);
  assert.match(my.text, /Ogród pod oknem/);
  assert.match(my.text, /gdy organizator ogłosi program ponownie/);
  assert.match((await ola.get(staff)).text, /1 zmiana w programie/);
  const changes = await ola.get(`${staff}/programme/publish`);
  assert.match(changes.text, /Ogród na dachu/);
  assert.match(changes.text, /przedtem: Ogród pod oknem/);
  assert.equal((await ola.send(changes.form('/publish'))).status, 303);
  assert.match((await anyone.get(`${path}/programme`)).text, /Ogród na dachu/);
  assert.doesNotMatch((await ewa.get(mine)).text, /ogłosi program ponownie/);
});

test('a talk without a title is published, with the name of who agreed to it alone, and can still be filled in', async () => {
  const programme = (await anyone.get(`${path}/programme`)).text;
  assert.match(programme, /Ogród na dachu Fundacja Pierwsza/); // they filled it in, on a form that says so
  assert.match(programme, /wystąpienie organizacja/);
  assert.doesNotMatch(programme, /Fundacja Druga/);
  const second = await comeIn(program, names[1]);
  const my = await second.get(second.home);
  assert.match(my.text, /czeka na tytuł/);
  const way = my.links.find((one) => one.startsWith(`${second.home}/talk/`));
  assert.equal((await second.send(talkForm(await second.get(way)), { title: 'Jeszcze zdążymy' })).status, 303);
  assert.match((await ola.get(`${staff}/programme/publish`)).text, /Jeszcze zdążymy/);
  second.close();
});

test('another organisation’s talk is not there, a declined one cannot be changed, what was typed stays', async () => {
  const other = await itemOf(names[1]);
  assert.equal((await ewa.get(`${mine}/talk/${other.id}`)).status, 404);
  const third = await comeIn(program, names[2]);
  const item = await itemOf(names[2]);
  const where = `${third.home}/talk/${item.id}`;
  const form = talkForm(await third.get(where));
  await cli('programme', 'accept', item.id, '--state', 'declined');
  const late = await third.send(form, { title: 'Napisane za późno' });
  assert.equal(late.status, 409);
  assert.match(late.text, /Napisane za późno/);
  const page = await third.get(where);
  assert.match(page.text, /nie można już zmienić/);
  assert.equal(talkForm(page), undefined);
  assert.ok(!(await third.get(third.home)).links.includes(where));
  third.close();
});

test('who withdraws leaves the programme with the next publishing, and coordinators are told at once', async () => {
  const [name] = names;
  await cli('programme', 'draft');
  await cli('programme', 'publish');
  assert.ok((await cli('programme', 'show', '--json')).some((slot) => slot.who === name), 'it does not stand in the programme');
  await cli('signups', 'withdraw', name);
  assert.match((await ola.get(staff)).text, /1 zmiana w programie/);
  assert.match((await ola.get(`${staff}/programme`)).text, /tego punktu nie ogłosimy/);
  assert.equal((await ola.send((await ola.get(`${staff}/programme/publish`)).form('/publish'))).status, 303);
  assert.ok(!(await cli('programme', 'show', '--json')).some((slot) => slot.who === name), 'it still stands there');
  assert.doesNotMatch((await anyone.get(`${path}/programme`)).text, new RegExp(name));
});
