// SPDX-License-Identifier: EUPL-1.2
// Two people change the same thing: the second is told, sees both versions, and loses nothing typed; a button does nothing
// to what its page did not show. Every form that changes something is in the table below, or the test fails. And one press
// that arrives twice, as a double click or a repeated request does, acts once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, onceKey, removeFolder, runWell, setUp, signInByMail, start, textOf } from '../program.mjs';
import { answersOf, edition, emailOf, makeGathering, path, signUp, signUpAll } from './gathering.mjs';
import { discover, readRoutes, routeOf } from './routes.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia', 'Fundacja Czwarta'];
let folder, program, ola, adam, ewa, routes, found;

// ---- every form that changes something ----------------------------------------------------------------------------

/**
 * Forms that change what is there already, by route ({things} by its name): what the first types, what the second types,
 * and, where what is shown is not what is typed, the words for it. remove: whether the page has a button to remove it.
 */
const editable = {
  '/admin/series/{series}': { hers: { organiser: 'Urząd Oli' }, his: { organiser: 'Urząd Adama' } },
  '/{series}/{edition}/staff/settings': { hers: { title: 'Tytuł od Oli' }, his: { title: 'Tytuł od Adama' } },
  '/{series}/{edition}/staff/settings/state': {
    hers: { state: 'call_closed' }, his: { state: 'call_open' }, shown: ['Zgłoszenia zamknięte', 'Zgłoszenia otwarte'] },
  '/{series}/{edition}/staff/settings/reported': { hers: { reported_in: 'Relacja Oli' }, his: { reported_in: 'Relacja Adama' } },
  '/{series}/{edition}/staff/settings/notice': { hers: { pl: 'Słowa Oli' }, his: { pl: 'Słowa Adama' } },
  '/{series}/{edition}/staff/settings/sections/{thing}': { hers: { title: 'Część Oli' }, his: { title: 'Część Adama' }, remove: true },
  '/{series}/{edition}/staff/settings/venues/{thing}': { hers: { words: 'Wejście Oli' }, his: { words: 'Wejście Adama' }, remove: true },
  '/{series}/{edition}/staff/settings/spaces/{thing}': { hers: { capacity: '111' }, his: { capacity: '222' }, remove: true },
  '/{series}/{edition}/staff/settings/parties/{thing}': {
    hers: { contributions: 'krzesła, stoły' }, his: { contributions: 'nagłośnienie' }, remove: true },
  '/{series}/{edition}/staff/settings/asks/{thing}': { hers: { words: 'Krzesła Oli' }, his: { words: 'Krzesła Adama' }, remove: true },
  '/{series}/{edition}/host/asks/{ask}': { hers: { answer: 'no', words: 'Nie od Oli' }, his: { answer: 'no', words: 'Nie od Adama' }, shown: ['Nie od Oli', 'Nie od Adama'] },
  '/{series}/{edition}/host/house/{venue}': { hers: { keys: 'Klucze Oli' }, his: { keys: 'Klucze Adama' } },
  '/{series}/{edition}/host/spaces/{space}': { hers: { uses: 'Tańce Oli' }, his: { uses: 'Tańce Adama' } },
  '/{series}/{edition}/staff/sign-ups/{signup}/access': { hers: { answer: 'no', words: 'Nie od Oli' }, his: { answer: 'no', words: 'Nie od Adama' }, shown: ['Nie od Oli', 'Nie od Adama'] },
  '/{series}/{edition}/staff/settings/figures/{thing}': { hers: { wording: 'blisko 70' }, his: { wording: 'ponad 70' }, remove: true },
  '/{series}/{edition}/staff/sign-ups/{signup}/edit': { hers: { staff_notes: 'Ola dzwoniła' }, his: { staff_notes: 'Adam dzwonił' } },
  '/{series}/{edition}/staff/programme/items/{item}': { hers: { title: 'Powitanie Oli' }, his: { title: 'Powitanie Adama' }, remove: true },
  '/{series}/{edition}/staff/walks/{walk}': { hers: { words: 'Widok Oli' }, his: { words: 'Widok Adama' }, remove: true },
  '/{series}/{edition}/staff/walks/{walk}/turns/{turn}': { hers: { places: '11' }, his: { places: '12' }, remove: true },
  '/{series}/{edition}/staff/potluck/{dish}': { hers: { name: 'Sernik Oli' }, his: { name: 'Sernik Adama' }, remove: true },
  '/{series}/{edition}/staff/guests/{guest}': { hers: { words: 'Wita Ola' }, his: { words: 'Wita Adam' }, remove: true },
  '/{series}/{edition}/staff/questions/{question}/choices/{choice}': { hers: { label_pl: 'glina' }, his: { label_pl: 'papier' }, remove: true },
  '/{series}/{edition}/staff/questions/{question}': { hers: { label_pl: 'Stoisko od Oli?' }, his: { label_pl: 'Stoisko od Adama?' }, remove: true },
  '/{series}/{edition}/staff/answers/{signed_up}/{question}': { hers: { answer: 'odpowiedź Oli' }, his: { answer: 'odpowiedź Adama' } },
  '/me/{series}/{edition}/{organisation}/questions/{question}': { hers: { answer: 'odpowiedź pierwsza' }, his: { answer: 'odpowiedź druga' } },
  '/{series}/{edition}/staff/rounds/plan': { hers: { talk_min: '7' }, his: { talk_min: '9' } },
  '/me/data/correct': { hers: { name: 'Ewa z Telefonu' }, his: { name: 'Ewa z Komputera' } },
  '/me/{series}/{edition}/{organisation}/sign-up': { hers: { words: 'Robimy pierwsze' }, his: { words: 'Robimy drugie' } },
  '/me/{series}/{edition}/{organisation}/directory': {
    hers: { is_shown: '1', public_email: 'ona@kolo.example' }, his: { is_shown: '1', public_email: 'on@kolo.example' },
    shown: ['ona@kolo.example', 'on@kolo.example'] },
  '/me/{series}/{edition}/{organisation}/exchanges/{exchange}': { hers: { words: 'Sala Oli' }, his: { words: 'Sala Adama' }, remove: true },
  '/me/{series}/{edition}/{organisation}/talk/{item}': { hers: { title: 'Tytuł pierwszy' }, his: { title: 'Tytuł drugi' } },
  '/me/{series}/{edition}/{organisation}/dish/{dish}': { hers: { name: 'Szarlotka' }, his: { name: 'Jabłecznik' }, remove: true },
  '/{series}/{edition}/staff/mailings/{mailing}': { hers: { words_pl: 'Słowa Oli' }, his: { words_pl: 'Słowa Adama' }, remove: true },
  '/{series}/{edition}/staff/tasks/{task}': { hers: { words: 'Krzesła od Oli' }, his: { words: 'Krzesła od Adama' }, remove: true },
  '/{series}/{edition}/translations/{language}/{field}/{subject}': { hers: { words: 'Słowa Oli' }, his: { words: 'Słowa Adama' } },
  '/me/{series}/{edition}/{organisation}/languages/{language}/{field}/{subject}': { hers: { words: 'First words' }, his: { words: 'Second words' } },
  '/me/{series}/{edition}/{organisation}/languages': { hers: { written_in: 'en' }, his: { written_in: 'uk' }, shown: ['angielski', 'ukraiński'] },
  '/{series}/{edition}/staff/questions': { hers: { asked: 'words' }, his: { asked: 'website' }, shown: ['Kilka zdań o organizacji', 'Strona internetowa'] },
};

