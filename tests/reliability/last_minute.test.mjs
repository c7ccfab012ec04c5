// SPDX-License-Identifier: EUPL-1.2
// The last minute before the deadline: 200 organisations send at once, all are answered, in order, and those after it are
// told. And a form that was left open for a day is sent, or gives back everything typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, start } from '../program.mjs';
import { answersOf, fillIn, signUp } from './gathering.mjs';

const CROWD = 200;
const edition = 'wspolnie-do-celu-przyklad/ii', path = `/${edition}`;
const closes = '2031-01-20', last_minute = '2031-01-20T22:59:30Z', too_late = '2031-01-20T23:00:00Z'; // Warsaw, in winter
// Only the demo holds its clock still.
const served = (folder, clock) => start(['demo', '--clock', clock, '--changes-per-min', '100000'], { folder });
const ours = (one) => one.organisation.startsWith('Fundacja z Testu ');
const list = async (folder) => (await runWell(['signups', 'list', '--edition', edition, '--json'], { folder })).filter(ours);

async function gathering(run) {
  const folder = await makeFolder();
  try {
    await (await served(folder, '2031-01-10T10:00:00Z')).stop();
    await runWell(['edition', 'set', edition, '--closes', closes], { folder });
    await run(folder);
  } finally {
    await removeFolder(folder);
  }
}

const formOf = (page) => page.forms.find((one) => one.method === 'POST' && /\/sign-up(\/[^/]+\/(?!sent)[^/]+)?$/.test(one.action));

/** All pages but the last: the form that is ready to be sent. */
async function fillUpTo(visitor, name) {
  const answers = answersOf(name);
  let page = await visitor.get(`${path}/sign-up`);
  for (let pages = 0; pages < 9 && !/\/check$/.test(page.path); pages++) page = await visitor.submit(formOf(page), fillIn(formOf(page), answers));
  assert.match(page.path, /\/check$/, page.text);
  return formOf(page);
}

test('200 organisations in the last minute: all answered, each once, in the order they were taken; after it nobody', () => gathering(async (folder) => {
  let program = await served(folder, last_minute);
  const names = Array.from({ length: CROWD }, (_, i) => `Fundacja z Testu ${i + 1}`);
  const visitors = names.map(() => new Visitor(program.base));
  const ready = await Promise.all(visitors.map((visitor, i) => fillUpTo(visitor, names[i])));
  const answered = await Promise.all(visitors.map((visitor, i) => visitor.send(ready[i])));
  assert.deepEqual([...new Set(answered.map((page) => page.status))], [200]);
  for (const page of answered) assert.match(page.text, /Dziękujemy, mamy Wasze zgłoszenie/);
  const again = await visitors[0].send(ready[0]); // the same press once more
  assert.ok([200, 303].includes(again.status));
  const kept = await list(folder);
  assert.deepEqual(kept.map((one) => one.organisation).sort(), [...names].sort());
  const late = new Visitor(program.base);
  const unsent = await fillUpTo(late, 'Fundacja z Testu Za Późno');
  for (const visitor of visitors) visitor.close();
  await program.stop();

  program = await served(folder, too_late);
  late.base = new URL(program.base);
  const refused = await late.send(unsent);
  assert.equal(refused.status, 409);
  assert.match(refused.text, /Zgłoszenia są zamknięte|Zgłoszenia zamknięte/);
  assert.equal((await list(folder)).length, CROWD);
  late.close();
  await program.stop();
}));

/** The coordinator of the demo. */
async function comeInAsMaria(program) {
  const maria = new Visitor(program.base);
  const link = new URL(/coordinator:\s+(http\S+)/.exec(program.output.join('\n'))[1]).pathname;
  await maria.submit((await maria.get(link)).form(link));
  return maria;
}

/** A question with one answer that few can choose: its path for coordinators, and the answer's id. */
async function askWithPlaces(maria, places) {
  const staff = `${path}/staff/questions`;
  const asked = await maria.submit((await maria.get(`${staff}/new`)).form('/new'), { label_pl: 'Stolik przy oknie?', kind: 'choice', shown: 'always' });
  const question = asked.path.split('?')[0];
  const chosen = await maria.submit((await maria.get(`${question}/choices/new`)).form('/choices/new'), { label_pl: 'tak, przy oknie', places: String(places) });
  const choice = chosen.links.find((link) => /\/choices\/[0-9a-z]{13}$/.test(link)).split('/').at(-1);
  return { question: question.split('/').at(-1), choice };
}

test('200 go through the whole form at once in the last minute: the queue is theirs in the order they were taken, each page tells it, and a choice of 17 places has 17', () => gathering(async (folder) => {
  const PLACES = 17, program = await served(folder, last_minute);
  try {
    await rush(folder, program, PLACES);
  } finally {
    await program.stop();
  }
}));

