import assert from 'node:assert/strict';
import type { Fix, ModuleAnalysis } from '../../../../../src/core/python';
import { TORCH, analyze } from './read';

function applied(text: string, fix: Fix): string {
  return [...fix.edits].sort((a, b) => b.span.start - a.span.start).reduce((result, { span, text: replacement }) => result.slice(0, span.start) + replacement + result.slice(span.end), text);
}

const fixesOf = (analysis: ModuleAnalysis): readonly Fix[] => analysis.reports.flatMap((report) => report.problems.flatMap((problem) => problem.fixes));
const problemsOf = (analysis: ModuleAnalysis): string[] => [...analysis.problems, ...analysis.reports.flatMap((report) => report.problems)].filter((each) => each.severity !== 'info').map((each) => each.code);

describe('fixes', () => {
  const cases: readonly (readonly [title: string, body: string, fix: string, result: string])[] = [
    ['the output padding that restores the encoder’s size', 'x = torch.zeros(1, 4, 16, 16)\ny = nn.Conv2d(4, 8, 3, 2, 1)(x)\ntorch.cat([x, torch.relu(nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)(y))], 1)\n', 'Set output_padding to 1', 'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)'],
    ['the padding that does', 'x = torch.zeros(1, 4, 12, 12)\ny = nn.Conv2d(4, 8, 4, 2, 1)(x)\nx + nn.ConvTranspose2d(8, 4, 4, 2, 0)(y)\n', 'Set padding to 1', 'nn.ConvTranspose2d(8, 4, 4, 2, 1)'],
    ['a legal output padding', 'nn.ConvTranspose2d(3, 3, 3, stride=2, output_padding=2)\n', 'Set output_padding to 1', 'output_padding=1)'],
    ['channels the wrong way round', 'nn.Conv2d(8, 4, 3)(torch.zeros(1, 4, 9, 9))\n', 'Swap in_channels and out_channels', 'nn.Conv2d(4, 8, 3)'],
    ['groups where the output padding goes', 'nn.ConvTranspose2d(8, 8, 3, 2, 1, 8, 1)\n', 'Swap output_padding and groups', 'nn.ConvTranspose2d(8, 8, 3, 2, 1, 1, 8)'],
  ];
  for (const [title, body, name, result] of cases) {
    it(`${title}: after it nothing is wrong`, () => {
      const text = TORCH + body;
      const analysis = analyze(text);
      assert.notDeepEqual(problemsOf(analysis), []);
      const fix = fixesOf(analysis).find((each) => each.title === name);
      assert.ok(fix, fixesOf(analysis).map((each) => each.title).join());
      const mended = applied(text, fix);
      assert.ok(mended.includes(result), mended);
      assert.deepEqual(problemsOf(analyze(mended)), []);
    });
  }

  it('say PyTorch’s equivalent of a Keras layer, sliced where none is exact', () => {
    const text = "import keras\nfrom keras.layers import Conv2DTranspose\ni = keras.Input((4, 4, 8))\nConv2DTranspose(2, 4, strides=2, padding='same')(i)\nConv2DTranspose(2, 3, strides=2, padding='same')(i)\nConv2DTranspose(2, 1, strides=2, padding='same', use_bias=False)(i)\n";
    assert.deepEqual(analyze(text).reports.map((each) => each.equivalent), [
      { exact: true, code: 'nn.ConvTranspose2d(8, 2, 4, stride=2, padding=1)' },
      { exact: false, code: 'nn.ConvTranspose2d(8, 2, 3, stride=2)', slice: 'y[..., 0:2*H, 0:2*W]' },
      { exact: true, code: 'nn.ConvTranspose2d(8, 2, 1, stride=2, output_padding=1, bias=False)' },
    ]);
  });
});
