import assert from 'node:assert/strict';
import { mxnetTranspose } from '../../../../src/core/frameworks/mxnet';
import { paddleTranspose } from '../../../../src/core/frameworks/paddle';
import type { Translation } from '../../../../src/core/frameworks/translation';
import { planOf } from '../arbitraries';

/** Output sizes of a translated call on one channel; the refusal's code where there is one. */
function sizes(
  translation: Translation,
  input: readonly number[],
  kernel: readonly number[],
): readonly number[] | string {
  if (!translation.ok) return translation.problems[0].code;
  return planOf(translation.op, [1, 1, ...input], [1, 1, ...kernel]).outputShape.slice(2);
}

const padding = (translation: Translation): unknown =>
  translation.ok && [translation.op.padding, translation.op.outputPadding];

/**
 * Paddle and MXNet have no goldens: the generator had neither at hand. The numbers are worked out by hand from their
 * source.
 */
describe('Paddle', () => {
  const base = { stride: [2, 2], dilation: [1, 1], padding: [1, 1] };

  it('is as PyTorch: (i−1)s − 2p + K + op', () => {
    assert.deepEqual(sizes(paddleTranspose(base, [4, 5], [3, 3]), [4, 5], [3, 3]), [7, 9]);
    assert.deepEqual(
      sizes(paddleTranspose({ ...base, outputPadding: [1, 0] }, [4, 5], [3, 3]), [4, 5], [3, 3]),
      [8, 9],
    );
  });

  it('takes padding as one number, two, or four', () => {
    assert.deepEqual(padding(paddleTranspose({ ...base, padding: [1] }, [4, 4], [3, 3])), [
      [
        [1, 1],
        [1, 1],
      ],
      [0, 0],
    ]);
    assert.deepEqual(padding(paddleTranspose({ ...base, padding: [0, 1] }, [4, 4], [3, 3])), [
      [
        [0, 0],
        [1, 1],
      ],
      [0, 0],
    ]);
    assert.deepEqual(padding(paddleTranspose({ ...base, padding: [0, 1, 2, 1] }, [4, 4], [3, 3])), [
      [
        [0, 1],
        [2, 1],
      ],
      [0, 0],
    ]);
  });

  it('SAME crops what a convolution of the input would pad, and forgets the dilation', () => {
    const same = paddleTranspose({ ...base, dilation: [2, 2], padding: 'SAME' }, [4, 5], [3, 3]);
    assert.deepEqual(padding(same), [
      [
        [0, 1],
        [1, 1],
      ],
      [0, 0],
    ]);
    assert.deepEqual(same.ok && same.op.dilation, [1, 1]);
    assert.deepEqual(sizes(paddleTranspose({ ...base, padding: 'VALID' }, [4, 5], [3, 3]), [4, 5], [3, 3]), [9, 11]);
  });

  it('output_size is from H′ to H′ + s − 1, and excludes output padding', () => {
    for (const height of [7, 8])
      assert.deepEqual(sizes(paddleTranspose({ ...base, outputSize: [height, 9] }, [4, 5], [3, 3]), [4, 5], [3, 3]), [
        height,
        9,
      ]);
    for (const height of [6, 9])
      assert.equal(
        sizes(paddleTranspose({ ...base, outputSize: [height, 9] }, [4, 5], [3, 3]), [4, 5], [3, 3]),
        'output-size',
      );
    assert.equal(
      sizes(paddleTranspose({ ...base, outputPadding: [1, 1], outputSize: [8, 9] }, [4, 5], [3, 3]), [4, 5], [3, 3]),
      'output-size-and-padding',
    );
  });
});

describe('MXNet', () => {
  const base = { stride: [2], dilate: [1], pad: [1] };

  it('is s(i−1) + K − 2p + adj, adj below the stride', () => {
    assert.deepEqual(sizes(mxnetTranspose({ ...base, adj: [1] }, [4], [3]), [4], [3]), [8]);
    assert.equal(sizes(mxnetTranspose({ ...base, adj: [2] }, [4], [3]), [4], [3]), 'output-padding-large');
  });

  it('cuts the odd element at the begin for a target shape, which replaces pad and adj', () => {
    // Uncropped 9; to 6 are 3 to cut.
    assert.deepEqual(padding(mxnetTranspose({ ...base, adj: [7], targetShape: [6] }, [4], [3])), [[[2, 1]], [0]]);
    assert.deepEqual(sizes(mxnetTranspose({ ...base, targetShape: [6] }, [4], [3]), [4], [3]), [6]);
    assert.equal(sizes(mxnetTranspose({ ...base, targetShape: [10] }, [4], [3]), [4], [3]), 'output-shape');
  });
});
