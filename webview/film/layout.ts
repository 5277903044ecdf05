import type { Shape } from '../drawing/scene';
import { run } from '../drawing/words';
import type { Room } from './film';

/** A sign between two grids, such as × or =, with its middle at a place. */
export const signOf = (sign: string, x: number, y: number): Shape => ({
  kind: 'text',
  key: `sign ${sign} ${Math.round(x)} ${Math.round(y)}`,
  x,
  y,
  words: [run(sign, 'faint')],
  size: 18,
  anchor: 'middle',
});

/** Under this a cell is not seen; a drawing that needs smaller ones scrolls. */
const LEAST = 9;

/** The largest cell, in whole pixels and at most `largest`, with which what `sizeOf` measures fits the room. */
export function largestCell(
  room: Room,
  largest: number,
  sizeOf: (cell: number) => { readonly width: number; readonly height: number },
): number {
  let cell = largest;
  while (cell > LEAST) {
    const { width, height } = sizeOf(cell);
    if (width <= room.width && height <= room.height) break;
    cell--;
  }
  return cell;
}

/** From this size on a cell has room for a number of three signs. */
const LEAST_READ = 22;
/** In a room of less than this height nothing is seen whole: it is read, number by number, as it scrolls. */
const LOW = 200;

export const isLow = (room: Room): boolean => room.height < LOW;

/** In a room of less than this width drawings stand one under the other, and are read as they scroll. */
export const NARROW = 520;

/**
 * Under this no cell is. Those of a signal or a volume, and all in a low or a narrow room, are never too small for
 * their numbers: they need not be seen whole to be read.
 */
export const leastCell = (rank: number, room: Room): number =>
  rank !== 2 || isLow(room) || room.width < NARROW ? LEAST_READ : LEAST;
