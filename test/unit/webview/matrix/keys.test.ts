import assert from 'node:assert/strict';
import { matrixCounts } from '../../../../src/core/matrix/density';
import { keyAction } from '../../../../webview/matrix/keys';
import { planOf } from '../../core/arbitraries';

const plan = planOf({ kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [0, 0] }, [1, 4, 4], [1, 1, 3, 3]);
const context = { extent: { rows: 4, columns: 16, width: 800, height: 100 }, counts: matrixCounts(plan), page: 3 };
const press = (key: string, row: number, column: number, ctrlKey = false): unknown =>
  keyAction({ key, ctrlKey, metaKey: false, altKey: false }, { ...context, from: { row, column } });

describe('the keys of the matrix', () => {
  for (const [key, ctrl, to] of [
    ['ArrowRight', false, [1, 4]],
    ['ArrowLeft', false, [1, 2]],
    ['ArrowDown', false, [2, 3]],
    ['ArrowUp', false, [0, 3]],
    ['Home', false, [1, 0]],
    ['End', false, [1, 15]],
    ['PageDown', false, [3, 3]],
    ['PageUp', false, [0, 3]],
    // Row 1 is 0 w w w 0 w w w 0 w w w 0 0 0 0.
    ['ArrowRight', true, [1, 5]],
    ['ArrowLeft', true, [1, 2]],
    ['ArrowUp', true, [0, 3]],
    ['ArrowDown', true, [3, 3]],
    ['Home', true, [0, 0]],
    ['End', true, [3, 15]],
  ] as const) {
    it(`${ctrl ? 'Ctrl+' : ''}${key} goes from (1, 3) to (${to.join(', ')})`, () => {
      assert.deepEqual(press(key, 1, 3, ctrl), { case: 'move', to: { row: to[0], column: to[1] } });
    });
  }

  it('stays within the matrix', () => {
    assert.deepEqual(press('ArrowRight', 0, 15), { case: 'move', to: { row: 0, column: 15 } });
    assert.deepEqual(press('PageDown', 3, 0), { case: 'move', to: { row: 3, column: 0 } });
  });

  it('pins, zooms and leaves, and lets every other key go by', () => {
    const cases = ['Enter', '+', '=', '-', '0', 'Escape', 'a', 'Tab'].map((key) => press(key, 0, 0));
    assert.deepEqual(cases, [
      { case: 'pin' },
      { case: 'in' },
      { case: 'in' },
      { case: 'out' },
      { case: 'fit' },
      { case: 'leave' },
      undefined,
      undefined,
    ]);
  });
});
