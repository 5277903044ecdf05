// npm run coverage [-- --html]: how much of each room the tests in Node run, unit and oracle together. Not a part of
// `npm test`: coverage shows what nobody tried, and nothing about what was tried well.
import { mkdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { check, mochaSuite } from './lib/suites.mjs';
import { cache, root } from './lib/paths.mjs';
import { onnxRuntime } from './lib/peers.mjs';
import { setup } from './setup.mjs';

const folder = join(cache, 'coverage');
/** What V8 writes when a process ends. */
const raw = join(folder, 'raw');
const KINDS = ['lines', 'branches', 'functions'];

function must({ failed, output }) {
  if (failed === 0) return;
  console.error(output.trim());
  process.exit(1);
}

/** The room of a file: the folder below `src`, or the page. */
function roomOf(file) {
  const [first, second] = file.split('/');
  return first === 'src' ? `src/${second}` : first;
}

async function report() {
  const { CoverageReport } = await import('monocart-coverage-reports');
  const { transform } = await import('esbuild');
  const rooms = /^(src|webview)\/(?!engine\/wasm\/).*\.ts$/;
  const coverage = new CoverageReport({
    outputDir: folder,
    reports: process.argv.includes('--html') ? ['v8'] : ['none'],
    logging: 'error',
    clean: false,
    entryFilter: ({ url }) => url.includes('/.cache/tests/'),
    sourceFilter: (path) => rooms.test(path),
    // Files that no test imports count as well.
    all: {
      dir: ['src', 'webview'],
      filter: (path) => rooms.test(relative(root, path).split(sep).join('/')),
      // What would run of them: types leave nothing.
      transformer: async (entry) => {
        const options = { loader: 'ts', sourcemap: true, sourcefile: entry.url };
        const { code, map } = await transform(entry.source, options);
        Object.assign(entry, { source: code, sourceMap: JSON.parse(map) });
      },
    },
  });
  await coverage.addFromDir(raw);
  return await coverage.generate();
}

function print({ files }) {
  const rooms = new Map();
  for (const { sourcePath, summary } of files) {
    for (const name of [roomOf(sourcePath), 'all']) {
      const room = rooms.get(name) ?? Object.fromEntries(KINDS.map((kind) => [kind, [0, 0]]));
      rooms.set(name, room);
      for (const kind of KINDS) {
        room[kind][0] += summary[kind].covered;
        room[kind][1] += summary[kind].total;
      }
    }
  }
  const percent = ([covered, all]) => (all === 0 ? '–' : `${((100 * covered) / all).toFixed(1)} %`);
  const line = (name, cells) => console.log(name.padEnd(14) + cells.map((cell) => cell.padStart(10)).join(''));
  line('\nroom', KINDS);
  // The sum comes last.
  const sorted = [...rooms].sort(
    ([one], [other]) => Number(one === 'all') - Number(other === 'all') || (one < other ? -1 : 1),
  );
  for (const [name, room] of sorted)
    line(
      name,
      KINDS.map((kind) => percent(room[kind])),
    );
}

await setup();
await rm(folder, { recursive: true, force: true });
await mkdir(raw, { recursive: true });
must(await check(['esbuild.mjs']));
const env = { NODE_V8_COVERAGE: raw, ...(await onnxRuntime()) };
for (const suite of ['unit', 'oracle']) {
  console.log(`Running the ${suite} tests …`);
  // Bundled together, each module is counted once, and not once for every test that imports it.
  must(await mochaSuite(suite, { env, shared: true, testTimeoutMs: 120_000, timeoutMs: 1_200_000 }));
}
print(await report());
if (process.argv.includes('--html')) console.log(`\n${join(folder, 'index.html')}`);
