// What an edit of one value costs, against making all outputs anew: as the thread does it for a document.
import type { Operation } from '../../../src/core/operation';
import { type Plan, resolve } from '../../../src/core/plan';
import type { Kernels } from '../../../src/engine/kernels';
import { nameOf, withWriting } from '../../../src/engine/lately';
import { Outputs } from '../../../src/engine/outputs';
import type { SharedTensor } from '../../../src/protocol/engine';
import { drawn } from '../data';
import { count, planOf, workload } from '../workloads';

const ROUNDS = 9;
/** The first edits after all outputs were made bring the other buffer up to date. */
const FIRST = 2;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

let tensors = 0;
function shared(shape: readonly number[]): SharedTensor {
  const id = ++tensors;
  const buffer = new SharedArrayBuffer(4 * count(shape));
  new Float32Array(buffer).set(drawn(count(shape), id));
  return { id, version: 1, dtype: 'float32', shape, buffer };
}

/** With one element written, and noted. */
function written(tensor: SharedTensor, cell: number): SharedTensor {
  new Float32Array(tensor.buffer)[cell] = Math.random();
  const lately = withWriting(tensor.lately ?? [], { before: nameOf(tensor), cells: Uint32Array.of(cell) });
  return { ...tensor, version: tensor.version + 1, lately };
}

/** Written to somehow. */
const renewed = (tensor: SharedTensor): SharedTensor => ({ ...tensor, version: tensor.version + 1, lately: [] });

interface Costs {
  /** Milliseconds: all outputs, those that one input cell reaches; all after an edit of weights, one weight's. */
  readonly all: number;
  readonly cell: number;
  readonly repacked: number;
  readonly weight: number;
}

function costsOf(kernels: Kernels, plan: Plan): Costs {
  const outputs = new Outputs(kernels);
  let input = shared(plan.inputShape);
  let weight = shared(plan.weightShape);
  const timed = (): number => {
    const started = performance.now();
    outputs.evaluate(plan, { input, weight }, { weightKey: weight, inputKey: input });
    return performance.now() - started;
  };
  const times = (rounds: number, edit: () => void): number =>
    median(
      Array.from({ length: rounds + FIRST }, () => {
        edit();
        return timed();
      }).slice(FIRST),
    );
  const middle = count(plan.inputShape) >> 1;
  timed();
  const all = times(ROUNDS, () => (input = renewed(input)));
  const cell = times(5 * ROUNDS, () => (input = written(input, middle)));
  const repacked = times(ROUNDS, () => (weight = renewed(weight)));
  const one = times(5 * ROUNDS, () => (weight = written(weight, 1)));
  outputs.release();
  return { all, cell, repacked, weight: one };
}

const square = (size: number): Plan => {
  const op: Operation = { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] };
  const resolution = resolve(op, [1, 1, size, size], [1, 1, 3, 3]);
  if (!resolution.ok) throw new Error('The plan of the edits is not legal.');
  return resolution.plan;
};

/** By size of one channel, and by workload: `cell 2048`, `all 2048`, … */
export function edits(kernels: Kernels): Record<string, number> {
  const plans: readonly (readonly [string, Plan])[] = [
    ['2048', square(2048)],
    ['4096', square(4096)],
    ...['r1', 'u1', 'd4'].map((name) => [name, planOf(workload(name))] as const),
  ];
  return Object.fromEntries(
    plans.flatMap(([name, plan]) =>
      Object.entries(costsOf(kernels, plan)).map(([what, milliseconds]) => [`${what} ${name}`, milliseconds as number]),
    ),
  );
}
