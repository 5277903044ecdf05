import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkIdentities } from '../../../../src/core/explain/selfCheck';
import { gather } from '../../../../src/core/kernels/gather';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { anyCase } from '../arbitraries';

const runs = { numRuns: 100, seed: 20261121 };

describe('the self-check', () => {
  it('passes what was computed by definition, in either dtype', () => {
    fc.assert(fc.property(anyCase, fc.constantFrom('float32' as const, 'float64' as const), ({ plan, input, weight, bias }, dtype) => {
      // Thirds round differently in the two types.
      const rounded = (tensor: typeof input) => tensorOf(dtype, tensor.shape, tensor.data.map((value) => value / 3));
      const tensors = { input: rounded(input), weight: rounded(weight), bias: bias && rounded(bias) };
      const checks = checkIdentities(plan, { ...tensors, output: gather(plan, tensors.input, tensors.weight, tensors.bias) });
      assert.equal(checks.length, plan.kind === 'conv' ? 5 : 7);
      for (const each of checks) assert.ok(each.holds, `${each.identity}: ${each.error}`);
    }), runs);
  });

  it('catches one wrong element, by every definition', () => {
    fc.assert(fc.property(anyCase, fc.nat(), fc.constantFrom(1e-3, Number.NaN, Infinity), ({ plan, input, weight, bias }, at, wrong) => {
      const output = gather(plan, input, weight, bias);
      output.data[at % output.data.length] += wrong;
      for (const each of checkIdentities(plan, { input, weight, bias, output })) {
        if (each.identity !== 'adjoint' && each.identity !== 'weightGradient') assert.ok(!each.holds, each.identity);
      }
    }), runs);
  });
});
