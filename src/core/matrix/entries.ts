import type { AxisPlan } from '../axis';
import { type Contribution, contributionsOf } from '../explain/contributions';
import { weightPlane } from '../kernels/channels';
import { inputUnder } from '../kernels/meetings';
import { inputSizes, outputSizes } from '../kernels/positions';
import type { Plan } from '../plan';
import { columnOfInput, flatten, inputOfColumn, matrixColumns, matrixRows, outputOfRow, unflatten } from './layout';

/**
 * An entry of the shown matrix: its value is the sum of the kernel elements, of which there are several where padding
 * folds.
 */
export interface Entry {
  readonly row: number;
  readonly column: number;
  /** Flat indices into the weight tensor. */
  readonly weights: readonly number[];
}

/** Rows `[top, bottom)` and columns `[left, right)`. */
export interface MatrixWindow {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The window cut to the matrix. */
export function cutWindow(plan: Plan, { top, bottom, left, right }: MatrixWindow): MatrixWindow {
  const cut = (value: number, size: number): number => Math.min(Math.max(0, Math.trunc(value)), size);
  return {
    top: cut(top, matrixRows(plan)),
    bottom: cut(bottom, matrixRows(plan)),
    left: cut(left, matrixColumns(plan)),
    right: cut(right, matrixColumns(plan)),
  };
}

/**
 * Along one axis: the taps that join an output and an input. Without folding there is one at most, found by division.
 */
function tapsBetween(plan: Plan, axis: AxisPlan, output: number, input: number): readonly number[] {
  if (plan.paddingMode !== 'zeros') {
    const taps: number[] = [];
    for (let tap = 0; tap < axis.kernel; tap++) if (inputUnder(plan, axis, output, tap) === input) taps.push(tap);
    return taps;
  }
  const [site, place] = plan.kind === 'conv' ? [output, input] : [input, output];
  const tap = (place - site * axis.stride + axis.padBegin) / axis.dilation;
  return Number.isInteger(tap) && tap >= 0 && tap < axis.kernel ? [tap] : [];
}

/** One end of the matrix, taken apart. */
interface End {
  readonly channel: number;
  readonly position: readonly number[];
}

const endAt = (flat: number, area: number, sizes: readonly number[]): End => ({
  channel: Math.floor(flat / area),
  position: unflatten(sizes, flat % area),
});

function weightsBetween(plan: Plan, output: End, input: End): readonly number[] {
  if (Math.floor(output.channel / plan.outputPerGroup) !== Math.floor(input.channel / plan.inputPerGroup)) return [];
  let taps: readonly number[] = [0];
  for (let axis = 0; axis < plan.rank && taps.length > 0; axis++) {
    const { kernel } = plan.axes[axis];
    const along = tapsBetween(plan, plan.axes[axis], output.position[axis], input.position[axis]);
    taps = taps.flatMap((base) => along.map((tap) => base * kernel + tap));
  }
  const plane = weightPlane(plan, input.channel, output.channel) * plan.kernelArea;
  return taps.map((tap) => plane + tap);
}

/** What stands at one place of the matrix, or nothing. */
export function entryAt(plan: Plan, row: number, column: number): Entry | undefined {
  return entriesIn(plan, { top: row, bottom: row + 1, left: column, right: column + 1 })[0];
}

/** Of one row, by going through the products of its output: what costs is how many there are. */
function entriesOfRow(plan: Plan, row: number, { left, right }: MatrixWindow): readonly Entry[] {
  const products = contributionsOf(plan, { tensor: 'output', index: outputOfRow(plan, row, 0) }, Infinity).list;
  const found = new Map<number, number[]>();
  for (const { input, weight } of products) {
    const column = columnOfInput(plan, input);
    if (column < left || column >= right) continue;
    const flat = flatten(plan.weightShape, weight);
    const weights = found.get(column);
    if (weights) weights.push(flat);
    else found.set(column, [flat]);
  }
  return [...found]
    .sort(([one], [other]) => one - other)
    .map(([column, weights]) => ({ row, column, weights: weights.sort((one, other) => one - other) }));
}

/**
 * The entries of a window by rows, then columns. Costs the cells of the window, or the products of its rows, whichever
 * are fewer; never the matrix.
 */
export function entriesIn(plan: Plan, window: MatrixWindow): readonly Entry[] {
  const cut = cutWindow(plan, window);
  const { top, bottom, left, right } = cut;
  const entries: Entry[] = [];
  if (plan.inputPerGroup * plan.kernelArea < right - left) {
    for (let row = top; row < bottom; row++) entries.push(...entriesOfRow(plan, row, cut));
    return entries;
  }
  const inputs = Array.from({ length: Math.max(0, right - left) }, (_, at) =>
    endAt(left + at, plan.inputArea, inputSizes(plan)),
  );
  for (let row = top; row < bottom; row++) {
    const output = endAt(row, plan.outputArea, outputSizes(plan));
    inputs.forEach((input, at) => {
      const weights = weightsBetween(plan, output, input);
      if (weights.length > 0) entries.push({ row, column: left + at, weights });
    });
  }
  return entries;
}

/** An entry's products for one batch item, as the grids light them. */
export function productsOf(plan: Plan, entry: Entry, batch: number): readonly Contribution[] {
  const output = outputOfRow(plan, entry.row, batch);
  const input = inputOfColumn(plan, entry.column, batch);
  return entry.weights.map((flat) => ({ input, output, weight: unflatten(plan.weightShape, flat) }));
}

/** The flat index of a kernel element, as entries name it. */
export const weightOf = (plan: Plan, index: readonly number[]): number => flatten(plan.weightShape, index);
