// SPDX-License-Identifier: EUPL-1.2
// kill -9 at random moments under a load of sign-ups: what was acknowledged is there, the file is sound, and the
// next start needs no hand. WSPOLNIE_ROUNDS says how often (12; the full version is 100), WSPOLNIE_SEED repeats a run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, pause, removeFolder, run, start } from '../program.mjs';
import { makeGathering, signedUp, startLoad } from './gathering.mjs';

const rounds = Number(process.env.WSPOLNIE_ROUNDS ?? 12);
const seed = Number(process.env.WSPOLNIE_SEED ?? Date.now() % 2 ** 31);
const longest_ms = 400;

/** mulberry32: enough to choose moments with, and repeatable. */
function randomFrom(state) {
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

let folder;
before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
});
after(() => removeFolder(folder));

test(`kill -9 under load, ${rounds} times (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  const acknowledged = [];
  for (let round = 0; round < rounds; round++) {
    const program = await start(['serve'], { folder });
    const load = startLoad(program.base, `Próba ${round}`);
    if (round % 4 !== 3) await load.first(); // and now and then while the program is hardly up
    await pause(random() * longest_ms);
    await program.kill();
    await load.ended;
    assert.deepEqual(load.problems, []);
    acknowledged.push(...load.acknowledged);

    const check = await run(['check'], { folder });
    assert.equal(check.status, 0, `round ${round}: ${check.stdout}${check.stderr}`);
    const there = await signedUp(folder);
    assert.deepEqual(acknowledged.filter((name) => !there.has(name)), [], `round ${round}: acknowledged, and not there`);
  }
  assert.ok(acknowledged.length > 0, 'no sign-up was ever acknowledged: the load is no load');
});
