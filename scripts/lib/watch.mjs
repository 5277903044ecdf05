// `npm run watch`: tells whoever looks on (a task of VS Code, by .vscode/tasks.json) when a build begins and ends, and
// what is wrong with it, in lines that can be matched.
import { watch as watchFiles } from 'node:fs';

const KERNELS = 'src/engine/wasm';

const say = (line) => process.stdout.write(`${line}\n`);

/** A build that begins while others run is one with them: launching waits until all have ended. */
const running = new Set();

function begin(build) {
  if (running.size === 0) say('Build started');
  running.add(build);
}

function end(build, messages = []) {
  for (const { location, text, severity } of messages) {
    const { file, line, column } = location ?? { file: 'esbuild.mjs', line: 1, column: 0 };
    say(`${file}:${line}:${column + 1}: ${severity}: ${text}`);
  }
  running.delete(build);
  if (running.size === 0) say('Build finished');
}

/** esbuild's own report is told to nobody else: it takes several lines and has no end that could be matched. */
const told = (options) => ({
  ...options,
  logLevel: 'silent',
  plugins: [
    ...(options.plugins ?? []),
    {
      name: 'tell',
      setup(build) {
        build.onStart(() => begin(options));
        build.onEnd(({ errors, warnings }) =>
          end(options, [
            ...errors.map((each) => ({ ...each, severity: 'error' })),
            ...warnings.map((each) => ({ ...each, severity: 'warning' })),
          ]),
        );
      },
    },
  ],
});

/** Compiles the kernels once, and again when changes have come to rest: an editor writes a file in several steps. */
async function watchWasm(buildWasm) {
  const compile = async () => {
    begin(KERNELS);
    const wrong = await buildWasm().then(
      () => [],
      (error) => [{ text: error.message.replaceAll('\n', ' '), severity: 'error' }],
    );
    end(KERNELS, wrong);
  };
  let rest;
  let last = compile();
  watchFiles(KERNELS, () => {
    clearTimeout(rest);
    rest = setTimeout(() => (last = last.then(compile)), 200);
  });
  await last;
}

/** Builds everything, and again what changes, until it is ended. */
export async function watch(esbuild, builds, buildWasm) {
  // All at once, or the first that ends would be taken for all of them.
  [KERNELS, ...builds].forEach(begin);
  // The kernels first: some of the builds have them in themselves.
  await watchWasm(buildWasm);
  await Promise.all(builds.map(async (options) => (await esbuild.context(told(options))).watch()));
}
