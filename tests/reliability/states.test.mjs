// SPDX-License-Identifier: EUPL-1.2
// What each state of an edition allows, route by route: what `wspolnie routes --json` says is what happens, it is what
// editions.h says, and an archived edition changes no more until it is opened again.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { makeFolder, onceKey, removeFolder, root, run, runWell, start } from '../program.mjs';
import { discover, readRoutes } from './routes.mjs';
import { demoPeople } from './signed_in.mjs';

const states = ['draft', 'call_open', 'call_closed', 'published', 'finished', 'archived'];
const usual = '+++++-', until_the_day = '++++--', organisations = '-+++--';

/** The routes that are not open in the usual states, by hand: a change of one is a change of the table in editions.h. */
const unusual = {
  '/{series}/{edition}/staff/settings/state': '++++++',
  '/{series}/{edition}/staff/people/{person}/data/erase': '++++++',
  '/{series}/{edition}/staff/people/find/erase': '++++++',
  '/{series}/{edition}/sign-up': organisations, // after the last day by a coordinator's link alone
  '/{series}/{edition}/sign-up/{draft}/{step}': organisations,
  '/me/{series}/{edition}/{organisation}/sign-up': '-++++-',
  '/me/{series}/{edition}/{organisation}/exchanges/new': '-++++-',
  '/me/{series}/{edition}/{organisation}/exchanges/{exchange}': '-++++-',
  '/me/{series}/{edition}/{organisation}/exchanges/{exchange}/remove': '-++++-',
  '/me/{series}/{edition}/{organisation}/people': '-++++-',
  '/me/{series}/{edition}/{organisation}/people/contact': '-++++-',
  '/me/{series}/{edition}/{organisation}/people/again': '-++++-',
  '/me/{series}/{edition}/{organisation}/people/withdraw': '++++++', // nobody is let in by it
  '/{series}/{edition}/acting/{secret}': '-++++-',
  '/me/{series}/{edition}/invited/{invitation}': '-++++-',
  '/me/{series}/{edition}/{organisation}/people/end': '++++++', // their own right
  '/me/{series}/{edition}/{organisation}/directory': '++++++', // so is leaving it
  '/me/{series}/{edition}/{organisation}/invitations': '++++++', // and ending invitations
  '/me/{series}/{edition}/{organisation}/sign-up/withdraw': organisations,
  '/me/{series}/{edition}/{organisation}/sign-up/again': '-+----',
  '/me/{series}/{edition}/{organisation}/sign-up/same': '-+----',
  '/me/{series}/{edition}/{organisation}/sign-up/confirm': organisations,
  '/me/{series}/{edition}/{organisation}/questions/{question}': organisations,
  '/{series}/{edition}/staff/programme/arrange': until_the_day,
  '/{series}/{edition}/staff/programme/talks': until_the_day,
  '/me/{series}/{edition}/{organisation}/talk': '-++---',
  '/me/{series}/{edition}/{organisation}/talk/{item}': organisations,
  '/me/{series}/{edition}/{organisation}/dish': organisations,
  '/me/{series}/{edition}/{organisation}/dish/{dish}': organisations,
  '/me/{series}/{edition}/{organisation}/dish/{dish}/remove': organisations,
  '/{series}/{edition}/staff/rounds/plan': until_the_day,
  '/{series}/{edition}/staff/rounds/publish': until_the_day,
  '/{series}/{edition}/staff/rounds/take-back': until_the_day,
  '/{series}/{edition}/staff/rounds/discard': until_the_day,
  '/{series}/{edition}/staff/rounds/held': '-++++-',
};

let folder, program, people, routes, edition, organisation, paths;

before(async () => {
  folder = await makeFolder();
  program = await start(['demo'], { folder });
  people = await demoPeople(program);
  routes = await readRoutes();
  const [, series, slug, mine] = /^\/me\/([^/]+)\/([^/]+)\/([^/]+)/.exec(people.representative.home);
  edition = `${series}/${slug}`;
  organisation = mine;
  ({ paths } = await discover(routes, { coordinator: people.coordinator, representative: people.representative }));
});
after(async () => {
  await program?.stop();
  await removeFolder(folder);
});

const setState = (state) => runWell(['edition', 'state', edition, state], { folder });
const changing = () => routes.filter((route) => route.changes && route.path.includes('{edition}'));
const patternOf = (route) => states.map((state) => route.states.includes(state) ? '+' : '-').join('');

