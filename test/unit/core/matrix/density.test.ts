import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convolutionMatrix } from '../../../../src/core/kernels/matrix';
import { cutWindow, entriesIn, weightOf } from '../../../../src/core/matrix/entries';
import { matrixCounts, pixelsOf } from '../../../../src/core/matrix/density';
import { matrixColumns, matrixRows, unflatten } from '../../../../src/core/matrix/layout';
import { anyCase, type Case, planOf } from '../arbitraries';

/** Row and column, in the shown matrix, of every entry of the matrix as it is built elsewhere. */
function builtEntries({
  plan,
  weight,
}: Case): { readonly row: number; readonly column: number; readonly value: number }[] {
  const { rows, rowPointers, columnIndices, values } = convolutionMatrix(plan, weight);
  const entries = [];
  for (let row = 0; row < rows; row++) {
    for (let at = rowPointers[row]; at < rowPointers[row + 1]; at++) {
      const [own, other] = [row, columnIndices[at]];
      entries.push(
        plan.kind === 'conv'
          ? { row: own, column: other, value: values[at] }
          : { row: other, column: own, value: values[at] },
      );
    }
  }
  return entries.sort((a, b) => a.row - b.row || a.column - b.column);
}

describe('the density picture', () => {
  const zoom = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
    scaleX: fc.double({ min: 0.05, max: 4, noNaN: true }),
    scaleY: fc.double({ min: 0.05, max: 4, noNaN: true }),
  });

  it('counts at every pixel, of any window at any zoom, what the built matrix has there', () => {
    fc.assert(
      fc.property(anyCase, zoom, (each, { x, y, scaleX, scaleY }) => {
        const { plan } = each;
        const rows = pixelsOf(y * matrixRows(plan), scaleY, 9, matrixRows(plan));
        const columns = pixelsOf(x * matrixColumns(plan), scaleX, 11, matrixColumns(plan));
        const built = builtEntries(each);
        const expected = Array.from(rows.from, (top, row) =>
          Array.from(
            columns.from,
            (left, column) =>
              built.filter(
                (entry) =>
                  entry.row >= top &&
                  entry.row < rows.to[row] &&
                  entry.column >= left &&
                  entry.column < columns.to[column],
              ).length,
          ),
        ).flat();
        assert.deepEqual(Array.from(matrixCounts(plan).density(rows, columns).counts), expected);
      }),
      { numRuns: 150 },
    );
  });

  it('counts the entries of one kernel element', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (each, seed) => {
        const { plan, weight } = each;
        const flat = seed % weight.data.length;
        const whole = { top: 0, left: 0, bottom: matrixRows(plan), right: matrixColumns(plan) };
        const expected = entriesIn(plan, whole).filter((entry) => entry.weights.includes(flat));
        assert.equal(weightOf(plan, unflatten(plan.weightShape, flat)), flat);
        assert.equal(matrixCounts(plan, flat).count(whole), expected.length);
        const first = matrixCounts(plan, flat).firstIn(whole);
        const last = matrixCounts(plan, flat).lastIn(whole);
        assert.deepEqual(
          last,
          expected.length === 0 ? undefined : { row: expected.at(-1)?.row, column: expected.at(-1)?.column },
        );
        assert.deepEqual(
          first,
          expected.length === 0 ? undefined : { row: expected[0].row, column: expected[0].column },
        );
      }),
    );
  });

  it('gives every cell one pixel when zoomed out and every pixel one cell when zoomed in', () => {
    const out = pixelsOf(3.7, 0.3, 20, 60);
    assert.deepEqual(Array.from(out.from.subarray(1)), Array.from(out.to.subarray(0, 19)));
    const near = pixelsOf(3.7, 5, 20, 60);
    assert.ok(near.from.every((from, at) => near.to[at] - from === 1));
  });

  it('counts 10⁶ × 10⁶, and 8 channels of it in 2 groups, to the last entry', () => {
    const axes = { stride: [1, 1], dilation: [1, 1], padding: [1, 1] };
    const single = planOf({ kind: 'conv', ...axes }, [1, 1000, 1000], [1, 1, 3, 3]);
    const whole = { top: 0, left: 0, bottom: 1e6, right: 1e6 };
    assert.equal(matrixCounts(single).count(whole), 2998 ** 2);
    const grouped = planOf({ kind: 'conv', ...axes, groups: 2 }, [8, 1000, 1000], [8, 4, 3, 3]);
    assert.equal(matrixCounts(grouped).count({ top: 0, left: 0, bottom: 8e6, right: 8e6 }), 2 * 16 * 2998 ** 2);
  });
});

describe('the entries of a window', () => {
  it('are those that the built matrix has there, with its values', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.array(fc.nat(200), { minLength: 4, maxLength: 4 }),
        (each, [top, height, left, width]) => {
          const { plan, weight } = each;
          const window = cutWindow(plan, {
            top: top % matrixRows(plan),
            bottom: (top % matrixRows(plan)) + height,
            left: left % matrixColumns(plan),
            right: (left % matrixColumns(plan)) + width,
          });
          const expected = builtEntries(each).filter(
            ({ row, column }) =>
              row >= window.top && row < window.bottom && column >= window.left && column < window.right,
          );
          const found = entriesIn(plan, window).map(({ row, column, weights }) => ({
            row,
            column,
            value: weights.reduce((sum, flat) => sum + weight.data[flat], 0),
          }));
          assert.deepEqual(found, expected);
        },
      ),
      { numRuns: 150 },
    );
  });
});
