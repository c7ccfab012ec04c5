// SPDX-License-Identifier: EUPL-1.2
// A coordinator plans the conversations without scripts, publishes them, is told when a colleague was faster, prints, and says
// that they took place; anybody finds their table. Every page is looked at in three languages, at 360 and 1280 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, runWell, start } from '../program.mjs';
import { sheetsOf, startBrowser } from './harness.mjs';
import { Walker } from './walk.mjs';

const edition = 'do-celu/i', staff = `/${edition}/staff/rounds`;
let browser, folder, program, ola, colleague;

const sheet = 'Nazwa organizacji,E-mail,Ile osób,Profil,Szukamy,Możemy dać\n' + Array.from({ length: 15 }, (_, number) =>
  `"${number === 4 ? 'Спілка української молоді «Разом до мети»' : `Pracownia Próbna ${number + 1}`}",p${number}@proba.example,2,` +
  `${['seniorzy', 'młodzież', 'ekologia'][number % 3]},${number % 2 ? 'wolontariusze' : 'sprzęt'},${number % 2 ? 'sprzęt' : 'wolontariusze'}\n`).join('');

before(async () => {
  folder = await makeFolder();
  await runWell(['series', 'add', 'Do celu', '--slug', 'do-celu'], { folder });
  await runWell(['edition', 'add', 'do-celu', '--number', '1', '--slug', 'i', '--date', '2026-06-11', '--state', 'call_open'], { folder });
  await runWell(['frame', 'add', '--edition', edition, '--kind', 'rounds', '--from', '17:15', '--to', '18:00'], { folder });
  await runWell(['import', 'signups', '-', '--edition', edition, '--confirm', '--listed'], { folder, input: sheet });
  await runWell(['signups', 'accept', '--edition', edition, '--all-new'], { folder });
  await runWell(['edition', 'state', edition, 'published'], { folder });
  [browser, program] = await Promise.all([startBrowser(), start(['serve'], { folder })]);
  const [link] = await program.line(/http:\S+\/setup\/\S+/);
  ola = await Walker.open(browser, program, { scripts: false });
  await ola.go(link);
  await ola.fill({ name: 'Ola Próbna', email: 'ola@urzad.example', phone: '12 345 67 89' });
  await ola.press();
  colleague = await Walker.open(browser, program, { width: 360, scripts: false });
  await colleague.page.context().addCookies(await ola.page.context().cookies());
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('before there is a plan, everyone is told so', async () => {
  const person = await Walker.open(browser, program, { width: 360 });
  await person.go(`/${edition}/rounds`);
  assert.match(await person.text, /jeszcze opublikowany/);
  await person.close();
});

test('wrong settings are told at their fields, and nothing is planned', async () => {
  await ola.go(staff);
  await ola.fill({ rounds: '99', table_size: '1' });
  await ola.press(ola.button('/plan'));
  assert.equal(ola.status, 422);
  assert.equal(await ola.locator('.field .error').count(), 2);
  assert.equal(await ola.locator('[name=rounds]').inputValue(), '99');
});

test('one press, and the plan is there: nobody meets anybody twice, and everyone rests at most once', async () => {
  await ola.go(staff);
  await ola.press(ola.button('/plan'));
  assert.equal(ola.path, staff);
  assert.match(await ola.text, /Plan gotowy. Nikt nie spotyka nikogo dwa razy./);
  assert.match(await ola.text, /5 rund po 8 minut, od 17:15/);
  const names = await ola.locator('tbody td').evaluateAll((cells) => cells.map((cell) => [...cell.querySelectorAll('span')].map((one) => one.textContent)));
  const pairs = names.filter((cell) => cell.length === 2).map((cell) => [...cell].sort().join(' + '));
  assert.equal(pairs.length, 5 * 7);
  assert.equal(new Set(pairs).size, pairs.length);
});

test('who is slower is told, and nothing is done', async () => {
  await ola.go(staff);
  await colleague.go(staff);
  await colleague.press(colleague.button('/plan'));
  await ola.press(ola.button('/publish'));
  assert.equal(ola.status, 409);
  assert.match(await ola.locator('[role=alert]').innerText(), /ktoś inny zmienił plan/);
  await ola.press(ola.button('/publish'));
  assert.match(await ola.text, /opublikowany/);
});

test('anybody finds their table, and coordinators print', async () => {
  const person = await Walker.open(browser, program, { width: 360, scripts: false });
  await person.go(`/${edition}/rounds`);
  assert.equal(await person.locator('tbody tr').count(), 15);
  assert.equal(await person.locator('tbody th[lang=uk]').count(), 1);
  assert.equal(await person.locator('tbody td').filter({ hasText: 'przerwa' }).count(), 5);
  await person.go(`/${edition}`);
  assert.match(await person.text, /Każda organizacja dostaje własny plan/);
  await person.close();
  await ola.go(`${staff}/cards`);
  assert.equal(await ola.locator('.table-card').count(), 7); // of 15, one rests each round
  assert.equal(await ola.print('rounds-cards'), 0);
  assert.equal(await ola.locator('.slip').count(), 15);
  assert.equal(await sheetsOf(ola.page), Math.ceil(7 / 2) + 1 + Math.ceil(15 / 4)); // two cards on a sheet, the list, four plans
});

test('after the day, who met whom is written down', async () => {
  await ola.go(staff);
  await ola.press(ola.button('/held'));
  assert.match(await ola.text, /Zapisaliśmy, kto z kim rozmawiał/);
  assert.equal(await ola.locator('form[action$="/plan"]').count(), 0);
});

test('every page was right in every language and width', () => assert.deepEqual([...program.findings], []));
