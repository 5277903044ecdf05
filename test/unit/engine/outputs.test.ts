import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { computeReference } from '../../../src/core/kernels/compute';
import type { Operation } from '../../../src/core/operation';
import { resolve } from '../../../src/core/plan';
import { elementCount } from '../../../src/core/tensor/tensor';
import { readBuilds } from '../../../src/engine/builds';
import { createKernels, type Kernels } from '../../../src/engine/kernels';
import { nameOf, withWriting } from '../../../src/engine/lately';
import { Outputs } from '../../../src/engine/outputs';
import { view } from '../../../src/engine/sight';
import type { SharedTensor } from '../../../src/protocol/engine';

let state = 5;
/** A whole number in [0, below). */
const pick = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

/** Small whole numbers: every sum of products of them is exact. */
function shared(id: number, shape: readonly number[]): SharedTensor {
  const values = Float32Array.from({ length: elementCount(shape) }, () => pick(9) - 4);
  const buffer = new SharedArrayBuffer(values.byteLength);
  new Float32Array(buffer).set(values);
  return { id, version: 1, dtype: 'float32', shape, buffer };
}

function written(tensor: SharedTensor, isNoted: boolean): SharedTensor {
  const values = view(tensor).data;
  const cell = pick(values.length);
  values[cell] += 1 + pick(3);
  const cells = Uint32Array.of(cell);
  const lately = isNoted ? withWriting(tensor.lately ?? [], { before: nameOf(tensor), cells }) : [];
  return { ...tensor, version: tensor.version + 1, lately };
}

const operations: readonly (readonly [string, Operation, readonly number[], readonly number[]])[] = [
  [
    'conv of 8 channels, k3 p1',
    { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] },
    [1, 8, 48, 48],
    [8, 8, 3, 3],
  ],
  [
    'convTranspose of 2 groups of 4 channels, k4 s2 p1, a batch of 2',
    { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1], groups: 2 },
    [2, 8, 24, 24],
    [8, 4, 4, 4],
  ],
  [
    'conv of 2 groups of 8 channels, k1, which reads its input in place, a batch of 2',
    { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [0, 0], groups: 2 },
    [2, 16, 61, 61],
    [16, 8, 1, 1],
  ],
];

describe('Outputs of a session, edit by edit', () => {
  for (const [title, op, inputShape, weightShape] of operations)
    it(`are the definition’s after every edit, and what is said to be new is: ${title}`, () => {
      const resolution = resolve(op, inputShape, weightShape);
      if (!resolution.ok) throw new Error('The operation is not legal.');
      const { plan } = resolution;
      const whole = createKernels(readBuilds('dist'));
      let runs = 0;
      let isReplaced = false;
      const kernels: Kernels = {
        ...whole,
        owns: () => !isReplaced,
        run: (ran, operands, hooks) => {
          if (ran === plan) runs++;
          whole.run(ran, operands, hooks);
        },
      };
      const outputs = new Outputs(kernels);
      const tensors = {
        input: shared(1, inputShape),
        weight: shared(2, weightShape),
        bias: shared(3, [plan.outputChannels]),
      };
      let last: { readonly output: SharedTensor; readonly values: Float32Array } | undefined;
      for (let edit = 0; edit < 60; edit++) {
        const role = (['input', 'weight', 'bias', 'input'] as const)[pick(4)];
        const isNoted = pick(12) > 0;
        isReplaced = pick(10) === 0;
        if (edit > 0) tensors[role] = written(tensors[role], isNoted);
        const before = runs;
        // By their names, as the thread has it: what is kept of one edit must not be taken for another's.
        const hooks = { weightKey: tensors.weight, inputKey: tensors.input };
        const output = outputs.evaluate(plan, tensors, hooks);
        const wanted = computeReference(plan, view(tensors.input), view(tensors.weight), view(tensors.bias)).data;
        const values = Float32Array.from(view(output).data);
        assert.deepEqual(values, wanted);
        if (edit > 0) assert.equal(runs - before, isNoted ? 0 : 1, `edit ${edit} of ${role}`);
        if (last) {
          // The one that is shown stays as it is while the next is made.
          assert.deepEqual(Float32Array.from(view(last.output).data), last.values);
          const writing = output.lately?.at(-1);
          if (writing?.before === nameOf(last.output)) {
            for (const cell of writing.cells) last.values[cell] = wanted[cell];
            assert.deepEqual(last.values, wanted);
          }
        }
        last = { output, values };
      }
      whole.dispose();
    });
});
