import { damaged } from '../format';
import { inflated } from './inflate';
import { unpackedZstd } from './zstd';

const wrong = (): Error => damaged('tiff-packed', 'The compressed data of the picture is damaged.');

/** Bytes run by run (TIFF 6.0, section 9). */
export function unpackBits(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < packed.length && to < size;) {
    const head = (packed[at++] << 24) >> 24;
    if (head === -128) continue;
    const count = Math.min(head < 0 ? 1 - head : head + 1, size - to);
    if (head < 0) bytes.fill(packed[at++] ?? 0, to, to + count);
    else {
      bytes.set(packed.subarray(at, at + count), to);
      at += head + 1;
    }
    to += count;
  }
  return bytes;
}

const [CLEAR, END, FIRST] = [256, 257, 258];

/** LZW with codes of 9 to 12 bits, the high bit first, that grow one code early (TIFF 6.0, section 13). */
function unpackLzw(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  // Each code stands for bytes that were written before: where they begin, and how many they are.
  const begins = new Uint32Array(4097);
  const lengths = new Uint32Array(4097);
  let [to, next, width, bit, previous] = [0, FIRST, 9, 0, -1];
  while (bit + width <= packed.length * 8 && to < size) {
    let code = 0;
    for (let index = 0; index < width; index++, bit++) code = (code << 1) | ((packed[bit >> 3] >> (7 - (bit & 7))) & 1);
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, previous] = [FIRST, 9, -1];
      continue;
    }
    const begin = to;
    if (code < 256) bytes[to++] = code;
    else {
      if (code > next || (code === next && previous < 0)) throw wrong();
      // A code that is just being made repeats what came before and its first byte.
      const [from, length] = code === next ? [previous, begin - previous + 1] : [begins[code], lengths[code]];
      for (let index = 0; index < length && to < size; index++) bytes[to++] = bytes[from + index];
    }
    if (previous >= 0 && next < 4096) {
      begins[next] = previous;
      lengths[next] = begin - previous + 1;
      next++;
    }
    if (next + 1 >= 2 ** width && width < 12) width++;
    previous = begin;
  }
  return bytes;
}

/** What methods are called that are not read. */
const OTHERS: Readonly<Record<number, string>> = {
  ...{ 2: 'CCITT', 3: 'CCITT Group 3', 4: 'CCITT Group 4', 6: 'JPEG', 7: 'JPEG', 34712: 'JPEG 2000', 34887: 'LERC' },
  ...{ 34925: 'LZMA', 50001: 'WebP', 50002: 'JPEG XL' },
};

/** What a strip or tile holds, of `size` bytes. Throws a ProblemError for compression that is not read. */
export function unpackedPart(packed: Uint8Array, compression: number, size: number): Uint8Array {
  if (compression === 1) return packed.subarray(0, size);
  if (compression === 5) return unpackLzw(packed, size);
  if (compression === 8 || compression === 32946) return inflated(packed, size + 65_536).subarray(0, size);
  if (compression === 32773) return unpackBits(packed, size);
  if (compression === 50000) return unpackedZstd(packed, size + 65_536, size).subarray(0, size);
  const name = Object.hasOwn(OTHERS, compression) ? `${compression} (${OTHERS[compression]})` : compression;
  throw damaged('tiff-compression', 'The picture is compressed by method {0} of TIFF, which is not read.', name);
}

/** Adds integers of `bytes` to those `step` samples before them, modulo their size, row by row. */
function undoDifferences(rows: Uint8Array, rowBytes: number, step: number, bytes: number, littleEndian: boolean): void {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  for (let row = 0; row + rowBytes <= rows.length; row += rowBytes) {
    for (let at = step * bytes; at + bytes <= rowBytes; at += bytes) {
      const [here, before] = [row + at, row + at - step * bytes];
      if (bytes === 1) rows[here] += rows[before];
      else if (bytes === 2)
        view.setUint16(here, view.getUint16(here, littleEndian) + view.getUint16(before, littleEndian), littleEndian);
      else if (bytes === 4)
        view.setUint32(here, view.getUint32(here, littleEndian) + view.getUint32(before, littleEndian), littleEndian);
      else
        view.setBigUint64(
          here,
          view.getBigUint64(here, littleEndian) + view.getBigUint64(before, littleEndian),
          littleEndian,
        );
    }
  }
}

/**
 * Floats whose bytes were sorted by their place, the high ones first, and then replaced by differences (Adobe, TIFF
 * Technical Note 3). They come out with the low byte first, whatever the file's order.
 */
function undoFloats(rows: Uint8Array, rowBytes: number, step: number, bytes: number): void {
  const count = Math.floor(rowBytes / bytes);
  const sorted = new Uint8Array(rowBytes);
  for (let row = 0; row + rowBytes <= rows.length; row += rowBytes) {
    for (let at = step; at < rowBytes; at++) rows[row + at] += rows[row + at - step];
    sorted.set(rows.subarray(row, row + rowBytes));
    for (let at = 0; at < count; at++)
      for (let byte = 0; byte < bytes; byte++) rows[row + at * bytes + byte] = sorted[(bytes - 1 - byte) * count + at];
  }
}

/** Takes a predictor back in place; answers whether the low byte of each sample is first afterwards. */
export function unpredicted(
  rows: Uint8Array,
  predictor: number,
  { rowBytes, step, bytes, littleEndian }: { rowBytes: number; step: number; bytes: number; littleEndian: boolean },
): boolean {
  if (predictor === 2) undoDifferences(rows, rowBytes, step, bytes, littleEndian);
  else if (predictor === 3) undoFloats(rows, rowBytes, step, bytes);
  else if (predictor !== 1) throw damaged('tiff-predictor', 'The predictor {0} of TIFF is not read.', predictor);
  return predictor === 3 || littleEndian;
}
