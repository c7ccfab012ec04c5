// SPDX-License-Identifier: EUPL-1.2
// An invitation as it arrives: with the two headers by which a mail program ends them with one press (RFC 8058), as text
// and as HTML; a service letter to the same person has neither.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, setUp } from '../program.mjs';
import { answersOf, makeGathering, path, signUp } from '../reliability/gathering.mjs';
import { makeCertificates, serve, smtpWords, sql, startServer, states, until } from './mail.mjs';

let folder, server, program, coordinator;

before(async () => {
  folder = await makeFolder();
  makeCertificates(folder);
  await makeGathering(folder);
  server = await startServer(folder);
  program = await serve(folder, smtpWords(folder, server.port, { base: '' }));
  coordinator = await setUp(program, 'Olga Próbna', 'olga@zaulek.example');
});
after(async () => {
  await program?.kill();
  await server?.stop();
  await removeFolder(folder);
});

const letters = () => readdirSync(join(folder, 'letters')).map((name) => readFileSync(join(folder, 'letters', name), 'utf8'));
const send = async (values) => {
  const form = (await coordinator.get(`${path}/staff/mailings/new`)).form('/mailings/new');
  const review = await coordinator.submit(form, { words_pl: 'Dzień dobry, {name}. {link}', ...values });
  assert.match(review.text, /Wyślijcie 1 list/);
  return coordinator.submit(review.form('/review'));
};

test('an invitation carries how to end it, a service letter does not', async () => {
  const visitor = new Visitor(program.base);
  await signUp(visitor, { ...answersOf('Fundacja Anny'), email: 'anna@zaulek.example' });
  visitor.close();
  await until(() => states(folder).sent === 1, 'the receipt');
  sql(folder, `INSERT INTO consent (id, person, purpose, wording, edition, given_ms, channel)
    SELECT 1, person.id, 'invitations', 'Zgoda.', edition.id, 1, 'form' FROM person, edition WHERE person.email = 'anna@zaulek.example';`);
  await send({ audience: 'new', subject_pl: 'Service' });
  await send({ audience: 'invited:all', subject_pl: 'Invitation' });
  await until(() => states(folder).sent === 3, 'both letters');
  const [service] = letters().filter((one) => /^Subject: Service/m.test(one)), [invitation] = letters().filter((one) => /^Subject: Invitation/m.test(one));
  assert.ok(!/List-Unsubscribe/i.test(service));
  assert.match(invitation, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  const end = /^List-Unsubscribe:\s+<https?:\/\/[^>/]+(\/unsubscribe\/[0-9a-z]{26})>/m.exec(invitation)[1];
  for (const one of [service, invitation]) {
    assert.match(one, /^Content-Type: text\/plain/m);
    assert.match(one, /^Content-Type: text\/html/m);
  }
  const answer = await fetch(new URL(end, program.base), {
    method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  assert.equal(answer.status, 200);
  await answer.text();
  const form = (await coordinator.get(`${path}/staff/mailings/new`)).form('/mailings/new');
  const review = await coordinator.submit(form, { audience: 'invited:all', subject_pl: 'Again', words_pl: 'x' });
  assert.match(review.text, /Teraz nikt by go nie dostał/);
});
