import { gather } from '../kernels/gather';
import { resolve } from '../plan';
import { elementCount } from '../tensor/tensor';
import type { Subject } from './subject';

/** A layer like the subject's, but for its padding. */
export interface Padded {
  readonly subject: Subject;
  /** Place `q` of its output has the value that place `q + shift` of the subject's own has, where there is one. */
  readonly shift: readonly number[];
}

/**
 * The same transposed convolution with the least padding, on both sides of each axis, of which `K−1−p` is negative:
 * `K`. An axis that is so already stays as it is, and so does one of which nothing would be left. Undefined where that
 * is every axis.
 */
export function beyondKernel(subject: Subject): Padded | undefined {
  const { plan, input, weight } = subject;
  const padding = plan.axes.map(
    ({ padBegin, padEnd, extent, input: size, stride, outputPadding }): readonly [begin: number, end: number] => {
      const isBeyond = Math.max(padBegin, padEnd) >= extent;
      const left = (size - 1) * stride - extent + outputPadding;
      return isBeyond || left < 1 ? [padBegin, padEnd] : [extent, extent];
    },
  );
  if (padding.every((sides, axis) => Math.max(...sides) < plan.axes[axis].extent)) return undefined;
  const resolution = resolve(
    {
      kind: plan.kind,
      stride: plan.axes.map(({ stride }) => stride),
      dilation: plan.axes.map(({ dilation }) => dilation),
      outputPadding: plan.axes.map(({ outputPadding }) => outputPadding),
      padding,
    },
    plan.inputShape,
    plan.weightShape,
  );
  if (!resolution.ok) return undefined;
  const part = gather(resolution.plan, input, weight);
  return {
    subject: {
      ...subject,
      plan: resolution.plan,
      part,
      output: part,
      outputOrigin: plan.axes.map(() => 0),
      complete: new Array<boolean>(elementCount(resolution.plan.outputShape)).fill(true),
    },
    shift: padding.map(([begin], axis) => begin - plan.axes[axis].padBegin),
  };
}
