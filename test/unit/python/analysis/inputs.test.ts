import assert from 'node:assert/strict';
import type { AnalysisRequest, ModuleSource } from '../../../../src/python';
import { python } from '../../../python';
import { TORCH, analyze, usesOf } from './read';

const net = (parameter: string, before = '', after = ''): string => `${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, stride=2, padding=1)
    def forward(self, ${parameter}):
${before ? `        ${before}\n` : ''}        return self.conv(x)
${after}`;

describe('where the shape of the input comes from', () => {
  const cases: readonly (readonly [
    title: string,
    text: string,
    use: string,
    source: string,
    more?: Partial<AnalysisRequest>,
  ])[] = [
    ['symbols, when nothing says', net('x'), 'N 3 H W -> N 8 (H - 1)//2 + 1 (W - 1)//2 + 1', 'symbolic'],
    ['a comment', net('x', '# x: (N, 3, 64, 64)'), 'N 3 64 64 -> N 8 32 32', 'comment'],
    ['a comment without a name', net('x', '# shape: (2, 3, 10, 12)'), '2 3 10 12 -> 2 8 5 6', 'comment'],
    [
      'a comment behind a line that gives several names, one of which could be no name',
      net('batch', 'x, inputs = batch, other(batch)  # inputs: (1, 3, 64, 64)').replace(
        'self.conv(x)',
        'self.conv(inputs)',
      ),
      '1 3 64 64 -> 1 8 32 32',
      'comment',
    ],
    [
      'a jaxtyping annotation',
      net('x: Float[Tensor, "batch 3 32 w"]'),
      'batch 3 32 w -> batch 8 16 (w - 1)//2 + 1',
      'annotation',
    ],
    ['an example call', net('x', '', 'Net()(torch.randn(1, 3, 64, 48))\n'), '1 3 64 48 -> 1 8 32 24', 'example'],
    [
      'an example call in a test',
      net(
        'x',
        '',
        'def test_net():\n    net = Net().eval()\n    assert net(torch.zeros(2, 3, 8, 8)).shape == (2, 8, 4, 4)\n',
      ),
      '2 3 8 8 -> 2 8 4 4',
      'example',
    ],
    [
      'summary',
      `from torchsummary import summary\n${net('x', '', 'summary(Net(), (3, 20, 20))\n')}`,
      'N 3 20 20 -> N 8 10 10',
      'example',
    ],
    [
      'an example rather than a comment, which may be older than the program',
      net('x', '# x: (1, 3, 64, 64)', 'Net()(torch.randn(1, 3, 32, 32))\n'),
      '1 3 32 32 -> 1 8 16 16',
      'example',
    ],
    [
      'the user rather than anything',
      net('x', '# x: (1, 3, 64, 64)'),
      '5 3 16 16 -> 5 8 8 8',
      'user',
      { inputShapes: { 'Net.forward:x': [5, 3, 16, 16] } },
    ],
  ];
  for (const [title, text, use, source, more] of cases) {
    it(title, () => {
      const analysis = analyze(text, more);
      assert.deepEqual(usesOf(analysis, text, 'Conv2d'), [use]);
      assert.equal(analysis.reports[0].uses[0].source, source);
    });
  }

  const functional = `${TORCH}def double(x, scale=2):
    up = nn.ConvTranspose2d(3, 8, 2, stride=2)
    return up(x)
`;
  it('can be set for a function that nobody calls, under the key that its uses tell', () => {
    const { inputs, reports } = analyze(functional);
    assert.deepEqual([inputs.map(({ key }) => key), reports[0].uses[0].inputKey], [['double:x'], 'double:x']);
    const set = analyze(functional, { inputShapes: { 'double:x': [2, 3, 5, 'W'] } });
    assert.deepEqual(usesOf(set, functional, 'ConvTranspose2d'), ['2 3 5 W -> 2 8 10 2*W']);
    assert.deepEqual([set.reports[0].uses[0].source, set.reports[0].uses[0].inputKey], ['user', 'double:x']);
  });

  it('that is set for a function does not fit its layer, and is told so', () => {
    const { reports } = analyze(functional, { inputShapes: { 'double:x': [2, 4, 5, 5] } });
    assert.deepEqual(
      reports[0].problems.map(({ code }) => code),
      ['channels-mismatch'],
    );
    assert.equal(reports[0].refused?.inputKey, 'double:x');
  });

  it('names the parameter whose shape can be set', () => {
    const text = net('x, mask=None');
    const [point, ...more] = analyze(text).inputs;
    assert.equal(point.key, 'Net.forward:x');
    assert.equal(text.slice(point.span.start, point.span.end), 'x');
    assert.deepEqual(more, []);
  });

  for (const [title, text] of [
    ['a comment', net('x', '# x: (N, 3, 64, 64)')],
    ['an annotation', net('x: Float[Tensor, "n 3 32 32"]')],
    ['an example call', net('x', '', 'Net()(torch.randn(1, 3, 64, 48))\n')],
    ['a comment beside an example', net('x', '# x: (N, 3, 64, 64)', 'Net()(torch.randn(1, 3, 64, 48))\n')],
  ] as const) {
    it(`${title} can be overruled by what is set for the parameter`, () => {
      const key = analyze(text).reports[0].uses[0].inputKey;
      assert.equal(key, 'Net.forward:x');
      assert.deepEqual(usesOf(analyze(text, { inputShapes: { [key]: [5, 3, 16, 16] } }), text, 'Conv2d'), [
        '5 3 16 16 -> 5 8 8 8',
      ]);
    });
  }

  for (const [title, there, expected] of [
    ['is taken where there is a file of it', true, ['1 3 8 8 -> 1 5 8 8']],
    ['may be missing where there is none', false, []],
  ] as const) {
    it(`an import under try ${title}`, () => {
      const text = `${TORCH}${python`
        try:
            import sizes
            WIDTH = 5
        except ImportError:
            WIDTH = 7
        nn.Conv2d(3, WIDTH, 1)(torch.zeros(1, 3, 8, 8))
      `}`;
      const sizes = { path: '/project/sizes.py', version: 1, text: '' };
      const resolve = (_from: string, module: string): typeof sizes | undefined =>
        there && module === 'sizes' ? sizes : undefined;
      const told = usesOf(analyze(text, { path: '/project/main.py', project: { resolve } }), text);
      assert.deepEqual(
        told.filter((each) => !/[a-z_]/i.test(each)),
        expected,
      );
      assert.equal(told.length, 1);
    });
  }

  it('reaches over imports, to the file and from the file that uses it', () => {
    const blocks = {
      path: '/project/blocks.py',
      version: 1,
      text: `${TORCH}class Block(nn.Module):\n    def __init__(self, c):\n        super().__init__()\n        self.conv = nn.Conv2d(c, 2 * c, 3)\n    def forward(self, x):\n        return self.conv(x)\n`,
    };
    const text = `${TORCH}from .blocks import Block\nnn.MaxPool2d(2)(Block(4)(torch.zeros(1, 4, 10, 10)))\n`;
    const main = { path: '/project/main.py', version: 1, text };
    const resolve = (_from: string, module: string, level: number): typeof blocks | undefined =>
      module === 'blocks' && level === 1 ? blocks : undefined;
    assert.deepEqual(usesOf(analyze(text, { path: main.path, project: { resolve } }), text), ['1 8 8 8 -> 1 8 4 4']);
    const inside = analyze(blocks.text, { path: blocks.path, project: { resolve, importers: () => [main] } });
    assert.deepEqual(usesOf(inside, blocks.text), ['1 4 10 10 -> 1 8 8 8']);
    assert.deepEqual(
      inside.dependencies.map((each) => each.path),
      ['/project/main.py'],
    );
  });

  it('reaches round a circle of imports, from wherever in it one reads', () => {
    // PyTorch 2.15: main.py gives (1, 8, 32, 24).
    const files: Readonly<Record<string, string>> = {
      '/project/main.py': python`
        import torch
        from pkg.nets import Net
        y = Net()(torch.rand(1, 3, 64, 48))
      `,
      '/project/pkg/__init__.py': python`
        WIDTH = 8
        from . import nets
      `,
      '/project/pkg/nets/__init__.py': 'from .net import Net\n',
      '/project/pkg/nets/net.py': python`
        import torch.nn as nn
        from pkg import WIDTH
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv2d(3, WIDTH, 3, stride=2, padding=1)
            def forward(self, x):
                return self.conv(x)
      `,
    };
    const at = (path: string): ModuleSource => ({ path, version: 1, text: files[path] });
    const resolve = (from: string, module: string, level: number): ModuleSource | undefined => {
      const folder = level === 0 ? '/project' : from.replace(/\/\w+\.py$/, '');
      const base = [folder, ...module.split('.')].filter((part) => part !== '').join('/');
      const path = [`${base}.py`, `${base}/__init__.py`].find((each) => each in files);
      return path === undefined ? undefined : at(path);
    };
    const { path, text } = at('/project/pkg/nets/net.py');
    const inside = analyze(text, { path, project: { resolve, importers: () => [at('/project/main.py')] } });
    assert.deepEqual(usesOf(inside, text), ['1 3 64 48 -> 1 8 32 24']);
  });

  it('costs nothing where no such word stands', () => {
    const analysis = analyze('import os\nprint(os.name)\n');
    assert.deepEqual([analysis.reports, analysis.memo], [[], undefined]);
  });
});
