// SPDX-License-Identifier: EUPL-1.2
// The long run of mail: WSPOLNIE_LETTERS (10,000) letters to a real mail server that refuses, puts off, cuts off and is
// slow, that is itself killed and comes back, while the program and its helper are killed again and again with kill -9.
// At the end each letter has arrived once; twice only those that the store marks as ones whose answer was lost.
//
//     WSPOLNIE_BINARY=build-run/src/wspolnie node tests/mail/soak.mjs                                  one program, SQLite
//     WSPOLNIE_BINARY=build-run/src/wspolnie tests/peers/postgres.sh --env node tests/mail/soak.mjs    two nodes, PostgreSQL
//
// Prints what it measured. The exit status says whether all is well.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeFolder, pause, removeFolder, runWell } from '../program.mjs';
import { addressOf, isPostgres } from '../store_place.mjs';
import { addLetters, addressesOf, checkOnce, childrenOf, hurry, makeCertificates, serve, serverLog, smtpWords, startServer, states } from './mail.mjs';

const LETTERS = Number(process.env.WSPOLNIE_LETTERS ?? 10_000);
const folder = await makeFolder(), nodes = [], places = [];
const told = { engine: isPostgres ? 'PostgreSQL, two nodes' : 'SQLite', letters: LETTERS, programs_killed: 0, helpers_killed: 0, servers_killed: 0 };
let server, words;

async function startNode(i) {
  places[i] ??= isPostgres ? await makeFolder() : folder;
  nodes[i] = await serve(folder, words, isPostgres ? { words: ['--data', places[i], '--store', addressOf(folder)] } : {});
}

/** One thing goes wrong, another each time. */
async function trouble(number) {
  const i = number % nodes.length;
  if (number % 5 === 3) {
    const { port } = server;
    await server.kill();
    server = await startServer(folder, { port });
    told.servers_killed++;
  } else if (number % 5 === 4) {
    for (const helper of childrenOf(nodes[i].pid).flatMap(childrenOf)) {
      process.kill(helper, 'SIGKILL');
      told.helpers_killed++;
    }
  } else {
    await nodes[i].kill();
    if (nodes.length > 1) await pause(500);
    await startNode(i);
    told.programs_killed++;
  }
}

const leave = (found) => (found.sent ?? 0) + (found.refused ?? 0);

try {
  makeCertificates(folder);
  await runWell(['series', 'add', 'Wspólnie'], { folder }); // makes the store
  server = await startServer(folder);
  words = smtpWords(folder, server.port);
  for (let i = 0; i < (isPostgres ? 2 : 1); i++) await startNode(i);
  const addresses = addressesOf(LETTERS);
  addLetters(folder, addresses);
  const began_ms = Date.now();
  for (let troubles = 0, seen = 0, still_s = 0; ; await pause(1000)) {
    const found = states(folder), done = leave(found);
    if (done === LETTERS) break;
    hurry(folder);
    for (; troubles < 20 && done > LETTERS * (troubles + 1) / 22; troubles++) await trouble(troubles);
    still_s = done === seen ? still_s + 1 : 0;
    seen = done;
    assert.ok(still_s < 300, `for five minutes nothing has left: ${JSON.stringify(found)}`);
  }
  told.seconds = Math.round((Date.now() - began_ms) / 1000);
  told.letters_a_second = Math.round(LETTERS / told.seconds);
  Object.assign(told, checkOnce(folder, addresses, serverLog(folder)));
  [told.load] = readFileSync('/proc/loadavg', 'utf8').split(' ');
  console.log(JSON.stringify(told, null, 1));
} finally {
  for (const node of nodes) await node?.kill();
  await server?.kill();
  for (const place of places) if (place !== folder) await removeFolder(place);
  await removeFolder(folder);
}
