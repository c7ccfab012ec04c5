// SPDX-License-Identifier: EUPL-1.2
// Stopping and copying in the middle of work: SIGTERM finishes what was taken in, and a copy made under load is whole.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Visitor, binary, makeFolder, pause, removeFolder, run, runWell, start } from '../program.mjs';
import { isPostgres, storeWords } from '../store_place.mjs';
import { answersOf, edition, makeGathering, signUp, signedUp, startLoad } from './gathering.mjs';

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

/** A pipe as the program's standard output, which is read only when the test wants to: a terminal where Ctrl-S was pressed. */
class StillPipe {
  static async open(path) {
    await new Promise((resolve, reject) => spawn('mkfifo', [path]).once('error', reject).once('close', resolve));
    const pipe = new StillPipe();
    pipe.fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    pipe.forProgram = openSync(path, constants.O_WRONLY); // as a program has it: writing waits
    return pipe;
  }

  /** Until not even one more byte fits. */
  fill() {
    for (let size = 65536; size >= 1;) {
      try { writeSync(this.fd, Buffer.alloc(size, '.')); } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
        size >>= 1;
      }
    }
  }

  /** All that is in it now. */
  read() {
    const pieces = [];
    for (const piece of Array.from({ length: 1000 }, () => Buffer.alloc(65536))) {
      try { pieces.push(piece.subarray(0, readSync(this.fd, piece))); } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
        break;
      }
    }
    return Buffer.concat(pieces).toString();
  }

  async readUntil(pattern) {
    for (let all = '', waited = 0; ; waited += 20) {
      all += this.read();
      if (pattern.test(all)) return all;
      if (waited > 60000) throw new Error(`no ${pattern} in:\n${all}`);
      await pause(20);
    }
  }

  close() { closeSync(this.fd); closeSync(this.forProgram); }
}

test('a terminal that stands still holds up neither what is written nor the stopping', async () => {
  const pipe = await StillPipe.open(join(folder, 'terminal'));
  const begin = () => {
    const child = spawn(binary(), ['serve', ...storeWords(folder), '--listen', '127.0.0.1:0'], { stdio: ['ignore', pipe.forProgram, 'pipe'] });
    child.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
    return child;
  };
  const children = [begin()];
  try {
    const [base] = /http:\/\/127\.0\.0\.1:\d+/.exec(await pipe.readUntil(/Ctrl-C stops it/));
    await signUp(new Visitor(base), { ...answersOf('Przed ciszą'), email: 'halina@przyklad.example' });
    pipe.fill();
    const asking = new Visitor(base);
    await asking.submit((await asking.get('/sign-in')).form('/sign-in'), { email: 'halina@przyklad.example' });
    await pause(1500); // it has tried to print by now
    const later = Promise.race([signUp(new Visitor(base), answersOf('W ciszy')), pause(20000)]);
    assert.match((await later)?.text ?? 'no answer in 20 seconds', /W ciszy/);

    children[0].kill('SIGTERM');
    assert.equal(await Promise.race([children[0].ended, pause(20000)]), 0, 'SIGTERM does not end it');
    pipe.read();
    children.push(begin()); // what was not shown waits, and is shown once
    const all = await pipe.readUntil(/--- message to halina@przyklad\.example[^]*\n---\n/);
    await pause(1500);
    assert.equal((all + pipe.read()).split('--- message to').length - 1, 1);
    children[1].kill('SIGTERM');
    assert.equal(await children[1].ended, 0);
    children.push(begin());
    await pipe.readUntil(/Ctrl-C stops it/);
    await pause(1500);
    assert.doesNotMatch(pipe.read(), /--- message to/);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map((child) => child.ended));
    pipe.close();
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
