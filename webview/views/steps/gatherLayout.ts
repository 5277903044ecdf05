import { sizeOfGrid } from '../../drawing/gridFigure';
import type { Room } from '../../film/film';
import { isLow, largestCell, leastCell } from '../../film/layout';

/** Where the five grids of a gathered output stand. */
export interface Places {
  readonly cell: number;
  readonly at: Readonly<Record<Grid, readonly [x: number, y: number]>>;
  readonly width: number;
  readonly height: number;
}
export type Grid = 'input' | 'reads' | 'kernel' | 'products' | 'output';

const GAP = 34;
const DOWN = 14;
/** Titles of small grids need this much. */
const LEAST_COLUMN = 118;
const LARGEST = 60;

/** Lines of grids: all in one; input and output over the products; or one under the other. */
const ARRANGEMENTS: readonly (readonly (readonly Grid[])[])[] = [
  [['input', 'reads', 'kernel', 'products', 'output']],
  [
    ['input', 'output'],
    ['reads', 'kernel', 'products'],
  ],
  [['input'], ['reads'], ['kernel'], ['products'], ['output']],
];

function placed(
  lines: readonly (readonly Grid[])[],
  shapes: Readonly<Record<Grid, readonly number[]>>,
  cell: number,
): Places {
  const at: Partial<Record<Grid, readonly [number, number]>> = {};
  let [y, width] = [0, 0];
  for (const line of lines) {
    let [x, tall] = [4, 0];
    for (const grid of line) {
      const size = sizeOfGrid({ shape: shapes[grid], cell, origin: shapes[grid].map(() => 0) });
      at[grid] = [x, y];
      x += Math.max(size.width, LEAST_COLUMN) + GAP;
      tall = Math.max(tall, size.height);
    }
    width = Math.max(width, x - GAP);
    y += tall + DOWN;
  }
  return { cell, at: at as Places['at'], width: width + 4, height: y - DOWN + 4 };
}

/** The arrangement with the largest cells. */
export function gatherPlaces(shapes: Readonly<Record<Grid, readonly number[]>>, room: Room): Places {
  const each = ARRANGEMENTS.map((lines) => {
    const fitting = largestCell({ width: room.width - 12, height: room.height - 6 }, LARGEST, (size) =>
      placed(lines, shapes, size),
    );
    return placed(lines, shapes, Math.max(fitting, leastCell(2, room)));
  });
  const fits = each.filter(({ width }) => width <= room.width);
  return (fits.length > 0 ? fits : each.slice(-1)).reduce((best, next) =>
    // Where neither is seen whole, what is lower scrolls less.
    next.cell > best.cell || (isLow(room) && next.cell === best.cell && next.height < best.height) ? next : best,
  );
}
