import assert from 'node:assert/strict';
import { TORCH, analyze, usesOf } from './read';

/**
 * What newer Python, and seldom written Python, means. Every program was run with PyTorch and forward hooks on its
 * convolutions; the uses are what they recorded.
 */
const cases: readonly (readonly [title: string, body: string, uses: readonly string[]])[] = [
  [
    'a walrus argument',
    'x = nn.Conv2d(3, c := 8, 3)(torch.zeros(1, 3, 8, 8))\nnn.Conv2d(c, 2 * c, 3)(x)',
    ['1 3 8 8 -> 1 8 6 6', '1 8 6 6 -> 1 16 4 4'],
  ],
  [
    'a walrus in a set and in an index',
    's = {16, half := 8}\nt = torch.zeros(1, 3, 8, 8)[:, : (n := 2)]\nnn.Conv2d(n, half, 3)(t)',
    ['1 2 8 8 -> 1 8 6 6'],
  ],
  ['a star in an index', 'i = (0, slice(0, 2))\nnn.Conv1d(2, 4, 3)(torch.zeros(5, 4, 9)[*i])', ['2 9 -> 4 7']],
  [
    'star targets',
    'for first, *others in [(3, 8, 3)]:\n    nn.Conv2d(first, *others)(torch.zeros(1, first, 8, 8))\nnn.ModuleList([nn.Conv1d(a, *b) for a, *b in [(2, 4, 3)]])[0](torch.zeros(1, 2, 8))',
    ['1 3 8 8 -> 1 8 6 6', '1 2 8 -> 1 4 6'],
  ],
  [
    'a class pattern',
    'def width(m):\n    match m:\n        case nn.Conv2d(out_channels=c) if c > 16: return 0\n        case nn.Linear() | nn.Conv1d(): return 1\n        case nn.Conv2d(kernel_size=(3, 3), out_channels=c): return c\n    return 5\nlayer = nn.Conv2d(3, 8, 3)\nnn.Conv2d(width(layer), 4, 1)(layer(torch.zeros(1, 3, 8, 8)))',
    ['1 3 8 8 -> 1 8 6 6', '1 8 6 6 -> 1 4 6 6'],
  ],
  [
    'a match on two values',
    "def make(kind, n):\n    match kind, n:\n        case 'up', int(k): return nn.ConvTranspose2d(4, 2, k, stride=k)\n        case _, None: return nn.Conv2d(4, 4, 1)\nmake('up', 2)(torch.zeros(1, 4, 8, 8))\nmake('x', None)(torch.zeros(1, 4, 8, 8))",
    ['1 4 8 8 -> 1 2 16 16', '1 4 8 8 -> 1 4 8 8'],
  ],
  [
    'a match on a sequence',
    "def make(spec):\n    match spec:\n        case ['conv', i, o, *rest]: return nn.Conv2d(i, o, *rest)\n        case []: return None\nmake(['conv', 3, 8, 3, 2])(torch.zeros(1, 3, 9, 9))",
    ['1 3 9 9 -> 1 8 4 4'],
  ],
  [
    'a match on a mapping',
    "def make(spec):\n    match spec:\n        case {'type': 'pool'}: return nn.MaxPool2d(2)\n        case {'type': 'conv', **options}: return nn.Conv2d(**options)\nmake({'type': 'conv', 'in_channels': 3, 'out_channels': 8, 'kernel_size': 3})(torch.zeros(1, 3, 9, 9))",
    ['1 3 9 9 -> 1 8 7 7'],
  ],
  [
    'a match on a data class',
    'from dataclasses import dataclass\n@dataclass\nclass Spec:\n    width: int\n    kernel: int = 3\nmatch Spec(8):\n    case Spec(w, kernel=5): n = 1\n    case Spec(w, k) as spec: n = w * k + spec.kernel\nnn.Conv2d(3, n, 1)(torch.zeros(1, 3, 4, 4))',
    ['1 3 4 4 -> 1 27 4 4'],
  ],
  [
    'a match on a shape',
    'def f(x):\n    match x.shape:\n        case (b, c): return nn.Linear(c, 2)(x)\n        case b, c, h, w: return nn.Conv2d(c, c * 2, 3)(x)\nf(torch.zeros(2, 3, 8, 8))',
    ['2 3 8 8 -> 2 6 6 6'],
  ],
  [
    'parenthesised with',
    'import contextlib\nclass Log: pass\nlog = Log()\nwith (torch.no_grad(), contextlib.nullcontext((1, 2)) as (b, c), contextlib.nullcontext(3) as log.level,):\n    nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 8, 8))',
    ['1 3 8 8 -> 1 8 6 6'],
  ],
  [
    'lambdas with positional-only parameters',
    'make = lambda i, o=8, /, *, k=3: nn.Conv2d(i, o, k)\nmake(3, k=5)(torch.zeros(1, 3, 9, 9))',
    ['1 3 9 9 -> 1 8 5 5'],
  ],
  [
    'a positional-only name that is given as a keyword',
    "def make(o, /, **more): return nn.Conv2d(3, o, more['o'])\nmake(8, o=3)(torch.zeros(1, 3, 9, 9))",
    ['1 3 9 9 -> 1 8 7 7'],
  ],
  [
    'a bare yield',
    'import contextlib\n@contextlib.contextmanager\ndef still():\n    yield\nwith still():\n    nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 8, 8))',
    ['1 3 8 8 -> 1 8 6 6'],
  ],
  [
    'finally after return',
    'def f(x, lock=None):\n    try:\n        return nn.Conv2d(3, 8, 3)(x)\n    finally:\n        if lock is not None: print(lock)\nnn.Conv2d(8, 1, 1)(f(torch.zeros(1, 3, 8, 8)))',
    ['1 3 8 8 -> 1 8 6 6', '1 8 6 6 -> 1 1 6 6'],
  ],
  [
    'finally after an exception',
    'n = 1\ntry:\n    try:\n        raise ValueError\n    finally:\n        n = 4\nexcept ValueError as e:\n    pass\nnn.Conv2d(3, n, 3)(torch.zeros(1, 3, 8, 8))',
    ['1 3 8 8 -> 1 4 6 6'],
  ],
  [
    'a float without digits after its point',
    's = 2.\nnn.Conv2d(3, int(4 * s), 3)(torch.zeros(1, 3, 8, 8))',
    ['1 3 8 8 -> 1 8 6 6'],
  ],
  [
    'a decorator that is an expression',
    "made = {'plain': lambda f: f}\n@made['plain']\ndef conv(x): return nn.Conv2d(3, 8, 3)(x)\nconv(torch.zeros(1, 3, 8, 8))",
    ['1 3 8 8 -> 1 8 6 6'],
  ],
  [
    'f-strings in f-strings',
    'class N(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.c12 = nn.Conv2d(3, 8, 3)\n    def forward(self, x): return getattr(self, f"c{f\'{1}\'}{1 + 1!s}")(x)\nN()(torch.zeros(1, 3, 8, 8))',
    ['1 3 8 8 -> 1 8 6 6'],
  ],
  [
    'a value as it is written',
    "d = {\"k='a'\": 4}\nk = 'a'\nnn.Conv2d(3, d.get(f'{k=}', 8), 3)(torch.zeros(1, 3, 8, 8))",
    ['1 3 8 8 -> 1 4 6 6'],
  ],
];

