// Prints, as JSON, the code that the oracle's small documents are copied as: `test/oracle/generate.py copied` runs it.
import { build } from 'esbuild';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const { outputFiles } = await build({
  entryPoints: [join(root, 'test/oracle/copiedCases.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { texts } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
console.log(JSON.stringify(texts()));
