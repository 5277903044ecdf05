import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { format as filled } from '../../../../src/core/problem';
import { analyzeModule, type LineShape, type ModuleAnalysis } from '../../../../src/python';
import { unapplied, whyText } from '../../../../src/python/whyText';
import { python } from '../../../python';

const PATH = 'file:///w/net.py';
const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';

const format = (template: string, ...args: readonly (string | number)[]): string => filled(template, args);

const read = (body: string, more: Partial<Parameters<typeof analyzeModule>[0]> = {}): ModuleAnalysis =>
  analyzeModule({ path: PATH, text: HEAD + body, lines: true, ...more });

const lineOf = ({ lines = [] }: ModuleAnalysis, name: string): LineShape => {
  const found = lines.find((each) => each.name === name);
  assert.ok(found, `no line leaves ${name}: ${lines.map((each) => each.name).join()}`);
  return found;
};
const shapes = ({ shapes: all }: LineShape): string[] => all.map((dims) => `(${dims.join(', ')})`);
const whys = ({ why }: LineShape): string[] => why.map(({ message }) => message);

describe('what each line leaves', () => {
  it('is told of names, of what is returned and of each round of a loop, and only when it is asked for', () => {
    const body = python`
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.up = nn.ConvTranspose2d(8, 8, 2, stride=2)
          def forward(self, x):
              y = x.mean(1)
              for _ in range(3):
                  x = self.up(x)
              return x, y
      z = Net()(torch.zeros(1, 8, 4, 4))[0]
    `;
    const analysis = read(body);
    assert.deepEqual(shapes(lineOf(analysis, 'x')), ['(1, 8, 8, 8)', '(1, 8, 16, 16)', '(1, 8, 32, 32)']);
    assert.deepEqual(shapes(lineOf(analysis, 'y')), ['(1, 4, 4)']);
    assert.deepEqual(shapes(lineOf(analysis, 'z')), ['(1, 8, 32, 32)']);
    assert.equal(lineOf(analysis, 'x').within, 'Net.forward');
    assert.equal(lineOf(analysis, 'z').within, '');
    const plain = read(body, { lines: false });
    assert.equal(plain.lines, undefined);
    assert.deepEqual(plain.reports, analysis.reports);
  });

  it('is told with the calls that lead to each of several shapes, and without those of the rounds of a loop', () => {
    const analysis = read(python`
      class Block(nn.Module):
          def __init__(self):
              super().__init__()
              self.conv = nn.Conv2d(4, 4, 3, stride=2, padding=1)
          def forward(self, x):
              code = self.conv(x)
              return code
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.block = Block()
          def forward(self, x):
              x = self.block(x)
              deep = self.block(F.relu(x))
              for _ in range(2):
                  deep = self.block(deep)
              return deep
      Net()(torch.zeros(1, 4, 32, 32))
    `);
    const code = lineOf(analysis, 'code');
    assert.deepEqual(shapes(code), ['(1, 4, 16, 16)', '(1, 4, 8, 8)', '(1, 4, 4, 4)', '(1, 4, 2, 2)']);
    assert.deepEqual(
      code.paths?.map((steps) => steps.map(({ name }) => name).join(' › ')),
      new Array(4).fill('Net() › self.block'),
    );
    const places = code.paths?.map((steps) => steps[1].span.start) ?? [];
    assert.ok(places[0] < places[1] && places[1] < places[2] && places[2] === places[3] && places[0] > HEAD.length);
    assert.equal(analysis.lines?.find(({ name, shapes: all }) => name === 'deep' && all.length > 1)?.paths, undefined);
  });

  it('is told once where nothing but the names of sizes differ, and not of what nobody wants', () => {
    const analysis = read(python`
      conv = nn.Conv2d(3, 8, 2, stride=2)
      def half(t):
          _ = t.mean(1)
          y = conv(t)
          return y
      def one(p):
          return half(lost(p))
      def other(q):
          return half(lost(q))
    `);
    assert.deepEqual(
      analysis.lines?.filter(({ within }) => within === 'half').map((line) => [line.name, line.shapes.length]),
      [
        ['y', 1],
        ['return', 1],
      ],
    );
  });

  it('is what the next reading tells too, with what it builds on, where only a number has changed', () => {
    const body = (size: number): string => python`
      conv = nn.Conv2d(3, 8, 3)
      def run(size=${size}):
          y = conv(torch.zeros(1, 3, size, size))
          return y
    `;
    const first = read(body(9));
    const second = read(body(11), { previous: first });
    assert.deepEqual(second.lines, read(body(11)).lines);
    assert.deepEqual(shapes(lineOf(second, 'y')), ['(1, 8, 9, 9)']);
    // A reading without lines leaves none for the next one.
    const without = read(body(11), { lines: false });
    assert.deepEqual(read(body(11), { previous: without }).lines, second.lines);
  });

  it('has the names that the code itself gives to sizes', () => {
    const analysis = read(python`
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.down = nn.Conv2d(3, 8, 2, stride=2)
          def forward(self, x):
              b, c, rows, _ = x.shape
              y = self.down(x)
              return y.view(b, -1)
    `);
    assert.deepEqual(shapes(lineOf(analysis, 'y')), ['(b, 8, rows//2, W//2)']);
  });

  it('has those of annotations, in plain functions as in methods', () => {
    const analysis = read(python`
      def pooled(x: Float[Tensor, "batch 3 height width"]):
          y = F.max_pool2d(x, 2)
          return y
    `);
    assert.deepEqual(shapes(lineOf(analysis, 'y')), ['(batch, 3, height//2, width//2)']);
    assert.deepEqual(whys(lineOf(analysis, 'y')), []);
  });
});

