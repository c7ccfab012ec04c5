// SPDX-License-Identifier: EUPL-1.2
// Every form of the program, each field of it with what nobody should type: the answer is a page that says what is
// wrong, or a correct display.
// With WSPOLNIE_DATA set, the strings in its folder `strings` are typed too.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { htmlFindings } from '../browser/harness.mjs';
import { Visitor, loopbackAddress, makeFolder, onceKey, removeFolder, start } from '../program.mjs';
import { discover, readRoutes, routeOf } from './routes.mjs';
import { demoPeople } from './signed_in.mjs';

let folder, program, people, routes, found;

before(async () => {
  folder = await makeFolder();
  program = await start(['demo'], { folder });
  people = await demoPeople(program);
  routes = await readRoutes();
  found = await discover(routes, { ...people, anonymous: new Visitor(program.base) });
});
after(async () => {
  await program?.stop();
  await removeFolder(folder);
});

/** The form as it is now: an edit may have changed its hidden version. */
async function fresh({ visitor, form, route, path }) {
  const page = await visitor.get(path);
  const names = form.controls.map((control) => control.name).join(' ');
  return page.forms.find((one) => one.method === 'POST' && routeOf(routes, 'POST', one.action) === route &&
    one.controls.map((control) => control.name).join(' ') === names);
}

// ---- what nobody should type ------------------------------------------------------------------------------------

