import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addedBy, filled, grownTo, onLine } from '../../../../webview/grid/series';

describe('cells filled from others', () => {
  for (const [seed, at, mode, value] of [
    [[1, 2, 3], 3, 'repeat', 1],
    [[1, 2, 3], -1, 'repeat', 3],
    [[1, 2], 2, 'series', 3],
    [[1, 2], -1, 'series', 0],
    [[0.1, 0.2], 2, 'series', 0.3],
    [[5], 2, 'series', 7],
    [[1, 4, 5], 3, 'series', 7],
    [[10, 8], 4, 'series', 2],
  ] as const) {
    it(`${seed.join(', ')} has ${value} at ${at} (${mode})`, () => assert.equal(onLine(seed, at, mode), value));
  }

  it('are as they were where they are the seed’s own', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 5 }), fc.nat(4), (seed, at) => {
        const place = at % seed.length;
        for (const mode of ['repeat', 'series'] as const) assert.ok(Object.is(onLine(seed, place, mode), seed[place]));
      }),
    );
  });

  const source = { row: 2, column: 2, rows: 2, columns: 2 };

  it('go one way from their source: the longer', () => {
    assert.deepEqual(grownTo(source, { row: 6, column: 5 }), { ...source, rows: 5 });
    assert.deepEqual(grownTo(source, { row: 0, column: 2 }), { ...source, row: 0, rows: 4 });
    assert.deepEqual(grownTo(source, { row: 1, column: 0 }), { ...source, column: 0, columns: 4 });
    assert.equal(grownTo(source, { row: 3, column: 2 }), source);
  });

  it('are those of the target that are not of the source', () => {
    const place = fc.record({ row: fc.nat(9), column: fc.nat(9) });
    fc.assert(
      fc.property(place, (to) => {
        const target = grownTo(source, to);
        const added = addedBy(source, target);
        if (target === source) return;
        assert.equal(added.rows * added.columns, target.rows * target.columns - source.rows * source.columns);
        const overlaps =
          added.row < source.row + source.rows &&
          source.row < added.row + added.rows &&
          added.column < source.column + source.columns &&
          source.column < added.column + added.columns;
        assert.equal(overlaps, false);
      }),
    );
  });

  it('continue each line by itself, in every channel', () => {
    const target = grownTo(source, { row: 5, column: 2 });
    const block = filled(
      source,
      addedBy(source, target),
      [
        [1, 10, 2, 20],
        [0, 0, 5, 5],
      ],
      'series',
      Number,
    );
    assert.deepEqual([block.rows, block.columns], [2, 2]);
    assert.deepEqual(
      block.channels.map((each) => [...Array.from(each)]),
      [
        [3, 30, 4, 40],
        [10, 10, 15, 15],
      ],
    );
    const before = addedBy(source, grownTo(source, { row: 2, column: 1 }));
    const left = filled(source, before, [[1, 10, 2, 20]], 'repeat', Number);
    assert.deepEqual([...Array.from(left.channels[0])], [10, 20]);
  });
});
