import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beyondKernel } from '../../../../src/core/derive/beyondKernel';
import type { Subject } from '../../../../src/core/derive/subject';
import { zeroInsertion } from '../../../../src/core/derive/zeroInsertion';
import { contributionsAlong } from '../../../../src/core/explain/overlap';
import { flatIndex } from '../../../../src/core/explain/readout';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import { flipKernel, insertZeros, padStretched } from '../../../../src/core/kernels/zeroInsertion';
import { planeOf, subjectOfLayer, subjects, upsampling } from './drawn';

const runs = { numRuns: 300, seed: 20261129 };
const plain = (values: ArrayLike<number>): number[] => Array.from(values, (value) => value + 0);
const product = (values: readonly number[]): number => values.reduce((all, value) => all * value, 1);

/** Reference 5: a 2×2 map, a 3×3 kernel, stride 1, no padding. */
const fourSteps = subjectOfLayer(
  upsampling(1, 0),
  planeOf([
    [2, 3],
    [1, 3],
  ]),
  planeOf([
    [0, 1, 1],
    [0, 1, 0],
    [1, 0, 1],
  ]),
);

describe('zero insertion', () => {
  it('of the worked example in four steps turns the kernel and gives the output that is printed there', () => {
    const { kernel, output, spread, padded } = zeroInsertion(fourSteps);
    assert.deepEqual(plain(kernel.data), [1, 0, 1, 0, 1, 0, 1, 1, 0]);
    assert.deepEqual(spread.shape.slice(2), [2, 2]);
    assert.deepEqual(padded.shape.slice(2), [6, 6]);
    assert.deepEqual(plain(output.data), [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3]);
  });

  it('of a 2×2 map with kernel 3 and stride 2 is over the 7×7 grid that the reference prints', () => {
    const subject = subjectOfLayer(
      upsampling(2, 0),
      planeOf([
        [1, 2],
        [3, 4],
      ]),
      fourSteps.weight,
    );
    const { padded } = zeroInsertion(subject);
    assert.deepEqual(padded.shape.slice(2), [7, 7]);
    const expected = new Array<number>(49).fill(0);
    [expected[16], expected[18], expected[30], expected[32]] = [1, 2, 3, 4];
    assert.deepEqual(plain(padded.data), expected);
  });

  it('gives the output of the definition, of any legal layer, with sizes (i−1)s + 1 and o + K − 1', () => {
    fc.assert(
      fc.property(subjects('convTranspose'), (subject) => {
        const { plan } = subject;
        const derived = zeroInsertion(subject);
        assert.deepEqual(plain(derived.output.data), plain(subject.part.data));
        plan.axes.forEach(({ input, stride, output, extent }, axis) => {
          assert.equal(derived.spread.shape[axis + 2], (input - 1) * stride + 1);
          assert.equal(derived.padded.shape[axis + 2], output + extent - 1);
        });
      }),
      runs,
    );
  });

  it('has the grids of the reference definition, one after the other', () => {
    fc.assert(
      fc.property(subjects('convTranspose'), (subject) => {
        const { plan, input, weight } = subject;
        const derived = zeroInsertion(subject);
        const spread = insertZeros(plan, input);
        assert.deepEqual(plain(derived.spread.data), plain(spread.data));
        assert.deepEqual(plain(derived.padded.data), plain(padStretched(plan, spread).data));
        assert.deepEqual(plain(derived.kernel.data), plain(flipKernel(plan, weight).data));
      }),
      runs,
    );
  });

  it('meets as many elements of the input as the outputs have contributions; all others are zeros', () => {
    let cropped = 0;
    fc.assert(
      fc.property(subjects('convTranspose'), (subject) => {
        const { plan } = subject;
        const { real, products, productsOf, padded, rings } = zeroInsertion(subject);
        const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
        assert.equal(real, product(plan.axes.map((_, axis) => sum(contributionsAlong(plan, axis)))));
        assert.equal(products, plan.outputArea * plan.kernelArea);
        if (rings.some(({ begin, end }) => begin < 0 || end < 0)) cropped++;
        const last = plan.axes.map(({ output }) => output - 1);
        for (const { under, input, value, tap, weight } of productsOf(last)) {
          assert.equal(value, padded.data[flatIndex(padded.shape.slice(2), under)]);
          assert.equal(value, input ? subject.input.data[flatIndex(plan.inputShape.slice(2), input)] : 0);
          assert.equal(weight, subject.weight.data[flatIndex(plan.weightShape.slice(2), tap)]);
        }
      }),
      runs,
    );
    assert.ok(cropped > 20, `${cropped} layers crop`);
  });

  it('of a plain convolution has nothing between and the kernel as it is, and gives its output', () => {
    fc.assert(
      fc.property(subjects('conv'), (subject) => {
        const derived = zeroInsertion(subject);
        assert.deepEqual(plain(derived.output.data), plain(subject.part.data));
        assert.deepEqual(plain(derived.spread.data), plain(subject.input.data));
        assert.deepEqual(plain(derived.kernel.data), plain(subject.weight.data));
      }),
      runs,
    );
  });

  it('has one canvas on which the spread grid and the padded one lie over each other', () => {
    fc.assert(
      fc.property(subjects('convTranspose'), (subject) => {
        const { canvas, spreadAt, paddedAt, spread, padded, rings } = zeroInsertion(subject);
        rings.forEach(({ begin }, axis) => {
          assert.equal(spreadAt[axis] - paddedAt[axis], begin);
          assert.ok(spreadAt[axis] + spread.shape[axis + 2] <= canvas[axis]);
          assert.ok(paddedAt[axis] + padded.shape[axis + 2] <= canvas[axis]);
        });
      }),
      runs,
    );
  });
});

