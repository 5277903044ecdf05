import { numbersOf } from '../model/contents';
import type { Machine } from '../model/machine';
import { knownInt, unknown } from '../model/make';
import { derived, sureShape, tensor, type TensorValue } from '../model/tensor';
import type { SliceValue, Value } from '../model/value';
import { print } from '../sizes/print';
import { add, ceilDivide, equal, extreme, isKnown, type Size, subtract } from '../sizes/size';
import type { Refusal } from './problems';
import { indexRefusal } from './refusals/check';
import { shapeOfData } from './sizesGiven';

const open = (from: TensorValue): Value => ({
  ...tensor(undefined, 'symbolic', { stem: from.cell.stem, soft: from.cell.soft }),
});

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
    else if (part.kind === 'number' && !part.perhapsArray) {
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

/**
 * What PyTorch refuses of `x[…]`. It counts what stands in the brackets, of which an ellipsis is one, and calls that
 * the dimension; of a list of indices it always says 0.
 */
export function refusalOfIndex(object: TensorValue, index: Value): Refusal | undefined {
  const shape = sureShape(object);
  const parts = index.kind === 'tuple' ? index.items : [index];
  if (!shape || !parts.every(isPlainIndex) || parts.filter(({ kind }) => ARRAYS.has(kind)).length > 1) return undefined;
  const rank = shape.length;
  const consuming = parts.filter(({ kind }) => kind !== 'none' && kind !== 'ellipsis').length;
  if (rank === 0 && parts.length === 1 && parts[0].kind === 'number') return countRefusal(1, 0, NO_INDEX);
  if (consuming > rank) return countRefusal(consuming, rank, `too many indices for tensor of dimension ${rank}`);
  let axis = 0;
  for (const [position, part] of parts.entries()) {
    if (part.kind === 'none') continue;
    if (part.kind === 'ellipsis') {
      axis += rank - consuming;
      continue;
    }
    const size = shape[axis++];
    const numbers = part.kind === 'slice' ? undefined : numbersOf(part);
    if (!isKnown(size) || !numbers) continue;
    if (numbers.dtype === 'bool') {
      if (part.kind !== 'number' && numbers.items.length !== size)
        return maskRefusal(shape, parts, numbers.items.length);
      continue;
    }
    const wrong = numbers.items.find((each) => each >= size || each < -size);
    if (wrong === undefined || !numbers.items.every(Number.isInteger)) continue;
    const words = `index ${wrong} is out of bounds for dimension ${part.kind === 'number' ? position : 0} with size ${size}`;
    return indexRefusal(wrong, size, words);
  }
  return undefined;
}

/** PyTorch shows the tensor with everything else in the brackets done. */
function maskRefusal(shape: readonly Size[], parts: readonly Value[], length: number): Refusal | undefined {
  if (
    parts.some(
      (part) => part.kind === 'slice' && [part.lower, part.upper, part.step].some(({ kind }) => kind !== 'none'),
    )
  )
    return undefined;
  const consuming = parts.filter(({ kind }) => kind !== 'none' && kind !== 'ellipsis').length;
  const left: Size[] = [];
  let [axis, place] = [0, 0];
  for (const part of parts) {
    if (part.kind === 'none') left.push(1);
    else if (part.kind === 'ellipsis') left.push(...shape.slice(axis, (axis += shape.length - consuming)));
    else {
      if (ARRAYS.has(part.kind)) place = left.length;
      if (part.kind !== 'number') left.push(shape[axis]);
      axis++;
    }
  }
  left.push(...shape.slice(axis));
  return {
    code: 'index-range',
    template: 'The mask is {0} long, the axis has a size of {1}.',
    args: [length, print(left[place])],
    framework: `The shape of the mask [${length}] at index 0 does not match the shape of the indexed tensor [${left.map(print).join(', ')}] at index ${place}`,
  };
}

const ARRAYS: ReadonlySet<Value['kind']> = new Set(['list', 'tensor']);

/** Whether it is known how many axes it takes: a mask may take several. */
function isPlainIndex(part: Value): boolean {
  if (ARRAYS.has(part.kind)) return numbersOf(part)?.shape.length === 1;
  return part.kind === 'none' || part.kind === 'ellipsis' || part.kind === 'slice' || part.kind === 'number';
}

const NO_INDEX =
  'invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number';

const countRefusal = (given: number, rank: number, framework: string): Refusal => ({
  code: 'index-range',
  template: 'There are {0} indices for a tensor of {1} axes.',
  args: [given, rank],
  framework,
});

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
