// SPDX-License-Identifier: EUPL-1.2
/* A comment of
 * two lines. */
import { two } from "./two.js";
import "./two.js"; // goes

const text = "// stays";
    const regex = /[/"]\/\/`/g, half = 4 / 2 / 1;
const template = `  // stays
  ${two({ a: `/* stays */ ${half}` })} "
`;
export { two as again } from './two.js';
export default async () => [text, regex, template, await import("./two.js"), "from", './two.js'] /* stays */;
