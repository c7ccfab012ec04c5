// SPDX-License-Identifier: EUPL-1.2
// What a coordinator sees of mail: where each letter stands, which went wrong and why, and on every page that none leaves.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp } from '../program.mjs';
import { answersOf, makeGathering, path, signUp } from '../reliability/gathering.mjs';
import { makeCertificates, serve, serverLog, smtpWords, sql, startServer, states, until } from './mail.mjs';

let folder, server, program, coordinator;

before(async () => {
  folder = await makeFolder();
  makeCertificates(folder);
  await makeGathering(folder);
  sql(folder, "UPDATE series SET organiser = 'Fundacja Zaułek', email = 'biuro@zaulek.example';");
  server = await startServer(folder);
  program = await serve(folder, smtpWords(folder, server.port, { base: '' }));
  coordinator = await setUp(program, 'Olga Próbna', 'olga@zaulek.example');
});
after(async () => {
  await program?.kill();
  await server?.stop();
  await removeFolder(folder);
});

const receiptOf = async (email) => {
  const visitor = new Visitor(program.base);
  await signUp(visitor, { ...answersOf(`Fundacja ${email.split('@')[0]}`), email });
  visitor.close();
};
const mail = (state = '') => coordinator.get(`${path}/staff/mail${state && `?state=${state}`}`);
const letter = async (state) => coordinator.get((await mail(state)).links.find((link) => /\/staff\/mail\/[0-9a-z]{13}$/.test(link)));

test('a sign-up brings a receipt, which leaves, from the organiser and to be answered', async () => {
  await receiptOf('anna@zaulek.example');
  await until(() => states(folder).sent === 1, 'the receipt');
  assert.match((await mail('sent')).text, /anna@zaulek\.example.*wysłana/);
  const bytes = readFileSync(join(folder, 'letters', readdirSync(join(folder, 'letters'))[0]), 'utf8');
  assert.match(bytes, /^Reply-To: .*<biuro@zaulek\.example>/ms);
  assert.match(bytes, /^From: =\?UTF-8\?B\?.*\r?\n? ?<poczta@spotkanie\.example>/m);
});

test('who is accepted gets the day as a calendar', async () => {
  const signups = await runWell(['signups', 'list', '--edition', path.slice(1), '--json'], { folder });
  await runWell(['signups', 'accept', signups[0].id, '--edition', path.slice(1)], { folder }).catch(async () => {
    const page = await coordinator.get(`${path}/staff/sign-ups`);
    const own = await coordinator.get(page.links.find((link) => /\/staff\/sign-ups\/[0-9a-z]{13}$/.test(link)));
    const form = own.forms.find((one) => one.html.includes('accepted'));
    await coordinator.submit(form, { to: 'accepted' });
  });
  await until(() => states(folder).sent === 2, 'the letter');
  const script = `
import email,glob,sys
from email import policy
for name in glob.glob(sys.argv[1] + '/letters/*.eml'):
    for part in email.message_from_binary_file(open(name, 'rb'), policy=policy.default).iter_attachments():
        print(part.get_content_type(), part.get_content())
`;
  const attached = execFileSync('/usr/bin/python3', ['-c', script, folder], { encoding: 'utf8' });
  assert.match(attached, /^text\/calendar BEGIN:VCALENDAR/);
  assert.match(attached, /DTSTART:20990611T1[0-9]0000Z/);
});

