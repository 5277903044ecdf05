import type { Machine } from '../model/machine';
import type { ClassValue, LayerValue, Value } from '../model/value';
import { isClassOfAbstractClass, isOfAbstractClass } from './abstractClasses';
import { enumMembers } from './enumerations';

const PYTHON_TYPES: Readonly<Record<string, readonly Value['kind'][]>> = {
  list: ['list'],
  tuple: ['tuple', 'shape'],
  dict: ['dict'],
  str: ['string'],
  set: ['set'],
};

const NO_CLASSES = new Set<Value['kind']>(
  'number string bool none list tuple set dict tensor layer container range function method partial module'.split(
    ' ',
  ) as Value['kind'][],
);

function isClass(machine: Machine, value: Value): boolean | undefined {
  if (value.kind === 'class') return true;
  if (value.kind === 'external') return machine.library.layer(machine.library.canonical(value.name)) ? true : undefined;
  return NO_CLASSES.has(value.kind) ? false : undefined;
}

/** A class that has no metaclass: what `type` makes. */
function isOrdinaryClass(machine: Machine, value: Value): boolean {
  if (value.kind === 'external') return machine.library.layer(machine.library.canonical(value.name)) !== undefined;
  return (
    value.kind === 'class' &&
    value.order.every((each) =>
      each.kind === 'class'
        ? !each.hasMetaclass
        : each.kind === 'external' && /^(?:object$|torch\.nn\.)/.test(each.name),
    )
  );
}

/** Kinds of what can be called, which Python has classes for: nothing of another kind is one. */
const CALLABLES: Readonly<Record<string, Value['kind']>> = {
  'functools.partial': 'partial',
  'types.FunctionType': 'function',
  'types.LambdaType': 'function',
  'types.MethodType': 'method',
  'types.ModuleType': 'module',
};

/** `isinstance(value, cls)`, when it can be told. */
export function isInstance(machine: Machine, value: Value, cls: Value): boolean | undefined {
  if (cls.kind === 'tuple') {
    const parts = cls.items.map((each) => isInstance(machine, value, each));
    return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  }
  if (value.kind === 'unknown' && value.input && cls.kind === 'builtin') return false;
  if (value.kind === 'choice') {
    const [first, ...others] = value.options.map((each) => isInstance(machine, each, cls));
    return others.every((each) => each === first) ? first : undefined;
  }
  if (value.kind === 'unknown') return undefined;
  if (cls.kind === 'builtin') {
    if (cls.name === 'int') return value.kind === 'number' ? !value.float && !value.scalar : value.kind === 'bool';
    // NumPy's widest type of them is one of Python's, and no other is.
    if (cls.name === 'float') return value.kind === 'number' && value.float;
    if (cls.name === 'bool') return value.kind === 'bool';
    // An iterator is kept as what it has left, a view as what it shows, a queue as what is in it.
    if (
      (value.kind === 'list' || value.kind === 'set') &&
      (value.once || value.viewOf || value.most) &&
      cls.name !== 'object'
    )
      return false;
    // Bytes are kept as the text they are written as.
    if (cls.name === 'bytes') return value.kind === 'string' || value.kind === 'instance' ? undefined : false;
    if (cls.name === 'complex') return value.kind === 'number' || value.kind === 'instance' ? undefined : false;
    if (cls.name === 'range') return value.kind === 'range';
    if (cls.name === 'type') return isClass(machine, value);
    const kinds = PYTHON_TYPES[cls.name];
    return kinds ? kinds.includes(value.kind) : undefined;
  }
  if (cls.kind === 'class') return value.kind === 'instance' ? isSubclass(machine, value.cls, cls) : false;
  if (cls.kind === 'external') return isInstanceOfExternal(machine, value, machine.library.canonical(cls.name));
  return undefined;
}

/** `issubclass(cls, base)`, when it can be told. */
export function isSubclass(machine: Machine, cls: Value, base: Value): boolean | undefined {
  if (base.kind === 'tuple') {
    const parts = base.items.map((each) => isSubclass(machine, cls, each));
    return parts.includes(true) ? true : base.open || parts.includes(undefined) ? undefined : false;
  }
  if (cls.kind === 'class' && base.kind === 'class') {
    if (cls.order.includes(base)) return true;
    return cls.order.some((each) => each.kind === 'unknown') ? undefined : false;
  }
  if (base.kind !== 'external') return undefined;
  const name = machine.library.canonical(base.name);
  if (cls.kind === 'class') return derives(machine, cls, name);
  return cls.kind === 'external' ? machine.library.isSubclass(machine.library.canonical(cls.name), name) : undefined;
}

/** Classes of Python's own library of which a model may be a subclass, and which are no layers. */
const NO_LAYERS = /^(?:object$|abc\.|typing\.|collections\.abc\.|enum\.)/;

/** Whether a class of the program derives from a library's, by its canonical name. */
function derives(machine: Machine, { order }: ClassValue, name: string): boolean | undefined {
  let open = false;
  for (const base of order) {
    if (base.kind === 'unknown') open = true;
    if (base.kind !== 'external') continue;
    const known = base.name === name || machine.library.isSubclass(machine.library.canonical(base.name), name);
    if (known) return true;
    if (known === undefined && !NO_LAYERS.test(base.name)) open = true;
  }
  return open || !name.startsWith('torch.nn.') ? undefined : false;
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

function isInstanceOfExternal(machine: Machine, value: Value, name: string): boolean | undefined {
  if (name === 'collections.deque' && value.kind === 'list') return value.most !== undefined;
  const plain = name.replace(/^(?:typing|collections)\.(?!OrderedDict$|abc\.)/, 'collections.abc.');
  const abstract = isOrdinaryClass(machine, value) ? isClassOfAbstractClass(plain) : isOfAbstractClass(value, plain);
  if (abstract !== undefined) return abstract;
  if (/^enum\.Enum(?:Meta|Type)$/.test(name) && value.kind === 'class') return enumMembers(value) ? true : undefined;
  if (Object.hasOwn(CALLABLES, name)) {
    if (value.kind === CALLABLES[name]) return true;
    // Of a library's name it is known only where a rule has it as a class.
    return value.kind === 'external' || value.kind === 'builtin'
      ? isClass(machine, value)
        ? false
        : undefined
      : false;
  }
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
  if (value.kind === 'layer') return isLayer(machine, value, name);
  if (value.kind === 'container') return name === 'torch.nn.Module' || CONTAINER_NAMES[name] === value.type;
  return value.kind === 'instance' ? derives(machine, value.cls, name) : undefined;
}

function isLayer(machine: Machine, { spec }: LayerValue, name: string): boolean | undefined {
  // A lazy layer becomes one of the class from which it derives when it first runs.
  if (spec.callee === name) return name.includes('.Lazy') ? undefined : true;
  if (name === 'torch.nn.Module' || name === 'keras.layers.Layer') return true;
  const known = machine.library.isSubclass(spec.callee, name);
  return known ?? (/^(?:torch\.nn\.modules|typing|collections\.abc)\.|\._/.test(name) ? undefined : false);
}
