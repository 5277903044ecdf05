import { latexOf, unicodeOf } from '../../../src/core/derive/printSymbols';
import { type Code, symbolProgram, type Written } from '../../../src/core/derive/symbolCode';
import {
  cellEquation,
  type Cut,
  type Expression,
  isCut,
  type Item,
  keptOf,
  matrixEquation,
  type Notation,
  outputEquations,
} from '../../../src/core/derive/symbols';
import type { Cell } from '../../../src/core/explain/contributions';
import { outputSizes } from '../../../src/core/kernels/positions';
import { matrixColumns, matrixRows, rowOfOutput, columnOfInput } from '../../../src/core/matrix/layout';
import type { Plan } from '../../../src/core/plan';
import type { Link } from '../../model';

/** What the part *Symbols* writes of a document. */
export interface Wanted {
  readonly plan: Plan;
  readonly item: Item;
  /** Place of the output that is written alone, along each spatial axis. */
  readonly place: readonly number[];
  readonly bias: boolean;
  readonly notation: Notation;
  /** What the cuts of the output and of the matrix keep in sight. */
  readonly near: Readonly<Record<'output' | 'matrix', readonly [row: number, column: number] | undefined>>;
}

/** Rows, columns and products of a sum that are written at most. */
const OUTPUT_CUT: Cut = { rows: 8, columns: 8, terms: 16 };
const MATRIX_CUT: Cut = { rows: 27, columns: 27, terms: 4 };
const CELL_TERMS = 64;

/** Rows and columns of the grid that is written. */
function extentOf(plan: Plan, what: 'output' | 'matrix'): readonly [rows: number, columns: number] {
  if (what === 'matrix') return [matrixRows(plan), matrixColumns(plan)];
  const sizes = outputSizes(plan);
  return plan.rank === 1 ? [sizes[0], 1] : [sizes[sizes.length - 2], sizes[sizes.length - 1]];
}

const cutOf = ({ near }: Wanted, what: 'output' | 'matrix'): Cut => ({
  ...(what === 'output' ? OUTPUT_CUT : MATRIX_CUT),
  near: near[what],
});

/** The mathematics of a section. */
export function equationsOf(wanted: Wanted, what: Written): readonly Expression[] {
  const { plan, item, place, bias } = wanted;
  switch (what) {
    case 'cell': {
      const index = [...(plan.batched ? [item.batch] : []), item.channel, ...place];
      return [cellEquation(plan, index, bias, CELL_TERMS)];
    }
    case 'output':
      return outputEquations(plan, item, bias, cutOf(wanted, what));
    case 'matrix':
      return [matrixEquation(plan, item.batch, bias, cutOf(wanted, what))];
    default:
      return what satisfies never;
  }
}

/** Whether rows, columns or slices are left out of what is written; sums of more products say so themselves. */
export function leavesOut({ plan }: Wanted, what: 'output' | 'matrix'): boolean {
  const [rows, columns] = extentOf(plan, what);
  const cut = what === 'output' ? OUTPUT_CUT : MATRIX_CUT;
  const slices = what === 'output' && plan.rank === 3 && plan.axes[0].output > cut.rows;
  return slices || isCut(rows, columns, cut);
}

/** The output that is written alone: the one pointed at, else the first that what is pointed at takes part in. */
export function outputOf(plan: Plan, link: Link | undefined, item: Item): Cell['index'] {
  const pointed = link?.cell.tensor === 'output' ? link.cell.index : link?.contributions.list[0]?.output;
  const shape = plan.outputShape;
  if (pointed?.length === shape.length && pointed.every((at, axis) => at < shape[axis])) return pointed;
  const middle = plan.axes.map(({ output }) => Math.floor((output - 1) / 2));
  return [...(plan.batched ? [item.batch] : []), item.channel, ...middle];
}

/** What the cuts are to keep in sight; as before where they still have it, so that nothing moves under the pointer. */
export function nearOf(
  plan: Plan,
  output: Cell['index'],
  link: Link | undefined,
  before: Wanted['near'],
): Wanted['near'] {
  const place = output.slice(-plan.rank);
  const input = link?.cell.tensor === 'input' ? link.cell.index : link?.contributions.list[0]?.input;
  const wanted = {
    output: plan.rank === 1 ? ([place[0], 0] as const) : ([place[plan.rank - 2], place[plan.rank - 1]] as const),
    matrix: [
      rowOfOutput(plan, output),
      input?.length === plan.inputShape.length ? columnOfInput(plan, input) : 0,
    ] as const,
  };
  const keep = (what: 'output' | 'matrix'): readonly [number, number] => {
    const cut = what === 'output' ? OUTPUT_CUT : MATRIX_CUT;
    const [rows, columns] = extentOf(plan, what);
    const old = before[what];
    const has =
      old !== undefined &&
      keptOf(rows, cut.rows, old[0]).includes(wanted[what][0]) &&
      keptOf(columns, cut.columns, old[1]).includes(wanted[what][1]);
    return has ? old : wanted[what];
  };
  return { output: keep('output'), matrix: keep('matrix') };
}

/** What symbols are copied as. */
export const COPIES = ['latex', 'unicode', 'numpy', 'sympy'] as const;
export type Copy = (typeof COPIES)[number];
export const COPY_NAMES: Readonly<Record<Copy, string>> = {
  latex: 'LaTeX',
  unicode: 'Unicode',
  numpy: 'Python (NumPy)',
  sympy: 'SymPy',
};

/** A section as text: mathematics as it is on show, programs whole; nothing where a program would be too long. */
export function copyOf(wanted: Wanted, what: Written, copy: Copy, values: Code['values']): string | undefined {
  const { plan, notation, item, place, bias } = wanted;
  if (copy === 'numpy' || copy === 'sympy')
    return symbolProgram(copy, { plan, what, item, place, bias, values }, notation);
  const print = copy === 'latex' ? latexOf : unicodeOf;
  return equationsOf(wanted, what)
    .map((each) => print(each, plan, notation))
    .join('\n');
}
