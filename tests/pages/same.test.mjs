// SPDX-License-Identifier: EUPL-1.2
// Who signed up twice: marked in the list and in "today", joined after both were seen side by side, once, and not over
// what somebody else has changed; nobody gets a letter, nobody's way in is lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { answersOf, comeIn, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';

const staff = `${path}/staff`, list = `${staff}/sign-ups`;
let folder, program, ola, adam;

const cli = (...words) => runWell([...words, '--edition', edition], { folder });
const signups = () => cli('signups', 'list', '--json');
const stateOf = async (name) => (await signups()).find((one) => one.organisation === name)?.state;
const where = async (name) => `${list}/${(await signups()).find((one) => one.organisation === name).id}`;
const letters = async () => [...(await ola.get(`${staff}/mail`)).html.matchAll(/<tr>/g)].length;

async function add(name, email, more = {}) {
  const visitor = new Visitor(program.base);
  await signUp(visitor, { ...answersOf(name), email, ...more });
  visitor.close();
}

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await runWell(['edition', 'set', edition, '--places', '3'], { folder });
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  adam = new Visitor(program.base);
  adam.cookies = new Map(ola.cookies);
  await add('Fundacja Pierwsza', 'pierwsza@organizacja.example', { people: '3' });
  await add('Fundacja Pierwszaa', 'drugi@organizacja.example', { people: '5' });
  await add('Koło Osobne', 'osobne@organizacja.example');
});
after(async () => {
  for (const visitor of [ola, adam]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('both are marked in the list, and today says so before a free place is given to a double', async () => {
  const page = await ola.get(list);
  assert.equal(page.links.filter((link) => /\/same\?with=/.test(link)).length, 2);
  const narrow = await ola.get(`${list}?state=double`);
  assert.match(narrow.text, /Znaleziono 2 zgłoszenia/);
  assert.match((await ola.get(staff)).text, /2 zgłoszenia bez decyzji mogą być od organizacji, które już się zgłosiły/);
  await cli('signups', 'accept', 'Fundacja Pierwsza');
  await cli('signups', 'wait', 'Fundacja Pierwszaa');
  const today = await ola.get(staff);
  assert.match(today.text, /Pierwsza na liście rezerwowej: Fundacja Pierwszaa\. Może to ta sama organizacja, która zgłosiła się też jako Fundacja Pierwsza\.|: Fundacja Pierwszaa\. Może to ta sama/);
});

test('the page of a sign-up leads to both side by side, and another one is found by its name', async () => {
  const one = await ola.get(await where('Fundacja Pierwszaa'));
  const both = await ola.get(one.links.find((link) => /\/same\?with=/.test(link)));
  assert.match(both.text, /Fundacja Pierwsza .*zostaje, ze swoją nazwą i stanem.*Fundacja Pierwszaa .*kończy się/);
  assert.deepEqual(both.form('/same').controls.filter(({ name }) => name === 'people').map(({ value, checked }) => [value, checked]), [['kept', true], ['other', false]]);
  const turned = await ola.get(both.links.find((link) => /\/same\?with=/.test(link)));
  assert.match(turned.text, /jedno miejsce się zwolni/);
  const pick = await ola.get(`${await where('Koło Osobne')}/same?q=pierwsz`);
  assert.match(pick.text, /Znaleziono 2 zgłoszenia/);
  assert.equal((await ola.get(`${await where('Koło Osobne')}/same?with=${(await where('Koło Osobne')).split('/').pop()}`)).status, 404);
  assert.equal((await ola.get(`${await where('Koło Osobne')}/same?with=0000000000001`)).status, 404);
});

test('a choice that no page offers joins nothing', async () => {
  const one = await ola.get(await where('Fundacja Pierwszaa'));
  const form = (await ola.get(one.links.find((link) => /\/same\?with=/.test(link)))).form('/same');
  for (const wrong of ['', 'both', 'x']) assert.equal((await ola.send(form, { people: wrong })).status, 422, wrong);
  assert.equal(await stateOf('Fundacja Pierwszaa'), 'waiting');
});

test('a page that somebody else made stale says what changed meanwhile, and keeps what was chosen', async () => {
  const one = await ola.get(await where('Fundacja Pierwszaa'));
  const form = (await ola.get(one.links.find((link) => /\/same\?with=/.test(link)))).form('/same');
  const staffs = (await adam.get(`${await where('Fundacja Pierwsza')}/edit`)).forms.find((each) => each.control('staff_notes'));
  assert.equal((await adam.send(staffs, { remarks: 'Przyjdziemy z psem przewodnikiem' })).status, 303);
  const late = await ola.send(form, { people: 'other' });
  assert.equal(late.status, 409);
  assert.match(late.text, /Nic nie zostało zrobione/);
  assert.match(late.text, /Tymczasem zmieniło się: Uwagi/);
  assert.doesNotMatch(late.text, /zmieniło się: [^.]*Nazwa lub stan/);
  assert.deepEqual(late.form('/same').controls.filter(({ name }) => name === 'people').map(({ value, checked }) => [value, checked]), [['kept', false], ['other', true]]);
  assert.doesNotMatch((await ola.get(one.links.find((link) => /\/same\?with=/.test(link)))).text, /Tymczasem zmieniło się/);
  await cli('signups', 'accept', 'Fundacja Pierwszaa').catch(() => {});
  const state = await ola.send(late.form('/same'), { people: 'other' });
  if (state.status === 409) assert.match(state.text, /zmieniło się: Nazwa lub stan/);
  await cli('signups', 'wait', 'Fundacja Pierwszaa').catch(() => {});
  await cli('signups', 'accept', 'Fundacja Pierwsza').catch(() => {});
});

test('joined once, with the answers that were chosen, without a letter; who acted for it acts for the one that stays', async () => {
  const second = await signInByMail(program, 'drugi@organizacja.example');
  const home = (await second.get('/me')).links.find((link) => link.startsWith(`/me${path}/`));
  const dish = (await second.get(`${home}/dish`)).form('/dish');
  assert.equal((await second.send(dish, { name: 'Szarlotka', kind: 'cake', rest: 'unknown' })).status, 303);
  const one = await ola.get(await where('Fundacja Pierwszaa'));
  const form = (await ola.get(one.links.find((link) => /\/same\?with=/.test(link)))).form('/same');
  const seen = (await adam.get(one.links.find((link) => /\/same\?with=/.test(link)))).form('/same');
  const written = await letters();
  const answers = await Promise.all([1, 2].map(() => ola.send(form, { people: 'other', contact: 'other' }))); // a double click
  assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
  assert.equal(answers[0].location, answers[1].location);
  const kept = await ola.follow(answers[0]);
  assert.match(kept.text, /Oba są teraz jednym zgłoszeniem/);
  const edit = (await ola.get(`${kept.path.split('?')[0]}/edit`)).forms.find((each) => each.control('staff_notes'));
  assert.equal(edit.control('people').value, '5');
  assert.equal(edit.control('email').value, 'drugi@organizacja.example');
  assert.equal(await stateOf('Fundacja Pierwsza'), 'accepted');
  assert.equal(await stateOf('Fundacja Pierwszaa'), 'withdrawn');
  assert.equal(await letters(), written);
  assert.match((await ola.get(await where('Fundacja Pierwszaa'))).html, /Ta sama organizacja co Fundacja Pierwsza: połączone/);
  const late = await adam.send(seen);
  assert.equal(late.status, 409);
  assert.match(late.text, /Nic nie zostało zrobione/);

  const mine = (await second.get('/me')).links.filter((link) => link.startsWith(`/me${path}/`));
  const afternoon = await second.get(mine[0]);
  assert.match(afternoon.text, /Fundacja Pierwsza[^a]/);
  assert.match(afternoon.text, /Szarlotka/);
  const first = await comeIn(program, 'Fundacja Pierwsza');
  assert.match((await first.get(first.home)).text, /Szarlotka/);
  second.close();
  first.close();
  assert.ok(!(await ola.get(list)).links.some((link) => /\/same\?with=/.test(link)));
});

test('a representative corrects the name; another organisation\'s is refused in words, and coordinators see what it was', async () => {
  const theirs = await comeIn(program, 'Fundacja Pierwsza');
  const own = await theirs.get(`${theirs.home}/sign-up`), form = own.form('/sign-up');
  const labels = Object.fromEntries([...form.html.matchAll(/<label for="([^"]*?(\w+))">([\s\S]*?)<\/label>/g)].map(([, , name, label]) => [name, label]));
  for (const way of ['email', 'phone']) assert.doesNotMatch(labels[way], /nieobowiązkowe/);
  assert.match(labels.website, /nieobowiązkowe/);
  assert.match(own.text, /wystarczy/);
  for (const taken of ['Koło Osobne', 'KOŁO  OSOBNE', 'kolo osobne']) {
    const refused = await theirs.send(form, { organisation: taken });
    assert.equal(refused.status, 422, taken);
    assert.match(refused.text, /Inna organizacja ma już tę nazwę/);
    assert.equal(refused.form('/sign-up').control('organisation').value, taken);
  }
  assert.equal((await theirs.send(form, { organisation: '' })).status, 422);
  assert.equal((await theirs.send(form, { organisation: 'Fundacja Pierwsza z Ogrodu', legal_form: 'foundation' })).status, 303);
  const page = await ola.get(await where('Fundacja Pierwsza z Ogrodu'));
  assert.match(page.text, /Wcześniejsze nazwy Fundacja Pierwsza zmiana: Halina Próbna/);
  const staffs = (await ola.get(`${page.path}/edit`)).forms.find((each) => each.control('staff_notes'));
  assert.equal(staffs.control('legal_form').value, 'foundation');
  assert.equal((await ola.send(staffs, { organisation: 'Koło Osobne' })).status, 422);
  theirs.close();
});
