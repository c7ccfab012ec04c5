// SPDX-License-Identifier: EUPL-1.2
// "My data" as each person would try it: a representative, a helper, a host, a coordinator, who has two roles, who is only
// named in a draft. Seen, taken along (the file is valid by docs/my-data.schema.json), corrected, erased, with nothing left
// and the figures as they were. What is told to the only one who acts for an organisation, and to those who organise.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, root, runWell, setUp, signInByMail, start } from '../program.mjs';
import { until } from '../mail/mail.mjs';
import { answersOf, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const at = (name) => `${name}@organizacja.example`;
const schema = JSON.parse(readFileSync(join(root, 'docs/my-data.schema.json'), 'utf8'));
const { default: Ajv } = createRequire(new URL('../browser/', import.meta.url))('ajv/dist/2020.js');
const isValid = new Ajv({ strict: true, allErrors: true, formats: { 'date-time': true } }).compile(schema);
let folder, program, ola;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await runWell(['edition', 'set', edition, '--venue', 'Dom', '--host', 'Fundacja Gospodarz'], { folder });
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  for (const name of ['sama', 'para', 'dwie']) await add(`Fundacja ${name}`, at(name));
  for (const [name, role] of [['pomoc', 'door'], ['dwie', 'guide'], ['gospodarz', 'host'], ['koordynator', 'coordinator']])
    await fill(`${staff}/settings/people`, { name: `Imię ${name}`, email: at(name), role });
  await fill(`${staff}/settings/asks/new`, { words: 'Krzesła', about: '' });
});
after(async () => {
  ola?.close();
  await program?.stop();
  await removeFolder(folder);
});

async function add(organisation, email) {
  const visitor = new Visitor(program.base);
  await signUp(visitor, { ...answersOf(organisation), email });
  visitor.close();
}
async function fill(where, values, who = ola) {
  const page = await who.get(where);
  const answer = await who.send(page.forms.find((one) => one.action.split('?')[0] === where.split('?')[0]), values);
  assert.equal(answer.status, 303, `${where}: ${answer.text}`);
  return answer;
}
const copy = () => runWell(['export', '--with-people'], { folder });
const figures = async () => (await ola.get(`${staff}/figures`)).text;
const idOf = async (name) => (await runWell(['signups', 'list', '--edition', edition, '--json'], { folder })).find((one) => one.organisation === name).id;

/** The file, valid, as an object. */
async function fileOf(visitor) {
  const file = await visitor.get('/me/data/export');
  assert.match(file.headers['content-type'], /^application\/json/);
  const document = JSON.parse(file.html);
  assert.ok(isValid(document), JSON.stringify(isValid.errors?.slice(0, 3)));
  for (const member of ['person', 'rights', 'signed_in', 'cards']) assert.ok(member in document, member);
  return document;
}
const kindsOf = (document) => new Set(document.records.map(({ kind }) => kind));
const rolesOf = (document) => document.rights.map(({ role }) => role).sort();

/** Sees, takes along, corrects. */
async function tryIt(email, kinds, roles) {
  const who = await signInByMail(program, email);
  const page = await who.get('/me/data');
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(email));
  const document = await fileOf(who);
  for (const kind of kinds) assert.ok(kindsOf(document).has(kind), `${email} has no ${kind}`);
  assert.deepEqual(rolesOf(document), roles);
  const correct = await who.get('/me/data/correct');
  const name = `Poprawne ${email.split('@')[0]}`;
  assert.equal((await who.send(correct.form('/correct'), { name })).status, 303);
  assert.equal((await fileOf(who)).records.find(({ kind }) => kind === 'person').name, name);
  assert.ok((await who.get('/me/data')).text.includes(name));
  return who;
}

function tick(page) {
  const box = page.form('/erase').controls.find((control) => control.type === 'checkbox');
  return { [box.name]: box.value };
}

/** Erases: answers the question page. */
async function eraseIt(who, email) {
  const counted = await figures();
  const question = await who.get('/me/data/erase');
  const done = await who.submit(question.form('/erase'), tick(question));
  assert.match(done.path, /\/me\/data\/erased$/);
  const left = await copy();
  assert.ok(!left.includes(email), `${email} is left`);
  assert.ok(!left.includes(`Poprawne ${email.split('@')[0]}`), 'the name is left');
  assert.equal(await figures(), counted);
  assert.match((await who.ask('GET', '/me/data')).location, /sign-in/);
  who.close();
  return question;
}

