// SPDX-License-Identifier: EUPL-1.2
// The main job from the first set-up to everybody's own plan, as people do it: once without scripts and once with.
// On the way every page is read by axe and html-validate in three languages (walk.mjs).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, start } from '../program.mjs';
import { startBrowser } from './harness.mjs';
import { names, sheet } from './sheet.mjs';
import { Walker } from './walk.mjs';

const organisations = 24;
const own = 'Stowarzyszenie Przyjaciół Dębnik';
const pages_at_most = 7, answers_at_most = 6, signs_at_most = 120;
const edition = '/wspolnie-do-celu/ii', staff = `${edition}/staff`;

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser?.close());

/** Steps that stand on each other: after one has failed the others are not tried. */
function stepsOf(t) {
  let hasFailed = false;
  return (name, work) => t.test(name, async (step) => {
    if (hasFailed) return step.skip('an earlier step failed');
    hasFailed = true;
    await work();
    hasFailed = false;
  });
}

// ---- the coordinator makes the gathering ------------------------------------------------------------------------

async function setUp(ola, link) {
  await ola.go(link);
  await ola.fill({ name: 'Ola Próbna', email: 'ola@urzad.example', phone: '12 345 67 89' });
  await ola.press();
  assert.equal(ola.path, '/admin/series/new');
  await ola.fill({ name: 'Wspólnie do celu', words: 'Spotkanie organizacji z całego miasta.', organiser: 'Urząd Próbny', phone: '12 345 67 89', language: 'pl' });
  await ola.press();
  assert.match(ola.path, /^\/wspolnie-do-celu/, await ola.text);
}

async function makeEdition(ola) {
  await ola.go('/wspolnie-do-celu/staff/new-edition');
  await ola.fill({ number: 2, title: 'Wspólnie do celu II', words: 'Popołudnie przy Kapelance.', date: '11.06.2099', from: '14:00', to: '19:00',
    venue: 'Kapelanka 56', address: 'ul. Kapelanka 56', host: 'Fundacja Tytano', contributions: 'przestrzeń, wsparcie techniczne' });
  await ola.press();
  assert.equal(ola.path, `${staff}/settings?saved=made`, await ola.text);
}

const day = [['doors', '14:00', '14:30'], ['opening', '14:30', '14:40'], ['talks', '14:40', '16:00'], ['potluck', '16:00', '17:00', true],
  ['talks', '17:00', '17:45'], ['rounds', '17:45', '18:40'], ['closing', '18:40', '19:00']];

async function layOutDay(ola) {
  for (const [kind, from, to, is_protected] of day) {
    await ola.go(`${staff}/settings/sections/new`);
    await ola.fill({ kind, from, to, ...(is_protected && { is_protected }) });
    await ola.press();
  }
  await ola.go(`${staff}/settings/frame`);
  assert.equal(await ola.locator('main ul.rows li').count(), day.length);
  await ola.go(`${staff}/settings/places`);
  assert.match(await ola.text, /Kapelanka 56[\s\S]*Fundacja Tytano/);
}

async function openSignUps(ola) {
  await ola.go(`${staff}/settings/state`);
  await ola.fill({ state: 'call_open' });
  await ola.press();
  assert.equal(ola.path, `${staff}?opened=1`);
}

// ---- the sheet ------------------------------------------------------------------------------------------------------

async function upload(ola, head) {
  await ola.go(`${staff}/sign-ups/import`);
  await ola.fill({ sheet: { name: 'zgłoszenia.csv', mimeType: 'text/csv', buffer: sheet(organisations, head) } });
  await ola.press();
  assert.match(ola.path, /\/sign-ups\/import\/[^/]+$/, await ola.text);
}

const rowsWith = (ola, words) => ola.locator('#rows tbody tr').filter({ hasText: words }).count();

async function importSheet(ola) {
  await upload(ola, 'Kto się zgłasza');
  // The column with an unlucky name is shown, and corrected by hand.
  const row = ola.locator('main table').first().locator('tbody tr').filter({ hasText: 'Kto się zgłasza' });
  await row.locator('select').selectOption('name');
  await ola.press('button[name=do][value=look]');
  assert.equal(await ola.locator('#rows tbody tr').count(), organisations + 2);
  assert.match(await ola.locator('#rows').innerText(), /Gęś i Śliwa/);
  assert.match(await ola.locator('#rows').innerText(), /to nie jest adres/, 'the bad address is not reported');
  await ola.go(`${staff}/sign-ups`);
  assert.equal(await ola.locator('#many tbody tr').count(), 0, 'a preview has written something');
  await ola.page.goBack();
  const doubtful = ola.locator('#rows tbody tr').filter({ hasText: 'to nie jest adres' });
  await doubtful.locator('input[type=checkbox]').check();
  await ola.fill({ is_listed: true });
  await ola.press('button[name=do][value=take]');
  await ola.go(`${staff}/sign-ups`);
  assert.match(await ola.locator('#summary').innerText(), new RegExp(String(organisations)));
}

