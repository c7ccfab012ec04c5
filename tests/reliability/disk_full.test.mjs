// SPDX-License-Identifier: EUPL-1.2
// A full disk while people write: a clear page, nothing half-written, and service goes on when there is room again.
// The data lies on a small file system in memory, which takes the right to mount; without it the tests are skipped.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Visitor, makeFolder, removeFolder, run, start } from '../program.mjs';
import { addressOf, isPostgres, placeIn, removeStore } from '../store_place.mjs';
import { answersOf, fillIn, makeGathering, path, signUp, signedUp } from './gathering.mjs';

const call = promisify(execFile);
const room_bytes = 64 * 1024; // what is left for the program once the disk is "full"
let folder, program, isMounted = false;

before(async () => {
  folder = await makeFolder();
  isMounted = await call('mount', ['-t', 'tmpfs', '-o', `size=${isPostgres ? 24 : 4}m,mode=700`, 'tmpfs', folder]).then(() => true, () => false);
  if (isMounted) await placeIn(folder);
  if (isMounted) await makeGathering(folder);
});
after(async () => {
  await program?.stop();
  removeStore(folder);
  if (isMounted) await call('umount', ['-l', folder]);
  await removeFolder(folder);
});

const filler = () => join(folder, 'filler');

async function fillDisk(left_bytes) {
  const { bavail, bsize } = await statfs(folder);
  await writeFile(filler(), Buffer.alloc(Math.max(0, bavail * bsize - left_bytes)));
}

/** Signs up one organisation after the other until one is not taken; answers the names taken and the page of the other. */
async function signUpUntilFull(prefix) {
  const taken = [];
  for (let turn = 0; turn < 400; turn++) {
    const visitor = new Visitor(program.base);
    const name = `${prefix} ${turn}`;
    try {
      await signUp(visitor, answersOf(name));
      taken.push(name);
    } catch (error) {
      return { taken, refused: name, message: error.message };
    } finally {
      visitor.close();
    }
  }
  throw new Error('the disk does not fill');
}

test('a full disk is said in a clear page, and leaves nothing half-written', async (t) => {
  if (!isMounted) return t.skip('mounting is not allowed here');
  program = await start(['serve'], { folder });
  await fillDisk(room_bytes);
  const { taken, refused, message } = await signUpUntilFull('Ciasno');
  assert.match(message, /: 507 /, message);

  // Reading goes on, and the page of the fault is a page: a heading, words, what was typed.
  const visitor = new Visitor(program.base);
  let form, full = { status: 303 };
  for (let turn = 0; full.status === 303 && turn < 400; turn++) { // there may be room left in pages that are there already
    const start_page = await visitor.get(`${path}/sign-up`);
    assert.equal(start_page.status, 200);
    form = start_page.form('/sign-up');
    full = await visitor.send(form, fillIn(form, { organisation: 'Fundacja Pełny Dysk' }));
  }
  assert.equal(full.status, 507);
  assert.ok(full.heading.length > 10, full.html);
  assert.match(full.html, /Fundacja Pełny Dysk/, 'what was typed is not shown again');
  assert.doesNotMatch(full.html, /SQL|errno|ENOSPC|database/i);

  // Several at once, as in a hall: each gets an answer.
  const answers = await Promise.all(Array.from({ length: 8 }, async () => {
    const other = new Visitor(program.base);
    const page = await other.post(`${path}/sign-up`, { organisation: 'x'.repeat(180), once: '0'.repeat(35) }).finally(() => other.close());
    return page.status;
  }));
  for (const status of answers) assert.ok([303, 507].includes(status), `answered ${status}`);

  await rm(filler());
  const again = await visitor.send(form, fillIn(form, { organisation: 'Fundacja Pełny Dysk' }));
  assert.equal(again.status, 303, 'the same form, sent again, is not taken although there is room');
  await signUp(visitor, answersOf('Znów miejsce'));
  visitor.close();

  assert.equal(await program.stop(), 0);
  program = undefined;
  const check = await run(['check'], { folder });
  assert.equal(check.status, 0, check.stdout + check.stderr);
  const there = await signedUp(folder);
  assert.deepEqual([...taken, 'Znów miejsce'].filter((name) => !there.has(name)), []);
  assert.ok(!there.has(refused), `${refused} was refused and is there`);
});

test('a start on a full disk says so in one sentence', async (t) => {
  if (!isMounted) return t.skip('mounting is not allowed here');
  await placeIn(folder);
  await fillDisk(8192);
  const result = await run(['serve', '--listen', '127.0.0.1:0'], { folder });
  assert.equal(result.status, 74, result.stderr);
  assert.match(result.stderr, /^wspolnie: [^\n]+\n$/);
  await rm(filler());
});

/** A store of its own, on a disk with room, that takes some megabytes. */
async function makeLargeSource() {
  const source = await makeFolder();
  const env = { ...process.env };
  delete env.WSPOLNIE_TEST_STORE; // a file, on either engine
  const made = await call(process.env.WSPOLNIE_BINARY, ['series', 'add', 'Źródło', '--phone', '123456789', '--data', source], { env }).then(() => 0, (error) => error);
  assert.equal(made, 0);
  await call('sqlite3', [join(source, 'wspolnie.db'), `INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, public_benefit, words, is_listed, created_ms, version)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
    SELECT i, 'Organizacja ' || i, CAST('organizacja ' || i AS BLOB), 'organizacja ' || i, 'association', 0, printf('%.100c', 'x'), 0, 1, 1 FROM n`]);
  return source;
}

test('porting to a full disk is said in one sentence, keeps nothing, and goes through when there is room', async (t) => {
  if (!isMounted) return t.skip('mounting is not allowed here');
  await placeIn(folder);
  const source = await makeLargeSource();
  const target = isPostgres ? addressOf(folder) : folder;
  const port = () => call(process.env.WSPOLNIE_BINARY, ['port', source, target]).then((done) => ({ status: 0, ...done }), (error) => ({ status: error.code, stdout: error.stdout, stderr: error.stderr }));
  const had = (await readdir(folder)).sort();
  for (const left_bytes of isPostgres ? [1 << 20, 5 << 20] : [8192, 1 << 20]) {
    await fillDisk(left_bytes);
    const full = await port();
    assert.equal(full.status, 74, full.stdout + full.stderr);
    const said = full.stderr.split('\n').filter((line) => line.startsWith('wspolnie: '));
    assert.equal(said.length, 1, full.stderr);
    assert.match(said[0], /the disk (has no room for|of) |no room on the disk/);
    await rm(filler());
    assert.deepEqual((await readdir(folder)).sort(), had, 'something was left of what was not ported');
  }
  const ported = await port();
  assert.equal(ported.status, 0, ported.stderr);
  const check = await run(['check'], { folder });
  assert.equal(check.status, 0, check.stdout + check.stderr);
  await removeFolder(source);
});
