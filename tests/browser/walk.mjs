// SPDX-License-Identifier: EUPL-1.2
// A person in a browser, who looks at every page on the way: axe, html-validate, nothing sticking out, nothing small.
//
//   const ola = await Walker.open(browser, program, { width: 360, scripts: false });
//   await ola.go('/sign-in');
//   await ola.fill({ email: 'ola@zaulek.example' });
//   await ola.press();                       // the page's main button
//
// Every page that has an address of its own is checked in all three languages, once for each width. What is
// found is kept in program.findings, so that a walk goes on to its end.
import { axeFindings, htmlFindings, openPage, overflowing, takePicture, tooSmall, zoomText } from './harness.mjs';

const languages = ['pl', 'uk', 'en'];
const checked = new Set(); // pages that were read in all of them, each at its width

export class Walker {
  static async open(browser, program, options = {}) {
    const walker = new Walker();
    Object.assign(walker, { browser, program, options, opened: [], pages: 0, typed: 0 });
    program.findings ??= new Set();
    walker.page = await openPage(browser, 'about:blank', { ...options, zoom: 100 });
    walker.page.on('response', (response) => {
      const request = response.request();
      if (request.isNavigationRequest() && request.frame() === walker.page.mainFrame() && response.status() !== 303) walker.response = response;
    });
    return walker;
  }

  get path() { return this.page.url().replace(this.program.base, ''); }
  get heading() { return this.page.locator('h1').first().textContent().then((text) => text.trim()); }
  get text() { return this.page.locator('main').innerText(); }
  get status() { return this.response?.status(); }
  locator(...args) { return this.page.locator(...args); }

  async go(path) {
    await this.page.goto(path.startsWith('http') ? path : this.program.url(path));
    await this.arrived();
  }

  /** Types into fields by their names; ticks boxes and radio buttons by their values. */
  async fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`main [name="${name}"]`);
      const kind = await field.first().evaluate((element) => element.tagName === 'SELECT' ? 'select' : element.type);
      if (kind === 'select') await field.selectOption(String(value));
      else if (kind === 'file') await field.setInputFiles(value);
      else if (kind === 'checkbox' || kind === 'radio') {
        for (const one of value === true ? [''] : [value].flat())
          await (one ? this.page.locator(`main [name="${name}"][value="${one}"]`) : field.first()).check();
      } else {
        await field.fill(String(value));
        this.typed += String(value).length;
      }
    }
  }

  /** Presses a button (the first in the main part, or the one that `which` finds) and waits for the page it leads to. */
  async press(which) {
    const button = typeof which === 'string' ? this.page.locator(which) : which ?? this.page.locator('main form button:not(.quiet)').first();
    this.response = undefined;
    await Promise.all([this.page.waitForEvent('load'), button.first().click()]);
    await this.arrived();
  }

  /** The button of the form that goes to an action which ends like this. */
  button(action, more = '') { return this.page.locator(`form[action$="${action}"] button${more}, form[action*="${action}?"] button${more}`); }

  async follow(link) {
    const found = typeof link === 'string' ? this.page.locator(`a[href$="${link}"]`) : link;
    await Promise.all([this.page.waitForEvent('load'), found.first().click()]);
    await this.arrived();
  }

  async arrived() {
    this.pages++;
    if (this.options.zoom) await zoomText(this.page, this.options.zoom);
    const html = await this.response?.text().catch(() => undefined);
    const findings = [...this.page.complaints.splice(0).filter((one) => !/status of (4\d\d|507)/.test(one)), ...await overflowing(this.page), ...await tooSmall(this.page)];
    if (html && this.status < 500) findings.push(...await htmlFindings(html));
    if (this.status === 200 && this.response.request().method() === 'GET') findings.push(...await this.inAllLanguages());
    else if (this.options.scripts !== false) findings.push(...await axeFindings(this.page));
    for (const finding of findings) // one line for what stands in a page many times
      this.program.findings.add(`${this.path.split('?')[0]} at ${this.options.width ?? 1280} px: ${finding.replace(/\d+:\d+ /, '')}`);
    if (this.status >= 500) throw new Error(`${this.path}: ${this.status} ${await this.text}`);
  }

  /** A window beside this one, with scripts, that shows the same person's pages in one language after the other. */
  async besides() {
    this.checker ??= await openPage(this.browser, 'about:blank', { ...this.options, scripts: true, zoom: 100 });
    const { cookies } = await this.page.context().storageState();
    await this.checker.context().clearCookies();
    await this.checker.context().addCookies(cookies.filter((cookie) => cookie.name !== 'lang'));
    return this.checker;
  }

  /** The same address for the same person, once for each language and width. */
  async inAllLanguages() {
    const key = `${this.path.replace(/[0-9a-z]{26,39}/g, '*').replace(/[?#].*/, '')} ${this.options.width ?? 1280}`;
    if (checked.has(key)) return [];
    checked.add(key);
    const findings = [];
    const page = await this.besides();
    for (const language of languages) {
      await page.context().addCookies([{ name: 'lang', value: language, url: this.program.base }]);
      const response = await page.goto(this.page.url().replace(/#.*/, '')); // to a place in the same page nothing is loaded
      const html = await response.text();
      if (!new RegExp(`<html lang="${language}"`).test(html)) findings.push(`${language}: the page is in another language`);
      const all = [...page.complaints.splice(0), ...await overflowing(page), ...await tooSmall(page), ...await axeFindings(page), ...await htmlFindings(html)];
      findings.push(...all.map((finding) => `${language}: ${finding}`));
      await takePicture(page, `${key.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}-${language}`);
    }
    return findings;
  }

  /** On paper, as a picture where those are asked for; answers whether the menu is gone. */
  async print(name) {
    await this.page.emulateMedia({ media: 'print' });
    await takePicture(this.page, name);
    const leftovers = await this.page.locator('nav:visible, main form button:visible').count();
    await this.page.emulateMedia({ media: 'screen' });
    return leftovers;
  }

  async close() {
    await this.checker?.context().close();
    await this.page.context().close();
  }
}
