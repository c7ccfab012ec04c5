// SPDX-License-Identifier: EUPL-1.2
// Letters leave by a real mail server that goes wrong in every way: none is lost, none goes out twice but those whose
// answer was lost, which come again under the same Message-ID. The long run is soak.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeFolder, pause, removeFolder, run, runWell } from '../program.mjs';
import { addLetters, addressesOf, checkOnce, childrenOf, makeCertificates, ofKind, serve, serverLog, smtpWords, sql, startServer, states, until, untilAllIsDone } from './mail.mjs';

const LETTERS = Number(process.env.WSPOLNIE_LETTERS ?? 500);
let folder, server, program;

before(async () => {
  folder = await makeFolder();
  makeCertificates(folder);
});
after(async () => {
  await program?.kill();
  await server?.stop();
  await removeFolder(folder);
});

const addresses = addressesOf(LETTERS);
const withKind = (kind) => ofKind(addresses, kind);

test('each letter leaves once, whatever goes wrong, and the program is killed again and again', { timeout: 600_000 }, async () => {
  await runWell(['editions', 'list', '--json'], { folder }).catch(() => {}); // makes the store
  server = await startServer(folder);
  program = await serve(folder, smtpWords(folder, server.port));
  addLetters(folder, addresses);
  const taken = () => serverLog(folder).filter(({ event }) => event === 'taken');
  for (const part of [0.2, 0.4, 0.6, 0.8]) {
    await until(() => taken().length >= LETTERS * part * 0.8, `${part} of the letters`, 300_000);
    await program.kill();
    program = await serve(folder, smtpWords(folder, server.port));
  }
  await untilAllIsDone(folder, 300_000);

  const { arrived_again: again } = checkOnce(folder, addresses, serverLog(folder));
  assert.equal(again, withKind('cut.dot').length, 'where the answer was lost, and there alone');
  const letters = taken();
  assert.ok(letters.every(({ tls, ehlo, sender }) => tls && ehlo === 'spotkanie.example' && sender === 'poczta@spotkanie.example'));
  assert.ok(letters.every(({ id }) => /^<[0-9a-z]{13}@spotkanie\.example>$/.test(id)));
});

test('what is known of each is in the store', () => {
  const unsure = sql(folder, 'SELECT to_address FROM outbox WHERE unsure_ms IS NOT NULL ORDER BY id;').map(([address]) => address);
  assert.deepEqual(unsure, withKind('cut.dot'));
  const marked = sql(folder, 'SELECT address FROM mail_refusal;').map(([address]) => address);
  assert.deepEqual(marked.sort(), withKind('no').sort(), 'only an address that is none is marked, not a full mailbox');
  const errors = sql(folder, "SELECT last_error FROM outbox WHERE to_address LIKE 'full.%';").flat();
  assert.ok(errors.every((error) => /^552( 5\.2\.2 mailbox full)?$/.test(error)), 'what the journal alone knew is the code');
  assert.ok(errors.some((error) => error.length > 3), errors);
});

test('letters are read by another program as they were written', () => {
  const given = { id: '', date: 0, links: [] };
  const [name] = readdirSync(join(folder, 'letters'));
  const text = readFileSync(join(folder, 'letters', name), 'utf8');
  const number = /List=?\s*(\d+)/.exec(execFileSync('/usr/bin/python3', ['-c',
    'import email,sys\nfrom email import policy\nprint(email.message_from_binary_file(open(sys.argv[1],"rb"),policy=policy.default)["Subject"])',
    join(folder, 'letters', name)], { encoding: 'utf8' }))[1];
  const [, id] = /^Message-ID: <(.*)>/m.exec(text);
  const date = Math.floor(Number(sql(folder, `SELECT created_ms FROM outbox WHERE subject LIKE 'List ${number}:%';`)[0][0]) / 1000);
  const checked = join(folder, 'checked');
  execFileSync('mkdir', [checked]);
  writeFileSync(join(checked, '0.eml'), readFileSync(join(folder, 'letters', name)));
  writeFileSync(join(checked, '0.json'), JSON.stringify({
    ...given, id, date, from: ['Wspólnie', 'poczta@spotkanie.example'],
    to: [`Zażółć ${number}`, addresses[Number(number)]], subject: `List ${number}: zażółć`, text: `Dzień dobry,\n\nto list ${number}.\n`,
  }));
  execFileSync('/usr/bin/python3', ['tests/peers/mime_read.py', checked], { stdio: 'inherit' });
});

