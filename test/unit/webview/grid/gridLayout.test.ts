import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createGridLayout } from '../../../../webview/grid/gridLayout';

const square = (size: number) => ({ width: size, height: size });

/** As much of a page as a layout needs: a box that is as large as its style says. */
function opened(rows: number, columns: number, cell: number, room: number) {
  const style = { width: '0px', height: '0px' };
  const scroller = {
    style,
    scrollLeft: 0,
    scrollTop: 0,
    get clientWidth() {
      return Number.parseFloat(style.width);
    },
    get clientHeight() {
      return Number.parseFloat(style.height);
    },
    getBoundingClientRect: () => ({ left: 100, top: 50 }),
  };
  const space = { style: { width: '', height: '' } };
  const layout = createGridLayout(scroller as unknown as HTMLElement, space as unknown as HTMLElement);
  layout.setPlace({ cell: square(cell), ...square(room), plot: 0 });
  layout.setExtent({ rows, columns });
  return { layout, scroller, space };
}

describe('the layout of a grid', () => {
  it('takes no more than its place, and no more than its plane', () => {
    const { layout, scroller, space } = opened(10, 100, 4, 200);
    assert.deepEqual([scroller.clientWidth, scroller.clientHeight, space.style.width], [200, 40, '400px']);
    assert.equal(layout.isWhole, false);
    layout.setPlace({ cell: square(2), ...square(200), plot: 0 });
    assert.deepEqual([scroller.clientWidth, layout.isWhole], [200, true]);
  });

  it('has no room until the stage has given it some', () => {
    const style = { width: '0px', height: '0px' };
    const nothing = { style, scrollLeft: 0, scrollTop: 0, clientWidth: 0, clientHeight: 0 };
    const layout = createGridLayout(nothing as unknown as HTMLElement, { style } as unknown as HTMLElement);
    assert.equal(layout.hasRoom, false);
  });

  it('leaves what it is zoomed at where it is, and without an anchor what is in the middle', () => {
    const { layout, scroller } = opened(100, 100, 4, 400);
    const under = (x: number): number => (scroller.scrollLeft + x) / layout.cell.width;
    const before = under(100);
    layout.anchor({ x: 100, y: 100 });
    layout.setPlace({ cell: square(16), ...square(400), plot: 0 });
    assert.equal(under(100), before);
    const middle = under(200);
    layout.setPlace({ cell: square(32), ...square(400), plot: 0 });
    assert.equal(under(200), middle);
  });

  it('finds the cell under the pointer, scrolled or not, and scrolls no further than it must to one', () => {
    const { layout, scroller } = opened(100, 100, 16, 400);
    const at = (clientX: number, clientY: number) => layout.placeAt({ clientX, clientY } as MouseEvent);
    assert.deepEqual(at(100 + 17, 50 + 33), { row: 2, column: 1 });
    layout.reveal({ row: 40, column: 30 });
    assert.deepEqual([scroller.scrollLeft, scroller.scrollTop], [31 * 16 - 400, 41 * 16 - 400]);
    layout.reveal({ row: 41, column: 29 });
    assert.deepEqual([scroller.scrollLeft, scroller.scrollTop], [31 * 16 - 400, 42 * 16 - 400]);
    assert.deepEqual(at(100, 50), { row: 17, column: 6 });
    assert.deepEqual(layout.rectangleOf({ row: 18, column: 7 }), { left: 16, top: 16, width: 16, height: 16 });
    assert.deepEqual(layout.middleOf({ row: 18, column: 7 }), { x: 24, y: 24 });
  });
});
