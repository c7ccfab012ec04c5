// SPDX-License-Identifier: EUPL-1.2
// Where the program keeps its store in a test from outside: in the test's folder; or, where WSPOLNIE_TEST_STORE is the
// address of a server (tests/peers/postgres.sh --env), in a database of its own there, named after the folder.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

const server = process.env.WSPOLNIE_TEST_STORE;
export const isPostgres = Boolean(server);
const made = new Set(), spaces = new Set();

const nameOf = (folder) => basename(folder).toLowerCase().replace(/[^a-z0-9]/g, '_');
const ask = (sql) => execFileSync('psql', ['-X', '-q', '-d', server, '-c', sql], { stdio: ['ignore', 'ignore', 'inherit'] });

/** The address of a folder's database. */
export const addressOf = (folder) => server.replace('@/postgres?', `@/${nameOf(folder)}?`);

/** What follows a command, so that it works on the folder's store. */
export function storeWords(folder) {
  if (!isPostgres) return ['--data', folder];
  if (!made.has(folder)) ask(`CREATE DATABASE ${nameOf(folder)}`);
  made.add(folder);
  return ['--data', folder, '--store', addressOf(folder)];
}

export function removeStore(folder) {
  if (made.delete(folder)) ask(`DROP DATABASE ${nameOf(folder)} WITH (FORCE)`);
  if (spaces.delete(folder)) ask(`DROP TABLESPACE ${nameOf(folder)}`);
}

/** The folder's store is to be empty, and to lie in the folder on either engine: for a disk of the test's own. */
export async function placeIn(folder) {
  removeStore(folder);
  if (!isPostgres) {
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `wspolnie.db${end}`), { force: true });
    return;
  }
  const place = join(folder, 'space');
  mkdirSync(place, { recursive: true });
  execFileSync('chown', ['postgres', folder, place]);
  ask(`CREATE TABLESPACE ${nameOf(folder)} LOCATION '${place}'`);
  spaces.add(folder);
  ask(`CREATE DATABASE ${nameOf(folder)} TABLESPACE ${nameOf(folder)}`);
  made.add(folder);
}
