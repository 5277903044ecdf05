import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePastedText } from '../../../../src/core/formats/text';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { asBlock, cellsToText, pasteAs } from '../../../../webview/grid/clipboardText';
import type { PlaneView } from '../../../../webview/grid/planeOf';
import { planeValues } from '../../../../webview/grid/planeValues';
import { scrubStep } from '../../../../webview/grid/scrubStep';
import { blockWrites, cellWrites, fillWrites } from '../../../../webview/grid/writes';

const plane: PlaneView = {
  shape: [1, 3, 4, 5],
  rank: 2,
  leading: [0, 1],
  extent: { rows: 4, columns: 5 },
  channelAxis: 1,
};

describe('edits of cells', () => {
  it('fill a range of the plane on show and nothing else', () => {
    const { indices, values } = fillWrites(plane, { row: 1, column: 2, rows: 2, columns: 2 }, [undefined], 9);
    assert.deepEqual([...indices], [27, 28, 32, 33]);
    assert.deepEqual([...values], [9, 9, 9, 9]);
  });

  it('write the three channels of a colour', () => {
    const { indices, values } = cellWrites(plane, { row: 0, column: 1 }, [0, 1, 2], [10, 20, 30]);
    assert.deepEqual([...indices], [1, 21, 41]);
    assert.deepEqual([...values], [10, 20, 30]);
  });

  it('leave out what would fall off the plane', () => {
    const { indices, values, clipped } = blockWrites(
      plane,
      { row: 3, column: 4 },
      { rows: 2, columns: 2, values: [1, 2, 3, 4] },
    );
    assert.deepEqual([[...indices], [...values], clipped], [[39], [1], 3]);
  });
});

describe('cells on the clipboard', () => {
  it('come back as they went, as rows and columns', () => {
    const values = fc.array(fc.double(), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(values, (cells) => {
        const text = cellsToText({ rows: 2, columns: 3 }, 'float64', (row, column) => [cells[3 * row + column]]);
        const parsed = parsePastedText(text, { limit: 1e6 });
        assert.ok(parsed.ok);
        const block = asBlock(parsed.value);
        assert.ok(block);
        assert.deepEqual([block.rows, block.columns, Array.from(block.values)], [2, 3, cells]);
      }),
    );
  });

  it('are a block only where all longer axes have one element', () => {
    assert.ok(asBlock(tensorOf('float64', [1, 1, 2, 2], [1, 2, 3, 4])));
    assert.equal(asBlock(tensorOf('float64', [2, 1, 2], [1, 2, 3, 4])), undefined);
  });

  it('become a new tensor when they are larger than the plane', () => {
    assert.equal(pasteAs({ rows: 4, columns: 5 }, plane.extent), 'cells');
    assert.equal(pasteAs({ rows: 5, columns: 5 }, plane.extent), 'tensor');
    assert.equal(pasteAs(undefined, plane.extent), 'tensor');
  });
});

describe('values on show', () => {
  const block = {
    key: 'k',
    tensor: 'input',
    leading: [0, 1],
    row: 1,
    column: 1,
    rows: 1,
    columns: 2,
    valueRows: 1,
    valueColumns: 2,
    values: Float64Array.of(7, 8),
  } as const;

  it('are those of the block', () => {
    const values = planeValues(block, plane);
    assert.deepEqual([values.at(1, 1), values.at(1, 2), values.at(0, 0), values.current], [7, 8, undefined, true]);
  });

  it('are none where a mean of several cells has come', () => {
    assert.equal(planeValues({ ...block, rows: 2, columns: 4 }, plane).at(1, 1), undefined);
  });

  it('are known to be of another plane', () => {
    assert.equal(planeValues({ ...block, leading: [0, 2] }, plane).current, false);
  });
});

describe('the step of a scrubbed value', () => {
  for (const [min, max, value, step] of [
    [0, 1, 0.5, 0.1],
    [0, 255, 100, 1],
    [-3, 3, 2, 0.1],
    [0, 0, 0, 0.1],
    [0, 0.004, 0.001, 0.0001],
  ] as const) {
    it(`is ${step} for ${value} among values from ${min} to ${max}`, () => {
      assert.ok(Math.abs(scrubStep({ min, max }, [value]) - step) < step * 1e-9);
    });
  }
});
