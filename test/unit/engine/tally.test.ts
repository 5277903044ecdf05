// Statistics by the machine are those of plain loops, to the last bit, by one thread or by three.
import assert from 'node:assert/strict';
import { join, resolve as absolute } from 'node:path';
import fc from 'fast-check';
import { statisticsOf, Tally } from '../../../src/core/tensor/statistics';
import { helperStarter } from '../../../src/engine/helpers';
import { createKernels, type Kernels } from '../../../src/engine/kernels';
import { builds } from './support';

const value = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 3.4e38, -3.4e38, 1e-45) },
);
const notFinite = fc.constantFrom(NaN, Infinity, -Infinity);
const at = fc.nat(79_999);

describe('statistics by the machine', () => {
  let crew: Kernels;
  before(() => {
    crew = createKernels(builds(), { count: 2, start: helperStarter(join(absolute('dist'), 'helper.js')) });
  });
  after(() => {
    crew.dispose();
  });

  for (const [where, special] of [
    ['of finite values', fc.constant([])],
    ['of some that are not finite', fc.array(fc.tuple(at, notFinite), { minLength: 1, maxLength: 4 })],
  ] as const)
    it(`are to the last bit those of plain loops, ${where}`, () => {
      const kinds = [createKernels(builds()), crew];
      fc.assert(
        fc.property(
          fc.integer({ min: 65_536, max: 80_000 }),
          fc.array(fc.tuple(at, value), { maxLength: 6 }),
          special,
          fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
          (count, some, others, size) => {
            const data = Float32Array.from({ length: count }, (_, index) => size * Math.sin(index * 12.9898));
            for (const [index, each] of [...some, ...others]) if (index < count) data[index] = each;
            const expected = statisticsOf(data);
            for (const { counter, allocate, release } of kinds) {
              assert.ok(counter.measure(data, 8192), 'this many are counted by the machine');
              assert.deepEqual(new Tally(data, counter).statistics, expected);
              const there = allocate('float32', count);
              there.set(data);
              const tally = new Tally(there, counter);
              assert.deepEqual(tally.statistics, expected);
              there[5] = 1e9;
              data[5] = 1e9;
              tally.update(there, [5]);
              assert.deepEqual(tally.statistics, statisticsOf(data));
              data[5] = size * Math.sin(5 * 12.9898);
              for (const [index, each] of [...some, ...others]) if (index === 5) data[5] = each;
              release(there);
            }
          },
        ),
        { numRuns: 25, seed: 20261129 },
      );
    });

  it('are left to plain loops where there are few values, or float64', () => {
    assert.equal(crew.counter.measure(new Float32Array(100), 8192), undefined);
    assert.equal(crew.counter.sort(new Float64Array(100_000), 8192, 0, 1), undefined);
    assert.equal(createKernels(undefined).counter.measure(new Float32Array(100_000), 8192), undefined);
  });
});
