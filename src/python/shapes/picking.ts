import { asDtype, type Numbers, numbersOf } from '../model/contents';
import { knownInt } from '../model/make';
import type { SliceValue, Value } from '../model/value';

const product = (sizes: readonly number[]): number => sizes.reduce((all, each) => all * each, 1);

/** Places that `from:to:step` takes of so many. */
function sliced(slice: SliceValue, length: number): number[] | undefined {
  const step = slice.step.kind === 'none' ? 1 : knownInt(slice.step);
  if (step === undefined || step === 0) return undefined;
  const clamp = (at: number, least: number, most: number): number =>
    Math.min(Math.max(at < 0 ? at + length : at, least), most);
  const bound = (value: Value, otherwise: number): number | undefined => {
    const at = value.kind === 'none' ? undefined : knownInt(value);
    if (value.kind === 'none') return otherwise;
    return at === undefined ? undefined : step > 0 ? clamp(at, 0, length) : clamp(at, -1, length - 1);
  };
  const from = bound(slice.lower, step > 0 ? 0 : length - 1);
  const to = bound(slice.upper, step > 0 ? length : -1);
  if (from === undefined || to === undefined) return undefined;
  const places: number[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) places.push(at);
  return places;
}

/** Which elements, in C order, an index takes, and in what shape. */
export interface Picked {
  readonly shape: readonly number[];
  readonly places: readonly number[];
}

interface Axis {
  readonly places: readonly number[];
  /** Missing where the axis goes. */
  readonly shape?: readonly number[];
}

/** What one part of an index takes of an axis, or of several, as a mask of several axes does. */
function axisPart(part: Value, sizes: readonly number[]): (Axis & { readonly axes: number }) | undefined {
  const [size] = sizes;
  const inside = (at: number): boolean => at >= -size && at < size;
  if (part.kind === 'slice') {
    const places = sliced(part, size);
    return places && { places, shape: [places.length], axes: 1 };
  }
  const at = part.kind === 'number' && !part.float ? knownInt(part) : undefined;
  if (at !== undefined) return inside(at) ? { places: [at < 0 ? at + size : at], axes: 1 } : undefined;
  if (part.kind !== 'list' && part.kind !== 'tensor') return undefined;
  const numbers = numbersOf(part);
  if (!numbers) return undefined;
  if (numbers.dtype === 'bool') {
    if (numbers.shape.length === 0 || numbers.shape.some((each, axis) => each !== sizes[axis])) return undefined;
    const places = numbers.items.flatMap((each, place) => (each !== 0 ? [place] : []));
    return { places, shape: [places.length], axes: numbers.shape.length };
  }
  if (numbers.dtype !== 'int' || !numbers.items.every(inside)) return undefined;
  return { places: numbers.items.map((each) => (each < 0 ? each + size : each)), shape: numbers.shape, axes: 1 };
}

/** The elements that `x[index]` takes of a tensor of a known shape; `undefined` where that is not modelled. */
export function pick(shape: readonly number[], index: Value): Picked | undefined {
  const parts = index.kind === 'tuple' ? index.items : [index];
  if (parts.filter((part) => part.kind === 'list' || part.kind === 'tensor').length > 1) return undefined;
  const consumed = parts.reduce((sum, part) => {
    if (part.kind === 'none' || part.kind === 'ellipsis') return sum;
    const numbers = part.kind === 'list' || part.kind === 'tensor' ? numbersOf(part) : undefined;
    return sum + (numbers?.dtype === 'bool' ? numbers.shape.length : 1);
  }, 0);
  const rest = shape.length - consumed;
  if (rest < 0) return undefined;
  const axes: (Axis & { readonly size: number })[] = [];
  let axis = 0;
  const whole = (): void => {
    const size = shape[axis++];
    axes.push({ places: Array.from({ length: size }, (_, place) => place), shape: [size], size });
  };
  const full = parts.some((part) => part.kind === 'ellipsis') ? parts : [...parts, { kind: 'ellipsis' } as const];
  // A number beside a list is an index array too, and where the result's axis goes then depends on where they stand.
  if (
    parts.some((part) => part.kind === 'number') &&
    parts.some((part) => part.kind === 'list' || part.kind === 'tensor')
  )
    return undefined;
  for (const part of full) {
    if (part.kind === 'none') axes.push({ places: [0], shape: [1], size: 1 });
    else if (part.kind === 'ellipsis') for (let each = 0; each < rest; each++) whole();
    else {
      const found = axisPart(part, shape.slice(axis));
      if (!found) return undefined;
      axes.push({ ...found, size: product(shape.slice(axis, axis + found.axes)) });
      axis += found.axes;
    }
  }
  let places = [0];
  for (const each of axes) places = places.flatMap((place) => each.places.map((own) => place * each.size + own));
  return { shape: axes.flatMap((each) => each.shape ?? []), places };
}

/** The numbers that an index takes. */
export function picked(x: Numbers, index: Value): Numbers | undefined {
  const found = pick(x.shape, index);
  return found && { ...x, shape: found.shape, items: found.places.map((place) => x.items[place]) };
}

/** The numbers after `x[index] = value`. */
export function placed(x: Numbers, index: Value, value: Numbers): Numbers | undefined {
  const found = pick(x.shape, index);
  const fits = value.items.length === 1 || (found && value.shape.join() === found.shape.join());
  if (!found || !fits) return undefined;
  const items = [...x.items];
  found.places.forEach((place, at) => {
    items[place] = value.items[value.items.length === 1 ? 0 : at];
  });
  return { ...x, items };
}

/** `a @ b` of at most two axes each. */
export function matrixNumbers(a: Numbers, b: Numbers): Numbers | undefined {
  if (a.shape.length === 0 || b.shape.length === 0 || a.shape.length > 2 || b.shape.length > 2) return undefined;
  const [rows, inner] = a.shape.length === 1 ? [1, a.shape[0]] : a.shape;
  const [other, columns] = b.shape.length === 1 ? [b.shape[0], 1] : b.shape;
  if (inner !== other || a.dtype !== b.dtype) return undefined;
  const items = Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    return Array.from({ length: inner }, (__, at) => a.items[row * inner + at] * b.items[at * columns + column]).reduce(
      (sum, each) => sum + each,
      0,
    );
  });
  const shape = [...(a.shape.length === 1 ? [] : [rows]), ...(b.shape.length === 1 ? [] : [columns])];
  return asDtype({ ...a, shape, items }, a.dtype);
}

/** The numbers with their axes in another order. */
export function permutedNumbers(x: Numbers, order: readonly number[]): Numbers {
  const strides = x.shape.map((_, axis) => product(x.shape.slice(axis + 1)));
  let places = [0];
  for (const axis of order)
    places = places.flatMap((place) => Array.from({ length: x.shape[axis] }, (_, at) => place + at * strides[axis]));
  return { ...x, shape: order.map((axis) => x.shape[axis]), items: places.map((place) => x.items[place]) };
}
