import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseTraining, trainingOf } from '../../../../src/host/panel/trainingQuestion';
import { type Operation, type Tensor } from '../../../../src/core/operation';
import { resolve } from '../../../../src/core/plan';
import { ProblemError } from '../../../../src/core/problem';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import type { TrainingRequest } from '../../../../src/protocol/panel';

const ask: TrainingRequest = { batch: 0, from: 0, to: 0, target: 'back', optimizer: 'adam', rate: 0.02, seed: 7 };
const op: Operation = { kind: 'convTranspose', stride: [2, 2], padding: [1, 1], dilation: [1, 1] };
const ramp = (shape: readonly number[]): Tensor =>
  tensorOf(
    'float64',
    shape,
    Array.from({ length: shape.reduce((all, size) => all * size, 1) }, (_, at) => at),
  );

function questionOf(of: Operation, input: Tensor, weight: Tensor, asked = ask): ReturnType<typeof trainingOf> {
  const resolution = resolve(of, input.shape, weight.shape);
  assert.ok(resolution.ok);
  return trainingOf({ input, weight }, resolution.plan, asked);
}
const isProblem = (code: string) => (error: unknown) =>
  error instanceof ProblemError && error.problems[0].code === code;

describe('a run of training, as it is asked for', () => {
  it('takes no rate that is not above 0, no method that there is not, and no index below 0', () => {
    assert.deepEqual(parseTraining(ask), ask);
    for (const wrong of [
      { rate: 0 },
      { rate: -1 },
      { rate: NaN },
      { optimizer: 'lion' },
      { from: -1 },
      { target: 'x' },
    ])
      assert.throws(() => parseTraining({ ...ask, ...wrong }));
  });

  it('learns to make the means of blocks into the plane again', () => {
    const { input, target } = questionOf(op, ramp([1, 1, 4, 4]), ramp([1, 1, 4, 4]));
    assert.deepEqual([...input.data], [2.5, 4.5, 10.5, 12.5]);
    assert.deepEqual(target.shape, [4, 4]);
    assert.deepEqual([...target.data], [...ramp([4, 4]).data]);
  });

  it('leaves outputs without a target where the layer makes more than the plane has', () => {
    const { target } = questionOf({ ...op, padding: [0, 0] }, ramp([1, 1, 4, 4]), ramp([1, 1, 4, 4]));
    assert.deepEqual(target.shape, [6, 6]);
    assert.equal(target.data.filter(Number.isNaN).length, 36 - 16);
    // The plane lies in the middle: its first value is one cell in.
    assert.equal(target.data[7], 0);
    assert.equal(target.data[6 * 4 + 4], 15);
  });

  it('learns what the document’s own kernel makes, of the channels that are asked for', () => {
    const conv: Operation = { kind: 'conv', stride: [1], padding: [0], dilation: [1] };
    const { input, target } = questionOf(conv, ramp([1, 2, 3]), ramp([1, 2, 2]), { ...ask, from: 1, target: 'own' });
    assert.deepEqual([...input.data], [3, 4, 5]);
    assert.deepEqual([...target.data], [3 * 2 + 4 * 3, 4 * 2 + 5 * 3]);
  });

  it('refuses to make larger what is a plain convolution, and values that are not finite', () => {
    const conv: Operation = { ...op, kind: 'conv' };
    assert.throws(() => questionOf(conv, ramp([1, 1, 4, 4]), ramp([1, 1, 2, 2])), isProblem('training-back'));
    const input = ramp([1, 1, 4, 4]);
    input.data[3] = Infinity;
    assert.throws(() => questionOf(op, input, ramp([1, 1, 4, 4])), isProblem('training-values'));
  });
});
