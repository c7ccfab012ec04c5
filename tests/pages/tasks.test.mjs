// SPDX-License-Identifier: EUPL-1.2
// The plan of the weeks before the day: proposed in one press, ticked, changed, moved with the day, printed, as a calendar.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, onceKey, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`, plan = `${staff}/tasks`;
let folder, program, ola, adam, ewa;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  const page = await ola.get(`${staff}/settings/people`);
  await ola.submit(page.forms.find((one) => one.control('email')), { name: 'Adam Próbny', email: 'adam@urzad.example', role: 'coordinator' });
  adam = await signInByMail(program, 'adam@urzad.example');
  await signUpAll(program, ['Fundacja Pierwsza']);
  ewa = await comeIn(program, 'Fundacja Pierwsza');
});
after(async () => {
  for (const visitor of [ola, adam, ewa]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const list = () => runWell(['tasks', 'list', '--edition', edition, '--json'], { folder });
const taskOf = async (words) => (await list()).find((one) => one.words.includes(words));
const pathOf = async (words) => `${plan}/${(await taskOf(words)).id}`;
const tick = (page, id) => page.forms.find((form) => form.action.includes(`/${id}/state`));
const isoOf = (ms) => new Date(ms).toISOString().slice(0, 10);
/** Moves the gathering to so many days from now. */
async function moveDay(days) {
  const page = await ola.get(`${staff}/settings`);
  return ola.submit(page.forms.find((form) => form.control('title')), { date: days === null ? '2099-06' : isoOf(Date.now() + days * 86400000), ...(days === null && { from: '', to: '' }), closes: '' });
}

test('one press proposes a plan, a second one does not add another; what is done already is seen', async () => {
  const empty = await ola.get(plan);
  assert.match(empty.text, /Nie ma jeszcze planu/);
  const form = empty.form('/propose');
  const [one, two] = await Promise.all([ola.send(form), ola.send(form)]);
  assert.deepEqual([one.status, two.status], [303, 303]);
  assert.equal((await ola.send((await adam.get(plan)).forms[0] ?? form)).status < 500, true);
  const tasks = await list();
  assert.equal(tasks.length, 24);
  const page = await ola.get(plan);
  assert.match(page.text, /Otworzyć zgłoszenia Zrobione, program to widzi: zgłoszenia otwarto/);
  assert.equal((await taskOf('Otworzyć zgłoszenia')).is_open, false);
});

test('who may not: an organisation and somebody unknown see nothing of it', async () => {
  for (const rest of ['', '/sheet', '/plan.ics', '/new']) assert.equal((await ewa.ask('GET', plan + rest)).status, 403, rest);
  const page = await ola.get(plan);
  const { id } = await taskOf('Zamknąć zgłoszenia');
  assert.equal((await ewa.send(tick(page, id), { to: 'done' })).status, 403);
  assert.equal((await taskOf('Zamknąć zgłoszenia')).state, 'todo');
});

test('given to somebody it stands on top of what needs them, and of nobody else', async () => {
  await moveDay(20); // "close the sign-ups" was due yesterday
  const page = await ola.get(await pathOf('Zamknąć zgłoszenia'));
  const form = page.forms.find((one) => one.control('words'));
  const adams = /value="([0-9a-z]{13})"[^>]*>\s*<span>Adam Próbny/.exec(page.html)[1];
  assert.equal((await ola.send(form, { who: adams, note: 'do czwartku' })).status, 303);
  const his = await adam.get(staff);
  assert.match(his.text, /Co dziś czeka na Was(?:(?!wkrótce).)*Wasze, termin minął \([^)]*\): Zamknąć zgłoszenia/);
  assert.doesNotMatch((await ola.get(staff)).text, /Wasze, termin minął/);
  assert.match((await ola.get(staff)).text, /z planu (jest|są) po terminie/);
  assert.match((await adam.get(`${plan}?mine=1`)).text, /Zamknąć zgłoszenia/);
  assert.doesNotMatch((await adam.get(`${plan}?mine=1`)).text, /Przejrzeć poczęstunek/);
});

test('two people tick at once: it is ticked; what somebody changed meanwhile is not overwritten', async () => {
  const { id } = await taskOf('Przejrzeć poczęstunek');
  const [hers, his] = [await ola.get(plan), await adam.get(plan)];
  assert.equal((await ola.send(tick(hers, id), { to: 'done' })).status, 303);
  assert.equal((await adam.send(tick(his, id), { to: 'done' })).status, 303);
  assert.equal((await adam.send(tick(his, id), { to: 'not_needed', once: onceKey() })).status, 409);
  assert.equal((await taskOf('Przejrzeć poczęstunek')).state, 'done');
  assert.match((await ola.get(plan)).text, /Przejrzeć poczęstunek: czy wszystkiego wystarczy zrobione · Ola Próbna/);
  assert.equal((await ola.send(tick(hers, id), { to: 'nonsense', once: onceKey() })).status, 422);
});

test('the day moves: what is due by it moves along, and this is said; a date of its own stays', async () => {
  const made = await ola.get(`${plan}/new`);
  const form = made.forms.find((one) => one.control('words'));
  assert.equal((await ola.send(form, { words: 'Tłumaczka', date: '2030-05-12' })).status, 303);
  const before = await taskOf('Wydrukować');
  const told = await moveDay(30);
  assert.match(told.text, /Razem z dniem przesunęł[oy] się \d+ zada/);
  const moved = await taskOf('Wydrukować');
  assert.equal(Date.parse(moved.due) - Date.parse(before.due), 10 * 86400000);
  assert.equal((await taskOf('Tłumaczka')).due, '2030-05-12');
  const again = await ola.get(`${staff}/settings`);
  const same = await ola.submit(again.forms.find((one) => one.control('title')), { title: 'Inny tytuł' });
  assert.doesNotMatch(same.text, /przesunęł/);
});

test('while only the month is known the plan is told in weeks', async () => {
  await moveDay(null);
  const page = await ola.get(plan);
  assert.match(page.text, /Na razie wiadomo tyle: czerwiec 2099/);
  assert.match(page.text, /3 tygodnie przed spotkaniem/);
  assert.doesNotMatch(page.text, /Po terminie/);
  assert.equal((await taskOf('Zamknąć zgłoszenia')).due, '');
  await moveDay(20);
});

test('what is typed wrongly is told at the field and stays typed', async () => {
  const form = (await ola.get(`${plan}/new`)).forms.find((one) => one.control('words'));
  const both = await ola.send(form, { words: 'Oba terminy', count: '3', date: '2030-05-12' });
  assert.equal(both.status, 422);
  assert.match(both.text, /albo liczbę wyżej, albo datę tutaj/);
  assert.ok(both.html.includes('Oba terminy'));
  assert.equal((await ola.send(form, { words: '', count: '3' })).status, 422);
  assert.equal((await ola.send(form, { words: 'x', count: '999' })).status, 422);
  assert.equal((await ola.send(form, { words: 'x', who: '0000000000001' })).status, 422, 'somebody not of the team');
  const two = await ola.send(form, { words: 'x', who: 'host', whom: 'Zosia' });
  assert.equal(two.status, 422);
});

test('on paper and as a calendar: what is left, each on its day', async () => {
  const sheet = await ola.get(`${plan}/sheet`);
  assert.match(sheet.text, /Tłumaczka/);
  const calendar = await ola.ask('GET', `${plan}/plan.ics`);
  assert.equal(calendar.status, 200);
  assert.match(calendar.headers['content-type'], /text\/calendar/);
  const text = calendar.bytes?.toString() ?? calendar.html;
  assert.match(text, /DTSTART;VALUE=DATE:20300512\r\nDTEND;VALUE=DATE:20300513\r\nSUMMARY:Tłumaczka/);
  assert.doesNotMatch(text, /Otworzyć zgłoszenia/);
});

test('whoever leaves the team has nothing to do any more: the task is nobody’s, and says so', async () => {
  const people = await ola.get(`${staff}/settings/people`);
  const take = people.forms.filter((form) => form.action.includes('/people/take')).find((form) => /Adam/.test(form.html) || form.control('person'));
  const adams = [...people.html.matchAll(/name="person" value="([0-9a-z]{13})"/g)].map((found) => found[1]);
  for (const form of people.forms.filter((one) => one.action.includes('/people/take'))) await ola.send(form);
  assert.ok(take && adams.length);
  const page = await ola.get(plan);
  assert.match(page.text, /Zamknąć zgłoszenia[^]*?nikt: osoby, która się tym zajmowała, nie ma już w zespole/);
  assert.equal((await adam.ask('GET', plan)).status, 403);
});

test('three hundred tasks, very long words, and a task that is removed', async () => {
  const form = (await ola.get(`${plan}/new`)).forms.find((one) => one.control('words'));
  assert.equal((await ola.send(form, { words: 'Najdłuższe '.repeat(18).trim() })).status, 303);
  const page = await ola.get(await pathOf('Najdłuższe'));
  assert.equal((await ola.send(page.form('/remove'))).status, 303);
  assert.equal(await taskOf('Najdłuższe'), undefined);
  assert.equal((await ola.send(page.form('/remove'))).status < 500, true);
  for (let i = (await list()).length; i < 300; i++)
    assert.equal((await ola.send(form, { words: `Zadanie ${i}`, count: `${i % 90}`, unit: 'days_before', once: onceKey() })).status, 303);
  const all = await ola.get(plan);
  assert.equal(all.status, 200);
  assert.match(all.text, /Został[oy] \d+ zada/);
  for (const rest of ['/sheet', '/plan.ics']) assert.equal((await ola.ask('GET', plan + rest)).status, 200);
  assert.match((await ola.get(staff)).text, /\d+ (zadań z planu jest|zadania z planu są) po terminie/);
});