const ukrainian = 'Громадська організація «Щасливі їжаки й ґави» '.repeat(5).slice(0, 200);
const tower = `Z${'\u0335\u0321\u031b\u0354\u0301\u0489'.repeat(30)}ażółć`;
const hostile = {
  'nothing': '',
  'blanks': ' \t\u00a0\u2003 ',
  'too long': 'ą'.repeat(5001),
  'far too long': 'x'.repeat(100000),
  'another kind': 'dwanaście i pół',
  'a number beyond all': '99999999999999999999999999',
  'a negative number': '-1',
  'invalid UTF-8': Buffer.from([0x41, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
  'a zero byte': 'a\0b',
  'control characters': 'a\u0001\u0007\u001b[31m\u007fb',
  'line ends': 'jeden\r\ndwa\rtrzy\n\u2028cztery\u0085pięć',
  'right to left': '\u202eenod si siht\u202c שלום \u2066مرحبا\u2069 \u200f',
  'a tower of marks': tower,
  '200 Ukrainian characters': ukrainian,
  'markup': '</textarea></title><script>document.title="injected-mark"</script><img src=x onerror=injected_mark()>',
  'quotes': `'";--\`$(id) " onfocus=injected_mark() autofocus x="`,
  'a template': '{if x}{{7*7}}{t "x"}${7*7}%n%s',
  'a formula': '=HYPERLINK("http://x.example";"a")',
};

/** Strings of others, a handful of each file so that the time stays short. */
async function stringsOfOthers() {
  if (!process.env.WSPOLNIE_DATA) return {};
  const folder_of_strings = join(process.env.WSPOLNIE_DATA, 'strings');
  const strings = {};
  for (const name of await readdir(folder_of_strings).catch(() => [])) {
    const text = await readFile(join(folder_of_strings, name), 'utf8');
    const lines = name.endsWith('.json') ? JSON.parse(text).flat(3) : text.split('\n').filter((line) => line && !line.startsWith('#'));
    lines.filter((line) => typeof line === 'string' && line).forEach((line, index) => { strings[`${name}:${index + 1}`] = line; });
  }
  return strings;
}

const isTyped = (control) => ['text', 'email', 'tel', 'url', 'textarea', 'search', 'date', 'time', 'number', 'month'].includes(control.type);
const isSkipped = ({ route }) => route.path === '/sign-out';
const good_answers = new Set([200, 303, 400, 404, 409, 410, 413, 422]);

/** What holds for every answer to a form. */
async function checkAnswer(page, label) {
  assert.ok(good_answers.has(page.status), `${label}: ${page.status} ${page.text.slice(0, 300)}`);
  if (!/text\/html/.test(page.headers['content-type'] ?? '') || !page.html) return;
  assert.doesNotMatch(page.html.replace(/<script type="module" src="[^"]+"><\/script>/g, ''), /<script/i, `${label}: a script got in`);
  assert.doesNotMatch(page.html, /<[a-z]+[^>]*\son\w+=/i.test(page.html) ? /<[a-z]+(?:\s+[^\s=>"]+(?:="[^"]*")?)*\s+on\w+=/i : /(?!)/, `${label}: a handler got in`);
  assert.ok(!page.html.includes('\0'), `${label}: a zero byte in the page`);
  assert.ok(Buffer.from(page.html).equals(page.bytes), `${label}: the page is not UTF-8`);
}

/** The first button that says something, as if it were pressed. */
function pressed(form) {
  const button = form.controls.find((control) => control.type === 'submit');
  return button ? { [button.name]: button.value } : {};
}

async function tryField(one, form, control, kind, value) {
  one.visitor.address = loopbackAddress();
  one.visitor.agent.destroy();
  const label = `${one.route.path} (${one.who}) ${control.name} = ${kind}`;
  const page = await one.visitor.send(form, { ...pressed(form), once: onceKey(), [control.name]: value });
  assert.notEqual(page.status, 429, label);
  await checkAnswer(page, label);
  if (page.status === 422 && typeof value === 'string' && /^[\p{L}\p{P}\p{Z}\p{S}]+$/u.test(value) && value.length < 5000 && isTyped(control) && value.trim())
    assert.ok(page.forms.some((again) => again.control(control.name)?.value === value), `${label}: what was typed is not shown again`);
  return page;
}

test('there are forms to try', () => {
  assert.ok(found.forms.length >= 20, found.forms.map((one) => one.route.path).join('\n'));
});

test('every field of every form, with everything', { timeout: 900000 }, async () => {
  const failures = [], validated = new Set();
  for (const one of found.forms.filter((form) => !isSkipped(form))) {
    const form = await fresh(one);
    if (!form) continue; // it stands no more: an earlier answer did what it asks for
    for (const control of form.controls.filter((each) => isTyped(each) || each.type === 'hidden')) {
      if (control.name === 'once') continue;
      for (const [kind, value] of Object.entries(hostile)) {
        try {
          const page = await tryField(one, form, control, kind, value);
          const key = `${one.route.path} ${control.name} ${page.status}`;
          if (page.status === 422 && (!validated.has(key) || kind === 'markup')) {
            validated.add(key);
            const findings = await htmlFindings(page.html);
            if (findings.length) failures.push(`${one.route.path} ${control.name} = ${kind}: ${findings.slice(0, 3)}`);
          }
        } catch (error) {
          failures.push(error.message.split('\n')[0]);
        }
      }
    }
  }
  assert.equal(failures.join('\n'), '');
});

test('all fields at once', { timeout: 300000 }, async () => {
  for (const one of found.forms.filter((form) => !isSkipped(form)))
    for (const [kind, value] of Object.entries(hostile)) {
      const form = await fresh(one);
      const typed = form?.controls.filter(isTyped) ?? [];
      if (!typed.length) break;
      one.visitor.address = loopbackAddress();
      one.visitor.agent.destroy();
      const page = await one.visitor.send(form, { ...pressed(form), ...Object.fromEntries(typed.map((control) => [control.name, value])) });
      await checkAnswer(page, `${one.route.path}, all = ${kind}`);
    }
});

test('strings of others', { timeout: 900000 }, async (t) => {
  const strings = Object.entries(await stringsOfOthers());
  if (!strings.length) return t.skip('WSPOLNIE_DATA is not set');
  const textual = found.forms.filter((form) => !isSkipped(form) && form.form.controls.some(isTyped));
  // Each string into one form, in turn: over all strings each form sees many.
  for (const [index, [name, value]] of strings.entries()) {
    const one = textual[index % textual.length];
    const form = await fresh(one);
    if (!form) continue;
    one.visitor.address = loopbackAddress();
    one.visitor.agent.destroy();
    const values = { ...pressed(form), ...Object.fromEntries(form.controls.filter(isTyped).map((control) => [control.name, value])) };
    await checkAnswer(await one.visitor.send(form, values), `${one.route.path}, all = ${name}`);
  }
});

test('what was written stands in no page as markup', async () => {
  const failures = [];
  for (const [pattern, paths] of found.paths)
    for (const path of paths.slice(0, 1))
      for (const visitor of [people.coordinator, new Visitor(program.base)]) {
        const page = await visitor.get(path);
        try {
          await checkAnswer(page.status === 403 ? { ...page, status: 404, html: page.html, headers: page.headers, bytes: page.bytes, text: page.text } : page, `${pattern} (GET ${path})`);
        } catch (error) {
          failures.push(error.message);
        }
        if (page.status === 200 && /text\/html/.test(page.headers['content-type'])) {
          const findings = await htmlFindings(page.html);
          if (findings.length) failures.push(`${path}: ${findings.slice(0, 3)}`);
        }
      }
  assert.deepEqual(failures, []);
});
