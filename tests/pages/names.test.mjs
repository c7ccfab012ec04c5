// SPDX-License-Identifier: EUPL-1.2
// Who is named in public, from outside: of the demo gathering three organisations have not agreed, each for a reason of
// its own. No public page, calendar or kept copy says their names, but for what one of them offered itself; staff read
// them beside; consents and withdrawals change the pages at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, start } from '../program.mjs';
import { signUp } from '../reliability/gathering.mjs';
import { discover, readRoutes } from '../reliability/routes.mjs';
import { demoPeople } from '../reliability/signed_in.mjs';

const series = '/wspolnie-do-celu-przyklad', edition = `${series}/ii`, past = `${series}/i`, staff = `${edition}/staff`;
const withdrew = 'Srebrny Rower', notConfirmed = 'Klub Rozmów Bez Słownika', neverAgreed = 'Zespół Taneczny Kręć Się';
const hidden = [withdrew, notConfirmed, neverAgreed];
const offered = 'Kręć się, kręć'; // the dance that the last of them offered itself
let folder, program, people, anyone;

before(async () => {
  folder = await makeFolder();
  program = await start(['demo'], { folder });
  people = await demoPeople(program);
  anyone = new Visitor(program.base);
});

after(async () => {
  for (const visitor of [...Object.values(people ?? {}), anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const decodeCalendar = (page) => page.html.replaceAll('\r\n ', '').replaceAll('\\,', ',');
const rowOf = (page, title) => page.html.slice(page.html.indexOf(`>${title}<`)).split('</li>')[0];
const signUpOf = async (name) => {
  const list = await people.coordinator.get(`${staff}/sign-ups?q=${encodeURIComponent(name)}`);
  return list.links.find((link) => /\/staff\/sign-ups\/[0-9a-z]{13}$/.test(link));
};
/** The form that writes down a consent ("give"), or its withdrawal. */
const listingForm = (page, what) => page.forms.find((form) => form.action.endsWith('/listing') && form.html.includes(`value="${what}"`));
const listingStatus = (page) => /id="in-public"[\s\S]*?<\/section>/.exec(page.html)[0];

// ---- everybody ------------------------------------------------------------------------------------------------------

test('no public page says a name that is not to be said, in any language', async () => {
  const routes = await readRoutes();
  for (const language of ['pl', 'en', 'uk']) {
    const visitor = new Visitor(program.base, { language });
    const { paths } = await discover(routes, { visitor });
    const found = new Set([...paths.values()].flat());
    for (const one of [edition, past])
      for (const path of ['', '/programme', '/programme.ics', '/rounds', '/potluck', '/organisations']) found.add(one + path);
    for (const one of [edition, past])
      for (const link of (await visitor.get(`${one}/programme`)).links.filter((link) => /\/programme\/\w+$/.test(link))) found.add(link);
    assert.ok(found.size > 50, `only ${found.size} pages`);
    for (const path of found) {
      const page = await visitor.get(path);
      const text = page.html.replace(/\r\n /g, '');
      assert.ok(!text.includes(withdrew), `${path} in ${language} says ${withdrew}`);
      assert.ok(!text.includes(notConfirmed), `${path} in ${language} says ${notConfirmed}`);
      // It danced, and dances: both times what it offered stands under its name.
      if (/\/programme|^\/wspolnie-do-celu-przyklad\/ii?$/.test(path)) continue;
      assert.ok(!text.includes(neverAgreed), `${path} in ${language} says ${neverAgreed}`);
    }
    visitor.close();
  }
});

test('what is left says as much as it can: the hour, the title, the tables', async () => {
  const programme = await anyone.get(`${edition}/programme`);
  assert.match(rowOf(programme, 'Wieczór, na którym wolno robić błędy'), /organizacja/);
  assert.match(rowOf(programme, offered), new RegExp(neverAgreed));
  const item = await anyone.get(/href="([^"]+)"[^>]*>Wieczór, na którym/.exec(programme.html)[1]);
  assert.match(item.text, /Wieczór, na którym wolno robić błędy organizacja/);
  const calendar = decodeCalendar(await anyone.get(`${edition}/programme.ics`));
  assert.match(calendar, /SUMMARY:organizacja: Wieczór, na którym wolno robić błędy/);
  assert.match(calendar, new RegExp(`SUMMARY:${neverAgreed}: ${offered}`));
  const rounds = await anyone.get(`${edition}/rounds`);
  const rows = [...rounds.html.matchAll(/<tr(?: id="letter-\d+")?><th scope="row"[^>]*>([\s\S]*?)<\/th>([\s\S]*?)<\/tr>/g)];
  assert.equal(rows.length, 70);
  assert.deepEqual(rows.map(([, name]) => name === 'organizacja').reduce((all, is, at) => is ? [...all, at] : all, []), [67, 68, 69]);
  for (const [, , tables] of rows.slice(67)) assert.equal([...tables.matchAll(/<td[^>]*>\d+<\/td>/g)].length, 5);
  assert.match(rounds.text, /3 organizacje na końcu listy są bez nazwy/);
  assert.match((await anyone.get(`${edition}/potluck`)).text, /organizacja/);
});

// ---- those who may know -----------------------------------------------------------------------------------------------

test('staff read the names beside, on the screen alone; the words for everybody are the same', async () => {
  for (const path of [`${edition}/programme`, `${edition}/rounds`, `${edition}/potluck`, `${past}/programme`]) {
    const [all, own] = [await anyone.get(path), await people.coordinator.get(path)];
    const beside = [...own.html.matchAll(/<span class="who screen-only">([^<]*) <span class="tag warm">nazwa ukryta<\/span><\/span>/g)].map(([, name]) => name);
    assert.ok(beside.length > 0 && beside.every((name) => hidden.includes(name)), `${path}: ${beside}`);
    const main = (page) => /<main[\s\S]*<\/main>/.exec(page.html)[0].replace(/<span class="who screen-only">.*?<\/span><\/span>/g, '').replace(/ data-\w+="[^"]*"/g, '');
    assert.equal(main(own).replace(/<p><a class="button" href="\/me[^<]*<\/a><\/p>/, ''), main(all));
  }
  const calendar = decodeCalendar(await people.coordinator.get(`${edition}/programme.ics`)); // it is passed on
  for (const name of [withdrew, notConfirmed]) assert.ok(!calendar.includes(name));
});

test('a representative reads the names of those it meets on its own page, and no others', async () => {
  for (const path of [`${edition}/programme`, `${edition}/rounds`, `${edition}/potluck`]) {
    const page = await people.representative.get(path);
    for (const name of [withdrew, notConfirmed]) assert.ok(!page.html.includes(name), path);
  }
  const mine = await people.representative.get(people.representative.home);
  assert.equal([...mine.html.matchAll(/<ol class="meetings">[\s\S]*?<\/ol>/g)].length, 1);
  assert.doesNotMatch(/<ol class="meetings">[\s\S]*?<\/ol>/.exec(mine.html)[0], /<h3[^>]*>organizacja</);
  const list = await people.coordinator.get(`${staff}/rounds/cards`); // and the hall's own list has them all
  const table = /id="a-z"[\s\S]*?<\/table>/.exec(list.html)[0];
  for (const name of hidden) assert.ok(table.includes(name), name);
});

// ---- the coordinator sees it coming, and mends it -------------------------------------------------------------------------

test('where something is published, the hidden names stand with their reasons', async () => {
  const publish = await people.coordinator.get(`${staff}/programme/publish`);
  const [, inProgramme] = /<section class="notice warm"[^>]*>([\s\S]*?)<\/section>/.exec(publish.html);
  assert.ok(inProgramme.includes(notConfirmed) && inProgramme.includes('jeszcze tego nie potwierdziła'));
  assert.ok(!inProgramme.includes(neverAgreed)); // it offered what stands there
  const rounds = await people.coordinator.get(`${staff}/rounds`);
  const [, atTables] = /<section class="notice warm"[^>]*>([\s\S]*?)<\/section>/.exec(rounds.html);
  for (const [name, why] of [[withdrew, 'wycofano'], [notConfirmed, 'nie potwierdziła'], [neverAgreed, 'Nie ma ich zgody']])
    assert.match(atTables, new RegExp(`/listing">${name}</a><br>[^<]*${why}`));
});

test('a name in the title is not hidden by hiding the name: the coordinator is told', async () => {
  const form = (await people.coordinator.get(`${staff}/programme/items/new`)).forms.find((one) => one.control('title'));
  const organisation = /<option value="([^"]+)"[^>]*>Zespół Taneczny Kręć Się</.exec(form.html)[1];
  const added = await people.coordinator.send(form, { kind: 'talk', title: `O nas: ${neverAgreed.toLowerCase()}`, organisation, duration: '3' });
  assert.equal(added.status, 303);
  const board = await people.coordinator.get(`${staff}/programme`);
  const [, item] = /<li id="i-(\w+)">(?:(?!<li )[\s\S])*?O nas: /.exec(board.html);
  const row = board.forms.find((one) => one.action.endsWith(`/${item}/move`) && one.control('section'));
  const talks = [...row.html.matchAll(/<option value="([^"]+)">([^<]*)</g)].find(([, , name]) => /część druga/.test(name));
  const moved = await people.coordinator.send(row, { section: talks[1], to: 'section' });
  assert.equal(moved.status, 303);
  const publish = await people.coordinator.get(`${staff}/programme/publish`);
  assert.match(publish.text, /w tekście jest nazwa Zespół Taneczny Kręć Się/);
  assert.match(publish.text, /2 organizacje będą tam bez nazwy/);
});

test('a consent told by telephone changes every page, and its withdrawal changes them back', async () => {
  const path = `${await signUpOf(withdrew)}/listing`;
  const title = 'Trzy koła wystarczą';
  const before = [await anyone.get(`${edition}/rounds`), await anyone.get(`${past}/programme`)]; // kept from now on
  let page = await people.coordinator.get(path);
  const words = /<blockquote[^>]*><p>([^<]*)</.exec(listingStatus(page))[1];
  const refused = await people.coordinator.send(listingForm(page, 'give'), { do: 'give' });
  assert.equal(refused.status, 422); // how they told us is a part of it
  assert.ok(!(await anyone.get(`${edition}/rounds`)).html.includes(withdrew));
  const stale = listingForm(await people.coordinator.get(path), 'give');
  const saved = await people.coordinator.send(listingForm(page, 'give'), { channel: 'phone', do: 'give' });
  assert.equal(saved.status, 303);
  page = await people.coordinator.get(path);
  assert.match(listingStatus(page), /Zgoda: Ewa Bajeczna, [^,]+, telefonicznie\./);
  assert.ok(listingStatus(page).includes(words));
  for (const [at, name] of [[`${edition}/rounds`, withdrew], [`${past}/programme`, withdrew], [`${edition}/organisations`, withdrew]])
    assert.ok((await anyone.get(at)).html.includes(name), at);
  assert.match(rowOf(await anyone.get(`${past}/programme`), title), new RegExp(withdrew));
  assert.match(decodeCalendar(await anyone.get(`${past}/programme.ics`)), new RegExp(`SUMMARY:${withdrew}: ${title}`));
  const late = await people.coordinator.send(stale, { channel: 'paper', do: 'give' }); // a colleague's page from before
  assert.equal(late.status, 409);
  assert.match(late.text, /Ktoś tymczasem zmienił dane/);
  const withdrawn = await people.coordinator.send(listingForm(page, 'withdraw'), { do: 'withdraw' });
  assert.equal(withdrawn.status, 303);
  const after = [await anyone.get(`${edition}/rounds`), await anyone.get(`${past}/programme`)];
  assert.deepEqual(after.map((one) => one.html), before.map((one) => one.html));
  assert.ok(!(await anyone.get(`${edition}/organisations`)).html.includes(withdrew));
  assert.match(listingStatus(await people.coordinator.get(path)), /Zgoda była; wycofano ją/);
});

// ---- who agrees ---------------------------------------------------------------------------------------------------------

const listed = (page) => page.control('is_listed').value;
/** Goes through the public form with a tick on being named; answers the last page and the words that were ticked. */
async function signUpListed(visitor, answers) {
  let words;
  const page = await signUp(new Proxy(visitor, {
    get(target, name) {
      if (name !== 'submit') return typeof target[name] === 'function' ? target[name].bind(target) : target[name];
      return (form, values) => {
        if (form.control('is_listed')) words = /<span>([^<]*)<\/span>/.exec(form.html.slice(form.html.indexOf('name="is_listed"')))?.[1];
        return target.submit(form, form.control('is_listed') ? { ...values, is_listed: listed(form) } : values);
      };
    },
  }), { name: 'Halina Próbna', people: '2', phone: '', email: '', ...answers }, edition);
  assert.equal(page.status, 200);
  return { page, words };
}
const emailOf = async (name) => (await people.coordinator.get(`${await signUpOf(name)}/edit`)).form(/\/edit$/).control('email').value;

test('a new contact agrees by ticking: the words they read are kept, with the way', async () => {
  const { words } = await signUpListed(new Visitor(program.base), { organisation: 'Nowi z Podwórka', phone: '600 100 201' });
  const status = listingStatus(await people.coordinator.get(`${await signUpOf('Nowi z Podwórka')}/listing`));
  assert.match(status, /Zgoda: Halina Próbna, [^,]+, w formularzu\./);
  assert.ok(words && status.includes(words), `${words}\n${status}`);
});

test('a stranger who types a known e-mail agrees for nobody; the person confirms it in one press', async () => {
  const email = await emailOf('Klub Seniora Trzeci Rozdział');
  const stranger = new Visitor(program.base);
  await signUpListed(stranger, { organisation: 'Ktoś Obcy', email });
  stranger.close();
  const path = await signUpOf('Ktoś Obcy');
  assert.match(listingStatus(await people.coordinator.get(path)), /osoba do kontaktu jeszcze tego nie potwierdziła/);
  const letters = await people.coordinator.get(`${staff}/mail?q=${encodeURIComponent(email)}`);
  const texts = await Promise.all(letters.links.filter((link) => /\/staff\/mail\/[0-9a-z]{13}$/.test(link))
    .map(async (link) => (await people.coordinator.get(link)).text));
  assert.match(texts.find((text) => text.includes('Ktoś Obcy')), /dopiero wtedy, gdy potwierdzicie to sami w „Moim spotkaniu”/);
  const own = (await people.representative.get('/me')).links.filter((link) => link.startsWith(`/me${edition}/`)).find((link) => link !== people.representative.home);
  const mine = await people.representative.get(own);
  assert.match(mine.text, /Czy możemy podać publicznie Waszą nazwę/);
  const question = await people.representative.get(`${own}/sign-up/listing`);
  assert.doesNotMatch(question.html, /checked|<input type="checkbox"/);
  const form = question.form(/\/listing$/);
  const neither = await people.representative.send(form, { answer: 'maybe' });
  assert.equal(neither.status, 422);
  const answered = await people.representative.send((await people.representative.get(`${own}/sign-up/listing`)).form(/\/listing$/), { answer: 'yes' });
  assert.equal(answered.status, 303);
  assert.match(listingStatus(await people.coordinator.get(path)), /Zgoda: Halina Przykładna, [^,]+, w formularzu\./);
  assert.doesNotMatch((await people.representative.get(own)).text, /Czy możemy podać publicznie/);
  assert.equal((await people.representative.ask('GET', `${own}/sign-up/listing`)).status, 303); // nothing is asked any more
});

test('who says no is not asked again, and is not named', async () => {
  const email = await emailOf('Klub Seniora Trzeci Rozdział');
  const stranger = new Visitor(program.base);
  await signUpListed(stranger, { organisation: 'Ktoś Drugi', email });
  stranger.close();
  const path = await signUpOf('Ktoś Drugi');
  const places = (await people.representative.get('/me')).links.filter((link) => link.startsWith(`/me${edition}/`));
  let own;
  for (const place of places) if ((await people.representative.get(place)).text.includes('Ktoś Drugi')) own = place;
  const question = await people.representative.get(`${own}/sign-up/listing`);
  await people.representative.send(question.form(/\/listing$/), { answer: 'no' });
  assert.doesNotMatch((await people.representative.get(own)).text, /Czy możemy podać publicznie/);
  assert.match(listingStatus(await people.coordinator.get(path)), /Nie ma ich zgody/);
  for (const other of [anyone, people.other]) // nobody else answers for them
    assert.notEqual((await other.ask('GET', `${own}/sign-up/listing`)).status, 200);
});

test('somebody signed in as themselves agrees at once', async () => {
  const email = await emailOf('Klub Seniora Trzeci Rozdział');
  await signUpListed(people.representative, { organisation: 'Nasza Druga Grupa', email: email.toUpperCase() });
  assert.match(listingStatus(await people.coordinator.get(await signUpOf('Nasza Druga Grupa'))), /Zgoda: Halina Przykładna, [^,]+, w formularzu\./);
  const other = await emailOf('Tut i razom'); // signed in, and signs up somebody else
  await signUpListed(people.representative, { organisation: 'Grupa Koleżanki', email: other });
  assert.match(listingStatus(await people.coordinator.get(await signUpOf('Grupa Koleżanki'))), /nie potwierdziła/);
});

test('what is typed in from paper names who agreed, or nobody agreed', async () => {
  const path = `${staff}/sign-ups/add`;
  const form = async () => (await people.coordinator.get(path)).form(path);
  const nameless = await people.coordinator.send(await form(), { organisation: 'Koło z Kartki', people: '2', channel: 'paper' });
  assert.equal(nameless.status, 422);
  assert.match(nameless.text, /zgodę daje człowiek/);
  const added = await people.coordinator.submit(await form(), { organisation: 'Koło z Kartki', name: 'Adam Papierowy', people: '2', channel: 'paper' });
  assert.match(listingStatus(added), /Zgoda: Adam Papierowy, [^,]+, na papierze\./);
  const silent = await people.coordinator.submit(await form(), { organisation: 'Koło bez Słowa', name: 'Ewa Papierowa', people: '2' });
  assert.match(listingStatus(silent), /Nie ma ich zgody/);
});

test('the form of an offer says that the name will stand there', async () => {
  const page = await people.representative.get(`${people.representative.home}/talk`);
  assert.match(page.text, /będzie w publicznym programie z nazwą Waszej organizacji: Klub Seniora Trzeci Rozdział/);
});

// ---- all of it ----------------------------------------------------------------------------------------------------------

test('an export carries the consents with what they are about', async () => {
  const document = JSON.parse(await runWell(['export', '--with-people'], { folder }));
  const consents = document.tables.consent.filter((one) => one.purpose === 'directory');
  assert.ok(consents.length > 70);
  const ids = new Set(document.tables.organisation.map((one) => one.id));
  for (const one of consents) {
    assert.ok(ids.has(one.subject) && one.wording && one.given_ms && one.channel, JSON.stringify(one));
  }
});
