// SPDX-License-Identifier: EUPL-1.2
// What C writes for forms, lists and frames: sound HTML that axe and a thumb can use, in each language.
// WSPOLNIE_PAGE_SAMPLE is the program tests/platform/page/sample.c.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { checkPage, openPage, root, startBrowser, startFiles, takePicture } from './harness.mjs';

const program = process.env.WSPOLNIE_PAGE_SAMPLE;
let browser, files;
before(async () => { [browser, files] = await Promise.all([startBrowser(), startFiles()]); });
after(async () => { await browser?.close(); await files?.stop(); });

for (const [language, width, dark] of [['pl', 360, false], ['en', 1280, false], ['uk', 320, true]])
  test(`forms and lists in ${language}`, { skip: !program && 'WSPOLNIE_PAGE_SAMPLE is not set' }, async () => {
    const { stdout: html } = await promisify(execFile)(program, [language]);
    const page = await openPage(browser, 'about:blank', { width, dark, language });
    await page.route('**/assets/*', (route) =>
      route.fulfill({ path: join(root, 'web', new URL(route.request().url()).pathname.replace(/^\/assets\/(.*)\.[0-9a-f]{8}(\..*)$/, '$1$2')) }));
    await page.route('**/sample', (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
    await page.goto(files.url('/sample'));
    await takePicture(page, `sample-${language}`);
    await checkPage(page, html);
    // The errors are where one starts, and each link leads to its field.
    assert.equal(await page.evaluate(() => document.activeElement.id), 'errors');
    const dead = await page.evaluate(() => [...document.querySelectorAll('#errors a')].map((link) => link.getAttribute('href'))
      .filter((href) => !document.querySelector(href)?.matches('input, select, textarea')));
    assert.deepEqual(dead, []);
    await page.context().close();
  });
