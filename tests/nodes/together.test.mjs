// SPDX-License-Identifier: EUPL-1.2
// Three nodes on one PostgreSQL behind HAProxy: they answer as one. WSPOLNIE_ROUNDS makes the long tests longer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, loopbackAddress, makeFolder, pause, removeFolder, runWell } from '../program.mjs';
import { answersOf, edition, fillIn, makeGathering, path, signedUp } from '../reliability/gathering.mjs';
import { ask, firstOwner, linkFor, openStream, startHouse, startLoad, until, visitorAt } from './nodes.mjs';

const rounds = Number(process.env.WSPOLNIE_ROUNDS ?? 1);
const email = 'olga@zaulek.example', password = 'dwanaście zielonych krzeseł';
let folder, house, owner;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await firstOwner(folder, email);
  house = await startHouse(folder);
  owner = new Visitor(house.base);
  assert.equal((await owner.signIn(await linkFor(folder, email))).status, 200);
});
after(async () => {
  owner?.close();
  await house?.stop();
  await removeFolder(folder);
});

const node = (index) => house.nodes[index % house.nodes.length];
const at = (index, visitor = owner) => visitorAt(node(index), visitor);
const isIn = async (visitor) => (await visitor.ask('GET', '/me')).status === 200;

/** Sets the words on the edition's page, and its title on all pages, by way of two nodes. */
async function writeWords(index, words, by = owner) {
  const settings = `${path}/staff/settings`;
  const page = await at(index + 1, by).get(settings);
  const sent = await at(index, by).send(page.form(settings), { words, title: `Wspólnie ${words}` });
  assert.equal(sent.status, 303, sent.text.slice(0, 300));
}

// ---- caches -------------------------------------------------------------------------------------------------

const pages = ['/', '/wspolnie-do-celu', path];
const numberIn = (page) => Number(/Znak(\d+)\./.exec(page.html)?.[1]);

test('a read after one\'s own write is never old, whichever node answers, with and without If-None-Match', async () => {
  await writeWords(0, 'Znak0.');
  let acknowledged = 0, reads = 0, unchanged = 0, isOver = false;
  const readers = [...house.nodes, house].map(async ({ base }) => {
    const reader = new Visitor(base), kept = new Map();
    for (let turn = 0; !isOver; turn++) {
      const one = pages[turn % pages.length], before = acknowledged, known = kept.get(one);
      const page = await reader.ask('GET', one, { headers: known && { 'if-none-match': known.etag } });
      const number = page.status === 304 ? known.number : numberIn(page);
      assert.ok(page.status === 200 || page.status === 304, `${one}: ${page.status}`);
      if (page.status === 304) unchanged++;
      if (one !== '/wspolnie-do-celu' || number) assert.ok(number >= before, `${base}${one} shows ${number} when ${before} was acknowledged (${page.status})`);
      if (page.headers.etag) kept.set(one, { etag: page.headers.etag, number });
      reads++;
    }
    reader.close();
  });
  readers.forEach((one) => one.catch(() => { isOver = true; }));
  for (let number = 1; number <= 60 * rounds && !isOver; number++) {
    await writeWords(number, `Znak${number}.`);
    acknowledged = number;
    const own = await Promise.all([...house.nodes, house].flatMap(({ base }) => pages.map((one) => new Visitor(base).ask('GET', one, { headers: { connection: 'close' } }))));
    for (const page of own) if (page.path !== '/wspolnie-do-celu') assert.equal(numberIn(page), number, `${page.path}: ${page.status} ${page.text.slice(0, 300)}`);
  }
  isOver = true;
  await Promise.all(readers);
  assert.ok(unchanged > 0, 'nothing was ever answered from what a reader had');
  console.log(`# caches: ${60 * rounds} writes, ${reads} reads beside them, ${unchanged} of them 304`);
});

// ---- streams ------------------------------------------------------------------------------------------------

