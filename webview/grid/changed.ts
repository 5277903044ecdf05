import type { GridName } from '../gridName';
import type { Model } from '../model';
import { unflatten } from './lookups';
import { type PlaneView, placeOf } from './planeOf';
import type { Place } from './selection';

/** The cells of a plane that have changed since the stop before. */
export interface Changed {
  /** The same text as long as the cells are the same. */
  readonly key: string;
  readonly places: readonly Place[];
  has(row: number, column: number): boolean;
}

const NONE: Changed = { key: '', places: [], has: () => false };

/** Finds them, anew only where they are others. */
export function rememberChanged(name: GridName): (model: Model, plane: PlaneView, colour: boolean) => Changed {
  let known = NONE;
  return ({ edited }, plane, colour) => {
    const { against } = edited.head;
    if (against?.tensor !== name || against.marked.length === 0) return NONE;
    const key = [against.serial, plane.leading.join(), plane.cut, colour].join(' ');
    if (key !== known.key) known = { key, ...placed(against.marked, plane, colour) };
    return known;
  };
}

/** `colour`: the plane shows three channels at once. */
function placed(marked: readonly number[], plane: PlaneView, colour: boolean): Omit<Changed, 'key'> {
  const places = marked.flatMap((flat) => placeOf(plane, unflatten(plane.shape, flat), colour) ?? []);
  const keys = new Set(places.map(({ row, column }) => `${row} ${column}`));
  return { places, has: (row, column) => keys.has(`${row} ${column}`) };
}
