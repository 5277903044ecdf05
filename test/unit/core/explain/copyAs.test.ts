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

  for (const kind of ['conv', 'convTranspose'] as const) {
    it(`as JAX has the bias of a ${kind}, and float64 where that is meant`, () => {
      const op: Operation = { ...layer, kind, ...(kind === 'conv' ? { outputPadding: undefined } : {}) };
      const plan = planOf(op, [1, 8, 4, 4], kind === 'conv' ? [3, 8, 3, 3] : [8, 3, 3, 3]);
      const plain = copyAs('jax', { plan, dtype: 'float32', bias: false });
      assert.doesNotMatch(plain, /\bb\b|x64/);
      const lines = copyAs('jax', { plan, dtype: 'float64', bias: true }).split('\n');
      const [enabled, made] = ["jax.config.update('jax_enable_x64', True)", 'x = jax'].map((start) =>
        lines.findIndex((line) => line.startsWith(start)),
      );
      assert.ok(enabled >= 0 && enabled < made);
      assert.ok(lines.includes('b = jax.random.normal(jax.random.key(2), (3,), dtype=jnp.float64)'));
      assert.equal(lines.at(-1), 'y = y + b.reshape(-1, 1, 1)');
    });
  }
});