test('a stopped program finishes the letter in hand', async () => {
  addLetters(folder, ['slow.1@zaulek.example', 'slow.2@zaulek.example'], { first: 500_000 });
  await until(() => states(folder).sending, 'the first in hand');
  assert.equal(await program.stop(), 0);
  assert.deepEqual([states(folder).sending ?? 0, states(folder).waiting], [0, 1]);
  program = await serve(folder, smtpWords(folder, server.port));
  await untilAllIsDone(folder);
  const slow = serverLog(folder).filter(({ event, to }) => event === 'taken' && /^slow\.[12]@/.test(to)).map(({ to }) => to);
  assert.deepEqual(slow, ['slow.1@zaulek.example', 'slow.2@zaulek.example']);
});

test('killed with a letter in hand, it knows at the next start what became of it', async () => {
  addLetters(folder, ['slow.3@zaulek.example'], { first: 500_010 });
  await until(() => states(folder).sending, 'it in hand');
  await pause(300);
  const killed = program.kill();
  program = await serve(folder, smtpWords(folder, server.port));
  await killed;
  await untilAllIsDone(folder);
  assert.equal(serverLog(folder).filter(({ event, to }) => event === 'taken' && to === 'slow.3@zaulek.example').length, 1);
  assert.equal(sql(folder, 'SELECT unsure_ms FROM outbox WHERE id = 500010;').length, 0, 'it is sure of it');
});

test('the helper dies between two letters, and each letter after it leaves once', async () => {
  const helper = () => childrenOf(program.pid).flatMap(childrenOf)[0];
  const takenOf = (kind) => serverLog(folder).filter(({ event, to }) => event === 'taken' && to.startsWith(kind)).map(({ to }) => to);
  for (const [round, isAwaited] of [[0, true], [1, false]]) {
    const dead = helper();
    process.kill(dead, 'SIGKILL');
    await until(() => helper() !== dead, 'it to be dead');
    if (isAwaited) await until(() => helper(), 'the next helper');
    const addresses = Array.from({ length: 5 }, (_, i) => `after${round}.${i}@zaulek.example`);
    addLetters(folder, addresses, { first: 500_100 + round * 10 });
    await until(() => !states(folder).waiting && !states(folder).sending, 'them to leave');
    assert.equal(sql(folder, 'SELECT id FROM outbox WHERE id >= 500100 AND id < 500200 AND unsure_ms IS NOT NULL;').length, 0);
    assert.deepEqual(takenOf(`after${round}.`), addresses);
  }
});

test('the journal keeps nothing of what the server said', async () => {
  addLetters(folder, ['no.journal@zaulek.example'], { first: 500_200 });
  await until(() => !states(folder).waiting && !states(folder).sending, 'it to be refused');
  assert.match(sql(folder, 'SELECT last_error FROM outbox WHERE id = 500200;')[0][0], /550/);
  assert.doesNotMatch(readFileSync(join(folder, 'mail.journal'), 'latin1'), /550|user|zaulek/);
});

test('the server is away, and comes back', async () => {
  const { port } = server;
  await server.stop();
  addLetters(folder, ['away.1@zaulek.example'], { first: 500_020 });
  const worker = () => sql(folder, 'SELECT trouble, failing_ms FROM mail_worker;')[0] ?? [];
  await until(() => worker()[0] === 'connection', 'it to be told');
  assert.equal(states(folder).waiting, 1, 'the letter waits, and nothing is held against it');
  server = await startServer(folder, { port });
  await untilAllIsDone(folder);
  assert.deepEqual(worker(), ['', ''], 'all is well');
});

