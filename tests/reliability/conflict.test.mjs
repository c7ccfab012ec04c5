// SPDX-License-Identifier: EUPL-1.2
// Two people change the same thing: the second is told, sees both versions, and loses nothing typed. And one press that
// arrives twice, as a double click or a repeated request does, acts once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, onceKey, removeFolder, runWell, start } from '../program.mjs';
import { answersOf, edition, makeGathering, path, signUp } from './gathering.mjs';

const staff = `${path}/staff`;
let folder, program, ola, adam;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  const [link] = await program.line(/http:\S+\/setup\/\S+/);
  ola = new Visitor(program.base);
  await ola.submit((await ola.get(link)).form(/setup/), { name: 'Ola Próbna', email: 'ola@urzad.example' });
  adam = new Visitor(program.base);
  const page = await ola.get(`${staff}/settings/people`);
  await ola.submit(page.forms.find((one) => one.control('email')), { name: 'Adam Próbny', email: 'adam@urzad.example', role: 'coordinator' });
  const from = program.output.length;
  await adam.submit((await adam.get('/sign-in')).form('/sign-in'), { email: 'adam@urzad.example' });
  await adam.signIn((await program.line(/http:\S+\/sign-in\/[0-9a-z]{26}/, from))[0]);
  for (const name of ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia']) {
    const visitor = new Visitor(program.base);
    await signUp(visitor, answersOf(name));
    visitor.close();
  }
});
after(async () => {
  await program?.stop();
  await removeFolder(folder);
});

const list = () => runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
const idOf = async (name) => (await list()).find((one) => one.organisation === name).id;

/** Both open the page, Ola saves hers, then Adam his: his answer tells him, and keeps what he typed; a second press saves it. */
async function bothChange(where, formOf, hers, his) {
  const [one, other] = [formOf(await ola.get(where)), formOf(await adam.get(where))];
  const saved = await ola.send(one, hers);
  assert.equal(saved.status, 303, `the first: ${saved.text.slice(0, 400)}`);
  const told = await adam.send(other, his);
  assert.equal(told.status, 409, `the second is not told: ${told.status} ${told.text.slice(0, 400)}`);
  const again = formOf(told);
  for (const [name, value] of Object.entries(his)) {
    const control = again.controls.find((each) => each.name === name && each.type !== 'hidden');
    assert.equal(control.value, value, `${name}: what was typed is lost`);
  }
  for (const value of [...Object.values(hers), ...Object.values(his)]) assert.ok(told.text.includes(value), `${value} is not shown: ${told.text.slice(0, 1500)}`);
  const at_last = await adam.send(again, {});
  assert.equal(at_last.status, 303, at_last.text.slice(0, 400));
  return formOf(await ola.get(where));
}

test('the settings of an edition', async () => {
  const form = await bothChange(`${staff}/settings`, (page) => page.forms.find((one) => one.control('title')),
    { title: 'Tytuł od Oli' }, { title: 'Tytuł od Adama' });
  assert.equal(form.control('title').value, 'Tytuł od Adama');
});

test('a series', async () => {
  const form = await bothChange('/admin/series/wspolnie-do-celu', (page) => page.forms.find((one) => one.control('organiser')),
    { organiser: 'Urząd Oli' }, { organiser: 'Urząd Adama' });
  assert.equal(form.control('organiser').value, 'Urząd Adama');
});

test('a sign-up', async () => {
  const where = `${staff}/sign-ups/${await idOf('Fundacja Pierwsza')}`;
  const form = await bothChange(where, (page) => page.forms.find((one) => one.control('staff_notes')),
    { staff_notes: 'Ola dzwoniła' }, { staff_notes: 'Adam dzwonił' });
  assert.equal(form.control('staff_notes').value, 'Adam dzwonił');
});

test('an item of the programme', async () => {
  const page = await ola.get(`${staff}/programme/items/new`);
  const form = page.forms.find((one) => one.control('duration'));
  const kind = form.controls.find((control) => control.name === 'kind');
  const added = await ola.send(form, { title: 'Powitanie', duration: '5', changeover: '0', kind: kind.options?.find(Boolean) ?? kind.value });
  assert.equal(added.status, 303, added.text.slice(0, 500));
  const items = await runWell(['programme', 'items', '--edition', edition, '--json'], { folder });
  const changed = await bothChange(`${staff}/programme/items/${items[0].id}`, (one) => one.forms.find((each) => each.control('duration')),
    { title: 'Powitanie od Oli' }, { title: 'Powitanie od Adama' });
  assert.equal(changed.control('title').value, 'Powitanie od Adama');
});

