import assert from 'node:assert/strict';
import { TORCH, analyze, usesOf } from './read';

/**
 * How people write layers down. Every program was run with PyTorch 2.15 and forward hooks on its convolutions; the uses
 * are what they recorded, call by call in the order of the text.
 */
const cases: readonly (readonly [title: string, body: string, uses: readonly string[]])[] = [
  [
    'a tuple, a keyword and a constant',
    'K = (3, 5)\nnn.Conv2d(3, 8, kernel_size=K, padding=(1, 2))(torch.zeros(1, 3, 8, 9))',
    ['1 3 8 9 -> 1 8 8 9'],
  ],
  [
    '*args and **kwargs',
    "a = [3, 8]\nk = dict(kernel_size=4, stride=2)\nk['padding'] = 1\nnn.ConvTranspose2d(*a, **k)(torch.zeros(1, 3, 5, 5))",
    ['1 3 5 5 -> 1 8 10 10'],
  ],
  [
    'an alias of the class',
    'from torch.nn import ConvTranspose2d as CT\nCT(4, 2, 3, stride=2)(torch.zeros(2, 4, 6, 6))',
    ['2 4 6 6 -> 2 2 13 13'],
  ],
  ['a star import', 'from torch.nn import *\nConv1d(2, 3, 3)(torch.zeros(1, 2, 10))', ['1 2 10 -> 1 3 8']],
  [
    'functools.partial',
    'from functools import partial\nconv3 = partial(nn.Conv2d, kernel_size=3, padding=1)\nconv3(1, 2)(torch.zeros(1, 1, 4, 4))',
    ['1 1 4 4 -> 1 2 4 4'],
  ],
  [
    'a helper function',
    'def conv3x3(i, o, s=1):\n    return nn.Conv2d(i, o, 3, s, 1, bias=False)\nnn.Sequential(conv3x3(3, 8), nn.ReLU(), conv3x3(8, 16, 2))(torch.zeros(1, 3, 9, 9))',
    ['1 3 9 9 -> 1 8 9 9', '1 8 9 9 -> 1 16 5 5'],
  ],
  [
    'a list built in a loop',
    'layers, c = [], 3\nfor i in range(3):\n    layers += [nn.Conv2d(c, 4 * 2 ** i, 4, 2, 1), nn.ReLU()]\n    c = 4 * 2 ** i\nnn.Sequential(*layers)(torch.zeros(1, 3, 32, 32))',
    ['1 3 32 32 -> 1 4 16 16', '1 4 16 16 -> 1 8 8 8', '1 8 8 8 -> 1 16 4 4'],
  ],
  [
    'a comprehension with zip',
    'w = [3, 8, 16]\nnet = nn.ModuleList([nn.Conv2d(a, b, 3) for a, b in zip(w, w[1:])])\nx = torch.zeros(1, 3, 9, 9)\nfor layer in net:\n    x = layer(x)',
    ['1 3 9 9 -> 1 8 7 7', '1 8 7 7 -> 1 16 5 5'],
  ],
  [
    'f-string names and getattr',
    "class N(nn.Module):\n    def __init__(self):\n        super().__init__()\n        for i in range(2):\n            setattr(self, f'c{i}', nn.Conv2d(2 + i, 3 + i, 3))\n    def forward(self, x):\n        return getattr(self, 'c1')(self.c0(x))\nN()(torch.zeros(1, 2, 8, 8))",
    ['1 2 8 8 -> 1 3 6 6', '1 3 6 6 -> 1 4 4 4'],
  ],
  [
    'a configuration dictionary',
    "cfgs = {'A': [8, 'M', 16]}\ndef make(cfg):\n    c, out = 3, []\n    for v in cfg:\n        if v == 'M':\n            out.append(nn.MaxPool2d(2))\n        else:\n            out.append(nn.Conv2d(c, v, 3, padding=1))\n            c = v\n    return nn.Sequential(*out)\nmake(cfgs['A'])(torch.zeros(1, 3, 10, 10))",
    ['1 8 10 10 -> 1 8 5 5', '1 3 10 10 -> 1 8 10 10', '1 8 5 5 -> 1 16 5 5'],
  ],
  [
    'a dataclass',
    'from dataclasses import dataclass, field\n@dataclass\nclass C:\n    width: int = 8\n    kernel: tuple = field(default_factory=lambda: (3, 3))\nc = C(width=6)\nnn.Conv2d(3, c.width, c.kernel)(torch.zeros(1, 3, 5, 5))',
    ['1 3 5 5 -> 1 6 3 3'],
  ],
  [
    'subclassing',
    'class A(nn.Module):\n    k = 3\n    def __init__(self, c):\n        super().__init__()\n        self.conv = nn.Conv2d(c, self.out(), self.k)\n    def out(self):\n        return 4\n    def forward(self, x):\n        return self.conv(x)\nclass B(A):\n    k = 5\n    def out(self):\n        return 7\nB(2)(torch.zeros(1, 2, 8, 8))',
    ['1 2 8 8 -> 1 7 4 4'],
  ],
  [
    'a subclassed convolution',
    'class Same(nn.Conv2d):\n    def __init__(self, i, o, k):\n        super().__init__(i, o, k, padding=k // 2)\nSame(3, 5, 7)(torch.zeros(1, 3, 12, 12))',
    ['1 3 12 12 -> 1 5 12 12'],
  ],
  [
    'shared weights',
    'c = nn.Conv2d(3, 3, 3, 2, 1)\nx = torch.zeros(1, 3, 16, 16)\nfor _ in range(3):\n    x = c(x)',
    ['1 3 16 16 -> 1 3 8 8', '1 3 8 8 -> 1 3 4 4', '1 3 4 4 -> 1 3 2 2'],
  ],
  [
    'groups before dilation',
    'F.conv_transpose2d(torch.zeros(1, 4, 5, 5), torch.zeros(4, 2, 3, 3), None, 2, 1, 1, 2, 1)',
    ['1 4 5 5 -> 1 4 10 10'],
  ],
  [
    'output_size',
    'nn.ConvTranspose2d(3, 3, 3, stride=2, padding=1)(torch.zeros(1, 3, 8, 8), output_size=[16, 15])',
    ['1 3 8 8 -> 1 3 16 15'],
  ],
  [
    'view and permute',
    'x = torch.zeros(2, 8, 4, 6).permute(0, 2, 1, 3).reshape(2, -1, 6)\nnn.Conv1d(32, 4, 3)(x)',
    ['2 32 6 -> 2 4 4'],
  ],
  [
    'chunk, cat and slices',
    'x = torch.zeros(1, 8, 6, 6)\na, b = x.chunk(2, dim=1)\nnn.Conv2d(12, 2, 1)(torch.cat([a, b, x[:, ::2]], 1)[..., 1:-1, :4])',
    ['1 12 4 4 -> 1 2 4 4'],
  ],
  [
    'padding by name and reflection',
    "x = nn.ReflectionPad2d(3)(torch.zeros(1, 1, 8, 8))\nnn.Conv2d(1, 1, 3, padding='same', dilation=2)(F.pad(x, (1, 2, 0, 1)))",
    ['1 1 15 17 -> 1 1 15 17'],
  ],
  ['ceil_mode', 'nn.MaxPool2d(3, 2, ceil_mode=True)(torch.zeros(1, 1, 8, 8))', ['1 1 8 8 -> 1 1 4 4']],
  [
    'interpolate to the size of another',
    'a, b = torch.zeros(1, 2, 7, 9), torch.zeros(1, 2, 3, 3)\nnn.Conv2d(2, 1, 1)(a + F.interpolate(b, size=a.shape[2:]))',
    ['1 2 7 9 -> 1 1 7 9', '1 2 3 3 -> 1 2 7 9'],
  ],
  ['an unbatched input', 'nn.Conv2d(3, 8, 3)(torch.zeros(3, 8, 8))', ['3 8 8 -> 8 6 6']],
  [
    'argparse defaults',
    "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n-ch', type=int, default=6)\no = p.parse_args()\nnn.Conv2d(o.n_ch, 1, 1)(torch.zeros(1, 6, 2, 2))",
    ['1 6 2 2 -> 1 1 2 2'],
  ],
  [
    'pixel shuffle and unfold',
    'x = nn.PixelShuffle(2)(torch.zeros(1, 8, 3, 3))\nF.unfold(x, 3, padding=1)',
    ['1 8 3 3 -> 1 2 6 6', '1 2 6 6 -> 1 18 36'],
  ],
  [
    'a match statement',
    "def make(kind):\n    match kind:\n        case 'up':\n            return nn.ConvTranspose2d(2, 2, 2, 2)\n        case _:\n            return nn.Conv2d(2, 2, 2, 2)\nmake('up')(torch.zeros(1, 2, 4, 4))",
    ['1 2 4 4 -> 1 2 8 8'],
  ],
  [
    'an early return',
    'class N(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = nn.Conv2d(1, 2, 3), nn.Conv2d(2, 1, 3)\n    def forward(self, x, deep=False):\n        x = self.a(x)\n        if not deep:\n            return x\n        return self.b(x)\nN()(torch.zeros(1, 1, 8, 8))',
    ['1 1 8 8 -> 1 2 6 6'],
  ],
];

describe('reading layers as people write them', () => {
  for (const [title, body, uses] of cases) {
    it(title, () => {
      const text = `${TORCH}${body}\n`;
      const analysis = analyze(text);
      assert.deepEqual(usesOf(analysis, text), uses);
      assert.deepEqual(analysis.problems, []);
    });
  }
});
