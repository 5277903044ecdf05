import assert from 'node:assert/strict';
import { analyze, TORCH } from './read';

/** What becomes of `x`, (2, 4, 6, 9) at first: the shape is PyTorch's (2.15). */
const SHAPES: readonly (readonly [lines: string, shape: string])[] = [
  ['x = x.narrow(-1, 2, 5)', '2 4 6 5'],
  ['x = torch.select(x, 0, -1)[None]', '1 4 6 9'],
  ['x = x.mT', '2 4 9 6'],
  ['x = torch.rot90(x, 1, [2, 3])', '2 4 9 6'],
  ['x = torch.rot90(x, 2, [2, 3])', '2 4 6 9'],
  ['x = x.gather(3, torch.zeros(2, 4, 6, 3, dtype=torch.long))', '2 4 6 3'],
  ['x = torch.index_select(x, 1, torch.tensor([0, 0, 3]))', '2 3 6 9'],
  ['x = x.mean(axis=1, keepdims=True)', '2 1 6 9'],
  ['x = x.norm(2, dim=1, keepdim=True)', '2 1 6 9'],
  ['x = torch.linalg.norm(x, dim=-1, keepdim=True)', '2 4 6 1'],
  ['x = nn.Conv2d(0, 3, 1)(x[:, :0])', '2 0 6 9'],
  ['x = x.kthvalue(1, 3, keepdim=True).values', '2 4 6 1'],
  ['x = torch.movedim(x, (0, 1), (1, 0))', '4 2 6 9'],
  ['x = x.diagonal(0, -2, -1)[None]', '1 2 4 6'],
  ['x = F.glu(x, dim=1)', '2 2 6 9'],
  ['x = torch.tile(x, (2,))', '2 4 6 18'],
  ['x = torch.hstack((x, x))', '2 8 6 9'],
  ['x = torch.dstack((x, x))', '2 4 12 9'],
  ['x = torch.fft.rfft(x).abs()', '2 4 6 5'],
  ['x = torch.view_as_real(torch.fft.fft(x)).flatten(3)', '2 4 6 18'],
  ['x = F.linear(x, torch.randn(3, 9), torch.zeros(3))', '2 4 6 3'],
  ["x = torch.einsum('...ij->...ji', x)", '2 4 9 6'],
  ["x = torch.einsum('bchw,bcwk', x, x.mT)[None, None]", '1 1 6 6'],
  ['x = torch.kron(x, torch.ones(2, 2))', '2 4 12 18'],
  [
    'a, b = torch.meshgrid(torch.arange(3), torch.arange(5), indexing="ij")\nx = torch.stack([a, b])[None].float()',
    '1 2 3 5',
  ],
  ['x = torch.tensor_split(x, 4, dim=3)[0]', '2 4 6 3'],
  ['x = x[:, torch.tensor([True, False, True, False])]', '2 2 6 9'],
  ['x = x[[True, False]]', '1 4 6 9'],
  ['x = x[:, [0, 1], 0][None]', '1 2 2 9'],
  ['x.data = torch.zeros(1, 2, 3, 4)', '1 2 3 4'],
  ['x.resize_(1, 2, 3, 4)', '1 2 3 4'],
  ['x = nn.PixelShuffle(2)(x[None])[0]', '2 1 12 18'],
  ['x, i = F.max_pool2d(x, 3, return_indices=True)\nx = F.max_unpool2d(x, i, 3)', '2 4 6 9'],
  ['x = nn.MultiheadAttention(9, 3, batch_first=True)(x[0], x[0], x[0])[0][None]', '1 4 6 9'],
  ['x = nn.LSTMCell(9, 5)(x[0, 0])[0][None, None]', '1 1 6 5'],
  ['x = x.unsqueeze(0).expand(1, *x.shape)[0]', '2 4 6 9'],
  // Modules.
  [
    'class S(nn.Sequential):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.MaxPool2d(2)\n        self.add_module("b", nn.ZeroPad2d(1))\nx = S()(x)',
    '2 4 5 6',
  ],
  ['net = nn.Sequential(nn.MaxPool2d(2), nn.ZeroPad2d(1))\nnet.pop(0)\nx = net(x)', '2 4 8 11'],
  [
    'net = nn.Sequential(nn.MaxPool2d(2), nn.ZeroPad2d(1))\nsetattr(net, "0", nn.ZeroPad2d(2))\nx = net(x)',
    '2 4 12 15',
  ],
  ['net = nn.Sequential(nn.MaxPool2d(2)) + nn.Sequential(nn.ZeroPad2d(1))\nx = net(x)', '2 4 5 6'],
  [
    'import copy\nnet = nn.Sequential(nn.MaxPool2d(2))\nagain = copy.deepcopy(net)\nagain.append(nn.ZeroPad2d(1))\nx = net(x)',
    '2 4 3 4',
  ],
  [
    'net = nn.Sequential(nn.Conv2d(4, 3, 1), nn.ReLU())\nfor module in net.modules():\n    if isinstance(module, nn.modules.conv._ConvNd):\n        x = module(x)',
    '2 3 6 9',
  ],
  [
    'sizes = []\nnet = nn.Sequential(nn.ReLU(), nn.MaxPool2d(2))\nnet.apply(lambda module: sizes.append(module))\nx = F.pad(x, (0, len(sizes)))',
    '2 4 6 12',
  ],
  ['conv = nn.Conv2d(4, 3, 1)\nconv.forward = nn.Identity()\nx = conv(x)', '2 3 6 9'],
  ['pool = nn.ZeroPad2d(1)\nold = pool.forward\npool.forward = lambda x: old(old(x))\nx = pool(x)', '2 4 10 13'],
  [
    'from torch.func import functional_call\nconv = nn.Conv2d(4, 3, 1)\nx = functional_call(conv, dict(conv.named_parameters()), (x,))',
    '2 3 6 9',
  ],
  [
    'weights = nn.ParameterList([nn.Parameter(torch.ones(3, 4, 2, 2))])\nfor w in weights:\n    x = F.conv2d(x, w)',
    '2 3 5 8',
  ],
  ['Conv = vars(nn)["MaxPool2d"]\nx = Conv(2)(x)', '2 4 3 4'],
];

