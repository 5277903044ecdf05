import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type RulerAxis, rulerIndices } from '../../../../webview/grid/rulerIndices';

const lengthOf = (index: number): number => String(index).length * 7;
const axis = (count: number, cell: number, room = count * cell, offset = 0): RulerAxis => ({
  count,
  cell,
  offset,
  room,
  lengthOf,
});
const written = (of: RulerAxis, ...lit: readonly number[]): readonly number[] =>
  rulerIndices(of, new Set(lit))
    .map(({ index }) => index)
    .sort((one, other) => one - other);

describe('the indices along a grid', () => {
  it('are all of them where there is room, else those at even steps', () => {
    assert.deepEqual(written(axis(4, 60)), [0, 1, 2, 3]);
    assert.deepEqual(written(axis(16, 12)), [0, 2, 4, 6, 8, 10, 12, 14]);
  });

  it('have what is lit among them, in bold, and not what would touch it', () => {
    const found = rulerIndices(axis(384, 1.3), new Set([153]));
    assert.deepEqual(
      found.filter(({ bold }) => bold).map(({ index }) => index),
      [153],
    );
    assert.ok(found.length > 5);
  });

  it('write the first of two that are lit side by side', () => {
    assert.deepEqual(
      rulerIndices(axis(192, 1), new Set([76, 77]))
        .filter(({ bold }) => bold)
        .map(({ index }) => index),
      [76],
    );
  });

  it('never touch one another, nor the edge', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.double({ min: 0.2, max: 60, noNaN: true }),
        fc.integer({ min: 40, max: 900 }),
        fc.array(fc.nat(2999), { maxLength: 6 }),
        (count, cell, room, lit) => {
          const shown = Math.min(room, count * cell);
          const found = [...rulerIndices(axis(count, cell, shown), new Set(lit))].sort(
            (one, other) => one.at - other.at,
          );
          found.forEach(({ index, at }, place) => {
            const half = lengthOf(index) / 2;
            if (shown > 4 * lengthOf(count)) assert.ok(at - half >= -1e-9 && at + half <= shown + 1e-9);
            const next = found.at(place + 1);
            if (next) assert.ok(at + half < next.at - lengthOf(next.index) / 2);
          });
        },
      ),
    );
  });
});
