import { noteContents } from '../findings/weightFiles';
import { BoundArguments } from '../model/bound';
import { asDtype, nested, numbersOf } from '../model/contents';
import { deviceOf } from '../model/device';
import { doubting } from '../model/doubt';
import type { Machine } from '../model/machine';
import { builtin, NONE, number, unknown } from '../model/make';
import { bind } from '../model/signature';
import { derived, knownData, reshapeInPlace, rewrite, type TensorValue, writeTo } from '../model/tensor';
import type { Arguments, CallPlace, Value } from '../model/value';
import { product } from '../sizes/size';
import { inOrder } from './numbers';
import { swapLast } from './expansion';
import { rankOf, tensorOps } from './tensorOps';

const PLAIN = new Set([
  'shape',
  'T',
  'mT',
  'mH',
  'imag',
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

/** Functions of PyTorch that are methods, too. */
const ALSO_METHODS = new Set(['outer', 'ger', 'kron', 'addmm', 'addmv', 'baddbmm', 'take_along_dim']);

export function isTensorAttribute(name: string): boolean {
  const plain = name.replace(/_$/, '');
  return PLAIN.has(name) || tensorOps.has(name) || tensorOps.has(plain) || ALSO_METHODS.has(plain);
}

/** Of tensors whose contents are known, and so their sizes. */
function sameShape(a: TensorValue, b: TensorValue): boolean {
  const [one, other] = [a.cell.shape, b.cell.shape];
  return one !== undefined && one.length === other?.length && one.every((size, axis) => size === other[axis]);
}

function sizeOfArray(machine: Machine, object: TensorValue): Value {
  const { shape } = object.cell;
  return shape ? number(machine.simple(() => product(shape))) : machine.freshNumber();
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
  'resize_as_',
  'as_strided_',
  'unflatten_',
]);

/** `x.name` of a tensor; methods that change it in place leave its shape. */
export function tensorAttribute(machine: Machine, object: TensorValue, name: string): Value {
  switch (name) {
    case 'shape':
      return machine.shapeValue(object)!;
    case 'get_shape':
      return builtin(name, (inner) => inner.shapeValue(object)!);
    case 'mT':
    case 'mH':
      return derived(object, object.cell.shape && swapLast(object.cell.shape), []);
    case 'T':
    case 'H':
      return derived(object, object.cell.shape?.toReversed(), []);
    case 'ndimension':
      return builtin(name, () => rankOf(object));
    case 'ndim':
      return rankOf(object);
    case 'data':
    case 'grad':
    case 'real':
    case 'imag':
      return object;
    case 'copy_':
    case 'set_':
      return builtin(name, (inner, args) => {
        const [value] = args.positional;
        const data = name === 'copy_' && value?.kind === 'tensor' ? knownData(value) : undefined;
        const fits = value?.kind === 'tensor' && value.dtype === object.dtype && sameShape(value, object);
        if (data && object.data && fits && inner.settled) rewrite(object, data);
        else writeTo(object);
        if (name === 'set_')
          reshapeInPlace(
            object,
            value?.kind === 'tensor' && args.positional.length === 1 && inner.settled ? value : undefined,
          );
        noteContents(inner, object, value);
        return object;
      });
    case 'sort':
      if (!object.numpy) break;
      return builtin(name, (inner, args) => {
        const numbers =
          args.positional.length + args.keywords.size === 0 ? inOrder(numbersOf(object), false) : undefined;
        if (numbers && inner.settled) rewrite(object, nested(numbers));
        else writeTo(object);
        return NONE;
      });
    case 'size':
    case 'fill':
      if (!object.numpy) break;
      return name === 'size' ? sizeOfArray(machine, object) : tensorAttribute(machine, object, 'fill_');
    case 'device':
      return deviceOf(machine);
    case 'dtype':
    case 'is_cuda':
    case 'requires_grad':
      return unknown(name);
    default:
      break;
  }
  const own = object.of && machine.library.function(`${object.of}.Tensor.${name}`);
  const plain = name.replace(/_$/, '');
  const like = ALSO_METHODS.has(plain) ? machine.library.function(`torch.${plain}`) : undefined;
  const op = own ?? tensorOps.get(name) ?? tensorOps.get(plain) ?? like;
  const apply = (inner: Machine, args: Arguments, at: CallPlace): Value => {
    if (!op) return unknown();
    const all = { ...args, positional: [object, ...args.positional] };
    const values = bind(op.signature, all, true);
    return values.misfit
      ? unknown()
      : doubting(inner, all, () =>
          values.sound(op.apply({ machine: inner, at, bound: new BoundArguments(inner, values, values) })),
        );
  };
  if (name.endsWith('_') && !name.startsWith('_')) {
    return builtin(name, (inner, args, at) => {
      const result = op ? apply(inner, args, at) : undefined;
      const moved = MOVING.has(name) ? (result ?? unknown()) : undefined;
      const held = !moved && result?.kind === 'tensor' ? numbersOf(result) : undefined;
      const numbers =
        held && sameShape(result as TensorValue, object) ? asDtype(held, object.dtype ?? held.dtype) : undefined;
      if (numbers && object.data && inner.settled) rewrite(object, nested(numbers));
      else writeTo(object);
      if (moved) reshapeInPlace(object, moved.kind === 'tensor' && inner.settled ? moved : undefined);
      return op ? object : unknown();
    });
  }
  if (!op) return unknown();
  return builtin(name, apply);
}