async function importAgain(ola) {
  await upload(ola, 'Nazwa organizacji');
  assert.equal(await rowsWith(ola, 'nowe'), 0, await ola.locator('#counts').innerText());
  assert.ok(await rowsWith(ola, 'bez zmian') >= organisations - 1, await ola.locator('#counts').innerText());
  if (await ola.locator('button[name=do][value=take]').count()) await ola.press('button[name=do][value=take]');
  await ola.go(`${staff}/sign-ups`);
  assert.match(await ola.locator('#summary').innerText(), new RegExp(`\\b${organisations}\\b`));
}

// ---- an organisation signs itself up ------------------------------------------------------------------------------------

const answers = [{ organisation: own }, { name: 'Halina Dębnicka', phone: '600 100 200' }, { people: 3 }, {}, {}, { is_listed: true }];

async function signUp(halina) {
  await halina.go(edition);
  await halina.follow(halina.locator(`main a[href$="${edition}/sign-up"]`));
  halina.pages = 1;
  let given = 0;
  for (const [index, values] of answers.entries()) {
    await halina.fill(values);
    given += Object.keys(values).length;
    if (index === 3) {
      await halina.locator('main [name=profiles]').first().check();
      given++;
    }
    await halina.press();
  }
  const address = await halina.locator('main a[href*="/s/"]').first().getAttribute('href');
  assert.ok(halina.pages <= pages_at_most, `${halina.pages} pages`);
  assert.ok(given <= answers_at_most, `${given} answers`);
  assert.ok(halina.typed <= signs_at_most, `${halina.typed} signs typed`);
  return address;
}

async function comeBack(program, scripts, address) {
  const halina = await Walker.open(browser, program, { width: 360, scripts });
  await halina.go(address);
  await halina.press();
  assert.match(halina.path, /^\/me\//);
  const [my_gathering] = halina.path.split(/\/sign-up|\?/);
  await halina.go(`${my_gathering}/sign-up`);
  assert.equal(await halina.locator('[name=people]').inputValue(), '3');
  await halina.fill({ people: 4, words: 'Sadzimy drzewa i znamy wszystkich sąsiadów.' });
  await halina.press(halina.locator('form[data-guard] button').first());
  await halina.go(`${my_gathering}/sign-up`);
  assert.equal(await halina.locator('[name=people]').inputValue(), '4');
  assert.match(await halina.locator('[name=words]').inputValue(), /drzewa/);
  return { halina, my_gathering };
}

/** The same card, typed from paper in another browser. */
async function typeCard(program, scripts, address) {
  const secret = address.split('/').pop().toUpperCase();
  const person = await Walker.open(browser, program, { width: 360, scripts });
  await person.go('/s');
  await person.fill({ code: 'tego kodu nie ma' });
  await person.press();
  assert.equal(person.status, 422);
  await person.fill({ code: secret.match(/.{1,5}/g).join('-') });
  await person.press();
  if (person.path.startsWith('/s/')) await person.press();
  assert.match(person.path, /^\/me\//);
  await person.close();
}

// ---- decisions ------------------------------------------------------------------------------------------------------------

const pick = (ola, name) => ola.locator('#many tbody tr').filter({ hasText: name }).locator('[name=pick]').check();

async function decide(ola) {
  const [first, second] = names(organisations);
  await ola.go(`${staff}/sign-ups?state=new`);
  await pick(ola, first);
  await ola.fill({ reason: 'Tym razem zabrakło miejsca na scenie.' });
  await ola.press('button[name=to][value=declined]');
  await ola.go(`${staff}/sign-ups?state=new`);
  await pick(ola, second);
  await ola.press('button[name=to][value=waiting]');
  for (let page = 0; page < 4; page++) {
    await ola.go(`${staff}/sign-ups?state=new`);
    const boxes = await ola.locator('#many [name=pick]').all();
    if (!boxes.length) break;
    for (const box of boxes) await box.check();
    await ola.press('button[name=to][value=accepted]');
  }
  await ola.go(`${staff}/sign-ups?state=accepted`);
  assert.match(await ola.text, new RegExp(own));
  await ola.go(`${staff}/sign-ups?state=declined`);
  assert.equal(await ola.locator('#many tbody tr').count(), 1);
  await ola.go(`${staff}/sign-ups?state=waiting`);
  assert.equal(await ola.locator('#many tbody tr').count(), 1);
}

// ---- the programme ----------------------------------------------------------------------------------------------------------

const titles = (ola) => ola.locator('main ol.timeline .what').allInnerTexts();

async function makeProgramme(ola) {
  await ola.go(`${staff}/programme`);
  await ola.press(ola.button('/programme/talks'));
  await ola.press(ola.button('/programme/arrange'));
  const before = await titles(ola);
  assert.ok(before.length >= organisations - 2, before.join('\n'));
  await ola.press(ola.locator('form[action$="/move"] button[name=to][value=later]').first());
  const moved = await titles(ola);
  assert.notDeepEqual(moved, before, 'nothing has moved');
  await ola.go(`${staff}/programme/publish`);
  await ola.press(ola.button('/programme/publish'));
  assert.match(ola.path, /\/staff\/programme/);
}

// ---- the rounds --------------------------------------------------------------------------------------------------------------

/** Who sits where, as the page shows it: rounds of tables of names. */
const seats = (ola) => ola.locator('main table').last().evaluate((table) => {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => [...cell.querySelectorAll('span')].map((name) => name.textContent.trim())));
  return rows[0].map((_, round) => rows.map((row) => row[round]));
});

