import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  all,
  at,
  isSelected,
  moved,
  movedByKey,
  regionOf,
  selectionOf,
  walked,
  within,
} from '../../../../webview/grid/selection';

const extent = { rows: 3, columns: 4 };
const corner = at({ row: 0, column: 0 });
const none = { shift: false, jump: false };

describe('the cursor of a grid', () => {
  for (const [key, modifiers, row, column] of [
    ['ArrowDown', none, 1, 0],
    ['ArrowRight', none, 0, 1],
    ['ArrowUp', none, 0, 0],
    ['End', none, 0, 3],
    ['End', { shift: false, jump: true }, 2, 3],
    ['ArrowDown', { shift: false, jump: true }, 2, 0],
    ['PageDown', none, 2, 0],
  ] as const) {
    it(`goes from the first cell by ${modifiers.jump ? 'Ctrl+' : ''}${key} to ${row}, ${column}`, () => {
      assert.deepEqual(movedByKey(corner, key, modifiers, extent, 2)?.active, { row, column });
    });
  }

  it('leaves keys that move nothing alone', () => {
    assert.equal(movedByKey(corner, 'a', none, extent, 2), undefined);
  });

  it('grows the range from its anchor with Shift', () => {
    const grown = movedByKey(moved(corner, 1, 1, extent), 'ArrowRight', { shift: true, jump: false }, extent, 2);
    assert.ok(grown);
    assert.deepEqual(regionOf(grown), { row: 1, column: 1, rows: 1, columns: 2 });
  });

  it('goes by Enter down to the edge, and by Tab through the lines', () => {
    const ends = walked(walked(walked(corner, 'column', 1, extent), 'column', 1, extent), 'column', 1, extent);
    assert.deepEqual(ends.active, { row: 2, column: 0 });
    assert.deepEqual(walked(at({ row: 0, column: 3 }), 'row', 1, extent).active, { row: 1, column: 0 });
    assert.deepEqual(walked(at({ row: 1, column: 0 }), 'row', -1, extent).active, { row: 0, column: 3 });
  });

  for (const along of ['row', 'column'] as const) {
    it(`visits every cell of a selected block once, along each ${along}, and the block stays selected`, () => {
      const block = { row: 1, column: 1, rows: 2, columns: 3 };
      const first = selectionOf(block);
      const visited = new Set<string>();
      let selection = first;
      for (let step = 0; step < 6; step++) {
        assert.deepEqual(regionOf(selection), block);
        assert.ok(isSelected(block, selection.active));
        visited.add(`${selection.active.row} ${selection.active.column}`);
        selection = walked(selection, along, 1, { rows: 9, columns: 9 });
      }
      assert.equal(visited.size, 6);
      assert.deepEqual(selection, first);
      const there = walked(first, along, 1, extent);
      assert.deepEqual(walked(there, along, -1, extent), first);
    });
  }

  it('goes on with the block’s corner when Shift grows it after a walk', () => {
    const walk = walked(selectionOf({ row: 0, column: 0, rows: 2, columns: 2 }), 'row', 1, extent);
    assert.deepEqual(regionOf(moved(walk, 0, 1, extent, true)), { row: 0, column: 0, rows: 2, columns: 3 });
  });

  it('selects exactly the cells of its range', () => {
    const places = fc.record({ row: fc.nat({ max: 5 }), column: fc.nat({ max: 5 }) });
    fc.assert(
      fc.property(places, places, places, (anchor, active, place) => {
        const inside = (one: number, a: number, b: number): boolean => one >= Math.min(a, b) && one <= Math.max(a, b);
        const expected =
          inside(place.row, anchor.row, active.row) && inside(place.column, anchor.column, active.column);
        assert.equal(isSelected(regionOf({ anchor, active }), place), expected);
      }),
    );
  });

  it('follows a plane that shrinks, and is the same object when it need not', () => {
    const whole = all({ rows: 8, columns: 8 });
    assert.deepEqual(within(whole, extent).active, { row: 2, column: 3 });
    assert.equal(within(corner, extent), corner);
    const block = within(selectionOf({ row: 0, column: 0, rows: 9, columns: 2 }), extent);
    assert.deepEqual(regionOf(block), { row: 0, column: 0, rows: 3, columns: 2 });
  });
});
