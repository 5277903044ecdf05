import assert from 'node:assert/strict';
import { gather } from '../../../../src/core/kernels/gather';
import { convolutionMatrix, matrixProduct } from '../../../../src/core/kernels/matrix';
import { phases } from '../../../../src/core/kernels/phases';
import { pixelTransposed } from '../../../../src/core/kernels/pixelTransposed';
import { scatter } from '../../../../src/core/kernels/scatter';
import { flipKernel, insertZeros, padStretched, zeroInsertion } from '../../../../src/core/kernels/zeroInsertion';
import type { CsrMatrix, Kind, Operation, Tensor } from '../../../../src/core/operation';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { planOf, wholeNumbers } from '../arbitraries';

type Grid = readonly (readonly number[])[];

/** A grid as a tensor of one image and one channel, or as a kernel from one channel to one. */
const plane = (grid: Grid): Tensor => tensorOf('float64', [1, 1, grid.length, grid[0].length], grid.flat());

/** Rows of the last two axes; only for tensors of one plane. */
function gridOf({ shape, data }: Tensor): number[][] {
  const [rows, columns] = shape.slice(-2);
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), (value) => value + 0),
  );
}

function op(kind: Kind, parameters: Partial<Record<'s' | 'p' | 'd' | 'op', number>> = {}): Operation {
  const both = (value: number): number[] => [value, value];
  return {
    kind,
    stride: both(parameters.s ?? 1),
    padding: both(parameters.p ?? 0),
    dilation: both(parameters.d ?? 1),
    outputPadding: both(parameters.op ?? 0),
  };
}

function dense({ rows, columns, rowPointers, columnIndices, values }: CsrMatrix): number[][] {
  const matrix = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let row = 0; row < rows; row++) {
    for (let entry = rowPointers[row]; entry < rowPointers[row + 1]; entry++)
      matrix[row][columnIndices[entry]] = values[entry];
  }
  return matrix;
}

const kernel: Grid = [
  [0, 1, 1],
  [0, 1, 0],
  [1, 0, 1],
];
const ramp3x3 = plane([
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
]);

describe('worked examples', () => {
  it('4×4 with a 3×3 kernel, s1 p0, gives 2×2; C is 4×16 with 36 entries', () => {
    const input = wholeNumbers([1, 1, 4, 4], 1);
    const plan = planOf(op('conv'), input.shape, ramp3x3.shape);
    assert.deepEqual(plan.outputShape, [1, 1, 2, 2]);
    const matrix = convolutionMatrix(plan, ramp3x3);
    assert.deepEqual([matrix.rows, matrix.columns, matrix.values.length], [4, 16, 36]);
    // Its transpose is 16×4: the matrix of the transposed convolution is the same C, from 2×2 back to 4×4.
    const back = planOf(op('convTranspose'), plan.outputShape, ramp3x3.shape);
    assert.deepEqual(back.outputShape, input.shape);
    assert.deepEqual(convolutionMatrix(back, ramp3x3), matrix);
  });

  it('[[2,3],[1,3]] stamped with the reference kernel at stride 1', () => {
    const input = plane([
      [2, 3],
      [1, 3],
    ]);
    const weight = plane(kernel);
    const plan = planOf(op('convTranspose'), input.shape, weight.shape);
    for (const compute of [gather, scatter, zeroInsertion, phases, matrixProduct]) {
      assert.deepEqual(
        gridOf(compute(plan, input, weight)),
        [
          [0, 2, 5, 3],
          [0, 3, 7, 3],
          [2, 4, 5, 3],
          [1, 3, 1, 3],
        ],
        compute.name,
      );
    }
    assert.deepEqual(gridOf(flipKernel(plan, weight)), [
      [1, 0, 1],
      [0, 1, 0],
      [1, 1, 0],
    ]);
  });

  it('the four rows of C that the reference lists for that kernel on a 4×4 feature map', () => {
    const input = plane([
      [1, 0, 1, 0],
      [0, 0, 1, 1],
      [1, 0, 0, 1],
      [0, 1, 0, 0],
    ]);
    const weight = plane(kernel);
    const plan = planOf(op('conv'), input.shape, weight.shape);
    assert.deepEqual(dense(convolutionMatrix(plan, weight)), [
      [0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0],
      [0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0],
      [0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1],
    ]);
    assert.deepEqual(gridOf(gather(plan, input, weight)), [
      [2, 3],
      [1, 3],
    ]);
  });

  it('5×5 with k3 s2 p0 gives 2×2, and back 5×5 by a 25×4 Cᵀ; the equivalent input is 7×7', () => {
    const plan = planOf(op('conv', { s: 2 }), [1, 1, 5, 5], [1, 1, 3, 3]);
    assert.deepEqual(plan.outputShape, [1, 1, 2, 2]);
    const back = planOf(op('convTranspose', { s: 2 }), plan.outputShape, [1, 1, 3, 3]);
    assert.deepEqual(back.outputShape, [1, 1, 5, 5]);
    const { rows, columns } = convolutionMatrix(back, ramp3x3);
    assert.deepEqual([columns, rows], [25, 4]);
    const stretched = insertZeros(
      back,
      plane([
        [1, 2],
        [3, 4],
      ]),
    );
    assert.deepEqual(gridOf(stretched), [
      [1, 0, 2],
      [0, 0, 0],
      [3, 0, 4],
    ]);
    assert.deepEqual(padStretched(back, stretched).shape, [1, 1, 7, 7]);
  });

  it('a single 1 through k3 s2 p1 op1 gives [[5,6],[8,9]]: output padding is real values', () => {
    const plan = planOf(op('convTranspose', { s: 2, p: 1, op: 1 }), [1, 1, 1, 1], ramp3x3.shape);
    assert.deepEqual(gridOf(gather(plan, plane([[1]]), ramp3x3)), [
      [5, 6],
      [8, 9],
    ]);
  });

  it('a unit impulse stamps the kernel as it is, unflipped', () => {
    const plan = planOf(op('convTranspose'), [1, 1, 1, 1], ramp3x3.shape);
    assert.deepEqual(gridOf(gather(plan, plane([[1]]), ramp3x3)), gridOf(ramp3x3));
  });

  for (const { k, added, stripes } of [
    { k: 3, added: 1, stripes: true },
    { k: 4, added: 0, stripes: false },
  ]) {
    it(`a 4×4 RGB image through k${k} s4 p0 op${added} gives 16×16 ${stripes ? 'with black stripes between the stamps' : 'without stripes'}`, () => {
      const image = tensorOf(
        'float64',
        [1, 3, 4, 4],
        Array.from({ length: 48 }, (_, at) => at + 1),
      );
      const ones = tensorOf('float64', [3, 1, k, k], new Array<number>(3 * k * k).fill(1));
      const plan = planOf({ ...op('convTranspose', { s: 4, op: added }), groups: 3 }, image.shape, ones.shape);
      const output = gather(plan, image, ones);
      assert.deepEqual(output.shape, [1, 3, 16, 16]);
      output.data.forEach((value, at) => {
        const [row, column] = [Math.floor(at / 16) % 16, at % 16];
        const stripe = row % 4 === 3 || column % 4 === 3;
        assert.equal(value === 0, stripes && stripe, `at row ${row}, column ${column}`);
      });
    });
  }
});

