import type { Machine } from '../model/machine';
import { knownInt, unknown } from '../model/make';
import { derived, tensor, type TensorValue } from '../model/tensor';
import type { SliceValue, Value } from '../model/value';
import { numbersOf } from '../model/contents';
import { add, ceilDivide, equal, extreme, isKnown, type Size, subtract } from '../sizes/size';
import { print } from '../sizes/print';
import type { mismatch } from './problems';
import { shapeOfData } from './sizesGiven';

const open = (from: TensorValue): Value => ({ ...tensor(undefined, 'symbolic', { stem: from.cell.stem, soft: true }) });

/** What an array of indices, or a mask, has for a shape, and how many axes it takes; `undefined`: it cannot be told. */
function arrayPart(
  part: Value,
  sizes: readonly Size[],
): { readonly shape: readonly Size[]; readonly axes: number } | undefined {
  const numbers = numbersOf(part);
  if (numbers?.dtype === 'bool') {
    const fits = numbers.shape.every((size, axis) => equal(size, sizes[axis]) === true);
    const count = numbers.items.filter((each) => each !== 0).length;
    return fits && numbers.shape.length > 0 ? { shape: [count], axes: numbers.shape.length } : undefined;
  }
  const shape = part.kind === 'tensor' ? part.cell.shape : shapeOfData(part);
  if (!shape) return undefined;
  // A mask is as long as the axes that it masks; what differs from them are indices.
  const indices =
    numbers?.dtype === 'int' ||
    (part.kind === 'tensor' && part.dtype === 'int') ||
    shape.some((size, axis) => axis >= sizes.length || equal(size, sizes[axis]) === false);
  return indices ? { shape, axes: 1 } : undefined;
}

/** Why PyTorch refuses an index, if it surely does. */
export function indexProblem(object: TensorValue, index: Value): Parameters<typeof mismatch>[2] | undefined {
  const { shape } = object.cell;
  const parts = index.kind === 'tuple' ? index.items : [index];
  if (!shape) return undefined;
  const whole = parts.every((part) => ['number', 'slice', 'none', 'ellipsis', 'list'].includes(part.kind));
  if (!whole || parts.some((part) => part.kind === 'list' && numbersOf(part)?.dtype === 'bool')) return undefined;
  const taken = parts.filter((part) => part.kind !== 'none' && part.kind !== 'ellipsis').length;
  if (taken > shape.length)
    return {
      code: 'index-range',
      template: '{0} indices are too many for {1} axes.',
      args: [taken, shape.length],
      framework: `too many indices for tensor of dimension ${shape.length}`,
    };
  let axis = 0;
  for (const part of parts) {
    if (part.kind === 'none') continue;
    if (part.kind === 'ellipsis') {
      axis += shape.length - taken;
      continue;
    }
    const size = shape[axis];
    const places =
      part.kind === 'list' ? numbersOf(part)?.items : part.kind === 'number' ? [knownInt(part)] : undefined;
    const bad = isKnown(size)
      ? places?.find((each) => each !== undefined && (each >= size || each < -size))
      : undefined;
    if (bad !== undefined)
      return {
        code: 'index-range',
        template: 'Index {0} is outside of axis {1}, which has the size {2}.',
        args: [bad, axis, print(size)],
        // Of a list PyTorch counts the axes after it has moved the one that is indexed to the front.
        framework: `index ${bad} is out of bounds for dimension ${part.kind === 'list' ? 0 : axis} with size ${print(size)}`,
      };
    axis++;
  }
  return undefined;
}

const isArray = (part: Value): boolean => part.kind === 'list' || part.kind === 'tensor' || part.kind === 'tuple';

/** `x[…]`: the shape that is left. */
export function indexTensor(machine: Machine, object: TensorValue, index: Value): Value {
  const parts = index.kind === 'tuple' ? index.items : [index];
  const shape = object.cell.shape;
  if (!shape) return parts.length === 1 && parts[0].kind === 'unknown' ? unknown() : open(object);
  const consuming = parts.reduce((sum, part) => {
    if (part.kind === 'none' || part.kind === 'ellipsis') return sum;
    const mask = isArray(part) ? numbersOf(part) : undefined;
    return sum + (mask?.dtype === 'bool' ? mask.shape.length : 1);
  }, 0);
  if (consuming > shape.length) return open(object);
  const full = parts.some((part) => part.kind === 'ellipsis') ? parts : [...parts, { kind: 'ellipsis' } as Value];
  const arrays = full.filter(isArray).length;
  // Several would broadcast together.
  if (arrays > 1) return open(object);
  const result: Size[] = [];
  let axis = 0;
  let array: readonly Size[] | undefined;
  /** Where the axes of the array go, and whether something stands between what is indexed with it. */
  let place: number | undefined;
  let apart = false;
  const advanced = (): void => {
    if (place === undefined) place = result.length;
    else if (place !== result.length) apart = true;
  };
  for (const part of full) {
    if (part.kind === 'none') result.push(1);
    else if (part.kind === 'ellipsis') {
      const rest = shape.length - consuming;
      result.push(...shape.slice(axis, axis + rest));
      axis += rest;
    } else if (part.kind === 'slice') result.push(sliceLength(machine, shape[axis++], part));
    else if (part.kind === 'number') {
      if (arrays > 0) advanced();
      axis++;
    } else if (isArray(part)) {
      const found = arrayPart(part, shape.slice(axis));
      if (!found) return open(object);
      advanced();
      array = found.shape;
      axis += found.axes;
    } else return open(object);
  }
  // Frameworks differ in whether a number beside an array is an array too, which then decides where its axes go.
  if (apart) return open(object);
  if (array) result.splice(place!, 0, ...array);
  return derived(object, result, result.length === shape.length ? undefined : []);
}

/** How many elements `lower:upper:step` takes of an axis. */
export function sliceLength(machine: Machine, size: Size, slice: SliceValue): Size {
  const step = slice.step.kind === 'none' ? 1 : knownInt(slice.step);
  if (step === undefined || step === 0) return machine.freshSize();
  if (step < 0)
    return slice.lower.kind === 'none' && slice.upper.kind === 'none'
      ? machine.simple(() => ceilDivide(size, -step))
      : machine.freshSize();
  const bound = (value: Value, otherwise: Size): Size => {
    if (value.kind === 'none') return otherwise;
    if (value.kind === 'unknown' || value.kind === 'tensor') return machine.freshSize();
    const at = machine.sizeOf(value);
    const fromEnd = isKnown(at) ? at < 0 : isNegative(at);
    const resolved = fromEnd ? add(size, at) : at;
    if (isKnown(resolved) && isKnown(size)) return Math.min(Math.max(resolved, 0), size);
    return fromEnd ? resolved : extreme('min', resolved, size);
  };
  return machine.simple(() => {
    const [from, to] = [bound(slice.lower, 0), bound(slice.upper, size)];
    const length = subtract(to, from);
    const positive = isKnown(length) ? Math.max(length, 0) : length;
    return step === 1 ? positive : ceilDivide(positive, step);
  });
}

/** Whether an index is surely counted from the end: no size in it enters positively. */
const isNegative = (at: Size): boolean => typeof at !== 'number' && at.terms.every((each) => each.coefficient < 0);

/** An axis number counted from the end made one from the front. */
export function normalAxis(axis: number, rank: number): number | undefined {
  const at = axis < 0 ? axis + rank : axis;
  return at >= 0 && at < rank ? at : undefined;
}