/** Each is refused by PyTorch (2.15) with these words, on `x` of (2, 4, 6, 9). */
const REFUSED: readonly (readonly [line: string, words: string])[] = [
  ['x.mean(5)', 'Dimension out of range (expected to be in range of [-4, 3], but got 5)'],
  ['x.softmax(-6)', 'Dimension out of range (expected to be in range of [-4, 3], but got -6)'],
  ['torch.cat([x, x], 4)', 'Dimension out of range (expected to be in range of [-4, 3], but got 4)'],
  ['nn.Softmax(dim=4)(x)', 'Dimension out of range (expected to be in range of [-4, 3], but got 4)'],
  ['x.permute(0, 0, 1, 2)', 'permute(): duplicate dims are not allowed.'],
  ['x[4]', 'index 4 is out of bounds for dimension 0 with size 2'],
  ['x[0, 0, 0, 0, 0]', 'too many indices for tensor of dimension 4'],
  ['x[:, [0, 7]]', 'index 7 is out of bounds for dimension 0 with size 4'],
  ['x.select(1, 4)', 'select(): index 4 out of range for tensor of size [2, 4, 6, 9] at dimension 1'],
  ['x.narrow(1, 2, 3)', 'start (2) + length (3) exceeds dimension size (4).'],
  ['x.topk(7, 1)', 'selected index k out of range'],
  ['x.t()', 't() expects a tensor with <= 2 dimensions, but self is 4D'],
  [
    'x.expand(2, 4, 6, 8)',
    'The expanded size of the tensor (8) must match the existing size (9) at non-singleton dimension 3.  Target sizes: [2, 4, 6, 8].  Tensor sizes: [2, 4, 6, 9]',
  ],
  [
    'x.unflatten(1, (3, 2))',
    "unflatten: Provided sizes [3, 2] don't multiply up to the size of dim 1 (4) in the input tensor",
  ],
  [
    'x.split([1, 2], dim=1)',
    "split_with_sizes expects split_sizes to sum exactly to 4 (input tensor's size at dimension 1), but got split_sizes=[1, 2]",
  ],
  ['x.reshape(-1, -1)', 'only one dimension can be inferred'],
  [
    "F.pad(x, (9, 1, 0, 0), mode='reflect')",
    'Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (9, 1) at dimension 3 of input [2, 4, 6, 9]',
  ],
  ['F.pad(x, (1,))', 'Padding length must be divisible by 2'],
  [
    'nn.MaxPool2d(3, padding=2)(x)',
    'pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and dilation=1',
  ],
  ['F.interpolate(x)', 'either size or scale_factor should be defined'],
  ["F.interpolate(x, scale_factor=2, mode='linear')", 'Got 4D input, but linear mode needs 3D input'],
  [
    'nn.LayerNorm(8)(x)',
    'Given normalized_shape=[8], expected input with shape [*, 8], but got input of size[2, 4, 6, 9]',
  ],
  [
    "torch.einsum('bc,cd->bd', x, x)",
    'einsum(): the number of subscripts in the equation (2) does not match the number of dimensions (4) for operand 0 and no ellipsis was given',
  ],
  [
    'nn.ConvTranspose2d(4, 2, 2)(x, output_size=[5])',
    'ConvTranspose2D: for 4D input, output_size must have 2 or 4 elements (got 1)',
  ],
  ['F.glu(x[:, :3], 1)', 'Halving dimension must be even, but dimension 1 is size 3'],
];

