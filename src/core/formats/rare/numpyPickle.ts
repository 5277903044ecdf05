import { stridesOf } from '../../kernels/positions';
import { numberType } from '../dtypes';
import { brief, checkedShape, damaged, type ReadOptions, type TensorEntry } from '../format';
import { placedEntry } from '../placed';
import { type ByteSource, memorySource, partOf } from '../source';
import type { Cursor } from './cursor';
import { countsOf, isBytes, isList, isMade, type Made, type Pickled, valueAt } from './pickle';

const RECONSTRUCT = ['numpy.core.multiarray._reconstruct', 'numpy._core.multiarray._reconstruct'];
const SCALAR = ['numpy.core.multiarray.scalar', 'numpy._core.multiarray.scalar'];
const FROM_BUFFER = ['numpy.core.numeric._frombuffer', 'numpy._core.numeric._frombuffer'];

/** What joblib puts in an array's place, and the array's numbers behind. */
const JOBLIB = 'joblib.numpy_pickle.NumpyArrayWrapper';

const NAMES: Readonly<Record<string, string>> = {
  ...{ b1: 'bool', i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64', u1: 'uint8', u2: 'uint16', u4: 'uint32' },
  ...{
    u8: 'uint64',
    f2: 'float16',
    f4: 'float32',
    f8: 'float64',
    f16: 'longdouble',
    c8: 'complex64',
    c16: 'complex128',
  },
};

interface Described {
  readonly descr: string;
  readonly littleEndian: boolean;
}

/** `numpy.dtype('f4', False, True)`, whose state says the byte order. */
function dtypeOf(value: Pickled | undefined): Described {
  if (!isMade(value)) throw damaged('numpy-dtype', 'What the pickle says of the array is damaged.');
  const [descr] = value.args;
  // A type of ml_dtypes is pickled by its class.
  if (typeof descr !== 'string') throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(value.by));
  const order = isList(value.state) ? value.state.items[1] : '<';
  return { descr, littleEndian: order !== '>' };
}

/** Bytes as they are, or as Python 2 and protocol 2 keep them: as text of the same numbers. */
function bytesOfPickled(value: Pickled | undefined): ByteSource | undefined {
  if (isBytes(value)) return value.source;
  const text = isMade(value, '_codecs.encode') ? value.args[0] : value;
  if (typeof text !== 'string') return undefined;
  return memorySource(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
}

interface Parts {
  readonly shape: Pickled | undefined;
  readonly dtype: Pickled | undefined;
  readonly fortran: boolean;
  readonly bytes: Pickled | undefined;
}

function partsOfArray(value: Made): Parts | undefined {
  if (RECONSTRUCT.includes(value.by) && isList(value.state)) {
    const [, shape, dtype, fortran, bytes] = value.state.items;
    return { shape, dtype, fortran: fortran === true, bytes };
  }
  if (FROM_BUFFER.includes(value.by)) {
    const [bytes, dtype, shape, order] = value.args;
    return { shape, dtype, fortran: order === 'F', bytes };
  }
  if (value.by === JOBLIB) {
    const of = (name: string): Pickled | undefined => valueAt(value.state, name);
    return { shape: of('shape'), dtype: of('dtype'), fortran: of('order') === 'F', bytes: value.items[0] };
  }
  if (!SCALAR.includes(value.by)) return undefined;
  const [dtype, bytes] = value.args;
  return { shape: { kind: 'tuple', items: [] }, dtype, fortran: false, bytes };
}

/** What an array of objects holds, where `value` is one. */
export function objectsIn(value: Made): readonly Pickled[] | undefined {
  if (value.by === JOBLIB) return isMade(value.items[0]) ? objectsIn(value.items[0]) : undefined;
  const bytes = partsOfArray(value)?.bytes;
  return isList(bytes) && bytes.kind === 'list' ? bytes.items : undefined;
}

/**
 * Reads the numbers that joblib writes into the middle of a pickle, behind the object that describes them: a byte that
 * says how many more make their place a round one, those, and the array as it lies in memory. Arrays of objects are a
 * pickle of their own.
 */
export function takeJoblib(value: Made, cursor: Cursor, readPickle: (cursor: Cursor) => Pickled): void {
  if (value.by !== JOBLIB) return;
  const { descr } = dtypeOf(valueAt(value.state, 'dtype'));
  if (descr.startsWith('O')) {
    value.items.push(readPickle(cursor));
    return;
  }
  const shape = countsOf(valueAt(value.state, 'shape'));
  const each = Number(descr.slice(1)) * (descr.startsWith('U') ? 4 : 1);
  if (!shape || !Number.isSafeInteger(each)) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', descr);
  // Before joblib 1.2 they begin at once.
  if (typeof valueAt(value.state, 'numpy_array_alignment_bytes') === 'number') cursor.skip(cursor.u8());
  const size = checkedShape(shape) * each;
  value.items.push({ kind: 'bytes', source: partOf(cursor.source, cursor.at, size) });
  cursor.skip(size);
}

/** An array that NumPy pickled; undefined for anything else. Throws a ProblemError for one that cannot be read. */
export function numpyArray(value: Pickled, name: string, options: ReadOptions): TensorEntry | undefined {
  if (isMade(value, 'builtins.tuple', '__builtin__.tuple')) return numpyArray(value.args[0] ?? null, name, options);
  // Paddle keeps `(name, array)` where a state is nested.
  if (isList(value) && value.kind === 'tuple' && value.items.length === 2 && typeof value.items[0] === 'string')
    return isMade(value.items[1]) ? numpyArray(value.items[1], name, options) : undefined;
  const parts = isMade(value) ? partsOfArray(value) : undefined;
  if (!parts) return undefined;
  const { descr, littleEndian } = dtypeOf(parts.dtype);
  if (isMade(value) && objectsIn(value)) return undefined;
  if (descr.startsWith('O'))
    throw damaged(
      'object',
      'The array holds Python objects ({0}), which are never unpickled. Save it with a numeric dtype.',
      brief(descr),
    );
  const type = Object.hasOwn(NAMES, descr) ? numberType(NAMES[descr], { littleEndian }) : undefined;
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(descr));
  const shape = countsOf(parts.shape);
  const source = bytesOfPickled(parts.bytes);
  if (!shape || !source) throw damaged('numpy-dtype', 'What the pickle says of the array is damaged.');
  checkedShape(shape);
  const strides = parts.fortran ? stridesOf([...shape].reverse()).toReversed() : stridesOf(shape);
  return placedEntry({ source, offset: 0, type, shape, strides }, { name, source: type.name }, options);
}