describe('pixel transposed convolution', () => {
  const input = wholeNumbers([1, 1, 3, 3], 5);
  const identity = (channels: number, read: number): Tensor =>
    tensorOf(
      'float64',
      [1, channels, 1, 1],
      Array.from({ length: channels }, (_, at) => (at === read ? 1 : 0)),
    );
  const scaled = (channels: number, factors: readonly number[]): Tensor =>
    tensorOf('float64', [1, channels, 1, 1], factors);
  const at = (tensor: Tensor, row: number, column: number): number => tensor.data[row * tensor.shape[3] + column];

  it('puts F1 at the even corner, F2 at the odd one, F3 and F4 at the mixed ones', () => {
    // With 1×1 kernels that read only F, scaled, each part is the input times its number.
    const output = pixelTransposed(
      input,
      [scaled(1, [1]), scaled(2, [2, 0]), scaled(3, [3, 0, 0]), scaled(4, [4, 0, 0, 0])],
      'inputPixel',
    );
    assert.deepEqual(output.shape, [1, 1, 6, 6]);
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        const value = at(input, row, column);
        const corner = [
          [0, 0],
          [1, 1],
          [0, 1],
          [1, 0],
        ].map(([down, right]) => at(output, 2 * row + down, 2 * column + right));
        assert.deepEqual(corner, [value, 2 * value, 3 * value, 4 * value]);
      }
    }
  });

  it('makes each part from the ones before it, with the input or without', () => {
    // Every kernel reads the last of its channels: the part made just before.
    const doubled = (channels: number): Tensor =>
      scaled(
        channels,
        Array.from({ length: channels }, (_, each) => (each === channels - 1 ? 2 : 0)),
      );
    const withInput = pixelTransposed(input, [doubled(1), doubled(2), doubled(3), doubled(4)], 'inputPixel');
    const without = pixelTransposed(input, [doubled(1), doubled(1), doubled(2), doubled(3)], 'pixel');
    assert.deepEqual(withInput, without);
    assert.equal(at(withInput, 1, 0), 16 * at(input, 0, 0));
    assert.throws(
      () => pixelTransposed(input, [identity(1, 0), identity(2, 0), identity(3, 0), identity(4, 0)], 'pixel'),
      { name: 'ProblemError' },
    );
  });

  it('is the ordinary transposed convolution when each part reads the input alone (1-D)', () => {
    const line = wholeNumbers([1, 1, 5], 9);
    const weight = wholeNumbers([1, 1, 4], 3);
    const plan = planOf({ kind: 'convTranspose', stride: [2], padding: [1], dilation: [1] }, line.shape, weight.shape);
    const [w0, w1, w2, w3] = weight.data;
    // Even outputs read taps 1 and 3, odd ones taps 0 and 2: each a two-tap kernel over the input, flipped, set on
    // three taps.
    const even = tensorOf('float64', [1, 1, 3], [w3, w1, 0]);
    const odd = tensorOf('float64', [1, 2, 3], [0, w2, w0, 0, 0, 0]);
    assert.deepEqual(pixelTransposed(line, [even, odd], 'inputPixel'), gather(plan, line, weight));
  });
});
