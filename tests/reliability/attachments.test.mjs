// SPDX-License-Identifier: EUPL-1.2
// Files that answer a question, from hostile senders: what they are is told by their bytes alone, they come back saved and
// boxed in, their names do no harm, sizes are kept to, and neither a slow line nor a full disk leaves half a file behind.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import http from 'node:http';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { makeFolder, pause, removeFolder, setUp, start } from '../program.mjs';
import { isPostgres, placeIn, removeStore } from '../store_place.mjs';
import { comeIn, makeGathering, path, signUpAll } from './gathering.mjs';

const call = promisify(execFile);
const MOST = 5 * 1024 * 1024;
const names = ['Fundacja Pierwsza', 'Fundacja Druga'];
let folder, program, ola, ewa, where, isMounted = false;

const form = async () => (await ewa.get(where)).forms.find((one) => one.action === where);
const send = async (name, bytes, type) => ewa.send(await form(), { file: { name, bytes, type } });
const kept = () => ewa.ask('GET', `${where}/file`);
const pdf = (size) => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size - 9, 0x20)]);

before(async () => {
  folder = await makeFolder();
  isMounted = !isPostgres && await call('mount', ['-t', 'tmpfs', '-o', 'size=48m,mode=700', 'tmpfs', folder]).then(() => true, () => false);
  if (isMounted) await placeIn(folder);
  await makeGathering(folder);
  program = await start(['serve', '--changes-per-min', '100000'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  await signUpAll(program, names);
  ewa = await comeIn(program, names[0]);
  const staff = `${path}/staff/questions`;
  await ola.submit((await ola.get(`${staff}/new`)).form('/new'), { label_pl: 'Plan?', kind: 'file', shown: 'always' });
  const question = (await ola.get(staff)).links.find((link) => /\/questions\/[0-9a-z]{13}$/.test(link)).split('/').at(-1);
  where = `${ewa.home}/questions/${question}`;
});
after(async () => {
  for (const visitor of [ola, ewa]) visitor?.close();
  await program?.stop();
  removeStore(folder);
  if (isMounted) await call('umount', ['-l', folder]);
  await removeFolder(folder);
});

/** An archive's local entry, as its first bytes: the size it claims is anybody's. */
function entry(name, content, claimed = content.length) {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt32LE(claimed >>> 0, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), content]);
}

test('what is none of the kinds is refused, whatever it is called and says of itself', async () => {
  const html = Buffer.from('<!doctype html><script>alert(document.cookie)</script>');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const files = {
    'plan.pdf': html, 'znak.png': svg, 'znak.svg': svg, 'a.jpg': Buffer.from('GIF89a/*<script>*/=1;alert(1)//'),
    'later.pdf': Buffer.from('\n\n%PDF-1.7'), 'bom.pdf': Buffer.from('\uFEFF%PDF-1.7'), 'program.pdf': Buffer.from('MZ\x90\0'),
    'archive.docx': entry('anything.txt', Buffer.from('x')),
    'macro.docx': Buffer.concat([entry('[Content_Types].xml', Buffer.from('x')), entry('word/document.xml', Buffer.from('x')), entry('word/vbaProject.bin', Buffer.from('x'))]),
    'calc.ods': entry('mimetype', Buffer.from('application/vnd.oasis.opendocument.spreadsheet')),
  };
  for (const [name, bytes] of Object.entries(files)) {
    for (const type of ['application/pdf', 'text/html', 'image/png']) {
      const page = await send(name, bytes, type);
      assert.equal(page.status, 422, `${name} as ${type}`);
      assert.match(page.text, /Nie możemy przyjąć tego pliku/, name);
    }
  }
  assert.equal((await kept()).status, 404);
});

test('what is two things at once comes back as the one it begins as: saved, not sniffed, in a sandbox', async () => {
  const tail = '\n<html><script>alert(document.cookie)</script><svg onload="alert(1)">';
  const docx = Buffer.concat([entry('[Content_Types].xml', Buffer.from('x')), entry('word/document.xml', Buffer.from('PK'), 0xfffffff0)]);
  const files = [
    ['dwa.html', Buffer.from(`%PDF-1.4${tail}`), 'application/pdf'],
    ['dwa.svg', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(tail)]), 'image/png'],
    ['dwa.js', Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from('*/=1;alert(1)//')]), 'image/jpeg'],
    ['bomba.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'], // claims 4 GB; it is never opened
  ];
  for (const [name, bytes, type] of files) {
    assert.equal((await send(name, bytes, 'text/html')).status, 303, name);
    for (const [visitor, at] of [[ewa, `${where}/file`], [ola, `${path}/staff/answers/${ewa.home.split('/').at(-1)}/${where.split('/').at(-1)}/file`]]) {
      const file = await visitor.ask('GET', at);
      assert.equal(file.status, 200);
      assert.equal(file.headers['content-type'], type, name);
      assert.match(file.headers['content-disposition'], /^attachment; filename\*=UTF-8''[\w.%-]+$/);
      assert.equal(file.headers['x-content-type-options'], 'nosniff');
      const policies = [file.headers['content-security-policy']].flat().join(', ');
      assert.match(policies, /default-src 'none'; sandbox(,|$)/);
      assert.match(file.headers['cache-control'], /no-store|private/);
    }
  }
  for (const page of [await ewa.get(where), await ewa.get(`${ewa.home}/questions`)])
    assert.doesNotMatch(page.html, /<(img|iframe|object|embed)\b[^>]*\/file/, 'it is shown nowhere');
});

