import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packed, unpacked } from '../../../../src/core/tensor/packed';
import type { PlaneBlock } from '../../../../src/core/tensor/plane';

const block = (values: Float32Array | Float64Array, cells = 10_000): PlaneBlock => ({
  ...{ key: 'input', tensor: 'input', leading: [0, 0], row: 0, column: 0, rows: cells, columns: cells },
  ...{ valueRows: values.length / 64, valueColumns: 64, values },
});
const number = fc.double({ min: -1e30, max: 1e30, noNaN: true }).map(Math.fround);

describe('a block that is only painted', () => {
  it('is within half a step of its range, with its ends and its places as they are', () => {
    fc.assert(
      fc.property(number, number, fc.boolean(), (one, other, single) => {
        const all = Array.from({ length: 4096 }, (_, at) =>
          at % 3 === 0 ? one : one + (other - one) * ((at % 997) / 997),
        );
        const values = single ? Float32Array.from(all) : Float64Array.from(all);
        const small = packed(block(values));
        assert.ok(small);
        const { values: back, ...rest } = unpacked(small);
        const { values: _, ...places } = block(values);
        assert.deepEqual(rest, places);
        assert.equal(back.constructor, values.constructor);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        const bound = (high - low) / 131_070 + 1e-7 * Math.max(Math.abs(low), Math.abs(high));
        values.forEach((value, at) => assert.ok(Math.abs(value - back[at]) <= bound));
      }),
      { seed: 20261130 },
    );
  });

  it('is left as it is where it has single cells, few values, or any that is not finite', () => {
    const values = Float32Array.from({ length: 4096 }, (_, at) => at);
    assert.ok(packed(block(values)));
    assert.equal(packed({ ...block(values), rows: 64, columns: 64 }), undefined);
    assert.equal(packed(block(values.subarray(0, 2048))), undefined);
    for (const special of [NaN, Infinity, -Infinity]) {
      const some = values.slice();
      some[7] = special;
      assert.equal(packed(block(some)), undefined);
    }
    assert.equal(packed(block(Float64Array.from(values, (value) => (value % 2 ? 1.7e308 : -1.7e308)))), undefined);
  });

  it('is of one value where all are alike', () => {
    const small = packed(block(new Float64Array(4096).fill(0.1)));
    assert.ok(small);
    assert.ok(unpacked(small).values.every((value) => value === 0.1));
  });
});
