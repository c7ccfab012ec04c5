// SPDX-License-Identifier: EUPL-1.2
// Answers to an edition's own questions wherever they go: by hand past a condition, in the list, in letters, in a sheet there
// and back; and forms of them that stood open while the question was changed.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { comeIn, edition, makeGathering, path, signUpAll } from '../reliability/gathering.mjs';

const staff = `${path}/staff`;
const names = ['Fundacja Pierwsza', 'Fundacja Druga', 'Fundacja Trzecia'];
let folder, program, ola, ewa, jan, stand, power, motto, day;

const idIn = (link) => link.split('/').at(-1);
const questions = async () => (await ola.get(`${staff}/questions`)).links.filter((one) => /\/questions\/[0-9a-z]{13}$/.test(one));
async function ask(label, kind, more = {}) {
  const page = await ola.get(`${staff}/questions/new`);
  const sent = await ola.send(page.form('/questions/new'), { label_pl: label, kind, shown: 'always', ...more });
  assert.equal(sent.status, 303, sent.text);
  return (await questions()).at(-1);
}
async function addChoice(question, label, places = '') {
  const page = await ola.get(`${question}/choices/new`);
  assert.equal((await ola.send(page.form('/choices/new'), { label_pl: label, places })).status, 303);
  return (await ola.get(question)).links.find((link, _, all) => /\/choices\/[0-9a-z]{13}$/.test(link) && link === all.filter((one) => /\/choices\/[0-9a-z]{13}$/.test(one)).at(-1)).split('/').at(-1);
}
const mine = (visitor, question) => `${visitor.home}/questions/${idIn(question)}`;
const formOf = async (visitor, question) => (await visitor.get(mine(visitor, question))).forms.find((one) => one.action === mine(visitor, question));
const answer = async (visitor, question, values) => visitor.send(await formOf(visitor, question), values);
const list = () => runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
const rowsOf = (page) => [...page.html.matchAll(/<th scope="row"><a href="[^"]*">([^<]*)/g)].map(([, name]) => name);

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  await signUpAll(program, names);
  ewa = await comeIn(program, names[0]);
  jan = await comeIn(program, names[1]);
  stand = await ask('Czy macie stoisko?', 'yes_no');
  const condition = /value="([0-9a-z]{13}\.yes)"/.exec((await ola.get(`${staff}/questions/new`)).html)[1];
  power = await ask('Czego potrzebujecie?', 'several', { shown: condition });
  await addChoice(power, 'gniazdko', '1');
  await addChoice(power, 'stół, krzesła');
  motto = await ask('Wasze hasło', 'line');
  day = await ask('Kiedy przyjedziecie?', 'date');
});
after(async () => {
  for (const visitor of [ola, ewa, jan]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

test('what is not asked is not taken, whoever sends it by hand, and a place comes free with its condition', async () => {
  assert.equal((await answer(ewa, stand, { pick: 'yes' })).status, 303);
  const form = await formOf(ewa, power);
  const socket = form.controls.find((one) => one.name === 'pick').value;
  const by_hand = await jan.post(mine(jan, power), [['once', (await formOf(jan, stand)).control('once').value], ['version', '0'], ['pick', socket]]);
  assert.equal(by_hand.status, 422);
  assert.match(by_hand.text, /To pytanie już Was nie dotyczy/);
  assert.match((await jan.get(mine(jan, power))).text, /Zadajemy je tylko gdy na „Czy macie stoisko\?” odpowiedź brzmi: tak/);
  assert.equal((await ewa.send(form, { pick: socket })).status, 303);
  await answer(jan, stand, { pick: 'yes' });
  assert.match((await answer(jan, power, { pick: socket })).text, /Ostatnie miejsce na „gniazdko”/);
  assert.equal((await answer(ewa, stand, { pick: 'no' })).status, 303);
  assert.equal((await answer(jan, power, { pick: socket })).status, 303, 'the place is free at once');
  const told = await ola.get(`${staff}/answers/${idIn(ewa.home)}/${idIn(power)}`);
  assert.match(told.text, /Zadajemy je tylko gdy/, 'coordinators neither');
});

test('in the list: by what was answered, by not having answered, and as a column', async () => {
  await answer(ewa, motto, { answer: 'Razem' });
  const page = await ola.get(`${staff}/sign-ups`);
  const filter = page.forms.find((form) => form.control('group'));
  const choose = (words) => new RegExp(`<option value="([^"]+)"[^>]*>${words}<`).exec(filter.html)?.[1] ?? assert.fail(filter.html);
  const by = async (words) => rowsOf(await ola.get(`${staff}/sign-ups?group=${encodeURIComponent(choose(words))}`)).sort();
  assert.deepEqual(await by('na „Czy macie stoisko\\?” odpowiedź: nie'), [names[0]]);
  assert.deepEqual(await by('na „Czego potrzebujecie\\?” odpowiedź: gniazdko'), [names[1]]);
  assert.deepEqual(await by('nie ma jeszcze odpowiedzi na „Wasze hasło”'), [names[1], names[2]]);
  assert.deepEqual(await by('nie ma jeszcze odpowiedzi na „Czego potrzebujecie\\?”'), []);
  const column = await ola.get(`${staff}/sign-ups?answer=${idIn(motto)}`);
  assert.match(column.html, /<th scope="col">Wasze hasło<\/th>/);
  assert.match(column.html, /data-label="Wasze hasło">Razem</);
  assert.match(column.html, /data-label="Wasze hasło">brak odpowiedzi</);
});

test('letters: to those who answered so, to those who have not', async () => {
  const form = (await ola.get(`${staff}/mailings/new`)).form('/mailings/new');
  const options = form.html;
  for (const words of ['na „Czy macie stoisko\\?” odpowiedź: tak \\(1\\)', 'nie ma jeszcze odpowiedzi na „Wasze hasło” \\(2\\)', 'na „Czego potrzebujecie\\?” odpowiedź: gniazdko \\(1\\)'])
    assert.match(options, new RegExp(words));
});

const upload = async (bytes) => {
  const form = (await ola.get(`${staff}/sign-ups/import`)).form('/import');
  const entries = [...ola.entries(form).filter(([name]) => name !== 'sheet'), ['sheet', { name: 'arkusz.csv', bytes }]];
  return ola.follow(await ola.post(form.action, entries, { isMultipart: true }));
};
const previewForm = (page) => page.form(/\/import\/[0-9a-z]{13}$/);
const answersOf = async (name) => {
  const one = (await list()).find(({ organisation }) => organisation === name);
  return (await ola.get(`${staff}/sign-ups/${one.id}`)).text;
};

test('a sheet is read as the form: kinds, conditions, limits; what does not fit is told and noted; again changes nothing', async () => {
  const sheet = 'Nazwa organizacji;E-mail;Ile osób;Czego potrzebujecie?;Czy macie stoisko?;Wasze hasło;Kiedy przyjedziecie?\n'
    + 'Koło Arkuszowe;kolo@arkusz.example;2;"""stół, krzesła""; gniazdko";tak;Naprzód;11.06.2099\n'
    + 'Klub Arkuszowy;klub@arkusz.example;3;gniazdko;nie;Cześć;kiedyś\n'
    + 'Grupa Arkuszowa;grupa@arkusz.example;1;"""stół, krzesła""";tak;;2099-06-10\n';
  const preview = await upload(sheet);
  assert.match(preview.text, /Nie ma już miejsc na .*gniazdko.* w pytaniu „Czego potrzebujecie\?”/);
  assert.match(preview.text, /Pytanie „Czego potrzebujecie\?” ich nie dotyczy/);
  assert.match(preview.text, /„kiedyś” nie pasuje jako odpowiedź na „Kiedy przyjedziecie\?”/);
  const taken = await ola.send(previewForm(preview), { do: 'take' });
  assert.match(taken.location, /added=3&updated=0&left=0&unkept=3$/);
  assert.match((await ola.follow(taken)).text, /3 odpowiedzi na Wasze pytania nie dało się przyjąć/);
  assert.match(await answersOf('Grupa Arkuszowa'), /Czego potrzebujecie\? stół, krzesła/);
  assert.match(await answersOf('Grupa Arkuszowa'), /Kiedy przyjedziecie\? środa 10 czerwca 2099/);
  assert.match(await answersOf('Koło Arkuszowe'), /Wasze hasło Naprzód/);
  assert.match(await answersOf('Koło Arkuszowe'), /Z arkusza, na pytanie „Czego potrzebujecie\?”, gdzie nie ma już miejsc: .*gniazdko/);
  assert.match(await answersOf('Klub Arkuszowy'), /Z arkusza, nie pasuje jako odpowiedź na „Kiedy przyjedziecie\?”: kiedyś/);
  assert.match((await ola.get(power)).text, /zajęte miejsca: 1 z 1/, 'nobody over the limit');
  const again = await upload(sheet);
  assert.match((await ola.send(previewForm(again), { do: 'take' })).location, /added=0&updated=0&left=0$/);
  const newer = await upload(sheet.replace('Naprzód', 'Dalej'));
  assert.match(newer.text, /Wasze hasło: Dalej/);
  const tick = previewForm(newer).control('row-2'); // what differs from what is kept is ticked first
  assert.match((await ola.send(previewForm(newer), { 'row-2': tick.value, do: 'take' })).location, /added=0&updated=1&left=0/);
  assert.match(await answersOf('Koło Arkuszowe'), /Wasze hasło Dalej/);
});

test('what is exported comes back as the same', async () => {
  const page = await ola.ask('GET', `${staff}/sign-ups/export`);
  const preview = await upload(page.body ?? page.html);
  assert.match((await ola.send(previewForm(preview), { do: 'take' })).location, /added=0&updated=0&left=0$/, preview.text.slice(0, 2000));
});

test('the command line reads a column of a question too', async () => {
  const sheet = join(folder, 'arkusz.csv');
  await writeFile(sheet, 'Nazwa organizacji;Wasze hasło\nZespół Z Wiersza;Prosto\n');
  await runWell(['import', 'signups', sheet, '--edition', edition, '--confirm'], { folder });
  assert.match(await answersOf('Zespół Z Wiersza'), /Wasze hasło Prosto/);
});

test('a column is given to a question by hand', async () => {
  const preview = await upload('Nazwa organizacji;Slogan\nKoło Arkuszowe;Przed siebie\n');
  const form = previewForm(preview);
  assert.ok(form.html.includes('Wasze pytanie: Wasze hasło'));
  const corrected = await ola.follow(await ola.send(form, { 'column-2': `question.${idIn(motto)}`, do: 'columns' }));
  assert.match(corrected.text, /Wasze hasło: Przed siebie/);
});

test('a form that stood open while its question was changed or removed gives back what was typed', async () => {
  const changed = await formOf(jan, motto), removed = await formOf(jan, day);
  const edit = (await ola.get(motto)).forms.find((one) => one.control('label_pl'));
  assert.equal((await ola.send(edit, { label_pl: 'Wasze nowe hasło' })).status, 303);
  assert.equal((await jan.send(changed, { answer: 'Wciąż razem' })).status, 303, 'it is an answer still');
  assert.equal((await ola.send((await ola.get(day)).form('/remove'))).status, 303);
  const gone = await jan.send(removed, { answer: '10 czerwca 2099' });
  assert.equal(gone.status, 404);
  assert.match(gone.text, /10 czerwca 2099/);
  const hidden = await formOf(jan, power);
  await answer(jan, stand, { pick: 'no' });
  const late = await jan.send(hidden, { pick: hidden.controls.filter((one) => one.name === 'pick').at(-1).value });
  assert.equal(late.status, 422);
  assert.match(late.text, /Co napisaliście.*stół, krzesła/);
});

test('nobody else sees who answered what', async () => {
  const visitor = new Visitor(program.base);
  assert.ok([303, 403].includes((await visitor.ask('GET', `${staff}/sign-ups?answer=${idIn(motto)}`)).status));
  assert.equal((await ewa.ask('GET', `${staff}/sign-ups?answer=${idIn(motto)}`)).status, 403);
  visitor.close();
});
