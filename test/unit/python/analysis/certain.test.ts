import assert from 'node:assert/strict';
import { TORCH, analyze, usesOf } from './read';

/** Each stood in a published model that works, and was once called an error. */
const sound: readonly (readonly [title: string, text: string, uses: readonly string[]])[] = [
  [
    'numbers given to torch.Tensor',
    `${TORCH}mean = torch.Tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)\nnn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 8, 8) - mean)\n`,
    ['1 3 8 8 -> 1 8 6 6'],
  ],
  [
    'an array given to torch.FloatTensor',
    `${TORCH}import numpy as np\nnn.Conv2d(3, 8, 3)(torch.FloatTensor(np.random.random((1, 3, 32, 32))))\n`,
    ['1 3 32 32 -> 1 8 30 30'],
  ],
  [
    'a scaled array',
    `${TORCH}import numpy as np\nzn = torch.FloatTensor(0.75 * np.random.normal(0, 1, (4, 10)))\nz = torch.cat((zn, torch.FloatTensor(4, 6).fill_(0)), 1)\nnn.Conv1d(16, 8, 3)(z.view(1, 16, 4))\n`,
    ['1 16 4 -> 1 8 2'],
  ],
  [
    'something unknown, scaled',
    `${TORCH}from elsewhere import features\npool = features()\nnn.Conv2d(64, 8, 1)(0.01 * pool)\n`,
    ['N_t 64 H_t W_t -> N_t 8 H_t W_t'],
  ],
  [
    'a gate, which may have one row and column: what is concluded of the product is nothing about its factors',
    `${TORCH}class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(8, 8, 3, padding=1)
        self.gate = nn.Conv2d(8, 8, 1)
        self.out = nn.Conv2d(8, 4, 1)
        self.linear = nn.Linear(16, 4)
    def forward(self, x, g):
        y = self.a(x) * self.gate(g)
        return self.linear(self.out(y))
`,
    ['N 8 H W -> N 8 H W', 'N_g 8 H_g W_g -> N_g 8 H_g W_g', 'N 8 H 16 -> N 4 H 16'],
  ],
  [
    'a comment of letters over an assignment, which tells of what comes after it (timm’s XCiT)',
    `${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.proj = nn.Conv2d(3, 8, 16, stride=16)
    def embed(self, x):
        x = self.proj(x)
        return x.flatten(2).transpose(1, 2), (x.shape[2], x.shape[3])
    def forward(self, x):
        # x is (B, N, C). (Hp, Hw) is (height in units of patches, width in units of patches)
        x, (Hp, Wp) = self.embed(x)
        return x
`,
    ['N 3 H W -> N 8 H//16 W//16'],
  ],
  [
    'a stack of what is not known yet',
    `${TORCH}def attend(q, k, v):\n    b, n, _ = q.shape\n    return nn.Conv2d(3, 8, 1)(torch.stack((q, k, v), dim=2).permute(0, 2, 1, 3))\n`,
    ['N_k 3 C_k L -> N_k 8 C_k L'],
  ],
  [
    'the old name of a Keras layer, which may mean either',
    'import keras\nfrom keras.layers import Convolution2D\nm = keras.Sequential()\nm.add(keras.layers.InputLayer((8, 8, 3)))\nm.add(Convolution2D(64, 3, 3))\nm.add(Convolution2D(64, 3, 3))\n',
    [],
  ],
  [
    'the old name of a Keras layer, in today’s form',
    'import keras\nkeras.layers.Convolution2D(64, (3, 3))(keras.Input((8, 8, 3)))\n',
    ['N 8 8 3 -> N 6 6 64'],
  ],
  [
    'a picture out of a file, to which a batch is given (TensorFlow’s tutorial on pix2pix)',
    `import tensorflow as tf
def load(name):
    image = tf.io.decode_jpeg(tf.io.read_file(name))
    w = tf.shape(image)[1] // 2
    return tf.cast(image[:, w:, :], tf.float32)
inp = tf.image.resize(load('a.jpg'), [256, 256])
tf.keras.layers.Conv2D(8, 4, strides=2, padding='same')(tf.expand_dims(inp, 0))
`,
    ['1 256 256 C -> 1 128 128 8'],
  ],
  [
    'something resized of which nothing is known, to which a batch is given',
    `import tensorflow as tf
from elsewhere import load
inp = tf.image.resize(load('a.jpg'), [256, 256])
tf.keras.layers.Conv2D(8, 4)(tf.expand_dims(inp, 0))
tf.keras.layers.MaxPool2D(2)(tf.expand_dims(inp, 0))
`,
    [],
  ],
  [
    'a comment on what stands in a row (PyTorchVideo’s tutorial on detection)',
    `${TORCH}from elsewhere import boxes
# The format of boxes is [x1, y1, x2, y2]. The input boxes are in the range of the image
rows = torch.cat([torch.zeros(boxes.shape[0], 1), boxes], dim=1)
nn.Conv1d(5, 2, 1)(rows)
`,
    ['N_t 5 L_t -> N_t 2 L_t'],
  ],
  [
    'an array of a picture that was resized (ZoeDepth)',
    `${TORCH}import numpy as np
from PIL import Image
img = Image.open('a.png').convert('RGB').resize((384, 384))
nn.Conv2d(3, 8, 3)(torch.from_numpy(np.asarray(img)).float().permute(2, 0, 1))
`,
    ['3 N_t C_t -> 8 N_t - 2 C_t - 2'],
  ],
  [
    'a comment without a name, of what its line makes (a tutorial on classification)',
    `${TORCH}n_data = torch.ones(100, 2)
x = torch.normal(2 * n_data, 1)  # data of class 0, shape=(100, 2)
y = torch.zeros(100)  # labels of class 0, shape=(100, 1)
nn.Conv1d(100, 3, 1)(torch.stack([x, n_data]))
`,
    ['2 100 2 -> 2 3 2'],
  ],
  [
    'a layer of as many axes as a caller says, of whom there is none (MONAI)',
    `${TORCH}class Block(nn.Module):
    def __init__(self, dims, width):
        super().__init__()
        self.conv = (nn.Conv1d, nn.Conv2d, nn.Conv3d)[dims - 1](width, width, 3)
    def forward(self, x):
        return self.conv(x)
`,
    [],
  ],
  [
    'a comment that is older than the program',
    `${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.fc = nn.Linear(8 * 30 * 30, 2)
    def forward(self, x):
        # x: (1, 3, 224, 224)
        return self.fc(self.conv(x).flatten(1))
Net()(torch.zeros(1, 3, 32, 32))
`,
    ['1 3 32 32 -> 1 8 30 30'],
  ],
  [
    'a table that is read with an array worked out of a picture (Dive into Deep Learning)',
    `${TORCH}import numpy as np
from PIL import Image
def classes(picture, table):
    colours = np.array(picture.convert('RGB')).astype('int32')
    return table[(colours[:, :, 0] * 256 + colours[:, :, 1]) * 256 + colours[:, :, 2]]
found = classes(Image.open('a.png'), torch.zeros(256 ** 3))
nn.Conv1d(10, 3, 1)(found[105:115, 130:140])
`,
    ['N 10 L -> N 3 L'],
  ],
];

