import type { Applied } from '../model/library';
import { unknown } from '../model/make';
import { derived, tensor } from '../model/tensor';
import type { Value } from '../model/value';
import type { Size } from '../sizes/size';

/** `torch.einsum('bchw,oc->bohw', x, w)`: each letter is an axis. */
export function einsum({ machine, bound }: Applied): Value {
  const equation = bound.text('equation')?.replaceAll(' ', '');
  const operands = bound.items('operands')?.map((each) => machine.asTensor(each));
  if (!equation || !operands || !operands.every((each) => each !== undefined)) return unknown();
  const [left, right] = equation.split('->');
  const inputs = left.split(',');
  const sizes = new Map<string, Size>();
  inputs.forEach((letters, index) => {
    const shape = operands[index]?.cell.shape;
    if (shape?.length === letters.length) [...letters].forEach((letter, axis) => sizes.set(letter, shape[axis]));
  });
  if (right === undefined || left.includes('.')) return tensor(undefined, 'symbolic', { stem: 't', soft: true });
  const shape = [...right].map((letter) => sizes.get(letter));
  if (!shape.every((size) => size !== undefined)) return tensor(undefined, 'symbolic', { stem: 't', soft: true });
  return derived(operands[0], shape, []);
}
