import assert from 'node:assert/strict';
import { callBeginningAt } from '../../../src/language/layerAt';
import { analyzeModule } from '../../../src/python';
import { python } from '../../python';

describe('the call that begins at a place', () => {
  const text = python`
    import torch
    import torch.nn as nn
    for cls, shape in ((nn.Conv1d, (1, 3, 9)), (nn.ConvTranspose1d, (1, 3, 7))):
        y = cls(3, 4, 3)(torch.zeros(shape))
  `;
  const { reports } = analyzeModule({ path: 'a.py', text });
  const at = text.indexOf('cls(3');

  it('is of the kind that is named, where one call makes layers of several kinds', () => {
    assert.deepEqual(
      reports.map(({ callee, span }) => [callee, span.start]),
      [
        ['torch.nn.Conv1d', at],
        ['torch.nn.ConvTranspose1d', at],
      ],
    );
    for (const { callee } of reports) assert.equal(callBeginningAt(reports, at, callee)?.callee, callee);
  });

  it('is of another kind where none of that kind is left, and nothing where no call begins', () => {
    assert.equal(callBeginningAt(reports, at, 'torch.nn.Conv3d')?.callee, 'torch.nn.Conv1d');
    assert.equal(callBeginningAt(reports, at, undefined)?.callee, 'torch.nn.Conv1d');
    assert.equal(callBeginningAt(reports, at + 1, 'torch.nn.Conv1d'), undefined);
  });
});
