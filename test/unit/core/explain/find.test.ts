import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findIn, parseSought } from '../../../../src/core/explain/find';
import { tensorOf } from '../../../../src/core/tensor/tensor';

const tensor = tensorOf('float32', [2, 3], [0.1, 5, -2, NaN, 5, Infinity]);

function found(text: string, from = -1, backwards = false): readonly number[] | undefined {
  const sought = parseSought(text);
  assert.ok(sought.ok, text);
  const match = findIn(tensor, sought.value, from, backwards);
  return match && [match.index, match.ordinal, match.count];
}

describe('a value that is looked for', () => {
  for (const [text, from, backwards, match] of [
    ['5', -1, false, [1, 1, 2]],
    ['5', 1, false, [4, 2, 2]],
    ['5', 4, false, [1, 1, 2]],
    ['=5', 1, true, [4, 2, 2]],
    ['==5', 4, true, [1, 1, 2]],
    ['1/10', -1, false, [0, 1, 1]],
    ['>3', -1, false, [1, 1, 3]],
    ['>=5', 4, false, [5, 3, 3]],
    ['< 0', 5, false, [2, 1, 1]],
    ['<=0.1', 0, false, [2, 2, 2]],
    ['!=5', -1, false, [0, 1, 4]],
    ['≠ 5', 0, false, [2, 2, 4]],
    ['nan', 3, false, [3, 1, 1]],
    ['inf', -1, false, [5, 1, 1]],
    ['7', -1, false, undefined],
  ] as const) {
    it(`${text} is ${match?.join()} ${backwards ? 'before' : 'after'} ${from}`, () =>
      assert.deepEqual(found(text, from, backwards), match));
  }

  it('is refused when it is no number', () => {
    for (const text of ['', '>', 'x', '> 3 <']) assert.equal(parseSought(text).ok, false, text);
  });

  it('is found everywhere by going on from each match, forwards and backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 }), (values) => {
        const searched = tensorOf('float64', [values.length], values);
        const all = values.flatMap((value, at) => (value > 1 ? [at] : []));
        for (const backwards of [false, true]) {
          let at = backwards ? values.length : -1;
          const visited = all.map(() => (at = findIn(searched, { relation: '>', value: 1 }, at, backwards)!.index));
          assert.deepEqual(visited, backwards ? [...all].reverse() : all);
        }
      }),
    );
  });
});
