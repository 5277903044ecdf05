import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { firstPixelKernels } from '../../../../src/core/derive/pixelMaps';
import { pixelSymbols } from '../../../../src/core/derive/pixelSymbols';

describe('a pixel transposed convolution in symbols', () => {
  it('says what each map is made from, by which kernels, and where it goes', () => {
    assert.deepEqual(pixelSymbols(firstPixelKernels(1), 1, 'inputPixel', 'unicode').split('\n'), [
      'F₁ = [F] ⊛ k₁',
      'k₁[F] = [0 1 0]',
      'Y[0::2] = F₁',
      'F₂ = [F, F₁] ⊛ k₂',
      'k₂[F] = [0 0 0]',
      'k₂[F₁] = [0 0.5 0.5]',
      'Y[1::2] = F₂',
    ]);
  });

  it('reads the input once only where the maps do, and has a grid for every plane of an image’s kernels', () => {
    const text = pixelSymbols(firstPixelKernels(2), 2, 'pixel', 'latex');
    assert.equal(text.match(/\\begin\{array\}\{ccc\}/g)?.length, 1 + 1 + 2 + 3);
    assert.equal(text.match(/\^\{F\}/g)?.length, 1);
    assert.ok(text.includes('F_{4} = [F_{1}, F_{2}, F_{3}] \\circledast k_{4}'), text);
    assert.ok(
      text.includes('k_{2}^{F_{1}} = \\left[\\begin{array}{ccc}0 & 0 & 0 \\\\ 0 & 0.25 & 0.25 \\\\ 0 & 0.25 & 0.25'),
    );
  });
});
