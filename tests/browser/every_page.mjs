// SPDX-License-Identifier: EUPL-1.2
// Every page that `wspolnie routes` knows, as somebody who may see it finds it: by links, and where no link leads, by
// doing what leads there.
import assert from 'node:assert/strict';
import { Visitor } from '../program.mjs';
import { answersOf, fillIn } from '../reliability/gathering.mjs';
import { discover, routeOf } from '../reliability/routes.mjs';
import { demoPeople } from '../reliability/signed_in.mjs';

export const edition = '/wspolnie-do-celu-przyklad/ii';

/** Routes that answer with a file or a stream, not with a page. */
const files = new Set(['/assets/{name}', '/brand/{sheet}', '/logo/{logo}', '/favicon.ico', '/robots.txt']);
const isFile = (route) => files.has(route.path) || /\.ics$|\.zip$|\/export$|\/file$|\/changes$/.test(route.path);

/** Asks for a sign-in message and answers its path, as the terminal prints it. */
async function askForMessage(program, visitor) {
  const from = program.output.length;
  const page = await visitor.get('/sign-in');
  await visitor.submit(page.form('/sign-in'), { email: 'koordynatorka@biuro-spotkan.example' });
  return (await program.line(/\/sign-in\/[0-9a-z]{26}/, from))[0];
}

/** Every step of the sign-up, the receipt, and the card that it gives. */
async function signUpStepByStep(visitor, answers = answersOf('Koło Każdej Strony')) {
  const paths = [];
  let page = await visitor.get(`${edition}/sign-up`);
  for (let steps = 0; steps < 8; steps++) {
    const form = page.forms.find((one) => one.method === 'POST' && /\/sign-up/.test(one.action) && !/\/sent$/.test(one.action));
    if (!form) break;
    const tick = form.control('is_listed');
    page = await visitor.submit(form, tick ? { ...fillIn(form, answers), is_listed: tick.value } : fillIn(form, answers));
    assert.equal(page.status, 200, page.text);
    paths.push(page.path);
  }
  const card = page.links.find((link) => /\/s\/[0-9a-z]{26}$/.test(link));
  return card ? [...paths, card.replace(visitor.base.origin, '')] : paths;
}

/** Signed up by a stranger with the representative's e-mail: the representative is asked whether it may be named. */
async function beSignedUpByAStranger(stranger, representative) {
  const email = (await representative.get(`${representative.home}/sign-up`)).form(/\/sign-up$/).control('email').value;
  await signUpStepByStep(stranger, { ...answersOf('Koło od Kogoś Obcego'), email, phone: '' });
}

/** Another coordinator, for whom a link can be made. */
async function addHelper(coordinator) {
  const people = await coordinator.get(`${edition}/staff/settings/people`);
  await coordinator.submit(people.form('/people'), { name: 'Pomocnica Próbna', email: 'pomoc@example.org', role: 'coordinator' });
}

/** The representative asks the coordinator to act for the organisation too: answers the path of the letter. */
async function askToAct({ coordinator, representative }) {
  const people = await representative.get(`${representative.home}/people`);
  await representative.submit(people.form(/\/people$/), { name: 'Zaproszona', email: 'koordynatorka@biuro-spotkan.example' });
  const mail = await coordinator.get(`${edition}/staff/mail`);
  for (const href of mail.links.filter((link) => /\/mail\/[0-9a-z]{13}$/.test(link))) {
    const [path] = /\/[^/\s]+\/[^/\s]+\/acting\/[0-9a-z]{26}/.exec((await coordinator.get(href)).text) ?? [];
    if (path) return path;
  }
  return assert.fail('no letter asks anybody to act');
}

/** Two organisations that signed up with one website: they stand side by side. */
async function signUpTwice(coordinator) {
  const signups = (await coordinator.get(`${edition}/staff/sign-ups?q=Ko%C5%82o`)).links.filter((link) => /\/sign-ups\/0[0-9a-z]{12}$/.test(link)).slice(0, 2);
  for (const path of signups) {
    const page = await coordinator.get(`${path}/edit`);
    const form = page.forms.find((one) => one.control('website'));
    assert.equal((await coordinator.send(form, { website: 'https://dwa-razy.example' })).status, 303);
  }
}

async function askToConfirm(coordinator) {
  const page = await coordinator.get(`${edition}/staff/sign-ups/confirm?who=all`);
  await coordinator.submit(page.form('/sign-ups/confirm'));
}

/** A letter to many as a draft, and an invitation that was sent: answers the path that ends invitations. */
async function writeToMany({ coordinator, representative }) {
  const mine = await representative.get(`${representative.home}/invitations`);
  await representative.submit(mine.form('/invitations'), { do: 'agree' });
  const write = async (values) => {
    const page = await coordinator.get(`${edition}/staff/mailings/new`);
    return coordinator.submit(page.form('/mailings/new'), { words_pl: 'Dzień dobry, {name}. {link}', ...values });
  };
  const review = await write({ audience: 'invited:all', subject_pl: 'Zapraszamy: {edition}' });
  await write({ audience: 'accepted', subject_pl: `Do: ${unbroken.slice(0, 100)}` });
  await coordinator.submit(review.form('/review'));
  const mail = await coordinator.get(`${edition}/staff/mail?q=Zapraszamy`);
  const letter = await coordinator.get(/href="([^"]+)">Zapraszamy: /.exec(mail.html)[1]);
  return /\/unsubscribe\/[0-9a-z]{26}/.exec(letter.text)[0];
}

