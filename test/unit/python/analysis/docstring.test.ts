// What docstrings and the patterns of einops say of shapes, where nothing else does.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { analyzeModule, type ModuleAnalysis } from '../../../../src/python';

const HEAD = 'import torch\nfrom einops import rearrange\nfrom torch import nn\n';

/** A model that takes tokens, with a docstring of these lines. */
const net = (said: readonly string[], body: readonly string[], more = ''): ModuleAnalysis =>
  analyzeModule({
    path: 'file:///w/net.py',
    text: `${HEAD}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)

    def forward(self, x, mask=None):
        """Mixes.

${said.map((line) => `        ${line}\n`).join('')}        """
${body.map((line) => `        ${line}\n`).join('')}
${more}`,
    lines: true,
  });

const shapeOf = ({ lines = [] }: ModuleAnalysis, name: string): string => {
  const line = lines.find((each) => each.name === name);
  assert.ok(line, `nothing leaves ${name}`);
  return line.shapes.map((dims) => `(${dims.join(', ')})`).join(' | ') || '?';
};

const MEAN = ['y = x.mean(1)', 'return y'];

describe('a docstring', () => {
  for (const [style, said] of [
    ['Google', ['Args:', '    x (torch.Tensor): Tokens of shape (B, 256, dim).', '    mask: which of them count']],
    ['Google, on the next line', ['Args:', '    x (Tensor): Tokens, a tensor', '        of shape (B, 256, dim)']],
    ['NumPy', ['Parameters', '----------', 'x : Tensor, shape (B, 256, dim)', '    Tokens.']],
    ['Sphinx', [':param x: tokens, a tensor of shape [B, 256, dim]', ':return: something']],
    ['plain', ['x: (B, 256, dim)']],
    ['with the type', ['x (Tensor[B, 256, dim]): tokens']],
  ] as const)
    it(`gives an input its shape in the style of ${style}`, () => {
      const analysis = net(said, MEAN);
      assert.equal(shapeOf(analysis, 'y'), '(B, dim)');
      assert.deepEqual(
        analysis.networks?.map(({ inputs, source }) => [inputs[0].shape, source]),
        [[['B', 256, 'dim'], 'comment']],
      );
    });

  for (const [title, said] of [
    ['says nothing of a shape', ['x: the tokens (first, second)']],
    ['speaks of another parameter', ['mask: (B, 256, dim)']],
    ['speaks of a case', ['x: tensor of shape (B, 256, dim) if batched']],
    ['says two things', ['x: tensor of shape (B, 256, dim), or (256, dim)']],
    ['names two shapes', ['x: a tensor (B, 256, dim), as large as (B, 8)']],
    ['says two things in two places', ['x: (B, 256, dim)', '', 'x: (B, dim)']],
    ['speaks of a pair of numbers', ['x (tuple): size (H, W)']],
    ['leaves axes out', ['x: (B, ..., dim)']],
  ] as const)
    it(`gives none where it ${title}`, () => assert.equal(shapeOf(net(said, MEAN), 'y'), '?'));

  const SAID = ['x: (B, 256, dim)'];

  it('gives none to a parameter that is sizes itself, and one to that beside it', () => {
    const { inputs, networks = [] } = analyzeModule({
      path: 'file:///w/net.py',
      text: `${HEAD}
class Net(nn.Module):
    def forward(self, windows, window_size):
        """Puts windows together.

        windows: (B, 64, dim)
        window_size: (height, width)
        """
        return windows.mean(1) + window_size.mean(1)


nn.Conv2d(1, 1, 1)
`,
      lines: true,
    });
    assert.equal(inputs.length, 2);
    assert.deepEqual(
      networks[0].inputs.map(({ name, shape }) => [name, shape]),
      [
        ['windows', ['B', 64, 'dim']],
        ['window_size', undefined],
      ],
    );
  });

  it('is passed over where the layers tell the shape, or an example call does', () => {
    const body = ['y = self.conv(x)', 'return y'];
    assert.equal(shapeOf(net(SAID, body), 'y'), '(N, 8, H, W)');
    const example = 'Net()(torch.zeros(2, 5, 7))\n';
    assert.equal(shapeOf(net(SAID, MEAN, example), 'y'), '(2, 7)');
  });

  it('is passed over where the code does not agree, and no error comes of it', () => {
    const body = ['b, c = x.shape', 'y = x.reshape(b * c)', 'z = y + torch.zeros(4, b)', 'return z'];
    const without = net([], body);
    const analysis = net(SAID, body);
    assert.deepEqual(analysis.problems, []);
    assert.deepEqual(
      analysis.lines?.map(({ shapes }) => shapes),
      without.lines?.map(({ shapes }) => shapes),
    );
  });

  it('takes away no error that is there without it', () => {
    const body = ['y = x.mean(1)', 'torch.zeros(2, 3) @ torch.zeros(4, 5)', 'return y'];
    const errors = ({ problems }: ModuleAnalysis): readonly string[] => problems.map(({ code }) => code);
    assert.ok(errors(net([], body)).length > 0);
    assert.deepEqual(errors(net(SAID, body)), errors(net([], body)));
  });
});

describe('a pattern of einops', () => {
  it('gives a tensor of which nothing is known the number of its axes', () => {
    const body = ["y = rearrange(x, 'b c h w -> b (h w) c')", 'return y'];
    assert.equal(shapeOf(net([], body), 'y'), '(N, H*W, C)');
  });

  // einops 0.8: "Wrong shape: expected 4 dims. Received 3-dim tensor."
  it('is said to speak of other axes than the tensor has, as information', () => {
    const body = ["y = rearrange(torch.zeros(2, 3, 4), 'b c h w -> b (c h w)')", 'return y'];
    const told = net([], body).problems.map(({ severity, message }) => `${severity}: ${message}`);
    assert.deepEqual(told, ['info: The pattern speaks of the axes (b, c, h, w), but this has the shape (2, 3, 4).']);
    const right = ["y = rearrange(torch.zeros(2, 3, 4), 'b c (h two) -> b (c h two)', two=2)", 'return y'];
    assert.deepEqual(net([], right).problems, []);
  });
});