/** Forms that add something new, or a way in: there is nothing yet that two could change. */
const adding = [
  '/sign-in', '/sign-in/code', '/sign-in/password', '/s', '/me/password', '/setup/{token}', '/admin/series/new', '/{series}/staff/new-edition',
  '/{series}/staff/next-edition', '/{series}/{edition}/staff/settings/from-last', // what somebody else took over is not taken twice: pages/next
 
  '/{series}/{edition}/staff/settings/{things}/new', '/{series}/{edition}/staff/settings/people', '/{series}/{edition}/sign-up',
  '/{series}/{edition}/sign-up/{draft}/{step}', '/{series}/{edition}/staff/sign-ups/add', '/{series}/{edition}/staff/sign-ups/import',
  '/{series}/{edition}/staff/sign-ups/import/{sheet}', '/{series}/{edition}/staff/programme/items/new',
  '/{series}/{edition}/staff/sign-ups/{signup}/notes',
  '/me/{series}/{edition}/{organisation}/talk', '/{series}/{edition}/staff/walks', '/{series}/{edition}/staff/walks/{walk}/turns',
  '/{series}/{edition}/staff/guests/new', '/{series}/{edition}/staff/potluck/new', '/{series}/{edition}/staff/sign-ups/late',
  '/me/{series}/{edition}/{organisation}/dish', '/me/{series}/{edition}/{organisation}/exchanges/new',
  '/me/{series}/{edition}/{organisation}/people', '/me/{series}/{edition}/{organisation}/sign-up/same',
  '/admin/series/{series}/logo', // with the version that was seen: pages/look
  '/{series}/{edition}/staff/questions/new', '/{series}/{edition}/staff/questions/{question}/choices/new', '/{series}/{edition}/staff/mailings/new',
  '/{series}/{edition}/staff/tasks/new',
];

