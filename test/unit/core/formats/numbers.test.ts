import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nonFinite, printNumber, shortest } from '../../../../src/core/formats/numbers';

const float32 = fc
  .integer({ min: 0, max: 2 ** 32 - 1 })
  .map((bits) => new Float32Array(Uint32Array.of(bits).buffer)[0]);

describe('printNumber', () => {
  const known: readonly [number, string][] = [
    [Math.fround(0.1), '0.1'],
    [Math.fround(-1 / 3), '-0.33333334'],
    [16777216, '16777216'],
    [Math.fround(1e-30), '1e-30'],
    [Math.fround(3.4028234e38), '3.4028235e+38'],
    [-0, '-0'],
    [0, '0'],
    [NaN, 'nan'],
    [-Infinity, '-inf'],
  ];
  for (const [value, text] of known)
    it(`prints ${text} for float32`, () => assert.equal(printNumber(value, 'float32'), text));

  it('prints every float32 so that it reads back, in no more digits than NumPy’s nine', () => {
    fc.assert(
      fc.property(float32, (value) => {
        const text = printNumber(value, 'float32');
        const back = nonFinite(text) ?? Number(text);
        assert.ok(
          Object.is(Math.fround(back), value) || (Number.isNaN(value) && Number.isNaN(back)),
          `${value} was printed ${text}`,
        );
        if (Number.isFinite(value))
          assert.ok(text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length <= 9);
      }),
      { seed: 32, numRuns: 20_000 },
    );
  });

  it('prints a number that was typed with six digits as it was typed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999, max: 999_999 }),
        fc.integer({ min: -10, max: 10 }),
        (digits, exponent) => {
          const typed = Number(`${digits}e${exponent}`);
          assert.equal(Number(shortest(Math.fround(typed), 'float32')), typed);
        },
      ),
      { seed: 33, numRuns: 5000 },
    );
  });
});
