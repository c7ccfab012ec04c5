// SPDX-License-Identifier: EUPL-1.2
// The next edition from the last: what comes along is shown and ticked, what has hours waits for its day, and nobody makes
// it who does not coordinate the series.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, run, runWell, setUp, start } from '../program.mjs';
import { edition, makeGathering, path } from '../reliability/gathering.mjs';

const series = path.slice(0, path.lastIndexOf('/'));
const next = `${series}/staff/next-edition`;
let folder, program, ola, anyone;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await runWell(['edition', 'set', edition, '--venue', 'Dom Pod Kasztanem', '--address', 'ul. Przykładowa 56', '--host', 'Fundacja Kasztan',
    '--contribution', 'przestrzeń, krzesła', '--places', '70', '--words', 'Rozmowy i ciasto.'], { folder });
  await runWell(['frame', 'add', '--edition', edition, '--kind', 'talks', '--from', '14:30', '--to', '16:00'], { folder });
  await runWell(['walk', 'add', '--edition', edition, '--name', 'Ogrody', '15:50'], { folder });
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
});

after(async () => {
  ola?.close();
  anyone?.close();
  await program?.stop();
  await removeFolder(folder);
});

const formOf = (page) => page.forms.find((one) => one.control('parts') || one.control('number'));
const ticked = (form) => form.controls.filter((one) => one.name === 'parts' && one.checked).map((one) => one.value);

test('what there is to copy is shown and ticked, and the number, the title and the hours follow the last', async () => {
  assert.ok((await ola.get(series)).links.includes(next));
  const page = await ola.get(next);
  const form = formOf(page);
  assert.deepEqual(ticked(form).sort(), ['day', 'partners', 'places', 'settings', 'walks']);
  assert.match(page.text, /Co zostaje w/);
  assert.ok(page.links.includes(`${series}/staff/new-edition`));
});

test('nobody else makes it', async () => {
  for (const method of ['GET', 'POST']) assert.ok((await anyone.ask(method, next)).status !== 200);
});

let made;
test('a wrong answer keeps the ticks; a right one makes a draft of what was ticked', async () => {
  const form = formOf(await ola.get(next));
  const wrong = await ola.send(form, { date: '2031-06', from: '15:00', to: '19:00' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /całej daty/);
  const answer = await ola.send(form, { date: 'czerwiec 2031' }); // the hours that were offered wait with the day
  assert.equal(answer.status, 303, answer.text);
  [made] = answer.location.split('/staff/');
  const told = await ola.get(answer.location);
  assert.match(told.text, /To szkic/);
  assert.doesNotMatch(told.text, /z tym, co zaznaczyliście/);
  assert.match(told.text, /czeka na dzień[^]*Części dnia, o tych samych godzinach: 1/);
  const places = (await ola.get(`${made}/staff/settings/places`)).text;
  for (const words of ['Dom Pod Kasztanem', 'Fundacja Kasztan']) assert.match(places, new RegExp(words));
  assert.equal((await anyone.get(made)).status, 404);
  const settings = (await ola.get(`${made}/staff/settings`)).form(/settings$/);
  assert.equal(settings.control('places').value, '70');
  assert.match(settings.control('words').value, /Rozmowy i ciasto/);
});

test('pressed twice, it is made once; a number that is taken is told', async () => {
  const form = formOf(await ola.get(next));
  const first = await ola.send(form, { number: '9', title: 'Dziewiąta' });
  const second = await ola.send(form, { number: '9', title: 'Dziewiąta' });
  assert.equal(second.location, first.location);
  const again = await ola.send(formOf(await ola.get(next)), { number: '9', title: 'Dziewiąta' });
  assert.equal(again.status, 422);
  assert.match(again.text, /edycję o tym numerze/);
});

test('what has hours waits for the day, and is taken over once', async () => {
  const where = `${made}/staff/settings/from-last`;
  const waiting = await ola.get(where);
  assert.match(waiting.text, /Gdy dzień będzie znany/);
  const offered = (await ola.get(`${made}/staff/settings`)).form(/settings$/);
  assert.equal(offered.control('from').value, '14:00');
  assert.equal((await ola.send(offered, { title: 'Inny tytuł' })).status, 303, 'what is only offered is no mistake');
  await ola.submit((await ola.get(`${made}/staff/settings`)).form(/settings$/), { date: '12.06.2031' });
  assert.ok((await ola.get(`${made}/staff/settings`)).links.some((link) => link.startsWith(`${where}?from=`)));
  assert.match((await ola.get(`${made}/staff`)).text, /2 rzeczy z godzinami czekają/);
  const page = await ola.get(where), form = page.form(/from-last$/);
  assert.deepEqual(ticked(form).sort(), ['day', 'walks']);
  const none = await ola.send(form, { parts: [] });
  assert.equal(none.status, 422);
  const other = await ola.get(where);
  assert.equal((await ola.send(form, {})).status, 303);
  const late = await ola.send(other.form(/from-last$/), {}); // somebody else had the same page open
  assert.equal(late.status, 422);
  assert.match((await ola.get(`${made}/staff/settings/frame`)).text, /14:30–16:00/);
  assert.match((await ola.get(where)).text, /nic do przeniesienia/);
});

test('on the command line', async () => {
  const parts = await runWell(['edition', 'next', edition, '--preview', '--json'], { folder });
  assert.deepEqual(parts.map((one) => one.part).sort(), ['day', 'partners', 'places', 'settings', 'walks']);
  const shown = await runWell(['edition', 'next', edition, '--number', '12', '--date', '2032-06-10', '--without', 'walks', '--json'], { folder });
  assert.equal(shown.state, 'draft');
  const name = `${edition.split('/')[0]}/xii`;
  assert.deepEqual(await runWell(['walk', 'list', '--edition', name, '--json'], { folder }), []);
  for (const wrong of [['--without', 'nothing'], ['--number', '12']])
    assert.notEqual((await run(['edition', 'next', edition, ...wrong], { folder })).code, 0);
});

test('a holiday is said where the date is typed, and where coordinators read it; nothing is refused for it', async () => {
  assert.match((await ola.get(next)).text, /Dni wolne w Polsce w najbliższym roku .*Boże Ciało/);
  assert.match((await ola.get(`${series}/staff/new-edition`)).text, /Boże Ciało/);
  const wrong = await ola.send(formOf(await ola.get(next)), { date: '2098-06-19', from: '', to: '18:00', number: '77' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Tego dnia jest święto: Boże Ciało.*Data/); // Corpus Christi: Easter was 60 days before
  const made = await ola.submit(formOf(await ola.get(next)), { date: '2098-06-19', number: '77' });
  assert.match(made.text, /Edycja jest gotowa.*Tego dnia jest święto: Boże Ciało/);
  const staff = made.path.replace(/\/settings.*/, '');
  for (const page of ['', '/settings', '/settings/state', '/settings/before', '/tasks'])
    assert.match((await ola.get(staff + page)).text, /Tego dnia jest święto/, page);
});
