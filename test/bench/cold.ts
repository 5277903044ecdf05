// A fresh process: how long the engine takes to be ready, and its first large layer, packing and compiling included.
import { readBuilds } from '../../src/engine/builds';
import { createKernels } from '../../src/engine/kernels';
import { drawn } from './drawn';
import { count, planOf, workload } from './workloads';

const work = workload('d4');
const plan = planOf(work);
const input = drawn(count(work.inputShape), 1);
const weight = drawn(count(work.weightShape), 2);
const builds = readBuilds('dist');

const begun = performance.now();
const kernels = createKernels(builds);
const start = performance.now() - begun;
const output = new Float32Array(count(plan.outputShape));
const run = (): number => {
  const started = performance.now();
  kernels.run(plan, { input, weight, output }, { weightKey: { id: 1, version: 1 } });
  return performance.now() - started;
};
const pagesBefore = process.resourceUsage().minorPageFault;
const first = run();
const pages = process.resourceUsage().minorPageFault - pagesBefore;
const warm = Array.from({ length: 30 }, run).sort((a, b) => a - b)[15];
process.stdout.write(JSON.stringify({ start, first, warm, pages }));
