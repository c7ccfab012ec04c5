// SPDX-License-Identifier: EUPL-1.2
// What an edition asks: a coordinator writes questions, organisations answer them one a page; limits, files, conditions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga'];
let folder, program, ola, ewa, jan, anyone;

const cli = (...words) => runWell([...words, '--edition', edition], { folder });
const questions = async () => (await ola.get(`${staff}/questions`)).links.filter((one) => /\/questions\/[0-9a-z]{13}$/.test(one));
const idIn = (link) => link.split('/').at(-1);

/** Adds a question; its path, for staff. */
async function ask(label, kind, more = {}) {
  const page = await ola.get(`${staff}/questions/new`);
  const sent = await ola.send(page.form('/questions/new'), { label_pl: label, kind, shown: 'always', ...more });
  assert.equal(sent.status, 303, sent.text);
  return (await questions()).at(-1);
}

async function addChoice(question, label, places = '') {
  const page = await ola.get(`${question}/choices/new`);
  assert.equal((await ola.send(page.form('/choices/new'), { label_pl: label, places })).status, 303);
}

const mine = (visitor, question) => `${visitor.home}/questions/${idIn(question)}`;
async function answer(visitor, question, values) {
  const page = await visitor.get(mine(visitor, question));
  return visitor.send(page.forms.find((one) => one.action === mine(visitor, question)), values);
}
const choiceOf = (page, words) => page.forms.flatMap((form) => [...form.html.matchAll(/value="([^"]*)"[^>]*>\s*<span>([^<]*)/g)]).find(([, , label]) => label.startsWith(words))?.[1];

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
  await signUpAll(program, names);
  ewa = await comeIn(program, names[0]);
  jan = await comeIn(program, names[1]);
});
after(async () => {
  for (const visitor of [ola, ewa, jan, anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('where nothing is asked nothing is said', async () => {
  assert.ok(!(await ewa.get(ewa.home)).text.includes('Pytania od organizatora'));
  assert.match((await ola.get(`${staff}/questions`)).text, /Na razie nie ma żadnych/);
});

test('one question a page, answered in turn, with a later and a condition', async () => {
  const stand = await ask('Czy macie stoisko?', 'yes_no', { is_required: '1' });
  const list = await ola.get(`${staff}/questions/new`);
  const condition = choiceOf(list, '„Czy macie stoisko?”: tak');
  assert.ok(condition, list.text);
  const power = await ask('Ile gniazdek?', 'number', { shown: condition });
  const motto = await ask('Wasze hasło', 'line', { hint_pl: 'Kilka słów.' });
  assert.match((await ewa.get(ewa.home)).text, /2 pytania czekają na Waszą odpowiedź/);

  let page = await ewa.get(mine(ewa, stand));
  assert.equal(page.heading, 'Czy macie stoisko?');
  assert.ok(page.links.includes(mine(ewa, motto)), 'later leads to the next one');
  const empty = await answer(ewa, stand, {});
  assert.equal(empty.status, 422);
  assert.match(empty.text, /Wybierzcie|Zaznaczcie|odpowiedź/);
  assert.equal((await answer(ewa, stand, { pick: 'yes' })).location, mine(ewa, power));
  page = await answer(ewa, power, { answer: 'dużo' });
  assert.equal(page.status, 422);
  assert.ok(page.html.includes('value="dużo"'), 'what was typed is there');
  assert.equal((await answer(ewa, power, { answer: '2' })).location, mine(ewa, motto));
  assert.equal((await answer(ewa, motto, { answer: 'Razem „dalej” <b>' })).location, `${ewa.home}/questions?done=1`);
  page = await ewa.get(`${ewa.home}/questions`);
  assert.match(page.text, /tak/);
  assert.ok(page.html.includes('&lt;b&gt;'));
  assert.match((await ewa.get(ewa.home)).text, /Odpowiedzieliście na wszystkie/);

  // The other one has no stand: it is not asked for sockets.
  assert.equal((await answer(jan, stand, { pick: 'no' })).location, mine(jan, motto));
  assert.ok(!(await jan.get(`${jan.home}/questions`)).text.includes('Ile gniazdek?'));

  // Coordinators read it where the sign-up is, in the sheet, and by question.
  const id = (await cli('signups', 'list', '--json')).find((one) => one.organisation === names[0]).id;
  assert.match((await ola.get(`${staff}/sign-ups/${id}`)).text, /Ile gniazdek\? 2/);
  const { stdout } = { stdout: (await ola.get(`${staff}/sign-ups/export`)).html };
  assert.match(stdout, /Ile gniazdek\?/);
  assert.match((await ola.get(`${motto}/answers`)).text, /Odpowiedzi: 1 z 2/);
});

test('nobody else reads or answers', async () => {
  const [question] = await questions();
  for (const visitor of [jan, anyone]) {
    const { status } = await visitor.ask('GET', mine(ewa, question));
    assert.ok([303, 403, 404].includes(status), `${status}`);
    const form = (await ewa.get(mine(ewa, question))).forms.find((one) => one.action === mine(ewa, question));
    assert.ok([403, 404].includes((await visitor.send(form, { pick: 'no' })).status));
  }
  assert.equal((await ewa.ask('GET', `${staff}/questions`)).status, 403);
  assert.equal((await ewa.ask('GET', `${staff}/answers/${idIn(ewa.home)}/${idIn(question)}`)).status, 403);
});

test('the last place of a choice', async () => {
  const workshop = await ask('Warsztat', 'choice');
  await addChoice(workshop, 'ceramika', '1');
  await addChoice(workshop, 'wiklina');
  const before_it = await jan.get(mine(jan, workshop)); // shows a free place
  const clay = choiceOf(before_it, 'ceramika');
  assert.match(before_it.text, /ceramika \(zostało 1 miejsce\)/);
  assert.equal((await answer(ewa, workshop, { pick: clay })).status, 303);
  const late = await jan.send(before_it.forms.find((one) => one.action === mine(jan, workshop)), { pick: clay });
  assert.equal(late.status, 422);
  assert.match(late.text, /Ostatnie miejsce na „ceramika” zostało właśnie zajęte/);
  assert.match((await jan.get(mine(jan, workshop))).text, /ceramika \(wszystkie miejsca zajęte\)/);
  assert.equal((await answer(ewa, workshop, { pick: clay })).status, 303, 'their own place is theirs');
  assert.match((await ola.get(workshop)).text, /zajęte miejsca: 1 z 1/);
  const other = await answer(jan, workshop, { pick: '0000000000000' });
  assert.equal(other.status, 422, 'an answer that there is not');
});

test('a file: by its bytes, saved only, in a sandbox, for who may', async () => {
  const plan = await ask('Plan stoiska', 'file');
  const page = await ewa.get(mine(ewa, plan));
  const form = page.forms.find((one) => one.action === mine(ewa, plan));
  assert.ok(form.isMultipart);
  const refused = await ewa.send(form, { file: { name: 'plan.pdf', bytes: Buffer.from('<html><script>alert(1)</script>') } });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Nie możemy przyjąć tego pliku/);
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(700_000, 7)]);
  const kept = await answer(ewa, plan, { file: { name: '..\\..\\zły plan.html', bytes } });
  assert.equal(kept.status, 303, kept.text);
  const file = await ewa.ask('GET', `${mine(ewa, plan)}/file`);
  assert.equal(file.status, 200);
  assert.equal(file.headers['content-type'], 'application/pdf');
  assert.match(file.headers['content-disposition'], /^attachment; filename\*=UTF-8''z%C5%82y%20plan\.html\.pdf$/);
  assert.equal(file.headers['x-content-type-options'], 'nosniff');
  assert.match(`${file.headers['content-security-policy']}`, /sandbox/);
  assert.equal(Number(file.headers['content-length'] ?? bytes.length), bytes.length);
  for (const visitor of [jan, anyone]) assert.ok([303, 403, 404].includes((await visitor.ask('GET', `${mine(ewa, plan)}/file`)).status));
  assert.equal((await ola.ask('GET', `${staff}/answers/${idIn(ewa.home)}/${idIn(plan)}/file`)).status, 200);
  const large = await answer(ewa, plan, { file: { name: 'duży.pdf', bytes: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(6_000_000, 7)]) } });
  assert.equal(large.status, 422);
  assert.match(large.text, /Ten plik jest za duży: najwyżej 5 MB/);
  assert.equal((await ewa.ask('GET', `${mine(ewa, plan)}/file`)).status, 200, 'the one that was there stays');
  assert.equal((await answer(ewa, plan, { remove: '1' })).status, 303);
  assert.equal((await ewa.ask('GET', `${mine(ewa, plan)}/file`)).status, 404);
});

