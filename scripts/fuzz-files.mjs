// npm run fuzz:files -- [--count N] [--seed S] [--only PATTERN]: files of every kind with wrong numbers where readers
// believe them. Each must be read, or refused in a sentence, soon and within the limit of memory. A pattern draws only
// files whose paths fit it.
import { runBundled } from './lib/bundled.mjs';

process.exit(await runBundled('files/fuzz.ts', process.argv.slice(2)));
