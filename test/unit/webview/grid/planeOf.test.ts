import assert from 'node:assert/strict';
import { flatIndex, indexOf, placeOf, planeOf } from '../../../../webview/grid/planeOf';
import { DEFAULT_VIEW } from '../../../../webview/view';

const slices = (batch: number, inputChannel: number, outputChannel: number, depth = 0) => ({
  ...DEFAULT_VIEW.slices,
  batch,
  inputChannel,
  outputChannel,
  depth: { input: depth, weight: depth, output: depth },
});
const conv = { kind: 'conv', inputShape: [2, 4, 5, 6], weightShape: [6, 2, 3, 3], outputShape: [2, 6, 3, 4] } as const;
const transposed = {
  kind: 'convTranspose',
  inputShape: [2, 4, 5, 6],
  weightShape: [4, 3, 3, 3],
  outputShape: [2, 6, 7, 8],
} as const;

describe('the plane that a grid shows', () => {
  for (const [title, name, shapes, chosen, leading] of [
    ['input of a batch', 'input', conv, slices(1, 3, 0), [1, 3]],
    ['output of a batch', 'output', conv, slices(1, 3, 5), [1, 5]],
    ['kernel of a convolution, its input channel within the group', 'weight', conv, slices(0, 3, 5), [5, 1]],
    [
      'kernel of a transposed convolution, its output channel within the group',
      'weight',
      transposed,
      slices(0, 3, 5),
      [3, 2],
    ],
    ['last indices for those out of range', 'output', transposed, slices(9, 9, 9), [1, 5]],
    [
      'unbatched input',
      'input',
      { kind: 'conv', inputShape: [4, 5, 6], weightShape: [6, 4, 3, 3], outputShape: [6, 3, 4] },
      slices(7, 2, 0),
      [2],
    ],
    [
      'depth of a volume',
      'input',
      { kind: 'conv', inputShape: [1, 1, 4, 5, 6], weightShape: [1, 1, 1, 1, 1], outputShape: [1, 1, 4, 5, 6] },
      slices(0, 0, 0, 3),
      [0, 0, 3],
    ],
  ] as const) {
    it(`is the ${title}`, () => {
      assert.deepEqual(planeOf(name, shapes, chosen)?.leading, leading);
    });
  }

  it('has one row for a signal', () => {
    const plane = planeOf(
      'input',
      { kind: 'conv', inputShape: [1, 2, 9], weightShape: [1, 2, 3], outputShape: [1, 1, 7] },
      slices(0, 1, 0),
    );
    assert.ok(plane);
    assert.deepEqual(plane.extent, { rows: 1, columns: 9 });
    assert.deepEqual(indexOf(plane, 0, 4), [0, 1, 4]);
    assert.deepEqual(placeOf(plane, [0, 1, 4]), { row: 0, column: 4 });
  });

  it('is none before there is an output', () => {
    assert.equal(planeOf('output', { ...conv, outputShape: [] }, slices(0, 0, 0)), undefined);
  });

  it('finds cells in the tensor, and elements among its cells', () => {
    const plane = planeOf('input', conv, slices(1, 3, 0));
    assert.ok(plane);
    assert.equal(flatIndex(plane, 2, 4), ((1 * 4 + 3) * 5 + 2) * 6 + 4);
    assert.equal(flatIndex(plane, 2, 4, 0), (1 * 4 * 5 + 2) * 6 + 4);
    assert.deepEqual(placeOf(plane, [1, 3, 2, 4]), { row: 2, column: 4 });
    assert.equal(placeOf(plane, [1, 2, 2, 4]), undefined);
    assert.deepEqual(placeOf(plane, [1, 2, 2, 4], true), { row: 2, column: 4 });
  });
});
