// SPDX-License-Identifier: EUPL-1.2
// Coordinators look at pages as others see them: exactly those, no more rights than theirs, every link within the view, and
// nothing that is sent from there changes anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, onceKey, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const other = '/inne-spotkania/i';
let folder, program, ola, host, stranger, ewa, organisation, mine;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await runWell(['series', 'add', 'Inne spotkania', '--phone', '+48 12 345 67 80'], { folder });
  await runWell(['edition', 'add', 'inne-spotkania', '--slug', 'i', '--number', '1', '--date', '2099-06-12', '--from', '14:00', '--to', '19:00'], { folder });
  await runWell(['edition', 'state', other.slice(1), 'call_open'], { folder });
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  const help = async (where, name, email, role) => {
    const page = await ola.get(`${where}/staff/settings/people`);
    await ola.submit(page.forms.find((one) => one.control('email')), { name, email, role });
    return signInByMail(program, email);
  };
  host = await help(path, 'Gosia Gospodarz', 'gosia@dom.example', 'host');
  stranger = await help(other, 'Sylwia Skądinąd', 'sylwia@inne.example', 'coordinator');
  await signUpAll(program, ['Fundacja Pierwsza']);
  ewa = await comeIn(program, 'Fundacja Pierwsza');
  mine = ewa.home;
  organisation = mine.split('/').pop();
});
after(async () => {
  for (const visitor of [ola, host, stranger, ewa]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const main = (page) => /<main[^>]*>([^]*)<\/main>/.exec(page.html)[1];
const bar = (page) => /<aside class="viewing"[^]*?<\/aside>/.exec(page.html)?.[0] ?? '';
/** The page without the bar, the prefix of its links, and what is different each time. */
const plainly = (page, prefix) => main(page).replaceAll(`"${prefix}/`, '"/').replace(/name="once" value="[^"]*"/g, '');
const squeeze = (html) => html.replace(/\s+/g, ' ');
const linksOf = (page) => [...page.html.replace(bar(page), '').matchAll(/(?:href|action)="(\/[^"]*)"/g)].map((found) => found[1]);

test('a sign-up’s page leads to its organisation’s pages, as it sees them, and the bar leads back', async () => {
  const [signup] = await runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
  const page = await ola.get(`${staff}/sign-ups/${signup.id}`);
  const href = /href="(\/~[^"]*)"/.exec(page.html)[1];
  assert.equal(href, `/~${organisation}${mine}`);
  for (const rest of ['', '/sign-up', '/questions', '/directory', '/exchanges/new', '/people']) {
    const [seen, theirs] = [await ola.ask('GET', href + rest), await ewa.ask('GET', mine + rest)];
    assert.equal(seen.status, theirs.status, rest);
    if (seen.status !== 200) continue;
    assert.match(bar(seen), /Widzicie to tak jak organizacja: Fundacja Pierwsza\. Niczego nie da się stąd wysłać/);
    assert.doesNotMatch(seen.html, /Ola Próbna/);
    // what somebody agreed to for themselves is theirs, not the organisation's, and in no view
    const own = /<section class="card screen-only"><h2>Następne spotkania<\/h2>[^]*?<\/section>/;
    if (rest === '') assert.equal(squeeze(plainly(seen, `/~${organisation}`)), squeeze(plainly(theirs, '/~').replace(own, '')));
    for (const link of linksOf(seen)) assert.ok(link.startsWith(`/~${organisation}/`) || link.startsWith('/assets/'), `${rest}: ${link} leaves the view`);
  }
  const back = /href="([^"]*)"/.exec(bar(await ola.get(href)))[1];
  assert.equal((await ola.get(back)).path, `${staff}/sign-ups/${signup.id}`);
});

test('as the host and as everybody', async () => {
  await ola.send((await ola.get(`${staff}/tasks`)).form('/propose'));
  const [seen, theirs] = [await ola.get(`/~host${path}/host`), await host.get(`${path}/host`)];
  assert.equal(plainly(seen, '/~host'), plainly(theirs, '/~'));
  assert.match(bar(seen), /tak jak gospodarz/);
  assert.match(theirs.text, /Co jest po Waszej stronie Otworzyć dom dwie godziny wcześniej/);
  const nobody = new Visitor(program.base);
  for (const page of [path, `${path}/programme`, `${path}/organisations`, `${path}/sign-up`, '/wspolnie-do-celu', '/wspolnie-do-celu/organisations']) {
    const [as, plain] = [await ola.get(`/~public${page}`), await nobody.get(page)];
    assert.equal(as.status, 200, page);
    assert.equal(plainly(as, '/~public'), plainly(plain, '/~'), page);
    assert.match(bar(as), /tak jak wszyscy/);
  }
  nobody.close();
});

