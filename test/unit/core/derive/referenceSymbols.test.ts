// The matrices and figures of the references on transposed convolution, each by its name, right where they are wrong:
// 1  "Transpose Convolution", an operator's chapter with a derivation by matrices (in Chinese)
// 2  "Transpose Convolution Explained for Up-Sampling Images", Paperspace
// 3  "Introduction to Convolution and Deconvolution"
// 4  Gao et al., "Pixel Transposed Convolutional Networks"
// 5  "Transposed Convolution", a recipe of four steps with a worked example
// What is written here is written by hand, from the texts and from the definition, never by the code under test.
import assert from 'node:assert/strict';
import { deriveSize } from '../../../../src/core/derive/size';
import { matrixGrid, type Notation, outputEquations, UNCUT } from '../../../../src/core/derive/symbols';
import { latexOf } from '../../../../src/core/derive/printSymbols';
import { hasHoles, isEven, tapsPerResidue } from '../../../../src/core/explain/overlap';
import { gather } from '../../../../src/core/kernels/gather';
import { pixelTransposed } from '../../../../src/core/kernels/pixelTransposed';
import { scatter } from '../../../../src/core/kernels/scatter';
import { zeroInsertion } from '../../../../src/core/kernels/zeroInsertion';
import type { Plan } from '../../../../src/core/plan';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { planOf } from '../arbitraries';

/** As references 1 and 3 write: `X = CᵀY`, y and w counted from 0. */
const theirs: Notation = { names: 'numbered', base: 0, swapped: true };

const layer = (kind: 'conv' | 'convTranspose', input: number, stride = 1, padding = 0, kernel = 3): Plan =>
  planOf(
    { kind, stride: [stride, stride], padding: [padding, padding], dilation: [1, 1] },
    [1, 1, input, input],
    [1, 1, kernel, kernel],
  );

/** Cells of a LaTeX grid, in their own shorthand: `w00y0+w01y1`. */
const cellsOf = (latex: string): string[][] =>
  latex
    .replace(/^[\s\S]*\\begin\{array\}\{c+\}\n|\n\\end\{array\}[\s\S]*$/g, '')
    .split(' \\\\\n')
    .map((line) =>
      line
        .trim()
        .split(' & ')
        .map((cell) => cell.replace(/[_{}, ]/g, '')),
    );
const table = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
const matrixOf = (plan: Plan): string[][] => cellsOf(latexOf(matrixGrid(plan, UNCUT), plan, theirs));
const outputOf = (plan: Plan): string[][] =>
  cellsOf(latexOf(outputEquations(plan, { batch: 0, channel: 0 }, false, UNCUT)[0], plan, theirs));
const turned = (rows: readonly (readonly string[])[]): string[][] => rows[0].map((_, at) => rows.map((row) => row[at]));

const C = table(`
  w00 w01 w02 0   w10 w11 w12 0   w20 w21 w22 0   0   0   0   0
  0   w00 w01 w02 0   w10 w11 w12 0   w20 w21 w22 0   0   0   0
  0   0   0   0   w00 w01 w02 0   w10 w11 w12 0   w20 w21 w22 0
  0   0   0   0   0   w00 w01 w02 0   w10 w11 w12 0   w20 w21 w22`);

const STRIDE_1 = table(`
  w00y0       w01y0+w00y1             w02y0+w01y1             w02y1
  w10y0+w00y2 w11y0+w10y1+w01y2+w00y3 w12y0+w11y1+w02y2+w01y3 w12y1+w02y3
  w20y0+w10y2 w21y0+w20y1+w11y2+w10y3 w22y0+w21y1+w12y2+w11y3 w22y1+w12y3
  w20y2       w21y2+w20y3             w22y2+w21y3             w22y3`);

const STRIDE_2 = table(`
  w00y0       w01y0       w02y0+w00y1             w01y1       w02y1
  w10y0       w11y0       w12y0+w10y1             w11y1       w12y1
  w20y0+w00y2 w21y0+w01y2 w22y0+w20y1+w02y2+w00y3 w21y1+w01y3 w22y1+w02y3
  w10y2       w11y2       w12y2+w10y3             w11y3       w12y3
  w20y2       w21y2       w22y2+w20y3             w21y3       w22y3`);

/** What reference 3 prints in the place of these two. */
const PRINTED_1 = table(`
  w00y0       w01y0+w00y1       w02y0+w01y1       w02y1
  w10y0+w00y2 w11y0+w10y2+w00y3 w12y0+w11y1       w12y1+w02y3
  w20y0       w21y0+w20y2       w22y0+w21y1+w11y3 w22y1+w12y3
  w20y2       w21y2+w20y3       w22y2+w21y3       w22y3`);
