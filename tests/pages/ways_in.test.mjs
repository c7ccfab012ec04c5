// SPDX-License-Identifier: EUPL-1.2
// Ways in that people hand over: cards for contacts, links for helpers. Who may make them, what they end, that they are
// shown once; and guesses at passwords, from many places at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, onceKey, removeFolder, run, runWell, start } from '../program.mjs';
import { answersOf, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
let folder, program, ola, signups;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve', '--quiet'], { folder }); // no mail leaves, and the terminal shows none
  const [, link] = await program.line(/(\/setup\/\S+)/);
  ola = new Visitor(program.base);
  const next = await ola.submit((await ola.get(link)).form(/setup/), { name: 'Ola Próbna', email: 'ola@urzad.example' });
  assert.match(next.path, /^\/me\/password\?first=1/, 'who set up is not asked for a password, where no message can leave');
  assert.ok(next.links.includes('/admin/series/new'), 'no way past it');
});
after(async () => {
  ola?.close();
  await program?.stop();
  await removeFolder(folder);
});

const visitor = () => new Visitor(program.base);
const list = async () => runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
const audit = async (action) => {
  const copy = await runWell(['export', '--with-people'], { folder });
  return JSON.parse(copy).tables.audit.filter((row) => row.action === action);
};

/** Signs an organisation up; answers the staff page of its sign-up. */
async function addSignup(organisation, email = '', edition_path = path) {
  const someone = visitor();
  await signUp(someone, { ...answersOf(organisation), email }, edition_path);
  someone.close();
  const found = (await list()).find((one) => JSON.stringify(one).includes(organisation));
  return found ? `${staff}/sign-ups/${found.id}` : undefined;
}

const addressOf = (page) => /<div class="way-in">[\s\S]*?<a href="([^"]+)"/.exec(page.html)?.[1];
const codeOf = (page) => /<span class="code">([^<]+)</.exec(page.html)?.[1];

/** Asks for a card as a coordinator does: the question, then the button. */
async function makeCard(by, signup) {
  const question = await by.get(`${signup}/card`);
  const page = await by.send(question.form('/card'));
  return { question, page, address: addressOf(page) };
}

async function signedInWith(address) {
  const person = visitor();
  const page = await person.get(address);
  if (page.status !== 200) return { person, page };
  return { person, page: await person.submit(page.form(address)) };
}

const isIn = async (person) => (await person.ask('GET', '/me')).status === 200;

/** Somebody who was given a role by somebody, and has come in with a link that was made for them. */
async function helper(by, email, role, where = staff) {
  const name = email.split('@')[0];
  const people = await by.get(`${where}/settings/people`);
  const given = await by.submit(people.form('/people'), { name, email, role });
  assert.equal(given.status, 200);
  const link = given.links.find((one) => /\/people\/[0-9a-z]{13}\/link$/.test(one) && given.text.includes(name));
  return { given, link };
}

async function madeLink(by, link) {
  const question = await by.get(link);
  return by.send(question.form('/link'));
}

// ---- cards ------------------------------------------------------------------------------------------------

