import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import { convolutionMatrix } from '../../../../src/core/kernels/matrix';
import { npy } from '../../../../src/core/formats/npy';
import { memorySource } from '../../../../src/core/formats/source';
import { matrixFile, matrixFileBytes, matrixStem, type MatrixFormat } from '../../../../src/core/matrix/export';
import { entriesIn, entryAt, productsOf } from '../../../../src/core/matrix/entries';
import {
  columnName,
  columnOfInput,
  inputOfColumn,
  matrixColumns,
  matrixRows,
  outputOfRow,
  rowName,
  rowOfOutput,
} from '../../../../src/core/matrix/layout';
import { printMatrix } from '../../../../src/core/matrix/print';
import type { Plan } from '../../../../src/core/plan';
import type { Tensor } from '../../../../src/core/operation';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { planOf, wholeNumbers } from '../arbitraries';

const WHOLE = { top: 0, left: 0, bottom: Infinity, right: Infinity };
const ONE = { stride: [1, 1], dilation: [1, 1], padding: [0, 0] } as const;
const four = planOf({ kind: 'conv', ...ONE }, [1, 4, 4], [1, 1, 3, 3]);
const kernel = tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]);
const numbers = (weight: Tensor): { dtype: 'float64'; weight(flat: number): number } => ({
  dtype: 'float64',
  weight: (flat) => weight.data[flat],
});

describe('the matrix of the worked examples', () => {
  it('is 4 × 16 with 36 entries for a 4×4 input and a 3×3 kernel, and its rows are those of the reference', () => {
    assert.deepEqual([matrixRows(four), matrixColumns(four), entriesIn(four, WHOLE).length], [4, 16, 36]);
    assert.equal(
      printMatrix(four, WHOLE, 'csv', numbers(kernel), 0),
      '0,1,1,0,0,1,0,0,1,0,1,0,0,0,0,0\n0,0,1,1,0,0,1,0,0,1,0,1,0,0,0,0\n0,0,0,0,0,1,1,0,0,1,0,0,1,0,1,0\n0,0,0,0,0,0,1,1,0,0,1,0,0,1,0,1\n',
    );
  });

  it('is 25 × 4 for the transposed convolution that takes 2×2 back to 5×5', () => {
    const back = planOf(
      { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [0, 0] },
      [1, 2, 2],
      [1, 1, 3, 3],
    );
    assert.deepEqual([matrixRows(back), matrixColumns(back), entriesIn(back, WHOLE).length], [25, 4, 36]);
    const middle = { top: 12, bottom: 13, left: 0, right: 4 };
    assert.equal(
      printMatrix(back, middle, 'text', 'symbols', 0),
      '          in[0,0]  in[0,1]  in[1,0]  in[1,1]\nout[2,2]     w₂,₂     w₂,₀     w₀,₂     w₀,₀\n',
    );
  });

  it('prints symbols as LaTeX, and quotes them as CSV', () => {
    const corner = { top: 0, bottom: 2, left: 0, right: 2 };
    assert.equal(
      printMatrix(four, corner, 'latex', 'symbols', 0),
      '\\begin{bmatrix}\n  w_{0,0} & w_{0,1} \\\\\n  0 & w_{0,0}\n\\end{bmatrix}\n',
    );
    assert.equal(printMatrix(four, corner, 'csv', 'symbols', 0), '"w₀,₀","w₀,₁"\n0,"w₀,₀"\n');
  });

  it('sums the kernel elements that reflecting padding folds onto one entry', () => {
    const folded = planOf(
      { kind: 'conv', stride: [1], dilation: [1], padding: [1], paddingMode: 'reflect' },
      [1, 3],
      [1, 1, 3],
    );
    assert.deepEqual(entryAt(folded, 0, 1)?.weights, [0, 2]);
    assert.equal(
      printMatrix(folded, { top: 0, bottom: 1, left: 0, right: 3 }, 'text', 'symbols', 0).split('\n')[1],
      'out[0]     w₁  w₀ + w₂      0',
    );
  });

  it('names channels and batch items where there are several, and finds the row and column of a cell again', () => {
    const plan = planOf({ kind: 'convTranspose', ...ONE, groups: 2 }, [3, 4, 2, 2], [4, 1, 2, 2]);
    assert.equal(rowName(plan, 10, 2), 'out[2,1,0,1]');
    assert.equal(columnName(plan, 7, 2), 'in[2,1,1,1]');
    for (let row = 0; row < matrixRows(plan); row++) assert.equal(rowOfOutput(plan, outputOfRow(plan, row, 1)), row);
    for (let column = 0; column < matrixColumns(plan); column++)
      assert.equal(columnOfInput(plan, inputOfColumn(plan, column, 1)), column);
    const [entry] = entriesIn(plan, WHOLE);
    assert.deepEqual(productsOf(plan, entry, 2), [{ output: [2, 0, 0, 0], input: [2, 0, 0, 0], weight: [0, 0, 0, 0] }]);
  });
});

