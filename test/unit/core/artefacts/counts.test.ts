import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constantIn, phaseSums, rippleOf, rowKernel } from '../../../../src/core/artefacts/constant';
import {
  causeAlong,
  countsIn,
  histogramOf,
  holesOf,
  isEvenPlan,
  tapsByPhase,
} from '../../../../src/core/artefacts/counts';
import { dft, linesOf, magnitudes, response } from '../../../../src/core/artefacts/spectrum';
import { emptyOutputs } from '../../../../src/core/explain/overlap';
import { gather } from '../../../../src/core/kernels/gather';
import { forEachPosition, outputSizes } from '../../../../src/core/kernels/positions';
import type { Operation, Tensor } from '../../../../src/core/operation';
import { type Plan, resolve } from '../../../../src/core/plan';
import { elementCount, tensorOf } from '../../../../src/core/tensor/tensor';
import { cases, planOf, wholeNumbers } from '../arbitraries';

const SEED = 20261129;
const ones = (shape: readonly number[]): Tensor =>
  tensorOf('float64', shape, new Array<number>(elementCount(shape)).fill(1));

/** The same layer with one channel, no batch of more and no groups: what counts and patterns are of. */
function alone(op: Operation, plan: Plan): Plan {
  const resolution = resolve(
    { ...op, groups: 1 },
    [1, 1, ...plan.axes.map(({ input }) => input)],
    [1, 1, ...plan.axes.map(({ kernel }) => kernel)],
  );
  if (!resolution.ok) throw new Error(resolution.problems[0].message);
  return resolution.plan;
}

const transposed = (kernel: number, stride: number, rest: Partial<Operation> = {}, input = 4, rank = 2): Plan => {
  const each = (value: number): readonly number[] => new Array<number>(rank).fill(value);
  return planOf(
    { kind: 'convTranspose', stride: each(stride), padding: each(0), dilation: each(1), ...rest },
    [1, 1, ...each(input)],
    [1, 1, ...each(kernel)],
  );
};
const whole = (plan: Plan): { origin: readonly number[]; shape: readonly number[] } => ({
  origin: plan.axes.map(() => 0),
  shape: outputSizes(plan),
});

