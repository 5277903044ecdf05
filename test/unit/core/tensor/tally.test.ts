import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HISTOGRAM_BINS, statisticsOf, Tally } from '../../../../src/core/tensor/statistics';

/** Several blocks of values, and an end that is none. */
const COUNT = 3 * 8192 + 5;

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -8, max: 8, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 100, -100, 1e300) },
);
const edits = fc.array(fc.array(fc.record({ at: fc.nat(COUNT - 1), value }), { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 6,
});

describe('statistics that are kept up to date', () => {
  for (const Values of [Float32Array, Float64Array])
    it(`are to the last bit those of a full pass, after any edits of a ${Values.name}`, () => {
      fc.assert(
        fc.property(edits, (all) => {
          const data = new Values(COUNT);
          for (let at = 0; at < COUNT; at++) data[at] = Math.sin(at * 12.9898);
          const tally = new Tally(data);
          assert.equal(tally.statistics.count, COUNT);
          for (const edit of all) {
            // Some values are where the tally does not reach: they are of another plane.
            tally.update(data, [...edit.map((each) => each.at), -1, COUNT + 8192]);
            for (const each of edit) data[each.at] = each.value;
            tally.update(
              data,
              edit.map((each) => each.at),
            );
            assert.deepEqual(tally.statistics, statisticsOf(data));
          }
        }),
        { numRuns: 40, seed: 20261129 },
      );
    });

  it('count every finite value once, in the bin that its place between the ends says', () => {
    const data = Float64Array.from({ length: 20_000 }, (_, at) =>
      at === 7 ? NaN : at === 9 ? Infinity : (at * 37) % 1000,
    );
    const finite = data.filter((each) => Number.isFinite(each));
    const { histogram, min, max, mean, nan, positiveInfinity, negativeInfinity } = statisticsOf(data);
    const expected = new Uint32Array(HISTOGRAM_BINS);
    for (const each of finite) expected[Math.min(63, Math.floor(((each - 0) / 999) * 64))]++;
    const apart = expected.reduce((all, count, bin) => all + Math.abs(count - histogram[bin]), 0);
    // A value on the edge of two bins may be in either, by rounding.
    assert.ok(apart <= 4, `${apart}`);
    assert.equal(
      histogram.reduce((all, count) => all + count, 0),
      finite.length,
    );
    assert.deepEqual([min, max, nan, positiveInfinity, negativeInfinity], [0, 999, 1, 1, 0]);
    assert.ok(Math.abs(mean - finite.reduce((all, each) => all + each, 0) / finite.length) < 1e-9);
  });

  it('have a bin for every value of a range that no number is large enough for', () => {
    const { histogram, min, max } = statisticsOf(Float64Array.of(-1.7e308, 0, 1.7e308));
    assert.deepEqual([min, max, histogram[0]], [-1.7e308, 1.7e308, 3]);
  });
});
