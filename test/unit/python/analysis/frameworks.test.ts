import assert from 'node:assert/strict';
import { python } from '../../../python';
import { analyze, usesOf } from './read';

/**
 * Seen by running TensorFlow 2 with Keras 3.15, JAX 0.10 and ONNX Runtime 1.30; Paddle's by its documented formula,
 * which is PyTorch's.
 */
const cases: readonly (readonly [title: string, text: string, callee: string, uses: readonly string[]])[] = [
  [
    'keras.Sequential',
    "import keras\nfrom keras import layers\nkeras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(8, 3, strides=2, padding='same'), layers.Conv2DTranspose(4, 3, strides=2)])\n",
    'keras.layers.Conv2D',
    ['N 28 28 1 -> N 14 14 8', 'N 14 14 8 -> N 29 29 4'],
  ],
  [
    'functional Keras through tf.keras',
    "import tensorflow as tf\nL = tf.keras.layers\ni = tf.keras.Input(shape=(None, 32, 3))\nx = L.SeparableConv2D(4, (3, 5), padding='valid')(i)\n",
    'keras.layers.SeparableConv2D',
    ['N H 32 3 -> N H - 2 28 4'],
  ],
  [
    'Keras with an output padding',
    "import keras\nkeras.layers.Conv2DTranspose(2, 3, strides=2, padding='same', output_padding=0)(keras.Input((7, 7, 3)))\n",
    'keras.layers.Conv2DTranspose',
    ['N 7 7 3 -> N 13 13 2'],
  ],
  [
    'tf.nn.conv2d_transpose',
    "import tensorflow as tf\ntf.nn.conv2d_transpose(tf.zeros([1, 8, 8, 16]), tf.zeros([3, 3, 32, 16]), [1, 15, 16, 32], [1, 2, 2, 1], 'SAME')\n",
    'tensorflow.nn.conv2d_transpose',
    ['1 8 8 16 -> 1 15 16 32'],
  ],
  [
    'lax.conv_transpose',
    "import jax.numpy as jnp\nfrom jax import lax\nx, k = jnp.zeros((1, 8, 8, 3)), jnp.ones((4, 4, 3, 5))\nlax.conv_transpose(x, k, (2, 2), 'VALID')\nlax.conv_transpose(x, k, (2, 2), ((1, 1), (2, 1)))\nlax.conv_transpose(x, k, (3, 2), 'SAME')\n",
    'jax.lax.conv_transpose',
    ['1 8 8 3 -> 1 18 18 5', '1 8 8 3 -> 1 14 15 5', '1 8 8 3 -> 1 24 16 5'],
  ],
  [
    'lax.conv_general_dilated',
    'import jax.numpy as jnp\nfrom jax import lax\nlax.conv_general_dilated(jnp.zeros((1, 3, 8, 8)), jnp.zeros((5, 3, 3, 3)), (1, 1), [(1, 1), (1, 1)], lhs_dilation=(2, 2))\n',
    'jax.lax.conv_general_dilated',
    ['1 3 8 8 -> 1 5 15 15'],
  ],
  [
    'Flax',
    'import jax, jax.numpy as jnp\nimport flax.linen as nn\nclass D(nn.Module):\n    f: int = 4\n    @nn.compact\n    def __call__(self, x):\n        return nn.Conv(2, (3, 3))(nn.ConvTranspose(self.f, (4, 4), strides=(2, 2))(x))\nD().init(jax.random.PRNGKey(0), jnp.ones((1, 7, 7, 64)))\n',
    'flax.linen.Conv',
    ['1 14 14 4 -> 1 14 14 2', '1 7 7 64 -> 1 14 14 4'],
  ],
  [
    'Paddle',
    'import paddle\nimport paddle.nn as nn\nnn.Conv2DTranspose(8, 4, 3, stride=2, padding=1, output_padding=1)(paddle.zeros([2, 8, 5, 5]))\n',
    'paddle.nn.Conv2DTranspose',
    ['2 8 5 5 -> 2 4 10 10'],
  ],
  [
    'ONNX',
    "from onnx import helper, TensorProto as T\nX = helper.make_tensor_value_info('X', T.FLOAT, [1, 3, 5, 5])\nW = helper.make_tensor('W', T.FLOAT, [3, 8, 3, 3], [])\nn = helper.make_node('ConvTranspose', ['X', 'W'], ['Y'], strides=[2, 2], output_shape=[10, 10])\nhelper.make_graph([n], 'g', [X], [], [W])\n",
    'onnx.helper.make_node',
    ['1 3 5 5 -> 1 8 10 10'],
  ],
];