const PRINTED_2 = table(`
  w00y0       w01y0       w02y0+w00y1             w02y1
  w10y0       w11y0       w12y0+w10y1             w12y1
  w20y0+w00y2 w21y0+w01y2 w22y0+w20y1+w02y2+w00y3 w22y1+w21y1+w01y3
  w10y2       w11y2       w12y2+w10y3             w12y3
  w20y2       w21y2       w22y2+w20y3             w22y3`);

/** How many cells of two tables of one size differ. */
const differing = (one: readonly (readonly string[])[], other: readonly (readonly string[])[]): number =>
  one.flatMap((row, at) => row.filter((cell, column) => cell !== other[at][column])).length;

describe('reference 1', () => {
  it('C of a 3×3 kernel on 4×4 at stride 1 is 4×16 with 36 entries', () => {
    assert.deepEqual(matrixOf(layer('conv', 4)), C);
    assert.equal(C.flat().filter((entry) => entry !== '0').length, 36);
  });
  it('Cᵀ of the transposed convolution of 2×2 is that matrix turned over its diagonal, 16×4', () =>
    assert.deepEqual(matrixOf(layer('convTranspose', 2)), turned(C)));
  it('X = CᵀY at stride 1 has these sixteen sums', () =>
    assert.deepEqual(outputOf(layer('convTranspose', 2)), STRIDE_1));
  it('X = CᵀY at stride 2 has these twenty-five sums; the matrix that it leaves out is 25×4', () => {
    const plan = layer('convTranspose', 2, 2);
    assert.deepEqual(outputOf(plan), STRIDE_2);
    assert.deepEqual([matrixOf(plan).length, matrixOf(plan)[0].length], [25, 4]);
    assert.deepEqual(matrixOf(plan), turned(matrixOf(layer('conv', 5, 2))));
  });
  it('4×4 elements are numbered 1 to 16 in reading order: it goes from x4 to x6, and so ends at x17', () => {
    const column = latexOf(
      {
        kind: 'grid',
        rows: Array.from({ length: 16 }, (_, at) => [{ kind: 'element', of: 'input', index: [0, 0, at >> 2, at & 3] }]),
      },
      layer('conv', 4),
      { names: 'numbered', base: 1, swapped: false },
    );
    assert.deepEqual(
      cellsOf(column).flat(),
      Array.from({ length: 16 }, (_, at) => `x${at + 1}`),
    );
  });
  it('its size formula lacks the floor: 6 at k 3, s 2 is 2, not 2.5', () => {
    assert.equal((6 + 2 * 0 - 3) / 2 + 1, 2.5);
    assert.equal(deriveSize('conv', layer('conv', 6, 2).axes[0]).result, 2);
  });
  it('sizes: o′ = i′ + (k − 1) at stride 1 and s(i′ − 1) + k beyond', () => {
    assert.equal(deriveSize('convTranspose', layer('convTranspose', 2).axes[0]).result, 2 + (3 - 1));
    assert.equal(deriveSize('convTranspose', layer('convTranspose', 2, 2).axes[0]).result, 2 * (2 - 1) + 3);
  });
});

describe('reference 2', () => {
  const colour = (kernel: number, outputPadding: number): Plan =>
    planOf(
      {
        kind: 'convTranspose',
        stride: [4, 4],
        padding: [0, 0],
        dilation: [1, 1],
        outputPadding: [outputPadding, outputPadding],
      },
      [1, 1, 4, 4],
      [1, 1, kernel, kernel],
    );
  it('k 3, s 4, op 1 is 16×16 with stripes that no stamp reaches', () => {
    assert.deepEqual(colour(3, 1).outputShape.slice(2), [16, 16]);
    assert.ok(hasHoles(tapsPerResidue(3, 4, 1)));
  });
  it('k 4, s 4 is 16×16 without stripes; it calls these stamps overlapped, and not two of them meet', () => {
    assert.deepEqual(colour(4, 0).outputShape.slice(2), [16, 16]);
    const taps = tapsPerResidue(4, 4, 1);
    assert.ok(isEven(taps) && taps.every((count) => count === 1));
    for (const row of outputOf(colour(4, 0))) for (const cell of row) assert.ok(!cell.includes('+'), cell);
  });
  it('a 5×5 convolved at k 3, s 2 is 2×2', () => assert.deepEqual(layer('conv', 5, 2).outputShape.slice(2), [2, 2]));
});

