// SPDX-License-Identifier: EUPL-1.2
// A letter to many: written, refused where a placeholder is misspelt, seen as each gets it, sent once whoever presses and
// how often; and invitations, which only those get who agreed, and which one press ends, without signing in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { answersOf, comeIn, edition, emailOf, fillIn, makeGathering, path, signUp, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia'];
let folder, program, ola, adam, ewa;

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
  await signUp(someone, { ...answersOf('Koło Bez Poczty'), email: '' });
  someone.close();
  for (const name of names.slice(0, 2)) await runWell(['signups', 'accept', name, '--edition', edition], { folder });
  await runWell(['signups', 'accept', 'Koło Bez Poczty', '--edition', edition], { folder });
  await runWell(['dish', 'add', 'Sernik', '--organisation', names[1], '--edition', edition], { folder });
  ewa = await comeIn(program, names[0]);
});
after(async () => {
  for (const visitor of [ola, adam, ewa]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const write = async (values) => {
  const form = (await ola.get(`${staff}/mailings/new`)).form('/mailings/new');
  return ola.send(form, { audience: 'accepted', subject_pl: 'Ważne: {edition}', words_pl: 'Dzień dobry, {name}. {organisation}: {date}, {link}', ...values });
};
const review = async (values) => {
  const saved = await write(values);
  assert.equal(saved.status, 303, saved.text.slice(0, 500));
  return saved.location;
};
const subjects = async (start) => (await ola.get(`${staff}/mail`)).html.split(start).length - 1;
const sendForm = (page) => page.forms.find((form) => form.action.endsWith('/review'));

test('a misspelt placeholder is named with the right one, and nothing typed is lost', async () => {
  const refused = await write({ subject_pl: 'Do {organizacja}', words_pl: 'Dzień dobry, {nme}, tu {organisation' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /„\{organizacja\}” nie jest żadnym.*Czy miało być \{organisation\}\?/);
  assert.match(refused.text, /„\{nme\}” nie jest żadnym.*Czy miało być \{name\}\?/);
  assert.ok(refused.html.includes('tu {organisation'), 'what was typed is lost');
  for (const [values, words] of [
    [{ words_pl: '', subject_pl: '' }, /co najmniej w jednym języku/],
    [{ words_uk: 'Добрий день' }, /List nie ma tematu/],
    [{ subject_en: 'Hello' }, /Jest temat, a pod nim nie ma listu/],
    [{ words_pl: 'długi '.repeat(1000) }, /Za długie: skróćcie o 2000/],
  ]) {
    const page = await write(values);
    assert.equal(page.status, 422);
    assert.match(page.text, words);
  }
  assert.equal((await write({ audience: 'nobody' })).status, 422);
  assert.match((await ola.get(`${staff}/mailings`)).text, /Nie ma jeszcze żadnego/);
});

test('each is seen in its language before it leaves, and who has no e-mail is to be rung', async () => {
  const where = await review({ subject_uk: 'Важливо: {edition}', words_uk: 'Добрий день, {name}' });
  const page = await ola.get(where);
  assert.match(page.text, /Wyślijcie 2 listy/);
  assert.match(page.text, /zadzwońcie.*Koło Bez Poczty.*\+48 600/);
  assert.ok(!page.text.includes(names[2]), 'one that was not accepted gets it');
  const letters = page.links.filter((link) => /\/letters\/\d+$/.test(link));
  const first = await ola.get(letters[0]);
  assert.match(first.text, /Dzień dobry, Halina Próbna\. Fundacja (Druga|Pierwsza): .*11 czerwca.*http.*\/me\//);
  assert.match(first.text, /List 1 z 2/);
  const next = first.links.find((link) => link.endsWith('/letters/2'));
  assert.match((await ola.get(next)).text, /List 2 z 2/);
  for (const end of ['0', '3', '-1', 'x', '99999999999999999999'])
    assert.equal((await ola.ask('GET', next.replace(/2$/, end))).status, 404, end);
});

test('two coordinators and a double press send it once', async () => {
  const where = await review({ subject_pl: 'Raz: {organisation}' });
  const [hers, his] = [sendForm(await ola.get(where)), sendForm(await adam.get(where))];
  const answers = await Promise.all([ola.send(hers), ola.send(hers), adam.send(his)]);
  for (const answer of answers) assert.equal(answer.status, 303);
  assert.equal(await subjects('>Raz: '), 2);
  const page = await adam.get(where);
  assert.match(page.text, /2 listy/);
  assert.equal(sendForm(page), undefined);
  const edit = await ola.ask('GET', where.replace(/\/review$/, ''));
  assert.equal(edit.status, 303, 'what was sent can be written anew');
});

test('who was seen is who gets it', async () => {
  const where = await review({ subject_pl: 'Teraz: {organisation}', audience: 'signed_up' });
  const form = sendForm(await ola.get(where));
  const late = new Visitor(program.base);
  await signUp(late, { ...answersOf('Fundacja Czwarta'), email: emailOf('Fundacja Czwarta') });
  late.close();
  const told = await ola.send(form);
  assert.equal(told.status, 409);
  assert.match(told.text, /Nic nie zostało zrobione/);
  assert.equal(await subjects('>Teraz: '), 0);
  assert.equal((await ola.send(sendForm(told))).status, 303);
  assert.equal(await subjects('>Teraz: '), 4);
});

test('by what they bring; and nothing goes out that tells a place which is not set', async () => {
  const page = await ola.get(await review({ audience: 'dish', words_pl: 'Miejsce: {place}' }));
  assert.match(page.text, /miejsce nie jest jeszcze ustalone/);
  assert.equal(sendForm(page), undefined);
  assert.match(page.text, /Fundacja Druga/);
  assert.ok(!page.text.includes('Fundacja Pierwsza'));
});

test('only who agreed is invited, and one press ends it', async () => {
  const none = await ola.get(await review({ audience: 'invited:all', subject_pl: 'Nikt' }));
  assert.match(none.text, /Teraz nikt by go nie dostał/);
  const mine = await ewa.get(`${ewa.home}/invitations`);
  assert.match(mine.text, /Zgadzam się na zaproszenia e-mailem na spotkania „Wspólnie do celu”/);
  const agree = mine.form('/invitations');
  assert.equal((await ewa.send(agree, { do: 'agree' })).status, 303);
  assert.match((await ewa.get('/me/data')).text, /Zgadzam się na zaproszenia/);

  const where = await review({ audience: 'invited:all', subject_pl: 'Zapraszamy: {edition}', words_pl: 'Przyjdźcie: {link}' });
  assert.equal((await ola.send(sendForm(await ola.get(where)))).status, 303);
  const mail = await ola.get(`${staff}/mail`);
  const letter = await ola.get(/href="([^"]+)">Zapraszamy: /.exec(mail.html)[1]);
  const end = /http\S+?(\/unsubscribe\/[0-9a-z]{26})/.exec(letter.text)[1];
  const service = await ola.get(/href="([^"]+)">Raz: /.exec(mail.html)[1]);
  assert.ok(!service.text.includes('unsubscribe'), 'a service letter ends invitations');

  const nobody = new Visitor(program.base);
  const page = await nobody.get(end); // opened by a scanner of links: nothing has happened
  assert.match(page.text, /Bez dalszych zaproszeń\?/);
  assert.ok(!page.text.includes('Halina') && !page.text.includes(emailOf(names[0])), 'it tells whose it is');
  assert.match((await ewa.get(`${ewa.home}/invitations`)).text, /Mamy Waszą zgodę/);
  for (let press = 0; press < 2; press++) { // as a mail program does (RFC 8058): no cookie, no key, no origin
    const answer = await fetch(new URL(end, program.base), {
      method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    assert.equal(answer.status, 200);
    await answer.text();
  }
  assert.match((await nobody.get(end)).text, /Nie będziemy Was więcej zapraszać/);
  assert.match((await ewa.get(`${ewa.home}/invitations`)).text, /tylko wtedy, gdy się zgodzicie/);
  assert.equal((await nobody.ask('GET', '/unsubscribe/00000000000000000000000000')).status, 404);
  nobody.close();

  // from the page, by what it shows; and on "my data"
  for (const how of ['page', 'data']) {
    assert.equal((await ewa.send((await ewa.get(`${ewa.home}/invitations`)).form('/invitations'), { do: 'agree' })).status, 303);
    if (how === 'page') {
      const one = new Visitor(program.base);
      assert.equal((await one.send((await one.get(end)).form(end))).status, 200);
      one.close();
    } else assert.equal((await ewa.send((await ewa.get('/me/data')).form('/withdraw'))).status, 303);
    assert.match((await ola.get(await review({ audience: 'invited:all', subject_pl: 'Nikt' }))).text, /Teraz nikt by go nie dostał/, how);
  }
});

test('nobody but coordinators', async () => {
  const where = await review({});
  for (const one of [`${staff}/mailings`, `${staff}/mailings/new`, where, where.replace('review', 'letters/1')])
    assert.equal((await ewa.ask('GET', one)).status, 403, one);
  assert.equal((await ewa.send(sendForm(await ola.get(where)))).status, 403);
});

test('the sign-up asks for the consent, unticked, of who signed in with their own e-mail alone', async () => {
  const other = new Visitor(program.base);
  const upTo = async (visitor, name) => {
    let page = await visitor.get(`${path}/sign-up`);
    const form = () => page.forms.find((one) => one.method === 'POST' && /\/sign-up(\/[^/]+\/(?!sent)[^/]+)?$/.test(one.action));
    while (!/\/check$/.test(page.path)) page = await visitor.submit(form(), fillIn(form(), answersOf(name)));
    return form();
  };
  assert.equal((await upTo(other, 'Fundacja Obcych')).control('invites'), undefined);
  other.close();
  const form = await upTo(ewa, 'Fundacja Nowa Ewy');
  assert.match(form.html, /<blockquote><p>Zgadzam się na zaproszenia e-mailem/, 'the exact words');
  assert.ok(!/name="invites"[^>]*checked/.test(form.html), 'it is ticked already');
  assert.equal((await ewa.send(form, {})).status, 200);
  assert.match((await ewa.get(`${ewa.home}/invitations`)).text, /tylko wtedy, gdy się zgodzicie/, 'not ticked, not agreed');
  assert.equal((await ewa.send(await upTo(ewa, 'Fundacja Nowsza Ewy'), { invites: '1' })).status, 200);
  assert.match((await ewa.get(`${ewa.home}/invitations`)).text, /Mamy Waszą zgodę/);
  assert.match((await ewa.get('/me/data')).text, /Zgadzam się na zaproszenia/);
  assert.equal((await upTo(ewa, 'Fundacja Trzecia Ewy')).control('invites'), undefined, 'it is asked once');
});