test('the schema of the file names every kind and column that is marked personal, and no other', () => {
  const marks = new Map();
  let table = '';
  const mark = (of, column) => marks.set(of, [...marks.get(of) ?? [], column]);
  for (const name of readdirSync(join(root, 'schema')).sort())
    for (const line of readFileSync(join(root, 'schema', name), 'utf8').split('\n').map((one) => one.replace(/--.*/, ''))) {
      table = /CREATE TABLE (\w+)/.exec(line)?.[1] ?? table;
      const altered = /ALTER TABLE (\w+) (?:ADD|MARK) COLUMN (\w+)\b.*PERSONAL/.exec(line);
      const column = /^\s+(\w+)\s+(?:text|bytes|int)\b.*\bPERSONAL\b/.exec(line);
      if (altered) mark(altered[1], altered[2]);
      else if (column) mark(table, column[1]);
    }
  // Of nobody (who is on duty), or beside another row of the same person: not in a person's file.
  for (const of of ['venue', 'mail_refusal', 'answer_chunk']) assert.ok(marks.delete(of), of);
  marks.set('directory_entry', ['phone', 'email']); // public by the organisation's own will, and found where it is somebody's own
  const common = ['kind', 'id', 'edition', 'organisation', 'at'];
  for (const [kind, columns] of marks) {
    const told = Object.keys(schema.$defs[kind]?.properties ?? {}).filter((one) => !common.includes(one) && (one !== 'name' || columns.includes('name')));
    assert.deepEqual(told.sort(), [...new Set(columns)].sort(), kind);
  }
  assert.deepEqual(Object.keys(schema.$defs).filter((one) => !['id', 'time'].includes(one)).sort(), [...marks.keys()].sort());
});

test('a helper, and a coordinator', async () => {
  const helper = await tryIt(at('pomoc'), ['person', 'outbox'], ['door']);
  const question = await eraseIt(helper, at('pomoc'));
  assert.doesNotMatch(question.text, /Nikt inny nie działa/);
  assert.doesNotMatch((await ola.get(`${staff}/settings/people`)).html, /pomoc@/);
  const coordinator = await tryIt(at('koordynator'), ['person', 'outbox'], ['coordinator']);
  await coordinator.get(`${staff}/sign-ups`); // noted, and their own to see
  await until(async () => (await fileOf(coordinator)).done.some(({ action }) => action === 'read.signups'), 'the note of it');
  await eraseIt(coordinator, at('koordynator'));
});

