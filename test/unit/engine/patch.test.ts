import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { computeReference } from '../../../src/core/kernels/compute';
import type { Operation } from '../../../src/core/operation';
import { type Plan, resolve } from '../../../src/core/plan';
import { tensorOf } from '../../../src/core/tensor/tensor';
import { readBuilds } from '../../../src/engine/builds';
import { createKernels, type Floats } from '../../../src/engine/kernels';
import { applyPatch, type Patch, patchOfChannels, patchOfInputs, patchOfWeights } from '../../../src/engine/patch';

const kernels = createKernels(readBuilds('dist'));
let state = 1;
/** A whole number in [0, below). */
const pick = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
/** Small whole numbers: every sum of products of them is exact. */
const whole = (length: number): Float32Array => Float32Array.from({ length }, () => pick(9) - 4);
const count = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);

function planOf(op: Operation, inputShape: readonly number[], weightShape: readonly number[]): Plan {
  const resolution = resolve(op, inputShape, weightShape);
  if (!resolution.ok) throw new Error(resolution.problems.map(({ code }) => code).join());
  return resolution.plan;
}

function outputOf(plan: Plan, input: Float32Array, weight: Float32Array, bias: Float32Array): Floats {
  const [x, w] = [tensorOf('float32', plan.inputShape, input), tensorOf('float32', plan.weightShape, weight)];
  return computeReference(plan, x, w, tensorOf('float32', [bias.length], bias)).data;
}

/** Writes into one tensor, patches the old output, and compares all of it with what the definition makes. */
function check(
  plan: Plan,
  role: 'input' | 'weight' | 'bias',
  written: number,
  patchOf: (cells: number[]) => Patch | undefined,
): boolean {
  const tensors = {
    input: whole(count(plan.inputShape)),
    weight: whole(count(plan.weightShape)),
    bias: whole(plan.outputChannels),
  };
  const output = outputOf(plan, tensors.input, tensors.weight, tensors.bias);
  const first = pick(tensors[role].length - written);
  const cells = Array.from({ length: written }, (_, each) => first + each);
  for (const cell of cells) tensors[role][cell] += 1 + pick(5);
  const patch = patchOf(cells);
  if (!patch) return false;
  const before = output.slice();
  const spans = applyPatch(plan, patch, { ...tensors, output }, kernels, {});
  const wanted = outputOf(plan, tensors.input, tensors.weight, tensors.bias);
  assert.deepEqual(output, wanted);
  // What is said to be new is all that is.
  for (let at = 0; at < spans.length; at += 2) before.set(wanted.subarray(spans[at], spans[at + 1]), spans[at]);
  assert.deepEqual(before, wanted);
  return true;
}

describe('Outputs made anew only where they change', () => {
  for (const kind of ['conv', 'convTranspose'] as const)
    it(`are those of the whole ${kind}, for inputs, weights and biases of any rank, stride, padding and group`, () => {
      const patched = { input: 0, weight: 0, bias: 0 };
      for (let round = 0; round < 60; round++) {
        const rank = 1 + pick(3);
        const groups = 1 + pick(2);
        const [from, to] = [groups * (1 + pick(4)), groups * (2 + pick(7))];
        const each = (least: number, most: number): number[] =>
          Array.from({ length: rank }, () => least + pick(most - least + 1));
        const sides = Array.from({ length: rank }, () => [pick(3), pick(3)] as const);
        const size = (kind === 'conv' ? [2400, 56, 14] : [600, 20, 6])[rank - 1];
        const kernel = each(1, 4);
        const stride = each(1, 3);
        const dilation = each(1, 2);
        const op: Operation = { kind, stride, dilation, padding: sides, groups };
        const weightShape = kind === 'conv' ? [to, from / groups, ...kernel] : [from, to / groups, ...kernel];
        const resolution = resolve(op, [1 + pick(2), from, ...each(size, size + 5)], weightShape);
        if (!resolution.ok) continue;
        const { plan } = resolution;
        const at = [0, pick(2)][pick(2)];
        if (check(plan, 'input', 1 + at, (cells) => patchOfInputs(plan, cells))) patched.input++;
        if (check(plan, 'weight', 1, (cells) => patchOfWeights(plan, cells))) patched.weight++;
        if (check(plan, 'bias', 1, (cells) => patchOfChannels(plan, cells))) patched.bias++;
      }
      // It was not always left out for not being worth it.
      for (const times of Object.values(patched)) assert.ok(times >= 3, JSON.stringify(patched));
    });

  const square = (kind: Operation['kind'], padding: number): Operation => ({
    kind,
    stride: [1, 1],
    dilation: [1, 1],
    padding: [padding, padding],
  });

  it('are the part that one input of 64 channels reaches, and one channel of 64 for a weight', () => {
    const plan = planOf(square('conv', 1), [1, 64, 56, 56], [64, 64, 3, 3]);
    const inner = patchOfInputs(plan, [10 * 56 * 56 + 20 * 56 + 20]);
    assert.deepEqual(inner?.pieces[0].part.outputs, [
      { from: 19, until: 22 },
      { from: 19, until: 22 },
    ]);
    assert.deepEqual(inner.pieces[0].part.inputs, [
      { from: 18, until: 23 },
      { from: 18, until: 23 },
    ]);
    const channel = patchOfWeights(plan, [7 * 64 * 9 + 5]);
    assert.equal(channel?.pieces[0].firstChannel, 7);
    assert.deepEqual(channel.pieces[0].part.plan.weightShape, [1, 64, 3, 3]);
  });

  it('are all where one channel is everything, or inputs are read several times by padding', () => {
    const single = planOf(square('conv', 1), [1, 1, 512, 512], [1, 1, 3, 3]);
    assert.equal(patchOfWeights(single, [4]), undefined);
    const mirrored = planOf({ ...square('conv', 1), paddingMode: 'reflect' }, [1, 8, 99, 99], [8, 8, 3, 3]);
    assert.equal(patchOfInputs(mirrored, [500]), undefined);
  });
});
