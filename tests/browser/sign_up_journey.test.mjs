// SPDX-License-Identifier: EUPL-1.2
// The whole sign-up on a telephone, in each language, with scripts and without, at 200% text: begun on one device and ended
// on another, checked, sent into a full edition's queue, the organiser's question answered later, withdrawn in one step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeFolder, removeFolder, runWell, setUp, start } from '../program.mjs';
import { answersOf, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';
import { Visitor } from '../program.mjs';
import { startBrowser } from './harness.mjs';
import { Walker } from './walk.mjs';

const pages_at_most = 7, answers_at_most = 6, signs_at_most = 120;
let folder, program, browser;

before(async () => {
  folder = await makeFolder();
  await makeGathering(folder);
  program = await start(['serve', '--changes-per-min', '100000'], { folder });
  const ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
  const staff = `${path}/staff/questions`;
  await ola.submit((await ola.get(`${staff}/new`)).form('/new'), { label_pl: 'Macie stoisko?', label_en: 'A stand?', label_uk: 'Маєте стенд?', kind: 'yes_no', shown: 'always' });
  const condition = /value="([0-9a-z]{13}\.yes)"/.exec((await ola.get(`${staff}/new`)).html)[1];
  await ola.submit((await ola.get(`${staff}/new`)).form('/new'), { label_pl: 'Ile krzeseł?', label_en: 'How many chairs?', label_uk: 'Скільки стільців?', kind: 'number', shown: condition });
  const first = new Visitor(program.base);
  await signUp(first, answersOf('Fundacja Na Miejscu'));
  for (const one of [ola, first]) one.close();
  const [{ id }] = await runWell(['signups', 'list', '--edition', edition, '--json'], { folder });
  await runWell(['edition', 'set', edition, '--places', '1'], { folder });
  await runWell(['signups', 'accept', id, '--edition', edition], { folder });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await removeFolder(folder);
});

const words = {
  pl: { organisation: 'Koło Pod Lipą', queue: /kolejce/, withdrawn: /wycofane/ },
  uk: { organisation: 'Гурток під липою', queue: /черзі/, withdrawn: /відкликано/ },
  en: { organisation: 'The Lime Tree Club', queue: /queue/, withdrawn: /withdrawn/ },
};
let place = 0;

for (const [language, { organisation, queue, withdrawn }] of Object.entries(words))
  for (const scripts of [false, true])
    test(`${language}, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const name = `${organisation} ${scripts ? 2 : 1}`;
      const first = await Walker.open(browser, program, { width: 360, zoom: 200, scripts, language });
      let given = 0;
      const send = async (walker, values) => {
        await walker.fill(values);
        given += Object.keys(values).length;
        await walker.press('form.page button[type=submit]');
      };
      await first.go(`${path}/sign-up`);
      assert.match(await first.text, queue, 'that all places are taken is said before anything is typed');
      first.pages = 1;
      await send(first, { organisation: name });
      await send(first, { name: 'Halina Próbna', phone: '600 100 200' });

      // Put away here, and gone on with elsewhere by the address that the page shows.
      await first.follow('/later');
      const address = await first.locator('.way-in a').getAttribute('href');
      const second = await Walker.open(browser, program, { width: 360, zoom: 200, scripts, language });
      await second.go(address);
      Object.assign(second, { pages: first.pages - 1, typed: first.typed }); // the page of the address is no page of the form
      await send(second, { people: '3' });
      await second.locator('main [name=profiles]').first().check();
      given++;
      await second.press('form.page button[type=submit]');
      await second.press('form.page button[type=submit]'); // needs and offers can wait
      assert.match(second.path, /\/check$/);
      for (const told of [name, 'Halina Próbna', '600 100 200', '3']) assert.ok((await second.text).includes(told), told);
      assert.ok(!await second.locator('main input[type=checkbox]').first().isChecked(), 'nothing is ticked for anybody');
      await second.press('form.page button[type=submit]');
      const receipt = await second.text;
      assert.match(receipt, queue);
      assert.match(receipt, new RegExp(`\\b${++place}\\b`), 'which place in the queue');
      assert.ok(second.pages <= pages_at_most, `${second.pages} pages`);
      assert.ok(given <= answers_at_most, `${given} answers`);
      assert.ok(second.typed <= signs_at_most, `${second.typed} signs`);

      // By the address on the receipt: what waits is on top; a question, and the one that depends on it; later is later.
      await second.go(await second.locator('.way-in a').getAttribute('href'));
      await second.press();
      const home = second.path.split('?')[0];
      await second.follow(second.locator('main a[href$="/questions"]'));
      await second.follow(second.locator('main a[href*="/questions/"]'));
      await second.fill({ pick: 'yes' });
      await second.press('form.page button[type=submit]');
      await second.fill({ answer: '12' });
      await second.press('form.page button[type=submit]');
      assert.match(await second.text, /12/);
      await second.go(`${home}/sign-up`);
      await second.follow('/withdraw');
      await second.press();
      assert.match(await second.locator('#state').textContent(), withdrawn);
      place--;
      for (const one of [first, second]) await one.close();
      assert.equal([...program.findings].join('\n'), '');
    });
