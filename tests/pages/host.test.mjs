// SPDX-License-Identifier: EUPL-1.2
// What is asked of the host is answered yes, no or instead, on the host's own page, with name and date; a refusal stands
// where it matters. What people need to take part is answered likewise, and asked again when they change it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { edition, emailOf, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`, host = `${path}/host`;
let folder, program, ola, gospodarz, ewa, anyone;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await runWell(['edition', 'set', edition, '--venue', 'Dom Pod Kasztanem', '--host', 'Fundacja Kasztan'], { folder });
  await runWell(['walk', 'add', '--edition', edition, '--name', 'Ogrody', '15:50'], { folder });
  program = await start(['serve'], { folder });
  await signUpAll(program, ['Fundacja Pierwsza']);
  await runWell(['signups', 'accept', 'Fundacja Pierwsza', '--edition', edition], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  await fill(`${staff}/settings/spaces/new`, { name: 'Sala', capacity: '3' });
  const people = await ola.get(`${staff}/settings/people`);
  await ola.submit(people.forms.find((one) => one.control('email')), { name: 'Anna Gospodarz', email: 'anna@kasztan.example', role: 'host' });
  gospodarz = await signInByMail(program, 'anna@kasztan.example');
  ewa = await signInByMail(program, emailOf('Fundacja Pierwsza'));
  anyone = new Visitor(program.base);
});

after(async () => {
  for (const one of [ola, gospodarz, ewa, anyone]) one?.close();
  await program?.stop();
  await removeFolder(folder);
});

async function fill(where, values, who = ola) {
  const page = await who.get(where);
  const answer = await who.send(page.forms.find((one) => one.action.split('?')[0] === where.split('?')[0]), values);
  assert.equal(answer.status, 303, `${where}: ${answer.text}`);
  return answer;
}
const idsOf = (page, pattern) => page.links.filter((link) => pattern.test(link));

test('nobody but the host and the coordinators reads or answers', async () => {
  for (const who of [anyone, ewa]) assert.ok([303, 403].includes((await who.ask('GET', host)).status));
  assert.equal((await gospodarz.get(host)).status, 200);
  assert.equal((await gospodarz.get(`${staff}/settings/host`)).status, 403);
  assert.equal((await gospodarz.get(`${staff}/sign-ups`)).status, 403);
  assert.ok((await gospodarz.get('/me')).links.includes(host));
});

