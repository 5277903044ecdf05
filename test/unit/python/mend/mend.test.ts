import assert from 'node:assert/strict';
import { mend } from '../../../../src/python/mend/mend';
import { equivalentOf } from '../../../../src/python/mend/equivalent';
import type { Fix } from '../../../../src/python/mend/setArguments';
import { analyzeModule } from '../../../../src/python';

function applied(text: string, { edits }: Fix): string {
  return [...edits]
    .reverse()
    .reduce((whole, { span, text: put }) => whole.slice(0, span.start) + put + whole.slice(span.end), text);
}

/** The source after each fix that is offered for its problems with this code. */
function mended(text: string, code: string): string[] {
  const analysis = analyzeModule({ path: 'm.py', text });
  const own = analysis.reports.flatMap((report) => report.problems.map((problem) => ({ problem, report })));
  const loose = analysis.problems.map((problem) => ({ problem, report: undefined }));
  const found = [...own, ...loose].filter(({ problem }) => problem.code === code);
  assert.ok(
    found.length > 0,
    `${code} was not reported, but ${[...own, ...loose].map(({ problem }) => problem.code).join(', ')}`,
  );
  return found.flatMap(({ problem, report }) => mend(text, analysis, problem, report).map((fix) => applied(text, fix)));
}

const errors = (text: string): string[] => {
  const { reports, problems } = analyzeModule({ path: 'm.py', text });
  return [...reports.flatMap((report) => report.problems), ...problems]
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
};

const TORCH = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

describe('mending what is illegal', () => {
  const cases: readonly [code: string, wrong: string, right: string][] = [
    [
      'output-padding-large',
      'up = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=2)\n',
      'up = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=1)\n',
    ],
    [
      'channels-mismatch',
      'c = nn.Conv2d(3, 8, 3)\ny = c(torch.zeros(1, 5, 9, 9))\n',
      'c = nn.Conv2d(5, 8, 3)\ny = c(torch.zeros(1, 5, 9, 9))\n',
    ],
    [
      'channels-mismatch',
      'c = nn.Conv2d(8, 3, 3)\ny = c(torch.zeros(1, 3, 9, 9))\n',
      'c = nn.Conv2d(3, 8, 3)\ny = c(torch.zeros(1, 3, 9, 9))\n',
    ],
    [
      'padding-text',
      "c = nn.Conv2d(3, 8, 3, stride=2, padding='same')\n",
      'c = nn.Conv2d(3, 8, 3, stride=2, padding=1)\n',
    ],
    [
      'output-empty',
      'c = nn.Conv2d(3, 8, 7)\ny = c(torch.zeros(1, 3, 4, 4))\n',
      'c = nn.Conv2d(3, 8, 7, padding=2)\ny = c(torch.zeros(1, 3, 4, 4))\n',
    ],
  ];
  for (const [code, wrong, right] of cases) {
    it(`${code}: ${wrong.split('\n')[0]}`, () => {
      assert.notDeepEqual(errors(TORCH + wrong), []);
      assert.ok(mended(TORCH + wrong, code).includes(TORCH + right));
      assert.deepEqual(errors(TORCH + right), []);
    });
  }

  it('makes a transposed layer restore the size of its encoder, by the solver', () => {
    const text = `${TORCH}down = nn.Conv2d(3, 8, 3, stride=2, padding=1)\nup = nn.ConvTranspose2d(8, 3, 3, stride=2, padding=1)\nx = torch.zeros(1, 3, 32, 32)\ny = torch.cat([x, up(down(x))], dim=1)\n`;
    assert.notDeepEqual(errors(text), []);
    const [first] = mended(text, 'cat-unequal');
    assert.match(first, /nn\.ConvTranspose2d\(8, 3, 3, stride=2, padding=1, output_padding=1\)/);
    assert.deepEqual(errors(first), []);
  });
});

describe('the PyTorch equivalent of a Keras layer', () => {
  const cases: readonly [call: string, exact: boolean, code: string, slice?: string][] = [
    ["Conv2DTranspose(8, 4, strides=2, padding='same')", true, 'nn.ConvTranspose2d(3, 8, 4, stride=2, padding=1)'],
    [
      "Conv2DTranspose(8, 2, strides=3, padding='same')",
      true,
      'nn.ConvTranspose2d(3, 8, 2, stride=3, output_padding=1)',
    ],
    [
      "Conv2DTranspose(8, 3, strides=2, padding='same')",
      false,
      'nn.ConvTranspose2d(3, 8, 3, stride=2)',
      'y[..., 0:32, 0:32]',
    ],
    ["Conv2D(8, 3, padding='same', use_bias=False)", true, 'nn.Conv2d(3, 8, 3, padding=1, bias=False)'],
    ["Conv2D(8, 3, strides=2, padding='same')", false, 'nn.Conv2d(3, 8, 3, stride=2)', 'x = F.pad(x, (0, 1, 0, 1))'],
    ['Conv2D(8, 5)', true, 'nn.Conv2d(3, 8, 5)'],
    [
      "Conv2DTranspose(8, 4, strides=2, padding='same', output_padding=1)",
      false,
      'nn.ConvTranspose2d(3, 8, 4, stride=2)',
      'y[..., 1:32, 1:32]',
    ],
    ['Conv2D(filters, 5)', true, 'nn.Conv2d(3, out_channels, 5)'],
  ];
  for (const [call, exact, code, slice] of cases) {
    it(`${call}: ${exact ? code : `${code} and ${slice}`}`, () => {
      const text = `import keras\nfrom keras import layers\nx = keras.Input(shape=(16, 16, 3))\ny = layers.${call}(x)\n`;
      const [report] = analyzeModule({ path: 'k.py', text }).reports;
      const found = equivalentOf(report, report.uses[0]);
      assert.deepEqual(found, slice === undefined ? { exact, code } : { exact, code, slice });
    });
  }
});
