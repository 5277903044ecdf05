import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createReader } from '../../../src/engine/reader/handlers';
import type { ReaderApi, ReadResult } from '../../../src/protocol/reader';

const net = (index: number, kernel: number): string =>
  `class Net${index}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 8, ${kernel})\n\n    def forward(self, x):\n        return self.conv(x)\n\ny${index} = Net${index}()(torch.randn(1, 3, 32, 32))\n`;
const file = (...kernels: readonly number[]): string => `import torch\nimport torch.nn as nn\n${kernels.map((kernel, index) => net(index, kernel)).join('')}`;
const path = 'file:///model.py';
const read = (reader: ReaderApi, text: string): ReadResult => reader.read({ path, text, inputShapes: {}, folders: [] });

describe('the reports that the reading thread tells', () => {
  it('keep their numbers as long as nothing of them changes', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5, 7));
    const after = read(reader, file(3, 1, 7));
    assert.equal(after.reports.length, 3);
    assert.deepEqual([after.reports[0], after.reports[2]], [before.reports[0], before.reports[2]]);
    assert.notEqual(after.reports[1], before.reports[1]);
    const [changed] = reader.reports(path, [after.reports[1]]);
    assert.deepEqual(changed.uses[0].outputShape, [1, 8, 32, 32]);
  });

  it('have others when a line above moves them, and stand where they are now', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5));
    const [first] = reader.reports(path, before.reports);
    const after = read(reader, file(3, 5).replace('\n', '\n\n'));
    const moved = reader.reports(path, after.reports);
    assert.equal(moved.length, 2);
    assert.equal(moved[0].span.start, first.span.start + 1);
    assert.deepEqual(reader.reports(path, before.reports), []);
  });

  it('are the same after a text was broken and mended', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5));
    const [good] = reader.reports(path, before.reports);
    const broken = read(reader, `${file(3, 5)}z = foo(\n`);
    assert.equal(broken.analysis.broken, true);
    const after = read(reader, file(3, 5));
    assert.deepEqual(reader.reports(path, after.reports)[0], good);
  });
});
