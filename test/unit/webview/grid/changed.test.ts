import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { rememberChanged } from '../../../../webview/grid/changed';
import { planeOf, shownShapes } from '../../../../webview/grid/planeOf';
import type { Model } from '../../../../webview/model';
import { emptyModel, headOf } from '../documents';

/** A model whose input has two channels of 3 × 4, of which these cells changed. */
function changedBy(marked: readonly number[], serial = 1): Model {
  const against = { tensor: 'input', name: 'Stop 1', serial, marked } as const;
  const head = headOf(1, { inputShape: [1, 2, 3, 4], weightShape: [2, 1, 3, 3], against });
  return { ...emptyModel(), edited: { head, plan: undefined } };
}

describe('cells that changed since the stop before', () => {
  it('are those of the plane on show', () => {
    const model = changedBy([1, 11, 12 + 6]);
    const plane = planeOf('input', shownShapes(model), model.view.slices);
    assert.ok(plane);
    const first = rememberChanged('input')(model, plane, false);
    assert.deepEqual(first.places, [
      { row: 0, column: 1 },
      { row: 2, column: 3 },
    ]);
    assert.equal(first.has(2, 3), true);
    assert.equal(first.has(1, 2), false);
    const second = rememberChanged('input')(model, { ...plane, leading: [0, 1] }, false);
    assert.deepEqual(second.places, [{ row: 1, column: 2 }]);
    assert.deepEqual(rememberChanged('output')(model, plane, false).places, []);
  });

  it('are found anew only where they are others', () => {
    const model = changedBy([1]);
    const plane = planeOf('input', shownShapes(model), model.view.slices);
    assert.ok(plane);
    const changedIn = rememberChanged('input');
    const first = changedIn(model, plane, false);
    assert.equal(changedIn({ ...model }, plane, false), first);
    assert.notEqual(changedIn(changedBy([1], 2), plane, false), first);
  });
});