const stopping = [
  ['plain', ['plain'], 'plain', ''],
  ['without a password', ['password'], 'sender', ''],
  ['wrong password', ['wrong'], 'sign_in', 'poczta%40zaulek.example:tajne@'],
  ['closing', ['closing'], 'server', ''],
  ['another sender', ['sender'], 'sender', ''],
  ['cut at the greeting', ['cut'], 'connection', ''],
];
for (const [name, options, trouble, user] of stopping) {
  test(`a server that lets nobody send: ${name}`, async () => {
    await program.stop();
    await server.stop();
    server = await startServer(folder, { options });
    sql(folder, 'DELETE FROM mail_worker;');
    const id = 600_000 + stopping.findIndex(([other]) => other === name);
    addLetters(folder, ['stopped@zaulek.example'], { first: id });
    program = await serve(folder, smtpWords(folder, server.port, { user }));
    await until(() => sql(folder, 'SELECT trouble FROM mail_worker;')[0]?.[0] === trouble, `trouble ${trouble}`)
      .catch((error) => assert.fail(`${error.message}: ${sql(folder, 'SELECT trouble, reply FROM mail_worker;')}`));
    assert.deepEqual(sql(folder, `SELECT state, tries FROM outbox WHERE id = ${id};`)[0], ['waiting', '0']);
    assert.ok(!program.output.join('\n').includes('tajne'), 'no password in what is printed');
    assert.ok(!readFileSync(`/proc/${program.pid}/cmdline`, 'utf8').includes('tajne'), 'nor where others see it');
    sql(folder, `DELETE FROM outbox WHERE id = ${id};`);
  });
}

test('a certificate for another name, or of an unknown authority, is not taken', async () => {
  for (const makes of [() => makeCertificates(folder, 'mail.other.example'), () => { execFileSync('rm', [join(folder, 'ca.pem')]); makeCertificates(folder); }]) {
    await program.stop();
    await server.stop();
    const trusted = readFileSync(join(folder, 'ca.pem'));
    makes();
    writeFileSync(join(folder, 'trusted.pem'), trusted);
    server = await startServer(folder);
    sql(folder, "DELETE FROM mail_worker; DELETE FROM outbox WHERE state = 'waiting';");
    addLetters(folder, ['stopped@zaulek.example'], { first: 600_100 });
    program = await serve(folder, [...smtpWords(folder, server.port), '--smtp-ca', join(folder, 'trusted.pem')].filter((_, i, all) => all.indexOf('--smtp-ca') !== i && all.indexOf('--smtp-ca') + 1 !== i));
    await until(() => sql(folder, 'SELECT trouble FROM mail_worker;')[0]?.[0] === 'certificate', 'the certificate to be refused')
      .catch((error) => assert.fail(`${error.message}: ${sql(folder, 'SELECT trouble, reply FROM mail_worker;')}`));
  }
});

test('a name and password with signs of every kind, and connections that are ended now and then', async () => {
  await program.stop();
  await server.stop();
  sql(folder, "DELETE FROM outbox WHERE state = 'waiting';");
  server = await startServer(folder, { options: ['password', 'rest=3'] });
  const words = smtpWords(folder, server.port, { user: 'poczta%40zaulek.example:tajne%20has%C5%82o@' });
  addLetters(folder, Array.from({ length: 20 }, (_, i) => `signed.${i}@zaulek.example`), { first: 700_000 });
  program = await serve(folder, words);
  await untilAllIsDone(folder);
  const letters = serverLog(folder).filter(({ event, to }) => event === 'taken' && to.startsWith('signed.'));
  assert.equal(letters.length, 20);
  assert.ok(letters.every(({ user, tls }) => tls && user === 'poczta@zaulek.example'));
});