describe('the same layer with a padding beyond its kernel', () => {
  const outputs = ({ plan }: Subject): readonly number[] => plan.outputShape.slice(2);

  it('has p = K, the least of which K−1−p is negative: 4×4, k3 s2 op1 becomes 4×4 with p 3', () => {
    const input = planeOf(Array.from({ length: 4 }, () => [1, 2, 3, 4]));
    const beyond = beyondKernel(subjectOfLayer(upsampling(2, 1, 1), input, fourSteps.weight));
    assert.ok(beyond);
    assert.deepEqual(outputs(beyond.subject), [4, 4]);
    assert.deepEqual(beyond.shift, [2, 2]);
    assert.ok(beyond.subject.plan.axes.every(({ padBegin, padEnd }) => padBegin === 3 && padEnd === 3));
  });

  it('is not there where nothing would be left', () => {
    assert.equal(beyondKernel(fourSteps), undefined);
  });

  it('cuts on some axis, keeps legal sizes, and has the values of the layer at places moved by the shift', () => {
    let compared = 0;
    let without = 0;
    fc.assert(
      fc.property(subjects('convTranspose'), (subject) => {
        const beyond = beyondKernel(subject);
        if (!beyond) {
          without++;
          for (const { input, stride, extent, outputPadding } of subject.plan.axes)
            assert.ok((input - 1) * stride - 2 * extent + extent + outputPadding < 1);
          return;
        }
        const { rings, output } = zeroInsertion(beyond.subject);
        assert.ok(rings.some(({ begin, end }) => begin < 0 || end < 0));
        assert.ok(outputs(beyond.subject).every((size) => size >= 1));
        forEachPosition(outputs(beyond.subject), (place, flat) => {
          const moved = place.map((at, axis) => at + beyond.shift[axis]);
          if (moved.some((at, axis) => at < 0 || at >= outputs(subject)[axis])) return;
          compared++;
          assert.equal(output.data[flat] + 0, subject.part.data[flatIndex(outputs(subject), moved)] + 0);
        });
      }),
      runs,
    );
    assert.ok(compared > 100 && without > 20, `${compared} compared, ${without} without`);
  });
});
