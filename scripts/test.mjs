// npm test [-- PHASE … --grep TEXT --desktop]: everything that shows that the product works, and one last line that
// says how much of it did.
import { parseArgs } from 'node:util';
import { allPhases, withNeeds } from './lib/checks.mjs';
import { runPhases } from './lib/phases.mjs';
import { setup } from './setup.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    grep: { type: 'string' },
    desktop: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});

/** What failed, to be said once more at the end: of a long log, the end is what is read, and what is kept. */
const failures = [];

/** Of each suite what mocha says after its counts; of a command the end of what it printed. */
function failuresIn(text) {
  const [, ...listed] = text.split(/ failing$/m);
  return listed.length === 0 ? text.slice(-4000) : listed.map((each) => each.slice(0, 3000)).join('\n…');
}

function report(phase, outcome, seconds) {
  const { passed, failed, skipped = 0, output } = outcome;
  const counts =
    passed + failed + skipped > 0 ? `: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}` : '';
  const text = output.trim();
  if (text && (failed > 0 || !values.quiet)) console.log(`\n${text}`);
  console.log(`── ${phase.name} · ${seconds.toFixed(1)} s${counts}`);
  if (failed > 0) failures.push(`── ${phase.name} failed\n${failuresIn(text)}`);
}

async function main() {
  await setup();
  const phases = allPhases(values);
  const chosen = positionals.length > 0 ? withNeeds(phases, positionals) : phases.filter(({ isApart }) => !isApart);
  const outcomes = await runPhases(chosen, report);
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

const { passed, failed } = await main().catch((error) => {
  console.error(error.message);
  return { passed: 0, failed: 1 };
});
for (const failure of failures) console.log(`\n${failure}`);
// A run that tried nothing has shown nothing.
if (passed + failed === 0) console.log('\nNo test was run.');
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
