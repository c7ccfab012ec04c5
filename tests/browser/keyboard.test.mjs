// SPDX-License-Identifier: EUPL-1.2
// The sign-up with nothing but a keyboard: what has the focus is seen, its order is the page's, and Enter goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, runWell, start } from '../program.mjs';
import { edition, makeGathering, path } from '../reliability/gathering.mjs';
import { openPage, startBrowser } from './harness.mjs';

const steps_at_most = 60;
let browser, folder, program;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  [browser, program] = await Promise.all([startBrowser(), start(['serve'], { folder })]);
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return {
    name: element.getAttribute('name'), type: element.type ?? '', tag: element.tagName.toLowerCase(), isButton: element.matches('main button'),
    isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
  };
});

/** Presses Tab until the focus is where `wanted` says; on the way it must always be seen. */
async function tabTo(page, wanted) {
  for (let step = 0; step < steps_at_most; step++) {
    const at = await focused(page);
    if (at.tag !== 'body') assert.ok(at.isSeen, `the focus is not seen at ${JSON.stringify(at)} of ${page.url()}`);
    if (wanted(at)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes there on ${page.url()}`);
}

const named = (name) => (at) => at.name === name;

async function enter(page, act) {
  await Promise.all([page.waitForEvent('load'), act()]);
}

test('an organisation signs up with the keyboard alone', async () => {
  const page = await openPage(browser, program.url(`${path}/sign-up`), { width: 360 });
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('href') ?? ''), /^#content$/, 'the first stop is not the way to the content');
  await tabTo(page, named('organisation'));
  await page.keyboard.type('Koło Bez Myszy');
  await enter(page, () => page.keyboard.press('Enter'));
  await tabTo(page, named('name'));
  await page.keyboard.type('Jan Próbny');
  await tabTo(page, named('phone'));
  await page.keyboard.type('601 222 333');
  await enter(page, () => page.keyboard.press('Enter'));
  await tabTo(page, named('people'));
  await enter(page, () => page.keyboard.press('Enter'));
  await tabTo(page, named('profiles'));
  await page.keyboard.press('Space');
  for (let pages = 0; pages < 3; pages++) {
    await tabTo(page, (at) => at.isButton);
    await enter(page, () => page.keyboard.press('Enter'));
  }
  assert.match(await page.locator('main').innerText(), /Koło Bez Myszy/);
  const list = await runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
  assert.deepEqual(list.map((one) => one.organisation), ['Koło Bez Myszy']);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('after a mistake the focus stands at what is wrong', async () => {
  const page = await openPage(browser, program.url(`${path}/sign-up`), { width: 360 });
  await tabTo(page, named('organisation'));
  await enter(page, () => page.keyboard.press('Enter'));
  assert.match(await page.title(), /^Błąd/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'errors');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).name, 'organisation');
  await page.context().close();
});
