// SPDX-License-Identifier: EUPL-1.2
// Names in public, in a browser: what a coordinator reads on the screen is not on paper; a consent is confirmed on a
// telephone without scripts, in one press, and written down by a coordinator. Every page is looked at on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, start, Visitor } from '../program.mjs';
import { signUp } from '../reliability/gathering.mjs';
import { demoLinks } from '../reliability/signed_in.mjs';
import { sheetsOf, startBrowser } from './harness.mjs';
import { Walker } from './walk.mjs';

const edition = '/wspolnie-do-celu-przyklad/ii', staff = `${edition}/staff`;
const hidden = ['Srebrny Rower', 'Klub Rozmów Bez Słownika', 'Zespół Taneczny Kręć Się'];
let browser, folder, program, coordinator, halina;

async function comeIn(link, options) {
  const walker = await Walker.open(browser, program, options);
  walker.arrived = async () => {}; // signing in has tests of its own
  await walker.go(link);
  await walker.press();
  delete walker.arrived;
  return walker;
}

before(async () => {
  folder = await makeFolder();
  [browser, program] = await Promise.all([startBrowser(), start(['demo'], { folder })]);
  const links = await demoLinks(program);
  coordinator = await comeIn(links[0].link, { width: 1280 });
  halina = await comeIn(links[1].link, { width: 360, scripts: false });
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

const seen = async (walker) => {
  const text = await walker.page.locator('body').innerText();
  return hidden.filter((name) => text.includes(name));
};

test('a day of one’s own prints on one sheet, without what only invites, and a name is whole on a phone', async () => {
  await halina.go((await halina.page.locator('.menu a[aria-current], .menu a').last().getAttribute('href')));
  assert.match(await halina.page.locator('main').innerText(), /Rozmowy przy stolikach od 17:15/);
  const cut = await halina.page.locator('.strip .wrap > a').evaluate((name) => name.scrollWidth > name.clientWidth + 1);
  assert.ok(!cut, 'the name at the top is cut');
  assert.equal(await sheetsOf(halina.page), 1);
});

test('what a coordinator prints of a public page names nobody who did not agree', async () => {
  for (const [path, names] of [[`${edition}/rounds`, hidden], [`${edition}/programme`, [hidden[1], hidden[2]]]]) {
    await coordinator.go(path);
    assert.deepEqual(await seen(coordinator), names);
    await coordinator.page.emulateMedia({ media: 'print' });
    assert.deepEqual(await seen(coordinator), path.endsWith('programme') ? [hidden[2]] : []); // it offered its dance itself
    assert.match(await coordinator.page.locator('main').innerText(), /organizacja/);
    await coordinator.page.emulateMedia({ media: 'screen' });
  }
  await coordinator.go(`${edition}/programme`);
  await coordinator.follow(coordinator.page.locator('a.what', { hasText: 'Wieczór, na którym' }));
  assert.deepEqual(await seen(coordinator), [hidden[1]]);
  await coordinator.page.emulateMedia({ media: 'print' });
  assert.deepEqual(await seen(coordinator), []);
  await coordinator.page.emulateMedia({ media: 'screen' });
  for (const name of hidden) assert.ok(!(await coordinator.page.title()).includes(name)); // browsers print it on top
});

test('the list for the hall is a page of the staff, and prints with all names', async () => {
  await coordinator.go(`${staff}/rounds/cards`);
  assert.equal(await coordinator.page.locator('[aria-labelledby=a-z] tbody tr').count(), 70);
  await coordinator.page.emulateMedia({ media: 'print' });
  assert.deepEqual(await seen(coordinator), hidden);
  await coordinator.page.emulateMedia({ media: 'screen' });
});

test('a consent told by telephone is written down where the publishing page leads to', async () => {
  await coordinator.go(`${staff}/programme/publish`);
  await coordinator.follow(coordinator.page.locator('.notice a', { hasText: hidden[1] }));
  assert.match(coordinator.page.url(), /\/listing$/);
  await coordinator.press(coordinator.button('/listing', '[value=give]'));
  assert.equal(coordinator.status, 422);
  assert.match(await coordinator.page.locator('#errors').innerText(), /W jaki sposób to powiedzieli/);
  await coordinator.fill({ channel: 'phone' });
  await coordinator.press(coordinator.button('/listing', '[value=give]'));
  assert.match(await coordinator.page.locator('section[aria-labelledby=in-public]').innerText(), /z nazwą[\s\S]*telefonicznie/);
  await coordinator.go(`${staff}/programme/publish`);
  assert.equal(await coordinator.page.locator('.notice a').count(), 0);
});

test('on a telephone, without scripts: a tick that somebody else made is confirmed in one press', async () => {
  await halina.go(`${halina.path.split('?')[0]}/sign-up`);
  const email = await halina.page.locator('[name=email]').inputValue();
  const stranger = new Visitor(program.base);
  const answers = { organisation: 'Ktoś Obcy', name: 'Halina', people: '1', phone: '', email };
  const page = await signUp(new Proxy(stranger, {
    get: (target, name) => name !== 'submit' ? (typeof target[name] === 'function' ? target[name].bind(target) : target[name])
      : (form, values) => target.submit(form, form.control('is_listed') ? { ...values, is_listed: form.control('is_listed').value } : values),
  }), answers, edition);
  assert.equal(page.status, 200);
  stranger.close();
  await halina.go('/me');
  await halina.follow(halina.page.locator('main a', { hasText: 'Ktoś Obcy' }));
  await halina.follow(halina.page.locator('a[href$="/sign-up/listing"]'));
  assert.equal(await halina.page.locator('main input:checked').count(), 0);
  await halina.press('button[value=yes]');
  assert.equal(await halina.page.locator('a[href$="/sign-up/listing"]').count(), 0);
  await halina.follow(halina.page.locator('a[href$="/sign-up"]'));
  assert.ok(await halina.page.locator('[name=is_listed]').isChecked()); // and can be taken back here
});

test('guests and figures by keyboard and on a telephone', async () => {
  const phone = await Walker.open(browser, program, { width: 360 });
  await phone.page.context().addCookies(await coordinator.page.context().cookies());
  await phone.go(`${staff}/figures`);
  await phone.go(`${staff}/guests`);
  await phone.go(`${staff}/guests/new`);
  await phone.page.locator('[name=name]').focus();
  await phone.page.keyboard.type('Chór Zza Miedzy');
  await phone.page.keyboard.press('Tab');
  await phone.page.keyboard.press('Space'); // the first kind
  await phone.page.keyboard.press('Tab');
  await phone.page.keyboard.press('Control+A');
  await phone.page.keyboard.type('14');
  await Promise.all([phone.page.waitForEvent('load'), phone.page.keyboard.press('Enter')]);
  assert.match(await phone.page.locator('main').innerText(), /Chór Zza Miedzy[\s\S]*14 osób/);
  await phone.close();
});

test('every page was right in every language and width', () => assert.deepEqual([...program.findings], []));
