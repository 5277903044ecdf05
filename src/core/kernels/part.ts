import type { AxisPlan } from '../axis';
import type { Operation } from '../operation';
import { type Plan, resolve } from '../plan';

/** Positions `from` to before `until`. */
export interface Range {
  readonly from: number;
  readonly until: number;
}

/** A smaller operation of the same kind, on one batch item and one group: it makes some outputs, as the whole does. */
export interface Part {
  readonly plan: Plan;
  /** What it reads of the input and makes of the output, per spatial axis. */
  readonly inputs: readonly Range[];
  readonly outputs: readonly Range[];
}

interface AxisPart {
  readonly inputs: Range;
  readonly outputs: Range;
  readonly padding: readonly [begin: number, end: number];
  readonly outputPadding: number;
}

const clip = ({ from, until }: Range, size: number): Range => ({
  from: Math.max(0, from),
  until: Math.min(size, until),
});

/** Outputs of a convolution read inputs from `output·stride − padBegin` on, as far as the kernel reaches. */
function convAxis({ stride, padBegin, extent, input, output }: AxisPlan, changed: Range): AxisPart | undefined {
  const outputs = clip(
    {
      from: Math.ceil((changed.from + padBegin - (extent - 1)) / stride),
      until: Math.floor((changed.until - 1 + padBegin) / stride) + 1,
    },
    output,
  );
  if (outputs.until <= outputs.from) return undefined;
  const read = { from: outputs.from * stride - padBegin, until: (outputs.until - 1) * stride - padBegin + extent };
  const inputs = clip(read, input);
  return { inputs, outputs, padding: [inputs.from - read.from, read.until - inputs.until], outputPadding: 0 };
}

/** Inputs of a transposed convolution reach outputs from `input·stride − padBegin` on. */
function transposedAxis({ stride, padBegin, extent, input, output }: AxisPlan, changed: Range): AxisPart | undefined {
  const outputs = clip(
    { from: changed.from * stride - padBegin, until: (changed.until - 1) * stride - padBegin + extent },
    output,
  );
  if (outputs.until <= outputs.from) return undefined;
  // Where the stride leaves gaps no input reaches the first of them: one before is taken, of which nothing is kept.
  const first = Math.min(
    Math.ceil((outputs.from + padBegin - (extent - 1)) / stride),
    Math.floor((outputs.from + padBegin) / stride),
  );
  const inputs = clip({ from: first, until: Math.floor((outputs.until - 1 + padBegin) / stride) + 1 }, input);
  const begin = outputs.from + padBegin - inputs.from * stride;
  const end = (inputs.until - 1 - inputs.from) * stride + extent - begin - (outputs.until - outputs.from);
  return { inputs, outputs, padding: [begin, Math.max(0, end)], outputPadding: Math.max(0, -end) };
}

/**
 * The part that makes `channels` outputs channels of every output that some inputs reach, each from all that it is made
 * of. Undefined where those reach none, or where no operation is that part (padding that repeats inputs).
 */
export function partOf(plan: Plan, changed: readonly Range[], channels = plan.outputPerGroup): Part | undefined {
  if (plan.paddingMode !== 'zeros') return undefined;
  const axes = plan.axes.map((axis, at) => (plan.kind === 'conv' ? convAxis : transposedAxis)(axis, changed[at]));
  const parts = axes.filter((axis) => axis !== undefined);
  if (parts.length < axes.length) return undefined;
  const op: Operation = {
    kind: plan.kind,
    stride: plan.axes.map(({ stride }) => stride),
    dilation: plan.axes.map(({ dilation }) => dilation),
    padding: parts.map(({ padding }) => padding),
    ...(plan.kind === 'convTranspose' ? { outputPadding: parts.map(({ outputPadding }) => outputPadding) } : {}),
  };
  const kernels = plan.axes.map(({ kernel }) => kernel);
  const sizes = parts.map(({ inputs }) => inputs.until - inputs.from);
  const planes = plan.kind === 'conv' ? [channels, plan.inputPerGroup] : [plan.inputPerGroup, channels];
  const resolution = resolve(op, [1, plan.inputPerGroup, ...sizes], [...planes, ...kernels]);
  if (!resolution.ok) return undefined;
  const isSame = resolution.plan.axes.every(
    ({ output }, at) => output === parts[at].outputs.until - parts[at].outputs.from,
  );
  if (!isSame) return undefined;
  return {
    plan: resolution.plan,
    inputs: parts.map(({ inputs }) => inputs),
    outputs: parts.map(({ outputs }) => outputs),
  };
}

/** All positions along each axis of the input. */
export const everywhere = (plan: Plan): Range[] => plan.axes.map(({ input }) => ({ from: 0, until: input }));
