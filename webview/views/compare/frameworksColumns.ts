import { sizeOfGrid } from '../../drawing/gridFigure';
import type { Label, Shape, Words } from '../../drawing/scene';
import type { Room } from '../../film/film';
import { sizesOf, type Told } from './frameworksTold';

/** Where the columns of the drawing stand, and how large its cells are. */
export interface Columns {
  readonly narrow: boolean;
  readonly names: number;
  readonly row: number;
  readonly output: number;
  readonly difference: number;
  readonly verdict: number;
  readonly width: number;
  /** Cells of the row before the cut, and of the outputs. */
  readonly rowCell: number;
  readonly cell: number;
}

const GAP = 24;
const NAMES = 206;
const VERDICT = 158;
/** As wide as its title. */
const LEAST_ROW = 218;
export const LETTER = 6.4;
/** What a grid without a title leaves free above its cells. */
export const ABOVE = sizeOfGrid({ shape: [1], cell: 0 }).height;

/** Cells of the longest row before the cut, and of the widest output. */
function widest({ results, compared }: Told): readonly [row: number, output: number] {
  const rows = results.map(({ outcome, answer }) => {
    const { begin, end, output } = answer.axes[answer.axes.length - 1];
    const { full } = outcome;
    if (full) return Math.max(full.shape[full.shape.length - 1], begin + output) - Math.min(0, begin);
    return compared.plan.axes[compared.plan.rank - 1].input + begin + end;
  });
  return [Math.max(...rows), Math.max(...results.map((result) => sizesOf(result).at(-1) ?? 1))];
}

export function columnsOf(told: Told, room: Room): Columns {
  const [row, output] = widest(told);
  const signal = told.compared.plan.rank === 1;
  const narrow = room.width < 520;
  const width = Math.max(room.width - 8, 300);
  const most = (space: number, count: number, limit: number): number =>
    Math.max(9, Math.min(limit, Math.floor(space / Math.max(count, 1))));
  if (narrow) {
    const cell = most((width - GAP) / 2, output, 16);
    const rowCell = most(width, row, 28);
    return { narrow, names: 0, row: 0, output: 0, difference: output * cell + GAP, verdict: 0, width, rowCell, cell };
  }
  const free = width - NAMES - VERDICT - (signal ? 2 : 4) * GAP;
  const cell = signal ? 0 : most(Math.min(free * 0.52, free - LEAST_ROW), 2 * output, 16);
  const rowCell = most(free - 2 * output * cell, row, 31);
  const outputs = NAMES + GAP + Math.max(row * rowCell, LEAST_ROW) + GAP;
  const difference = outputs + output * cell + GAP;
  const verdict = signal ? outputs : difference + output * cell + GAP;
  return {
    narrow,
    names: 0,
    row: NAMES + GAP,
    output: outputs,
    difference,
    verdict,
    width: Math.max(width, verdict + VERDICT),
    rowCell,
    cell: signal ? rowCell : cell,
  };
}

export const label = (key: string, x: number, y: number, words: Words, more: Partial<Label> = {}): Shape => ({
  kind: 'text',
  key,
  x,
  y,
  words,
  size: 12,
  ...more,
});

/** A parameter list on as many lines as it needs, broken behind commas. */
export function wrapped(text: string, characters: number): readonly string[] {
  const lines: string[] = [];
  // Between parameters first; within one only where it is longer than a line.
  const parameters = text.split(/(?<=, )(?=\w+=)/);
  const pieces = parameters.flatMap((each) => (each.trimEnd().length > characters ? each.split(/(?<=, )/) : [each]));
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && (last + piece).trimEnd().length <= characters) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}

/** A sentence on as many lines as it needs. Where there are no spaces it is broken anywhere. */
export function broken(text: string, characters: number): readonly string[] {
  // A sign of Chinese is as wide as two letters.
  const widthOf = (part: string): number => [...part].reduce((all, sign) => all + (sign > '⺀' ? 1.9 : 1), 0);
  const lines: string[] = [''];
  for (const piece of text.match(/[⺀-￿]|[^⺀-￿\s]+\s*|\s+/g) ?? []) {
    const last = lines[lines.length - 1];
    if (widthOf((last + piece).trimEnd()) <= characters || last === '') lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}
