// SPDX-License-Identifier: EUPL-1.2
// What tests from outside share: the program as a process, and a visitor that speaks plain HTTP to it.
//
//   const folder = await makeFolder();
//   const { status, stdout } = await run(['signups', 'list', '--json'], { folder });
//   const program = await start(['serve'], { folder });            // WSPOLNIE_BINARY says which one
//   const visitor = new Visitor(program.base);
//   const page = await visitor.get('/sign-in');
//   const next = await visitor.submit(page.form('/sign-in'), { email: 'ola@zaulek.example' });
//   await program.stop();
//   await removeFolder(folder);

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { removeStore, storeWords } from './store_place.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

export function binary() {
  const path = process.env.WSPOLNIE_BINARY;
  if (!path) throw new Error('WSPOLNIE_BINARY does not say which program to test');
  return path;
}

export const makeFolder = () => mkdtemp(join(tmpdir(), 'wspolnie-test-'));
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function removeFolder(folder) {
  removeStore(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Keys as the program takes them: 35 signs of its own alphabet. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
export const onceKey = () => [...randomBytes(35)].map((byte) => alphabet[byte % 32]).join('');

// ---- the process ---------------------------------------------------------------------------------------

/** Runs one command to its end. options: folder (--data), input, env, command and before (what stands in front of it). */
export function run(args, { folder, input, env = {}, prefix = [] } = {}) {
  const words = [...prefix, binary(), ...args, ...(folder ? storeWords(folder) : [])];
  const child = spawn(words[0], words.slice(1), { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const collected = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => { collected[name] += text; });
  child.stdin.on('error', () => {}); // a program that refuses its words does not read them
  child.stdin.end(input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, ...collected }));
  });
}

/** Runs a command that must end well; with --json in args the answer is what it says. */
export async function runWell(args, options) {
  const result = await run(args, options);
  if (result.status !== 0) throw new Error(`wspolnie ${args.join(' ')}: ${result.status ?? result.signal}\n${result.stderr}${result.stdout}`);
  return args.includes('--json') ? JSON.parse(result.stdout) : result.stdout;
}

/**
 * Starts `serve` or `demo` on a free port of loopback, or the one given, and waits until it says where.
 * options: folder, env, prefix, port, program (another one than WSPOLNIE_BINARY), words (in place of the store's). The result: base, output (lines so far), url, line(pattern), kill(), stop().
 */
export async function start(args, { folder, env = {}, prefix = [], port = 0, program = binary(), words: store = storeWords(folder) }) {
  const words = [...prefix, program, ...args, ...store, '--listen', `127.0.0.1:${port}`];
  const child = spawn(words[0], words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const output = [];
  const waiting = new Set();
  let status = null;
  const take = (text) => {
    output.push(text);
    for (const look of waiting) look();
  };
  createInterface({ input: child.stdout }).on('line', take);
  createInterface({ input: child.stderr }).on('line', take);
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => { status = code ?? signal; resolve(status); for (const look of waiting) look(); });
  });

  /** The first match of a pattern in the lines from number `from` on, as soon as there is one. */
  const line = (pattern, from = 0, most_ms = 60000) => new Promise((resolve, reject) => {
    const give = (settle, value) => { waiting.delete(look); clearTimeout(timer); settle(value); };
    const look = () => {
      for (const text of output.slice(from)) {
        const found = pattern.exec(text);
        if (found) return give(resolve, found);
      }
      if (status !== null) give(reject, new Error(`the program ended with ${status}:\n${output.join('\n')}`));
    };
    const timer = setTimeout(() => give(reject, new Error(`no ${pattern} in:\n${output.join('\n')}`)), most_ms);
    waiting.add(look);
    look();
  });

  const [, told] = await line(/serves on (\S+)/); // with --base-url that one
  const base = port ? `http://127.0.0.1:${port}` : told;
  if (port) await line(/Ctrl-C/);
  return {
    base, output, folder, ended, line,
    pid: child.pid,
    url: (path) => base + path,
    kill() { child.kill('SIGKILL'); return ended; },
    async stop() {
      if (status !== null) throw new Error(`the program has ended by itself with ${status}:\n${output.slice(-60).join('\n')}`);
      child.kill('SIGTERM');
      return ended;
    },
  };
}

// ---- pages -----------------------------------------------------------------------------------------------

