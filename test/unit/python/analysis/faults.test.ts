// An error of the analysis itself: it costs what was being run, is told as ours, and nothing else is lost.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ModuleAnalysis } from '../../../../src/python';
import { createReader } from '../../../../src/reader/handlers';
import { python } from '../../../python';
import { follow, InlineReader } from '../../reader/support';
import { failing } from '../fault';
import { analyze, TORCH, usesOf } from './read';

/** Three models; what `forward` of the second calls throws in the interpreter. */
const MODELS = python`
  ${TORCH.trim().replaceAll('\n', '\n  ')}

  class First(nn.Module):
      def __init__(self):
          super().__init__()
          self.conv = nn.Conv2d(3, 4, 3)

      def forward(self, x):
          return self.conv(x)

  class Second(nn.Module):
      def __init__(self):
          super().__init__()
          self.before = nn.Conv2d(3, 5, 3)
          self.after = nn.Conv2d(5, 6, 3)

      def forward(self, x):
          return self.after(torch.flip(self.before(x), [2]))

  class Third(nn.Module):
      def __init__(self):
          super().__init__()
          self.conv = nn.Conv2d(3, 7, 3)

      def forward(self, x):
          return self.conv(x)
`;
const SCRIPT = python`
  first = First()(torch.randn(1, 3, 8, 8))
  second = Second()(torch.randn(1, 3, 8, 8))
  third = Third()(torch.randn(1, 3, 8, 8))
`;

const told = ({ faults = [] }: ModuleAnalysis): string[] => faults.map(({ name, message }) => `${name}: ${message}`);
const OURS = ['TypeError: flip is broken'];

describe('an error of the analysis itself', () => {
  const fault = failing('torch.flip', () => new TypeError('flip is broken'));
  beforeEach(() => fault.begin());
  afterEach(() => fault.end());

  it('costs the function in which it happens, and is told as ours', () => {
    const analysis = analyze(MODELS);
    assert.deepEqual(usesOf(analysis, MODELS), [
      'N 3 H W -> N 4 H - 2 W - 2',
      'N 3 H W -> N 5 H - 2 W - 2',
      'N 3 H W -> N 7 H - 2 W - 2',
    ]);
    assert.deepEqual(told(analysis), OURS);
    assert.ok(analysis.faults?.[0]?.stack.includes('failing'));
    assert.deepEqual([analysis.incomplete, analysis.problems], [false, []]);
    // The layer that the function had still to run is reported as made.
    assert.deepEqual(
      analysis.reports.map(({ parameters }) => parameters.out_channels),
      [4, 5, 6, 7],
    );
    assert.deepEqual(
      analysis.reports.flatMap(({ problems }) => problems),
      [],
    );
  });

  it('costs the statement at the top level in which it happens', () => {
    const text = MODELS + SCRIPT;
    const analysis = analyze(text);
    assert.deepEqual(usesOf(analysis, text), ['1 3 8 8 -> 1 4 6 6', '1 3 8 8 -> 1 5 6 6', '1 3 8 8 -> 1 7 6 6']);
    assert.deepEqual(told(analysis), OURS);
  });

  it('inside a condition that cannot be decided takes back what that had changed', () => {
    const text = python`
      ${TORCH.trim().replaceAll('\n', '\n      ')}
      out = 4
      if flag:
          out = 5
          torch.flip(torch.randn(2, 2), [0])
      nn.Conv2d(3, out, 3)(torch.randn(1, 3, 8, 8))
    `;
    const analysis = analyze(text);
    assert.deepEqual(usesOf(analysis, text), ['1 3 8 8 -> 1 4 6 6']);
    assert.deepEqual(told(analysis), OURS);
  });

  it('in an imported file costs a statement of that', async () => {
    const files = {
      'main.py': `${TORCH}from parts import width\nnn.Conv2d(3, width, 3)(torch.randn(1, 3, 8, 8))\n`,
      'parts.py': 'import torch\nbroken = torch.flip(torch.randn(2, 2), [0])\nwidth = 9\n',
    };
    const { analysis } = await follow(files, 'main.py');
    assert.deepEqual(usesOf(analysis, files['main.py']), ['1 3 8 8 -> 1 9 6 6']);
    assert.deepEqual(told(analysis), OURS);
  });

  it('reaches the host with all other reports of the file, again as long as it is there, and not when it is gone', async () => {
    const reader = new InlineReader(createReader());
    const read = async (text: string): Promise<ModuleAnalysis> =>
      (await follow({ 'm.py': text }, 'm.py', reader)).analysis;
    const text = MODELS + SCRIPT;
    const uses = ['1 3 8 8 -> 1 4 6 6', '1 3 8 8 -> 1 5 6 6', '1 3 8 8 -> 1 7 6 6'];
    const first = await read(text);
    assert.deepEqual([usesOf(first, text), told(first)], [uses, OURS]);
    // What is not run again has its fault still.
    const longer = `${text}\nlast = nn.Conv2d(3, 8, 3)(torch.randn(1, 3, 8, 8))\n`;
    const again = await read(longer);
    assert.deepEqual([usesOf(again, longer), told(again)], [[...uses, '1 3 8 8 -> 1 8 6 6'], OURS]);
    const mended = text.replace('torch.flip(self.before(x), [2])', 'self.before(x)');
    const after = await read(mended);
    assert.deepEqual(usesOf(after, mended), [...uses.slice(0, 2), '1 5 6 6 -> 1 6 4 4', uses[2]]);
    assert.deepEqual(told(after), []);
  });
});
