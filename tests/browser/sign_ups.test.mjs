// SPDX-License-Identifier: EUPL-1.2
// Sign-ups as people do them: on a telephone without scripts, from a sheet, and as a coordinator decides on them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, start } from '../program.mjs';
import { startBrowser } from './harness.mjs';
import { Walker } from './walk.mjs';

let folder, program, browser, coordinator;
const edition = '/wspolnie/i';

before(async () => {
  folder = await makeFolder();
  [browser, program] = await Promise.all([startBrowser(), start(['serve'], { folder })]);
  const [link] = await program.line(/http:\S+\/setup\/\S+/);
  coordinator = await Walker.open(browser, program, { width: 1280 });
  coordinator.arrived = async () => {}; // pages of other rooms have tests of their own
  await coordinator.go(link);
  await coordinator.fill({ name: 'Zofia Przykładowa', email: 'zofia@example.org', phone: '600 100 200' });
  await coordinator.press();
  await coordinator.go('/admin/series/new');
  await coordinator.fill({ name: 'Wspólnie', organiser: 'Dom Przykładowy', phone: '600 100 200', email: 'dom@example.org', language: 'pl', slug: 'wspolnie' });
  await coordinator.press();
  await coordinator.go('/wspolnie/staff/new-edition');
  await coordinator.fill({ number: '1', title: 'Wspólnie do celu', date: '12.06.2031', from: '14:00', to: '19:00', closes: '2031-05-28', places: '2', slug: 'i' });
  await coordinator.press();
  await coordinator.go(`${edition}/staff/settings/state`);
  await coordinator.fill({ state: 'call_open' });
  await coordinator.press();
  delete coordinator.arrived;
});

after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

const answers = {
  organisation: { organisation: 'Klub Seniora Trzeci Rozdział' },
  contact: { name: 'Janina Przykładowa', phone: '600 200 300' },
  people: { people: '3' },
  what: { profiles: ['senior', 'cultural'] },
};

