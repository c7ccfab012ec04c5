// SPDX-License-Identifier: EUPL-1.2
// "My data": who sees what, the file, correcting, consents withdrawn with effect, erasing and what is left; the same for who
// has a card alone, and by a coordinator for who asks by telephone. And the versions of the notice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, onceKey, removeFolder, runWell, setUp, start } from '../program.mjs';
import { discover, readRoutes } from '../reliability/routes.mjs';
import { sql, until } from '../mail/mail.mjs';
import { answersOf, comeIn, edition, emailOf, makeGathering, path, signUp, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia', 'Fundacja Czwarta'];
let folder, program, ola;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  await signUpAll(program, names);
});
after(async () => {
  ola?.close();
  await program?.stop();
  await removeFolder(folder);
});

const rows = async (table) => JSON.parse(await runWell(['export', '--with-people'], { folder })).tables[table] ?? [];
const audit = async (action) => (await rows('audit')).filter((row) => row.action === action);
const counts = async () => (await ola.get(`${staff}/figures`)).text;
const signupOf = async (name) => `${staff}/sign-ups/${(await runWell(['signups', 'list', '--edition', edition, '--json'], { folder })).find((one) => one.organisation === name).id}`;
const dataOf = async (name) => (await ola.get(await signupOf(name))).links.find((link) => /\/people\/[0-9a-z]{13}\/data$/.test(link));

/** Signs up without an e-mail; answers the visitor that came in by the card of the form. */
async function withCard(name) {
  const someone = new Visitor(program.base);
  const sent = await signUp(someone, { ...answersOf(name), email: '' });
  const card = sent.links.find((link) => /\/s\/[0-9a-z]{26}$/.test(link)).replace(program.base, '');
  someone.close();
  const person = new Visitor(program.base);
  await person.submit((await person.get(card)).form(card));
  return person;
}

test('everybody sees what is kept about them, in words, and takes it along as a file', async () => {
  const ewa = await comeIn(program, names[0]);
  assert.ok((await ewa.get('/me')).links.includes('/me/data'));
  const page = await ewa.get('/me/data');
  assert.equal(page.status, 200);
  for (const words of [emailOf(names[0]), 'Halina Próbna', names[0], 'do dwóch lat po ostatnim spotkaniu', 'do 90 dni po wysłaniu'])
    assert.ok(page.text.includes(words), words);
  const file = await ewa.get('/me/data/export');
  assert.match(file.headers['content-disposition'], /attachment/);
  assert.match(file.headers['cache-control'] ?? '', /no-store|private/);
  const document = JSON.parse(file.html);
  assert.equal(document.format, 'wspolnie-my-data');
  const kinds = document.records.map((record) => record.kind);
  for (const kind of ['person', 'signup', 'outbox']) assert.ok(kinds.includes(kind), kind);
  assert.equal(document.records.find((record) => record.kind === 'person').email, emailOf(names[0]));
  assert.ok(!file.html.includes(emailOf(names[1])), 'somebody else is in it');
  assert.ok(document.done.some((deed) => deed.action === 'session.begin'));
  ewa.close();
});

test('nobody else sees it', async () => {
  const stranger = new Visitor(program.base);
  for (const where of ['/me/data', '/me/data/export', '/me/data/correct', '/me/data/erase'])
    assert.match((await stranger.ask('GET', where)).location, /\/sign-in/);
  stranger.close();
  const ewa = await comeIn(program, names[0]);
  const data = await dataOf(names[1]);
  for (const rest of ['', '/export', '/erase']) assert.equal((await ewa.ask('GET', data + rest)).status, 403);
  assert.equal((await ola.ask('GET', `${staff}/people/0000000000000/data`)).status, 404);
  ewa.close();
});

test('each page for staff that shows whom one can reach says so in its route, and its reading is noted once an hour', async () => {
  const routes = await readRoutes();
  const { paths } = await discover(routes, { ola: Object.assign(ola, { home: staff }) });
  const shown = [];
  for (const route of routes.filter((one) => one.method === 'GET' && paths.has(one.path) && one.path.includes('/staff')))
    for (const where of paths.get(route.path)) {
      const page = await ola.get(where);
      if (!names.some((name) => page.html.includes(emailOf(name))) && !page.html.includes('+48 600 ')) continue;
      shown.push(route.path);
      assert.ok(route.reads, `${where} shows an address or a telephone number of others, and its reading is not noted`);
    }
  assert.ok(new Set(shown).size >= 5, `${shown}`);
  for (let times = 0; times < 3; times++) await ola.get(`${staff}/sign-ups`);
  await ola.get(await signupOf(names[0]));
  await until(async () => (await audit('read.signup')).length && (await audit('read.signups')).length, 'the notes'); // no page waits for its own
  assert.equal((await audit('read.signups')).length, 1);
  const read = (await audit('read.signup')).find((row) => row.subject && staffPath(row.subject) && row.person && row.edition);
  assert.ok(read);
  const page = await ola.get('/admin/reads');
  assert.match(page.text, /Ola Próbna lista zgłoszeń/);
  assert.match((await ola.get(page.links.find((link) => /reads\?person=/.test(link)))).text, /Tylko Ola Próbna/);
  assert.equal((await ola.get('/admin/reads?person=0000000000001')).status, 200);
  assert.equal((await ola.get('/admin/reads?before=zzz')).status, 200);
  const ewa = await comeIn(program, names[0]);
  assert.equal((await ewa.ask('GET', '/admin/reads')).status, 403);
  ewa.close();
});
const staffPath = (subject) => /^[0-9a-z]{13}$/.test(subject);

