import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placeFrom } from '../../../src/protocol/place';

describe('a place in a document, as a link has it', () => {
  it('comes through as it was written', () => {
    const place = {
      view: { stage: 'steps', sub: 'overlapAdd', step: 5, slices: { batch: 0 } },
      cell: { tensor: 'output', index: [0, 0, 2, 3] } as const,
    };
    assert.deepEqual(placeFrom(JSON.parse(JSON.stringify(place))), place);
  });

  it('keeps nothing of a view but where it is, and no cell that cannot be one', () => {
    const read = placeFrom({ view: { step: 1, limits: { input: [0, 1] } }, cell: { tensor: 'bias', index: [0] } });
    assert.deepEqual(Object.keys(read.view as object).sort(), ['slices', 'stage', 'step', 'sub']);
    assert.equal(read.cell, undefined);
    for (const index of [[-1], [0.5], ['0'], [0, 0, 0, 0, 0, 0], 'x'])
      assert.equal(placeFrom({ cell: { tensor: 'input', index } }).cell, undefined, JSON.stringify(index));
  });

  it('is a place whatever it is read from', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.ok('view' in placeFrom(value));
      }),
      { numRuns: 300, seed: 20261129 },
    );
  });
});