test('a change through one node is told on the streams of all within a second', async () => {
  const streams = [...house.nodes, house].map(({ base }) => openStream(base, `${path}/changes`));
  await until(() => streams.every((stream) => stream.isOpen), 'the streams are open');
  const waits = [];
  for (let turn = 0; turn < 7; turn++) {
    for (const stream of streams) stream.events.length = 0;
    await writeWords(turn, `Strumień${turn}.`);
    const from_ms = Date.now();
    await until(() => streams.every((stream) => stream.events.some(({ name, data }) => name === 'changed' && data === 'edition')), 'every stream is told');
    waits.push(Math.max(...streams.map((stream) => stream.events[0].at_ms)) - from_ms);
  }
  for (const stream of streams) stream.events.length = 0;
  await runWell(['edition', 'state', edition, 'call_closed'], { folder }); // no node, but a command
  await until(() => streams.every((stream) => stream.events.length), 'a command is told of');
  await runWell(['edition', 'state', edition, 'call_open'], { folder });
  for (const stream of streams) stream.close();
  waits.sort((a, b) => a - b);
  console.log(`# streams: the last of ${streams.length} is told after ${waits[3]} ms (median of 7; ${waits[0]} to ${waits[6]})`);
  assert.ok(waits[3] < 1000, `half of the changes took longer than a second: ${waits}`);
});

test('who comes back to another node than the stream was on is told to read anew', async () => {
  const first = openStream(node(0).base, `${path}/changes`);
  await until(() => first.lastId, 'the stream has a place to come back to');
  first.close();
  const again = openStream(node(1).base, `${path}/changes`, { 'last-event-id': first.lastId });
  await until(() => again.events.length, 'told');
  assert.equal(again.events[0].name, 'reload');
  again.close();
  const missing = await new Visitor(house.base).ask('GET', '/wspolnie-do-celu/nie-ma/changes');
  assert.equal(missing.status, 404);
});

// ---- sessions and ways in ---------------------------------------------------------------------------------------

test('a session of one node works on the others, and its end too', async () => {
  const visitor = new Visitor(node(0).base);
  await visitor.signIn(await linkFor(folder, email));
  for (let index = 0; index < 3; index++) assert.ok(await isIn(at(index, visitor)), `node ${index}`);
  const page = await at(1, visitor).get('/me');
  const elsewhere = at(2, visitor);
  elsewhere.cookies = new Map(visitor.cookies); // another browser that holds the same session
  await at(1, visitor).submit(page.form('/sign-out'));
  assert.ok(!await isIn(elsewhere), 'signed out on one node, and still in on another');
});

/** Both at once; how many of the answers begin a session. */
const winners = (answers) => answers.filter((page) => (page.headers['set-cookie'] ?? []).some((line) => /^session=[0-9a-z]{26}/.test(line))).length;

test('a sign-in link pressed on all nodes at once lets one in', async () => {
  for (let turn = 0; turn < 8 * rounds; turn++) {
    const link = await linkFor(folder, email);
    const visitors = house.nodes.map((one) => new Visitor(one.base));
    const forms = await Promise.all(visitors.map(async (visitor) => (await visitor.get(link)).form(link)));
    const answers = await Promise.all(visitors.map((visitor, index) => visitor.send(forms[index])));
    assert.equal(winners(answers), 1, answers.map((page) => `${page.status} ${page.location}`).join(', '));
    assert.ok(answers.every((page) => page.status < 500), answers.map((page) => page.status).join());
    visitors.forEach((visitor) => visitor.close());
  }
});

/** Asks for a mail in a browser; the browser and the code that a node's terminal shows. */
async function askForCode() {
  ask(folder, 'DELETE FROM sign_in'); // few are mailed to one person at a time
  const visitor = new Visitor(house.base);
  const lines = house.nodes.map((one) => one.output.length);
  await visitor.submit((await visitor.get('/sign-in')).form('/sign-in'), { email });
  const code = await until(() => house.nodes.flatMap((one, index) => one.output.slice(lines[index])).map((line) => /^--- message to .*?(\d{6})$/.exec(line)?.[1]).find(Boolean), 'a terminal shows the code');
  return { visitor, code };
}