describe('code that works is not called wrong', () => {
  for (const [title, text, uses] of sound) {
    it(title, () => {
      const analysis = analyze(text);
      const errors = [...analysis.problems, ...analysis.reports.flatMap((report) => report.problems)].filter(
        (each) => each.severity === 'error',
      );
      assert.deepEqual(errors, []);
      assert.deepEqual(usesOf(analysis, text, 'Conv'), uses);
    });
  }
});

describe('constructs of public models', () => {
  const told: readonly (readonly [title: string, text: string, uses: readonly string[]])[] = [
    [
      'spectral normalisation by its module’s name',
      `${TORCH}from torch.nn.utils.spectral_norm import spectral_norm\nnn.Sequential(spectral_norm(nn.Conv2d(3, 4, 3)))(torch.zeros(2, 3, 8, 8))\n`,
      ['2 3 8 8 -> 2 4 6 6'],
    ],
    [
      'a Keras Lambda with arguments, in an attention gate',
      "import keras\nfrom keras import layers, backend as K\ndef repeat(x, rep):\n    return layers.Lambda(lambda t, n: K.repeat_elements(t, n, axis=3), arguments={'n': rep})(x)\nx = keras.Input((8, 8, 16))\ny = layers.multiply([repeat(keras.Input((8, 8, 1)), K.int_shape(x)[3]), x])\nlayers.Conv2D(4, 3)(y)\n",
      ['n 8 8 16 -> n 6 6 4'],
    ],
    [
      'an example in a method that nobody calls yields to one that runs',
      `${TORCH}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 8, 3)\n    def forward(self, x):\n        return self.conv(x)\n    def test(self):\n        return self.forward(torch.zeros(1, 3, 32, 32))\nNet()(torch.zeros(2, 3, 8, 8))\n`,
      ['2 3 8 8 -> 2 8 6 6'],
    ],
  ];
  for (const [title, text, uses] of told) it(title, () => assert.deepEqual(usesOf(analyze(text), text, 'Conv2'), uses));
});

