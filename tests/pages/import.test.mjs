// SPDX-License-Identifier: EUPL-1.2
// Importing sheets: hundreds of rows that are doubtful, organisations of one name, going back after it was done.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, run, runWell, setUp, start } from '../program.mjs';
import { edition, makeGathering, path, signedUp } from '../reliability/gathering.mjs';

const rows = 700;
let folder, program, ola;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
});
after(async () => {
  ola?.close();
  await program?.stop();
  await removeFolder(folder);
});

const letters = (number) => [...String(number)].map((digit) => 'kmprstwzbd'[digit]).join('o');
const nameOf = (number) => `Zespół ${letters(number + 1000)} ${letters(9999 - number)}`;
const upload = async (bytes) => {
  const form = (await ola.get(`${path}/staff/sign-ups/import`)).form('/import');
  const entries = [...ola.entries(form).filter(([name]) => name !== 'sheet'), ['sheet', { name: 'arkusz.csv', bytes }]];
  return ola.follow(await ola.post(form.action, entries, { isMultipart: true }));
};

test('hundreds of doubtful rows are ticked and taken, and the same form again does nothing more', async () => {
  const lines = Array.from({ length: rows }, (_, i) => `${nameOf(i)};dużo`);
  const preview = await upload(`Nazwa organizacji;Ile osób\n${lines.join('\n')}\n`);
  assert.equal(preview.status, 200);
  const form = preview.form(/\/import\/[0-9a-z]{13}$/);
  const ticks = form.controls.filter(({ name }) => /^row-\d+$/.test(name));
  assert.equal(ticks.length, rows);
  const values = { ...Object.fromEntries(ticks.map(({ name }) => [name, 'new'])), do: 'take' };
  const taken = await ola.send(form, values);
  assert.equal(taken.status, 303, taken.text.slice(0, 300));
  assert.match(taken.location, new RegExp(`\\?added=${rows}&updated=0&left=0$`));
  const again = await ola.send(form, values);
  assert.deepEqual([again.status, again.location], [303, taken.location]);
  const names = await signedUp(folder);
  assert.ok([0, 1, rows - 1].every((i) => names.has(nameOf(i))));
});

test('what is no sheet is said on the page of the upload', async () => {
  const page = await upload(Buffer.from('PK\x03\x04 something'));
  assert.equal(page.status, 422);
  assert.match(page.text, /CSV/);
  assert.ok(page.form('/import'));
});

const list = () => runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
const contactsOf = async (...names) =>
  (await list()).filter(({ organisation }) => names.includes(organisation)).map(({ organisation, email }) => [organisation, email]).sort();
const previewForm = (page) => page.form(/\/import\/[0-9a-z]{13}$/);
const counted = (page) => /added=(\d+)&updated=(\d+)&left=(\d+)$/.exec(page.location).slice(1).map(Number);

for (const [choice, name] of [['same', 'Jaworowej'], ['other', 'Klonowej']])
  test(`two organisations of one folded name: ${choice}, and again nothing changes`, async () => {
    const group = `Grupa nieformalna „Przy ${name}”`, foundation = `Fundacja „Przy ${name}”`;
    const mail = name.toLowerCase();
    const bytes = `Organizacja;E-mail;Ile osób\n${group};grupa@${mail}.example;3\n${foundation};fundacja@${mail}.example;4\n`;
    const preview = await upload(bytes);
    assert.match(preview.text, /To może być ta sama organizacja co w wierszu 2/);
    assert.deepEqual(previewForm(preview).control('row-3').options, ['', 'same.line2', 'other.line2']);
    const taken = await ola.send(previewForm(preview), { 'row-3': `${choice}.line2`, do: 'take' });
    assert.deepEqual(counted(taken), choice === 'same' ? [1, 1, 0] : [2, 0, 0]);
    const expected = choice === 'same' ? [[group, `fundacja@${mail}.example`]]
      : [[foundation, `fundacja@${mail}.example`], [group, `grupa@${mail}.example`]];
    assert.deepEqual(await contactsOf(group, foundation), expected);
    const before = await list();
    const again = await upload(bytes);
    const unasked = previewForm(again).controls.filter((control) => control.name?.startsWith('row-'));
    assert.equal(unasked.length, 0, 'nothing is asked again');
    assert.deepEqual(counted(await ola.send(previewForm(again), { do: 'take' })), [0, 0, 0]);
    await writeFile(join(folder, 'twins.csv'), bytes);
    for (const option of [[], ['--take-doubtful'], ['--same', '3'], ['--other', '3']])
      assert.match(await runWell(['import', 'signups', join(folder, 'twins.csv'), '--edition', edition, '--confirm', ...option], { folder }),
        /written: 0 new, 0 changed; left out: 0/);
    assert.deepEqual(await list(), before);
  });

