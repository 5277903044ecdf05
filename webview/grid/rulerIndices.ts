/** An index along a grid, where its text stands, and how much room that takes, in CSS pixels. */
export interface RulerIndex {
  readonly index: number;
  readonly at: number;
  readonly bold: boolean;
}

/** What is seen of one axis. `lengthOf`: what the text of an index takes along it. */
export interface RulerAxis {
  readonly count: number;
  readonly cell: number;
  readonly offset: number;
  readonly room: number;
  readonly lengthOf: (index: number) => number;
}

/** With more lit rows or columns than this, only those on the step are written. */
const MOST_MARKED = 16;
/** Between two texts, in CSS pixels. */
const APART = 6;

/** Indices are so far apart that none touches the next: every one, every second, fifth, tenth … */
export function indexStep(cell: number, length: number): number {
  const least = (length + APART) / Math.max(cell, 1e-6);
  for (let ten = 1; ; ten *= 10) for (const each of [1, 2, 5]) if (each * ten >= least) return each * ten;
}

/** A text so long, with its middle there, or as near as it is whole. */
const inside = (middle: number, length: number, room: number): number =>
  Math.max(length / 2, Math.min(middle, room - length / 2));

/**
 * The indices that are written along an axis: those of lit rows or columns, and others at even steps. None touches
 * another: of two lit ones side by side the first is written, and what is lit goes before what is not.
 */
export function rulerIndices(axis: RulerAxis, lit: ReadonlySet<number>): readonly RulerIndex[] {
  const { count, cell, offset, room, lengthOf } = axis;
  const first = Math.max(0, Math.floor(offset / cell));
  const end = Math.min(count, Math.ceil((offset + room) / cell));
  const step = indexStep(cell, lengthOf(count - 1));
  const placed: RulerIndex[] = [];
  const touches = (index: number, at: number): boolean =>
    placed.some((other) => Math.abs(other.at - at) < (lengthOf(index) + lengthOf(other.index)) / 2 + 2);
  const add = (index: number): void => {
    const at = inside((index + 0.5) * cell - offset, lengthOf(index), room);
    if (!touches(index, at)) placed.push({ index, at, bold: lit.has(index) });
  };
  if (lit.size <= MOST_MARKED)
    for (const index of [...lit].sort((one, other) => one - other)) if (index >= first && index < end) add(index);
  for (let index = Math.ceil(first / step) * step; index < end; index += step)
    if (!placed.some((other) => other.index === index)) add(index);
  return placed;
}
