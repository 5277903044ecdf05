// What the inspector is asked to open for a call: also for one that the framework refuses, with what is refused.
import assert from 'node:assert/strict';
import type { Range, Uri } from 'vscode';
import { shapeOf } from '../../../src/core/shape';
import { draftOf } from '../../../src/language/draft';
import { useOf } from '../../../src/language/refusedUse';
import { analyzeModule } from '../../../src/python';

const uri = { toString: () => 'file:///m.py' } as Uri;
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } as Range;
const TORCH = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const KERAS = 'import keras\nfrom keras import layers\nx = keras.Input(shape=(16, 20, 6), batch_size=2)\n';

function draft(code: string) {
  const [report] = analyzeModule({ path: 'm.py', text: `${code}\n` }).reports;
  const use = useOf(report, 0);
  return { report, draft: use && draftOf(report, use, uri, range) };
}

describe('the draft of a call that is refused', () => {
  /** Each is refused by PyTorch 2.15 when it runs; the code is what our rules call it. */
  const illegal: readonly (readonly [
    code: string,
    input: readonly number[],
    weight: readonly number[],
    rule: string,
  ])[] = [
    [
      `${TORCH}nn.ConvTranspose2d(4, 6, 3, stride=2, output_padding=2)(torch.zeros(1, 4, 5, 5))`,
      [1, 4, 5, 5],
      [4, 6, 3, 3],
      'output-padding-large',
    ],
    [`${TORCH}nn.Conv2d(4, 6, 3)(torch.zeros(1, 5, 8, 8))`, [1, 5, 8, 8], [6, 4, 3, 3], 'channels-mismatch'],
    [`${TORCH}nn.ConvTranspose1d(4, 6, 3, groups=2)(torch.zeros(1, 8, 9))`, [1, 8, 9], [4, 3, 3], 'channels-mismatch'],
    [`${TORCH}nn.Conv2d(4, 6, 7)(torch.zeros(4, 3, 3))`, [4, 3, 3], [6, 4, 7, 7], 'output-empty'],
    [`${TORCH}nn.Conv2d(4, 6, 3, groups=3)(torch.zeros(1, 4, 8, 8))`, [1, 4, 8, 8], [6, 1, 3, 3], 'groups-divide'],
  ];
  for (const [code, input, weight, rule] of illegal) {
    it(`${code.split('\n').at(-1)} shows ${input.join('×')} under ${weight.join('×')}, and ${rule}`, () => {
      const { report, draft: made } = draft(code);
      assert.deepEqual(report.uses, []);
      assert.deepEqual(
        report.problems.map((each) => each.code),
        [rule],
      );
      assert.deepEqual([made?.inputShape, made?.weightShape], [input, weight]);
      assert.ok(made && shapeOf(made.op, made.inputShape, made.weightShape).problems.length > 0);
    });
  }

  it('of a layer that nobody applies has an input of some size', () => {
    const { draft: made } = draft(`${TORCH}up = nn.ConvTranspose2d(4, 6, (3, 7), stride=2, output_padding=2)`);
    assert.deepEqual([made?.inputShape, made?.weightShape, made?.bias], [[1, 4, 4, 7], [4, 6, 3, 7], true]);
    assert.ok(made && shapeOf(made.op, made.inputShape, made.weightShape).problems.length > 0);
  });

  it('knows the input whose shape can be set, where that has one', () => {
    const { report } = draft(`${TORCH}class Up(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(4, 6, 3, stride=0)
    def forward(self, x):  # x: (N, 4, 5, 6)
        return self.up(x)`);
    assert.equal(useOf(report, 0)?.inputKey, 'Up.forward:x');
    assert.deepEqual(useOf(report, 0)?.inputShape, [1, 4, 5, 6]);
  });

  it('is not told of a layer that is applied in a legal way, too', () => {
    const { report } = draft(`${TORCH}c = nn.Conv2d(4, 6, 3)\nc(torch.zeros(1, 4, 8, 8))\nc(torch.zeros(1, 5, 8, 8))`);
    assert.equal(report.uses.length, 1);
    assert.equal(report.refused, undefined);
  });
});

describe('the bias of a call', () => {
  const calls: readonly (readonly [code: string, bias: boolean])[] = [
    [`${TORCH}nn.Conv2d(4, 6, 3)(torch.zeros(1, 4, 8, 8))`, true],
    [`${TORCH}nn.Conv2d(4, 6, 3, bias=False)(torch.zeros(1, 4, 8, 8))`, false],
    [`${TORCH}nn.ConvTranspose2d(4, 6, 2, groups=2)(torch.zeros(1, 4, 8, 8))`, true],
    [`${TORCH}F.conv2d(torch.zeros(1, 4, 8, 8), torch.zeros(6, 4, 3, 3), torch.zeros(6))`, true],
    [`${TORCH}F.conv2d(torch.zeros(1, 4, 8, 8), torch.zeros(6, 4, 3, 3))`, false],
    [`${TORCH}F.conv2d(torch.zeros(1, 4, 8, 8), torch.zeros(6, 4, 3, 3), bias=None)`, false],
    [`${KERAS}layers.Conv2D(8, 3)(x)`, true],
    [`${KERAS}layers.Conv2D(8, 3, use_bias=False)(x)`, false],
  ];
  for (const [code, bias] of calls) {
    it(`goes along where there is one: ${code.split('\n').at(-1)}`, () => {
      assert.equal(draft(code).draft?.bias, bias);
    });
  }
});
