// SPDX-License-Identifier: EUPL-1.2
// A streaming standby that confirms each commit: the primary is killed under load, the standby promoted, and the nodes,
// which know both addresses, find it by themselves. Every acknowledged sign-up is there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, pause, runWell } from '../program.mjs';
import { path } from '../reliability/gathering.mjs';
import { freePort, startLoad, startNode, startProxy, until } from './nodes.mjs';

const bin = '/usr/lib/postgresql/15/bin';
const asPostgres = (command, ...args) => {
  const words = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--', command, ...args] : [command, ...args];
  return execFileSync(words[0], words.slice(1), { cwd: '/tmp', encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
};

/** A server of PostgreSQL in a folder of its own, on a socket there. */
class Server {
  constructor(folder, name) {
    this.folder = join(folder, name);
    this.data = join(this.folder, 'data');
    mkdirSync(this.folder);
    if (process.getuid() === 0) execFileSync('chown', ['postgres', this.folder]);
  }

  options(more = '') { return `-c listen_addresses='' -c fsync=off -c max_connections=100 -c wal_level=replica -c synchronous_commit=on ${more} -k ${this.folder}`; }
  start(more) { asPostgres(`${bin}/pg_ctl`, '-D', this.data, '-w', '-l', join(this.folder, 'log'), '-o', this.options(more), 'start'); }
  make() { asPostgres(`${bin}/initdb`, '-D', this.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'); }
  copyOf(primary) { asPostgres(`${bin}/pg_basebackup`, '-h', primary.folder, '-U', 'postgres', '-D', this.data, '-R', '-X', 'stream', '-c', 'fast', '--no-sync', '-d', 'application_name=standby'); }
  ask(sql, database = 'postgres') {
    return execFileSync('psql', ['-X', '-q', '-A', '-t', '-h', this.folder, '-U', 'postgres', '-d', database, '-c', sql], { encoding: 'utf8' }).trim();
  }

  kill() { process.kill(Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL'); }
  promote() { asPostgres(`${bin}/pg_ctl`, '-D', this.data, '-w', 'promote'); }
  stop() { try { asPostgres(`${bin}/pg_ctl`, '-D', this.data, '-m', 'immediate', '-w', 'stop'); } catch { /* it is stopped */ } }
}

let folder, data, primary, standby, proxy;
const nodes = [];
before(async () => {
  data = await makeFolder();
  folder = await mkdtemp('/tmp/wspolnie-standby-'); // short: a socket's path has 107 signs at most
  chmodSync(folder, 0o755);
  primary = new Server(folder, 'a');
  standby = new Server(folder, 'b');
  primary.make();
  primary.start();
  primary.ask('CREATE DATABASE gathering');
  standby.copyOf(primary);
  standby.start();
  primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
  primary.ask('SELECT pg_reload_conf()');
  await until(() => primary.ask("SELECT sync_state FROM pg_stat_replication") === 'sync', 'the standby confirms commits');
});
after(async () => {
  await proxy?.stop();
  primary?.stop();
  standby?.stop();
  for (const node of nodes) await node.kill();
  await rm(folder, { recursive: true, force: true });
  await rm(data, { recursive: true, force: true });
});

test('the primary is killed under load: nothing acknowledged is lost, and nodes go on by themselves', async () => {
  const store = `postgres://postgres@/gathering?host=${[primary, standby].map((one) => encodeURIComponent(one.folder)).join(',')}&target_session_attrs=read-write`;
  const words = ['--data', data, '--store', store], options = { words };
  const command = (args) => runWell([...args, ...words]);
  await command(['series', 'add', 'Wspólnie do celu', '--phone', '+48 12 345 67 89']);
  await command(['edition', 'add', 'wspolnie-do-celu', '--slug', 'ii', '--number', '2', '--date', '2099-06-11', '--from', '14:00', '--to', '19:00']);
  await command(['edition', 'state', path.slice(1), 'call_open']);
  const port = await freePort(), base = `http://127.0.0.1:${port}`, ports = [await freePort(), await freePort(), await freePort()];
  nodes.push(...await Promise.all(ports.map((one) => startNode(data, one, base, options))));
  proxy = await startProxy(data, port, ports);
  const load = startLoad(base, 'Zapasowa');
  await until(() => load.acknowledged.length > 8, 'sign-ups are acknowledged');

  primary.kill();
  const killed_ms = Date.now();
  await pause(300); // until somebody notices
  standby.promote();
  const promoted_ms = Date.now();
  const known = load.acknowledged.length;
  await until(() => load.acknowledged.length > known + 8, 'sign-ups are acknowledged by the promoted server', 60000);
  await load.stop();

  const gap_ms = load.acknowledged_ms.find((ms) => ms > promoted_ms) - Math.max(...load.acknowledged_ms.filter((ms) => ms <= killed_ms));
  console.log(`# standby: ${gap_ms} ms from the last sign-up acknowledged before to the first after; promotion was done ${promoted_ms - killed_ms} ms after the kill`);
  console.log(`# standby: ${load.acknowledged.length} acknowledged, ${load.refused.length} refused, ${load.cut} cut off`);
  const there = JSON.stringify(await command(['signups', 'list', '--edition', path.slice(1), '--json']));
  assert.deepEqual(load.acknowledged.filter((name) => !there.includes(`"${name}"`)), [], 'acknowledged, and not there');
  assert.equal(standby.ask("SELECT COUNT(*) FROM (SELECT organisation FROM signup GROUP BY organisation HAVING COUNT(*) > 1) AS twice", 'gathering'), '0');
  for (const one of ports) {
    const visitor = new Visitor(`http://127.0.0.1:${one}`);
    assert.equal((await visitor.ask('GET', path)).status, 200, 'a node has not found its way');
    visitor.close();
  }
});
