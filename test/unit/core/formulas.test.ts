import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  convOutput,
  cropOf,
  halves,
  kerasCrop,
  kernelExtent,
  neededPadding,
  NUMBERS,
  sameCrop,
  sameOutput,
  samePadding,
  transposedOutput,
} from '../../../src/core/formulas';

const upTo = (most: number, least = 1): fc.Arbitrary<number> => fc.integer({ min: least, max: most });
const windows = fc.record({ input: upTo(40), extent: upTo(12), stride: upTo(6) });
const NONE = { padBegin: 0, padEnd: 0, outputPadding: 0 };
const seed = 20261121;

describe('the formulas of sizes', () => {
  it('Dumoulin & Visin’s figures: i5 k3 s2 p1 → 3, i6 → 3; back i3 → 5, with op1 → 6', () => {
    const window = { extent: 3, stride: 2, padBegin: 1, padEnd: 1 };
    assert.deepEqual(
      [5, 6].map((input) => convOutput(NUMBERS, { ...window, input })),
      [3, 3],
    );
    assert.deepEqual(
      [0, 1].map((outputPadding) => transposedOutput(NUMBERS, { ...window, input: 3, outputPadding })),
      [5, 6],
    );
  });

  it('k3 d2 spans 5', () => assert.equal(kernelExtent(NUMBERS, 3, 2), 5));

  it('rounding up makes one window more unless the last one ends where the input does', () => {
    fc.assert(
      fc.property(windows, ({ input, extent, stride }) => {
        const window = { ...NONE, input, extent, stride };
        const more = convOutput(NUMBERS, window, 'up') - convOutput(NUMBERS, window);
        assert.equal(more, (input - extent) % stride === 0 ? 0 : 1);
      }),
      { seed },
    );
  });

  it('a transposed convolution of that size makes the least input from which a convolution makes it', () => {
    fc.assert(
      fc.property(windows, ({ input, extent, stride }) => {
        const least = transposedOutput(NUMBERS, { ...NONE, input, extent, stride });
        const back = (size: number): number => convOutput(NUMBERS, { ...NONE, input: size, extent, stride });
        assert.deepEqual(
          [back(least - 1), back(least), back(least + stride - 1), back(least + stride)],
          [input - 1, input, input, input + 1],
        );
      }),
      { seed },
    );
  });

  it('SAME pads no more than its ⌈i/s⌉ outputs need, the odd element at the end', () => {
    fc.assert(
      fc.property(windows, (window) => {
        const [padBegin, padEnd] = samePadding(NUMBERS, window);
        const outputs = sameOutput(NUMBERS, window.input, window.stride);
        assert.equal(outputs, Math.ceil(window.input / window.stride));
        assert.equal(convOutput(NUMBERS, { ...window, padBegin, padEnd }), outputs);
        assert.equal(padBegin + padEnd, Math.max(0, neededPadding(NUMBERS, window, outputs)));
        assert.ok(padEnd - padBegin === 0 || padEnd - padBegin === 1);
        if (padBegin + padEnd > 0)
          assert.equal(convOutput(NUMBERS, { ...window, padBegin, padEnd: padEnd - 1 }), outputs - 1);
      }),
      { seed },
    );
  });

  it('the crop of SAME is the padding of the convolution from the wanted output to the input', () => {
    fc.assert(
      fc.property(windows, ({ input, extent, stride }) => {
        const output = input * stride;
        const crop = sameCrop(NUMBERS, extent - stride);
        const [padBegin, padEnd] = samePadding(NUMBERS, { input: output, extent, stride });
        assert.deepEqual([crop.padBegin, crop.padEnd], [padBegin, padEnd]);
        assert.equal(transposedOutput(NUMBERS, { input, extent, stride, ...crop }), output);
      }),
      { seed },
    );
  });

  it('fewer than no elements left out at the end are elements added', () => {
    assert.deepEqual(cropOf(NUMBERS, 1, 2), { padBegin: 1, padEnd: 2, outputPadding: 0 });
    assert.deepEqual(cropOf(NUMBERS, 1, -2), { padBegin: 1, padEnd: 0, outputPadding: 2 });
    assert.deepEqual(sameCrop(NUMBERS, -3), { padBegin: 0, padEnd: 0, outputPadding: 3 });
    assert.deepEqual(
      [halves(NUMBERS, 4), halves(NUMBERS, 5)],
      [
        [2, 2],
        [2, 3],
      ],
    );
  });

  it('Keras: valid (i−1)s + max(K, s), same i·s; with op (i−1)s + K + op and (i−1)s + K mod 2 + op', () => {
    fc.assert(
      fc.property(windows, upTo(5, 0), ({ input, extent, stride }, op) => {
        const size = (padding: 'valid' | 'same', added?: number): number =>
          transposedOutput(NUMBERS, { input, extent, stride, ...kerasCrop(NUMBERS, padding, extent, stride, added) });
        const spread = (input - 1) * stride;
        assert.deepEqual(
          [size('valid'), size('same'), size('valid', op), size('same', op)],
          [spread + Math.max(extent, stride), input * stride, spread + extent + op, spread + (extent % 2) + op],
        );
      }),
      { seed },
    );
  });
});
