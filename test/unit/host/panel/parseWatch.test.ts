import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseWatch } from '../../../../src/host/panel/parseWatch';

const plane = {
  key: 'input',
  tensor: 'input',
  leading: [0, 0],
  row: 0,
  column: 0,
  rows: 4,
  columns: 4,
  maxRows: 64,
  maxColumns: 64,
};

describe('parseWatch', () => {
  it('takes what a page says', () => {
    const watch = {
      planes: [plane, { ...plane, sampled: true, painted: 'diverging', brief: false }],
      whole: ['output'],
      statistics: 'plane',
    };
    assert.deepEqual(parseWatch(watch), { ok: true, value: watch });
  });

  for (const [what, broken] of [
    ['no planes', { whole: [], statistics: 'tensor' }],
    ['an unknown tensor', { planes: [{ ...plane, tensor: '__proto__' }], whole: [], statistics: 'tensor' }],
    ['a sample that is neither yes nor no', { planes: [{ ...plane, sampled: 1 }], whole: [], statistics: 'tensor' }],
    ['colours that there are not', { planes: [{ ...plane, painted: 'rainbow' }], whole: [], statistics: 'tensor' }],
    ['a negative row', { planes: [{ ...plane, row: -1 }], whole: [], statistics: 'tensor' }],
    ['a picture larger than any screen', { planes: [{ ...plane, maxColumns: 1e9 }], whole: [], statistics: 'tensor' }],
    [
      'more planes than a page shows',
      { planes: Array.from({ length: 300 }, () => plane), whole: [], statistics: 'tensor' },
    ],
    ['a key that is a book', { planes: [{ ...plane, key: 'x'.repeat(1e6) }], whole: [], statistics: 'tensor' }],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.equal(parseWatch(broken).ok, false);
    });
  }

  it('answers anything at all without throwing: 4,000 seeded messages', () => {
    const near = fc.record(
      {
        planes: fc.oneof(
          fc.anything(),
          fc.array(
            fc.record(
              { key: fc.anything(), tensor: fc.anything(), leading: fc.anything(), row: fc.anything() },
              { requiredKeys: [] },
            ),
          ),
        ),
        whole: fc.anything(),
        statistics: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), near), (message) => {
        const parsed = parseWatch(message);
        assert.equal(parsed.ok || parsed.problems.length > 0, true);
      }),
      { numRuns: 4000, seed: 20261121 },
    );
  });
});
