import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedValues } from '../../../../src/core/tensor/changedValues';
import { type Cut, extractPlane } from '../../../../src/core/tensor/plane';
import { elementCount, tensorOf } from '../../../../src/core/tensor/tensor';

const size = fc.integer({ min: 1, max: 4 });
const drawn = fc.record({
  shape: fc.integer({ min: 2, max: 5 }).chain((axes) => fc.tuple(...Array.from({ length: axes }, () => size))),
  unbatched: fc.boolean(),
  leading: fc.array(fc.nat(1), { maxLength: 3 }),
  cut: fc.constantFrom<Cut | undefined>(undefined, 0, 1, 2),
  window: fc.record({
    row: fc.nat(1),
    column: fc.nat(1),
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 9 }),
  }),
  most: fc.record({ maxRows: fc.integer({ min: 1, max: 5 }), maxColumns: fc.integer({ min: 1, max: 5 }) }),
  sampled: fc.boolean(),
  cells: fc.array(fc.nat(100_000), { minLength: 1, maxLength: 12 }),
  float32: fc.boolean(),
});

describe('values of a block that have changed', () => {
  it('make of the block what extracting it anew does, bit for bit: 600 tensors, windows and edits', () => {
    let changed = 0;
    fc.assert(
      fc.property(drawn, ({ shape, unbatched, leading, cut, window, most, sampled, cells, float32 }) => {
        const rank = Math.max(1, shape.length - (unbatched ? 1 : 2));
        if (rank > 3) return;
        const count = elementCount(shape);
        const tensor = tensorOf(
          float32 ? 'float32' : 'float64',
          shape,
          Float64Array.from({ length: count }, (_, at) => Math.sin(at * 78.233)),
        );
        const request = { key: 'k', tensor: 'input', leading, ...window, ...most, sampled } as const;
        const asked = rank === 3 && cut !== undefined ? { ...request, cut } : request;
        const before = extractPlane(tensor, rank, asked);
        const indices = cells.map((cell) => cell % count);
        indices.forEach((index, each) => (tensor.data[index] = each + 0.1));
        const { at, values } = changedValues(tensor, rank, before, indices, sampled);
        assert.equal(new Set(at).size, at.length);
        const after = { ...before, values: before.values.slice() };
        at.forEach((place, each) => (after.values[place] = values[each]));
        changed += at.length;
        assert.deepEqual(after, extractPlane(tensor, rank, asked));
      }),
      { numRuns: 600, seed: 20261129 },
    );
    assert.ok(changed > 150);
  });
});
