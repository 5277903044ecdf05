// Builds everything that ships, into dist/. `--watch` rebuilds on change, `--dev` keeps source maps and names.
import * as esbuild from 'esbuild';
import { buildWasm } from './scripts/wasm.mjs';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/**
 * The same code for a host that is a web worker: a file with `.web.ts` beside it is replaced by that. Nothing but
 * `vscode` is external, so that an import of Node's anywhere in it fails the build.
 */
const web = {
  ...common,
  outdir: 'dist/web',
  platform: 'browser',
  target: 'es2022',
  resolveExtensions: ['.web.ts', '.ts', '.js'],
  loader: { '.wasm': 'binary' },
};

const builds = [
  {
    ...common,
    entryPoints: { extension: 'src/host/extension.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: { worker: 'src/engine/worker.ts', helper: 'src/engine/helper.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  },
  {
    ...common,
    entryPoints: { reader: 'src/reader/worker.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  },
  { ...web, entryPoints: { extension: 'src/host/extension.ts' }, format: 'cjs', external: ['vscode'] },
  {
    ...web,
    entryPoints: { worker: 'src/engine/worker.web.ts', reader: 'src/reader/worker.web.ts' },
    format: 'iife',
  },
  {
    ...common,
    entryPoints: { webview: 'webview/main.ts' },
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
  },
  { ...common, entryPoints: { webview: 'webview/styles/main.css' }, outdir: 'dist' },
];

await buildWasm();
for (const options of builds) {
  if (watch) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
}