test('a name does no harm: in the header, on the pages, on the disk of who saves it', async () => {
  const most = 'ą'.repeat(60);
  const told = {
    'a"b.pdf': "a%22b.pdf", 'a\r\nSet-Cookie: x=1.pdf': null, "..%2F..%2Fetc%2Fpasswd": null, '../../etc/passwd': 'passwd.pdf',
    '..\\..\\windows\\system.ini': 'system.ini.pdf', 'dobry\u202Efdp.exe': 'dobryfdp.exe.pdf', '\u200Bukryty\u2066.pdf': 'ukryty.pdf',
    '<img src=x onerror=alert(1)>.pdf': null, '.pdf': '.pdf', '....': '.....pdf', ' ': 'file.pdf', [`${most}${most}.pdf`]: 'file.pdf', "a;b'c.pdf": 'a%3Bb%27c.pdf',
  };
  for (const [name, expected] of Object.entries(told)) {
    const escaped = name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A'); // as browsers do
    const page = await send(escaped, pdf(100));
    assert.equal(page.status, 303, `${JSON.stringify(name)}: ${page.text.slice(0, 300)}`);
    const { headers, status } = await kept();
    assert.equal(status, 200);
    const [, sent] = /^attachment; filename\*=UTF-8''([\w.%-]+)$/.exec(headers['content-disposition']) ?? assert.fail(`${JSON.stringify(name)}: ${headers['content-disposition']}`);
    const saved = decodeURIComponent(sent);
    assert.doesNotMatch(saved, /[/\\\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/u, saved);
    assert.match(saved, /\.pdf$/, saved);
    if (expected) assert.equal(sent.replaceAll('%20', ' '), expected);
    assert.equal(headers['set-cookie']?.some?.((one) => /^x=1/.test(one)) ?? false, false);
    assert.doesNotMatch((await ewa.get(where)).html, /<img src=x/);
  }
  for (const bytes of [Buffer.from([0xff, 0xfe]), Buffer.from('a\0b')]) { // not text: not a form a browser sends
    const boundary = 'grenze';
    const shown = await form();
    const parts = shown.entries().map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`).join('');
    const body = Buffer.concat([Buffer.from(`${parts}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="`), bytes, Buffer.from(`"\r\n\r\n%PDF-1.7\r\n--${boundary}--\r\n`)]);
    assert.equal((await ewa.ask('POST', where, { body, type: `multipart/form-data; boundary=${boundary}` })).status, 400);
  }
});

test('a full disk: said in a clear page, no half file, and it goes through when there is room', async (t) => {
  if (!isMounted) return t.skip('mounting is not allowed here, or the store is a server');
  const was = (await kept()).headers['content-length'];
  const { bavail, bsize } = await statfs(folder);
  const filler = join(folder, 'filler');
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - 256 * 1024)));
  const shown = await form();
  const full = await ewa.send(shown, { file: { name: 'pełny.pdf', bytes: pdf(4 * 1024 * 1024) } });
  assert.equal(full.status, 507, full.text);
  assert.doesNotMatch(full.html, /SQL|errno|ENOSPC|database/i);
  assert.equal((await kept()).headers['content-length'], was, 'the one that was there stays');
  await rm(filler);
  assert.equal((await ewa.send(shown, { file: { name: 'pełny.pdf', bytes: pdf(4 * 1024 * 1024) } })).status, 303);
  assert.equal(Number((await kept()).headers['content-length']), 4 * 1024 * 1024);
});

test('sizes: nothing, the limit, one more, and far more', async () => {
  const empty = await send('pusty.pdf', Buffer.alloc(0));
  assert.equal(empty.status, 422, 'an empty file is said to be none');
  assert.match(empty.text, /pusty|Nie możemy przyjąć tego pliku/);
  const before_it = await kept();
  assert.equal((await send('na styk.pdf', pdf(MOST))).status, 303);
  assert.equal(Number((await kept()).headers['content-length']), MOST);
  const over = await send('za duży.pdf', pdf(MOST + 1));
  assert.equal(over.status, 422);
  assert.match(over.text, /Ten plik jest za duży: najwyżej 5 MB/);
  assert.equal(Number((await kept()).headers['content-length']), MOST, 'the one that was there stays');
  const far = await send('ogromny.pdf', pdf(30 * 1024 * 1024)).catch((error) => ({ status: error.code }));
  assert.ok([413, 'EPIPE', 'ECONNRESET'].includes(far.status), `${far.status}`);
  assert.equal(Number((await kept()).headers['content-length']), MOST);
  assert.equal(before_it.status, 200);
});

test('a slow line gets through, one that is cut leaves what was there', async () => {
  const boundary = 'grenze', shown = await form();
  const parts = shown.entries().map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`).join('');
  const bytes = pdf(300_000);
  const body = Buffer.concat([Buffer.from(`${parts}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="wolny.pdf"\r\n\r\n`), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const cookie = [...ewa.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const upload = async (most) => {
    const url = new URL(where, program.base);
    const request = http.request(url, { method: 'POST', headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': body.length, Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', 'Accept-Language': 'pl' }, localAddress: ewa.address });
    const answer = new Promise((resolve) => { request.once('response', (response) => { response.resume(); resolve(response.statusCode); }); request.once('error', (error) => resolve(error.code)); });
    for (let at = 0; at < most; at += 20_000) { request.write(body.subarray(at, Math.min(at + 20_000, most))); await pause(60); }
    if (most < body.length) request.destroy();
    else request.end();
    return answer;
  };
  const was = (await kept()).headers['content-length'];
  await upload(200_000);
  assert.equal((await kept()).headers['content-length'], was);
  assert.equal(await upload(body.length), 303);
  assert.equal(Number((await kept()).headers['content-length']), bytes.length);
});
