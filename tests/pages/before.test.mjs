// SPDX-License-Identifier: EUPL-1.2
// "Before you invite": each check says what to do, and becomes good when it is done.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { edition, makeGathering, path } from '../reliability/gathering.mjs';
import { isPostgres } from '../store_place.mjs';

const where = `${path}/staff/settings/before`;
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

/** What a row of the page says: "gotowe" or "do zrobienia". */
async function state(words) {
  const page = await ola.get(where);
  const found = new RegExp(`${words}[\\s\\S]*?<span class="tag (?:good|warm)">([^<]+)<`).exec(page.html);
  assert.ok(found, `${words}: ${page.text}`);
  return found[1];
}

test('it is linked, and a loopback address is nothing to invite to', async () => {
  assert.ok((await ola.get(`${path}/staff/settings`)).links.includes(where));
  assert.equal(await state('Linki w listach'), 'do zrobienia');
  assert.equal(await state('Numer telefonu'), 'gotowe');
  assert.equal(await state('Dzień i jego godziny|Dzień i godziny'), 'gotowe');
});

test('what is put right is good', async () => {
  assert.equal(await state('Miejsce jest podane'), 'do zrobienia');
  await runWell(['edition', 'set', edition, '--venue', 'Dom Pod Kasztanem'], { folder });
  assert.equal(await state('Miejsce jest podane'), 'gotowe');
  assert.equal(await state('O danych osób mówicie'), 'do zrobienia');
  const notice = await ola.get(`${path}/staff/settings/notice`);
  await ola.submit(notice.form('/notice'), { pl: 'Nasze własne słowa.' });
  assert.equal(await state('O danych osób mówicie'), 'gotowe');
});

test('a backup counts', { skip: isPostgres }, async () => {
  assert.equal(await state('W ostatnich siedmiu dniach'), 'do zrobienia');
  await runWell(['backup', join(folder, 'kopia.db')], { folder });
  assert.equal(await state('W ostatnich siedmiu dniach'), 'gotowe');
});

test('a letter to try it: it counts when it has left', async () => {
  const page = await ola.get(where);
  const sent = await ola.submit(page.form('/before'));
  assert.match(sent.text, /List czeka na stronie „Poczta”: nie ma ustawionego serwera/, 'nothing sends it');
  assert.doesNotMatch(sent.text, /jest w drodze/);
  assert.equal(await state('List na próbę doszedł'), 'do zrobienia');
  const mail = await ola.get(`${path}/staff/mail`);
  const href = mail.links.find((link) => /\/mail\/[0-9a-z]{13}$/.test(link));
  const letter = await ola.get(href), open = await ola.get(href);
  assert.match(letter.text, /listy dochodzą/);
  await ola.submit(letter.form(/\/mail\//));
  assert.match((await ola.submit(open.form(/\/mail\//))).text, /Było za późno/);
  assert.equal(await state('List na próbę doszedł'), 'gotowe');
});
