// SPDX-License-Identifier: EUPL-1.2
// Every page, sheet, print and file for staff is opened and looked through for known contacts: of an organisation, a
// helper, a host, a guest, of who is in a draft, a sheet, a letter, an answer's file, a note. One that shows any of them
// without its reading being noted fails; so does a route of staff that nothing here opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { discover, readRoutes, routeOf } from '../reliability/routes.mjs';
import { answersOf, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';
import { sql, until } from '../mail/mail.mjs';

const staff = `${path}/staff`;
/** What must not be shown unnoted; each stands in one kind of data. */
const marks = {
  contact: 'znak.kontakt@organizacja.example', 'contact’s telephone': '600 111 222', helper: 'znak.pomoc@organizacja.example',
  host: 'znak.gospodarz@organizacja.example', coordinator: 'znak.koordynator@organizacja.example', guest: '600 333 444',
  'on duty': '600 555 666', sheet: 'znak.arkusz@organizacja.example', draft: 'znak.szkic@organizacja.example',
  file: 'znak.plik@organizacja.example', note: '600 777 888', remark: '600 999 000', needs: 'potrzeba znak.potrzeba',
};
let folder, program, ola, ewa, draft, file, mailing;
const cli = (...words) => runWell([...words, '--edition', edition], { folder });

async function fill(where, values, who = ola) {
  const page = await who.get(where);
  const form = page.forms.find((one) => one.action.split('?')[0] === where.split('?')[0]);
  assert.ok(form, `${where}: no form (${page.status})`);
  const answer = await who.send(form, values);
  assert.equal(answer.status, 303, `${where}: ${answer.text}`);
  return answer;
}

async function beginDraft() {
  draft = new Visitor(program.base);
  let page = await draft.get(`${path}/sign-up`);
  page = await draft.submit(page.forms.find((one) => one.control('organisation')), { organisation: 'Koło Niedokończone' });
  await draft.submit(page.forms.find((one) => one.control('email')), { name: 'Jan Szkic', email: marks.draft, phone: '' });
}

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await runWell(['edition', 'set', edition, '--venue', 'Dom', '--host', 'Fundacja Gospodarz'], { folder });
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  const visitor = new Visitor(program.base);
  await signUp(visitor, { ...answersOf('Fundacja Znak'), email: marks.contact, phone: '+48 600 111 222' });
  await signUp(visitor, { ...answersOf('Fundacja Znaak'), email: 'drugi@organizacja.example', phone: '+48 600 111 222' });
  visitor.close();
  for (const name of ['Fundacja Znak', 'Fundacja Znaak']) await cli('signups', 'accept', name);
  await cli('frame', 'add', '--kind', 'talks', '--from', '14:00', '--to', '15:00');
  await cli('programme', 'talks');
  await cli('walk', 'add', '--name', 'Ogrody', '15:50');
  await cli('dish', 'add', 'Sernik', '--organisation', 'Fundacja Znak');
  await cli('rounds', 'plan', '--rounds', '1');
  for (const [name, email, role] of [['Pomoc', marks.helper, 'guide'], ['Gospodarz', marks.host, 'host'], ['Druga', marks.coordinator, 'coordinator']])
    await fill(`${staff}/settings/people`, { name, email, role });
  await fill(`${staff}/settings/spaces/new`, { name: 'Sala', capacity: '30' });
  await fill(`${staff}/settings/asks/new`, { words: 'Krzesła', about: '' });
  await fill(`${staff}/guests/new`, { name: 'Orkiestra', kind: 'artist', words: 'dzwonić +48 600 333 444', people: '3' });
  const [venue] = (await ola.get(`${path}/host`)).links.filter((link) => /\/host\/house\//.test(link));
  await fill(venue, { on_duty: 'Jan Dyżurny, +48 600 555 666' });
  await fill(`${staff}/questions/new`, { label_pl: 'Plan stoiska', kind: 'file', shown: 'always' });
  await fill(`${staff}/questions/new`, { label_pl: 'Co robicie?', kind: 'choice', shown: 'always' });
  const [asked, choice] = (await ola.get(`${staff}/questions`)).links.filter((link) => /\/questions\/[0-9a-z]{13}$/.test(link));
  await fill(`${choice}/choices/new`, { label_pl: 'glina' });
  ewa = await signInByMail(program, marks.contact);
  ewa.home = (await ewa.get('/me')).links.find((link) => link.startsWith(`/me${path}/`));
  await fill(`${ewa.home}/questions/${asked.split('/').pop()}`, { file: { name: `${marks.file}.pdf`, bytes: Buffer.from(`%PDF-1.7\n${marks.file}\n`), type: 'application/pdf' } }, ewa);
  await fill(`${ewa.home}/sign-up`, { remarks: 'Dzwonić: 600 999 000', access_needs: 'potrzeba znak.potrzeba' }, ewa);
  file = `${staff}/answers/${ewa.home.split('/').pop()}/${asked.split('/').pop()}/file`;
  const signup = (await cli('signups', 'list', '--json')).find((one) => one.organisation === 'Fundacja Znak').id;
  await fill(`${staff}/sign-ups/${signup}/edit`, { staff_notes: 'oddzwonić 600 777 888' });
  await beginDraft();
  const page = await ola.get(`${staff}/sign-ups/import`);
  await ola.submit(page.form('/import'), { sheet: { name: 'arkusz.csv', bytes: Buffer.from(`Nazwa organizacji;E-mail\r\nKoło;${marks.sheet}\r\n`) } });
  await ola.submit((await ola.get(`${staff}/tasks`)).form('/tasks/propose'));
  const written = await fill(`${staff}/mailings/new`, { audience: 'accepted', subject_pl: 'Do Was', words_pl: 'Dzień dobry, {name}. {link}' });
  [mailing] = /\/mailings\/[0-9a-z]{13}/.exec(written.location);
  const all = await ola.get(`${staff}/sign-ups/confirm?who=all`);
  await ola.send(all.form('/sign-ups/confirm'));
});
after(async () => {
  for (const one of [ola, ewa, draft]) one?.close();
  await program?.stop();
  await removeFolder(folder);
});