test('a telephone without scripts: seven pages, six answers, an address to come back to', async () => {
  const janina = await Walker.open(browser, program, { width: 360, scripts: false });
  await janina.go(`${edition}/sign-up`);
  await janina.press();
  assert.equal(janina.status, 422);
  await janina.fill(answers.organisation);
  await janina.press();
  const draft = janina.path;
  await janina.fill({ name: 'Janina Przykładowa', phone: 'brak' });
  await janina.press();
  assert.equal(janina.status, 422);
  assert.equal(await janina.page.locator('[name=phone]').inputValue(), 'brak');
  await janina.go(`${edition}/sign-up`); // left, and come back to
  await janina.follow(janina.page.locator('.notice a'));
  assert.equal(janina.path, draft);
  await janina.fill(answers.contact);
  await janina.press();
  await janina.fill(answers.people);
  await janina.press();
  await janina.press();
  assert.equal(janina.status, 422);
  await janina.fill(answers.what);
  await janina.press();
  await janina.press();
  assert.match(await janina.text, /Trzeci Rozdział/);
  await janina.follow(janina.page.locator('dl a').nth(2));
  await janina.fill({ people: '4' });
  await janina.press();
  assert.match(janina.path, /check$/);
  await janina.page.locator('[name=is_listed]').check();
  await janina.press();
  assert.match(await janina.heading, /Dziękujemy/);
  const address = await janina.page.locator('.way-in a').getAttribute('href');
  assert.match(address, /^\/s\//);
  assert.equal(await janina.page.locator('svg.qr').count(), 1);
  await janina.go(janina.page.url());
  assert.match(await janina.text, /Dziękujemy/);
  janina.card = address;
  await janina.go(address);
  await janina.press();
  assert.match(janina.path, /^\/me\/wspolnie\/i\/[0-9a-z]{13}$/);
  await janina.follow('/sign-up');
  await janina.fill({ access_needs: 'Miejsce bez schodów', needs: ['space'], needs_words: 'sala na próby' });
  await janina.press(janina.button('/sign-up'));
  assert.match(await janina.text, /Zapisano/);
  assert.equal(await janina.page.locator('[name=needs_words]').inputValue(), 'sala na próby');
  await janina.follow('/withdraw');
  await janina.press();
  assert.match(await janina.page.locator('#state').textContent(), /wycofane/);
  await janina.press(janina.button('/again'));
  assert.match(await janina.page.locator('#state').textContent(), /czeka/);
  await janina.close();
});

const sheet = '\ufeffSygnatura czasowa;Nazwa organizacji;E-mail;Ile osób;Czym się zajmujecie?;NIP\r\n' +
  '2026/05/02 10:15:33 AM CET;Fundacja Zielony Zaułek;ada@example.org;2;ekologia, edukacja;\r\n' +
  '2026/05/02 11:15:33 AM CET;Громадська ініціатива «Тут і разом»;ola@example.org;4;wielokulturowość;\r\n' +
  '2026/05/02 12:15:33 PM CET;Klub Seniora Trzeci Rozdzial;inny@example.org;4;seniorzy;\r\n' +
  '2026/05/02 01:15:33 PM CET;Pracownia Most;most@example.org;dużo;kultura, gotowanie;123\r\n' +
  ';;bez@example.org;1;;\r\n';

test('a sheet: nothing is written until confirmed, doubtful rows only when ticked, twice changes nothing', async () => {
  await coordinator.go(`${edition}/staff/sign-ups/import`);
  await coordinator.fill({ sheet: { name: 'zgloszenia.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) } });
  await coordinator.press();
  assert.deepEqual(await coordinator.page.locator('#counts dd').allTextContents(), ['2', '0', '2', '1']);
  await coordinator.go(`${edition}/staff/sign-ups`);
  assert.doesNotMatch(await coordinator.text, /Zaułek/);
  await coordinator.go(`${edition}/staff/sign-ups/import`);
  await coordinator.follow(coordinator.page.locator('ul.rows a'));
  await coordinator.page.locator('[name=row-5]').check();
  await coordinator.press('button[value=take]');
  assert.match(await coordinator.text, /Zielony Zaułek/);
  assert.match(await coordinator.text, /Pracownia Most/);
  await coordinator.go(`${edition}/staff/sign-ups/import`);
  await coordinator.fill({ sheet: { name: 'zgloszenia.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) } });
  await coordinator.press();
  assert.deepEqual(await coordinator.page.locator('#counts dd').allTextContents(), ['0', '3', '1', '1']);
  await coordinator.page.locator('summary').click();
  await coordinator.page.locator('#column-5').selectOption('remarks');
  await coordinator.press('button[value=look]');
  assert.equal(await coordinator.page.locator('#column-5').inputValue(), 'remarks');
  await coordinator.press('form[action$=discard] button');
});

test('coordinators: one, many, a reason, a full edition, and two at the same time', async () => {
  await coordinator.go(`${edition}/staff/sign-ups?q=zaulek`);
  assert.equal(await coordinator.page.locator('#many tbody tr').count(), 1);
  await coordinator.go(`${edition}/staff/sign-ups`);
  const boxes = coordinator.page.locator('#many tbody input'), all = coordinator.page.locator('#many thead input');
  const ticked = () => boxes.evaluateAll((every) => every.filter((box) => box.checked).length);
  await all.check();
  assert.equal(await ticked(), await boxes.count());
  await all.uncheck();
  assert.equal(await ticked(), 0);
  await boxes.nth(0).check();
  assert.ok(await all.evaluate((box) => box.indeterminate && !box.checked));
  await boxes.nth(1).check();
  await coordinator.press('button[value=accepted]');
  assert.match(await coordinator.text, /Przyjęto 2 zgłoszenia/);
  await all.check();
  await coordinator.press('button[value=accepted]');
  assert.equal(coordinator.status, 422);
  assert.match(await coordinator.page.locator('#beyond').textContent(), /Wszystkie miejsca są zajęte/);
  await coordinator.go(`${edition}/staff/sign-ups?state=accepted`);
  assert.equal(await coordinator.page.locator('#many tbody tr').count(), 2);
  await coordinator.go(`${edition}/staff/sign-ups?state=new`);
  await coordinator.page.locator('#many tbody input').nth(0).check();
  await coordinator.press('button[value=declined]');
  assert.equal(coordinator.status, 422);
  await coordinator.fill({ reason: 'Brak miejsc.' });
  await coordinator.press('button[value=declined]');
  await coordinator.go(`${edition}/staff/sign-ups?state=new`);
  await coordinator.follow(coordinator.page.locator('#many tbody a'));
  const one = coordinator.path;
  await coordinator.go(`${one}/edit`);
  const other = await coordinator.page.context().newPage();
  await other.goto(program.url(`${one}/edit`));
  await other.locator('[name=staff_notes]').fill('zadzwonić');
  await Promise.all([other.waitForEvent('load'), other.locator('form[data-guard] button').click()]);
  await other.close();
  await coordinator.fill({ staff_notes: 'napisać', people: '7' });
  await coordinator.press('form[data-guard] button');
  assert.equal(coordinator.status, 409);
  assert.match(await coordinator.text, /zadzwonić/);
  assert.equal(await coordinator.page.locator('[name=staff_notes]').inputValue(), 'napisać');
  await coordinator.press('form[data-guard] button');
  assert.equal(coordinator.path.split('?')[0], one);
  assert.match(await coordinator.page.locator('section[aria-labelledby=wrote]').innerText(), /\b7\b/);
  await coordinator.press('button[value=waiting]');
  assert.match(await coordinator.page.locator('#state').textContent(), /rezerwowej/);
  await coordinator.go(`${edition}/staff/sign-ups/add`);
  await coordinator.fill({ organisation: 'Koło z Papieru', name: 'Adam Papierowy', people: '2' });
  await coordinator.press();
  assert.match(await coordinator.heading, /Koło z Papieru/);
  const late = await Walker.open(browser, program, { width: 360, language: 'uk' });
  await late.go(`${edition}/sign-up`);
  assert.equal(await late.page.locator('.notice.warm').count(), 1);
  await late.go(`${edition}/organisations`);
  await late.go(edition);
  await late.close();
});

test('without e-mail and without a mail server: a card for them, and a letter that was passed on by hand', async () => {
  await coordinator.go(`${edition}/staff/sign-ups?q=papieru`);
  await coordinator.follow(coordinator.page.locator('#many tbody a'));
  await coordinator.follow('/card'); // what would happen, before it does
  await coordinator.press();
  const address = await coordinator.page.locator('.way-in a').getAttribute('href');
  const adam = await Walker.open(browser, program, { width: 360, scripts: false });
  await adam.go(address);
  await adam.press();
  assert.match(adam.path, /^\/me\/wspolnie\/i\//);
  assert.match(await adam.text, /Koło z Papieru/);
  await adam.close();

  await coordinator.go(`${edition}/staff/mail?state=waiting`);
  const waiting = await coordinator.page.locator('main tbody tr').count();
  await coordinator.follow(coordinator.page.locator('main tbody a').first());
  await coordinator.press('main form button');
  assert.match(coordinator.path, /state=waiting$/);
  assert.equal(await coordinator.page.locator('main tbody tr').count(), waiting - 1);
});
