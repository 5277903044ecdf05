// Prints, as JSON, the code that the oracle's small documents are copied as: `test/oracle/generate.py copied` runs it.
// With `symbolCases`, the programs that their symbols are copied as, for `generate.py symbols`.
import { build } from 'esbuild';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const { outputFiles } = await build({
  entryPoints: [join(root, `test/oracle/${process.argv[2] ?? 'copiedCases'}.ts`)],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { texts } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
console.log(JSON.stringify(texts()));
