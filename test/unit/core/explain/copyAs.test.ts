import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { copyAs } from '../../../../src/core/explain/copyAs';
import type { Operation } from '../../../../src/core/operation';
import { resolve } from '../../../../src/core/plan';

function planOf(op: Operation, input: readonly number[], weight: readonly number[]) {
  const resolution = resolve(op, input, weight);
  assert.ok(resolution.ok);
  return resolution.plan;
}
const layer: Operation = {
  kind: 'convTranspose',
  stride: [2, 2],
  padding: [1, 1],
  dilation: [1, 1],
  outputPadding: [1, 1],
  groups: 1,
};

describe('an operation copied', () => {
  const copied = { plan: planOf(layer, [1, 8, 4, 4], [8, 3, 3, 3]), dtype: 'float32', bias: false } as const;

  it('as PyTorch is the layer with a check of its size', () => {
    const lines = copyAs('pytorch', copied).split('\n');
    assert.ok(
      lines.includes(
        'layer = nn.ConvTranspose2d(8, 3, kernel_size=3, stride=2, padding=1, output_padding=1, bias=False)',
      ),
    );
    assert.equal(lines.at(-1), 'assert tuple(y.shape) == (1, 3, 8, 8)');
  });

  it('as PyTorch slices what its own padding cannot crop', () => {
    const plan = planOf(
      {
        ...layer,
        padding: [
          [0, 1],
          [1, 0],
        ],
        outputPadding: [0, 0],
      },
      [1, 1, 4, 4],
      [1, 1, 3, 3],
    );
    assert.match(copyAs('pytorch', { plan, dtype: 'float64', bias: true }), /y = layer\(x\)\[\.\.\., 0:8, 1:9\]/);
  });

  it('as LaTeX is the size formula, once where the axes agree', () => {
    assert.equal(
      copyAs('latex', copied),
      'o = (i - 1) \\cdot s - 2 \\cdot p + d \\cdot (k - 1) + op + 1 = (4 - 1) \\cdot 2 - 2 \\cdot 1 + 1 \\cdot (3 - 1) + 1 + 1 = 8',
    );
  });

  it('as Keras says what Keras has not', () => {
    const plan = planOf({ ...layer, groups: 2 }, [1, 8, 4, 4], [8, 3, 3, 3]);
    assert.equal(copyAs('keras', { ...copied, plan }), '# Keras has no grouped transposed convolution.');
  });

  it('with a bias has it in every language, and says that its values are random', () => {
    for (const [language, added] of [
      ['pytorch', /^layer = (?!.*bias=False)/m],
      ['keras', /^layer = (?!.*use_bias=False)/m],
      ['jax', /^y = y \+ b\.reshape\(1, -1, 1, 1\)$/m],
      ['numpy', /^y \+= b\.reshape\(-1, 1, 1\)$/m],
    ] as const) {
      const text = copyAs(language, { ...copied, bias: true });
      assert.match(text, added);
      assert.match(text, /^# The values are random: these are more than 1000 numbers\.$/m);
    }
    assert.match(copyAs('jax', { ...copied, dtype: 'float64' }), /^jax\.config\.update\('jax_enable_x64', True\)$/m);
    assert.doesNotMatch(copyAs('jax', copied), /x64|\bb\b/);
  });
});
