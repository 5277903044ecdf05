import { cellName, shownIndex, symbolOf } from '../explain/readout';
import type { Plan } from '../plan';

/**
 * The matrix that the operation applies, `y = M·x` for one batch item: C of a convolution, Cᵀ of a transposed one. Its
 * rows are the outputs `(C_out, spatial…)` and its columns the inputs `(C_in, spatial…)`, flattened in C order; all
 * batch items share it.
 */
export const matrixRows = (plan: Plan): number => plan.outputChannels * plan.outputArea;
export const matrixColumns = (plan: Plan): number => plan.inputChannels * plan.inputArea;

/** The position that stands at a flat offset in C order. */
export function unflatten(sizes: readonly number[], flat: number): number[] {
  const position = new Array<number>(sizes.length);
  let rest = flat;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    position[axis] = rest % sizes[axis];
    rest = Math.floor(rest / sizes[axis]);
  }
  return position;
}

export const flatten = (sizes: readonly number[], position: readonly number[]): number =>
  position.reduce((flat, at, axis) => flat * sizes[axis] + at, 0);

function fullIndex(plan: Plan, shape: readonly number[], flat: number, batch: number): readonly number[] {
  const item = shape.slice(plan.batched ? 1 : 0);
  return [...(plan.batched ? [batch] : []), ...unflatten(item, flat)];
}

/** The full index, in the output's shape, of the element that a row makes. */
export const outputOfRow = (plan: Plan, row: number, batch: number): readonly number[] =>
  fullIndex(plan, plan.outputShape, row, batch);

/** The full index, in the input's shape, of the element that a column reads. */
export const inputOfColumn = (plan: Plan, column: number, batch: number): readonly number[] =>
  fullIndex(plan, plan.inputShape, column, batch);

const withoutBatch = (plan: Plan, index: readonly number[]): readonly number[] => index.slice(plan.batched ? 1 : 0);

export const rowOfOutput = (plan: Plan, index: readonly number[]): number =>
  flatten(withoutBatch(plan, plan.outputShape), withoutBatch(plan, index));
export const columnOfInput = (plan: Plan, index: readonly number[]): number =>
  flatten(withoutBatch(plan, plan.inputShape), withoutBatch(plan, index));

/** `out[1,2]`, with channel and batch item where there are several. */
export const rowName = (plan: Plan, row: number, batch: number): string =>
  cellName('out', shownIndex(plan.outputShape, outputOfRow(plan, row, batch), plan.rank));

/** `in[0,3]`. */
export const columnName = (plan: Plan, column: number, batch: number): string =>
  cellName('in', shownIndex(plan.inputShape, inputOfColumn(plan, column, batch), plan.rank));

/** `w₀,₁ + w₀,₂`: the kernel elements that stand at an entry, by their flat indices. */
export const weightSymbols = (plan: Plan, weights: readonly number[]): string =>
  weights
    .map((flat) => symbolOf('w', shownIndex(plan.weightShape, unflatten(plan.weightShape, flat), plan.rank)))
    .join(' + ');

/** `w_{0,1} + w_{0,2}`. */
export const weightLatex = (plan: Plan, weights: readonly number[]): string =>
  weights
    .map((flat) => `w_{${shownIndex(plan.weightShape, unflatten(plan.weightShape, flat), plan.rank).join(',')}}`)
    .join(' + ');
