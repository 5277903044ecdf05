import type { Machine } from '../model/machine';
import type { Value } from '../model/value';
import { hasUnknownBase } from './native';

const PYTHON_TYPES: Readonly<Record<string, readonly Value['kind'][]>> = {
  list: ['list'],
  tuple: ['tuple', 'shape'],
  dict: ['dict'],
  str: ['string'],
  set: ['set'],
};

/** `isinstance(value, cls)`, when it can be told. */
export function isInstance(machine: Machine, value: Value, cls: Value): boolean | undefined {
  if (cls.kind === 'tuple') {
    const parts = cls.items.map((each) => isInstance(machine, value, each));
    return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  }
  if (value.kind === 'unknown' && value.input && cls.kind === 'builtin') return false;
  if (value.kind === 'unknown' || value.kind === 'choice') return undefined;
  if (cls.kind === 'builtin') {
    if (cls.name === 'int') return value.kind === 'number' ? !value.float : value.kind === 'bool';
    if (cls.name === 'float') return value.kind === 'number' && value.float;
    if (cls.name === 'bool') return value.kind === 'bool';
    const kinds = PYTHON_TYPES[cls.name];
    return kinds ? kinds.includes(value.kind) : undefined;
  }
  if (cls.kind === 'class') {
    if (value.kind !== 'instance') return false;
    return value.cls.order.includes(cls)
      ? true
      : hasUnknownBase(value.cls) && !value.cls.order.every((base) => base.kind !== 'unknown')
        ? undefined
        : false;
  }
  if (cls.kind === 'external') return isInstanceOfExternal(value, machine.library.canonical(cls.name));
  return undefined;
}

const TENSOR_TYPES = new Set([
  'torch.Tensor',
  'torch.FloatTensor',
  'tensorflow.Tensor',
  'numpy.ndarray',
  'jax.numpy.ndarray',
  'jax.Array',
  'paddle.Tensor',
  'torch.nn.Parameter',
]);
const SEQUENCES: Readonly<Record<string, readonly Value['kind'][]>> = {
  'collections.abc.Iterable': ['list', 'tuple', 'dict', 'set', 'string', 'range', 'container', 'shape'],
  'collections.abc.Sequence': ['list', 'tuple', 'string', 'range', 'shape'],
  'collections.Iterable': ['list', 'tuple', 'dict', 'set', 'string', 'range', 'container', 'shape'],
  'collections.abc.Mapping': ['dict'],
  'numbers.Number': ['number'],
  'collections.OrderedDict': [],
};
const CONTAINER_NAMES: Readonly<Record<string, string>> = {
  'torch.nn.Sequential': 'sequential',
  'torch.nn.ModuleList': 'list',
  'torch.nn.ModuleDict': 'dict',
};

/** Bases of PyTorch's own that programs ask for, and the layers under them. */
const PRIVATE_BASES: readonly (readonly [name: RegExp, layers: RegExp])[] = [
  [/\._ConvNd$/, /\.(?:Lazy)?Conv(?:Transpose)?\dd$/],
  [/\._ConvTransposeNd$/, /\.(?:Lazy)?ConvTranspose\dd$/],
  [/\._BatchNorm$/, /\.(?:Lazy)?(?:BatchNorm\dd|SyncBatchNorm)$/],
  [/\._InstanceNorm$/, /\.(?:Lazy)?InstanceNorm\dd$/],
  [/\._MaxPoolNd$/, /\.MaxPool\dd$/],
  [/\._AvgPoolNd$/, /\.AvgPool\dd$/],
];

function isInstanceOfExternal(value: Value, name: string): boolean | undefined {
  const sequence = SEQUENCES[name.replace(/^typing\./, 'collections.abc.')];
  if (sequence)
    return sequence.includes(value.kind)
      ? true
      : value.kind === 'tensor' || value.kind === 'instance'
        ? undefined
        : false;
  if (TENSOR_TYPES.has(name)) return value.kind === 'tensor';
  if (
    value.kind === 'tensor' ||
    value.kind === 'number' ||
    value.kind === 'string' ||
    value.kind === 'none' ||
    value.kind === 'list' ||
    value.kind === 'tuple' ||
    value.kind === 'dict'
  ) {
    return name.startsWith('torch.nn.') || name.startsWith('keras.') ? false : undefined;
  }
  if (value.kind === 'layer') {
    if (value.spec.callee === name || name === 'torch.nn.Module' || name === 'keras.layers.Layer') return true;
    const base = PRIVATE_BASES.find(([pattern]) => pattern.test(name));
    if (base) return base[1].test(value.spec.callee);
    return name.includes('._') ? undefined : false;
  }
  if (value.kind === 'container') return name === 'torch.nn.Module' || CONTAINER_NAMES[name] === value.type;
  if (value.kind === 'instance') {
    if (value.cls.order.some((base) => base.kind === 'external' && base.name === name)) return true;
    if (name === 'torch.nn.Module')
      return value.cls.order.some((base) => base.kind === 'external' && base.name.startsWith('torch.nn.')) || undefined;
    return value.cls.order.some((base) => base.kind === 'unknown')
      ? undefined
      : name.startsWith('torch.nn.')
        ? false
        : undefined;
  }
  return undefined;
}
