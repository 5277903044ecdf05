// npm run soak [-- --small N --large N]: the engine under load; prints its figures and fails on a leak, a wrong answer
// or a hang.
import { runBundled } from './lib/bundled.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const built = await run(process.execPath, ['esbuild.mjs'], { cwd: root, timeoutMs: 120_000 });
if (!built.ok) throw new Error(built.output);
process.exit(await runBundled('soak.ts', process.argv.slice(2)));
