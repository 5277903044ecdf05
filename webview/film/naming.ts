import { briefNumber } from '../grid/numberText';

/** A number as sentences and tables have it: the cell's own label says the whole value. */
export const brief = (value: number): string => briefNumber(value, 4);

/** The same as a factor: negative numbers in parentheses. */
export const signed = (value: number): string => (value < 0 ? `(${brief(value)})` : brief(value));

/** A place moved by an origin. */
export const plus = (place: readonly number[], origin: readonly number[]): readonly number[] =>
  place.map((at, axis) => at + origin[axis]);

/** Whether two places are the same; nothing is the same as no place. */
export const same = (one: readonly number[] | undefined, other: readonly number[]): boolean =>
  one !== undefined && one.length === other.length && one.every((at, axis) => at === other[axis]);

/** `0..2, 1..3`: from where to where, along each axis. */
export const rangeName = (from: readonly number[], sizes: readonly number[]): string =>
  from.map((at, axis) => (sizes[axis] === 1 ? String(at) : `${at}..${at + sizes[axis] - 1}`)).join(', ');

/** The place of a flat index in C order. */
export function unflat(shape: readonly number[], flat: number): readonly number[] {
  const place: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return place;
}
