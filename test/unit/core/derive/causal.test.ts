import assert from 'node:assert/strict';
import fc from 'fast-check';
import { causalOf, causalPadding } from '../../../../src/core/derive/causal';
import { gather } from '../../../../src/core/kernels/gather';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { planOf } from '../arbitraries';

describe('a causal transposed convolution', () => {
  it('of k4 s2 carries two sums over, and plays the same in chunks', () => {
    const { whole, trimmed, chunks, difference } = causalOf([1, 2, 3], [1, 10, 100, 1000], 2, 1, 2);
    assert.deepEqual(whole, [1, 10, 102, 1020, 203, 2030]);
    assert.deepEqual(trimmed, [300, 3000]);
    assert.deepEqual(chunks[0].outgoing, [200, 2000]);
    assert.deepEqual(chunks[1].incoming, [200, 2000]);
    assert.deepEqual(chunks[1].out, [203, 2030]);
    assert.equal(difference, 0);
  });

  it('is the layer with the end cropped by K − s, to the last bit in any chunks, over random layers', () => {
    const value = fc.double({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 16 }),
        fc.array(value, { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 6 }),
        (input, weight, stride, dilation, chunk) => {
          const causal = causalOf(input, weight, stride, dilation, chunk);
          assert.equal(causal.difference, 0);
          assert.deepEqual(
            causal.chunks.flatMap(({ out }) => out),
            causal.whole,
          );
          const extent = dilation * (weight.length - 1) + 1;
          const { padEnd, outputPadding } = causalPadding(extent, stride);
          const plan = planOf(
            {
              kind: 'convTranspose',
              stride: [stride],
              dilation: [dilation],
              padding: [[0, padEnd]],
              outputPadding: [outputPadding],
            },
            [1, 1, input.length],
            [1, 1, weight.length],
          );
          const layer = gather(
            plan,
            tensorOf('float64', [1, 1, input.length], input),
            tensorOf('float64', [1, 1, weight.length], weight),
          );
          assert.equal(layer.data.length, input.length * stride);
          layer.data.forEach((each, at) => assert.ok(Math.abs(each - causal.whole[at]) <= 1e-12, `${at}`));
        },
      ),
      { numRuns: 300, seed: 20261129 },
    );
  });
});