test('a tick is of the organisation that was seen: another one of that name is not overwritten', async () => {
  const bring = async (name, mail, people) => {
    const bytes = `Organizacja;E-mail;Ile osób\n${name};${mail};${people}\n`;
    return previewForm(await upload(bytes));
  };
  const [seen, meanwhile] = ['Pracownia Makramowa Świdnicka', 'Pracownia Makramova Świdnicka'];
  await ola.send(await bring(seen, 'sznurki@makrama.example', 2), { do: 'take' });
  const form = await bring(meanwhile, 'trzecia@makrama.example', 4);
  const [, same, other] = form.control('row-2').options;
  assert.match(`${same} ${other}`, /^same\.([0-9a-z]{13}) other\.\1$/);
  const between = await bring(meanwhile, 'inni@makrama.example', 5);
  assert.deepEqual(counted(await ola.send(between, { 'row-2': other, do: 'take' })), [1, 0, 0]);
  const before = await list();
  const taken = await ola.send(form, { 'row-2': same, do: 'take' });
  assert.match(taken.location, /added=0&updated=0&left=1&changed=1$/);
  assert.match((await ola.follow(taken)).text, /pominięto, bo dane zmieniły się w międzyczasie/);
  assert.deepEqual(await list(), before);
});

test('the command line says of each doubtful row which it is', async () => {
  const names = ['Brzozowej', 'Lipowej'].flatMap((street) => [`Grupa nieformalna „Przy ${street}”`, `Fundacja „Przy ${street}”`]);
  const file = join(folder, 'lines.csv');
  await writeFile(file, `Organizacja;E-mail\n${names.map((name, i) => `${name};kontakt${i}@przy.example`).join('\n')}\n`);
  const said = await runWell(['import', 'signups', file, '--edition', edition], { folder });
  assert.match(said, /To może być ta sama organizacja co w wierszu 2|It may be the same organisation as in line 2/);
  assert.match(await runWell(['import', 'signups', file, '--edition', edition, '--confirm', '--same', '3', '--other', '5'], { folder }),
    /written: 3 new, 1 changed; left out: 0/);
  assert.deepEqual(await contactsOf(...names), [names[3], names[0], names[2]].map((name) => [name, `kontakt${name === names[0] ? 1 : names.indexOf(name)}@przy.example`]).sort());
  for (const [options, words] of [[['--same', '3', '--other', '3'], /line 3/], [['--other', '99'], /line 99/], [['--same', 'x'], /--same x/]]) {
    const refused = await run(['import', 'signups', file, '--edition', edition, ...options], { folder });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, words);
  }
});

test('going back to a sheet that is in says so, and so does pressing again', async () => {
  const preview = await upload('Organizacja;E-mail\nKlub Dwóch Naciśnięć;dwa@klub.example\n');
  const other = await ola.get(preview.path); // a second tab
  const taken = await ola.send(previewForm(preview), { do: 'take' });
  assert.deepEqual(counted(taken), [1, 0, 0]);
  const before = await list();
  const isSaid = (page) => {
    assert.deepEqual([page.status, page.heading], [200, 'Ten arkusz jest już wczytany']);
    assert.match(page.text, /arkusz\.csv.*Nowe: 1, zmienione: 0, pominięte: 0/);
    assert.ok(page.links.includes(`${path}/staff/sign-ups`));
  };
  isSaid(await ola.get(preview.path));
  assert.equal((await ola.send(previewForm(preview), { do: 'take' })).location, taken.location, 'a double press');
  isSaid(await ola.submit(previewForm(other), { do: 'take' }));
  isSaid(await ola.submit(previewForm(other), { do: 'look' })); // the same form again is led where it was before
  isSaid(await ola.submit(other.form('/discard'), {}));
  isSaid(await ola.get(preview.path));
  assert.deepEqual(await list(), before);
  const start = await ola.get(`${path}/staff/sign-ups/import`);
  assert.ok(!start.links.includes(preview.path), 'it waits for nobody');
});

test('columns that are not read are named, in the page and on the command line', async () => {
  const bytes = 'Organizacja;Rozmiar koszulki;Uwagi;Puste\nKlub Koszulek;L;bez mięsa;\n';
  assert.match((await upload(bytes)).text, /Kolumny, których nie wczytujemy: Rozmiar koszulki\. /);
  const file = join(folder, 'shirts.csv');
  await writeFile(file, bytes);
  const args = ['import', 'signups', file, '--edition', edition];
  assert.match(await runWell(args, { folder }), /: Rozmiar koszulki\.\n/);
  assert.deepEqual((await runWell([...args, '--json'], { folder })).columns_not_read, ['Rozmiar koszulki']);
  assert.deepEqual((await runWell([...args, '--json', '--column', '2=remarks'], { folder })).columns_not_read, []);
});

test('the sheet that is downloaded comes back as the same sign-ups', async () => {
  const saved = await ola.get(`${path}/staff/sign-ups/export`);
  assert.match(saved.headers['content-type'], /^text\/csv/);
  const preview = await upload(saved.bytes);
  assert.match(preview.text, /nowe 0 bez zmian \d+ niepewne 0 nie da się wczytać 0/);
  await writeFile(join(folder, 'own.csv'), await runWell(['signups', 'export', '--edition', edition], { folder }));
  assert.match(await runWell(['import', 'signups', join(folder, 'own.csv'), '--edition', edition, '--confirm', '--take-doubtful'], { folder }),
    /written: 0 new, 0 changed; left out: 0/);
});