/** Buttons. checked: with the version their page showed, each with a test below; others do the same whoever was first. */
const buttons = {
  checked: [
    '/{series}/{edition}/staff/settings/{things}/{thing}/remove', '/{series}/{edition}/staff/programme/items/{item}/remove',
    '/{series}/{edition}/staff/walks/{walk}/remove', '/{series}/{edition}/staff/walks/{walk}/turns/{turn}/remove',
  '/{series}/{edition}/staff/potluck/{dish}/remove', '/{series}/{edition}/staff/guests/{guest}/remove',
  '/me/{series}/{edition}/{organisation}/dish/{dish}/remove',
  '/me/{series}/{edition}/{organisation}/exchanges/{exchange}/remove',
  '/{series}/{edition}/staff/sign-ups/{signup}/decide', '/{series}/{edition}/staff/sign-ups/{signup}/join',
  '/{series}/{edition}/staff/questions/{question}/remove',
  '/{series}/{edition}/staff/questions/{question}/choices/{choice}/remove',
    '/{series}/{edition}/staff/tasks/{task}/remove', '/{series}/{edition}/staff/tasks/{task}/state', // pages/tasks
    '/{series}/{edition}/staff/mailings/{mailing}/remove', '/{series}/{edition}/staff/mailings/{mailing}/review', // pages/mailing
    '/{series}/{edition}/staff/sign-ups/{signup}/same', // pages/same
    '/{series}/{edition}/staff/sign-ups/duplicates/join', // pages/joins
    '/me/{series}/{edition}/{organisation}/languages/{language}/{field}/{subject}/refuse', // pages/translations
    '/admin/series/{series}/logo/remove', // pages/look
    '/{series}/{edition}/staff/programme/items/{item}/decide', '/{series}/{edition}/staff/rounds/publish',
    '/{series}/{edition}/staff/rounds/take-back', '/{series}/{edition}/staff/rounds/discard', '/{series}/{edition}/staff/rounds/held',
  ],
  others: [
    '/{series}/{edition}/staff/tasks/propose', // the second finds the plan there: pages/tasks
    '/{series}/{edition}/staff/settings/before', // a letter to oneself
    '/me/{series}/{edition}/{organisation}/invitations', '/unsubscribe/{secret}', // the same as often as pressed: pages/mailing
    '/me/data/erase', '/me/data/consents/{consent}/withdraw', '/{series}/{edition}/staff/people/{person}/data/erase', // pages/privacy
    '/{series}/{edition}/staff/people/find/erase', // pages/my_data
    '/{series}/{edition}/staff/settings/host/read', // up to the answer the page showed: mail/answers
    '/sign-out', '/sign-in/{token}', '/s/{secret}', '/{series}/{edition}/staff/settings/people/take', '/{series}/{edition}/staff/mail/{message}',
    '/{series}/{edition}/staff/mail/{message}/address', '/{series}/{edition}/staff/mail/hand-on', '/{series}/{edition}/staff/sign-ups/{signup}/address', // pages/hand_on
    '/me/{series}/{edition}/{organisation}/sign-up/withdraw', '/me/{series}/{edition}/{organisation}/sign-up/again',
    '/{series}/{edition}/staff/sign-ups', '/{series}/{edition}/staff/sign-ups/import/{sheet}/discard', '/{series}/{edition}/staff/sign-ups/{signup}/card',
    '/{series}/{edition}/staff/settings/frame/propose', '/{series}/{edition}/staff/settings/people/{person}/link', '/me/{series}/{edition}/{organisation}/sign-up/listing',
    '/{series}/{edition}/staff/sign-ups/{signup}/others', '/{series}/{edition}/staff/sign-ups/{signup}/confirmed', '/{series}/{edition}/staff/sign-ups/{signup}/rung',
    '/{series}/{edition}/staff/sign-ups/duplicates', '/{series}/{edition}/staff/sign-ups/joins/ask-again', // two are two, or are asked about
    '/{series}/{edition}/staff/sign-ups/joins/{join}/undo', // once, and the latest first: pages/joins
    '/me/{series}/{edition}/{organisation}/people/again', '/me/{series}/{edition}/{organisation}/people/withdraw', // pages/acting
    '/{series}/{edition}/acting/{secret}', '/me/{series}/{edition}/invited/{invitation}',
    '/{series}/{edition}/staff/sign-ups/late/end', '/{series}/{edition}/staff/sign-ups/confirm', '/me/{series}/{edition}/{organisation}/sign-up/confirm',
    '/me/{series}/{edition}/{organisation}/people/contact', '/me/{series}/{edition}/{organisation}/people/end',
    '/{series}/{edition}/staff/sign-ups/{signup}/listing', // what was shown is compared: pages/names
    '/{series}/{edition}/staff/programme/arrange', '/{series}/{edition}/staff/programme/talks', '/{series}/{edition}/staff/programme/publish',
    '/{series}/{edition}/staff/questions/{question}/move', // where it stands is nobody's words
    '/{series}/{edition}/staff/programme/items/{item}/move', // its version is that of its words
  ],
};

