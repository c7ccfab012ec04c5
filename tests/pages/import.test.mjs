// SPDX-License-Identifier: EUPL-1.2
// Importing a sheet with hundreds of rows that are doubtful: each is ticked, each is taken.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, setUp, start } from '../program.mjs';
import { makeGathering, path, signedUp } from '../reliability/gathering.mjs';

const rows = 700;
let folder, program, ola;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
});
after(async () => {
  ola?.close();
  await program?.stop();
  await removeFolder(folder);
});

const letters = (number) => [...String(number)].map((digit) => 'kmprstwzbd'[digit]).join('o');
const nameOf = (number) => `Zespół ${letters(number + 1000)} ${letters(9999 - number)}`;
const upload = async (bytes) => {
  const form = (await ola.get(`${path}/staff/sign-ups/import`)).form('/import');
  const entries = [...ola.entries(form).filter(([name]) => name !== 'sheet'), ['sheet', { name: 'arkusz.csv', bytes }]];
  return ola.follow(await ola.post(form.action, entries, { isMultipart: true }));
};

test('hundreds of doubtful rows are ticked and taken, and the same form again does nothing more', async () => {
  const lines = Array.from({ length: rows }, (_, i) => `${nameOf(i)};dużo`);
  const preview = await upload(`Nazwa organizacji;Ile osób\n${lines.join('\n')}\n`);
  assert.equal(preview.status, 200);
  const form = preview.form(/\/import\/[0-9a-z]{13}$/);
  const ticks = form.controls.filter(({ name }) => /^row-\d+$/.test(name));
  assert.equal(ticks.length, rows);
  const values = { ...Object.fromEntries(ticks.map(({ name }) => [name, 'new'])), do: 'take' };
  const taken = await ola.send(form, values);
  assert.equal(taken.status, 303, taken.text.slice(0, 300));
  assert.match(taken.location, new RegExp(`\\?added=${rows}&updated=0&left=0$`));
  const again = await ola.send(form, values);
  assert.deepEqual([again.status, again.location], [303, taken.location]);
  const names = await signedUp(folder);
  assert.ok([0, 1, rows - 1].every((i) => names.has(nameOf(i))));
});

test('what is no sheet is said on the page of the upload', async () => {
  const page = await upload(Buffer.from('PK\x03\x04 something'));
  assert.equal(page.status, 422);
  assert.match(page.text, /CSV/);
  assert.ok(page.form('/import'));
});