test('after the last day only coordinators write it down', async () => {
  const soon = await ask('Menu?', 'line', { due: '2020-05-01' });
  const page = await ewa.get(mine(ewa, soon));
  assert.match(page.text, /Tej odpowiedzi nie można już tu zmienić/);
  const other = (await ewa.get(mine(ewa, (await questions())[2]))).forms.find((one) => one.control('answer'));
  const late = await ewa.post(mine(ewa, soon), { answer: 'zupa', version: '0', once: other.control('once').value });
  assert.equal(late.status, 422);
  assert.match(late.text, /Minął ostatni dzień/);
  const where = `${staff}/answers/${idIn(ewa.home)}/${idIn(soon)}`;
  const told = await ola.get(where);
  assert.equal((await ola.send(told.forms.find((one) => one.action === where), { answer: 'zupa' })).status, 303);
  assert.match((await ewa.get(mine(ewa, soon))).text, /zupa/);
});

test('moving, and removing with what was answered', async () => {
  const all = await questions();
  const list = await ola.get(`${staff}/questions`);
  const move = list.forms.find((one) => one.action === `${all[2]}/move`);
  assert.equal((await ola.send(move, { to: 'up' })).status, 303);
  assert.equal((await questions())[1], all[2]);
  const page = await ola.get(all[0]);
  assert.match(page.text, /Znikną też 2 odpowiedzi/);
  assert.equal((await ola.send(page.form('/remove'))).status, 303);
  assert.match((await jan.get(`${jan.home}/questions`)).text, /Ile gniazdek\?/, 'asked of everybody now');
});