/** The name of a form in the tables: its route; of the settings' things which they are, and whether it is a new one. */
function nameOf(form) {
  const { path: pattern } = routeOf(routes, 'POST', form.action);
  const [, things, thing, rest] = /\/settings\/(\w+)\/(\w+)(\/remove)?$/.exec(form.action.split('?')[0]) ?? [];
  if (!pattern.includes('{things}') || rest) return pattern;
  return thing === 'new' ? pattern.replace('{thing}', 'new') : pattern.replace('{things}', things);
}

// ---- a gathering with one of everything ------------------------------------------------------------------------------

const cli = (...words) => runWell([...words, '--edition', edition], { folder });
const list = () => cli('signups', 'list', '--json');
const idOf = async (name) => (await list()).find((one) => one.organisation === name).id;

async function fillGathering() {
  await signUpAll(program, names);
  for (const name of names.slice(0, 2)) await cli('signups', 'accept', name);
  await runWell(['edition', 'set', edition, '--venue', 'Dom', '--host', 'Fundacja Gospodarz', '--contribution', 'krzesła'], { folder });
  await cli('frame', 'add', '--kind', 'talks', '--from', '14:00', '--to', '15:00');
  await cli('programme', 'talks');
  await cli('walk', 'add', '--name', 'Ogrody', '15:50');
  await cli('dish', 'add', 'Sernik', '--organisation', names[0]);
  const send = async (where, values) => assert.equal((await ola.send((await ola.get(where)).form(where), values)).status, 303, where);
  await send(`${staff}/questions/new`, { label_pl: 'Warsztat?', kind: 'choice', shown: 'always' });
  await send(`${staff}/questions/new`, { label_pl: 'Hasło?', kind: 'line', shown: 'always' });
  const question = (await ola.get(`${staff}/questions`)).links.filter((one) => /\/questions\/[0-9a-z]{13}$/.test(one))[0];
  await send(`${question}/choices/new`, { label_pl: 'wiklina' });
  await send(`${staff}/mailings/new`, { audience: 'accepted', subject_pl: 'Do wszystkich', words_pl: 'Dzień dobry, {name}' });
  await send(`${staff}/tasks/new`, { words: 'Krzesła' });
  await send(`${staff}/guests/new`, { name: 'Artystka Próbna', kind: 'artist', people: '1' });
  await send(`${staff}/settings/spaces/new`, { name: 'Sala' });
  await send(`${staff}/settings/asks/new`, { words: 'Krzesła' });
  await send(`${staff}/sign-ups/${await idOf(names[3])}/edit`, { access_needs: 'Pętla' });
  await send(`${staff}/settings/figures/new`, { wording: 'około 70', source: 'relacja' });
}

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  const page = await ola.get(`${staff}/settings/people`);
  await ola.submit(page.forms.find((one) => one.control('email')), { name: 'Adam Próbny', email: 'adam@urzad.example', role: 'coordinator' });
  adam = await signInByMail(program, 'adam@urzad.example');
  await fillGathering();
  ewa = await signInByMail(program, emailOf(names[0]));
  const home = (await ewa.get('/me')).links.find((link) => new RegExp(`^/me${path}/[0-9a-z]{13}$`).test(link));
  const need = (await ewa.get(`${home}/exchanges/new?side=need`)).forms.find((one) => one.control('quantity'));
  assert.equal((await ewa.send(need, { kind: 'space', words: 'Sala', quantity: '2', until: '01.12.2031' })).status, 303);
  routes = await readRoutes();
  ola.home = staff;
  const { forms } = await discover(routes, { ola, ewa });
  found = new Map(forms.map((one) => [nameOf(one.form), one]));
  await findThings();
});

