import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  contributionsAlong,
  emptyOutputs,
  hasHoles,
  isEven,
  overlapOf,
  tapsPerResidue,
} from '../../../../src/core/explain/overlap';
import { gather } from '../../../../src/core/kernels/gather';
import type { Operation } from '../../../../src/core/operation';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { cases, planOf } from '../arbitraries';

const square = (k: number, s: number, d = 1, i = 8) =>
  planOf(
    { kind: 'convTranspose', stride: [s, s], padding: [0, 0], dilation: [d, d] } satisfies Operation,
    [1, 1, i, i],
    [1, 1, k, k],
  );

describe('overlap', () => {
  // Least, most and zeros as PyTorch 2.15 counts them: `F.conv_transpose2d` of ones with ones.
  it('k3 s2 is 1 to 4, k4 s2 is 4 inside and less at the borders', () => {
    assert.deepEqual(overlapOf(square(3, 2)), {
      all: { least: 1, most: 4 },
      inside: { least: 1, most: 4 },
      holes: 0,
    });
    assert.deepEqual(overlapOf(square(4, 2)), {
      all: { least: 1, most: 4 },
      inside: { least: 4, most: 4 },
      holes: 0,
    });
  });

  it('k4 on a 1×1 input is 1 everywhere, though it would be 16 inside of a larger one', () => {
    assert.deepEqual(overlapOf(square(4, 1, 1, 1)), { all: { least: 1, most: 1 }, inside: undefined, holes: 0 });
    assert.deepEqual(overlapOf(square(4, 1, 1, 2)), { all: { least: 1, most: 4 }, inside: undefined, holes: 0 });
    assert.deepEqual(overlapOf(square(4, 1, 1, 4)).inside, { least: 16, most: 16 });
  });

  it('k3 s2 d2 leaves what no tap reaches to the bias: of 19×19 outputs all but 10×10', () => {
    assert.equal(emptyOutputs(square(3, 2, 2)), 19 * 19 - 10 * 10);
    assert.equal(overlapOf(square(3, 2, 2)).holes, (19 * 19 - 10 * 10) / 19 ** 2);
  });

  for (let k = 1; k <= 6; k++) {
    for (let s = 1; s <= 5; s++) {
      it(`k${k} s${s} is even iff s divides k, and has holes iff k < s`, () => {
        assert.equal(isEven(tapsPerResidue(k, s, 1)), k % s === 0);
        assert.equal(hasHoles(tapsPerResidue(k, s, 1)), k < s);
      });
    }
  }

  it('counts at every output, borders included, what a transposed convolution of ones yields', () => {
    fc.assert(
      fc.property(cases('convTranspose'), ({ op, plan }) => {
        const { shape } = plan.axes.reduce(({ shape: sizes }, axis) => ({ shape: [...sizes, axis.input] }), {
          shape: [1, 1],
        });
        const kernel = [1, 1, ...plan.axes.map((axis) => axis.kernel)];
        const ones = (sizes: readonly number[]) =>
          tensorOf('float64', sizes, new Array<number>(sizes.reduce((all, size) => all * size, 1)).fill(1));
        const single = planOf({ ...op, groups: 1 }, shape, kernel);
        const counted = single.axes
          .map((_, axis) => contributionsAlong(single, axis))
          .reduce((all, along) => all.flatMap((a) => along.map((b) => a * b)), [1]);
        assert.deepEqual(counted, [...gather(single, ones(shape), ones(kernel)).data]);
        const empty = counted.filter((count) => count === 0).length;
        assert.equal(emptyOutputs(single), empty);
        const { all, holes } = overlapOf(single);
        assert.deepEqual([all.least, all.most], [Math.min(...counted), Math.max(...counted)]);
        assert.equal(holes, empty / counted.length);
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });
});
