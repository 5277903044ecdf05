import type { Tensor } from '../../operation';
import { numberType, type NumberType } from '../dtypes';
import { brief, checkedShape, damaged, type LoadHow, type ReadOptions, type TensorEntry } from '../format';
import { placedEntry } from '../placed';
import type { ByteSource } from '../source';
import { objectsIn } from './numpyPickle';
import {
  countsOf,
  isBytes,
  isDict,
  isGlobal,
  isList,
  isMade,
  isPersistent,
  type Made,
  type Pickled,
  valueAt,
} from './pickle';

/** Where a storage's numbers are. Throws a ProblemError for one that the file does not hold. */
export interface Storages {
  /** `type` is what the pickle says that they are, where it does. */
  find(key: string, type: NumberType | undefined): ByteSource;
  readonly littleEndian: boolean;
  /** The one storage in a whole file of `torch.save`, which is how a pickle without PyTorch's own writer keeps it. */
  within?(file: ByteSource): Held;
}

/** A storage's numbers, and what they are where that is said. */
export interface Held {
  readonly source: ByteSource;
  readonly type: NumberType | undefined;
}

const STORAGE_TYPES: Readonly<Record<string, string>> = {
  ...{ FloatStorage: 'float32', DoubleStorage: 'float64', HalfStorage: 'float16', BFloat16Storage: 'bfloat16' },
  ...{ LongStorage: 'int64', IntStorage: 'int32', ShortStorage: 'int16', CharStorage: 'int8' },
  ...{ ByteStorage: 'uint8', BoolStorage: 'bool' },
  ...{ ComplexFloatStorage: 'complex64', ComplexDoubleStorage: 'complex128' },
  ...{ QInt8Storage: 'int8', QUInt8Storage: 'uint8', QInt32Storage: 'int32' },
};

const typeNamed = (name: string, littleEndian: boolean): NumberType => {
  const type = numberType(name, { littleEndian });
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(name));
  return type;
};

const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const unreadable = (): Error => damaged('torch-tensor', 'What the pickle says of the tensor is damaged.');

export interface Stored {
  readonly key: string;
  /** Undefined for one that only its bytes are known of. */
  readonly type: NumberType | undefined;
}

/** `('storage', torch.FloatStorage, '0', 'cpu', 12)`; the older format puts a view behind it. */
export function storageOf(value: Pickled | undefined, littleEndian: boolean): Stored {
  const id = isPersistent(value) && isList(value.id) ? value.id.items : [];
  const [tag, storage, key] = id;
  if (tag !== 'storage' || !isGlobal(storage) || typeof key !== 'string') throw unreadable();
  const name = last(storage.name);
  const known = Object.hasOwn(STORAGE_TYPES, name) ? STORAGE_TYPES[name] : undefined;
  if (known === undefined && name !== 'UntypedStorage')
    throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(name));
  return { key, type: known === undefined ? undefined : typeNamed(known, littleEndian) };
}

/** The storage that a tensor's first argument stands for. Throws a ProblemError. */
function heldBy(value: Pickled | undefined, storages: Storages): Held {
  if (isMade(value, 'torch.storage._load_from_bytes')) {
    const [file] = value.args;
    if (!isBytes(file) || !storages.within) throw unreadable();
    return storages.within(file.source);
  }
  const { key, type } = storageOf(value, storages.littleEndian);
  return { source: storages.find(key, type), type };
}

/** How a tensor's values follow from those that are stored. */
interface Change {
  readonly conjugated: boolean;
  readonly negated: boolean;
}

function changeOf(metadata: Pickled | undefined): Change {
  return { conjugated: valueAt(metadata, 'conj') === true, negated: valueAt(metadata, 'neg') === true };
}

/** A tensor whose values are those of `entry` after `change`. */
function changed(entry: TensorEntry, { conjugated, negated }: Change): TensorEntry {
  if (!conjugated && !negated) return entry;
  const load = (how?: LoadHow): Tensor => {
    const tensor = entry.load(how);
    const reading = how?.reading ?? entry.readings?.[0];
    // What is lazily conjugated has the sign of its imaginary part turned round; what is negated both.
    const turned = reading === 'imaginary part' ? conjugated !== negated : reading === 'magnitude' ? false : negated;
    if (turned) for (let at = 0; at < tensor.data.length; at++) tensor.data[at] = -tensor.data[at];
    return tensor;
  };
  return { ...entry, load };
}

