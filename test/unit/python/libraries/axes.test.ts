import assert from 'node:assert/strict';
import { outputPaddingProblem } from '../../../../src/python/libraries/axes/outputSizes';
import { torchAxis, torchProblem } from '../../../../src/python/libraries/axes/torch';
import { convOutput, sizedAxis } from '../../../../src/python/sizes/axis';
import { named, type Size } from '../../../../src/python/sizes/size';
import { analyze, TORCH, usesOf } from '../analysis/read';

const errorsOf = (text: string): (string | undefined)[] =>
  analyze(text).reports.flatMap(({ problems }) =>
    problems.filter(({ severity }) => severity === 'error').map(({ framework }) => framework),
  );

describe('PyTorch’s ways to state a size', () => {
  const window = (stride: number, kernel = 3): Parameters<typeof torchAxis>[0] => ({
    input: 4,
    kernel,
    stride,
    dilation: 1,
  });
  const asked = (sizes: readonly Size[]): ReturnType<typeof torchProblem> =>
    torchProblem(
      [sizedAxis(torchAxis(window(2), 1, 1), sizes[0]), sizedAxis(torchAxis(window(3), 0, 2), sizes[1])],
      sizes,
      `[${sizes.map(String).join(', ')}]`,
    );

  it('output_size replaces the output padding, from min to min + s − 1', () => {
    for (const sizes of [
      [7, 12],
      [8, 14],
    ])
      assert.equal(asked(sizes), undefined);
    for (const sizes of [
      [9, 12],
      [6, 12],
      [7, 15],
    ])
      assert.equal(
        asked(sizes)?.framework,
        `requested an output size of [${sizes.join(', ')}], but valid sizes range from [7, 12] to [8, 14] (for an input of torch.Size([4, 4]))`,
      );
    assert.equal(asked([named('H'), 12]), undefined);
  });

  it('padding="same" has the odd element at the end', () => {
    const sides = [1, 2, 3, 4].map((kernel) => torchAxis(window(1, kernel), 'same', 0));
    assert.deepEqual(
      sides.map(({ padBegin, padEnd }) => [padBegin, padEnd]),
      [
        [0, 0],
        [0, 1],
        [1, 1],
        [1, 2],
      ],
    );
    assert.deepEqual(
      sides.map((axis) => convOutput('conv', axis)),
      [4, 4, 4, 4],
    );
  });

  it('output padding is below the stride or below the dilation', () => {
    const axes = [
      { stride: 2, dilation: 3 },
      { stride: 2, dilation: 1 },
    ];
    const refusal = (stated: readonly Size[]): string | undefined =>
      outputPaddingProblem(stated, axes, (...which) => which.join())?.framework;
    assert.deepEqual(
      [refusal([2, 1]), refusal([3, 2]), refusal([2, 2]), refusal([named('p'), 1])],
      [undefined, '0,3,3', '1,2,2', undefined],
    );
  });
});

