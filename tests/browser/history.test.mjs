// SPDX-License-Identifier: EUPL-1.2
// Back after a form that was put right: the browser's history holds only pages that it can open again, without scripts
// too, and what was typed is in no address and not to be read by who signs in after.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, setUp, start } from '../program.mjs';
import { makeGathering, path } from '../reliability/gathering.mjs';
import { openPage, startBrowser } from './harness.mjs';

let folder, program, browser, ola;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  [browser, program] = await Promise.all([startBrowser(), start(['serve'], { folder })]);
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
});
after(async () => {
  await browser?.close();
  ola?.close();
  await program?.stop();
  await removeFolder(folder);
});

const send = (page, button = 'main form.page button') => Promise.all([page.waitForEvent('load'), page.locator(button).first().click()]);
const heading = (page) => page.locator('h1').first().textContent();

/** A window in which Ola is signed in. */
async function openAsOla(where, options) {
  const page = await openPage(browser, 'about:blank', options);
  await page.context().addCookies([...ola.cookies].map(([name, value]) => ({ name, value, url: program.base })));
  await page.goto(program.url(where));
  return page;
}

for (const scripts of [false, true])
  test(`the public form, ${scripts ? 'with' : 'without'} scripts: wrong, put right, Back, and Back again`, async () => {
    const page = await openPage(browser, program.url(`${path}/sign-up`), { width: 360, scripts });
    const first = page.url();
    await send(page);
    assert.match(page.url(), /\?refused=[0-9a-z]{26}$/);
    assert.equal(await page.locator('.error').count() > 0, true);
    await page.fill('[name=organisation]', `Klub Wstecz ${scripts}`);
    await send(page);
    const contact = await heading(page);
    await page.fill('[name=name]', 'Janina Próbna');
    await page.fill('[name=phone]', 'brak');
    await send(page);
    assert.equal(await page.inputValue('[name=phone]'), 'brak');
    assert.doesNotMatch(page.url(), /brak|Janina/);
    await page.fill('[name=phone]', '600 200 300');
    await send(page);
    assert.notEqual(await heading(page), contact);
    const back = await page.goBack();
    assert.equal(back.status(), 422);
    assert.equal(await page.inputValue('[name=name]'), 'Janina Próbna');
    assert.equal((await page.goBack()).status(), 200);
    assert.equal(await heading(page), contact);
    await page.goBack();
    await page.goBack();
    assert.equal(page.url(), first);
    await page.context().close();
  });

test('a coordinator’s form, on a page of another address than its own; reloading shows it again', async () => {
  const where = `${path}/staff/settings/sections/new`;
  const page = await openAsOla(where);
  await page.fill('[name=title]', 'Część próbna');
  await page.fill('[name=from]', '15:00');
  await page.fill('[name=to]', '13:00'); // before it begins
  await page.locator('[name=kind]').first().evaluate((one) => { if (one.tagName === 'SELECT') one.selectedIndex = 1; else one.checked = true; });
  await send(page);
  assert.equal(await page.inputValue('[name=title]'), 'Część próbna');
  assert.equal((await page.reload()).status(), 422);
  assert.equal(await page.inputValue('[name=to]'), '13:00');
  await page.fill('[name=to]', '16:00');
  await send(page);
  assert.doesNotMatch(page.url(), /refused/);
  assert.equal((await page.goBack()).status(), 422);
  assert.equal((await page.goBack()).status(), 200);
  await page.context().close();
});

test('who has signed out, or reads in another browser, gets the plain page; so does who asks for another one with the key', async () => {
  const where = `${path}/staff/settings/sections/new`;
  const page = await openAsOla(where, { scripts: false });
  await page.fill('[name=title]', 'Tajemnica Oli');
  await page.fill('[name=to]', '13:00');
  await send(page);
  const address = page.url();
  assert.match(await page.content(), /Tajemnica Oli/);

  const stranger = await openPage(browser, address);
  assert.doesNotMatch(await stranger.content(), /Tajemnica/);
  assert.match(stranger.url(), /\/sign-in/);
  await stranger.context().close();

  const elsewhere = address.replace('/settings/sections/new', '/settings');
  await page.goto(elsewhere);
  assert.doesNotMatch(await page.content(), /Tajemnica/);
  assert.equal(page.url(), elsewhere.replace(/\?refused=.*/, ''));

  await page.context().clearCookies(); // what signing out does in this browser
  await page.goto(address);
  assert.doesNotMatch(await page.content(), /Tajemnica/);
  await page.context().close();
});
