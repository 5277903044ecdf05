import type { Dtype, Tensor } from '../operation';
import { type ReadOptions, checkedZeros } from './format';

/** How one number lies in a file. */
export interface NumberType {
  readonly kind: 'bool' | 'int' | 'uint' | 'float' | 'bfloat';
  /** Bytes: 1, 2, 4 or 8; bfloat has 2. */
  readonly size: number;
  readonly littleEndian: boolean;
}

/** float32 holds every value of the types up to 2 bytes and of float32 itself; int32 and wider need float64. */
export function dtypeFor(type: NumberType): Dtype {
  return type.size <= 2 || (type.kind === 'float' && type.size === 4) ? 'float32' : 'float64';
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const bits = new DataView(new ArrayBuffer(4));

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
function bfloatToNumber(half: number): number {
  bits.setUint32(0, half * 0x10000);
  return bits.getFloat32(0);
}

function reader(view: DataView, type: NumberType): (at: number) => number {
  const little = type.littleEndian;
  switch (type.kind) {
    case 'bool':
      return (at) => (view.getUint8(at) === 0 ? 0 : 1);
    case 'bfloat':
      return (at) => bfloatToNumber(view.getUint16(at, little));
    case 'float':
      if (type.size === 2) return (at) => halfToNumber(view.getUint16(at, little));
      return type.size === 4 ? (at) => view.getFloat32(at, little) : (at) => view.getFloat64(at, little);
    case 'int':
      if (type.size === 1) return (at) => view.getInt8(at);
      if (type.size === 2) return (at) => view.getInt16(at, little);
      return type.size === 4 ? (at) => view.getInt32(at, little) : (at) => Number(view.getBigInt64(at, little));
    case 'uint':
      if (type.size === 1) return (at) => view.getUint8(at);
      if (type.size === 2) return (at) => view.getUint16(at, little);
      return type.size === 4 ? (at) => view.getUint32(at, little) : (at) => Number(view.getBigUint64(at, little));
    default:
      return type.kind satisfies never;
  }
}

/**
 * Numbers that lie in `bytes` in C order, as a tensor. `bytes` has exactly the length that shape and type say.
 * Integers of 8 bytes are rounded to the nearest float64.
 */
export function decodeNumbers(
  bytes: Uint8Array,
  type: NumberType,
  shape: readonly number[],
  options: ReadOptions,
): Tensor {
  const tensor = checkedZeros(dtypeFor(type), shape, options);
  const { data } = tensor;
  if (type.kind === 'float' && type.size === data.BYTES_PER_ELEMENT && type.littleEndian === HOST_IS_LITTLE_ENDIAN) {
    new Uint8Array(data.buffer).set(bytes.subarray(0, data.byteLength));
    return tensor;
  }
  const read = reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), type);
  for (let at = 0; at < data.length; at++) data[at] = read(at * type.size);
  return tensor;
}