const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
export const decode = (text) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
  hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : named[name] ?? whole);

const attributes = (text) => Object.fromEntries([...text.matchAll(/([^\s=>"/]+)(?:="([^"]*)")?/g)]
  .map(([, name, value]) => [name, decode(value ?? '')]));

/** The text of a piece of HTML, as one line. */
export const textOf = (html) => decode(html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();

/** The controls of one form in the order of the page: name, kind, value, checked, options. */
function controlsOf(inner) {
  const controls = [];
  const pattern = /<(input|button)\b([^>]*)>|<textarea\b([^>]*)>\n?([\s\S]*?)<\/textarea>|<select\b([^>]*)>([\s\S]*?)<\/select>/g;
  for (const [, tag, simple, area, typed, select, options] of inner.matchAll(pattern)) {
    if (tag) {
      const has = attributes(simple);
      const type = has.type ?? (tag === 'button' ? 'submit' : 'text');
      const value = has.value ?? (type === 'checkbox' || type === 'radio' ? 'on' : '');
      controls.push({ name: has.name, type, value, checked: 'checked' in has, required: 'required' in has });
    } else if (area !== undefined) {
      controls.push({ name: attributes(area).name, type: 'textarea', value: decode(typed), required: 'required' in attributes(area) });
    } else {
      const choices = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, text]) => attributes(text));
      const chosen = choices.find((choice) => 'selected' in choice) ?? choices[0];
      controls.push({
        name: attributes(select).name, type: 'select', value: chosen?.value ?? '',
        options: choices.map((choice) => choice.value ?? ''), required: 'required' in attributes(select),
      });
    }
  }
  return controls.filter((control) => control.name);
}

const pressed = new Set(['submit', 'button', 'image', 'reset']);

export class Form {
  constructor(page, attributeText, inner) {
    const has = attributes(attributeText);
    this.page = page;
    this.method = (has.method ?? 'get').toUpperCase();
    this.action = new URL(has.action || page.path, 'http://x').href.slice('http://x'.length);
    this.isMultipart = has.enctype === 'multipart/form-data';
    this.controls = controlsOf(inner);
    this.html = inner;
  }

  control(name) { return this.controls.find((control) => control.name === name); }

  /** What a browser would send as it stands, without a button: [name, value] pairs. */
  entries() {
    return this.controls.filter(({ type, checked }) => !pressed.has(type) && type !== 'file' && (checked !== false || !['checkbox', 'radio'].includes(type)))
      .map(({ name, value }) => [name, value]);
  }
}

export class Page {
  constructor(method, path, response, bytes) {
    this.method = method;
    this.path = path;
    this.status = response.statusCode;
    this.headers = response.headers;
    this.location = response.headers.location;
    this.bytes = bytes;
    this.html = bytes.toString('utf8');
  }

  get forms() {
    return [...this.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, has, inner]) => new Form(this, has, inner));
  }

  /** The form whose action fits: a string it ends with (its query apart), or a pattern. */
  form(action) {
    const fits = (form) => typeof action === 'string' ? form.action.split('?')[0].endsWith(action) : action.test(form.action);
    const found = this.forms.find(fits);
    if (!found) throw new Error(`no form for ${action} on ${this.path} (${this.status}): ${this.forms.map((form) => form.action)}\n${textOf(this.html).slice(0, 600)}`);
    return found;
  }

  get links() { return [...this.html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map(([, href]) => decode(href)); }
  get text() { return textOf(/<main\b[^>]*>([\s\S]*)<\/main>/.exec(this.html)?.[1] ?? this.html); }
  get heading() { return textOf(/<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(this.html)?.[1] ?? ''); }
}

// ---- a visitor -----------------------------------------------------------------------------------------------

/** Any address of this machine's loopback network, so that one test does not use up another's tries. */
export function loopbackAddress() {
  const [a, b, c] = randomBytes(3);
  return `127.${1 + a % 250}.${b}.${1 + c % 250}`;
}

