// npm run bench:grammar -- [--python PYTHON] [--trees] [--mutations COUNT] FILE|FOLDER…: which of these files PYTHON
// takes and we call broken, and what of them we read otherwise. PYTHON is 3.12 or newer: an older one does not take the
// type parameters and f-strings of today, nor tell the parts of an f-string as we do.
import { runBundled } from './lib/bundled.mjs';
import { root } from './lib/paths.mjs';

// Paths on the command line are seen from where it was typed.
const args = ['--root', root, ...process.argv.slice(2)];
process.exit(await runBundled('grammar/main.ts', args, { cwd: process.cwd() }));
