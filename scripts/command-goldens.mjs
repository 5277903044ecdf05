// node scripts/command-goldens.mjs: writes what the command tells of test/fixtures/command/project, in every format.
import { readFile, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const folder = join(root, 'test/fixtures/command');
const runs = JSON.parse(await readFile(join(folder, 'runs.json'), 'utf8'));
for (const [name, args] of Object.entries(runs)) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], {
    cwd: join(folder, 'project'),
    encoding: 'utf8',
  });
  await writeFile(join(folder, 'expected', `${name}.txt`), `${stdout}${stderr}exit ${status}\n`);
}
