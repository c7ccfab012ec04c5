// SPDX-License-Identifier: EUPL-1.2
// Every page of the demo gathering, for everybody who may see it: sound for axe and html-validate in three languages, on
// a phone and on a desk, light and dark, in colours of one's own, with doubled or loosely set text, by keyboard, and on
// paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, start } from '../program.mjs';
import { readRoutes } from '../reliability/routes.mjs';
import { everyPage } from './every_page.mjs';
import { axeFindings, focusFindings, htmlFindings, openPage, overflowing, setLoosely, startBrowser, takePicture, tooSmall, zoomText } from './harness.mjs';

/* How a page is looked at. Only the first of a route is looked at in every way, others at a glance: they differ in the
   menu above. */
const looks = [
  { language: 'pl', width: 360, axe: true },
  { language: 'uk', width: 1280, dark: true, axe: true, once: true },
  { language: 'en', width: 768, axe: true, colours: false, once: true },
  { language: 'uk', width: 320, keyboard: true, once: true },
  { language: 'pl', width: 360, zoom: 200, once: true },
  { language: 'uk', width: 360, loose: true, once: true },
  { language: 'pl', width: 1280, forcedColors: true, once: true },
  { language: 'pl', width: 794, paper: true, once: true },
];
let browser, folder, program;

before(async () => {
  folder = await makeFolder();
  [browser, program] = await Promise.all([startBrowser(), start(['demo', '--clock', '2026-04-27T10:00:00Z'], { folder })]); // held: links do not grow old
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

const nameOf = ({ language, width, ...rest }) => [language, width, ...['dark', 'zoom', 'loose', 'forcedColors', 'paper'].filter((key) => rest[key])].join('-');

async function look(page, path, options, html, isFirst = true) {
  if (options.zoom) await zoomText(page, options.zoom);
  if (options.loose) await setLoosely(page);
  const found = [...page.complaints.splice(0).filter((one) => !/status of 4\d\d/.test(one)), ...await overflowing(page)];
  if (!options.paper) found.push(...await tooSmall(page));
  if (options.axe && isFirst) found.push(...await axeFindings(page, options), ...await htmlFindings(html));
  if (options.keyboard) found.push(...await focusFindings(page));
  await takePicture(page, `${path.replace(/[^a-z0-9]+/gi, '-')}-${nameOf(options)}`);
  return found.map((finding) => `${path} ${nameOf(options)}: ${finding.replace(/^\d+:\d+ /, '')}`);
}

/** All pages of one person in one look: one window, page after page. */
async function lookAt(visitor, pages, options) {
  const page = await openPage(browser, 'about:blank', { ...options, zoom: 100 });
  const cookies = [...visitor.cookies, ['lang', options.language]].filter(([name], index, all) => all.findLastIndex((one) => one[0] === name) === index);
  await page.context().addCookies(cookies.map(([name, value]) => ({ name, value, url: program.base })));
  const found = new Set();
  for (const { path, status = 200, isFirst } of pages) {
    const response = await page.goto(program.url(path));
    if (response.status() !== status) found.add(`${path}: ${response.status()}, not ${status}`);
    for (const finding of await look(page, path, options, await response.text(), isFirst)) found.add(finding);
  }
  await page.context().close();
  return [...found];
}

test('every page, for everybody', async (t) => {
  const { people, pages } = await everyPage(program, await readRoutes());
  for (const [who, visitor] of Object.entries(people))
    for (const options of looks) {
      const theirs = pages.filter((page) => page.who === who && (page.isFirst || !options.once));
      await t.test(`${who}, ${nameOf(options)}: ${theirs.length} pages`, async () =>
        assert.equal((await lookAt(visitor, theirs, options)).join('\n'), ''));
    }
});

test('the first page of all, before anybody is there', async () => {
  const fresh = await makeFolder();
  const empty = await start(['serve'], { folder: fresh });
  try {
    const [setup] = await empty.line(/http:\S+\/setup\/\S+/);
    for (const options of looks) {
      const page = await openPage(browser, 'about:blank', { ...options, zoom: 100 });
      await page.context().addCookies([{ name: 'lang', value: options.language, url: empty.base }]);
      for (const address of [setup, empty.url('/')]) {
        const response = await page.goto(address);
        assert.equal((await look(page, new URL(address).pathname, options, await response.text())).join('\n'), '');
      }
      await page.context().close();
    }
  } finally {
    await empty.stop();
    await removeFolder(fresh);
  }
});
