import assert from 'node:assert/strict';
import { canonicalUse, storedAs } from '../../../src/python/canonicalUse';
import { analyzeModule } from '../../../src/python';
import { shapeOf } from '../../../src/core/shape';

const KERAS = 'import keras\nfrom keras import layers\nx = keras.Input(shape=(16, 20, 6), batch_size=2)\n';
const cases: readonly (readonly [code: string, input: readonly number[], weight: readonly number[]])[] = [
  [`${KERAS}layers.Conv2D(8, 3, strides=2, padding='same')(x)`, [2, 6, 16, 20], [8, 6, 3, 3]],
  [`${KERAS}layers.Conv2D(8, (3, 5), groups=2, dilation_rate=2)(x)`, [2, 6, 16, 20], [8, 3, 3, 5]],
  [`${KERAS}layers.Conv2DTranspose(4, 5, strides=2, padding='same')(x)`, [2, 6, 16, 20], [6, 4, 5, 5]],
  [`${KERAS}layers.DepthwiseConv2D(3, depth_multiplier=2)(x)`, [2, 6, 16, 20], [12, 1, 3, 3]],
  [`${KERAS}layers.Conv2D(8, 3, data_format='channels_first')(x)`, [2, 16, 20, 6], [8, 16, 3, 3]],
  [
    'import tensorflow as tf\ntf.nn.conv2d_transpose(tf.zeros((1, 8, 9, 5)), tf.zeros((3, 3, 2, 5)), output_shape=(1, 16, 18, 2), strides=2)',
    [1, 5, 8, 9],
    [5, 2, 3, 3],
  ],
  [
    'import jax.numpy as jnp\nfrom jax import lax\nlax.conv_transpose(jnp.zeros((1, 8, 9, 3)), jnp.zeros((3, 3, 3, 5)), (2, 2), "SAME")',
    [1, 3, 8, 9],
    [3, 5, 3, 3],
  ],
  [
    'import torch\nimport torch.nn as nn\nnn.ConvTranspose2d(4, 6, (3, 2), stride=2, groups=2)(torch.zeros(4, 5, 7))',
    [4, 5, 7],
    [4, 3, 3, 2],
  ],
];

describe('a use in PyTorch’s terms', () => {
  for (const [code, input, weight] of cases) {
    it(`${code.split('\n').at(-1)}: ${input.join('×')} with ${weight.join('×')}, and the output has the size that was told`, () => {
      const [report] = analyzeModule({ path: 'm.py', text: `${code}\n` }).reports;
      const use = canonicalUse(report, report.uses[0]);
      assert.deepEqual([use?.inputShape, use?.weightShape], [input, weight]);
      assert.deepEqual(shapeOf(use!.op, input, weight).outputShape, use?.outputShape);
    });
  }

  it('is none for a layer that is two operations', () => {
    const [report] = analyzeModule({ path: 'm.py', text: `${KERAS}layers.SeparableConv2D(8, 3)(x)\n` }).reports;
    assert.equal(report.uses.length, 1);
    assert.equal(canonicalUse(report, report.uses[0]), undefined);
  });

  const FLAX = 'import jax.numpy as jnp\nimport flax.linen as nn\n';
  const orders: readonly (readonly [code: string, order: string])[] = [
    [`${FLAX}nn.Conv(2, (3, 3))(jnp.zeros((1, 4, 4, 1)))`, 'keras-conv'],
    [`${FLAX}nn.ConvTranspose(2, (3, 3))(jnp.zeros((1, 4, 4, 1)))`, 'jax-convtranspose'],
    [`${FLAX}nn.ConvTranspose(2, (3, 3), transpose_kernel=True)(jnp.zeros((1, 4, 4, 1)))`, 'keras-convtranspose'],
    [`${KERAS}layers.DepthwiseConv2D(3)(x)`, 'keras-depthwise'],
  ];
  for (const [code, order] of orders) {
    it(`${code.split('\n').at(-1)} stores its weight as ${order}`, () => {
      assert.equal(storedAs(analyzeModule({ path: 'm.py', text: `${code}\n` }).reports[0]), order);
    });
  }
});