/** The settings' things share a route, of which a walk through the pages looks at two: here at one of each. */
async function findThings() {
  const settings = await ola.get(`${staff}/settings`);
  for (const list_path of settings.links.filter((link) => link.startsWith(`${staff}/settings/`))) {
    const things = (await ola.get(list_path)).links.filter((link) => /\/settings\/\w+\/[0-9a-z]{13}$/.test(link));
    for (const where of things)
      for (const form of (await ola.get(where)).forms.filter((one) => one.method === 'POST')) found.set(nameOf(form), { form, path: where });
  }
}
after(async () => {
  for (const visitor of [ola, adam, ewa]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('every route that changes something, and every form, is in a table here', () => {
  const known = new Set([...Object.keys(editable), ...adding, ...buttons.checked, ...buttons.others]);
  const is_known = (pattern) => known.has(pattern) || (pattern.endsWith('/{things}/{thing}') &&
    [...known].some((one) => one.startsWith('/{series}/{edition}/staff/settings/') && one.endsWith('/{thing}')));
  for (const route of routes.filter((one) => one.method === 'POST')) assert.ok(is_known(route.path), `${route.path} is in no table`);
  for (const name of found.keys()) assert.ok(known.has(name), `the form ${name} is in no table`);
  for (const name of Object.keys(editable)) assert.ok(found.has(name), `no page leads to the form ${name}`);
});

// ---- forms -------------------------------------------------------------------------------------------------------------

/** The form as a page shows it now. */
const formOf = (name, page) => {
  const form = page.forms.find((one) => one.method === 'POST' && nameOf(one) === name);
  assert.ok(form, `${name} is not on ${page.path} (${page.status}): ${page.text.slice(0, 600)}`);
  return form;
};
/** Two who look at it: two coordinators, or an organisation in two windows. */
const twoOf = (name) => name.startsWith('/me/') ? [ewa, ewa] : [ola, adam];

for (const [name, { hers, his, shown }] of Object.entries(editable))
  test(`two at once: ${name}`, async () => {
    const { path: where } = found.get(name);
    const [first, second] = twoOf(name);
    const [one, other] = [formOf(name, await first.get(where)), formOf(name, await second.get(where))];
    const saved = await first.send(one, hers);
    assert.equal(saved.status, 303, `the first: ${saved.text.slice(0, 400)}`);
    const told = await second.send(other, his);
    assert.equal(told.status, 409, `the second is not told: ${told.status} ${told.text.slice(0, 400)}`);
    assert.match(told.html, /id="conflict"/);
    const table = /id="conflict"[\s\S]*?<table[\s\S]*?<\/table>/.exec(told.html)?.[0] ?? '';
    for (const words of shown ?? [...Object.values(hers), ...Object.values(his)])
      assert.ok(table.includes(words), `${words} is not shown: ${told.text.slice(0, 1500)}`);
    const again = formOf(name, told);
    for (const [field, value] of Object.entries(his)) {
      const controls = again.controls.filter((each) => each.name === field && each.type !== 'hidden');
      const control = controls.find((each) => each.checked) ?? controls[0];
      assert.equal(control.value, value, `${field}: what was typed is lost`);
    }
    const at_last = await second.send(again, {}); // sent once more, it is a decision
    assert.equal(at_last.status, 303, at_last.text.slice(0, 400));
    for (const [field, value] of Object.entries(his)) {
      const controls = formOf(name, await first.get(where)).controls.filter((each) => each.name === field && each.type !== 'hidden');
      assert.equal((controls.find((each) => each.checked) ?? controls[0]).value, value);
    }
  });

// ---- buttons -----------------------------------------------------------------------------------------------------------

for (const [name, { hers }] of Object.entries(editable).filter(([, { remove }]) => remove))
  test(`removing asks for what was seen: ${name}`, async () => {
    const { path: where } = found.get(name);
    const [first, second] = twoOf(name);
    const removal = (page) => page.forms.find((form) => /\/remove$/.test(form.action));
    const seen_before = removal(await second.get(where));
    assert.ok(seen_before, `${where} has no button to remove it`);
    assert.equal((await first.send(formOf(name, await first.get(where)), hers)).status, 303);
    const refused = await second.send(seen_before);
    assert.equal(refused.status, 409);
    assert.match(refused.text, /Nic nie zostało zrobione/);
    assert.ok(formOf(name, refused).controls.some((control) => control.value === Object.values(hers)[0]), 'it is not shown as it stands now');
    assert.equal((await first.get(where)).status, 200, 'it is gone');
    // what is removed below is not needed any more: the page that was shown is the one that counts
    if (/venues|\{walk\}$|staff\/potluck/.test(name)) return; // the tests that follow need them
    assert.equal((await second.send(removal(refused))).status, 303);
    assert.equal((await first.get(where)).status, 404);
    const late = await first.send(seen_before);
    assert.equal(late.status, 404);
  });

test('who changes what another has removed keeps what was typed', async () => {
  const added = await ola.send((await ola.get(`${staff}/walks`)).form('/walks'), { name: 'Spacer na chwilę' });
  const where = added.location;
  const form = (await adam.get(where)).forms.find((one) => one.action === where);
  assert.equal((await ola.send((await ola.get(where)).form('/remove'))).status, 303);
  const late = await adam.send(form, { words: 'Długo pisane słowa' });
  assert.equal(late.status, 404);
  assert.match(late.text, /Długo pisane słowa/);
  assert.match(late.text, /usunął/);
});

test('a decision on a sign-up', async () => {
  const where = `${staff}/sign-ups/${await idOf(names[2])}`;
  const decide = (page) => page.form('/decide');
  const [one, other] = [decide(await ola.get(where)), decide(await adam.get(`${where}/decide`))];
  assert.equal((await ola.send(one, { to: 'accepted' })).status, 303);
  const told = await adam.send(other, { to: 'declined', reason: 'Adam widział ją inaczej.' });
  assert.equal(told.status, 409);
  assert.equal(decide(told).control('reason').value, 'Adam widział ją inaczej.');
  assert.equal((await list()).find((each) => each.organisation === names[2]).state, 'accepted');
});

test('a decision on an item', async () => {
  const add = (await ola.get(`${staff}/programme/items/new`)).form('/items/new');
  assert.equal((await ola.send(add, { kind: 'talk', title: 'Do decyzji', duration: '3' })).status, 303);
  const [item] = (await cli('programme', 'items', '--json')).filter((one) => one.title === 'Do decyzji');
  const decide = (page) => page.forms.find((form) => form.action.endsWith(`/items/${item.id}/decide`));
  const [one, other] = [decide(await ola.get(`${staff}/programme`)), decide(await adam.get(`${staff}/programme`))];
  assert.equal((await ola.send(one, { state: 'reserve' })).status, 303);
  assert.equal((await adam.send(other, { state: 'declined' })).status, 409);
  assert.equal((await cli('programme', 'items', '--json')).find((each) => each.id === item.id).state, 'reserve');
});

test('steps of the plan of rounds', async () => {
  const where = `${staff}/rounds`;
  const page = await adam.get(where);
  const plan = (await ola.get(where)).form('/plan');
  assert.equal((await ola.send(plan, {})).status, 303);
  for (const step of ['/publish', '/discard']) {
    const told = await adam.send(page.form(step));
    assert.equal(told.status, 409, step);
    assert.match(told.text, /ktoś zmienił plan|Ktoś .*zmienił/i);
  }
  assert.equal((await ola.send((await ola.get(where)).form('/publish'))).status, 303);
  const published = await adam.get(where);
  assert.equal((await ola.send((await ola.get(where)).form('/take-back'))).status, 303);
  assert.equal((await adam.send(published.form('/take-back'))).status, 409);
  assert.ok(!published.forms.some((form) => form.action.endsWith('/held')) || (await adam.send(published.form('/held'))).status === 409);
});

test('joining two organisations asks for the sign-up that was seen', async () => {
  await runWell(['edition', 'add', 'wspolnie-do-celu', '--slug', 'dawna', '--number', '1', '--date', '2098-06-11', '--from', '14:00', '--to', '19:00'], { folder });
  await runWell(['edition', 'state', 'wspolnie-do-celu/dawna', 'call_open'], { folder });
  for (const [name, where] of [['Fundacja Siódma', '/wspolnie-do-celu/dawna'], ['Fundacja Siódmaa', path]]) {
    const visitor = new Visitor(program.base);
    await signUp(visitor, answersOf(name), where);
    visitor.close();
  }
  const where = `${staff}/sign-ups/${await idOf('Fundacja Siódmaa')}`;
  const seen_before = await adam.get(where);
  const join = (page) => page.forms.find((form) => form.action.endsWith('/join'));
  const note = (page) => page.forms.find((form) => form.control('staff_notes'));
  assert.equal((await ola.send(note(await ola.get(`${where}/edit`)), { staff_notes: 'To ktoś inny.' })).status, 303);
  const told = await adam.send(join(seen_before));
  assert.equal(told.status, 409, told.text.slice(0, 300));
  assert.match(told.text, /Nic nie zostało zrobione/);
  assert.ok(told.html.includes('To ktoś inny.'));
});

// ---- once ----------------------------------------------------------------------------------------------------

const countOf = async (name) => (await list()).filter((one) => one.organisation.startsWith(name)).length;

test('the same press twice, one after the other, adds once and leads to the same place', async () => {
  const form = (await ola.get(`${staff}/sign-ups/add`)).form('/add');
  const profile = form.controls.find((control) => control.name === 'profiles');
  const values = { organisation: 'Stowarzyszenie Podwójne', name: 'Ewa Próbna', phone: '+48 601 222 333', people: '2', profiles: profile.value };
  const first = await ola.send(form, values), second = await ola.send(form, values);
  assert.equal(first.status, 303, first.text.slice(0, 400));
  assert.equal(second.status, 303);
  assert.equal(second.location, first.location);
  assert.equal(await countOf('Stowarzyszenie Podwójne'), 1);
});

test('eight at the same moment add once', async () => {
  const form = (await ola.get(`${staff}/sign-ups/add`)).form('/add');
  const profile = form.controls.find((control) => control.name === 'profiles');
  const values = { organisation: 'Stowarzyszenie Równoczesne', name: 'Ewa Próbna', phone: '+48 601 222 444', people: '2', profiles: profile.value };
  const entries = ola.entries(form, values);
  const answers = await Promise.all(Array.from({ length: 8 }, async () => {
    const copy = new Visitor(program.base);
    copy.cookies = new Map(ola.cookies);
    return copy.post(form.action, entries).finally(() => copy.close());
  }));
  assert.deepEqual([...new Set(answers.map((page) => page.status))], [303]);
  assert.equal(new Set(answers.map((page) => page.location)).size, 1);
  assert.equal(await countOf('Stowarzyszenie Równoczesne'), 1);
});

test('the last page of the public form, sent twice, signs up once and says so', async () => {
  const visitor = new Visitor(program.base);
  const answers = answersOf('Klub Niecierpliwych');
  let page = await visitor.get(`${path}/sign-up`);
  let last;
  for (let pages = 0; pages < 10 && page.forms.some((one) => /\/sign-up/.test(one.action) && !/\/sent$/.test(one.action)); pages++) {
    const form = page.forms.find((one) => /\/sign-up/.test(one.action));
    const values = Object.fromEntries(form.controls.filter((control) => control.name in answers).map((control) => [control.name, answers[control.name]]));
    const profile = form.controls.find((control) => control.name === 'profiles');
    if (profile) values.profiles = profile.value;
    last = { form, values };
    page = await visitor.submit(form, values);
  }
  assert.match(page.text, /Klub Niecierpliwych/);
  const again = await visitor.submit(last.form, last.values);
  assert.equal(again.status, 200, again.text.slice(0, 300));
  const late = await visitor.submit(last.form, { ...last.values, once: onceKey() });
  assert.equal(late.status, 200, late.text.slice(0, 300));
  assert.equal(await countOf('Klub Niecierpliwych'), 1);
  visitor.close();
});

test('a key is needed, and must look like one', async () => {
  for (const once of ['', 'x', '0'.repeat(34), '0'.repeat(36), 'I'.repeat(35), `${'0'.repeat(34)}'`]) {
    const page = await ola.post(`${path}/sign-up`, { organisation: 'Bez klucza', once });
    assert.equal(page.status, 400, `once=${once}`);
  }
});

// ---- what was typed and cannot be saved ----------------------------------------------------------------------------------

const plainText = (html) => textOf(html).replace(/ ?\(nieobowiązkowe\)| ?\?$/g, '').trim();

/** The label of each control as the page has it: of a field, of a group, of a box. */
function labelsOf(form) {
  const labels = new Map();
  for (const [, id, words] of form.html.matchAll(/<label for="([^"]*)">([\s\S]*?)<\/label>/g)) {
    const name = new RegExp(`<(?:input|select|textarea)\\b[^>]*\\bid="${id}"[^>]*>`).exec(form.html)?.[0].match(/ name="([^"]*)"/)?.[1];
    if (name) labels.set(name, plainText(words));
  }
  for (const [, inner] of form.html.matchAll(/<fieldset\b[^>]*>([\s\S]*?)<\/fieldset>/g)) {
    const name = / name="([^"]*)"/.exec(inner)?.[1], legend = /<legend>([\s\S]*?)<\/legend>/.exec(inner)?.[1];
    if (name && legend && !labels.has(name)) labels.set(name, plainText(legend));
  }
  for (const [, name, words] of form.html.matchAll(/<input type="checkbox"[^>]* name="([^"]*)"[^>]*> <span>([\s\S]*?)<\/span>/g))
    if (!labels.has(name)) labels.set(name, plainText(words));
  return labels;
}

