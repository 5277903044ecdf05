// What a way to compute is held against: the definitions, in float64, scaled by the sizes of what was summed.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { computeReference } from '../../../src/core/kernels/compute';
import type { Dtype, Operation, Tensor } from '../../../src/core/operation';
import { type Plan, resolve } from '../../../src/core/plan';
import { elementCount, zeros } from '../../../src/core/tensor/tensor';
import { Machine } from '../../../src/engine/kernels/machine';
import type { Operands } from '../../../src/engine/kernels/route';
import { builds } from './support';

/** One way to compute: the machine itself and the plain loops, because `createKernels` would choose by size. */
export type Run = (plan: Plan, operands: Operands) => void;

export interface Configuration {
  readonly op: Operation;
  readonly inputShape: number[];
  readonly weightShape: number[];
}

export const isLegal = ({ op, inputShape, weightShape }: Configuration): boolean =>
  resolve(op, inputShape, weightShape).ok;

export function size(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

export function pad(max: number): fc.Arbitrary<[number, number]> {
  return fc.tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max }));
}

/** Values in [−1, 1) from a small generator, so that a failing configuration alone reproduces the failure. */
export function values(dtype: Dtype, shape: readonly number[], seed: number): Tensor {
  const tensor = zeros(dtype, shape);
  let state = seed;
  for (let i = 0; i < tensor.data.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    tensor.data[i] = state / 2 ** 31 - 1;
  }
  return tensor;
}

export const planOf = ({ op, inputShape, weightShape }: Configuration): Plan => {
  const resolution = resolve(op, inputShape, weightShape);
  assert(resolution.ok);
  return resolution.plan;
};

/** The operation on drawn values. */
export function check(run: Run, configuration: Configuration, dtype: Dtype, withBias: boolean): void {
  const plan = planOf(configuration);
  checkOn(
    run,
    plan,
    values(dtype, plan.inputShape, 1),
    values(dtype, plan.weightShape, 2),
    withBias ? values(dtype, [plan.outputChannels], 3) : undefined,
  );
}

/**
 * Every output within `tolerance` of the float64 truth, scaled by Σ|x||w| + |b| of that output; what is not finite
 * there is the same here.
 */
export function checkOn(run: Run, plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): void {
  const { dtype } = input;
  const absolute = (tensor: Tensor): Tensor => ({
    ...tensor,
    dtype: 'float64',
    data: Float64Array.from(tensor.data, Math.abs),
  });
  const exact = (tensor: Tensor): Tensor => ({ ...tensor, dtype: 'float64', data: Float64Array.from(tensor.data) });
  const truth = computeReference(plan, exact(input), exact(weight), bias && exact(bias));
  const scale = computeReference(plan, absolute(input), absolute(weight), bias && absolute(bias));
  const output = zeros(dtype, plan.outputShape);
  output.data.fill(Number.NaN);
  run(plan, { input: input.data, weight: weight.data, bias: bias?.data, output: output.data });
  const tolerance = dtype === 'float32' ? 1e-5 : 1e-14;
  for (let i = 0; i < elementCount(plan.outputShape); i++) {
    if (!Number.isFinite(truth.data[i]) && Object.is(output.data[i], truth.data[i])) continue;
    const error = Math.abs(output.data[i] - truth.data[i]);
    // A float32 store rounds even an exact sum.
    if (!(error <= tolerance * scale.data[i]))
      assert.fail(`output ${i} is ${output.data[i]}, the truth ${truth.data[i]}, scale ${scale.data[i]}`);
  }
}

/**
 * Runs each operation twice under one identity of its weight and input: the second run finds what was kept of them.
 */
export function machineRun(build: 'relaxed' | 'simd128'): Run {
  const machine = new Machine(builds(), build);
  let id = 0;
  return (plan, operands) => {
    id++;
    for (const version of [1, 1, 2]) {
      operands.output.fill(Number.NaN);
      machine.run(plan, operands, { weightKey: { id, version }, inputKey: { id, version } });
    }
  };
}