describe('what becomes of a tensor', () => {
  for (const [lines, shape] of SHAPES) {
    it(`is known after ${lines.replaceAll('\n', '; ')}`, () => {
      const text = `${TORCH}x = torch.randn(2, 4, 6, 9)\n${lines}\ny = nn.LazyConv2d(1, 1)(x)\n`;
      const { reports, problems } = analyze(text);
      const last = reports.at(-1);
      assert.equal(last?.callee, 'torch.nn.LazyConv2d');
      assert.deepEqual(
        last.uses.map((use) => use.inputShape.join(' ')),
        [shape],
      );
      assert.deepEqual(problems, []);
    });
  }
});

describe('what PyTorch refuses of a tensor', () => {
  for (const [line, words] of REFUSED) {
    it(`is told of ${line}`, () => {
      const { reports, problems } = analyze(
        `${TORCH}conv = nn.Conv2d(4, 1, 1)\nx = torch.randn(2, 4, 6, 9)\ny = ${line}\n`,
      );
      const told = [...problems, ...reports.flatMap((each) => each.problems)].filter(
        (each) => each.severity === 'error',
      );
      assert.deepEqual(
        told.map((each) => each.framework),
        [words],
      );
    });
  }
});

it('is not said of a tensor of which nothing is known', () => {
  const text = `${TORCH}def f(x, y):\n    conv = nn.Conv2d(1, 1, 1)\n    return conv, g(x).mean(2), g(y).max(dim=1)[0], torch.sum(g(x), (1, 2))\n`;
  assert.deepEqual(analyze(text).problems, []);
});

it('is not said of a rank that only a guess of a batch made wrong', () => {
  const text = `${TORCH}def f(x):\n    y = nn.Conv2d(3, 8, 1)(g(x))\n    return nn.Conv1d(6, 2, 1)(y)\n`;
  const { reports } = analyze(text);
  assert.deepEqual(
    reports.flatMap((each) => each.problems.filter(({ severity }) => severity === 'error')),
    [],
  );
});
