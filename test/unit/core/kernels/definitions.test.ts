import assert from 'node:assert/strict';
import { gather } from '../../../../src/core/kernels/gather';
import { scatter } from '../../../../src/core/kernels/scatter';
import { resolve } from '../../../../src/core/plan';
import { tensorOf } from '../../../../src/core/tensor/tensor';

describe('gather and scatter', () => {
  it('stamp [[2,3],[1,3]] with the reference kernel at stride 1', () => {
    const input = tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, 3]);
    const weight = tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]);
    const resolution = resolve({ kind: 'convTranspose', stride: [1, 1], dilation: [1, 1], padding: [0, 0] }, input.shape, weight.shape);
    assert.ok(resolution.ok);
    for (const kernel of [gather, scatter]) {
      assert.deepEqual([...kernel(resolution.plan, input, weight).data], [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3]);
    }
  });
});
