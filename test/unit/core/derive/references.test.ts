import assert from 'node:assert/strict';
import { backward } from '../../../../src/core/derive/backward';
import { gathering } from '../../../../src/core/derive/gathering';
import { im2col } from '../../../../src/core/derive/im2col';
import { matrixForm, type MatrixElement } from '../../../../src/core/derive/matrixForm';
import { overlapAdd } from '../../../../src/core/derive/overlapAdd';
import type { Subject } from '../../../../src/core/derive/subject';
import { plain, RAMP, REFERENCE_KERNEL, subjectFrom } from './windowed';

const four = [
  [1, 0, 1, 0],
  [0, 0, 1, 1],
  [1, 0, 0, 1],
  [0, 1, 0, 0],
];
const five = Array.from({ length: 5 }, (_, row) => Array.from({ length: 5 }, (__, column) => row * 5 + column));
const two = [
  [2, 3],
  [1, 3],
];

const tapName = (tap: number): string => `w${Math.floor(tap / 3)},${tap % 3}`;
/** A row of the matrix as the references write it. */
function printed(
  length: number,
  elements: readonly MatrixElement[],
  column: (element: MatrixElement) => number,
): string {
  const line = new Array<string>(length).fill('0');
  for (const element of elements) line[column(element)] = element.taps.map(tapName).join('+');
  return line.join(' ');
}
/** An output as the sum that the references print, the first input first. */
const sumOf = (row: readonly MatrixElement[]): string =>
  row.map(({ taps, input }) => `${taps.map(tapName).join('+')}y${input}`).join(' + ');
const sums = (subject: Subject, columns: number): string[][] => {
  const all = matrixForm(subject).rows.map(sumOf);
  return Array.from({ length: all.length / columns }, (_, row) => all.slice(row * columns, (row + 1) * columns));
};

describe('reference 1, the matrix', () => {
  const conv = subjectFrom('conv', four, RAMP);

  it('C of a 4×4 input under a 3×3 kernel: 4 × 16, as it is written out', () => {
    const { sites, entries } = matrixForm(conv);
    assert.deepEqual(
      sites.map((site) => printed(16, site, ({ input }) => input)),
      [
        'w0,0 w0,1 w0,2 0 w1,0 w1,1 w1,2 0 w2,0 w2,1 w2,2 0 0 0 0 0',
        '0 w0,0 w0,1 w0,2 0 w1,0 w1,1 w1,2 0 w2,0 w2,1 w2,2 0 0 0 0',
        '0 0 0 0 w0,0 w0,1 w0,2 0 w1,0 w1,1 w1,2 0 w2,0 w2,1 w2,2 0',
        '0 0 0 0 0 w0,0 w0,1 w0,2 0 w1,0 w1,1 w1,2 0 w2,0 w2,1 w2,2',
      ],
    );
    assert.equal(entries, 36);
  });

  it('Cᵀ times y at stride 1: the sixteen sums', () => {
    assert.deepEqual(sums(subjectFrom('convTranspose', two, RAMP), 4), [
      ['w0,0y0', 'w0,1y0 + w0,0y1', 'w0,2y0 + w0,1y1', 'w0,2y1'],
      ['w1,0y0 + w0,0y2', 'w1,1y0 + w1,0y1 + w0,1y2 + w0,0y3', 'w1,2y0 + w1,1y1 + w0,2y2 + w0,1y3', 'w1,2y1 + w0,2y3'],
      ['w2,0y0 + w1,0y2', 'w2,1y0 + w2,0y1 + w1,1y2 + w1,0y3', 'w2,2y0 + w2,1y1 + w1,2y2 + w1,1y3', 'w2,2y1 + w1,2y3'],
      ['w2,0y2', 'w2,1y2 + w2,0y3', 'w2,2y2 + w2,1y3', 'w2,2y3'],
    ]);
  });

  it('Cᵀ times y at stride 2, 5×5: the twenty-five sums, of which C has 4 × 25', () => {
    const subject = subjectFrom('convTranspose', two, RAMP, { s: 2 });
    assert.deepEqual(sums(subject, 5), [
      ['w0,0y0', 'w0,1y0', 'w0,2y0 + w0,0y1', 'w0,1y1', 'w0,2y1'],
      ['w1,0y0', 'w1,1y0', 'w1,2y0 + w1,0y1', 'w1,1y1', 'w1,2y1'],
      ['w2,0y0 + w0,0y2', 'w2,1y0 + w0,1y2', 'w2,2y0 + w2,0y1 + w0,2y2 + w0,0y3', 'w2,1y1 + w0,1y3', 'w2,2y1 + w0,2y3'],
      ['w1,0y2', 'w1,1y2', 'w1,2y2 + w1,0y3', 'w1,1y3', 'w1,2y3'],
      ['w2,0y2', 'w2,1y2', 'w2,2y2 + w2,0y3', 'w2,1y3', 'w2,2y3'],
    ]);
    const { rows, columns } = matrixForm(subject);
    assert.deepEqual([rows.length, columns.length], [25, 4]);
  });

  it('the numbering of x has no gap: the first of the second row is x₄, or x₅ counted from one', () => {
    const { rows } = matrixForm(conv);
    assert.deepEqual(
      rows[2].map(({ input }) => input),
      [4, 5, 6, 8, 9, 10, 12, 13, 14],
    );
  });
});

