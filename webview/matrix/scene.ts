import { entriesIn, type Entry, type MatrixWindow } from '../../src/core/matrix/entries';
import { type MatrixCounts, matrixCounts } from '../../src/core/matrix/density';
import { columnOfInput, matrixColumns, matrixRows, rowOfOutput } from '../../src/core/matrix/layout';
import { weightOf } from '../../src/core/matrix/entries';
import type { Plan } from '../../src/core/plan';
import type { Link, Model } from '../model';
import { type Extent, isNear, type Viewport, visible } from './viewport';

/** The matrix of the last good result, and the model and the batch item that it is shown for. */
export interface ShownMatrix {
  readonly plan: Plan;
  readonly batch: number;
  readonly model: Model;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * What the linked cell is in the matrix: a row, a column, one entry (both), or everywhere that a kernel element stands.
 */
export interface Lit {
  readonly row?: number;
  readonly column?: number;
  /** Flat index of a kernel element. */
  readonly weight?: number;
  readonly pinned: boolean;
}

/** Everything that one picture of the matrix is made of. */
export interface Scene {
  readonly plan: Plan;
  readonly batch: number;
  readonly counts: MatrixCounts;
  readonly viewport: Viewport;
  readonly extent: Extent;
  readonly window: MatrixWindow;
  readonly near: boolean;
  /** Whether entries are drawn one by one, each in its colour, instead of how many there are. */
  readonly fine: boolean;
  /** Of the window, by rows; only where it is near or fine. */
  readonly entries: readonly Entry[];
  readonly lit: Lit | undefined;
  readonly active: Place | undefined;
}

/** Rows and columns of the matrix, and the room for them. */
export const extentOf = (plan: Plan, width: number, height: number): Extent => ({
  rows: matrixRows(plan),
  columns: matrixColumns(plan),
  width,
  height,
});

/** Nothing until there is a result. */
export function shownMatrix(model: Model): ShownMatrix | undefined {
  const plan = model.computed?.plan;
  return plan && { plan, batch: Math.min(model.view.slices.batch, plan.batch - 1), model };
}

/** All batch items share the matrix, so a cell of an item that is not shown lights the same row or column. */
export function litBy(plan: Plan, link: Link | undefined): Lit | undefined {
  if (!link) return undefined;
  const { cell, pinned, entry, contributions } = link;
  if (entry) {
    const [product] = contributions.list;
    return product && { row: rowOfOutput(plan, product.output), column: columnOfInput(plan, product.input), pinned };
  }
  switch (cell.tensor) {
    case 'output':
      return { row: rowOfOutput(plan, cell.index), pinned };
    case 'input':
      return { column: columnOfInput(plan, cell.index), pinned };
    case 'weight':
      return { weight: weightOf(plan, cell.index), pinned };
    default: {
      const never: never = cell.tensor;
      return never;
    }
  }
}

/** Where entries are, of a whole matrix or of one kernel element. */
export type CountsOf = (plan: Plan, weight?: number) => MatrixCounts;

/**
 * Finds out where entries are, and remembers it for each plan, together with the kernel element that was asked for
 * last: it costs more than painting a picture.
 */
export function rememberCounts(): CountsOf {
  const kept = new WeakMap<
    Plan,
    { readonly whole: MatrixCounts; last?: { readonly weight: number; readonly counts: MatrixCounts } }
  >();
  return (plan, weight) => {
    let known = kept.get(plan);
    if (!known) kept.set(plan, (known = { whole: matrixCounts(plan) }));
    if (weight === undefined) return known.whole;
    if (known.last?.weight !== weight) known.last = { weight, counts: matrixCounts(plan, weight) };
    return known.last.counts;
  };
}

/** Finding and painting more entries than this takes longer than a frame. */
const MOST_FINE_ENTRIES = 12_000;
/** Rows of a window of which each is gone through. */
const MOST_FINE_ROWS = 20_000;

/** The entries of the window that was asked for last: what is lit changes more often than what is in view. */
export function rememberEntries(): (plan: Plan, window: MatrixWindow) => readonly Entry[] {
  let last: { readonly plan: Plan; readonly window: MatrixWindow; readonly entries: readonly Entry[] } | undefined;
  const same = (one: MatrixWindow, other: MatrixWindow): boolean =>
    one.top === other.top && one.bottom === other.bottom && one.left === other.left && one.right === other.right;
  return (plan, window) => {
    if (last?.plan !== plan || !same(last.window, window)) last = { plan, window, entries: entriesIn(plan, window) };
    return last.entries;
  };
}

export function sceneOf(
  base: Omit<Scene, 'window' | 'near' | 'fine' | 'entries'>,
  entriesOf: (plan: Plan, window: MatrixWindow) => readonly Entry[],
): Scene {
  const near = isNear(base.viewport);
  const window = visible(base.viewport, base.extent);
  const fine = !near && window.bottom - window.top <= MOST_FINE_ROWS && base.counts.count(window) <= MOST_FINE_ENTRIES;
  return { ...base, near, fine, window, entries: near || fine ? entriesOf(base.plan, window) : [] };
}

/** The scene cut down to the active cell. A picture has no text, so this cell is all that can be read aloud. */
export function pinpoint(scene: Scene): Scene {
  const { row, column } = scene.active ?? { row: 0, column: 0 };
  const window = { top: row, bottom: row + 1, left: column, right: column + 1 };
  return { ...scene, window, entries: entriesIn(scene.plan, window) };
}
