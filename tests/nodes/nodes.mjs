// SPDX-License-Identifier: EUPL-1.2
// Several nodes of the program on one PostgreSQL, behind HAProxy, all on loopback.
//
//   const house = await startHouse(folder);            // three nodes; WSPOLNIE_TEST_STORE says which server
//   const visitor = new Visitor(house.base);           // through the proxy
//   const other = visitorAt(house.nodes[1], visitor);  // the same browser, straight to one node
//   await house.stop();
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Visitor, pause, runWell, setUp, start } from '../program.mjs';
import { answersOf, signUp } from '../reliability/gathering.mjs';
import { addressOf } from '../store_place.mjs';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until look() gives something; what it gives. */
export async function until(look, what, most_ms = 20000) {
  for (const end_ms = Date.now() + most_ms; ;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end_ms) throw new Error(`waited in vain: ${what}`);
    await pause(20);
  }
}

/** Runs SQL in the folder's database; the lines of the answer. */
export const ask = (folder, sql) => execFileSync('psql', ['-X', '-q', '-A', '-t', '-d', addressOf(folder), '-c', sql], { encoding: 'utf8' })
  .split('\n').filter(Boolean);

/** Does something in a transaction that stays open until release(). */
async function hold(folder, sql) {
  const child = spawn('psql', ['-X', '-q', '-A', '-t', '-d', addressOf(folder)], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { said += text; });
  child.stdin.write(`BEGIN;\n${sql};\nSELECT 'held';\n`);
  await until(() => said.includes('held'), sql);
  return { async release() { child.stdin.end('ROLLBACK;\n'); await once(child, 'exit'); } };
}

const configuration = (port, ports) => `global
    maxconn 1000
defaults
    mode http
    option forwardfor
    option redispatch
    retries 3
    retry-on conn-failure
    timeout connect 2s
    timeout check 5s
    timeout client 60s
    timeout server 60s
frontend people
    bind 127.0.0.1:${port}
    default_backend nodes
backend nodes
    balance roundrobin
    option httpchk GET /
    default-server check inter 500ms fall 3 rise 1 observe layer4 error-limit 2 on-error mark-down
${ports.map((one, index) => `    server node${index} 127.0.0.1:${one}\n`).join('')}`;

/** HAProxy before nodes of these ports. */
export async function startProxy(folder, port, ports) {
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, configuration(port, ports));
  const child = spawn('haproxy', ['-db', '-q', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
  const ended = once(child, 'exit');
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`haproxy: ${said}`);
    return new Promise((resolve) => {
      http.get({ port, host: '127.0.0.1', path: '/' }, (response) => { response.resume(); resolve(response.statusCode === 200); }).on('error', () => resolve(false));
    });
  }, 'the proxy serves');
  return { async stop() { child.kill('SIGTERM'); await ended; } };
}

export async function startNode(folder, port, base, options = {}) {
  const words = ['serve', '--base-url', base, '--trusted-proxy', '127.0.0.1', '--threads', '2', ...options.args ?? []];
  return start(words, { folder, port, ...options });
}

/** count nodes and the proxy before them. */
export async function startHouse(folder, count = 3, options = {}) {
  const port = await freePort(), base = `http://127.0.0.1:${port}`;
  const ports = [];
  for (let i = 0; i < count; i++) ports.push(await freePort());
  const nodes = await Promise.all(ports.map((one) => startNode(folder, one, base, options)));
  const proxy = await startProxy(folder, port, ports);
  const gone = new Set();
  return {
    base, nodes, ports,
    async kill(index) { await nodes[index].kill(); gone.add(index); },
    async start(index, more = {}) { nodes[index] = await startNode(folder, ports[index], base, { ...options, ...more }); gone.delete(index); return nodes[index]; },
    async stopNode(index) { const status = await nodes[index].stop(); gone.add(index); return status; },
    hold: (sql) => hold(folder, sql),
    async stop() {
      await proxy.stop();
      await Promise.all(nodes.map((node, index) => gone.has(index) || node.stop()));
    },
  };
}

/** The same browser, with its cookies, at another place. */
export function visitorAt(node, visitor) {
  const other = new Visitor(node.base, { address: visitor.address, language: visitor.language });
  other.cookies = visitor.cookies;
  return other;
}

/** An owner, made with the last node's link: each start makes the ones before worthless. */
export async function firstOwner(folder, email = 'olga@zaulek.example') {
  const node = await start(['serve'], { folder });
  const owner = await setUp(node, 'Olga Próbna', email);
  await node.stop();
  return owner;
}

/** A link that signs somebody in once: its path. */
export async function linkFor(folder, email) {
  const { link } = await runWell(['person', 'link', email, '--json'], { folder });
  return new URL(link).pathname;
}

/** Clients that sign up one organisation after the other until stop(), whatever becomes of each. */
export function startLoad(base, prefix, clients = 4) {
  const load = { acknowledged: [], acknowledged_ms: [], refused: [], cut: 0, isStopped: false };
  const one = async (client) => {
    for (let turn = 0; !load.isStopped; turn++) {
      const name = `${prefix} ${client}-${turn}`, visitor = new Visitor(base);
      try {
        const page = await signUp(visitor, answersOf(name));
        if (!page.text.includes(name)) throw new Error(`the last page does not name ${name}`);
        load.acknowledged.push(name);
        load.acknowledged_ms.push(Date.now());
      } catch (error) {
        const status = /: (\d{3}) /.exec(error.message)?.[1];
        if (status) load.refused.push(Number(status));
        else if (error.code || /socket hang up|aborted/.test(error.message)) load.cut++;
        else throw error;
        await pause(20);
      } finally {
        visitor.close();
      }
    }
  };
  const ended = Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  ended.catch(() => { load.isStopped = true; });
  load.stop = () => { load.isStopped = true; return ended; };
  return load;
}

/** A stream of changes. events: [{ name, data, at_ms }]; opened: its first byte has come; close(). */
export function openStream(base, path, headers = {}) {
  const stream = { events: [], ended: false };
  let rest = '';
  const request = http.get(new URL(path, base), { agent: false, headers }, (response) => {
    stream.status = response.statusCode;
    stream.type = response.headers['content-type'];
    response.setEncoding('utf8').on('data', (text) => {
      rest += text;
      for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
        const fields = Object.fromEntries(rest.slice(0, end).split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2)));
        stream.isOpen = true;
        if (fields.id) stream.lastId = fields.id;
        if (fields.event) stream.events.push({ name: fields.event, data: fields.data, at_ms: Date.now() });
      }
    });
    response.on('close', () => { stream.ended = true; });
  });
  request.on('error', () => { stream.ended = true; });
  stream.close = () => request.destroy();
  return stream;
}
