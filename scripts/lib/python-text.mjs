// What runs inside programs of the user's is bundled as text, and sent with each question: comments and explanations
// stay here.
import { readFile } from 'node:fs/promises';

const bare = (source) =>
  source
    .replaceAll(/^\s*"""[^]*?"""\n/gm, '')
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\n{2,}/g, '\n');

/** @type {import('esbuild').Plugin} */
export const pythonText = {
  name: 'python',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.py$/ }, async ({ path }) => ({ contents: bare(await readFile(path, 'utf8')), loader: 'text' }));
  },
};
