import type { Machine } from '../model/machine';
import { knownInt, unknown } from '../model/make';
import { derived, tensor, type TensorValue } from '../model/tensor';
import type { SliceValue, Value } from '../model/value';
import { add, ceilDivide, extreme, isKnown, type Size, subtract } from '../sizes/size';

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
      const chosen = part.kind === 'tensor' ? part.cell.shape : part.open ? undefined : [part.items.length];
      if (!chosen) return open(object);
      result.push(...chosen);
      axis++;
    } else return open(object);
  }
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
