import assert from 'node:assert/strict';
import type { ModuleAnalysis, ModuleSource } from '../../../../src/python/report';
import { python } from '../../../python';
import { analyze, usesOf } from '../analysis/read';
import { errorsByLine, type Program, usesByLine } from './programs';

/** Run with Keras 3.15.1 on JAX. */
const programs: readonly Program[] = [
  {
    title: 'a layer takes the format when it is made, not when it runs',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      K.set_image_data_format("channels_last")
      a = layers.Conv2D(4, 3)(layers.Input((20, 16, 3)))
      K.set_image_data_format("channels_first")
      late = layers.Conv2D(5, 3)
      K.set_image_data_format("channels_last")
      print(late(layers.Input((3, 20, 16))).shape)
      b = layers.MaxPooling2D(2)(a)
    `,
    uses: ['5: N 20 16 3 -> N 18 14 4', '9: N 3 20 16 -> N 5 18 14', '10: N 18 14 4 -> N 9 7 4'],
  },
  {
    title: 'None is the setting, by position as well',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      K.set_image_data_format("channels_first")
      p = layers.MaxPooling2D(2, 2, "valid", None)
      print(p(layers.Input((3, 20, 16))).shape)
      q = layers.MaxPooling2D(2, 2, "valid", "channels_last")
      print(q(layers.Input((3, 20, 16))).shape)
      c = layers.Conv2D(4, 3, data_format="channels_last")(layers.Input((20, 16, 3)))
      d = layers.Conv2D(4, 3, data_format="CHANNELS_FIRST")(layers.Input((3, 20, 16)))
      e = layers.Conv2D(4, 3, data_format=K.image_data_format())(layers.Input((3, 20, 16)))
    `,
    uses: [
      '6: N 3 20 16 -> N 3 10 8',
      '8: N 3 20 16 -> N 1 10 16',
      '9: N 20 16 3 -> N 18 14 4',
      '10: N 3 20 16 -> N 4 18 14',
      '11: N 3 20 16 -> N 4 18 14',
    ],
  },
  {
    title: 'layers of every family and rank',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      K.set_image_data_format("channels_first")
      a = layers.Conv1D(4, 3, padding="same")(layers.Input((3, 20)))
      b = layers.MaxPooling1D(2)(a)
      c = layers.UpSampling1D(2)(b)
      d = layers.Conv1D(4, 1)(c)
      g = layers.GlobalMaxPooling1D()(b)
      z = layers.ZeroPadding1D(2)(a)
      zz = layers.Conv1D(4, 5)(z)
      e = layers.Cropping1D(1)(a)
      f = layers.Conv1DTranspose(2, 3, strides=2)(e)
      v = layers.Conv3D(4, 3)(layers.Input((3, 10, 11, 12)))
      v = layers.AveragePooling3D(2, padding="same")(v)
      v = layers.UpSampling3D((1, 2, 3))(v)
      v = layers.Cropping3D(1)(v)
      v = layers.ZeroPadding3D(((0, 1), (0, 0), (2, 0)))(v)
      v = layers.Conv3DTranspose(2, 2, strides=2)(v)
      w = layers.Conv2DTranspose(2, 4)(layers.Reshape((5, 1, 1))(layers.Dense(5)(layers.GlobalAveragePooling3D()(v))))
    `,
    uses: [
      '5: N 3 20 -> N 4 20',
      '6: N 4 20 -> N 4 10',
      '7: N 4 10 -> N 8 10',
      '8: N 8 10 -> N 4 10',
      '11: N 4 24 -> N 4 20',
      '13: N 2 20 -> N 2 41',
      '14: N 3 10 11 12 -> N 4 8 9 10',
      '15: N 4 8 9 10 -> N 4 4 5 5',
      '16: N 4 4 5 5 -> N 4 4 10 15',
      '19: N 4 3 8 15 -> N 2 6 16 30',
      '20: N 5 1 1 -> N 2 4 4',
    ],
  },
  {
    // Keras runs the layers before it again for each that is added, which is no use of theirs.
    title: 'Sequential',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      K.set_image_data_format("channels_first")
      m = models.Sequential([layers.Input((3, 28, 20)), layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(), layers.Conv2D(16, 3), layers.Flatten(), layers.Dense(10)])
      n = models.Sequential()
      n.add(layers.Conv2D(8, 5, input_shape=(1, 28, 28)))
      n.add(layers.AveragePooling2D((2, 3)))
      n.add(layers.Conv2DTranspose(1, 5, strides=(2, 3)))
    `,
    uses: [
      '5: N 3 28 20 -> N 8 26 18',
      '5: N 8 13 9 -> N 16 11 7',
      '5: N 8 26 18 -> N 8 13 9',
      '7: N 1 28 28 -> N 8 24 24',
      '8: N 8 24 24 -> N 8 12 8',
      '9: N 8 12 8 -> N 1 27 26',
    ],
  },
  {
    title: 'set by a function',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      def init(fmt):
          keras.config.set_image_data_format(fmt)
      def block(x, f):
          x = layers.Conv2D(f, 3, padding="same")(x)
          x = layers.BatchNormalization(axis=1 if K.image_data_format() == "channels_first" else 3)(x)
          return layers.Conv2DTranspose(f, 2, strides=2)(x)
      init("channels_first")
      print(block(layers.Input((3, 16, 12)), 4).shape)
      init("channels_last")
      print(block(layers.Input((16, 12, 3)), 4).shape)
    `,
    uses: [
      '7: N 16 12 3 -> N 16 12 4',
      '7: N 3 16 12 -> N 4 16 12',
      '9: N 16 12 4 -> N 32 24 4',
      '9: N 4 16 12 -> N 4 32 24',
    ],
  },
  {
    title: 'asked and branched on',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      K.set_image_data_format("channels_first")
      if K.image_data_format() == "channels_first":
          shape = (3, 20, 30)
      else:
          shape = (20, 30, 3)
      x = layers.Conv2D(4, 3)(layers.Input(shape))
    `,
    uses: ['9: N 3 20 30 -> N 4 18 28'],
  },
  {
    title: 'by the names of tf.keras',
    text: python`
      import tensorflow as tf
      from tensorflow.keras import backend as KB
      from tensorflow.keras.layers import *
      from tensorflow.keras.backend import set_image_data_format, image_data_format
      set_image_data_format("channels_first")
      i = Input((3, 24, 32))
      x = SeparableConv2D(8, 3, padding="same")(i)
      x = UpSampling2D((2, 1))(x)
      x = Cropping2D(((1, 0), (0, 2)))(x)
      x = DepthwiseConv2D((3, 1))(x)
      ax = 1 if image_data_format() == "channels_first" else -1
      y = Concatenate(axis=ax)([x, x])
      y = Conv2D(1, 1)(y)
    `,
    uses: [
      '7: N 3 24 32 -> N 8 24 32',
      '8: N 8 24 32 -> N 8 48 32',
      '10: N 8 47 30 -> N 8 45 30',
      '13: N 16 45 30 -> N 1 45 30',
    ],
  },
  {
    title: 'set in main',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      def build():
          x = layers.Conv2D(4, 3)(layers.Input((3, 20, 30)))
          return x
      def main():
          K.set_image_data_format("channels_first")
          return build()
      if __name__ == "__main__":
          main()
    `,
    uses: ['5: N 3 20 30 -> N 4 18 28'],
  },
  {
    title: 'put back',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      old = K.image_data_format()
      K.set_image_data_format("channels_first")
      try:
          x = layers.Conv2D(4, 3)(layers.Input((3, 20, 30)))
      finally:
          K.set_image_data_format(old)
      y = layers.Conv2D(4, 3)(layers.Input((20, 30, 3)))
    `,
    uses: ['7: N 3 20 30 -> N 4 18 28', '10: N 20 30 3 -> N 18 28 4'],
  },
  {
    title: 'resizing, cropping and adaptive pooling',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      K.set_image_data_format("channels_first")
      x = layers.Resizing(12, 14)(layers.Input((3, 20, 30)))
      x = layers.Conv2D(4, 3)(x)
      y = layers.CenterCrop(10, 8)(layers.Input((3, 20, 30)))
      y = layers.Conv2D(4, 3)(y)
      z = layers.AdaptiveAveragePooling2D((4, 5))(layers.Input((3, 20, 30)))
      z = layers.Conv2D(4, 3)(z)
      r = layers.RandomCrop(10, 8)(layers.Input((3, 20, 30)))
      r = layers.Conv2D(4, 3)(r)
      s = layers.SpatialDropout2D(0.1)(layers.Input((3, 20, 30)))
      s = layers.Conv2D(4, 3)(s)
      t = layers.GlobalMaxPooling2D()(s)
    `,
    uses: [
      '6: N 3 12 14 -> N 4 10 12',
      '8: N 3 10 8 -> N 4 8 6',
      '10: N 3 4 5 -> N 4 2 3',
      '12: N 3 10 8 -> N 4 8 6',
      '14: N 3 20 30 -> N 4 18 28',
    ],
  },
  {
    title: 'set in a loop',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      for fmt, shape in (("channels_first", (3, 20, 30)), ("channels_last", (20, 30, 3))):
          K.set_image_data_format(fmt)
          x = layers.Conv2D(4, 3)(layers.Input(shape))
          g = layers.GlobalAveragePooling2D(keepdims=True)(x)
          y = layers.Conv2DTranspose(4, 3)(g)
    `,
    uses: ['6: N 20 30 3 -> N 18 28 4', '6: N 3 20 30 -> N 4 18 28', '8: N 1 1 4 -> N 3 3 4', '8: N 4 1 1 -> N 4 3 3'],
  },
  {
    title: 'reshaped and permuted',
    text: python`
      import keras
      from keras import layers, models
      from keras import backend as K
      K.set_image_data_format("channels_first")
      x = layers.Conv2D(4, 3)(layers.Input((3, 20, 30)))
      f = layers.Flatten()(x)
      r = layers.Reshape((4, 18, 28))(f)
      y = layers.Conv2D(4, 3)(r)
      up = layers.Conv2DTranspose(6, 4, strides=2, padding="same")(y)
      a = layers.add([up, layers.Conv2D(6, 1)(up)])
      b = layers.Permute((2, 3, 1))(a)
      c = layers.Conv2D(3, 3, data_format="channels_last")(b)
    `,
    uses: [
      '5: N 3 20 30 -> N 4 18 28',
      '8: N 4 18 28 -> N 4 16 26',
      '9: N 4 16 26 -> N 6 32 52',
      '10: N 6 32 52 -> N 6 32 52',
      '12: N 32 52 6 -> N 30 50 3',
    ],
  },
];

