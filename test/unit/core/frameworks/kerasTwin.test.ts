import assert from 'node:assert/strict';
import { kerasSameTwin } from '../../../../src/core/frameworks/kerasTwin';

describe('Keras’s same in PyTorch', () => {
  for (let k = 1; k <= 7; k++) {
    for (let s = 1; s <= 4; s++) {
      it(`k${k} s${s} ${k < s || (k - s) % 2 === 0 ? 'has an exact twin' : 'needs a slice'}`, () => {
        assert.equal(kerasSameTwin([5], [k], [s]).exact, k < s || (k - s) % 2 === 0);
      });
    }
  }

  it('k3 s2 is a slice of the output without padding', () => {
    const twin = kerasSameTwin([4, 6], [3, 3], [2, 2]);
    assert.equal(twin.recipe, 'y[..., 0:8, 0:12]');
    assert.deepEqual(twin.axes[0], { padding: 0, outputPadding: 0, slice: { from: 0, length: 8 } });
  });

  it('slices only the axes that need it', () => {
    assert.equal(kerasSameTwin([4, 6], [4, 5], [2, 2]).recipe, 'y[..., :, 1:13]');
  });
});