test('a code typed on two nodes at once lets one in; wrong ones are counted wherever they are typed', async () => {
  for (let turn = 0; turn < 2; turn++) {
    const { visitor, code } = await askForCode();
    const form = (await visitor.get('/sign-in/code')).form('/sign-in/code');
    const places = [at(turn, visitor), at(turn + 1, visitor)];
    for (const place of places) place.cookies = new Map(visitor.cookies);
    const answers = await Promise.all(places.map((place) => place.send(form, { code, once: `${turn}${place.base.port}`.padEnd(35, '7') })));
    assert.equal(winners(answers), 1, answers.map((page) => `${page.status} ${page.text.slice(0, 80)}`).join(', '));
  }
  const { visitor, code } = await askForCode();
  const wrong = code === '000000' ? '000001' : '000000';
  const form = (await visitor.get('/sign-in/code')).form('/sign-in/code');
  await Promise.all([0, 1, 2, 3, 4].map((index) => at(index, visitor).send(form, { code: wrong, once: `${index}`.padEnd(35, '7') })));
  const [tries] = ask(folder, 'SELECT tries FROM sign_in WHERE used_ms IS NULL ORDER BY id DESC LIMIT 1');
  assert.equal(tries, '5', 'five wrong codes at once on three nodes');
  const right = await at(1, visitor).send(form, { code, once: '9'.padEnd(35, '7') });
  assert.equal(winners([right]), 0, 'a sixth try was let through');
});

test('wrong passwords are counted for the account on all nodes together', async () => {
  const page = await owner.get('/me/password');
  const form = page.form('/me/password');
  const typed = Object.fromEntries(form.controls.filter(({ type }) => type === 'password').map(({ name }) => [name, password]));
  assert.equal((await at(0).submit(form, typed)).status, 200);
  await ask(folder, 'DELETE FROM wrong_try');
  const stranger = (index) => new Visitor(node(index).base, { address: loopbackAddress() });
  const guess = async (index, words) => {
    const visitor = stranger(index);
    const shown = await visitor.get('/sign-in/password');
    const answer = await visitor.send(shown.form('/sign-in/password'), { email, password: words });
    visitor.close();
    return answer;
  };
  assert.equal(winners([await guess(0, password)]), 1, 'the right password is none');
  await ask(folder, 'DELETE FROM wrong_try');
  const free = 20; // account/tries.h: TRIES_FREE_IN_ALL
  for (let done = 0; done < free; done += 4) {
    const answers = await Promise.all([0, 1, 2, 3].map((index) => guess(index, `nie to ${done + index}`)));
    assert.ok(answers.every((answer) => answer.status === 422 || answer.status === 200), answers.map((answer) => answer.status).join());
  }
  const [tries] = ask(folder, 'SELECT MAX(tries) FROM wrong_try');
  assert.equal(tries, `${free}`, 'guesses at once on three nodes were not all counted');
  for (let index = 0; index < 3; index++) assert.equal((await guess(index, password)).status, 429, `node ${index} lets one more through`);
  await ask(folder, 'DELETE FROM wrong_try');
});

test('the same form sent to two nodes at the same moment acts once', async () => {
  const before = Number(ask(folder, 'SELECT COUNT(*) FROM signup')[0]);
  for (let turn = 0; turn < 6 * rounds; turn++) {
    const name = `Dwa razy ${turn}`, answers = answersOf(name), visitor = new Visitor(house.base);
    let page = await visitor.get(`${path}/sign-up`), form;
    for (let pagesSeen = 0; pagesSeen < 12; pagesSeen++) {
      form = page.forms.find((one) => one.method === 'POST' && /\/sign-up(\/[^/]+\/(?!sent)[^/]+)?(\?.*)?$/.test(one.action));
      if (!form) break;
      const both = await Promise.all([0, 1, 2].map((index) => at(turn + index, visitor).send(form, fillIn(form, answers))));
      const shown = both.filter(({ status }) => status === 200); // the last page shows a secret address to one alone
      assert.ok(shown.length <= 1 && both.every((one) => [200, 303].includes(one.status)), both.map((one) => `${one.status} ${one.text.slice(0, 200)}`).join('\n'));
      assert.equal(new Set(both.map(({ location }) => location).filter(Boolean)).size, 1, both.map(({ location }) => location).join());
      page = shown[0] ?? await visitor.follow(both[0]);
    }
    assert.equal(page.status, 200);
    visitor.close();
  }
  assert.equal(Number(ask(folder, 'SELECT COUNT(*) FROM signup')[0]) - before, 6 * rounds);
});

