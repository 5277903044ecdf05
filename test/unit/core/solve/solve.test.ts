import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planAxis } from '../../../../src/core/axis';
import type { Operation } from '../../../../src/core/operation';
import { ProblemError } from '../../../../src/core/problem';
import { checkOperation } from '../../../../src/core/rules';
import { shapeOf } from '../../../../src/core/shape';
import { solutionCode } from '../../../../src/core/solve/code';
import type { Solution, SolveRequest } from '../../../../src/core/solve/request';
import { solve } from '../../../../src/core/solve/solve';

const kinds = fc.constantFrom<SolveRequest['kind'][]>('conv', 'convTranspose');
const limits = { kernel: 5, stride: 4, dilation: 3 } as const;

const weightFor = ({ kernel, operation }: Solution): number[] => [1, 1, ...operation.stride.map(() => kernel)];
const told = ({ kernel, stride, padding, dilation, outputPadding }: Solution): string =>
  [kernel, stride, padding, kernel === 1 ? 1 : dilation, ...(outputPadding ?? [0])].join(' ');

/** Every legal set of parameters on one axis that gives the size, found by trying all of them. */
function tried(kind: SolveRequest['kind'], input: number, output: number): Set<string> {
  const found = new Set<string>();
  for (let kernel = 1; kernel <= limits.kernel; kernel++) {
    for (let stride = 1; stride <= limits.stride; stride++) {
      for (let dilation = 1; dilation <= (kernel === 1 ? 1 : limits.dilation); dilation++) {
        for (let padding = 0; padding <= 60; padding++) {
          for (let extra = 0; extra <= (kind === 'conv' ? 0 : 3); extra++) {
            const op: Operation = {
              kind,
              stride: [stride],
              dilation: [dilation],
              padding: [padding],
              ...(kind === 'convTranspose' && { outputPadding: [extra] }),
            };
            if (planAxis(op, 0, input, kernel).output !== output) continue;
            if (checkOperation(op, [1, 1, input], [1, 1, kernel]).length === 0)
              found.add([kernel, stride, padding, dilation, extra].join(' '));
          }
        }
      }
    }
  }
  return found;
}

describe('the solver of sizes', () => {
  it('finds exactly what trying every parameter finds', () => {
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 24 }), (kind, input, output) => {
        const found = new Set(solve({ kind, sizes: [{ input, output }], framework: 'torch', limits }).map(told));
        assert.deepEqual([...found].sort(), [...tried(kind, input, output)].sort());
      }),
      { numRuns: 30 },
    );
  });

  for (const framework of ['torch', 'keras'] as const) {
    it(`gives only legal ${framework} operations of the wanted sizes, each once and best first`, () => {
      const size = fc.record({ input: fc.integer({ min: 1, max: 40 }), output: fc.integer({ min: 1, max: 90 }) });
      fc.assert(
        fc.property(kinds, fc.array(size, { minLength: 1, maxLength: 3 }), (kind, sizes) => {
          const found = solve({ kind, sizes, framework, limits: { dilation: 2 } });
          assert.equal(new Set(found.map(told)).size, found.length);
          found.forEach((solution, index) => {
            const result = shapeOf(solution.operation, [1, 1, ...sizes.map((each) => each.input)], weightFor(solution));
            assert.deepEqual(result.problems, []);
            assert.deepEqual(result.outputShape, [1, 1, ...sizes.map((each) => each.output)]);
            assert.ok(index === 0 || found[index - 1].score >= solution.score);
          });
        }),
      );
    });
  }

  it('keeps to even overlap when asked', () => {
    const found = solve({
      kind: 'convTranspose',
      sizes: [{ input: 16, output: 32 }],
      framework: 'torch',
      limits: { even: true },
    });
    assert.ok(found.length > 0);
    for (const { kernel, stride } of found) assert.equal(kernel % stride, 0);
  });

  it('inverts a given convolution: output padding is (i + 2p − K) mod s', () => {
    const parameters = fc.record({
      kernel: fc.integer({ min: 1, max: 7 }),
      stride: fc.integer({ min: 1, max: 4 }),
      padding: fc.integer({ min: 0, max: 3 }),
      dilation: fc.constant(1),
    });
    fc.assert(
      fc.property(parameters, fc.integer({ min: 8, max: 50 }), (inverseOf, size) => {
        const { kernel, stride, padding } = inverseOf;
        const reduced = Math.floor((size + 2 * padding - kernel) / stride) + 1;
        const found = solve({
          kind: 'convTranspose',
          sizes: [{ input: reduced, output: size }],
          framework: 'torch',
          inverseOf,
        });
        assert.equal(found.length, 1);
        assert.deepEqual(found[0].outputPadding, [(size + 2 * padding - kernel) % stride]);
      }),
    );
  });

  it('answers the commonest question with the commonest layers', () => {
    const double: SolveRequest = {
      kind: 'convTranspose',
      sizes: [
        { input: 16, output: 32 },
        { input: 16, output: 32 },
      ],
      framework: 'torch',
    };
    const best = solve(double)
      .slice(0, 2)
      .map((each) => solutionCode(each, { input: '64', output: '32' }));
    assert.deepEqual(best.sort(), [
      'nn.ConvTranspose2d(64, 32, kernel_size=2, stride=2)',
      'nn.ConvTranspose2d(64, 32, kernel_size=4, stride=2, padding=1)',
    ]);
    const keras = solve({ ...double, framework: 'keras' }).map((each) =>
      solutionCode(each, { input: '64', output: '32' }),
    );
    assert.ok(keras.includes("layers.Conv2DTranspose(32, 4, strides=2, padding='same')"));
  });

  it('gives axes with different remainders different output padding', () => {
    const found = solve({
      kind: 'convTranspose',
      sizes: [
        { input: 17, output: 33 },
        { input: 17, output: 34 },
      ],
      framework: 'torch',
      fixed: { kernel: 3, stride: 2, padding: 1 },
    });
    assert.deepEqual(
      found.map((each) => solutionCode(each, { input: 'c', output: 'c' })),
      ['nn.ConvTranspose2d(c, c, kernel_size=3, stride=2, padding=1, output_padding=(0, 1))'],
    );
  });

  it('says that nothing fits by an empty list, and refuses what is no question', () => {
    assert.deepEqual(solve({ kind: 'convTranspose', sizes: [{ input: 100, output: 3 }], framework: 'keras' }), []);
    assert.throws(
      () => solve({ kind: 'conv', sizes: [{ input: 0, output: 1.5 }], framework: 'torch' }),
      (error) => error instanceof ProblemError && error.problems.length === 2,
    );
    assert.throws(
      () => solve({ kind: 'conv', sizes: [{ input: 4, output: 2 }], framework: 'torch', limits: { kernel: 1e9 } }),
      ProblemError,
    );
  });
});