describe('overlap counts', () => {
  it('of k3 s2 are 1, 2 and 4, of k4 s2 all 4 away from the border', () => {
    assert.deepEqual(countsIn(transposed(3, 2), { origin: [1, 1], shape: [2, 2] }), [1, 2, 2, 4]);
    assert.deepEqual(countsIn(transposed(4, 2), { origin: [2, 2], shape: [2, 2] }), [4, 4, 4, 4]);
    assert.deepEqual([isEvenPlan(transposed(3, 2)), isEvenPlan(transposed(4, 2))], [false, true]);
    assert.deepEqual(histogramOf(transposed(4, 2)), [
      [1, 16],
      [2, 48],
      [4, 36],
    ]);
  });

  it('are what an input of ones makes under a kernel of ones, over random legal layers', () => {
    fc.assert(
      fc.property(cases('convTranspose'), ({ op, plan }) => {
        const layer = alone(op, plan);
        const counts = countsIn(layer, whole(layer));
        assert.deepEqual(counts, [...gather(layer, ones(layer.inputShape), ones(layer.weightShape)).data]);
        assert.deepEqual(counts, constantIn(layer, ones(layer.weightShape), whole(layer)));
        const even = layer.axes.every((axis) => new Set(tapsByPhase(axis)).size === 1);
        assert.equal(isEvenPlan(layer), even);
        const counted = new Map<number, number>();
        for (const count of counts) counted.set(count, (counted.get(count) ?? 0) + 1);
        assert.deepEqual(
          histogramOf(layer).filter(([, outputs]) => outputs > 0),
          [...counted].sort(([one], [other]) => one - other),
        );
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

describe('holes', () => {
  const causes = (plan: Plan): readonly (string | undefined)[] =>
    Array.from({ length: plan.axes[0].output }, (_, at) => causeAlong(plan, 0, at));

  it('have a cause: a common factor, a small kernel, what is beyond the last stamp, an input that is short', () => {
    const common = transposed(3, 2, { dilation: [2, 2] });
    assert.deepEqual(holesOf(common)[0], { axis: 0, cause: 'common', positions: 5 });
    assert.equal(causeAlong(common, 0, 1), 'common');
    // k3 s2 d2 with output padding 1: three quarters of 12×12 are the bias alone.
    assert.equal(emptyOutputs(transposed(3, 2, { dilation: [2, 2], outputPadding: [1, 1] })) / 144, 0.75);
    assert.deepEqual(causes(transposed(2, 3, {}, 2)), [undefined, undefined, 'kernel', undefined, undefined]);
    assert.deepEqual(causes(transposed(2, 2, { outputPadding: [1, 1] }, 1)), [undefined, undefined, 'beyond']);
    assert.deepEqual(causes(transposed(2, 1, { dilation: [2, 2] }, 1)), [undefined, 'short', undefined]);
  });

  it('are where nothing reaches, and nowhere else, over random legal layers', () => {
    fc.assert(
      fc.property(cases('convTranspose'), ({ plan }) => {
        const empty = plan.axes.map(({ output }, axis) =>
          Array.from({ length: output }, (_, at) => causeAlong(plan, axis, at) !== undefined),
        );
        let holes = 0;
        forEachPosition(outputSizes(plan), (place) => {
          if (place.some((at, axis) => empty[axis][at])) holes++;
        });
        assert.equal(holes, emptyOutputs(plan));
        holesOf(plan).forEach(({ axis, cause, positions }) => {
          assert.ok(positions > 0);
          // A cause that lies in the geometry is one of whole phases: they have no tap.
          if (cause === 'common' || cause === 'kernel') assert.ok(tapsByPhase(plan.axes[axis]).includes(0));
        });
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

describe('the pattern of a constant input', () => {
  it('repeats with the stride: each output inside is its phase’s sum, over random legal layers', () => {
    let inside = 0;
    fc.assert(
      fc.property(cases('convTranspose'), fc.nat(), ({ op, plan }, seed) => {
        const layer = alone(op, plan);
        const kernel = wholeNumbers(layer.weightShape, seed);
        const values = gather(layer, ones(layer.inputShape), kernel).data;
        assert.deepEqual([...values], constantIn(layer, kernel, whole(layer)));
        const sums = phaseSums(layer, kernel);
        forEachPosition(outputSizes(layer), (place, flat) => {
          const isInside = place.every((at, axis) => {
            const { padBegin, extent, stride, input } = layer.axes[axis];
            return at + padBegin >= extent - 1 && at + padBegin <= stride * (input - 1);
          });
          if (!isInside) return;
          inside++;
          const phase = place.reduce(
            (all, at, axis) => all * layer.axes[axis].stride + (at % layer.axes[axis].stride),
            0,
          );
          assert.equal(values[flat] + 0, sums[phase] + 0);
        });
      }),
      { numRuns: 300, seed: SEED },
    );
    assert.ok(inside > 500, `${inside}`);
  });

  it('of the kernel 1 2 1 is flat in spite of counts of 1, 2 and 4; of ones it ripples by 133 %', () => {
    const plan = transposed(3, 2);
    const flat = tensorOf('float64', [1, 1, 3, 3], [1, 2, 1, 2, 4, 2, 1, 2, 1]);
    assert.deepEqual(phaseSums(plan, flat), [4, 4, 4, 4]);
    assert.equal(rippleOf(phaseSums(plan, flat), 4).share, 0);
    assert.deepEqual(rippleOf(phaseSums(plan, ones([1, 1, 3, 3])), 1), {
      least: 1,
      most: 4,
      mean: 2.25,
      share: 3 / 2.25,
    });
    assert.equal(rippleOf([1, -1], 1).share, undefined);
  });
});

describe('the spectrum', () => {
  it('of a pattern has lines as high as what the kernel lets through of the comb, over random layers', () => {
    fc.assert(
      fc.property(cases('convTranspose'), fc.nat(), ({ op, plan }, seed) => {
        const layer = alone(op, plan);
        const kernel = wholeNumbers(layer.weightShape, seed);
        // A place inside along all axes but the last, if there is one.
        const place = layer.axes.map(({ padBegin, extent, stride, input, output }) => {
          const first = Math.max(0, extent - 1 - padBegin);
          return first < output && first + padBegin <= stride * (input - 1) ? first : -1;
        });
        if (place.includes(-1)) return;
        const last = layer.axes[layer.rank - 1];
        const taps = rowKernel(layer, kernel, place);
        const row = Array.from({ length: last.stride }, (_, residue) =>
          taps.reduce((sum, tap, at) => {
            const falls = (at * last.dilation - last.padBegin - residue) % last.stride === 0;
            return falls ? sum + tap : sum;
          }, 0),
        );
        linesOf([last.stride], row).forEach((height, at) => {
          const through = response(taps, last.dilation, at / last.stride) / last.stride;
          assert.ok(Math.abs(height - through) < 1e-9, `${height} and ${through}`);
        });
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  it('of a row under k3 s2 and ones has 3 and a line of 1 at 1/2; under k4 s2 none but the mean', () => {
    const near = (found: readonly number[], expected: readonly number[]): void =>
      found.forEach((each, at) => assert.ok(Math.abs(each - expected[at]) < 1e-12, `${each}`));
    near(linesOf([2], [2, 4]), [3, 1]);
    near(linesOf([2], [4, 4]), [4, 0]);
    assert.ok(response([1, 1, 1, 1], 1, 0.5) < 1e-12);
  });

  it('is linear, keeps the energy, and of an impulse is 1 everywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }), fc.nat(), (shape, seed) => {
        const values = wholeNumbers(shape, seed).data;
        const spectrum = magnitudes(dft(shape, values));
        const energy = (numbers: Iterable<number>): number => [...numbers].reduce((all, each) => all + each * each, 0);
        assert.ok(Math.abs(energy(spectrum) / values.length - energy(values)) < 1e-6 * (1 + energy(values)));
        const impulse = values.map((_, at) => (at === 0 ? 1 : 0));
        assert.ok(magnitudes(dft(shape, impulse)).every((each) => Math.abs(each - 1) < 1e-12));
      }),
      { numRuns: 100, seed: SEED },
    );
  });
});