describe('other frameworks than PyTorch', () => {
  for (const [title, text, callee, uses] of cases) {
    it(title, () => {
      const analysis = analyze(text);
      assert.ok(
        analysis.reports.some((report) => report.callee === callee),
        analysis.reports.map((each) => each.callee).join(),
      );
      assert.deepEqual(usesOf(analysis, text), uses);
      assert.deepEqual(
        analysis.reports.flatMap((report) => report.problems).filter((each) => each.severity === 'error'),
        [],
      );
    });
  }

  // As Flax 0.12.12 runs it.
  it('Flax runs the method that is asked for: bound, by its name, of the class, a function of the module', () => {
    const text = python`
      import jax, jax.numpy as jnp, flax.linen as nn
      class Coder(nn.Module):
          def setup(self):
              self.down = nn.Conv(8, kernel_size=(3, 3), strides=2)
          def encode(self, x):
              return self.down(x)
          def __call__(self, x):
              return self.encode(x)
      coder = Coder()
      v = coder.init(jax.random.key(1), jnp.zeros((1, 29, 29, 1)))
      coder.apply(v, jnp.zeros((4, 33, 33, 1)), method=coder.encode)
      coder.apply(v, jnp.zeros((4, 35, 33, 1)), method="encode")
      coder.apply(v, jnp.zeros((4, 37, 33, 1)), method=Coder.encode)
      coder.apply(v, jnp.zeros((4, 39, 33, 1)), method=lambda m, x: m.encode(x))
    `;
    assert.deepEqual(usesOf(analyze(text), text), [
      '1 29 29 1 -> 1 15 15 8',
      '4 33 33 1 -> 4 17 17 8',
      '4 35 33 1 -> 4 18 17 8',
      '4 37 33 1 -> 4 19 17 8',
      '4 39 33 1 -> 4 20 17 8',
    ]);
  });

  it('Keras 2 has a window for an average that Keras 3 asks for: no more than a warning, where none is given for sure', () => {
    const text = python`
      import keras
      from keras import layers

      class Halved(layers.AveragePooling2D):
          def __init__(self, pool_size=2, **more):
              super().__init__(pool_size, **more)

      x = keras.Input((32, 32, 3))
      a = layers.AveragePooling2D()(x)
      b = layers.AveragePooling2D(3)(x)
      c = layers.AveragePooling2D(**configuration())(x)
      d = layers.AveragePooling2D(*arguments)(x)
      e = layers.MaxPooling2D()(x)
      f = Halved()(x)
    `;
    const analysis = analyze(text);
    const told = analysis.reports.flatMap((report) => report.problems);
    assert.deepEqual(
      told.map(({ severity, framework, span }) => [severity, framework, text.slice(span.start, span.end)]),
      [
        [
          'warning',
          "AveragePooling2D.__init__() missing 1 required positional argument: 'pool_size'",
          'layers.AveragePooling2D()',
        ],
      ],
    );
    assert.deepEqual(analysis.problems, []);
    assert.deepEqual(usesOf(analysis, text, 'layers.AveragePooling2D()'), ['N 32 32 3 -> N 16 16 3']);
  });

  it('Keras refuses in its own words', () => {
    const [report] = analyze('import keras\nkeras.layers.Conv2DTranspose(8, 3, strides=2, dilation_rate=2)\n').reports;
    assert.equal(
      report.problems[0].framework,
      '`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides=(2, 2) and dilation_rate=(2, 2)',
    );
  });
});