describe("Keras' data format as a setting of the process", () => {
  for (const { title, text, uses } of programs) it(title, () => assert.deepEqual(usesByLine(text), uses));

  const layer = 'x = keras.layers.Conv2D(4, 3)(keras.Input((3, 20, 30)))\n';
  const set = "keras.config.set_image_data_format('channels_first')\n";

  const unknown: readonly (readonly [title: string, text: string])[] = [
    ['under a condition that is not known', `import keras, os\nif os.path.exists('x'):\n    ${set}${layer}`],
    [
      'from a value that is not known',
      `import keras, os\nkeras.config.set_image_data_format(os.environ['F'])\n${layer}`,
    ],
    ['by a function that nobody calls', `import keras\ndef main():\n    ${set}def build():\n    ${layer}`],
  ];
  for (const [title, text] of unknown)
    it(`is unknown when it is set ${title}`, () => {
      assert.deepEqual(usesByLine(text), []);
      assert.deepEqual(errorsByLine(text), []);
    });

  const first = ['N 3 20 30 -> N 4 18 28'];
  const last = ['N 3 20 30 -> N 1 18 4'];
  const shapes = (text: string, previous?: ModuleAnalysis): readonly [ModuleAnalysis, string[]] => {
    const analysis = analyze(text, { previous });
    return [analysis, usesOf(analysis, text, 'Conv2D')];
  };

  it('is read again when the statement that sets it comes, goes and is kept', () => {
    const build = `def build():\n    ${layer}    return x\n`;
    for (const use of [layer, build]) {
      const [without, before] = shapes(`import keras\n${use}`);
      const [once, set1] = shapes(`import keras\n${set}${use}`, without);
      const [twice, set2] = shapes(`import keras\n${set}${use}# and on\n`, once);
      const [, after] = shapes(`import keras\n${use}`, twice);
      assert.deepEqual([before, set1, set2, after], [last, first, first, last]);
    }
  });

  it('is what the program that imports the file says', () => {
    const model = `import keras\ndef build():\n    ${layer}    return x\ndef other():\n    ${layer}    return x\n`;
    const train = `import keras\n${set}from model import build\nbuild()\n`;
    const source = (path: string, text: string): ModuleSource => ({ path, text, version: 1 });
    const analysis = analyze(model, {
      project: {
        resolve: (from, name) =>
          from === 'train.py' && name === 'model' ? source('/project/model.py', model) : undefined,
        importers: () => [source('train.py', train)],
      },
    });
    assert.deepEqual(
      analysis.reports.map((report) => report.uses.length),
      [1, 0],
    );
    assert.deepEqual(usesOf(analysis, model), first);
  });
});
