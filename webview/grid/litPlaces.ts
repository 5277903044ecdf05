import type { Contribution } from '../../src/core/explain/contributions';
import type { GridName } from '../gridName';
import type { Link, Model } from '../model';
import { type PlaneView, placeOf } from './planeOf';
import type { Place } from './selection';

/** A cell that takes part in what is pointed at, and the number that it has in the list of products. */
export interface LitPlace extends Place {
  /** Nothing where there are too many for numbers. */
  readonly number: number | undefined;
}

/** More products than this of one pair of channels are not numbered. */
const MOST_NUMBERED = 25;

const keyOf = ({ input, weight, output }: Contribution, rank: number): string =>
  [input.slice(0, -rank), weight.slice(0, -rank), output.slice(0, -rank)].join(' ');

/** Row by row. */
function inOrder(one: readonly number[], other: readonly number[]): number {
  const axis = one.findIndex((index, at) => index !== other[at]);
  return axis < 0 ? 0 : one[axis] - other[axis];
}

const numbers = new WeakMap<Link, readonly (number | undefined)[]>();

/**
 * The number of each product of a link, counted anew for each pair of channels, as the list of products has them: the
 * same number stands on the input cell, on the kernel element and on the output.
 */
export function productNumbers(link: Link): readonly (number | undefined)[] {
  const known = numbers.get(link);
  if (known) return known;
  const { list } = link.contributions;
  const rank = list.length > 0 ? list[0].weight.length - 2 : 1;
  const blocks = new Map<string, number[]>();
  list.forEach((each, at) => {
    const key = keyOf(each, rank);
    const block = blocks.get(key);
    if (block) block.push(at);
    else blocks.set(key, [at]);
  });
  const many = link.cell.tensor === 'weight' || [...blocks.values()].some((block) => block.length > MOST_NUMBERED);
  const found: (number | undefined)[] = list.map(() => undefined);
  // In the order in which the other cells are read: an output's products by its inputs, an input's by its outputs.
  const read = link.cell.tensor === 'input' ? 'output' : 'input';
  for (const block of many ? [] : blocks.values())
    block
      .sort((one, other) => inOrder(list[one][read], list[other][read]))
      .forEach((at, place) => (found[at] = place + 1));
  numbers.set(link, found);
  return found;
}

/** Where what is pointed at, and all that takes part in it, lies in this plane. */
export function litPlaces(
  { link }: Pick<Model, 'link'>,
  name: GridName,
  plane: PlaneView,
  colour: boolean,
): { readonly lit: readonly LitPlace[]; readonly source: Place | undefined } {
  if (!link) return { lit: [], source: undefined };
  const source = link.cell.tensor === name ? placeOf(plane, link.cell.index, colour) : undefined;
  const known = new Map<number, LitPlace>();
  const counted = productNumbers(link);
  link.contributions.list.forEach((each, at) => {
    const place = placeOf(plane, each[name], colour);
    const flat = place && place.row * plane.extent.columns + place.column;
    if (place && flat !== undefined && !known.has(flat))
      known.set(flat, { ...place, number: link.cell.tensor === name ? undefined : counted[at] });
  });
  return { lit: [...known.values()], source };
}
