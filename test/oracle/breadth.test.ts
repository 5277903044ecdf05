import assert from 'node:assert/strict';
import { gather } from '../../src/core/kernels/gather';
import { inputGradient, weightGradient } from '../../src/core/kernels/gradients';
import { scatter } from '../../src/core/kernels/scatter';
import type { Dtype, Tensor } from '../../src/core/operation';
import { decodeCase, readDoubles, readGolden } from './goldens';
import { real, reals } from './seeded';

/** What is stored of a tensor: a dot product with a known random vector, and its first, middle and last element. */
const summarySize = 4;

/**
 * float64: rounding of a few hundred terms. float32: the reference sums in float64, so it is off by one rounding per
 * element, 2^-24 of its size (and a gradient that is folded by as many as it has images).
 */
const tolerance: Readonly<Record<Dtype, number>> = { float32: 4 * 2 ** -24, float64: 1e-12 };

function assertSummary(actual: Tensor, seed: number, summary: Float64Array, title: string): void {
  const { data, dtype } = actual;
  let dot = 0;
  let size = 0;
  let largest = 0;
  data.forEach((value, index) => {
    const term = value * real(seed, index, 'float64');
    dot += term;
    size += Math.abs(term);
    largest = Math.max(largest, Math.abs(value));
  });
  assert.ok(Math.abs(dot - summary[0]) <= tolerance[dtype] * size, `${title}: projection ${dot}, PyTorch ${summary[0]}`);
  const samples = [data[0], data[Math.floor(data.length / 2)], data[data.length - 1]];
  samples.forEach((value = 0, at) => {
    assert.ok(Math.abs(value - summary[at + 1]) <= tolerance[dtype] * largest, `${title}: sample ${at} ${value}, PyTorch ${summary[at + 1]}`);
  });
}

for (const rank of [1, 2, 3]) {
  for (const dtype of ['float32', 'float64'] as const) {
    const name = `breadth-${rank}d-${dtype}`;
    const { cases } = readGolden<{ cases: readonly (readonly number[])[] }>(name);
    const values = readDoubles(name);

    describe(`${cases.length} random ${rank}-D ${dtype} configurations against PyTorch's float64`, () => {
      const goldens = cases.map((numbers, index) => decodeCase(rank, numbers, index * 16, dtype));
      const summaryOf = (index: number, which: number): Float64Array =>
        values.subarray((index * 3 + which) * summarySize, (index * 3 + which + 1) * summarySize);
      const gradientOf = (index: number): Tensor => reals(index * 16 + 3, goldens[index].plan.outputShape, dtype);

      it('are at least 1,000, and the values fill their file', () => {
        assert.ok(cases.length >= 1000);
        assert.equal(values.length, cases.length * 3 * summarySize);
      });
      for (const kernel of [gather, scatter]) {
        it(`${kernel.name}`, () => {
          goldens.forEach(({ plan, input, weight, bias, title, seed }, index) => {
            assertSummary(kernel(plan, input, weight, bias), seed + 4, summaryOf(index, 0), title);
          });
        });
      }
      it('gradient with respect to the input', () => {
        goldens.forEach(({ plan, weight, title, seed }, index) => {
          assertSummary(inputGradient(plan, weight, gradientOf(index)), seed + 5, summaryOf(index, 1), title);
        });
      });
      it('gradient with respect to the weight', () => {
        goldens.forEach(({ plan, input, title, seed }, index) => {
          assertSummary(weightGradient(plan, input, gradientOf(index)), seed + 6, summaryOf(index, 2), title);
        });
      });
    });
  }
}
