import type { Operation } from '../operation';
import { type Plan, resolve } from '../plan';

/** Channels and batch item of one plane of the input under one plane of the kernel. */
export interface Channels {
  readonly batch: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A part of a layer that is small enough to be drawn whole: some neighbouring sites of one channel under one plane of
 * the kernel, and everything that they reach. It is a layer of its own, with a plan of its own.
 */
export interface Window {
  /** Of shapes `(1, 1, spatial…)`; the same but for the padding, of which it has what falls into it. */
  readonly plan: Plan;
  readonly channels: Channels;
  /** Where the window's first elements stand in the whole layer, along each spatial axis. */
  readonly inputOrigin: readonly number[];
  readonly outputOrigin: readonly number[];
  /** Whether it is all of the plane. */
  readonly whole: boolean;
}

/** Most sites along an axis, by the number of spatial axes: what can be read at once, and stepped through. */
const MOST: readonly number[] = [16, 8, 4];

interface Span {
  readonly input: readonly [first: number, count: number];
  readonly output: readonly [first: number, count: number];
  readonly padding: readonly [begin: number, end: number];
  readonly outputPadding: number;
}

/** `count` sites of a transposed convolution from `first` on: inputs, and the outputs that their stamps reach. */
function stampsAlong({ axes }: Plan, axis: number, first: number, count: number): Span {
  const { stride, extent, padBegin, padEnd, input, output, outputPadding } = axes[axis];
  const start = first * stride - padBegin;
  const end = start + (count - 1) * stride + extent;
  const isLast = first + count === input;
  const cut: readonly [number, number] = [Math.max(0, -start), isLast ? padEnd : Math.max(0, end - output)];
  const from = start + cut[0];
  const to = isLast ? output : end - cut[1];
  return {
    input: [first, count],
    output: [from, to - from],
    padding: cut,
    outputPadding: isLast ? outputPadding : 0,
  };
}

/** `count` sites of a convolution from `first` on: outputs, and the inputs that their windows lie over. */
function fieldsAlong({ axes }: Plan, axis: number, first: number, count: number): Span {
  const { stride, extent, padBegin, input } = axes[axis];
  const start = first * stride - padBegin;
  const end = start + (count - 1) * stride + extent;
  const from = Math.max(0, start);
  const to = Math.min(input, end);
  return {
    input: [from, to - from],
    output: [first, count],
    padding: [Math.max(0, -start), Math.max(0, end - input)],
    outputPadding: 0,
  };
}

/** All of an axis, exactly as it is stated. */
function wholeAlong({ axes }: Plan, axis: number): Span {
  const { input, output, padBegin, padEnd, outputPadding } = axes[axis];
  return { input: [0, input], output: [0, output], padding: [padBegin, padEnd], outputPadding };
}

/**
 * The part of a layer around one of its outputs, or from its beginning. Undefined where there is none that could be
 * drawn: a tensor without elements, or a window that padding with the input's own values would reach into.
 */
export function windowOf(
  plan: Plan,
  channels: Channels,
  near: readonly number[] | undefined,
  most: number = MOST[plan.rank - 1],
): Window | undefined {
  const conv = plan.kind === 'conv';
  const spans = plan.axes.map((axis, at): Span => {
    const sites = conv ? axis.output : axis.input;
    if (sites <= most) return wholeAlong(plan, at);
    const site = near === undefined ? 0 : conv ? near[at] : Math.floor((near[at] + axis.padBegin) / axis.stride);
    const first = Math.min(Math.max(0, site - Math.floor(most / 2)), sites - most);
    return conv ? fieldsAlong(plan, at, first, most) : stampsAlong(plan, at, first, most);
  });
  const whole = spans.every(({ input }, at) => input[1] === plan.axes[at].input);
  const op: Operation = {
    kind: plan.kind,
    stride: plan.axes.map(({ stride }) => stride),
    dilation: plan.axes.map(({ dilation }) => dilation),
    padding: spans.map(({ padding }) => padding),
    outputPadding: conv ? undefined : spans.map(({ outputPadding }) => outputPadding),
    paddingMode: plan.paddingMode,
  };
  const resolution = resolve(
    op,
    [1, 1, ...spans.map(({ input }) => input[1])],
    [1, 1, ...plan.axes.map(({ kernel }) => kernel)],
  );
  if (!resolution.ok || resolution.plan.axes.some(({ output, input }) => output < 1 || input < 1)) return undefined;
  // An image in the padding may be of an element that is outside of the window.
  const padded = spans.some(({ padding: [begin, end] }) => begin + end > 0);
  if (!whole && padded && plan.paddingMode !== 'zeros') return undefined;
  return {
    plan: resolution.plan,
    channels,
    inputOrigin: spans.map(({ input }) => input[0]),
    outputOrigin: spans.map(({ output }) => output[0]),
    whole,
  };
}
