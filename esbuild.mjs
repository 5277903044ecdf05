// Builds everything that ships, into dist/. `--watch` rebuilds on change, `--dev` keeps source maps and names.
import * as esbuild from 'esbuild';
import { inParts } from './scripts/lib/inParts.mjs';
import { writeNotices } from './scripts/lib/notices.mjs';
import { pythonText } from './scripts/lib/python-text.mjs';
import { watch } from './scripts/lib/watch.mjs';
import { buildWasm } from './scripts/wasm.mjs';

const watching = process.argv.includes('--watch');
const dev = watching || process.argv.includes('--dev');

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

const node = { ...common, outdir: 'dist', platform: 'node', format: 'cjs', target: 'node20', plugins: [pythonText] };

/**
 * The same code for a host that is a web worker: a file with `.web.ts` beside it is replaced by that. No module of
 * Node's is external, so that an import of one anywhere in it fails the build.
 */
const web = {
  ...common,
  outdir: 'dist/web',
  platform: 'browser',
  format: 'cjs',
  target: 'es2022',
  resolveExtensions: ['.web.ts', '.ts', '.js'],
  loader: { '.wasm': 'binary' },
  plugins: [pythonText],
};

/**
 * What a thread does is bundled once, without a platform, since it is most of its script; either platform's entry
 * requires it. It has `serve` in it: two bundles would have two classes `Transferring`, of which neither knows the
 * other.
 */
const part = (source, file) => ({
  name: file,
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\// }, ({ path }) => (path === source ? { path: file, external: true } : undefined)),
});
const computing = part('./computing', './computing.js');
const reading = part('./reading', './reading.js');

/**
 * Shipped through npm by itself, in a folder that the extension leaves out. What serves editors and agents is loaded
 * when it is asked for, so that `check` starts without it.
 */
const inCommand = { ...node, outdir: 'dist/cli' };
const command = [
  {
    ...inCommand,
    entryPoints: { main: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
    plugins: [
      part('../reader/reading', './reading.js'),
      part('./server/serve', './server.js'),
      part('./mcp/serve', './mcp.js'),
    ],
  },
  { ...inCommand, entryPoints: { server: 'src/cli/server/serve.ts', mcp: 'src/cli/mcp/serve.ts' } },
  { ...inCommand, entryPoints: { reader: 'src/reader/worker.ts' }, plugins: [reading] },
  { ...web, entryPoints: { reading: 'src/reader/reading.ts' }, outdir: 'dist/cli', platform: 'neutral' },
];

const builds = [
  inParts(esbuild, { ...node, entryPoints: { extension: 'src/host/extension.ts' }, external: ['vscode'] }, 'parts'),
  // A web worker loads one file.
  { ...web, entryPoints: { extension: 'src/host/extension.ts' }, external: ['vscode'] },
  {
    ...web,
    // `rare` is loaded by either platform's compute thread when the first file of a rare kind is opened.
    entryPoints: {
      computing: 'src/engine/computing.ts',
      reading: 'src/reader/reading.ts',
      rare: 'src/core/formats/rare/index.ts',
    },
    outdir: 'dist',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  },
  {
    ...node,
    entryPoints: { worker: 'src/engine/worker.ts', helper: 'src/engine/helper.ts' },
    plugins: [computing],
  },
  { ...node, entryPoints: { reader: 'src/reader/worker.ts' }, plugins: [reading] },
  { ...web, entryPoints: { worker: 'src/engine/worker.web.ts' }, plugins: [computing] },
  { ...web, entryPoints: { reader: 'src/reader/worker.web.ts' }, plugins: [reading] },
  {
    ...common,
    entryPoints: { webview: 'webview/main.ts' },
    outdir: 'dist',
    platform: 'browser',
    format: 'esm',
    target: 'chrome120',
    // The page's own part, what it imports later (`others`), and what both have in common (`chunk`): as there is one
    // such import, there is one of each, and `html.ts` knows their names.
    splitting: true,
    chunkNames: 'webview.[name]',
  },
  // Icons go in as data: each is a mask, and needs no font.
  { ...common, entryPoints: { webview: 'webview/styles/main.css' }, outdir: 'dist', loader: { '.svg': 'dataurl' } },
];

if (watching) {
  await watch(esbuild, [...builds, ...command], buildWasm);
} else {
  await buildWasm();
  const metafiles = [];
  for (const options of builds) metafiles.push((await esbuild.build(options)).metafile);
  await writeNotices(metafiles, 'dist/THIRD_PARTY_NOTICES.txt');
  const commandFiles = [];
  for (const options of command) commandFiles.push((await esbuild.build(options)).metafile);
  await writeNotices(commandFiles, 'dist/cli/THIRD_PARTY_NOTICES.txt', []);
}
