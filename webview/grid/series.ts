import type { Region } from './viewport';
import type { Block } from './writes';

/** Cells that are filled from others beside them repeat those, or go on as they do. */
export type FillMode = 'repeat' | 'series';

/**
 * What follows on a line of numbers: at `at` places after its first one, which may be before it (negative) or behind
 * its end. A series goes on in equal steps, from the first number to the last shared out evenly, and by 1 from a lone
 * number. Rounded to 12 digits, since 0.1, 0.2 is meant to go on with 0.3.
 */
export function onLine(seed: readonly number[], at: number, mode: FillMode): number {
  const count = seed.length;
  if (mode === 'repeat') return seed[((at % count) + count) % count];
  if (at >= 0 && at < count) return seed[at];
  const step = count === 1 ? 1 : (seed[count - 1] - seed[0]) / (count - 1);
  const value = at < 0 ? seed[0] + at * step : seed[count - 1] + (at - count + 1) * step;
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value;
}

/** The cells of `target` that are not of `source`: one block, since a fill goes one way. */
export function addedBy(source: Region, target: Region): Region {
  if (target.columns === source.columns && target.column === source.column) {
    return target.row < source.row
      ? { ...target, rows: source.row - target.row }
      : { ...target, row: source.row + source.rows, rows: target.rows - source.rows };
  }
  return target.column < source.column
    ? { ...target, columns: source.column - target.column }
    : { ...target, column: source.column + source.columns, columns: target.columns - source.columns };
}

/** The source grown towards a place, along the axis on which that is further off; the source for a place in it. */
export function grownTo(source: Region, place: { readonly row: number; readonly column: number }): Region {
  const above = source.row - place.row;
  const below = place.row - (source.row + source.rows - 1);
  const before = source.column - place.column;
  const behind = place.column - (source.column + source.columns - 1);
  const down = Math.max(above, below, 0);
  const across = Math.max(before, behind, 0);
  if (down === 0 && across === 0) return source;
  if (down >= across) return { ...source, row: source.row - Math.max(above, 0), rows: source.rows + down };
  return { ...source, column: source.column - Math.max(before, 0), columns: source.columns + across };
}

/**
 * What the cells of `added` become, of a source's values for each channel. `read` makes a value the number that is
 * shown.
 */
export function filled(
  source: Region,
  added: Region,
  channels: readonly ArrayLike<number>[],
  mode: FillMode,
  read: (value: number) => number,
): Block {
  const down = added.column === source.column && added.columns === source.columns;
  const [lines, length] = down ? [source.columns, source.rows] : [source.rows, source.columns];
  const start = down ? added.row - source.row : added.column - source.column;
  return {
    rows: added.rows,
    columns: added.columns,
    channels: channels.map((values) => {
      const seeds = Array.from({ length: lines }, (_line, line) =>
        Array.from({ length }, (_, at) => read(values[down ? at * source.columns + line : line * source.columns + at])),
      );
      return Float64Array.from({ length: added.rows * added.columns }, (_, at) => {
        const [y, x] = [Math.floor(at / added.columns), at % added.columns];
        return down ? onLine(seeds[x], start + y, mode) : onLine(seeds[y], start + x, mode);
      });
    }),
  };
}
