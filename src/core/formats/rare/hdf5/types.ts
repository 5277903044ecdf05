import { numberType, type NumberType } from '../../dtypes';
import { damaged } from '../../format';
import type { Cursor } from '../cursor';
import { sized } from './container';
import { cursorOf } from './messages';

/** What the elements of a dataset or an attribute are (HDF5 File Format Specification, IV.A.2.d). */
export interface H5Type {
  /** Bytes of one element. */
  readonly size: number;
  /** Where it is one of numbers; several where the file does not tell. */
  readonly numbers: readonly NumberType[];
  /** A text of this many bytes, or one that is kept elsewhere. */
  readonly text?: 'fixed' | 'elsewhere';
  readonly littleEndian: boolean;
  /** What it is, for people. */
  readonly name: string;
}

interface Member {
  readonly name: string;
  readonly offset: number;
  readonly type: H5Type;
}

const COMPLEX: Readonly<Record<string, string>> = {
  ...{ float16: 'complex32', float32: 'complex64', float64: 'complex128' },
};

const CLASSES = [
  'integer',
  'float',
  'time',
  'string',
  'bits',
  'opaque',
  'compound',
  'reference',
  'enum',
  'vlen',
  'array',
];

const one = (name: string, littleEndian: boolean): readonly NumberType[] => {
  const type = numberType(name, { littleEndian });
  return type ? [type] : [];
};

/** A float by where its exponent lies: what NumPy, ml_dtypes and HDF5 2.0 define. */
function floatName(size: number, exponent: number, bias: number): string {
  if (size === 2) return exponent === 8 ? 'bfloat16' : 'float16';
  if (size === 1) return exponent === 5 ? 'float8_e5m2' : bias === 7 ? 'float8_e4m3fn' : '';
  return { 4: 'float32', 8: 'float64', 16: 'longdouble' }[size] ?? '';
}

/** `FALSE` and `TRUE` of one byte are how h5py keeps booleans. */
function enumOf(cursor: Cursor, count: number, version: number): H5Type {
  const base = readType(cursor);
  const names = Array.from({ length: Math.min(count, 1000) }, () => {
    const begin = cursor.at;
    const name = cursor.line(0, 1024);
    if (version < 3) cursor.at = begin + Math.ceil((name.length + 1) / 8) * 8;
    return name;
  });
  cursor.skip(count * base.size);
  const isBool = base.size === 1 && names.join() === 'FALSE,TRUE';
  return isBool ? { ...base, numbers: one('bool', true), name: 'bool' } : base;
}

function membersOf(cursor: Cursor, count: number, version: number, size: number): Member[] {
  const members: Member[] = [];
  const offsetBytes = version < 3 ? 4 : Math.floor(Math.log2(Math.max(1, size)) / 8) + 1;
  for (let index = 0; index < count; index++) {
    const begin = cursor.at;
    const name = cursor.line(0, 4096);
    if (version < 3) cursor.at = begin + Math.ceil((name.length + 1) / 8) * 8;
    const offset = sized(cursor, offsetBytes);
    if (version === 1) cursor.skip(28);
    members.push({ name, offset, type: readType(cursor) });
  }
  return members;
}

/** Two floats that are called as the parts of a complex number are. */
function complexOf(members: readonly Member[], size: number): readonly NumberType[] {
  if (members.length !== 2) return [];
  const [real, imaginary] = members;
  const [kind] = real.type.numbers;
  const isComplex =
    kind !== undefined &&
    /^(r|re|real)$/i.test(real.name) &&
    /^(i|im|imag|imaginary)$/i.test(imaginary.name) &&
    kind.name === imaginary.type.numbers[0]?.name &&
    real.type.littleEndian === imaginary.type.littleEndian &&
    imaginary.offset === kind.bits / 8 &&
    size === kind.bits / 4;
  return isComplex && kind.name in COMPLEX ? one(COMPLEX[kind.name], real.type.littleEndian) : [];
}

/** A type, where the cursor stands behind it afterwards. Throws a ProblemError. */
export function readType(cursor: Cursor): H5Type {
  const head = cursor.u8();
  const [version, kind] = [head >> 4, head & 15];
  const low = cursor.u16();
  cursor.skip(1);
  const size = cursor.u32();
  const name = CLASSES[kind] ?? `class ${kind}`;
  const little = (low & 1) === 0;
  const other = { size, numbers: [], littleEndian: little, name };
  const plain = (numbers: readonly NumberType[]): H5Type => ({ ...other, numbers, name: numbers[0]?.name ?? name });
  switch (kind) {
    case 0:
    case 4:
      cursor.skip(4);
      return plain(one(`${kind === 0 && low & 8 ? 'int' : 'uint'}${8 * size}`, little));
    case 1: {
      cursor.skip(5);
      const exponent = cursor.u8();
      cursor.skip(2);
      const bias = cursor.u32();
      // VAX's order, in which the bytes of a word are exchanged, has both bits.
      return plain(low & 0x40 ? [] : one(floatName(size, exponent, bias), little));
    }
    case 3:
      return { ...other, text: 'fixed' };
    case 5:
      cursor.skip(Math.ceil((low & 0xff) / 8) * 8);
      // What Keras and ml_dtypes keep in so many bytes; an attribute may tell which.
      return { ...plain(size === 2 ? one('bfloat16', true) : size === 1 ? one('float8_e4m3fn', true) : []), name };
    case 6: {
      const members = membersOf(cursor, low, version, size);
      return { ...other, numbers: complexOf(members, size) };
    }
    case 8:
      return enumOf(cursor, low, version);
    case 9: {
      const base = readType(cursor);
      return { ...other, ...((low & 15) === 1 && base.size === 1 && { text: 'elsewhere' as const }) };
    }
    case 10: {
      const axes = cursor.u8();
      cursor.skip((version < 3 ? 3 : 0) + axes * (version < 3 ? 8 : 4));
      readType(cursor);
      return other;
    }
    case 11: {
      const [part] = readType(cursor).numbers;
      return plain(part && part.name in COMPLEX ? one(COMPLEX[part.name], true) : []);
    }
    default:
      // Times and references are no numbers here.
      cursor.skip(kind === 2 ? 2 : 0);
      return other;
  }
}

/** The type that a message states. */
export const typeOf = (bytes: Uint8Array): H5Type => readType(cursorOf(bytes));

/** The size of each axis; none for a scalar. Throws a ProblemError. */
export function spaceOf(bytes: Uint8Array, lengthSize: number): readonly number[] | 'null' {
  const cursor = cursorOf(bytes);
  const version = cursor.u8();
  const axes = cursor.u8();
  cursor.skip(1);
  const kind = cursor.u8();
  if (version === 1) cursor.skip(4);
  if (version > 2 || axes > 64) throw damaged('hdf5-space', 'The shape of a dataset is damaged.');
  if (version === 2 && kind === 2) return 'null';
  return Array.from({ length: axes }, () => sized(cursor, lengthSize));
}
