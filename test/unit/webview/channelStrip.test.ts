import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { channelStrip, stripOrder, thumbRequest, visiblePlaces } from '../../../webview/state/channelStrip';
import { collectWatches } from '../../../webview/state/watches';
import { DEFAULT_VIEW } from '../../../webview/view';
import { headOf, transposed } from './documents';

const head = headOf(1, {
  operation: { ...transposed, groups: 2 },
  inputShape: [2, 4, 30, 90],
  weightShape: [4, 3, 3, 3],
});
const outputShape = [2, 6, 60, 180];
const slices = { ...DEFAULT_VIEW.slices, batch: 1, inputChannel: 1, outputChannel: 2 };
const strip = (name: 'input' | 'weight' | 'output') => channelStrip(name, head, outputShape, slices);

describe('the channels of a tensor at a glance', () => {
  it('are all that it has, of the image on show', () => {
    for (const [name, count, shown, leading] of [
      ['input', 4, 1, [1, 3]],
      ['output', 6, 2, [1, 3]],
    ] as const) {
      const found = strip(name);
      assert.deepEqual([found?.count, found?.shown, found?.before], [count, shown, [1]]);
      assert.deepEqual(found?.leadingAt(3), leading);
    }
  });

  it('of a kernel are those of its first axis', () => {
    const found = strip('weight');
    assert.deepEqual([found?.count, found?.shown, found?.before], [4, 1, []]);
    // The output channel follows into the group, and keeps its place in it.
    assert.deepEqual(found?.leadingAt(3), [3, 2]);
    assert.equal(found?.slicesAt(3).outputChannel, 5);
  });

  it('are not shown where there is only one', () => {
    const single = headOf(1, { inputShape: [3, 1, 4, 4] });
    for (const name of ['input', 'weight', 'output'] as const)
      assert.equal(channelStrip(name, single, [3, 1, 8, 8], slices), undefined);
    assert.equal(channelStrip('output', head, [], slices), undefined);
  });

  it('are asked for as small as they are drawn, and sampled', () => {
    const request = thumbRequest('input', strip('input')!, 2, 40);
    assert.deepEqual(request, {
      key: 'thumb:input:2',
      tensor: 'input',
      leading: [1, 2],
      row: 0,
      column: 0,
      rows: 30,
      columns: 90,
      maxRows: 13,
      maxColumns: 40,
      sampled: true,
    });
  });

  it('leave the statistics to the plane that is on show', () => {
    const watches = collectWatches(headOf(1));
    const request = thumbRequest('input', strip('input')!, 2, 40);
    watches.set(request.key, request);
    watches.set('grid:input', { ...request, key: 'grid:input', sampled: undefined });
    assert.equal(watches.current('plane').planes[0].key, 'grid:input');
  });

  it('stand as they are counted, or with most energy first', () => {
    assert.deepEqual(stripOrder(4, undefined), [0, 1, 2, 3]);
    assert.deepEqual(stripOrder(4, [1, 3, Infinity, 3]), [2, 1, 3, 0]);
    // Of another number of channels, energies say nothing.
    assert.deepEqual(stripOrder(3, [1, 2]), [0, 1, 2]);
  });

  it('are made only where they can be seen', () => {
    assert.deepEqual(visiblePlaces(512, 52, 0, 520, 64), { first: 0, last: 10 });
    assert.deepEqual(visiblePlaces(512, 52, 130, 520, 64), { first: 2, last: 13 });
    assert.deepEqual(visiblePlaces(512, 52, 0, 9999, 64), { first: 0, last: 64 });
    assert.deepEqual(visiblePlaces(3, 52, 0, 520, 64), { first: 0, last: 3 });
    assert.deepEqual(visiblePlaces(3, 52, 9999, 520, 64), { first: 2, last: 3 });
  });
});
