import { startBrowser, checkPage } from './harness.mjs';
import { Visitor, makeFolder, removeFolder, runWell, setUp, signInByMail, start } from '../program.mjs';
import { answersOf, edition, makeGathering, path, signUp } from '../reliability/gathering.mjs';
import { sql } from '../mail/mail.mjs';
const staff = `${path}/staff`;
const folder = await makeFolder();
await makeGathering(folder);
await runWell(['edition', 'set', edition, '--venue', 'Dom', '--host', 'Fundacja Gospodarz'], { folder });
const program = await start(['serve'], { folder });
const ola = await setUp(program, 'Ola Próbna', 'ola@urzad.example');
const fill = async (where, values, who = ola) => { const page = await who.get(where); const a = await who.send(page.forms.find((one) => one.action.split('?')[0] === where.split('?')[0]), values); if (a.status !== 303) throw new Error(where + a.text); };
const v = new Visitor(program.base); await signUp(v, { ...answersOf('Fundacja Znak'), email: 'ewa@x.example' });
await signUp(v, { ...answersOf('Koło bez poczty, o bardzo długiej nazwie stowarzyszenie miłośników ogrodów'), email: '' });
await runWell(['signups', 'accept', 'Fundacja Znak', '--edition', edition], { folder });
for (const w of ['Drugi obwód prądu przy scenie', 'Sto krzeseł i dwadzieścia stołów, najlepiej składanych']) await fill(`${staff}/settings/asks/new`, { words: w, about: '' });
await fill(`${staff}/settings/people`, { name: 'Anna Gospodarz', email: 'anna@kasztan.example', role: 'host' });
await fill(`${staff}/settings/asks/new`, { words: 'Kawa do 20', about: '' });
const host = await signInByMail(program, 'anna@kasztan.example');
const [ask] = (await host.get(`${path}/host`)).links.filter((l) => /\/host\/asks\//.test(l));
await fill(ask, { answer: 'instead', words: 'Możemy dać przedłużacz' }, host);
sql(folder, "UPDATE signup SET access_needs = 'Winda i miejsce na wózek';");
for (const s of await runWell(['signups', 'list', '--edition', edition, '--json'], { folder })) { const p = await ola.get(`${staff}/sign-ups/${s.id}/access`); await ola.send(p.form(/access$/), { answer: 'yes', words: 'Winda działa' }); }
const all = await ola.get(`${staff}/sign-ups/confirm?who=all`); await ola.send(all.form('/sign-ups/confirm'));
const ewa = await signInByMail(program, 'ewa@x.example');
const home = (await ewa.get('/me')).links.find((l) => l.startsWith(`/me${path}/`));
sql(folder, `UPDATE expired SET at_ms = ${Date.now() - 50 * 3600000} WHERE kind = '';`);
const browser = await startBrowser();
const open = async (who, { width, dark, language }) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: true });
  await context.addCookies([...[...who.cookies].filter(([n]) => n !== 'lang').map(([name, value]) => ({ name, value, url: program.base })), { name: 'lang', value: language, url: program.base }]);
  return context.newPage();
};
const shots = [
  ['register', ola, `${staff}/settings/privacy/register`], ['privacy', ola, `${staff}/settings/privacy`], ['find', ola, `${staff}/people/find?q=nikt@x.example`],
  ['asks', ola, `${staff}/settings/host`], ['access', ola, `${staff}/access?told=ring`], ['today', ola, staff], ['mail', ola, `${staff}/mail`],
];
for (const [width, dark, language] of [[360, false, 'pl'], [1280, true, 'uk']]) {
  for (const [name, who, where] of shots) {
    const page = await open(who, { width, dark, language });
    await page.goto(program.base + where);
    await checkPage(page).catch((e) => console.log(name, language, String(e.message).slice(0, 600)));
    await page.screenshot({ path: `/tmp/two_shots/${name}-${width}-${language}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) console.log(name, width, 'is too wide by', wide);
    await page.context().close();
  }
}
{ const page = await open(ewa, { width: 360, dark: false, language: 'pl' });
  await page.goto(program.base + home + '/sign-up/confirm');
  await runWell(['edition', 'set', edition, '--date', '2099-06-18'], { folder });
  await page.click('button[type=submit]'); await page.waitForLoadState();
  await page.screenshot({ path: '/tmp/two_shots/confirm-360-pl.png', fullPage: true });
  await page.goto(program.base + '/me/data/erase'); await page.screenshot({ path: '/tmp/two_shots/erase-360-pl.png', fullPage: true }); }
await browser.close(); for (const o of [ola, host, ewa, v]) o.close(); await program.stop(); await removeFolder(folder);
