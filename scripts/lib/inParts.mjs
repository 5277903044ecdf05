// A bundle in parts for a host that loads CommonJS: esbuild cuts only ECMAScript modules into parts that share what
// they have in common, so each of these is turned into a CommonJS file afterwards. `import()` becomes a `require` that
// waits, so that a part is loaded, and gets `vscode`, as the entry does.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const asCommonJs = {
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  supported: { 'dynamic-import': false },
};

/** Options of a build whose entry lies in `dist`, its parts in the folder `parts` there. */
export const inParts = (esbuild, { plugins = [], ...options }, folder) => ({
  ...options,
  format: 'esm',
  splitting: true,
  // Parts that are no longer there are not shipped.
  chunkNames: `${folder}/[name]-[hash]`,
  write: false,
  plugins: [
    ...plugins,
    {
      name: 'in parts',
      setup: ({ onEnd, initialOptions }) =>
        onEnd(async ({ outputFiles = [], errors }) => {
          if (errors.length > 0) return;
          const { minify, outdir } = initialOptions;
          await rm(`${outdir}/${folder}`, { recursive: true, force: true });
          for (const { path, text } of outputFiles) {
            const { code } = await esbuild.transform(text, { ...asCommonJs, minify, legalComments: 'none' });
            await mkdir(dirname(path), { recursive: true });
            await writeFile(path, code);
          }
        }),
    },
  ],
});