/** A path of the route in the demo's edition, with things that are not there: what is asked is whether one gets so far. */
function pathOf(route) {
  const [series, slug] = edition.split('/');
  const values = { series, edition: slug, organisation };
  return route.path.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? '0000000000000');
}
const visitorOf = (route) => route.roles.includes('coordinator') || route.roles.includes('anyone') ? people.coordinator : people.representative;
const isClosedPage = (page) => page.status === 409 && page.html.includes('id="not-now"');

test('the states of every route are those of the table', () => {
  const found = Object.fromEntries(changing().map((route) => [route.path, patternOf(route)]));
  const expected = Object.fromEntries(Object.keys(found).map((path) => [path, unusual[path] ?? usual]));
  assert.deepEqual(found, expected);
  for (const path of Object.keys(unusual)) assert.ok(found[path], `${path} is no route any more`);
  for (const route of routes) assert.equal('states' in route, route.changes && route.path.includes('{edition}'), route.path);
});

test('editions.h shows each pattern of the table', async () => {
  const header = await readFile(`${root}/src/gathering/editions/editions.h`, 'utf8');
  const rows = [...header.matchAll(/^ \* .*?((?:[+-] +){5}[+-])$/gm)].map(([, marks]) => marks.replace(/ /g, ''));
  assert.ok(rows.length >= 12, rows.join('\n'));
  for (const pattern of new Set([usual, ...Object.values(unusual)])) assert.ok(rows.includes(pattern), `${pattern} is not in editions.h`);
  for (const row of rows) assert.ok([usual, ...Object.values(unusual)].includes(row), `${row} of editions.h is of no route`);
});

for (const state of states)
  test(`${state}: what is closed says so, what is open is reached`, async () => {
    const failures = [];
    await setState(state);
    for (const route of changing()) {
      const visitor = visitorOf(route);
      const page = await visitor.post(pathOf(route), { once: onceKey() });
      const label = `POST ${route.path}: ${page.status} ${page.heading}`;
      if (page.status >= 500) failures.push(`${label}: a fault`);
      // a draft is not even there for an organisation
      else if (state === 'draft' && visitor === people.representative) {
        if (page.status !== 404) failures.push(`${label}: a draft is seen`);
      } else if (!route.states.includes(state)) {
        if (!isClosedPage(page)) failures.push(`${label}: is done, or does not say why not`); // what was typed: conflict.test.mjs
      } else if (isClosedPage(page)) failures.push(`${label}: is open in this state, and is refused`);
      if (page.status === 303) await setState(state); // publishing the programme changes it
    }
    assert.deepEqual(failures, []);
  });

test('every page of an archived edition can be read, and says that it is archived', async () => {
  await setState('archived');
  const wrong = [];
  for (const [pattern, list] of paths) {
    const path = list.find((one) => one.startsWith(`/${edition}`) || one.startsWith(`/me/${edition}`));
    if (!path) continue;
    const visitor = pattern.startsWith('/me/') ? people.representative : people.coordinator;
    const page = await visitor.get(path);
    if (page.status !== 200) wrong.push(`${path}: ${page.status}`);
    const is_inside = /\/staff|^\/me\//.test(path) && /html/.test(page.headers['content-type']);
    if (is_inside && !/w archiwum/.test(page.html) && !/withdraw$/.test(path)) wrong.push(`${path}: does not say so`);
  }
  assert.deepEqual(wrong, []);
});

test('a person’s own rights stand, and coordinators open the edition again', async () => {
  await setState('archived');
  const { coordinator, other } = people;
  assert.equal((await other.post('/sign-out', { once: onceKey() })).status, 303);
  const settings = `/${edition}/staff/settings`;
  const refused = await coordinator.post(`${settings}/venues/new`, { once: onceKey(), name: 'Nowe miejsce' });
  assert.ok(isClosedPage(refused));
  assert.ok(refused.links.includes(`${settings}/state`), 'the way to open it again is not shown');
  const today = await coordinator.get(`/${edition}/staff`);
  assert.ok(today.links.includes(`${settings}/state`));
  const page = await coordinator.get(`${settings}/state`);
  assert.equal((await coordinator.send(page.form('/state'), { state: 'finished' })).status, 303);
  const added = await coordinator.post(`${settings}/venues/new`, { once: onceKey(), name: 'Nowe miejsce' });
  assert.equal(added.status, 303);
});

