// Prints, as JSON, the layers that the oracle compares frameworks on, with how each is said in each:
// `test/oracle/generate.py layers-everywhere` runs them.
import { build } from 'esbuild';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const { outputFiles } = await build({
  entryPoints: [join(root, 'test/oracle/layerCases.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { asked } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
console.log(JSON.stringify(asked()));