describe('what is written in newer Python, or seldom', () => {
  for (const [title, body, uses] of cases) {
    it(`means what it means to Python: ${title}`, () => {
      const text = `${TORCH}${body}\n`;
      const analysis = analyze(text);
      assert.deepEqual(usesOf(analysis, text), uses);
      assert.equal(analysis.broken, false);
      assert.deepEqual(
        analysis.reports.flatMap((report) => report.problems).filter((each) => each.severity === 'error'),
        [],
      );
    });
  }

  it('does not know what a pattern bound where it cannot tell whether it fits', () => {
    const text = `${TORCH}n = 1\nmatch some.value:\n    case [n]: pass\n    case {'k': n}: pass\n    case Some(n) | n: pass\nnn.Conv2d(3, n, 3)(torch.zeros(1, 3, 8, 8))\n`;
    const [use] = analyze(text).reports[0].uses;
    assert.equal(typeof use.outputShape[1], 'string');
  });

  it('does not know the text of a template, of a type, or of an exception that is caught', () => {
    for (const line of ["n = t'{4}'", 'n = 4\ntype n = int', 'n = 4\ntry: raise x\nexcept x as n: pass']) {
      const text = `${TORCH}${line}\nnn.Conv2d(3, n, 3)(torch.zeros(1, 3, 8, 8))\n`;
      const [use] = analyze(text).reports[0].uses;
      assert.equal(typeof use.outputShape[1], 'string', line);
    }
  });

  it('finds the layers of the cases that are not taken', () => {
    const text = `${TORCH}match 1:\n    case 0: a = nn.Conv2d(1, 2, 3)\n    case 1: a = nn.Conv2d(3, 4, 3)\n    case _: a = nn.Conv2d(5, 6, 3)\na(torch.zeros(1, 3, 8, 8))\n`;
    assert.deepEqual(
      analyze(text).reports.map(({ span }) => text.slice(span.start, span.end)),
      ['nn.Conv2d(1, 2, 3)', 'nn.Conv2d(3, 4, 3)', 'nn.Conv2d(5, 6, 3)'],
    );
  });
});
