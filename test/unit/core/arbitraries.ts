import fc from 'fast-check';
import type { Kind, Operation, PaddingMode, Tensor } from '../../../src/core/operation';
import { type Plan, resolve } from '../../../src/core/plan';
import { elementCount, tensorOf } from '../../../src/core/tensor/tensor';

/** An operation with operands of small whole numbers: every sum is exact, so that laws can be held to equality. */
export interface Case {
  readonly op: Operation;
  readonly plan: Plan;
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias?: Tensor;
}

/** Whole numbers of −5..5, a different sequence for every seed. */
export function wholeNumbers(shape: readonly number[], seed: number): Tensor {
  let state = seed;
  return tensorOf(
    'float64',
    shape,
    Array.from({ length: elementCount(shape) }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return ((state >>> 16) % 11) - 5;
    }),
  );
}

/** Any plan for the operation; throws what is illegal, for a test that states legal ones. */
export function planOf(op: Operation, inputShape: readonly number[], weightShape: readonly number[]): Plan {
  const resolution = resolve(op, inputShape, weightShape);
  if (!resolution.ok) throw new Error(resolution.problems.map((each) => each.message).join(' '));
  return resolution.plan;
}

const upTo = (most: number, least = 1): fc.Arbitrary<number> => fc.integer({ min: least, max: most });

const axis = fc.record({
  input: upTo(5),
  kernel: upTo(4),
  stride: upTo(4),
  dilation: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, upTo(3)),
  /** Of the dilated kernel's extent: beyond it the crop eats into the stamps of other inputs. */
  begin: fc.double({ min: 0, max: 1.3, noNaN: true }),
  end: fc.double({ min: 0, max: 1.3, noNaN: true }),
  outputPadding: fc.nat(3),
});

const parameters = fc.record({
  axes: fc.integer({ min: 1, max: 3 }).chain((rank) => fc.array(axis, { minLength: rank, maxLength: rank })),
  batch: fc.option(upTo(2), { nil: undefined }),
  groups: upTo(3),
  inputs: upTo(2),
  outputs: upTo(2),
  biased: fc.boolean(),
  mode: fc.constantFrom<PaddingMode>('zeros', 'zeros', 'reflect', 'replicate', 'circular'),
  seed: fc.nat(),
});

/**
 * Legal operations of 1 to 3 spatial axes: batched or not, grouped, dilated, padded unevenly and beyond the kernel,
 * with and without bias.
 */
export function cases(kind: Kind, onlyZeros = false): fc.Arbitrary<Case> {
  return parameters
    .map(({ axes, batch, groups, inputs, outputs, biased, mode, seed }) => {
      const op: Operation = {
        kind,
        stride: axes.map(({ stride }) => stride),
        dilation: axes.map(({ dilation }) => dilation),
        padding: axes.map(({ kernel, dilation, begin, end }): [number, number] => {
          const reach = dilation * (kernel - 1) + 0.9;
          return [Math.floor(begin * reach), Math.floor(end * reach)];
        }),
        outputPadding: axes.map(({ outputPadding, stride, dilation }) =>
          kind === 'conv' ? 0 : outputPadding % Math.max(stride, dilation),
        ),
        groups,
        paddingMode: kind === 'convTranspose' || onlyZeros ? 'zeros' : mode,
      };
      const channels = [inputs * groups, outputs * groups];
      const kernel = axes.map((each) => each.kernel);
      const inputShape = [...(batch === undefined ? [] : [batch]), channels[0], ...axes.map(({ input }) => input)];
      const weightShape = kind === 'conv' ? [channels[1], inputs, ...kernel] : [channels[0], outputs, ...kernel];
      const bias = biased ? wholeNumbers([channels[1]], seed + 2) : undefined;
      const resolution = resolve(op, inputShape, weightShape, bias?.shape);
      return resolution.ok
        ? {
            op,
            plan: resolution.plan,
            input: wholeNumbers(inputShape, seed),
            weight: wholeNumbers(weightShape, seed + 1),
            bias,
          }
        : undefined;
    })
    .filter((each) => each !== undefined);
}

export const anyCase: fc.Arbitrary<Case> = fc.oneof(cases('conv'), cases('convTranspose'));
