// SPDX-License-Identifier: EUPL-1.2
// What browser tests share: the real program on a free port with a folder of its own, a real browser, and the
// checks that every page goes through.
//
//   const program = await startProgram(['demo']);     // WSPOLNIE_BINARY says which one
//   const browser = await startBrowser();
//   const page = await openPage(browser, program.url('/'), { width: 360, dark: true, language: 'uk' });
//   await checkPage(page);                                       // axe and html-validate find nothing
//   await takePicture(page, 'edition');                          // into WSPOLNIE_PICTURES, where that is set

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';
import { removeStore, storeWords } from '../store_place.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const axe = await readFile(fileURLToPath(new URL('node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
export const widths = [360, 768, 1280];

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Debian's own chromium; close() ends it. */
export function startBrowser() {
  return chromium.launch({ executablePath: process.env.WSPOLNIE_CHROMIUM ?? '/usr/bin/chromium', args: flags });
}

/**
 * Starts the program on a free port, in a new folder, and waits until it says where it listens.
 * args: what follows the program's name. The folder is given as --data and is gone after stop().
 */
export async function startProgram(args, environment = {}) {
  const binary = process.env.WSPOLNIE_BINARY;
  if (!binary) throw new Error('WSPOLNIE_BINARY does not say which program to test');
  const folder = await mkdtemp(join(tmpdir(), 'wspolnie-browser-'));
  const child = spawn(binary, [...args, ...storeWords(folder), '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const output = [];
  const ended = new Promise((resolve) => child.once('close', resolve));
  const base = await new Promise((resolve, reject) => {
    const read = (line) => {
      output.push(line);
      const found = /http:\/\/(127\.0\.0\.1|\[::1\]|localhost):\d+/.exec(line);
      if (found) resolve(found[0]);
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    child.once('error', reject);
    ended.then((code) => reject(new Error(`the program ended with ${code}:\n${output.join('\n')}`)));
  });
  return {
    base, output, folder,
    url: (path) => base + path,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      removeStore(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

/** Serves files of this repository as they are, under the program's content policy: for pages that need no program. */
export async function startFiles() {
  const server = createServer(async (request, response) => {
    try {
      const path = normalize(new URL(request.url, 'http://x').pathname);
      const body = await readFile(join(root, path));
      response.writeHead(200, {
        'content-type': types[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  return { base, url: (path) => base + path, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/**
 * Opens an address in a window of its own. Anything the page reports (an error, a refused script, a missing
 * file) is kept in page.complaints.
 * options: width, dark, language ("pl"), scripts (true), zoom (text size in percent), forcedColors, paper.
 */
export async function openPage(browser, url, options = {}) {
  const { width = 1280, dark = false, language = 'pl', scripts = true, zoom = 100, forcedColors = false, paper = false } = options;
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 780 : 900 },
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
    forcedColors: forcedColors ? 'active' : 'none',
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
    timezoneId: 'Europe/Warsaw',
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') page.complaints.push(message.text()); });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') page.complaints.push(`${request.url()}: ${reason}`); // aborted: one has gone on
  });
  if (paper) await page.emulateMedia({ media: 'print' });
  await page.goto(url);
  if (zoom !== 100) await zoomText(page, zoom);
  return page;
}

/** As a person's own text size does: rem follows it. */
export const zoomText = (page, percent) => addStyle(page, `html { font-size: ${percent}% }`);

/** Text as loosely set as WCAG 2.2, 1.4.12, wants it to be possible. */
export const setLoosely = (page) =>
  addStyle(page, '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');

async function addStyle(page, text) {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const { styleSheetId } = await session.send('CSS.createStyleSheet', { frameId: frameTree.frame.id });
  await session.send('CSS.setStyleSheetText', { styleSheetId, text });
}

/** What axe finds against WCAG 2.2 A and AA and its best practices, as lines of text. */
/** colours: whether contrast is looked at, which takes half of the time and is the same in every language. */
export async function axeFindings(page, { colours = true } = {}) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((looksAtColours) => globalThis.axe.run({
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // Under forced colours the person's own are shown, which axe cannot see.
    rules: { 'color-contrast': { enabled: looksAtColours && !matchMedia('(forced-colors: active)').matches } },
  }), colours);
  return violations.flatMap((violation) => violation.nodes.map((node) =>
    `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll('\n', ' ')}`));
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-trailing-whitespace': 'off',
    'void-style': ['error', { style: 'omit' }],
    'attribute-boolean-style': ['error', { style: 'omit' }],
    'long-title': 'off',
    'doctype-style': 'off',
    // Typographic characters stand as they are; the pages are UTF-8.
    'no-raw-characters': ['error', { relaxed: true }],
    'tel-non-breaking': 'off',
    // A button in a form sends it: HTML's own rule.
    'no-implicit-button-type': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
  },
});

export async function htmlFindings(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) => result.messages.map((message) =>
    `${message.line}:${message.column} ${message.ruleId}: ${message.message}`));
}

/** Elements that stick out of the window on the right: a page must never scroll sideways. */
export function overflowing(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest('.scroll, .heard'))
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} sticks out`);
  });
}

/** Text smaller than 16 px, and buttons, links of menus and fields smaller than a thumb. */
export function tooSmall(page) {
  return page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll('body *')) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (hasText && !element.closest('.heard') && parseFloat(getComputedStyle(element).fontSize) < 16)
        found.push(`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: text under 16 px`);
    }
    for (const element of document.querySelectorAll('.button, .menu a, .strip a, .letters a, .crumb a, summary, .choice, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, thead a')) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && box.height < 44) found.push(`${element.outerHTML.slice(0, 80)}: ${box.height} px high`);
    }
    return found;
  });
}

/**
 * Goes through a page with Tab, to its end or for so many stops: wherever the focus is, it is seen and nothing lies over it,
 * and it goes on from every stop.
 */
export async function focusFindings(page, stops = 60) {
  const found = [];
  await page.evaluate(() => { document.activeElement?.blur(); getSelection().removeAllRanges(); });
  let before = '';
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab');
    const { at, problem } = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return { at: '' };
      const every = [...document.querySelectorAll('*')];
      const at = `${every.indexOf(element)} ${element.outerHTML.slice(0, 90)}`;
      const style = getComputedStyle(element), box = element.getClientRects()[0];
      if (style.outlineStyle === 'none' && style.boxShadow === 'none') return { at, problem: 'has the focus and does not show it' };
      if (!box || box.bottom <= 0 || box.top >= innerHeight) return { at, problem: 'has the focus out of sight' };
      const over = document.elementFromPoint(box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
      if (over && !element.contains(over) && !over.contains(element)) return { at, problem: `is covered by ${over.outerHTML.slice(0, 60)}` };
      return { at };
    });
    if (!at) break; // past the last
    if (problem) found.push(`${at.replace(/^\d+ /, '')}: ${problem}`);
    const hasParts = /^\d+ <input type="(date|time)"/.test(at); // hours, minutes and the picker are stops of their own
    if (at === before && !hasParts) found.push(`${at.replace(/^\d+ /, '')}: Tab does not leave it`);
    before = at;
  }
  return found;
}

/** All that must hold for any page. Throws with what was found. html: the bytes sent, when they are at hand. */
export async function checkPage(page, html) {
  const findings = [...page.complaints, ...await axeFindings(page), ...await overflowing(page), ...await tooSmall(page)];
  if (html) findings.push(...await htmlFindings(html));
  if (findings.length > 0) throw new Error(`${page.url()}\n  ${findings.join('\n  ')}`);
}

/** How many sheets of A4 a page takes when it is printed. */
export async function sheetsOf(page) {
  await page.emulateMedia({ media: null });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
}

/** A picture of the whole page as NAME.png in the folder WSPOLNIE_PICTURES; nothing where that is not set. */
export async function takePicture(page, name) {
  const folder = process.env.WSPOLNIE_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
