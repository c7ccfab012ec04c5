// SPDX-License-Identifier: EUPL-1.2
// Every route for everybody: what `wspolnie routes` says is what happens. The people are those of the demo gathering,
// and a coordinator of another series, who must not see the first one's staff pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, onceKey, removeFolder, runWell, start } from '../program.mjs';
import { discover, readRoutes } from './routes.mjs';
import { demoPeople } from './signed_in.mjs';

let folder, program, people, routes, paths;

/** A coordinator of a series of their own: named on its page of helpers, and signed in by the printed message. */
async function makeOtherCoordinator(owner) {
  const email = 'cudza@inne.example';
  await runWell(['series', 'add', 'Inne spotkania', '--slug', 'inne', '--phone', '+48 12 345 67 89'], { folder });
  await runWell(['edition', 'add', 'inne', '--slug', 'i', '--date', '2099-05-01'], { folder });
  const page = await owner.get('/inne/i/staff/settings/people');
  const form = page.forms.find((one) => one.control('email'));
  const given = await owner.submit(form, { name: 'Cudza Koordynatorka', email, role: 'coordinator' });
  assert.equal(given.status, 200, given.text);
  const stranger = new Visitor(program.base);
  const from = program.output.length;
  await stranger.submit((await stranger.get('/sign-in')).form('/sign-in'), { email });
  const [link] = await program.line(/http:\S+\/sign-in\/[0-9a-z]{26}/, from);
  const home = await stranger.signIn(link);
  assert.equal(home.status, 200, home.text);
  return Object.assign(stranger, { home: '/inne/i/staff' });
}

before(async () => {
  folder = await makeFolder();
  program = await start(['demo'], { folder });
  const signed_in = await demoPeople(program);
  people = { ...signed_in, stranger: await makeOtherCoordinator(signed_in.coordinator), anonymous: new Visitor(program.base) };
  routes = await readRoutes();
  ({ paths } = await discover(routes, signed_in));
});
after(async () => {
  await program?.stop();
  await removeFolder(folder);
});

/** Of the demo's own edition and the representative's own organisation, so that every other person is a stranger there. */
function scopeValues() {
  const [, , series, edition, organisation] = /^(\/me)\/([^/]+)\/([^/]+)\/([^/]+)/.exec(people.representative.home) ?? [];
  assert.ok(organisation, `the representative came in at ${people.representative.home}`);
  return { series, edition, organisation };
}

/** A path for a route: one that is linked somewhere where there is one in the right scope, else one made up. */
function pathFor(route) {
  const scope = scopeValues();
  const made = route.path.replace(/\{(\w+)\}/g, (whole, name) => scope[name] ?? '0000000000000');
  const fits = (path) => (!route.path.includes('{series}') || path.includes(`/${scope.series}`)) &&
    (!route.path.includes('{edition}') || path.includes(`/${scope.edition}`)) &&
    (!route.path.includes('{organisation}') || path.includes(scope.organisation));
  return (paths.get(route.path) ?? []).find(fits)?.split('?')[0] ?? made;
}

/** Whether a person has one of the route's roles in the scope of its path, as DESIGN has it. */
function mayUse(route, who) {
  const scopes = { series: route.path.includes('{series}'), organisation: route.path.includes('{organisation}') };
  // Anybody's so that a second press, which comes from nobody, finds the answer of the first (pages/privacy).
  if (route.path === '/me/data/erase' && route.method === 'POST') return who !== 'anonymous';
  return route.roles.some((role) => {
    if (role === 'anyone') return true;
    if (who === 'anonymous') return false;
    if (role === 'signed_in') return true;
    if (role === 'owner') return who === 'coordinator' && isOwner;
    if (role === 'coordinator') return who === 'coordinator' && (scopes.series || isOwner);
    if (role === 'representative') return who === 'representative' && scopes.organisation;
    return false;
  });
}
let isOwner; // the demo's coordinator may be its owner too: the first request tells

const isSignIn = (page) => page.status === 303 && /^\/sign-in/.test(page.location.replace(program.base, ''));
const isRefused = (page) => page.status === 403 || isSignIn(page);

async function askAs(who, route) {
  const visitor = people[who];
  const path = pathFor(route);
  return route.method === 'GET' ? visitor.ask('GET', path) : visitor.post(path, { once: onceKey() });
}

test('every route, for everybody', async () => {
  isOwner = (await people.coordinator.ask('GET', '/admin/series/new')).status === 200;
  const failures = [];
  const order = ['anonymous', 'stranger', 'other', 'representative', 'coordinator']; // those who may least first
  for (const who of order)
    for (const route of routes.filter((one) => one.path !== '/sign-out' && !one.path.startsWith('/assets'))) {
      const page = await askAs(who, route);
      const label = `${route.method} ${route.path} as ${who}: ${page.status} ${page.location ?? ''}`;
      const isPublicSignIn = route.path.startsWith('/sign-in') || route.path.startsWith('/s');
      if (page.status >= 500) failures.push(`${label}: a fault`);
      else if (mayUse(route, who)) {
        if (isRefused(page) && !(isPublicSignIn && isSignIn(page))) failures.push(`${label}: may use it, and is refused`);
      } else if (who === 'anonymous' && route.method === 'GET') {
        if (!isSignIn(page)) failures.push(`${label}: is not sent to the sign-in`);
      } else if (page.status !== 403) failures.push(`${label}: may not use it`);
    }
  assert.deepEqual(failures, []);
});

test('a refusal tells nothing of what is behind it', async () => {
  const staff = [...paths].filter(([pattern]) => pattern.includes('/staff')).map(([, list]) => list[0]);
  assert.ok(staff.length >= 8, staff.join('\n'));
  for (const path of staff) {
    const page = await people.representative.ask('GET', path);
    assert.ok([403, 404].includes(page.status), `${path}: ${page.status}`); // a draft is not even there
    assert.doesNotMatch(page.text, /@[a-z-]+\.example/, `${path}: an address in a refusal`);
  }
});

test('signing out ends the session for good', async () => {
  const visitor = people.other;
  const cookies = new Map(visitor.cookies);
  const page = await visitor.post('/sign-out', { once: onceKey() });
  assert.equal(page.status, 303);
  visitor.cookies = cookies;
  assert.ok(isSignIn(await visitor.ask('GET', '/me')), 'the old cookie still opens the door');
});

test('a change from another site is refused', async () => {
  const values = { once: onceKey(), name: 'x' };
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': undefined, origin: 'https://evil.example' }]) {
    const clean = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const drop = headers['sec-fetch-site'] === undefined;
    const page = await people.coordinator.post('/admin/series/new', values, { headers: drop ? { ...clean, 'sec-fetch-site': '' } : clean });
    assert.ok([400, 403].includes(page.status), `${JSON.stringify(headers)}: ${page.status}`);
  }
});
