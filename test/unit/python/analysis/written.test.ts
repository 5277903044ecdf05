// What a person wrote of a shape, against what it is.
import assert from 'node:assert/strict';
import { TORCH, analyze, usesOf } from './read';

/** A file without a layer is not read. */
const HEAD = `${TORCH}nn.Conv2d(1, 1, 1)\n`;

const told = (text: string): string[] =>
  analyze(HEAD + text)
    .problems.filter(({ code }) => code === 'written-shape')
    .map(({ message, span }) => `${(HEAD + text).slice(span.start, span.end)} | ${message}`);

/** A layer from 3 to 64 channels that halves both sizes; `x` is its input. */
const net = (head: string, lines: readonly string[], more = ''): string => `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 64, 3, stride=2, padding=1)

    def forward(self, x)${head}:
${lines.map((line) => `        ${line}\n`).join('')}${more}`;
const CALLED = '\nNet()(torch.zeros(2, 3, 16, 16))\n';

describe('a shape that is written down', () => {
  const wrong: readonly (readonly [title: string, text: string, told: string])[] = [
    [
      'in a comment that is nothing else: other channels',
      net('', ['y = self.down(x)  # (B, 32, H/2, W/2)', 'return y']),
      'y = self.down(x) | The comment says (B, 32, H/2, W/2), but this has the shape (N, 64, (H - 1)//2 + 1, (W - 1)//2 + 1).',
    ],
    [
      'in a comment with a name: other sizes, where no example decides them',
      net('', [
        'y = F.interpolate(self.down(torch.zeros(1, 3, 8, 8)), scale_factor=2)  # y: (1, 64, 16, 16)',
        'return x + y',
      ]),
      'y = F.interpolate(self.down(torch.zeros(1, 3, 8, 8)), scale_factor=2) | The comment says (1, 64, 16, 16), but this has the shape (1, 64, 8, 8).',
    ],
    [
      'in an assertion',
      net('', ['y = self.down(x)', 'assert y.shape == (2, 64, 8, 9)', 'return y'], CALLED),
      'y.shape == (2, 64, 8, 9) | This is asserted to be (2, 64, 8, 9), but it has the shape (2, 64, 8, 8).',
    ],
    [
      'in an assertion whose sides are the other way round, of `size()`',
      net('', ['y = self.down(x)', 'assert torch.Size([2, 32, 8, 8]) == y.size()', 'return y'], CALLED),
      'torch.Size([2, 32, 8, 8]) == y.size() | This is asserted to be (2, 32, 8, 8), but it has the shape (2, 64, 8, 8).',
    ],
    [
      'in the annotation of what is returned',
      net(' -> Float[Tensor, "b 32 h w"]', ['return self.down(x)'], CALLED),
      'Float[Tensor, "b 32 h w"] | This is annotated as (b, 32, h, w), but it has the shape (2, 64, 8, 8).',
    ],
    [
      'in an annotation of another rank',
      net(' -> Float[Tensor, "b n"]', ['return self.down(x)'], CALLED),
      'Float[Tensor, "b n"] | This is annotated as (b, n), but it has the shape (2, 64, 8, 8).',
    ],
    [
      'in a loop: once, with what it was first',
      'def f(t):\n    for _ in range(3):\n        t = torch.cat([t, t])  # (8, 2)\n    return t\nf(torch.zeros(1, 3))\n',
      't = torch.cat([t, t]) | The comment says (8, 2), but this has the shape (2, 3).',
    ],
  ];
  for (const [title, text, expected] of wrong) it(`${title}, is told`, () => assert.deepEqual(told(text), [expected]));

  const right: readonly (readonly [title: string, text: string])[] = [
    ['as it is', net('', ['y = self.down(x)  # (B, 64, H/2, W/2)', 'return y'])],
    [
      'with the sizes of another input than the example',
      net('', ['y = self.down(x)  # (8, 64, 112, 112)', 'return y'], CALLED),
    ],
    ['without its batch', net('', ['y = self.down(x)  # (64, 8, 8)', 'return y'], CALLED)],
    ['with another batch', net('', ['y = self.down(x)  # (8, 64, 8, 8)', 'return y'], CALLED)],
    ['of what is inside a list', net('', ['y = self.down(x)  # [x4, x8, x16]', 'return y'])],
    [
      'right of one call and wrong of another',
      'def f(t):\n    t = t.flatten(1)  # (B, 12)\n    return t\nf(torch.zeros(1, 3, 4))\nf(torch.zeros(1, 3, 5))\n',
    ],
    [
      'of what is known in one call only',
      'def f(t):\n    t = t.flatten(1)  # (B, 12)\n    return t\nf(torch.zeros(1, 3, 5))\nf(unheard_of())\n',
    ],
    [
      'in an assertion that is expected to fail',
      `try:\n    assert torch.zeros(2, 3).shape == (3, 2)\nexcept AssertionError:\n    pass\n`,
    ],
    ['of the arguments of a layer', 'layer = nn.Conv2d(3, 64, 3)  # (3, 64)\nsizes = [3, 64]  # (in, out)\n'],
  ];
  for (const [title, text] of right) it(`${title}, is not told`, () => assert.deepEqual(told(text), []));

  it('is never an error, and can be silenced', () => {
    const text = net('', ['y = self.down(x)  # (B, 32, H/2, W/2)', 'return y']);
    assert.deepEqual(
      analyze(TORCH + text).problems.map(({ severity }) => severity),
      ['info'],
    );
  });

  const facts: readonly (readonly [title: string, text: string])[] = [
    [
      'a comment that is nothing but the shape',
      net('', ['y = self.down(x)[self.mask]  # (2, 64, 8, 8)', 'return F.max_pool2d(y, 2)']),
    ],
    [
      'the annotation of what a function returns',
      `def odd(x) -> Float[Tensor, "2 64 8 8"]:\n    return torch.unheard_of(x)\n${net('', ['return nn.MaxPool2d(2)(odd(x))'], CALLED)}`,
    ],
  ];
  for (const [title, text] of facts)
    it(`${title} counts where nothing else is known`, () =>
      assert.deepEqual(usesOf(analyze(TORCH + text), TORCH + text, 'ax').slice(-1), ['2 64 8 8 -> 2 64 4 4']));
});
