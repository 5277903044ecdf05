import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createReader } from '../../../src/reader/handlers';
import type { ReaderApi, ReadResult } from '../../../src/reader/api';
import { python } from '../../python';

const IMPORTS = python`
  import torch
  import torch.nn as nn
`;
const net = (kernel: number, index: number): string => python`
  class Net${index}(nn.Module):
      def __init__(self):
          super().__init__()
          self.conv = nn.Conv2d(3, 8, ${kernel})

      def forward(self, x):
          return self.conv(x)

  y${index} = Net${index}()(torch.randn(1, 3, 32, 32))
`;
const file = (...kernels: readonly number[]): string => IMPORTS + kernels.map(net).join('');
const path = 'file:///model.py';
const numbersOf = ({ reports }: ReadResult): number[] => reports.map(({ number }) => number);
const read = (reader: ReaderApi, text: string): ReadResult => reader.read({ path, text, inputShapes: {}, folders: [] });

describe('the reports that the reading thread tells', () => {
  it('keep their numbers as long as nothing of them changes', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5, 7));
    const after = read(reader, file(3, 1, 7));
    const [was, is] = [numbersOf(before), numbersOf(after)];
    assert.equal(is.length, 3);
    assert.deepEqual([is[0], is[2]], [was[0], was[2]]);
    assert.notEqual(is[1], was[1]);
    const [changed] = reader.reports(path, [is[1]]);
    assert.deepEqual(changed.uses[0].outputShape, [1, 8, 32, 32]);
  });

  it('have others when a line above moves them, and stand where they are now', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5));
    const old = reader.reports(path, numbersOf(before));
    const text = file(3, 5).replace('\n', '\n\n');
    const after = read(reader, text);
    const present = reader.reports(path, numbersOf(after));
    assert.deepEqual(present, reader.reports(path, numbersOf(after)));
    assert.deepEqual(
      present.map(({ span }) => span.start),
      old.map(({ span }) => span.start + 1),
    );
    assert.deepEqual(reader.reports(path, numbersOf(before)), []);
    assert.deepEqual(
      after.reports.map(({ from, by }) => [from, by]),
      numbersOf(before).map((number) => [number, 1]),
    );
    const anew = createReader();
    assert.deepEqual(present, anew.reports(path, numbersOf(read(anew, text))));
  });

  it('are the same after a text was broken and mended', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5));
    const [good] = reader.reports(path, numbersOf(before));
    const broken = read(reader, `${file(3, 5)}z = foo(\n`);
    assert.equal(broken.analysis.broken, true);
    const after = read(reader, file(3, 5));
    assert.deepEqual(reader.reports(path, numbersOf(after))[0], good);
  });
});
