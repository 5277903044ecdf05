// npm run fuzz -- [--count N] [--seed S] [--python PYTHON] [--break RULE]: programs drawn from a grammar of constructs,
// run by PyTorch and read by us: no shape may be wrong, and no error told where none is. With a rule broken it is
// right when it finds that.
import { breaking } from './lib/breaks.mjs';
import { runBundled } from './lib/bundled.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--break');
const [, rule] = at < 0 ? [] : args.splice(at, 2);
const status = await runBundled('fuzz/main.ts', args, { plugins: rule === undefined ? [] : [breaking(rule)] });
if (rule === undefined) process.exit(status);
console.log(status === 1 ? `found that ${rule} is broken` : `did not find that ${rule} is broken`);
process.exit(status === 1 ? 0 : 1);
