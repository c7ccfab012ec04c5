// SPDX-License-Identifier: EUPL-1.2
// Letters that tell: the host of what is asked, whoever asked for access of the answer, in their language and with the way
// to their page. What is asked or corrected within minutes is one letter, the last; what is taken back is none.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp } from '../program.mjs';
import { answersOf, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';
import { hurry, makeCertificates, serve, smtpWords, sql, startServer, states, until } from './mail.mjs';

const staff = `${path}/staff`, address = 'anna@kasztan.example';
let folder, server, program, ola, host;

before(async () => {
  folder = await makeFolder();
  makeCertificates(folder);
  await makeGathering(folder);
  sql(folder, "UPDATE series SET organiser = 'Fundacja Zaułek', email = 'biuro@zaulek.example';");
  server = await startServer(folder);
  program = await serve(folder, smtpWords(folder, server.port, { base: '' }));
  ola = await setUp(program, 'Olga Próbna', 'olga@zaulek.example');
});
after(async () => {
  for (const one of [ola, host]) one?.close();
  await program?.kill();
  await server?.stop();
  await removeFolder(folder);
});

/** Letters that arrived, as Python's email package reads them. */
function arrived(subject) {
  const script = `
import email,glob,json,sys
from email import policy
found=[]
for name in sorted(glob.glob(sys.argv[1] + '/letters/*.eml')):
    m=email.message_from_binary_file(open(name,'rb'), policy=policy.default)
    found.append({'to':str(m['To']),'from':str(m['From']),'reply':str(m['Reply-To']),'subject':str(m['Subject']),'text':m.get_body(('plain',)).get_content(),'html':m.get_body(('html',)).get_content()})
print(json.dumps(found))`;
  const all = JSON.parse(execFileSync('/usr/bin/python3', ['-c', script, folder], { encoding: 'utf8' }));
  return all.filter((one) => subject.test(one.subject));
}
const waiting = (about) => sql(folder, `SELECT id, state, tries FROM outbox WHERE about LIKE '${about}%';`);
async function fill(where, values, who = ola) {
  const page = await who.get(where);
  const answer = await who.send(page.forms.find((one) => one.action.split('?')[0] === where.split('?')[0]), values);
  assert.equal(answer.status, 303, `${where}: ${answer.text}`);
  return answer;
}

test('where nobody is the host, the page says that nobody is written to', async () => {
  await fill(`${staff}/settings/asks/new`, { words: 'Klucze do sali', about: '' });
  const page = await ola.get(`${staff}/settings/host`);
  assert.match(page.text, /Nikt nie ma tu roli gospodarza/);
  assert.ok(page.links.includes(`${staff}/settings/people`));
  assert.equal(waiting('host:').length, 0);
});

test('what is asked in a row is one letter, with the way to the host’s own page; what is taken back stands in none', async () => {
  await fill(`${staff}/settings/people`, { name: 'Anna Gospodarz', email: address, role: 'host' });
  await until(() => states(folder).sent === 1, 'the letter about the role');
  for (const words of ['Drugi obwód prądu', 'Sto krzeseł', 'Konfetti z armatki'])
    await fill(`${staff}/settings/asks/new`, { words, about: '' });
  assert.deepEqual(waiting('host:').map(([, state, tries]) => [state, tries]), [['later', '0']]);
  const list = await ola.get(`${staff}/settings/host`);
  assert.match(list.text, /List do: Anna Gospodarz \(anna@kasztan\.example\) – czeka.*Wyjdzie \d+ \p{L}+ \d{4}/u);
  assert.match((await ola.get(`${staff}/mail?state=waiting`)).text, /anna@kasztan/);
  const confetti = list.links.find((link) => /\/asks\/[0-9a-z]{13}$/.test(link) && list.html.split(link)[1].startsWith('">Konfetti'));
  await ola.submit((await ola.get(confetti)).form('/remove'));
  assert.equal(waiting('host:').length, 1);
  hurry(folder);
  await until(() => states(folder).sent === 2, 'the letter');
  const [letter, ...more] = arrived(/prośby czekają/);
  assert.equal(more.length, 0);
  assert.match(letter.to, /anna@kasztan\.example/);
  assert.match(letter.from, /Fundacja Zaułek/);
  assert.match(letter.reply, /biuro@zaulek\.example/);
  assert.match(letter.subject, /^3 prośby czekają na Waszą odpowiedź/);
  for (const words of ['Klucze do sali', 'Drugi obwód prądu', 'Sto krzeseł', `${program.base}${path}/host`]) {
    assert.ok(letter.text.includes(words), words);
    assert.ok(letter.html.includes(words), words);
  }
  assert.doesNotMatch(letter.text, /Konfetti/);
  assert.match((await ola.get(`${staff}/settings/host`)).text, /List do: Anna Gospodarz .* – wysłana/);
});

test('what was answered before the letter left is not asked in it', async () => {
  await fill(`${staff}/settings/asks/new`, { words: 'Stoły', about: '' });
  assert.equal(waiting('host:').filter(([, state]) => state === 'later').length, 1);
  sql(folder, "UPDATE ask SET answer = 'yes', answered_ms = 1 WHERE words <> 'Stoły';");
  const open = sql(folder, "SELECT id FROM ask WHERE words = 'Stoły';");
  assert.equal(open.length, 1);
  host = await signIn(address);
  const own = (await host.get(`${path}/host`)).links.find((one) => /\/host\/asks\//.test(one)); // those that wait stand first
  await fill(own, { answer: 'yes', words: '' }, host);
  assert.equal(waiting('host:').filter(([, state]) => state === 'later').length, 0, 'a letter that asks nothing');
});

/** By the letter that arrived. */
async function signIn(email) {
  const visitor = new Visitor(program.base);
  const form = (await visitor.get('/sign-in')).forms.find((one) => one.control('email'));
  await visitor.submit(form, { email });
  const found = await until(() => {
    const letters = arrived(/./).filter((one) => one.to.includes(email) && /\b\d{3} ?\d{3}\b/.test(one.text) && /\/sign-in\//.test(one.text));
    return letters.at(-1);
  }, 'the letter to sign in');
  const link = /http:\/\/[\d.:]+(\/sign-in\/\S+)/.exec(found.text)[1];
  await visitor.submit((await visitor.get(link)).form(/sign-in/));
  return visitor;
}

test('the coordinator is told that the host answered, until they say that they have read it', async () => {
  assert.match((await ola.get(staff)).text, /Gospodarz odpowiedział na \d+ pro/);
  const page = await ola.get(`${staff}/settings/host`);
  assert.match(page.text, /nowe/);
  const form = page.form('/host/read');
  assert.equal((await host.send(form)).status, 403);
  assert.equal((await ola.send(form)).status, 303);
  assert.equal((await ola.send(form)).status, 303, 'pressed twice');
  assert.doesNotMatch((await ola.get(staff)).text, /Gospodarz odpowiedział/);
  assert.ok(!(await ola.get(`${staff}/settings/host`)).forms.some((one) => /host\/read/.test(one.action)));
});

test('an answer to what somebody needs is one letter, the corrected one, in their language', async () => {
  const visitor = new Visitor(program.base);
  await visitor.get(`${path}?lang=uk`);
  await signUp(visitor, { ...answersOf('Koło Potrzebne'), email: 'olena@kolo.example' });
  visitor.close();
  sql(folder, "UPDATE signup SET access_needs = 'Петля для слухового апарата';");
  const [signup] = await runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
  const where = `${staff}/sign-ups/${signup.id}/access`;
  const answer = async (values) => {
    const sent = await ola.send((await ola.get(where)).form(/access$/), values);
    assert.equal(sent.status, 303);
    return ola.follow(sent);
  };
  assert.match((await answer({ answer: 'no', words: 'Jeszcze nie wiemy' })).text, /Za kilka minut wyjdzie list/);
  const page = await answer({ answer: 'yes', words: 'Pierwszy rząd' });
  assert.match(page.text, /List do: Halina Próbna \(olena@kolo\.example\) – czeka/);
  assert.equal(waiting('access:').length, 1);
  const left = states(folder).sent;
  hurry(folder);
  await until(() => states(folder).sent > left, 'the letter');
  const letters = arrived(/потрібно, щоб узяти участь/);
  assert.equal(letters.length, 1);
  assert.doesNotMatch(letters[0].text, /Петля/); // it may be about somebody's health
  assert.match(letters[0].text, /Так: Pierwszy rząd\. \(Olga Próbna/);
  assert.doesNotMatch(letters[0].text, /Jeszcze nie wiemy/);
  assert.match(letters[0].text, /http:\/\/[\d.:]+\/me\/wspolnie-do-celu\/ii\/[0-9a-z]{13}\/sign-up/);
  await answer({ answer: 'instead', words: 'Fotel z boku' }); // the first has left: this is news
  assert.equal(waiting('access:').length, 2);
});

test('who has no e-mail is to be rung', async () => {
  const visitor = new Visitor(program.base);
  await signUp(visitor, { ...answersOf('Koło Bez Poczty'), email: '' });
  visitor.close();
  const signups = await runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
  const { id } = signups.find((one) => one.organisation === 'Koło Bez Poczty');
  sql(folder, "UPDATE signup SET access_needs = 'Winda' WHERE access_needs = '';");
  const page = await ola.get(`${staff}/sign-ups/${id}/access`);
  const told = await ola.follow(await ola.send(page.form(/access$/), { answer: 'yes', words: '' }));
  assert.match(told.text, /zadzwońcie, proszę/);
  assert.match(told.text, /Bez e-maila: zadzwońcie pod \+48 600/);
});
