// SPDX-License-Identifier: EUPL-1.2
// A series has its own colour and languages: a colour that cannot be read is refused, its sheet is served by its name and
// nothing else is, and pages come in the languages of the series alone. The invitation kit comes in three languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
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

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type), data]), length = Buffer.alloc(4), sum = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, sum]);
};
/** A grey picture, with where it was taken in it, and a tail. */
function picture(width, height) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('tEXt', Buffer.from('Place\0Kraków')),
    chunk('IDAT', deflateSync(Buffer.alloc(height * (width + 1)))), chunk('IEND', Buffer.alloc(0)), Buffer.from('<script>alert(1)</script>')]);
}
const logo = `${edit}/logo`, logoOf = (page) => /src="(\/logo\/[^"]*)"/.exec(page.html)?.[1];
const upload = async (bytes, name = 'logo.png') => ola.send((await ola.get(logo)).form('/logo'), { file: { name, bytes, type: 'image/png' } });

test('a logo is taken for what it is, refused with a reason, and shown on every page of the series', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>');
  for (const [bytes, words] of [[svg, /rysunek SVG/], [Buffer.from('GIF89a'), /nie jest obrazek/], [picture(3, 3), /pikseli/],
    [picture(64, 64).subarray(0, 90), /uszkodzony/], [Buffer.alloc(600 * 1024, 1), /500 kB/]]) {
    const answer = await upload(bytes);
    assert.equal(answer.status, 422);
    assert.match(answer.text, words);
  }
  assert.equal(logoOf(await anyone.get(path)), undefined);
  assert.equal((await upload(picture(64, 32))).status, 303);
  const href = logoOf(await anyone.get(path));
  for (const where of [path, `${path}/programme`, `${path}/sign-up`, `/${series}`]) assert.equal(logoOf(await anyone.get(where)), href, where);
  assert.match((await anyone.get(path)).html, /<img class="logo" src="[^"]+" alt="Wspólnie do celu" width="64" height="32">/);
  const file = await anyone.ask('GET', href);
  assert.equal(file.headers['content-type'], 'image/png');
  assert.equal(file.headers['x-content-type-options'], 'nosniff');
  assert.match(file.headers['cache-control'], /immutable/);
  assert.ok([file.headers['content-security-policy']].flat().join().includes('sandbox'));
  for (const gone of ['Kraków', 'script']) assert.ok(!file.bytes.includes(gone), gone);
  const kit = (await ola.get(`${path}/staff/invite/uk`)).html;
  assert.ok(kit.split(href).length >= 3, 'on the poster too');
});

test('two change a logo, one removes it, strangers do neither', async () => {
  const before_it = (await ola.get(logo)).form('/logo/remove');
  const href = logoOf(await anyone.get(path));
  assert.equal((await upload(picture(80, 40))).status, 303);
  assert.notEqual(logoOf(await anyone.get(path)), href);
  assert.equal((await anyone.ask('GET', href)).status, 404);
  assert.equal((await ola.send(before_it)).status, 409);
  assert.ok([303, 403].includes((await anyone.ask('GET', logo)).status));
  assert.equal((await ola.send((await ola.get(logo)).form('/logo/remove'))).status, 303);
  assert.equal(logoOf(await anyone.get(path)), undefined);
  for (const none of ['nothing.png', 'data.db']) assert.equal((await anyone.ask('GET', `/logo/${none}`)).status, 404);
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
