import type { Machine } from '../model/machine';
import { derived, tensor, type TensorValue } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import { print } from '../sizes/print';
import { add, isKnown, type Size } from '../sizes/size';
import { refuseSaying } from './onTensor';

/** `F.pad`: pairs of (begin, end) from the last axis backwards. Negative entries crop. */
export function padShape(
  machine: Machine,
  x: TensorValue,
  amounts: readonly Size[],
  rank?: number,
  mode = 'constant',
  place?: CallPlace,
): Value {
  const shape = x.cell.shape ?? (rank === undefined ? undefined : machine.withRank(x, rank + 2));
  if (!shape) return tensor(undefined, 'symbolic', { stem: x.cell.stem || 't', soft: true });
  if (place) checkAmounts({ machine, at: place }, shape, amounts, mode);
  const padded = shape.map((size, axis) => {
    const from = 2 * (shape.length - 1 - axis);
    return from + 1 < amounts.length ? machine.simple(() => add(size, add(amounts[from], amounts[from + 1]))) : size;
  });
  return derived(x, padded);
}

/** What PyTorch refuses of the amounts, in its words and in its order: the last axis first. */
function checkAmounts(
  call: { readonly machine: Machine; readonly at: CallPlace },
  shape: readonly Size[],
  amounts: readonly Size[],
  mode: string,
): void {
  if (amounts.length % 2 !== 0) refuseSaying(call, 'padding-length', 'Padding length must be divisible by 2');
  if (amounts.length > 2 * shape.length)
    refuseSaying(
      call,
      'padding-length',
      `Padding length should be less than or equal to two times the input dimension but got padding length ${amounts.length} and input of dimension ${shape.length}`,
    );
  for (let at = 0; 2 * at + 1 < amounts.length; at++) {
    const axis = shape.length - 1 - at;
    const [size, begin, end] = [shape[axis], amounts[2 * at], amounts[2 * at + 1]];
    if (!isKnown(size) || !isKnown(begin) || !isKnown(end)) continue;
    if (mode === 'reflect' && (begin >= size || end >= size))
      refuseSaying(
        call,
        'padding-range',
        `Argument #${4 + 2 * at}: Padding size should be less than the corresponding input dimension, but got: padding (${begin}, ${end}) at dimension ${axis} of input [${shape.map(print).join(', ')}]`,
      );
    if (mode === 'circular' && (begin > size || end > size))
      refuseSaying(call, 'padding-range', 'Padding value causes wrapping around more than once.');
    if (mode === 'constant' && size + Math.min(begin, 0) + Math.min(end, 0) < 0)
      refuseSaying(call, 'padding-range', 'narrow(): length must be non-negative.');
  }
}
