import type { Mark } from './scale';

const TILE = 8;

type Draw = (context: CanvasRenderingContext2D) => void;

const line = (context: CanvasRenderingContext2D, ...points: readonly (readonly [number, number])[]): void => {
  context.beginPath();
  points.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.stroke();
};

/**
 * Each is told from the others by its form alone: a cross, an arrow up, an arrow down, stripes rising, stripes falling.
 */
const TILES: Readonly<Record<Mark, Draw>> = {
  nan: (context) => {
    line(context, [0, 0], [TILE, TILE]);
    line(context, [0, TILE], [TILE, 0]);
  },
  positiveInfinity: (context) => {
    line(context, [1, 5], [4, 2], [7, 5]);
  },
  negativeInfinity: (context) => {
    line(context, [1, 3], [4, 6], [7, 3]);
  },
  above: (context) => {
    line(context, [-1, 5], [5, -1]);
    line(context, [3, 9], [9, 3]);
  },
  below: (context) => {
    line(context, [-1, 3], [5, 9]);
    line(context, [3, -1], [9, 5]);
  },
};

const tiles = new Map<Mark, HTMLCanvasElement>();

/**
 * A tile to repeat over cells with this mark, in device pixels; black with a white edge, so that it shows on any
 * colour.
 */
export function markTile(mark: Mark): HTMLCanvasElement {
  const known = tiles.get(mark);
  if (known) return known;
  const tile = document.createElement('canvas');
  tile.width = TILE;
  tile.height = TILE;
  const context = tile.getContext('2d');
  if (context) {
    for (const [style, width] of [
      ['white', 2.5],
      ['black', 1.2],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      TILES[mark](context);
    }
  }
  tiles.set(mark, tile);
  return tile;
}