test('the register of processing stands on what is stored', async () => {
  const hub = await ola.get(`${staff}/settings/privacy`);
  assert.match(hub.text, /Co usunięto, bo minął czas przechowywania/);
  const register = await ola.get(hub.links.find((link) => link.endsWith('/register')));
  for (const words of ['Wspólnie do celu', '+48 12 345 67 89', 'Konto', 'Zgłoszenia', 'Listy', 'do 90 dni po spotkaniu'])
    assert.ok(register.text.includes(words), words);
  const count = names.length;
  assert.match(register.text, new RegExp(`Zgłoszenia Po co .*? Podstawa prawna Art\\. 6 .*? Teraz zapisanych ${count} zapisy; ${count} osoby Jakie dane`));
  assert.match(register.text, /Osoba do kontaktu, Telefon osoby do kontaktu do dwóch lat po ostatnim spotkaniu/);
  for (const words of ['Zgody', 'Zalogowania', 'Kto co zrobił', 'propozycja']) assert.ok(register.text.includes(words), words);
  for (const [language, heads] of [['pl', 'Administrator;'], ['en', 'Kept by;'], ['uk', '"?Володілець даних"?;']]) {
    const sheet = await ola.get(`${register.links.find((link) => link.endsWith('/register/export'))}?lang=${language}`);
    assert.match(sheet.headers['content-type'], /text\/csv/);
    const lines = sheet.html.trim().split('\r\n');
    assert.match(lines[0], new RegExp(`^\ufeff?${heads}`), language);
    assert.ok(lines.length > 20, `${lines.length} rows`);
    assert.ok(lines.every((line) => (line.match(/;/g) ?? []).length >= 9), language);
  }
  await ola.get(`${staff}?lang=pl`);
  const ewa = await comeIn(program, names[0]);
  assert.equal((await ewa.ask('GET', `${staff}/settings/privacy/register/export`)).status, 403);
  ewa.close();
});

test('a day that was missed, and one that failed, stand at the top of every page of those who organise, and of no other', async () => {
  const said = async (visitor, where) => /role="alert"><p>([^<]*)/.exec((await visitor.get(where)).html)?.[1] ?? '';
  const pages = [staff, `${staff}/sign-ups`, `${staff}/settings/privacy`, '/me'];
  for (const where of pages) assert.equal(await said(ola, where), '', where);
  const [[count]] = sql(folder, "SELECT COUNT(*) FROM expired WHERE kind = '';");
  assert.ok(Number(count) >= 1);
  const now = Date.now(), hour = 3600000;
  sql(folder, `UPDATE expired SET at_ms = ${now - 30 * hour} WHERE kind = '';`);
  for (const where of pages) assert.match(await said(ola, where), /^Od \d+ \p{L}+ \d{4} nie usunięto danych osobowych/u, where);
  assert.ok((await ola.get(staff)).links.includes(`${staff}/settings/privacy`));
  const ewa = await comeIn(program, names[0]), stranger = new Visitor(program.base);
  for (const where of ['/me', ewa.home, path]) assert.equal(await said(ewa, where), '', where);
  assert.equal(await said(stranger, path), '');
  sql(folder, `UPDATE expired SET at_ms = ${now - 25 * hour} WHERE kind = '';`);
  assert.equal(await said(ola, staff), '', 'a quarter of an hour late is not missed');
  const [[last]] = sql(folder, 'SELECT MAX(id) FROM expired;');
  sql(folder, `INSERT INTO expired (id, at_ms, kind, amount) VALUES (${BigInt(last) + 1n}, ${now - hour}, 'failed', 0), (${BigInt(last) + 2n}, ${now - hour}, 'letters', 12);`);
  assert.match(await said(ola, staff), /nie powiodło się/);
  assert.match((await ola.get(`${staff}/settings/privacy`)).text, /Nie udało się dokończyć; program próbuje ponownie\. listy: 12/);
  sql(folder, `DELETE FROM expired WHERE kind IN ('failed', 'letters'); UPDATE expired SET at_ms = ${now} WHERE kind = '';`);
  assert.equal(await said(ola, staff), '');
  ewa.close();
  stranger.close();
});

