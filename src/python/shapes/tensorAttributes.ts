import { noteContents } from '../findings/weightFiles';
import { BoundArguments } from '../model/bound';
import type { Machine } from '../model/machine';
import { builtin, number, unknown } from '../model/make';
import { bind } from '../model/signature';
import { derived, knownData, reshapeInPlace, rewrite, type TensorValue, writeTo } from '../model/tensor';
import type { Arguments, CallPlace, Value } from '../model/value';
import { tensorOps } from './tensorOps';

const PLAIN = new Set([
  'shape',
  'T',
  'mT',
  'ndim',
  'device',
  'dtype',
  'data',
  'grad',
  'real',
  'is_cuda',
  'requires_grad',
  'get_shape',
  'keys',
]);

export const isTensorAttribute = (name: string): boolean =>
  PLAIN.has(name) || tensorOps.has(name) || tensorOps.has(name.replace(/_$/, ''));

/** Of tensors whose contents are known, and so their sizes. */
function sameShape(a: TensorValue, b: TensorValue): boolean {
  const [one, other] = [a.cell.shape, b.cell.shape];
  return one !== undefined && one.length === other?.length && one.every((size, axis) => size === other[axis]);
}

/** In-place methods that change the shape. */
const MOVING = new Set([
  'squeeze_',
  'unsqueeze_',
  't_',
  'transpose_',
  'swapaxes_',
  'swapdims_',
  'resize_',
  'unflatten_',
]);

/** `x.name` of a tensor; methods that change it in place leave its shape. */
export function tensorAttribute(machine: Machine, object: TensorValue, name: string): Value {
  switch (name) {
    case 'shape':
      return machine.shapeValue(object)!;
    case 'get_shape':
      return builtin(name, (inner) => inner.shapeValue(object)!);
    case 'T':
      return derived(object, object.cell.shape?.toReversed(), []);
    case 'mT': {
      const shape = object.cell.shape;
      return derived(object, shape && [...shape.slice(0, -2), ...shape.slice(-2).toReversed()], []);
    }
    case 'ndim':
      return object.cell.shape ? number(object.cell.shape.length) : unknown();
    case 'data':
    case 'grad':
    case 'real':
      return object;
    case 'copy_':
    case 'set_':
      return builtin(name, (inner, { positional: [value] }) => {
        const data = name === 'copy_' && value?.kind === 'tensor' ? knownData(value) : undefined;
        const fits = value?.kind === 'tensor' && value.dtype === object.dtype && sameShape(value, object);
        if (data && object.data && fits && inner.settled) rewrite(object, data);
        else writeTo(object);
        noteContents(inner, object, value);
        return object;
      });
    case 'device':
    case 'dtype':
    case 'is_cuda':
    case 'requires_grad':
      return unknown(name);
    default:
      break;
  }
  const op = tensorOps.get(name) ?? tensorOps.get(name.replace(/_$/, ''));
  const apply = (inner: Machine, args: Arguments, at: CallPlace): Value => {
    if (!op) return unknown();
    const all = { ...args, positional: [object, ...args.positional] };
    const { values, isGiven, misfit, sound } = bind(op.signature, all, true);
    return misfit
      ? unknown()
      : sound(op.apply({ machine: inner, at, bound: new BoundArguments(inner, values, isGiven) }));
  };
  if (name.endsWith('_') && !name.startsWith('_')) {
    return builtin(name, (inner, args, at) => {
      const moved = MOVING.has(name) ? apply(inner, args, at) : undefined;
      writeTo(object);
      if (moved) reshapeInPlace(object, moved.kind === 'tensor' && inner.settled ? moved : undefined);
      return op ? object : unknown();
    });
  }
  if (!op) return unknown();
  return builtin(name, apply);
}
