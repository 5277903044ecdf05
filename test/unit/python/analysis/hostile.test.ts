import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { analyzeModule } from '../../../../src/python';

const HEAD = 'import torch\nimport torch.nn as nn\n';
const LAST = '\nlast = nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 16, 16))\n';

const nested = (open: string, depth: number): string => `x = ${open.repeat(depth)}1${')'.repeat(depth)}\n`;
const hierarchy = (depth: number): string =>
  `class A0(nn.Module): pass\nclass B0(nn.Module): pass\n${Array.from({ length: depth }, (_, index) => `class A${index + 1}(A${index}, B${index}): pass\nclass B${index + 1}(A${index}, B${index}): pass\n`).join('')}A${depth}()\n`;

/** Each asks, in few characters, for more time, memory or stack than there is. */
const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['5,000 parentheses in each other', nested('(', 5000)],
  ['3,000 calls in each other', nested('nn.Sequential(', 3000)],
  ['a sum of 20,000 terms', `x = ${'1 + '.repeat(20_000)}1\n`],
  ['40 steps of doubled inheritance', hierarchy(40)],
  ['a comprehension over a billion numbers', 'x = [nn.Conv2d(i, i, 3) for i in range(10**9)]\n'],
  ['a loop of a billion rounds', 'for i in range(10**9):\n    nn.Conv2d(i, 1, 1)\n'],
  ['a list repeated a billion times', 'x = [nn.ReLU()] * 10**9\ny = nn.Sequential(*x)\n'],
  ['a list repeated 4,096 times, four times over', 'x = [1] * 4096 * 4096 * 4096 * 4096\n'],
  ['a list doubled 60 times by +', 'x = [nn.ReLU()]\nfor i in range(60):\n    x = x + x\n'],
  ['a list doubled 60 times in place', 'x = [1]\nfor i in range(60):\n    x += x\n    x.extend(x)\n'],
  ['a text doubled 60 times', "s = 'a'\nfor i in range(60):\n    s = s + s\nfor c in s:\n    pass\n"],
  ['a text repeated a billion times', "s = 'a' * 4096 * 4096 * 4096\n"],
  ['a function that calls itself twice', 'def f(n):\n    return f(n + 1) + f(n + 2)\nf(0)\n'],
  [
    'a function that goes through what it is given, whatever that is',
    'def g(x):\n    if isinstance(x, dict):\n        return {k: g(v) for k, v in x.items()}\n    return [g(each) for each in x] + [g(x.data)] + [g(x[0])]\n',
  ],
  ['a tower of powers', 'x = 9 ** 9 ** 9 ** 9\ny = 2 ** 100000000\n'],
  ['3,000 statements that change one list', `x = []\n${'x.append(nn.ReLU())\n'.repeat(3000)}`],
  [
    '3,000 statements each of which needs the one before',
    `x0 = 1\n${Array.from({ length: 3000 }, (_, index) => `x${index + 1} = x${index} + 1\n`).join('')}`,
  ],
  ['a tensor of ten million axes', 'x = torch.zeros([1] * 10**7)\n'],
  ['a stride of a hundred million', 'y = nn.ConvTranspose2d(3, 8, 10**8, stride=10**8)(torch.zeros(1, 3, 4, 4))\n'],
];

/** Twenty functions, each of which calls the next one twice. */
const DOUBLING = Array.from({ length: 20 }, (_, index) => {
  const next = index < 19 ? `f${index + 1}(n + 1) + f${index + 1}(n + 2)` : 'n';
  return `def f${index}(n):\n    return ${next}\n`;
}).join('');

describe('a text that asks for too much', () => {
  for (const [what, text] of TEXTS) {
    it(`is got through, and what follows is still told: ${what}`, () => {
      const { reports } = analyzeModule({ path: 'hostile.py', text: HEAD + text + LAST });
      assert.deepEqual(reports.at(-1)?.uses[0]?.outputShape, [1, 8, 14, 14]);
    });
  }

  it('ends at the budget of steps where it branches without end', () => {
    const { incomplete } = analyzeModule({ path: 'hostile.py', text: `${HEAD}${DOUBLING}f0(0)\n${LAST}` });
    assert.equal(incomplete, true);
  });

  const MODEL =
    'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 8, 3)\n' +
    '\n    def forward(self, x):\n        return self.conv(x)\n';
  const usesOf = (text: string, imported?: string): readonly unknown[] => {
    const other = imported === undefined ? undefined : { path: 'endless.py', text: imported, version: 1 };
    const project = { resolve: (_from: string, module: string) => (module === 'endless' ? other : undefined) };
    const { reports, incomplete } = analyzeModule({ path: 'hostile.py', text, project });
    return [incomplete, reports.map(({ uses }) => uses[0]?.outputShape.join(' '))];
  };

  it('ends only the statement that branches without end, or the class that nobody makes', () => {
    assert.deepEqual(usesOf(`${HEAD}${DOUBLING}f0(0)\n${MODEL}${LAST}`), [true, ['N 8 H - 2 W - 2', '1 8 14 14']]);
    const greedy = `class Greedy(nn.Module):\n    def __init__(self, n):\n        f0(n)\n${MODEL}`;
    assert.deepEqual(usesOf(`${HEAD}${DOUBLING}${greedy}`), [true, ['N 8 H - 2 W - 2']]);
  });

  it('ends only the imported file that branches without end', () => {
    const text = `${HEAD}from endless import width\n${MODEL}${LAST}`;
    const told = [true, ['N 8 H - 2 W - 2', '1 8 14 14']];
    assert.deepEqual(usesOf(text, `${DOUBLING}f0(0)\nwidth = 3\n`), told);
  });

  it('says so again when it is read again and nothing of that has changed', () => {
    const text = `${HEAD}${DOUBLING}x = f0(0)\n${MODEL}`;
    const previous = analyzeModule({ path: 'hostile.py', text });
    const { incomplete } = analyzeModule({ path: 'hostile.py', text: `${text}${LAST}`, previous });
    assert.deepEqual([previous.incomplete, incomplete], [true, true]);
  });

  it('says no error of which it has not come to see whether it is certain', () => {
    const { incomplete, problems, reports } = analyzeModule({
      path: 'hostile.py',
      text: `${HEAD}${DOUBLING}
def costly(name, channels=3):
    y = nn.Conv2d(channels, 8, 3)(torch.zeros(1, 4, 16, 16))
    return f0(y)
`,
    });
    assert.equal(incomplete, true);
    assert.deepEqual([...reports.flatMap((report) => report.problems), ...problems], []);
  });
});