test('of another edition of the series an organisation sees what everybody does', async () => {
  const series = path.split('/')[1], later = `/${series}/pozniej`;
  await runWell(['edition', 'add', series, '--slug', 'pozniej', '--number', '9', '--date', '2098-06-12', '--from', '14:00', '--to', '19:00'], { folder });
  assert.equal((await ola.ask('GET', `/~${organisation}${later}`)).status, 404, 'a draft');
  await runWell(['edition', 'state', later.slice(1), 'call_open'], { folder });
  const nobody = new Visitor(program.base);
  const [seen, plain] = [await ola.ask('GET', `/~${organisation}${later}`), await nobody.get(later)];
  nobody.close();
  assert.equal(seen.status, 200);
  assert.equal(plainly(seen, `/~${organisation}`), plainly(plain, '/~'));
  assert.match(bar(seen), /tak jak organizacja: Fundacja Pierwsza/);
  assert.equal((await ola.ask('GET', /href="([^"]*)"/.exec(bar(seen))[1])).status, 200, 'the way back');
  for (const closed of [`${later}/staff`, `${later}/host`, `/me${later}/${organisation}`])
    assert.notEqual((await ola.ask('GET', `/~${organisation}${closed}`)).status, 200, closed);
  assert.match(bar(await ola.ask('GET', `/~${organisation}${later}/staff`)), /Tu tylko patrzycie/);
});

test('a view has no more rights than whom it looks as', async () => {
  for (const [view, closed] of [
    ['public', staff], ['public', `${path}/host`], ['public', mine], ['public', `${staff}/sign-ups`], ['host', staff], ['host', mine],
    [organisation, staff], [organisation, `${path}/host`], [organisation, `${staff}/sign-ups`],
  ]) {
    const page = await ola.ask('GET', `/~${view}${closed}`);
    assert.equal(page.status, 403, `/~${view}${closed}`);
    assert.match(page.text, /Oni tej strony nie widzą/);
  }
  for (const own of ['/me', '/me/data', '/admin/reads']) assert.equal((await ola.ask('GET', `/~${organisation}${own}`)).status, 403, own);
});

test('who may not look: helpers, coordinators of another series, organisations, nobody at all', async () => {
  const paths = [`/~${organisation}${mine}`, `/~host${path}/host`, `/~public${path}`];
  for (const one of paths) {
    for (const visitor of [host, stranger, ewa]) assert.equal((await visitor.ask('GET', one)).status, 403, one);
    const nobody = new Visitor(program.base);
    const page = await nobody.ask('GET', one);
    assert.equal(page.status, 303);
    assert.ok(page.location.includes('/sign-in?to=%2F~'), page.location);
    nobody.close();
  }
  // an organisation that takes no part in her series is not hers to look at, nor there for her
  assert.equal((await stranger.ask('GET', `/~${organisation}/me${other}/${organisation}`)).status, 404);
  assert.equal((await stranger.ask('GET', `/~${organisation}${other}`)).status, 404);
  for (const odd of ['/~', '/~/', '/~host', '/~nobody' + path, '/~HOST' + path, '/~0000000000001' + path, '/~../host' + path, '/~host/~host' + path, `/~${'a'.repeat(300)}${path}`])
    assert.ok([200, 400, 403, 404, 414].includes((await ola.ask('GET', odd)).status), odd);
});

test('nothing that is sent from a view changes anything, whatever its form', async () => {
  const before = await runWell(['export'], { folder });
  const seen = await ola.get(`/~${organisation}${mine}/sign-up`);
  for (const form of seen.forms.filter((one) => one.method === 'POST')) {
    const page = await ola.send(form, { words: 'Wpisane z podglądu', once: onceKey() });
    assert.equal(page.status, 405, form.action);
    assert.match(page.text, /Tu tylko patrzycie/);
  }
  for (const post of [`${mine}/sign-up/withdraw`, `${mine}/dish`, `${path}/host/asks/0000000000001`, `${staff}/settings`, `${staff}/tasks/propose`, '/sign-out', '/sign-in'])
    for (const view of [organisation, 'host', 'public'])
      assert.equal((await ola.post(`/~${view}${post}`, { once: onceKey() })).status, 405, post);
  assert.equal((await ola.ask('DELETE', `/~host${path}/host`)).status, 405);
  assert.deepEqual(await runWell(['export'], { folder }), before);
  assert.equal((await ola.get(staff)).status, 200, 'she is signed in still');
});

test('that she looked is noted, once an hour for each organisation; public pages are not', async () => {
  const noted = async () => (await ola.get('/admin/reads')).text.split('strony organizacji oglądane jej oczami').length - 1;
  const before = await noted(); // of the pages above; what is asked at once may be noted twice
  assert.ok(before >= 1);
  await ola.get(`/~${organisation}${mine}`);
  await ola.get(`/~${organisation}${mine}/questions`);
  assert.equal(await noted(), before);
  assert.match((await ola.get('/admin/reads')).text, /strony gospodarza oglądane jego oczami/);
});

test('a draft is shown as it is: nobody but the host sees it', async () => {
  await runWell(['edition', 'add', 'wspolnie-do-celu', '--slug', 'iii', '--number', '3'], { folder });
  assert.equal((await ola.ask('GET', '/~public/wspolnie-do-celu/iii')).status, 404);
  assert.equal((await ola.ask('GET', '/~host/wspolnie-do-celu/iii/host')).status, 200);
});
