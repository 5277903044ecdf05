import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { KeptTuning } from '../../../src/host/tuning';

function mementoOf(values: Map<string, unknown>) {
  return {
    get: (key: string): never => values.get(key) as never,
    update: async (key: string, value: unknown): Promise<void> => {
      values.set(key, value);
      await Promise.resolve();
    },
  };
}

describe('The faster way of computing, kept between sessions', () => {
  it('is known again on the same processor and build, and on no other', () => {
    const memento = mementoOf(new Map());
    const kept = new KeptTuning(memento, '1.0.0');
    assert.equal(kept.known('one'), undefined);
    kept.keep('one', { sixRows: false });
    assert.deepEqual(new KeptTuning(memento, '1.0.0').known('one'), { sixRows: false });
    assert.equal(kept.known('another'), undefined);
    assert.equal(new KeptTuning(memento, '1.0.1').known('one'), undefined);
  });

  it('is found out anew where what was kept is not what it should be', () => {
    for (const odd of ['six', { of: '1.0.0, one' }, { of: '1.0.0, one', sixRows: 1 }, null])
      assert.equal(new KeptTuning(mementoOf(new Map([['tuning', odd]])), '1.0.0').known('one'), undefined);
  });
});
