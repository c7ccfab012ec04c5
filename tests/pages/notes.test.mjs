// SPDX-License-Identifier: EUPL-1.2
// Between the people who organise nothing gets lost: notes as a history, a person in charge, the call list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, onceKey, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { answersOf, comeIn, edition, makeGathering, path, signUp, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga'];
const without = 'Koło Bez Poczty';
let folder, program, ola, adam;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  const page = await ola.get(`${staff}/settings/people`);
  await ola.submit(page.forms.find((one) => one.control('email')), { name: 'Adam Próbny', email: 'adam@urzad.example', role: 'coordinator' });
  adam = await signInByMail(program, 'adam@urzad.example');
  await signUpAll(program, names);
  const someone = new Visitor(program.base);
  await signUp(someone, { ...answersOf(without), email: '' });
  someone.close();
});
after(async () => {
  for (const visitor of [ola, adam]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const signupOf = async (name) => `${staff}/sign-ups/${(await runWell(['signups', 'list', '--edition', edition, '--json'], { folder })).find((one) => one.organisation === name).id}`;

test('two who note something at once lose nothing, and each note says who and when', async () => {
  const signup = await signupOf(names[0]);
  const [hers, his] = [await ola.get(`${signup}/notes`), await adam.get(`${signup}/notes`)];
  assert.equal((await ola.send(hers.form('/notes'), { note: 'Pytają o windę' })).status, 303);
  assert.equal((await adam.send(his.form('/notes'), { note: '<b>Oddzwonić</b> w piątek' })).status, 303);
  const page = await ola.get(signup);
  assert.match(page.text, /Oddzwonić.* w piątek Adam Próbny · \d+ \S+ \d{4}, \d\d:\d\d Pytają o windę Ola Próbna/);
  assert.ok(!page.html.includes('<b>Oddzwonić'));
  const empty = await ola.send(hers.form('/notes'), { note: '  ', once: onceKey() });
  assert.equal(empty.status, 422);
  const long = await ola.send(hers.form('/notes'), { note: 'długa '.repeat(400), once: onceKey() });
  assert.equal(long.status, 422);
  assert.ok(long.html.includes('długa długa'), 'what was typed is lost');
});

test('nobody but coordinators reads or writes them', async () => {
  const signup = await signupOf(names[0]);
  const ewa = await comeIn(program, names[0]);
  assert.ok(!(await ewa.get(`${ewa.home}/sign-up`)).html.includes('Pytają o windę'));
  const data = await ewa.get('/me/data');
  assert.ok(!data.html.includes('Pytają o windę') && /Są takie\. Poproście organizatora/.test(data.text), 'that there are notes is not said');
  assert.equal((await ewa.send((await ola.get(`${signup}/notes`)).form('/notes'), { note: 'x' })).status, 403);
  assert.equal((await ewa.ask('GET', `${signup}/notes`)).status, 403);
  assert.equal((await ewa.ask('GET', `${staff}/calls`)).status, 403);
  ewa.close();
});

test('a sign-up is in somebody’s charge; handed over meanwhile, the second is told; the list finds one’s own', async () => {
  const signup = await signupOf(names[0]);
  const seen = await adam.get(`${signup}/notes`);
  const chosen = (page, name) => new RegExp(`value="([0-9a-z]{13})"[^>]*>\\s*(?:<span>)?${name}`).exec(page.html)[1];
  const own = await ola.get(`${signup}/notes`);
  assert.equal((await ola.send(own.form('/notes'), { person: chosen(own, 'Ola Próbna') })).status, 303);
  const told = await adam.send(seen.form('/notes'), { person: chosen(seen, 'Adam Próbny'), note: 'Zadzwonię jutro' });
  assert.equal(told.status, 409);
  assert.match(told.text, /Ktoś w międzyczasie przekazał to zgłoszenie/);
  assert.match(told.text, /Prowadzi: Ola Próbna/);
  assert.ok(told.html.includes('Zadzwonię jutro'), 'the note that was typed beside it is there');
  assert.match((await ola.get(signup)).text, /Prowadzi: Ola Próbna/);
  assert.equal((await ola.send(own.form('/notes'), { person: '0000000000001', once: onceKey() })).status, 422);
  assert.match((await ola.get(`${staff}/sign-ups?charge=mine`)).text, new RegExp(names[0]));
  assert.doesNotMatch((await adam.get(`${staff}/sign-ups?charge=mine`)).text, new RegExp(names[0]));
  assert.doesNotMatch((await adam.get(`${staff}/sign-ups?charge=nobody`)).text, new RegExp(names[0]));
});

test('the call list: whom no letter reaches, a number to press, and one press notes what came of it', async () => {
  assert.match((await ola.get(staff)).text, /Do 1 organizacji trzeba zadzwonić/);
  const list = await ola.get(`${staff}/calls`);
  assert.ok(list.text.includes(without) && !list.text.includes(names[0]));
  assert.ok(list.links.some((link) => /^tel:\+48600/.test(link)));
  const noted = await ola.submit(list.form('/rung'), { kind: 'nobody_there' });
  assert.match(noted.text, /Zanotowane\./);
  assert.match(noted.text, /Telefon bez odpowiedzi · .* · Ola Próbna/);
  assert.doesNotMatch((await ola.get(staff)).text, /trzeba zadzwonić/);
  assert.match((await ola.get(await signupOf(without))).text, /Telefon bez odpowiedzi Ola Próbna/);
  assert.ok(!(await ola.get(`${staff}/calls?mine=1`)).text.includes(without));
  assert.equal((await ola.send(list.form('/rung'), { kind: 'shouted', once: onceKey() })).status, 422);
});

test('what was noted of one of two that are the same stays with the other', async () => {
  const [one, other] = [await signupOf(names[0]), await signupOf(names[1])];
  await ola.send((await ola.get(`${other}/notes`)).form('/notes'), { note: 'Notatka drugiej' });
  const same = await ola.get(`${one}/same?with=${other.split('/').pop()}`);
  const form = same.forms.find((each) => /\/same/.test(each.action) && each.method === 'POST');
  if (!form) return assert.fail(same.text.slice(0, 300));
  assert.equal((await ola.send(form)).status, 303);
  const left = (await Promise.all([one, other].map(async (where) => (await ola.get(where)).text))).filter((text) => /Notatka drugiej/.test(text) && /Pytają o windę/.test(text));
  assert.equal(left.length, 1);
});
