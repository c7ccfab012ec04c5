// SPDX-License-Identifier: EUPL-1.2
// Stopping and copying in the middle of work: SIGTERM finishes what was taken in, and a copy made under load is whole.
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { makeFolder, pause, removeFolder, run, runWell, start } from '../program.mjs';
import { isPostgres } from '../store_place.mjs';
import { edition, makeGathering, signedUp, startLoad } from './gathering.mjs';

let folder;
beforeEach(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
});
afterEach(() => removeFolder(folder));

test('SIGTERM under load loses no acknowledged answer and ends well', async () => {
  for (let round = 0; round < 3; round++) {
    const program = await start(['serve'], { folder });
    const load = startLoad(program.base, `Koniec ${round}`);
    await load.first();
    await pause(100 * round);
    const status = await program.stop();
    await load.stop();
    assert.equal(status, 0, program.output.join('\n'));
    const refused = load.problems.filter((problem) => !/: 503 /.test(problem));
    assert.deepEqual(refused, []);
    const there = await signedUp(folder);
    assert.deepEqual(load.acknowledged.filter((name) => !there.has(name)), []);
    assert.ok(load.acknowledged.length > 0);
  }
});

const exported = (one) => runWell(['export', '--series', edition.split('/')[0], '--with-people'], { folder: one });

async function withRestored(copy, work) {
  const restored = await makeFolder();
  try {
    await runWell(['restore', copy], { folder: restored });
    await runWell(['check'], { folder: restored });
    await work(restored);
  } finally {
    await removeFolder(restored);
  }
}

test('a copy made while sign-ups come in is sound and holds all from before it', { skip: isPostgres }, async () => {
  const program = await start(['serve'], { folder });
  const load = startLoad(program.base, 'Kopia');
  await load.first();
  const before = [...load.acknowledged];
  const copy = join(folder, 'copy.db');
  await runWell(['backup', copy], { folder });
  await load.stop();
  await program.stop();
  assert.deepEqual(load.problems, []);
  await withRestored(copy, async (restored) => {
    const there = await signedUp(restored);
    assert.deepEqual(before.filter((name) => !there.has(name)), []);
  });
});

test('what is restored is exported as the same bytes as what was copied', { skip: isPostgres }, async () => {
  const program = await start(['serve'], { folder });
  const load = startLoad(program.base, 'Wierna');
  await load.first();
  await load.stop();
  const copy = join(folder, 'copy.db');
  await runWell(['backup', copy], { folder }); // served still, and at rest
  const original = await exported(folder);
  await program.stop();
  assert.match(original, /Wierna 0-0/);
  await withRestored(copy, async (restored) => assert.equal(await exported(restored), original));
});

test('a copy is restored to a folder that is not there yet', { skip: isPostgres }, async () => {
  const copy = join(folder, 'moved.db'), elsewhere = join(folder, 'another-machine');
  await runWell(['backup', copy], { folder });
  await runWell(['restore', copy], { folder: elsewhere });
  await runWell(['check'], { folder: elsewhere });
});

test('restore never overwrites a data file that is there, and refuses what is no copy', { skip: isPostgres }, async () => {
  const copy = join(folder, 'copy.db');
  await runWell(['backup', copy], { folder });
  const before = await readFile(join(folder, 'wspolnie.db'));
  const over = await run(['restore', copy], { folder });
  assert.notEqual(over.status, 0);
  assert.match(over.stderr, /^wspolnie: [^\n]+\n$/);
  assert.ok(before.equals(await readFile(join(folder, 'wspolnie.db'))));

  const empty = await makeFolder();
  try {
    await writeFile(join(empty, 'no-copy.db'), 'this is no database, whatever its name says\n'.repeat(200));
    const refused = await run(['restore', join(empty, 'no-copy.db')], { folder: empty });
    assert.notEqual(refused.status, 0);
    assert.match(refused.stderr, /^wspolnie: [^\n]+\n$/);
    await assert.rejects(stat(join(empty, 'wspolnie.db')));
  } finally {
    await removeFolder(empty);
  }
});

test('a copy cannot be made over a file that is there', async () => {
  const copy = join(folder, 'copy.db');
  await writeFile(copy, 'precious');
  const result = await run(['backup', copy], { folder });
  assert.notEqual(result.status, 0);
  assert.equal(await readFile(copy, 'utf8'), 'precious');
});

test('a server is copied with its own tools, and the program says so', { skip: !isPostgres }, async () => {
  for (const [words, tool] of [[['backup', join(folder, 'copy.db')], /pg_dump/], [['restore', join(folder, 'copy.db')], /pg_restore/]]) {
    const refused = await run(words, { folder });
    assert.equal(refused.status, 3);
    assert.match(refused.stderr, /^wspolnie: [^\n]+\n$/);
    assert.match(refused.stderr, tool);
  }
});
