// SPDX-License-Identifier: EUPL-1.2
// Many sign-ups at once: all that a search found are ticked in one go, what was done is said in numbers, more than there
// are places are accepted only when that is said, and names go public or out of it with who told it and how.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { comeIn, edition, emailOf, makeGathering, path } from '../reliability/gathering.mjs';

const list = `${path}/staff/sign-ups`, count = 61, places = 12;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const names = Array.from({ length: count }, (_, i) => `Koło ${letters[i % 26]}${letters[Math.floor(i / 26)]}${letters[(i * 7) % 26]}owo`);
let folder, program, ola, anyone;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  await runWell(['edition', 'set', edition, '--places', String(places)], { folder });
  const rows = names.map((name, i) => [name, i === 0 ? '' : `Osoba ${i}`, i === 0 ? '' : emailOf(name), '2'].join(';'));
  const sheet = join(folder, 'arkusz.csv');
  await writeFile(sheet, ['Nazwa organizacji;Osoba do kontaktu;E-mail;Ile osób', ...rows].join('\n'));
  await runWell(['import', 'signups', sheet, '--edition', edition, '--confirm'], { folder });
  program = await start(['serve'], { folder });
  ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  anyone = new Visitor(program.base);
});
after(async () => {
  for (const visitor of [ola, anyone]) visitor?.close();
  await program?.stop();
  await removeFolder(folder);
});

const picks = (form) => form.controls.filter((control) => control.name === 'pick');
const notice = (page) => /<div class="notice good"[^>]*>([\s\S]*?)<\/div>/.exec(page.html)?.[1].replace(/<[^>]*>/g, '').replaceAll('&nbsp;', ' ') ?? '';
const many = (page) => page.forms.find((form) => form.method === 'POST' && form.action.split('?')[0] === list);
const states = async () => {
  const signups = await runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
  return signups.reduce((counts, { state }) => ({ ...counts, [state]: (counts[state] ?? 0) + 1 }), {});
};

test('without scripts all that were found are ticked, beyond the first page too, and a search holds', async () => {
  const first = await ola.get(list);
  assert.equal(picks(many(first)).length, 50);
  assert.ok(picks(many(first)).every((pick) => !pick.checked));
  const all = first.links.find((link) => /all=1/.test(link));
  const whole = await ola.get(all);
  assert.match(first.text, /Zaznacz wszystkie znalezione: 61/);
  assert.equal(picks(many(whole)).length, count);
  assert.ok(picks(many(whole)).every((pick) => pick.checked));
  const narrow = await ola.get(`${list}?q=${encodeURIComponent(names[7])}`);
  const narrowed = await ola.get(narrow.links.find((link) => /all=1/.test(link)));
  assert.equal(picks(many(narrowed)).length, 1);
});

test('nothing ticked, or a tick that no page made, does nothing', async () => {
  const refused = await ola.send(many(await ola.get(list)), { to: 'accepted' });
  assert.equal(refused.status, 422);
  for (const pick of ['x', '1.2', `${'0'.repeat(13)}.1`, `${'0'.repeat(13)}.1.x`])
    assert.equal((await ola.send(many(await ola.get(list)), { to: 'accepted', pick })).status, 422, pick);
  assert.deepEqual(await states(), { new: count });
});

test('more than there are places are accepted only by the button that says so', async () => {
  const whole = await ola.get(`${list}?all=1`);
  const asked = await ola.send(many(whole), { to: 'accepted' });
  assert.equal(asked.status, 422);
  assert.match(asked.text, /Chcecie przyjąć 61 zgłoszeń. Zostało tylko 12 miejsc./);
  assert.match(asked.text, /Przyjmij mimo to, 49 ponad liczbę miejsc/);
  assert.equal(picks(many(asked)).filter((pick) => pick.checked).length, count);
  assert.deepEqual(await states(), { new: count });
  const few = picks(many(asked)).slice(0, places - 2).map((pick) => pick.value);
  const fits = await ola.submit(many(asked), { to: 'accepted', pick: few });
  assert.match(notice(fits), /Przyjęto 10 zgłoszeń\./);
  assert.match(fits.text, /zostały 2 miejsca/);
  // While she looks somebody else takes a place: what she agreed to is no longer what would happen.
  const again = await ola.send(many(await ola.get(`${list}?all=1`)), { to: 'accepted' });
  assert.match(again.text, /49 ponad/);
  const other = await ola.get(`${list}?state=new`);
  await ola.submit(many(other), { to: 'accepted', pick: picks(many(other))[0].value });
  const changed = await ola.send(many(again), { beyond: '49' });
  assert.equal(changed.status, 303);
  const done = await ola.follow(changed);
  assert.match(notice(done), /Przyjęto 50 zgłoszeń. 11 już takich było\./);
  assert.match(done.text, /o 49 przyjętych więcej niż miejsc/);
  assert.doesNotMatch(done.text, /zostało 0/);
  assert.deepEqual(await states(), { accepted: count });
});

