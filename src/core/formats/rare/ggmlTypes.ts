import { halfToNumber } from '../dtypes';

/**
 * How a block of weights is packed: how many there are, in how many bytes, and the value at an index
 * (`dequantize_row_*` of ggml-quants.c).
 */
export interface Quant {
  readonly name: string;
  readonly group: 32 | 256;
  readonly bytes: number;
  value(view: DataView, block: number, index: number): number;
}

const half = (view: DataView, at: number): number => halfToNumber(view.getUint16(at, true));
/** The low nibbles of 16 bytes are the first half of a block, the high ones the second. */
const nibble = (view: DataView, at: number, index: number): number =>
  index < 16 ? view.getUint8(at + index) & 15 : view.getUint8(at + index - 16) >> 4;
/** Fifth bits, all together in four bytes. */
const fifth = (view: DataView, at: number, index: number): number => ((view.getUint32(at, true) >>> index) & 1) << 4;

const of32 = (name: string, bytes: number, value: Quant['value']): Quant => ({ name, group: 32, bytes, value });
const of256 = (name: string, bytes: number, value: Quant['value']): Quant => ({ name, group: 256, bytes, value });

/** Two bits of a weight: 128 weights lie in 32 bytes, the first 32 of them in the lowest bits. */
const pairOfBits = (view: DataView, at: number, index: number): number =>
  (view.getUint8(at + (index >> 7) * 32 + (index & 31)) >> (2 * ((index >> 5) & 3))) & 3;
/** Which of the 16 parts of 16 weights an index lies in. */
const sixteenth = (index: number): number => index >> 4;

/** A scale and an offset of six bits each, of eight parts, in twelve bytes. */
function scaleAndOffset(view: DataView, at: number, part: number): readonly [scale: number, offset: number] {
  const byte = (place: number): number => view.getUint8(at + place);
  if (part < 4) return [byte(part) & 63, byte(part + 4) & 63];
  return [(byte(part + 4) & 15) | ((byte(part - 4) >> 6) << 4), (byte(part + 4) >> 4) | ((byte(part) >> 6) << 4)];
}

/** Four bits of a weight: 64 weights lie in 32 bytes, the first 32 of them in the low nibbles. */
const nibbleOf64 = (view: DataView, at: number, index: number): number => {
  const byte = view.getUint8(at + (index >> 6) * 32 + (index & 31));
  return index & 32 ? byte >> 4 : byte & 15;
};

function q3(view: DataView, at: number, index: number): number {
  const part = sixteenth(index);
  const low = view.getUint8(at + 96 + (part & 7));
  const high = (view.getUint8(at + 104 + (part & 3)) >> (2 * (part >> 2))) & 3;
  const scale = ((part < 8 ? low & 15 : low >> 4) | (high << 4)) - 32;
  const isHigh = (view.getUint8(at + (index & 31)) >> (index >> 5)) & 1;
  return half(view, at + 108) * scale * (pairOfBits(view, at + 32, index) - (isHigh ? 0 : 4));
}

function q6(view: DataView, at: number, index: number): number {
  const [begin, quarter] = [index >> 7, (index >> 5) & 3];
  const byte = view.getUint8(at + begin * 64 + (quarter & 1) * 32 + (index & 31));
  const low = quarter < 2 ? byte & 15 : byte >> 4;
  const weight = (low | (pairOfBits(view, at + 128, index) << 4)) - 32;
  return half(view, at + 208) * view.getInt8(at + 192 + sixteenth(index)) * weight;
}

/** What four bits stand for in IQ4, and in MXFP4 in halves. */
const IQ4 = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113] as const;
const MXFP4 = [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12] as const;

function iq4Small(view: DataView, at: number, index: number): number {
  const part = index >> 5;
  const low = (view.getUint8(at + 4 + (part >> 1)) >> (4 * (part & 1))) & 15;
  const high = (view.getUint16(at + 2, true) >> (2 * part)) & 3;
  return half(view, at) * ((low | (high << 4)) - 32) * IQ4[nibble(view, at + 8 + part * 16, index & 31)];
}

/** By their numbers in ggml.h. */
export const QUANTS: Readonly<Record<number, Quant>> = {
  2: of32('Q4_0', 18, (view, at, index) => half(view, at) * (nibble(view, at + 2, index) - 8)),
  3: of32('Q4_1', 20, (view, at, index) => half(view, at) * nibble(view, at + 4, index) + half(view, at + 2)),
  6: of32(
    'Q5_0',
    22,
    (view, at, index) => half(view, at) * ((nibble(view, at + 6, index) | fifth(view, at + 2, index)) - 16),
  ),
  7: of32(
    'Q5_1',
    24,
    (view, at, index) =>
      half(view, at) * (nibble(view, at + 8, index) | fifth(view, at + 4, index)) + half(view, at + 2),
  ),
  8: of32('Q8_0', 34, (view, at, index) => half(view, at) * view.getInt8(at + 2 + index)),
  10: of256('Q2_K', 84, (view, at, index) => {
    const scales = view.getUint8(at + sixteenth(index));
    return half(view, at + 80) * (scales & 15) * pairOfBits(view, at + 16, index) - half(view, at + 82) * (scales >> 4);
  }),
  11: of256('Q3_K', 110, q3),
  12: of256('Q4_K', 144, (view, at, index) => {
    const [scale, offset] = scaleAndOffset(view, at + 4, index >> 5);
    return half(view, at) * scale * nibbleOf64(view, at + 16, index) - half(view, at + 2) * offset;
  }),
  13: of256('Q5_K', 176, (view, at, index) => {
    const [scale, offset] = scaleAndOffset(view, at + 4, index >> 5);
    const high = (view.getUint8(at + 16 + (index & 31)) >> (index >> 5)) & 1;
    const weight = nibbleOf64(view, at + 48, index) | (high << 4);
    return half(view, at) * scale * weight - half(view, at + 2) * offset;
  }),
  14: of256('Q6_K', 210, q6),
  20: of32('IQ4_NL', 18, (view, at, index) => half(view, at) * IQ4[nibble(view, at + 2, index)]),
  23: of256('IQ4_XS', 136, iq4Small),
  35: of256('TQ2_0', 66, (view, at, index) => half(view, at + 64) * (pairOfBits(view, at, index) - 1)),
  39: of32('MXFP4', 17, (view, at, index) => 2 ** (view.getUint8(at) - 128) * MXFP4[nibble(view, at + 1, index)]),
};
