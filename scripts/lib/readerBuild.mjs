// The reading of Python as it is in any tree of this project, this one or another commit's, ready to be measured.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.mjs';

/** Where the room for reading has stood, the newest place first. */
const CLIENTS = ['src/reader/client', 'src/engine/reader/client'];
const PYTHONS = ['src/python', 'src/core/python'];

/** The one of these modules that the tree has. */
function present(tree, names) {
  const found = names.find((name) => existsSync(join(tree, `${name}.ts`)) || existsSync(join(tree, name, 'index.ts')));
  if (!found) throw new Error(`There is none of ${names.join(', ')} in ${tree}.`);
  return `./${found}`;
}

/**
 * What drives the thread of a commit that has no `test/bench/reading/open.ts` yet. There an import was asked for by
 * reading again, at most twelve times.
 */
const openBefore = (client) => `
import { ReaderClient } from '${client}';
export function openReader(script) {
  const client = new ReaderClient(script);
  return {
    know: (files) => client.know(files),
    async read(path, text, folders, textAt) {
      const read = () => client.read({ path, text, inputShapes: {}, folders });
      let { wanted } = await read();
      let readings = 1;
      for (; readings <= 12 && wanted.length > 0; readings++) {
        const files = wanted.map((each) => ({ path: each, text: textAt?.(each) }));
        await client.know(files);
        if (!files.some(({ text: found }) => found !== undefined)) break;
        ({ wanted } = await read());
      }
      return readings;
    },
    dispose: () => client.dispose(),
  };
}
`;

const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' };

/**
 * Builds what a tree ships, by its own script, and puts `reader.js` (the thread) and `open.cjs` (what drives it, see
 * `test/bench/reading/open.ts`) into a folder.
 */
export async function buildReader(tree, into) {
  const { ok, output } = await run(process.execPath, ['esbuild.mjs'], { cwd: tree });
  if (!ok) throw new Error(output);
  await mkdir(into, { recursive: true });
  // Newer trees keep what the thread does in a second file, since both hosts run it.
  for (const name of ['reader.js', 'reading.js']) {
    const built = join(tree, 'dist', name);
    if (existsSync(built)) await copyFile(built, join(into, name));
  }
  const driver = 'test/bench/reading/open';
  const contents = existsSync(join(tree, `${driver}.ts`))
    ? `export { openReader } from './${driver}';`
    : openBefore(present(tree, CLIENTS));
  await build({ ...common, stdin: { contents, resolveDir: tree }, outfile: join(into, 'open.cjs') });
}

/**
 * Bundles an entry that is given a tree's `analyzeModule`: `use(analyzeModule)`, where `use` is exported by `entry`.
 */
export async function bundleWithAnalysis(tree, entry, use, outfile) {
  const contents = `
import { analyzeModule } from '${present(tree, PYTHONS)}';
import { ${use} } from ${JSON.stringify(entry)};
${use}(analyzeModule);
`;
  await build({ ...common, stdin: { contents, resolveDir: tree }, outfile });
}
