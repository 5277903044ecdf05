import { paddingOf, planAxis } from '../../../src/core/axis';
import { deriveSize, type SizeDerivation } from '../../../src/core/derive/size';
import { stampedLength } from '../../../src/core/derive/size';
import type { Operation } from '../../../src/core/operation';
import { type Plan, resolve } from '../../../src/core/plan';
import { solve } from '../../../src/core/solve/solve';
import type { AxisParameter, AxisValues, EditBody } from '../../../src/core/state/edits';
import type { DocumentHead } from '../../../src/protocol/panel';

type Head = Pick<DocumentHead, 'operation' | 'inputShape' | 'weightShape' | 'biasShape'>;

/** Parameters that have a number for each axis and can be changed without losing values. */
export type Field = Exclude<AxisParameter, 'kernel'>;

function valuesOf({ operation, weightShape }: Head, field: AxisParameter): (number | readonly [number, number])[] {
  return weightShape.slice(2).map((kernel, axis) => {
    switch (field) {
      case 'kernel':
        return kernel;
      case 'padding':
        return paddingOf(operation, axis);
      case 'outputPadding':
        return operation.outputPadding?.[axis] ?? 0;
      default:
        return operation[field][axis];
    }
  });
}

/** What a parameter is on an axis; of a padding that differs at the two ends, the beginning. */
export function valueOf(head: Head, field: AxisParameter, axis: number): number {
  const value = valuesOf(head, field)[axis];
  return typeof value === 'number' ? value : value[0];
}

const withValue = (head: Head, field: AxisParameter, axes: readonly number[], value: number): AxisValues => ({
  field,
  values: valuesOf(head, field).map((each, axis) => (axes.includes(axis) ? value : each)),
});

/** The edit that sets a parameter on these axes alone. */
export const axisEdit = (head: Head, field: AxisParameter, axes: readonly number[], value: number): EditBody => ({
  kind: 'setAxes',
  ...withValue(head, field, axes, value),
});

/** One parameter changed, and what the size is then. */
export interface Change {
  readonly field: Field;
  readonly symbol: string;
  readonly from: string;
  readonly to: number;
  readonly derived: SizeDerivation;
  readonly edit: EditBody;
}

const SYMBOLS: Readonly<Record<Field, string>> = { stride: 's', dilation: 'd', padding: 'p', outputPadding: 'op' };

function changed({ operation }: Head, field: Field, axes: readonly number[], value: number): Operation {
  const put = (values: readonly number[]): readonly number[] =>
    values.map((each, axis) => (axes.includes(axis) ? value : each));
  const { stride, dilation, outputPadding = stride.map(() => 0) } = operation;
  switch (field) {
    case 'padding': {
      const sides = stride.map((_, axis): readonly [number, number] => paddingOf(operation, axis));
      return {
        ...operation,
        padding: sides.map((each, axis): readonly [number, number] => (axes.includes(axis) ? [value, value] : each)),
      };
    }
    case 'outputPadding':
      return { ...operation, outputPadding: put(outputPadding) };
    case 'stride':
      return { ...operation, stride: put(stride) };
    case 'dilation':
      return { ...operation, dilation: put(dilation) };
    default:
      return field satisfies never;
  }
}

/** The changes that a reader would try first, each one step of one parameter; what would be illegal is left out. */
export function changesOf(plan: Plan, head: Head, axes: readonly number[]): readonly Change[] {
  const [axis] = axes;
  const { stride, dilation, outputPadding, padBegin, padEnd } = plan.axes[axis];
  const conv = plan.kind === 'conv';
  const tried: readonly (readonly [Field, number])[] = [
    ['stride', stride + 1],
    ['dilation', dilation + 1],
    ['padding', padBegin + 1],
    ...(conv ? [] : [['outputPadding', outputPadding > 0 ? outputPadding - 1 : 1] as const]),
  ];
  return tried.flatMap(([field, to]) => {
    const operation = changed(head, field, axes, to);
    if (!resolve(operation, head.inputShape, head.weightShape, head.biasShape).ok) return [];
    const sides = field === 'padding' && padBegin !== padEnd;
    return [
      {
        field,
        symbol: SYMBOLS[field],
        from: sides ? `${padBegin}:${padEnd}` : String(valueOf(head, field, axis)),
        to,
        derived: deriveSize(plan.kind, planAxis(operation, axis, plan.axes[axis].input, plan.axes[axis].kernel)),
        edit: axisEdit(head, field, axes, to),
      },
    ];
  });
}

/** Parameters that give a wanted size. */
export interface Way {
  /** `p 1, op 1`: what differs from the document is named, and padding always. */
  readonly text: string;
  readonly edit: EditBody;
}

export interface Ways {
  /** With the document's own kernel, stride and dilation. */
  readonly near: readonly Way[];
  /** With others, best first. */
  readonly others: readonly Way[];
  /** The output padding that the document's padding would need, where that is illegal. */
  readonly refused: number | undefined;
}

export const LARGEST_TRIED = { kernel: 9, stride: 8 } as const;
const MOST_WAYS = 4;

const isChange = ({ edit }: Way): boolean => edit.kind !== 'setParameters' || edit.parameters.length > 0;

/** How these axes could come to an output of `target` elements. */
export function waysTo(plan: Plan, head: Head, axes: readonly number[], target: number): Ways {
  const [axis] = axes;
  const of = plan.axes[axis];
  const request = {
    kind: plan.kind,
    sizes: axes.map(() => ({ input: of.input, output: target })),
    framework: 'torch',
    limits: LARGEST_TRIED,
  } as const;
  const wayOf = (solution: ReturnType<typeof solve>[number]): Way => {
    const { kernel, stride, dilation, operation } = solution;
    const padding = Number(solution.padding);
    const extra = operation.outputPadding?.[0] ?? 0;
    const parts: readonly (readonly [AxisParameter, string, number, boolean])[] = [
      ['kernel', 'k', kernel, false],
      ['stride', 's', stride, false],
      ['dilation', 'd', dilation, false],
      ['padding', 'p', padding, true],
      ...(plan.kind === 'conv' ? [] : [['outputPadding', 'op', extra, true] as const]),
    ];
    const differs = (field: AxisParameter, value: number): boolean =>
      axes.some((each) => valueOf(head, field, each) !== value) || (field === 'padding' && of.padBegin !== of.padEnd);
    return {
      text: parts
        .filter(([field, , value, always]) => always || differs(field, value))
        .map(([, symbol, value]) => `${symbol} ${value}`)
        .join(', '),
      edit: {
        kind: 'setParameters',
        parameters: parts.flatMap(([field, , value]) =>
          differs(field, value) ? [withValue(head, field, axes, value)] : [],
        ),
      },
    };
  };
  const { kernel, stride, dilation } = of;
  const near = solve({ ...request, fixed: { kernel, stride, dilation } });
  const others = solve({ ...request, limits: { ...LARGEST_TRIED, dilation } }).filter(
    (each) => each.kernel !== kernel || each.stride !== stride || each.dilation !== dilation,
  );
  const needed = target - (stampedLength(of) - of.padBegin - of.padEnd);
  const isIllegal = plan.kind === 'convTranspose' && needed >= Math.max(stride, dilation);
  return {
    near: near.map(wayOf).filter(isChange).slice(0, MOST_WAYS),
    others: others.slice(0, MOST_WAYS - 1).map(wayOf),
    refused: isIllegal ? needed : undefined,
  };
}
