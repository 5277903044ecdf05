// What a document's tensor is held against, from a program's stop to what a view is told.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Counterpart } from '../../../../src/core/tensor/against';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { opened, OUTPUT, typed } from './opened';
import { settled } from './surroundings';

const before: Counterpart = {
  tensor: 'input',
  values: tensorOf('float64', [1, 1, 2, 2], [2, 3, 0, 3]),
  name: 'Stop 1',
  marks: true,
};
const plane = { key: 'a', leading: [0, 0], row: 0, column: 0, rows: 9, columns: 9, maxRows: 9, maxColumns: 9 };

describe('a session whose input was another one at the stop before', () => {
  it('tells a view so, with the cells that changed', async () => {
    const { session, last } = await opened();
    assert.equal(last().edited?.against, undefined);
    session.holdAgainst(before);
    assert.deepEqual(last().edited?.against, { tensor: 'input', name: 'Stop 1', serial: 1, marked: [2] });
    const compared = session.compared({ ...plane, tensor: 'input' });
    assert.deepEqual([...(compared?.other.values ?? [])], [2, 3, 0, 3]);
    assert.deepEqual([...(compared?.difference.values ?? [])], [0, 0, 1, 0]);
  });

  it('compares what the document is now, and nothing once it has another shape', async () => {
    const { session, last } = await opened();
    session.holdAgainst(before);
    session.apply(typed(5));
    assert.deepEqual([...(session.compared({ ...plane, tensor: 'input' })?.difference.values ?? [])], [3, 0, 1, 0]);
    session.receive({ kind: 'resize', spatial: [3, 3] });
    await settled();
    assert.equal(last().edited?.against, undefined);
    assert.equal(session.compared({ ...plane, tensor: 'input' }), undefined);
  });

  it('may be held against an output that is not computed yet', async () => {
    const { session, last } = await opened();
    const values = tensorOf(
      'float64',
      [1, 1, 4, 4],
      OUTPUT.map((value) => value + 0.25),
    );
    session.holdAgainst({ tensor: 'output', values, name: 'layer(x)', marks: false });
    await settled();
    assert.deepEqual(last().edited?.against?.marked, []);
    const compared = session.compared({ ...plane, tensor: 'output' });
    assert.deepEqual(compared?.change, { changed: 16, of: 16, largest: 0.25, at: [0, 0, 0, 0] });
    session.holdAgainst(undefined);
    assert.equal(last().edited?.against, undefined);
  });
});
