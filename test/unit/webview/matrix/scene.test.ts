import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { matrixCounts } from '../../../../src/core/matrix/density';
import { resolve } from '../../../../src/core/plan';
import { statisticsOf } from '../../../../src/core/tensor/statistics';
import { stepOf } from '../../../../src/core/tensor/colourSteps';
import { scaleOf } from '../../../../webview/legend/scale';
import { entryColours } from '../../../../webview/matrix/entryColours';
import { extentOf, rememberEntries, sceneOf } from '../../../../webview/matrix/scene';
import { fit } from '../../../../webview/matrix/viewport';
import { emptyModel, headOf, noSight, transposed } from '../documents';

function planOf(size: number) {
  const resolution = resolve(transposed, [1, 1, size, size], [1, 1, 3, 3]);
  assert.ok(resolution.ok);
  return resolution.plan;
}

/** The whole matrix of an input of this size in 640 × 480 CSS pixels. */
function whole(size: number) {
  const plan = planOf(size);
  const extent = extentOf(plan, 640, 480);
  return sceneOf(
    { plan, batch: 0, counts: matrixCounts(plan), viewport: fit(extent), extent, lit: undefined, active: undefined },
    rememberEntries(),
  );
}

describe('what the matrix shows of its entries', () => {
  it('is each of them, in its colour, where cells are large enough for one', () => {
    const { near, fine, entries } = whole(4);
    assert.deepEqual([near, fine, entries.length], [false, true, 121]);
  });

  it('is how many there are where they are more than can be painted in a frame', () => {
    assert.equal(whole(32).fine, true);
    const { near, fine, entries } = whole(64);
    assert.deepEqual([near, fine, entries.length], [false, false, 0]);
  });

  it('is worked out once for a window', () => {
    const plan = planOf(4);
    const entriesOf = rememberEntries();
    const window = { top: 0, bottom: 8, left: 0, right: 4 };
    assert.equal(entriesOf(plan, window), entriesOf(plan, { ...window }));
    assert.notEqual(entriesOf(plan, window), entriesOf(plan, { ...window, right: 5 }));
  });
});

describe('the colour of an entry', () => {
  const weight = Float32Array.of(-4, 0, 1, 2, 3, 4, NaN, 6, 8);
  const received = {
    head: headOf(1),
    sight: { ...noSight, statistics: [{ tensor: 'weight', statistics: statisticsOf(weight.subarray(0, 6)) }] } as const,
  };
  const model = { ...emptyModel(), received };
  const entry = (...weights: number[]) => ({ row: 0, column: 0, weights });

  it("is that of the kernel's grid, of the sum where padding folds", () => {
    const { colourOf } = entryColours(model, { at: (_tensor, flat) => weight[flat] });
    const scale = scaleOf('weight', model.view, received.sight.statistics[0].statistics);
    assert.deepEqual(colourOf(entry(0)), scale.table.colours[0]);
    assert.deepEqual(colourOf(entry(2, 3)), scale.table.colours[stepOf(scale, 3)]);
    assert.notDeepEqual(colourOf(entry(0)), colourOf(entry(5)));
  });

  it('is none while a value is on its way', () => {
    assert.equal(entryColours(model, { at: () => undefined }).colourOf(entry(1)), undefined);
  });
});
