// What is typed into a cell, against what Python makes of the same text (test/fixtures/arithmetic/generate.py).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { arithmetic, type ArithmeticFault } from '../../../../src/core/formats/arithmetic';

const rows = JSON.parse(readFileSync('test/fixtures/arithmetic/values.json', 'utf8')) as readonly {
  readonly text: string;
  readonly value: number | null;
}[];

/** The last bits of `exp` and its like are the library's own. */
const near = (one: number, other: number): boolean =>
  Object.is(one, other) || Math.abs(one - other) <= 1e-12 * Math.max(Math.abs(one), Math.abs(other));

describe('arithmetic in a cell', () => {
  it(`has Python’s value for ${rows.length} expressions, and refuses what Python refuses`, () => {
    assert.ok(rows.filter(({ value }) => value !== null).length > 300);
    const wrong = rows.filter(({ text, value }) => {
      const found = arithmetic(text);
      return value === null ? found.ok : !found.ok || !near(found.value, value);
    });
    assert.deepEqual(
      wrong.map(({ text, value }) => [text, value, arithmetic(text)]),
      [],
    );
  });

  for (const [text, value] of [
    ['=1/4', 0.25],
    ['2×3÷4', 1.5],
    ['−3 + 5', 2],
    ['2π', undefined],
    ['π', Math.PI],
    ['PI/2', Math.PI / 2],
    ['SQRT(4)', 2],
    // A comma is a decimal mark, but in a function it parts what it is given.
    ['1,5*2', 3],
    ['max(1,5)*2', 10],
    ['max(1;5)', 5],
    ['-inf', -Infinity],
    ['2*∞', Infinity],
    ['nan+1', NaN],
    ['inf-inf', NaN],
  ] as const) {
    it(`reads ${text} as ${value}`, () => {
      const found = arithmetic(text);
      assert.ok(Object.is(found.ok ? found.value : undefined, value));
    });
  }

  for (const [text, code, at] of [
    ['1+', 'ends', '1+'],
    ['(1+2', 'bracket', '(1+2'],
    ['1+2)', 'unexpected', ')'],
    ['2 3', 'unexpected', '3'],
    ['squrt(2)', 'name', 'squrt'],
    ['2*x', 'name', 'x'],
    ['pow(2)', 'arguments', 'pow'],
    ['1/0', 'undefined', '1/0'],
    ['sqrt(-1)', 'undefined', 'sqrt(-1)'],
    ['constructor', 'name', 'constructor'],
    ['toString()', 'name', 'toString'],
  ] as const) {
    it(`says of ${text} what is wrong: ${code} at ${at}`, () => {
      const found = arithmetic(text);
      assert.deepEqual(found.ok ? undefined : found.fault, { code, at } satisfies ArithmeticFault);
    });
  }

  it('answers whatever is typed, and soon', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+*/^()0-9.,a-z ]*$/)), (text) => {
        assert.equal(typeof arithmetic(text).ok, 'boolean');
      }),
      { numRuns: 2000 },
    );
    for (const text of ['('.repeat(900), '2^'.repeat(400), '-'.repeat(999), 'max('.repeat(200), '9'.repeat(999)])
      assert.equal(arithmetic(text).ok, false);
  });
});