const unbroken = 'Zespół' + 'wielkodalekosiężny'.repeat(22); // 400 letters without a place to break
const sheet = `Nazwa organizacji;E-mail;Ile osób;${unbroken}\r\nKoło z Arkusza;arkusz@example.org;2;\r\nPracownia Most;to nie jest adres;dużo;x\r\n`
  + `${unbroken};${unbroken};${unbroken};${unbroken}\r\nGrupa nieformalna Dwie Nazwy;grupa@example.org;2;\r\nFundacja Dwie Nazwy;fundacja@example.org;3;\r\n`;

/** A sheet that is in: its page tells so. */
async function takeSheet(visitor) {
  const page = await visitor.get(`${edition}/staff/sign-ups/import`);
  const bytes = Buffer.from('Nazwa organizacji\nKoło z Drugiego Arkusza\n');
  const preview = await visitor.submit(page.form('/import'), { sheet: { name: 'wczytany.csv', bytes } });
  const taken = await visitor.send(preview.form(preview.path), { do: 'take' });
  assert.equal(taken.status, 303, taken.text);
  return preview.path;
}

async function importSheet(visitor) {
  const page = await visitor.get(`${edition}/staff/sign-ups/import`);
  const preview = await visitor.submit(page.form('/import'), { sheet: { name: 'arkusz.csv', bytes: Buffer.from(sheet) } });
  assert.match(preview.path, /\/import\/[^/]+$/, preview.text);
  return preview.path;
}

/** What no link leads to: [{ who, path, status }]. */
async function hiddenPages(program, people) {
  const elsewhere = new Visitor(program.base); // a link opened where it was not asked for
  await beSignedUpByAStranger(elsewhere, people.representative);
  await addHelper(people.coordinator);
  await askToConfirm(people.coordinator);
  await signUpTwice(people.coordinator);
  const pages = [
    { who: 'anonymous', path: await askToAct(people) },
    { who: 'anonymous', path: await askForMessage(program, people.anonymous) },
    { who: 'anonymous', path: await askForMessage(program, elsewhere) },
    ...(await signUpStepByStep(people.anonymous)).map((path) => ({ who: 'anonymous', path })),
    { who: 'anonymous', path: '/setup/00000000000000000000000000', status: 410 },
    { who: 'anonymous', path: '/me/data/erased' },
    { who: 'anonymous', path: await writeToMany(people) },
    { who: 'anonymous', path: '/nobody-made-this', status: 404 },
    { who: 'anonymous', path: `${edition}/sign-up/00000000000000000000000000/check`, status: 404 },
    { who: 'coordinator', path: await importSheet(people.coordinator) },
    { who: 'coordinator', path: await takeSheet(people.coordinator) },
    { who: 'coordinator', path: `${edition}/staff/people/find?q=arkusz%40example.org` }, // stands in the sheet that waits
    { who: 'coordinator', path: `${edition}/staff/people/find/erase?q=arkusz%40example.org` },
    { who: 'coordinator', path: `${edition}/staff/programme/publish` },
    { who: 'coordinator', path: `${edition}/staff/sign-ups/of/${people.representative.home.split('/').pop()}` },
    { who: 'coordinator', path: `/~host${edition}/host`, status: 200 },
    { who: 'coordinator', path: `/~${people.representative.home.split('/').pop()}${people.representative.home}/sign-up`, status: 200 },
    { who: 'coordinator', path: `/~public${edition}/staff`, status: 403 },
    { who: 'representative', path: `${people.representative.home}/talk` },
    { who: 'representative', path: `${people.representative.home}/sign-up/confirm` },
    { who: 'representative', path: `${people.representative.home.replace('/ii/', '/iii/')}/sign-up/same` },
    { who: 'representative', path: `${edition}/staff`, status: 403 },
  ];
  elsewhere.close();
  return pages;
}

/**
 * { people, pages }: pages of each person, [{ who, path, route, status, isFirst }], isFirst where nobody before them has
 * this route. Fails where a route of GET has no page.
 */
export async function everyPage(program, routes) {
  const people = { ...await demoPeople(program), anonymous: new Visitor(program.base) };
  const hidden = await hiddenPages(program, people);
  const pages = [], seen = new Set();
  for (const [who, visitor] of Object.entries(people).reverse()) {
    const { paths } = await discover(routes, { [who]: visitor });
    for (const [route, [path]] of paths) pages.push({ who, path, route, isFirst: !seen.has(route) });
    for (const one of hidden.filter((page) => page.who === who)) {
      const route = one.status ? undefined : routeOf(routes, 'GET', one.path)?.path;
      pages.push({ ...one, route, isFirst: true });
    }
    pages.forEach(({ route }) => seen.add(route));
  }
  const missing = routes.filter((route) => route.method === 'GET' && !isFile(route) && !seen.has(route.path)).map((route) => route.path);
  assert.deepEqual(missing, ['/setup/{token}'], 'a page that nobody looks at: link it, or say in every_page.mjs how one comes there');
  return { people, pages };
}
