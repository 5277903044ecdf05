import { contributionsOf } from '../explain/contributions';
import { flatIndex, shownIndex } from '../explain/readout';
import { outputSizes } from '../kernels/positions';
import { entryAt } from '../matrix/entries';
import { inputOfColumn, matrixColumns, matrixRows, outputOfRow, unflatten } from '../matrix/layout';
import type { Plan } from '../plan';

/** What an element belongs to. */
export type Quantity = 'input' | 'weight' | 'bias' | 'output';

/** What stands for rows, columns or both that are left out. */
export type Gap = '⋯' | '⋮' | '⋱';

/** The operation's mathematics before it is written in some notation. */
export type Expression =
  /** An element of a tensor, by its full index. */
  | { readonly kind: 'element'; readonly of: Quantity; readonly index: readonly number[] }
  /** C or Cᵀ, or the whole output; `slice` of a volume. */
  | { readonly kind: 'name'; readonly of: 'matrix' | 'output'; readonly transposed: boolean; readonly slice?: number }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  /** Of no terms: 0. `more` terms are left out at its end. `output` says which output it is, by its full index. */
  | {
      readonly kind: 'sum';
      readonly terms: readonly Expression[];
      readonly more: number;
      readonly output?: readonly number[];
    }
  | { readonly kind: 'grid'; readonly rows: readonly (readonly (Expression | Gap)[])[] }
  | { readonly kind: 'equation'; readonly sides: readonly Expression[] };

/** How elements are named: `y₀,₁`, by their number in C order, `y₁` (kernel elements never are), or `out[0,1]`. */
export const NAMINGS = ['indices', 'numbered', 'brackets'] as const;

export interface Notation {
  readonly names: (typeof NAMINGS)[number];
  /** What counting begins with. */
  readonly base: 0 | 1;
  /** Letters of a transposed convolution as in `X = CᵀY`: its input is y, its output x. */
  readonly swapped: boolean;
}

/** A letter and what stands under it. */
export interface Named {
  readonly letter: string;
  readonly index: readonly number[];
}

const LETTERS: Readonly<Record<Quantity, string>> = { input: 'x', weight: 'w', bias: 'b', output: 'y' };
const WORDS: Readonly<Record<Quantity, string>> = { input: 'in', weight: 'w', bias: 'b', output: 'out' };

/** The letter of a tensor. */
export function letterOf(plan: Plan, { names, swapped }: Notation, of: Quantity): string {
  if (names === 'brackets') return WORDS[of];
  if (!swapped || plan.kind === 'conv') return LETTERS[of];
  return of === 'input' ? 'y' : of === 'output' ? 'x' : LETTERS[of];
}

export const shapeOf = (plan: Plan, of: Quantity): readonly number[] => {
  switch (of) {
    case 'input':
      return plan.inputShape;
    case 'weight':
      return plan.weightShape;
    case 'output':
      return plan.outputShape;
    case 'bias':
      return [plan.outputChannels];
    default:
      return of satisfies never;
  }
};

/** An index without the leading axes of which there is only one; of a bias that is alone, none. */
export const shownOf = (plan: Plan, of: Quantity, index: readonly number[]): readonly number[] =>
  shownIndex(shapeOf(plan, of), index, of === 'bias' ? 0 : plan.rank);

/** How a notation names an element. */
export function nameOf(plan: Plan, notation: Notation, of: Quantity, index: readonly number[]): Named {
  const letter = letterOf(plan, notation, of);
  const shown = shownOf(plan, of, index);
  const numbered = notation.names === 'numbered' && (of === 'input' || of === 'output');
  const shape = shapeOf(plan, of);
  const places = numbered ? [flatIndex(shownOf(plan, of, shape), shown)] : shown;
  return { letter, index: places.map((at) => at + notation.base) };
}

const element = (of: Quantity, index: readonly number[]): Expression => ({ kind: 'element', of, index });
const sum = (terms: readonly Expression[]): Expression => ({ kind: 'sum', terms, more: 0 });

/** Products of one output that are looked at; of more only their number is known. */
const MOST_PRODUCTS = 8192;

const flatOf = (plan: Plan, of: Quantity, index: readonly number[]): number => flatIndex(shapeOf(plan, of), index);

/**
 * An output as the sum that it is, by ascending inputs, as rows of the matrix have it; with the bias at its end. Of
 * more than `most` products only the first are written.
 */
export function sumOfOutput(plan: Plan, index: readonly number[], bias: boolean, most = Infinity): Expression {
  const { total, list } = contributionsOf(plan, { tensor: 'output', index }, MOST_PRODUCTS);
  const sorted = [...list].sort(
    (one, other) =>
      flatOf(plan, 'input', one.input) - flatOf(plan, 'input', other.input) ||
      flatOf(plan, 'weight', one.weight) - flatOf(plan, 'weight', other.weight),
  );
  const terms = sorted.slice(0, most).map(({ input, weight }): Expression => ({
    kind: 'product',
    factors: [element('weight', weight), element('input', input)],
  }));
  const added = bias ? [element('bias', [index[plan.batched ? 1 : 0]])] : [];
  return { kind: 'sum', terms: [...terms, ...added], more: total - terms.length, output: index };
}

