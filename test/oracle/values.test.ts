import assert from 'node:assert/strict';
import { gather } from '../../src/core/kernels/gather';
import { matrixProduct } from '../../src/core/kernels/matrix';
import { phases } from '../../src/core/kernels/phases';
import { scatter } from '../../src/core/kernels/scatter';
import { zeroInsertion } from '../../src/core/kernels/zeroInsertion';
import type { Tensor } from '../../src/core/operation';
import { elementCount } from '../../src/core/tensor/tensor';
import { decodeCase, type GoldenCase, readDoubles, readGolden } from './goldens';

const { cases } = readGolden<{ cases: readonly (readonly number[])[] }>('values');
const values = readDoubles('values');

const anyOperation = { gather, scatter, matrixProduct };
const transposedOnly = { zeroInsertion, phases };

/**
 * 1e-12 of the largest value of the output: an element that cancels to nearly nothing keeps the rounding of its terms.
 */
function assertAgrees(actual: Tensor, expected: Float64Array, title: string): void {
  assert.equal(actual.data.length, expected.length, title);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  actual.data.forEach((value, at) => {
    assert.ok(
      Math.abs(value - expected[at]) <= 1e-12 * scale,
      `${title}: element ${at} is ${value}, PyTorch has ${expected[at]}`,
    );
  });
}

describe(`${cases.length} random float64 configurations against PyTorch`, () => {
  let next = 0;
  const goldens: readonly (readonly [GoldenCase, Float64Array])[] = cases.map((numbers, index) => {
    const golden = decodeCase(numbers, index * 16, 'float64');
    return [golden, values.subarray(next, (next += elementCount(golden.plan.outputShape)))];
  });

  it('are at least 2,000, and the values fill their file', () => {
    assert.ok(cases.length >= 2000);
    assert.equal(next, values.length);
  });

  for (const [name, kernel] of Object.entries(anyOperation)) {
    it(`${name} agrees to 1e-12`, () => {
      for (const [{ plan, input, weight, bias, title }, expected] of goldens) {
        assertAgrees(kernel(plan, input, weight, bias), expected, title);
      }
    });
  }

  for (const [name, kernel] of Object.entries(transposedOnly)) {
    it(`${name} agrees to 1e-12 on every transposed one`, () => {
      for (const [{ plan, input, weight, bias, title }, expected] of goldens) {
        if (plan.kind === 'convTranspose') assertAgrees(kernel(plan, input, weight, bias), expected, title);
      }
    });
  }
});