test('each thing asked gets an answer of its own, which stands where it matters', async () => {
  const spaces = idsOf(await ola.get(`${staff}/settings/places`), /\/settings\/spaces\/[0-9a-z]{13}$/);
  const about = spaces[0].split('/').pop();
  await fill(`${staff}/settings/asks/new`, { words: 'Drugi obwód prądu', about });
  await fill(`${staff}/settings/asks/new`, { words: 'Kawa do 20', about: '' });
  assert.match((await ola.get(staff)).text, /2 prośby czekają na odpowiedź gospodarza/);
  const open = idsOf(await gospodarz.get(host), /\/host\/asks\//);
  assert.equal(open.length, 2);
  const form = (await gospodarz.get(open[0])).form(/asks/);
  const bare = await gospodarz.send(form, { answer: 'no', words: '' });
  assert.equal(bare.status, 422);
  assert.match(bare.text, /dlaczego nie albo co zamiast/);
  await fill(open[0], { answer: 'instead', words: 'Możemy dać przedłużacz' }, gospodarz);
  await fill(open[1], { answer: 'yes', words: '' }, gospodarz);
  const places = (await ola.get(`${staff}/settings/places`)).text;
  assert.match(places, /Drugi obwód prądu Zamiast tego: Możemy dać przedłużacz\. \(Anna Gospodarz, \d+ \p{L}+ \d{4}\)/u);
  assert.match((await ola.get(staff)).text, /nie może spełnić 1 prośby/);
  assert.match((await ola.get(`${staff}/programme`)).text, /Sala[^:]*: Drugi obwód prądu Zamiast tego: Możemy dać przedłużacz/);
  assert.match((await ola.get(`${staff}/settings/host`)).text, /Tak\. \(Anna Gospodarz/);
});

test('what is refused for an item of the programme stands with it', async () => {
  const add = await ola.get(`${staff}/programme/items/new`);
  await ola.submit(add.form(/items/), { kind: 'opening', title: 'Powitanie u gospodarza', duration: '10', minutes: '10' });
  const [item] = idsOf(await ola.get(`${staff}/programme`), /\/programme\/items\/[0-9a-z]{13}$/);
  const [link] = idsOf(await ola.get(item), /\/asks\/new\?about=/);
  await fill(link, { words: 'Mikrofon bez kabla' });
  const [open] = idsOf(await gospodarz.get(host), /\/host\/asks\//);
  await fill(open, { answer: 'no', words: 'Mamy tylko z kablem' }, gospodarz);
  assert.match((await ola.get(`${staff}/programme`)).text, /Powitanie u gospodarza.*Prośba do gospodarza: Mikrofon bez kabla Nie: Mamy tylko z kablem/);
});

test('other words are asked anew', async () => {
  const [ask] = idsOf(await ola.get(`${staff}/settings/host`), /\/settings\/asks\/[0-9a-z]{13}$/);
  await fill(ask, { words: 'Drugi obwód prądu, 16 A' });
  assert.match((await gospodarz.get(host)).text, /Czeka na Waszą odpowiedź/);
});

test('a walk leads to a question about it, and shows the answer', async () => {
  const [walk] = idsOf(await ola.get(`${staff}/walks`), /\/walks\/[0-9a-z]{13}$/);
  const [link] = idsOf(await ola.get(walk), /\/asks\/new\?about=/);
  await fill(link, { words: 'Klucz do ogrodu' });
  assert.match((await ola.get(walk)).text, /Klucz do ogrodu Jeszcze bez odpowiedzi/);
  assert.match((await gospodarz.get(host)).text, /Ogrody: Klucz do ogrodu/);
});

test('the host says what to know of house and rooms; what is for helpers alone stands nowhere else', async () => {
  const page = await gospodarz.get(host);
  const [house] = idsOf(page, /\/host\/house\//), [space] = idsOf(page, /\/host\/spaces\//);
  await fill(house, { words: 'Wejście z boku', wifi: 'Kasztan, hasło: sezam', on_duty: 'Jan, 600 000 000' }, gospodarz);
  await fill(space, { uses: 'warsztaty', has_loop: '1', capacity: '4', interpreter_until: '2099-05-28' }, gospodarz);
  assert.match((await gospodarz.get(host)).text, /sezam/);
  const told = (await anyone.get(path)).text;
  assert.match(told, /Wejście z boku/);
  assert.match(told, /pętla indukcyjna/);
  assert.doesNotMatch(told, /sezam|600 000 000/);
  assert.match((await ola.get(`${staff}/settings/places`)).text, /Sala/);
});

test('what people need to take part is answered, shown to them, and asked again when they change it', async () => {
  const mine = `/me${path}`;
  const [own] = (await ewa.get('/me')).links.filter((link) => link.startsWith(mine));
  await fill(`${own}/sign-up`, { access_needs: 'Pętla indukcyjna' }, ewa);
  assert.match((await ola.get(staff)).text, /1 prośba o dostępność czeka/);
  const [one] = idsOf(await ola.get(`${staff}/access`), /\/access$/).filter((link) => /sign-ups/.test(link));
  const opened = await ola.get(one), stale = await ola.get(one);
  assert.equal((await ola.send(opened.form(/access$/), { answer: 'yes', words: 'W pierwszym rzędzie' })).status, 303);
  const second = await ola.send(stale.form(/access$/), { answer: 'no', words: 'Nie ma' }); // another had the page open
  assert.equal(second.status, 409);
  assert.match((await ewa.get(own)).text, /Pętla indukcyjna – Tak: W pierwszym rzędzie\. \(Ola Próbna/);
  const told = idsOf(await ola.get(`${staff}/mail?q=potrzebujecie`), /\/staff\/mail\/[0-9a-z]{13}$/);
  assert.equal(told.length, 1, 'one letter tells of the answer');
  const letter = (await ola.get(told[0])).text;
  assert.ok(letter.includes(own));
  assert.match(letter, /Tak: W pierwszym rzędzie/);
  assert.doesNotMatch(letter, /indukcyjna/, 'what somebody needs does not travel by mail');
  assert.doesNotMatch((await ola.get(staff)).text, /o dostępność/);
  await fill(`${own}/sign-up`, { access_needs: 'Pętla i miejsce na wózek' }, ewa);
  assert.match((await ola.get(staff)).text, /1 prośba o dostępność czeka/);
  assert.match((await ewa.get(own)).text, /Prośba się zmieniła/);
  for (const who of [anyone, ewa, gospodarz]) assert.ok([303, 403].includes((await who.ask('GET', `${staff}/access`)).status));
});