describe('the matrix as a file', () => {
  const transposed = planOf(
    { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1] },
    [2, 3, 3],
    [2, 1, 3, 3],
  );
  const weight = wholeNumbers([2, 1, 3, 3], 7);
  const cases: readonly [string, Plan, Tensor, string][] = [
    ['C', four, kernel, 'csr'],
    ['C-transposed', transposed, weight, 'csc'],
  ];

  for (const [stem, plan, values, layout] of cases) {
    const entries = entriesIn(plan, WHOLE).map((entry) => [entry.row, entry.column, values.data[entry.weights[0]]]);

    it(`Matrix Market holds every entry of the shown ${stem}, and says which matrix it is`, () => {
      const file = matrixFile('matrix-market', plan, convolutionMatrix(plan, values));
      const lines = [...file]
        .map((piece) => new TextDecoder().decode(piece))
        .join('')
        .trimEnd()
        .split('\n');
      assert.equal(matrixStem(plan.kind), stem);
      assert.match(
        lines[1],
        stem === 'C' ? /^% C of the convolution/ : /^% C transposed of the transposed convolution/,
      );
      assert.equal(lines[2], `${matrixRows(plan)} ${matrixColumns(plan)} ${entries.length}`);
      const read = lines
        .slice(3)
        .map((line) => line.split(' ').map(Number))
        .map(([row, column, value]) => [row - 1, column - 1, value]);
      assert.deepEqual(
        read.sort((a, b) => a[0] - b[0] || a[1] - b[1]),
        entries,
      );
    });

    it(`SciPy's archive is ${stem} by its ${layout === 'csr' ? 'rows' : 'columns'}, of the shown shape`, () => {
      const file = matrixFile('scipy-npz', plan, convolutionMatrix(plan, values));
      const members = unzipSync([...file][0]);
      const array = (name: string): number[] =>
        Array.from(npy.read(memorySource(members[`${name}.npy`]), { limit: 1e6 }).entries[0].load().data);
      assert.equal(new TextDecoder().decode(members['format.npy'].slice(-3)), layout);
      assert.deepEqual(array('shape'), [matrixRows(plan), matrixColumns(plan)]);
      const [pointers, indices, data] = [array('indptr'), array('indices'), array('data')];
      const read = pointers
        .slice(1)
        .flatMap((end, outer) =>
          indices
            .slice(pointers[outer], end)
            .map((inner, at) => [...(layout === 'csr' ? [outer, inner] : [inner, outer]), data[pointers[outer] + at]]),
        );
      assert.deepEqual(
        read.sort((a, b) => a[0] - b[0] || a[1] - b[1]),
        entries,
      );
    });

    for (const format of ['matrix-market', 'scipy-npz'] satisfies MatrixFormat[]) {
      it(`foretells at least the bytes of ${stem} as ${format}`, () => {
        const matrix = convolutionMatrix(plan, values);
        const arrays = matrix.values.byteLength + matrix.columnIndices.byteLength + matrix.rowPointers.byteLength;
        const file = [...matrixFile(format, plan, matrix)].reduce((bytes, piece) => bytes + piece.byteLength, 0);
        assert.ok(matrixFileBytes(format, plan, 'float64') >= arrays + file);
      });
    }
  }
});
