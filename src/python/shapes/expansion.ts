import type { Applied } from '../model/library';
import { number } from '../model/make';
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

/** `tile` takes fewer numbers than there are axes too, for the last of them. */
export function repeated(x: TensorValue, shape: readonly Size[] | undefined, call: Applied, fewer = false): Value {
  const given = sizesArgument(call, 'sizes');
  if (!given || !shape || (!fewer && given.length < shape.length)) return openTensor(x);
  const one: Value = number(1);
  const sizes = [...Array.from({ length: Math.max(0, shape.length - given.length) }, () => one), ...given];
  const lead = sizes.length - shape.length;
  return derived(
    x,
    sizes.map((each, axis) => call.machine.simple(() => multiply(call.machine.sizeOf(each), shape[axis - lead] ?? 1))),
    [],
  );
}
