import { numbersOf } from '../model/contents';
import type { Machine } from '../model/machine';
import { knownInt, unknown } from '../model/make';
import { derived, sureShape, tensor, type TensorValue } from '../model/tensor';
import type { SliceValue, Value } from '../model/value';
import { print } from '../sizes/print';
import { add, ceilDivide, equal, extreme, isKnown, type Size, subtract } from '../sizes/size';
import type { Refusal } from './problems';
import { indexRefusal } from './refusals/check';

const open = (from: TensorValue): Value => ({ ...tensor(undefined, 'symbolic', { stem: from.cell.stem, soft: true }) });

/** `x[…]`: the shape that is left. */
export function indexTensor(machine: Machine, object: TensorValue, index: Value): Value {
  const parts = index.kind === 'tuple' ? index.items : [index];
  const shape = object.cell.shape;
  if (!shape) return parts.length === 1 && parts[0].kind === 'unknown' ? unknown() : open(object);
  const consuming = parts.filter((part) => part.kind !== 'none' && part.kind !== 'ellipsis').length;
  if (consuming > shape.length) return open(object);
  const full = parts.some((part) => part.kind === 'ellipsis') ? parts : [...parts, { kind: 'ellipsis' } as Value];
  const result: Size[] = [];
  let axis = 0;
  let advanced = 0;
  for (const part of full) {
    if (part.kind === 'none') result.push(1);
    else if (part.kind === 'ellipsis') {
      const rest = shape.length - consuming;
      result.push(...shape.slice(axis, axis + rest));
      axis += rest;
    } else if (part.kind === 'slice') result.push(sliceLength(machine, shape[axis++], part));
    else if (part.kind === 'number') axis++;
    else if (part.kind === 'list' || part.kind === 'tensor' || part.kind === 'tuple') {
      // One index array takes the place of its axis; several would broadcast together.
      if (++advanced > 1) return open(object);
      const chosen = chosenBy(machine, part, shape.slice(axis));
      if (!chosen) return open(object);
      result.push(...chosen);
      axis++;
    } else return open(object);
  }
  return derived(object, result, result.length === shape.length ? undefined : []);
}

/** What an array of indices, or a mask, takes of an axis; `axes`: that axis and those behind it. */
function chosenBy(
  machine: Machine,
  part: Value & { kind: 'list' | 'tuple' | 'set' | 'tensor' },
  axes: readonly Size[],
): readonly Size[] | undefined {
  const numbers = numbersOf(part);
  if (numbers?.dtype === 'bool' && part.kind !== 'tuple')
    return numbers.shape.length === 1 ? [numbers.items.filter((each) => each !== 0).length] : undefined;
  if (numbers) return numbers.shape;
  const shape = part.kind === 'tensor' ? part.cell.shape : part.open ? undefined : [part.items.length];
  if (!shape || (part.kind !== 'tensor' && part.items.every(({ kind }) => kind === 'number'))) return shape;
  // Nobody knows whether they are indices or a mask, which is as long as the axes that it takes.
  const fits = shape.every((size, at) => axes[at] !== undefined && equal(size, axes[at]) !== false);
  return !fits || shape.length === 0 ? shape : shape.length === 1 ? [machine.freshSize()] : undefined;
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
    code: 'mask-length',
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
  code: 'index-count',
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