test('a name is corrected; what a sign-up says stays with it and is linked', async () => {
  const ewa = await comeIn(program, names[0]);
  const page = await ewa.get('/me/data/correct');
  assert.ok(page.text.includes(emailOf(names[0])));
  const wrong = await ewa.send(page.form('/correct'), { name: '', phone: 'abc' });
  assert.equal(wrong.status, 422);
  const saved = await ewa.submit(page.form('/correct'), { name: 'Ewa Poprawna', phone: '600 700 800', language: 'uk' });
  assert.match(saved.path, /^\/me\/data\?done=corrected/);
  assert.ok(saved.html.includes('Ewa Poprawna') && saved.html.includes('+48 600 700 800'));
  assert.ok(saved.links.some((link) => /\/me\/.*\/sign-up$/.test(link)));
  assert.equal((await audit('person.correct')).length, 1);
  ewa.close();
});

test('a consent is shown with its words, day and channel; withdrawn, it ends at once on every public page', async () => {
  await runWell(['signups', 'accept', names[1], '--edition', edition], { folder });
  const adam = await comeIn(program, names[1]);
  const form = (await adam.get(`${adam.home}/sign-up`)).form(/sign-up$/);
  await adam.submit(form, { is_listed: form.control('is_listed').value });
  assert.ok((await adam.get(`${path}/organisations`)).html.includes(names[1]));
  const page = await adam.get('/me/data');
  assert.match(page.text, /Udzielona .* w formularzu/);
  assert.ok(page.html.includes('może być podawana publicznie') || /<blockquote>/.test(page.html));
  const button = page.form(/\/consents\/[0-9a-z]{13}\/withdraw$/);
  const stranger = await comeIn(program, names[2]);
  assert.equal((await stranger.send(button)).status, 404, 'of somebody else');
  const told = await adam.send(button);
  assert.match(told.location, /done=withdrawn#consents$/);
  const done = await adam.get('/me/data?done=withdrawn');
  assert.match(done.text, /Zgoda jest cofnięta/);
  assert.ok(!done.forms.some((one) => /withdraw/.test(one.action)));
  assert.ok(!(await adam.get(`${path}/organisations`)).html.includes(names[1]), 'still named');
  assert.ok((await rows('consent')).every((row) => row.withdrawn_ms));
  assert.equal((await audit('consent.withdraw')).length, 1);
  adam.close();
  stranger.close();
});

test('what stands in the directory is named in words, withdrawn with effect, and found where it is their own', async () => {
  const eryk = await comeIn(program, names[2]);
  const enter = async () => {
    const page = await eryk.get(`${eryk.home}/directory`);
    return eryk.send(page.forms.find((one) => one.control('public_email')), { is_shown: '1', public_email: emailOf(names[2]) });
  };
  assert.equal((await enter()).status, 303);
  const page = await eryk.get('/me/data');
  assert.match(page.text, /W katalogu organizacji/);
  assert.ok(!/catalogue|Inni mówią teraz/.test(page.text), page.text);
  assert.ok(!page.text.includes('„rights”'));
  assert.equal((await eryk.send(page.form(/\/consents\/[0-9a-z]{13}\/withdraw$/))).status, 303);
  const [entry] = await rows('directory_entry');
  assert.ok(!entry.is_shown && !entry.email, 'still shown');
  assert.ok((await rows('consent')).every((row) => row.withdrawn_ms));
  assert.equal((await enter()).status, 303); // erased below
  eryk.close();
});

test('erasing says what goes and what stays, asks once, ends every way in, and keeps the figures', async () => {
  const before_it = await counts();
  const ewa = await comeIn(program, names[2]), elsewhere = await comeIn(program, names[2]);
  const page = await ewa.get('/me/data/erase');
  assert.match(page.text, /Co zniknie/);
  assert.match(page.text, /Co zostanie i dlaczego/);
  assert.ok(page.text.includes(`${names[2]}: spotkanie jest dopiero przed nami`), 'no warning that nobody can be reached');
  const unsure = await ewa.send(page.form('/erase'));
  assert.equal(unsure.status, 422, 'erased without a word');
  const twice = await Promise.all([1, 2].map(() => ewa.send(page.form('/erase'), tick(page))));
  for (const one of twice) assert.equal(one.status, 303);
  for (const one of twice) assert.match(one.location, /\/me\/data\/erased$/);
  const gone = await ewa.get('/me/data/erased');
  assert.match(gone.text, /Wasze dane są usunięte/);
  const late = await elsewhere.send(page.form('/erase'), { ...tick(page), once: onceKey() });
  assert.notEqual(late.status, 303, 'told that it is erased by who only lost their session');
  for (const visitor of [ewa, elsewhere]) assert.match((await visitor.ask('GET', '/me')).location, /sign-in/, 'still signed in');
  const copy = await runWell(['export', '--with-people'], { folder });
  assert.ok(!copy.includes(emailOf(names[2])), 'the e-mail is left');
  assert.ok(copy.includes(names[2]), 'the organisation took part');
  assert.equal(await counts(), before_it);
  assert.equal((await audit('person.erase')).length, 1);
  const staffs = await ola.get(await signupOf(names[2]));
  assert.equal(staffs.status, 200);
  ewa.close();
  elsewhere.close();
});

/** What ticks the only box of the form. */
function tick(page) {
  const box = page.form('/erase').controls.find((control) => control.type === 'checkbox');
  return { [box.name]: box.value };
}

test('who has a card alone sees and erases by it; a card of somebody with an e-mail proves nothing', async () => {
  const halina = await withCard('Koło Bez Poczty');
  const page = await halina.get('/me/data');
  assert.ok(page.text.includes('Koło Bez Poczty'));
  assert.equal((await halina.get('/me/data/export')).status, 200);
  const question = await halina.get('/me/data/erase');
  const done = await halina.submit(question.form('/erase'), tick(question));
  assert.match(done.path, /\/me\/data\/erased$/);
  halina.close();

  const signup = await signupOf(names[0]);
  const made = await ola.send((await ola.get(`${signup}/card`)).form('/card'));
  const card = /<div class="way-in">[\s\S]*?<a href="([^"]+)"/.exec(made.html)[1];
  const holder = new Visitor(program.base);
  await holder.submit((await holder.get(card)).form(card));
  const refused = await holder.get('/me/data');
  assert.match(refused.text, /Ви увійшли за карткою/); // her language since she corrected it
  assert.ok(!refused.html.includes(emailOf(names[0])));
  for (const where of ['/me/data/export', '/me/data/erase', '/me/data/correct']) assert.match((await holder.ask('GET', where)).location, /\/me\/data$/);
  holder.close();
});

