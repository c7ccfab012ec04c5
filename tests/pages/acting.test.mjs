// SPDX-License-Identifier: EUPL-1.2
// Who acts for an organisation: nobody before they accept. By the letter, signed in, by hand; declined, withdrawn, sent
// again, pressed twice, pressed by somebody else; and handing over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, setUp, signInByMail, start } from '../program.mjs';
import { comeIn, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const names = ['Fundacja Zolw', 'Tu i Razem', 'Kolo Ciche'];
let folder, program, ola, zolw, tut, ciche, anyone;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  await signUpAll(program, names);
  [zolw, tut, ciche] = [await comeIn(program, names[0]), await comeIn(program, names[1]), await comeIn(program, names[2])];
});
after(async () => {
  for (const visitor of [ola, zolw, tut, ciche, anyone]) visitor?.close();
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

const people = (visitor) => visitor.get(`${visitor.home}/people`);
/** The addresses of answers in the letters to somebody, the newest first. */
async function invitationsTo(email) {
  const found = [];
  const mail = await ola.get(`${path}/staff/mail`);
  for (const href of mail.links.filter((link) => /\/mail\/[0-9a-z]{13}$/.test(link))) {
    const { text } = await ola.get(href);
    const [address] = /\/[^\s]*\/acting\/[0-9a-z]{26}/.exec(text) ?? [];
    if (address && text.includes(email)) found.push(address.slice(address.indexOf(path)));
  }
  return found;
}
const invite = async (visitor, email, more = {}) => {
  const sent = await save(visitor, '/people', 'email', { name: 'Nowa Osoba', email, ...more });
  assert.equal(sent.status, 303, sent.text);
  return (await invitationsTo(email))[0];
};
const press = (visitor, page, answer) => visitor.send(page.forms.find((one) => one.control('answer') || one.html.includes('name="answer"')), { answer });
const buttonOf = async (visitor, rest) => (await people(visitor)).forms.find((one) => one.action.endsWith(rest));

test('nothing is granted before they accept by the letter, and a second press does no more', async () => {
  const address = await invite(ciche, 'nowa@kolo.example');
  const nowa = await signInByMail(program, 'nowa@kolo.example');
  assert.ok(await isShut(nowa, ciche.home), 'nothing is granted yet');
  assert.match((await people(ciche)).text, /Zaproszeni, jeszcze bez odpowiedzi nowa@kolo\.example/);
  const visitor = new Visitor(program.base);
  const page = await visitor.get(address), late = new Visitor(program.base), early = await late.get(address);
  assert.match(page.text, /Kolo Ciche/);
  assert.ok(await isShut(visitor, ciche.home), 'a link that is opened, by a scanner, grants nothing');
  const [first, second] = await Promise.all([press(visitor, page, 'accept'), press(visitor, page, 'accept')]);
  assert.deepEqual([first.status, second.status], [303, 303]);
  assert.equal((await visitor.get(ciche.home)).status, 200);
  assert.ok(await isShut(visitor, tut.home), 'by the letter this organisation alone');
  assert.equal((await nowa.get(ciche.home)).status, 200);
  assert.match((await nowa.get(address)).path, /^\/me\//, 'who accepted and comes again is where they want to be');
  assert.equal((await late.get(address)).status, 410, 'the letter opens nothing to anybody else');
  assert.equal((await press(late, early, 'accept')).status, 410);
  assert.ok(await isShut(late, ciche.home));
  for (const one of [visitor, late, nowa]) one.close();
});

test('signed in it waits on their own page; nobody else can press it', async () => {
  const address = await invite(ciche, 'druga@kolo.example');
  const druga = await signInByMail(program, 'druga@kolo.example');
  const mine = await druga.get('/me');
  assert.match(mine.text, /Czeka na Waszą odpowiedź Kolo Ciche/);
  const own = mine.links.find((link) => /\/invited\//.test(link));
  assert.equal((await tut.get(own)).status, 404, 'of an invitation of others nothing is told');
  const foreign = await tut.get(address);
  assert.equal(foreign.status, 403);
  assert.match(foreign.text, /dla innej osoby/);
  const stolen = (await anyone.get(address)).forms.find((one) => one.html.includes('name="answer"'));
  assert.equal((await tut.send(stolen, { answer: 'accept' })).status, 403);
  assert.ok(await isShut(tut, ciche.home));
  assert.ok(await isShut(druga, ciche.home));
  assert.equal((await press(druga, await druga.get(own), 'accept')).status, 303);
  assert.equal((await druga.get(ciche.home)).status, 200);
  assert.ok(!(await druga.get('/me')).text.includes('Czeka na Waszą odpowiedź'));
  druga.close();
});

test('declined, withdrawn, replaced: the address opens nothing', async () => {
  const declined = await invite(ciche, 'nie@kolo.example');
  const visitor = new Visitor(program.base);
  const page = await visitor.get(declined), again = await visitor.get(declined);
  assert.equal((await press(visitor, page, 'decline')).status, 303);
  assert.equal((await visitor.get(declined)).status, 410);
  assert.equal((await press(visitor, again, 'accept')).status, 410);
  const withdrawn = await invite(ciche, 'moze@kolo.example');
  const open = await visitor.get(withdrawn);
  assert.equal((await ciche.send(await buttonOf(ciche, '/people/withdraw'))).status, 303);
  assert.equal((await press(visitor, open, 'accept')).status, 410);
  const first = await invite(ciche, 'raz@kolo.example');
  assert.equal((await ciche.send(await buttonOf(ciche, '/people/again'))).status, 303);
  const [second] = await invitationsTo('raz@kolo.example');
  assert.notEqual(first, second);
  assert.equal((await visitor.get(first)).status, 410);
  assert.equal((await visitor.get(second)).status, 200);
  await ciche.send(await buttonOf(ciche, '/people/again'));
  assert.equal((await ciche.send(await buttonOf(ciche, '/people/again'))).status, 422, 'three letters a day');
  assert.equal((await visitor.get(second.replace(/.$/, (c) => (c === '0' ? '1' : '0')))).status, 410);
  await ciche.send(await buttonOf(ciche, '/people/withdraw'));
  visitor.close();
});

test('who an e-mail belongs to is not told to whoever invites it', async () => {
  const known = await save(tut, '/people', 'email', { name: 'Zgadnięte', email: 'ola@urzad.example' });
  const unknown = await save(tut, '/people', 'email', { name: 'Zgadnięte', email: 'nikt@urzad.example' });
  assert.deepEqual([known.status, known.location], [unknown.status, unknown.location]);
  const page = await people(tut);
  assert.match(page.text, /ola@urzad\.example/);
  assert.ok(!page.text.includes('Ola Próbna'), 'the name of the account is told');
  while (await buttonOf(tut, '/people/withdraw')) await tut.send(await buttonOf(tut, '/people/withdraw'));
});

test('handing over: the successor is the contact, and the first one stops, when it is accepted', async () => {
  const address = await invite(zolw, 'nastepca@zolw.example', { hands_over: '1' });
  assert.equal((await people(zolw)).status, 200, 'until then they go on');
  assert.ok(!(await people(zolw)).html.includes('/people/end"'), 'the last one cannot just stop');
  const visitor = new Visitor(program.base);
  const page = await visitor.get(address);
  assert.match(page.text, /prosi o przejęcie/);
  assert.equal((await press(visitor, page, 'accept')).status, 303);
  assert.ok(await isShut(zolw, zolw.home));
  assert.match((await visitor.get(`${zolw.home}/people`)).text, /osoba do kontaktu/);
  visitor.close();
});

test('somebody without an e-mail gets a link that opens this organisation alone, once they accepted', async () => {
  const page = await save(tut, '/people', 'email', { name: 'Bez Adresu', email: '' });
  assert.equal(page.status, 200, page.text);
  const [link] = /\/s\/[0-9a-z]{26}/.exec(page.html);
  const visitor = new Visitor(program.base);
  const asked = await visitor.get(link);
  const come = await visitor.submit(asked.forms.find((one) => one.method === 'POST'));
  assert.match(come.path, /\/acting\//, come.text);
  assert.ok(await isShut(visitor, tut.home), 'the card alone grants nothing');
  assert.equal((await press(visitor, come, 'accept')).status, 303);
  assert.equal((await visitor.get(tut.home)).status, 200);
  assert.ok(await isShut(visitor, `${ciche.home}/people`));
  const there = await people(Object.assign(visitor, { home: tut.home }));
  const own = there.forms.filter((one) => one.action.endsWith('/people/contact')).at(-1);
  const alone = await visitor.send(own);
  assert.equal(alone.status, 422);
  assert.match(alone.text, /Bez Adresu nie ma tu ani adresu e-mail, ani numeru telefonu/);
  assert.match(there.text, /Kartą albo linkiem nie można nikogo zaprosić/);
  assert.ok(!there.forms.some((one) => one.control('email')), 'a card makes no cards');
  for (const email of ['', 'ktos@kolo.example']) {
    const withKey = visitor.entries(formWith(await people(visitor), 'person'));
    const refused = await visitor.post(`${tut.home}/people`, [...withKey, ['name', 'Dalszy'], ['email', email]]);
    assert.equal(refused.status, 422, refused.text);
    assert.ok(!refused.html.includes('/s/'));
  }
  visitor.close();
  assert.ok(await isShut(anyone, `${tut.home}/people`));
});
