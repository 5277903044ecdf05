import assert from 'node:assert/strict';
import { energiesOf } from '../../../../src/core/tensor/energies';
import { lostIn, lostOf } from '../../../../src/core/tensor/precision';
import { extractPlane } from '../../../../src/core/tensor/plane';
import { tensorOf } from '../../../../src/core/tensor/tensor';

const counted = tensorOf(
  'float64',
  [1, 2, 4, 6],
  Array.from({ length: 48 }, (_, at) => at),
);
const window = { key: 'k', tensor: 'input', leading: [0, 1], row: 0, column: 0, rows: 4, columns: 6 } as const;

describe('a plane that is sampled', () => {
  it('has a cell for each value, from the middle of what it stands for', () => {
    const block = extractPlane(counted, 2, { ...window, maxRows: 2, maxColumns: 3, sampled: true });
    assert.deepEqual([block.valueRows, block.valueColumns], [2, 3]);
    assert.deepEqual([...block.values], [24 + 6 + 1, 24 + 6 + 3, 24 + 6 + 5, 24 + 18 + 1, 24 + 18 + 3, 24 + 18 + 5]);
  });

  it('has all values where there is room for them', () => {
    const whole = extractPlane(counted, 2, { ...window, maxRows: 40, maxColumns: 40, sampled: true });
    assert.deepEqual([...whole.values], [...counted.data.subarray(24)]);
  });
});

describe('the energy of channels', () => {
  it('is the mean of their squares', () => {
    const tensor = tensorOf('float32', [2, 2, 2], [1, 1, 3, 4, 0, 2, NaN, 1]);
    assert.deepEqual([...energiesOf(tensor, [0])], [1, 12.5]);
    assert.deepEqual([...energiesOf(tensor, [1])], [2, Infinity]);
    assert.deepEqual([...energiesOf(tensor, [])], [27 / 4, Infinity]);
  });
});

describe('numbers that float32 cannot hold', () => {
  // The largest float32 is (2 − 2⁻²³)·2¹²⁷; from half a step above it on, numbers round to infinity (IEEE 754).
  const limit = (2 - 2 ** -24) * 2 ** 127;
  for (const [value, lost] of [
    [3.4028234663852886e38, undefined],
    [limit, 'large'],
    [-limit, 'large'],
    [2 ** -149, undefined],
    [2 ** -150, 'small'],
    [0, undefined],
    [-0, undefined],
    [Infinity, undefined],
    [NaN, undefined],
  ] as const) {
    it(`say so of ${value}: ${lost}`, () => assert.equal(lostIn(value, 'float32'), lost));
  }

  it('are counted, and none is of float64', () => {
    const values = [1e39, -1e39, 1e-46, 0, 1, NaN, Infinity];
    assert.deepEqual(lostOf(values, 'float32'), { large: 2, small: 1 });
    assert.deepEqual(lostOf(values, 'float64'), { large: 0, small: 0 });
    assert.deepEqual(lostOf(Float32Array.from(values), 'float32'), { large: 0, small: 0 });
  });
});