test('a coordinator shows and erases for who asks by telephone, with an audit row', async () => {
  const data = await dataOf(names[3]);
  const page = await ola.get(data);
  assert.ok(page.text.includes(emailOf(names[3])));
  assert.ok(JSON.parse((await ola.get(`${data}/export`)).html).records.length > 1);
  const question = await ola.get(`${data}/erase`);
  assert.equal((await ola.send(question.form('/erase'))).status, 422);
  const done = await ola.submit(question.form('/erase'), tick(question));
  assert.match(done.text, /Usunięte\. Powiedzcie o tym tej osobie/);
  const copy = await runWell(['export', '--with-people'], { folder });
  assert.ok(!copy.includes(emailOf(names[3])));
  const [row] = (await audit('person.erase')).slice(-1);
  assert.ok(row.person && row.edition);
});

test('whoever looks after the whole is not erased by a press', async () => {
  const question = await ola.get('/me/data/erase');
  assert.match(question.text, /Tylko Wy macie rolę właściciela/);
  assert.ok(!question.forms.some((form) => form.action.includes('erase')));
});

test('the notice: what people were told is kept, each version can be read, by anybody', async () => {
  const told = await rows('notice');
  assert.equal(told.length, 1, 'the suggested words were shown and not kept');
  assert.equal(told[0].is_suggested, true);
  const settings = await ola.get(`${staff}/settings/notice`);
  await ola.submit(settings.form('/notice'), { pl: 'Nowe słowa o danych.' });
  const versions = (await ola.get(`${staff}/settings/notice`)).links.filter((link) => /\/privacy\/[0-9a-z]{13}$/.test(link));
  assert.ok(versions.length >= 2);
  const stranger = new Visitor(program.base);
  assert.ok((await stranger.get(path)).links.includes(`${path}/privacy`), 'no link at the foot');
  assert.match((await stranger.get(`${path}/privacy`)).text, /Nowe słowa o danych\./);
  const texts = await Promise.all(versions.map(async (link) => (await stranger.get(link)).text));
  assert.ok(texts.some((text) => /wcześniejsza wersja/.test(text) && /Wasze dane przechowuje/.test(text)));
  assert.equal((await stranger.ask('GET', `${path}/privacy/0000000000000`)).status, 404);
  stranger.close();
});
