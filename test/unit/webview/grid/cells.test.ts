import assert from 'node:assert/strict';
import fc from 'fast-check';
import { STRINGS } from '../../../../src/protocol/strings';
import { cellsToText, grownSizes, outside, pasteRegion, readPasted } from '../../../../webview/grid/clipboardText';
import type { PlaneView } from '../../../../webview/grid/planeOf';
import { planeValues } from '../../../../webview/grid/planeValues';
import { scrubStep } from '../../../../webview/grid/scrubStep';
import { type Block, blockWrites, cellWrites, fillWrites } from '../../../../webview/grid/writes';

const plane: PlaneView = {
  shape: [1, 3, 4, 5],
  rank: 2,
  leading: [0, 1],
  extent: { rows: 4, columns: 5 },
  cut: 0 as const,
  channelAxis: 1,
};

describe('edits of cells', () => {
  it('fill a range of the plane on show and nothing else', () => {
    const { indices, values } = fillWrites(plane, { row: 1, column: 2, rows: 2, columns: 2 }, [undefined], [9]);
    assert.deepEqual([...indices], [27, 28, 32, 33]);
    assert.deepEqual([...values], [9, 9, 9, 9]);
  });

  it('fill a range of three channels, each with its own value', () => {
    const { indices, values } = fillWrites(plane, { row: 0, column: 0, rows: 1, columns: 2 }, [0, 1, 2], [7, 8, 9]);
    assert.deepEqual([...indices], [0, 1, 20, 21, 40, 41]);
    assert.deepEqual([...values], [7, 7, 8, 8, 9, 9]);
  });

  it('write the three channels of a colour', () => {
    const { indices, values } = cellWrites(plane, { row: 0, column: 1 }, [0, 1, 2], [10, 20, 30]);
    assert.deepEqual([...indices], [1, 21, 41]);
    assert.deepEqual([...values], [10, 20, 30]);
  });

  const block = { rows: 2, columns: 2, channels: [[1, 2, 3, 4]] };

  it('leave out what would fall off the plane', () => {
    const { indices, values } = blockWrites(plane, { row: 3, column: 4, rows: 2, columns: 2 }, [undefined], block);
    assert.deepEqual([[...indices], [...values]], [[39], [1]]);
  });

  it('leave a cell as it is where the block has a hole', () => {
    const holed = { ...block, holes: Uint8Array.of(0, 1, 0, 0) };
    const { indices, values } = blockWrites(plane, { row: 0, column: 0, rows: 2, columns: 2 }, [undefined], holed);
    assert.deepEqual(
      [[...indices], [...values]],
      [
        [20, 25, 26],
        [1, 3, 4],
      ],
    );
  });

  it('repeat a block over a range that it divides', () => {
    const { values } = blockWrites(plane, { row: 0, column: 0, rows: 2, columns: 4 }, [undefined], block);
    assert.deepEqual([...values], [1, 2, 1, 2, 3, 4, 3, 4]);
  });
});

describe('cells on the clipboard', () => {
  const cellsOf = (text: string, colour = false): Block | undefined => {
    const pasted = readPasted(text, colour, 'float64', STRINGS);
    return pasted.kind === 'cells' ? pasted.block : undefined;
  };

  it('come back as they went, as rows and columns', () => {
    const values = fc.array(fc.double(), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(values, (cells) => {
        const block = cellsOf(
          cellsToText({ rows: 2, columns: 3 }, 'float64', (row, column) => [cells[3 * row + column]]),
        );
        assert.ok(block);
        assert.deepEqual([block.rows, block.columns, Array.from(block.channels[0])], [2, 3, cells]);
      }),
    );
  });

  it('come back as they went, in colour', () => {
    const text = cellsToText({ rows: 1, columns: 2 }, 'float64', (_, column) => [column, 0.5, -1e-7]);
    assert.deepEqual(cellsOf(text, true), {
      rows: 1,
      columns: 2,
      channels: [
        [0, 1],
        [0.5, 0.5],
        [-1e-7, -1e-7],
      ],
    });
  });

  it('are a block only where all longer axes have one element', () => {
    assert.ok(cellsOf('[[[[1, 2], [3, 4]]]]'));
    assert.deepEqual(readPasted('[[[1, 2]], [[3, 4]]]', false, 'float64', STRINGS), {
      kind: 'array',
      shape: [2, 1, 2],
    });
    assert.deepEqual(readPasted('1 2\n3 x', false, 'float64', STRINGS), { kind: 'unreadable' });
  });

  it('say nothing about three channels when they are one number each', () => {
    assert.equal(readPasted('1\t2', true, 'float64', STRINGS).kind, 'array');
  });

  it('that lie beyond the edge are counted', () => {
    const two = { rows: 2, columns: 2 };
    assert.equal(outside({ row: 2, column: 3 }, two, plane.extent), 0);
    assert.equal(outside({ row: 3, column: 4 }, two, plane.extent), 3);
    assert.equal(outside({ row: 0, column: 0 }, { rows: 5, columns: 5 }, plane.extent), 5);
  });

  it('fill a selection that they divide, and else go where it begins', () => {
    const selected = { row: 1, column: 1, rows: 2, columns: 4 };
    assert.deepEqual(pasteRegion(selected, { rows: 1, columns: 2 }), selected);
    assert.deepEqual(pasteRegion(selected, { rows: 3, columns: 3 }), { ...selected, rows: 3, columns: 3 });
  });

  it('have room in a larger tensor, whose other axes stay', () => {
    const block = { rows: 2, columns: 6 };
    assert.deepEqual(grownSizes([4, 5], { row: 3, column: 0 }, block, [0, 1]), [5, 6]);
    assert.deepEqual(grownSizes([7, 4, 5], { row: 0, column: 0 }, block, [1, 2]), [7, 4, 6]);
    // Of a cut of a volume seen from the side, rows are the second axis and columns the first.
    assert.deepEqual(grownSizes([3, 1, 5], { row: 0, column: 0 }, block, [1, 0]), [6, 2, 5]);
    assert.deepEqual(grownSizes([5], { row: 0, column: 1 }, { rows: 1, columns: 6 }, [undefined, 0]), [7]);
    assert.equal(grownSizes([5], { row: 0, column: 0 }, block, [undefined, 0]), undefined);
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
