import assert from 'node:assert/strict';
import fc from 'fast-check';
import { naturalLimits, STEPS, stepOf } from '../../../../src/core/tensor/colourSteps';
import { isWorthBrief, packed, serves, stepsFor, unpacked } from '../../../../src/core/tensor/packed';
import type { Painted, PlaneBlock } from '../../../../src/core/tensor/plane';
import { statisticsOf } from '../../../../src/core/tensor/statistics';

const block = (values: Float32Array | Float64Array, cells = 10_000): PlaneBlock => ({
  ...{ key: 'input', tensor: 'input', leading: [0, 0], row: 0, column: 0, rows: cells, columns: cells },
  ...{ valueRows: values.length / 64, valueColumns: 64, values },
});
const number = fc.double({ min: -1e30, max: 1e30, noNaN: true }).map(Math.fround);
const ramp = Float32Array.from({ length: 4096 }, (_, at) => at - 1000);
const stepsOf = (values: Float32Array | Float64Array, painted: Painted) =>
  stepsFor({ painted }, block(values), statisticsOf(values));

describe('a block that is only painted', () => {
  for (const painted of ['diverging', 'sequential'] as const)
    it(`has the colours of its values to the step, ${painted}, with its places as they are`, () => {
      fc.assert(
        fc.property(number, number, fc.boolean(), (one, other, single) => {
          const all = Array.from({ length: 4096 }, (_, at) =>
            at % 3 === 0 ? one : one + (other - one) * ((at % 997) / 997),
          );
          const values = single ? Float32Array.from(all) : Float64Array.from(all);
          const steps = stepsOf(values, painted);
          const small = steps && packed(block(values), steps);
          assert.ok(small);
          assert.equal(small.steps.length, 4096);
          const { values: back, ...rest } = unpacked(small);
          const { values: _, ...places } = block(values);
          assert.deepEqual(rest, { ...places, rough: true });
          const [low, high] = naturalLimits(statisticsOf(values), painted === 'diverging');
          values.forEach((value, at) => assert.equal(stepOf({ low, high }, back[at]), stepOf({ low, high }, value)));
        }),
        { seed: 20261130, numRuns: 60 },
      );
    });

  for (const [painted, whole] of [
    ['unit', 1],
    ['byte', 255],
  ] as const)
    it(`has the bytes of its colour, full intensity ${whole}`, () => {
      const values = Float64Array.from({ length: 4096 }, (_, at) => ((at - 100) / 3900) * whole);
      const steps = stepsOf(values, painted);
      const small = steps && packed(block(values), steps);
      assert.ok(small);
      const bytesOf = (of: ArrayLike<number>): Uint8ClampedArray =>
        Uint8ClampedArray.from(Array.from(of, (value) => value * (255 / whole)));
      assert.deepEqual(bytesOf(unpacked(small).values), bytesOf(values));
      assert.equal(new Set(bytesOf(values)).size, STEPS);
    });

  it('is left as it is where it has single cells, few values, or any that is not finite', () => {
    const [found] = [statisticsOf(ramp)];
    const wanted = { painted: 'diverging' } as const;
    const single = { ...block(ramp), rows: 64, columns: 64 };
    assert.ok(stepsFor(wanted, block(ramp), found));
    assert.equal(stepsFor(wanted, single, found), undefined);
    assert.ok(stepsFor({ ...wanted, brief: true }, single, found), 'but for a brief look at single cells');
    assert.equal(stepsFor({}, block(ramp), found), undefined);
    assert.equal(stepsFor(wanted, block(ramp.subarray(0, 2048)), found), undefined);
    const steps = stepsFor(wanted, block(ramp), found);
    for (const special of [NaN, Infinity, -Infinity]) {
      const some = ramp.slice();
      some[7] = special;
      assert.ok(steps);
      assert.equal(packed(block(some), steps), undefined);
    }
  });

  it('is left as it is where its steps could not be told from one another, or from infinity', () => {
    const near = Float64Array.from({ length: 4096 }, (_, at) => 1 + (at % 3) * Number.EPSILON);
    assert.equal(stepsOf(near, 'sequential'), undefined);
    const far = ramp.map((value) => (value % 2 ? 1 : -1));
    assert.equal(
      stepsOf(
        Float64Array.from(far, (value) => value * 1.7e308),
        'diverging',
      ),
      undefined,
    );
  });

  it('serves as long as the limits of its colours have not closed in', () => {
    const of = (high: number) => ({ of: 'map', low: -high, high }) as const;
    assert.deepEqual(
      [serves(of(1), of(1)), serves(of(1), of(2)), serves(of(2), of(1)), serves(undefined, of(1))],
      [true, true, false, true],
    );
    assert.equal(serves(of(1), undefined), false, 'its values are read now');
    assert.equal(serves(of(1), { of: 'channel', low: 0, high: 1 }), false);
    assert.equal(serves({ of: 'channel', low: 0, high: 255 }, { of: 'channel', low: 0, high: 1 }), false);
  });

  it('is worth a brief look where it has many single cells', () => {
    const request = { ...block(ramp, 64), maxRows: 64, maxColumns: 64, painted: 'unit' } as const;
    assert.equal(isWorthBrief(request), true);
    assert.equal(isWorthBrief({ ...request, maxRows: 63 }), false, 'its means are only painted anyway');
    assert.equal(isWorthBrief({ ...request, rows: 8 }), false);
    assert.equal(isWorthBrief({ ...request, painted: undefined }), false);
  });
});
