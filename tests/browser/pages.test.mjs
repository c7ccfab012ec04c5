// SPDX-License-Identifier: EUPL-1.2
// Every page of the demo gathering that is linked anywhere, for everybody who may see it: sound for axe and
// html-validate in three languages, on a phone and on a desk, light and dark, and on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, start, Visitor } from '../program.mjs';
import { discover, readRoutes } from '../reliability/routes.mjs';
import { demoPeople } from '../reliability/signed_in.mjs';
import { axeFindings, htmlFindings, openPage, overflowing, startBrowser, takePicture, tooSmall } from './harness.mjs';

const looks = [
  { language: 'pl', width: 360 }, { language: 'uk', width: 1280, dark: true }, { language: 'en', width: 768, isQuick: true },
  { language: 'uk', width: 320, isQuick: true }, { language: 'pl', width: 794, paper: true, isQuick: true },
];
let browser, folder, program;

before(async () => {
  folder = await makeFolder();
  [browser, program] = await Promise.all([startBrowser(), start(['demo'], { folder })]);
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

async function look(page, path, options, html) {
  const found = [...page.complaints.splice(0), ...await overflowing(page)];
  if (!options.paper) found.push(...await tooSmall(page));
  if (!options.isQuick) found.push(...await axeFindings(page), ...await htmlFindings(html));
  await takePicture(page, `${path.replace(/[^a-z0-9]+/gi, '-')}-${Object.values(options).join('-')}`);
  return found.map((finding) => `${path} ${JSON.stringify(options)}: ${finding.replace(/^\d+:\d+ /, '')}`);
}

/** All paths of one person in one look: one window, page after page. */
async function lookAt(visitor, paths, options) {
  const page = await openPage(browser, 'about:blank', options);
  const cookies = [...visitor.cookies, ['lang', options.language]].filter(([name], index, all) => all.findLastIndex((one) => one[0] === name) === index);
  await page.context().addCookies(cookies.map(([name, value]) => ({ name, value, url: program.base })));
  const found = new Set();
  for (const path of paths) {
    const response = await page.goto(program.url(path));
    const html = await response.text();
    if (response.status() >= 400) found.add(`${path}: ${response.status()}`);
    for (const finding of await look(page, path, options, html)) found.add(finding);
  }
  await page.context().close();
  return [...found];
}

test('every page, for everybody', async (t) => {
  const people = { ...await demoPeople(program), anonymous: new Visitor(program.base) };
  const routes = await readRoutes();
  const seen = new Set();
  for (const [who, visitor] of Object.entries(people).reverse()) {
    const { paths } = await discover(routes, { [who]: visitor });
    const fresh = [...paths].filter(([route]) => !seen.has(`${route}`)).map(([route, list]) => {
      seen.add(route);
      return list[0];
    });
    for (const options of looks)
      await t.test(`${who}, ${Object.values(options).join(' ')}: ${fresh.length} pages`, async () =>
        assert.equal((await lookAt(visitor, fresh, options)).join('\n'), ''));
  }
});