function multipart(entries) {
  const boundary = `wspolnie${randomBytes(12).toString('hex')}`;
  const parts = [];
  for (const [name, value] of entries) {
    const isFile = typeof value === 'object' && !Buffer.isBuffer(value);
    const head = isFile ? `; filename="${value.name}"\r\nContent-Type: ${value.type ?? 'text/csv'}` : '';
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${head}\r\n\r\n`),
      Buffer.from(isFile ? value.bytes : value), Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

/** Percent-encodes bytes as they are, so that wrong encodings can be sent too. */
const escapeBytes = (value) => [...(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))]
  .map((byte) => /[A-Za-z0-9_.-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`).join('');

export class Visitor {
  /** options: language ("pl"), address (the loopback address asked from; by default another one for each visitor). */
  constructor(base, { language = 'pl', address = loopbackAddress() } = {}) {
    this.base = new URL(base);
    this.language = language;
    this.address = address;
    this.cookies = new Map();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  }

  /** One request; nothing is followed. */
  ask(method, path, { body, type, headers = {} } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const options = {
      method, path, agent: this.agent, localAddress: this.address,
      host: this.base.hostname, port: this.base.port,
      headers: {
        'accept-language': this.language,
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': type ?? 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
        ...(method === 'POST' && { 'sec-fetch-site': 'same-origin' }),
        ...headers,
      },
    };
    return new Promise((resolve, reject) => {
      const request = http.request(options, (response) => {
        const pieces = [];
        if (response.headers['content-type'] === 'text/event-stream') { // it has no end: its head is the answer
          resolve(new Page(method, path, response, Buffer.alloc(0)));
          request.destroy();
          return;
        }
        response.on('data', (piece) => pieces.push(piece));
        response.once('error', reject);
        response.once('end', () => {
          for (const line of response.headers['set-cookie'] ?? []) this.keep(line);
          resolve(new Page(method, path, response, Buffer.concat(pieces)));
        });
      });
      request.once('error', reject);
      request.end(body);
    });
  }

  keep(line) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    if (/max-age=0\b/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  async follow(page) {
    for (let hops = 0; [301, 302, 303, 307, 308].includes(page.status); hops++) {
      if (hops === 8) throw new Error(`round and round at ${page.path}`);
      page = await this.ask('GET', page.location.replace(this.base.origin, ''));
    }
    return page;
  }

  async get(path) { return this.follow(await this.ask('GET', path.replace(this.base.origin, ''))); }

  /** POST of pairs or of an object; answers the page as it came. */
  post(path, values, options = {}) {
    const entries = Array.isArray(values) ? values : Object.entries(values);
    const { body, type } = options.isMultipart ? multipart(entries)
      : { body: entries.map(([name, value]) => `${escapeBytes(name)}=${escapeBytes(value)}`).join('&'), type: undefined };
    return this.ask('POST', path, { body, type, headers: options.headers });
  }

  /** What the form would send, with values in place of its own: a list for several, null for none. */
  entries(form, values = {}) {
    const replaced = Object.entries(values).flatMap(([name, value]) =>
      value === null ? [] : Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]);
    return [...form.entries().filter(([name]) => !(name in values)), ...replaced];
  }

  /** Sends a form without following the answer. */
  send(form, values) {
    const entries = this.entries(form, values);
    if (form.method === 'GET') return this.ask('GET', `${form.action.split('?')[0]}?${new URLSearchParams(entries)}`);
    return this.post(form.action, entries, { isMultipart: form.isMultipart });
  }

  async submit(form, values) { return this.follow(await this.send(form, values)); }

  /** Opens a sign-in link and presses its button. */
  async signIn(link) {
    const path = link.replace(this.base.origin, '');
    return this.submit((await this.get(path)).form(path));
  }

  close() { this.agent.destroy(); }
}

/** Somebody who is known by this address, signed in by the message that the terminal prints. */
export async function signInByMail(program, email, options) {
  const visitor = new Visitor(program.base, options);
  const from = program.output.length;
  await visitor.submit((await visitor.get('/sign-in')).form('/sign-in'), { email });
  const [link] = await program.line(/http:\S+\/sign-in\/[0-9a-z]{26}/, from);
  const page = await visitor.signIn(link);
  if (page.status !== 200) throw new Error(`${email}: ${page.path} ${page.status} ${page.text.slice(0, 300)}`);
  return Object.assign(visitor, { home: page.path });
}

/** The first coordinator of a program that has none yet. */
export async function setUp(program, name, email) {
  const visitor = new Visitor(program.base);
  const [link] = await program.line(/http:\S+\/setup\/\S+/);
  await visitor.submit((await visitor.get(link)).form(/setup/), { name, email });
  return visitor;
}
