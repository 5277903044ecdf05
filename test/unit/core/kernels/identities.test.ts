import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planAxis } from '../../../../src/core/axis';
import { gather } from '../../../../src/core/kernels/gather';
import { biasGradient, inputGradient, weightGradient } from '../../../../src/core/kernels/gradients';
import { convolutionMatrix, matrixExtent, matrixProduct } from '../../../../src/core/kernels/matrix';
import { phases, phasesOfAxis } from '../../../../src/core/kernels/phases';
import { scatter } from '../../../../src/core/kernels/scatter';
import { zeroInsertion } from '../../../../src/core/kernels/zeroInsertion';
import type { Tensor } from '../../../../src/core/operation';
import type { Plan } from '../../../../src/core/plan';
import { anyCase, cases, planOf, wholeNumbers } from '../arbitraries';

/** Whole numbers throughout, so every law is held to equality; + 0 makes −0 and 0 the same. */
const numbers = (tensor: Tensor): number[] => Array.from(tensor.data, (value) => value + 0);

function dot(a: Tensor, b: Tensor): number {
  assert.deepEqual(a.shape, b.shape);
  let sum = 0;
  a.data.forEach((value, at) => (sum += value * b.data[at]));
  return sum;
}

function assertSame(actual: Tensor, expected: Tensor): void {
  assert.deepEqual(actual.shape, expected.shape);
  assert.deepEqual(numbers(actual), numbers(expected));
}

/** A fixed seed: a failure is the same on every machine, and in the next run. */
const runs = { numRuns: 300, seed: 20261121 };

