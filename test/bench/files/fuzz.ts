// A million wrong files: see scripts/fuzz-files.mjs.
import { randomSource } from '../../../src/core/state/random';
import { drawn, mutated, readAll, seeds } from '../../unit/core/formats/mutated';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const [count, first] = [option('--count', 1_000_000), option('--seed', 1)];
/** A reader that works longer than this over a file of some kilobytes hangs, as far as a person can tell. */
const LONGEST_MS = 2000;

const only = process.argv.indexOf('--only');
const wanted = new RegExp(only < 0 ? '' : process.argv[only + 1]);
const files = seeds().filter(([{ path, name }]) => wanted.test(path ?? name));
if (files.length === 0) throw new Error(`No file is called so: ${wanted.source}`);
const outcomes = { read: 0, refused: 0, wrong: 0 };
for (let seed = first; seed < first + count; seed++) {
  const { uniform } = randomSource(seed);
  const whole = (most: number): number => Math.floor(uniform() * most);
  const file = drawn(files, whole);
  const bytes = mutated(file, whole);
  const began = process.cpuUsage();
  try {
    outcomes[readAll(file, bytes)]++;
  } catch (error) {
    outcomes.wrong++;
    console.log(`seed ${seed}, ${file.name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  const { user, system } = process.cpuUsage(began);
  const milliseconds = Math.round((user + system) / 1000);
  if (milliseconds > LONGEST_MS) {
    outcomes.wrong++;
    console.log(`seed ${seed}, ${file.name}: took ${milliseconds} ms`);
  }
}
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  `${count} files: ${outcomes.read} read, ${outcomes.refused} refused, ${outcomes.wrong} wrong; ${peak} MiB at the peak`,
);
process.exit(outcomes.wrong > 0 ? 1 : 0);
