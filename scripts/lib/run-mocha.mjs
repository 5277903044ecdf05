// Runs bundled test files in this process and writes the tally where the parent asked for it.
// Usage: node run-mocha.mjs --result FILE [--timeout MS] [--grep TEXT] FILE …
import Mocha from 'mocha';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { result: { type: 'string' }, timeout: { type: 'string', default: '20000' }, grep: { type: 'string' } },
});

const mocha = new Mocha({
  timeout: Number(values.timeout),
  grep: values.grep,
  color: false,
  // A forgotten `.only` would silently turn the rest of the tests off.
  forbidOnly: true,
});
positionals.forEach((file) => mocha.addFile(file));
await mocha.loadFilesAsync();

const runner = mocha.run((failed) => {
  const { passes, pending } = runner.stats;
  writeFileSync(values.result, JSON.stringify({ passed: passes, failed, skipped: pending }));
  // A handle that a test left open must not keep the run alive.
  process.exit(failed > 0 ? 1 : 0);
});