describe('errors of what nobody calls', () => {
  const block = (head: string, init: string, forward: string, rest = ''): string =>
    `${TORCH}class Block(nn.Module):\n    def __init__(self${head}):\n        super().__init__()\n${init}\n    def forward(self, x${rest}):\n${forward}\n`;
  const errorsOf = (text: string): string[] => {
    const { problems, reports } = analyze(text);
    return [...problems, ...reports.flatMap((report) => report.problems)]
      .filter((each) => each.severity === 'error')
      .map((each) => each.code);
  };
  const two = '        self.a = nn.Conv2d(n, 16, 3)\n        self.b = nn.Conv2d(32, 8, 3)';

  it('are told where they follow from the layers alone', () => {
    assert.deepEqual(errorsOf(block(', n', two, '        return self.b(self.a(x))')), ['channels-mismatch']);
    assert.deepEqual(errorsOf(block(', n, unused=3', two, '        return self.b(self.a(x))')), ['channels-mismatch']);
    assert.deepEqual(errorsOf(block(', n, unused=3', two, '        return self.b(self.a(x))', ', skip=None')), [
      'channels-mismatch',
    ]);
  });

  describe('that follow from defaults', () => {
    const text = block(
      ', n=3, m=16',
      '        self.a = nn.Conv2d(n, m, 3)\n        self.b = nn.Conv2d(32, 8, 3)',
      '        return self.b(self.a(x))',
    );
    const told = (more: string): string[] => {
      const { problems, reports } = analyze(text + more);
      return [...problems, ...reports.flatMap((report) => report.problems)].map(
        ({ code, severity }) => `${severity} ${code}`,
      );
    };

    it('are warnings where a bare call makes them, since whoever calls may give other values', () => {
      assert.deepEqual(told(''), ['warning channels-mismatch']);
      // Which application is refused is still told.
      const [, second] = analyze(text).reports;
      assert.deepEqual(second.refused?.inputShape, ['N', 16, 'H - 2', 'W - 2']);
    });

    it('are errors where something makes the bare call', () =>
      assert.deepEqual(told('\nBlock()(torch.zeros(1, 3, 8, 8))\n'), ['error channels-mismatch']));

    it('are not there where something gives other values', () =>
      assert.deepEqual(told('\nBlock(m=32)(torch.zeros(1, 3, 8, 8))\n'), []));
  });

  it('are not told where they follow from defaults that whoever calls it gives otherwise', () => {
    assert.deepEqual(
      errorsOf(block(', n, conv=nn.Conv2d', '        self.a = conv(n, 8)', '        return self.a(x)')),
      [],
    );
    assert.deepEqual(
      errorsOf(block(', n, k=3', '        self.a = nn.Conv2d(n, n, k)', '        return self.a(x) + x')),
      [],
    );
    assert.deepEqual(
      errorsOf(
        block(', n, size=(2, 2, 2)', '        self.a = nn.Conv2d(n, 8, size, stride=size)', '        return self.a(x)'),
      ),
      [],
    );
  });

  it('are not told where they follow from a skip connection that is not given', () => {
    const forward =
      '        x = self.a(x)\n        if skip is not None:\n            x = torch.cat((x, skip), dim=1)\n        return self.b(x)';
    assert.deepEqual(errorsOf(block(', n', two, forward, ', skip=None')), []);
  });

  it('are told by an example in a method of it', () => {
    const text =
      block(', n, k=3', '        self.a = nn.Conv2d(n, 8, k)', '        return self.a(x)') +
      '    def test(self):\n        return self.forward(torch.zeros(1, 2, 3, 8, 8))\n';
    assert.deepEqual(errorsOf(text), ['input-rank']);
  });
});

describe('what Python means by', () => {
  const chosen = (test: string): unknown => {
    const { reports } = analyze(`${TORCH}no, yes = False, True\nnn.Conv2d(3, 4 if (${test}) else 7, 1)\n`);
    return reports[0]?.parameters.out_channels;
  };
  const truths: readonly (readonly [test: string, truth: boolean])[] = [
    ['not no and 5 < 3', false],
    ['not no or yes', true],
    ['not no == yes and no', false],
    ['yes and not no or no', true],
    ['not yes or not no and yes', true],
    ['no and not no or yes', true],
    ['not not yes and not (no and yes)', true],
    ['not (no or yes)', false],
    ['3 not in (1, 2) and yes is not None', true],
    ['yes  # so\n and not no', true],
    ['not yes  # so\n and no', false],
  ];
  for (const [test, truth] of truths) it(test.replaceAll('\n', ' '), () => assert.equal(chosen(test), truth ? 4 : 7));
});

