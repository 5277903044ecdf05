import assert from 'node:assert/strict';
import { planAxis } from '../../../../src/core/axis';
import { kerasCrop, NUMBERS } from '../../../../src/core/formulas';
import { type TorchTwin, torchTwin } from '../../../../src/core/frameworks/torchTwin';

/** Of Keras's `padding="same"`. */
function sameTwin(inputs: readonly number[], kernels: readonly number[], strides: readonly number[]): TorchTwin {
  const crops = kernels.map((kernel, axis) => kerasCrop(NUMBERS, 'same', kernel, strides[axis]));
  const op = {
    kind: 'convTranspose' as const,
    stride: strides,
    dilation: strides.map(() => 1),
    padding: crops.map(({ padBegin, padEnd }): [number, number] => [padBegin, padEnd]),
    outputPadding: crops.map(({ outputPadding }) => outputPadding),
  };
  return torchTwin(inputs.map((input, axis) => planAxis(op, axis, input, kernels[axis])));
}

describe('Keras’s same in PyTorch', () => {
  for (let k = 1; k <= 7; k++) {
    for (let s = 1; s <= 4; s++) {
      it(`k${k} s${s} ${k < s || (k - s) % 2 === 0 ? 'has an exact twin' : 'needs a slice'}`, () => {
        assert.equal(sameTwin([5], [k], [s]).exact, k < s || (k - s) % 2 === 0);
      });
    }
  }

  it('k3 s2 is a slice of the output without padding', () => {
    const twin = sameTwin([4, 6], [3, 3], [2, 2]);
    assert.equal(twin.recipe, 'y[..., 0:8, 0:12]');
    assert.deepEqual(twin.axes[0], { padding: 0, outputPadding: 0, slice: { from: 0, length: 8 } });
  });

  it('slices only the axes that need it', () => {
    assert.equal(sameTwin([4, 6], [4, 5], [2, 2]).recipe, 'y[..., :, 1:13]');
  });
});