/** `out[0,2] = w[0,2]·in[0,0] + w[0,1]·in[0,1]`. */
export const cellEquation = (plan: Plan, index: readonly number[], bias: boolean, most = Infinity): Expression => ({
  kind: 'equation',
  sides: [element('output', index), sumOfOutput(plan, index, bias, most)],
});

/** How much of a grid is written: at most so many rows and columns, and these among them. */
export interface Cut {
  readonly rows: number;
  readonly columns: number;
  readonly near?: readonly [row: number, column: number];
  /** Most products of one sum. */
  readonly terms: number;
}

export const UNCUT: Cut = { rows: Infinity, columns: Infinity, terms: Infinity };

/** Which of `count` lines are written, in order, with nothing for those that are left out between two. */
export function keptOf(count: number, most: number, near = 0): readonly (number | undefined)[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  const inside = Math.max(1, most - 2);
  const first = near - Math.floor(inside / 2);
  // Beside an end there is one gap less, and room for one line more.
  const [from, length] =
    first <= 1 ? [0, inside + 1] : first + inside >= count - 1 ? [count - inside - 1, inside + 1] : [first, inside];
  const kept = new Set([0, ...Array.from({ length }, (_, at) => from + at), count - 1]);
  const lines: (number | undefined)[] = [];
  let last = -1;
  for (const at of [...kept].sort((one, other) => one - other)) {
    if (at > last + 1) lines.push(undefined);
    lines.push(at);
    last = at;
  }
  return lines;
}

function gridOf(
  rows: readonly (number | undefined)[],
  columns: readonly (number | undefined)[],
  at: (row: number, column: number) => Expression,
): Expression {
  return {
    kind: 'grid',
    rows: rows.map((row) =>
      columns.map((column) => {
        if (row === undefined) return column === undefined ? '⋱' : '⋮';
        return column === undefined ? '⋯' : at(row, column);
      }),
    ),
  };
}

/** One channel of one batch item. */
export interface Item {
  readonly batch: number;
  readonly channel: number;
}

/** The full index of an output of an item. */
export const outputAt = (plan: Plan, { batch, channel }: Item, place: readonly number[]): readonly number[] => [
  ...(plan.batched ? [batch] : []),
  channel,
  ...place,
];

/**
 * The output of one channel, every element as its sum: a signal is a column, a volume one equation a slice. Slices
 * that a cut leaves out are missing.
 */
export function outputEquations(plan: Plan, item: Item, bias: boolean, cut: Cut): readonly Expression[] {
  const sizes = outputSizes(plan);
  const [slices, rows, columns] = plan.rank === 1 ? [1, sizes[0], 1] : [1, ...sizes].slice(-3);
  const placed = (slice: number, row: number, column: number): readonly number[] =>
    plan.rank === 1 ? [row] : [slice, row, column].slice(-plan.rank);
  const keptRows = keptOf(rows, cut.rows, cut.near?.[0]);
  const keptColumns = keptOf(columns, cut.columns, cut.near?.[1]);
  return keptOf(slices, Math.min(cut.rows, slices))
    .flatMap((slice) => (slice === undefined ? [] : [slice]))
    .map((slice) => ({
      kind: 'equation',
      sides: [
        { kind: 'name', of: 'output', transposed: false, ...(plan.rank === 3 && { slice }) },
        gridOf(keptRows, keptColumns, (row, column) =>
          sumOfOutput(plan, outputAt(plan, item, placed(slice, row, column)), bias, cut.terms),
        ),
      ],
    }));
}

/** C or Cᵀ alone, as a grid of kernel elements; 0 where none joins an output and an input. */
export function matrixGrid(plan: Plan, cut: Cut): Expression {
  return gridOf(
    keptOf(matrixRows(plan), cut.rows, cut.near?.[0]),
    keptOf(matrixColumns(plan), cut.columns, cut.near?.[1]),
    (row, column) => {
      const weights = entryAt(plan, row, column)?.weights ?? [];
      const elements = weights.map((flat) => element('weight', unflatten(plan.weightShape, flat)));
      return elements.length === 1 ? elements[0] : sum(elements);
    },
  );
}

/** `y = C·x` or `x = Cᵀ·y` for one batch item, written out: all outputs, the matrix, all inputs, and the biases. */
export function matrixEquation(plan: Plan, batch: number, bias: boolean, cut: Cut): Expression {
  const rows = keptOf(matrixRows(plan), cut.rows, cut.near?.[0]);
  const columns = keptOf(matrixColumns(plan), cut.columns, cut.near?.[1]);
  const product: Expression = {
    kind: 'product',
    factors: [matrixGrid(plan, cut), gridOf(columns, [0], (row) => element('input', inputOfColumn(plan, row, batch)))],
  };
  const biases = gridOf(rows, [0], (row) => element('bias', [Math.floor(row / plan.outputArea)]));
  return {
    kind: 'equation',
    sides: [
      gridOf(rows, [0], (row) => element('output', outputOfRow(plan, row, batch))),
      bias ? sum([product, biases]) : product,
    ],
  };
}

/** Whether something of a grid of so many rows and columns is left out. */
export const isCut = (rows: number, columns: number, cut: Cut): boolean => rows > cut.rows || columns > cut.columns;
