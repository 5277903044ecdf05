import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { gather } from '../../../src/core/kernels/gather';
import { resolve } from '../../../src/core/plan';
import { tensorOf, zeros } from '../../../src/core/tensor/tensor';
import { type Operands, OutputMemory } from '../../../webview/state/outputMemory';
import { anyCase } from '../core/arbitraries';
import { transposed } from './documents';

const withInput = (operands: Operands, written: Uint32Array, values: readonly number[]): Operands => {
  const data = operands.input.data.slice();
  written.forEach((index, at) => (data[index] = values[at]));
  return { ...operands, input: { ...operands.input, data } };
};

const numbers = (data: ArrayLike<number>): number[] => Array.from(data, (value) => value + 0);

describe('the output that the page worked out last', () => {
  it('is the definition’s after any cells are written one after the other, whatever the operation', () => {
    const edits = fc.array(
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: -9, max: 9 })), { minLength: 1, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(anyCase, edits, ({ plan, input, weight, bias }, all) => {
        // However dear the definition is said to be, it is taken.
        const memory = new OutputMemory(0);
        let before: Operands = { input, weight, bias };
        memory.compute(plan, before);
        for (const cells of all) {
          const written = Uint32Array.from(cells, ([at]) => at % input.data.length);
          const after = withInput(
            before,
            written,
            cells.map(([, value]) => value),
          );
          // An answer brings copies.
          const copy = { ...before, weight: { ...weight, data: weight.data.slice() } };
          const output = memory.compute(plan, after, copy, written);
          assert.deepEqual(numbers(output.data), numbers(gather(plan, after.input, weight, bias).data));
          before = after;
        }
      }),
      { numRuns: 200, seed: 20261130 },
    );
  });

  describe('of 128 × 128 under 3 × 3', () => {
    const resolution = resolve(
      { ...transposed, stride: [1, 1], padding: [1, 1], outputPadding: [0, 0] },
      [1, 1, 128, 128],
      [1, 1, 3, 3],
    );
    assert.ok(resolution.ok);
    const { plan } = resolution;
    const weight = tensorOf('float32', [1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const first: Operands = { input: zeros('float32', [1, 1, 128, 128]), weight };
    const written = Uint32Array.of(0);
    /** Of an output of zeros, but for one far from what is written, which nobody could work out. */
    const marked = (memory: OutputMemory): void => {
      memory.compute(plan, first).data[128 * 128 - 1] = 77;
    };

    it('keeps what the written cell does not reach', () => {
      const memory = new OutputMemory();
      marked(memory);
      const { data } = memory.compute(plan, withInput(first, written, [1]), first, written);
      assert.deepEqual([data[0], data[1], data[128], data[129], data.at(-1)], [5, 6, 8, 9, 77]);
    });

    it('is worked out anew where the document is another one than it was of', () => {
      const memory = new OutputMemory();
      marked(memory);
      const other = { ...first, weight: { ...weight, data: weight.data.map((each) => 2 * each) } };
      const { data } = memory.compute(plan, withInput(other, written, [1]), other, written);
      assert.deepEqual([data[0], data.at(-1)], [10, 0]);
    });

    it('is worked out anew where it is not told which cells were written, or where they are many', () => {
      const memory = new OutputMemory();
      marked(memory);
      assert.equal(memory.compute(plan, first, first).data.at(-1), 0);
      marked(memory);
      const many = Uint32Array.from({ length: 400 }, (_, at) => at);
      const after = withInput(
        first,
        many,
        Array.from(many, () => 1),
      );
      assert.equal(memory.compute(plan, after, first, many).data.at(-1), 0);
    });
  });
});