async function planRounds(ola) {
  await ola.go(`${staff}/rounds`);
  await ola.press(ola.button('/rounds/plan'));
  const rounds = await seats(ola);
  const met = new Set();
  for (const [round, tables] of rounds.entries()) {
    const seated = tables.flat();
    assert.equal(new Set(seated).size, seated.length, `round ${round + 1}: somebody sits at two tables`);
    for (const table of tables)
      for (const [index, one] of table.entries())
        for (const other of table.slice(index + 1)) {
          const pair = [one, other].sort().join(' + ');
          assert.ok(!met.has(pair), `${pair} meet twice`);
          met.add(pair);
        }
  }
  assert.ok(rounds.length >= 3 && met.size >= 20, `${rounds.length} rounds, ${met.size} meetings`);
  assert.ok(rounds.flat(2).includes(own));
  await ola.press(ola.button('/rounds/publish'));
  await ola.go(`${staff}/rounds/cards`);
  assert.equal(await ola.print('cards-print'), 0, 'menus or buttons are printed');
}

// ---- what everybody sees --------------------------------------------------------------------------------------------------------

async function lookAnonymously(program, scripts) {
  const anyone = await Walker.open(browser, program, { width: 360, scripts });
  await anyone.go('/');
  await anyone.go(edition);
  assert.match(await anyone.text, /Kapelanka 56/);
  await anyone.go(`${edition}/programme`);
  assert.match(await anyone.text, /14:40/);
  assert.match(await anyone.text, new RegExp(own));
  assert.equal(await anyone.print('programme-print'), 0, 'menus or buttons are printed');
  await anyone.go(`${edition}/rounds`);
  assert.match(await anyone.text, new RegExp(own));
  await anyone.go(`${edition}/organisations`);
  await anyone.go(`${staff}/sign-ups`);
  assert.match(anyone.path, /^\/sign-in\?to=/);
  await anyone.close();
}

/** My gathering: my slot, my tables with names and reasons, in order of time. */
async function lookAtMine(halina, my_gathering) {
  await halina.go(my_gathering);
  const times = (await halina.locator('main .timeline time, main .meetings .seat small').allInnerTexts()).map((time) => time.slice(0, 5));
  assert.ok(times.length >= 4, `only ${times.length} things at a time:\n${await halina.text}`);
  assert.deepEqual(times, [...times].sort(), 'not in order of time');
  const meetings = halina.locator('main .meetings li');
  assert.ok(await meetings.count() >= 3);
  for (const meeting of await meetings.all()) {
    const words = await meeting.innerText();
    assert.match(words, /\d{2}:\d{2}[\s\S]*\d+/, 'no time and table');
    assert.ok((await meeting.locator('h3').innerText()).length > 3, 'no name');
    assert.ok((await meeting.locator('p').allInnerTexts()).join(' ').length > 5, `no reason: ${words}`);
  }
  assert.equal(await halina.print('my-gathering-print'), 0, 'menus or buttons are printed');
}

for (const scripts of [false, true])
  test(`the main job ${scripts ? 'with' : 'without'} scripts`, async (t) => {
    const folder = await makeFolder();
    const program = await start(['serve'], { folder });
    t.after(async () => {
      await program.stop();
      await removeFolder(folder);
    });
    const step = stepsOf(t);
    const ola = await Walker.open(browser, program, { scripts });
    let address, back;
    await step('the first coordinator sets up, and makes a series', async () => setUp(ola, (await program.line(/http:\S+\/setup\/\S+/))[0]));
    await step('edition II with venue and host', () => makeEdition(ola));
    await step('the day\'s frame', () => layOutDay(ola));
    await step('sign-ups are opened', () => openSignUps(ola));
    await step('a sheet is looked at, corrected and taken', () => importSheet(ola));
    await step('the same sheet once more changes nothing', () => importAgain(ola));
    await step('an organisation signs itself up on a phone, with doubled text', async () => {
      const halina = await Walker.open(browser, program, { width: 360, scripts, zoom: 200 });
      address = await signUp(halina);
      await halina.close();
    });
    await step('it comes back by its address and changes what it wrote', async () => { back = await comeBack(program, scripts, address); });
    await step('the address can be typed from paper', () => typeCard(program, scripts, address));
    await step('the coordinator declines, lets wait, accepts', () => decide(ola));
    await step('the programme is drafted, changed by hand and published', () => makeProgramme(ola));
    await step('the rounds are planned, nobody twice, and published', () => planRounds(ola));
    await step('everybody sees the programme', () => lookAnonymously(program, scripts));
    await step('my gathering', () => lookAtMine(back.halina, back.my_gathering));
    await t.test('every page on the way is sound in three languages', () => assert.equal([...program.findings].join('\n'), ''));
  });
