import assert from 'node:assert/strict';
import { withoutMagics } from '../../../src/reader/magics';
import { analyzeModule } from '../../../src/python';
import { python } from '../../python';

/** A cell as it is read, without what blanks and form feeds are there for the length alone. */
const shown = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^[ ]*\f/, '').trimEnd())
    .join('\n');

// Each as IPython 9.18 has it (`TransformerManager().transform_cell`): `0` where it runs a magic that names nothing,
// `ǃ()` where a name gets what only running it would show.
const cases: readonly (readonly [title: string, cell: string, read: string])[] = [
  ['a remainder within brackets', 'rest = (16\n %3)', 'rest = (16\n %3)'],
  ['a remainder behind a backslash', 'a = 5 \\\n %3', 'a = 5 \\\n %3'],
  ['a remainder below a comment', 'y = (1 +\n# so\n%3)', 'y = (1 +\n# so\n%3)'],
  ['a text with a line that looks like one', "s = '''\n%matplotlib\n!ls\n'''", "s = '''\n%matplotlib\n!ls\n'''"],
  ['a comment that names one', 'x = 1 # %time y = 2', 'x = 1 # %time y = 2'],
  ['magics alone', '%matplotlib inline\n%load_ext autoreload\n', '0\n0\n'],
  ['a magic alone in a block', 'if True:\n    %matplotlib inline\nx = 1', 'if True:\n    0\nx = 1'],
  ['a decorator over one that runs', '@dec\n%time y = 1', '@dec\ny = 1'],
  ['the shell', '!pip install "a" \'b\nx = 1', '0\nx = 1'],
  ['the shell, its output taken', '!!ls\nx = 1', '0\nx = 1'],
  ['the shell over several lines', '!pip install \\\n  torch \\\n  numpy\nx = 1', '0\n\n\nx = 1'],
  ['the shell over several lines that end otherwise', '!pip install \\\r\n  torch\r\nx = 1', '0\n\nx = 1'],
  ['help before and behind', '?net\n??net\nnet?\nnet.up??\nx = 1', '0\n0\n0\n0\nx = 1'],
  ['help instead of an assignment', 'x = net?\ny = 1', '0\ny = 1'],
  ['calls without brackets', '/f x\n,f a b\n;f a b\nx = 1', '0\n0\n0\nx = 1'],
  ['a name for what the shell prints', 'x = !ls *.py\ny = 1', 'x = ǃ()\ny = 1'],
  ['such a name over several lines', 'x = !ls \\\n  a\ny = 1', 'x = ǃ()\n\ny = 1'],
  ['names for what a magic gives', 'a, b = %sql x\nc.d = !ls\ne: int = !ls', 'a, b = ǃ()\nc.d = ǃ()\ne: int = ǃ()'],
  ['a name in a block', 'for i in range(3):\n    x = !ls', 'for i in range(3):\n    x = ǃ()'],
  ['a command of one letter', 'x=!w', 'x=ǃ'],
  ['what is timed and named', '%time y = f(3)', 'y = f(3)'],
  ['what is timed in a block', 'if a:\n    %time y = f(3)\n    z = 1', 'if a:\n    y = f(3)\n    z = 1'],
  ['a loop that is timed', '%time for i in range(3): y = i', 'for i in range(3): y = i'],
  ['what is timed and goes on', '%time y = \\\n f(1)', 'y = \\\n f(1)'],
  ['what is profiled', '%prun y = f(3)', 'y = f(3)'],
  ['what is timed, as a value', 'x = %time f(3)', 'x =       f(3)'],
  ['what is timed often, and names nothing', '%timeit -n 10 -r3 f(3)', 'f(3)'],
  ['what is timed often, whose names are its own', '%timeit y = f(3)', '0'],
  ['a figure of time', 't = %timeit -o f()', 't = ǃ()'],
  ['nothing that is timed', '%time\nx = 1', '0\nx = 1'],
  ['a cell that is timed', '%%time\ny = f(3)', '\ny = f(3)'],
  ['a cell that is captured', '%%capture out\n%matplotlib inline\ny = f(3)', '\n0\ny = f(3)'],
  ['a cell that is captured and timed', '%%capture --no-stderr\n%%time\ny = f(3)', '\n\ny = f(3)'],
  ['a cell below empty lines', '\n\n%%capture\ny = f(3)', '\n\n\ny = f(3)'],
  ['a cell that is timed often', '%%timeit\nf(3)', '\nf(3)'],
  ['a cell that is timed often, whose names are its own', '%%timeit\ny = f(3)', '\n'],
  ['a cell of another language', '%%bash\ny = f(3)', '\n'],
  ['a cell that becomes a file', '%%writefile a.py\ny = f(3)', '\n'],
  ['help on a magic of cells', '%%time?\ny = 1', '0\ny = 1'],
  ['a cell that is indented', '    !ls\n    if a:\n        x = 1', '0\nif a:\n    x = 1'],
];

