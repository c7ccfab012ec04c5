// SPDX-License-Identifier: EUPL-1.2
// The day in the calendars of those who come: with the letter that accepts them, moved when it moves, taken out when they
// do not come any more, and there again when they come after all; as another program reads it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, runWell, setUp } from '../program.mjs';
import { edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';
import { makeCertificates, serve, smtpWords, sql, startServer, states, until } from './mail.mjs';

const names = ['Fundacja Pierwsza', 'Fundacja Druga'];
let folder, server, program, ola, count = 0;

before(async () => {
  folder = await makeFolder();
  makeCertificates(folder);
  await makeGathering(folder);
  sql(folder, "UPDATE series SET organiser = 'Fundacja \"Zaułek\"', email = 'biuro@zaulek.example';");
  server = await startServer(folder);
  program = await serve(folder, smtpWords(folder, server.port, { base: '' }));
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  await signUpAll(program, names);
  await next(names.length); // the receipts
});
after(async () => {
  ola?.close();
  await program?.kill();
  await server?.stop();
  await removeFolder(folder);
});

/** The letters that came since, as another program reads them. */
async function next(letters = 1) {
  await until(() => states(folder).sent === count + letters, 'the letters to leave');
  const read = Array.from({ length: letters }, (_, i) => JSON.parse(execFileSync('/usr/bin/python3',
    ['tests/mail/calendar_read.py', join(folder, 'letters', `${count + i}.eml`)], { encoding: 'utf8' })));
  count += letters;
  return read;
}

async function decide(name, to) {
  const list = await ola.get(`${path}/staff/sign-ups?q=${encodeURIComponent(name)}`);
  const page = await ola.get(list.links.find((link) => /\/staff\/sign-ups\/[0-9a-z]{13}$/.test(link)));
  await ola.submit(page.form('/decide'), { to });
  const [letter] = await next();
  return letter.calendar;
}

function sound(calendar, method) {
  assert.ok(calendar, 'the letter has a calendar');
  assert.deepEqual(calendar.wrong, []);
  assert.equal(calendar.type, 'text/calendar');
  assert.deepEqual([calendar.type_method, calendar.METHOD], [method, method]);
  assert.equal(calendar.ORGANIZER, 'mailto:biuro@zaulek.example');
  assert.equal(calendar.STATUS, method === 'CANCEL' ? 'CANCELLED' : undefined);
}

test('the day comes, moves, is taken out, and comes again, always as the same event', async () => {
  const first = await decide(names[0], 'accepted');
  sound(first, 'PUBLISH');
  assert.match(first.DTSTART, /^20990611T1[0-9]0000Z$/);
  const other = await decide(names[1], 'accepted');
  assert.notEqual(other.UID, first.UID, 'each organisation has its own: one may be withdrawn, and the other stays');

  const settings = await ola.get(`${path}/staff/settings`);
  await ola.submit(settings.form('/staff/settings'), { date: '2099-06-12', from: '15:00' });
  const ask = await ola.get(`${path}/staff/sign-ups/confirm?who=all`);
  await ola.submit(ask.form('/sign-ups/confirm'));
  const moved = (await next(2)).map((letter) => letter.calendar).find(({ UID }) => UID === first.UID);
  sound(moved, 'PUBLISH');
  assert.match(moved.DTSTART, /^20990612T1[0-9]0000Z$/);
  assert.ok(Number(moved.SEQUENCE) > Number(first.SEQUENCE), `${moved.SEQUENCE} after ${first.SEQUENCE}`);

  const out = await decide(names[0], 'withdrawn');
  sound(out, 'CANCEL');
  assert.equal(out.UID, first.UID);
  const isLater = (one, than) => Number(one.SEQUENCE) > Number(than.SEQUENCE) || (one.SEQUENCE === than.SEQUENCE && one.DTSTAMP >= than.DTSTAMP);
  assert.ok(isLater(out, moved));
  await decide(names[0], 'new');
  const again = await decide(names[0], 'accepted');
  sound(again, 'PUBLISH');
  assert.equal(again.UID, first.UID);
  assert.ok(isLater(again, out));
});

test('who was never in has nothing to take out; where nobody reads answers it is a calendar like any other', async () => {
  await decide(names[1], 'waiting').then((calendar) => sound(calendar, 'CANCEL'));
  assert.equal(await decide(names[1], 'withdrawn'), null);
  await decide(names[1], 'new');
  sql(folder, "UPDATE series SET email = '';");
  const calendar = await decide(names[1], 'accepted');
  assert.deepEqual([calendar.METHOD, calendar.type_method, calendar.ORGANIZER, calendar.wrong], [undefined, null, undefined, []]);
});