// ---- a node that dies ---------------------------------------------------------------------------------------------

test('nodes killed in the middle of requests lose nothing acknowledged, and the proxy goes on with the others', async () => {
  const load = startLoad(house.base, 'Wytrwała');
  const acknowledgedIn = async (what) => {
    const from = load.acknowledged.length;
    await until(() => load.acknowledged.length > from + 2, `sign-ups are acknowledged ${what}`);
  };
  await acknowledgedIn('at first');
  for (let turn = 0; turn < 3 * rounds; turn++) {
    const index = turn % 3;
    await house.kill(index);
    await acknowledgedIn(`without node ${index}`);
    await house.start(index);
    await acknowledgedIn(`with node ${index} back`);
  }
  await load.stop();
  const there = await signedUp(folder);
  assert.deepEqual(load.acknowledged.filter((name) => !there.has(name)), [], 'acknowledged, and not there');
  assert.deepEqual(load.refused.filter((status) => ![500, 502, 503].includes(status)), []);
  console.log(`# kill -9: ${load.acknowledged.length} sign-ups acknowledged, ${load.refused.length} refused, ${load.cut} cut off`);
});

// ---- jobs ---------------------------------------------------------------------------------------------------------

const job = () => ask(folder, "SELECT taken, lease_ms, due_ms FROM job WHERE name = 'expiry'")[0]?.split('|').map(Number) ?? [0, 0, 0];
const day_ms = 24 * 60 * 60 * 1000;

test('a job is done by one node, and by another when that one dies while at it', async () => {
  await until(() => job()[2] > Date.now(), 'the job was done at the start');
  assert.equal(job()[0], 1, 'three nodes began at once, and one job was done more than once');
  ask(folder, "UPDATE job SET due_ms = 0 WHERE name = 'expiry'");
  await until(() => job()[2] > Date.now(), 'the job is done again');
  assert.equal(job()[0], 2);

  await house.stopNode(1);
  await house.stopNode(2);
  const held = await house.hold('LOCK TABLE session IN EXCLUSIVE MODE'); // the first thing the job waits for
  ask(folder, "UPDATE job SET due_ms = 0 WHERE name = 'expiry'");
  await until(() => job()[1] > Date.now(), 'a node has taken the job');
  await house.kill(0);
  await held.release();
  await house.start(1);
  await house.start(2);
  await pause(1500); // three looks at the job
  const [taken, lease_ms, due_ms] = job();
  assert.deepEqual([taken, due_ms], [3, 0], 'taken while another has it');
  assert.ok(lease_ms > Date.now());
  ask(folder, `UPDATE job SET lease_ms = ${Date.now()} WHERE name = 'expiry'`); // its time is over
  await until(() => job()[2] > Date.now(), 'another node has done it');
  const after_ms = job();
  assert.equal(after_ms[0], 4, 'two nodes found it free, and both took it');
  assert.equal(after_ms[1], 0);
  assert.ok(after_ms[2] < Date.now() + day_ms + 1000);
  await house.start(0);
});

// ---- rates ----------------------------------------------------------------------------------------------------

test('an address has one minute\'s worth of changes, whichever nodes it asks', { timeout: 120000 }, async () => {
  const per_min = 90, limited = await startHouse(folder, 3, { args: ['--changes-per-min', String(per_min)] });
  const address = loopbackAddress(), other = loopbackAddress();
  const post = async (index, from) => (await new Visitor(limited.nodes[index % 3].base, { address: from }).ask('POST', `${path}/sign-up`, { body: `organisation=&once=${'0'.repeat(35)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status;
  try {
    const into_minute_ms = Date.now() % 60000;
    if (into_minute_ms > 40000) await pause(60500 - into_minute_ms); // what nodes tell each other is of a minute of the wall
    let taken = 0;
    for (let turn = 0; turn < 3 * per_min; turn++) {
      if (await post(turn, address) !== 429) taken++;
      if (turn % 15 === 14) await pause(600);
    }
    assert.ok(taken >= per_min / 3, `${taken} were taken`);
    assert.ok(taken <= per_min * 1.8, `${taken} were taken of ${per_min}`);
    assert.notEqual(await post(0, other), 429, 'another address was held up');
  } finally {
    await limited.stop();
  }
});
