import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import { derived, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import type { Size } from '../sizes/size';
import { broadcast } from './elementwise';
import { normalAxis } from './indexing';
import { openTensor } from './sizesGiven';

/** Axes under PyTorch's name or NumPy's. */
const axesOf = ({ bound }: Applied): Value | undefined => bound.get('axis') ?? bound.get('dim');

/** A sum, a mean and their like over some axes or all. */
export function reduced(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const value = axesOf(call);
  const keep = call.bound.flag(call.bound.get('keepdims') ? 'keepdims' : 'keepdim');
  if (!value || value.kind === 'none') return derived(x, [], []);
  // `x.std(False)` takes all axes.
  if (!shape || keep === undefined || value.kind === 'bool') return openTensor(x);
  const axes = (iterate(value) ?? [value]).map((each) => {
    const at = call.machine.knownSize(each);
    return typeof at === 'number' ? normalAxis(at, shape.length) : undefined;
  });
  if (axes.includes(undefined)) return openTensor(x);
  return derived(
    x,
    keep
      ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : shape.filter((_, axis) => !axes.includes(axis)),
    [],
  );
}

/** `max(dim)` and its like give values and indices; `max(other)` is element by element. */
export function reducedPair(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const value = axesOf(call);
  if (value?.kind === 'tensor') return broadcast(call.machine, [x, value], call.at);
  const result = reduced(x, shape, call);
  return !value || value.kind === 'none'
    ? result
    : { kind: 'tuple', items: [result, result], open: false, fields: ['values', 'indices'] };
}