describe('a comment', () => {
  const net = (comment: string): string =>
    `${TORCH}conv = nn.Conv2d(3, 8, 3)\ndef run(x):\n    # ${comment}\n    return conv(x)\n`;

  it('that says what a shape would become states none', () => {
    for (const comment of ['If x has shape (4, 3, 32, 32), the result is smaller', 'e.g. x: (4, 3, 32, 32)']) {
      assert.deepEqual(usesOf(analyze(net(comment)), net(comment), 'Conv'), ['N 3 H W -> N 8 H - 2 W - 2'], comment);
    }
  });

  it('that states a shape after such a sentence is believed', () => {
    const text = net('Called if wanted. x: (4, 3, 32, 32)');
    assert.deepEqual(usesOf(analyze(text), text, 'Conv'), ['4 3 32 32 -> 4 8 30 30']);
  });
});

describe('a parameter of each channel', () => {
  it('has not the shape of what it scales', () => {
    const text = `${TORCH}conv = nn.Conv2d(16, 8, 1)\ngamma = nn.Parameter(torch.ones(16, 1, 1))\ndef run(x):\n    return conv(F.normalize(x, dim=1) * gamma)\n`;
    assert.deepEqual(usesOf(analyze(text), text, 'Conv'), ['N 16 H W -> N 8 H W']);
  });
});

describe('an array of which nothing is known, divided by a number', () => {
  for (const make of ['torch.from_numpy', 'torch.tensor', 'torch.as_tensor'])
    it(`is no single number to ${make}`, () => {
      const text = `${TORCH}nn.Conv2d(3, 3, 1)\ndef run(checker, video):\n    return ${make}(checker.check(video) / 255.0).permute(0, 3, 1, 2)\n`;
      assert.deepEqual(analyze(text).problems, []);
    });
});

describe('a tensor that is made of a size of which nothing is known', () => {
  for (const made of [
    'torch.rand(x.shape)',
    'torch.zeros(x.size())',
    'torch.full(x, 0.5)',
    'y.view(x)',
    'y.new_zeros(x)',
  ])
    it(`may have any number of axes: ${made}`, () => {
      const text = `${TORCH}nn.Conv2d(3, 3, 1)\ndef run(x, y):\n    return ${made}.argmax(dim=1)\n`;
      assert.deepEqual(analyze(text).problems, []);
    });
});

describe('an object of a class that nothing makes', () => {
  const head = `${TORCH}from elsewhere import anchors_of
class Head(nn.Module):
    anchors = torch.empty(0)
    def __init__(self, ch=CH):
        super().__init__()
        self.wide = max(ch[0], 8)
        self.conv = nn.Conv2d(16, 8, 1)
    def forward(self, x):
        self.anchors = anchors_of(x)
        return self.decode(self.conv(x))
    def decode(self, y):
        return y * self.anchors[0]
`;
  it('is not half made by a default that makes none', () => {
    const text = `${head}    def plain(self, y):\n        return self.conv(y) + self.anchors[0]\n`;
    const analysis = analyze(text.replace('CH', '()'));
    assert.deepEqual([...analysis.problems, ...analysis.reports.flatMap((report) => report.problems)], []);
  });

  it('has been run, perhaps, when a method is called that nothing calls', () => {
    const text = `${TORCH}from elsewhere import anchors_of
class Head(nn.Module):
    anchors = torch.empty(0)
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(16, 8, 1)
    def forward(self, x):
        return self.conv(x)
    def shifted(self, y):
        return y + self.anchors[0]
    def begin(self, x):
        self.anchors = anchors_of(x)
`;
    const analysis = analyze(text);
    assert.deepEqual([...analysis.problems, ...analysis.reports.flatMap((report) => report.problems)], []);
  });
});

describe('a comment on some axes of a value', () => {
  const net = (comment: string): string => `${TORCH}from elsewhere import Base
class Net(Base):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 4, 2, 1)
        self.b = nn.Conv2d(8, 8, 3, 1, 1)
    def forward(self, x):
        y = self.a(x)  # ${comment}
        return self.b(y)
`;
  for (const comment of ['output spatial size: (64, 64)', 'feature map shape [64, 64]', 'size: (64, 64)', '(64, 64)'])
    it(`is none on its shape: ${comment}`, () => {
      const analysis = analyze(net(comment));
      assert.deepEqual([...analysis.problems, ...analysis.reports.flatMap((report) => report.problems)], []);
    });
});

describe('a name in capitals out of a library that is not here', () => {
  it('may be a flag that is not set', () => {
    const text = `${TORCH}from elsewhere import HAS_FLASH\nwidth = 16 if HAS_FLASH else 8\nnn.Conv2d(8, 4, 1)(torch.zeros(1, width, 9, 9))\n`;
    const analysis = analyze(text);
    assert.deepEqual(
      analysis.reports.flatMap((report) => report.problems),
      [],
    );
  });
});