test('a letter that is refused says so, marks the address, and can be sent again', async () => {
  await receiptOf('no.one@zaulek.example');
  await until(() => states(folder).refused === 1, 'the refusal');
  const page = await letter('refused');
  assert.match(page.text, /550 5\.1\.1 no such user here/);
  assert.match(page.text, /nie ma takiego adresu/);
  const signups = await coordinator.get(`${path}/staff/sign-ups?q=no.one`);
  const own = await coordinator.get(signups.links.find((link) => /\/staff\/sign-ups\/[0-9a-z]{13}$/.test(link)));
  assert.match(own.text, /nie ma takiego adresu e-mail/);
  assert.match((await coordinator.get(`${path}/staff`)).text, /1 wiadomość nie wyszła/);
  const asked = serverLog(folder).filter(({ event }) => event === 'refused').length;
  await coordinator.submit(page.form(/\/staff\/mail\//));
  await until(() => serverLog(folder).filter(({ event }) => event === 'refused').length === asked + 1, 'the second try');
});

test('a letter that is put off says when it is tried again', async () => {
  await receiptOf('later.one@zaulek.example');
  await until(() => states(folder).later === 1, 'the first try');
  const page = await letter('later');
  assert.match(page.text, /Próbowaliśmy 1 raz, następna próba/);
  assert.match(page.text, /451 4\.7\.1 greylisted/);
  await coordinator.submit(page.form(/\/staff\/mail\//));
  await until(() => states(folder).sent === 3, 'it to leave at once');
});

test('where none can leave, each page of a coordinator says so, and no other', async () => {
  await server.stop();
  await receiptOf('away@zaulek.example');
  await until(() => sql(folder, 'SELECT failing_ms FROM mail_worker;')[0]?.[0], 'the worker to say so');
  for (const end of ['/staff', '/staff/mail', '/staff/sign-ups', '/staff/settings']) {
    const page = await coordinator.get(path + end);
    assert.match(page.html, /role="alert"><p>Od \d+ \p{L}+ \d+, \d+:\d+ nie wychodzi poczta[^<]*Serwer poczty nie odpowiada[^<]*Ostatnia wiadomość wyszła/u, end);
  }
  assert.match((await coordinator.get('/me')).html, /role="alert"><p>Poczta nie wychodzi/);
  assert.match((await letter('waiting')).text, /czeka/);
  const visitor = new Visitor(program.base);
  assert.doesNotMatch((await visitor.get(path)).html, /role="alert"/);
  visitor.close();
  const { port } = server;
  server = await startServer(folder, { port });
  await until(() => !states(folder).waiting && !states(folder).sending, 'it to leave', 30000);
  assert.doesNotMatch((await coordinator.get(`${path}/staff`)).html, /role="alert"/);
});

test('the newest stand first, and what did not leave is one state', async () => {
  const own = (page) => page.links.filter((link) => /\/staff\/mail\/[0-9a-z]{13}$/.test(link));
  const links = own(await mail());
  assert.ok(links.length > 3);
  // Ids of two programs at once need not be in the order of time.
  const written = sql(folder, "SELECT to_address FROM outbox WHERE kind <> 'sign_in' AND edition IS NOT NULL ORDER BY created_ms DESC, id DESC;").flat();
  const shown = (await mail()).text.match(/[\w.+-]+@[\w.-]+/g).filter((address) => written.includes(address));
  assert.deepEqual(shown.slice(0, links.length), written.slice(0, links.length));
  const before = own(await mail('failed')).length;
  sql(folder, "UPDATE outbox SET state = 'given_up' WHERE to_address = 'away@zaulek.example';");
  const page = await mail('failed');
  assert.equal(own(page).length, before + 1);
  assert.match(page.text, /away@zaulek\.example.*nie wyszła/);
  sql(folder, "UPDATE outbox SET state = 'sent' WHERE to_address = 'away@zaulek.example';");
});

test('a letter to try it out, by command line', async () => {
  await runWell(['mail', 'test', 'proba@zaulek.example'], { folder });
  await until(() => serverLog(folder).some(({ event, to }) => event === 'taken' && to === 'proba@zaulek.example'), 'it to arrive');
  const list = await runWell(['mail', 'list', '--json'], { folder });
  assert.deepEqual([list[0].to, list[0].state], ['proba@zaulek.example', 'sent']);
});

test('sign-in letters leave too, first and without a trace', async () => {
  const visitor = new Visitor(program.base);
  await visitor.submit((await visitor.get('/sign-in')).form('/sign-in'), { email: 'olga@zaulek.example' });
  visitor.close();
  await until(() => serverLog(folder).some(({ event, to }) => event === 'taken' && to === 'olga@zaulek.example'), 'it to arrive');
  await until(() => sql(folder, "SELECT COUNT(*) FROM outbox WHERE kind = 'sign_in' AND state = 'sent' AND body = '' AND subject = '';")[0][0] === '1', 'the words to go');
  assert.ok(!program.output.join('\n').includes('/sign-in/'), 'the terminal prints none where mail is sent');
});