test('nobody without the right learns more than that: a stranger is refused as ever', async () => {
  await setState('archived');
  const page = await people.representative.post(`/${edition}/staff/settings`, { once: onceKey(), title: 'X' });
  assert.equal(page.status, 403);
});

// ---- by command ----------------------------------------------------------------------------------------------

/** Commands that change something of an edition, with words that are right apart from its state. */
const commands = [
  ['edition', 'set', '@', '--title', 'X'], ['frame', 'add', '--kind', 'other', '--from', '10:00', '--to', '11:00'],
  ['signups', 'accept', '--all-new'], ['signups', 'decline', '--all-new', '--reason', 'x'], ['signups', 'wait', '--all-new'],
  ['signups', 'withdraw', '--all-new'], ['import', 'signups', 'SHEET', '--confirm'], ['import', 'signups', 'SHEET'],
  ['programme', 'add', '--title', 'X'], ['programme', 'set', '0000000000000', '--title', 'X'], ['programme', 'talks'],
  ['programme', 'accept', '0000000000000'], ['programme', 'draft'], ['programme', 'move', '0000000000000', '--to', 'out'],
  ['programme', 'publish'], ['rounds', 'plan'], ['rounds', 'publish'], ['rounds', 'held'],
  ['walk', 'add', '--name', 'X'], ['walk', 'set', '0000000000000'], ['walk', 'turn', '0000000000000'], ['walk', 'remove', '0000000000000'],
  ['dish', 'add', 'X'], ['dish', 'set', '0000000000000'], ['dish', 'remove', '0000000000000'],
];

test('no command changes an archived edition, and each says so in one sentence', async () => {
  await setState('archived');
  const before_all = await runWell(['export', '--series', edition.split('/')[0]], { folder });
  const sheet = `${folder}/sheet.csv`;
  await import('node:fs/promises').then(({ writeFile }) => writeFile(sheet, 'Nazwa organizacji;E-mail\nZupełnie Nowa;nowa@organizacja.example\n'));
  for (const words of commands) {
    const names_it = words.includes('@');
    const args = words.map((word) => word === '@' ? edition : word === 'SHEET' ? sheet : word);
    const result = await run([...args, ...names_it ? [] : ['--edition', edition]], { folder });
    assert.equal(result.status, 3, `${args.join(' ')}: ${result.status} ${result.stderr}${result.stdout}`);
    assert.equal(result.stdout, '', args.join(' '));
    assert.match(result.stderr, /^wspolnie: .* is archived: nothing in it changes any more; edition state .* finished opens it again\n$/, args.join(' '));
  }
  assert.equal(await runWell(['export', '--series', edition.split('/')[0]], { folder }), before_all);
});

test('a command for another state names the states it is for', async () => {
  await setState('finished');
  const result = await run(['programme', 'draft', '--edition', edition], { folder });
  assert.equal(result.status, 3);
  assert.match(result.stderr, /is finished: programme draft is for an edition that is one of: draft, call_open, call_closed, published\n$/);
});

test('a document adds nothing to an archived edition, and makes one that is archived in itself', async () => {
  await setState('archived');
  const series = edition.split('/')[0];
  const document = await runWell(['export', '--series', series, '--with-people'], { folder });
  const same = await run(['import', '-'], { folder, input: document });
  assert.equal(same.status, 0, same.stderr);
  const tables = JSON.parse(document).tables;
  const { id } = tables.edition.find((one) => one.slug === edition.split('/')[1]);
  const row = tables.venue.find((one) => one.edition === id);
  const more = JSON.stringify({ format: 'wspolnie', schema: JSON.parse(document).schema, tables: { venue: [{ ...row, id: '0f00000000abc' }] } });
  const refused = await run(['import', '-'], { folder, input: more });
  assert.equal(refused.status, 3, refused.stderr);
  assert.match(refused.stderr, /tables\.venue\[0\]: its edition is archived here and takes nothing more/);
  const elsewhere = await makeFolder();
  try {
    const taken = await run(['import', '-'], { folder: elsewhere, input: document });
    assert.equal(taken.status, 0, taken.stderr);
    assert.equal((await runWell(['edition', 'show', edition, '--json'], { folder: elsewhere })).state, 'archived');
  } finally {
    await removeFolder(elsewhere);
  }
});
