import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Subject } from '../../../../src/core/derive/subject';
import type { Kind, Operation, Tensor } from '../../../../src/core/operation';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { cases, planOf } from '../arbitraries';
import { windowed } from './windowed';

/** Windows of random legal layers of a kind, of at most so many sites an axis. */
export const subjects = (kind: Kind, most = 4): fc.Arbitrary<Subject> =>
  fc
    .tuple(cases(kind), fc.integer({ min: 1, max: most }), fc.nat(60))
    .map(([given, sites, pick]) => windowed(given, sites, pick))
    .filter((each) => each !== undefined);

/** A plane as a tensor `(1, 1, rows, columns)`. */
export const planeOf = (rows: readonly (readonly number[])[]): Tensor =>
  tensorOf('float64', [1, 1, rows.length, rows[0].length], rows.flat());

/** A whole layer of one channel. */
export function subjectOfLayer(op: Operation, input: Tensor, weight: Tensor): Subject {
  const subject = windowed({ op, plan: planOf(op, input.shape, weight.shape), input, weight }, Infinity, 0);
  assert.ok(subject);
  return subject;
}

/** A transposed convolution of a plane with the same numbers on both axes. */
export const upsampling = (stride: number, padding: number, more = 0): Operation => ({
  kind: 'convTranspose',
  stride: [stride, stride],
  padding: [padding, padding],
  dilation: [1, 1],
  outputPadding: [more, more],
});

/** 4×4 → 8×8: k3 s2 p1 op1. */
export const strided = (): Subject =>
  subjectOfLayer(
    upsampling(2, 1, 1),
    planeOf([
      [0, 0, 3, 2],
      [2, 1, 1, 0],
      [2, 2, 1, 0],
      [3, 2, 0, 1],
    ]),
    planeOf([
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ]),
  );
