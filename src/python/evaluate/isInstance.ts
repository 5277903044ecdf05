import type { Machine } from '../model/machine';
import type { Value } from '../model/value';
import { isOfAbstractClass } from './abstractClasses';
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
const CONTAINER_NAMES: Readonly<Record<string, string>> = {
  'torch.nn.Sequential': 'sequential',
  'torch.nn.ModuleList': 'list',
  'torch.nn.ModuleDict': 'dict',
};

function isInstanceOfExternal(value: Value, name: string): boolean | undefined {
  const abstract = isOfAbstractClass(
    value,
    name.replace(/^(?:typing|collections)\.(?!OrderedDict$|abc\.)/, 'collections.abc.'),
  );
  if (abstract !== undefined) return abstract;
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
    const base = /^torch\.nn\.modules\.(?:conv\._ConvNd|batchnorm\._BatchNorm|instancenorm\._InstanceNorm)/.test(name);
    return base ? undefined : false;
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
