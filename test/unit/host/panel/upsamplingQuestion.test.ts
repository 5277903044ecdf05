import assert from 'node:assert/strict';
import type { Operation } from '../../../../src/core/operation';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { parseUpsampling, questionOf } from '../../../../src/host/panel/upsamplingQuestion';
import type { UpsamplingRequest } from '../../../../src/protocol/panel';
import { planOf, wholeNumbers } from '../../core/arbitraries';

const ask: UpsamplingRequest = {
  batch: 1,
  from: 2,
  to: 1,
  against: 'none',
  base: 'linear',
  scaled: true,
  slice: 0,
};

const op: Operation = { kind: 'convTranspose', stride: [2, 3], padding: [0, 1], dilation: [1, 1] };
const input = wholeNumbers([2, 3, 4, 5], 1);
const weight = wholeNumbers([3, 2, 3, 4], 2);
const plan = planOf(op, input.shape, weight.shape);

describe('what a page asks of other ways to make larger', () => {
  it('is taken as it is, and refused where it is none of that', () => {
    assert.deepEqual(parseUpsampling({ ...ask }), ask);
    for (const wrong of [
      { ...ask, against: 'all' },
      { ...ask, base: 'best' },
      { ...ask, from: -1 },
      { ...ask, scaled: 1 },
      undefined,
    ])
      assert.throws(() => parseUpsampling(wrong), { name: 'ProblemError' });
  });

  it('is answered of one plane of the input, and its plane of the kernel', () => {
    const question = questionOf({ input, weight }, plan, ask, undefined);
    assert.deepEqual([...question.plane.data], [...input.data.subarray((3 + 2) * 20, (3 + 3) * 20)]);
    assert.deepEqual(question.plane.shape, [4, 5]);
    assert.deepEqual(
      [...(question.own?.kernel.data ?? [])],
      [...weight.data.subarray((2 * 2 + 1) * 12, (2 * 2 + 2) * 12)],
    );
    assert.deepEqual(question.factors, [2, 3]);
    assert.deepEqual(question.own?.op.padding, [
      [0, 0],
      [1, 1],
    ]);
  });

  it('takes a reference of the enlarged size only', () => {
    const given = { ...ask, against: 'given' } as const;
    const reference = tensorOf('float64', [1, 8, 15], new Float64Array(120).fill(2));
    assert.deepEqual(questionOf({ input, weight }, plan, given, reference).reference?.shape, [8, 15]);
    assert.throws(() => questionOf({ input, weight }, plan, given, undefined), /No reference has been chosen yet/);
    const small = tensorOf('float64', [1, 8, 14], new Float64Array(112));
    assert.throws(
      () => questionOf({ input, weight }, plan, given, small),
      /8 × 14; the input made larger .* is 8 × 15/,
    );
  });

  it('has no layer of its own in a plain convolution', () => {
    const conv = planOf({ ...op, kind: 'conv' }, input.shape, [2, 3, 3, 4]);
    const kernels = wholeNumbers([2, 3, 3, 4], 3);
    assert.equal(questionOf({ input, weight: kernels }, conv, ask, undefined).own, undefined);
  });
});