test('a host: what they answered stays, their name under it goes', async () => {
  const host = await tryIt(at('gospodarz'), ['person', 'outbox'], ['host']);
  const [ask] = (await host.get(`${path}/host`)).links.filter((link) => /\/host\/asks\//.test(link));
  await fill(ask, { answer: 'instead', words: 'Ławki' }, host);
  assert.ok(kindsOf(await fileOf(host)).has('ask'));
  assert.match((await ola.get(`${staff}/settings/host`)).text, /Ławki\. \(Poprawne gospodarz/);
  await eraseIt(host, at('gospodarz'));
  const list = (await ola.get(`${staff}/settings/host`)).text;
  assert.match(list, /Zamiast tego: Ławki\. \(\d+ \p{L}+ \d{4}\)/u);
});

test('a representative, alone: told before that nobody else acts for it; afterwards those who organise are told', async () => {
  const who = await tryIt(at('sama'), ['person', 'signup', 'outbox'], ['representative']);
  assert.doesNotMatch((await ola.get(staff)).text, /Nie ma z kim się skontaktować/);
  const question = await eraseIt(who, at('sama'));
  assert.match(question.text, /Nikt inny nie działa w imieniu organizacji Fundacja sama/);
  assert.match(question.text, /Fundacja sama: spotkanie jest dopiero przed nami/);
  assert.match((await ola.get(staff)).text, /Nie ma z kim się skontaktować w sprawie organizacji Fundacja sama/);
  assert.equal((await ola.get(`${staff}/sign-ups/${await idOf('Fundacja sama')}`)).status, 200);
});

test('a representative who is not alone is not told so', async () => {
  const who = await tryIt(at('para'), ['person', 'signup', 'outbox'], ['representative']);
  const home = (await who.get('/me')).links.find((link) => link.startsWith(`/me${path}/`));
  const people = await who.get(`${home}/people`);
  await who.submit(people.forms.find((one) => one.control('email')), { name: 'Druga', email: at('druga') });
  assert.match((await who.get('/me/data/erase')).text, /Nikt inny nie działa/, 'who is invited does not act yet');
  const second = await signInByMail(program, at('druga'));
  const invited = await second.get((await second.get('/me')).links.find((link) => /\/invited\//.test(link)));
  assert.equal((await second.send(invited.forms.find((one) => one.html.includes('name="answer"')), { answer: 'accept' })).status, 303);
  second.close();
  const question = await who.get('/me/data/erase');
  assert.doesNotMatch(question.text, /Nikt inny nie działa/);
  await eraseIt(who, at('para'));
});

test('who has two roles has both in one file, and loses both', async () => {
  const who = await tryIt(at('dwie'), ['person', 'signup', 'outbox'], ['guide', 'representative']);
  const data = (await ola.get(`${staff}/sign-ups/${await idOf('Fundacja dwie')}`)).links.find((link) => /\/people\/[0-9a-z]{13}\/data$/.test(link));
  const question = await ola.get(`${data}/erase`);
  assert.match(question.text, /pomaga organizować|pomaga w organizacji|roli|rolę/); // who helps erases themselves
  assert.ok(!question.forms.some((form) => /erase/.test(form.action)));
  await eraseIt(who, at('dwie'));
});

test('who rings with an address alone is found: with an account, in a draft, or nowhere', async () => {
  const find = (email) => ola.get(`${staff}/people/find?q=${encodeURIComponent(email)}`);
  assert.ok((await ola.get(`${staff}/settings/privacy`)).links.includes(`${staff}/people/find`));
  await add('Koło Znane', at('znane'));
  assert.match((await find(at('ZNANE'))).path, /\/staff\/people\/[0-9a-z]{13}\/data$/);
  assert.match((await find(at('nieznane'))).text, /niczego o adresie nieznane@organizacja\.example/);
  const draft = new Visitor(program.base);
  let page = await draft.get(`${path}/sign-up`);
  page = await draft.submit(page.forms.find((one) => one.control('organisation')), { organisation: 'Koło W Toku' });
  await draft.submit(page.forms.find((one) => one.control('email')), { name: 'Jan Szkic', email: at('szkic'), phone: '' });
  draft.close();
  const found = await find(at('szkic'));
  assert.match(found.text, /nie ma tu konta/);
  assert.ok(found.text.includes('Jan Szkic'));
  const file = JSON.parse((await ola.get(found.links.find((link) => /\/find\/export/.test(link)))).html);
  assert.deepEqual(file.records.map(({ kind }) => kind), ['signup_draft']);
  assert.ok(isValid(file), JSON.stringify(isValid.errors?.slice(0, 3)));
  const question = await ola.get(found.links.find((link) => /\/find\/erase/.test(link)));
  const form = question.forms.find((one) => one.method === 'POST' && one.controls.some((control) => control.type === 'checkbox'));
  assert.equal((await ola.send(form)).status, 422, 'erased without a word');
  const box = form.controls.find((control) => control.type === 'checkbox');
  const done = await ola.submit(form, { [box.name]: box.value });
  assert.match(done.text, /Usunięte\. Powiedzcie o tym/);
  assert.match((await find(at('szkic'))).text, /niczego o adresie/);
  await fill(`${staff}/guests/new`, { name: 'Orkiestra', kind: 'artist', words: `Pisać na ${at('gosc')}, garderoba`, people: '3' });
  const guest = await find(at('gosc'));
  assert.match(guest.text, /Goście .*Orkiestra.*garderoba/s);
  const gone = (await ola.get(guest.links.find((link) => /\/find\/erase/.test(link)))).forms.find((one) => one.method === 'POST' && one.controls.some((control) => control.type === 'checkbox'));
  await ola.submit(gone, { [gone.controls.find((control) => control.type === 'checkbox').name]: '1' });
  const guests = await ola.get(`${staff}/guests`);
  assert.ok(guests.text.includes('Orkiestra') && !guests.text.includes('garderoba'), 'counted, and no longer described');
  const ewa = await signInByMail(program, at('znane'));
  for (const rest of ['', '/export', '/erase']) assert.equal((await ewa.ask('GET', `${staff}/people/find${rest}?q=${at('znane')}`)).status, 403);
  ewa.close();
  assert.equal((await find('<script>"\'')).status, 200);
});