/** `(torch.per_tensor_affine, scale, zero_point)`: a value is `(stored − zero point) · scale`, in float32. */
function dequantized(entry: TensorEntry, quantizer: Pickled | undefined): TensorEntry {
  const [scheme, scale, zero] = isList(quantizer) ? quantizer.items : [];
  if (
    !isGlobal(scheme) ||
    scheme.name !== 'torch.per_tensor_affine' ||
    typeof scale !== 'number' ||
    typeof zero !== 'number'
  )
    throw damaged('quantised', 'The tensor is quantised by channels, which is not undone here.');
  return {
    ...entry,
    source: `q${entry.source}`,
    load(how) {
      const tensor = entry.load(how);
      const step = Math.fround(scale);
      for (let at = 0; at < tensor.data.length; at++) tensor.data[at] = Math.fround((tensor.data[at] - zero) * step);
      return tensor;
    },
  };
}

const REBUILDERS = [
  '_rebuild_tensor',
  '_rebuild_tensor_v2',
  '_rebuild_tensor_v3',
  '_rebuild_parameter',
  '_rebuild_parameter_with_state',
  '_rebuild_qtensor',
  '_rebuild_from_type_v2',
];

/** The tensor that the pickle's program would make of these numbers. */
function rebuilt(made: Made, name: string, storages: Storages, options: ReadOptions): TensorEntry {
  const { args } = made;
  const [storage, start, size, stride] = args;
  const kind = last(made.by);
  const typeOf = (stored: NumberType | undefined): NumberType => {
    if (kind !== '_rebuild_tensor_v3') {
      if (!stored) throw unreadable();
      return stored;
    }
    const dtype = args[6];
    if (!isGlobal(dtype)) throw unreadable();
    return typeNamed(last(dtype.name), storages.littleEndian);
  };
  const shape = countsOf(size);
  const strides = countsOf(stride);
  if (typeof start !== 'number' || !shape || strides?.length !== shape.length) throw unreadable();
  checkedShape(shape);
  const { source, type } = heldBy(storage, storages);
  const own = typeOf(type);
  const entry = placedEntry(
    { source, offset: 0, type: own, shape, strides, start },
    { name, source: own.name, writtenBy: 'torch' },
    options,
  );
  if (kind === '_rebuild_qtensor') return dequantized(entry, args[4]);
  return changed(entry, changeOf(args[kind === '_rebuild_tensor_v3' ? 7 : 6]));
}

/**
 * The tensor that `value` stands for; undefined for anything that is none. Throws a ProblemError for a tensor that
 * cannot be read.
 */
export function torchTensor(
  value: Pickled,
  name: string,
  storages: Storages,
  options: ReadOptions,
): TensorEntry | undefined {
  if (!isMade(value) || !value.by.startsWith('torch.')) return undefined;
  const kind = last(value.by);
  if (!REBUILDERS.includes(kind)) {
    if (!kind.startsWith('_rebuild')) return undefined;
    throw damaged('torch-kind', 'The tensor is of a kind that cannot be read: {0}.', brief(kind));
  }
  if (kind.startsWith('_rebuild_parameter')) return torchTensor(value.args[0], name, storages, options);
  if (kind !== '_rebuild_from_type_v2') return rebuilt(value, name, storages, options);
  // A subclass: the function that makes the tensor itself, its class, and its arguments.
  const [callee, , args] = value.args;
  if (!isGlobal(callee) || !isList(args)) throw unreadable();
  return torchTensor({ ...value, by: callee.name, args: args.items }, name, storages, options);
}

/** What parameters, buffers and modules a module keeps them in; these words are no part of a parameter's name. */
const MODULE_PARTS = ['_parameters', '_buffers', '_modules'];

/** A dictionary's key in a name. */
const keyText = (key: Pickled): string => (typeof key === 'object' ? '' : String(key));

/** The parts of a container, of an object, or of a module, by their names. */
export function partsOf(value: Pickled): readonly (readonly [name: string, part: Pickled])[] {
  if (isList(value)) return value.items.map((item, at) => [String(at), item]);
  if (isDict(value)) return value.pairs.map(([key, part]) => [keyText(key), part]);
  if (!isMade(value)) return [];
  const objects = objectsIn(value);
  // What is saved as an array by itself, as `numpy.save` does with a dictionary, needs no name of its own.
  if (objects) return objects.map((item, at) => [objects.length === 1 ? '' : String(at), item]);
  const { state } = value;
  if (isDict(state) && state.pairs.some(([key]) => key === '_modules'))
    return MODULE_PARTS.flatMap((part) => partsOf(valueAt(state, part) ?? null));
  // `OrderedDict` keeps in its state what describes it, a state's `_metadata`, and no tensor.
  const ofState = state === undefined || value.pairs.length > 0 ? [] : partsOf(state);
  return [
    ...value.pairs.map(([key, part]) => [keyText(key), part] as const),
    ...partsOf({ kind: 'list', items: value.items }),
    ...ofState,
  ];
}
