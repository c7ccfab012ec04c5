// SPDX-License-Identifier: EUPL-1.2
// Texts in several languages from outside: a volunteer finds what lacks a language and gives it, everybody reads it with a
// mark, the organisation makes it its own, changes or refuses it; two at once do not overwrite each other; nothing is told
// of anybody's contacts; a name stands in both scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const names = ['Fundacja Szycie', 'Tu i Razem'];
const list = `${path}/translations`, series = `/${path.split('/')[1]}`;
let folder, program, ola, vera, olek, szycie, tut, anyone, english;
const cli = (...words) => runWell([...words, '--edition', edition], { folder });

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  english = new Visitor(program.base, { language: 'en' });
  await signUpAll(program, names);
  await cli('signups', 'accept', '--all-new');
  [szycie, tut] = [await comeIn(program, names[0]), await comeIn(program, names[1])];
  for (const [name, email] of [['Wiera Tłumacząca', 'wiera@example.org'], ['Olek Tłumaczący', 'olek@example.org']]) {
    const people = await ola.get(`${path}/staff/settings/people`);
    await ola.submit(people.form('/people'), { name, email, role: 'translator' });
  }
  [vera, olek] = [await signInByMail(program, 'wiera@example.org'), await signInByMail(program, 'olek@example.org')];
});
after(async () => {
  for (const visitor of [ola, vera, olek, szycie, tut, anyone, english]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const formWith = (page, control) => page.forms.find((one) => one.control(control));
const save = async (visitor, where, control, values) => visitor.send(formWith(await visitor.get(where), control), values);
const linkTo = async (visitor, where, language, field = 'words', of = '') => {
  const page = await visitor.get(where);
  return page.links.find((link) => link.includes(`/${language}/${field}/${of}`));
};

test('nobody but translators and coordinators comes in, and what is not public is not there', async () => {
  assert.equal((await save(szycie, `${szycie.home}/sign-up`, 'krs', { words: 'Uczymy szyć.' })).status, 303);
  for (const visitor of [anyone, szycie]) {
    const page = await visitor.get(list);
    assert.ok(page.status === 403 || page.path.startsWith('/sign-in'), page.path);
  }
  const page = await vera.get(list);
  assert.equal(page.status, 200);
  assert.ok(!page.text.includes('Fundacja Szycie'), 'it did not agree to be named');
  assert.ok((await vera.get('/me')).links.includes(list), 'her own page leads there');
  assert.equal((await vera.get(`${path}/staff`)).status, 403);
});

test('a volunteer gives a text that everybody reads, and it is marked', async () => {
  assert.equal((await save(szycie, `${szycie.home}/directory`, 'shows_words', { is_shown: '1', shows_words: '1' })).status, 303);
  const page = await vera.get(`${list}?to=en`);
  assert.match(page.text, /Fundacja Szycie/);
  for (const secret of ['@organizacja', '+48 600']) assert.ok(!page.html.includes(secret), secret);
  const where = page.links.find((link) => link.includes('/en/words/') && page.html.includes(link));
  const of_szycie = (await Promise.all(page.links.filter((link) => link.includes('/en/words/')).map((link) => vera.get(link)))).find((one) => one.text.includes('Uczymy szyć'));
  assert.ok(where && of_szycie, page.text);
  assert.match(of_szycie.html, /<p>Uczymy szyć\.<\/p>/);
  const left = Number(/Zosta\S+ (\d+)/.exec(page.text)[1]);
  assert.equal((await vera.send(formWith(of_szycie, 'words'), { words: 'We teach **sewing**. <script>alert(1)</script>' })).status, 303);
  assert.equal(Number(/Zosta\S+ (\d+)/.exec((await vera.get(`${list}?to=en`)).text)[1]), left - 1);
  const entry = (await english.get(`${series}/organisations?q=sewing`)).links.find((link) => link.startsWith(`${series}/organisations/`));
  assert.ok(entry, 'it is found by the words of the translation');
  const shown = await english.get(entry);
  assert.match(shown.html, /<strong>sewing<\/strong>/);
  assert.ok(!shown.html.includes('<script>alert'));
  assert.match(shown.text, /Translated by a volunteer/);
  const polish = await anyone.get(entry);
  assert.match(polish.text, /Uczymy szyć/);
  assert.ok(!polish.text.includes('sewing'));
  const ukrainian = await anyone.get(`${entry}?lang=uk`);
  assert.match(ukrainian.html, /<div lang="pl"><p>Uczymy szyć/);
  assert.match(ukrainian.text, /Польською\./);
  await anyone.get('/?lang=pl');
});

test('two volunteers at once: the second is told, and nothing typed is lost', async () => {
  const page = await vera.get(`${list}?to=uk`);
  const where = page.links.find((link) => link.includes('/uk/words/'));
  const [one, other] = [formWith(await vera.get(where), 'words'), formWith(await olek.get(where), 'words')];
  assert.equal((await vera.send(one, { words: 'Перша' })).status, 303);
  const told = await olek.send(other, { words: 'Друга' });
  assert.equal(told.status, 409);
  assert.ok(told.html.includes('Перша') && told.html.includes('Друга'));
  assert.equal((await olek.send(formWith(told, 'words'), {})).status, 303);
});

test('the organisation looks at it, changes it and it is its own; then no volunteer changes it', async () => {
  const home = await szycie.get(szycie.home);
  assert.match(home.text, /Wolontariat przetłumaczył/);
  const mine = `${szycie.home}/languages`;
  assert.match((await szycie.get(mine)).text, /wolontariackie/);
  const where = await linkTo(szycie, mine, 'en');
  const own = await szycie.get(where);
  const volunteers = await vera.get(`${list}/${where.split('/languages/')[1]}`);
  assert.equal((await szycie.send(formWith(own, 'words'), { words: 'We teach sewing to everybody.' })).status, 303);
  const entry = (await english.get(`${series}/organisations?q=sewing`)).links.find((link) => link.startsWith(`${series}/organisations/`));
  assert.ok(!/Translated by a volunteer/.test((await english.get(entry)).text));
  assert.equal((await vera.send(formWith(volunteers, 'words'), { words: 'Mine again' })).status, 409);
  const closed = await vera.get(volunteers.path);
  assert.ok(!formWith(closed, 'words'), 'a volunteer has no form for it');
  assert.match(closed.text, /ma już ten tekst/);
});

test('it refuses a translation, and nobody is asked for it any more', async () => {
  const mine = `${szycie.home}/languages`;
  const where = await linkTo(szycie, mine, 'uk');
  const old = (await szycie.get(where)).form('/refuse');
  assert.equal((await save(szycie, where, 'words', { words: 'Вчимо шити' })).status, 303);
  assert.equal((await szycie.send(old)).status, 409, 'what was seen has changed');
  assert.equal((await save(szycie, where, 'words', { words: '' })).status, 303);
  assert.equal((await szycie.send((await szycie.get(where)).form('/refuse'))).status, 303);
  assert.match((await szycie.get(mine)).text, /tylko oryginał/);
  const page = await vera.get(`${list}?to=uk`);
  for (const link of page.links.filter((one) => one.includes('/uk/words/'))) assert.ok(!(await vera.get(link)).text.includes('Uczymy szyć'));
  assert.equal((await vera.get(`${list}/${where.split('/languages/')[1]}`)).forms.filter((one) => one.control('words')).length, 0);
});

test('when the original changes it is read again, and the text waits to be put right', async () => {
  const entry = (await english.get(`${series}/organisations?q=sewing`)).links.find((link) => link.startsWith(`${series}/organisations/`));
  assert.equal((await save(szycie, `${szycie.home}/sign-up`, 'krs', { words: 'Uczymy szyć i cerować.' })).status, 303);
  const shown = await english.get(entry);
  assert.match(shown.text, /cerować/);
  assert.match(shown.text, /In Polish\./);
  assert.match((await szycie.get(`${szycie.home}/languages`)).text, /oryginał się zmienił/);
  assert.match((await vera.get(`${list}?to=en`)).text, /oryginał się zmienił/);
});

test('a name stands in both scripts, and its Latin letters are proposed', async () => {
  assert.equal((await save(tut, `${tut.home}/sign-up`, 'krs', { organisation: 'Громада «Щастя»' })).status, 303);
  assert.equal((await save(tut, `${tut.home}/directory`, 'shows_words', { is_shown: '1' })).status, 303);
  const where = await linkTo(tut, `${tut.home}/languages`, 'uk-Latn', 'name');
  const page = await tut.get(where);
  assert.equal(formWith(page, 'words').control('words').value, 'Hromada «Shchastia»');
  assert.match(page.text, /propozycja/);
  assert.equal((await tut.send(formWith(page, 'words'), { words: 'Hromada «Szczastia»' })).status, 303);
  const found = await anyone.get(`${series}/organisations?q=szczastia`);
  assert.match(found.html, /lang="uk">Громада/);
  assert.match(found.html, /lang="uk-Latn">Hromada «Szczastia»/);
  const shown = await anyone.get(found.links.find((link) => link.startsWith(`${series}/organisations/`)));
  assert.match(shown.html, /<h1 class="name" lang="uk">Громада/);
  assert.match(shown.html, /lang="uk-Latn">Hromada/);
  for (const link of (await vera.get(list)).links) assert.ok(!link.includes('/name/'), 'how a name is written is not for volunteers');
  const theirs = `${list}/uk-Latn/name/${tut.home.split('/').pop()}`;
  assert.equal((await vera.get(theirs)).status, 404);
});

test('an organisation writes in the language it says', async () => {
  assert.equal((await save(szycie, `${szycie.home}/languages`, 'written_in', { written_in: 'en' })).status, 303);
  assert.equal((await save(szycie, `${szycie.home}/sign-up`, 'krs', { words: 'We sew.' })).status, 303);
  const entry = (await anyone.get(`${series}/organisations?q=szycie`)).links.find((link) => link.startsWith(`${series}/organisations/`));
  assert.match((await anyone.get(entry)).html, /<div lang="en"><p>We sew/);
  assert.ok(!/In Polish|In English/.test((await english.get(entry)).text));
});

test('what the organisers wrote is there too, and what has a form of its own is theirs alone', async () => {
  const settings = await ola.get(`${path}/staff/settings`);
  assert.equal((await ola.send(formWith(settings, 'title'), { words: 'Popołudnie z ciastem.' })).status, 303);
  await ola.send((await ola.get(`${path}/staff/questions/new`)).form('/new'), { label_pl: 'Stoisko?', kind: 'line', shown: 'always' });
  assert.match((await ola.get(list)).text, /Stoisko\?/);
  assert.ok(!(await vera.get(list)).text.includes('Stoisko?'));
  const links = (await ola.get(`${list}?to=en`)).links.filter((link) => link.includes('/en/words/'));
  for (const link of links) {
    const page = await ola.get(link);
    if (!page.text.includes('Popołudnie')) continue;
    assert.equal((await ola.send(formWith(page, 'words'), { words: 'An afternoon with cake.' })).status, 303);
  }
  const shown = await english.get(path);
  assert.match(shown.text, /An afternoon with cake/);
  assert.ok(!/Translated by a volunteer/.test(shown.text));
  const kit = await ola.get(`${path}/staff/invite`);
  assert.match(kit.text, /An afternoon with cake/);
  assert.match(kit.text, /W tym języku nie ma jeszcze słów/); // of the Ukrainian one
});

test('what comes from outside names nothing that is not there', async () => {
  const id = szycie.home.split('/').pop();
  for (const rest of ['fr/words', 'uk-Latn/words', 'en/needs', 'pl/words/../..', 'EN/words'])
    assert.equal((await vera.get(`${list}/${rest}/${id}`)).status, 404, rest);
  assert.equal((await vera.get(`${list}/en/words/0000000000000`)).status, 404);
  assert.equal((await vera.get(`${list}/en/words/x`)).status, 404);
  const others = `${szycie.home}/languages/en/name/${tut.home.split('/').pop()}`;
  assert.equal((await szycie.get(others)).status, 404);
});
