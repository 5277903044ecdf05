import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { droppedSource } from '../../../../src/host/files/droppedSource';

const given = (bytes: unknown) => () => Promise.resolve(bytes);

describe('a dropped file', () => {
  it('is its bytes, or of a large one what the page gives', async () => {
    const bytes = Uint8Array.of(1, 2);
    assert.deepEqual(droppedSource('a.npy', bytes, given(undefined)), { name: 'a.npy', bytes });
    const { part, ...source } = droppedSource('a.npy', 5e9, given(bytes));
    assert.deepEqual(source, { name: 'a.npy', size: 5e9 });
    assert.equal(await part?.(0, 2), bytes);
  });

  it('is refused when it is neither, and when the page gives less than was wanted', async () => {
    for (const nonsense of ['5', -1, NaN, undefined, {}])
      assert.throws(() => droppedSource('a.npy', nonsense, given(undefined)), TypeError);
    for (const less of [undefined, Uint8Array.of(1), 'xx'])
      await assert.rejects(async () => droppedSource('a.npy', 9, given(less)).part?.(0, 2), /shorter/);
  });
});