test('a card for a contact without e-mail: a question, then the card once, with an audit row of its own', async () => {
  const signup = await addSignup('Koło Pod Lipą');
  const { question, page, address } = await makeCard(ola, signup);
  assert.match(question.text, /karta zrobiona .* jeszcze nieużyta, przestanie działać/i, 'the card of the form is not told of');
  assert.doesNotMatch(question.html, /way-in/);
  assert.equal(page.status, 200);
  assert.match(address, /^\/s\/[0-9a-z]{26}$/);
  assert.equal(codeOf(page).replaceAll(' ', ''), address.slice(3));
  assert.match(page.html, /<svg class="qr"/);

  const { person, page: home } = await signedInWith(address);
  assert.match(home.path, /^\/me\/wspolnie-do-celu\/ii\//);
  assert.match(home.text, /Koło Pod Lipą/);
  person.close();
  const typed = visitor();
  const by_code = await typed.submit((await typed.get('/s')).form('/s'), { code: codeOf(page).toUpperCase() });
  assert.match(by_code.path, /^\/me\/wspolnie-do-celu\/ii\//);
  typed.close();

  const rows = await audit('signup.card');
  assert.equal(rows.length, 1);
  assert.ok(rows[0].person && rows[0].edition && signup.endsWith(rows[0].subject));
  assert.ok(!JSON.stringify(rows).includes(address.slice(3)));
});

test('a new card ends the earlier one, and whoever is signed in by it; the page says so before', async () => {
  const signup = await addSignup('Stowarzyszenie Trzy Mosty', 'mosty@example.org');
  const first = await makeCard(ola, signup);
  const { person } = await signedInWith(first.address);
  assert.ok(await isIn(person));
  const second = await makeCard(ola, signup);
  assert.match(second.question.text, /ostatnio użyta .* zostanie wylogowany/);
  assert.match(second.question.text, /Napiszemy na mosty@example\.org/);
  assert.ok(!await isIn(person), 'who holds the old card is still signed in');
  const gone = await person.get(first.address);
  assert.equal(gone.status, 404);
  assert.ok(gone.links.includes('/s') && gone.links.includes('/sign-in'), 'a dead card is a dead end');
  const later = await signedInWith(second.address);
  assert.ok(await isIn(later.person));
  person.close();
  later.person.close();

  const mail = await ola.get(`${staff}/mail?q=mosty`);
  const letters = mail.links.filter((link) => /\/mail\/[0-9a-z]{13}$/.test(link));
  const texts = await Promise.all(letters.map(async (link) => (await ola.get(link)).text));
  const told = texts.filter((text) => /Zrobiliśmy kartę/.test(text));
  assert.equal(told.length, 2);
  assert.equal(told.filter((text) => /Wcześniejsza karta już nie działa/.test(text)).length, 2); // the form's was the first
  for (const text of told) assert.doesNotMatch(text, /\/s\/[0-9a-z]{20}/);
});

test('for a contact from paper, who has no card yet, none is ended', async () => {
  const add = await ola.get(`${staff}/sign-ups/add`);
  const added = await ola.submit(add.form('/add'), { organisation: 'Koło z Papieru', name: 'Adam Papierowy', email: 'papier@example.org', people: '2' });
  const { question, address } = await makeCard(ola, added.path.split('?')[0]);
  assert.match(question.text, /Żadna karta tej osoby teraz nie działa/);
  assert.equal((await visitor().get(address)).status, 200);
  const mail = await ola.get(`${staff}/mail?q=papier`);
  const letter = await ola.get(mail.links.find((link) => /\/mail\/[0-9a-z]{13}$/.test(link)));
  assert.match(letter.text, /Zrobiliśmy kartę/);
  assert.doesNotMatch(letter.text, /Wcześniejsza karta/);
  const without = await ola.submit((await ola.get(`${staff}/sign-ups/add`)).form('/add'), { organisation: 'Koło Bez Osoby', people: '2' });
  assert.equal((await ola.get(`${without.path.split('?')[0]}/card`)).status, 404, 'a card for nobody');
});

test('a card that was made meanwhile is not ended unseen, and a second press ends nothing', async () => {
  const signup = await addSignup('Klub Pod Wiaduktem', 'wiadukt@example.org');
  const stale = (await ola.get(`${signup}/card`)).form('/card');
  const { address } = await makeCard(ola, signup);
  const late = await ola.send(stale);
  assert.equal(late.status, 409);
  assert.equal(addressOf(late), undefined);
  assert.match(late.text, /ktoś zrobił kartę/);
  assert.equal((await visitor().get(address)).status, 200, 'the card that was made meanwhile is dead');

  const question = await ola.get(`${signup}/card`);
  const form = question.form('/card');
  const made = await ola.send(form);
  const again = await ola.send(form); // the same press once more
  assert.equal(again.status, 303);
  assert.equal((await visitor().get(addressOf(made))).status, 200, 'a double press has ended the card it made');
});

test('a receipt carries no secret: it leads to a page that asks who is there', async () => {
  await addSignup('Fundacja Jasna Przystań', 'jasna@example.org');
  const mail = await ola.get(`${staff}/mail?q=jasna`);
  const letter = await ola.get(mail.links.find((link) => /\/mail\/[0-9a-z]{13}$/.test(link)));
  assert.doesNotMatch(letter.html, /\/s\/[0-9a-z]/);
  assert.match(letter.text, /http\S+\/me\//);
});

test('who typed the e-mail of another first gets into nothing of theirs', async () => {
  const stranger = visitor(), victim = visitor();
  const shown = await signUp(stranger, { ...answersOf('Klub Obcy'), email: 'biuro@prawdziwa.example' });
  const { person: held } = await signedInWith(addressOf(shown));
  await signUp(victim, { ...answersOf('Prawdziwa Fundacja Lasu'), email: 'biuro@prawdziwa.example' });
  const own = await held.get('/me');
  assert.match(own.text, /Klub Obcy/);
  assert.doesNotMatch(own.text, /Lasu/);
  assert.ok(!own.links.includes('/me/password'), 'a password is offered that cannot be set');
  const mail = await ola.get(`${staff}/mail?q=prawdziwa`); // the newest first
  const letter = await ola.get(mail.links.find((link) => /\/mail\/[0-9a-z]{13}$/.test(link)));
  const [, theirs] = /http[^/]*\/\/[^/]+(\/me\/\S+)/.exec(letter.text);
  assert.match(letter.text, /Prawdziwa Fundacja Lasu/);
  assert.ok([403, 404].includes((await held.get(theirs)).status), theirs);
  assert.equal((await held.get('/me/password')).forms.some((form) => form.control('password')), false, 'a password could be set');
  // Nor by signing up under the other's name: who holds a card does not act for what it does not open.
  const again = await signUp(held, { ...answersOf('Prawdziwa Fundacja Lasu'), email: 'inny@organizacja.example' });
  assert.doesNotMatch(again.text, /Jesteście już zgłoszeni/);
  assert.ok(!again.links.some((link) => theirs.startsWith(link) && link.startsWith('/me/')), again.links.join(' '));
  for (const one of [stranger, victim, held]) one.close();
});

test('no card for who helps to run the gathering, nor for somebody of another series', async () => {
  const signup = await addSignup('Koło Drzwi', 'drzwi@example.org');
  await helper(ola, 'drzwi@example.org', 'door');
  const refused = await ola.get(`${signup}/card`);
  assert.match(refused.text, /pomaga prowadzić spotkanie/);
  assert.ok(refused.links.includes(`${staff}/settings/people`));
  assert.equal(refused.forms.filter((form) => form.action.endsWith('/card')).length, 0);
  const forced = await ola.post(`${signup}/card`, { once: onceKey(), seen: '0000000000000' });
  assert.equal(forced.status, 403);
  assert.equal(addressOf(forced), undefined);

  const own = await addSignup('Koło Właścicielki', 'ola@urzad.example');
  assert.match((await ola.get(`${own}/card`)).text, /to Wy/);

  // A coordinator of this series alone, and a contact who takes part in another.
  await runWell(['series', 'add', 'Drugi cykl', '--slug', 'drugi', '--phone', '+48 12 345 67 80'], { folder });
  await runWell(['edition', 'add', 'drugi', '--slug', 'i', '--number', '1', '--date', '2099-07-11'], { folder });
  await runWell(['edition', 'state', 'drugi/i', 'call_open'], { folder });
  const { link } = await helper(ola, 'jan@urzad.example', 'coordinator');
  const jan = (await signedInWith(addressOf(await madeLink(ola, link)))).person;
  const shared = await addSignup('Fundacja Obustronna', 'obie@example.org');
  assert.ok(addressOf((await makeCard(jan, shared)).page), 'a coordinator may not make a card for a contact of their own');
  const both = visitor();
  await both.submit((await both.get((await makeCard(jan, shared)).address)).form(/\/s\//));
  await signUp(both, { ...answersOf('Fundacja Obustronna'), email: 'obie@example.org' }, '/drugi/i');
  const elsewhere = await jan.get(`${shared}/card`);
  assert.match(elsewhere.text, /w innym cyklu/);
  assert.equal((await jan.post(`${shared}/card`, { once: onceKey(), seen: '0000000000000' })).status, 403);
  assert.equal((await ola.get(`${shared}/card`)).forms.filter((form) => form.action.endsWith('/card')).length, 1, 'the owner may');

  // Nor may they end what that contact came in by, with a role that is given and taken again.
  assert.ok(await isIn(both));
  const give = async (by) => by.send((await by.get(`${staff}/settings/people`)).form('/people'), { name: 'Obie', email: 'OBIE@example.org', role: 'door' });
  const given = await give(jan);
  assert.equal(given.status, 422);
  assert.match(given.text, /do czynienia z innym cyklem/);
  assert.ok(await isIn(both), 'a coordinator of one series signs out who takes part in another');
  assert.equal((await give(ola)).status, 303, 'the owner may');
  assert.ok(!await isIn(both), 'what was opened before leads to what staff may do');
  both.close();

  // Nor by somebody who coordinates nothing here, nor for a sign-up of another edition.
  const foreign = await jan.get(`/drugi/i/staff/sign-ups/${shared.split('/').pop()}/card`);
  assert.equal(foreign.status, 403);
  assert.equal((await ola.get(`/drugi/i/staff/sign-ups/${shared.split('/').pop()}/card`)).status, 404);
  jan.close();
});

// ---- links for helpers ----------------------------------------------------------------------------------------

test('a second coordinator comes in by a link, where no message can leave', async () => {
  const { given, link } = await helper(ola, 'ewa@urzad.example', 'coordinator');
  assert.match(given.text, /ewa: rola nadana\. Poczta stąd jeszcze nie wychodzi/);
  assert.ok(link);
  const page = await madeLink(ola, link);
  const address = addressOf(page);
  assert.match(address, /^\/sign-in\/[0-9a-z]{26}$/);
  assert.equal(codeOf(page), undefined);

  const ewa = visitor();
  const press = await ewa.get(address);
  assert.equal(press.status, 200);
  assert.ok(!await isIn(ewa), 'opening the link is enough');
  const set = await ewa.submit(press.form(address));
  assert.match(set.path, /^\/me\/password\?first=1/);
  assert.ok(set.links.includes('/me'), 'no way past the password');
  const done = await ewa.submit(set.form('/me/password'), { password: 'trzy zwykłe słowa razem' });
  assert.match(done.text, /Hasło zostało ustawione|hasło/i);
  assert.ok(done.links.includes('/me'));
  assert.equal((await ewa.get(staff)).status, 200);

  const other = visitor();
  assert.equal((await other.get(address)).status, 410, 'the link works twice');
  const sign_in = await other.get('/sign-in/password?to=%2Fme');
  const home = await other.submit(sign_in.form('/password'), { email: 'ewa@urzad.example', password: 'trzy zwykłe słowa razem' });
  assert.equal(home.path, '/me');
  for (const typed of [' EWA@urzad.example. ', 'mailto:ewa@URZAD.example,']) { // as telephones write it; each is cleaned as in any form
    const someone = visitor();
    const page = await someone.submit((await someone.get('/sign-in/password')).form('/password'), { email: typed, password: 'trzy zwykłe słowa razem' });
    assert.equal(page.path, '/me', `"${typed}" is not found`);
    someone.close();
  }
  const rows = await audit('person.link');
  assert.ok(rows.length >= 1 && rows.every((row) => row.person));

  // She may bring in one more by herself, but not open the account of who coordinates already, nor the owner's.
  const third = await helper(ewa, 'iga@urzad.example', 'coordinator');
  const iga = (await signedInWith(addressOf(await madeLink(ewa, third.link)))).person;
  assert.ok(await isIn(iga));
  assert.match((await ewa.get(third.link)).text, /już tu koordynowała/);
  assert.equal((await ewa.post(third.link, { once: onceKey() })).status, 403);
  assert.ok(addressOf(await madeLink(ola, third.link)), 'the owner may');
  const told = await ola.get(`${staff}/mail?q=iga`);
  assert.match(told.text, /Odnośnik do zalogowania dla Was/);
  for (const one of [ewa, other, iga]) one.close();
});

test('a newer link ends the earlier one; a link is for who helps here alone', async () => {
  const { link } = await helper(ola, 'kuchnia@example.org', 'kitchen');
  const first = addressOf(await madeLink(ola, link)), second = addressOf(await madeLink(ola, link));
  assert.equal((await visitor().get(first)).status, 410);
  const { person } = await signedInWith(second);
  assert.ok(await isIn(person));
  person.close();
  const id = link.split('/').at(-2);
  assert.equal((await ola.get(`/drugi/i/staff/settings/people/${id}/link`)).status, 404);
  const people = await ola.get(`${staff}/settings/people`);
  const take = people.forms.find((form) => form.action.endsWith('/take') && form.control('person').value === id);
  await ola.submit(take);
  assert.equal((await ola.get(link)).status, 404);
});

test('a button pressed twice leads in, though the first answer never came', async () => {
  const { link } = await helper(ola, 'dwa@urzad.example', 'stage');
  const address = addressOf(await madeLink(ola, link));
  const someone = visitor();
  const form = (await someone.get(address)).form(address);
  assert.equal((await someone.send(form)).status, 303);
  const kept = someone.cookies.get('session');
  someone.cookies.delete('session'); // a browser drops the answer to the first press
  const second = await someone.send(form);
  assert.match(second.location, /^\/me\/password/);
  assert.ok(await isIn(someone), 'the link is used up and nobody is in');
  someone.cookies.set('session', kept); // or it had kept the cookie already
  assert.equal((await someone.send(form)).location, second.location);
  const other = visitor();
  assert.equal((await other.get(address)).status, 410, 'the link works for who never had its form');
  for (const one of [someone, other]) one.close();
});

test('a hall behind one address presses its cards at once', async () => {
  const { address } = await makeCard(ola, await addSignup('Koło z Sali'));
  const presses = await Promise.all(Array.from({ length: 40 }, () => visitor()).map(async (one) => {
    one.address = '127.9.9.9';
    const page = await one.send((await one.get(address)).form(address));
    one.close();
    return page.status;
  }));
  assert.deepEqual([...new Set(presses)], [303]);
});

test('the one who runs the program makes a link in the terminal', async () => {
  assert.equal((await run(['person', 'link', 'nikt@example.org'], { folder })).status, 1);
  const { link } = await runWell(['person', 'link', 'OLA@urzad.example', '--json', '--base-url', `${program.base}/`], { folder });
  assert.ok(link.startsWith(`${program.base}/sign-in/`));
  const someone = visitor();
  await someone.signIn(link);
  assert.ok(await isIn(someone));
  someone.close();
  const odd = await run(['person', 'link', 'ola@urzad.example', '--base-url', 'https://urzad.example/wspolnie'], { folder });
  assert.equal(odd.status, 2);
  assert.match(odd.stderr, /"https:\/\/urzad\.example\/wspolnie"/);
  const plain = await run(['person', 'link', 'ola@urzad.example'], { folder });
  assert.match(plain.stdout, /^http:\/\/127\.0\.0\.1:8080\/sign-in\/[0-9a-z]{26}\n$/);
  assert.match(plain.stderr, /within an hour/);
});

// ---- where no message can leave --------------------------------------------------------------------------------

test('nobody is told to wait for a message that cannot come', async () => {
  const someone = visitor();
  const page = await someone.get(`/sign-in?to=${encodeURIComponent(`${path}/programme`)}`);
  assert.equal(page.forms.length, 0);
  assert.ok(page.links.includes('/s'));
  const password = page.links.find((link) => link.startsWith('/sign-in/password'));
  assert.match(password, /to=%2Fwspolnie-do-celu/, 'where one wanted to go is lost');
  assert.match(page.html, /tel:\+48123456789/, 'no number to ring');
  assert.doesNotMatch((await someone.get(password)).text, /Zalogujcie się wiadomością/);
  const sent = await someone.post('/sign-in', { once: onceKey(), email: 'ola@urzad.example', to: '/me' });
  assert.equal(sent.status, 303);
  assert.match(sent.location, /^\/sign-in\?to=/);
  someone.close();
});

// ---- guesses ------------------------------------------------------------------------------------------------------

const guess = async (who, email, password) => {
  const page = await who.get('/sign-in/password');
  return who.send(page.form('/password'), { email, password });
};

test('guesses are bounded for an account from many places, told alike for nobody, and a known browser comes in', async () => {
  const email = 'ewa@urzad.example', right = 'trzy zwykłe słowa razem';
  const known = visitor();
  assert.equal((await guess(known, email, right)).status, 303);
  await known.submit((await known.get('/me')).form('/sign-out'));
  assert.ok(!await isIn(known));

  const statuses = { [email]: [], 'nikt@urzad.example': [] };
  for (let turn = 0; turn < 22; turn++) for (const one of Object.keys(statuses)) {
    const someone = visitor(); // each from an address of its own
    statuses[one].push((await guess(someone, one, `zgaduję ${turn}`)).status);
    someone.close();
  }
  assert.deepEqual(statuses[email], statuses['nikt@urzad.example'], 'the answers tell who exists');
  assert.deepEqual([...new Set(statuses[email])], [422, 429]);
  const stranger = visitor();
  const waits = await guess(stranger, email, right);
  assert.equal(waits.status, 429, 'the right password is taken from a stranger who should wait');
  assert.ok(Number(waits.headers['retry-after']) >= 1);
  assert.match(waits.text, /Za dużo błędnych haseł/);
  assert.equal(waits.form('/password').control('email').value, email, 'what was typed is lost');
  assert.equal((await guess(known, email, right)).status, 303, 'a known browser is kept out');
  stranger.close();
  known.close();
});

test('many guesses at once are no way around it, nor is a new start of the program', async () => {
  const email = 'pusty@urzad.example';
  const someone = visitor();
  const keys = Array.from({ length: 12 }, () => onceKey());
  const answers = await Promise.all(keys.map((once) => someone.post('/sign-in/password', { once, email, password: 'cokolwiek innego' })));
  assert.equal(answers.filter((answer) => answer.status === 422).length, 5, `${answers.map((answer) => answer.status)}`);
  assert.equal(answers.filter((answer) => answer.status === 429).length, 7);
  assert.equal((await someone.post('/sign-in/password', { once: keys[0], email, password: 'x' })).status, 303, 'a key is used twice');
  await program.stop();
  program = await start(['serve', '--quiet'], { folder });
  const again = new Visitor(program.base, { address: someone.address });
  assert.equal((await guess(again, email, 'cokolwiek innego')).status, 429);
  someone.close();
  again.close();
});