test('what was agreed to beyond the places is not exceeded', async () => {
  const page = await ola.get(`${list}?all=1`);
  await ola.submit(many(page), { to: 'waiting' });
  assert.deepEqual(await states(), { waiting: count });
  const asked = await ola.send(many(await ola.get(`${list}?all=1`)), { to: 'accepted' });
  assert.match(asked.text, /49 ponad/);
  assert.equal((await ola.send(many(asked), { beyond: '48' })).status, 422);
  assert.deepEqual(await states(), { waiting: count });
});

test('a double click does it once, and who changed one meanwhile is not overruled', async () => {
  const page = await ola.get(`${list}?all=1&state=waiting`), form = many(page);
  const some = picks(form).slice(0, 3).map((pick) => pick.value);
  const other = await ola.get(`${list}?q=${encodeURIComponent(names[0])}`);
  await ola.submit(many(other), { to: 'declined', reason: 'Brak miejsc.', pick: picks(many(other))[0].value });
  const stale = [...some.slice(1), picks(form).find((pick) => pick.value.startsWith(picks(many(other))[0].value.split('.')[0])).value];
  const answers = await Promise.all([1, 2].map(() => ola.send(form, { to: 'accepted', pick: stale })));
  assert.deepEqual(answers.map((answer) => answer.status), [303, 303]);
  assert.equal(answers[0].location, answers[1].location);
  const done = await ola.follow(answers[0]);
  assert.match(notice(done), /Przyjęto 2 zgłoszenia. 1 zostaje bez zmian: ktoś je w międzyczasie zmienił/);
  assert.match(done.path, /state=waiting/);
  assert.deepEqual(await states(), { waiting: count - 3, accepted: 2, declined: 1 });
});

test('names of a selection: with how it was told, only of those who have a contact and have not thought better of it', async () => {
  const whole = await ola.get(`${list}?all=1`);
  const untold = await ola.send(many(whole), { to: 'named' });
  assert.equal(untold.status, 422);
  assert.match(untold.text, /Zaznaczcie, jak Wam to powiedzieli/);
  const named = await ola.submit(many(untold), { to: 'named', channel: 'paper' });
  assert.match(notice(named), /Od teraz 60 organizacji występuje publicznie z nazwy. 1 nie ma osoby do kontaktu/);
  const one = await ola.get((await ola.get(`${list}?q=${encodeURIComponent(names[3])}`)).links.find((link) => /sign-ups\/[0-9a-z]{13}$/.test(link)));
  assert.match(one.text, /Zgoda: Osoba 3, .*na papierze/);
  const twice = await ola.submit(many(await ola.get(`${list}?all=1`)), { to: 'named', channel: 'import' });
  assert.match(notice(twice), /^Od teraz 0 organizacji występuje publicznie z nazwy. 60 już takich było./);

  // One of them takes it back in "my gathering": the list that was open before does not write over it, nor does the next.
  const off = await ola.submit(many(await ola.get(`${list}?q=${encodeURIComponent(names[5])}&all=1`)), { to: 'unnamed' });
  assert.match(notice(off), /^1 organizacja nie występuje już publicznie z nazwy\.$/);
  const open = await ola.get(`${list}?all=1&named=no`);
  assert.equal(picks(many(open)).length, 2);
  const objected = await ola.submit(many(open), { to: 'named', channel: 'phone' });
  assert.match(notice(objected), /Od teraz 0 .*1 nie ma osoby.*1 miało już zgodę i ją cofnięto/);
  const theirs = await comeIn(program, names[6]);
  const before = await ola.get(`${list}?q=${encodeURIComponent(names[6])}&all=1`);
  const mine = await theirs.get(`${theirs.home}/sign-up`);
  assert.equal((await theirs.send(mine.form('/sign-up'), { is_listed: null })).status, 303);
  const late = await ola.submit(many(before), { to: 'named', channel: 'phone' });
  assert.match(notice(late), /Od teraz 0 .*1 zostaje bez zmian: ktoś je w międzyczasie zmienił/);
  theirs.close();
});