const answersOfPage = (page) => new Map([...page.html.matchAll(/<dt>([\s\S]*?)<\/dt><dd>([\s\S]*?)<\/dd>/g)].map(([, label, words]) => [textOf(label), textOf(words)]));
const isId = (value) => /^(guest-)?0[0-9a-z]{12}(\.0[0-9a-z]{12})?$/.test(value);

/** Something in every control that a person fills in, and what is to be read of it again. */
function filledIn(form) {
  const values = {}, told = new Map(), guarded = [];
  const labels = labelsOf(form);
  for (const { name, type, value: first, options } of form.controls) {
    const value = form.controls.find((one) => one.name === name && isId(one.value))?.value ?? first;
    if (['hidden', 'submit', 'button', 'password', 'file'].includes(type) || name in values || !labels.has(name)) continue;
    if (type === 'select') {
      const picked = options.find((one) => one && isId(one)) ?? options.find((one) => one);
      if (!picked) continue;
      const [list] = new RegExp(`<select[^>]* name="${name}"[\\s\\S]*?</select>`).exec(form.html);
      const [, words] = new RegExp(`<option value="${picked}"[^>]*>([\\s\\S]*?)</option>`).exec(list);
      values[name] = picked;
      if (isId(picked) || name === 'audience') guarded.push([labels.get(name), textOf(words)]); // who is in which state, and how many
      else told.set(labels.get(name), textOf(words));
    } else if (type === 'radio' || type === 'checkbox') {
      if (!value) continue; // nothing chosen
      const pattern = new RegExp(`<input type="${type}"[^>]* name="${name}" value="${value}"[^>]*>\\s*<span>([\\s\\S]*?)</span>`);
      const words = textOf(pattern.exec(form.html)?.[1] ?? '');
      values[name] = value;
      if (isId(value)) guarded.push([labels.get(name), words]);
      else told.set(labels.get(name), words === labels.get(name) ? 'tak' : words);
    } else {
      values[name] = `Pisane ${name}`;
      told.set(labels.get(name), `Pisane ${name}`);
    }
  }
  return { values, told, guarded };
}

