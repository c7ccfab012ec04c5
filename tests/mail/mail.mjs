// SPDX-License-Identifier: EUPL-1.2
// What tests of sending share: a mail server (smtp_server.py), letters in the outbox, and what became of them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause, start } from '../program.mjs';
import { addressOf, isPostgres } from '../store_place.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Runs SQL on the folder's store; rows of columns. */
export function sql(folder, text) {
  const said = isPostgres
    ? execFileSync('psql', ['-X', '-q', '-A', '-t', '-F', '|', '-d', addressOf(folder), '-f', '-'], { encoding: 'utf8', input: text })
    : execFileSync('sqlite3', ['-bail', '-cmd', '.timeout 20000', join(folder, 'wspolnie.db')], { encoding: 'utf8', input: text });
  return said.split('\n').filter(Boolean).map((line) => line.split('|'));
}

export const makeCertificates = (folder, name = '127.0.0.1') => execFileSync(here('certificates.sh'), [folder, name]);

export async function startServer(folder, { port = 0, options = [] } = {}) {
  const child = spawn('/usr/bin/python3', ['-W', 'ignore', here('smtp_server.py'), folder, port, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const end = async (signal) => { child.kill(signal); await once(child, 'exit'); };
  return { port: Number(line), pid: child.pid, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** What the mail server has taken and refused. */
export const serverLog = (folder) => existsSync(join(folder, 'smtp.log'))
  ? readFileSync(join(folder, 'smtp.log'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];

export const smtpWords = (folder, port, { rate = 60000, user = '', base = 'https://spotkanie.example' } = {}) =>
  ['--smtp', `smtp://${user}127.0.0.1:${port}`, '--smtp-ca', join(folder, 'ca.pem'), '--mail-from', 'Wspólnie <poczta@spotkanie.example>',
    '--mail-rate', String(rate), '--smtp-timeout', '10', ...base ? ['--base-url', base] : []];

/** `serve` with that server; base is where it listens, whatever its own address is said to be. */
export async function serve(folder, words, options = {}) {
  const port = await freePort();
  return start(['serve', ...words], { folder, port, ...options });
}

async function freePort() {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Puts letters into the outbox, one for each address, as a program of before would have written them. */
export function addLetters(folder, addresses, { first = 1000, kind = 'service' } = {}) {
  const now = Date.now();
  const rows = addresses.map((address, i) => `(${first + i}, '${kind}', '${address}', 'Zażółć ${i}', 'pl', 'List ${i}: zażółć', 'Dzień dobry,\n\nto list ${i}.\n', 'waiting', ${now}, 0)`);
  sql(folder, `BEGIN;\nINSERT INTO outbox (id, kind, to_address, to_name, language, subject, body, state, created_ms, tries) VALUES\n${rows.join(',\n')};\nCOMMIT;`);
}

/** How many letters are in each state. */
export const states = (folder) => Object.fromEntries(sql(folder, 'SELECT state, COUNT(*) FROM outbox GROUP BY state;').map(([state, count]) => [state, Number(count)]));

/** Every tenth letter goes wrong, each time in another way. */
const kinds = ['no', 'full', 'spam', 'later', 'busy', 'cut.rcpt', 'cut.data', 'cut.dot'];
const refused = ['no', 'full', 'spam'];
export const addressesOf = (letters) => Array.from({ length: letters }, (_, i) => {
  if (i % 400 === 5) return `slow.${i}@zaulek.example`;
  return `${i % 10 ? 'ok' : kinds[(i / 10) % kinds.length]}.${i}@zaulek.example`;
});
const kindOf = (address) => address.slice(0, address.lastIndexOf('.', address.indexOf('@')));
export const ofKind = (addresses, ...wanted) => addresses.filter((address) => wanted.includes(kindOf(address)));

/** Each letter of those arrived once; again those alone whose answer was lost, under the same Message-ID, and the store
 * knows which they are. How many that were. */
export function checkOnce(folder, addresses, log) {
  const taken = log.filter(({ event }) => event === 'taken');
  const ids = new Map(addresses.map((address) => [address, []]));
  for (const { to, id } of taken) ids.get(to)?.push(id);
  const unsure = new Set(sql(folder, 'SELECT to_address FROM outbox WHERE unsure_ms IS NOT NULL;').flat());
  const no = ofKind(addresses, ...refused), isNo = new Set(no);
  assert.deepEqual(states(folder), { refused: no.length, sent: addresses.length - no.length });
  for (const address of addresses) {
    const own = ids.get(address);
    if (isNo.has(address)) assert.equal(own.length, 0, `${address} was refused`);
    else if (unsure.has(address)) assert.ok(own.length >= 1, `${address} is lost`);
    else assert.equal(own.length, 1, `${address}: ${own.length} times`);
    assert.ok(new Set(own).size <= 1, `${address}: the same Message-ID each time`);
  }
  for (const address of ofKind(addresses, 'cut.dot')) assert.ok(unsure.has(address), `${address} is marked`);
  const all = [...ids.values()].flatMap((own) => own.slice(0, 1));
  assert.equal(new Set(all).size, all.length, 'each letter has its own Message-ID');
  return { arrived: all.length, refused: no.length, answer_lost: unsure.size,
    arrived_again: [...ids.values()].reduce((sum, own) => sum + Math.max(0, own.length - 1), 0), lost: 0 };
}

/** The processes that one started. */
export const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** What was put off comes again now, and not in minutes. */
export const hurry = (folder) => sql(folder, "UPDATE outbox SET due_ms = 0 WHERE state = 'later';");

export async function until(look, what, most_ms = 60000) {
  for (const end_ms = Date.now() + most_ms; ;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end_ms) throw new Error(`waited in vain: ${what}`);
    await pause(100);
  }
}

/** Until nothing waits, is in hand or put off. */
export const untilAllIsDone = (folder, most_ms) => until(() => {
  hurry(folder);
  const found = states(folder);
  return !found.waiting && !found.sending && !found.later;
}, 'all letters to leave', most_ms);
