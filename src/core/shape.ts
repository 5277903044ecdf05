import type { AxisPlan } from './axis';
import type { Kind, Operation } from './operation';
import { type Plan, resolve } from './plan';
import type { Problem, ProblemField } from './problem';

/** One piece of a size formula: a quantity with its symbol and value, or the text between quantities. */
export type FormulaPart =
  { readonly text: string } | { readonly symbol: string; readonly value: number; readonly field: ProblemField };

/** How the output size of one axis comes about, term by term. */
export interface AxisDerivation {
  /** In reading order; joined with the symbols it is the formula, with the values the sum. */
  readonly parts: readonly FormulaPart[];
  /** `o = ⌊(i + 2p − d·(k − 1) − 1) / s⌋ + 1`. */
  readonly formula: string;
  /** `⌊(4 + 2·0 − 1·(3 − 1) − 1) / 1⌋ + 1`. */
  readonly substituted: string;
  readonly result: number;
}

export interface ShapeResult {
  /** Missing exactly when `problems` has an error. */
  readonly outputShape?: readonly number[];
  /** One per spatial axis; empty when there is no output shape. */
  readonly derivation: readonly AxisDerivation[];
  readonly problems: readonly Problem[];
}

type Term = readonly [symbol: string, value: number, field: ProblemField];

function paddingParts(axis: AxisPlan, sign: string): (string | Term)[] {
  return axis.padBegin === axis.padEnd
    ? [`${sign}2·`, ['p', axis.padBegin, 'padding']]
    : [sign, ['p₀', axis.padBegin, 'padding'], sign, ['p₁', axis.padEnd, 'padding']];
}

function parts(kind: Kind, axis: AxisPlan): readonly (string | Term)[] {
  const i: Term = ['i', axis.input, 'input'];
  const s: Term = ['s', axis.stride, 'stride'];
  const d: Term = ['d', axis.dilation, 'dilation'];
  const k: Term = ['k', axis.kernel, 'weight'];
  const op: Term = ['op', axis.outputPadding, 'outputPadding'];
  return kind === 'conv'
    ? ['⌊(', i, ...paddingParts(axis, ' + '), ' − ', d, '·(', k, ' − 1) − 1) / ', s, '⌋ + 1']
    : ['(', i, ' − 1)·', s, ...paddingParts(axis, ' − '), ' + ', d, '·(', k, ' − 1) + ', op, ' + 1'];
}

/** The output size of one axis as a formula whose terms know the field that they come from. */
export function deriveAxis(kind: Kind, axis: AxisPlan): AxisDerivation {
  const formulaParts = parts(kind, axis).map((part): FormulaPart =>
    typeof part === 'string' ? { text: part } : { symbol: part[0], value: part[1], field: part[2] },
  );
  return {
    parts: formulaParts,
    formula: formulaParts.map((part) => ('text' in part ? part.text : part.symbol)).join(''),
    substituted: formulaParts.map((part) => ('text' in part ? part.text : String(part.value))).join(''),
    result: axis.output,
  };
}

/** What a size formula is told of: a plan, or the axes of an operation that is illegal. */
export type Sizes = Pick<Plan, 'kind' | 'axes'>;

export function derive({ kind, axes }: Sizes): readonly AxisDerivation[] {
  return axes.map((axis) => deriveAxis(kind, axis));
}

/** Output shape and its derivation, or what is illegal; computes nothing. */
export function shapeOf(op: Operation, inputShape: readonly number[], weightShape: readonly number[]): ShapeResult {
  const resolution = resolve(op, inputShape, weightShape);
  return resolution.ok
    ? { outputShape: resolution.plan.outputShape, derivation: derive(resolution.plan), problems: [] }
    : { derivation: [], problems: resolution.problems };
}