describe('the six identities, over random legal operations', () => {
  it('1: Y = C·X for a convolution, X′ = Cᵀ·Y for a transposed one', () => {
    fc.assert(
      fc.property(anyCase, ({ plan, input, weight, bias }) => {
        assertSame(matrixProduct(plan, input, weight, bias), gather(plan, input, weight, bias));
      }),
      runs,
    );
  });

  it('1: C is (C_out·Πo) × (C_in·Πi), block-diagonal by group, columns ascending, as large as foretold', () => {
    fc.assert(
      fc.property(anyCase, ({ plan, weight }) => {
        const { rows, columns, rowPointers, columnIndices, values } = convolutionMatrix(plan, weight);
        const conv = plan.kind === 'conv';
        assert.equal(rows, conv ? plan.outputChannels * plan.outputArea : plan.inputChannels * plan.inputArea);
        assert.equal(columns, conv ? plan.inputChannels * plan.inputArea : plan.outputChannels * plan.outputArea);
        const extent = matrixExtent(plan, weight.dtype);
        assert.deepEqual([extent.rows, extent.columns, extent.entries], [rows, columns, values.length]);
        assert.equal(extent.bytes, rowPointers.byteLength + columnIndices.byteLength + values.byteLength);
        assert.equal(rowPointers[rows], values.length);
        for (let row = 0; row < rows; row++) {
          for (let entry = rowPointers[row]; entry < rowPointers[row + 1]; entry++) {
            const group = Math.floor((columnIndices[entry] / columns) * plan.groups);
            assert.equal(group, Math.floor((row / rows) * plan.groups), 'an entry joins two groups');
            assert.ok(
              entry === rowPointers[row] || columnIndices[entry] > columnIndices[entry - 1],
              'columns do not ascend',
            );
          }
        }
      }),
      runs,
    );
  });

  it('1: the transpose restores the convolution’s input size iff op = (i + p_begin + p_end − K) mod s', () => {
    fc.assert(
      fc.property(cases('conv', true), fc.nat(3), ({ op, plan }, added) => {
        const outputPadding = plan.axes.map(() => added);
        plan.axes.forEach((axis, index) => {
          const back = planAxis({ ...op, kind: 'convTranspose', outputPadding }, index, axis.output, axis.kernel);
          const remainder = (axis.input + axis.padBegin + axis.padEnd - axis.extent) % axis.stride;
          assert.equal(back.output === axis.input, added === remainder);
        });
      }),
      runs,
    );
  });

  it('2: ⟨conv(x, w), y⟩ = ⟨x, convT(y, w)⟩', () => {
    fc.assert(
      fc.property(cases('conv', true), fc.nat(), ({ op, plan, input, weight }, seed) => {
        const y = wholeNumbers(plan.outputShape, seed);
        const outputPadding = plan.axes.map(
          (axis) => (axis.input + axis.padBegin + axis.padEnd - axis.extent) % axis.stride,
        );
        const back = planOf({ ...op, kind: 'convTranspose', outputPadding }, y.shape, weight.shape);
        assert.equal(dot(gather(plan, input, weight), y), dot(input, gather(back, y, weight)));
      }),
      runs,
    );
  });

  it('3: insert s−1 zeros, pad by K−1−p, flip, convolve with stride 1', () => {
    fc.assert(
      fc.property(cases('convTranspose'), ({ plan, input, weight, bias }) => {
        assertSame(zeroInsertion(plan, input, weight, bias), gather(plan, input, weight, bias));
      }),
      runs,
    );
  });

  it('4: overlap-add of whole kernels, cropped', () => {
    fc.assert(
      fc.property(anyCase, ({ plan, input, weight, bias }) => {
        assertSame(scatter(plan, input, weight, bias), gather(plan, input, weight, bias));
      }),
      runs,
    );
  });

  it('5: Πs dense stride-1 convolutions with sub-kernels, interleaved', () => {
    fc.assert(
      fc.property(cases('convTranspose'), ({ plan, input, weight, bias }) => {
        for (const axis of plan.axes) {
          const alongAxis = phasesOfAxis(axis);
          assert.equal(alongAxis.length, axis.stride);
          assert.equal(
            alongAxis.reduce((sum, { taps }) => sum + taps, 0),
            axis.kernel,
            'every tap belongs to one phase',
          );
          assert.equal(
            alongAxis.reduce((sum, { outputs }) => sum + outputs, 0),
            axis.output,
            'every output belongs to one phase',
          );
        }
        assertSame(phases(plan, input, weight, bias), gather(plan, input, weight, bias));
      }),
      runs,
    );
  });

  it('6: the gradient by x of ⟨op(x, w), g⟩, which is linear in x', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), ({ plan, input, weight }, seed) => {
        const g = wholeNumbers(plan.outputShape, seed);
        assert.equal(dot(inputGradient(plan, weight, g), input), dot(g, gather(plan, input, weight)));
      }),
      runs,
    );
  });

  it('6: the gradient by w, which it is linear in too, and by the bias', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), ({ plan, input, weight, bias }, seed) => {
        const g = wholeNumbers(plan.outputShape, seed);
        const linear = dot(weightGradient(plan, input, g), weight);
        assert.equal(linear, dot(g, gather(plan, input, weight)));
        if (bias) assert.equal(linear + dot(biasGradient(plan, g), bias), dot(g, gather(plan, input, weight, bias)));
      }),
      runs,
    );
  });

  it('6: d/dx of a transposed convolution is the convolution with the same weight tensor', () => {
    fc.assert(
      fc.property(cases('convTranspose').filter(noSurplus), fc.nat(), ({ op, plan, weight }, seed) => {
        const g = wholeNumbers(plan.outputShape, seed);
        const other = planOf({ ...op, kind: 'conv' }, g.shape, weight.shape);
        assertSame(inputGradient(plan, weight, g), gather(other, g, weight));
      }),
      runs,
    );
  });
});

/** With an output padding of a stride or more, which the dilation may allow, that convolution has outputs to spare. */
function noSurplus({ plan }: { readonly plan: Plan }): boolean {
  return plan.axes.every((axis) => axis.outputPadding < axis.stride);
}
