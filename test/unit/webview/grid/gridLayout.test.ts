import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createGridLayout } from '../../../../webview/grid/gridLayout';

/** As much of a page as a layout needs: a box that is as large as its style says. */
function opened(rows: number, columns: number, room: number) {
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
  layout.setRoom(room);
  layout.setExtent({ rows, columns });
  return { layout, scroller, space };
}

describe('the layout of a grid', () => {
  it('shows the whole plane, and goes on doing so when there is less room', () => {
    const { layout, scroller } = opened(10, 100, 400);
    assert.deepEqual([layout.cell.width, scroller.clientWidth, layout.isFitted], [4, 400, true]);
    assert.equal(layout.setRoom(200), true);
    assert.deepEqual([layout.cell.width, scroller.clientWidth], [2, 200]);
    assert.equal(layout.setRoom(200), false);
  });

  it('leaves what it zooms at where it is, and keeps that size when there is more room', () => {
    const { layout, scroller, space } = opened(100, 100, 400);
    const under = (): number => (scroller.scrollLeft + 100) / layout.cell.width;
    const before = under();
    layout.zoom(4, { x: 100, y: 100 });
    assert.deepEqual([layout.cell.width, layout.isFitted, space.style.width], [16, false, '1600px']);
    assert.equal(under(), before);
    layout.setRoom(800);
    assert.equal(layout.cell.width, 16);
    layout.fit();
    assert.equal(layout.isFitted, true);
  });

  it('is fitted again once a zoomed plane has shrunk until all of it is in view', () => {
    const { layout } = opened(100, 100, 400);
    layout.zoom(4, { x: 0, y: 0 });
    layout.setExtent({ rows: 100, columns: 60 });
    assert.equal(layout.isFitted, false);
    layout.setExtent({ rows: 10, columns: 20 });
    assert.equal(layout.isFitted, true);
  });

  it('finds the cell under the pointer, scrolled or not, and scrolls no further than it must to one', () => {
    const { layout, scroller } = opened(100, 100, 400);
    layout.zoom(4, { x: 0, y: 0 });
    const at = (clientX: number, clientY: number) => layout.placeAt({ clientX, clientY } as MouseEvent);
    assert.deepEqual(at(100 + 17, 50 + 33), { row: 2, column: 1 });
    layout.reveal({ row: 40, column: 30 });
    assert.deepEqual([scroller.scrollLeft, scroller.scrollTop], [31 * 16 - 400, 41 * 16 - 480]);
    layout.reveal({ row: 41, column: 29 });
    assert.deepEqual([scroller.scrollLeft, scroller.scrollTop], [31 * 16 - 400, 42 * 16 - 480]);
    assert.deepEqual(at(100, 50), { row: 12, column: 6 });
    assert.deepEqual(layout.rectangleOf({ row: 13, column: 7 }), { left: 16, top: 16, width: 16, height: 16 });
    assert.deepEqual(layout.middleOf({ row: 13, column: 7 }), { x: 24, y: 24 });
  });

  it('has no room until the page has been laid out', () => {
    assert.equal(opened(4, 4, 0).layout.hasRoom, false);
    assert.equal(opened(4, 4, 10).layout.hasRoom, true);
  });
});