test('a decision on a sign-up', async () => {
  const where = `${staff}/sign-ups/${await idOf('Fundacja Druga')}`;
  const formOf = (page) => page.form('/decide');
  const [one, other] = [formOf(await ola.get(where)), formOf(await adam.get(where))];
  assert.equal((await ola.send(one, { to: 'accepted' })).status, 303);
  const told = await adam.send(other, { to: 'declined', reason: 'Adam widział ją inaczej.' });
  assert.equal(told.status, 409);
  assert.equal(formOf(told).control('reason').value, 'Adam widział ją inaczej.');
  assert.equal((await list()).find((each) => each.organisation === 'Fundacja Druga').state, 'accepted');
});

// ---- once ----------------------------------------------------------------------------------------------------

const countOf = async (name) => (await list()).filter((one) => one.organisation.startsWith(name)).length;

test('the same press twice, one after the other, adds once and leads to the same place', async () => {
  const form = (await ola.get(`${staff}/sign-ups/add`)).form('/add');
  const profile = form.controls.find((control) => control.name === 'profiles');
  const values = { organisation: 'Stowarzyszenie Podwójne', name: 'Ewa Próbna', phone: '+48 601 222 333', people: '2', profiles: profile.value };
  const first = await ola.send(form, values), second = await ola.send(form, values);
  assert.equal(first.status, 303, first.text.slice(0, 400));
  assert.equal(second.status, 303);
  assert.equal(second.location, first.location);
  assert.equal(await countOf('Stowarzyszenie Podwójne'), 1);
});

test('eight at the same moment add once', async () => {
  const form = (await ola.get(`${staff}/sign-ups/add`)).form('/add');
  const profile = form.controls.find((control) => control.name === 'profiles');
  const values = { organisation: 'Stowarzyszenie Równoczesne', name: 'Ewa Próbna', phone: '+48 601 222 444', people: '2', profiles: profile.value };
  const entries = ola.entries(form, values);
  const answers = await Promise.all(Array.from({ length: 8 }, async () => {
    const copy = new Visitor(program.base);
    copy.cookies = new Map(ola.cookies);
    return copy.post(form.action, entries).finally(() => copy.close());
  }));
  assert.deepEqual([...new Set(answers.map((page) => page.status))], [303]);
  assert.equal(new Set(answers.map((page) => page.location)).size, 1);
  assert.equal(await countOf('Stowarzyszenie Równoczesne'), 1);
});

test('the last page of the public form, sent twice, signs up once and says so', async () => {
  const visitor = new Visitor(program.base);
  const answers = answersOf('Klub Niecierpliwych');
  let page = await visitor.get(`${path}/sign-up`);
  let last;
  for (let pages = 0; pages < 10 && page.forms.some((one) => /\/sign-up/.test(one.action) && !/\/sent$/.test(one.action)); pages++) {
    const form = page.forms.find((one) => /\/sign-up/.test(one.action));
    const values = Object.fromEntries(form.controls.filter((control) => control.name in answers).map((control) => [control.name, answers[control.name]]));
    const profile = form.controls.find((control) => control.name === 'profiles');
    if (profile) values.profiles = profile.value;
    last = { form, values };
    page = await visitor.submit(form, values);
  }
  assert.match(page.text, /Klub Niecierpliwych/);
  const again = await visitor.submit(last.form, last.values);
  assert.equal(again.status, 200, again.text.slice(0, 300));
  const late = await visitor.submit(last.form, { ...last.values, once: onceKey() });
  assert.equal(late.status, 200, late.text.slice(0, 300));
  assert.equal(await countOf('Klub Niecierpliwych'), 1);
  visitor.close();
});

test('a key is needed, and must look like one', async () => {
  for (const once of ['', 'x', '0'.repeat(34), '0'.repeat(36), 'I'.repeat(35), `${'0'.repeat(34)}'`]) {
    const page = await ola.post(`${path}/sign-up`, { organisation: 'Bez klucza', once });
    assert.equal(page.status, 400, `once=${once}`);
  }
});
