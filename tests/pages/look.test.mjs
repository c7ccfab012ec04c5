// SPDX-License-Identifier: EUPL-1.2
// A series has its own colour and languages: a colour that cannot be read is refused, its sheet is served by its name and
// nothing else is, and pages come in the languages of the series alone. The invitation kit comes in three languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, setUp, start } from '../program.mjs';
import { makeGathering, path } from '../reliability/gathering.mjs';

const series = path.slice(1, path.lastIndexOf('/')), edit = `/admin/series/${series}`;
let folder, program, ola, anyone;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
});
after(async () => {
  ola?.close();
  anyone?.close();
  await program?.stop();
  await removeFolder(folder);
});

const change = async (values) => ola.send((await ola.get(edit)).form(edit), values);
const sheetOf = (page) => /href="(\/brand\/[^"]*)"/.exec(page.html)?.[1];

test('a colour that cannot be read is refused, and what is none', async () => {
  for (const [accent, words] of [['#ffcc00', /słabo widoczne/], ['czerwony', /nie jest kolor/], ['#12345', /nie jest kolor/]]) {
    const answer = await change({ accent });
    assert.equal(answer.status, 422);
    assert.match(answer.text, words);
  }
  assert.equal(sheetOf(await anyone.get(path)), undefined);
});

test('a readable one colours every page of the series, by a sheet that never changes', async () => {
  assert.equal((await change({ accent: '#1C6B45' })).status, 303);
  for (const where of [path, `${path}/programme`, `${path}/sign-up`, `/${series}`]) assert.equal(sheetOf(await anyone.get(where)), '/brand/1c6b45.css', where);
  const sheet = await anyone.ask('GET', '/brand/1c6b45.css');
  assert.equal(sheet.status, 200);
  assert.match(sheet.headers['content-type'], /^text\/css/);
  assert.match(sheet.headers['cache-control'], /immutable/);
  assert.match(sheet.html, /--act: #1c6b45/);
  assert.match(sheet.html, /prefers-color-scheme: dark/);
  for (const bad of ['ffcc00.css', '1c6b45', '1C6B45.css', 'x.css', '1c6b45%7D.css']) assert.equal((await anyone.ask('GET', `/brand/${bad}`)).status, 404, bad);
});

test('pages come in the languages of the series', async () => {
  const refused = await change({ languages: ['uk'] });
  assert.equal(refused.status, 422);
  assert.equal((await change({ languages: ['pl', 'uk'] })).status, 303);
  const english = await anyone.get(`${path}?lang=en`);
  assert.match(english.html, /<html lang="pl">/);
  assert.doesNotMatch(english.html, /hreflang="en"|\?lang=en/);
  assert.match((await anyone.get(`${path}?lang=uk`)).html, /<html lang="uk">/);
  assert.equal((await change({ languages: ['pl', 'en', 'uk'] })).status, 303);
  assert.match((await anyone.get(`${path}?lang=en`)).html, /<html lang="en">/);
});

test('the invitation kit: words in three languages, and a poster in each with the address', async () => {
  const kit = await ola.get(`${path}/staff/invite`);
  for (const words of ['Zapraszamy Waszą organizację', 'We invite your organisation', 'Запрошуємо вашу організацію']) assert.ok(kit.text.includes(words));
  for (const tag of ['pl', 'en', 'uk']) assert.ok(kit.text.includes(`/sign-up?lang=${tag}`), 'who reads Ukrainian opens it in Ukrainian');
  const posters = kit.links.filter((link) => /\/staff\/invite\/\w+$/.test(link));
  assert.equal(posters.length, 3);
  for (const poster of posters) {
    const page = await ola.get(poster);
    assert.match(page.html, /<svg class="qr"/);
    assert.match(page.text, new RegExp(`${path}/sign-up`));
  }
  assert.equal((await ola.get(`${path}/staff/invite/fr`)).status, 404);
  assert.ok([303, 403].includes((await anyone.ask('GET', `${path}/staff/invite`)).status));
});
