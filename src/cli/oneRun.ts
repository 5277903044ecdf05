import { setFlagsFromString } from 'node:v8';

/**
 * Says to V8 that this process reads many files once and ends, before any thread begins. A file's own functions take
 * most of our rules a few times only, and to optimise those costs more than it saves: a third of the processor time of
 * a `check` went into that. Machine code without any optimisation is cheap to make, and pays from the first call on.
 * And what an analysis leaves is garbage at once, so that the heap need not double before it is collected. Newer V8s
 * have a compiler between the two, with which that does not pay, and other flags.
 */
export function tuneForOneRun(): void {
  const { v8 } = process.versions;
  if (v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000');
  if (v8.startsWith('11.')) setFlagsFromString('--always-sparkplug');
  if (/^1[1-3]\./.test(v8)) setFlagsFromString('--heap-growing-percent=30');
}