/** A program, the name of a line in it of which something is missing, and what. */
const missing: readonly (readonly [title: string, body: string, name: string, why: string])[] = [
  [
    'an input that nobody gives',
    'def run(x):\n    y = nn.Conv2d(3, 8, 3)(x)\n    return y',
    'y',
    'x of run: nothing says its shape.',
  ],
  [
    'an argument that nobody gives',
    'class Net(nn.Module):\n    def __init__(self, wide):\n        super().__init__()\n        self.c = nn.Conv2d(3, wide, 3)\n    def forward(self, x):\n        y = self.c(x)\n        return y',
    'y',
    'wide: nothing that is read says what it is given.',
  ],
  [
    'a package that is not read',
    'from lost import net\ny = net(torch.zeros(1, 3, 8, 8))\nz = nn.Conv2d(3, 8, 3)(y)',
    'y',
    'lost.net is of the package lost, which is not read.',
  ],
  [
    'a function without a rule',
    'y = torch.never_heard_of(torch.zeros(1, 3, 8, 8))\nz = nn.Conv2d(3, 8, 3)(y)',
    'y',
    'torch.never_heard_of: there is no rule here for what it gives.',
  ],
  [
    'a name that nothing defines',
    'y = backbone(torch.zeros(1, 3, 8, 8))\nz = nn.Conv2d(3, 8, 3)(y)',
    'y',
    'backbone is not defined in what is read.',
  ],
  [
    'an attribute that nothing sets',
    'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.c = nn.Conv2d(3, 8, 3)\n    def forward(self, x):\n        y = self.lost(x)\n        return self.c(y)',
    'y',
    'self.lost: nothing that is read sets it.',
  ],
];

