// SPDX-License-Identifier: EUPL-1.2
// A coordinator prepares an edition in the browser and is told what stands in the way: a draft, an impossible date, rounds
// that last too long, talks without a place; and an organisation reads the same in its own afternoon.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { answersOf, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia', 'Fundacja Czwarta'];
const emailOf = (name) => `${name.split(' ')[1].toLowerCase()}@organizacja.example`;
let folder, program, ola, anyone;

const cli = (...words) => runWell([...words, '--edition', edition], { folder });
const setState = (state) => runWell(['edition', 'state', edition, state], { folder });
const part = (kind, from, to, ...more) => cli('frame', 'add', '--kind', kind, '--from', from, '--to', to, ...more);

/** The representative of an organisation; home: its own afternoon. */
async function comeIn(name) {
  const visitor = await signInByMail(program, emailOf(name));
  const home = (await visitor.get('/me')).links.find((link) => /^\/me\/wspolnie-do-celu\/ii\/[0-9a-z]{13}$/.test(link));
  return Object.assign(visitor, { home });
}

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  for (const name of names) {
    const visitor = new Visitor(program.base);
    await signUp(visitor, { ...answersOf(name), email: emailOf(name) });
    visitor.close();
  }
  await cli('signups', 'accept', '--all-new');
  await part('doors', '14:00', '14:10');
  await part('talks', '14:10', '15:00');
  await part('rounds', '17:15', '18:00');
});
after(async () => {
  for (const visitor of [ola, anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('what is published of a draft opens it in the same press, or is not published', async () => {
  await setState('draft');
  const publish = await ola.get(`${staff}/programme/publish`);
  assert.match(publish.text, /Ta edycja jest szkicem/);
  const refused = await ola.send(publish.form('/programme/publish'));
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Niczego nie ogłoszono/);
  assert.match((await ola.get(`${staff}/programme`)).text, /Nikt z zewnątrz go nie widzi|dopóki/);
  assert.equal((await anyone.get(`${path}/programme`)).status, 404);
  const sent = await ola.send(refused.form('/programme/publish'), { open: 'call_open' });
  assert.equal(sent.status, 303);
  const seen = await anyone.get(`${path}/programme`);
  assert.equal(seen.status, 200);
  assert.match(seen.text, /14:10/);

  await setState('draft');
  assert.match((await ola.get(`${staff}/programme`)).text, /znów jest szkicem/);
  await cli('rounds', 'plan', '--rounds', '3');
  const rounds = await ola.get(`${staff}/rounds`);
  assert.equal((await ola.send(rounds.form('/rounds/publish'))).status, 422);
  assert.equal((await anyone.get(`${path}/rounds`)).status, 404);
  const opened = await ola.send((await ola.get(`${staff}/rounds`)).form('/rounds/publish'), { open: 'published' });
  assert.equal(opened.status, 303);
  assert.match((await anyone.get(`${path}/rounds`)).text, /Fundacja|organizacja/);
  await setState('draft');
  assert.match((await ola.get(`${staff}/rounds`)).text, /poza Wami nikt nie widzi planu/);
  await setState('call_open');
});
