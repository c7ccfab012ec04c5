// SPDX-License-Identifier: EUPL-1.2
// A coordinator prepares an edition in the browser and is told what stands in the way: a draft, an impossible date, rounds
// that last too long, talks without a place; and an organisation reads the same in its own afternoon.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, run, runWell, setUp, signInByMail, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia', 'Fundacja Czwarta'];
let folder, program, ola, anyone;

const cli = (...words) => runWell([...words, '--edition', edition], { folder });
const setState = (state) => runWell(['edition', 'state', edition, state], { folder });
const part = (kind, from, to, ...more) => cli('frame', 'add', '--kind', kind, '--from', from, '--to', to, ...more);

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  await signUpAll(program, names);
  await cli('signups', 'accept', '--all-new');
  await part('doors', '14:00', '14:10');
  await part('talks', '14:10', '15:00');
  await part('rounds', '17:15', '18:00');
});
after(async () => {
  for (const visitor of [ola, anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('what is published of a draft opens it in the same press, or is not published', async () => {
  await setState('draft');
  const publish = await ola.get(`${staff}/programme/publish`);
  assert.match(publish.text, /Ta edycja jest szkicem/);
  const refused = await ola.send(publish.form('/programme/publish'));
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Niczego nie ogłoszono/);
  assert.match((await ola.get(`${staff}/programme`)).text, /Nikt z zewnątrz go nie widzi|dopóki/);
  assert.equal((await anyone.get(`${path}/programme`)).status, 404);
  const sent = await ola.send(refused.form('/programme/publish'), { open: 'call_open' });
  assert.equal(sent.status, 303);
  const seen = await anyone.get(`${path}/programme`);
  assert.equal(seen.status, 200);
  assert.match(seen.text, /14:10/);

  await setState('draft');
  assert.match((await ola.get(`${staff}/programme`)).text, /znów jest szkicem/);
  await cli('rounds', 'plan', '--rounds', '3');
  const rounds = await ola.get(`${staff}/rounds`);
  assert.equal((await ola.send(rounds.form('/rounds/publish'))).status, 422);
  assert.equal((await anyone.get(`${path}/rounds`)).status, 404);
  const opened = await ola.send((await ola.get(`${staff}/rounds`)).form('/rounds/publish'), { open: 'published' });
  assert.equal(opened.status, 303);
  assert.match((await anyone.get(`${path}/rounds`)).text, /Fundacja|organizacja/);
  await setState('draft');
  assert.match((await ola.get(`${staff}/rounds`)).text, /poza Wami nikt nie widzi planu/);
  await setState('call_open');
});

test('my gathering tells the whole day, and what has no place in the published programme says whom to ask', async () => {
  await runWell(['programme', 'add', '--edition', edition, '--organisation', names[0], '--title', 'Ogrody na dachach', '--minutes', '3'], { folder });
  await runWell(['programme', 'add', '--edition', edition, '--organisation', names[1], '--title', 'Zbyt długie', '--minutes', '300'], { folder });
  await cli('programme', 'draft');
  const waiting = await comeIn(program, names[1]);
  await cli('programme', 'publish');
  const first = await comeIn(program, names[0]);
  const page = await first.get(first.home);
  const at = ['otwarcie drzwi', '14:10', 'Ogrody na dachach', '17:15'].map((word) => page.text.indexOf(word));
  assert.ok(at.every((place, i) => place >= 0 && (!i || place > at[i - 1])), page.text);
  assert.ok(page.links.includes(`${path}/programme.ics`), 'no calendar');
  const left = await waiting.get(waiting.home);
  assert.match(left.text, /w ogłoszonym programie nie ma na nie miejsca. Możecie zapytać: .*48 12/);
  assert.doesNotMatch(left.text, /Godzina pojawi się tutaj/);
  first.close();
  waiting.close();
});

test('whoever withdrew has no hour and no table, and nobody is sent to their chair', async () => {
  const gone = await comeIn(program, names[0]), partner = await comeIn(program, names[1]);
  await setState('call_open');
  assert.match((await gone.get(gone.home)).text, /rozmowy|stolik/i);
  const withdraw = await gone.get(`${gone.home}/sign-up/withdraw`);
  assert.equal((await gone.send(withdraw.form('/withdraw'))).status, 303);
  const check = async (words) => {
    const page = await gone.get(gone.home);
    assert.match(page.text, words);
    assert.doesNotMatch(page.html, /class="seat"|14:10/);
    assert.doesNotMatch(page.text, /wystąpienie[^.]* przyjęte/);
  };
  await check(/Nie odbędzie się, bo nie bierzecie udziału/);
  const rows = (html) => [...html.matchAll(/<tr[^>]*><th scope="row"/g)].length;
  assert.equal(rows((await anyone.get(`${path}/rounds`)).html), names.length - 1);
  assert.match((await partner.get(partner.home)).text, /Tej organizacji jednak nie będzie/);
  const again = await gone.get(`${gone.home}/sign-up`);
  assert.equal((await gone.send(again.form('/again'))).status, 303);
  await check(/na decyzję czeka Wasze zgłoszenie/);
  await cli('signups', 'accept', '--all-new');
  assert.match((await gone.get(gone.home)).text, /Ogrody na dachach/);
  gone.close();
  partner.close();
});

test('the order stands first, and why things have no place is said once for all of them', async () => {
  for (const title of ['Pierwszy warsztat', 'Drugi warsztat', 'Trzeci warsztat'])
    await cli('programme', 'add', '--title', title, '--minutes', '40');
  const page = await ola.get(`${staff}/programme`);
  assert.equal((await ola.send(page.form('/arrange'))).status, 303);
  const board = await ola.get(`${staff}/programme?done=arranged&count=3`);
  assert.match(board.html, /stoją pod planem dnia/);
  const at = [/<h2 id="p-/, /<h2 id="unplaced"/].map((heading) => board.html.search(heading));
  assert.ok(at[0] > 0 && at[0] < at[1], 'what has no place stands before the order');
  assert.ok(board.links.includes('#unplaced'));
  const count = (words) => board.text.split(words).length - 1;
  assert.equal(count('brak miejsca w kolejności'), 1);
  assert.equal(count('za długie na każdą część dnia'), 1);
  const said = await cli('programme', 'draft');
  assert.equal(said.split(/brak miejsca|no room/).length - 1, 1, said);
  assert.match(said, / warsztat\n {2}[0-9a-z]{13} .* warsztat/);
});

test('a part of the day is called the same everywhere, and a talk is not offered to the doors or the conversations', async () => {
  for (const name of ['otwarcie drzwi', 'rozmowy przy stolikach']) {
    for (const where of [`${staff}/settings/frame`, `${staff}/programme`, `${path}/programme`])
      assert.ok((await ola.get(where)).text.includes(name), `${where} does not say ${name}`);
  }
  const board = await ola.get(`${staff}/programme`);
  const options = [...board.html.matchAll(/<option value="[^"]*">([^<]*)<\/option>/g)].map(([, words]) => words);
  assert.ok(options.some((words) => /wystąpienia/.test(words)), options.join());
  assert.ok(!options.some((words) => /drzwi|rozmowy/.test(words)), options.join());
});

test('rounds that last longer than their part of the day say so, on the page and in the terminal', async () => {
  await part('performance', '18:10', '18:40', '--title', 'Koncert na koniec');
  const none = await ola.get(`${staff}/rounds`);
  assert.doesNotMatch(none.text, /Ostatnia runda/);
  const planned = await runWell(['rounds', 'plan', '--edition', edition, '--rounds', '9', '--json'], { folder });
  assert.equal(planned.minutes_over, 35);
  const { stderr } = await run(['rounds', 'plan', '--edition', edition, '--rounds', '9'], { folder });
  assert.match(stderr, /! .*18:35.*35.*Koncert na koniec/);
  const page = await ola.get(`${staff}/rounds`);
  assert.match(page.text, /Ostatnia runda kończy się o 18:35, 35 minut po ich części dnia. Zachodzą na: 18:10 Koncert na koniec/);
});

test('a part of the day outside its hours, or over another, is shown with the list', async () => {
  const frame = await ola.get(`${staff}/settings/frame`);
  assert.doesNotMatch(frame.text, /W tym samym czasie|Wychodzi poza/);
  const form = (await ola.get(`${staff}/settings/sections/new`)).form('/sections/new');
  const saved = await ola.submit(form, { kind: 'other', title: 'Za długa część', from: '18:30', to: '20:30' });
  assert.match(saved.text, /Za długa część .*Wychodzi poza godziny spotkania: czwartek 11 czerwca 2099, 14:00–19:00. W tym samym czasie: 18:10 Koncert na koniec/);
});

test('a deadline after the gathering is refused, with the field', async () => {
  const form = (await ola.get(`${staff}/settings`)).form('/settings');
  const refused = await ola.send(form, { closes: '12.06.2099' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Ostatni dzień zgłoszeń wypada po spotkaniu/);
  assert.equal((await ola.send(refused.form('/settings'), { closes: '11.06.2099' })).status, 303);
  const { status, stderr } = await run(['edition', 'set', edition, '--closes', '2099-06-12'], { folder });
  assert.equal(status, 2);
  assert.match(stderr, /--closes is after the day of the gathering/);
});

test('a new edition says that it was made and what comes next, its title follows its number, and opening gives the address', async () => {
  const page = await ola.get('/wspolnie-do-celu/staff/new-edition');
  const form = page.forms.find((one) => one.control('title') && one.control('number'));
  assert.equal(form.control('title').value, 'Wspólnie do celu III');
  const soon = new Date(Date.now() + 15 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  const made = await ola.submit(form, { number: '5', date: soon.split('-').reverse().join('.') });
  assert.match(made.html, /Edycja utworzona. To szkic/);
  assert.match(made.html, /Wspólnie do celu V</);
  const where = made.path.replace(/\/settings.*/, '');
  const today = await ola.get(where);
  assert.match(today.html, /otwórz zgłoszenia<\/a><\/span><\/div><span class="tag warm">teraz/i);
  assert.doesNotMatch(today.text, /Adres do rozesłania/);
  const opened = await ola.submit((await ola.get(`${where}/settings/state`)).form('/state'), { state: 'call_open' });
  assert.match(opened.html, /Zgłoszenia są otwarte/);
  assert.ok(opened.text.includes(`${program.base}/wspolnie-do-celu/v/sign-up`), opened.text);
  const named = await runWell(['edition', 'add', 'wspolnie-do-celu', '--number', '7', '--json'], { folder });
  assert.equal(named.title, 'Wspólnie do celu VII');
});

test('a room tells how many it holds and whether it is without steps', async () => {
  const settings = `${staff}/settings`;
  await ola.submit((await ola.get(`${settings}/venues/new`)).form('/venues/new'), { name: 'Dom Kultury' });
  const form = (await ola.get(`${settings}/spaces/new`)).form('/spaces/new');
  const saved = await ola.submit(form, { name: 'Duża sala', capacity: '120', is_stage: 'on', step_free: 'on' });
  assert.match(saved.text, /Duża sala dla 120 osób . bez schodów scena/);
  assert.ok(saved.links.some((link) => /\/spaces\/[0-9a-z]{13}$/.test(link)), 'the room has no page of its own');
});

test('a helper reads on their own page what their role is', async () => {
  const form = (await ola.get(`${staff}/settings/people`)).form('/people');
  await ola.submit(form, { name: 'Jan Pomocny', email: 'jan@pomocny.example', role: 'door' });
  const jan = await signInByMail(program, 'jan@pomocny.example');
  const mine = await jan.get('/me');
  assert.match(mine.text, /Gdzie pomagacie Wspólnie do celu II Zadanie: wejście.*przeczytacie program/);
  assert.ok(mine.links.includes(`${path}/programme`));
  await setState('draft');
  const early = await jan.get('/me');
  assert.match(early.text, /w przygotowaniu/);
  assert.ok(!early.links.includes(`${path}/programme`));
  await setState('call_open');
  assert.doesNotMatch(mine.text, /Jeszcze nigdzie nie bierzecie udziału/);
  jan.close();
});

test('a wide table of rounds says that it scrolls', async () => {
  assert.match((await ola.get(`${staff}/rounds`)).text, /szersza niż strona/); // nine rounds, from above
  await cli('rounds', 'plan', '--rounds', '5');
  assert.doesNotMatch((await ola.get(`${staff}/rounds`)).text, /szersza niż strona/);
});
