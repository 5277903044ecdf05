import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  boxOf,
  cellAt,
  contains,
  scrollAfterZoom,
  scrollToShow,
  visibleRegion,
} from '../../../../webview/grid/viewport';

const extents = fc.record({ rows: fc.integer({ min: 1, max: 4096 }), columns: fc.integer({ min: 1, max: 4096 }) });
const widths = fc.integer({ min: 40, max: 2000 });

const square = (size: number) => ({ width: size, height: size });

describe('the window onto a plane', () => {
  it('shows a plane whole where there is room for all of it', () => {
    fc.assert(
      fc.property(extents, widths, (extent, width) => {
        const cell = square(width / Math.max(extent.rows, extent.columns));
        const box = boxOf(extent, cell, { width: width + 1, height: width + 1 });
        assert.deepEqual(visibleRegion(extent, cell, { left: 0, top: 0 }, box), { row: 0, column: 0, ...extent });
      }),
    );
  });

  it('finds the cell under every point of that cell', () => {
    fc.assert(
      fc.property(extents, widths, fc.nat(), fc.nat(), (extent, width, y, x) => {
        const cell = square(width / extent.columns);
        const place = { row: y % extent.rows, column: x % extent.columns };
        assert.deepEqual(
          cellAt(extent, cell, (place.column + 0.5) * cell.width, (place.row + 0.5) * cell.height),
          place,
        );
      }),
    );
  });

  it('gives the nearest cell for points outside', () => {
    const extent = { rows: 3, columns: 2 };
    const cell = { width: 10, height: 10 };
    assert.deepEqual(cellAt(extent, cell, -5, 100), { row: 2, column: 0 });
  });

  it('asks for more with a margin, and never for cells that do not exist', () => {
    fc.assert(
      fc.property(extents, widths, fc.nat({ max: 10_000 }), fc.nat({ max: 10_000 }), (extent, width, left, top) => {
        const cell = square(30);
        const box = boxOf(extent, cell, { width, height: width });
        const seen = visibleRegion(extent, cell, { left, top }, box);
        const asked = visibleRegion(extent, cell, { left, top }, box, 0.25);
        assert.ok(contains(asked, seen));
        assert.ok(contains({ row: 0, column: 0, ...extent }, asked));
      }),
    );
  });

  it('scrolls no further than it must to show a cell', () => {
    assert.equal(scrollToShow(100, 50, 120, 10), 100);
    assert.equal(scrollToShow(100, 50, 90, 10), 90);
    assert.equal(scrollToShow(100, 50, 160, 10), 120);
    assert.equal(scrollToShow(100, 50, 120, 80), 120);
  });

  it('zooms about the point that stays in place', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1000 }),
        fc.nat({ max: 400 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (start, offset, before, after) => {
          const scroll = scrollAfterZoom(start, offset, before, after);
          assert.ok(Math.abs((scroll + offset) / after - (start + offset) / before) < 1e-9);
        },
      ),
    );
  });
});
