import assert from 'node:assert/strict';
import { gather } from '../../src/core/kernels/gather';
import { inputGradient, weightGradient } from '../../src/core/kernels/gradients';
import { scatter } from '../../src/core/kernels/scatter';
import { weightGradientByCorrelation } from '../../src/core/kernels/weightCorrelation';
import type { Dtype, Tensor } from '../../src/core/operation';
import { decodeCase, readDoubles, readGolden, SUMMARY_SIZE, summaryAgrees, summaryOf } from './goldens';
import { reals } from './seeded';

/**
 * float64: rounding of a few hundred terms. float32: the reference sums in float64, so it is off by one rounding per
 * element, 2^-24 of its size (and a gradient that is folded by as many as it has images).
 */
const tolerance: Readonly<Record<Dtype, number>> = { float32: 4 * 2 ** -24, float64: 1e-12 };

/** Scaled by the largest element: one that cancels to nearly nothing keeps the rounding of its terms. */
function assertSummary(actual: Tensor, seed: number, summary: Float64Array, title: string): void {
  let largest = 0;
  for (const value of actual.data) largest = Math.max(largest, Math.abs(value));
  const scales = new Float64Array(actual.data.length).fill(largest);
  assert.equal(summaryAgrees(actual, seed, summary, scales, tolerance[actual.dtype]), undefined, title);
}

for (const rank of [1, 2, 3]) {
  for (const dtype of ['float32', 'float64'] as const) {
    const name = `breadth-${rank}d-${dtype}`;
    const { cases } = readGolden<{ cases: readonly (readonly number[])[] }>(name);
    const values = readDoubles(name);

    describe(`${cases.length} random ${rank}-D ${dtype} configurations against PyTorch's float64`, () => {
      const goldens = cases.map((numbers, index) => decodeCase(numbers, index * 16, dtype));
      const gradientOf = (index: number): Tensor => reals(index * 16 + 3, goldens[index].plan.outputShape, dtype);

      it('are at least 1,000, and the values fill their file', () => {
        assert.ok(cases.length >= 1000);
        assert.equal(values.length, cases.length * 3 * SUMMARY_SIZE);
      });
      for (const kernel of [gather, scatter]) {
        it(kernel.name, () => {
          goldens.forEach(({ plan, input, weight, bias, title, seed }, index) => {
            assertSummary(kernel(plan, input, weight, bias), seed + 4, summaryOf(values, index, 0), title);
          });
        });
      }
      it('gradient with respect to the input', () => {
        goldens.forEach(({ plan, weight, title, seed }, index) => {
          assertSummary(inputGradient(plan, weight, gradientOf(index)), seed + 5, summaryOf(values, index, 1), title);
        });
      });
      for (const kernel of [weightGradient, weightGradientByCorrelation]) {
        it(`gradient with respect to the weight: ${kernel.name}`, () => {
          goldens.forEach(({ plan, input, title, seed }, index) => {
            assertSummary(kernel(plan, input, gradientOf(index)), seed + 6, summaryOf(values, index, 2), title);
          });
        });
      }
    });
  }
}