describe('why something is not known', () => {
  for (const [title, body, name, why] of missing) {
    it(`is said of ${title}, and where`, () => {
      const text = HEAD + body;
      const analysis = analyzeModule({ path: PATH, text, lines: true });
      const line = lineOf(analysis, name);
      const found = line.why.find(({ message }) => message === why);
      assert.ok(found, whys(line).join('\n'));
      const { span } = found;
      assert.ok(span && span.end > span.start);
      assert.ok(text.slice(span.start, span.end).includes(/[\w.]+/.exec(why)![0].replace(/^lost\./, '')));
    });

    it(`is gone of ${title} once the shape stands behind the line`, () => {
      const text = HEAD + body;
      const before = lineOf(analyzeModule({ path: PATH, text, lines: true }), name);
      const noted = `${text.slice(0, before.behind)}  # ${name}: (2, 3, 16, 16)${text.slice(before.behind)}`;
      const after = lineOf(analyzeModule({ path: PATH, text: noted, lines: true }), name);
      assert.deepEqual([shapes(after), whys(after)], [['(2, 3, 16, 16)'], []]);
    });
  }

  it('is said with a shape to write that has the sizes that are known, and as many of them', () => {
    const analysis = read(python`
      class Net(nn.Module):
          def __init__(self, wide):
              super().__init__()
              self.c = nn.Conv1d(80, wide, 3)
          def forward(self, mel):
              y = self.c(mel)
              return y
    `);
    const text = whyText(analysis, {
      say: format,
      at: String,
      setting: (key, example) => `${key} = [${example.join(', ')}]`,
    }).join('\n');
    assert.match(text, /Begin the function with a comment, # mel: \(1, 80, 64\)\. Net\.forward:mel = \[1, 80, 64\]/);
    assert.match(text, /Write the shape behind the line, # y: \(1, 64, 64\)\./);
  });

  it('is said with the key that supplies the shape of an input, which then makes all known', () => {
    const [[, body, name]] = missing;
    const key = lineOf(read(body), name).why.find(({ inputKey }) => inputKey !== undefined)!.inputKey!;
    assert.equal(key, 'run:x');
    const after = lineOf(read(body, { inputShapes: { [key]: [2, 3, 16, 16] } }), name);
    assert.deepEqual([shapes(after), whys(after)], [['(2, 8, 14, 14)'], []]);
  });
});

describe('what a comment says of a shape of which a size is no more than a name', () => {
  const head = (comment: string): LineShape =>
    lineOf(
      read(python`
        class Head(nn.Module):
            def __init__(self, classes):
                super().__init__()
                self.conv = nn.Conv2d(8, classes, 1)
            def forward(self, x):
                # x: (1, 8, 16, 16)
                y = self.conv(x)  # y: ${comment}
                return y
      `),
      'y',
    );

  it('is that size, where it agrees in the others', () => {
    const line = head('(1, 10, 16, 16)');
    assert.deepEqual([shapes(line), whys(line)], [['(1, 10, 16, 16)'], []]);
  });

  it('is of another case where it does not', () => {
    for (const comment of ['(4, 10, 16, 16)', '(1, 10, 32, 32)', '(10, 16, 16)']) {
      const line = head(comment);
      assert.deepEqual(shapes(line), ['(1, classes, 16, 16)'], comment);
      assert.deepEqual(whys(line), ['classes: nothing that is read says what it is given.']);
    }
  });
});

describe('why something is not known that another part of the program gives', () => {
  it('is said with the file and the line of another file', () => {
    const beside = 'import torch\n\n\ndef load(x):\n    return unheard(x)\n';
    const path = 'file:///w/blocks.py';
    const { lines = [] } = read(
      'from blocks import load\nx = load(torch.zeros(1, 3, 8, 8))\ny = nn.Conv2d(3, 8, 3)(x)\n',
      {
        project: { resolve: (_from, module) => (module === 'blocks' ? { path, text: beside, version: 1 } : undefined) },
      },
    );
    assert.deepEqual(
      lines.map(({ name, why }) => [name, why.map(({ message, elsewhere }) => [message, elsewhere])]),
      ['x', 'y'].map((name) => [name, [['unheard is not defined in what is read.', { path, line: 5 }]]]),
    );
  });

  it('is what gives the argument, not the input of the model that takes it', () => {
    const line = lineOf(
      read(python`
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv2d(3, 8, 3)
            def forward(self, x):
                return self.conv(x)
        image = unheard(7).unsqueeze(0)
        out = Net()(image)
      `),
      'out',
    );
    assert.deepEqual(whys(line), ['unheard is not defined in what is read.']);
  });
});

describe('a layer without shapes', () => {
  it('is said to be applied by nothing only where nothing applies it, and of one that is refused nothing is', () => {
    const { reports } = read(python`
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.idle = nn.Conv2d(3, 8, 3)
              self.lost = nn.Conv2d(3, 8, 3)
              self.bad = nn.ConvTranspose2d(3, 8, 3, stride=2, output_padding=2)
          def forward(self, x):
              y = self.bad(x)
              return self.lost(torch.cat([x, y], 1))
    `);
    assert.deepEqual(
      reports.map((report) => unapplied(report)?.template),
      ['{0}: nothing that is read applies it.', '{0}: what it is applied to could not be followed.', undefined],
    );
  });
});

describe('what an assertion says of a shape', () => {
  const asserted = (assertion: string): string[] => {
    const body = `def run(x, wide):\n    ${assertion}\n    y = nn.Conv2d(3, 8, 3)(x)\n    return y`;
    return shapes(lineOf(read(body), 'y'));
  };

  it('is known of what nothing else tells, in all the ways in which it is written', () => {
    for (const assertion of [
      'assert x.shape == (2, 3, 16, 16)',
      'assert (2, 3, 16, 16) == x.shape, "so"',
      'assert x.size() == torch.Size([2, 3, 16, 16])',
      'assert list(x.shape) == [2, 3, 4 * 4, 16] and x.is_floating_point()',
    ])
      assert.deepEqual(asserted(assertion), ['(2, 8, 14, 14)'], assertion);
    assert.deepEqual(asserted('assert x.shape == (2, 3, wide, 16)'), ['(2, 8, wide - 2, 14)']);
  });

  it('says nothing where it asks for something else, and leaves alone what flows in', () => {
    for (const assertion of [
      'assert x.shape != (2, 3, 16, 16)',
      'assert x.shape == (2, 3, 16, 16) or True',
      'assert x.shape[0] == 2',
      'assert x.shape == (2, *rest)',
    ])
      assert.deepEqual(asserted(assertion), ['(N, 8, H - 2, W - 2)'], assertion);
    const body = 'x = torch.zeros(1, 3, 8, 8)\nassert x.shape == (1, 3, 9, 9)\ny = nn.Conv2d(3, 8, 3)(x)';
    assert.ok(
      read(body).lines?.every(({ shapes: all }) => all.every((dims) => !dims.includes(9) && !dims.includes(7))),
    );
  });
});

describe('models', () => {
  it('are told with the input that is assumed, and what they make of it', () => {
    const { networks = [] } = read(python`
      class Half(nn.Module):
          def forward(self, x):
              return F.avg_pool2d(x, 2)
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.half = Half()
              self.conv = nn.Conv2d(3, 8, 3, padding=1)
          def forward(self, image):
              return self.conv(self.half(image))
    `);
    assert.deepEqual(
      networks.map(({ name, entry, inputs, output, source }) => [name, entry, inputs, output, source]),
      [['Net', 'forward', [{ name: 'image', shape: ['N', 3, 'H', 'W'] }], ['N', 8, 'H//2', 'W//2'], 'symbolic']],
    );
  });
});
