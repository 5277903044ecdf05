import assert from 'node:assert/strict';
import { TORCH, analyze } from './read';

/** Wordings of PyTorch 2.15, each seen when the program ran. */
const wrong: readonly (readonly [title: string, body: string, code: string, words: string])[] = [
  [
    'output padding',
    'nn.ConvTranspose2d(1, 1, 3, 2, 1, 2)(torch.zeros(1, 1, 4, 4))',
    'output-padding-large',
    'output padding must be smaller than either stride or dilation',
  ],
  ['groups', 'nn.Conv2d(3, 4, 3, groups=2)', 'groups-divide', 'in_channels must be divisible by groups'],
  [
    'a padding mode',
    "nn.ConvTranspose2d(3, 3, 3, padding_mode='reflect')",
    'padding-mode',
    'Only "zeros" padding mode is supported for ConvTranspose2d',
  ],
  [
    'same padding with a stride',
    "nn.Conv2d(3, 3, 3, stride=2, padding='same')",
    'padding-text',
    "padding='same' is not supported for strided convolutions",
  ],
  ['a missing argument', 'nn.Conv2d(3, 4)', 'arguments', "missing 1 required positional argument: 'kernel_size'"],
  [
    'channels',
    'nn.Conv2d(4, 8, 3)(torch.zeros(1, 3, 8, 8))',
    'channels-mismatch',
    'expected input[1, 3, 8, 8] to have 4 channels, but got 3 channels instead',
  ],
  [
    'a rank',
    'nn.Conv2d(4, 8, 3)(torch.zeros(8, 8))',
    'input-rank',
    'Expected 3D (unbatched) or 4D (batched) input to conv2d',
  ],
  [
    'an empty output',
    'nn.Conv2d(1, 1, 5)(torch.zeros(1, 1, 3, 3))',
    'output-empty',
    "Kernel size can't be greater than actual input size",
  ],
  [
    'an impossible output size',
    'nn.ConvTranspose2d(1, 1, 3, 2)(torch.zeros(1, 1, 4, 4), output_size=[20, 20])',
    'output-size-range',
    'requested an output size of',
  ],
];

const loose: readonly (readonly [title: string, body: string, code: string, words: string])[] = [
  [
    'cat of unequal sizes',
    'torch.cat([nn.Conv2d(1, 1, 3)(torch.zeros(1, 1, 8, 8)), torch.zeros(1, 1, 8, 8)], 1)',
    'cat-unequal',
    'Sizes of tensors must match except in dimension 1',
  ],
  [
    'a residual of another size',
    'nn.Conv2d(1, 2, 3, 2, 1)(torch.zeros(1, 1, 8, 8)) + torch.zeros(1, 2, 8, 8)',
    'broadcast-mismatch',
    'must match the size of tensor b (8) at non-singleton dimension 3',
  ],
  [
    'a target of another size',
    'nn.BCEWithLogitsLoss()(nn.Conv2d(1, 1, 3)(torch.zeros(1, 1, 8, 8)), torch.zeros(1, 1, 8, 8))',
    'loss-size',
    'Target size (torch.Size([1, 1, 8, 8])) must be the same as input size (torch.Size([1, 1, 6, 6]))',
  ],
  [
    'a view of another total',
    'nn.Conv2d(1, 2, 3)(torch.zeros(1, 1, 8, 8)).view(1, 99)',
    'view-total',
    "shape '[1, 99]' is invalid for input of size 72",
  ],
  [
    'a linear layer',
    'nn.Linear(10, 2)(nn.Conv2d(1, 2, 3)(torch.zeros(1, 1, 8, 8)).flatten(1))',
    'channels-mismatch',
    'mat1 and mat2 shapes cannot be multiplied (1x72 and 10x2)',
  ],
  [
    'a normalisation',
    'nn.BatchNorm2d(3)(nn.Conv2d(1, 2, 3)(torch.zeros(1, 1, 8, 8)))',
    'channels-mismatch',
    'running_mean should contain 2 elements not 3',
  ],
];

describe('problems, with the framework’s own words', () => {
  for (const [title, body, code, words] of wrong) {
    it(`of a layer: ${title}`, () => {
      const found = analyze(`${TORCH}${body}\n`)
        .reports.flatMap((report) => report.problems)
        .filter((each) => each.severity === 'error');
      assert.deepEqual(
        found.map((each) => each.code),
        [code],
      );
      assert.ok(found[0].framework?.includes(words), found[0].framework);
    });
  }
  for (const [title, body, code, words] of loose) {
    it(`between layers: ${title}`, () => {
      const { problems } = analyze(`${TORCH}${body}\n`);
      assert.deepEqual(
        problems.map((each) => each.code),
        [code],
      );
      assert.ok(problems[0].framework?.includes(words), problems[0].framework);
    });
  }

  it('are not told where an error is meant, or where it is not certain', () => {
    const bad = 'nn.Conv2d(4, 8, 3)(torch.zeros(1, 3, 8, 8))';
    for (const body of [
      `import pytest\nwith pytest.raises(RuntimeError):\n    ${bad}`,
      `try:\n    ${bad}\nexcept RuntimeError:\n    pass`,
      `if torch.cuda.is_available():\n    ${bad}`,
    ]) {
      const analysis = analyze(`${TORCH}${body}\n`);
      assert.deepEqual([...analysis.problems, ...analysis.reports.flatMap((each) => each.problems)], [], body);
    }
  });

  it('note uneven overlap and holes', () => {
    const notes = analyze(
      `${TORCH}nn.ConvTranspose2d(1, 1, 3, 2)\nnn.Sequential(nn.ConvTranspose2d(1, 1, 3, 2), nn.ConvTranspose2d(1, 1, 2, 3), nn.ConvTranspose2d(1, 1, 4, 2))(torch.zeros(1, 1, 4, 4))\n`,
    ).reports.map((each) => each.problems.map(({ code, severity }) => `${code} ${severity}`).join());
    assert.deepEqual(notes, ['', 'checkerboard info', 'holes info', '']);
  });
});

describe('a float where a whole number is due', () => {
  const repairOf = (call: string): unknown => {
    const { reports } = analyze(`${TORCH}k = 5\nw = torch.zeros(8, 3, 5, 5)\nx = torch.zeros(1, 3, 9, 9)\n${call}\n`);
    const [problem] = reports[0].problems;
    assert.equal(problem.code, 'not-whole');
    return problem.repairs;
  };

  for (const [call, argument, text] of [
    ['nn.Conv2d(3, 8, k, padding=(k - 1) / 2)', 'padding', '(k - 1) // 2'],
    ['nn.Conv2d(3, 16 /2, k)', 'out_channels', '16 //2'],
    ['nn.Conv2d(3, 16 / k / 2, k)', 'out_channels', '16 / k // 2'],
    ['F.conv2d(x, w, None, 1, (k-1)/2)', 'padding', '(k-1)//2'],
  ] as const)
    it(`is mended where it is a quotient: ${call}`, () => {
      assert.deepEqual(repairOf(call), [{ kind: 'set', values: { [argument]: text }, preferred: true }]);
    });

  it('has no repair where nobody can tell what was meant', () => {
    assert.deepEqual(repairOf('nn.Conv2d(3, 8, k, padding=2.0)'), []);
  });
});
