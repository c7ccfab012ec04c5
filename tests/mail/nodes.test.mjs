// SPDX-License-Identifier: EUPL-1.2
// Two nodes on one server, each with a data folder of its own, killed in turn: each letter is sent by one of them, once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, pause, removeFolder, runWell } from '../program.mjs';
import { addressOf, isPostgres } from '../store_place.mjs';
import { addLetters, makeCertificates, serve, serverLog, smtpWords, startServer, states, until, untilAllIsDone } from './mail.mjs';

const LETTERS = Number(process.env.WSPOLNIE_LETTERS ?? 600);
let folder, server;
const places = [], nodes = [];

before(async () => {
  folder = await makeFolder();
  makeCertificates(folder);
  for (let i = 0; i < 2; i++) places.push(await makeFolder());
});
after(async () => {
  for (const node of nodes) await node?.kill();
  await server?.stop();
  for (const place of places) await removeFolder(place);
  await removeFolder(folder);
});

test('two nodes, killed in turn', { skip: !isPostgres && 'several nodes stand on a server', timeout: 1800_000 }, async () => {
  await runWell(['series', 'add', 'Wspólnie'], { folder }); // makes the store
  server = await startServer(folder);
  const startNode = async (i) => {
    nodes[i] = await serve(folder, smtpWords(folder, server.port), { words: ['--data', places[i], '--store', addressOf(folder)] });
  };
  const taken = () => serverLog(folder).filter(({ event }) => event === 'taken');
  await Promise.all([startNode(0), startNode(1)]);
  const addresses = Array.from({ length: LETTERS }, (_, i) => `${i % 7 ? 'ok' : 'later'}.${i}@zaulek.example`);
  addLetters(folder, addresses);
  for (let i = 0; i < 4; i++) {
    await until(() => taken().length >= LETTERS * 0.15 * (i + 1), 'a part of the letters', 600_000);
    await nodes[i % 2].kill();
    await pause(500);
    await startNode(i % 2);
  }
  await untilAllIsDone(folder, 600_000);
  assert.deepEqual(states(folder), { sent: LETTERS });
  const times = new Map();
  for (const { to } of taken()) times.set(to, (times.get(to) ?? 0) + 1);
  for (const address of addresses) assert.equal(times.get(address), 1, address);
});
