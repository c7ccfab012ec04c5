// SPDX-License-Identifier: EUPL-1.2
// What web/app.js adds to a page that works without it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPage, startBrowser, startFiles } from './harness.mjs';

let browser, files;
before(async () => { [browser, files] = await Promise.all([startBrowser(), startFiles()]); });
after(async () => { await browser?.close(); await files?.stop(); });

const gallery = () => files.url('/tests/browser/gallery.html');
const nearTime = 'time[data-near]';

async function openAt(moment, language) {
  const page = await openPage(browser, 'about:blank', { language });
  await page.clock.setFixedTime(new Date(moment));
  await page.goto(gallery());
  return page;
}

test('a near time is said in words beside the time', async () => {
  const page = await openAt('2026-06-11T14:51:00+02:00');
  assert.equal(await page.locator(`${nearTime} + .near`).textContent(), ' (za 12 minut)');
  assert.equal(await page.locator(nearTime).textContent(), '15:03');
  await page.context().close();
});

test('a time beyond two weeks is left alone', async () => {
  const page = await openAt('2026-05-01T12:00:00+02:00');
  assert.equal(await page.locator(`${nearTime} + .near`).textContent(), '');
  await page.context().close();
});

test('on its day a running order says what is on now, and above it leads there', async () => {
  const page = await openAt('2026-06-11T15:30:00+02:00', 'pl');
  assert.equal(await page.locator('#day > .past').count(), 1);
  assert.match(await page.locator('#day > .now').innerText(), /Występ dzieci[\s\S]*teraz/);
  const link = page.locator('.to-now a');
  assert.equal(await link.textContent(), 'teraz: Występ dzieci');
  assert.equal(await link.getAttribute('href'), `#${await page.locator('#day > .now').getAttribute('id')}`);
  await page.context().close();
});

test('on another day it says nothing', async () => {
  const page = await openAt('2026-06-12T15:30:00+02:00', 'pl');
  assert.equal(await page.locator('#day > :is(.now, .past), .to-now').count(), 0);
  await page.context().close();
});

test('a choice in a filter bar waits for the button', async () => {
  const page = await openPage(browser, gallery());
  await page.route('**/?*', (route) => route.fulfill({ body: '<!DOCTYPE html><title>found</title>', contentType: 'text/html' }));
  await page.fill('#q', 'żółw');
  await page.selectOption('#state', { label: 'przyjęte' });
  assert.match(page.url(), /gallery/);
  await page.click('.filters button');
  await page.waitForURL('**/?*');
  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get('q'), searchParams.get('state')], ['żółw', 'przyjęte']);
  await page.context().close();
});

test('without scripts the same filter bar has its button', async () => {
  const page = await openPage(browser, gallery(), { scripts: false });
  await page.route('**/?*', (route) => route.fulfill({ body: '<!DOCTYPE html><title>found</title>', contentType: 'text/html' }));
  await page.fill('#q', 'zolw');
  await page.click('.filters button');
  await page.waitForURL('**/?*');
  assert.equal(new URL(page.url()).searchParams.get('q'), 'zolw');
  await page.context().close();
});