/** Addresses no link leads to. */
const typed = () => [
  file, `${staff}/rounds/cards`, `${staff}${mailing}/print`,
  `${staff}/people/find?q=${encodeURIComponent(marks.draft)}`, `${staff}/people/find/export?q=${encodeURIComponent(marks.draft)}`,
  `${staff}/people/find/erase?q=${encodeURIComponent(marks.sheet)}`, `${staff}/sign-ups?q=znak`, `${staff}/mail?q=znak`, `${staff}/calls`,
];

const isStaffs = (route) => route.method === 'GET' && /\/staff\b|\/host\b|^\/admin/.test(route.path);
const shownOn = (page) => Object.entries(marks).filter(([, mark]) => page.bytes.includes(mark)).map(([name]) => name);

test('whatever shows a contact to staff notes that it was read: pages, sheets, prints, files', async () => {
  const routes = await readRoutes();
  const { paths } = await discover(routes, { ola: Object.assign(ola, { home: staff }) });
  const opened = new Map(), found = new Set(), faults = [];
  const look = async (where) => {
    const route = routeOf(routes, 'GET', where);
    if (!route || !isStaffs(route) || (opened.get(route.path)?.has(where))) return null;
    const page = await ola.get(where);
    if (page.status !== 200) return page;
    opened.set(route.path, (opened.get(route.path) ?? new Set()).add(where));
    const shown = shownOn(page);
    for (const name of shown) found.add(name);
    const shows = routeOf(routes, 'GET', page.path); // where a redirect led to
    if (shown.length && !shows?.reads) faults.push(`${route.path} shows ${shown.join(', ')}, and its reading is not noted`);
    return page;
  };
  const waiting = [...typed(), ...[...paths.entries()].flatMap(([, all]) => all), `${staff}/sign-ups/of/${ewa.home.split('/').pop()}`];
  const linked = new Set();
  for (const where of waiting) {
    const page = await look(where);
    for (const link of page && /html/.test(page.headers['content-type']) ? page.links.map((one) => one.split('#')[0]) : []) {
      const route = link.startsWith('/') && !link.startsWith('//') ? routeOf(routes, 'GET', link) : null;
      if (!route || !isStaffs(route) || linked.has(link) || (opened.get(route.path)?.size ?? 0) >= 4) continue;
      linked.add(link);
      await look(link);
    }
  }
  assert.deepEqual(faults, []);
  const missed = routes.filter((route) => isStaffs(route) && !opened.has(route.path)).map((route) => route.path);
  assert.deepEqual(missed, [], 'opened by nothing here');
  assert.deepEqual(Object.keys(marks).filter((name) => !found.has(name)), [], 'shown to staff nowhere: the walk has missed a page');
  const promised = [...new Set(routes.filter((route) => opened.has(route.path) && route.reads).map((route) => route.reads))];
  await until(() => {
    const noted = new Set(sql(folder, "SELECT DISTINCT action FROM audit WHERE action LIKE 'read.%';").flat());
    return promised.every((action) => noted.has(action));
  }, `each of ${promised} to be noted`);
});

test('each kind of reading has words for the owner who looks', async () => {
  const routes = await readRoutes();
  for (const language of ['pl', 'en', 'uk']) {
    const page = await ola.get(`/admin/reads?lang=${language}`);
    for (const { reads } of routes.filter((route) => route.reads)) assert.ok(!page.text.includes(reads), `${reads} in ${language}`);
  }
});

test('who looks for somebody of whom nothing is kept has read nothing of anybody', async () => {
  const people = await ola.get(`${staff}/settings/people`);
  await ola.submit(people.forms.find((one) => one.control('email')), { name: 'Adam Próbny', email: 'adam@urzad.example', role: 'coordinator' });
  const adam = await signInByMail(program, 'adam@urzad.example');
  const noted = (action) => sql(folder, `SELECT audit.id FROM audit JOIN person ON person.id = audit.person WHERE person.email = 'adam@urzad.example' AND audit.action = '${action}';`).flat().length;
  for (const query of ['', '?q=nikt%40nigdzie.example']) assert.equal((await adam.get(`${staff}/people/find${query}`)).status, 200);
  await adam.get(`${staff}/mail`);
  await until(() => noted('read.mail') === 1, 'what was asked for later to be noted');
  assert.equal(noted('read.person'), 0);
  await adam.get(`${staff}/people/find?q=${encodeURIComponent(marks.draft)}`);
  await until(() => noted('read.person') === 1, 'what was found to be noted');
  adam.close();
});
