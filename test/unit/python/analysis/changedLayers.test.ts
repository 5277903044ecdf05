import assert from 'node:assert/strict';
import { analyze, usesOf } from './read';

const told = (text: string): string[] => usesOf(analyze(text), text);

const HEAD = 'import torch\nimport torch.nn as nn\n\nx = torch.randn(1, 3, 20, 20)\n';

/** What the program does to a convolution, and what that then gives (PyTorch 2.13). */
const CHANGES: readonly (readonly [what: string, lines: string, uses: readonly string[]])[] = [
  ['a stride set from outside', 'c = nn.Conv2d(3, 4, 3)\nc.stride = (2, 2)\nc(x)', ['1 3 20 20 -> 1 4 9 9']],
  [
    'a padding that a subclass sets on itself',
    'class Causal(nn.Conv2d):\n    def __init__(self, *args):\n        super().__init__(*args, padding=2)\n        self.padding = (0, 0)\n\n    def forward(self, x):\n        return super().forward(x)\n\nCausal(3, 4, 3)(x)',
    ['1 3 20 20 -> 1 4 18 18'],
  ],
  [
    'a weight of another kernel',
    'c = nn.Conv2d(3, 4, 3)\nc.weight = nn.Parameter(torch.zeros(6, 3, 5, 5))\nc(x)',
    ['1 3 20 20 -> 1 6 16 16'],
  ],
  ['an attribute that nobody reads', 'c = nn.Conv2d(3, 4, 3)\nc.note = 7\nc(x)', ['1 3 20 20 -> 1 4 18 18']],
  [
    'a hook that changes the result',
    'a = nn.Conv2d(3, 4, 3)\na.register_forward_hook(lambda m, i, o: o[:, :2])\nb = nn.Conv2d(2, 5, 1)\nb(a(x))',
    ['1 3 20 20 -> 1 4 18 18', '1 2 18 18 -> 1 5 18 18'],
  ],
  [
    'a hook that was taken off again',
    'a = nn.Conv2d(3, 4, 3)\nh = a.register_forward_hook(lambda m, i, o: o[:, :2])\nh.remove()\nb = nn.Conv2d(4, 5, 1)\nb(a(x))',
    ['1 3 20 20 -> 1 4 18 18', '1 4 18 18 -> 1 5 18 18'],
  ],
  [
    'a forward that was replaced',
    'a = nn.Conv2d(3, 4, 3)\na.forward = lambda x: x\nb = nn.Conv2d(3, 5, 1)\nb(a(x))',
    ['1 3 20 20 -> 1 5 20 20'],
  ],
  [
    'layers that a subclass of Sequential sets as attributes',
    'class Head(nn.Sequential):\n    def __init__(self):\n        super().__init__()\n        self.one = nn.Conv2d(3, 4, 3)\n        self.two = nn.Conv2d(4, 5, 3)\n\nHead()(x)',
    ['1 3 20 20 -> 1 4 18 18', '1 4 18 18 -> 1 5 16 16'],
  ],
];

describe('what a program changes of a layer', () => {
  for (const [what, lines, uses] of CHANGES) {
    it(`counts: ${what}`, () => {
      assert.deepEqual(told(`${HEAD}${lines}\n`), uses);
    });
  }

  it('is unknown, not ignored, where it reaches into the layer’s own workings', () => {
    assert.deepEqual(told(`${HEAD}c = nn.Conv2d(3, 4, 3)\nc._conv_forward = other\nc(x)\n`), []);
  });
});

describe('an exception that waits for finally', () => {
  it('leaves what was to be returned as it is', () => {
    const text = `${HEAD}def f(x):\n    try:\n        return nn.Conv2d(3, 4, 3)(x)\n    finally:\n        if flag:\n            print(x)\n\nnn.Conv2d(4, 2, 1)(f(x))\n`;
    assert.deepEqual(told(text), ['1 3 20 20 -> 1 4 18 18', '1 4 18 18 -> 1 2 18 18']);
  });
});
