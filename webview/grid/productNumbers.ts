import type { Contribution } from '../../src/core/explain/contributions';
import type { GridName } from '../gridName';
import type { Link } from '../model';
import { type PlaneView, placeOf } from './planeOf';
import type { Place } from './selection';

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
  // A kernel element of a large image has thousands.
  if (link.cell.tensor === 'weight') {
    const none = list.map(() => undefined);
    numbers.set(link, none);
    return none;
  }
  const rank = list.length > 0 ? list[0].weight.length - 2 : 1;
  const blocks = new Map<string, number[]>();
  list.forEach((each, at) => {
    const key = keyOf(each, rank);
    const block = blocks.get(key);
    if (block) block.push(at);
    else blocks.set(key, [at]);
  });
  const many = [...blocks.values()].some((block) => block.length > MOST_NUMBERED);
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

export const NO_NUMBERS: ReadonlyMap<string, number> = new Map();

/** A place as the map of numbers names it. */
export const placeKey = ({ row, column }: Place): string => `${row} ${column}`;

/** The numbers of the products at the cells of this plane; none at the cell that is pointed at itself. */
export function numbersIn(link: Link, name: GridName, plane: PlaneView, colour: boolean): ReadonlyMap<string, number> {
  if (link.cell.tensor === name) return NO_NUMBERS;
  const counted = productNumbers(link);
  const found = new Map<string, number>();
  link.contributions.list.forEach((each, at) => {
    const number = counted[at];
    const place = number === undefined ? undefined : placeOf(plane, each[name], colour);
    if (place && number !== undefined && !found.has(placeKey(place))) found.set(placeKey(place), number);
  });
  return found;
}

/** Products as the list of a cell has them: pair of channels by pair of channels, each by its numbers. */
export function productsInOrder(link: Link): readonly Contribution[] {
  const { list } = link.contributions;
  const all = productNumbers(link);
  const rank = list.length > 0 ? list[0].weight.length - 2 : 1;
  const blocks = new Map<string, { readonly each: Contribution; readonly number: number }[]>();
  list.forEach((each, at) => {
    const key = keyOf(each, rank);
    blocks.set(key, [...(blocks.get(key) ?? []), { each, number: all[at] ?? 0 }]);
  });
  return [...blocks.values()].flatMap((block) =>
    block.sort((one, other) => one.number - other.number).map(({ each }) => each),
  );
}
