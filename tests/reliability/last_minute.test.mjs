// SPDX-License-Identifier: EUPL-1.2
// The last minute before the deadline: 200 organisations send at once, all are answered, in order, and those after it are
// told. And a form that was left open for a day is sent, or gives back everything typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, start } from '../program.mjs';
import { answersOf, fillIn } from './gathering.mjs';

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
