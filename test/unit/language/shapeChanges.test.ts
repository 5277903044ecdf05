import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ShapeChanges } from '../../../src/language/shapeChanges';
import { analyzeModule, type LineShape } from '../../../src/python';

const PATH = 'file:///w/net.py';

const linesOf = (stride: number, more = ''): readonly LineShape[] =>
  analyzeModule({
    path: PATH,
    text: `import torch
from torch import nn
${more}x = torch.zeros(1, 3, 32, 32)
x = nn.Conv2d(3, 8, 3, stride=${stride}, padding=1)(x)
y = x.mean(1)
`,
    lines: true,
  }).lines ?? [];

const told = (changes: ReadonlyMap<LineShape, string>): readonly string[] =>
  [...changes].map(([{ name, shapes }, was]) => `${name}: ${was} → (${shapes[0].join(', ')})`);

describe('what becomes of shapes while code is edited', () => {
  it('is held against the file as it was saved, line by line, wherever the lines have moved', () => {
    const changes = new ShapeChanges();
    assert.deepEqual(told(changes.of(PATH, linesOf(1), false)), []);
    const edited = ['x: (1, 8, 32, 32) → (1, 8, 16, 16)', 'y: (1, 32, 32) → (1, 16, 16)'];
    assert.deepEqual(told(changes.of(PATH, linesOf(2), true)), edited);
    assert.deepEqual(told(changes.of(PATH, linesOf(2, 'z = torch.zeros(1)\n'), true)), edited);
    assert.deepEqual(told(changes.of(PATH, linesOf(1), true)), []);
  });

  it('is nothing once that has been saved, nor of a file that was seen first as it was edited', () => {
    const changes = new ShapeChanges();
    assert.deepEqual(told(changes.of(PATH, linesOf(1), true)), []);
    assert.equal(told(changes.of(PATH, linesOf(2), true)).length, 2);
    assert.deepEqual(told(changes.of(PATH, linesOf(2), false)), []);
    assert.deepEqual(told(changes.of(PATH, linesOf(2), true)), []);
    changes.forget(PATH);
    assert.deepEqual(told(changes.of(PATH, linesOf(1), true)), []);
  });
});
