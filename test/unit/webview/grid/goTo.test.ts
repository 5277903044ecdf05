import assert from 'node:assert/strict';
import { unflatten } from '../../../../webview/grid/lookups';
import { parseGoTo } from '../../../../webview/grid/goTo';

const shape = [2, 4, 8, 9];
const shown = [1, 3, 0, 0];

describe('a cell that is gone to', () => {
  for (const [text, index] of [
    ['3,5', [1, 3, 3, 5]],
    ['3 5', [1, 3, 3, 5]],
    ['2,3,5', [1, 2, 3, 5]],
    ['0, 2, 3, 5', [0, 2, 3, 5]],
    ['[3, 5]', [1, 3, 3, 5]],
    ['out[3,5]', [1, 3, 3, 5]],
    ['-1,-1', [1, 3, 7, 8]],
  ] as const) {
    it(`${text} is ${index.join()}`, () =>
      assert.deepEqual(parseGoTo(text, shape, shown, 2), { ok: true, index: [...index] }));
  }

  for (const [text, fault] of [
    ['', 'text'],
    ['a,b', 'text'],
    ['1.5,2', 'text'],
    ['3', 'few'],
    ['1,1,1,1,1', 'many'],
  ] as const) {
    it(`“${text}” is none: ${fault}`, () => assert.deepEqual(parseGoTo(text, shape, shown, 2), { ok: false, fault }));
  }

  it('is said to lie outside by its axis', () => {
    assert.deepEqual(parseGoTo('8,0', shape, shown, 2), { ok: false, fault: 'range', axis: 2, at: 8 });
    assert.deepEqual(parseGoTo('4,0,-10', shape, shown, 2), { ok: false, fault: 'range', axis: 1, at: 4 });
  });

  it('is one number in a signal', () => {
    assert.deepEqual(parseGoTo('5', [1, 2, 9], [0, 1, 0], 1), { ok: true, index: [0, 1, 5] });
  });

  it('is found from its place in memory', () => {
    assert.deepEqual(unflatten(shape, 0), [0, 0, 0, 0]);
    assert.deepEqual(unflatten(shape, 2 * 4 * 8 * 9 - 1), [1, 3, 7, 8]);
    assert.deepEqual(unflatten(shape, 4 * 8 * 9 + 8 * 9 + 9 + 2), [1, 1, 1, 2]);
  });
});