describe('reference 2, stamping', () => {
  const image = Array.from({ length: 4 }, (_, row) => Array.from({ length: 4 }, (__, column) => 1 + row * 4 + column));
  const ones = (size: number): number[][] => Array.from({ length: size }, () => new Array<number>(size).fill(1));
  const meeting = (subject: Subject): number =>
    Math.max(...matrixForm(subject).rows.map((row) => row.filter(({ value }) => value !== 0).length));

  it('k3 s4 op1 leaves stripes that no stamp reaches, 16×16', () => {
    const subject = subjectFrom('convTranspose', image, ones(3), { s: 4, op: 1 });
    assert.deepEqual(subject.plan.outputShape, [1, 1, 16, 16]);
    matrixForm(subject).rows.forEach((row, at) => {
      const isStripe = at % 4 === 3 || Math.floor(at / 16) % 4 === 3;
      assert.equal(row.length, isStripe ? 0 : 1);
    });
  });

  it('k4 s4 does not overlap, although its picture is called so: every output has one stamp', () => {
    const subject = subjectFrom('convTranspose', image, ones(4), { s: 4 });
    assert.deepEqual(subject.plan.outputShape, [1, 1, 16, 16]);
    assert.equal(meeting(subject), 1);
    assert.ok(matrixForm(subject).rows.every(({ length }) => length === 1));
    assert.equal(meeting(subjectFrom('convTranspose', image, ones(5), { s: 4 })), 4, 'k5 s4 does');
  });
});

describe('reference 3, convolution and back', () => {
  it('what it prints at stride 1 omits terms: the second of the second row has four', () => {
    const [, second, third] = sums(subjectFrom('convTranspose', two, RAMP), 4);
    assert.equal(second[1], 'w1,1y0 + w1,0y1 + w0,1y2 + w0,0y3', 'printed: w1,1y0 + w1,0y2 + w0,0y3');
    assert.equal(second[2], 'w1,2y0 + w1,1y1 + w0,2y2 + w0,1y3', 'printed: w1,2y0 + w1,1y1');
    assert.equal(third[0], 'w2,0y0 + w1,0y2', 'printed: w2,0y0');
    assert.equal(third[1], 'w2,1y0 + w2,0y1 + w1,1y2 + w1,0y3', 'printed: w2,1y0 + w2,0y2');
    assert.equal(third[2], 'w2,2y0 + w2,1y1 + w1,2y2 + w1,1y3', 'printed: w2,2y0 + w2,1y1 + w1,1y3');
  });

  it('what it prints at stride 2 has four columns of five', () => {
    const rows = sums(subjectFrom('convTranspose', two, RAMP, { s: 2 }), 5);
    assert.deepEqual(
      rows.map((row) => row[3]),
      ['w0,1y1', 'w1,1y1', 'w2,1y1 + w0,1y3', 'w1,1y3', 'w2,1y3'],
    );
    assert.equal(rows[2][4], 'w2,2y1 + w0,2y3', 'printed: w2,2y1 + w2,1y1 + w0,1y3');
  });

  it('the worked numbers: 4×4 gives [[2,3],[1,3]], by windows, by C and by im2col', () => {
    const subject = subjectFrom('conv', four, REFERENCE_KERNEL);
    const expected = [2, 3, 1, 3];
    assert.deepEqual(
      gathering(subject).map(({ sum }) => sum),
      expected,
    );
    assert.deepEqual(plain(matrixForm(subject).y), expected);
    const { columns, row, products } = im2col(subject);
    assert.deepEqual(plain(products), expected);
    assert.deepEqual([row.length, columns.length], [9, 4]);
    assert.deepEqual(
      columns.map((column) => column.map(({ value }) => value).join('')),
      ['101001100', '010011001', '001100010', '011001100'],
    );
  });

  it('[[2,3],[1,3]] back by the same kernel, gathered, stamped and by Cᵀ', () => {
    const expected = [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3];
    const subject = subjectFrom('convTranspose', two, REFERENCE_KERNEL);
    assert.deepEqual(plain(gathering(subject).map(({ sum }) => sum)), expected);
    assert.deepEqual(plain(matrixForm(subject).y), expected);
    assert.deepEqual(plain(overlapAdd(subject).output.data), expected);
    const forward = subjectFrom('conv', four, REFERENCE_KERNEL);
    assert.deepEqual(plain(backward(forward).gradient.data), expected, 'and as the backward pass of the convolution');
  });

  it('5×5 at stride 2 gives 2×2, and its backward pass the 5×5 again', () => {
    const subject = subjectFrom('conv', five, RAMP, { s: 2 });
    assert.deepEqual(subject.plan.outputShape, [1, 1, 2, 2]);
    const { gradient, transposed } = backward(subject);
    assert.deepEqual(gradient.shape, [1, 1, 5, 5]);
    assert.equal(transposed.plan.kind, 'convTranspose');
  });
});
