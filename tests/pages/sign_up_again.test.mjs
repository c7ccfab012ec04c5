// SPDX-License-Identifier: EUPL-1.2
// Signing up beside the ordinary way: late by a link, as last time, confirmed again, on paper; and the queue's reasons.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { answersOf, comeIn, edition, emailOf, fillIn, makeGathering, path, signUp, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia'];
let folder, program, ola, ewa;

const cli = (...words) => runWell([...words, '--edition', edition], { folder });
const list = () => cli('signups', 'list', '--json');
const stateOf = async (name) => (await list()).find((one) => one.organisation === name)?.state;
const state = (to) => runWell(['edition', 'state', edition, to], { folder });

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  await signUpAll(program, names);
  ewa = await comeIn(program, names[0]);
});
after(async () => {
  for (const visitor of [ola, ewa]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

async function makeLateLink(values) {
  const page = await ola.get(`${staff}/sign-ups/late`);
  const made = await ola.send(page.forms.find((form) => form.control('often')), values);
  assert.equal(made.status, 200, made.text);
  return made.links.find((link) => /\/sign-up\?late=/.test(link));
}

/** From the link to the receipt, or the page that refuses. */
async function signUpLate(link, name) {
  const visitor = new Visitor(program.base);
  let page = await visitor.get(link);
  for (let pages = 0; pages < 9 && page.status === 200; pages++) {
    const form = page.forms.find((one) => one.method === 'POST' && /\/sign-up(\?late=\w+|\/\w+\/(?!sent)\w+)$/.test(one.action));
    if (!form) break;
    page = await visitor.submit(form, fillIn(form, answersOf(name)));
  }
  visitor.close();
  return page;
}

test('late: a link for one opens the form once, and ends', async () => {
  await state('call_closed');
  const closed = await new Visitor(program.base).get(`${path}/sign-up`);
  assert.match(closed.text, /Zgłoszenia są zamknięte|Zgłoszenia zamknięte/);
  const link = await makeLateLink({ often: 'once', days: '3' });
  assert.match((await signUpLate(link, 'Koło Spóźnione')).text, /Dziękujemy, mamy Wasze zgłoszenie/);
  assert.equal(await stateOf('Koło Spóźnione'), 'new');
  assert.doesNotMatch((await signUpLate(link, 'Koło Drugie Spóźnione')).text, /Dziękujemy/);
  assert.equal(await stateOf('Koło Drugie Spóźnione'), undefined);
  assert.doesNotMatch((await signUpLate(`${path}/sign-up?late=${'0'.repeat(26)}`, 'Koło Zgadujące')).text, /Dziękujemy/);
});

test('late: a link for many works until it is ended, and a form begun with it too', async () => {
  const link = await makeLateLink({ often: 'many', days: '1' });
  for (const name of ['Koło Późne A', 'Koło Późne B']) assert.match((await signUpLate(link, name)).text, /Dziękujemy/);
  const visitor = new Visitor(program.base);
  const first = await visitor.get(link);
  const begun = await visitor.submit(first.forms.find((one) => one.control('organisation')), { organisation: 'Koło W Połowie' });
  const page = await ola.get(`${staff}/sign-ups/late`);
  assert.match(page.text, /użyto 2 razy/);
  assert.equal((await ola.send(page.form('/late/end'))).status, 303);
  const next = await visitor.send(begun.forms.find((one) => one.control('phone')), { name: 'Jan', phone: '600 100 200', email: '' });
  assert.equal(next.status, 409);
  visitor.close();
  assert.equal((await ewa.ask('GET', `${staff}/sign-ups/late`)).status, 403);
  await state('call_open');
});

test('everybody who is accepted confirms again, each with one press', async () => {
  for (const name of names.slice(0, 2)) await cli('signups', 'accept', name);
  const where = `${staff}/sign-ups/confirm`;
  assert.ok((await ola.get(where)).links.includes(`${where}?who=all`));
  const page = await ola.get(`${where}?who=all`), late = await ola.get(`${where}?who=all`);
  assert.match(page.text, /2 listy/);
  assert.equal((await ola.send(page.form('/sign-ups/confirm'))).status, 303);
  assert.match((await ola.get(`${staff}/sign-ups/confirm`)).text, /Potwierdzone: 0 z 2/);
  assert.match((await ola.get(staff)).text, /2 organizacje nie potwierdziły jeszcze/);
  assert.match((await ewa.get(ewa.home)).text, /Czy nadal przyjdziecie\?/);
  const asked = await ewa.get(`${ewa.home}/sign-up/confirm`);
  assert.equal((await ewa.send(asked.form('/confirm'))).status, 303);
  assert.match((await ewa.get(`${ewa.home}/sign-up/confirm`)).text, /Dziękujemy, już wiemy/);
  assert.ok(!(await ewa.get(ewa.home)).text.includes('Czy nadal przyjdziecie?'));
  const told = await ola.get(`${staff}/sign-ups/confirm`);
  assert.match(told.text, /Potwierdzone: 1 z 2/);
  await ola.send(late.form('/sign-ups/confirm')); // a second press, of somebody else: no answer is lost, nothing is sent
  assert.match((await ola.get(where)).text, /Potwierdzone: 1 z 2/);
  assert.ok(told.links.includes(`${where}?who=rest`));
  const rest = await ola.get(`${where}?who=rest`);
  assert.match(rest.text, /1 list\b/);
  assert.equal((await ola.send(rest.form('/sign-ups/confirm'))).status, 303);
  assert.match((await ola.get(where)).text, /Potwierdzone: 1 z 2/, 'who has said yes is left in peace');
  assert.equal((await ola.send(told.form('/confirmed'))).status, 303, 'they said so by telephone');
  assert.match((await ola.get(`${staff}/sign-ups/confirm`)).text, /Potwierdzone: 2 z 2/);
  const mail = await ola.get(`${staff}/mail`);
  assert.equal((mail.text.match(/Czy nadal przyjdziecie\?/g) ?? []).length, 3);
});

test('a yes is said to the day that was read: where it has changed meanwhile, both are shown and nothing is said', async () => {
  const all = await ola.get(`${staff}/sign-ups/confirm?who=all`);
  assert.equal((await ola.send(all.form('/sign-ups/confirm'))).status, 303);
  const page = await ewa.get(`${ewa.home}/sign-up/confirm`), list = await ola.get(`${staff}/sign-ups/confirm`);
  await runWell(['edition', 'set', edition, '--date', '2099-06-18'], { folder });
  const late = await ewa.send(page.form('/confirm'));
  assert.equal(late.status, 409);
  assert.match(late.text, /Gdy ta strona się otwierała, było na niej: .*11 czerwca 2099/);
  assert.match(late.text, /18 czerwca 2099/);
  assert.match((await ewa.get(`${ewa.home}/sign-up/confirm`)).text, /Czy nadal przyjdziecie\?/);
  const noted = await ola.follow(await ola.send(list.form('/confirmed')));
  assert.match(noted.text, /Nic nie zapisaliśmy: w międzyczasie zmienił się dzień albo miejsce/);
  assert.match(noted.text, /Potwierdzone: 0 z 2/);
  assert.equal((await ewa.send(late.form('/confirm'))).status, 303);
  assert.match((await ewa.get(`${ewa.home}/sign-up/confirm`)).text, /Dziękujemy, już wiemy/);
  assert.equal((await ola.send(noted.form('/confirmed'))).status, 303);
  assert.match((await ola.get(`${staff}/sign-ups/confirm`)).text, /Potwierdzone: 2 z 2/);
});

test('the queue: which place, since when, and why', async () => {
  for (const name of [names[2], 'Koło Spóźnione']) await cli('signups', 'wait', name);
  const trzecia = await comeIn(program, names[2]);
  const page = await trzecia.get(`${trzecia.home}/sign-up`);
  assert.match(page.text, /Jesteście 1\. w kolejce, czekacie od: .*Nikt nie czeka dłużej/);
  trzecia.close();
  const before_it = await list();
  assert.equal(before_it.filter((one) => one.state === 'waiting').length, 2);
});

test('withdrawn with one press from the page that asks', async () => {
  const druga = await comeIn(program, names[1]);
  const page = await druga.get(`${druga.home}/sign-up/withdraw`);
  assert.match(page.text, /zdecyduje koordynator/);
  assert.equal((await druga.send(page.form('/withdraw'))).status, 303);
  assert.match((await druga.get(`${druga.home}/sign-up`)).text, /zostaje u organizatora[^]*Zmieniliście zdanie\?/);
  assert.equal(await stateOf(names[1]), 'withdrawn');
  druga.close();
});

test('from paper: one page, and it says where it came from', async () => {
  const page = await ola.get(`${staff}/sign-ups/add`);
  const added = await ola.send(page.form('/add'), { organisation: 'Koło z Kartki', name: 'Anna', phone: '600 700 800', people: '4' });
  assert.equal(added.status, 303);
  assert.match((await ola.get(added.location)).text, /z papieru albo przez telefon/);
});

test('same as last time: one page, one answer, and only what is new is asked', async () => {
  await runWell(['edition', 'add', 'wspolnie-do-celu', '--slug', 'iii', '--number', '3', '--date', '2100-06-11', '--from', '14:00', '--to', '19:00'], { folder });
  await runWell(['edition', 'state', 'wspolnie-do-celu/iii', 'call_open'], { folder });
  const next = path.replace('/ii', '/iii');
  const home = ewa.home.replace('/ii/', '/iii/');
  assert.match((await ewa.get(`${next}/sign-up`)).text, /Fundacja Pierwsza: byliście już z nami/);
  assert.match((await ewa.get(home)).text, /Tak samo jak ostatnio/);
  const page = await ewa.get(`${home}/sign-up/same`);
  assert.match(page.text, new RegExp(emailOf(names[0])));
  const form = page.form('/sign-up/same');
  assert.deepEqual(form.controls.filter((one) => one.type !== 'hidden' && one.name).map((one) => one.name), ['people', 'invites']);
  const wrong = await ewa.send(form, { people: 'wszyscy' });
  assert.equal(wrong.status, 422);
  const sent = await ewa.send(form, { people: '3' });
  assert.equal(sent.status, 303, sent.text);
  const signups = await runWell(['signups', 'list', '--edition', 'wspolnie-do-celu/iii', '--json'], { folder });
  assert.deepEqual(signups.map((one) => [one.organisation, one.people, one.state]), [[names[0], 3, 'new']]);
  assert.notEqual((await ewa.get(`${home}/sign-up/same`)).path, `${home}/sign-up/same`, 'not twice');
  const stranger = await comeIn(program, names[2]);
  assert.equal((await stranger.ask('GET', `${home}/sign-up/same`)).status, 403);
  assert.ok(!(await new Visitor(program.base).get(`${next}/sign-up`)).text.includes('byliście'), 'nobody else is told');
  stranger.close();
});

test('a form that was begun is gone on with on another device', async () => {
  const here = new Visitor(program.base), there = new Visitor(program.base);
  const first = await here.get(`${path}/sign-up`);
  const begun = await here.submit(first.forms.find((one) => one.control('organisation')), { organisation: 'Koło na Dwóch Telefonach' });
  const later = await here.get(begun.links.find((one) => /\/later$/.test(one)));
  assert.equal(later.status, 200);
  assert.match(later.html, /<svg class="qr"/);
  const address = later.links.find((one) => /\/sign-up\/\w+\/contact$/.test(one));
  const page = await there.get(address);
  assert.ok(page.forms.some((one) => one.control('phone')), page.text);
  for (const visitor of [here, there]) visitor.close();
});

test('full: the queue is explained on the public page, in the form, on the receipt and in the letter, in three languages', async () => {
  await state('call_open');
  await runWell(['edition', 'set', edition, '--places', '1'], { folder });
  const id = (await list()).find((one) => one.state === 'new').id;
  await cli('signups', 'accept', id);
  const words = {
    pl: [/można się zgłosić i czekać w kolejce/, /O kolejności decyduje tylko czas/, /proponujemy je pierwszej organizacji w kolejce/, /nadal czekacie/],
    uk: [/можна подати заявку й чекати в черзі/, /Порядок визначає лише час/, /пропонуємо його першій організації в черзі/, /ви й далі чекаєте/],
    en: [/wait in a queue, in order of time/, /The order is that of time alone/, /offered to the first in the queue/, /you are still waiting/],
  };
  for (const [language, [fact, ...queue]] of Object.entries(words)) {
    const visitor = new Visitor(program.base);
    assert.match((await visitor.get(`${path}?lang=${language}`)).text, fact);
    let page = await visitor.get(`${path}/sign-up`);
    for (const one of queue) assert.match(page.text, one);
    const email = `kolejka-${language}@organizacja.example`;
    for (let pages = 0; pages < 9; pages++) {
      if (/\/check$/.test(page.path)) for (const one of queue) assert.match(page.text, one);
      const form = page.forms.find((one) => one.method === 'POST' && /\/sign-up(\/\w+\/(?!sent)\w+)?$/.test(one.action));
      if (!form) break;
      page = await visitor.submit(form, fillIn(form, { ...answersOf(`Koło Czekające ${language}`), email }));
    }
    for (const one of queue) assert.match(page.text, one);
    const mails = await ola.get(`${staff}/mail?q=${encodeURIComponent(email)}`);
    const letter = await ola.get(/href="([^"]*\/mail\/[0-9a-z]{13})"/.exec(mails.html)[1]);
    for (const one of queue) assert.match(letter.text, one);
    visitor.close();
  }
});
