import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { comparedPlanes, type Counterpart, markedCells, MOST_MARKED } from '../../../../src/core/tensor/against';
import { tensorOf, zeros } from '../../../../src/core/tensor/tensor';

const held = (values: Counterpart['values']): Counterpart => ({
  tensor: 'weight',
  values,
  name: 'stop 1',
  marks: true,
});

describe('what a tensor is held against', () => {
  const before = tensorOf('float32', [2, 2, 3], [1, 2, 3, 4, NaN, 6, 0, 0, 0, 0, 0, 0]);
  const now = tensorOf('float32', [2, 2, 3], [1, 2.5, 3, 4, NaN, 2, 0, 0, 0, 0, 0, 9]);

  it('differs in the cells that are marked: NaN is the same as NaN', () => {
    assert.deepEqual(markedCells(held(before), now), [1, 5, 11]);
    assert.deepEqual(markedCells(held(before), before), []);
  });

  it(`has no marks where more than ${MOST_MARKED} cells differ`, () => {
    const [many, few] = [zeros('float32', [MOST_MARKED + 1]), zeros('float32', [MOST_MARKED])];
    const ones = (of: typeof many): typeof many => ({ ...of, data: of.data.slice().fill(1) });
    assert.equal(markedCells(held(many), ones(many)).length, 0);
    assert.equal(markedCells(held(few), ones(few)).length, MOST_MARKED);
  });

  it('is shown by its plane, with the difference there and the largest one anywhere', () => {
    const request = { key: 'k', tensor: 'weight', leading: [0], row: 0, column: 0, rows: 2, columns: 3 } as const;
    const found = comparedPlanes(held(before), now, 2, { ...request, maxRows: 9, maxColumns: 9 });
    assert.ok(found);
    assert.deepEqual([...found.other.values], [1, 2, 3, 4, NaN, 6]);
    assert.deepEqual([...found.difference.values], [0, 0.5, 0, 0, 0, -4]);
    assert.deepEqual(found.change, { changed: 3, of: 12, largest: 9, at: [1, 1, 2] });
    const other = tensorOf('float32', [12], [...now.data]);
    assert.equal(comparedPlanes(held(before), other, 2, { ...request, maxRows: 9, maxColumns: 9 }), undefined);
  });
});
