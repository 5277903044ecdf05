import assert from 'node:assert/strict';
import fc from 'fast-check';
import { briefNumber, fittedNumber } from '../../../../webview/grid/numberText';

describe('numbers on cells', () => {
  for (const [value, characters, text] of [
    [7, 3, '7'],
    [-1.5, 4, '−1.5'],
    [3.14159265, 5, '3.142'],
    [0.1 + 0.2, 4, '0.3'],
    [1234567, 5, '1.2e6'],
    [-0.000012345, 7, '−1.2e−5'],
    [0.2381, 3, '.24'],
    [-0.2381, 3, '−.2'],
    [-0.2381, 4, '−.24'],
    [-0.003, 4, '−.00'],
    [0.003, 4, '.003'],
    [0.003, 3, '.00'],
    [-0.01, 3, '−.0'],
    [-0.02, 2, '−0'],
    [0.02, 1, '0'],
    [-0.02, 1, ''],
    [-0.6, 2, '−1'],
    [12345678, 2, ''],
    [-2e-20, 5, '−.000'],
    [0, 1, '0'],
    [NaN, 1, 'NaN'],
    [Infinity, 1, '+∞'],
    [-Infinity, 1, '−∞'],
  ] as const) {
    it(`prints ${value} in ${characters} characters as ${text}`, () => {
      assert.equal(fittedNumber(value, characters), text);
    });
  }

  it('fits, or is not drawn: a number that is cut reads as another one', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 20 }),
        (value, characters) => {
          const text = fittedNumber(value, characters);
          assert.ok(text.length <= characters, text);
        },
      ),
    );
  });

  it('is off by a thousandth at most where there is room for twelve characters', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        const shown = Number(fittedNumber(value, 12).replace(/−/g, '-'));
        assert.ok(Math.abs(shown - value) <= Math.abs(value) * 1e-3 + 1e-320, `${value} as ${shown}`);
      }),
    );
  });

  it('shortens for legends', () => {
    assert.equal(briefNumber(-12.345678), '−12.35');
    assert.equal(briefNumber(1200), '1200');
  });
});
