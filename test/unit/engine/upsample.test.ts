import assert from 'node:assert/strict';
import { METHODS, MOST_OUTPUTS, type UpsamplingQuestion } from '../../../src/core/upsampling/comparison';
import { upsample } from '../../../src/engine/upsample';

const question = (size: number): UpsamplingQuestion => ({
  plane: { shape: [size, size], data: new Float64Array(size <= 64 ? size * size : 0) },
  factors: [2, 2],
  against: 'none',
  base: 'linear',
  scaled: false,
  slice: 0,
  most: 16,
});

describe('the thread compares ways to make larger', () => {
  it('and hands its pictures over, no larger than they are asked for', () => {
    const { result, buffers } = upsample({ question: question(32), limit: 2 ** 30 });
    assert.equal(result.results.length, METHODS.length);
    for (const { picture } of result.results)
      if (picture) assert.deepEqual([picture.valueRows, picture.valueColumns], [16, 16]);
    // Of 7 ways a picture and a difference; the input, and the bilinear weights.
    assert.equal(buffers.length, 16);
  });

  it('but takes no memory for what is too large, or above the limit', () => {
    const side = Math.ceil(Math.sqrt(MOST_OUTPUTS) / 2) + 1;
    assert.throws(() => upsample({ question: question(side), limit: 2 ** 40 }), /at most 1048576 are compared/);
    assert.throws(() => upsample({ question: question(32), limit: 1000 }), /above the limit/);
  });

  it('and gives up when it is told to', () => {
    const cancel = new SharedArrayBuffer(4);
    new Int32Array(cancel)[0] = 1;
    assert.throws(() => upsample({ question: question(32), limit: 2 ** 30, cancel }), { name: 'CancelledError' });
  });
});
