import { sizeOfGrid } from '../../drawing/gridFigure';
import type { Room } from '../../film/film';
import { isLow, largestCell, leastCell, NARROW } from '../../film/layout';
import type { Told } from './stamping';

export type Figures = 'from' | 'kernel' | 'stamp' | 'before' | 'land' | 'now';

const GAP = 26;
const DOWN = 8;
const LARGEST = 64;
/** Titles of small grids need this much. */
const LEAST_WIDTH: Readonly<Record<Figures, number>> = {
  from: 92,
  kernel: 92,
  stamp: 128,
  before: 204,
  land: 204,
  now: 204,
};
/** With smaller cells than this one canvas is better than three. */
const READABLE = 18;

/** Where the grids of a stamp stand; without room there are fewer. */
export interface StampPlaces {
  readonly cell: number;
  readonly at: Readonly<Partial<Record<Figures, readonly [x: number, y: number]>>>;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Lays lines of grids under each other. */
function lines(
  sizeOf: (figure: Figures) => Size,
  cell: number,
  all: readonly (readonly Figures[])[],
  gaps: readonly number[],
  left = 4,
): StampPlaces {
  const at: Partial<Record<Figures, readonly [number, number]>> = {};
  let [y, width] = [0, 0];
  all.forEach((line, index) => {
    let x = left;
    for (const figure of line) {
      at[figure] = [x, y];
      x += Math.max(sizeOf(figure).width, LEAST_WIDTH[figure]) + GAP;
    }
    width = Math.max(width, x - GAP);
    y += Math.max(...line.map((figure) => sizeOf(figure).height)) + (gaps[index] ?? 0);
  });
  return { cell, at, width: width + 4, height: y + 4 };
}

/** Input over kernel and stamp, and one canvas beside them. */
function beside(sizeOf: (figure: Figures) => Size, cell: number): StampPlaces {
  const left = lines(sizeOf, cell, [['from'], ['kernel', 'stamp']], [GAP, 0]);
  const right = lines(sizeOf, cell, [['now']], [0], left.width + GAP);
  return {
    cell,
    at: { ...left.at, ...right.at },
    width: right.width,
    height: Math.max(left.height, right.height),
  };
}

/** Three canvases if they can be read, else one. */
export function stampPlaces({ subject, derived }: Told, room: Room): StampPlaces {
  const shapes = { from: subject.plan.inputShape.slice(2), kernel: subject.plan.weightShape.slice(2) };
  const origin = derived.canvas.map(() => 0);
  const best = (arrange: (sizeOf: (figure: Figures) => Size, cell: number) => StampPlaces): StampPlaces => {
    const at = (cell: number): StampPlaces =>
      arrange((figure) => {
        const shape =
          figure === 'from' ? shapes.from : ['kernel', 'stamp'].includes(figure) ? shapes.kernel : derived.canvas;
        return sizeOfGrid({ shape, cell, origin });
      }, cell);
    const fitting = largestCell({ width: room.width - 8, height: room.height - 8 }, LARGEST, at);
    return at(Math.max(leastCell(subject.plan.rank, room), fitting));
  };
  if (isLow(room) && room.width >= NARROW) {
    const flat = best((sizeOf, cell) => lines(sizeOf, cell, [['from', 'kernel', 'stamp', 'now']], [0]));
    if (flat.width <= room.width) return flat;
  }
  const above: readonly Figures[] = ['from', 'kernel', 'stamp'];
  const inLine = best((sizeOf, cell) => lines(sizeOf, cell, [above, ['before', 'land', 'now']], [GAP]));
  const stacked = best((sizeOf, cell) =>
    lines(sizeOf, cell, [above, ['before'], ['land'], ['now']], [GAP, DOWN, DOWN]),
  );
  const narrow = best((sizeOf, cell) => lines(sizeOf, cell, [['from', 'kernel'], ['now']], [GAP]));
  if (room.width < NARROW) return narrow;
  const three = [inLine, stacked].filter(({ width }) => width <= room.width);
  const better = three.reduce<StampPlaces | undefined>(
    (one, other) => (one && one.cell >= other.cell ? one : other),
    undefined,
  );
  if (better && better.cell >= READABLE) return better;
  const one = best(beside);
  // What is lower scrolls less.
  if (isLow(room) && one.width <= room.width) return one;
  return better && better.cell >= one.cell ? better : one;
}
