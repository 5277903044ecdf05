// Convolutions that are computed in another place: what each framework takes in a way of its own, once each.
import assert from 'node:assert/strict';
import { computeReference } from '../../src/core/kernels/compute';
import { planned } from '../../src/core/kernels/gradients';
import type { Operation, Tensor } from '../../src/core/operation';
import { randomSource } from '../../src/core/state/random';
import { changeBetween } from '../../src/core/tensor/change';
import { elementCount, tensorOf } from '../../src/core/tensor/tensor';
import { computationOf, computedThere } from '../../src/live/computed';
import type { Library } from '../../src/live/expression';
import type { LiveReader, Program } from '../../src/live/reader';

function numbers(shape: readonly number[], seed: number): Tensor {
  const random = randomSource(seed);
  const values = Array.from({ length: elementCount(shape) }, () => random.uniform() - 0.5);
  return tensorOf('float64', shape, values);
}

const uneven = (...sides: readonly (readonly [number, number])[]): Pick<Operation, 'padding'> => ({ padding: sides });

const along = [2, 1] as const;
const ones = [1, 1] as const;
const transposed = { kind: 'convTranspose', stride: along, dilation: [1, 2], outputPadding: [1, 0] } as const;
const plain = { kind: 'conv', stride: ones, dilation: along, groups: 2 } as const;

/** The shapes of the input and of the kernel, and the operation. */
export const CASES: Readonly<Record<string, readonly [readonly number[], readonly number[], Operation]>> = {
  transposed: [[2, 4, 7, 6], [4, 3, 3, 3], { ...transposed, padding: [1, 0] }],
  'transposed, cut unevenly': [[2, 4, 7, 6], [4, 3, 3, 3], { ...transposed, ...uneven([1, 0], [0, 2]) }],
  'transposed, in groups': [
    [1, 4, 5, 4],
    [4, 3, 2, 3],
    { kind: 'convTranspose', stride: [3, 2], padding: [0, 1], dilation: ones, groups: 2 },
  ],
  plain: [[2, 4, 7, 6], [6, 2, 3, 3], { ...plain, padding: [1, 2] }],
  'plain, padded unevenly': [[2, 4, 7, 6], [6, 2, 3, 3], { ...plain, ...uneven([0, 3], [1, 0]) }],
  'plain, strided': [[1, 4, 9], [2, 4, 3], { kind: 'conv', stride: [2], padding: [1], dilation: [1], groups: 1 }],
  reflected: [[2, 4, 7, 6], [6, 2, 3, 3], { ...plain, padding: [1, 2], paddingMode: 'reflect' }],
  replicated: [[2, 4, 7, 6], [6, 2, 3, 3], { ...plain, padding: [1, 2], paddingMode: 'replicate' }],
  circular: [[2, 4, 7, 6], [6, 2, 3, 3], { ...plain, padding: [1, 2], paddingMode: 'circular' }],
  'of volumes': [
    [1, 2, 3, 4, 3],
    [2, 3, 2, 2, 2],
    { kind: 'convTranspose', stride: [2, 1, 2], padding: [1, 0, 0], dilation: [1, 1, 1], groups: 1 },
  ],
};

/** Asserts that a framework makes of a case what the definition here does. */
export async function sameThere(
  name: string,
  library: Library,
  reader: LiveReader,
  program: Program,
  nearly = 1e-13,
): Promise<void> {
  const [shape, kernel, op] = CASES[name];
  const [input, weight] = [numbers(shape, 1), numbers(kernel, 2)];
  const bias = numbers([op.kind === 'conv' ? kernel[0] : kernel[1] * (op.groups ?? 1)], 3);
  const { values } = await computedThere(reader, program, computationOf({ op, input, weight, bias }, library));
  const ours = computeReference(planned(op, input, weight), input, weight, bias);
  const change = changeBetween(ours, values);
  assert.ok(change && change.largest < nearly, `${library}, ${name}: ${change?.largest ?? String(values.shape)}`);
}
