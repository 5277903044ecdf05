import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Cell, contributionsOf } from '../../../../src/core/explain/contributions';
import { type Readout, readoutFrom, readoutText } from '../../../../src/core/explain/readout';
import { gather } from '../../../../src/core/kernels/gather';
import { forEachPosition, stridesOf } from '../../../../src/core/kernels/positions';
import type { Tensor } from '../../../../src/core/operation';
import type { Plan } from '../../../../src/core/plan';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { anyCase, planOf } from '../arbitraries';

const at = (tensor: Tensor, index: readonly number[]): number => {
  const strides = stridesOf(tensor.shape);
  return tensor.data[index.reduce((sum, each, axis) => sum + each * strides[axis], 0)];
};

interface Tensors {
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly output: Tensor;
  readonly bias?: Tensor;
}

/** The sum behind one output of tensors that are at hand, at most `limit` of its terms. */
function readoutOf(plan: Plan, tensors: Tensors, index: readonly number[], limit: number): Readout {
  const value = (name: keyof Tensors, where: readonly number[]): number =>
    tensors[name] ? at(tensors[name], where) : NaN;
  return readoutFrom(
    plan,
    contributionsOf(plan, { tensor: 'output', index }, limit),
    index,
    value,
    tensors.bias !== undefined,
  );
}

describe('contributions', () => {
  it('of an output sum to it', () => {
    fc.assert(
      fc.property(anyCase, ({ plan, input, weight }) => {
        const output = gather(plan, input, weight);
        forEachPosition(plan.outputShape, (index, flat) => {
          const { total, list } = contributionsOf(plan, { tensor: 'output', index: [...index] }, Infinity);
          assert.equal(list.length, total);
          assert.equal(
            list.reduce((sum, each) => sum + at(input, each.input) * at(weight, each.weight), 0) + 0,
            output.data[flat] + 0,
          );
        });
      }),
      { numRuns: 60, seed: 20261121 },
    );
  });

  it('are the same products seen from any of the three tensors', () => {
    fc.assert(
      fc.property(anyCase, ({ plan }) => {
        const seenFrom = (tensor: Cell['tensor'], shape: readonly number[]): string[] => {
          const seen: string[] = [];
          forEachPosition(shape, (index) => {
            for (const each of contributionsOf(plan, { tensor, index: [...index] }, Infinity).list) {
              assert.deepEqual(each[tensor], index);
              seen.push(JSON.stringify([each.input, each.weight, each.output]));
            }
          });
          return seen.sort();
        };
        const fromOutput = seenFrom('output', plan.outputShape);
        assert.equal(new Set(fromOutput).size, fromOutput.length);
        assert.deepEqual(seenFrom('input', plan.inputShape), fromOutput);
        assert.deepEqual(seenFrom('weight', plan.weightShape), fromOutput);
      }),
      { numRuns: 60, seed: 20261121 },
    );
  });

  it('of one tap in a thousand-channel layer list no more than asked, and say how many there are', () => {
    const plan = planOf(
      { kind: 'convTranspose', stride: [2, 2], padding: [1, 1], dilation: [1, 1] },
      [64, 1024, 512, 512],
      [1024, 512, 4, 4],
    );
    const ofTap = contributionsOf(plan, { tensor: 'weight', index: [7, 9, 0, 2] }, 10);
    assert.deepEqual([ofTap.total, ofTap.list.length], [64 * 511 * 512, 10]);
    const ofInput = contributionsOf(plan, { tensor: 'input', index: [3, 1023, 511, 0] }, 5);
    assert.deepEqual([ofInput.total, ofInput.list.length], [512 * 3 * 3, 5]);
    assert.deepEqual(ofInput.list[0], { input: [3, 1023, 511, 0], weight: [1023, 0, 0, 1], output: [3, 0, 1021, 0] });
  });

  it('of a cell that is not there are refused', () => {
    const plan = planOf({ kind: 'conv', stride: [1], padding: [0], dilation: [1] }, [1, 1, 5], [1, 1, 3]);
    for (const index of [
      [0, 0, 3],
      [0, 0, -1],
      [0, 0],
      [0, 0, 0.5],
    ]) {
      assert.throws(() => contributionsOf(plan, { tensor: 'output', index }, 1), RangeError);
    }
  });
});

describe('the readout', () => {
  const input = tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, -4]);
  const weight = tensorOf('float64', [1, 1, 2, 2], [1, 2, 3, 4]);
  const bias = tensorOf('float64', [1], [10]);
  const plan = planOf(
    { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
    input.shape,
    weight.shape,
  );
  const output = gather(plan, input, weight);

  it('says the sum in numbers and symbols', () => {
    assert.equal(
      readoutText(readoutOf(plan, { input, weight, output }, [0, 0, 1, 0], 9)),
      'out[1,0] = 1·w₀,₀ + 2·w₁,₀ = 7',
    );
    assert.equal(
      readoutText(readoutOf(plan, { input, weight, output }, [0, 0, 2, 2], 9)),
      'out[2,2] = (-4)·w₁,₁ = -16',
    );
  });

  it('says how many terms it leaves out, and the bias', () => {
    const biased = gather(plan, input, weight, bias);
    const text = readoutText(readoutOf(plan, { input, weight, bias, output: biased }, [0, 0, 1, 1], 2));
    assert.equal(text, 'out[1,1] = (-4)·w₀,₀ + 1·w₀,₁ + … 2 + b₀ = 25');
  });

  it('of an output that nothing reaches is its bias', () => {
    const holes = planOf(
      { kind: 'convTranspose', stride: [3, 3], padding: [0, 0], dilation: [1, 1] },
      input.shape,
      weight.shape,
    );
    const tensors = { input, weight, bias, output: gather(holes, input, weight, bias) };
    assert.equal(readoutText(readoutOf(holes, tensors, [0, 0, 2, 2], 9)), 'out[2,2] = b₀ = 10');
    assert.equal(
      readoutText(
        readoutOf(holes, { ...tensors, bias: undefined, output: gather(holes, input, weight) }, [0, 0, 2, 2], 9),
      ),
      'out[2,2] = 0',
    );
  });

  it('names channels and images where there are several', () => {
    const many = planOf({ kind: 'conv', stride: [1], padding: [0], dilation: [1] }, [2, 2, 3], [3, 2, 2]);
    const values = (shape: readonly number[]) =>
      tensorOf('float64', shape, new Array<number>(shape.reduce((all, size) => all * size, 1)).fill(1));
    const tensors = { input: values(many.inputShape), weight: values(many.weightShape) };
    const readout = readoutOf(many, { ...tensors, output: gather(many, tensors.input, tensors.weight) }, [1, 2, 0], 1);
    assert.deepEqual(
      [readout.cell, readout.terms[0].input, readout.terms[0].symbol],
      ['out[1,2,0]', 'in[1,0,0]', 'w₂,₀,₀'],
    );
  });
});