async function rush(folder, program, PLACES) {
  const maria = await comeInAsMaria(program);
  const { question, choice } = await askWithPlaces(maria, PLACES);
  const before = (await runWell(['signups', 'list', '--edition', edition, '--json'], { folder })).filter((one) => one.state === 'waiting').length;
  assert.ok(before > 0, 'all places of the demo are taken');
  const names = Array.from({ length: CROWD }, (_, i) => `Fundacja z Testu ${i + 1}`);
  const visitors = names.map(() => new Visitor(program.base));
  const receipts = await Promise.all(visitors.map((visitor, i) => signUp(visitor, answersOf(names[i]), path)));
  const told = receipts.map((page) => Number(/Wasze miejsce w kolejce to (\d+)/.exec(page.text)?.[1]));
  assert.deepEqual([...told].sort((a, b) => a - b), Array.from({ length: CROWD }, (_, i) => before + i + 1), 'each place is told once, none is left out');
  for (const page of receipts) assert.match(page.text, /O kolejności decyduje tylko czas/);

  // What the receipt told is what stands kept: by the time each was taken.
  const kept = await list(folder);
  const since = new Map(kept.map((one) => [one.organisation, `${one.submitted} ${one.id}`]));
  const by_time = names.map((name, i) => ({ name, place: told[i], since: since.get(name) })).sort((a, b) => (a.since < b.since ? -1 : 1));
  assert.deepEqual(by_time.map((one) => one.place), by_time.map((_, i) => before + i + 1));
  assert.deepEqual([...new Set(kept.map((one) => one.state))], ['waiting']);

  // Each comes back by the address on the receipt, and all want the same table.
  const homes = await Promise.all(visitors.map(async (visitor, i) => {
    const address = /<div class="way-in">[\s\S]*?<a href="([^"]+)"/.exec(receipts[i].html)[1];
    return (await visitor.submit((await visitor.get(address)).form(address))).path.split('?')[0];
  }));
  const own = await visitors[0].get(`${homes[0]}/sign-up`);
  assert.match(own.text, new RegExp(`${told[0]}\\D[\\s\\S]*kolej`), 'where they stand can be read later too');
  const forms = await Promise.all(visitors.map(async (visitor, i) => (await visitor.get(`${homes[i]}/questions/${question}`)).forms.find((form) => form.control('pick'))));
  const answers = await Promise.all(visitors.map((visitor, i) => visitor.send(forms[i], { pick: choice })));
  assert.deepEqual([answers.filter(({ status }) => status === 303).length, answers.filter(({ status }) => status === 422).length], [PLACES, CROWD - PLACES]);
  for (const page of answers.filter(({ status }) => status === 422)) assert.match(page.text, /Ostatnie miejsce na „tak, przy oknie” zostało właśnie zajęte/);
  assert.match((await maria.get(`${path}/staff/questions/${question}`)).text, new RegExp(`zajęte miejsca: ${PLACES} z ${PLACES}`));
  for (const visitor of [maria, ...visitors]) visitor.close();
}

test('a form left open for a day is sent as if nothing had been, and one left too long gives back what was typed', () => gathering(async (folder) => {
  const visitor_of = (program, before) => Object.assign(before ?? new Visitor(program.base), { base: new URL(program.base) });
  let program = await served(folder, '2031-01-18T10:00:00Z');
  const visitor = visitor_of(program);
  const page = await visitor.get(`${path}/sign-up`);
  const first = formOf(page);
  const ready = await fillUpTo(visitor_of(program), 'Fundacja z Testu Na Jutro');
  await program.stop();

  program = await served(folder, '2031-01-19T11:00:00Z');
  visitor_of(program, visitor);
  const next = await visitor.submit(first, { organisation: 'Fundacja z Testu Wczorajsza' });
  assert.equal(next.status, 200, next.text);
  assert.match(next.path, /\/contact$/);
  const sent = await new Visitor(program.base).send(ready);
  assert.match(sent.text, /Dziękujemy, mamy Wasze zgłoszenie/);
  assert.deepEqual((await list(folder)).map((one) => one.organisation), ['Fundacja z Testu Na Jutro']);
  const unsent = formOf(next);
  await program.stop();

  program = await served(folder, '2031-01-21T05:00:00Z'); // meanwhile the call has closed
  const closed = await visitor_of(program, visitor).send(unsent, { name: 'Halina Długopisząca', phone: '600 100 200', email: '' });
  assert.equal(closed.status, 409);
  assert.match(closed.text, /Halina Długopisząca/, 'what was typed is there to be copied');
  await program.stop();
  visitor.close();
}));