describe('reference 3', () => {
  it('C of stride 1 is reference 1’s', () => assert.deepEqual(matrixOf(layer('conv', 4)), C));
  it('X at stride 1: five of its sixteen sums lack terms, as x(2,0) = w20·y0 without w10·y2', () => {
    assert.equal(differing(PRINTED_1, STRIDE_1), 5);
    assert.deepEqual(outputOf(layer('convTranspose', 2)), STRIDE_1);
  });
  it('X at stride 2 is 5×5: it prints 5×4, without the column of w01·y1, and one of its sums takes w21·y1 from there', () => {
    assert.equal(PRINTED_2[0].length, 4);
    const without = STRIDE_2.map((row) => row.filter((_, column) => column !== 3));
    assert.equal(differing(PRINTED_2, without), 1);
    assert.deepEqual(outputOf(layer('convTranspose', 2, 2)), STRIDE_2);
  });
  it('its C of stride 2 is 4×25, of which it gives the size of the transposed one', () => {
    const matrix = matrixOf(layer('conv', 5, 2));
    assert.deepEqual([matrix.length, matrix[0].length], [4, 25]);
  });
  // What the page says of it: test/unit/webview/parameters.test.ts.
  it('a million pixels fully joined to a million neurons have 10¹² weights; one kernel of 10×10 has a hundred', () => {
    assert.equal(1000 * 1000 * 1e6, 1e12);
    const plan = planOf(
      { kind: 'conv', stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
      [1, 1, 1000, 1000],
      [1, 1, 10, 10],
    );
    assert.equal(plan.kernelArea, 100);
  });
});

describe('reference 4', () => {
  it('a 3×3 kernel on 4×4 makes 2×2, by the same matrix', () => assert.deepEqual(matrixOf(layer('conv', 4)), C));
  it('iPixelTCL at size 2 interleaves F1 at even, F2 at odd places, each later map reading those before', () => {
    const one = (count: number) => tensorOf('float64', [1, count, 1, 1], new Array<number>(count).fill(1));
    const input = tensorOf('float64', [1, 1, 1, 1], [1]);
    const { data, shape } = pixelTransposed(input, [one(1), one(2), one(3), one(4)], 'inputPixel');
    assert.deepEqual(shape, [1, 1, 2, 2]);
    // F1 = 1, F2 = 1 + 1, F3 = 1 + 1 + 2, F4 = 1 + 1 + 2 + 4.
    assert.deepEqual(Array.from(data), [1, 4, 8, 2]);
  });
});

describe('reference 5', () => {
  const kernel = tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]);
  const input = tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, 3]);
  const answer = [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3];
  it('2 3 1 3 under its kernel at stride 1 is its 4×4, by its recipe and by stamps', () => {
    const plan = layer('convTranspose', 2);
    assert.deepEqual(Array.from(zeroInsertion(plan, input, kernel).data), answer);
    assert.deepEqual(Array.from(scatter(plan, input, kernel).data), answer);
  });
  it('its second step puts k − p − 1 zeros around the input: it says between the elements', () => {
    // Around: 2 + 2·2 = 6, and a 3×3 window has 4 places. Between, there would be 2 + 2 = 4, and 2 places.
    assert.equal(deriveSize('conv', layer('conv', 6).axes[0]).result, 4);
    assert.equal(deriveSize('conv', layer('conv', 4).axes[0]).result, 2);
    assert.equal(deriveSize('convTranspose', layer('convTranspose', 2).axes[0]).result, 4);
  });
  it('its size formula lacks the output padding', () => {
    const plan = planOf(
      { kind: 'convTranspose', stride: [2], padding: [1], dilation: [1], outputPadding: [1] },
      [1, 1, 4],
      [1, 1, 3],
    );
    assert.equal((4 - 1) * 2 - 2 * 1 + 3, 7);
    assert.equal(deriveSize('convTranspose', plan.axes[0]).result, 8);
  });
  it('the four rows of its C, and what they make of its feature map; it multiplies from the left, by C transposed', () => {
    const plan = layer('conv', 4);
    const values = new Map(
      ['w00', 'w01', 'w02', 'w10', 'w11', 'w12', 'w20', 'w21', 'w22'].map((name, at) => [name, kernel.data[at]]),
    );
    const numbers = matrixOf(plan).map((row) => row.map((entry) => values.get(entry) ?? 0).join(''));
    assert.deepEqual(numbers, ['0110010010100000', '0011001001010000', '0000011001001010', '0000001100100101']);
    const map = tensorOf('float64', [1, 1, 4, 4], [1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
    // By hand: 0·1 + 1·0 + 1·1 + 0 + 0 + 0 + 1·1 + 0 + 0 = 2 for the first.
    assert.deepEqual(Array.from(gather(plan, map, kernel).data), [2, 3, 1, 3]);
  });
});
