import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hearingOf, missesOf, ratesOf } from '../../../../src/core/chain/rates';
import { sizesOf } from '../../../../src/core/chain/sizes';
import { parseChain } from '../../../../src/core/chain/text';
import { transposedOutput, NUMBERS } from '../../../../src/core/formulas';

const of = (text: string, input: number) => {
  const chain = parseChain(text);
  return { chain, sizes: sizesOf(chain, [input]) };
};

describe('rates of a chain', () => {
  // Frames of 8 samples, and a decoder whose padding is k/2 and not (k − s)/2.
  const { chain, sizes } = of('conv k16 s8 p4 → tconv k16 s8 p8', 16_000);

  it('explain a vocoder’s 16000 → 15992: K − s = 8 hangs over, 16 are cropped', () => {
    assert.deepEqual(sizes.sizes, [[16_000], [2000], [15_992]]);
    assert.deepEqual(missesOf(chain, sizes), [
      { stage: 1, input: 2000, output: 15_992, stride: 8, overhang: 8, cropped: 16, outputPadding: 0, by: -8 },
    ]);
    const right = of('conv k16 s8 p4 → tconv k16 s8 p4', 16_000);
    assert.deepEqual([right.sizes.sizes[2], missesOf(right.chain, right.sizes)], [[16_000], []]);
  });

  it('are hops, elements a second and milliseconds', () => {
    assert.deepEqual(ratesOf(chain, sizes, 16_000), [
      { size: 16_000, hop: 1, rate: 16_000, milliseconds: 1000 },
      { size: 2000, hop: 8, rate: 2000, milliseconds: 1000 },
      { size: 15_992, hop: 1, rate: 16_000, milliseconds: 999.5 },
    ]);
  });

  it('say how far an output hears back and ahead: a causal one hears nothing ahead', () => {
    const causal = of('pad 2:0 → conv k3 → tconv k4 s2 p0:2', 16);
    const hearing = hearingOf(causal.chain, causal.sizes, ratesOf(causal.chain, causal.sizes, 16_000), 3, 20);
    assert.deepEqual(hearing, { samples: 4, before: 3, ahead: 0 });
    const centred = of('conv k3 p1', 16);
    assert.deepEqual(hearingOf(centred.chain, centred.sizes, ratesOf(centred.chain, centred.sizes, 16_000), 1, 8), {
      samples: 3,
      before: 1,
      ahead: 1,
    });
  });

  it('miss i·s by K − s + op − 2p, over random transposed layers', () => {
    const upTo = (most: number, least = 0): fc.Arbitrary<number> => fc.integer({ min: least, max: most });
    fc.assert(
      fc.property(upTo(99, 1), upTo(20, 1), upTo(9, 1), upTo(3, 1), upTo(9), upTo(8), (i, k, s, d, p, op) => {
        const made = of(`tconv k${k} s${s} p${p} d${d} op${op}`, i);
        if (made.sizes.stop) return;
        const [miss] = missesOf(made.chain, made.sizes);
        const extent = d * (k - 1) + 1;
        const axis = { input: i, stride: s, padBegin: p, padEnd: p, extent, outputPadding: op };
        assert.equal((miss?.by ?? 0) + i * s, transposedOutput(NUMBERS, axis));
        if (miss) assert.equal(miss.overhang + miss.outputPadding - miss.cropped, miss.by);
      }),
      { numRuns: 300, seed: 20261129 },
    );
  });
});
