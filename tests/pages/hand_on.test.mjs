// SPDX-License-Identifier: EUPL-1.2
// Without a mail server: letters are taken along many at once, as files that mail programs open, printed for who has no
// e-mail, and marked as handed on, by whom and when; an address that letters do not reach is marked by one press, and
// what waits for it is held until it is put right.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { answersOf, edition, emailOf, makeGathering, path, signUp, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia'];
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
  await signUp(someone, { ...answersOf('Koło Bez Poczty'), email: '' });
  someone.close();
  for (const name of [...names, 'Koło Bez Poczty']) await runWell(['signups', 'accept', name, '--edition', edition], { folder });
});
after(async () => {
  for (const visitor of [ola, adam]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const handOn = (visitor = ola) => visitor.get(`${staff}/mail/hand-on`);
const groupForms = (page) => page.forms.filter((form) => form.action.endsWith('/staff/mail/hand-on'));
const picksOf = (form) => [...form.html.matchAll(/name="pick" value="(\w+)"/g)].map(([, id]) => id);

async function writeToAll(subject) {
  const form = (await ola.get(`${staff}/mailings/new`)).form('/mailings/new');
  const saved = await ola.send(form, { audience: 'accepted', subject_pl: subject, words_pl: 'Dzień dobry, {name}.\n\n{organisation}: żółć 🙂 {link}' });
  const review = await ola.get(saved.location);
  return ola.submit(review.forms.find((one) => one.action.endsWith('/review')));
}

/** What a mail program would open: each letter of the packed folder, read by Python's email package. */
function unpack(bytes) {
  writeFileSync(join(folder, 'letters.zip'), bytes);
  const script = `
import email, json, sys, zipfile
from email import policy
found = []
with zipfile.ZipFile(sys.argv[1]) as packed:
    assert packed.testzip() is None
    for name in packed.namelist():
        raw = packed.read(name)
        assert b'\\n' not in raw.replace(b'\\r\\n', b'') and max(map(len, raw.split(b'\\r\\n'))) <= 998
        letter = email.message_from_bytes(raw, policy=policy.default)
        assert not [defect for part in letter.walk() for defect in part.defects]
        found.append({'name': name, 'to': letter['To'].addresses[0].addr_spec, 'subject': letter['Subject'], 'unsent': letter['X-Unsent'],
                      'from': [one.addr_spec for one in letter['From'].addresses] if letter['From'] else [], 'id': letter['Message-ID'],
                      'text': letter.get_body(('plain',)).get_content(), 'html': letter.get_body(('html',)).get_content()})
print(json.dumps(found))`;
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', script, join(folder, 'letters.zip')], { encoding: 'utf8' }));
}

test('letters to many are one group, to be taken along as files for a mail program', async () => {
  const sent = await writeToAll('Ważne: {organisation}');
  assert.match(sent.text, /Nie ma serwera poczty, więc listy czekają/);
  const page = await handOn();
  assert.match(page.text, /Czekają 3 listy/);
  assert.match(page.text, /ukryta kopia.*naruszenie ich prywatności/);
  assert.match(page.text, /Te listy różnią się/);
  assert.match(page.html, /<textarea[^>]*readonly>[^<]*@[^<]*, [^<]*@[^<]*</);
  const [link] = page.links.filter((one) => /letters\.zip\?of=\w{13}&to=\w{13}&until=\d+$/.test(one));
  const { headers, bytes } = await download(ola, link);
  assert.equal(headers['content-type'], 'application/zip');
  assert.match(headers['content-disposition'], /^attachment/);
  const letters = unpack(bytes);
  assert.deepEqual(letters.map(({ to }) => to).sort(), names.map(emailOf).sort());
  for (const letter of letters) {
    assert.equal(letter.unsent, '1');
    assert.equal(letter.id, null, 'the mail program makes its own');
    assert.match(letter.name, /^\d{3} .*@.*\.eml$/);
    assert.match(letter.subject, /^Ważne: Fundacja/);
    assert.match(letter.text, /żółć 🙂 http/);
  }
  const others = unpack((await download(ola, page.links.find((one) => one.includes('of=others')))).bytes);
  assert.ok(others.every(({ text }) => !/\/s\/[0-9a-z]{20}/.test(text)), 'no way in for a coordinator');
  const to = /to=\w{13}&until=\d+/.exec(link)[0];
  for (const end of [`?of=0000000000000&${to}`, `?of=x&${to}`, `?of=others`, `?${to}`, '']) assert.equal((await ola.ask('GET', `${staff}/mail/hand-on/letters.zip${end}`)).status, 404);
});

async function download(visitor, target) {
  const answer = await visitor.ask('GET', target);
  assert.equal(answer.status, 200);
  return answer;
}

test('who has no e-mail gets a sheet of paper', async () => {
  const mailings = await ola.get(`${staff}/mailings`);
  const review = await ola.get(mailings.links.find((one) => /\/mailings\/[0-9a-z]{13}/.test(one)).replace(/(\/review)?$/, '/review'));
  const page = await ola.get(review.links.find((one) => one.endsWith('/print')));
  assert.match(page.text, /1 list dla tych/);
  assert.match(page.text, /Ważne: Koło Bez Poczty.*Dzień dobry/);
  assert.ok(!page.text.includes(names[0]));
});

test('two coordinators and a double press mark each once, with who and when; waiting never looks sent', async () => {
  const before = await ola.get(`${staff}/mail?q=Wa%C5%BCne`);
  assert.equal(before.html.split('czeka</span>').length - 1, 3);
  assert.ok(!before.html.includes('przekazana</span>'));
  const [hers, his] = [await handOn(ola), await handOn(adam)];
  const pick = (page) => groupForms(page).find((form) => form.html.includes(emailOf(names[0])) && picksOf(form).length === 3);
  const form = pick(hers), ids = picksOf(form);
  const answers = await Promise.all([ola.send(form, { pick: ids.slice(0, 2) }), ola.send(form, { pick: ids.slice(0, 2) }), adam.send(pick(his), { pick: ids })]);
  for (const answer of answers) assert.equal(answer.status, 303);
  const done = answers.map(({ location }) => Number(/done=(\d+)/.exec(location)[1]));
  const late = Number(/late=(\d+)/.exec(answers[2].location)[1]);
  assert.equal(done[0] + done[2], 3, 'each was marked by one of them');
  assert.equal(done[2] + late, 3);
  assert.equal(done[0], done[1], 'the second of a double press says what the first did');
  const after = await ola.get(`${staff}/mail?q=Wa%C5%BCne`);
  assert.equal(after.html.split('przekazana</span>').length - 1, 3);
  assert.ok(!after.html.includes('wysłana</span>'));
  assert.match(after.text, /przekazana (Ola|Adam) Próbn[ay], \d+ \p{L}+ \d+, \d+:\d\d/u);
  const others = async () => groupForms(await handOn())[0];
  assert.equal((await ola.send(await others(), { pick: null })).status, 422);
  assert.equal((await ola.send(await others(), { pick: ['x'] })).status, 422);
});

const signupOf = async (name) => {
  const list = await ola.get(`${staff}/sign-ups?q=${encodeURIComponent(name)}`);
  return list.links.find((link) => /\/staff\/sign-ups\/[0-9a-z]{13}$/.test(link));
};

test('a letter that came back marks its address, and what waits for it is held until the address is put right', async () => {
  await writeToAll('Drugi: {organisation}');
  const mine = (await ola.get(`${staff}/mail?q=${encodeURIComponent(`Ważne: ${names[1]}`)}`)).links.find((link) => /\/staff\/mail\/[0-9a-z]{13}$/.test(link));
  const letter = await ola.get(mine);
  const form = letter.form('/address');
  for (const _ of [1, 2]) assert.equal((await ola.send(form, { said: 'came_back' })).status, 303);
  const back = await ola.get(mine);
  assert.match(back.text, /wróciła/);
  assert.match(back.text, /Wiadomości na ten adres wróciły – tak zapisuje Ola Próbna/);
  const held = await ola.get(`${staff}/mail?state=held`);
  assert.match(held.text, new RegExp(`Drugi: ${names[1]}.*wstrzymana`));
  assert.ok(!(await handOn()).html.includes(emailOf(names[1])), 'nobody hands on what does not arrive');
  assert.match((await ola.get(staff)).text, /wstrzyman/);

  const address = await signupOf(names[1]);
  assert.match((await ola.get(`${staff}/sign-ups?q=${encodeURIComponent(names[1])}`)).text, /poczta nie dochodzi/);
  assert.match((await ola.get(`${staff}/calls`)).text, new RegExp(`${names[1]}.*poczta na ich e-mail nie dochodzi`));
  const signup = await ola.get(address);
  assert.match(signup.text, /Listy do nich są wstrzymane/);
  await ola.submit((await ola.get(`${address}/edit`)).forms.find((one) => one.control('email')), { email: 'dobry@druga.example' });
  const again = await ola.get(`${staff}/mail?q=${encodeURIComponent(`Drugi: ${names[1]}`)}`);
  assert.match(again.text, /dobry@druga\.example.*czeka/);
  assert.ok((await handOn()).html.includes('dobry@druga.example'));
});

test('one press on the sign-up marks it, one takes it back, and what was held goes on', async () => {
  const address = await signupOf(names[2]);
  const press = async (said) => {
    const page = await ola.get(address);
    return ola.submit(page.form('/address'), { said });
  };
  assert.match((await press('came_back')).text, /Wiadomości na ten e-mail wróciły – tak zapisuje Ola Próbna/);
  assert.match((await ola.get(`${staff}/mail?state=held`)).text, new RegExp(names[2]));
  const now = await writeToAll('Trzeci: {organisation}');
  assert.ok(now);
  assert.match((await ola.get(`${staff}/mail?state=held`)).text, new RegExp(`Trzeci: ${names[2]}`));
  assert.ok(!(await press('right')).text.includes('Wiadomości na ten e-mail wróciły'));
  assert.ok(!(await ola.get(`${staff}/mail?state=held`)).text.includes(names[2]));
  const page = await ola.get(address);
  assert.equal((await ola.send(page.form('/address'), { said: 'perhaps' })).status, 422);
});

test('what is packed is what the page shows: no letter that came later, which nobody has ticked', async () => {
  const linkOf = (page) => page.links.find((one) => one.includes('letters.zip?of=others&to='));
  const packed = async (link) => unpack((await download(ola, link)).bytes).map(({ to }) => to);
  const link = linkOf(await handOn());
  const shown = await packed(link);
  await signUpAll(program, ['Fundacja Czwarta']);
  assert.deepEqual(await packed(link), shown);
  const now = await packed(linkOf(await handOn()));
  assert.deepEqual(now.filter((to) => to !== emailOf('Fundacja Czwarta')), shown);
  assert.ok(now.includes(emailOf('Fundacja Czwarta')));
});
