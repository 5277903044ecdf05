import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { STRINGS } from '../../../../src/protocol/strings';
import { type AxisValue, parseSizes, printSizes, stepSizes } from '../../../../webview/strip/sizes';

const parsed = (text: string, rank = 2, sides = false) => parseSizes(text, rank, sides, STRINGS);

describe('the sizes of a box', () => {
  it('are one number for all axes, or one for each, however they are parted', () => {
    assert.deepEqual(parsed('3'), { values: [3, 3] });
    for (const text of ['3×5', '3x5', '3 X 5', '3, 5', ' 3 5 ', '(3, 5)', '[3;5]'])
      assert.deepEqual(parsed(text), { values: [3, 5] }, text);
    assert.deepEqual(parsed('−1'), { values: [-1, -1] });
    assert.deepEqual(parsed('=2*(3+1)'), { values: [8, 8] });
  });

  it('of padding may be two for an axis, begin and end', () => {
    assert.deepEqual(parsed('0:1', 1, true), { values: [[0, 1]] });
    assert.deepEqual(parsed('1×0:2', 2, true), { values: [1, [0, 2]] });
    assert.deepEqual(parsed('0:1', 1, false), { wrong: STRINGS.notANumber });
  });

  it('are refused with a reason: no whole number, or too many', () => {
    for (const text of ['two', '1.5', '3×', '1/3', '2*(']) assert.ok('wrong' in parsed(text), text);
    assert.deepEqual(parsed('1.5'), { wrong: STRINGS.notANumber });
    assert.deepEqual(parsed('1×2×3'), { wrong: 'One number, or 2 with × between them.' });
  });

  it('are read as they are written', () => {
    const value: fc.Arbitrary<AxisValue> = fc.oneof(
      fc.integer({ min: 0, max: 99 }),
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 19 })),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), fc.boolean(), (values, whole) => {
        assert.deepEqual(parsed(printSizes(values, whole), values.length, true), { values });
      }),
    );
  });

  it('step at the caret, all together without one, and not below the least', () => {
    assert.equal(stepSizes('3×5', 1, 1, 1), '4×5');
    assert.equal(stepSizes('3×5', 3, -1, 1), '3×4');
    assert.equal(stepSizes('3×5', undefined, 10, 1), '13×15');
    assert.equal(stepSizes('1', 1, -1, 1), '1');
    assert.equal(stepSizes('10:2', 1, 1, 0), '11:2');
  });
});
