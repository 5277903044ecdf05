import { gather } from '../kernels/gather';
import { matrixProduct } from '../kernels/matrix';
import { phases } from '../kernels/phases';
import { scatter } from '../kernels/scatter';
import { zeroInsertion } from '../kernels/zeroInsertion';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { im2col } from './im2col';
import { hasFewPhases } from './subKernels';
import type { Subject } from './subject';

/** The ways by which an output is worked out, each by a definition of its own. */
export type Way = 'overlapAdd' | 'matrix' | 'im2col' | 'zeroInsertion' | 'phases' | 'gather';

export interface Agreement {
  readonly ways: readonly Way[];
  readonly outputs: number;
  /** The largest difference between any two ways, at any output. */
  readonly largest: number;
  /** The largest difference from the document's own output; undefined where other channels or a bias add to it. */
  readonly fromDocument: number | undefined;
}

/** Two infinities of one sign, and two NaN, are no difference: the ways agree on them. */
function difference(one: number, other: number): number {
  return Object.is(one, other) || one === other ? 0 : Math.abs(one - other);
}

function largestBetween(one: Tensor, other: Tensor): number {
  let largest = 0;
  one.data.forEach((value, at) => {
    const apart = difference(value, other.data[at]);
    if (!(apart <= largest)) largest = apart;
  });
  return largest;
}

/**
 * Works the subject out in every way that its operation has, and says how far they are apart. Too many phases are left
 * out: it is asked at every change.
 */
export function agreementOf(subject: Subject): Agreement {
  const { plan, input, weight, output, channelsAdded, bias, complete } = subject;
  const own: Readonly<Record<Plan['kind'], readonly (readonly [Way, typeof gather])[]>> = {
    conv: [['im2col', () => im2col(subject).output]],
    convTranspose: [['zeroInsertion', zeroInsertion], ...(hasFewPhases(plan) ? [['phases', phases] as const] : [])],
  };
  const ways: readonly (readonly [Way, typeof gather])[] = [
    ['overlapAdd', scatter],
    ['matrix', matrixProduct],
    ...own[plan.kind],
    ['gather', gather],
  ];
  const results = ways.map(([, compute]) => compute(plan, input, weight));
  const [first] = results;
  const alone = channelsAdded === 1 && bias === undefined;
  let fromDocument: number | undefined = alone ? 0 : undefined;
  if (fromDocument !== undefined)
    for (const [at, isComplete] of complete.entries())
      if (isComplete) fromDocument = Math.max(fromDocument, difference(first.data[at], output.data[at]));
  return {
    ways: ways.map(([way]) => way),
    outputs: first.data.length,
    largest: Math.max(...results.flatMap((one) => results.map((other) => largestBetween(one, other)))),
    fromDocument,
  };
}
