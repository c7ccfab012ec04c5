// SPDX-License-Identifier: EUPL-1.2
// The example is imported, twice, and every row of its facts.csv is on the page it names.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { join } from 'node:path';
import { makeFolder, removeFolder, root, runWell, start } from '../program.mjs';

test('what was reported of Wspólnie do celu II is on its pages', async () => {
  const folder = await makeFolder();
  const example = join(root, 'examples/wspolnie-do-celu-ii/wspolnie-do-celu-ii.json');
  await runWell(['import', example], { folder });
  assert.equal((await runWell(['import', example, '--json'], { folder })).added, 0);
  const program = await start(['serve'], { folder });
  const child = spawn(process.execPath, [join(root, 'tests/examples/test_facts.mjs'), program.base], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { said += text; });
  const status = await new Promise((resolve) => child.once('close', resolve));
  await program.stop();
  await removeFolder(folder);
  assert.equal(status, 0, said);
});
