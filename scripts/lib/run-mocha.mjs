// Runs bundled test files in this process and writes the tally where the parent asked for it.
// Usage: node run-mocha.mjs --result FILE [--timeout MS] [--retries N] [--grep TEXT] FILE …
import Mocha from 'mocha';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    result: { type: 'string' },
    timeout: { type: 'string', default: '20000' },
    retries: { type: 'string', default: '0' },
    grep: { type: 'string' },
  },
});

const mocha = new Mocha({
  timeout: Number(values.timeout),
  retries: Number(values.retries),
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
// A test that passes only when it is tried again has something to tell, too.
runner.on('retry', (test, error) => console.log(`    ↻ ${test.fullTitle()}: tried again after: ${error.message}`));
