// SPDX-License-Identifier: EUPL-1.2
// A rolling upgrade over migrations: nodes of today serve while one of tomorrow starts and migrates; when the day after
// tomorrow's has shut them out, they say so and write no more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, run } from '../program.mjs';
import { answersOf, makeGathering, path, signUp, signedUp } from '../reliability/gathering.mjs';
import { ask, startHouse, startLoad, until } from './nodes.mjs';

const { WSPOLNIE_NEXT: next, WSPOLNIE_LATER: later } = process.env;
let folder, house;
before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  house = await startHouse(folder, 3);
});
after(async () => {
  await house?.stop();
  await removeFolder(folder);
});

const schema = () => ask(folder, 'SELECT schema_version, compatible_version FROM installation')[0].split('|').map(Number);

const acknowledged = async (load, what, count = 3) => {
  const from = load.acknowledged.length;
  await until(() => load.acknowledged.length >= from + count, `sign-ups are acknowledged ${what}`);
};

test('nodes of today serve all the while a node of tomorrow starts and migrates', async () => {
  const [today] = schema();
  const load = startLoad(house.base, 'Wędrówka');
  await acknowledged(load, 'before');
  for (const index of [0, 1, 2]) {
    const reads = { good: 0, isOver: false };
    const staying = house.nodes[(index + 1) % 3];
    const reading = (async () => {
      for (const reader = new Visitor(staying.base); !reads.isOver; reads.good++)
        assert.equal((await reader.ask('GET', `${path}?n=${reads.good}`)).status, 200, 'a node of today does not read while the schema moves');
    })();
    assert.equal(await house.stopNode(index), 0);
    await house.start(index, { program: next });
    const [one] = schema();
    assert.equal(one, today + 1, 'the node of tomorrow has not migrated');
    await acknowledged(load, `with node ${index} of tomorrow`);
    const direct = new Visitor(staying.base), name = `Wprost ${index}`;
    assert.ok((await signUp(direct, answersOf(name))).text.includes(name), 'the other node takes no sign-up');
    direct.close();
    reads.isOver = true;
    await reading;
  }
  await load.stop();
  const there = await signedUp(folder).catch(() => null) ?? new Set();
  assert.deepEqual(load.acknowledged.filter((one) => !there.has(one)), []);
  const worse = load.refused.filter((status) => ![502, 503].includes(status)); // a node that was stopped
  assert.deepEqual(worse, []);
  console.log(`# upgrade: ${load.acknowledged.length} sign-ups while three nodes were exchanged, ${load.refused.length} refused, ${load.cut} cut off`);
});

test('once the schema is no longer theirs, nodes answer 503 with one sentence and write nothing', async () => {
  const shown = new Visitor(house.nodes[0].base);
  assert.equal((await shown.ask('GET', path)).status, 200); // kept for anonymous readers
  const form = (await shown.get(`${path}/sign-up`)).forms.find((one) => one.method === 'POST');
  const load = startLoad(house.nodes[1].base, 'Spóźniona');
  await acknowledged(load, 'before');

  assert.equal(await house.stopNode(2), 0);
  await house.start(2, { program: later });
  const [version, compatible] = schema();
  assert.equal(version, compatible);
  const counted = () => ask(folder, 'SELECT (SELECT COUNT(*) FROM signup), (SELECT COUNT(*) FROM once_key), (SELECT SUM(version) FROM change)')[0];
  await until(() => load.refused.length > 3, 'the load is refused');
  await load.stop();
  const before = counted();
  const write = await shown.send(form);
  assert.equal(write.status, 503, write.text);
  assert.equal(write.heading, 'Strona jest właśnie odnawiana');
  for (const node of [0, 1]) {
    const reader = new Visitor(house.nodes[node].base);
    await until(async () => (await reader.ask('GET', path)).status === 503, 'pages are refused too', 2000);
    assert.equal((await reader.ask('GET', `${path}/sign-up`)).status, 503);
    reader.close();
  }
  assert.equal(counted(), before, 'a node that was shut out wrote');
  assert.deepEqual(load.refused.filter((status) => status !== 503), [], 'refused otherwise than with 503');
  assert.ok(house.nodes[0].output.some((line) => /this one knows \d+\): start a newer one/.test(line)), 'the log does not say why');

  const command = await run(['signups', 'list'], { folder });
  assert.notEqual(command.status, 0);
  assert.match(command.stderr, /^wspolnie: [^\n]+\n$/);
  const through = startLoad(house.base, 'Jutrzejsza', 1); // refused until the proxy has found out which node is well
  await acknowledged(through, 'by the new node, through the proxy', 2);
  await through.stop();
  shown.close();
});
