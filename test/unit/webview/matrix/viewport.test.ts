import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cellAt,
  type Extent,
  fit,
  held,
  isNear,
  NEAREST,
  panned,
  showing,
  visible,
  zoomAt,
} from '../../../../webview/matrix/viewport';

const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 10_000_000 }));
const extents: fc.Arbitrary<Extent> = fc.record({
  rows: size,
  columns: size,
  width: fc.integer({ min: 60, max: 2000 }),
  height: fc.integer({ min: 40, max: 900 }),
});
const MILLION: Extent = { rows: 1e6, columns: 1e6, width: 900, height: 900 };

describe('the viewport of the matrix', () => {
  it('shows all of any matrix when fitted', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        assert.deepEqual(visible(fit(extent), extent), { top: 0, left: 0, bottom: extent.rows, right: extent.columns });
      }),
    );
  });

  it('goes from the whole of 10⁶ × 10⁶ to single entries, keeping the cell under the pointer', () => {
    let view = fit(MILLION);
    const at = { x: 200, y: 100 };
    const start = cellAt(view, MILLION, at.x, at.y);
    assert.ok(start);
    let steps = 0;
    while (!isNear(view) && steps++ < 100) view = zoomAt(view, MILLION, 1.5, at.x, at.y);
    assert.ok(isNear(view));
    const cell = cellAt(view, MILLION, at.x, at.y);
    assert.ok(
      cell &&
        Math.abs(cell.column - start.column) <= MILLION.columns / MILLION.width &&
        Math.abs(cell.row - start.row) <= MILLION.rows / MILLION.height,
    );
    const { left, right } = visible(view, MILLION);
    assert.equal(right - left, Math.ceil(MILLION.width / NEAREST.column));
  });

  it('never leaves the matrix, wherever it is moved', () => {
    fc.assert(
      fc.property(
        extents,
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        (extent, factor, x, y) => {
          const view = panned(zoomAt(fit(extent), extent, factor, 10, 10), extent, x, y);
          const { top, left, bottom, right } = visible(view, extent);
          assert.ok(
            top >= 0 && left >= 0 && bottom <= extent.rows && right <= extent.columns && top < bottom && left < right,
          );
          assert.deepEqual(held(view, extent), view);
        },
      ),
    );
  });

  it('brings any cell wholly into view, and does not move for one that is', () => {
    fc.assert(
      fc.property(extents, fc.nat(), fc.nat(), (extent, rowSeed, columnSeed) => {
        const [row, column] = [rowSeed % extent.rows, columnSeed % extent.columns];
        const near = held({ row: 0, column: 0, columnScale: NEAREST.column, rowScale: NEAREST.row }, extent);
        const view = showing(near, extent, row, column);
        const { top, left, bottom, right } = visible(view, extent);
        assert.ok(row >= top && row < bottom && column >= left && column < right);
        assert.equal(showing(view, extent, row, column), view);
      }),
    );
  });

  it('does not draw 10⁶ rows of 4 columns as a line', () => {
    const view = fit({ ...MILLION, columns: 4 });
    assert.equal(view.columnScale, NEAREST.column);
    assert.equal(view.rowScale * 1e6, 900);
  });
});
