import type { Dtype } from '../operation';
import { smallFloatTable } from './smallFloats';

/** How one number lies in a file. */
export interface NumberType {
  /** As NumPy and ml_dtypes call it. */
  readonly name: string;
  /** Of one element in the file: fewer than 8 where several lie in a byte; of both parts of a complex number. */
  readonly bits: number;
  /** So many elements, or a multiple of them, begin at a byte and can be read by themselves. */
  readonly group: number;
  /** Whether a group is always whole, as its elements have something in common. */
  readonly blocks?: boolean;
  /** What holds every value of it; 64-bit integers are rounded to the nearest float64. */
  readonly dtype: Dtype;
  readonly complex: boolean;
  /** Whether its bytes are those of a tensor's own values on this machine, so that they need not be looked at. */
  readonly native: boolean;
  /** Values by their index, of bytes that begin with the first one. `part` is of a complex number. */
  reader(bytes: Uint8Array, part?: string): (index: number) => number;
}

export interface NumberForm {
  readonly littleEndian?: boolean;
  /** Whether types of fewer than 8 bits lie beside one another, the first in the low bits; else one is in each byte. */
  readonly packed?: boolean;
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const scratch = new DataView(new ArrayBuffer(4));

/** IEEE 754 binary16. `DataView.getFloat16` came with Node 24, and Node 20 must do. */
export function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
export function bfloatToNumber(half: number): number {
  scratch.setUint32(0, half * 0x10000);
  return scratch.getFloat32(0);
}

/** The 80 bits that x86 keeps in 16 bytes: a fraction of 64 bits with its leading one, exponent, sign. */
function extendedToNumber(view: DataView, at: number): number {
  const [low, high, top] = [view.getUint32(at, true), view.getUint32(at + 4, true), view.getUint16(at + 8, true)];
  const sign = top & 0x8000 ? -1 : 1;
  const exponent = top & 0x7fff;
  if (exponent === 0x7fff) return low === 0 && high === 0x80000000 ? sign * Infinity : NaN;
  return sign * (high + low / 2 ** 32) * 2 ** -31 * 2 ** (exponent - 16383);
}

type Get = (view: DataView, at: number, little: boolean) => number;

/** Types of whole bytes: their size, what holds them, and how one is read. */
const WHOLE: Readonly<Record<string, readonly [bytes: number, dtype: Dtype, get: Get]>> = {
  bool: [1, 'float32', (view, at) => (view.getUint8(at) === 0 ? 0 : 1)],
  int8: [1, 'float32', (view, at) => view.getInt8(at)],
  uint8: [1, 'float32', (view, at) => view.getUint8(at)],
  int16: [2, 'float32', (view, at, little) => view.getInt16(at, little)],
  uint16: [2, 'float32', (view, at, little) => view.getUint16(at, little)],
  int32: [4, 'float64', (view, at, little) => view.getInt32(at, little)],
  uint32: [4, 'float64', (view, at, little) => view.getUint32(at, little)],
  int64: [8, 'float64', (view, at, little) => Number(view.getBigInt64(at, little))],
  uint64: [8, 'float64', (view, at, little) => Number(view.getBigUint64(at, little))],
  float16: [2, 'float32', (view, at, little) => halfToNumber(view.getUint16(at, little))],
  bfloat16: [2, 'float32', (view, at, little) => bfloatToNumber(view.getUint16(at, little))],
  float32: [4, 'float32', (view, at, little) => view.getFloat32(at, little)],
  float64: [8, 'float64', (view, at, little) => view.getFloat64(at, little)],
  longdouble: [16, 'float64', (view, at) => extendedToNumber(view, at)],
};

const COMPLEX: Readonly<Record<string, string>> = {
  complex32: 'float16',
  complex64: 'float32',
  complex128: 'float64',
};

/** Of a complex number; the host translates these words. */
export const COMPLEX_PARTS = ['real part', 'imaginary part', 'magnitude'] as const;

/** Integers of fewer bits than a byte, by name. */
const FEW_BITS: Readonly<Record<string, readonly [bits: number, signed: boolean]>> = {
  int1: [1, true],
  uint1: [1, false],
  int2: [2, true],
  uint2: [2, false],
  int4: [4, true],
  uint4: [4, false],
};

/** The value of each code: what lies above the type's own bits is not looked at. */
function codeTable(name: string): { readonly bits: number; readonly values: Float32Array } | undefined {
  const floats = smallFloatTable(name);
  if (floats) return { bits: Math.log2(floats.length), values: floats };
  if (!Object.hasOwn(FEW_BITS, name)) return undefined;
  const [bits, signed] = FEW_BITS[name];
  const values = Float32Array.from({ length: 2 ** bits }, (_, code) =>
    signed && code >= 2 ** (bits - 1) ? code - 2 ** bits : code,
  );
  return { bits, values };
}

/** A number of `bits` that begins anywhere in a byte, the low bits first. */
function bitsAt(bytes: Uint8Array, index: number, bits: number): number {
  const from = index * bits;
  const at = from >> 3;
  const two = bytes[at] | ((bytes[at + 1] ?? 0) << 8);
  return (two >> (from & 7)) & ((1 << bits) - 1);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function wholeType(name: string, little: boolean): NumberType {
  const [size, dtype, get] = WHOLE[name];
  return {
    name,
    bits: size * 8,
    group: 1,
    dtype,
    complex: false,
    native: name === dtype && little === HOST_IS_LITTLE_ENDIAN,
    reader: (bytes) => {
      const view = viewOf(bytes);
      return (index) => get(view, index * size, little);
    },
  };
}

function complexType(name: string, little: boolean): NumberType {
  const [size, dtype, get] = WHOLE[COMPLEX[name]];
  return {
    name,
    bits: size * 16,
    group: 1,
    dtype,
    complex: true,
    native: false,
    reader: (bytes, part = COMPLEX_PARTS[0]) => {
      const view = viewOf(bytes);
      const half = (index: number): number => get(view, index * size, little);
      if (part === 'magnitude') return (index) => Math.hypot(half(2 * index), half(2 * index + 1));
      return part === 'imaginary part' ? (index) => half(2 * index + 1) : (index) => half(2 * index);
    },
  };
}

/** A type by NumPy's or ml_dtypes's name of it; undefined for what is no type of numbers. */
export function numberType(
  name: string,
  { littleEndian = true, packed = false }: NumberForm = {},
): NumberType | undefined {
  if (Object.hasOwn(WHOLE, name)) return wholeType(name, littleEndian);
  if (Object.hasOwn(COMPLEX, name)) return complexType(name, littleEndian);
  const table = codeTable(name);
  if (!table) return undefined;
  const { bits, values } = table;
  const inBytes = !packed || bits === 8;
  return {
    name,
    bits: inBytes ? 8 : bits,
    group: 8,
    dtype: 'float32',
    complex: false,
    native: false,
    reader: (bytes) =>
      inBytes ? (index) => values[bytes[index] & (values.length - 1)] : (index) => values[bitsAt(bytes, index, bits)],
  };
}

/** Bytes that so many elements take, where they lie one behind another. */
export const bytesOf = ({ bits, blocks, group }: NumberType, count: number): number =>
  Math.ceil(((blocks ? Math.ceil(count / group) * group : count) * bits) / 8);
