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
  it('k3 s2 is [[4,2],[2,1]], k4 s2 is 4 everywhere', () => {
    assert.deepEqual(overlapOf(square(3, 2)), {
      taps: [
        [2, 1],
        [2, 1],
      ],
      grid: [4, 2, 2, 1],
      even: false,
      holes: 0,
    });
    assert.deepEqual(overlapOf(square(4, 2)), {
      taps: [
        [2, 2],
        [2, 2],
      ],
      grid: [4, 4, 4, 4],
      even: true,
      holes: 0,
    });
  });

  it('k3 s2 d2 leaves ¾ of the output to the bias', () => {
    assert.equal(overlapOf(square(3, 2, 2)).holes, 3 / 4);
    // Of 19×19 outputs the 10×10 at even places are reached.
    assert.equal(emptyOutputs(square(3, 2, 2)), 19 * 19 - 10 * 10);
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
        assert.equal(emptyOutputs(single), counted.filter((count) => count === 0).length);
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });
});
