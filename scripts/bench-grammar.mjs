// npm run bench:grammar -- [--python PYTHON] [--trees] [--mutations COUNT] FILE|FOLDER…: which of these files PYTHON
// takes and we call broken, and what of them we read otherwise.
import { runBundled } from './lib/bundled.mjs';
import { root } from './lib/paths.mjs';

// Paths on the command line are seen from where it was typed.
const args = ['--root', root, ...process.argv.slice(2)];
process.exit(await runBundled('grammar/main.ts', args, { cwd: process.cwd() }));