/** Forms of those who have to be signed in. Of a list's ticks and of choices laid out by hand nothing is typed. */
const writable = () => [...found].filter(([name, { form }]) => /^\/(me|admin|\{series\})\//.test(name) && !/\/sign-up\/\{draft|\/sign-up$|\/same$|\/import\/\{sheet\}$/.test(name.replace(/^\/me.*/, '')) && filledIn(form).told.size);

/** As they are now: what the tests above have removed is not there any more. */
async function findAgain() {
  const { forms } = await discover(routes, { ola, ewa });
  found = new Map(forms.map((one) => [nameOf(one.form), one]));
  await findThings();
}

test('whose session has ended while they wrote reads all of it again, under the labels of the form', async () => {
  await findAgain();
  assert.ok(writable().length > 20, `${writable().map(([name]) => name)}`);
  for (const [name, { form }] of writable()) {
    const { values, told, guarded } = filledIn(form);
    const stranger = new Visitor(program.base);
    const page = await stranger.send(form, values);
    stranger.close();
    assert.equal(page.status, 403, `${name}: ${page.status} ${page.text.slice(0, 200)}`);
    const read = answersOfPage(page);
    for (const [label, words] of told) assert.equal(read.get(label), words, `${name}: ${label}: ${page.text.slice(0, 900)}`);
    for (const [label, words] of guarded) assert.ok(!page.text.includes(words), `${name}: ${label} tells a stranger ${words}`);
    for (const control of form.controls) assert.ok(!read.has(control.name) || told.has(control.name), `${name}: ${control.name} stands as it is called inside`);
  }
});

test('and so do those whose edition went on to another stage', async () => {
  await runWell(['edition', 'state', edition, 'archived'], { folder });
  try {
    for (const [name, { form }] of writable().filter(([name, { form }]) => form.action.includes(`${path}/`) && !/settings\/state$|\/directory$|\/data\/erase$/.test(name))) { // leaving the directory is open always
      const { values, told, guarded } = filledIn(form);
      const page = await (name.startsWith('/me/') ? ewa : ola).send(form, values);
      assert.equal(page.status, 409, `${name}: ${page.status} ${page.text.slice(0, 200)}`);
      const read = answersOfPage(page);
      for (const [label, words] of [...told, ...guarded]) assert.equal(read.get(label), words, `${name}: ${label}: ${page.text.slice(0, 900)}`);
    }
  } finally {
    await runWell(['edition', 'state', edition, 'call_open'], { folder });
  }
});
