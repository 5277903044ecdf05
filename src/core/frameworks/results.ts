import type { Subject } from '../derive/subject';
import { gather } from '../kernels/gather';
import { remap } from '../kernels/windows';
import type { Operation, Tensor } from '../operation';
import { type Plan, resolve } from '../plan';
import { flip } from '../tensor/permute';
import type { Answer, CutAxis, FrameworkCall } from './call';

type Values = Extract<Answer, { kind: 'values' }>;

/** What a layer is compared on: some of its inputs, as a layer of one channel with the document's own parameters. */
export interface Compared {
  readonly plan: Plan;
  readonly input: Tensor;
  readonly weight: Tensor;
  /** Whether these are all of them. */
  readonly whole: boolean;
}

const operationOf = (
  { kind, axes }: Plan,
  { padding, outputPadding, dilation, paddingMode }: Partial<Operation>,
): Operation => ({
  kind,
  stride: axes.map(({ stride }) => stride),
  dilation: dilation ?? axes.map((axis) => axis.dilation),
  padding: padding ?? axes.map(() => 0),
  outputPadding: kind === 'conv' ? undefined : (outputPadding ?? axes.map(() => 0)),
  paddingMode,
});

/**
 * The inputs of a window of the layer, as a layer of their own. Where they are fewer than all, there are as many as
 * leave the same remainder by the stride: what a framework cuts or pads depends on nothing else of them. Undefined
 * where the kernel is too large for them.
 */
export function comparedOn(subject: Subject, layer: Plan): Compared | undefined {
  const sizes = layer.axes.map(({ input, stride }, axis) => {
    const have = subject.plan.axes[axis].input;
    const surplus = (have - input) % stride;
    return have - (surplus < 0 ? surplus + stride : surplus);
  });
  if (sizes.some((size) => size < 1)) return undefined;
  const op = operationOf(layer, {
    padding: layer.axes.map(({ padBegin, padEnd }): [number, number] => [padBegin, padEnd]),
    outputPadding: layer.axes.map(({ outputPadding }) => outputPadding),
    paddingMode: layer.paddingMode,
  });
  const resolution = resolve(op, [1, 1, ...sizes], subject.weight.shape);
  if (!resolution.ok || resolution.plan.axes.some(({ output }) => output < 1)) return undefined;
  return {
    plan: resolution.plan,
    input: remap(subject.input, [1, 1, ...sizes], (index) => index),
    weight: subject.weight,
    whole: sizes.every((size, axis) => size === layer.axes[axis].input),
  };
}

/** What a framework makes: of a transposed convolution also everything that its stamps write, before the cut. */
export interface Outcome {
  /** `(1, 1, spatial…)`. */
  readonly output: Tensor;
  readonly full: Tensor | undefined;
}

/** The values by the definition. Undefined where there would be none. */
export function outcomeOf(
  { plan, input, weight }: Compared,
  { axes, turned, paddingMode }: Values,
): Outcome | undefined {
  const kernel = turned
    ? flip(
        weight,
        plan.axes.map((_, axis) => axis + 2),
      )
    : weight;
  const conv = plan.kind === 'conv';
  const op = operationOf(plan, {
    dilation: axes.map(({ dilation }) => dilation),
    padding: conv ? axes.map(({ begin, end }): [number, number] => [begin, end]) : undefined,
    paddingMode,
  });
  const resolution = resolve(op, input.shape, weight.shape);
  if (!resolution.ok) return undefined;
  const full = gather(resolution.plan, input, kernel);
  if (conv) return { output: full, full: undefined };
  const sizes = axes.map(({ begin, end }, axis) => full.shape[axis + 2] - begin - end);
  if (sizes.some((size) => size < 1)) return undefined;
  // Beyond the stamps there are zeros.
  return { full, output: remap(full, [1, 1, ...sizes], (index, axis) => index + (axes[axis - 2]?.begin ?? 0)) };
}

/** How an output differs from the document's; it can be told only of outputs of one size. */
export interface Difference {
  readonly values: Tensor;
  readonly differing: number;
  readonly largest: number;
}

export function differenceOf(output: Tensor, from: Tensor): Difference | undefined {
  if (output.shape.join() !== from.shape.join()) return undefined;
  const data = output.data.map((value, at) => (Object.is(value, from.data[at]) ? 0 : value - from.data[at]));
  return {
    values: { ...output, data },
    differing: data.filter((value) => value !== 0).length,
    largest: Array.from(data, Math.abs).reduce((most, size) => (size > most || Number.isNaN(size) ? size : most), 0),
  };
}

/** Calls that give the same, whatever the values. */
export interface Result {
  readonly calls: readonly FrameworkCall[];
  readonly answer: Values;
  readonly outcome: Outcome;
  /** From the document's; nothing for the document itself, or where the sizes differ. */
  readonly difference: Difference | undefined;
}

/** What decides a result: a kernel of one element along an axis has no dilation there, and none turns. */
const keyOf = ({ axes, turned, paddingMode }: Values, plan: Plan): string => {
  const sides = axes.map(({ begin, end, dilation }: CutAxis, at) =>
    [begin, end, plan.axes[at].kernel > 1 ? dilation : 1].join(),
  );
  const turns = turned && plan.axes.some(({ kernel }) => kernel > 1);
  const pads = axes.some(({ begin, end }) => begin !== 0 || end !== 0) ? paddingMode : 'zeros';
  return [...sides, turns, pads].join(' ');
};

/** Calls grouped by what they give, the document's own first, then those nearest to it in number of calls. */
export function resultsOf(calls: readonly FrameworkCall[], compared: Compared): readonly Result[] {
  const groups = new Map<string, { answer: Values; calls: FrameworkCall[] }>();
  for (const call of calls) {
    if (call.answer.kind !== 'values') continue;
    const key = keyOf(call.answer, compared.plan);
    const group = groups.get(key);
    if (group) group.calls.push(call);
    else groups.set(key, { answer: call.answer, calls: [call] });
  }
  const results: Result[] = [];
  let reference: Tensor | undefined;
  for (const { answer, calls: alike } of groups.values()) {
    const outcome = outcomeOf(compared, answer);
    if (!outcome) continue;
    reference ??= outcome.output;
    results.push({
      calls: alike,
      answer,
      outcome,
      difference: reference === outcome.output ? undefined : differenceOf(outcome.output, reference),
    });
  }
  return results;
}
