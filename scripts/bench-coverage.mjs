// npm run bench:coverage -- [--python PYTHON] [--failures] CHECKOUT…: how much of public code's shapes the analysis
// tells, and whether all it tells is true. npm run bench:installed does the same with models of installed packages.
import { runBundled } from './lib/bundled.mjs';

const [which, ...rest] = process.argv.slice(2);
process.exit(await runBundled(`${which}/main.ts`, rest));
