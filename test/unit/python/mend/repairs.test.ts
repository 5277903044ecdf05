import assert from 'node:assert/strict';
import { mend } from '../../../../src/python/mend/mend';
import type { Fix } from '../../../../src/python/mend/setArguments';
import { format } from '../../../../src/core/problem';
import type { ModuleAnalysis } from '../../../../src/python';
import { TORCH, analyze } from '../analysis/read';

function applied(text: string, fix: Fix): string {
  return [...fix.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (result, { span, text: replacement }) => result.slice(0, span.start) + replacement + result.slice(span.end),
      text,
    );
}

const fixesOf = (text: string, analysis: ModuleAnalysis): readonly Fix[] =>
  analysis.reports.flatMap((report) => report.problems.flatMap((problem) => mend(text, analysis, problem, report)));
const titleOf = ({ template, args }: Fix): string => format(template, args);
const problemsOf = (analysis: ModuleAnalysis): string[] =>
  [...analysis.problems, ...analysis.reports.flatMap((report) => report.problems)]
    .filter((each) => each.severity !== 'info')
    .map((each) => each.code);

describe('fixes', () => {
  const cases: readonly (readonly [title: string, body: string, fix: string, result: string])[] = [
    [
      'the output padding that restores the encoder’s size',
      'x = torch.zeros(1, 4, 16, 16)\ny = nn.Conv2d(4, 8, 3, 2, 1)(x)\ntorch.cat([x, torch.relu(nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)(y))], 1)\n',
      'Set output_padding=1',
      'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)',
    ],
    [
      'the padding that does',
      'x = torch.zeros(1, 4, 12, 12)\ny = nn.Conv2d(4, 8, 4, 2, 1)(x)\nx + nn.ConvTranspose2d(8, 4, 4, 2, 0)(y)\n',
      'Set padding=1',
      'nn.ConvTranspose2d(8, 4, 4, 2, 1)',
    ],
    [
      'sizes that differ by a known number, though neither is known',
      'class U(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.up = nn.ConvTranspose2d(4, 4, 3)\n    def forward(self, x):\n        return torch.cat([x, self.up(x)], 1)\n',
      'Set padding=1',
      'nn.ConvTranspose2d(4, 4, 3, padding=1)',
    ],
    [
      'a layer after which a convolution keeps the size',
      'x = torch.zeros(1, 4, 16, 16)\ny = nn.Conv2d(4, 8, 3, 2, 1)(x)\nx - nn.Conv2d(8, 4, 3, padding=1)(nn.ConvTranspose2d(8, 8, 3, 2, 1)(y))\n',
      'Set output_padding=1',
      'nn.ConvTranspose2d(8, 8, 3, 2, 1, output_padding=1)',
    ],
    [
      'axes that lack different numbers',
      'x = torch.zeros(1, 4, 16, 15)\ny = nn.Conv2d(4, 8, 3, 2, 1)(x)\nx + nn.ConvTranspose2d(8, 4, 3, 2, 1)(y)\n',
      'Set output_padding=(1, 0)',
      'nn.ConvTranspose2d(8, 4, 3, 2, 1, output_padding=(1, 0))',
    ],
    [
      'a reconstruction and its target, under a loss',
      'x = torch.zeros(1, 4, 28, 28)\ny = torch.sigmoid(nn.ConvTranspose2d(8, 4, 3, 2, 1)(nn.Conv2d(4, 8, 3, 2, 1)(x)))\nnn.BCELoss()(y, x)\n',
      'Set output_padding=1',
      'nn.ConvTranspose2d(8, 4, 3, 2, 1, output_padding=1)',
    ],
    [
      'another one',
      'x = torch.zeros(1, 4, 28, 28)\ny = nn.ConvTranspose2d(8, 4, 3, 2, 1)(nn.Conv2d(4, 8, 3, 2, 1)(x))\nF.mse_loss(y, x)\n',
      'Set output_padding=1',
      'nn.ConvTranspose2d(8, 4, 3, 2, 1, output_padding=1)',
    ],
    [
      'a layer of Keras, in the words that Keras has',
      'from keras import layers, Input\ni = Input((33, 33, 3))\nd = layers.Conv2D(8, 3, strides=2, padding="same")(i)\nlayers.Concatenate()([layers.Conv2DTranspose(3, 3, strides=2, padding="same")(d), i])\n',
      'Set output_padding=0',
      'padding="same", output_padding=0)',
    ],
    [
      'a legal output padding',
      'nn.ConvTranspose2d(3, 3, 3, stride=2, output_padding=2)\n',
      'Set output_padding=1',
      'output_padding=1)',
    ],
    [
      'a legal output padding, after a comma that stands there',
      'nn.ConvTranspose2d(\n    8, 4, 3, stride=2, padding=1,\n)(torch.zeros(1, 8, 8, 8)) + torch.zeros(1, 4, 16, 16)\n',
      'Set output_padding=1',
      'padding=1, output_padding=1\n)',
    ],
    [
      'a legal output padding, behind a comment',
      'nn.ConvTranspose2d(\n    8, 4, 3, stride=2, padding=1,  # halves\n)(torch.zeros(1, 8, 8, 8)) + torch.zeros(1, 4, 16, 16)\n',
      'Set output_padding=1',
      'padding=1,  # halves\n output_padding=1)',
    ],
    [
      'channels the wrong way round',
      'nn.Conv2d(8, 4, 3)(torch.zeros(1, 4, 9, 9))\n',
      'Swap in_channels and out_channels',
      'nn.Conv2d(4, 8, 3)',
    ],
    [
      'groups where the output padding goes',
      'nn.ConvTranspose2d(8, 8, 3, 2, 1, 8, 1)\n',
      'Swap output_padding and groups',
      'nn.ConvTranspose2d(8, 8, 3, 2, 1, 1, 8)',
    ],
  ];
  for (const [title, body, name, result] of cases) {
    it(`${title}: after it nothing is wrong`, () => {
      const text = TORCH + body;
      const analysis = analyze(text);
      assert.notDeepEqual(problemsOf(analysis), []);
      const fix = fixesOf(text, analysis).find((each) => titleOf(each) === name);
      assert.ok(fix, fixesOf(text, analysis).map(titleOf).join());
      const mended = applied(text, fix);
      assert.ok(mended.includes(result), mended);
      assert.deepEqual(problemsOf(analyze(mended)), []);
    });
  }

  it('leave alone what a call gets through ** and cannot state twice', () => {
    const text = `${TORCH}cfg = {'stride': 2, 'output_padding': 2}\nnn.ConvTranspose2d(8, 4, 3, **cfg)\n`;
    const analysis = analyze(text);
    assert.deepEqual(problemsOf(analysis), ['output-padding-large']);
    assert.deepEqual(fixesOf(text, analysis), []);
  });
});
