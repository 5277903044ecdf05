import assert from 'node:assert/strict';
import { type Subject, subjectOf } from '../../../../src/core/derive/subject';
import { windowOf } from '../../../../src/core/derive/window';
import { type ElementOf, flatIndex } from '../../../../src/core/explain/readout';
import { gather } from '../../../../src/core/kernels/gather';
import type { Kind, Operation } from '../../../../src/core/operation';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { type Case, planOf } from '../arbitraries';

/** A window of at most `most` sites an axis, on some channels of a case; none where there is nothing to draw. */
export function windowed(given: Case, most: number, pick: number): Subject | undefined {
  const { plan, input, weight, bias } = given;
  const from = pick % plan.inputChannels;
  const group = Math.floor(from / plan.inputPerGroup);
  const to = group * plan.outputPerGroup + (pick % plan.outputPerGroup);
  const near = plan.axes.map(({ output }, axis) => (pick >> axis) % output);
  const window = windowOf(plan, { batch: pick % plan.batch, from, to }, near, most);
  if (!window) return undefined;
  const output = gather(plan, input, weight, bias);
  const at: ElementOf = (tensor, index) => {
    const of = { input, weight, bias, output }[tensor];
    assert.ok(of);
    return of.data[flatIndex(of.shape, index)];
  };
  return subjectOf(plan, window, 'float64', at, bias !== undefined);
}

type Nested = readonly (number | Nested)[];
const shapeOf = (nested: number | Nested): number[] =>
  typeof nested === 'number' ? [] : [nested.length, ...shapeOf(nested[0])];
const flat = (nested: number | Nested): number[] =>
  typeof nested === 'number' ? [nested] : nested.flatMap((each) => flat(each));

/** A subject of one channel, from its numbers as they are written in brackets. */
export function subjectFrom(
  kind: Kind,
  input: Nested,
  weight: Nested,
  op: { readonly s?: number; readonly p?: number; readonly d?: number; readonly op?: number } & Pick<
    Operation,
    'paddingMode'
  > = {},
): Subject {
  const rank = shapeOf(input).length;
  const each = (value: number): number[] => new Array<number>(rank).fill(value);
  const operation: Operation = {
    kind,
    stride: each(op.s ?? 1),
    padding: each(op.p ?? 0),
    dilation: each(op.d ?? 1),
    outputPadding: each(op.op ?? 0),
    paddingMode: op.paddingMode,
  };
  const x = tensorOf('float64', [1, 1, ...shapeOf(input)], flat(input));
  const w = tensorOf('float64', [1, 1, ...shapeOf(weight)], flat(weight));
  const plan = planOf(operation, x.shape, w.shape);
  const subject = windowed({ op: operation, plan, input: x, weight: w }, 64, 0);
  assert.ok(subject);
  return subject;
}

/** The references' kernel. */
export const REFERENCE_KERNEL = [
  [0, 1, 1],
  [0, 1, 0],
  [1, 0, 1],
];

/** A 3×3 kernel whose elements are all different and nowhere zero, so that a wrong place shows. */
export const RAMP = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

/** Numbers as they compare: no negative zeros. */
export const plain = (values: Iterable<number>): number[] => Array.from(values, (value) => value + 0);
