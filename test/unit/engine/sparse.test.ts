import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convolutionMatrix, multiply, multiplyTransposed } from '../../../src/core/kernels/matrix';
import type { Operation, PaddingMode } from '../../../src/core/operation';
import { resolve } from '../../../src/core/plan';
import { elementCount, tensorOf } from '../../../src/core/tensor/tensor';
import { createKernels } from '../../../src/engine/kernels';
import { builds } from './support';

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

// The last axis is the one along which sites of one pattern are stamped in runs.
const requests = fc
  .record({
    kind: fc.constantFrom('conv' as const, 'convTranspose' as const),
    rank: small(1, 3),
    groups: small(1, 3),
    from: small(1, 3),
    to: small(1, 3),
    sizes: fc.array(small(1, 9), { minLength: 3, maxLength: 3 }),
    kernel: fc.array(small(1, 4), { minLength: 3, maxLength: 3 }),
    wide: small(1, 40),
    stride: small(1, 3),
    dilation: small(1, 3),
    begin: small(0, 6),
    end: small(0, 6),
    mode: fc.constantFrom<PaddingMode>('zeros', 'zeros', 'zeros', 'circular'),
  })
  .map(({ kind, rank, groups, from, to, sizes, wide, kernel, stride, dilation, begin, end, mode }) => {
    const each = <Value>(value: Value): Value[] => new Array<Value>(rank).fill(value);
    const op: Operation = {
      kind,
      groups,
      stride: each(stride),
      dilation: each(dilation),
      padding: each<[number, number]>([begin, end]),
      ...(kind === 'conv' ? { paddingMode: mode } : {}),
    };
    const weightShape =
      kind === 'conv' ? [groups * to, from, ...kernel.slice(0, rank)] : [groups * from, to, ...kernel.slice(0, rank)];
    return { op, inputShape: [1, groups * from, ...sizes.slice(1, rank), wide], weightShape };
  })
  .filter(({ op, inputShape, weightShape }) => resolve(op, inputShape, weightShape).ok);

const ramp = (count: number): number[] => Array.from({ length: count }, (_, index) => Math.sin(index + 1));

for (const [name, kernels] of [
  ['wasm', createKernels(builds())],
  ['plain', createKernels(undefined)],
] as const) {
  describe(`sparse matrix C, ${name}`, () => {
    for (const dtype of ['float32', 'float64'] as const) {
      it(`${dtype}: entry for entry the reference's, and its products`, () => {
        fc.assert(
          fc.property(requests, ({ op, inputShape, weightShape }) => {
            const resolution = resolve(op, inputShape, weightShape);
            assert(resolution.ok);
            const { plan } = resolution;
            const weight = tensorOf(dtype, weightShape, ramp(elementCount(weightShape)));
            const expected = convolutionMatrix(plan, weight);
            const made = kernels.matrix(plan, weight.data);
            assert.deepEqual([made.rows, made.columns], [expected.rows, expected.columns]);
            assert.deepEqual(Array.from(made.rowPointers), Array.from(expected.rowPointers));
            assert.deepEqual(Array.from(made.columnIndices), Array.from(expected.columnIndices));
            assert.deepEqual(Array.from(made.values), Array.from(expected.values));
            for (const transposed of [false, true]) {
              const [from, to] = transposed ? [made.rows, made.columns] : [made.columns, made.rows];
              const x = tensorOf(dtype, [from], ramp(from));
              const y = tensorOf(dtype, [to], new Array<number>(to).fill(Number.NaN));
              kernels.product(made, x.data, y.data, transposed);
              const truth = transposed ? multiplyTransposed(expected, x.data) : multiply(expected, x.data);
              const tolerance = dtype === 'float32' ? 1e-5 : 1e-13;
              // No value exceeds 1, so a row of n entries sums to at most n.
              truth.forEach((value, index) => {
                assert(
                  Math.abs(y.data[index] - value) <= tolerance * (1 + made.values.length / Math.max(1, to)) * 4,
                  `element ${index}: ${y.data[index]}, not ${value}`,
                );
              });
            }
            made.release();
          }),
          { numRuns: 150 },
        );
      });
    }
  });
}
