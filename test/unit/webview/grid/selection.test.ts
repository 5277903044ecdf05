import assert from 'node:assert/strict';
import fc from 'fast-check';
import { all, at, isSelected, moved, movedByKey, regionOf, stepped, within } from '../../../../webview/grid/selection';

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

  for (const along of ['row', 'column'] as const) {
    it(`visits every cell once before it comes back, stepping along each ${along}`, () => {
      const visited = new Set<string>();
      let selection = corner;
      for (let step = 0; step < 12; step++) {
        visited.add(`${selection.active.row} ${selection.active.column}`);
        selection = stepped(selection, along, 1, extent);
      }
      assert.equal(visited.size, 12);
      assert.deepEqual(selection, corner);
      assert.deepEqual(stepped(stepped(corner, along, 1, extent), along, -1, extent), corner);
    });
  }

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
  });
});
