// SPDX-License-Identifier: EUPL-1.2
// People of the demo gathering, signed in with the links that the terminal prints.
import { Visitor } from '../program.mjs';

/** The sign-in links in the order printed: [{ who, link }]; the first is the coordinator's. */
export async function demoLinks(program) {
  await program.line(/Ctrl-C/);
  const links = [];
  program.output.forEach((text, index) => {
    const found = /http:\/\/\S+\/sign-in\/[0-9a-z]{26}/.exec(text);
    if (found) links.push({ who: program.output[index - 1].trim().replace(/:$/, ''), link: found[0] });
  });
  if (links.length < 3) throw new Error(`fewer than three sign-in links:\n${program.output.join('\n')}`);
  return links;
}

/** { coordinator, representative, other }: visitors with a session, and home, the path where each came in. */
export async function demoPeople(program, options) {
  const links = await demoLinks(program);
  const people = {};
  for (const [index, name] of ['coordinator', 'representative', 'other'].entries()) {
    const visitor = new Visitor(program.base, options);
    const page = await visitor.signIn(links[index].link);
    if (page.status !== 200) throw new Error(`${links[index].who}: ${page.path} ${page.status} ${page.text.slice(0, 300)}`);
    people[name] = Object.assign(visitor, { home: page.path });
  }
  return people;
}
