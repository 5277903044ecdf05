import assert from 'node:assert/strict';
import type { CsrMatrix } from '../../src/core/operation';
import { activatedApi, operation, tensor, within } from './support';

const kernel = tensor([1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]);

/** C·x, or Cᵀ·x. */
function multiply(matrix: CsrMatrix, vector: readonly number[], transposed: boolean): number[] {
  const result = Array<number>(transposed ? matrix.columns : matrix.rows).fill(0);
  for (let row = 0; row < matrix.rows; row++) {
    for (let entry = Number(matrix.rowPointers[row]); entry < Number(matrix.rowPointers[row + 1]); entry++) {
      const column = matrix.columnIndices[entry];
      if (transposed) result[column] += matrix.values[entry] * vector[row];
      else result[row] += matrix.values[entry] * vector[column];
    }
  }
  return result;
}

describe('matrix', () => {
  it('gives C of 4×4 by 3×3 as 4×16 with 36 entries, and C·x is the convolution', async () => {
    const api = await activatedApi();
    const C = await within(20_000, api.matrix({ op: operation('conv', {}), inputShape: [1, 4, 4], weight: kernel }));
    assert.deepEqual([C.rows, C.columns, C.values.length, Number(C.rowPointers[4])], [4, 16, 36, 36]);
    const featureMap = [1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0];
    assert.deepEqual(multiply(C, featureMap, false), [2, 3, 1, 3]);
  });

  it('gives the same C for the transposed convolution, whose output is Cᵀ·x', async () => {
    const api = await activatedApi();
    const C = await within(
      20_000,
      api.matrix({ op: operation('convTranspose', {}), inputShape: [1, 2, 2], weight: kernel }),
    );
    assert.deepEqual([C.rows, C.columns], [4, 16]);
    assert.deepEqual(multiply(C, [2, 3, 1, 3], true), [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3]);
  });

  it('gives 25×4 for the transpose of 5×5, k=3 s=2', async () => {
    const api = await activatedApi();
    const C = await within(
      20_000,
      api.matrix({ op: operation('convTranspose', { stride: 2 }), inputShape: [1, 2, 2], weight: kernel }),
    );
    assert.deepEqual([C.columns, C.rows], [25, 4]);
  });
});

describe('shape', () => {
  it('derives a 4×4 stride-2 layer on 64×64 without computing', async () => {
    const api = await activatedApi();
    const result = api.shape(operation('convTranspose', { stride: 2, padding: 1 }), [1, 3, 64, 64], [3, 8, 4, 4]);
    assert.deepEqual(result.outputShape, [1, 8, 128, 128]);
    assert.deepEqual(
      result.derivation.map((axis) => axis.result),
      [128, 128],
    );
    assert.deepEqual(result.problems, []);
  });

  it('says what is wrong instead of throwing', async () => {
    const api = await activatedApi();
    const result = api.shape(operation('conv', {}), [1, 1, 2, 2], [1, 1, 3, 3]);
    assert.equal(result.outputShape, undefined);
    assert.ok(result.problems.some((problem) => problem.severity === 'error'));
  });
});
