import type { Applied } from '../model/library';
import { derived, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { multiply, type Size } from '../sizes/size';
import { openTensor, sizesArgument } from './sizesGiven';

/** `expand`: axes of size 1 are repeated, new ones put in front. */
export function expanded(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const sizes = sizesArgument(call, 'sizes');
  if (!sizes) return openTensor(x);
  const known = shape ?? [];
  const lead = sizes.length - known.length;
  if (!shape || lead < 0) return openTensor(x);
  return derived(
    x,
    sizes.map((each, axis) => {
      const size = call.machine.sizeOf(each);
      return size === -1 ? (known[axis - lead] ?? call.machine.freshSize()) : size;
    }),
    lead === 0 ? undefined : [],
  );
}

export function repeated(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const sizes = sizesArgument(call, 'sizes');
  if (!sizes || !shape || sizes.length < shape.length) return openTensor(x);
  const lead = sizes.length - shape.length;
  return derived(
    x,
    sizes.map((each, axis) => call.machine.simple(() => multiply(call.machine.sizeOf(each), shape[axis - lead] ?? 1))),
    [],
  );
}

/** `tile` gives axes to the tensor that the repetitions lack, and the other way round. */
export function tiled(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const sizes = sizesArgument(call, 'dims');
  if (!sizes || !shape) return openTensor(x);
  const rank = Math.max(sizes.length, shape.length);
  return derived(
    x,
    Array.from({ length: rank }, (_, axis) => {
      const times = sizes[axis - rank + sizes.length];
      const size = shape[axis - rank + shape.length] ?? 1;
      return times ? call.machine.simple(() => multiply(call.machine.sizeOf(times), size)) : size;
    }),
    [],
  );
}

/** The last two axes in the other order, as `x.mT` has them. */
export const swapLast = (shape: readonly Size[]): readonly Size[] =>
  shape.length < 2 ? shape : [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];