describe('what frameworks make of their own parameters', () => {
  const JAX = 'import jax.numpy as jnp\nfrom jax import lax\n';
  const PADDLE =
    'import paddle\nimport paddle.nn.functional as F\nx = paddle.zeros([1, 2, 3, 3])\nw = paddle.zeros([2, 2, 3, 3])\n';

  it('Flax’s number pads the dilated input, on every axis', () => {
    const text =
      'import jax.numpy as jnp\nimport flax.linen as nn\nfor p in (1, (1, 2), ((0, 1), (2, 1))):\n    nn.ConvTranspose(2, (3, 3), strides=(2, 2), padding=p)(jnp.zeros((1, 4, 4, 1)))\n';
    assert.deepEqual(usesOf(analyze(text), text), ['1 4 4 1 -> 1 7 7 2', '1 4 4 1 -> 1 7 9 2', '1 4 4 1 -> 1 6 8 2']);
  });

  it('JAX’s zeros between the elements of the input leave no operation of PyTorch’s', () => {
    const text = `${JAX}lax.conv_general_dilated(jnp.zeros((1, 3, 8, 8)), jnp.zeros((5, 3, 3, 3)), (1, 1), [(1, 1), (1, 1)], lhs_dilation=(2, 1))\n`;
    const [use] = analyze(text).reports[0].uses;
    assert.deepEqual([use.outputShape, use.operation], [[1, 5, 15, 8], undefined]);
  });

  it('JAX refuses a word for the padding beside them', () => {
    const text = `${JAX}lax.conv_general_dilated(jnp.zeros((1, 3, 8, 8)), jnp.zeros((5, 3, 3, 3)), (1, 1), 'SAME', lhs_dilation=(2, 1))\n`;
    assert.match(String(errorsOf(text)), /^String padding is not implemented for transposed convolution/);
    assert.deepEqual(errorsOf(text.replace('(2, 1)', '(1, 1)')), []);
  });

  it('TensorFlow says which size it would have come from', () => {
    const text =
      'import tensorflow as tf\ntf.nn.conv2d_transpose(tf.zeros((1, 1, 3, 1)), tf.zeros((1, 3, 1, 1)), (1, 1, 7, 1), (1, 2))\n';
    assert.deepEqual(errorsOf(text), ["Size of out_backprop doesn't match computed: actual = 3, computed = 4"]);
    assert.deepEqual(errorsOf(text.replace('7, 1)', '6, 1)')), []);
  });

  it('Paddle’s functions take an output padding or an output size, its layers of two dimensions forget the padding', () => {
    const both = 'output_padding option is mutually exclusive with output_size';
    const call = (more: string): string => `${PADDLE}F.conv2d_transpose(x, w, stride=2, output_size=[8, 8]${more})\n`;
    assert.deepEqual(
      ['', ', output_padding=0', ', output_padding=1', ', output_padding=[0, 0]'].map((more) => errorsOf(call(more))),
      [[], [], [both], [both]],
    );
    const layer = (rank: number): string =>
      `import paddle\npaddle.nn.Conv${rank}DTranspose(1, 1, 3, stride=2, output_padding=1)(paddle.zeros([1, 1${', 3'.repeat(rank)}]), output_size=[${new Array(rank).fill(7).join(', ')}])\n`;
    assert.deepEqual([errorsOf(layer(1)), errorsOf(layer(2)), errorsOf(layer(3))], [[both], [], []]);
  });

  it('Paddle’s layers have the dilation before the groups, but for those of one dimension', () => {
    const sizes = [1, 2, 3].map((rank) => {
      const text = `import paddle\npaddle.nn.Conv${rank}DTranspose(2, 2, 3, 1, 0, 0, 2, 1)(paddle.zeros([1, 2${', 3'.repeat(rank)}]))\n`;
      return analyze(text).reports[0].uses[0].outputShape.slice(2);
    });
    // Run with Paddle 3.3.1.
    assert.deepEqual(sizes, [[5], [7, 7], [7, 7, 7]]);
  });

  it('PyTorch’s own refusal of a size shows it as it was given', () => {
    // As PyTorch 2.15 says it.
    for (const [given, shown] of [
      ['(52, 38)', '(52, 38)'],
      ['[52, 38]', '[52, 38]'],
      ['(1, 4, 52, 38)', '(52, 38)'],
    ])
      assert.deepEqual(
        errorsOf(
          `${TORCH}nn.ConvTranspose2d(4, 4, 3, stride=2, padding=1)(torch.rand(1, 4, 25, 19), output_size=${given})\n`,
        ),
        [
          `requested an output size of ${shown}, but valid sizes range from [49, 37] to [50, 38] (for an input of torch.Size([25, 19]))`,
        ],
        given,
      );
    assert.deepEqual(
      errorsOf(`${TORCH}nn.ConvTranspose1d(4, 4, 3, stride=2)(torch.rand(1, 4, 5), output_size=(50,))\n`),
      ['requested an output size of (50,), but valid sizes range from [11] to [12] (for an input of torch.Size([5]))'],
    );
  });

  it('PyTorch’s own refusal of a size stands at the call', () => {
    const text = `${TORCH}nn.ConvTranspose2d(1, 1, 3, 2)(torch.zeros(1, 1, 4, 4), output_size=[20, 20])\n`;
    assert.deepEqual(errorsOf(text), [
      'requested an output size of [20, 20], but valid sizes range from [9, 9] to [10, 10] (for an input of torch.Size([4, 4]))',
    ]);
  });
});
