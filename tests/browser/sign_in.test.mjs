// SPDX-License-Identifier: EUPL-1.2
// The ways in: a mailed link here and elsewhere, its code, a password; each without scripts, and what goes wrong on the way.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeFolder, pause, removeFolder, runWell, start } from '../program.mjs';
import { startBrowser } from './harness.mjs';
import { Walker } from './walk.mjs';

const email = 'ola@urzad.example';
/** Contacts of sign-ups, a new one for each message: nobody gets more than five in a while. */
const contacts = Array.from({ length: 12 }, (_, number) => `kontakt${number}@example.org`);
let browser, folder, program, ola, setup; // ola stays signed in from the set-up on

before(async () => {
  folder = await makeFolder();
  [browser, program] = await Promise.all([startBrowser(), start(['serve'], { folder })]);
  [setup] = await program.line(/http:\S+\/setup\/\S+/);
  ola = await Walker.open(browser, program);
  const second = await Walker.open(browser, program, { width: 360, scripts: false });
  await second.go(setup); // two have the link, and one is faster
  await second.fill({ name: 'Jan Drugi', email: 'jan@urzad.example' });
  await ola.go(setup);
  await ola.fill({ name: 'Ola Próbna', email, phone: '12 345 67 89' });
  await ola.press();
  assert.match(ola.path, /^\/admin\/series\/new/);
  await second.press();
  assert.equal(second.status, 410);
  await second.follow('/sign-in');
  await second.close();

  await runWell(['series', 'add', 'Spotkania', '--slug', 'spotkania', '--phone', '+48 12 345 67 89'], { folder });
  await runWell(['edition', 'add', 'spotkania', '--slug', 'i', '--number', '1', '--date', '2099-06-11'], { folder });
  const sheet = join(folder, 'kontakty.csv');
  await writeFile(sheet, ['Nazwa organizacji;E-mail;Ile osób', ...contacts.map((one, number) => `Koło numer ${number};${one};2`)].join('\n'));
  await runWell(['import', 'signups', sheet, '--edition', 'spotkania/i', '--confirm'], { folder });
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

const visitor = (options) => Walker.open(browser, program, { width: 360, scripts: false, ...options });

/** Asks for a message and answers its link and code, as the terminal prints them. */
async function askForMessage(person, to = '', address = contacts.pop()) {
  const from = program.output.length;
  await person.go(`/sign-in${to}`);
  await person.fill({ email: address });
  await person.press();
  assert.equal(person.path, '/sign-in/code');
  const [link] = await program.line(/http:\S+\/sign-in\/[0-9a-z]{26}/, from);
  const [, code] = await program.line(/\b(\d{6})\b(?!.*http)/, from);
  return { link, code };
}

async function assertSignedIn(person) {
  await person.go('/me');
  assert.equal(person.path, '/me');
}

async function assertNotSignedIn(person) {
  await person.go('/me');
  assert.match(person.path, /^\/sign-in\?to=/);
}

test('nobody is signed in at first, and is brought back to where they wanted to go', async () => {
  const person = await visitor();
  await person.go('/me/password');
  assert.match(person.path, /^\/sign-in\?to=/);
  const { link } = await askForMessage(person, '?to=%2Fme%2Fpassword');
  await person.go(link);
  await person.press();
  assert.equal(person.path, '/me/password');
  await person.close();
});

test('the link in the same browser: one press, and in', async () => {
  const person = await visitor();
  const { link } = await askForMessage(person);
  await person.go(link);
  assert.equal(await person.locator('.big-code').count(), 0);
  await assertNotSignedIn(person); // opening the link, as a mail scanner does, is not enough
  await person.go(link);
  await person.press();
  await assertSignedIn(person);

  await person.go(link);
  assert.equal(person.status, 410, 'the link works twice');
  await person.follow('/me'); // who is in already is led on, not told to ask again
  assert.equal(person.path, '/me');
  const other = await visitor();
  await other.go(link);
  assert.equal(other.status, 410);
  await other.follow('/sign-in');
  assert.equal(other.status, 200);
  await other.close();
  await person.close();
});

test('a mail scanner that opens the link, in any way, uses nothing up', async () => {
  const person = await visitor();
  const { link, code } = await askForMessage(person);
  for (const method of ['GET', 'HEAD', 'GET'])
    assert.equal((await fetch(link, { method, headers: { 'user-agent': 'scanner' } })).status, 200, method);
  assert.ok((await fetch(link, { method: 'POST' })).status >= 400, 'a bare POST signs somebody in');
  await person.fill({ code });
  await person.press();
  await assertSignedIn(person);
  await person.close();
});

test('the same with scripts, on a wide window', async () => {
  const person = await visitor({ scripts: true, width: 1280 });
  const { link } = await askForMessage(person, '?to=%2Fme%2Fpassword');
  await person.go(link);
  await person.press();
  assert.equal(person.path, '/me/password');
  await person.close();
});

test('a browser in which nobody asked is told where a code belongs', async () => {
  const person = await visitor();
  await person.go('/sign-in/code');
  assert.equal(await person.locator('main form').count(), 0);
  await person.follow('/sign-in');
  await person.close();
});

test('a link that is too old, or none, leads to a new one; so does a card', async () => {
  const person = await visitor();
  await person.go('/sign-in/00000000000000000000000000');
  assert.equal(person.status, 410);
  await person.follow('/sign-in');
  await person.go('/s/00000000000000000000000000');
  assert.equal(person.status, 404);
  await person.follow('/s');
  await person.fill({ code: '0000 0000 0000' });
  await person.press();
  assert.equal(person.status, 422);
  assert.equal(await person.locator('[name=code]').inputValue(), '0000 0000 0000');
  await person.go(setup);
  assert.equal(person.status, 410);
  await person.follow('/sign-in');
  await person.close();
});

test('signing out is said, and leaves nobody signed in', async () => {
  const person = await visitor();
  const { link } = await askForMessage(person);
  await person.go(link);
  await person.press();
  await person.go('/me');
  await person.press(person.button('/sign-out'));
  assert.match(person.path, /^\/sign-in\?out=1/);
  assert.equal(await person.locator('.notice.good').count(), 1);
  await assertNotSignedIn(person);
  await person.close();
});

test('the link in another browser shows a code, which is typed where one began', async () => {
  const began = await visitor(), elsewhere = await visitor({ width: 1280 });
  const { link, code } = await askForMessage(began);
  await elsewhere.go(link);
  assert.equal((await elsewhere.locator('.big-code').textContent()).replace(/\s/g, ''), code);
  await began.fill({ code: `${code.slice(0, 3)} ${code.slice(3)}` });
  await began.press();
  await assertSignedIn(began);
  await assertNotSignedIn(elsewhere);
  await began.close();
  await elsewhere.close();
});

test('the link in another browser, and the person stays there', async () => {
  const began = await visitor(), elsewhere = await visitor();
  const { link } = await askForMessage(began);
  await elsewhere.go(link);
  await elsewhere.press('main form button');
  await assertSignedIn(elsewhere);
  await assertNotSignedIn(began);
  await began.close();
  await elsewhere.close();
});

test('a wrong code is said so, and too many wrong codes end the try', async () => {
  const person = await visitor();
  const { code } = await askForMessage(person);
  const wrong = code === '111111' ? '222222' : '111111';
  for (let turn = 0; turn < 8; turn++) {
    await person.fill({ code: wrong });
    await person.press();
    assert.equal(await person.locator('#errors').count(), 1);
  }
  await person.fill({ code });
  await person.press();
  await assertNotSignedIn(person);
  await person.close();
});

test('nobody learns whether an address is known', async () => {
  const person = await visitor();
  const from = program.output.length;
  await person.go('/sign-in');
  await person.fill({ email: 'nobody@example.com' });
  await person.press();
  assert.equal(person.path, '/sign-in/code');
  await person.fill({ code: '123456' });
  await person.press();
  assert.equal(await person.locator('#errors').count(), 1);
  assert.equal(program.output.slice(from).filter((line) => /sign-in/.test(line)).length, 0);
  await person.close();
});

test('a password of one\'s own', async () => {
  const other = await visitor();
  const words = 'cztery zwykłe słowa razem';
  await ola.go('/me/password');
  await ola.fill({ password: 'krótkie' });
  await ola.press();
  assert.equal(ola.status, 422);
  await ola.fill({ password: words });
  await ola.press();
  assert.equal(await ola.locator('.notice.good').count(), 1);

  await other.go('/sign-in/password');
  await other.fill({ email, password: 'nie to hasło co trzeba' });
  await other.press();
  assert.equal(other.status, 422);
  assert.equal(await other.locator('[name=email]').inputValue(), email);
  await other.fill({ password: words });
  await other.press();
  await assertSignedIn(other);
  await other.close();
});

test('a session that was ended elsewhere: a page says so, and a form that stood open loses nothing', async () => {
  const words = 'pięć zwykłych słów razem tu', other = await visitor({ width: 1280 }), open = await visitor();
  for (const person of [other, open]) {
    await person.go('/sign-in/password');
    await person.fill({ email, password: 'cztery zwykłe słowa razem' });
    await person.press();
  }
  await open.go('/admin/series/new');
  await open.fill({ name: 'Napisane długo' });
  await other.go('/me/password');
  await other.fill({ password: words });
  await other.press();
  await other.follow('/me');
  assert.equal(other.path, '/me');
  await open.press();
  assert.equal(open.status, 403);
  assert.match(await open.text, /Napisane długo/);
  await open.follow(open.locator('a[href^="/sign-in?to="]'));
  assert.match(open.path, /to=%2Fadmin%2Fseries%2Fnew/);
  assert.equal(await open.locator('main .notice').count(), 1);
  await open.follow(open.locator('a[href^="/sign-in/password"]'));
  await open.fill({ email, password: words });
  await open.press();
  assert.equal(open.path, '/admin/series/new');
  await other.close();
  await open.close();
});

test('somebody who asks again and again does not fill another\'s mailbox', async () => {
  const person = await visitor();
  const messages = () => program.output.filter((line) => line.startsWith(`--- message to ${email}`)).length;
  for (let turn = 0; turn < 6; turn++) {
    await person.go('/sign-in');
    await person.fill({ email });
    await person.press();
    assert.equal(person.path, '/sign-in/code');
  }
  await pause(1500); // the terminal is written to twice a second
  assert.ok(messages() <= 5, `${messages()} messages in a quarter of an hour`);
  await person.close();
});

test('every page on the way is sound in three languages', () => assert.equal([...program.findings].join('\n'), ''));
