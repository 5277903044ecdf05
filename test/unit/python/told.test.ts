import assert from 'node:assert/strict';
import { analyzeModule } from '../../../src/python';
import { heard } from '../../../src/python/told';
import { python } from '../../python';

const TORCH = python`
  import torch
  from torch import nn
`;

/** `line code` of what is left once the comments have been heard, then of what is said of them. */
function left(code: string): string[] {
  const text = TORCH + code;
  const { told, idle } = heard(analyzeModule({ path: 'm.py', text }));
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length - 2;
  return [...told, ...idle].map(({ problem }) => `${lineOf(problem.span.start)} ${problem.code}`);
}

const silenced: readonly (readonly [title: string, code: string])[] = [
  ['behind the call', 'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore\n'],
  ['with its code', 'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide]\n'],
  [
    'with codes, loosely written',
    'nn.Conv2d(4, 8, 3, groups=3)  #tconv:ignore[ arguments ,groups-divide, unused-ignore ]\n',
  ],
  ['behind another comment', 'nn.Conv2d(4, 8, 3, groups=3)  # noqa: E501  # tconv: ignore[groups-divide]\n'],
  ['before a reason', 'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide] patched above\n'],
  ['in a line that ends the file', 'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore'],
  ['in a line that ends otherwise', 'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore\r\nx = 1\r\n'],
  [
    'behind the first line of the call',
    python`
      nn.Conv2d(  # tconv: ignore
          4,
          8,
          3,
          groups=3,
      )
    `,
  ],
  [
    'behind the argument that is marked',
    python`
      nn.Conv2d(
          4,
          8,
          3,
          groups=3,  # tconv: ignore[groups-divide]
      )
    `,
  ],
  [
    'behind another argument of the call',
    python`
      nn.Conv2d(
          4,
          8,  # tconv: ignore
          3,
          groups=3,
      )
    `,
  ],
  [
    'behind the last line of the call',
    python`
      nn.Conv2d(
          4,
          8,
          3,
          groups=3,
      )  # tconv: ignore
    `,
  ],
  [
    'behind the last line of a statement that is longer than the call',
    python`
      net = nn.Sequential(
          nn.Conv2d(4, 8, 3, groups=3),
          nn.ReLU(),
      )  # tconv: ignore[groups-divide]
    `,
  ],
  [
    'behind a statement that goes on behind a backslash',
    python`
      net = \
          nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore
    `,
  ],
  [
    'behind a text of many lines',
    python`
      print("""
        # not a comment
      """, nn.Conv2d(4, 8, 3, groups=3))  # tconv: ignore
    `,
  ],
  [
    'above the call',
    python`
      # tconv: ignore[groups-divide]
      nn.Conv2d(4, 8, 3, groups=3)
    `,
  ],
  [
    'above the call, with other lines between',
    python`
      # tconv: ignore[groups-divide]

      # The groups are changed below.
      nn.Conv2d(4, 8, 3, groups=3)
    `,
  ],
  [
    'above a call within brackets',
    python`
      net = nn.Sequential(
          nn.ReLU(),
          # tconv: ignore
          nn.Conv2d(4, 8, 3, groups=3),
          nn.ReLU(),
      )
    `,
  ],
  [
    'in a method',
    python`
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.up = nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore
    `,
  ],
  [
    'for the file, anywhere in it',
    python`
      nn.Conv2d(4, 8, 3, groups=3)
      # tconv: ignore-file
      nn.Conv2d(4, 8, 3, groups=3)
    `,
  ],
  [
    'for the file, with its code',
    python`
      # tconv: ignore-file[groups-divide]
      nn.Conv2d(4, 8, 3, groups=3)
    `,
  ],
  [
    'where a tensor meets another, on the statement',
    python`
      y = nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 16, 16))
      z = (
          y
          + torch.zeros(1, 8, 16, 16)  # tconv: ignore[broadcast-mismatch]
      )
    `,
  ],
];

const kept: readonly (readonly [title: string, code: string, left: readonly string[]])[] = [
  [
    'another code',
    'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[arguments]\n',
    ['1 groups-divide', '1 unused-ignore'],
  ],
  [
    'a code that there is not',
    'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups]\n',
    ['1 groups-divide', '1 unknown-code'],
  ],
  [
    'a name that every object has',
    'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[constructor]\n',
    ['1 groups-divide', '1 unknown-code'],
  ],
  ['no code at all', 'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[]\n', ['1 groups-divide', '1 unused-ignore']],
  ['another tool', 'nn.Conv2d(4, 8, 3, groups=3)  # type: ignore\n', ['1 groups-divide']],
  ['another word', 'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignored\n', ['1 groups-divide']],
  [
    'a bracket that is not closed',
    'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide\n',
    ['1 groups-divide'],
  ],
  ['a text', 'nn.Conv2d(4, 8, 3, groups=3 if "# tconv: ignore" else 2)\n', ['1 groups-divide']],
  [
    'the line of another layer of the statement',
    python`
      net = nn.Sequential(
          nn.ReLU(),
          nn.Conv2d(4, 8, 3, groups=3),  # tconv: ignore
          nn.Conv2d(4, 8, 3, groups=3),
          nn.ReLU(),
      )
    `,
    ['4 groups-divide'],
  ],
  [
    'the statement before, and the line above it',
    python`
      x = 1  # tconv: ignore
      nn.Conv2d(4, 8, 3, groups=3)
    `,
    ['2 groups-divide', '1 unused-ignore'],
  ],
  [
    'code that is commented out, with its comment',
    python`
      # x = nn.Conv2d(4, 8, 3, groups=5)  # tconv: ignore
      nn.Conv2d(4, 8, 3, groups=3)
    `,
    ['2 groups-divide'],
  ],
  [
    'the head of a block, and not what is in it',
    python`
      def make():  # tconv: ignore
          return nn.Conv2d(4, 8, 3, groups=3)
    `,
    ['2 groups-divide', '1 unused-ignore'],
  ],
  [
    'the end of the file, on a line of its own',
    python`
      nn.Conv2d(4, 8, 3, groups=3)
      # tconv: ignore
    `,
    ['1 groups-divide', '2 unused-ignore'],
  ],
  [
    'the file, of another code',
    python`
      # tconv: ignore-file[holes]
      nn.Conv2d(4, 8, 3, groups=3)
    `,
    ['2 groups-divide', '1 unused-ignore'],
  ],
  [
    'a right layer, in whose list one code of two is idle',
    'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide, arguments]\n',
    ['1 unused-ignore'],
  ],
];

describe('a comment that silences problems', () => {
  for (const [title, code] of silenced)
    it(`silences them ${title}`, () => {
      assert.notDeepEqual(left(code.replaceAll('tconv', 'other')), []);
      assert.deepEqual(left(code), []);
    });

  for (const [title, code, wanted] of kept)
    it(`silences nothing else, where it speaks of ${title}`, () => assert.deepEqual(left(code), wanted));

  it('is not called idle while the text does not parse', () => {
    const code = python`
      x = 1  # tconv: ignore
      def f(:
          pass
      nn.Conv2d(4, 8, 3, groups=3)
    `;
    assert.deepEqual(left(code), ['4 groups-divide']);
  });

  it('silences no more than its line while a bracket above is not closed', () => {
    const code = python`
      x = (1,
      def f():
          nn.Conv2d(4, 8, 3, groups=3)
          y = 1  # tconv: ignore
    `;
    assert.deepEqual(left(code), ['3 groups-divide']);
  });
});
