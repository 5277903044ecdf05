// Small documents and the code that each is copied as. `generate.py copied` runs that code; the test holds this against
// what came of it.
import { copyAs } from '../../src/core/explain/copyAs';
import { MOST_COPIED } from '../../src/core/explain/copyParts';
import type { Dtype, Operation, Tensor } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { elementCount, tensorOf } from '../../src/core/tensor/tensor';

export const COPIED_LANGUAGES = ['pytorch', 'numpy', 'keras', 'jax'] as const;

export interface CopiedCase {
  readonly title: string;
  readonly plan: Plan;
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
}

const ones = (rank: number, value = 1): readonly number[] => new Array<number>(rank).fill(value);

/** Numbers with digits behind the point, none of them alike. */
const numbers = (dtype: Dtype, shape: readonly number[], seed: number): Tensor =>
  tensorOf(
    dtype,
    shape,
    Array.from({ length: elementCount(shape) }, (_, at) => (((at + 1) * 37 + seed * 11) % 61) / 8 - 3.3),
  );

interface Case {
  readonly kind: Operation['kind'];
  readonly input: readonly number[];
  readonly weight: readonly number[];
  readonly op?: Partial<Operation>;
  readonly bias?: number;
  readonly dtype?: Dtype;
}

const CASES: Readonly<Record<string, Case>> = {
  'the references’ example': { kind: 'convTranspose', input: [1, 1, 2, 2], weight: [1, 1, 3, 3] },
  'stride, padding and output padding': {
    kind: 'convTranspose',
    input: [2, 2, 3, 4],
    weight: [2, 3, 3, 3],
    op: { stride: [2, 2], padding: [1, 1], outputPadding: [1, 1] },
    bias: 3,
  },
  'unlike axes, in float64': {
    kind: 'convTranspose',
    input: [1, 2, 3, 4],
    weight: [2, 2, 2, 3],
    op: { stride: [2, 3], padding: [0, 1], dilation: [1, 1] },
    dtype: 'float64',
  },
  'sides of the padding that differ': {
    kind: 'convTranspose',
    input: [1, 1, 4, 4],
    weight: [1, 1, 3, 3],
    op: {
      stride: [2, 2],
      padding: [
        [0, 1],
        [1, 0],
      ],
    },
    bias: 1,
  },
  'a dilated transposed one': {
    kind: 'convTranspose',
    input: [1, 1, 4, 4],
    weight: [1, 2, 3, 3],
    op: { dilation: [2, 2] },
    bias: 2,
  },
  'a grouped transposed one': {
    kind: 'convTranspose',
    input: [1, 4, 3, 3],
    weight: [4, 2, 3, 3],
    op: { groups: 2, stride: [2, 2] },
    bias: 4,
  },
  'a signal': { kind: 'convTranspose', input: [1, 2, 5], weight: [2, 1, 4], op: { stride: [2] }, bias: 1 },
  'a volume': { kind: 'convTranspose', input: [1, 1, 2, 3, 2], weight: [1, 2, 2, 2, 2], op: { stride: [2, 1, 2] } },
  'no batch axis': { kind: 'convTranspose', input: [2, 3, 3], weight: [2, 1, 2, 2], bias: 1 },
  'a convolution': { kind: 'conv', input: [1, 3, 6, 6], weight: [2, 3, 3, 3], op: { padding: [1, 1] }, bias: 2 },
  'a strided, dilated convolution': {
    kind: 'conv',
    input: [2, 1, 7, 8],
    weight: [2, 1, 3, 2],
    op: { stride: [2, 1], dilation: [1, 2] },
    dtype: 'float64',
  },
  'a depthwise convolution': {
    kind: 'conv',
    input: [1, 3, 5, 5],
    weight: [3, 1, 3, 3],
    op: { groups: 3, padding: [1, 1] },
  },
  'a convolution that reflects': {
    kind: 'conv',
    input: [1, 1, 5, 5],
    weight: [1, 1, 3, 3],
    op: { padding: [1, 1], paddingMode: 'reflect' },
    bias: 1,
  },
  'a convolution that wraps, on unlike sides': {
    kind: 'conv',
    input: [1, 1, 5, 5],
    weight: [1, 1, 3, 3],
    op: {
      padding: [
        [2, 0],
        [1, 1],
      ],
      paddingMode: 'circular',
    },
  },
  'a causal convolution of a signal': {
    kind: 'conv',
    input: [1, 2, 9],
    weight: [1, 2, 3],
    op: { padding: [[2, 0]] },
    bias: 1,
  },
};

function build(title: string, { kind, input, weight, op = {}, bias, dtype = 'float32' }: Case, at: number): CopiedCase {
  const rank = weight.length - 2;
  const operation: Operation = { kind, stride: ones(rank), padding: ones(rank, 0), dilation: ones(rank), ...op };
  const resolution = resolve(operation, input, weight, bias === undefined ? undefined : [bias]);
  if (!resolution.ok) throw new Error(`${title}: ${resolution.problems[0].message}`);
  return {
    title,
    plan: resolution.plan,
    input: numbers(dtype, input, at),
    weight: numbers(dtype, weight, at + 1),
    bias: bias === undefined ? undefined : numbers(dtype, [bias], at + 2),
  };
}

export const copiedCases: readonly CopiedCase[] = Object.entries(CASES).map(([title, each], at) =>
  build(title, each, at),
);

export function copiedText({ plan, input, weight, bias }: CopiedCase, language: (typeof COPIED_LANGUAGES)[number]) {
  const all = [input, weight, ...(bias ? [bias] : [])];
  if (all.reduce((sum, { data }) => sum + data.length, 0) > MOST_COPIED) throw new Error('This is too large.');
  return copyAs(language, { plan, dtype: input.dtype, bias: bias !== undefined, values: { input, weight, bias } });
}

/** For `generate.py`. */
export const texts = (): readonly { readonly title: string; readonly language: string; readonly text: string }[] =>
  copiedCases.flatMap((each) =>
    COPIED_LANGUAGES.map((language) => ({ title: each.title, language, text: copiedText(each, language) })),
  );
