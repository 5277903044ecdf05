// npm run bench:idle [-- --against COMMIT --runs N]: what the extension costs a window without Python (activation,
// heap, threads), each run in a process of its own; with a commit, of both builds in turns, and the ratios.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './lib/bundled.mjs';
import { nameOf, treeOf } from './lib/commit.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const { values } = parseArgs({ options: { against: { type: 'string' }, runs: { type: 'string', default: '9' } } });
const bundle = await bundled('idle.ts');

const sides = [{ name: 'now', folder: root }];
if (values.against)
  sides.push({ name: (await nameOf(values.against)).slice(0, 7), folder: await treeOf(values.against) });
for (const { folder } of sides) {
  const { ok, output } = await run(process.execPath, ['esbuild.mjs'], { cwd: folder, timeoutMs: 120_000 });
  if (!ok) throw new Error(output);
}
const figures = new Map(sides.map(({ name }) => [name, []]));
for (let turn = 0; turn < Number(values.runs); turn++) {
  for (const { name, folder } of sides) {
    const args = ['--expose-gc', bundle, join(folder, 'dist', 'extension.js')];
    const { ok, output } = await run(process.execPath, args, { cwd: root, timeoutMs: 60_000 });
    if (!ok) throw new Error(`${name}: ${output}`);
    figures.get(name).push(JSON.parse(output));
  }
}
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const figureOf = (name, key) => median(figures.get(name).map((figure) => figure[key]));
console.log(
  `Idle in a window without Python, Node ${process.version}, medians of ${values.runs} processes in turns.\n`,
);
for (const [key, title, unit] of [
  ['milliseconds', 'loading and activation', 'ms'],
  ['processor', 'processor time of that', 'ms'],
  ['heap', 'heap a second later', 'MiB'],
  ['threads', 'threads', ''],
]) {
  const shown = sides.map(({ name }) => `${name} ${figureOf(name, key).toFixed(key === 'threads' ? 0 : 1)} ${unit}`);
  const [now, then] = sides.map(({ name }) => figureOf(name, key));
  console.log(`${title}: ${shown.join(', ')}${then > 0 ? `, ${(now / then).toFixed(2)}×` : ''}`);
}