describe('a cell of a notebook', () => {
  for (const [title, cell, read] of cases)
    it(`has ${title}`, () => {
      const found = withoutMagics(cell);
      assert.equal(shown(found.replaceAll('\r', '')), read);
      // Every place in it is where it was.
      assert.equal(found.length, cell.length);
      assert.equal(found.replace(/[^\r\n]/g, '.'), cell.replace(/[^\r\n]/g, '.'));
    });

  // The shapes that IPython 9.18 and PyTorch 2.15 give.
  const notebooks: readonly (readonly [title: string, cells: readonly string[], outputs: readonly string[]])[] = [
    [
      'an output padding that is a remainder on a line of its own',
      [
        python`
          import torch
          import torch.nn as nn
          rest = (16
                  %3)
          net = nn.ConvTranspose2d(3, 8, 3, stride=2, output_padding=rest)
        `,
        'y = net(torch.randn(1, 3, 4, 4))',
      ],
      ['1,8,10,10'],
    ],
    [
      'a padding that is one, and a text filled in over two lines',
      [
        python`
          import torch
          import torch.nn as nn
          k, s = 7, 2
          pad = (k
                 % s)
          net = nn.Conv2d(3, 8, 3, padding=pad)
          y = net(torch.randn(1, 3, 16, 16))
          print("shape %d x %d"
                % (y.shape[2], y.shape[3]))
          last = nn.Conv2d(8, 2, 3)
        `,
        'z = last(y)',
      ],
      ['1,8,16,16', '1,2,14,14'],
    ],
    [
      'help and the shell before the layers',
      [
        'import torch, torch.nn as nn\nnn.Conv2d?\ngpu = !nvidia-smi\n',
        'net = nn.Conv2d(3, 8, 3)\n%time y = net(torch.randn(1, 3, 16, 16))',
        '%%capture\nz = nn.Conv2d(8, 2, 3)(y)',
      ],
      ['1,8,14,14', '1,2,12,12'],
    ],
    [
      'a size that the shell tells',
      ['import torch, torch.nn as nn\nn = 5\nn = !nproc', 'y = nn.Conv2d(3, 8, 3, padding=1)(torch.zeros(1, 3, n, 9))'],
      ['1,8,n,9'],
    ],
    [
      'what is timed often, and does not change what it names',
      [
        'import torch, torch.nn as nn\nx = torch.zeros(1, 3, 16, 16)',
        '%%timeit\nx = torch.zeros(1, 3, 4, 4)',
        'y = nn.Conv2d(3, 8, 3)(x)',
      ],
      ['1,8,14,14'],
    ],
  ];
  for (const [title, cells, outputs] of notebooks)
    it(`is read with its neighbours: ${title}`, () => {
      const text = cells.map((cell) => `${withoutMagics(cell)}\n`).join('');
      const { reports, problems, broken } = analyzeModule({ path: 'n.ipynb', text });
      const errors = [...reports.flatMap((report) => report.problems), ...problems].filter(
        ({ severity }) => severity === 'error',
      );
      assert.deepEqual([errors, broken], [[], false]);
      assert.deepEqual(
        reports.flatMap(({ uses }) => uses.map(({ outputShape }) => outputShape.join())),
        outputs,
      );
    });
});