test('built-in questions by switch: not asked any more, and nothing is lost', async () => {
  const own = await ewa.get(`${ewa.home}/sign-up`);
  assert.equal((await ewa.send(own.forms.find((one) => one.control('words')), { words: 'Robimy ceramikę', needs_words: 'sala' })).status, 303);
  const page = await ola.get(`${staff}/questions`);
  assert.equal((await ola.send(page.forms.find((one) => one.control('asked')), { asked: ['words', 'remarks'] })).status, 303);
  const later = await ewa.get(`${ewa.home}/sign-up`);
  const form = later.forms.find((one) => one.control('words'));
  for (const name of ['needs', 'offers', 'nip', 'legal_form', 'website', 'access_needs', 'district'])
    assert.ok(!form.controls.some((one) => one.name === name), name);
  assert.equal((await ewa.send(form, { words: 'Robimy wiklinę' })).status, 303);
  const id = (await cli('signups', 'list', '--json')).find((one) => one.organisation === names[0]).id;
  const staff_form = (await ola.get(`${staff}/sign-ups/${id}/edit`)).forms.find((one) => one.control('staff_notes'));
  assert.equal(staff_form.control('words').value, 'Robimy wiklinę');
  // The sign-up has a page less.
  const visitor = new Visitor(program.base);
  assert.match((await visitor.get(`${path}/sign-up`)).text, /5 krótkich stron/);
  visitor.close();
});

test('an empty form to print asks the same', async () => {
  const page = await ola.get(`${staff}/paper-form`);
  assert.equal(page.heading, 'Formularz zgłoszenia');
  for (const words of ['Wasze hasło', 'ceramika', 'Nazwa Waszej organizacji', 'Podpis'.toLowerCase()]) assert.ok(page.text.includes(words), words);
  assert.ok(!page.text.includes('NIP'), 'what is not asked is not printed');
});
