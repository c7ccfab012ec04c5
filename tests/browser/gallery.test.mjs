// SPDX-License-Identifier: EUPL-1.2
// The style sheet shown whole: every component at three widths, in both schemes, with doubled text, on paper.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkPage, openPage, root, startBrowser, startFiles, takePicture, widths } from './harness.mjs';

let browser, files;
before(async () => { [browser, files] = await Promise.all([startBrowser(), startFiles()]); });
after(async () => { await browser?.close(); await files?.stop(); });

async function check(name, options) {
  const page = await openPage(browser, files.url('/tests/browser/gallery.html'), options);
  await takePicture(page, name);
  await checkPage(page, await readFile(join(root, 'tests/browser/gallery.html'), 'utf8'));
  await page.context().close();
}

for (const width of [320, ...widths])
  for (const dark of [false, true])
    test(`${width} pixels, ${dark ? 'dark' : 'light'}`, () => check(`gallery-${width}-${dark ? 'dark' : 'light'}`, { width, dark }));
test('doubled text in a narrow window', () => check('gallery-320-text-200', { width: 320, zoom: 200 }));
test('forced colours', () => check('gallery-forced', { width: 768, forcedColors: true }));
test('without scripts, on paper', async () => {
  const page = await openPage(browser, files.url('/tests/browser/gallery.html'), { width: 794, scripts: false, paper: true });
  await takePicture(page, 'gallery-paper');
  await page.context().close();
});

test('the hall screen', async () => {
  const page = await openPage(browser, files.url('/tests/browser/screen.html'), { width: 1280 });
  await takePicture(page, 'screen');
  await checkPage(page);
  await page.context().close();
});
