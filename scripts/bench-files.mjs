// npm run bench:files [-- --against COMMIT --python PYTHON]: a tensor of 200 MB in a file of 1 GB, and one in a file of
// 3 GB: time until its values are there, and the peak of memory beyond the start. With a commit (df83e00 unless given),
// which reads files as a whole, in turns with this tree. With a Python that has safetensors, how long either takes to
// list 3,000 tensors.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf, treeOf } from './lib/commit.mjs';
import { cache, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const ROUNDS = 5;
const MB = 1e6;

/**
 * How df83e00 opens a file: its host reads all of it, and the thread is given a copy twice, to list it and to read one
 * tensor. VS Code's own reading, which takes longer, is Node's here.
 */
const BEFORE = `
import { readFile } from 'node:fs/promises';
import { EngineClient } from './src/engine/client';
const limit = 2 ** 40;
export function opening(script) {
  const engine = new EngineClient({ script });
  return {
    async read(path, tensor) {
      const file = { bytes: await readFile(path), name: 'model.safetensors', limit };
      const listed = await engine.readFile(file);
      const { tensor: value } = listed.tensor ? listed : await engine.readFile({ ...file, member: tensor });
      return value.data.length;
    },
    dispose: () => engine.dispose(),
  };
}`;

const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' };

/** Builds a tree as it ships, and what opens files with it; answers where both are. */
async function prepare(tree, into, contents) {
  const { ok, output } = await run(process.execPath, ['esbuild.mjs'], { cwd: tree });
  if (!ok) throw new Error(output);
  const open = join(into, 'open.cjs');
  await build({ ...common, stdin: { contents, resolveDir: tree, loader: 'ts' }, outfile: open });
  return { open, worker: join(tree, 'dist/worker.js') };
}

/** A safetensors file of zeros: a hole on the disk, whose bytes are read all the same. */
async function write(path, tensors) {
  let end = 0;
  const header = {};
  for (const [name, elements] of tensors) {
    header[name] = { dtype: 'F32', shape: [elements], data_offsets: [end, (end += elements * 4)] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = await open(path, 'w');
  await file.write(Buffer.concat([length, text]));
  await file.truncate(8 + text.length + end);
  await file.close();
}

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

function json(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const bundles = join(cache, 'bench', 'files');
const folder = await mkdtemp(join(tmpdir(), 'tci-files-'));
try {
  await mkdir(bundles, { recursive: true });
  await build({
    ...common,
    entryPoints: ['process', 'list'].map((name) => join(root, 'test/bench/files', `${name}.ts`)),
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
  });
  await copyFile(join(root, 'test/bench/files/list.py'), join(bundles, 'list.py'));
  const now = await prepare(root, join(bundles, 'now'), `export { opening } from './test/bench/files/open';`);
  const name = await nameOf(option('--against', 'df83e00'));
  const before = await prepare(await treeOf(name), join(bundles, name), BEFORE);

  const path = (file) => join(folder, file);
  await write(path('small'), [['a', 10]]);
  await write(path('one'), [
    ['a', 50 * MB],
    ['kernel', 50 * MB],
    ['b', 150 * MB],
  ]);
  await write(path('three'), [
    ['a', 350 * MB],
    ['kernel', 50 * MB],
    ['b', 350 * MB],
  ]);
  await write(
    path('many'),
    Array.from({ length: 3000 }, (_, at) => [`decoder.blocks.${at >> 2}.conv${at & 3}.weight`, 16]),
  );

  const one = (side, file) =>
    json(process.execPath, [join(bundles, 'process.cjs'), side.open, side.worker, path('small'), path(file), 'kernel']);
  const rounds = { before: [], now: [] };
  // The first of each only brings the file into memory.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const side of ['before', 'now']) {
      const measured = one(side === 'now' ? now : before, 'one');
      if (round > 0) rounds[side].push(measured);
    }
  }
  const told = ({ milliseconds, bytes }) =>
    `${milliseconds.toFixed(0)} ms, ${(bytes / 2 ** 20).toFixed(0)} MiB more at the peak`;
  const middle = (all) => ({
    milliseconds: median(all.map((each) => each.milliseconds)),
    bytes: median(all.map((each) => each.bytes)),
  });
  const [was, is] = [middle(rounds.before), middle(rounds.now)];
  console.log(`${cpus()[0].model}, Node ${process.version}`);
  console.log(
    `200 MB of 1 GB: ${name} ${told(was)}; now ${told(is)}; ${(is.milliseconds / was.milliseconds).toFixed(3)}× the time`,
  );
  one(now, 'three');
  const large = middle(Array.from({ length: ROUNDS }, () => one(now, 'three')));
  const most = (200e6 + 64 * 2 ** 20) / 2 ** 20;
  console.log(`200 MB of 3 GB: now ${told(large)} (at most ${most.toFixed(0)})`);
  const listing = json(process.execPath, [join(bundles, 'list.cjs'), path('many')]);
  console.log(
    `3,000 tensors listed: ${listing.list.toFixed(2)} ms, of which JSON.parse ${listing.parse.toFixed(2)} ms`,
  );
  const python = option('--python');
  if (python) {
    const theirs = json(python, [join(bundles, 'list.py'), path('many')]);
    console.log(
      `the package safetensors: ${theirs.list.toFixed(2)} ms; ${(listing.list / theirs.list).toFixed(2)}× the time`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
