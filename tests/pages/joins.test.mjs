// SPDX-License-Identifier: EUPL-1.2
// Organisations that may be one: told, shown side by side, joined by a coordinator, two again; or known to be two.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, setUp, start } from '../program.mjs';
import { comeIn, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const names = ['Fundacja Zolw', 'Tu i Razem', 'Kolo Ciche'];
let folder, program, ola, zolw, anyone;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  await signUpAll(program, names);
  zolw = await comeIn(program, names[0]);
  assert.equal((await save(zolw, '/sign-up', 'krs', { krs: '1234', website: 'https://zolw.example' })).status, 303);
});
after(async () => {
  for (const visitor of [ola, zolw, anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const formWith = (page, control) => page.forms.find((one) => one.control(control));
const save = async (visitor, where, control, values) => {
  const page = await visitor.get(`${visitor.home}${where}`);
  return visitor.send(formWith(page, control), values);
};
/** Refused, or asked to sign in. */
const isShut = async (visitor, where) => {
  const page = await visitor.get(where);
  return page.status === 403 || page.path.startsWith('/sign-in');
};

test('two of the series that share a number and a site are told, joined once, and two again', async () => {
  const duplicates = `${path}/staff/sign-ups/duplicates`;
  await signUpAll(program, ['Zolwie Bis']);
  const bis = await comeIn(program, 'Zolwie Bis');
  assert.equal((await save(bis, '/sign-up', 'krs', { krs: '1234', website: 'http://www.zolw.example/kontakt' })).status, 303);
  const page = await ola.get(duplicates);
  assert.match(page.text, /Fundacja Zolw – Zolwie Bis|Zolwie Bis – Fundacja Zolw/);
  assert.match(page.text, /Wspólne: KRS i strona internetowa|Wspólne: .*KRS/);
  const both = page.links.find((one) => /duplicates\/join\?one=/.test(one));
  assert.ok(both, 'both are shown side by side');
  for (const visitor of [bis, anyone]) for (const shut of [duplicates, both, `${path}/staff/sign-ups/joins`]) assert.ok(await isShut(visitor, shut));
  let form = (await ola.get(both)).forms.find((one) => one.html.includes('name="keep"'));
  const [keep] = form.controls.filter((one) => one.name === 'keep').map((one) => one.value);
  const people = form.controls.filter((one) => one.name === 'acting').map((one) => one.value);
  const refused = await ola.send(form, { keep });
  assert.equal(refused.status, 422, 'nobody would act for it');
  const stale = await ola.send((await ola.get(both)).forms.find((one) => one.html.includes('name="keep"')), { keep, acting: people[0], version: '1-1-0' });
  assert.equal(stale.status, 409);
  form = (await ola.get(both)).forms.find((one) => one.html.includes('name="keep"'));
  const [first, second] = await Promise.all([ola.send(form, { keep, acting: people[0] }), ola.send(form, { keep, acting: people[0] })]);
  assert.deepEqual([first.status, second.status], [303, 303], 'pressed twice it is done once');
  const joins = await ola.get(`${path}/staff/sign-ups/joins`);
  assert.equal(joins.text.match(/połączono/g).length, 1);
  assert.ok(!(await ola.get(duplicates)).text.includes('Zolwie Bis'));
  const undo = joins.forms.find((one) => one.action.endsWith('/undo'));
  assert.equal((await ola.send(undo)).status, 303);
  assert.match((await ola.get(`${path}/staff/sign-ups/joins`)).text, /cofnięto/);
  assert.match((await ola.get(duplicates)).text, /Zolwie Bis/);
  bis.close();
});

test('two that are two are not asked about again, until one wants to be', async () => {
  const duplicates = `${path}/staff/sign-ups/duplicates`, joins = `${path}/staff/sign-ups/joins`;
  const page = await ola.get(duplicates);
  const [pair] = /Fundacja Zolw – Zolwie Bis|Zolwie Bis – Fundacja Zolw/.exec(page.text);
  const two = page.forms.find((one) => one.html.includes('name="one"') && one.html.includes(pair));
  assert.ok(two, page.text);
  assert.equal((await ola.send(two)).status, 303);
  assert.ok(!(await ola.get(duplicates)).text.includes(pair));
  const again = (await ola.get(joins)).forms.find((one) => one.action.endsWith('/ask-again'));
  assert.equal((await ola.send(again)).status, 303);
  assert.ok((await ola.get(duplicates)).text.includes(pair));
});
