import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { format } from '../../../src/core/problem';
import { STRINGS } from '../../../src/protocol/strings';
import { type Typed, typedColour, typedNumber, typedValue, typedWhole } from '../../../webview/state/typed';

const said = (typed: Typed<unknown>): unknown => (typed.ok ? typed.value : typed.message);

describe('a number typed into a cell', () => {
  for (const [text, value] of [
    ['5', 5],
    [' -2.5e3 ', -2500],
    ['−4', -4],
    ['1,5', 1.5],
    ['nan', NaN],
    ['-inf', -Infinity],
    ['∞', Infinity],
    ['True', 1],
    ['1/16', 0.0625],
    ['=2*pi', 2 * Math.PI],
    ['-(2^3)', -8],
  ] as const) {
    it(`“${text}” is ${value}`, () => {
      assert.ok(Object.is(typedNumber(text), value), String(typedNumber(text)));
    });
  }

  for (const [text, message] of [
    ['', format(STRINGS.cellNotANumber, [''])],
    ['abc', format(STRINGS.cellNotANumber, ['abc'])],
    ['1 2', format(STRINGS.arithmeticUnexpected, ['2'])],
    ['1e', format(STRINGS.arithmeticUnexpected, ['e'])],
    ['1+', format(STRINGS.arithmeticEnds, ['1+'])],
    ['(1+2', format(STRINGS.arithmeticBracket, ['(1+2'])],
    ['1/0', format(STRINGS.arithmeticUndefined, ['1/0'])],
    ['1e400', format(STRINGS.arithmeticUndefined, ['1e400'])],
    ['2*foo', format(STRINGS.arithmeticName, ['foo'])],
    ['sqrt()', format(STRINGS.arithmeticArguments, ['sqrt'])],
  ] as const) {
    it(`“${text}” is refused: ${message}`, () => {
      assert.equal(said(typedValue(text, 'float64', STRINGS)), message);
    });
  }

  it('is refused where float32 would make it infinite or 0, and taken where that was typed', () => {
    assert.equal(said(typedValue('1e39', 'float32', STRINGS)), format(STRINGS.tooLargeForFloat32, ['1e39']));
    assert.equal(said(typedValue('-2^200', 'float32', STRINGS)), format(STRINGS.tooLargeForFloat32, ['-2^200']));
    assert.equal(said(typedValue('1e-50', 'float32', STRINGS)), format(STRINGS.tooSmallForFloat32, ['1e-50']));
    assert.equal(said(typedValue('inf', 'float32', STRINGS)), Infinity);
    assert.equal(said(typedValue('0', 'float32', STRINGS)), 0);
    assert.equal(said(typedValue('1e39', 'float64', STRINGS)), 1e39);
  });

  it('is three numbers in a colour, whatever stands between them', () => {
    const colour = (text: string): unknown => said(typedColour(text, 'float32', STRINGS));
    for (const text of ['1, 2, 3', '1 2 3', '1;2;3', '1,2,3', '2/2 4/2 6/2']) assert.deepEqual(colour(text), [1, 2, 3]);
    assert.deepEqual(colour('0,5 0,25 1'), [0.5, 0.25, 1]);
    for (const text of ['1, 2', '1 2 3 4', '']) assert.equal(colour(text), STRINGS.cellNotAColour);
    assert.equal(colour('1 2 x'), format(STRINGS.cellNotANumber, ['x']));
    assert.equal(colour('1 2 1e39'), format(STRINGS.tooLargeForFloat32, ['1e39']));
  });
});

describe('a whole number typed into a field', () => {
  for (const [text, value] of [
    ['3', 3],
    [' 12 ', 12],
    ['−2', -2],
    ['+4', 4],
    ['64/2', 32],
    ['2^5', 32],
    ['1e3', 1000],
  ] as const) {
    it(`“${text}” is ${value}`, () => assert.equal(said(typedWhole(text, STRINGS)), value));
  }

  for (const text of ['', '2x', '1.5', '7/2', '1,000', 'inf', 'nan', '99999999999999999999']) {
    it(`“${text}” is refused`, () => assert.equal(said(typedWhole(text, STRINGS)), STRINGS.notANumber));
  }

  it('tells what is wrong with arithmetic', () => {
    assert.equal(said(typedWhole('64/', STRINGS)), format(STRINGS.arithmeticEnds, ['64/']));
  });
});
