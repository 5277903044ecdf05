import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { matrixCounts } from '../../../../src/core/matrix/density';
import { resolve } from '../../../../src/core/plan';
import { wantsLens } from '../../../../webview/matrix/lens';
import { extentOf, rememberEntries, sceneOf } from '../../../../webview/matrix/scene';
import { fit } from '../../../../webview/matrix/viewport';
import { transposed } from '../documents';

/** Whether a lens is laid over a row of a 4 × 4 input's matrix, in a pane of this size. */
function lensIn(width: number, height: number): boolean {
  const resolution = resolve(transposed, [1, 1, 4, 4], [1, 1, 3, 3]);
  assert.ok(resolution.ok);
  const { plan } = resolution;
  const extent = extentOf(plan, width, height);
  const lit = { row: 3, pinned: false };
  return wantsLens(
    sceneOf(
      { plan, batch: 0, counts: matrixCounts(plan), viewport: fit(extent), extent, lit, active: undefined },
      rememberEntries(),
    ),
  );
}

describe('the lens over a row of the matrix', () => {
  it('is there in the side, and not in a drawer so low that it would cover most of the matrix', () => {
    assert.equal(lensIn(480, 420), true);
    assert.equal(lensIn(480, 60), false);
  });
});
