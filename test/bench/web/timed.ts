import type { Kernels } from '../../../src/engine/kernels';
import { drawn } from '../drawn';
import { count, planOf, workload } from '../workloads';

/** So long is run before anything counts: the code is compiled meanwhile. */
const WARM_MS = 300;
/** A browser's clock goes in steps of 0.1 ms: so many runs are timed at once. */
const BATCH = 50;

/** The kernels' own time for one run of a workload: the median over batches, in µs; and which build they are. */
export function timed(kernels: Kernels, name: string, forMs: number): { readonly us: number; readonly build: string } {
  const work = workload(name);
  const plan = planOf(work);
  const input = kernels.allocate('float32', count(work.inputShape));
  input.set(drawn(input.length, 1));
  const weight = drawn(count(work.weightShape), 2);
  const output = kernels.allocate('float32', count(plan.outputShape));
  const weightKey = { id: 1, version: 1 };
  const batch = (): number => {
    const start = performance.now();
    for (let run = 0; run < BATCH; run++) kernels.run(plan, { input, weight, output }, { weightKey });
    return ((performance.now() - start) * 1000) / BATCH;
  };
  for (const start = performance.now(); performance.now() - start < WARM_MS;) batch();
  const times: number[] = [];
  for (const start = performance.now(); performance.now() - start < forMs;) times.push(batch());
  kernels.release(input);
  kernels.release(output);
  times.sort((a, b) => a - b);
  return { us: times[times.length >> 1], build: kernels.build ?? 'TypeScript' };
}
