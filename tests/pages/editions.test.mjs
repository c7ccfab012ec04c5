// SPDX-License-Identifier: EUPL-1.2
// A coordinator makes a series and an edition, in the browser's way and on the command line; two change the same thing;
// what nobody may see is not there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, run, runWell, start } from '../program.mjs';

let folder, program, ola, anyone;
const staff = '/do-celu/iii/staff';

before(async () => {
  folder = await makeFolder();
  program = await start(['serve'], { folder });
  ola = new Visitor(program.base);
  anyone = new Visitor(program.base);
  const [, link] = await program.line(/(\/setup\/\S+)/);
  const page = await ola.get(link);
  await ola.submit(page.form(/setup/), { name: 'Ola', email: 'ola@example.org' });
});

after(async () => {
  ola?.close();
  anyone?.close();
  await program?.stop();
  await removeFolder(folder);
});

const send = async (path, values) => {
  const page = await ola.get(path);
  return ola.send(page.forms.find((form) => form.action === path), values);
};

test('before anything is there, the start page says so and offers the first step', async () => {
  assert.match((await anyone.get('/')).text, /Nie ogłoszono jeszcze/);
  assert.ok((await ola.get('/')).links.includes('/admin/series/new'));
});

test('a series', async () => {
  const refused = await send('/admin/series/new', { name: 'Me', phone: '12 345 67 89', language: 'pl' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /potrzebuje sam program/);
  const answer = await send('/admin/series/new', { name: 'Do celu', phone: '12 345 67 89', language: 'pl' });
  assert.equal(answer.location, '/do-celu/staff/new-edition');
  const again = await send('/admin/series/new', { name: 'Do celu', phone: '12 345 67 89', language: 'pl' });
  assert.equal(again.status, 422);
  assert.match(again.text, /ma już ten adres/);
  assert.equal((await anyone.ask('GET', '/admin/series/new')).status, 303);
});

test('an edition is a draft that nobody else sees', async () => {
  const wrong = await send('/do-celu/staff/new-edition', { number: '3', title: 'Do celu III', from: '14:00', zone: 'Europe/Warsaw' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /całej daty/);
  const answer = await send('/do-celu/staff/new-edition', {
    number: '3', title: 'Do celu III', date: '11.06.2031', from: '14:00', to: '19:00', closes: '2031-05-28', zone: 'Europe/Warsaw',
    venue: 'Dom Pod Kasztanem', address: 'ul. Przykładowa 56', host: 'Fundacja Kasztan', contributions: 'przestrzeń, wsparcie techniczne',
  });
  assert.equal(answer.location, `${staff}/settings?saved=made`);
  assert.equal((await anyone.get('/do-celu/iii')).status, 404);
  assert.equal((await ola.get('/do-celu/iii')).status, 200);
  assert.equal((await send(`${staff}/settings/state`, { state: 'call_open' })).status, 303);
  const page = await anyone.get('/do-celu/iii');
  assert.equal(page.status, 200);
  assert.equal(page.heading, 'Do celu III');
  for (const words of ['środa 11 czerwca 2031, 14:00–19:00', 'Dom Pod Kasztanem, ul. Przykładowa 56', 'do 28 maja 2031',
    'przestrzeń i wsparcie techniczne Fundacja Kasztan', 'Zgłoście organizację'])
    assert.ok(page.text.includes(words), `${words}\n${page.text}`);
  assert.match(page.html, /tel:\+48123456789/);
});

test('two change the same thing: the second is shown both and loses nothing', async () => {
  const page = await ola.get(`${staff}/settings`);
  const form = page.form('/staff/settings');
  assert.equal((await send(`${staff}/settings`, { title: 'Ich tytuł' })).status, 303);
  const late = await ola.send(form, { title: 'Mój tytuł', words: 'Napisane długo' });
  assert.equal(late.status, 409);
  for (const words of ['Ich tytuł', 'Mój tytuł', 'Napisane długo']) assert.ok(late.text.includes(words), words);
  const shown = late.form('/staff/settings');
  assert.equal(shown.control('title').value, 'Mój tytuł');
  assert.equal(shown.control('words').value, 'Napisane długo');
  assert.equal((await ola.send(shown)).status, 303);
  assert.equal((await anyone.get('/do-celu/iii')).heading, 'Mój tytuł');
});

test('a day to begin from is offered while there is none, and taken once', async () => {
  const where = `${staff}/settings/frame`;
  const offered = await ola.get(where);
  assert.match(offered.text, /Albo zacznijcie od zwykłego popołudnia/);
  const elsewhere = await ola.get(where);
  for (const page of [offered, offered, elsewhere]) // a double click, and another window
    assert.equal((await ola.send(page.form('/propose'))).status, 303);
  const day = await ola.get(where);
  const parts = day.links.filter((link) => /\/sections\/(?!new)/.test(link));
  assert.ok(parts.length >= 8 && parts.length <= 11, `${parts.length} parts`);
  assert.doesNotMatch(day.text, /zwykłego popołudnia/);
  for (const part of parts) assert.equal((await ola.send((await ola.get(part)).form('/remove'))).status, 303);
});

test('the day, place, people and notice', async () => {
  assert.equal((await send(`${staff}/settings/sections/new`, { kind: 'talks', from: '14:40', to: '15:20' })).status, 303);
  assert.equal((await send(`${staff}/settings/sections/new`, { kind: 'talks', from: '15:20', to: '14:40' })).status, 422);
  const day = await ola.get(`${staff}/settings/frame`);
  assert.match(day.text, /14:40–15:20 wystąpienia/);
  const part = day.links.find((link) => link.includes('/sections/') && !link.endsWith('/new'));
  assert.equal((await send(part, { to: '15:30', is_protected: '1' })).status, 303);
  assert.match((await ola.get(`${staff}/settings/frame`)).text, /14:40–15:30.*czas wolny/);
  const one = await ola.get(part);
  assert.equal((await ola.send(one.form('/remove'))).status, 303);
  assert.equal((await ola.get(part)).status, 404);
  assert.equal((await send(`${staff}/settings/spaces/new`, { name: 'Sala główna', capacity: '180', step_free: '1' })).status, 303);
  assert.match((await anyone.get('/do-celu/iii')).text, /miejsce dla 180 osób · bez schodów/);
  assert.equal((await send(`${staff}/settings/people`, { name: 'Jan', email: 'jan@example.org', role: 'door' })).status, 303);
  const people = await ola.get(`${staff}/settings/people`);
  assert.match(people.text, /Przy wejściu Jan jan@example.org/);
  assert.match((await ola.get(`${staff}/mail`)).text, /jan@example.org/);
  assert.equal((await ola.send(people.form('/take'))).status, 303);
  assert.doesNotMatch((await ola.get(`${staff}/settings/people`)).text, /jan@example.org/);
  assert.equal((await send(`${staff}/settings/notice`, { pl: 'Nowe *słowa*' })).status, 303);
  assert.match((await ola.get(`${staff}/settings/notice`)).text, /Wersja 1/);
});

test('pages of staff are not for others, and unknown things are not there', async () => {
  for (const path of ['', '/settings', '/settings/people', '/mail', '/settings/sections/new'])
    assert.equal((await anyone.ask('GET', staff + path)).status, 303, path);
  for (const path of ['/nic', '/do-celu/iv', '/do-celu/iii/nic', `${staff}/settings/rzeczy/new`, `${staff}/mail/0123456789abc`])
    assert.equal((await ola.get(path)).status, 404, path);
  const lost = await new Visitor(program.base, { language: 'uk' }).get('/do-celu/nic');
  assert.match(lost.heading, /Такої сторінки немає/);
});

test('what needs a coordinator, and the own page', async () => {
  assert.match((await ola.get(staff)).heading, /Co dziś czeka na Was/);
  const mine = await ola.get('/me');
  assert.ok(mine.links.includes(staff));
});

test('the same on the command line', async () => {
  const options = { folder };
  const series = await runWell(['series', 'list', '--json'], options);
  assert.deepEqual(series.map(({ slug }) => slug), ['do-celu']);
  await runWell(['edition', 'add', 'do-celu', '--title', 'Do celu IV', '--date', '2032-06', '--host', 'Kasztan', '--contribution', 'kawa, ciasto'], options);
  const made = await runWell(['edition', 'show', 'do-celu/iv', '--json'], options);
  assert.deepEqual([made.number, made.state, made.date, made.host, made.starts], [4, 'draft', '2032-06', 'Kasztan', null]);
  const refused = await run(['edition', 'set', 'do-celu/iv', '--from', '14:00'], options);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /need a whole --date/);
  const changed = await runWell(['edition', 'set', 'do-celu/iv', '--date', '2032-06-10', '--from', '14:00', '--to', '18:00', '--json'], options);
  assert.equal(changed.starts, '2032-06-10T12:00:00Z');
  await runWell(['frame', 'add', '--edition', 'do-celu/iv', '--kind', 'potluck', '--from', '15:45', '--to', '16:15', '--free'], options);
  const state = await runWell(['edition', 'state', 'do-celu/iv', 'call_open', '--json'], options);
  assert.deepEqual(state.frame.map(({ kind, free }) => [kind, free]), [['potluck', true]]);
  assert.equal((await run(['edition', 'state', 'do-celu/iv', 'open'], options)).status, 2);
  assert.equal((await run(['edition', 'show', 'do-celu/x'], options)).status, 1);
  assert.equal((await run(['series', 'add', 'Do celu'], options)).status, 3);
  assert.match((await anyone.get('/do-celu')).text, /Do celu IV/);
});
