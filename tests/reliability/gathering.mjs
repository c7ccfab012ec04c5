// SPDX-License-Identifier: EUPL-1.2
// A gathering to test with, made by command line, and an organisation that signs itself up.
import { Visitor, pause, runWell, signInByMail } from '../program.mjs';

export const path = '/wspolnie-do-celu/ii';
export const edition = path.slice(1);

/** A series and its edition II that takes sign-ups, in a data folder. */
export async function makeGathering(folder) {
  await runWell(['series', 'add', 'Wspólnie do celu', '--phone', '+48 12 345 67 89'], { folder });
  await runWell(['edition', 'add', 'wspolnie-do-celu', '--slug', 'ii', '--number', '2', '--date', '2099-06-11', '--from', '14:00', '--to', '19:00'], { folder });
  await runWell(['edition', 'state', edition, 'call_open'], { folder });
}

/** What a person would answer to a control that must be answered. */
function answerTo(control, form, answers) {
  if (control.name in answers) return answers[control.name];
  const same = form.controls.filter((other) => other.name === control.name);
  if (control.type === 'checkbox' && same.length > 1) return same[0].value;
  return undefined;
}

export function fillIn(form, answers) {
  const values = {};
  for (const control of form.controls) {
    const answer = answerTo(control, form, answers);
    if (answer !== undefined) values[control.name] = answer;
  }
  return values;
}

/**
 * Goes through the public form page by page and answers the page that says it was sent, with status 200.
 * Throws where a page is refused or the connection ends: then nothing was acknowledged.
 */
export async function signUp(visitor, answers, edition_path = path) {
  let page = await visitor.get(`${edition_path}/sign-up`);
  for (let pages = 0; pages < 12; pages++) {
    if (page.status !== 200) throw new Error(`${page.method} ${page.path}: ${page.status} ${page.text.slice(0, 300)}`);
    const form = page.forms.find((one) => one.method === 'POST' && /\/sign-up(\/[^/]+\/(?!sent)[^/]+)?(\?.*)?$/.test(one.action));
    if (!form) return page;
    page = await visitor.submit(form, fillIn(form, answers));
  }
  throw new Error(`the form does not end: ${page.path}`);
}

let serial = 0;
export const answersOf = (organisation) => ({
  organisation, name: 'Halina Próbna', phone: `+48 600 ${String(100000 + serial++ % 900000).replace(/(...)(...)/, '$1 $2')}`, people: '2', email: '',
});

/** "Fundacja Druga" has druga@…. */
export const emailOf = (name) => `${name.split(' ')[1].toLowerCase()}@organizacja.example`;

/** Each signs itself up. */
export async function signUpAll(program, names) {
  for (const name of names) {
    const visitor = new Visitor(program.base);
    await signUp(visitor, { ...answersOf(name), email: emailOf(name) });
    visitor.close();
  }
}

/** The representative of an organisation, signed in by mail; home: its own afternoon, where it has one. */
export async function comeIn(program, name) {
  const visitor = await signInByMail(program, emailOf(name));
  const home = (await visitor.get('/me')).links.find((link) => new RegExp(`^/me${path}/[0-9a-z]{13}$`).test(link));
  return Object.assign(visitor, { home });
}

/** The names of all organisations that are signed up. */
export async function signedUp(folder) {
  const found = new Set();
  const read = (value) => {
    if (typeof value === 'string') found.add(value);
    else if (value && typeof value === 'object') Object.values(value).forEach(read);
  };
  read(await runWell(['signups', 'list', '--edition', edition, '--json'], { folder }));
  return found;
}

/**
 * Clients that sign up one organisation after the other until stop() or until the program is gone.
 * acknowledged: the names whose last page has come; problems: answers that were neither kept nor cut off.
 */
export function startLoad(base, prefix, clients = 4) {
  const load = { acknowledged: [], problems: [], isStopped: false };
  const cut = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ECONNABORTED']);
  const one = async (client) => {
    for (let turn = 0; !load.isStopped; turn++) {
      const name = `${prefix} ${client}-${turn}`;
      const visitor = new Visitor(base);
      try {
        const page = await signUp(visitor, answersOf(name));
        if (!page.text.includes(name)) throw new Error(`the last page does not name ${name}: ${page.text.slice(0, 300)}`);
        load.acknowledged.push(name);
      } catch (error) {
        if (cut.has(error.code) || /socket hang up|aborted/.test(error.message)) return;
        load.problems.push(error.message);
        return;
      } finally {
        visitor.close();
      }
    }
  };
  load.ended = Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  load.stop = () => { load.isStopped = true; return load.ended; };
  load.first = async () => { // the first acknowledged one: from then on the load is a load
    for (let waited = 0; !load.acknowledged.length && !load.problems.length && waited < 30000; waited += 5) await pause(5);
  };
  return load;
}