test('what is too old or too late does not leave, and sign-in letters go first', async () => {
  await program.stop();
  await server.stop();
  server = await startServer(folder);
  addLetters(folder, ['many.1@zaulek.example', 'many.2@zaulek.example'], { first: 800_000, kind: 'invitation' });
  addLetters(folder, ['service@zaulek.example'], { first: 800_010 });
  addLetters(folder, ['in@zaulek.example', 'late@zaulek.example'], { first: 800_020, kind: 'sign_in' });
  addLetters(folder, ['old@zaulek.example'], { first: 800_030 });
  sql(folder, `UPDATE outbox SET expires_ms = ${Date.now() - 1000} WHERE id = 800021; UPDATE outbox SET created_ms = ${Date.now() - 6 * 86400_000} WHERE id = 800030;`);
  program = await serve(folder, smtpWords(folder, server.port));
  await untilAllIsDone(folder);
  const order = serverLog(folder).slice(-4).map(({ to }) => to.split('@')[0]);
  assert.deepEqual(order, ['in', 'service', 'many.1', 'many.2']);
  const found = sql(folder, 'SELECT id, state, last_error FROM outbox WHERE id IN (800021, 800030) ORDER BY id;');
  assert.deepEqual(found, [['800021', 'given_up', 'too late'], ['800030', 'given_up', 'too old']]);
  assert.equal(sql(folder, "SELECT COUNT(*) FROM outbox WHERE kind = 'sign_in' AND (body <> '' OR subject <> '');")[0][0], '0');
});

test('no more leave in a minute than is set', async () => {
  await program.stop();
  addLetters(folder, Array.from({ length: 40 }, (_, i) => `rate.${i}@zaulek.example`), { first: 900_000 });
  program = await serve(folder, smtpWords(folder, server.port, { rate: 240 }));
  await untilAllIsDone(folder);
  const at = serverLog(folder).filter(({ to }) => to?.startsWith('rate.')).map((entry) => entry.at);
  assert.equal(at.length, 40);
  const span_s = Math.max(...at) - Math.min(...at);
  assert.ok(span_s >= 7.5, `40 letters at 240 a minute, rounds of 8: at least 8 s between first and last, not ${span_s}`);
});

test('wrong settings are told in one sentence', async () => {
  const cases = [
    [['--smtp', 'mail.example'], /begins with smtp:\/\/ or smtps:\/\//],
    [['--smtp', 'smtp://mail.example'], /--smtp needs --mail-from/],
    [['--smtp', 'smtp://a@b:tajne@mail.example', '--mail-from', 'a@b.pl'], /an @ .* is written %40/],
    [['--smtp', 'smtp://mail.example:99999', '--mail-from', 'a@b.pl'], /port is a number/],
    [['--smtp', 'smtp://', '--mail-from', 'a@b.pl'], /names no host/],
    [['--smtp', 'smtp://ola@mail.example', '--mail-from', 'a@b.pl'], /a user and no password/],
    [['--smtp', 'smtp://mail.example', '--mail-from', 'Ola'], /--mail-from is an address/],
    [['--smtp', 'smtp://mail.example', '--mail-from', 'a@b.pl', '--smtp-ca', '/nowhere'], /cannot be read: \/nowhere/],
    [['--smtp', 'smtp://ola@mail.example', '--mail-from', 'a@b.pl', '--smtp-password-file', '/nowhere'], /cannot be read: \/nowhere/],
    [['--mail-from', 'a@b.pl'], /not by which server/],
  ];
  for (const [words, sentence] of cases) {
    const { status, stderr } = await run(['serve', ...words, '--listen', '127.0.0.1:0'], { folder: join(folder, 'none') });
    assert.equal(status, 2, words.join(' '));
    assert.match(stderr, sentence);
    assert.ok(!stderr.includes('tajne'));
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
});
